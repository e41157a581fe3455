import pytest

from gridpact.chain.specs import Contract
from tests.contracts.offer_book.states import pause, registered_producer
from tests.support.world import Ledger, World, deploy


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with OfferBook in it."""
    world = World(ledger)
    deploy(world, Contract.OFFER_BOOK)
    return world


@pytest.fixture
def producer(world: World) -> None:
    """The producer is registered and has 5 kWh of credit."""
    registered_producer(world)


@pytest.fixture
def paused_book(world: World) -> None:
    """OfferBook, paused by the admin."""
    pause(world)
