# Generated from smart_contracts/interfaces/config.py: do not edit.
"""Values of the interfaces' arguments. Pure Python."""

from typing import Final

# Arguments of draw that stand for "whatever is there".
ALL_REMAINING: Final = 2**64 - 1  # Wh: draw all that remains, possibly 0
ANY_TOTAL: Final = 2**64 - 1  # kWh: do not compare the recorded total
# Global state of KWhReceipt: the accounts of PPA and RevenueVault, the zero address until they are set as consumers.
KEY_PPA_ADDRESS: Final = b"ppa_address"
KEY_VAULT_ADDRESS: Final = b"vault_address"
# The reference of a consumer that has none of its own: the event names the producer.
NO_REFERENCE: Final = 0
