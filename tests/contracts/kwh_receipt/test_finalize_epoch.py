import calendar
from datetime import UTC, datetime

import pytest

from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, record_production
from tests.contracts.kwh_receipt.expect import assert_ledger, ledger
from tests.contracts.kwh_receipt.states import finalize
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World


def test_finalize_epoch_success(world: World) -> None:
    record_production(world)
    sent = finalize(world)
    expect_events(sent, ("EpochFinalized", {"epochId": EPOCH, "totalWh": 125_000_000, "timestamp": ANY_TIME}))
    assert_ledger(world, recordedWh=125_000_000, remainingWh=125_000_000, readings=1, finalizedTs=sent_at(sent))


def test_finalize_epoch_not_operator(world: World) -> None:
    record_production(world)
    arguments = FinalizeEpochArgs(epochId=EPOCH, expectedTotalWh=125_000_000)
    with world.refused(err.NOT_OPERATOR):
        world.send(world.receipt_calls.finalize_epoch(world.admin.address, arguments))


def test_finalize_epoch_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        finalize(world)


def test_finalize_epoch_epoch_not_found(world: World) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        finalize(world)


def test_finalize_epoch_epoch_not_ended(world: World) -> None:
    now = datetime.fromtimestamp(world.clock.now(), UTC)
    epoch_id = now.year * 100 + now.month
    record_production(world, epoch_id=epoch_id)
    with world.refused(err.EPOCH_NOT_ENDED):
        finalize(world, epoch_id=epoch_id)

    last_day = calendar.monthrange(now.year, now.month)[1]
    end_ts = int(datetime(now.year, now.month, last_day, 23, 59, 59, tzinfo=UTC).timestamp())
    world.clock.advance_to(end_ts)
    world.clock.freeze()
    with world.refused(err.EPOCH_NOT_ENDED):
        finalize(world, epoch_id=epoch_id)
    world.clock.advance_to(end_ts + 1)
    finalize(world, epoch_id=epoch_id)
    assert ledger(world, epoch_id=epoch_id)["finalizedTs"] == end_ts + 1


def test_finalize_epoch_epoch_final(world: World) -> None:
    record_production(world)
    finalize(world)
    with world.refused(err.EPOCH_FINAL):
        finalize(world)


@pytest.mark.parametrize("total_wh", [0, 124_999_999, 125_000_001, 125_000])
def test_finalize_epoch_total_mismatch(world: World, total_wh: int) -> None:
    record_production(world)
    with world.refused(err.TOTAL_MISMATCH):
        finalize(world, total_wh)
