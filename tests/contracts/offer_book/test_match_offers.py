"""matchOffers: both have offered; the price is the seller's."""

from dataclasses import replace

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    BUY_PRICE,
    MAX_UINT64,
    MINTED_WH,
    NO_ACCOUNT,
    OFFER_MBR,
    SELL_PRICE,
    allow,
    buy,
    cancel_buy,
    cancel_sell,
    match_both,
    prune_buy,
    prune_sell,
    sell,
)
from tests.contracts.offer_book.expect import (
    account_of,
    buy_offer,
    buy_offer_completed,
    buy_offer_created,
    buy_offer_matched,
    counters,
    offer_completed,
    offer_created,
    offer_matched,
    sell_offer,
)
from tests.contracts.offer_book.states import pause
from tests.support.checkpoints import checkpoint
from tests.support.events import expect_events
from tests.support.world import World


@checkpoint
def both_offered(world: World, sell_wh: int = 1_000, buy_wh: int = 1_000, buy_price: int = BUY_PRICE) -> None:
    """The producer offers, and the consumer asks."""
    world.send(sell(world, sell_wh), buy(world, buy_wh, buy_price))


def test_match_offers_success(world: World, producer: None) -> None:
    both_offered(world)
    before = world.balance(world.book.app_address)

    sent = world.send(match_both(world, 1_000))

    expect_events(
        sent,
        offer_matched(world, 0, 1_000, used_terms=False),
        offer_completed(world, 0),
        buy_offer_matched(world, 0, 1_000, used_terms=False),
        buy_offer_completed(world, 0),
    )
    for offer in (sell_offer(world, 0), buy_offer(world, 0)):
        assert (offer.status, offer.matchedWh, offer.childId) == (cfg.STATUS_COMPLETED, 1_000, 0)
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh) == (MINTED_WH - 1_000, 0)
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, virtualWh=1_000, buyOffers=1)
    assert counters(world) == {
        "sell_total": 1,
        "sell_active": 0,
        "buy_total": 1,
        "buy_active": 0,
        "minted_wh": MINTED_WH,
        "consumed_wh": 0,
        "traded_wh": 1_000,
        "trades": 1,
    }
    assert world.balance(world.book.app_address) == before


def test_match_offers_success_with_a_remainder_for_sale(world: World, producer: None) -> None:
    both_offered(world, 1_000, 400)
    sent = world.send(match_both(world, 400, sell_child_id=1))
    expect_events(
        sent,
        offer_matched(world, 0, 400, new_offer_id=1, used_terms=False),
        offer_created(world, 1, 600, parent_id=0),
        buy_offer_matched(world, 0, 400, used_terms=False),
        buy_offer_completed(world, 0),
    )
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh) == (MINTED_WH - 400, 600)


def test_match_offers_success_with_a_remainder_of_demand(world: World, producer: None) -> None:
    both_offered(world, 400, 1_000)
    sent = world.send(match_both(world, 400, buy_child_id=1))
    expect_events(
        sent,
        offer_matched(world, 0, 400, used_terms=False),
        offer_completed(world, 0),
        buy_offer_matched(world, 0, 400, new_offer_id=1, used_terms=False),
        buy_offer_created(world, 1, 600, parent_id=0),
    )


def test_match_offers_success_with_two_remainders(world: World, producer: None) -> None:
    both_offered(world)
    before = world.balance(world.book.app_address)
    sent = world.send(match_both(world, 250, sell_child_id=1, buy_child_id=1))
    expect_events(
        sent,
        offer_matched(world, 0, 250, new_offer_id=1, used_terms=False),
        offer_created(world, 1, 750, parent_id=0),
        buy_offer_matched(world, 0, 250, new_offer_id=1, used_terms=False),
        buy_offer_created(world, 1, 750, parent_id=0),
    )
    for child in (sell_offer(world, 1), buy_offer(world, 1)):
        assert (child.amountWh, child.status, child.paidByFloat) == (750, cfg.STATUS_ACTIVE, True)
    assert world.balance(world.book.app_address) - before == 2 * OFFER_MBR


def test_match_offers_success_at_equal_prices(world: World, producer: None) -> None:
    both_offered(world, buy_price=SELL_PRICE)
    world.send(match_both(world, 1_000))
    assert counters(world)["trades"] == 1


