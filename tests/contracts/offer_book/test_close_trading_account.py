"""closeTradingAccount: an empty account's deposit comes back to its owner."""

from gridpact.market.boxes import account_box_name
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    MINTED_WH,
    NO_ACCOUNT,
    allow,
    buy,
    cancel_buy,
    close_account,
    consume,
    match_buy,
    mint,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import box_names
from tests.support.events import ANY_TIME, Expected, expect_events
from tests.support.world import World


def closed(address: str, refund_microalgo: int) -> Expected:
    return (
        "TradingAccountClosed",
        {"account": address, "refundMicroalgo": refund_microalgo, "timestamp": ANY_TIME},
    )


def test_close_trading_account_success(world: World) -> None:
    before = world.balance(world.book.app_address)
    world.send(allow(world, world.consumer, buy_price=1, buy_wh=1))
    assert world.balance(world.book.app_address) - before == ACCOUNT_MBR
    own = world.balance(world.consumer.address)

    sent = world.send(close_account(world, world.consumer))

    expect_events(sent, closed(world.consumer.address, ACCOUNT_MBR))
    assert sent.returns == (ACCOUNT_MBR,)
    assert box_names(world) == set()
    assert world.balance(world.book.app_address) == before
    assert world.balance(world.consumer.address) - own == ACCOUNT_MBR - 2_000


def test_close_trading_account_success_of_one_that_others_opened(world: World, producer: None) -> None:
    world.send(transfer(world, 1), consume(world, 1, world.consumer.address))
    expect_events(world.send(close_account(world, world.consumer)), closed(world.consumer.address, ACCOUNT_MBR))


def test_close_trading_account_success_of_a_producer(world: World, producer: None) -> None:
    """The operator's top-up paid for it: it stays in the app, for the next account or child."""
    world.send(consume(world, MINTED_WH))
    before = world.balance(world.book.app_address)
    expect_events(world.send(close_account(world, world.producer)), closed(world.producer.address, 0))
    assert account_box_name(world.producer.address) not in box_names(world)
    assert world.balance(world.book.app_address) == before
    # A producer again with the next credit, and not before.
    with world.refused(err.NOT_A_PRODUCER):
        world.send(sell(world, 1))
    world.send(mint(world, 1), sell(world, 1))


def test_close_trading_account_success_while_paused(world: World, paused_book: None) -> None:
    world.send(allow(world, world.consumer))
    world.send(close_account(world, world.consumer))
    assert box_names(world) == set()


def test_close_trading_account_success_and_open_again(world: World) -> None:
    world.send(buy(world), cancel_buy(world))
    world.send(close_account(world, world.consumer))
    world.send(allow(world, world.consumer))
    assert world.book.state.box.accounts.get_value(world.consumer.address) == NO_ACCOUNT


def test_close_trading_account_account_not_found(world: World) -> None:
    with world.refused(err.ACCOUNT_NOT_FOUND):
        world.send(close_account(world, world.consumer))


def test_close_trading_account_account_not_empty(world: World, producer: None) -> None:
    world.send(transfer(world, 1))
    for account in (world.consumer, world.producer):
        with world.refused(err.ACCOUNT_NOT_EMPTY):
            world.send(close_account(world, account))


def test_close_trading_account_account_not_empty_with_an_open_buy_offer(world: World, producer: None) -> None:
    """A match would have nowhere to put the energy."""
    consent = allow(world, world.producer, sell_price=1, sell_wh=MINTED_WH, opens_account=False)
    world.send(buy(world, 1_000), consent)
    with world.refused(err.ACCOUNT_NOT_EMPTY):
        world.send(close_account(world, world.consumer))
    world.send(match_buy(world, 400, child_id=1), consume(world, 400, world.consumer.address))
    with world.refused(err.ACCOUNT_NOT_EMPTY):
        world.send(close_account(world, world.consumer))
    world.send(match_buy(world, 600, offer_id=1), consume(world, 600, world.consumer.address))
    world.send(close_account(world, world.consumer))
