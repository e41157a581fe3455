# Generated from smart_contracts/kwh_receipt/config.py: do not edit.
"""State keys, box prefixes and enumerations of KWhReceipt. Pure Python."""

from typing import Final

# Box prefixes: one letter each, so none is a prefix of another.
BOX_METER: Final = b"m"  # + meter id (8)
BOX_READING: Final = b"r"  # + epoch (8) + meter id (8) + interval id (8)
BOX_RESTATEMENT: Final = b"x"  # + epoch (8) + meter id (8) + interval id (8) + revision (8)
BOX_LEDGER: Final = b"l"  # + producer (32) + epoch (8)
BOX_TOTAL: Final = b"t"  # + producer (32)

# The meter of a reading that names none: a project reading made by recordProduction.
NO_METER: Final = 0

# How a reading came about.
QUALITY_ACTUAL: Final = 1  # metered
QUALITY_ESTIMATED: Final = 2  # estimated by the operator
QUALITY_SUBSTITUTED: Final = 3  # gaps were filled

# Which app may draw. Each id is set once.
CONSUMER_PPA: Final = 1
CONSUMER_VAULT: Final = 2
CONSUMER_OFFER_BOOK: Final = 3
