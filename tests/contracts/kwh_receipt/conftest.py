import pytest

from gridpact.chain.specs import Contract
from tests.support.world import Ledger, World, call_of, deploy


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with KWhReceipt handed over."""
    world = World(ledger)
    deploy(world, Contract.KWH_RECEIPT)
    return world


@pytest.fixture
def paused_receipt(world: World) -> None:
    """KWhReceipt, paused by the admin."""
    world.send(call_of(world.receipt, "pause", [], world.admin))
