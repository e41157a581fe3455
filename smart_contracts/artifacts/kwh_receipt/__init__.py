"""Generated from `smart_contracts/kwh_receipt`: do not edit."""
