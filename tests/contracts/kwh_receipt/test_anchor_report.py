from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import AnchorReportArgs
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, SOURCE_HASH, record_production
from tests.contracts.kwh_receipt.states import final_epoch
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def anchor(world: World, sender: str) -> Sent:
    return world.send(
        world.receipt_calls.anchor_report(sender, AnchorReportArgs(epochId=EPOCH, reportHash=SOURCE_HASH))
    )


def test_anchor_report_success(world: World) -> None:
    final_epoch(world)
    before = world.full_state()
    sent = anchor(world, world.operator.address)
    expect_events(sent, ("ReportAnchored", {"epochId": EPOCH, "reportHash": SOURCE_HASH, "timestamp": ANY_TIME}))
    after = world.full_state()
    assert (after.boxes, after.globals) == (before.boxes, before.globals)


def test_anchor_report_not_operator(world: World) -> None:
    final_epoch(world)
    with world.refused(err.NOT_OPERATOR):
        anchor(world, world.outsider.address)


def test_anchor_report_is_paused(world: World, paused_receipt: None) -> None:
    with world.refused(err.IS_PAUSED):
        anchor(world, world.operator.address)


def test_anchor_report_epoch_not_found(world: World) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        anchor(world, world.operator.address)


def test_anchor_report_epoch_not_final(world: World) -> None:
    record_production(world)
    with world.refused(err.EPOCH_NOT_FINAL):
        anchor(world, world.operator.address)
