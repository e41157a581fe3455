"""matchEnergyOffer: the operator sells an offer within the buyer's terms."""

from dataclasses import replace

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    MAX_UINT64,
    MINTED_WH,
    NO_ACCOUNT,
    OFFER_MBR,
    SELL_PRICE,
    ZERO_ADDRESS,
    allow,
    cancel_sell,
    match_sell,
    prune_sell,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import (
    account_of,
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
def offered(world: World, wh: int = 1_000, *, buy_wh: int = 10_000, buy_price: int = SELL_PRICE) -> None:
    """The producer offers, and the consumer allows purchases."""
    world.send(sell(world, wh), allow(world, world.consumer, buy_price=buy_price, buy_wh=buy_wh))


def test_match_energy_offer_success(world: World, producer: None) -> None:
    offered(world)
    before = world.balance(world.book.app_address)

    sent = world.send(match_sell(world, 1_000))

    expect_events(sent, offer_matched(world, 0, 1_000), offer_completed(world, 0))
    offer = sell_offer(world, 0)
    assert (offer.status, offer.matchedWh, offer.childId) == (cfg.STATUS_COMPLETED, 1_000, 0)
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh, seller.sellOffers) == (MINTED_WH - 1_000, 0, 1)
    assert account_of(world, world.consumer) == replace(
        NO_ACCOUNT, virtualWh=1_000, maxBuyPrice=SELL_PRICE, buyWh=9_000
    )
    assert counters(world) == {
        "sell_total": 1,
        "sell_active": 0,
        "buy_total": 0,
        "buy_active": 0,
        "minted_wh": MINTED_WH,
        "consumed_wh": 0,
        "traded_wh": 1_000,
        "trades": 1,
    }
    assert world.balance(world.book.app_address) == before


def test_match_energy_offer_success_partial(world: World, producer: None) -> None:
    """Only what is matched is unlocked; the rest stays locked once, in the child."""
    offered(world)
    since_ts = sell_offer(world, 0).sinceTs
    world.clock.advance_to(world.clock.now() + 1_000)
    before = world.balance(world.book.app_address)

    sent = world.send(match_sell(world, 300, child_id=1))

    expect_events(sent, offer_matched(world, 0, 300, new_offer_id=1), offer_created(world, 1, 700, parent_id=0))
    parent = sell_offer(world, 0)
    assert (parent.status, parent.amountWh, parent.matchedWh, parent.childId, parent.paidByFloat) == (
        cfg.STATUS_PARTIALLY_FILLED,
        1_000,
        300,
        1,
        False,
    )
    child = sell_offer(world, 1)
    assert child == replace(
        parent, amountWh=700, matchedWh=0, childId=0, status=cfg.STATUS_ACTIVE, paidByFloat=True, sinceTs=since_ts
    )
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh, seller.sellOffers) == (MINTED_WH - 300, 700, 2)
    assert (counters(world)["sell_total"], counters(world)["sell_active"]) == (2, 1)
    assert world.balance(world.book.app_address) - before == OFFER_MBR


def test_match_energy_offer_success_down_a_line_of_children(world: World, producer: None) -> None:
    offered(world)
    world.send(match_sell(world, 1, child_id=1))
    world.send(match_sell(world, 998, offer_id=1, child_id=2))
    world.send(match_sell(world, 1, offer_id=2))
    assert [sell_offer(world, offer_id).childId for offer_id in range(3)] == [1, 2, 0]
    assert account_of(world, world.producer).lockedWh == 0
    assert account_of(world, world.consumer).virtualWh == 1_000


def test_match_energy_offer_success_locks_other_offers_still(world: World, producer: None) -> None:
    """With everything offered, a match unlocks nothing but itself."""
    world.send(
        sell(world, 4_000),
        sell(world, 1_000, offer_id=1),
        allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1),
    )
    world.send(match_sell(world, 1, child_id=2))
    seller = account_of(world, world.producer)
    assert (seller.virtualWh, seller.lockedWh) == (4_999, 4_999)
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(transfer(world, 1, opens_account=False))


def test_match_energy_offer_success_though_others_were_quicker(world: World, producer: None) -> None:
    offered(world)
    late = match_sell(world, 300, child_id=1)
    world.send(*(sell(world, 1, offer_id=offer_id) for offer_id in range(1, 5)))
    # Box 1 exists by now, so nothing is topped up: the deployment's float pays for the child.
    sent = world.send(late)
    expect_events(sent, offer_matched(world, 0, 300, new_offer_id=5), offer_created(world, 5, 700, parent_id=0))


def test_match_energy_offer_not_owner(world: World, producer: None) -> None:
    offered(world)
    for stranger in (world.outsider, world.producer, world.consumer, world.admin):
        with world.refused(err.NOT_OWNER):
            world.send(match_sell(world, 1_000, sender=stranger.address))


