"""A LocalNet without containers: the HTTP APIs of algod, KMD and the indexer over go-algorand's own ledger."""
