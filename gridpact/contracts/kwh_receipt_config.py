# Generated from smart_contracts/kwh_receipt/config.py: do not edit.
"""State keys, box prefixes and enumerations of KWhReceipt. Pure Python."""

from typing import Final

from gridpact.contracts.units import BOX_BYTE_MICROALGO, BOX_FLAT_MICROALGO

# Box prefixes: one letter each, so none is a prefix of another.
BOX_METER: Final = b"m"  # + meter id (8)
BOX_READING: Final = b"r"  # + epoch (8) + meter id (8) + interval id (8)
BOX_RESTATEMENT: Final = b"x"  # + epoch (8) + meter id (8) + interval id (8) + revision (8)
BOX_LEDGER: Final = b"l"  # + producer (32) + epoch (8)
BOX_TOTAL: Final = b"t"  # + producer (32)

# The meter of a reading that names none: a project reading made by recordProduction.
NO_METER: Final = 0

# What a meter signs begins with this: it can be taken for nothing else that a key may sign.
SIGNED_READING_DOMAIN: Final = b"gridpact:reading:2:"
# A reading that was recorded by hand has no sequence number; signed ones count from 1.
NO_SEQUENCE: Final = 0
# Opcodes of one call, and calls of addBudget that a signed reading's signature takes beside its own.
SIGNED_READING_BUDGET_CALLS: Final = 3

# Bytes of names and values, for the storage deposits. tests compare them with what the ledger charges.
READING_KEY_SIZE: Final = 1 + 3 * 8
READING_SIZE: Final = 10 * 8
LEDGER_KEY_SIZE: Final = 1 + 32 + 8
LEDGER_SIZE: Final = 10 * 8
TOTAL_KEY_SIZE: Final = 1 + 32
TOTAL_SIZE: Final = 8
READING_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (READING_KEY_SIZE + READING_SIZE)  # 44,500
LEDGER_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (LEDGER_KEY_SIZE + LEDGER_SIZE)  # 50,900
TOTAL_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (TOTAL_KEY_SIZE + TOTAL_SIZE)  # 18,900

# How a reading came about.
QUALITY_ACTUAL: Final = 1  # metered
QUALITY_ESTIMATED: Final = 2  # estimated by the operator
QUALITY_SUBSTITUTED: Final = 3  # gaps were filled

# Which app may draw. Each id is set once.
CONSUMER_PPA: Final = 1
CONSUMER_VAULT: Final = 2
CONSUMER_OFFER_BOOK: Final = 3
