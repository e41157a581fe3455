"""What PPA stores: agreements and invoices."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from gridpact.billing.boxes import agreement_box_name, invoice_box_name, note_box_name
from gridpact.billing.prices import contract_year, price_in
from gridpact.chain.app import App
from gridpact.chain.boxes import boxes, boxes_by_prefix, ids_in, uint64
from gridpact.chain.layout import decode, decode_state
from gridpact.chain.roles import Roles, roles_of
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.units import SECONDS_PER_DAY


class InvoiceStatus(StrEnum):
    """Where an invoice stands. Overdue is derived from the chain's clock and blocks nothing."""

    ISSUED = "ISSUED"
    OVERDUE = "OVERDUE"
    PAID = "PAID"
    VOID = "VOID"


class NoteKind(StrEnum):
    """What a note is."""

    CREDIT = "credit"
    DEBIT = "debit"
    INTEREST = "interest"
    SHORTFALL = "shortfall"


NOTE_KINDS: Final = {
    cfg.NOTE_CREDIT: NoteKind.CREDIT,
    cfg.NOTE_DEBIT: NoteKind.DEBIT,
    cfg.NOTE_INTEREST: NoteKind.INTEREST,
    cfg.NOTE_SHORTFALL: NoteKind.SHORTFALL,
}
"""By their numbers on chain."""
NOTE_NUMBERS: Final = {kind: number for number, kind in NOTE_KINDS.items()}


class NoteStatus(StrEnum):
    """Where a note stands."""

    OPEN = "OPEN"
    APPLIED = "APPLIED"
    SETTLED = "SETTLED"
    VOID = "VOID"


NOTE_STATUSES: Final = {
    cfg.NOTE_OPEN: NoteStatus.OPEN,
    cfg.NOTE_APPLIED: NoteStatus.APPLIED,
    cfg.NOTE_SETTLED: NoteStatus.SETTLED,
    cfg.NOTE_VOID: NoteStatus.VOID,
}
"""By their numbers on chain."""


class InvoiceId(NamedTuple):
    """Which invoice: one for each agreement and month."""

    agreement_id: int
    epoch_id: int

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.epoch_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ppa(layout.GlobalState):
    """PPA's global state."""

    app_id: int

    @property
    def roles(self) -> Roles:
        """Who governs it."""
        return roles_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(layout.Agreement):
    """A PPA with one buyer, and what was billed under it. Amounts are base units of the settlement asset."""

    agreement_id: int

    def price_in(self, epoch_id: int) -> int:
        """The price per kWh in a month, as the contract computes it."""
        terms = self.terms
        return price_in(terms.price_per_kwh, terms.escalator_bps, contract_year(terms.first_epoch, epoch_id))

    @property
    def was_ended(self) -> bool:
        """Whether it was ended before its terms' last epoch."""
        return self.last_epoch < self.terms.last_epoch

    def covers(self, epoch_id: int) -> bool:
        """Whether an epoch can be billed under it."""
        return self.terms.first_epoch <= epoch_id <= self.last_epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(layout.Invoice):
    """The bill of one (agreement, epoch): its latest revision."""

    agreement_id: int
    epoch_id: int

    @property
    def invoice_id(self) -> InvoiceId:
        """Its name."""
        return InvoiceId(self.agreement_id, self.epoch_id)

    @property
    def due_amount(self) -> int:
        """What the payment has to be: the amount less the credits that are set against it."""
        return self.amount - self.applied_amount

    @property
    def net_kwh(self) -> int:
        """Its energy with the credit and debit notes on it."""
        return self.kwh - self.credited_kwh + self.debited_kwh

    @property
    def unbilled_shortfall_kwh(self) -> int:
        """What it is below the agreement's minimum and no note bills."""
        return self.shortfall_kwh - self.billed_shortfall_kwh

    @property
    def is_live(self) -> bool:
        """Whether it was not voided."""
        return self.status != cfg.INVOICE_VOID

    @property
    def is_paid(self) -> bool:
        """Whether it was settled."""
        return self.status == cfg.INVOICE_PAID

    @property
    def is_payable(self) -> bool:
        """Whether it waits for its payment."""
        return self.status == cfg.INVOICE_ISSUED

    def status_at(self, now_ts: int) -> InvoiceStatus:
        """Where it stands.

        Args:
            now_ts: the chain's clock (`Connection.now`).
        """
        if self.is_paid:
            return InvoiceStatus.PAID
        if not self.is_live:
            return InvoiceStatus.VOID
        return InvoiceStatus.OVERDUE if now_ts > self.due_ts else InvoiceStatus.ISSUED

    def days_late(self, now_ts: int) -> int:
        """Days that payment is late, the one that has begun included; 0 where it is not.

        Args:
            now_ts: the chain's clock (`Connection.now`).
        """
        if self.status_at(now_ts) is not InvoiceStatus.OVERDUE:
            return 0
        return (now_ts - self.due_ts - 1) // SECONDS_PER_DAY + 1

    @property
    def was_issued_late(self) -> bool:
        """Whether its due day had passed when it was issued."""
        return self.issued_ts > self.due_ts


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(layout.Note):
    """A correction of a paid invoice, or a charge on top of it."""

    invoice_id: InvoiceId
    number: int

    @property
    def is_credit(self) -> bool:
        """Whether the treasury owes it."""
        return self.kind == cfg.NOTE_CREDIT

    @property
    def what(self) -> NoteKind:
        """Its kind."""
        return NOTE_KINDS[self.kind]

    @property
    def stands(self) -> NoteStatus:
        """Where it stands."""
        return NOTE_STATUSES[self.status]

    @property
    def is_open(self) -> bool:
        """Whether it waits for its payment."""
        return self.status == cfg.NOTE_OPEN


