"""What a restated month asks of its invoices and deposits.

An invoice was a share of what the month had recorded when it was issued. After a restatement the same share of what is
recorded now is what it should be: a paid invoice gets there by a note, an unpaid one is voided and allocated again.
What is missing then was drawn by the vault, and its deposits can give it back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gridpact.billing.read import Invoice
from gridpact.contracts.kwh_receipt_config import NO_METER
from gridpact.contracts.units import WH_PER_KWH
from gridpact.deployment.record import Deployment
from gridpact.production.errors import EpochNotFound
from gridpact.production.read import Reading
from gridpact.revenue.read import Deposit


@dataclass(frozen=True, slots=True)
class Mend:
    """What one invoice of a restated month should be."""

    invoice: Invoice
    share_kwh: int
    """Its share of what is recorded now, in whole kWh, rounded down."""

    @property
    def change_kwh(self) -> int:
        """kWh that a note has to add; below 0 to take away."""
        return self.share_kwh - self.invoice.net_kwh

    @property
    def amount(self) -> int:
        """What that comes to at the invoice's price, in base units of its asset."""
        return abs(self.change_kwh) * self.invoice.price_per_kwh


@dataclass(frozen=True, slots=True)
class Return:
    """Energy that a deposit drew and has to give back."""

    deposit_id: int
    wh: int


@dataclass(frozen=True, slots=True)
class Mending:
    """All that mends a restated month of the project."""

    epoch_id: int
    recorded_wh: int
    """What the month has recorded after the restatement."""
    deficit_wh: int
    """What was drawn beyond that, before anything is mended."""
    invoices: tuple[Mend, ...]
    """The live invoices of the month that are not what they should be, by agreement."""
    returns: tuple[Return, ...]
    """What is missing after their notes, by deposit."""


def mending(deployment: Deployment, epoch_id: int, change_wh: int = 0) -> Mending:
    """What mends a month of the project after its restatements.

    A restatement in the very second of an invoice counts as known to it.

    Args:
        deployment: the four apps.
        epoch_id: month, YYYYMM.
        change_wh: what a restatement that is still to be sent adds, in Wh; below 0 takes away.

    Raises:
        EpochNotFound: nothing was recorded.
    """
    readings = _project_readings(deployment, epoch_id)

    def then_wh(invoice: Invoice) -> int:
        return sum(one.net_wh_at(invoice.issued_ts) for one in readings)

    return mending_from(deployment, epoch_id, then_wh, change_wh)


def mending_from(
    deployment: Deployment, epoch_id: int, then_wh: Callable[[Invoice], int], change_wh: int = 0
) -> Mending:
    """What mends a month, where it is known what each invoice was a share of.

    Args:
        deployment: the four apps.
        epoch_id: month, YYYYMM.
        then_wh: what the month had recorded when an invoice was issued.
        change_wh: what a restatement that is still to be sent adds, in Wh; below 0 takes away.

    Raises:
        EpochNotFound: nothing was recorded.
    """
    ledger = deployment.production.ledger(epoch_id)
    if ledger is None:
        raise EpochNotFound(epoch_id)
    recorded_wh = ledger.recorded_wh + change_wh
    deficit_wh = max(ledger.deficit_wh - ledger.remaining_wh - change_wh, 0)
    mends = [
        # No invoice was ever of more energy than its month had.
        Mend(invoice, invoice.kwh * recorded_wh // max(then_wh(invoice), invoice.kwh * WH_PER_KWH))
        for invoice in _live_invoices(deployment, epoch_id)
    ]
    mends = [one for one in mends if one.change_kwh]
    credited_wh = sum(max(-one.change_kwh, 0) for one in mends) * WH_PER_KWH
    deposits = [one for one in deployment.revenue.deposits() if one.epoch_id == epoch_id]
    returns = _returns(deposits, max(deficit_wh - credited_wh, 0))
    return Mending(epoch_id, recorded_wh, deficit_wh, tuple(mends), tuple(returns))


def _project_readings(deployment: Deployment, epoch_id: int) -> list[Reading]:
    own = {meter.meter_id for meter in deployment.production.meters() if meter.is_project} | {NO_METER}
    return [one for one in deployment.production.readings(epoch_id) if one.meter_id in own]


def _live_invoices(deployment: Deployment, epoch_id: int) -> Iterable[Invoice]:
    agreements = deployment.billing.agreements().values()
    covering = [one.agreement_id for one in agreements if one.terms.first_epoch <= epoch_id <= one.terms.last_epoch]
    found = deployment.billing.invoices_of((agreement_id, epoch_id) for agreement_id in covering)
    return (invoice for invoice in found if invoice is not None and invoice.is_live)


def _returns(deposits: list[Deposit], missing_wh: int) -> Iterable[Return]:
    """What is missing, given back by the newest deposits first."""
    for one in reversed(deposits):
        wh = min(one.energy_wh - one.returned_wh, missing_wh)
        if wh:
            yield Return(one.deposit_id, wh)
            missing_wh -= wh
