"""algod's HTTP API over the embedded ledger."""
