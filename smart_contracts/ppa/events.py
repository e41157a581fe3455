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
    timestamp: UInt64


class InvoicePaid(Struct, kw_only=True):
    """The buyer paid the treasury in the same group. The timestamp is the time of payment."""

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
    timestamp: UInt64
