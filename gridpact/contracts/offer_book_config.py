# Generated from smart_contracts/offer_book/config.py: do not edit.
"""State keys, box prefixes, enumerations and bounds of OfferBook. Pure Python."""

from typing import Final

from gridpact.contracts.units import BOX_BYTE_MICROALGO, BOX_FLAT_MICROALGO, MAX_LEDGER_WH

# Box prefixes: one letter each, so none is a prefix of another.
BOX_SELL_OFFER: Final = b"s"  # + sell offer id (8)
BOX_BUY_OFFER: Final = b"b"  # + buy offer id (8)
BOX_ACCOUNT: Final = b"a"  # + account (32)

OFFER_KEY_SIZE: Final = 1 + 8
OFFER_SIZE: Final = 32 + 6 * 8 + 1 + 1
ACCOUNT_KEY_SIZE: Final = 1 + 32
ACCOUNT_SIZE: Final = 11 * 8 + 1
OFFER_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (OFFER_KEY_SIZE + OFFER_SIZE)  # 38,900
ACCOUNT_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (ACCOUNT_KEY_SIZE + ACCOUNT_SIZE)  # 51,300

# What became of an offer. Only an ACTIVE one changes, once.
STATUS_ACTIVE: Final = 0
STATUS_CANCELLED: Final = 1
STATUS_COMPLETED: Final = 2
STATUS_PARTIALLY_FILLED: Final = 3

# Offer ids start at 0, and the first offer of a side is nobody's child.
NO_CHILD: Final = 0

# SPARK is the published unit of credit; the books are kept in Wh.
SPARK_PER_WH: Final = 100_000

MAX_OFFER_WH: Final = 1_000_000_000_000  # 10^12 Wh in one offer, and in one consent
MAX_PRICE: Final = 100_000_000_000  # 10^11 = 1,000 EUR/kWh with 8 decimals
# Credit of all accounts together. No account can exceed it, so its SPARK (10^19) always fit 64 bits.
MAX_CREDIT_WH: Final = MAX_LEDGER_WH

# Ids that one list query looks at: each is a box reference, and a call has 8.
PAGE_SIZE: Final = 8

# What a list query returns of the ids that it looks at.
LIST_ALL: Final = 0
LIST_ACTIVE: Final = 1
LIST_MAKER: Final = 2
