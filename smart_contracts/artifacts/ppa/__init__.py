"""Generated from `smart_contracts/ppa`: do not edit."""
