"""KWhReceipt: metered production and the energy ledger, the single source of truth."""
