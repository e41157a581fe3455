"""create: the app is bound to one KWhReceipt for ever."""

from smart_contracts.shared import errors as err
from tests.contracts.ppa.ladder import counters
from tests.support.events import expect_events
from tests.support.world import World


def test_create_success(world: World) -> None:
    sent = world.create_app(Contract.PPA, kwhReceiptId=world.receipt.app_id)

    expect_events(sent)
    assert world.ppa.state.global_state.kwh_receipt_app == world.receipt.app_id
    assert counters(world) == {"agreements": 0, "allocated_kwh": 0, "issued": 0, "paid": 0, "void": 0}
