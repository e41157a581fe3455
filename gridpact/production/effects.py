"""What production changes."""

from dataclasses import dataclass

from gridpact.chain.events import Promised, Value
from gridpact.chain.specs import Contract
from gridpact.chain.work import Effect
from gridpact.evidence import sha256
from gridpact.production.read import Quality


@dataclass(frozen=True, slots=True)
class MeterRegistered(Effect):
    """A meter has its number."""

    meter_id: int
    label: str
    producer: str | None
    """None where it is the project's."""
    capacity_w: int = 0
    """0 when it is not known."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "meterId": self.meter_id,
            "capacityW": self.capacity_w,
        }
        return (Promised(Contract.KWH_RECEIPT, "MeterRegistered", fields),)


@dataclass(frozen=True, slots=True)
class ProductionRecorded(Effect):
    """A meter's month was recorded."""

    epoch_id: int
    label: str
    wh: int
    quality: Quality
    filled: int = 0
    """Intervals without a reading that were filled; and with how much."""
    filled_wh: int = 0

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "wh": self.wh,
            "quality": self.quality.code,
        }
        return (Promised(Contract.KWH_RECEIPT, "ProductionRecorded", fields),)


@dataclass(frozen=True, slots=True)
class SignedReadingRecorded(Effect):
    """A reading was recorded that its meter signed."""

    epoch_id: int
    meter_id: int
    label: str
    interval_id: int
    wh: int
    quality: Quality
    sequence: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "meterId": self.meter_id,
            "intervalId": self.interval_id,
            "wh": self.wh,
            "quality": self.quality.code,
            "sequence": self.sequence,
        }
        return (Promised(Contract.KWH_RECEIPT, "ProductionRecorded", fields),)


@dataclass(frozen=True, slots=True)
class MeterKeyRotated(Effect):
    """A meter signs with another key."""

    meter_id: int
    label: str
    public_key: bytes
    """Zeros: it signs nothing."""

    @property
    def signs(self) -> bool:
        """Whether it has a key then."""
        return any(self.public_key)

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {"meterId": self.meter_id, "publicKey": self.public_key}
        return (Promised(Contract.KWH_RECEIPT, "MeterKeyRotated", fields),)


@dataclass(frozen=True, slots=True)
class ProductionRestated(Effect):
    """A reading was corrected, by a record beside it."""

    epoch_id: int
    label: str | None
    """None for a reading without a meter."""
    revision: int
    from_wh: int
    to_wh: int
    reason: str
    deficit_wh: int = 0
    """What it takes below what was drawn already."""
    source_hash: bytes | None = None
    """SHA-256 of the corrected file, which is the reason then; None where the reason was written."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "revision": self.revision,
            "netWh": self.to_wh,
            "reasonHash": self.source_hash or sha256(self.reason.encode()),
        }
        return (Promised(Contract.KWH_RECEIPT, "ProductionRestated", fields),)


@dataclass(frozen=True, slots=True)
class EpochFinalized(Effect):
    """A month takes no more readings."""

    epoch_id: int
    recorded_wh: int
    finalized_ts: int = 0
    """When that was; 0 where it is still to come."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "totalWh": self.recorded_wh,
        }
        return (Promised(Contract.KWH_RECEIPT, "EpochFinalized", fields),)


@dataclass(frozen=True, slots=True)
class ReportAnchored(Effect):
    """The hash of a month's report was published."""

    epoch_id: int
    sha256: bytes

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "reportHash": self.sha256,
        }
        return (Promised(Contract.KWH_RECEIPT, "ReportAnchored", fields),)
