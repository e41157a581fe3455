"""The indexer: the chain's history and present state, searchable over HTTP, without any lag behind the ledger."""
