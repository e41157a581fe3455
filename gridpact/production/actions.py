"""Register meters, record what they read, restate, finalize, anchor."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final

from gridpact import units as fmt
from gridpact.chain.errors import GridPactError
from gridpact.chain.work import Step, Work
from gridpact.contracts import kwh_receipt_config as receipt_cfg
from gridpact.contracts.kwh_receipt_client import (
    AnchorReportArgs,
    FinalizeEpochArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
    RestateReadingArgs,
)
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.evidence import sha256
from gridpact.production.app import Production
from gridpact.production.calls import PROJECT
from gridpact.production.read import Ledger, Meter, Reading
from gridpact.production.readings import MeterMonth, Readings

MONTH_INTERVAL: Final = 1
"""The interval id of a reading that sums up a meter's month."""
LABEL_BYTES: Final = 32
NO_KEY: Final = bytes(32)
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
        GridPactError: the name does not fit, or is another producer's meter.
    """
    meters = production.meters()
    known = next((meter for meter in meters if meter.label == label), None)
    if known is not None and known.producer != producer:
        msg = f"Meter {label} is registered (id {known.meter_id}) for {_owner(known.producer)}."
        raise GridPactError(msg, "Choose another name.")
    if known is not None:
        return Work(sender, done=(f"Meter {label} is registered as id {known.meter_id}.",))
    meter_id = len(meters) + 1
    arguments = RegisterMeterArgs(producer=producer, capacityW=capacity_w, label=_label(label), publicKey=NO_KEY)
    effect = f"Register meter {label} as id {meter_id} of {_owner(producer)}"
    if capacity_w:
        effect += f", {fmt.power(capacity_w)}"
    group = production.group().add(production.calls.register_meter(sender, arguments, meter_id))
    return Work(sender, (Step((effect,), group),))


def record(production: Production, sender: str, readings: Readings, *, register: bool = False) -> Work:
    """Record each meter's total of the month, with the hash of the file that it came from.

    Args:
        sender: the operator.
        readings: a file of readings.
        register: register meters that are not, for the project and without a capacity.

    Raises:
        GridPactError: a meter is not registered, or something else was recorded for it.
    """
    epoch_id = readings.epoch_id
    meters = {meter.label: meter for meter in production.meters()}
    unknown = [month.label for month in readings.meters if month.label not in meters]
    if unknown and not register:
        msg = f"{fmt.listed(unknown)} {'is' if len(unknown) == 1 else 'are'} not registered."
        raise GridPactError(msg, "Register them with `gridpact meter register`, or import with --register.")
    now = production.connection.now()
    if epoch_start_ts(epoch_id) > now:
        msg = f"{fmt.epoch(epoch_id)} has not begun by the chain's clock ({fmt.moment(now)})."
        raise GridPactError(msg, "Check the file's month.")
    ids = {label: meter.meter_id for label, meter in meters.items()}
    ids.update(zip(unknown, range(len(meters) + 1, len(meters) + len(unknown) + 1), strict=True))
    recorded = _recorded(
        production, epoch_id, [meters[month.label] for month in readings.meters if month.label in meters]
    )
    done: list[str] = []
    missing: list[MeterMonth] = []
    for month in readings.meters:
        reading = recorded.get(ids[month.label])
        if reading is None:
            missing.append(month)
        elif (reading.wh, reading.source_hash) == (month.wh, readings.source_hash):
            done.append(f"{month.label}: {fmt.energy(month.wh)} of {fmt.epoch(epoch_id)} are recorded.")
        else:
            msg = (
                f"{month.label} has {fmt.energy(reading.wh)} recorded for {fmt.epoch(epoch_id)} from the file with "
                f"SHA-256 {reading.source_hash.hex()[:16]}…, not this file's {fmt.energy(month.wh)}."
            )
            raise GridPactError(msg, "A record is never changed: correct it with `gridpact epoch restate`.")
    producers = {label: meter.producer for label, meter in meters.items()}
    for_project = [month.label for month in missing if producers.get(month.label, PROJECT) == PROJECT]
    ledger = production.ledger(epoch_id)
    if for_project and ledger is not None and ledger.is_final:
        msg = f"{fmt.epoch(epoch_id)} is final: nothing more can be recorded for {fmt.listed(for_project)}."
        raise GridPactError(msg, "Correct it with `gridpact epoch restate`.")
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
    effects = []
    for month in months:
        if month.label not in producers:
            arguments = RegisterMeterArgs(producer=PROJECT, capacityW=0, label=_label(month.label), publicKey=NO_KEY)
            group.add(calls.register_meter(sender, arguments, ids[month.label]))
            effects.append(f"Register meter {month.label} as id {ids[month.label]} of the project")
    for month in months:
        reading = RecordReadingArgs(
            epochId=readings.epoch_id,
            meterId=ids[month.label],
            intervalId=MONTH_INTERVAL,
            wh=month.wh,
            quality=month.quality.code,
            startTs=month.start_ts,
            endTs=month.end_ts,
            sourceHash=readings.source_hash,
        )
        group.add(calls.record_reading(sender, reading, producers.get(month.label, PROJECT)))
        filled = f" ({month.filled} of its intervals filled with {fmt.energy(month.filled_wh)})" if month.filled else ""
        effects.append(
            f"Record {fmt.energy(month.wh)} of {fmt.epoch(readings.epoch_id)} for {month.label}, "
            f"{month.quality.value}{filled}"
        )
    return Step(tuple(effects), group)


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
        GridPactError: there is no such reading.
    """
    readings = production.readings(epoch_id)
    reading = next((one for one in readings if (one.meter_id, one.interval_id) == (meter_id, interval_id)), None)
    if reading is None:
        msg = f"Nothing was recorded for meter {meter_id}, interval {interval_id} in {fmt.epoch(epoch_id)}."
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
    change_wh = net_wh - reading.net_wh
    if change_wh == 0:
        return Work(sender, done=(f"The reading is {fmt.energy(net_wh)}.",))
    producer = PROJECT
    if meter_id != receipt_cfg.NO_METER:
        producer = next(meter.producer for meter in production.meters() if meter.meter_id == meter_id)
    arguments = RestateReadingArgs(
        epochId=epoch_id,
        meterId=meter_id,
        intervalId=interval_id,
        revision=len(reading.restatements) + 1,
        increase=change_wh > 0,
        wh=abs(change_wh),
        reasonHash=sha256(reason.encode()),
    )
    effect = (
        f"Restate meter {meter_id} in {fmt.epoch(epoch_id)} from {fmt.energy(reading.net_wh)} to {fmt.energy(net_wh)} "
        f"(revision {arguments.revision}): {reason}"
    )
    ledger = production.ledger(epoch_id, producer)
    if ledger is not None and -change_wh > ledger.remaining_wh:
        deficit = ledger.deficit_wh - change_wh - ledger.remaining_wh
        effect += f"; it leaves a deficit of {fmt.energy(deficit)}, and stops every draw until it is filled"
    group = production.group().add(production.calls.restate_reading(sender, arguments, producer))
    return Work(sender, (Step((effect,), group),))


