"""States of the offer book that tests start from. Each stands on the ones before it."""

from tests.contracts.offer_book.calls import METERED_WH, MINTED_WH, metered, mint
from tests.support.checkpoints import checkpoint
from tests.support.world import World, call_of


@checkpoint
def registered_producer(world: World, minted_wh: int = MINTED_WH) -> None:
    """The producer's meter has read 10 kWh, and credit of 5 kWh was minted for it."""
    world.send(*metered(world, world.producer, max(METERED_WH, minted_wh)), mint(world, minted_wh))


@checkpoint
def pause(world: World) -> None:
    """The admin pauses the book."""
    world.send(call_of(world.book, "pause", [], world.admin))
