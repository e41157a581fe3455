"""What PPA stores. Every struct has a fixed size."""

from algopy import Account, Struct, UInt64

from smart_contracts.shared.types import Hash


class AgreementTerms(Struct, kw_only=True):
    """What was agreed. Terms are never edited: end the agreement and create the next."""

    buyer: Account
    """Who is billed, and the only one who can settle."""
    treasury: Account
    """Where payments go."""
    assetId: UInt64
    """The settlement asset; 0 is ALGO."""
    pricePerKwh: UInt64
    """Base units of the settlement asset per kWh (ALGO: microALGO), all taxes included."""
    escalatorBps: UInt64
    """Yearly rise of the price in basis points. Only 0 is accepted."""
    minimumKwh: UInt64
    """Least energy billed per epoch. Only 0 is accepted."""
    lateInterestBps: UInt64
    """Yearly interest on overdue invoices in basis points. Only 0 is accepted."""
    firstEpoch: UInt64
    """First month that can be billed, YYYYMM."""
    lastEpoch: UInt64
    """Last month that can be billed, YYYYMM."""
    capKwh: UInt64
    """Most energy per epoch; 0 is no cap."""
    dueDay: UInt64
    """Day (1 to 28) of the month after the epoch by whose end an invoice is due."""
    contractHash: Hash
    """SHA-256 of the signed contract."""


class Agreement(Struct, kw_only=True):
    """A PPA with one buyer: its terms, and what was billed under them. Voided invoices count nowhere."""

    terms: AgreementTerms
    lastEpoch: UInt64
    """Last month that can be billed now: the terms' own, or an earlier one once the agreement was ended."""
    allocatedKwh: UInt64
    """Energy of the live (issued or paid) invoices."""
    invoicedAmount: UInt64
    """Sum of the live invoices, in base units."""
    paidAmount: UInt64
    """Sum of the paid invoices, in base units."""
    invoices: UInt64
    """Number of live invoices."""
    paidInvoices: UInt64
    """Number of paid invoices."""


class Invoice(Struct, kw_only=True):
    """The bill of one (agreement, epoch). What it pins never changes; a re-issue is a new revision in the same box."""

    kwh: UInt64
    pricePerKwh: UInt64
    amount: UInt64
    """kwh x pricePerKwh, in base units."""
    assetId: UInt64
    buyer: Account
    treasury: Account
    issuedTs: UInt64
    dueTs: UInt64
    """23:59:59 UTC of the due day of the month after the epoch. Overdue is derived and blocks nothing."""
    status: UInt64
    """10 issued, 20 paid, 30 void."""
    revision: UInt64
    """1 for the first invoice of the pair, one more for each re-issue after a void."""
    notes: UInt64
    """Number of notes on this invoice."""
    paidTs: UInt64
    """Zero while unpaid."""
    paidRound: UInt64
    """Zero while unpaid."""
