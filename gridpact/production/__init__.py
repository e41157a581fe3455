"""KWhReceipt: meters, readings, and the ledger of where each Wh of a month is."""
