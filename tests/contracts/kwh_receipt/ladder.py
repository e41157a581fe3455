"""States that KWhReceipt's tests start from."""

import base64
from typing import Final

from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    RecordProductionArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
    RestateReadingArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name, total_box_name
from smart_contracts.kwh_receipt import config as cfg
from tests.support.boxes import read_struct
from tests.support.stages import stage
from tests.support.world import World

EPOCH: Final = 202602
EPOCH_START_TS: Final = 1_769_904_000  # 2026-02-01T00:00:00Z
EPOCH_END_TS: Final = 1_772_323_199  # 2026-02-28T23:59:59Z
NO_HASH: Final = bytes(32)
SOURCE_HASH: Final = bytes(range(32))
CAPACITY_W: Final = 250_000


def label(text: str) -> bytes:
    """A meter's label as the contract stores it."""
    return text.encode().ljust(32, b"\0")


@stage
def register_meter(
    world: World,
    producer: str = PROJECT,
    name: str = "meter-1",
    *,
    capacity_w: int = CAPACITY_W,
    public_key: bytes = NO_HASH,
) -> int:
    """Register the world's next meter and return its id."""
    meter_id = world.receipt.state.global_state.meter_count + 1
    world.send(
        world.receipt_calls.register_meter(
            world.operator.address,
            RegisterMeterArgs(producer=producer, capacityW=capacity_w, label=label(name), publicKey=public_key),
            meter_id,
        )
    )
    return meter_id


def reading(meter_id: int, **changes: int | bytes) -> RecordReadingArgs:
    """Arguments of a reading of the whole example month, with changes."""
    fields: dict[str, int | bytes] = {
        "epochId": EPOCH,
        "meterId": meter_id,
        "intervalId": 1,
        "wh": 45_000_000,
        "quality": cfg.QUALITY_ACTUAL,
        "startTs": EPOCH_START_TS,
        "endTs": EPOCH_END_TS + 1,
        "sourceHash": SOURCE_HASH,
    }
    return RecordReadingArgs(**(fields | changes))  # type: ignore[arg-type]


def record_reading(world: World, meter_id: int, producer: str = PROJECT, **changes: int | bytes) -> Sent:
    """Record a meter's reading."""
    return world.send(
        world.receipt_calls.record_reading(world.operator.address, reading(meter_id, **changes), producer)
    )


def record_production(world: World, kwh: int = 125_000, interval_id: int = 1, epoch_id: int = EPOCH) -> Sent:
    """Record a project reading without a meter."""
    return world.send(
        world.receipt_calls.record_production(
            world.operator.address,
            RecordProductionArgs(epochId=epoch_id, intervalId=interval_id, kWhAmount=kwh),
        )
    )


def finalize(world: World, total_wh: int = 125_000_000, epoch_id: int = EPOCH) -> Sent:
    """Close the project's ledger."""
    return world.send(
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=total_wh)
        )
    )


@stage
def final_epoch(world: World, kwh: int = 125_000, epoch_id: int = EPOCH) -> None:
    """A project's epoch with one reading, closed."""
    record_production(world, kwh, epoch_id=epoch_id)
    finalize(world, kwh * 1_000, epoch_id)


def restatement(**changes: int | bool | bytes) -> RestateReadingArgs:
    """Arguments of a first correction of the project reading, with changes."""
    fields: dict[str, int | bool | bytes] = {
        "epochId": EPOCH,
        "meterId": cfg.NO_METER,
        "intervalId": 1,
        "revision": 1,
        "increase": False,
        "wh": 1_000,
        "reasonHash": SOURCE_HASH,
    }
    return RestateReadingArgs(**(fields | changes))  # type: ignore[arg-type]


def restate(world: World, producer: str = PROJECT, **changes: int | bool | bytes) -> Sent:
    """Correct a reading."""
    return world.send(world.receipt_calls.restate_reading(world.operator.address, restatement(**changes), producer))


def ledger(world: World, producer: str = PROJECT, epoch_id: int = EPOCH) -> dict[str, int]:
    """Where each Wh of the ledger is, from its box."""
    name = ledger_box_name(producer, epoch_id)
    return read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "EpochLedger")


def total_wh(world: World, producer: str = PROJECT) -> int:
    """The producer's total, from its box."""
    box = as_dict(world.algorand.client.algod.application_box_by_name(world.receipt.app_id, total_box_name(producer)))
    return int.from_bytes(base64.b64decode(box["value"]))


def assert_ledger(world: World, producer: str = PROJECT, epoch_id: int = EPOCH, **expected: int) -> None:
    """Assert every field of a ledger; those that are not named are 0, except that readings are manual ones.

    Each Wh is in exactly one place.
    """
    seen = ledger(world, producer, epoch_id)
    expected = {"manualWh": seen["manualWh"], "signedWh": 0} | expected
    assert seen == dict.fromkeys(seen, 0) | expected
    assert seen["recordedWh"] + seen["deficitWh"] == (
        seen["ppaWh"] + seen["mintedWh"] + seen["vaultWh"] + seen["remainingWh"]
    )
