"""Register meters, record what they read, restate, finalize, anchor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import TYPE_CHECKING, Final

from gridpact import contracts
from gridpact.chain.call import Call
from gridpact.chain.work import Effect, Step, Work
from gridpact.contracts import kwh_receipt_config as receipt_cfg
from gridpact.contracts.units import SECONDS_PER_HOUR
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
    EpochNotBegun,
    EpochNotOver,
    LabelTaken,
    MeterNotFound,
    MetersNotRegistered,
    MetersWithoutReading,
    NoPlaceInMonth,
    OverMeterCapacity,
    ReadingNotFound,
    ReadingOfTheFuture,
    RecordedOtherwise,
    TotalDiffers,
)
from gridpact.production.notes import ACCEPTED, PROFILE, note
from gridpact.production.read import Meter, Quality, Reading

if TYPE_CHECKING:
    from gridpact.production.readings import MeterMonth, Readings
    from gridpact.production.readings.errors import Doubt

MONTH_INTERVAL: Final = 1
"""The interval id of a reading that sums up a meter's month."""
NO_SOURCE: Final = bytes(32)
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


@dataclass(frozen=True, slots=True)
class NewMeters:
    """How meters that are not registered yet are registered: for the project."""

    capacity_w: int = 0
    """Rated power, where `capacities_w` does not say another; 0 when it is not known."""
    capacities_w: Mapping[str, int] = field(default_factory=dict)
    """Rated power by name, in W."""

    def of(self, name: str) -> int:
        """A meter's rated power in W; 0 when it is not known."""
        return self.capacities_w.get(name, self.capacity_w)


def record(
    production: Production,
    sender: str,
    readings: Readings,
    *,
    register: NewMeters | bool = False,
    accept: str | None = None,
    correct: bool = False,
) -> Work:
    """Record each meter's total of the month, with the hash of the file that it came from.

    Args:
        sender: the operator.
        readings: a file of readings.
        register: register meters that are not, for the project; `True`: without a capacity.
        accept: why figures that can hardly be right are recorded all the same.
        correct: restate what was recorded otherwise, in a final month too; the reason is the file's hash.

    Raises:
        MetersNotRegistered: meters are unknown.
        EpochNotBegun: the month is still to come.
        ReadingOfTheFuture: the readings go beyond the chain's clock.
        Doubtful: figures can hardly be right, and no reason was given.
        RecordedOtherwise: something else was recorded for a meter.
        OverMeterCapacity: the contract takes no such reading of the meter, whatever the reason.
        NoPlaceInMonth: the month is final, and has no reading of a meter that could be corrected.
    """
    epoch_id = readings.epoch_id
    meters = {meter.label: meter for meter in production.meters()}
    unknown = [month.label for month in readings.meters if month.label not in meters]
    new = NewMeters() if isinstance(register, bool) else register
    if unknown and register is False:
        raise MetersNotRegistered(tuple(unknown))
    _check_clock(production, readings)
    ids = {label: meter.meter_id for label, meter in meters.items()}
    ids.update(zip(unknown, range(len(meters) + 1, len(meters) + len(unknown) + 1), strict=True))
    recorded = _recorded(
        production,
        epoch_id,
        [meters[month.label] for month in readings.meters if month.label in meters],
        correct=correct,
    )
    capacities = {
        month.label: meters[month.label].capacity_w if month.label in meters else new.of(month.label)
        for month in readings.meters
    }
    doubts = () if accept else _doubts(production, readings, meters, capacities)
    too_much = _over_capacity(
        [month for month in readings.meters if ids[month.label] not in recorded], meters, capacities
    )
    if doubts:
        from gridpact.production.readings.errors import Doubtful

        raise Doubtful(doubts, is_refused_anyhow=too_much is not None)
    if too_much is not None:
        raise too_much
    done: list[Effect] = []
    missing: list[MeterMonth] = []
    wrong: list[tuple[MeterMonth, Reading]] = []
    for month in readings.meters:
        reading = recorded.get(ids[month.label])
        if reading is None:
            missing.append(month)
        elif correct and reading.net_wh == month.wh:
            done.append(_recording(epoch_id, month))
        elif correct:
            wrong.append((month, reading))
        elif (reading.wh, reading.source_hash) == (month.wh, readings.source_hash):
            done.append(_recording(epoch_id, month))
        else:
            raise RecordedOtherwise(epoch_id, month.label, reading.wh, reading.source_hash, month.wh)
    producers = {label: meter.producer for label, meter in meters.items()}
    for_project = [month.label for month in missing if producers.get(month.label, PROJECT) == PROJECT]
    ledger = production.ledger(epoch_id)
    if for_project and ledger is not None and ledger.is_final:
        late = next(month for month in missing if month.label in for_project)
        raise _too_late(production, epoch_id, late, meters.values())
    how = note_of(readings, accept)
    steps = [
        _record_step(production, sender, readings, batch, ids, producers, new, how)
        for batch in batched(missing, METERS_A_GROUP)
    ]
    steps += _corrections(production, sender, readings, wrong, producers, how)
    return Work(sender, tuple(steps), tuple(done))


