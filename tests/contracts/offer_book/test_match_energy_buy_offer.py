"""matchEnergyBuyOffer: the operator serves a request within the seller's terms, at the seller's price."""

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
    ZERO_ADDRESS,
    allow,
    buy,
    cancel_buy,
    match_buy,
    prune_buy,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import (
    account_of,
    buy_offer,
    buy_offer_completed,
    buy_offer_created,
    buy_offer_matched,
    counters,
)
from tests.contracts.offer_book.states import pause
from tests.support.checkpoints import checkpoint
from tests.support.events import expect_events
from tests.support.world import World


@checkpoint
def requested(world: World, wh: int = 1_000, *, sell_wh: int = 10_000, sell_price: int = SELL_PRICE) -> None:
    """The consumer asks, and the producer allows sales."""
    world.send(
        buy(world, wh),
        allow(world, world.producer, sell_price=sell_price, sell_wh=sell_wh, opens_account=False),
    )


def test_match_energy_buy_offer_success(world: World, producer: None) -> None:
    requested(world)
    before = world.balance(world.book.app_address)

    sent = world.send(match_buy(world, 1_000))

    expect_events(sent, buy_offer_matched(world, 0, 1_000), buy_offer_completed(world, 0))
    offer = buy_offer(world, 0)
    assert (offer.status, offer.matchedWh, offer.childId) == (cfg.STATUS_COMPLETED, 1_000, 0)
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh, seller.sellWh, seller.minSellPrice) == (
        MINTED_WH - 1_000,
        0,
        9_000,
        SELL_PRICE,
    )
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, virtualWh=1_000, buyOffers=1)
    assert counters(world) == {
        "sell_total": 0,
        "sell_active": 0,
        "buy_total": 1,
        "buy_active": 0,
        "minted_wh": MINTED_WH,
        "consumed_wh": 0,
        "traded_wh": 1_000,
        "trades": 1,
    }
    assert world.balance(world.book.app_address) == before


def test_match_energy_buy_offer_success_partial(world: World, producer: None) -> None:
    requested(world)
    since_ts = buy_offer(world, 0).sinceTs
    world.clock.advance_to(world.clock.now() + 1_000)
    before = world.balance(world.book.app_address)

    sent = world.send(match_buy(world, 300, child_id=1))

    expect_events(sent, buy_offer_matched(world, 0, 300, new_offer_id=1), buy_offer_created(world, 1, 700, parent_id=0))
    parent = buy_offer(world, 0)
    assert (parent.status, parent.amountWh, parent.matchedWh, parent.childId, parent.paidByFloat) == (
        cfg.STATUS_PARTIALLY_FILLED,
        1_000,
        300,
        1,
        False,
    )
    assert buy_offer(world, 1) == replace(
        parent, amountWh=700, matchedWh=0, childId=0, status=cfg.STATUS_ACTIVE, paidByFloat=True, sinceTs=since_ts
    )
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, virtualWh=300, buyOffers=2, openBuyOffers=1)
    assert (counters(world)["buy_total"], counters(world)["buy_active"]) == (2, 1)
    assert world.balance(world.book.app_address) - before == OFFER_MBR


def test_match_energy_buy_offer_success_at_the_maximum(world: World, producer: None) -> None:
    requested(world, sell_price=BUY_PRICE)
    sent = world.send(match_buy(world, 1_000))
    expect_events(sent, buy_offer_matched(world, 0, 1_000, price=BUY_PRICE), buy_offer_completed(world, 0))


def test_match_energy_buy_offer_success_from_a_seller_who_never_produced(world: World, producer: None) -> None:
    """Terms and credit make a seller here; only sell offers ask for production."""
    world.send(
        transfer(world, 500, receiver=world.buyer.address),
        buy(world, 500),
        allow(world, world.buyer, sell_price=1, sell_wh=500, opens_account=False),
    )
    world.send(match_buy(world, 500, seller=world.buyer.address))
    assert account_of(world, world.buyer).virtualWh == 0


def test_match_energy_buy_offer_not_owner(world: World, producer: None) -> None:
    requested(world)
    for stranger in (world.outsider, world.producer, world.consumer, world.admin):
        with world.refused(err.NOT_OWNER):
            world.send(match_buy(world, 1_000, sender=stranger.address))


def test_match_energy_buy_offer_is_paused(world: World, producer: None) -> None:
    requested(world)
    pause(world)
    with world.refused(err.IS_PAUSED):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_invalid_address(world: World, producer: None) -> None:
    requested(world)
    with world.refused(err.INVALID_ADDRESS):
        world.send(match_buy(world, 1_000, seller=ZERO_ADDRESS))


