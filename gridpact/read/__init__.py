"""Read models: what the contracts store, as frozen values, in few requests."""
