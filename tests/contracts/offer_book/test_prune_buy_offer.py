"""pruneBuyOffer: a closed offer's deposit goes back to who paid it, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from algokit_utils import AlgoAmount

from gridpact.chain.call import Call
from gridpact.chain.errors import LedgerError
from gridpact.market.boxes import account_box_name, buy_offer_box_name
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    MAX_UINT64,
    OFFER_MBR,
    SELL_PRICE,
    allow,
    buy,
    cancel_buy,
    match_buy,
    prune_buy,
)
from tests.contracts.offer_book.expect import box_names, buy_offer_created
from tests.contracts.offer_book.states import pause
from tests.support.events import ANY_TIME, Expected, expect_events
from tests.support.world import World


def pruned(world: World, offer_id: int, refund_microalgo: int) -> Expected:
    return (
        "BuyOfferPruned",
        {
            "offerId": offer_id,
            "buyer": world.consumer.address,
            "refundMicroalgo": refund_microalgo,
            "timestamp": ANY_TIME,
        },
    )


def test_prune_buy_offer_success(world: World) -> None:
    world.send(buy(world), cancel_buy(world))
    app, maker, caller = world.book.app_address, world.consumer.address, world.outsider.address
    before = [world.balance(address) for address in (app, maker, caller)]

    sent = world.send(prune_buy(world, refund_to=maker))

    expect_events(sent, pruned(world, 0, OFFER_MBR))
    # The account's box, with its counts and credit, stays.
    assert box_names(world) == {account_box_name(maker)}
    after = [world.balance(address) for address in (app, maker, caller)]
    # The stranger pays both fees and gets nothing.
    assert [new - old for new, old in zip(after, before, strict=True)] == [-OFFER_MBR, OFFER_MBR, -2_000]


@pytest.mark.parametrize(
    "close",
    [
        pytest.param(lambda world: [match_buy(world, 1_000)], id="completed"),
        pytest.param(lambda world: [match_buy(world, 1, child_id=1)], id="partially_filled"),
    ],
)
def test_prune_buy_offer_success_of_any_closed_offer(
    world: World, producer: None, close: Callable[[World], list[Call]]
) -> None:
    world.send(buy(world), allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=1_000, opens_account=False))
    world.send(*close(world))
    before = world.balance(world.consumer.address)
    world.send(prune_buy(world, refund_to=world.consumer.address))
    assert world.balance(world.consumer.address) - before == OFFER_MBR


def test_prune_buy_offer_success_of_a_child_refunds_nobody(world: World, producer: None) -> None:
    """The deposit of a child came from the operator's top-up: the app keeps it, and it pays for the next child."""
    world.send(buy(world), allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=1_000, opens_account=False))
    world.send(match_buy(world, 300, child_id=1))
    world.send(cancel_buy(world, 1))
    before = world.balance(world.book.app_address)

    sent = world.send(prune_buy(world, 1, refund_to=None))

    expect_events(sent, pruned(world, 1, 0))
    assert world.balance(world.book.app_address) == before
    assert buy_offer_box_name(1) not in box_names(world)


def test_prune_buy_offer_success_while_paused(world: World) -> None:
    world.send(buy(world), cancel_buy(world))
    pause(world)
    expect_events(world.send(prune_buy(world, refund_to=world.consumer.address)), pruned(world, 0, OFFER_MBR))


def test_prune_buy_offer_success_leaves_ids_alone(world: World) -> None:
    world.send(buy(world), cancel_buy(world), prune_buy(world, refund_to=world.consumer.address))
    expect_events(world.send(buy(world, 5, offer_id=1, opens_account=False)), buy_offer_created(world, 1, 5))


def test_prune_buy_offer_invalid_buy_offer_id(world: World) -> None:
    for offer_id in (0, MAX_UINT64):
        with world.refused(err.INVALID_BUY_OFFER_ID):
            world.send(prune_buy(world, offer_id, refund_to=None))


def test_prune_buy_offer_invalid_buy_offer_id_twice(world: World) -> None:
    world.send(buy(world), buy(world, offer_id=1, opens_account=False), cancel_buy(world))
    world.send(prune_buy(world, refund_to=world.consumer.address))
    with world.refused(err.INVALID_BUY_OFFER_ID):
        world.send(prune_buy(world, refund_to=world.consumer.address))


def test_prune_buy_offer_offer_still_active(world: World) -> None:
    world.send(buy(world))
    with world.refused(err.OFFER_STILL_ACTIVE):
        world.send(prune_buy(world, refund_to=world.consumer.address))


def test_prune_buy_offer_never_pays_the_inner_fee(world: World) -> None:
    """A caller who does not pay for the inner payment is refused by the ledger: the app pays no fee."""
    world.send(buy(world), cancel_buy(world))
    call = prune_buy(world, refund_to=world.consumer.address)
    stingy = replace(call, params=replace(call.params, static_fee=AlgoAmount.from_micro_algo(1_000)))
    before = world.full_state()
    with pytest.raises(LedgerError):
        world.send(stingy)
    assert world.full_state() == before


def test_prune_buy_offer_pays_nobody_the_caller_names(world: World) -> None:
    """An account that the caller references in the buyer's stead gets nothing."""
    world.send(buy(world), cancel_buy(world))
    before = world.full_state()
    with pytest.raises(LedgerError):
        world.send(prune_buy(world, refund_to=world.outsider.address))
    assert world.full_state() == before
