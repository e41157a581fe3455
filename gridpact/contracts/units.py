# Generated from smart_contracts/shared/units.py: do not edit.
"""Bounds and units of energy, money and time. Pure Python: contracts, library and tests import the same numbers."""

from typing import Final

WH_PER_KWH: Final = 1_000
MAX_LEDGER_WH: Final = 100_000_000_000_000  # 10^14 Wh in one (producer, epoch)
SECONDS_PER_HOUR: Final = 3_600
SECONDS_PER_DAY: Final = 86_400
MAX_UTC_OFFSET_SECONDS: Final = 50_400  # 14 h: no civil clock is further from UTC

# Minimum balance of a box: flat, and per byte of name and value.
BOX_FLAT_MICROALGO: Final = 2_500
BOX_BYTE_MICROALGO: Final = 400
ACCOUNT_MINIMUM_MICROALGO: Final = 100_000
