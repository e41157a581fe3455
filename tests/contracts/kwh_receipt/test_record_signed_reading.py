"""Readings that their meters signed. Anybody may bring them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from algokit_utils import AlgoAmount, PaymentParams, SigningAccount
from nacl.signing import SigningKey

from gridpact.chain.call import Call
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import (
    RecordReadingArgs,
    RecordSignedReadingMbrArgs,
    RotateMeterKeyArgs,
)
from gridpact.epochs import epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT, meter_box_name, reading_box_name
from gridpact.production.read import QUALITIES
from gridpact.production.signed import MeterRead, Place, public_key, sign
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, EPOCH_END_TS, EPOCH_START_TS, SOURCE_HASH, record_reading
from tests.contracts.kwh_receipt.expect import assert_ledger
from tests.contracts.kwh_receipt.states import final_epoch, register_meter
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World, call_of, genesis_hash

SEED: Final = bytes(range(32))
OTHER_SEED: Final = bytes(range(1, 33))
HOUR_END_TS: Final = EPOCH_START_TS + 3_600
DEPOSIT: Final = cfg.READING_MBR_MICROALGO + cfg.LEDGER_MBR_MICROALGO + cfg.TOTAL_MBR_MICROALGO


def signing_meter(world: World, producer: str = PROJECT, **changes: Any) -> int:
    """Register a meter with a key."""
    return register_meter(world, producer, public_key=public_key(SEED), **changes)


def read(meter_id: int, **changes: Any) -> MeterRead:
    """What the meter read in the first hour of the example month, with changes."""
    reading = MeterRead(
        epoch_id=EPOCH,
        meter_id=meter_id,
        interval_id=1,
        wh=45_000,
        quality=QUALITIES[cfg.QUALITY_ACTUAL],
        start_ts=EPOCH_START_TS,
        end_ts=HOUR_END_TS,
        source_hash=SOURCE_HASH,
        sequence=1,
    )
    return replace(reading, **changes)


def place_of(world: World) -> Place:
    return Place(genesis_hash(world.algorand), world.receipt.app_id)


def signature_of(world: World, reading: MeterRead, seed: bytes = SEED) -> bytes:
    return sign(reading, place_of(world), seed).signature


def calls(
    world: World,
    reading: MeterRead,
    signature: bytes | None = None,
    *,
    deposit: int = DEPOSIT,
    producer: str = PROJECT,
    quality: int | None = None,
    sender: SigningAccount | None = None,
) -> list[Call]:
    """A stranger brings a reading."""
    arguments = RecordReadingArgs(
        epochId=reading.epoch_id,
        meterId=reading.meter_id,
        intervalId=reading.interval_id,
        wh=reading.wh,
        quality=reading.quality.code if quality is None else quality,
        startTs=reading.start_ts,
        endTs=reading.end_ts,
        sourceHash=reading.source_hash,
    )
    return world.receipt_calls.record_signed_reading(
        (sender or world.outsider).address,
        arguments,
        reading.sequence,
        signature_of(world, reading) if signature is None else signature,
        producer,
        deposit,
    )


def bring(world: World, reading: MeterRead, signature: bytes | None = None, **changes: Any) -> Sent:
    return world.send(*calls(world, reading, signature, **changes))


def meter_of(world: World, meter_id: int) -> dict[str, Any]:
    name = meter_box_name(meter_id)
    return read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "Meter")


def test_record_signed_reading_success(world: World) -> None:
    """A stranger submits a valid one, and it counts."""
    meter_id = signing_meter(world)
    sent = bring(world, read(meter_id))

    expect_events(
        sent,
        (
            "ProductionRecorded",
            {
                "epochId": EPOCH,
                "meterId": meter_id,
                "intervalId": 1,
                "producer": PROJECT,
                "wh": 45_000,
                "quality": cfg.QUALITY_ACTUAL,
                "startTs": EPOCH_START_TS,
                "endTs": HOUR_END_TS,
                "sourceHash": SOURCE_HASH,
                "sequence": 1,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert_ledger(world, recordedWh=45_000, remainingWh=45_000, readings=1, signedWh=45_000, manualWh=0)
    name = reading_box_name(EPOCH, meter_id, 1)
    stored = read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "MeterReading")
    assert (stored["sequence"], stored["recordedTs"]) == (1, sent_at(sent))
    meter = meter_of(world, meter_id)
    assert (meter["lastSequence"], meter["lastEndTs"]) == (1, HOUR_END_TS)


def test_record_signed_reading_success_beside_manual_ones(world: World) -> None:
    """A meter with a key can still be recorded by hand, and the ledger says so for ever."""
    prosumer = world.producer.address
    meter_id = signing_meter(world, prosumer)
    record_reading(world, meter_id, prosumer, wh=1_000, endTs=HOUR_END_TS)
    reading = read(meter_id, interval_id=2, start_ts=HOUR_END_TS, end_ts=HOUR_END_TS + 3_600, sequence=7)
    bring(world, reading, producer=prosumer, deposit=cfg.READING_MBR_MICROALGO)
    assert_ledger(world, prosumer, recordedWh=46_000, remainingWh=46_000, readings=2, signedWh=45_000, manualWh=1_000)
    assert meter_of(world, meter_id)["lastSequence"] == 7


def test_record_signed_reading_is_paused(world: World) -> None:
    meter_id = signing_meter(world)
    world.send(call_of(world.receipt, "pause", [], world.admin))
    with world.refused(err.IS_PAUSED):
        bring(world, read(meter_id))


def test_record_signed_reading_invalid_meter(world: World) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.INVALID_METER):
        bring(world, read(meter_id + 1))


def test_record_signed_reading_no_meter_key(world: World) -> None:
    meter_id = register_meter(world)
    with world.refused(err.NO_METER_KEY):
        bring(world, read(meter_id))


def test_record_signed_reading_invalid_sequence(world: World) -> None:
    """Replayed, or behind the last one: under any interval."""
    meter_id = signing_meter(world)
    first = read(meter_id, sequence=5)
    bring(world, first)
    following = {"interval_id": 2, "start_ts": HOUR_END_TS, "end_ts": HOUR_END_TS + 3_600}
    for again in (first, read(meter_id, sequence=5, **following), read(meter_id, sequence=4, **following)):
        with world.refused(err.INVALID_SEQUENCE):
            bring(world, again, deposit=cfg.READING_MBR_MICROALGO, sender=world.buyer)
    another = signing_meter(world, name="meter-2")
    with world.refused(err.INVALID_SEQUENCE):
        bring(world, read(another, sequence=0))


def one_bit(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


CHANGES: Final[dict[str, Callable[[MeterRead], dict[str, Any]]]] = {
    "epoch": lambda reading: {"epoch_id": reading.epoch_id ^ 1},
    "interval": lambda reading: {"interval_id": reading.interval_id ^ 2},
    "wh": lambda reading: {"wh": reading.wh ^ 1},
    "quality": lambda _: {"quality": QUALITIES[cfg.QUALITY_SUBSTITUTED]},
    "start": lambda reading: {"start_ts": reading.start_ts ^ 1},
    "end": lambda reading: {"end_ts": reading.end_ts ^ 1},
    "source": lambda reading: {"source_hash": one_bit(reading.source_hash)},
    "sequence": lambda reading: {"sequence": reading.sequence ^ 2},
}


@pytest.mark.parametrize("field", CHANGES)
def test_record_signed_reading_invalid_signature(world: World, field: str) -> None:
    """One bit of any field changed after it was signed."""
    meter_id = signing_meter(world)
    signed = read(meter_id)
    with world.refused(err.INVALID_SIGNATURE):
        bring(world, replace(signed, **CHANGES[field](signed)), signature_of(world, signed))


def test_record_signed_reading_invalid_signature_of_another_meter(world: World) -> None:
    """Its key, or its number."""
    meter_id = signing_meter(world)
    another = register_meter(world, name="meter-2", public_key=public_key(OTHER_SEED))
    reading = read(meter_id)
    for signature in (signature_of(world, reading, OTHER_SEED), signature_of(world, read(another))):
        with world.refused(err.INVALID_SIGNATURE):
            bring(world, reading, signature)


def test_record_signed_reading_invalid_signature_for_another_place(world: World) -> None:
    """Another network, or another app."""
    reading = read(signing_meter(world))
    here = place_of(world)
    for place in (replace(here, genesis_hash=one_bit(here.genesis_hash)), replace(here, app_id=here.app_id ^ 1)):
        with world.refused(err.INVALID_SIGNATURE):
            bring(world, reading, sign(reading, place, SEED).signature)


def test_record_signed_reading_invalid_signature_without_domain(world: World) -> None:
    """Over the bytes of the first edition's recordReading, which say nothing of network, app and sequence."""
    reading = read(signing_meter(world))
    fields = reading.message(place_of(world))[len(cfg.SIGNED_READING_DOMAIN) + 32 + 8 : -8]
    for message in (fields, reading.message(place_of(world))[len(cfg.SIGNED_READING_DOMAIN) :]):
        with world.refused(err.INVALID_SIGNATURE):
            bring(world, reading, SigningKey(SEED).sign(message).signature)


