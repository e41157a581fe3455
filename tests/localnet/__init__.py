"""The embedded LocalNet, service by service."""
