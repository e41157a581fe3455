"""What KWhReceipt stores: meters, readings, ledgers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gridpact.chain import state
from gridpact.chain.app import App
from gridpact.chain.boxes import boxes_by_prefix
from gridpact.chain.call import uint64
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract
from gridpact.contracts import kwh_receipt_client as stored
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.production.calls import (
    PROJECT,
    ledger_box_name,
    meter_box_name,
    reading_box_name,
    restatement_box_name,
)

SIZE_OF_ID: Final = 8


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


@dataclass(frozen=True, slots=True)
class Receipt:
    """KWhReceipt's global state."""

    app_id: int
    roles: Roles
    ppa_app_id: int
    """0 until the consumer is set; so are the next two."""
    vault_app_id: int
    offer_book_app_id: int
    meter_count: int


@dataclass(frozen=True, slots=True)
class Meter:
    """A registered meter."""

    meter_id: int
    label: str
    producer: str
    """The zero address is the project itself."""
    capacity_w: int
    """Rated power in W; 0 when it was not given."""

    @property
    def is_project(self) -> bool:
        """Whether its energy enters the project's ledger."""
        return self.producer == PROJECT


@dataclass(frozen=True, slots=True)
class Restatement:
    """One correction of a reading."""

    revision: int
    change_wh: int
    """Wh added; negative where they were taken away."""
    net_wh: int
    """The reading's energy after it."""
    reason_hash: bytes
    restated_ts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading, with its corrections."""

    epoch_id: int
    meter_id: int
    """0 for a project reading without a meter."""
    interval_id: int
    wh: int
    """As first recorded."""
    quality: Quality
    start_ts: int
    end_ts: int
    source_hash: bytes
    """SHA-256 of the file it came from; zeros where there was none."""
    recorded_ts: int
    restatements: tuple[Restatement, ...] = ()

    @property
    def net_wh(self) -> int:
        """Energy after all corrections."""
        return self.restatements[-1].net_wh if self.restatements else self.wh


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where each Wh of a (producer, epoch) is: recorded + deficit = ppa + minted + vault + remaining."""

    producer: str
    epoch_id: int
    recorded_wh: int
    deficit_wh: int
    ppa_wh: int
    minted_wh: int
    vault_wh: int
    remaining_wh: int
    readings: int
    finalized_ts: int
    """Unix time; 0 while the ledger is open."""

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
        values = state.global_state(state.app_params(self.algod, self.app_id))
        return Receipt(
            app_id=self.app_id,
            roles=roles(values),
            ppa_app_id=state.uint(values, "ppa_app"),
            vault_app_id=state.uint(values, "vault_app"),
            offer_book_app_id=state.uint(values, "offer_book_app"),
            meter_count=state.uint(values, "meter_count"),
        )

    def meters(self) -> list[Meter]:
        """All meters, by id."""
        ids = range(1, self.state().meter_count + 1)
        values = state.boxes(self.algod, self.app_id, map(meter_box_name, ids))
        # A meter registered between the two reads is not seen; one that was seen has its box.
        return [_meter(meter_id, value) for meter_id, value in zip(ids, values, strict=True) if value is not None]

    def ledger(self, epoch_id: int, producer: str = PROJECT) -> Ledger | None:
        """The ledger of a (producer, epoch), None where nothing was recorded."""
        value = state.box(self.algod, self.app_id, ledger_box_name(producer, epoch_id))
        if value is None:
            return None
        return _ledger(producer, epoch_id, value)

    def ledgers(self, producer: str = PROJECT) -> list[Ledger]:
        """All ledgers of a producer, oldest epoch first."""
        prefix = ledger_box_name(producer, 0)[:-SIZE_OF_ID]
        names = state.box_names(self.algod, self.app_id, prefix)
        values = state.boxes(self.algod, self.app_id, names)
        return [
            _ledger(producer, int.from_bytes(name[-SIZE_OF_ID:], "big"), value)
            for name, value in zip(names, values, strict=True)
            if value is not None
        ]

    def reading(self, epoch_id: int, meter_id: int, interval_id: int) -> Reading | None:
        """One reading without its corrections, None where there is none."""
        value = state.box(self.algod, self.app_id, reading_box_name(epoch_id, meter_id, interval_id))
        return None if value is None else _reading(epoch_id, meter_id, interval_id, value)

    def readings(self, epoch_id: int) -> list[Reading]:
        """All readings of an epoch, of all producers, with their corrections, by meter and interval."""
        names = state.box_names(self.algod, self.app_id, cfg.BOX_READING + uint64(epoch_id))
        corrections = state.box_names(self.algod, self.app_id, cfg.BOX_RESTATEMENT + uint64(epoch_id))
        values = state.boxes(self.algod, self.app_id, names + corrections)
        restated: dict[tuple[int, int], list[Restatement]] = {}
        for name, value in zip(corrections, values[len(names) :], strict=True):
            if value is not None:
                meter_id, interval_id, revision = _ids(name)[1:]
                restated.setdefault((meter_id, interval_id), []).append(_restatement(revision, value))
        readings = []
        for name, value in zip(names, values[: len(names)], strict=True):
            if value is not None:
                meter_id, interval_id = _ids(name)[1:]
                corrected = tuple(restated.get((meter_id, interval_id), []))
                readings.append(_reading(epoch_id, meter_id, interval_id, value, corrected))
        return readings

    def readings_of(self, epoch_id: int, meter_id: int) -> list[Reading]:
        """The readings of one meter in an epoch without their corrections, by interval."""
        prefix = cfg.BOX_READING + uint64(epoch_id) + uint64(meter_id)
        return [
            _reading(epoch_id, meter_id, _ids(name)[2], value)
            for name, value in boxes_by_prefix(self.algod, self.app_id, prefix)
        ]

    def restatement(self, epoch_id: int, meter_id: int, interval_id: int, revision: int) -> Restatement | None:
        """One correction, None where there is none."""
        name = restatement_box_name(epoch_id, meter_id, interval_id, revision)
        value = state.box(self.algod, self.app_id, name)
        return None if value is None else _restatement(revision, value)


