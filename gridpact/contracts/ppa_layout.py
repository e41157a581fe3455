# Generated from PPA.arc56.json and smart_contracts/ppa/types.py: do not edit.
"""How PPA stores its state: the structs of its boxes, and its global state. Pure Python."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """What was agreed. Terms are never edited: end the agreement and create the next."""

    SIZE: ClassVar[int] = 168
    """Bytes."""
    ABI: ClassVar[str] = "(address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32])"

    buyer: str
    """Who is billed, and the only one who can settle."""
    treasury: str
    """Where payments go."""
    asset_id: int
    """The settlement asset; 0 is ALGO."""
    price_per_kwh: int
    """Base units of the settlement asset per kWh (ALGO: microALGO), all taxes included."""
    escalator_bps: int
    """Yearly rise of the price in basis points. Only 0 is accepted."""
    minimum_kwh: int
    """Least energy billed per epoch. Only 0 is accepted."""
    late_interest_bps: int
    """Yearly interest on overdue invoices in basis points. Only 0 is accepted."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A PPA with one buyer: its terms, and what was billed under them. Voided invoices count nowhere."""

    SIZE: ClassVar[int] = 216
    """Bytes."""
    ABI: ClassVar[str] = "((address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32]),uint64,uint64,uint64,uint64,uint64,uint64)"

    terms: AgreementTerms
    last_epoch: int
    """Last month that can be billed now: the terms' own, or an earlier one once the agreement was ended."""
    allocated_kwh: int
    """Energy of the live (issued or paid) invoices."""
    invoiced_amount: int
    """Sum of the live invoices, in base units."""
    paid_amount: int
    """Sum of the paid invoices, in base units."""
    invoices: int
    """Number of live invoices."""
    paid_invoices: int
    """Number of paid invoices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """The bill of one (agreement, epoch). What it pins never changes; a re-issue is a new revision in the same box."""

    SIZE: ClassVar[int] = 152
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64)"

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
