"""What KWhReceipt stores. Every struct has a fixed size."""

from algopy import Account, Struct, UInt64

from smart_contracts.shared.types import Hash


class Meter(Struct, kw_only=True):
    """A registered meter. It belongs to one producer for ever; the zero address is the project itself."""

    producer: Account
    capacityW: UInt64
    label: Hash
    """The operator's name of the meter: UTF-8, padded with zero bytes."""
    publicKey: Hash
    """Ed25519 key of signed readings; zero means unsigned."""
    lastSequence: UInt64
    """Sequence number of the last signed reading."""
    lastEndTs: UInt64
    """End of the last reading, Unix time; the next one starts no earlier. Zero before the first."""


class MeterReading(Struct, kw_only=True):
    """Energy of one meter in one interval, as first recorded. Restatements stand in records of their own."""

    wh: UInt64
    quality: UInt64
    startTs: UInt64
    endTs: UInt64
    sourceHash: Hash
    recordedTs: UInt64
    sequence: UInt64
    """Number under which the meter signed it; zero when it was recorded by hand."""


class Restatement(Struct, kw_only=True):
    """One correction of a reading."""

    increase: bool
    wh: UInt64
    netWh: UInt64
    """The reading's energy after this correction."""
    reasonHash: Hash
    restatedTs: UInt64


class EpochLedger(Struct, kw_only=True):
    """Where each Wh of a (producer, epoch) is: recorded + deficit = ppa + minted + vault + remaining."""

    recordedWh: UInt64
    deficitWh: UInt64
    ppaWh: UInt64
    mintedWh: UInt64
    vaultWh: UInt64
    remainingWh: UInt64
    readings: UInt64
    finalizedTs: UInt64
    """Zero while the ledger is open. Only the project's ledger is ever closed."""
    signedWh: UInt64
    """Energy of the readings that their meters signed, as first recorded."""
    manualWh: UInt64
    """Energy of the readings that were recorded by hand, as first recorded. What restatements changed is the rest."""
