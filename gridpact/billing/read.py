"""What PPA stores: agreements and invoices."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from gridpact.billing.calls import agreement_box_name, invoice_box_name
from gridpact.chain import state
from gridpact.chain.app import App
from gridpact.chain.call import uint64
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract
from gridpact.contracts import ppa_client as stored
from gridpact.contracts import ppa_config as cfg

SIZE_OF_ID: Final = 8


class InvoiceStatus(StrEnum):
    """Where an invoice stands. Overdue is derived from the chain's clock and blocks nothing."""

    ISSUED = "ISSUED"
    OVERDUE = "OVERDUE"
    PAID = "PAID"
    VOID = "VOID"


class InvoiceId(NamedTuple):
    """Which invoice: one for each agreement and month."""

    agreement_id: int
    epoch_id: int

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.epoch_id}"


@dataclass(frozen=True, slots=True)
class Ppa:
    """PPA's global state."""

    app_id: int
    roles: Roles
    kwh_receipt_app_id: int
    agreement_count: int
    allocated_kwh: int
    """Energy of the live (issued or paid) invoices."""
    issued_invoices: int
    paid_invoices: int
    void_invoices: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """A PPA with one buyer, and what was billed under it. Amounts are base units of the settlement asset."""

    agreement_id: int
    terms: stored.AgreementTerms
    last_epoch: int
    """Last month that can be billed now."""
    allocated_kwh: int
    invoiced_amount: int
    paid_amount: int
    invoices: int
    """Number of live invoices; and of the paid ones among them."""
    paid_invoices: int

    @property
    def was_ended(self) -> bool:
        """Whether it was ended before its terms' last epoch."""
        return self.last_epoch < self.terms.lastEpoch

    def covers(self, epoch_id: int) -> bool:
        """Whether an epoch can be billed under it."""
        return self.terms.firstEpoch <= epoch_id <= self.last_epoch


@dataclass(frozen=True, slots=True)
class Invoice:
    """The bill of one (agreement, epoch): its latest revision."""

    agreement_id: int
    epoch_id: int
    stored: stored.Invoice
    """As it stands in its box."""

    @property
    def invoice_id(self) -> InvoiceId:
        """Its name."""
        return InvoiceId(self.agreement_id, self.epoch_id)

    @property
    def amount(self) -> int:
        """Base units of the settlement asset."""
        return self.stored.amount

    @property
    def kwh(self) -> int:
        """Energy in whole kWh."""
        return self.stored.kwh

    @property
    def buyer(self) -> str:
        """Who pays."""
        return self.stored.buyer

    @property
    def is_live(self) -> bool:
        """Whether it was not voided."""
        return self.stored.status != cfg.INVOICE_VOID

    @property
    def is_paid(self) -> bool:
        """Whether it was settled."""
        return self.stored.status == cfg.INVOICE_PAID

    @property
    def is_payable(self) -> bool:
        """Whether it waits for its payment."""
        return self.stored.status == cfg.INVOICE_ISSUED

    def status(self, now_ts: int) -> InvoiceStatus:
        """Where it stands.

        Args:
            now_ts: the chain's clock (`Connection.now`).
        """
        if self.is_paid:
            return InvoiceStatus.PAID
        if not self.is_live:
            return InvoiceStatus.VOID
        return InvoiceStatus.OVERDUE if now_ts > self.stored.dueTs else InvoiceStatus.ISSUED


class BillingReader(App):
    """Reads one PPA app."""

    def state(self) -> Ppa:
        """The global state."""
        values = state.global_state(state.app_params(self.algod, self.app_id))
        return Ppa(
            app_id=self.app_id,
            roles=roles(values),
            kwh_receipt_app_id=state.uint(values, "kwh_receipt_app"),
            agreement_count=state.uint(values, "agreement_count"),
            allocated_kwh=state.uint(values, "allocated_kwh"),
            issued_invoices=state.uint(values, "issued_invoices"),
            paid_invoices=state.uint(values, "paid_invoices"),
            void_invoices=state.uint(values, "void_invoices"),
        )

    def agreement(self, agreement_id: int) -> Agreement | None:
        """One agreement, None where there is none."""
        return self.agreements([agreement_id]).get(agreement_id)

    def agreements(self, agreement_ids: Iterable[int] | None = None) -> dict[int, Agreement]:
        """Agreements by id, in the order asked for: all of them, or those of the ids that exist."""
        ids = range(1, self.state().agreement_count + 1) if agreement_ids is None else list(agreement_ids)
        values = state.boxes(self.algod, self.app_id, map(agreement_box_name, ids))
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
        values = state.boxes(self.algod, self.app_id, (invoice_box_name(*pair) for pair in wanted))
        return [None if value is None else _invoice(*pair, value) for pair, value in zip(wanted, values, strict=True)]

    def invoices(self, agreement_id: int | None = None) -> list[Invoice]:
        """All invoices, or an agreement's, by agreement and epoch."""
        prefix = cfg.BOX_INVOICE + (b"" if agreement_id is None else uint64(agreement_id))
        names = state.box_names(self.algod, self.app_id, prefix)
        values = state.boxes(self.algod, self.app_id, names)
        return [_invoice(*_pair(name), value) for name, value in zip(names, values, strict=True) if value is not None]


def _pair(name: bytes) -> tuple[int, int]:
    ids = name[len(cfg.BOX_INVOICE) :]
    return int.from_bytes(ids[:SIZE_OF_ID], "big"), int.from_bytes(ids[SIZE_OF_ID:], "big")


def _agreement(agreement_id: int, value: bytes) -> Agreement:
    agreement = state.decode(Contract.PPA, stored.Agreement, value)
    return Agreement(
        agreement_id=agreement_id,
        terms=agreement.terms,
        last_epoch=agreement.lastEpoch,
        allocated_kwh=agreement.allocatedKwh,
        invoiced_amount=agreement.invoicedAmount,
        paid_amount=agreement.paidAmount,
        invoices=agreement.invoices,
        paid_invoices=agreement.paidInvoices,
    )


def _invoice(agreement_id: int, epoch_id: int, value: bytes) -> Invoice:
    return Invoice(agreement_id, epoch_id, state.decode(Contract.PPA, stored.Invoice, value))
