"""What the contracts need of each other, as promises: no implementation is imported."""
