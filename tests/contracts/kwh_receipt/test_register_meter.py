from typing import Any

from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import RegisterMeterArgs
from gridpact.production.boxes import PROJECT, meter_box_name
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import CAPACITY_W, label
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

KEY = bytes(range(100, 132))


def arguments(producer: str = PROJECT) -> RegisterMeterArgs:
    return RegisterMeterArgs(producer=producer, capacityW=CAPACITY_W, label=label("roof"), publicKey=KEY)


def test_register_meter_success(world: World) -> None:
    calls = world.receipt_calls
    sent = world.send(
        calls.register_meter(world.operator.address, arguments(), 1),
        calls.register_meter(world.operator.address, arguments(world.producer.address), 2),
    )

    assert sent.returns == (1, 2)
    registered: dict[str, Any] = {
        "capacityW": CAPACITY_W,
        "label": label("roof"),
        "publicKey": KEY,
        "timestamp": ANY_TIME,
    }
    expect_events(
        sent,
        ("MeterRegistered", {"meterId": 1, "producer": PROJECT, **registered}),
        ("MeterRegistered", {"meterId": 2, "producer": world.producer.address, **registered}),
    )
    assert world.receipt.state.global_state.meter_count == 2
    assert read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, meter_box_name(2), "Meter") == {
        "producer": world.producer.address,
        "capacityW": CAPACITY_W,
        "label": label("roof"),
        "publicKey": KEY,
        "lastSequence": 0,
        "lastEndTs": 0,
    }


def test_register_meter_not_operator(world: World) -> None:
    with world.refused(err.NOT_OPERATOR):
        world.send(world.receipt_calls.register_meter(world.admin.address, arguments(), 1))


def test_register_meter_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        world.send(world.receipt_calls.register_meter(world.operator.address, arguments(), 1))


def test_register_meter_deposit_is_the_box(world: World) -> None:
    """The operator's top-up is exactly what the new box adds to the app's minimum balance."""
    call = world.receipt_calls.register_meter(world.operator.address, arguments(), 1)
    before = minimum_balance(world)
    (top_up,) = world.group(call).top_ups()
    world.send(call)
    assert minimum_balance(world) - before == top_up.amount.micro_algo


def minimum_balance(world: World) -> int:
    return int(as_dict(world.algorand.client.algod.account_info(world.receipt.app_address))["min-balance"])
