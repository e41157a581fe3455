"""What has to come before a month's net revenue is deposited: a deposit takes all energy that is left, for ever."""

from collections.abc import Collection

from gridpact.contracts.units import WH_PER_KWH
from gridpact.deployment.errors import NewerMonthWaits, NotBilled
from gridpact.deployment.record import Deployment


def require_billed(deployment: Deployment, epoch_id: int, unbilled: Collection[int] = ()) -> None:
    """Refuse while an agreement that covers the month could still be billed for it.

    Args:
        deployment: the four apps.
        epoch_id: month, YYYYMM.
        unbilled: agreements that shall have no invoice for it.

    Raises:
        NotBilled: others have none.
    """
    ledger = deployment.production.ledger(epoch_id)
    if ledger is None or ledger.remaining_wh < WH_PER_KWH:
        return
    covered = [one for one in deployment.billing.agreements().values() if one.covers(epoch_id)]
    invoices = deployment.billing.invoices_of((one.agreement_id, epoch_id) for one in covered)
    missing = tuple(
        agreement.agreement_id
        for agreement, invoice in zip(covered, invoices, strict=True)
        if (invoice is None or not invoice.is_live) and agreement.agreement_id not in unbilled
    )
    if missing:
        raise NotBilled(epoch_id, missing, ledger.remaining_wh)


def require_newest(deployment: Deployment, epoch_id: int) -> None:
    """Refuse while a newer month is final and has no deposit: it may be the one that is meant.

    Raises:
        NewerMonthWaits: there is one.
    """
    deposited = {one.epoch_id for one in deployment.revenue.deposits()}
    for ledger in deployment.production.ledgers():
        if ledger.epoch_id > epoch_id and ledger.is_final and ledger.epoch_id not in deposited:
            raise NewerMonthWaits(epoch_id, ledger.epoch_id)
