"""pruneOffer: a closed offer's deposit goes back to who paid it, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from algokit_utils import AlgoAmount

from gridpact.chain.call import Call
from gridpact.chain.errors import LedgerError
from gridpact.market.boxes import sell_offer_box_name
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    BUY_PRICE,
    MAX_UINT64,
    OFFER_MBR,
    SELL_PRICE,
    allow,
    cancel_sell,
    match_sell,
    prune_sell,
    sell,
)
from tests.contracts.offer_book.expect import box_names, offer_created
from tests.contracts.offer_book.states import pause
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, Expected, expect_events
from tests.support.world import World


def pruned(world: World, offer_id: int, refund_microalgo: int) -> Expected:
    return (
        "OfferPruned",
        {
            "offerId": offer_id,
            "seller": world.producer.address,
            "refundMicroalgo": refund_microalgo,
            "timestamp": ANY_TIME,
        },
    )


@checkpoint
def partly_sold(world: World) -> None:
    """Offer 0 of 1000 Wh is partially filled with 300; its child 1 has 700 and is cancelled."""
    world.send(sell(world, 1_000), allow(world, world.consumer, buy_price=BUY_PRICE, buy_wh=1_000))
    world.send(match_sell(world, 300, child_id=1))
    world.send(cancel_sell(world, 1))


def test_prune_offer_success(world: World, producer: None) -> None:
    world.send(sell(world), cancel_sell(world))
    app, maker, caller = world.book.app_address, world.producer.address, world.outsider.address
    before = [world.balance(address) for address in (app, maker, caller)]

    sent = world.send(prune_sell(world, refund_to=maker))

    expect_events(sent, pruned(world, 0, OFFER_MBR))
    assert sell_offer_box_name(0) not in box_names(world)
    after = [world.balance(address) for address in (app, maker, caller)]
    # The stranger pays both fees and gets nothing.
    assert [new - old for new, old in zip(after, before, strict=True)] == [-OFFER_MBR, OFFER_MBR, -2_000]


@pytest.mark.parametrize(
    "close",
    [
        pytest.param(lambda world: [match_sell(world, 1_000)], id="completed"),
        pytest.param(lambda world: [match_sell(world, 1, child_id=1)], id="partially_filled"),
    ],
)
def test_prune_offer_success_of_any_closed_offer(
    world: World, producer: None, close: Callable[[World], list[Call]]
) -> None:
    world.send(sell(world), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1_000))
    world.send(*close(world))
    before = world.balance(world.producer.address)
    world.send(prune_sell(world, refund_to=world.producer.address))
    assert world.balance(world.producer.address) - before == OFFER_MBR


def test_prune_offer_success_of_a_child_refunds_nobody(world: World, producer: None) -> None:
    """The deposit of a child came from the operator's top-up: the app keeps it, and it pays for the next child."""
    partly_sold(world)
    app = world.book.app_address
    before = world.balance(app)

    sent = world.send(prune_sell(world, 1, refund_to=None))

    expect_events(sent, pruned(world, 1, 0))
    assert world.balance(app) == before
    assert sell_offer_box_name(1) not in box_names(world)


def test_prune_offer_success_while_paused(world: World, producer: None) -> None:
    world.send(sell(world), cancel_sell(world))
    pause(world)
    expect_events(world.send(prune_sell(world, refund_to=world.producer.address)), pruned(world, 0, OFFER_MBR))


def test_prune_offer_success_leaves_ids_alone(world: World, producer: None) -> None:
    world.send(sell(world), cancel_sell(world), prune_sell(world, refund_to=world.producer.address))
    expect_events(world.send(sell(world, 5, offer_id=1)), offer_created(world, 1, 5))


def test_prune_offer_invalid_offer_id(world: World) -> None:
    for offer_id in (0, MAX_UINT64):
        with world.refused(err.INVALID_OFFER_ID):
            world.send(prune_sell(world, offer_id, refund_to=None))


def test_prune_offer_invalid_offer_id_twice(world: World, producer: None) -> None:
    world.send(sell(world), sell(world, offer_id=1), cancel_sell(world))
    world.send(prune_sell(world, refund_to=world.producer.address))
    call = prune_sell(world, refund_to=world.producer.address)
    with world.refused(err.INVALID_OFFER_ID):
        world.send(call)


def test_prune_offer_offer_still_active(world: World, producer: None) -> None:
    world.send(sell(world))
    with world.refused(err.OFFER_STILL_ACTIVE):
        world.send(prune_sell(world, refund_to=world.producer.address))


def test_prune_offer_never_pays_the_inner_fee(world: World, producer: None) -> None:
    """A caller who does not pay for the inner payment is refused by the ledger: the app pays no fee."""
    world.send(sell(world), cancel_sell(world))
    call = prune_sell(world, refund_to=world.producer.address)
    stingy = replace(call, params=replace(call.params, static_fee=AlgoAmount.from_micro_algo(1_000)))
    before = world.full_state()
    with pytest.raises(LedgerError):
        world.send(stingy)
    assert world.full_state() == before


def test_prune_offer_pays_nobody_the_caller_names(world: World, producer: None) -> None:
    """An account that the caller references in the seller's stead gets nothing."""
    world.send(sell(world), cancel_sell(world))
    before = world.full_state()
    with pytest.raises(LedgerError):
        world.send(prune_sell(world, refund_to=world.outsider.address))
    assert world.full_state() == before
