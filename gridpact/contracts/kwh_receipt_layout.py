# Generated from KWhReceipt.arc56.json and smart_contracts/kwh_receipt/types.py: do not edit.
"""How KWhReceipt stores its state: the structs of its boxes, and its global state. Pure Python."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochLedger:
    """Where each Wh of a (producer, epoch) is: recorded + deficit = ppa + minted + vault + remaining."""

    SIZE: ClassVar[int] = 80
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64)"

    recorded_wh: int
    deficit_wh: int
    ppa_wh: int
    minted_wh: int
    vault_wh: int
    remaining_wh: int
    readings: int
    finalized_ts: int
    """Zero while the ledger is open. Only the project's ledger is ever closed."""
    signed_wh: int
    """Energy of the readings that their meters signed, as first recorded."""
    manual_wh: int
    """Energy of the readings that were recorded by hand, as first recorded. What restatements changed is the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A registered meter. It belongs to one producer for ever; the zero address is the project itself."""

    SIZE: ClassVar[int] = 120
    """Bytes."""
    ABI: ClassVar[str] = "(address,uint64,byte[32],byte[32],uint64,uint64)"

    producer: str
    capacity_w: int
    label: bytes
    """The operator's name of the meter: UTF-8, padded with zero bytes."""
    public_key: bytes
    """Ed25519 key of signed readings; zero means unsigned."""
    last_sequence: int
    """Sequence number of the last signed reading."""
    last_end_ts: int
    """End of the last reading, Unix time; the next one starts no earlier. Zero before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading:
    """Energy of one meter in one interval, as first recorded. Restatements stand in records of their own."""

    SIZE: ClassVar[int] = 80
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,byte[32],uint64,uint64)"

    wh: int
    quality: int
    start_ts: int
    end_ts: int
    source_hash: bytes
    recorded_ts: int
    sequence: int
    """Number under which the meter signed it; zero when it was recorded by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One correction of a reading."""

    SIZE: ClassVar[int] = 57
    """Bytes."""
    ABI: ClassVar[str] = "(bool,uint64,uint64,byte[32],uint64)"

    increase: bool
    wh: int
    net_wh: int
    """The reading's energy after this correction."""
    reason_hash: bytes
    restated_ts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalState:
    """Global state of KWhReceipt, by its keys."""

    admin: str
    proposed_admin: str
    operator: str
    paused: int
    genesis_hash: bytes
    ppa_app: int
    vault_app: int
    offer_book_app: int
    ppa_address: str
    vault_address: str
    meter_count: int