def test_record_signed_reading_invalid_signature_of_a_rotated_key(world: World) -> None:
    """What the old key signed and nobody brought is worth nothing."""
    meter_id = signing_meter(world)
    reading = read(meter_id)
    old = signature_of(world, reading)
    arguments = RotateMeterKeyArgs(meterId=meter_id, publicKey=public_key(OTHER_SEED))
    world.send(world.receipt_calls.rotate_meter_key(world.operator.address, arguments))
    with world.refused(err.INVALID_SIGNATURE):
        bring(world, reading, old)
    bring(world, reading, signature_of(world, reading, OTHER_SEED))


@pytest.mark.parametrize("epoch_id", [202613, 299901])
def test_record_signed_reading_invalid_epoch(world: World, epoch_id: int) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.INVALID_EPOCH):
        bring(world, read(meter_id, epoch_id=epoch_id))


def test_record_signed_reading_invalid_quality(world: World) -> None:
    """The meter can sign what it likes: here a quality that is none, with what the contract would compare."""
    reading = read(signing_meter(world))
    message = bytearray(reading.message(place_of(world)))
    at = len(cfg.SIGNED_READING_DOMAIN) + 32 + 8 + 4 * 8
    message[at : at + 8] = (4).to_bytes(8)
    with world.refused(err.INVALID_QUALITY):
        bring(world, reading, SigningKey(SEED).sign(bytes(message)).signature, quality=4)


