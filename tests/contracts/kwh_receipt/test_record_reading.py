import pytest

from gridpact.chain.specs import Contract
from gridpact.epochs import epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT, meter_box_name, reading_box_name
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import (
    EPOCH,
    EPOCH_END_TS,
    EPOCH_START_TS,
    SOURCE_HASH,
    reading,
    record_production,
    record_reading,
)
from tests.contracts.kwh_receipt.expect import assert_ledger, total_wh
from tests.contracts.kwh_receipt.states import final_epoch, register_meter
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World

WIDEST_OFFSET = 14 * 3600


def test_record_reading_success(world: World) -> None:
    meter_id = register_meter(world)
    sent = record_reading(world, meter_id, quality=cfg.QUALITY_SUBSTITUTED)

    expect_events(
        sent,
        (
            "ProductionRecorded",
            {
                "epochId": EPOCH,
                "meterId": meter_id,
                "intervalId": 1,
                "producer": PROJECT,
                "wh": 45_000_000,
                "quality": cfg.QUALITY_SUBSTITUTED,
                "startTs": EPOCH_START_TS,
                "endTs": EPOCH_END_TS + 1,
                "sourceHash": SOURCE_HASH,
                "sequence": 0,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert_ledger(world, recordedWh=45_000_000, remainingWh=45_000_000, readings=1, manualWh=45_000_000)
    name = reading_box_name(EPOCH, meter_id, 1)
    assert read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "MeterReading") == {
        "wh": 45_000_000,
        "quality": cfg.QUALITY_SUBSTITUTED,
        "startTs": EPOCH_START_TS,
        "endTs": EPOCH_END_TS + 1,
        "sourceHash": SOURCE_HASH,
        "recordedTs": sent_at(sent),
        "sequence": 0,
    }
    meter = read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, meter_box_name(meter_id), "Meter")
    assert (meter["lastEndTs"], meter["lastSequence"]) == (EPOCH_END_TS + 1, 0)


def test_record_reading_of_a_prosumer_leaves_the_project_alone(world: World) -> None:
    record_production(world, 1_000)
    prosumer = world.producer.address
    meter_id = register_meter(world, prosumer)
    record_reading(world, meter_id, prosumer, wh=7_000)

    assert_ledger(world, recordedWh=1_000_000, remainingWh=1_000_000, readings=1)
    assert_ledger(world, prosumer, recordedWh=7_000, remainingWh=7_000, readings=1)
    assert (total_wh(world), total_wh(world, prosumer)) == (1_000_000, 7_000)


def test_record_reading_of_a_prosumer_after_the_project_is_final(world: World) -> None:
    final_epoch(world)
    prosumer = world.producer.address
    meter_id = register_meter(world, prosumer)
    record_reading(world, meter_id, prosumer, wh=7_000)
    assert_ledger(world, prosumer, recordedWh=7_000, remainingWh=7_000, readings=1)


def test_record_reading_of_zero_is_a_reading(world: World) -> None:
    record_reading(world, register_meter(world), wh=0)
    assert_ledger(world, readings=1)


def test_record_reading_in_any_utc_offset(world: World) -> None:
    meter_id = register_meter(world)
    record_reading(
        world, meter_id, intervalId=1, startTs=EPOCH_START_TS - WIDEST_OFFSET, endTs=EPOCH_START_TS + 1, wh=0
    )
    record_reading(world, meter_id, intervalId=2, startTs=EPOCH_END_TS, endTs=EPOCH_END_TS + 1 + WIDEST_OFFSET, wh=0)


def test_record_reading_not_operator(world: World) -> None:
    meter_id = register_meter(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(world.receipt_calls.record_reading(world.admin.address, reading(meter_id), PROJECT))


def test_record_reading_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        record_reading(world, 1)


@pytest.mark.parametrize("epoch_id", [202613, 299901])
def test_record_reading_invalid_epoch(world: World, epoch_id: int) -> None:
    meter_id = register_meter(world)
    with world.refused(err.INVALID_EPOCH):
        record_reading(world, meter_id, epochId=epoch_id)


@pytest.mark.parametrize("meter_id", [cfg.NO_METER, 2])
def test_record_reading_invalid_meter(world: World, meter_id: int) -> None:
    register_meter(world)
    with world.refused(err.INVALID_METER):
        record_reading(world, meter_id)


@pytest.mark.parametrize("quality", [0, 4])
def test_record_reading_invalid_quality(world: World, quality: int) -> None:
    meter_id = register_meter(world)
    with world.refused(err.INVALID_QUALITY):
        record_reading(world, meter_id, quality=quality)


@pytest.mark.parametrize(
    ("start_ts", "end_ts"),
    [
        (EPOCH_START_TS, EPOCH_START_TS),
        (EPOCH_START_TS - WIDEST_OFFSET, EPOCH_START_TS),
        (EPOCH_END_TS + 1, EPOCH_END_TS + 2),
        (EPOCH_START_TS + 1, EPOCH_START_TS),
        (EPOCH_START_TS - WIDEST_OFFSET - 1, EPOCH_END_TS),
        (EPOCH_START_TS, EPOCH_END_TS + 2 + WIDEST_OFFSET),
        (2**64 - 1, 2**64 - 1),
        (0, 2**64 - 1),
    ],
)
def test_record_reading_invalid_interval(world: World, start_ts: int, end_ts: int) -> None:
    meter_id = register_meter(world)
    with world.refused(err.INVALID_INTERVAL):
        record_reading(world, meter_id, startTs=start_ts, endTs=end_ts)


@pytest.mark.parametrize("wh", [10**14 + 1, 2**64 - 1])
def test_record_reading_amount_too_large(world: World, wh: int) -> None:
    meter_id = register_meter(world)
    with world.refused(err.AMOUNT_TOO_LARGE):
        record_reading(world, meter_id, wh=wh)


def test_record_reading_amount_too_large_in_sum(world: World) -> None:
    meter_id = register_meter(world, capacity_w=0)
    middle_ts = EPOCH_START_TS + 86_400
    record_reading(world, meter_id, wh=10**14, endTs=middle_ts)
    with world.refused(err.AMOUNT_TOO_LARGE):
        record_reading(world, meter_id, intervalId=2, wh=1, startTs=middle_ts)


def test_record_reading_reading_too_early(world: World) -> None:
    """A reading of what is still to come is none."""
    meter_id = register_meter(world)
    now = world.clock.now()
    epoch_id = epoch_of(now)
    start_ts = epoch_start_ts(epoch_id)
    with world.refused(err.READING_TOO_EARLY):
        record_reading(world, meter_id, wh=1, epochId=epoch_id, startTs=start_ts, endTs=now + 60)
    record_reading(world, meter_id, wh=1, epochId=epoch_id, startTs=start_ts, endTs=now)


def test_record_reading_reading_overlap(world: World) -> None:
    """An hour is read once: under another number, too."""
    meter_id = register_meter(world)
    middle_ts = EPOCH_START_TS + 86_400
    record_reading(world, meter_id, wh=1, endTs=middle_ts)
    with world.refused(err.READING_OVERLAP):
        record_reading(world, meter_id, wh=1, intervalId=2, startTs=middle_ts - 1)
    record_reading(world, meter_id, wh=1, intervalId=2, startTs=middle_ts)
    another = register_meter(world, name="meter-2")
    record_reading(world, another, wh=1)


def test_record_reading_over_capacity(world: World) -> None:
    """250 kW for one hour are 250 kWh, and not a Wh more."""
    meter_id = register_meter(world)
    hour_end_ts = EPOCH_START_TS + 3_600
    with world.refused(err.OVER_CAPACITY):
        record_reading(world, meter_id, wh=250_001, endTs=hour_end_ts)
    record_reading(world, meter_id, wh=250_000, endTs=hour_end_ts)
    boundless = register_meter(world, name="meter-2", capacity_w=0)
    record_reading(world, boundless, wh=10**12, endTs=hour_end_ts)
    wide = register_meter(world, name="meter-3", capacity_w=2**64 - 1)
    record_reading(world, wide, wh=10**12, endTs=hour_end_ts)


def test_record_reading_epoch_final(world: World) -> None:
    meter_id = register_meter(world)
    final_epoch(world)
    with world.refused(err.EPOCH_FINAL):
        record_reading(world, meter_id)


def test_record_reading_already_recorded(world: World) -> None:
    meter_id = register_meter(world)
    record_reading(world, meter_id)
    with world.refused(err.ALREADY_RECORDED):
        record_reading(world, meter_id, wh=1)
