"""The readonly methods of KWhReceipt."""

from typing import Any

from algokit_utils import BoxIdentifier, BoxReference, CommonAppCallParams

from gridpact.chain.call import Call
from gridpact.contracts.kwh_receipt_client import (
    GetEpochLedgerArgs,
    GetMeterArgs,
    GetReadingArgs,
    ProducerTotalProductionArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name, meter_box_name, reading_box_name, total_box_name
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import (
    CAPACITY_W,
    EPOCH,
    EPOCH_END_TS,
    EPOCH_START_TS,
    NO_HASH,
    label,
    record_production,
    record_reading,
)
from tests.contracts.kwh_receipt.states import register_meter
from tests.support.events import sent_at
from tests.support.world import World


def query(world: World, method: str, args: Any, *names: bytes) -> Call:
    references: list[BoxReference | BoxIdentifier] = [BoxReference(world.receipt.app_id, name) for name in names]
    params = CommonAppCallParams(sender=world.outsider.address, box_references=references)
    return Call(getattr(world.receipt.params, method)(args=args, params=params))


def get_meter(world: World, meter_id: int) -> Call:
    return query(world, "get_meter", GetMeterArgs(meterId=meter_id), meter_box_name(meter_id))


def get_reading(world: World, interval_id: int) -> Call:
    name = reading_box_name(EPOCH, cfg.NO_METER, interval_id)
    return query(
        world, "get_reading", GetReadingArgs(epochId=EPOCH, meterId=cfg.NO_METER, intervalId=interval_id), name
    )


def get_epoch_ledger(world: World, producer: str) -> Call:
    args = GetEpochLedgerArgs(producer=producer, epochId=EPOCH)
    return query(world, "get_epoch_ledger", args, ledger_box_name(producer, EPOCH))


def test_get_meter_success(world: World) -> None:
    meter_id = register_meter(world, world.producer.address)
    ((producer, capacity_w, name, key, sequence, last_end_ts),) = world.simulate(get_meter(world, meter_id)).returns
    assert (producer, capacity_w, bytes(name), bytes(key), sequence, last_end_ts) == (
        world.producer.address,
        CAPACITY_W,
        label("meter-1"),
        NO_HASH,
        0,
        0,
    )


def test_get_meter_invalid_meter(world: World) -> None:
    with world.refused(err.INVALID_METER):
        world.simulate(get_meter(world, 1))


def test_get_reading_success(world: World) -> None:
    sent = record_production(world, 125_000)
    ((wh, quality, start_ts, end_ts, source, recorded_ts, sequence),) = world.simulate(get_reading(world, 1)).returns
    assert (wh, quality, start_ts, end_ts, bytes(source), recorded_ts, sequence) == (
        125_000_000,
        cfg.QUALITY_ACTUAL,
        EPOCH_START_TS,
        EPOCH_END_TS + 1,
        NO_HASH,
        sent_at(sent),
        0,
    )


def test_get_reading_reading_not_found(world: World) -> None:
    with world.refused(err.READING_NOT_FOUND):
        world.simulate(get_reading(world, 1))


def test_get_epoch_ledger_success(world: World) -> None:
    record_production(world, 125)
    assert world.simulate(get_epoch_ledger(world, PROJECT)).returns == (
        [125_000, 0, 0, 0, 0, 125_000, 1, 0, 0, 125_000],
    )


def test_get_epoch_ledger_epoch_not_found(world: World) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        world.simulate(get_epoch_ledger(world, world.producer.address))


def test_producer_total_production_success(world: World) -> None:
    prosumer = world.producer.address
    call = query(
        world,
        "producer_total_production",
        ProducerTotalProductionArgs(producer=prosumer),
        total_box_name(prosumer),
    )
    assert world.simulate(call).returns == (0,)
    record_reading(world, register_meter(world, prosumer), prosumer, wh=7_000)
    assert world.simulate(call).returns == (7_000,)
