"""Register meters, record what they read, restate, finalize, anchor."""

import json
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain.work import Effect, Step, Work
from gridpact.contracts import kwh_receipt_config as receipt_cfg
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.evidence import sha256
from gridpact.production.app import Production
from gridpact.production.boxes import PROJECT
from gridpact.production.effects import (
    EpochFinalized,
    MeterRegistered,
    ProductionRecorded,
    ProductionRestated,
    ReportAnchored,
)
from gridpact.production.errors import (
    EpochIsFinal,
    EpochNotBegun,
    EpochNotOver,
    LabelTaken,
    MetersNotRegistered,
    ReadingNotFound,
    RecordedOtherwise,
    TotalDiffers,
)
from gridpact.production.read import Meter, Reading
from gridpact.production.readings import MeterMonth, Readings

MONTH_INTERVAL: Final = 1
"""The interval id of a reading that sums up a meter's month."""
METERS_A_GROUP: Final = 7
"""Two calls each, and one top-up: 15 of the 16 transactions that fit a group."""


def register_meter(production: Production, sender: str, label: str, capacity_w: int, producer: str = PROJECT) -> Work:
    """Register a meter. One of this name that belongs to the same producer is left as it is.

    Args:
        sender: the operator.
        label: the meter's name.
        capacity_w: rated power in W; 0 when it is not known.
        producer: whose it is; by default the project's.

    Raises:
        InvalidLabel: the name does not fit.
        LabelTaken: it is another producer's meter.
    """
    meters = production.meters()
    known = next((meter for meter in meters if meter.label == label), None)
    if known is not None and known.producer != producer:
        raise LabelTaken(label, known.meter_id, _owner(known.producer))
    if known is not None:
        return Work(sender, done=(MeterRegistered(known.meter_id, label, _owner(producer), known.capacity_w),))
    meter_id = len(meters) + 1
    group = production.group().add(production.registering(sender, Meter.new(meter_id, label, producer, capacity_w)))
    return Work.one(sender, MeterRegistered(meter_id, label, _owner(producer), capacity_w), group)


def record(production: Production, sender: str, readings: Readings, *, register: bool = False) -> Work:
    """Record each meter's total of the month, with the hash of the file that it came from.

    Args:
        sender: the operator.
        readings: a file of readings.
        register: register meters that are not, for the project and without a capacity.

    Raises:
        MetersNotRegistered: meters are unknown.
        EpochNotBegun: the month is still to come.
        RecordedOtherwise: something else was recorded for a meter.
        EpochIsFinal: the month takes no more readings.
    """
    epoch_id = readings.epoch_id
    meters = {meter.label: meter for meter in production.meters()}
    unknown = [month.label for month in readings.meters if month.label not in meters]
    if unknown and not register:
        raise MetersNotRegistered(tuple(unknown))
    now = production.connection.now()
    if epoch_start_ts(epoch_id) > now:
        raise EpochNotBegun(epoch_id, now)
    ids = {label: meter.meter_id for label, meter in meters.items()}
    ids.update(zip(unknown, range(len(meters) + 1, len(meters) + len(unknown) + 1), strict=True))
    recorded = _recorded(
        production, epoch_id, [meters[month.label] for month in readings.meters if month.label in meters]
    )
    done: list[Effect] = []
    missing: list[MeterMonth] = []
    for month in readings.meters:
        reading = recorded.get(ids[month.label])
        if reading is None:
            missing.append(month)
        elif (reading.wh, reading.source_hash) == (month.wh, readings.source_hash):
            done.append(_recording(epoch_id, month))
        else:
            raise RecordedOtherwise(epoch_id, month.label, reading.wh, reading.source_hash, month.wh)
    producers = {label: meter.producer for label, meter in meters.items()}
    for_project = [month.label for month in missing if producers.get(month.label, PROJECT) == PROJECT]
    ledger = production.ledger(epoch_id)
    if for_project and ledger is not None and ledger.is_final:
        raise EpochIsFinal(epoch_id, tuple(for_project))
    steps = [
        _record_step(production, sender, readings, batch, ids, producers) for batch in batched(missing, METERS_A_GROUP)
    ]
    return Work(sender, tuple(steps), tuple(done))


def _record_step(
    production: Production,
    sender: str,
    readings: Readings,
    months: Sequence[MeterMonth],
    ids: dict[str, int],
    producers: dict[str, str],
) -> Step:
    calls = production.calls
    group = production.group()
    effects: list[Effect] = []
    for month in months:
        if month.label not in producers:
            group.add(production.registering(sender, Meter.new(ids[month.label], month.label)))
            effects.append(MeterRegistered(ids[month.label], month.label, producer=None))
    for month in months:
        reading = contracts.kwh_receipt_client.RecordReadingArgs(
            epochId=readings.epoch_id,
            meterId=ids[month.label],
            intervalId=MONTH_INTERVAL,
            wh=month.wh,
            quality=month.quality.code,
            startTs=month.start_ts,
            endTs=month.end_ts,
            sourceHash=readings.source_hash,
        )
        group.add(calls.record_reading(sender, reading, producers.get(month.label, PROJECT), note_of(readings)))
        effects.append(_recording(readings.epoch_id, month))
    return Step(tuple(effects), group)


