import pytest

from gridpact.chain.specs import Contract
from gridpact.production.boxes import PROJECT, restatement_box_name
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import (
    EPOCH,
    SOURCE_HASH,
    record_production,
    record_reading,
    restate,
    restatement,
)
from tests.contracts.kwh_receipt.expect import assert_ledger, total_wh
from tests.contracts.kwh_receipt.states import finalize, register_meter
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World


def test_restate_reading_success(world: World) -> None:
    record_production(world, 100)
    sent = restate(world, increase=False, wh=1_500)

    expect_events(
        sent,
        (
            "ProductionRestated",
            {
                "epochId": EPOCH,
                "meterId": cfg.NO_METER,
                "intervalId": 1,
                "producer": PROJECT,
                "revision": 1,
                "increase": False,
                "wh": 1_500,
                "netWh": 98_500,
                "deficitWh": 0,
                "reasonHash": SOURCE_HASH,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert_ledger(world, recordedWh=98_500, remainingWh=98_500, readings=1)
    assert total_wh(world) == 98_500
    name = restatement_box_name(EPOCH, cfg.NO_METER, 1, 1)
    assert read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "Restatement") == {
        "increase": False,
        "wh": 1_500,
        "netWh": 98_500,
        "reasonHash": SOURCE_HASH,
        "restatedTs": sent_at(sent),
    }


def test_restate_reading_again_counts_from_the_last_revision(world: World) -> None:
    prosumer = world.producer.address
    meter_id = register_meter(world, prosumer)
    record_reading(world, meter_id, prosumer, wh=1_000)
    restate(world, prosumer, meterId=meter_id, revision=1, increase=True, wh=50)
    restate(world, prosumer, meterId=meter_id, revision=2, increase=False, wh=1_050)
    assert_ledger(world, prosumer, readings=1)
    with world.refused(err.INVALID_AMOUNT):
        restate(world, prosumer, meterId=meter_id, revision=3, increase=False, wh=1)


def test_restate_reading_of_a_final_epoch(world: World) -> None:
    record_production(world, 100)
    finalize(world, 100_000)
    restate(world, increase=True, wh=437)
    restate(world, revision=2, increase=False, wh=1)


def test_restate_reading_not_operator(world: World) -> None:
    record_production(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(world.receipt_calls.restate_reading(world.outsider.address, restatement(), PROJECT))


def test_restate_reading_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        restate(world)


def test_restate_reading_reading_not_found(world: World) -> None:
    record_production(world)
    with world.refused(err.READING_NOT_FOUND):
        restate(world, intervalId=2)


@pytest.mark.parametrize("revision", [0, 2, 2**64 - 1])
def test_restate_reading_invalid_revision(world: World, revision: int) -> None:
    record_production(world)
    with world.refused(err.INVALID_REVISION):
        restate(world, revision=revision)


def test_restate_reading_invalid_revision_twice(world: World) -> None:
    record_production(world)
    restate(world, revision=1)
    with world.refused(err.INVALID_REVISION):
        restate(world, revision=1, wh=2)


def test_restate_reading_invalid_amount(world: World) -> None:
    record_production(world)
    with world.refused(err.INVALID_AMOUNT):
        restate(world, wh=0)


def test_restate_reading_invalid_amount_below_zero(world: World) -> None:
    record_production(world, 1, interval_id=1)
    record_production(world, 9, interval_id=2)
    with world.refused(err.INVALID_AMOUNT):
        restate(world, increase=False, wh=1_001)


@pytest.mark.parametrize("wh", [10**14, 2**64 - 1])
def test_restate_reading_amount_too_large(world: World, wh: int) -> None:
    record_production(world, 1)
    with world.refused(err.AMOUNT_TOO_LARGE):
        restate(world, increase=True, wh=wh)
