# Generated from smart_contracts/revenue_vault/config.py: do not edit.
"""State keys, box prefixes and bounds of RevenueVault. Pure Python."""

from typing import Final

# Box prefixes: one letter each, so none is a prefix of another.
BOX_HOLDER: Final = b"h"  # + holder (32)
BOX_CHECKPOINT: Final = b"c"  # + holder (32) + index (8)
BOX_DEPOSIT: Final = b"d"  # + deposit id (8)
BOX_ASSET: Final = b"a"  # + asset id (8)

# Bytes of name and value, for the storage deposits. tests compare them with what the ledger charges.
HOLDER_BOX_SIZE: Final = 33 + 96
CHECKPOINT_BOX_SIZE: Final = 41 + 16
DEPOSIT_BOX_SIZE: Final = 9 + 120
ASSET_BOX_SIZE: Final = 9 + 32

# The kW token. Its base unit is the watt of installed power: 500 kW are 500,000 units.
KW_TOKEN_NAME: Final = "GridPact kW"
KW_TOKEN_UNIT_NAME: Final = "kW"
KW_TOKEN_DECIMALS: Final = 3
# A petawatt: beyond any plant, and below 2^53, so that JavaScript wallets show every amount exactly. What is never
# issued stays with the vault and counts for nothing.
KW_TOKEN_TOTAL_UNITS: Final = 1_000_000_000_000_000

# The asset id that stands for ALGO.
ALGO: Final = 0

# One bit of a holder's claimed field for each deposit: 42 years of monthly deposits.
CLAIMED_BYTES: Final = 64
MAX_DEPOSITS: Final = CLAIMED_BYTES * 8