def note_of(readings: Readings) -> bytes | None:
    """How readings came about, as the note of their transactions (ARC-2): the profile's SHA-256."""
    if readings.profile_hash is None:
        return None
    return b"gridpact:j" + json.dumps({"profile": readings.profile_hash.hex()}).encode()


def _recording(epoch_id: int, month: MeterMonth) -> ProductionRecorded:
    return ProductionRecorded(epoch_id, month.label, month.wh, month.quality, month.filled, month.filled_wh)


def _recorded(production: Production, epoch_id: int, meters: Iterable[Meter]) -> dict[int, Reading]:
    found = (production.reading(epoch_id, meter.meter_id, MONTH_INTERVAL) for meter in meters)
    return {reading.meter_id: reading for reading in found if reading is not None}


def restate(
    production: Production, sender: str, epoch_id: int, meter_id: int, interval_id: int, net_wh: int, reason: str
) -> Work:
    """Correct a reading to a new figure, by a new record beside it. Nothing is done when that is its figure.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        meter_id: the meter; 0 for a project reading without one.
        interval_id: the reading's interval.
        net_wh: what the reading shall be, in Wh.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        ReadingNotFound: there is no such reading.
    """
    meter = None
    if meter_id != receipt_cfg.NO_METER:
        meter = next((one for one in production.meters() if one.meter_id == meter_id), None)
    label, producer = (None, PROJECT) if meter is None else (meter.label, meter.producer)
    readings = production.readings(epoch_id)
    reading = next((one for one in readings if (one.meter_id, one.interval_id) == (meter_id, interval_id)), None)
    if reading is None:
        raise ReadingNotFound(epoch_id, label, interval_id)
    change_wh = net_wh - reading.net_wh
    if change_wh == 0:
        revision = len(reading.restatements)
        effect = ProductionRestated(epoch_id, label, revision, reading.net_wh, net_wh, reason)
        return Work(sender, done=(effect,))
    arguments = contracts.kwh_receipt_client.RestateReadingArgs(
        epochId=epoch_id,
        meterId=meter_id,
        intervalId=interval_id,
        revision=len(reading.restatements) + 1,
        increase=change_wh > 0,
        wh=abs(change_wh),
        reasonHash=sha256(reason.encode()),
    )
    ledger = production.ledger(epoch_id, producer)
    deficit_wh = 0
    if ledger is not None and -change_wh > ledger.remaining_wh:
        deficit_wh = ledger.deficit_wh - change_wh - ledger.remaining_wh
    effect = ProductionRestated(epoch_id, label, arguments.revision, reading.net_wh, net_wh, reason, deficit_wh)
    group = production.group().add(production.calls.restate_reading(sender, arguments, producer))
    return Work.one(sender, effect, group)


def finalize(production: Production, sender: str, epoch_id: int, expected_wh: int | None = None) -> Work:
    """Close the project's ledger of an epoch.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        expected_wh: the total that the operator expects; by default the recorded one, which is shown beforehand.

    Raises:
        EpochNotFound: nothing was recorded.
        EpochNotOver: the month goes on.
        TotalDiffers: another total is recorded.
    """
    ledger = production.recorded_ledger(epoch_id)
    if expected_wh is not None and expected_wh != ledger.recorded_wh:
        raise TotalDiffers(epoch_id, ledger.recorded_wh, expected_wh)
    effect = EpochFinalized(epoch_id, ledger.recorded_wh, ledger.finalized_ts)
    if ledger.is_final:
        return Work(sender, done=(effect,))
    now, end = production.connection.now(), epoch_end_ts(epoch_id)
    if now <= end:
        raise EpochNotOver(epoch_id, now, end)
    arguments = contracts.kwh_receipt_client.FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=ledger.recorded_wh)
    group = production.group().add(production.calls.finalize_epoch(sender, arguments))
    return Work.one(sender, effect, group)


def anchor(production: Production, sender: str, epoch_id: int, report_hash: bytes) -> Work:
    """Publish the hash of the month-end report. It is an event without state: each run publishes it once more.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        report_hash: SHA-256 of the report.

    Raises:
        EpochNotFinal: readings may still come in.
    """
    production.final_ledger(epoch_id)
    arguments = contracts.kwh_receipt_client.AnchorReportArgs(epochId=epoch_id, reportHash=report_hash)
    group = production.group().add(production.calls.anchor_report(sender, arguments))
    return Work.one(sender, ReportAnchored(epoch_id, report_hash), group)


def _owner(producer: str) -> str | None:
    return None if producer == PROJECT else producer
