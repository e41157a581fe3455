# Generated from PPA.arc56.json and smart_contracts/ppa/types.py: do not edit.
"""How PPA stores its state: the structs of its boxes, and its global state. Pure Python."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """What was agreed. Terms are never edited: end the agreement and create the next."""

    SIZE: ClassVar[int] = 169
    """Bytes."""
    ABI: ClassVar[str] = "(address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32],bool)"

    buyer: str
    """Who is billed, and the only one who can settle."""
    treasury: str
    """Where payments go."""
    asset_id: int
    """The settlement asset; 0 is ALGO."""
    price_per_kwh: int
    """Base units of the settlement asset per kWh (ALGO: microALGO), all taxes included."""
    escalator_bps: int
    """Yearly rise of the price in basis points, up to 1,999; the first rise is twelve months after the first epoch."""
    minimum_kwh: int
    """Least energy per epoch; what is missing of it stands in the invoice as its shortfall. 0 is no minimum."""
    late_interest_bps: int
    """Yearly interest on invoices that are paid late, in basis points, up to 10,000; 0 is none."""
    first_epoch: int
    """First month that can be billed, YYYYMM."""
    last_epoch: int
    """Last month that can be billed, YYYYMM."""
    cap_kwh: int
    """Most energy per epoch; 0 is no cap."""
    due_day: int
    """Day (1 to 28) of the month after the epoch by whose end an invoice is due."""
    contract_hash: bytes
    """SHA-256 of the signed contract."""
    requires_acceptance: bool
    """Whether nothing is billed before the buyer has accepted these terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A PPA with one buyer: its terms, and what was billed under them. Voided invoices count nowhere."""

    SIZE: ClassVar[int] = 241
    """Bytes."""
    ABI: ClassVar[str] = "((address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32],bool),uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64)"

    terms: AgreementTerms
    last_epoch: int
    """Last month that can be billed now: the terms' own, or an earlier one once the agreement was ended."""
    allocated_kwh: int
    """Energy of the live (issued or paid) invoices, less credit notes, plus debit notes."""
    invoiced_amount: int
    """Sum of the live invoices, in base units; notes stand beside it."""
    paid_amount: int
    """Sum of the paid invoices, in base units."""
    invoices: int
    """Number of live invoices."""
    paid_invoices: int
    """Number of paid invoices."""
    credited_amount: int
    """Sum of the live credit notes."""
    debited_amount: int
    """Sum of the live debit, interest and shortfall notes."""
    accepted_ts: int
    """When the buyer accepted the terms; zero before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """The bill of one (agreement, epoch). What it pins never changes; a re-issue is a new revision in the same box."""

    SIZE: ClassVar[int] = 224
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64)"

    kwh: int
    price_per_kwh: int
    amount: int
    """kwh x price_per_kwh, in base units."""
    asset_id: int
    buyer: str
    treasury: str
    issued_ts: int
    due_ts: int
    """23:59:59 UTC of the due day of the month after the epoch. Overdue is derived and blocks nothing."""
    status: int
    """10 issued, 20 paid, 30 void."""
    revision: int
    """1 for the first invoice of the pair, one more for each re-issue after a void."""
    notes: int
    """Number of notes on this invoice."""
    paid_ts: int
    """Zero while unpaid."""
    paid_round: int
    """Zero while unpaid."""
    shortfall_kwh: int
    """What was missing of the agreement's minimum when the energy was allocated."""
    applied_amount: int
    """Credits of other invoices that are set against this one: what is due is the amount less this."""
    credited_kwh: int
    """Energy of the live credit notes; and of the debit notes, two fields on."""
    credited_amount: int
    debited_kwh: int
    debited_amount: int
    """Sum of the live debit, interest and shortfall notes."""
    billed_shortfall_kwh: int
    """Energy of the live shortfall notes."""
    settled_notes: int
    """Number of notes that are paid, or set against another invoice."""
    interest_note: int
    """Number of the note of late interest; zero before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A correction of a paid invoice, or a charge on top of it."""

    SIZE: ClassVar[int] = 96
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,byte[32],uint64,uint64,uint64,uint64)"

    kind: int
    """1 credit, 2 debit, 3 interest, 4 shortfall."""
    kwh: int
    """Energy that moved, or of the shortfall; zero for interest."""
    amount: int
    """Base units of the invoice's asset: kwh x the invoice's price, or the interest."""
    status: int
    """10 open, 15 set against another invoice, 20 settled, 30 void."""
    reason_hash: bytes
    """SHA-256 of the written reason; zeros for interest."""
    issued_ts: int
    settled_ts: int
    """Zero while open."""
    settled_round: int
    applied_epoch: int
    """The month whose invoice a credit is set against; zero for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalState:
    """Global state of PPA, by its keys."""

    admin: str
    proposed_admin: str
    operator: str
    paused: int
    kwh_receipt_app: int
    agreement_count: int
    allocated_kwh: int
    issued_invoices: int
    paid_invoices: int
    void_invoices: int
