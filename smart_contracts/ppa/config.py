"""Box prefixes, enumerations and bounds of PPA. Pure Python."""

from typing import Final

from smart_contracts.shared.units import BOX_BYTE_MICROALGO, BOX_FLAT_MICROALGO, MAX_LEDGER_WH, WH_PER_KWH

# Box prefixes: one letter each, so none is a prefix of another.
BOX_AGREEMENT: Final = b"a"  # + agreement id (8)
BOX_INVOICE: Final = b"i"  # + agreement id (8) + epoch (8)
BOX_NOTE: Final = b"n"  # + agreement id (8) + epoch (8) + note (8)

# Bytes of names and values, for the storage deposit of a note. tests compare them with what the ledger charges.
NOTE_KEY_SIZE: Final = 1 + 3 * 8
NOTE_SIZE: Final = 8 * 8 + 32
NOTE_MBR_MICROALGO: Final = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (NOTE_KEY_SIZE + NOTE_SIZE)  # 50,900
# The terms stand first in an agreement's box: what a buyer accepts is their hash.
TERMS_SIZE: Final = 2 * 32 + 9 * 8 + 32 + 1

# Where an invoice stands. Spaced, so that a state can be put between two others.
INVOICE_ISSUED: Final = 10  # waits for its payment
INVOICE_PAID: Final = 20  # settled, for ever
INVOICE_VOID: Final = 30  # taken back by the operator; the pair may be allocated again

# What a note is about. The first and the second move energy.
NOTE_CREDIT: Final = 1  # too much was billed: the treasury owes the buyer
NOTE_DEBIT: Final = 2  # too little was billed
NOTE_INTEREST: Final = 3  # the invoice was paid late
NOTE_SHORTFALL: Final = 4  # less than the agreement's minimum was taken

# Where a note stands. Spaced, as the states of an invoice are.
NOTE_OPEN: Final = 10  # waits for its payment
NOTE_APPLIED: Final = 15  # a credit that is set against another invoice
NOTE_SETTLED: Final = 20  # paid, for ever
NOTE_VOID: Final = 30  # taken back by the operator

# The asset id that stands for ALGO.
ALGO: Final = 0

# Days of a month that every month has.
FIRST_DUE_DAY: Final = 1
LAST_DUE_DAY: Final = 28

# Prices over time, and interest.
BPS_OF_ONE: Final = 10_000
MAX_ESCALATOR_BPS: Final = 1_999
MAX_YEARS: Final = 40  # of an agreement whose price rises
MAX_LATE_INTEREST_BPS: Final = 10_000
DAYS_OF_YEAR: Final = 365
MONTHS_OF_YEAR: Final = 12
MAX_PRICE: Final = 2**64 - 1
# Byte arithmetic: what an operand may have, where a wider one is cut, and how often 11,999 fits 128 bits.
OPERAND_BYTES: Final = 64
LOW_BYTES: Final = 32
POWERS_IN_128_BITS: Final = 9

# No ledger holds more than this, so no allocation does.
MAX_LEDGER_KWH: Final = MAX_LEDGER_WH // WH_PER_KWH
