"""Generated from `smart_contracts/offer_book`: do not edit."""
