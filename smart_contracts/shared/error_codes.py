"""ARC-65 codes of the errors that cross apps: the names of `errors`, written in the camelCase that ARC-65 asks for.

They are logged as ``ERR:<code>``. `tests/unit` checks that each one is its `errors` name with a small first letter.
"""

from typing import Final

ALREADY_SET: Final = "alreadySet"
EPOCH_NOT_FINAL: Final = "epochNotFinal"
EPOCH_NOT_FOUND: Final = "epochNotFound"
INVALID_ADDRESS: Final = "invalidAddress"
INVALID_AMOUNT: Final = "invalidAmount"
INVALID_METER: Final = "invalidMeter"
IS_PAUSED: Final = "isPaused"
LEDGER_IN_DEFICIT: Final = "ledgerInDeficit"
NOT_CONSUMER: Final = "notConsumer"
OVER_DRAWN: Final = "overDrawn"
READING_NOT_FOUND: Final = "readingNotFound"
TOTAL_MISMATCH: Final = "totalMismatch"
