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
    """Yearly rise of the price in basis points, up to 1,999; the first rise is twelve months after the first epoch."""
    minimumKwh: UInt64
    """Least energy per epoch; what is missing of it stands in the invoice as its shortfall. 0 is no minimum."""
    lateInterestBps: UInt64
    """Yearly interest on invoices that are paid late, in basis points, up to 10,000; 0 is none."""
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
    requiresAcceptance: bool
    """Whether nothing is billed before the buyer has accepted these terms."""


class Agreement(Struct, kw_only=True):
    """A PPA with one buyer: its terms, and what was billed under them. Voided invoices count nowhere."""

    terms: AgreementTerms
    lastEpoch: UInt64
    """Last month that can be billed now: the terms' own, or an earlier one once the agreement was ended."""
    allocatedKwh: UInt64
    """Energy of the live (issued or paid) invoices, less credit notes, plus debit notes."""
    invoicedAmount: UInt64
    """Sum of the live invoices, in base units; notes stand beside it."""
    paidAmount: UInt64
    """Sum of the paid invoices, in base units."""
    invoices: UInt64
    """Number of live invoices."""
    paidInvoices: UInt64
    """Number of paid invoices."""
    creditedAmount: UInt64
    """Sum of the live credit notes."""
    debitedAmount: UInt64
    """Sum of the live debit, interest and shortfall notes."""
    acceptedTs: UInt64
    """When the buyer accepted the terms; zero before."""


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
    shortfallKwh: UInt64
    """What was missing of the agreement's minimum when the energy was allocated."""
    appliedAmount: UInt64
    """Credits of other invoices that are set against this one: what is due is the amount less this."""
    creditedKwh: UInt64
    """Energy of the live credit notes; and of the debit notes, two fields on."""
    creditedAmount: UInt64
    debitedKwh: UInt64
    debitedAmount: UInt64
    """Sum of the live debit, interest and shortfall notes."""
    billedShortfallKwh: UInt64
    """Energy of the live shortfall notes."""
    settledNotes: UInt64
    """Number of notes that are paid, or set against another invoice."""
    interestNote: UInt64
    """Number of the note of late interest; zero before it."""


class Note(Struct, kw_only=True):
    """A correction of a paid invoice, or a charge on top of it."""

    kind: UInt64
    """1 credit, 2 debit, 3 interest, 4 shortfall."""
    kwh: UInt64
    """Energy that moved, or of the shortfall; zero for interest."""
    amount: UInt64
    """Base units of the invoice's asset: kwh x the invoice's price, or the interest."""
    status: UInt64
    """10 open, 15 set against another invoice, 20 settled, 30 void."""
    reasonHash: Hash
    """SHA-256 of the written reason; zeros for interest."""
    issuedTs: UInt64
    settledTs: UInt64
    """Zero while open."""
    settledRound: UInt64
    appliedEpoch: UInt64
    """The month whose invoice a credit is set against; zero for none."""
