import pytest

from tests.support.world import World, call_of


@pytest.fixture
def paused_receipt(world: World) -> None:
    """KWhReceipt, paused by the admin."""
    world.send(call_of(world.receipt, "pause", [], world.admin))
