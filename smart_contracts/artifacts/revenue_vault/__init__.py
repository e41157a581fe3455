"""Generated from `smart_contracts/revenue_vault`: do not edit."""