def test_match_energy_offer_is_paused(world: World, producer: None) -> None:
    offered(world)
    pause(world)
    with world.refused(err.IS_PAUSED):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_invalid_address(world: World, producer: None) -> None:
    offered(world)
    with world.refused(err.INVALID_ADDRESS):
        world.send(match_sell(world, 1_000, buyer=ZERO_ADDRESS))


def test_match_energy_offer_invalid_offer_id(world: World, producer: None) -> None:
    offered(world)
    for offer_id in (1, MAX_UINT64):
        with world.refused(err.INVALID_OFFER_ID):
            world.send(match_sell(world, 1_000, offer_id=offer_id))


def test_match_energy_offer_invalid_offer_id_after_prune(world: World, producer: None) -> None:
    offered(world)
    world.send(cancel_sell(world), prune_sell(world, refund_to=world.producer.address))
    with world.refused(err.INVALID_OFFER_ID):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_offer_not_active(world: World, producer: None) -> None:
    offered(world)
    world.send(match_sell(world, 1_000))
    with world.refused(err.OFFER_NOT_ACTIVE):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_offer_not_active_when_partially_filled(world: World, producer: None) -> None:
    offered(world)
    world.send(match_sell(world, 1, child_id=1))
    with world.refused(err.OFFER_NOT_ACTIVE):
        world.send(match_sell(world, 1, child_id=2))


def test_match_energy_offer_invalid_amount(world: World, producer: None) -> None:
    offered(world)
    for wh in (0, 1_001, MAX_UINT64):
        with world.refused(err.INVALID_AMOUNT):
            world.send(match_sell(world, wh, child_id=1))


def test_match_energy_offer_self_match(world: World, producer: None) -> None:
    world.send(
        sell(world),
        allow(world, world.producer, buy_price=SELL_PRICE, buy_wh=1_000, opens_account=False),
    )
    with world.refused(err.SELF_MATCH):
        world.send(match_sell(world, 1_000, buyer=world.producer.address))


def test_match_energy_offer_no_buyer_consent(world: World, producer: None) -> None:
    world.send(sell(world))
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_no_buyer_consent_of_a_seller(world: World, producer: None) -> None:
    """Consent to sell is no consent to buy."""
    world.send(sell(world), allow(world, world.consumer, sell_price=1, sell_wh=10_000))
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_no_buyer_consent_one_unit_of_price_short(world: World, producer: None) -> None:
    offered(world, buy_price=SELL_PRICE - 1)
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1_000))
    world.send(allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1_000, opens_account=False))
    world.send(match_sell(world, 1_000))


def test_match_energy_offer_no_buyer_consent_one_wh_short(world: World, producer: None) -> None:
    offered(world, buy_wh=999)
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1_000))
    world.send(match_sell(world, 999, child_id=1))


def test_match_energy_offer_no_buyer_consent_used_up(world: World, producer: None) -> None:
    offered(world, 2_000, buy_wh=1_000)
    world.send(match_sell(world, 600, child_id=1))
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 401, offer_id=1, child_id=2))
    world.send(match_sell(world, 400, offer_id=1, child_id=2))
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1, offer_id=2, child_id=3))
    assert account_of(world, world.consumer).buyWh == 0


def test_match_energy_offer_no_buyer_consent_taken_back(world: World, producer: None) -> None:
    offered(world)
    world.send(allow(world, world.consumer, opens_account=False))
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1))


def test_match_energy_offer_offer_expired(world: World, producer: None) -> None:
    """The last second of an offer is one in which it may still be matched."""
    end = world.clock.now() + 1_000
    world.send(sell(world, expiry_ts=end), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=10_000))
    world.clock.advance_to(end)
    world.simulate(match_sell(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.OFFER_EXPIRED):
        world.send(match_sell(world, 1_000))


def test_match_energy_offer_offer_expired_of_a_child(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    world.send(sell(world, expiry_ts=end), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=10_000))
    world.send(match_sell(world, 300, child_id=1))
    assert sell_offer(world, 1).expiryTs == end
    world.clock.advance_to(end + 1)
    with world.refused(err.OFFER_EXPIRED):
        world.send(match_sell(world, 700, offer_id=1))


def test_match_energy_offer_no_buyer_consent_any_more(world: World, producer: None) -> None:
    end = world.clock.now() + 1_000
    world.send(sell(world), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=10_000, expiry_ts=end))
    world.clock.advance_to(end)
    world.simulate(match_sell(world, 1_000))
    world.clock.advance_to(end + 1)
    with world.refused(err.NO_BUYER_CONSENT):
        world.send(match_sell(world, 1_000))