class BillingReader(App):
    """Reads one PPA app."""

    def state(self) -> Ppa:
        """The global state."""
        return decode_state(Ppa, self.global_state(), app_id=self.app_id)

    def agreement(self, agreement_id: int) -> Agreement | None:
        """One agreement, None where there is none."""
        return self.agreements([agreement_id]).get(agreement_id)

    def agreements(self, agreement_ids: Iterable[int] | None = None) -> dict[int, Agreement]:
        """Agreements by id, in the order asked for: all of them, or those of the ids that exist."""
        if agreement_ids is None:
            found = boxes_by_prefix(self.algod, self.app_id, cfg.BOX_AGREEMENT)
            every = (_agreement(ids_in(name)[0], value) for name, value in found)
            return {agreement.agreement_id: agreement for agreement in every}
        ids = list(agreement_ids)
        values = boxes(self.algod, self.app_id, map(agreement_box_name, ids))
        return {
            agreement_id: _agreement(agreement_id, value)
            for agreement_id, value in zip(ids, values, strict=True)
            if value is not None
        }

    def invoice(self, agreement_id: int, epoch_id: int) -> Invoice | None:
        """One invoice, None where nothing was ever allocated to the pair."""
        return self.invoices_of([(agreement_id, epoch_id)])[0]

    def invoices_of(self, pairs: Iterable[tuple[int, int]]) -> list[Invoice | None]:
        """Invoices of (agreement, epoch) pairs, in their order."""
        wanted = list(pairs)
        values = boxes(self.algod, self.app_id, (invoice_box_name(*pair) for pair in wanted))
        return [None if value is None else _invoice(*pair, value) for pair, value in zip(wanted, values, strict=True)]

    def invoices(self, agreement_id: int | None = None) -> list[Invoice]:
        """All invoices, or an agreement's, by agreement and epoch."""
        prefix = cfg.BOX_INVOICE + (b"" if agreement_id is None else uint64(agreement_id))
        found = ((ids_in(name), value) for name, value in boxes_by_prefix(self.algod, self.app_id, prefix))
        return [_invoice(agreement_id, epoch_id, value) for (agreement_id, epoch_id), value in found]

    def note(self, invoice_id: InvoiceId, number: int) -> Note | None:
        """One note on an invoice, None where there is none."""
        (value,) = boxes(self.algod, self.app_id, [note_box_name(*invoice_id, number)])
        return None if value is None else decode(Note, value, invoice_id=invoice_id, number=number)

    def notes(self, invoice_id: InvoiceId) -> list[Note]:
        """The notes on an invoice, by number."""
        prefix = note_box_name(*invoice_id, 0)[: -len(uint64(0))]
        found = ((ids_in(name)[-1], value) for name, value in boxes_by_prefix(self.algod, self.app_id, prefix))
        return sorted(
            (decode(Note, value, invoice_id=invoice_id, number=number) for number, value in found),
            key=lambda note: note.number,
        )

    def notes_of(self, invoices: Iterable[Invoice]) -> dict[InvoiceId, list[Note]]:
        """The notes on invoices, by number; invoices without a note are left out.

        Args:
            invoices: as the chain has them: each says how many notes it has.
        """
        wanted = [(one.invoice_id, number) for one in invoices for number in range(1, one.notes + 1)]
        values = boxes(self.algod, self.app_id, (note_box_name(*invoice_id, number) for invoice_id, number in wanted))
        found: dict[InvoiceId, list[Note]] = {}
        for (invoice_id, number), value in zip(wanted, values, strict=True):
            if value is not None:
                found.setdefault(invoice_id, []).append(decode(Note, value, invoice_id=invoice_id, number=number))
        return found


def _agreement(agreement_id: int, value: bytes) -> Agreement:
    return decode(Agreement, value, agreement_id=agreement_id)


def _invoice(agreement_id: int, epoch_id: int, value: bytes) -> Invoice:
    return decode(Invoice, value, agreement_id=agreement_id, epoch_id=epoch_id)