def finalize(production: Production, sender: str, epoch_id: int, expected_wh: int | None = None) -> Work:
    """Close the project's ledger of an epoch.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        expected_wh: the total that the operator expects; by default the recorded one, which is shown beforehand.

    Raises:
        GridPactError: nothing was recorded, the month is not over, or the total is another one.
    """
    ledger = recorded_ledger(production, epoch_id)
    if expected_wh not in (None, ledger.recorded_wh):
        msg = (
            f"{fmt.epoch(epoch_id)} has {fmt.energy(ledger.recorded_wh)} recorded, not {fmt.energy(expected_wh or 0)}."
        )
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
    if ledger.is_final:
        done = f"{fmt.epoch(epoch_id)} is final since {fmt.moment(ledger.finalized_ts)}."
        return Work(sender, done=(done,))
    now = production.connection.now()
    if now <= epoch_end_ts(epoch_id):
        msg = f"{fmt.epoch(epoch_id)} is not over by the chain's clock ({fmt.moment(now)})."
        raise GridPactError(msg, f"Wait until {fmt.moment(epoch_end_ts(epoch_id) + 1)}.")
    arguments = FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=ledger.recorded_wh)
    group = production.group().add(production.calls.finalize_epoch(sender, arguments))
    effect = f"Finalize {fmt.epoch(epoch_id)} with {fmt.energy(ledger.recorded_wh)}: no reading enters it afterwards"
    return Work(sender, (Step((effect,), group),))


def anchor(production: Production, sender: str, epoch_id: int, report_hash: bytes) -> Work:
    """Publish the hash of the month-end report. It is an event without state: each run publishes it once more.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        report_hash: SHA-256 of the report.

    Raises:
        GridPactError: the epoch is not final.
    """
    final_ledger(production, epoch_id)
    arguments = AnchorReportArgs(epochId=epoch_id, reportHash=report_hash)
    group = production.group().add(production.calls.anchor_report(sender, arguments))
    effect = f"Anchor the report of {fmt.epoch(epoch_id)} with SHA-256 {report_hash.hex()}"
    return Work(sender, (Step((effect,), group),))


def recorded_ledger(production: Production, epoch_id: int) -> Ledger:
    ledger = production.ledger(epoch_id)
    if ledger is None:
        msg = f"Nothing was recorded for {fmt.epoch(epoch_id)}."
        raise GridPactError(msg, "Record it with `gridpact meter import`.")
    return ledger


def final_ledger(production: Production, epoch_id: int) -> Ledger:
    ledger = recorded_ledger(production, epoch_id)
    if not ledger.is_final:
        msg = f"{fmt.epoch(epoch_id)} is not final."
        raise GridPactError(msg, f"Close it with `gridpact epoch finalize {epoch_id}`.")
    return ledger


def _label(text: str) -> bytes:
    label = text.encode()
    if not label or len(label) > LABEL_BYTES or not text.isprintable():
        msg = f"The meter's name {text!r} is not 1 to {LABEL_BYTES} bytes of printable text."
        raise GridPactError(msg, "Choose another name.")
    return label.ljust(LABEL_BYTES, b"\0")


def _owner(producer: str) -> str:
    return "the project" if producer == PROJECT else producer
