# Generated from smart_contracts/interfaces/config.py: do not edit.
"""Values of the interfaces' arguments. Pure Python."""

from typing import Final

# Arguments of draw that stand for "whatever is there".
ALL_REMAINING: Final = 2**64 - 1  # Wh: draw all that remains, possibly 0
ANY_TOTAL: Final = 2**64 - 1  # kWh: do not compare the recorded total
# The reference of a consumer that has none of its own: the event names the producer.
NO_REFERENCE: Final = 0
