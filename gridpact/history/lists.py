"""What lists and searches ask a history for. Rows come as they stand in the tables; nothing changes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from gridpact.history.database import Database
from gridpact.history.events import ALL, Cursor, Wanted
from gridpact.history.tables import (
    Claim,
    EventAccount,
    EventRow,
    Invoice,
    Offer,
    OfferState,
    Payment,
    Side,
    Status,
    Table,
    Trade,
)


@dataclass(frozen=True, slots=True)
class InvoiceSearch:
    """Which invoices somebody wants; what is empty lets all through."""

    buyers: Collection[str] = ()
    agreements: Collection[int] = ()
    statuses: Collection[Status] = ()
    overdue_at_ts: int | None = None
    """Only those that are unpaid after their due date at this time."""
    first_epoch: int | None = None
    last_epoch: int | None = None
    text: str = ""
    """Anywhere in buyer, treasury, transaction ids, reason hash, or the name AGREEMENT/YYYYMM."""
    all_revisions: bool = False
    """Also those that a later revision replaced."""


class Lists:
    """Reads one history."""

    def __init__(self, database: Database) -> None:
        """Nothing is read yet."""
        self._database = database

    def invoices(
        self, wanted: InvoiceSearch = InvoiceSearch(), limit: int | None = None, skip: int = 0
    ) -> list[Invoice]:
        """Invoices by month, agreement and revision."""
        query = select(Invoice).where(*_invoice_conditions(wanted))
        return self._rows(query.order_by(Invoice.epoch_id, Invoice.agreement_id, Invoice.revision), limit, skip)

    def revisions(self, agreement_id: int, epoch_id: int) -> list[Invoice]:
        """All revisions of the bill of an (agreement, epoch), oldest first."""
        query = select(Invoice).where(Invoice.agreement_id == agreement_id, Invoice.epoch_id == epoch_id)
        return self._rows(query.order_by(Invoice.revision))

    def payments(
        self,
        buyers: Collection[str] = (),
        invoice: tuple[int, int] | None = None,
        limit: int | None = None,
        skip: int = 0,
    ) -> list[Payment]:
        """Payments, oldest first.

        Args:
            buyers: empty for all.
            invoice: agreement and epoch.
            limit: at most so many.
            skip: so many first ones are left out.
        """
        query = select(Payment).where(*_any_of(Payment.buyer, buyers))
        if invoice is not None:
            query = query.where(Payment.agreement_id == invoice[0], Payment.epoch_id == invoice[1])
        return self._rows(query.order_by(Payment.event_id), limit, skip)

    def claims(self, holders: Collection[str] = (), limit: int | None = None, skip: int = 0) -> list[Claim]:
        """What holders were paid, oldest first."""
        query = select(Claim).where(*_any_of(Claim.holder, holders))
        return self._rows(query.order_by(Claim.event_id), limit, skip)

    def offers(
        self,
        side: Side | None = None,
        makers: Collection[str] = (),
        states: Collection[OfferState] = (),
        limit: int | None = None,
        skip: int = 0,
    ) -> list[Offer]:
        """Offers by side and id, also those whose records were pruned from the chain."""
        query = select(Offer).where(*_any_of(Offer.maker, makers), *_any_of(Offer.state, states))
        if side is not None:
            query = query.where(Offer.side == side)
        return self._rows(query.order_by(Offer.side.desc(), Offer.offer_id), limit, skip)

    def trades(
        self, accounts: Collection[str] = (), limit: int | None = None, skip: int = 0, *, newest_first: bool = False
    ) -> list[Trade]:
        """Energy that changed hands in a match.

        Args:
            accounts: as seller or buyer; empty for all.
            limit: at most so many.
            skip: so many first ones are left out.
            newest_first: the order.
        """
        query = select(Trade)
        if accounts:
            query = query.where(or_(Trade.seller.in_(accounts), Trade.buyer.in_(accounts)))
        return self._rows(query.order_by(Trade.event_id.desc() if newest_first else Trade.event_id), limit, skip)

    def events(self, wanted: Wanted = ALL, since: Cursor | None = None, limit: int | None = None) -> list[EventRow]:
        """Events, oldest first.

        Args:
            wanted: the others are left out.
            since: the event after which to begin, or the place before a round.
            limit: at most so many.
        """
        query = select(EventRow).where(
            *_any_of(EventRow.contract, wanted.contracts),
            *_any_of(EventRow.name, wanted.names),
            *_any_of(EventRow.epoch_id, wanted.epochs),
        )
        if wanted.accounts:
            named = select(EventAccount.event_id).where(EventAccount.account.in_(wanted.accounts))
            query = query.where(EventRow.id.in_(named))
        if since is not None:
            query = query.where(_after(since))
        return self._rows(query.order_by(EventRow.id), limit)

    def _rows[Row: Table](self, query: Select[Row], limit: int | None = None, skip: int = 0) -> list[Row]:
        with self._database.read() as session:
            return list(session.scalars(query.limit(limit).offset(skip or None)))


def _invoice_conditions(wanted: InvoiceSearch) -> list[ColumnElement[bool]]:
    conditions = [
        *_any_of(Invoice.buyer, wanted.buyers),
        *_any_of(Invoice.agreement_id, wanted.agreements),
        *_any_of(Invoice.status, wanted.statuses),
    ]
    if not wanted.all_revisions:
        conditions.append(Invoice.is_latest.is_(True))
    if wanted.overdue_at_ts is not None:
        conditions += [Invoice.status == Status.ISSUED, Invoice.due_ts < wanted.overdue_at_ts]
    if wanted.first_epoch is not None:
        conditions.append(Invoice.epoch_id >= wanted.first_epoch)
    if wanted.last_epoch is not None:
        conditions.append(Invoice.epoch_id <= wanted.last_epoch)
    if wanted.text:
        conditions.append(_says(wanted.text))
    return conditions


def _says(text: str) -> ColumnElement[bool]:
    agreement, _, epoch = text.partition("/")
    if agreement.isdigit() and epoch.isdigit():
        return and_(Invoice.agreement_id == int(agreement), Invoice.epoch_id == int(epoch))
    events = select(EventRow.id).where(EventRow.txid.icontains(text, autoescape=True))
    return or_(
        Invoice.buyer.icontains(text, autoescape=True),
        Invoice.treasury.icontains(text, autoescape=True),
        Invoice.void_reason_hash.icontains(text, autoescape=True),
        Invoice.issued_event_id.in_(events),
        Invoice.closed_event_id.in_(events),
    )


def _any_of(column: Any, values: Collection[Any]) -> Sequence[ColumnElement[bool]]:  # noqa: ANN401 - any column
    return [column.in_(values)] if values else []


def _after(since: Cursor) -> ColumnElement[bool]:
    return or_(
        EventRow.round > since.round,
        and_(EventRow.round == since.round, EventRow.position > since.position),
        and_(
            EventRow.round == since.round,
            EventRow.position == since.position,
            EventRow.ordinal > since.ordinal,
        ),
    )