def test_match_offers_success_leaves_terms_alone(world: World, producer: None) -> None:
    """Both have offered: nothing of their terms is needed, and nothing is used up."""
    both_offered(world)
    world.send(
        allow(world, world.producer, sell_price=2 * SELL_PRICE, sell_wh=5, opens_account=False),
        allow(world, world.consumer, buy_price=1, buy_wh=7, opens_account=False),
    )
    world.send(match_both(world, 1_000))
    assert (account_of(world, world.producer).sellWh, account_of(world, world.consumer).buyWh) == (5, 7)


def test_match_offers_not_owner(world: World, producer: None) -> None:
    both_offered(world)
    for stranger in (world.outsider, world.producer, world.consumer, world.admin):
        with world.refused(err.NOT_OWNER):
            world.send(match_both(world, 1_000, sender=stranger.address))


def test_match_offers_is_paused(world: World, producer: None) -> None:
    both_offered(world)
    pause(world)
    with world.refused(err.IS_PAUSED):
        world.send(match_both(world, 1_000))


def test_match_offers_invalid_offer_id(world: World, producer: None) -> None:
    both_offered(world)
    for sell_id in (1, MAX_UINT64):
        with world.refused(err.INVALID_OFFER_ID):
            world.send(match_both(world, 1_000, sell_id=sell_id))


def test_match_offers_invalid_offer_id_after_prune(world: World, producer: None) -> None:
    both_offered(world)
    world.send(cancel_sell(world), prune_sell(world, refund_to=world.producer.address))
    with world.refused(err.INVALID_OFFER_ID):
        world.send(match_both(world, 1_000))


def test_match_offers_offer_not_active(world: World, producer: None) -> None:
    both_offered(world)
    world.send(cancel_sell(world))
    with world.refused(err.OFFER_NOT_ACTIVE):
        world.send(match_both(world, 1_000))


def test_match_offers_invalid_buy_offer_id(world: World, producer: None) -> None:
    both_offered(world)
    for buy_id in (1, MAX_UINT64):
        with world.refused(err.INVALID_BUY_OFFER_ID):
            world.send(match_both(world, 1_000, buy_id=buy_id))


def test_match_offers_invalid_buy_offer_id_after_prune(world: World, producer: None) -> None:
    both_offered(world)
    world.send(cancel_buy(world), prune_buy(world, refund_to=world.consumer.address))
    with world.refused(err.INVALID_BUY_OFFER_ID):
        world.send(match_both(world, 1_000))


def test_match_offers_buy_offer_not_active(world: World, producer: None) -> None:
    both_offered(world)
    world.send(cancel_buy(world))
    with world.refused(err.BUY_OFFER_NOT_ACTIVE):
        world.send(match_both(world, 1_000))


def test_match_offers_invalid_amount(world: World, producer: None) -> None:
    both_offered(world)
    world.send(sell(world, 900, offer_id=1), buy(world, 900, offer_id=1, opens_account=False))
    for sell_id, buy_id, wh in ((0, 0, 0), (0, 0, 1_001), (0, 1, 901), (1, 0, 901), (0, 0, MAX_UINT64)):
        with world.refused(err.INVALID_AMOUNT):
            world.send(match_both(world, wh, sell_id=sell_id, buy_id=buy_id, sell_child_id=2, buy_child_id=2))


def test_match_offers_self_match(world: World, producer: None) -> None:
    maker = world.producer.address
    world.send(sell(world), buy(world, buyer=maker, opens_account=False))
    with world.refused(err.SELF_MATCH):
        world.send(match_both(world, 1_000, buyer=maker))


def test_match_offers_price_cross(world: World, producer: None) -> None:
    both_offered(world, buy_price=SELL_PRICE - 1)
    with world.refused(err.PRICE_CROSS):
        world.send(match_both(world, 1_000))


def test_match_offers_offer_expired(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    world.send(sell(world, expiry_ts=end), buy(world))
    world.clock.advance_to(end)
    world.simulate(match_both(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.OFFER_EXPIRED):
        world.send(match_both(world, 1_000))


def test_match_offers_buy_offer_expired(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    world.send(sell(world), buy(world, expiry_ts=end))
    world.clock.advance_to(end)
    world.simulate(match_both(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.BUY_OFFER_EXPIRED):
        world.send(match_both(world, 1_000))


def test_match_offers_buy_offer_expired_of_a_child(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    world.send(sell(world), buy(world, expiry_ts=end))
    world.send(match_both(world, 300, sell_child_id=1, buy_child_id=1))
    assert buy_offer(world, 1).expiryTs == end
    world.clock.advance_to(end + 1)
    with world.refused(err.BUY_OFFER_EXPIRED):
        world.send(match_both(world, 700, sell_id=1, buy_id=1))