@pytest.mark.parametrize(
    ("start_ts", "end_ts"), [(EPOCH_START_TS, EPOCH_START_TS), (EPOCH_END_TS + 1, EPOCH_END_TS + 2)]
)
def test_record_signed_reading_invalid_interval(world: World, start_ts: int, end_ts: int) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.INVALID_INTERVAL):
        bring(world, read(meter_id, start_ts=start_ts, end_ts=end_ts))


def test_record_signed_reading_reading_too_early(world: World) -> None:
    meter_id = signing_meter(world)
    now = world.clock.now()
    epoch_id = epoch_of(now)
    with world.refused(err.READING_TOO_EARLY):
        bring(world, read(meter_id, epoch_id=epoch_id, start_ts=epoch_start_ts(epoch_id), end_ts=now + 60))


def test_record_signed_reading_reading_overlap(world: World) -> None:
    meter_id = signing_meter(world)
    bring(world, read(meter_id))
    again = read(meter_id, interval_id=2, start_ts=HOUR_END_TS - 1, end_ts=HOUR_END_TS + 1, wh=0, sequence=2)
    with world.refused(err.READING_OVERLAP):
        bring(world, again, deposit=cfg.READING_MBR_MICROALGO)


def test_record_signed_reading_over_capacity(world: World) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.OVER_CAPACITY):
        bring(world, read(meter_id, wh=250_001))


def test_record_signed_reading_amount_too_large(world: World) -> None:
    meter_id = signing_meter(world, capacity_w=0)
    with world.refused(err.AMOUNT_TOO_LARGE):
        bring(world, read(meter_id, wh=10**14 + 1))


def test_record_signed_reading_epoch_final(world: World) -> None:
    meter_id = signing_meter(world)
    final_epoch(world)
    with world.refused(err.EPOCH_FINAL):
        bring(world, read(meter_id), deposit=cfg.READING_MBR_MICROALGO)


def test_record_signed_reading_already_recorded(world: World) -> None:
    meter_id = signing_meter(world)
    bring(world, read(meter_id))
    again = read(meter_id, start_ts=HOUR_END_TS, end_ts=HOUR_END_TS + 3_600, sequence=2)
    with world.refused(err.ALREADY_RECORDED):
        bring(world, again, deposit=cfg.READING_MBR_MICROALGO)


