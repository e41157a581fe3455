import pytest

from tests.contracts.offer_book.ladder import pause, registered_producer
from tests.support.world import World


@pytest.fixture(autouse=True)
def book(world: World) -> None:
    """OfferBook is deployed before a test takes its first snapshot."""
    assert world.book.app_id


@pytest.fixture
def producer(world: World) -> None:
    """The producer is registered and has 5 kWh of credit."""
    registered_producer(world)


@pytest.fixture
def paused_book(world: World) -> None:
    """OfferBook, paused by the admin."""
    pause(world)
