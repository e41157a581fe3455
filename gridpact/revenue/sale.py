"""What a deposit of net revenue says about the energy that earned it."""

from dataclasses import dataclass
from typing import Final

from gridpact.contracts.interfaces import ALL_REMAINING

NO_EVIDENCE: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Sale:
    """How much energy was sold, at which price, on which evidence."""

    energy_wh: int = ALL_REMAINING
    """What the deposit draws of the epoch, possibly 0; all that remains by default."""
    price_per_kwh: int = 0
    """In base units of the deposit's asset per kWh; 0 where it is not said."""
    evidence_hash: bytes = NO_EVIDENCE
    """Of the statement of the sale; zero where there is none."""


ALL_AT_NO_PRICE: Final = Sale()
"""All that remains, and nothing is said about it."""
