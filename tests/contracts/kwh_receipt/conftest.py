import pytest

from tests.support.stages import stage
from tests.support.world import Ledger, World, call_of


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with KWhReceipt handed over."""
    world = World(ledger)
    deploy_receipt(world)
    return world


@stage
def deploy_receipt(world: World) -> None:
    """KWhReceipt is deployed, and governed by its admin and operator."""
    assert world.receipt.app_id


@pytest.fixture
def paused_receipt(world: World) -> None:
    """KWhReceipt, paused by the admin."""
    world.send(call_of(world.receipt, "pause", [], world.admin))
