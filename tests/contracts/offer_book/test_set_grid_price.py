"""setGridPrice: a reference that no trade depends on."""

from gridpact.chain.call import Call
from gridpact.contracts.offer_book_client import SetGridPriceArgs
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import MAX_UINT64
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

GRID_PRICE = 20_000_000


def set_grid_price(world: World, price: int = GRID_PRICE, sender: str | None = None) -> Call:
    return world.book_calls.set_grid_price(sender or world.operator.address, SetGridPriceArgs(pricePerKwh=price))


def test_set_grid_price_success(world: World) -> None:
    sent = world.send(set_grid_price(world))
    expect_events(sent, ("GridPriceSet", {"pricePerKwh": GRID_PRICE, "timestamp": ANY_TIME}))
    assert world.book.state.global_state.grid_price == GRID_PRICE


def test_set_grid_price_success_at_the_bound(world: World) -> None:
    world.send(set_grid_price(world, 10**11))
    assert world.book.state.global_state.grid_price == 10**11


def test_set_grid_price_not_owner(world: World) -> None:
    for stranger in (world.outsider, world.admin):
        with world.refused(err.NOT_OWNER):
            world.send(set_grid_price(world, sender=stranger.address))


def test_set_grid_price_is_paused(world: World, paused_book: None) -> None:
    with world.refused(err.IS_PAUSED):
        world.send(set_grid_price(world))


def test_set_grid_price_invalid_amount(world: World) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(set_grid_price(world, 0))


def test_set_grid_price_amount_too_large(world: World) -> None:
    for price in (10**11 + 1, MAX_UINT64):
        with world.refused(err.AMOUNT_TOO_LARGE):
            world.send(set_grid_price(world, price))
