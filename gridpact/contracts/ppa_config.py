# Generated from smart_contracts/ppa/config.py: do not edit.
"""Box prefixes, enumerations and bounds of PPA. Pure Python."""

from typing import Final

from gridpact.contracts.units import MAX_LEDGER_WH, WH_PER_KWH

# Box prefixes: one letter each, so none is a prefix of another.
BOX_AGREEMENT: Final = b"a"  # + agreement id (8)
BOX_INVOICE: Final = b"i"  # + agreement id (8) + epoch (8)

# Where an invoice stands. Spaced, so that a state can be put between two others.
INVOICE_ISSUED: Final = 10  # waits for its payment
INVOICE_PAID: Final = 20  # settled, for ever
INVOICE_VOID: Final = 30  # taken back by the operator; the pair may be allocated again

# The asset id that stands for ALGO.
ALGO: Final = 0

# Days of a month that every month has.
FIRST_DUE_DAY: Final = 1
LAST_DUE_DAY: Final = 28

# No ledger holds more than this, so no allocation does.
MAX_LEDGER_KWH: Final = MAX_LEDGER_WH // WH_PER_KWH
