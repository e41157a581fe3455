import pytest

from tests.contracts.offer_book.ladder import pause, registered_producer
from tests.support.stages import stage
from tests.support.world import Ledger, World


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with OfferBook in it."""
    world = World(ledger)
    deploy_book(world)
    return world


@stage
def deploy_book(world: World) -> None:
    """OfferBook, and with it KWhReceipt, is deployed."""
    assert world.book.app_id


@pytest.fixture
def producer(world: World) -> None:
    """The producer is registered and has 5 kWh of credit."""
    registered_producer(world)


@pytest.fixture
def paused_book(world: World) -> None:
    """OfferBook, paused by the admin."""
    pause(world)