def test_match_energy_buy_offer_invalid_buy_offer_id(world: World, producer: None) -> None:
    requested(world)
    for offer_id in (1, MAX_UINT64):
        with world.refused(err.INVALID_BUY_OFFER_ID):
            world.send(match_buy(world, 1_000, offer_id=offer_id))


def test_match_energy_buy_offer_invalid_buy_offer_id_after_prune(world: World, producer: None) -> None:
    requested(world)
    world.send(cancel_buy(world), prune_buy(world, refund_to=world.consumer.address))
    with world.refused(err.INVALID_BUY_OFFER_ID):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_buy_offer_not_active(world: World, producer: None) -> None:
    requested(world)
    world.send(match_buy(world, 1_000))
    with world.refused(err.BUY_OFFER_NOT_ACTIVE):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_invalid_amount(world: World, producer: None) -> None:
    requested(world)
    for wh in (0, 1_001, MAX_UINT64):
        with world.refused(err.INVALID_AMOUNT):
            world.send(match_buy(world, wh, child_id=1))


def test_match_energy_buy_offer_self_match(world: World, producer: None) -> None:
    world.send(
        buy(world, buyer=world.producer.address, opens_account=False),
        allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=1_000, opens_account=False),
    )
    with world.refused(err.SELF_MATCH):
        world.send(match_buy(world, 1_000, buyer=world.producer.address))


def test_match_energy_buy_offer_no_seller_consent(world: World, producer: None) -> None:
    world.send(buy(world))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_no_seller_consent_without_account(world: World) -> None:
    world.send(buy(world))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000, seller=world.outsider.address))


def test_match_energy_buy_offer_no_seller_consent_of_a_buyer(world: World, producer: None) -> None:
    """Consent to buy is no consent to sell."""
    world.send(buy(world), allow(world, world.producer, buy_price=BUY_PRICE, buy_wh=10_000, opens_account=False))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_no_seller_consent_one_unit_of_price_above(world: World, producer: None) -> None:
    requested(world, sell_price=BUY_PRICE + 1)
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_no_seller_consent_one_wh_short(world: World, producer: None) -> None:
    requested(world, sell_wh=999)
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000))
    world.send(match_buy(world, 999, child_id=1))


def test_match_energy_buy_offer_no_seller_consent_used_up(world: World, producer: None) -> None:
    requested(world, 2_000, sell_wh=1_000)
    world.send(match_buy(world, 600, child_id=1))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 401, offer_id=1, child_id=2))
    world.send(match_buy(world, 400, offer_id=1, child_id=2))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1, offer_id=2, child_id=3))
    assert account_of(world, world.producer).sellWh == 0


def test_match_energy_buy_offer_no_seller_consent_taken_back(world: World, producer: None) -> None:
    requested(world)
    world.send(allow(world, world.producer, opens_account=False))
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1, child_id=1))


def test_match_energy_buy_offer_insufficient_seller_balance(world: World, producer: None) -> None:
    requested(world, MINTED_WH + 1)
    with world.refused(err.INSUFFICIENT_SELLER_BALANCE):
        world.send(match_buy(world, MINTED_WH + 1))
    world.send(match_buy(world, MINTED_WH, child_id=1))


def test_match_energy_buy_offer_insufficient_seller_balance_while_locked(world: World, producer: None) -> None:
    """Energy in a sell offer is not available, whatever the terms say."""
    requested(world, MINTED_WH)
    world.send(sell(world, 1_000))
    with world.refused(err.INSUFFICIENT_SELLER_BALANCE):
        world.send(match_buy(world, MINTED_WH - 1_000 + 1, child_id=1))
    world.send(match_buy(world, MINTED_WH - 1_000, child_id=1))
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh) == (1_000, 1_000)


def test_match_energy_buy_offer_buy_offer_expired(world: World, producer: None) -> None:
    """The last second of an offer is one in which it may still be matched."""
    end = world.clock.now() + 1_000
    consent = allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=10_000, opens_account=False)
    world.send(buy(world, expiry_ts=end), consent)
    world.clock.advance_to(end)
    world.simulate(match_buy(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.BUY_OFFER_EXPIRED):
        world.send(match_buy(world, 1_000))


def test_match_energy_buy_offer_no_seller_consent_any_more(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    consent = allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=10_000, expiry_ts=end, opens_account=False)
    world.send(buy(world), consent)
    world.clock.advance_to(end)
    world.simulate(match_buy(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.NO_SELLER_CONSENT):
        world.send(match_buy(world, 1_000))
