"""Bring readings that their meters signed, and give meters their keys."""

from collections.abc import Sequence
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain.boxes import box
from gridpact.chain.work import Effect, Step, Work
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.production.app import Production
from gridpact.production.boxes import PROJECT, total_box_name
from gridpact.production.effects import MeterKeyRotated, SignedReadingRecorded
from gridpact.production.errors import (
    EpochIsFinal,
    IdNotRegistered,
    MeterHasNoKey,
    MeterNotFound,
    ReadingOfTheFuture,
    ReadingOverlaps,
    RecordedOtherwise,
    SequencePassed,
    SignedByAnother,
    SignedForAnotherApp,
    SignedForAnotherNetwork,
)
from gridpact.production.read import Meter, Reading
from gridpact.production.signed import MeterRead, Place, SignedReading
from gridpact.production.signed_file import SignedFile

READINGS_A_GROUP: Final = 3
"""Five transactions each: the deposit, the call, and three that bring opcodes."""


def place_of(production: Production) -> Place:
    """Where a signed reading has to be good to be taken: this app on this network."""
    return Place(production.state().genesis_hash, production.app_id)


def rotate_key(production: Production, sender: str, label: str, public_key: bytes) -> Work:
    """Give a meter another key. What the old one signed and nobody has brought is worth nothing then.

    Args:
        sender: the operator.
        label: the meter's name.
        public_key: Ed25519, 32 bytes; zeros: it signs nothing from now on.

    Raises:
        MeterNotFound: no meter has this name.
    """
    meter = next((one for one in production.meters() if one.label == label), None)
    if meter is None:
        raise MeterNotFound(label)
    effect = MeterKeyRotated(meter.meter_id, label, public_key)
    if meter.public_key == public_key:
        return Work(sender, done=(effect,))
    arguments = contracts.kwh_receipt_client.RotateMeterKeyArgs(meterId=meter.meter_id, publicKey=public_key)
    return Work.one(sender, effect, production.group().add(production.calls.rotate_meter_key(sender, arguments)))


def submit(production: Production, sender: str, file: SignedFile) -> Work:
    """Bring readings that their meters signed. What is recorded already is done.

    Every reading is checked before the first is sent.

    Args:
        sender: anybody; pays fees and storage deposits.
        file: the readings, and where they are good.

    Raises:
        SignedForAnotherNetwork, SignedForAnotherApp: they are not good here.
        IdNotRegistered, MeterHasNoKey: of a meter.
        SignedByAnother: its key did not sign exactly this.
        SequencePassed, ReadingOverlaps: the meter has a later reading already.
        RecordedOtherwise: something else was recorded in its place.
        ReadingOfTheFuture: it goes beyond the chain's clock.
        EpochIsFinal: the month takes no more readings.
    """
    place = place_of(production)
    if file.place.genesis_hash != place.genesis_hash:
        raise SignedForAnotherNetwork(file.place.genesis_hash, place.genesis_hash)
    if file.place.app_id != place.app_id:
        raise SignedForAnotherApp(file.place.app_id, place.app_id)
    known = _Known(production)
    ordered = sorted(file.readings, key=lambda one: (one.reading.meter_id, one.reading.sequence))
    done: list[tuple[SignedReading, Meter]] = []
    missing: list[tuple[SignedReading, Meter]] = []
    for one in dict.fromkeys(ordered):
        meter = known.meter(one.reading.meter_id)
        if known.has(one.reading, meter):
            done.append((one, meter))
            continue
        known.require_next(one, meter, place)
        missing.append((one, meter))
    steps = [_step(production, sender, batch, known) for batch in batched(missing, READINGS_A_GROUP)]
    return Work(sender, tuple(steps), tuple(_effect(one, meter) for one, meter in done))


