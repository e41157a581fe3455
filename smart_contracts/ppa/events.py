"""Events of PPA (ARC-28)."""

from algopy import Account, Struct, UInt64

from smart_contracts.shared.types import Hash


class AgreementCreated(Struct, kw_only=True):
    """An agreement may be billed from its first epoch on."""

    agreementId: UInt64
    buyer: Account
    treasury: Account
    assetId: UInt64
    pricePerKwh: UInt64
    escalatorBps: UInt64
    minimumKwh: UInt64
    lateInterestBps: UInt64
    firstEpoch: UInt64
    lastEpoch: UInt64
    capKwh: UInt64
    dueDay: UInt64
    contractHash: Hash
    requiresAcceptance: bool
    timestamp: UInt64


class AgreementAccepted(Struct, kw_only=True):
    """The buyer accepted the agreement's terms."""

    agreementId: UInt64
    buyer: Account
    termsHash: Hash
    """SHA-256 of the terms' ARC-4 encoding."""
    timestamp: UInt64


class AgreementEnded(Struct, kw_only=True):
    """Epochs after the last one are not billed. Issued invoices stay payable."""

    agreementId: UInt64
    previousLastEpoch: UInt64
    lastEpoch: UInt64
    timestamp: UInt64


class InvoiceIssued(Struct, kw_only=True):
    """Energy was allocated to an agreement and billed. The timestamp is the time of issue."""

    agreementId: UInt64
    epochId: UInt64
    revision: UInt64
    kwh: UInt64
    pricePerKwh: UInt64
    amount: UInt64
    assetId: UInt64
    buyer: Account
    treasury: Account
    dueTs: UInt64
    shortfallKwh: UInt64
    timestamp: UInt64


class InvoicePaid(Struct, kw_only=True):
    """The buyer paid the treasury in the same group, or credits cover it. The timestamp is the time of payment."""

    agreementId: UInt64
    epochId: UInt64
    revision: UInt64
    kwh: UInt64
    pricePerKwh: UInt64
    amount: UInt64
    assetId: UInt64
    buyer: Account
    treasury: Account
    dueTs: UInt64
    paidRound: UInt64
    appliedAmount: UInt64
    """What of the amount credits of other invoices cover; the payment is the rest."""
    timestamp: UInt64


class InvoiceVoided(Struct, kw_only=True):
    """An unpaid invoice was taken back, its energy returned to the ledger. All that it pinned stands here."""

    agreementId: UInt64
    epochId: UInt64
    revision: UInt64
    kwh: UInt64
    pricePerKwh: UInt64
    amount: UInt64
    assetId: UInt64
    buyer: Account
    treasury: Account
    issuedTs: UInt64
    dueTs: UInt64
    notes: UInt64
    reasonHash: Hash
    shortfallKwh: UInt64
    timestamp: UInt64


class NoteIssued(Struct, kw_only=True):
    """A paid invoice was corrected, or something was charged on top of it."""

    agreementId: UInt64
    epochId: UInt64
    note: UInt64
    kind: UInt64
    kwh: UInt64
    amount: UInt64
    assetId: UInt64
    payer: Account
    payee: Account
    reasonHash: Hash
    timestamp: UInt64


class NoteSettled(Struct, kw_only=True):
    """The payer of a note paid its payee in the same group."""

    agreementId: UInt64
    epochId: UInt64
    note: UInt64
    kind: UInt64
    amount: UInt64
    assetId: UInt64
    payer: Account
    payee: Account
    settledRound: UInt64
    timestamp: UInt64


class NoteVoided(Struct, kw_only=True):
    """An open note was taken back, and its energy with it."""

    agreementId: UInt64
    epochId: UInt64
    note: UInt64
    kind: UInt64
    kwh: UInt64
    amount: UInt64
    reasonHash: Hash
    timestamp: UInt64


class CreditApplied(Struct, kw_only=True):
    """An open credit was set against an unpaid invoice of the same agreement."""

    agreementId: UInt64
    epochId: UInt64
    note: UInt64
    toEpochId: UInt64
    amount: UInt64
    dueAmount: UInt64
    """What is still due of that invoice."""
    timestamp: UInt64


class CreditReleased(Struct, kw_only=True):
    """A credit is open again; the invoice that it was set against is due that much more."""

    agreementId: UInt64
    epochId: UInt64
    note: UInt64
    toEpochId: UInt64
    amount: UInt64
    dueAmount: UInt64
    timestamp: UInt64