def _ids(name: bytes) -> list[int]:
    return [int.from_bytes(name[at : at + SIZE_OF_ID], "big") for at in range(1, len(name), SIZE_OF_ID)]


def _meter(meter_id: int, value: bytes) -> Meter:
    meter = state.decode(Contract.KWH_RECEIPT, stored.Meter, value)
    label = meter.label.rstrip(b"\0").decode(errors="replace")
    return Meter(meter_id=meter_id, label=label, producer=meter.producer, capacity_w=meter.capacityW)


def _reading(
    epoch_id: int, meter_id: int, interval_id: int, value: bytes, restatements: tuple[Restatement, ...] = ()
) -> Reading:
    reading = state.decode(Contract.KWH_RECEIPT, stored.MeterReading, value)
    return Reading(
        epoch_id=epoch_id,
        meter_id=meter_id,
        interval_id=interval_id,
        wh=reading.wh,
        quality=QUALITIES[reading.quality],
        start_ts=reading.startTs,
        end_ts=reading.endTs,
        source_hash=reading.sourceHash,
        recorded_ts=reading.recordedTs,
        restatements=restatements,
    )


def _restatement(revision: int, value: bytes) -> Restatement:
    restatement = state.decode(Contract.KWH_RECEIPT, stored.Restatement, value)
    return Restatement(
        revision=revision,
        change_wh=restatement.wh if restatement.increase else -restatement.wh,
        net_wh=restatement.netWh,
        reason_hash=restatement.reasonHash,
        restated_ts=restatement.restatedTs,
    )


def _ledger(producer: str, epoch_id: int, value: bytes) -> Ledger:
    ledger = state.decode(Contract.KWH_RECEIPT, stored.EpochLedger, value)
    return Ledger(
        producer=producer,
        epoch_id=epoch_id,
        recorded_wh=ledger.recordedWh,
        deficit_wh=ledger.deficitWh,
        ppa_wh=ledger.ppaWh,
        minted_wh=ledger.mintedWh,
        vault_wh=ledger.vaultWh,
        remaining_wh=ledger.remainingWh,
        readings=ledger.readings,
        finalized_ts=ledger.finalizedTs,
    )
