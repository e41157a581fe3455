"""The past of a deployment, read from the chain once and kept in a database."""
