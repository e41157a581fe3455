"""Calls of KWhReceipt, as the tests make them: valid unless a test says otherwise."""

from typing import Final

from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import (
    RecordProductionArgs,
    RecordReadingArgs,
    RestateReadingArgs,
)
from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as cfg
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