@pytest.mark.parametrize("waits_for", ["ledger", "total"])
def test_record_signed_reading_success_though_others_made_its_boxes(world: World, waits_for: str) -> None:
    """A signed group that waits pays for the first reading of its producer in the month, or of all: somebody else's
    came before it, and the rest of its deposit comes back."""
    meter_id = signing_meter(world)
    another = register_meter(world, name="meter-2")
    if waits_for == "ledger":
        start_ts = epoch_start_ts(EPOCH - 1)
        record_reading(world, another, epochId=EPOCH - 1, wh=1, startTs=start_ts, endTs=start_ts + 3_600)
    deposit = DEPOSIT if waits_for == "total" else DEPOSIT - cfg.TOTAL_MBR_MICROALGO
    late = calls(world, read(meter_id), deposit=deposit)
    record_reading(world, another, wh=1)
    before = world.balance(world.receipt.app_address), world.balance(world.outsider.address)

    sent = world.send(*late)

    fees = sum(int(one["txn"]["txn"]["fee"]) for one in sent.confirmations)
    after = world.balance(world.receipt.app_address), world.balance(world.outsider.address)
    kept = cfg.READING_MBR_MICROALGO
    assert (after[0] - before[0], before[1] - after[1]) == (kept, kept + fees)


@pytest.mark.parametrize("deposit", [0, DEPOSIT - 1])
def test_record_signed_reading_mbr_not_paid(world: World, deposit: int) -> None:
    """A stranger pays for their own boxes, and for nothing else."""
    reading = read(signing_meter(world))
    world.send(
        PaymentParams(
            sender=world.operator.address,
            receiver=world.receipt.app_address,
            amount=AlgoAmount.from_algo(1),
            static_fee=AlgoAmount.from_micro_algo(1_000),
        )
    )
    with world.refused(err.MBR_NOT_PAID):
        bring(world, reading, deposit=deposit)


def test_record_signed_reading_without_budget(world: World) -> None:
    """The empty calls bring the opcodes; the app pays nothing."""
    reading = read(signing_meter(world))
    with pytest.raises(Exception, match="dynamic cost budget exceeded") as caught:
        world.send(*calls(world, reading)[cfg.SIGNED_READING_BUDGET_CALLS :])
    assert type(caught.value).__name__ == "LedgerError"


def test_add_budget_success(world: World) -> None:
    expect_events(world.send(world.receipt_calls.add_budget(world.outsider.address, b"")))


def test_record_signed_reading_mbr_success(world: World) -> None:
    """What the readonly method says is what the call takes."""
    meter_id = signing_meter(world)
    query = world.receipt_calls.record_signed_reading_mbr(
        world.outsider.address, RecordSignedReadingMbrArgs(epochId=EPOCH, meterId=meter_id), PROJECT
    )
    assert world.simulate(query).returns == (DEPOSIT,)
    bring(world, read(meter_id))
    assert world.simulate(query).returns == (cfg.READING_MBR_MICROALGO,)


def test_record_signed_reading_mbr_invalid_meter(world: World) -> None:
    query = world.receipt_calls.record_signed_reading_mbr(
        world.outsider.address, RecordSignedReadingMbrArgs(epochId=EPOCH, meterId=1), PROJECT
    )
    with world.refused(err.INVALID_METER):
        world.simulate(query)


def rotate(world: World, meter_id: int, key: bytes, sender: SigningAccount | None = None) -> Sent:
    arguments = RotateMeterKeyArgs(meterId=meter_id, publicKey=key)
    return world.send(world.receipt_calls.rotate_meter_key((sender or world.operator).address, arguments))


def test_rotate_meter_key_success(world: World) -> None:
    meter_id = signing_meter(world)
    sent = rotate(world, meter_id, public_key(OTHER_SEED))
    expect_events(
        sent,
        (
            "MeterKeyRotated",
            {
                "meterId": meter_id,
                "previousKey": public_key(SEED),
                "publicKey": public_key(OTHER_SEED),
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert bytes(meter_of(world, meter_id)["publicKey"]) == public_key(OTHER_SEED)


def test_rotate_meter_key_not_operator(world: World) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.NOT_OPERATOR):
        rotate(world, meter_id, public_key(OTHER_SEED), world.admin)


def test_rotate_meter_key_is_paused(world: World) -> None:
    meter_id = signing_meter(world)
    world.send(call_of(world.receipt, "pause", [], world.admin))
    with world.refused(err.IS_PAUSED):
        rotate(world, meter_id, public_key(OTHER_SEED))


def test_rotate_meter_key_invalid_meter(world: World) -> None:
    with world.refused(err.INVALID_METER):
        rotate(world, 1, public_key(OTHER_SEED))


def test_rotate_meter_key_already_set(world: World) -> None:
    meter_id = signing_meter(world)
    with world.refused(err.ALREADY_SET):
        rotate(world, meter_id, public_key(SEED))