class _Known:
    """What the chain has, read once; and what the readings before add to it."""

    def __init__(self, production: Production) -> None:
        self._production = production
        self._now = production.connection.now()
        self._meters = {meter.meter_id: meter for meter in production.meters()}
        self._last = {one.meter_id: (one.last_sequence, one.last_end_ts) for one in self._meters.values()}
        self._readings: dict[int, dict[tuple[int, int], Reading]] = {}
        self._ledgers: dict[tuple[str, int], bool] = {}
        self._totals: dict[str, bool] = {}
        self._final: dict[int, bool] = {}

    def meter(self, meter_id: int) -> Meter:
        """A meter.

        Raises:
            IdNotRegistered: no meter has this number.
        """
        if meter_id not in self._meters:
            raise IdNotRegistered(meter_id)
        return self._meters[meter_id]

    def has(self, read: MeterRead, meter: Meter) -> bool:
        """Whether a reading is recorded, whatever key the meter has now.

        Raises:
            RecordedOtherwise: something else is, in its place.
        """
        there = self._of_month(read.epoch_id).get((read.meter_id, read.interval_id))
        if there is None:
            return False
        # Of which file it came makes no other reading: a gateway's file grows from day to day.
        if (there.wh, there.sequence, there.quality) != (read.wh, read.sequence, read.quality):
            raise RecordedOtherwise(read.epoch_id, meter.label, there.wh, there.source_hash, read.wh)
        return True

    def require_next(self, one: SignedReading, meter: Meter, place: Place) -> None:
        """Whether a reading can be recorded after those that were asked for before.

        Raises:
            MeterHasNoKey, SignedByAnother: the meter did not sign it.
            SequencePassed, ReadingOverlaps, ReadingOfTheFuture, EpochIsFinal: it comes too late, or too early.
        """
        read = one.reading
        if not meter.signs:
            raise MeterHasNoKey(meter.label)
        if not one.is_by(meter.public_key, place):
            raise SignedByAnother(meter.label, read.sequence)
        sequence, end_ts = self._last[read.meter_id]
        if read.sequence <= sequence:
            raise SequencePassed(meter.label, read.sequence, sequence)
        if read.start_ts < end_ts:
            raise ReadingOverlaps(meter.label, read.start_ts, end_ts)
        if read.end_ts > self._now:
            raise ReadingOfTheFuture(read.epoch_id, read.end_ts, self._now)
        if meter.is_project and self._is_final(read.epoch_id):
            raise EpochIsFinal(read.epoch_id, (meter.label,))
        self._last[read.meter_id] = read.sequence, read.end_ts

    def deposit_microalgo(self, read: MeterRead, producer: str) -> int:
        """The storage deposit of the next reading: of its box, and of those that its producer has not yet."""
        deposit = cfg.READING_MBR_MICROALGO
        key = producer, read.epoch_id
        if key not in self._ledgers:
            self._ledgers[key] = self._production.ledger(read.epoch_id, producer) is not None
        if not self._ledgers[key]:
            deposit += cfg.LEDGER_MBR_MICROALGO
        if producer not in self._totals:
            name = total_box_name(producer)
            self._totals[producer] = box(self._production.algod, self._production.app_id, name) is not None
        if not self._totals[producer]:
            deposit += cfg.TOTAL_MBR_MICROALGO
        self._ledgers[key] = self._totals[producer] = True
        return deposit

    def _of_month(self, epoch_id: int) -> dict[tuple[int, int], Reading]:
        if epoch_id not in self._readings:
            found = self._production.readings(epoch_id)
            self._readings[epoch_id] = {(one.meter_id, one.interval_id): one for one in found}
        return self._readings[epoch_id]

    def _is_final(self, epoch_id: int) -> bool:
        if epoch_id not in self._final:
            ledger = self._production.ledger(epoch_id, PROJECT)
            self._final[epoch_id] = ledger is not None and ledger.is_final
        return self._final[epoch_id]


def _step(production: Production, sender: str, batch: Sequence[tuple[SignedReading, Meter]], known: _Known) -> Step:
    group, effects = production.group(), list[Effect]()
    for one, meter in batch:
        read = one.reading
        arguments = contracts.kwh_receipt_client.RecordReadingArgs(
            epochId=read.epoch_id,
            meterId=read.meter_id,
            intervalId=read.interval_id,
            wh=read.wh,
            quality=read.quality.code,
            startTs=read.start_ts,
            endTs=read.end_ts,
            sourceHash=read.source_hash,
        )
        deposit = known.deposit_microalgo(read, meter.producer)
        calls = production.calls.record_signed_reading(
            sender, arguments, read.sequence, one.signature, meter.producer, deposit
        )
        for call in calls:
            group.add(call)
        effects.append(_effect(one, meter))
    return Step(tuple(effects), group)


def _effect(one: SignedReading, meter: Meter) -> SignedReadingRecorded:
    read = one.reading
    return SignedReadingRecorded(
        epoch_id=read.epoch_id,
        meter_id=meter.meter_id,
        label=meter.label,
        interval_id=read.interval_id,
        wh=read.wh,
        quality=read.quality,
        sequence=read.sequence,
    )
