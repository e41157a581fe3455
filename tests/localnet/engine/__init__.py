"""The ledger over go-algorand's program."""
