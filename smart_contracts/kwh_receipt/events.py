"""Events of KWhReceipt (ARC-28)."""

from algopy import Account, Struct, UInt64

from smart_contracts.shared.types import Hash


class MeterRegistered(Struct, kw_only=True):
    """A meter may be read from now on."""

    meterId: UInt64
    producer: Account
    capacityW: UInt64
    label: Hash
    publicKey: Hash
    timestamp: UInt64


class MeterKeyRotated(Struct, kw_only=True):
    """The meter signs with another key from now on. Its sequence goes on."""

    meterId: UInt64
    previousKey: Hash
    publicKey: Hash
    timestamp: UInt64


class ProductionRecorded(Struct, kw_only=True):
    """A reading entered its producer's ledger."""

    epochId: UInt64
    meterId: UInt64
    intervalId: UInt64
    producer: Account
    wh: UInt64
    quality: UInt64
    startTs: UInt64
    endTs: UInt64
    sourceHash: Hash
    sequence: UInt64
    """Number under which the meter signed it; zero when it was recorded by hand."""
    timestamp: UInt64


class ProductionRestated(Struct, kw_only=True):
    """A reading was corrected; the ledger follows."""

    epochId: UInt64
    meterId: UInt64
    intervalId: UInt64
    producer: Account
    revision: UInt64
    increase: bool
    wh: UInt64
    netWh: UInt64
    deficitWh: UInt64
    reasonHash: Hash
    timestamp: UInt64


class EpochFinalized(Struct, kw_only=True):
    """The project's ledger of the epoch is closed."""

    epochId: UInt64
    totalWh: UInt64
    timestamp: UInt64


class ReportAnchored(Struct, kw_only=True):
    """The month-end report had this hash."""

    epochId: UInt64
    reportHash: Hash
    timestamp: UInt64


class ConsumerSet(Struct, kw_only=True):
    """An app may draw from now on, for ever."""

    consumer: UInt64
    appId: UInt64
    timestamp: UInt64


class EnergyDrawn(Struct, kw_only=True):
    """Energy left what remains for one of the consumers."""

    producer: Account
    epochId: UInt64
    consumer: UInt64
    wh: UInt64
    remainingWh: UInt64
    reference: UInt64
    """What the consumer drew for: PPA's agreement, the vault's deposit; 0 of OfferBook, which drew for the producer."""
    timestamp: UInt64


class EnergyReturned(Struct, kw_only=True):
    """A consumer gave energy back to the project's ledger."""

    producer: Account
    epochId: UInt64
    consumer: UInt64
    wh: UInt64
    remainingWh: UInt64
    reference: UInt64
    """What the consumer had drawn it for."""
    timestamp: UInt64
