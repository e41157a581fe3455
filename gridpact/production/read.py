"""What KWhReceipt stores: meters, readings, ledgers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from gridpact.chain.app import App
from gridpact.chain.boxes import box, boxes_by_prefix, ids_in, uint64
from gridpact.chain.layout import decode, decode_state, means
from gridpact.chain.roles import Roles, roles_of
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.contracts import kwh_receipt_layout as layout
from gridpact.production.boxes import PROJECT, ledger_box_name, ledger_prefix, reading_box_name, restatement_box_name
from gridpact.production.labels import name_of


class Quality(StrEnum):
    """How a reading came about."""

    ACTUAL = "actual"
    ESTIMATED = "estimated"
    SUBSTITUTED = "substituted"

    @property
    def code(self) -> int:
        """Its number on chain."""
        return QUALITY_CODES[self]


QUALITY_CODES: Final = {
    Quality.ACTUAL: cfg.QUALITY_ACTUAL,
    Quality.ESTIMATED: cfg.QUALITY_ESTIMATED,
    Quality.SUBSTITUTED: cfg.QUALITY_SUBSTITUTED,
}
QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(layout.GlobalState):
    """KWhReceipt's global state. A consumer that is not set is app 0."""

    app_id: int

    @property
    def roles(self) -> Roles:
        """Who governs it."""
        return roles_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter(layout.Meter):
    """A registered meter. The zero address, as its producer, is the project itself."""

    meter_id: int
    label: str = field(metadata=means(name_of))  # type: ignore[assignment]  # the name that it stands for

    @classmethod
    def new(cls, meter_id: int, label: str, producer: str = PROJECT, capacity_w: int = 0) -> "Meter":
        """A meter that is to be registered.

        Args:
            meter_id: the next one.
            label: its name.
            producer: whose it is.
            capacity_w: rated power in W; 0 where it is not given.
        """
        return cls(
            meter_id=meter_id,
            label=label,
            producer=producer,
            capacity_w=capacity_w,
            public_key=bytes(32),
            last_sequence=0,
            last_end_ts=0,
        )

    @property
    def signs(self) -> bool:
        """Whether it has a key."""
        return any(self.public_key)

    @property
    def is_project(self) -> bool:
        """Whether its energy enters the project's ledger."""
        return self.producer == PROJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement(layout.Restatement):
    """One correction of a reading."""

    revision: int

    @property
    def change_wh(self) -> int:
        """Wh added; negative where they were taken away."""
        return self.wh if self.increase else -self.wh


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(layout.MeterReading):
    """A reading as first recorded, with its corrections."""

    epoch_id: int
    meter_id: int
    """0 for a project reading without a meter."""
    interval_id: int
    quality: Quality = field(metadata=means(QUALITIES.__getitem__))  # type: ignore[assignment]  # not its code
    restatements: tuple[Restatement, ...] = ()

    @property
    def net_wh(self) -> int:
        """Energy after all corrections."""
        return self.restatements[-1].net_wh if self.restatements else self.wh

    def net_wh_at(self, ts: int) -> int:
        """Energy after the corrections up to a moment, Unix time."""
        return next((one.net_wh for one in reversed(self.restatements) if one.restated_ts <= ts), self.wh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(layout.EpochLedger):
    """Where each Wh of a (producer, epoch) is: recorded + deficit = ppa + minted + vault + remaining."""

    producer: str
    epoch_id: int

    @property
    def is_final(self) -> bool:
        """Whether it is closed to readings."""
        return self.finalized_ts > 0

    @property
    def recorded_kwh(self) -> int:
        """The recorded total in whole kWh, rounded down: what an allocation has to expect."""
        return self.recorded_wh // 1_000


class ProductionReader(App):
    """Reads one KWhReceipt app."""

    def state(self) -> Receipt:
        """The global state."""
        return decode_state(Receipt, self.global_state(), app_id=self.app_id)

    def meters(self) -> list[Meter]:
        """All meters, by id."""
        found = boxes_by_prefix(self.algod, self.app_id, cfg.BOX_METER)
        return [decode(Meter, value, meter_id=ids_in(name)[0]) for name, value in found]

    def ledger(self, epoch_id: int, producer: str = PROJECT) -> Ledger | None:
        """The ledger of a (producer, epoch), None where nothing was recorded."""
        value = box(self.algod, self.app_id, ledger_box_name(producer, epoch_id))
        return None if value is None else decode(Ledger, value, producer=producer, epoch_id=epoch_id)

    def ledgers(self, producer: str = PROJECT) -> list[Ledger]:
        """All ledgers of a producer, oldest epoch first."""
        prefix = ledger_prefix(producer)
        return [
            decode(Ledger, value, producer=producer, epoch_id=ids_in(name, len(prefix))[0])
            for name, value in boxes_by_prefix(self.algod, self.app_id, prefix)
        ]

    def reading(self, epoch_id: int, meter_id: int, interval_id: int) -> Reading | None:
        """One reading without its corrections, None where there is none."""
        name = reading_box_name(epoch_id, meter_id, interval_id)
        value = box(self.algod, self.app_id, name)
        return None if value is None else _reading(name, value)

    def readings(self, epoch_id: int) -> list[Reading]:
        """All readings of an epoch, of all producers, with their corrections, by meter and interval."""
        readings = {(one.meter_id, one.interval_id): one for one in self._readings(cfg.BOX_READING + uint64(epoch_id))}
        # Read after the readings: no correction is seen without what it corrects.
        for name, value in boxes_by_prefix(self.algod, self.app_id, cfg.BOX_RESTATEMENT + uint64(epoch_id)):
            _, meter_id, interval_id, revision = ids_in(name)
            reading = readings.get((meter_id, interval_id))
            if reading is not None:
                correction = decode(Restatement, value, revision=revision)
                corrected = replace(reading, restatements=(*reading.restatements, correction))
                readings[meter_id, interval_id] = corrected
        return list(readings.values())

    def readings_of(self, epoch_id: int, meter_id: int) -> list[Reading]:
        """The readings of one meter in an epoch without their corrections, by interval."""
        return list(self._readings(cfg.BOX_READING + uint64(epoch_id) + uint64(meter_id)))

    def restatement(self, epoch_id: int, meter_id: int, interval_id: int, revision: int) -> Restatement | None:
        """One correction, None where there is none."""
        value = box(self.algod, self.app_id, restatement_box_name(epoch_id, meter_id, interval_id, revision))
        return None if value is None else decode(Restatement, value, revision=revision)

    def _readings(self, prefix: bytes) -> Iterator[Reading]:
        return (_reading(name, value) for name, value in boxes_by_prefix(self.algod, self.app_id, prefix))


def _reading(name: bytes, value: bytes) -> Reading:
    epoch_id, meter_id, interval_id = ids_in(name)
    return decode(Reading, value, epoch_id=epoch_id, meter_id=meter_id, interval_id=interval_id)
