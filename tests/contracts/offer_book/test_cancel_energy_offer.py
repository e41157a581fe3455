"""cancelEnergyOffer: the seller or the operator, once; the energy is free again."""

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    BUY_PRICE,
    MAX_UINT64,
    MINTED_WH,
    allow,
    cancel_sell,
    match_sell,
    prune_sell,
    sell,
)
from tests.contracts.offer_book.expect import account_of, counters, offer_cancelled, sell_offer
from tests.contracts.offer_book.states import pause
from tests.support.events import expect_events
from tests.support.world import World


def test_cancel_energy_offer_success(world: World, producer: None) -> None:
    world.send(sell(world, 1_000), sell(world, 500, offer_id=1))

    sent = world.send(cancel_sell(world))

    expect_events(sent, offer_cancelled(world, 0, 1_000))
    offer = sell_offer(world, 0)
    assert (offer.status, offer.amountWh, offer.matchedWh, offer.childId) == (cfg.STATUS_CANCELLED, 1_000, 0, 0)
    account = account_of(world, world.producer)
    assert (account.virtualWh, account.lockedWh, account.sellOffers) == (MINTED_WH, 500, 2)
    assert (counters(world)["sell_total"], counters(world)["sell_active"]) == (2, 1)


def test_cancel_energy_offer_success_by_the_operator(world: World, producer: None) -> None:
    world.send(sell(world, 1_000))
    expect_events(world.send(cancel_sell(world, sender=world.operator.address)), offer_cancelled(world, 0, 1_000))
    assert account_of(world, world.producer).lockedWh == 0


def test_cancel_energy_offer_success_by_its_seller_while_paused(world: World, producer: None) -> None:
    world.send(sell(world, 1_000))
    pause(world)
    expect_events(world.send(cancel_sell(world)), offer_cancelled(world, 0, 1_000))


def test_cancel_energy_offer_is_paused(world: World, producer: None) -> None:
    """A stolen operator's key does nothing to others' offers while the book is paused."""
    world.send(sell(world, 1_000))
    pause(world)
    with world.refused(err.IS_PAUSED):
        world.send(cancel_sell(world, sender=world.operator.address))


def test_cancel_energy_offer_success_of_an_expired_one(world: World, producer: None) -> None:
    world.send(sell(world, 1_000, expiry_ts=world.clock.now()))
    world.clock.advance_to(world.clock.now() + 1_000)
    expect_events(world.send(cancel_sell(world)), offer_cancelled(world, 0, 1_000))
    assert account_of(world, world.producer).lockedWh == 0


def test_cancel_energy_offer_success_of_a_child(world: World, producer: None) -> None:
    world.send(sell(world, 1_000), allow(world, world.consumer, buy_price=BUY_PRICE, buy_wh=300))
    world.send(match_sell(world, 300, child_id=1))
    expect_events(world.send(cancel_sell(world, 1)), offer_cancelled(world, 1, 700))
    account = account_of(world, world.producer)
    assert (account.virtualWh, account.lockedWh) == (MINTED_WH - 300, 0)


def test_cancel_energy_offer_invalid_offer_id(world: World) -> None:
    for offer_id in (0, 1, MAX_UINT64):
        with world.refused(err.INVALID_OFFER_ID):
            world.send(cancel_sell(world, offer_id))


def test_cancel_energy_offer_invalid_offer_id_after_prune(world: World, producer: None) -> None:
    world.send(sell(world), cancel_sell(world), prune_sell(world, refund_to=world.producer.address))
    with world.refused(err.INVALID_OFFER_ID):
        world.send(cancel_sell(world))


def test_cancel_energy_offer_offer_not_active(world: World, producer: None) -> None:
    world.send(sell(world), cancel_sell(world))
    with world.refused(err.OFFER_NOT_ACTIVE):
        world.send(cancel_sell(world, sender=world.operator.address))


def test_cancel_energy_offer_not_offer_seller(world: World, producer: None) -> None:
    world.send(sell(world))
    for stranger in (world.outsider, world.admin, world.consumer):
        with world.refused(err.NOT_OFFER_SELLER):
            world.send(cancel_sell(world, sender=stranger.address))
