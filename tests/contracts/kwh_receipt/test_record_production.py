import pytest

from gridpact.contracts.kwh_receipt_client import RecordProductionArgs
from gridpact.epochs import epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, EPOCH_END_TS, EPOCH_START_TS, NO_HASH, record_production
from tests.contracts.kwh_receipt.expect import assert_ledger, total_wh
from tests.contracts.kwh_receipt.states import final_epoch
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World


def test_record_production_success(world: World) -> None:
    sent = record_production(world, 125_000)

    expect_events(
        sent,
        (
            "ProductionRecorded",
            {
                "epochId": EPOCH,
                "meterId": cfg.NO_METER,
                "intervalId": 1,
                "producer": PROJECT,
                "wh": 125_000_000,
                "quality": cfg.QUALITY_ACTUAL,
                "startTs": EPOCH_START_TS,
                "endTs": EPOCH_END_TS + 1,
                "sourceHash": NO_HASH,
                "sequence": 0,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert_ledger(world, recordedWh=125_000_000, remainingWh=125_000_000, readings=1)


def test_record_production_of_the_running_month_ends_now(world: World) -> None:
    """What is still to come has not been read."""
    epoch_id = epoch_of(world.clock.now())
    sent = record_production(world, 1, epoch_id=epoch_id)
    (event,) = sent.events
    assert (event.number("startTs"), event.number("endTs")) == (epoch_start_ts(epoch_id), sent_at(sent))


def test_record_production_adds_up(world: World) -> None:
    record_production(world, 100_000, interval_id=1)
    record_production(world, 25_000, interval_id=2)
    assert_ledger(world, recordedWh=125_000_000, remainingWh=125_000_000, readings=2)
    assert total_wh(world) == 125_000_000


def test_record_production_not_operator(world: World) -> None:
    arguments = RecordProductionArgs(epochId=EPOCH, intervalId=1, kWhAmount=1)
    with world.refused(err.NOT_OPERATOR):
        world.send(world.receipt_calls.record_production(world.outsider.address, arguments))


def test_record_production_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        record_production(world)


@pytest.mark.parametrize("epoch_id", [0, 202600, 202613, 199912, 300001, 2026, 20260201, 2**64 - 1])
def test_record_production_invalid_epoch(world: World, epoch_id: int) -> None:
    with world.refused(err.INVALID_EPOCH):
        record_production(world, epoch_id=epoch_id)


def test_record_production_invalid_epoch_in_the_future(world: World) -> None:
    with world.refused(err.INVALID_EPOCH):
        record_production(world, epoch_id=299912)


def test_record_production_invalid_amount(world: World) -> None:
    with world.refused(err.INVALID_AMOUNT):
        record_production(world, 0)


@pytest.mark.parametrize("kwh", [10**11 + 1, 2**64 - 1])
def test_record_production_amount_too_large(world: World, kwh: int) -> None:
    with world.refused(err.AMOUNT_TOO_LARGE):
        record_production(world, kwh)


def test_record_production_amount_too_large_in_sum(world: World) -> None:
    record_production(world, 10**11, interval_id=1)
    with world.refused(err.AMOUNT_TOO_LARGE):
        record_production(world, 1, interval_id=2)


def test_record_production_epoch_final(world: World) -> None:
    final_epoch(world)
    with world.refused(err.EPOCH_FINAL):
        record_production(world, interval_id=2)


def test_record_production_already_recorded(world: World) -> None:
    record_production(world)
    with world.refused(err.ALREADY_RECORDED):
        record_production(world, 1)
