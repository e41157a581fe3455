"""Invoices that somebody looks for: the history finds them where one is kept, and the chain says how they stand.

Without a history all of them are read from the chain. What leads to a signature is never taken from the history.
"""

from collections.abc import Collection
from dataclasses import dataclass

from gridpact.billing.read import Invoice, InvoiceStatus
from gridpact.deployment.record import Deployment
from gridpact.history.place import kept_lists_of


@dataclass(frozen=True, slots=True)
class InvoiceQuery:
    """Which invoices somebody wants; what is empty lets all through."""

    agreement: int | None = None
    first_epoch: int | None = None
    last_epoch: int | None = None
    buyers: Collection[str] = ()
    statuses: Collection[InvoiceStatus] = ()
    text: str = ""
    """The name AGREEMENT/YYYYMM, or part of an account; with a history also of a transaction id or a reason hash."""


def find_invoices(deployment: Deployment, wanted: InvoiceQuery, now_ts: int) -> list[Invoice]:
    """The latest revisions of the invoices that fit, by agreement and month.

    Args:
        deployment: the apps.
        wanted: the others are left out.
        now_ts: the chain's clock, by which an invoice is overdue.

    Raises:
        DatabaseUnusable: the history cannot be used.
    """
    lists = kept_lists_of(deployment)
    if lists is None:
        found = [one for one in deployment.billing.invoices(wanted.agreement) if _says(one, wanted.text)]
    else:
        from gridpact.history.lists import InvoiceSearch  # with the database's library

        search = InvoiceSearch(
            buyers=wanted.buyers,
            agreements=() if wanted.agreement is None else (wanted.agreement,),
            first_epoch=wanted.first_epoch,
            last_epoch=wanted.last_epoch,
            text=wanted.text,
        )
        places = sorted((one.agreement_id, one.epoch_id) for one in lists.invoices(search))
        found = [one for one in deployment.billing.invoices_of(places) if one is not None]
    return [one for one in found if _fits(one, wanted, now_ts)]


def _fits(one: Invoice, wanted: InvoiceQuery, now_ts: int) -> bool:
    return (
        (wanted.first_epoch is None or one.epoch_id >= wanted.first_epoch)
        and (wanted.last_epoch is None or one.epoch_id <= wanted.last_epoch)
        and (not wanted.buyers or one.buyer in wanted.buyers)
        and (not wanted.statuses or one.status_at(now_ts) in wanted.statuses)
    )


def _says(one: Invoice, text: str) -> bool:
    wanted = text.casefold()
    return (
        wanted == str(one.invoice_id)
        if "/" in wanted
        else any(wanted in account.casefold() for account in (one.buyer, one.treasury))
    )
