"""The matcher against independent ways to find the same answer."""
