"""What billing changes. Amounts are base units of the asset beside them."""

from dataclasses import dataclass

from gridpact.billing.read import InvoiceId
from gridpact.chain.work import Effect
from gridpact.units import Asset


@dataclass(frozen=True, slots=True)
class AgreementCreated(Effect):
    """An agreement with a buyer."""

    agreement_id: int
    buyer: str
    treasury: str
    price_per_kwh: int
    asset: Asset
    first_epoch: int
    last_epoch: int
    cap_kwh: int
    """0 is no cap."""
    due_day: int


@dataclass(frozen=True, slots=True)
class AgreementEnded(Effect):
    """An agreement ends earlier than agreed."""

    agreement_id: int
    previous_last_epoch: int
    last_epoch: int


@dataclass(frozen=True, slots=True)
class InvoiceIssued(Effect):
    """Energy was allocated to an agreement, and billed."""

    invoice: InvoiceId
    buyer: str
    kwh: int
    amount: int
    asset: Asset
    due_ts: int


@dataclass(frozen=True, slots=True)
class InvoicePaid(Effect):
    """A payment and its settlement."""

    invoice: InvoiceId
    amount: int
    asset: Asset
    treasury: str
    paid_ts: int = 0
    """When it was paid; 0 while it is not."""


@dataclass(frozen=True, slots=True)
class InvoiceVoided(Effect):
    """An unpaid invoice was taken back; its energy returned to the month."""

    invoice: InvoiceId
    kwh: int
    reason: str
