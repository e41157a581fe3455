"""A LocalNet without containers: the HTTP APIs of algod, KMD and the indexer over go-algorand's own ledger."""

__version__ = "0.2.0"
