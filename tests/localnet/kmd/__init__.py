"""KMD over HTTP, on a folder of its own and without a ledger's program."""
