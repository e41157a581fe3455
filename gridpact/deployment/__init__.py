"""The four apps together: deployed, found, governed."""