def _corrections(
    production: Production,
    sender: str,
    readings: Readings,
    wrong: Sequence[tuple[MeterMonth, Reading]],
    producers: Mapping[str, str],
    how: bytes | None,
) -> list[Step]:
    """Restate readings to what a corrected file says."""
    steps: list[Step] = []
    for batch in batched(wrong, METERS_A_GROUP):
        group, effects = production.group(), []
        for month, reading in batch:
            why = Reason(f"file with SHA-256 {readings.source_hash.hex()}", readings.source_hash, how)
            call, effect = _restatement(production, sender, reading, month.label, producers[month.label], month.wh, why)
            group.add(call)
            effects.append(effect)
        steps.append(Step(tuple(effects), group))
    return steps


def _too_late(production: Production, epoch_id: int, late: MeterMonth, meters: Iterable[Meter]) -> NoPlaceInMonth:
    """A final month has no reading of a meter: its energy fits only into another one of the project."""
    names = {meter.meter_id: meter.label for meter in meters if meter.is_project}
    other = next(one for one in production.readings(epoch_id) if one.meter_id in names or one.meter_id == 0)
    return NoPlaceInMonth(epoch_id, late.label, late.wh, names.get(other.meter_id), other.interval_id, other.net_wh)


def _check_clock(production: Production, readings: Readings) -> None:
    """Whether all that was read has happened by the chain's clock."""
    now = production.connection.now()
    if epoch_start_ts(readings.epoch_id) > now:
        raise EpochNotBegun(readings.epoch_id, now)
    last = max(month.end_ts for month in readings.meters)
    if last > now:
        raise ReadingOfTheFuture(readings.epoch_id, last, now)


def _doubts(
    production: Production, readings: Readings, meters: Mapping[str, Meter], capacities: Mapping[str, int]
) -> tuple[Doubt, ...]:
    """What can hardly be right: by the file, by the meters' capacities, and beside the meters that are known."""
    from gridpact.production.readings.doubts import doubts_of, likeness
    from gridpact.production.readings.errors import ReadsAsAnother

    unknown = [month for month in readings.meters if month.label not in meters]
    found: list[Doubt] = [*doubts_of(readings, capacities), *likeness(unknown, list(meters))]
    if unknown and meters:
        names = {meter.meter_id: meter.label for meter in meters.values()}
        there = {
            (reading.wh, reading.start_ts, reading.end_ts): names[reading.meter_id]
            for reading in production.readings(readings.epoch_id)
            if reading.meter_id in names and reading.wh
        }
        for month in unknown:
            known = there.get((month.wh, month.start_ts, month.end_ts))
            if known is not None:
                found.append(ReadsAsAnother(month.first_line, month.label, known, readings.epoch_id))
    return tuple(found)


def _over_capacity(
    months: Iterable[MeterMonth], meters: Mapping[str, Meter], capacities: Mapping[str, int]
) -> OverMeterCapacity | None:
    """The first month with more energy than the contract takes of its meter."""
    for month in months:
        capacity_w = capacities[month.label]
        most_wh = capacity_w * (month.end_ts - month.start_ts) // SECONDS_PER_HOUR
        if capacity_w and month.wh > most_wh:
            return OverMeterCapacity(month.label, month.wh, most_wh, month.label not in meters)
    return None


def _record_step(
    production: Production,
    sender: str,
    readings: Readings,
    months: Sequence[MeterMonth],
    ids: dict[str, int],
    producers: dict[str, str],
    new: NewMeters,
    how: bytes | None,
) -> Step:
    calls = production.calls
    group = production.group()
    effects: list[Effect] = []
    for month in months:
        if month.label not in producers:
            meter = Meter.new(ids[month.label], month.label, capacity_w=new.of(month.label))
            group.add(production.registering(sender, meter))
            effects.append(MeterRegistered(meter.meter_id, meter.label, None, meter.capacity_w))
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
        group.add(calls.record_reading(sender, reading, producers.get(month.label, PROJECT), how))
        effects.append(_recording(readings.epoch_id, month))
    return Step(tuple(effects), group)


def note_of(readings: Readings, accept: str | None = None) -> bytes | None:
    """How readings came about, as the note of their transactions (ARC-2).

    Args:
        readings: the profile's SHA-256 is in it.
        accept: why figures that can hardly be right are recorded.
    """
    said = {}
    if readings.profile_hash is not None:
        said[PROFILE] = readings.profile_hash.hex()
    if accept:
        said[ACCEPTED] = accept
    return note(said) if said else None


def _recording(epoch_id: int, month: MeterMonth) -> ProductionRecorded:
    return ProductionRecorded(epoch_id, month.label, month.wh, month.quality, month.filled, month.filled_wh)


