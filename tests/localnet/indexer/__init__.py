"""The indexer over HTTP, on a LocalNet of its own with one known history."""
