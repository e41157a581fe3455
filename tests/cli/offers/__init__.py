"""The offer book's commands."""