def _recorded(production: Production, epoch_id: int, meters: Iterable[Meter], *, correct: bool) -> dict[int, Reading]:
    if correct:
        # With their corrections: what they come to now is compared.
        wanted = {meter.meter_id for meter in meters}
        readings = production.readings(epoch_id)
        return {one.meter_id: one for one in readings if one.meter_id in wanted and one.interval_id == MONTH_INTERVAL}
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
    if net_wh == reading.net_wh:
        revision = len(reading.restatements)
        effect = ProductionRestated(epoch_id, label, revision, reading.net_wh, net_wh, reason)
        return Work(sender, done=(effect,))
    why = Reason(reason)
    call, effect = _restatement(production, sender, reading, label, producer, net_wh, why)
    return Work.one(sender, effect, production.group().add(call))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reading is corrected."""

    text: str
    source_hash: bytes | None = None
    """SHA-256 of the file that says so; it goes on chain in the place of the text's."""
    note: bytes | None = None
    """How the file was read."""


def _restatement(
    production: Production,
    sender: str,
    reading: Reading,
    label: str | None,
    producer: str,
    net_wh: int,
    why: Reason,
) -> tuple[Call, ProductionRestated]:
    change_wh = net_wh - reading.net_wh
    arguments = contracts.kwh_receipt_client.RestateReadingArgs(
        epochId=reading.epoch_id,
        meterId=reading.meter_id,
        intervalId=reading.interval_id,
        revision=len(reading.restatements) + 1,
        increase=change_wh > 0,
        wh=abs(change_wh),
        reasonHash=why.source_hash or sha256(why.text.encode()),
    )
    ledger = production.ledger(reading.epoch_id, producer)
    deficit_wh = 0
    if ledger is not None and -change_wh > ledger.remaining_wh:
        deficit_wh = ledger.deficit_wh - change_wh - ledger.remaining_wh
    effect = ProductionRestated(
        reading.epoch_id,
        label,
        arguments.revision,
        reading.net_wh,
        net_wh,
        why.text,
        deficit_wh,
        why.source_hash,
    )
    return production.calls.restate_reading(sender, arguments, producer, why.note), effect


def finalize(
    production: Production,
    sender: str,
    epoch_id: int,
    expected_wh: int | None = None,
    without: Collection[str] = (),
) -> Work:
    """Close the project's ledger of an epoch.

    A meter that is left out gets a reading of 0 Wh, substituted: what comes late can be restated, and nothing else can.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        expected_wh: the total that the operator expects; by default the recorded one, which is shown beforehand.
        without: meters of the project that may have no reading.

    Raises:
        EpochNotFound: nothing was recorded.
        EpochNotOver: the month goes on.
        TotalDiffers: another total is recorded.
        MeterNotFound: there is no meter of a name.
        MetersWithoutReading: others have no reading either.
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
    call = production.calls.finalize_epoch(sender, arguments)
    batches = list(batched(_left_out(production, epoch_id, without), METERS_A_GROUP)) or [()]
    steps = [_nothing_step(production, sender, epoch_id, batch) for batch in batches]
    steps[-1] = Step((*steps[-1].effects, effect), steps[-1].group.add(call))
    return Work(sender, tuple(steps))


def _left_out(production: Production, epoch_id: int, without: Collection[str]) -> list[tuple[Meter, Reading]]:
    """The project's meters that have no reading and may have none, each with a reading whose time is the month's."""
    meters = production.meters()
    for name in without:
        if name not in {meter.label for meter in meters}:
            raise MeterNotFound(name)
    own = {meter.meter_id: meter for meter in meters if meter.is_project}
    if not own:
        return []
    readings = production.readings(epoch_id)
    read = {reading.meter_id for reading in readings}
    missing = [meter for meter_id, meter in own.items() if meter_id not in read]
    unsaid = [meter.label for meter in missing if meter.label not in without]
    if unsaid:
        raise MetersWithoutReading(epoch_id, tuple(unsaid))
    sibling = next((one for one in readings if one.meter_id in own or one.meter_id == receipt_cfg.NO_METER), None)
    return [] if sibling is None else [(meter, sibling) for meter in missing]


def _nothing_step(
    production: Production, sender: str, epoch_id: int, left_out: Sequence[tuple[Meter, Reading]]
) -> Step:
    group = production.group()
    effects: list[Effect] = []
    for meter, sibling in left_out:
        reading = contracts.kwh_receipt_client.RecordReadingArgs(
            epochId=epoch_id,
            meterId=meter.meter_id,
            intervalId=MONTH_INTERVAL,
            wh=0,
            quality=Quality.SUBSTITUTED.code,
            startTs=sibling.start_ts,
            endTs=sibling.end_ts,
            sourceHash=NO_SOURCE,
        )
        group.add(production.calls.record_reading(sender, reading, PROJECT))
        effects.append(ProductionRecorded(epoch_id, meter.label, 0, Quality.SUBSTITUTED))
    return Step(tuple(effects), group)


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
