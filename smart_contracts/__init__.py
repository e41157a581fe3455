"""The four contracts, what they share, and their generated artifacts."""
