"""What billing changes."""

from dataclasses import dataclass

from gridpact.billing.read import InvoiceId
from gridpact.chain.work import Effect


@dataclass(frozen=True, slots=True)
class InvoiceVoided(Effect):
    """An unpaid invoice was taken back; its energy returned to the month."""

    invoice: InvoiceId
    kwh: int
    reason: str
