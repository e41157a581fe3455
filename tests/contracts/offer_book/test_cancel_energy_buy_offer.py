"""cancelEnergyBuyOffer: the buyer or the operator, once."""

from dataclasses import replace

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import MAX_UINT64, NO_ACCOUNT, buy, cancel_buy, prune_buy
from tests.contracts.offer_book.expect import account_of, buy_offer, buy_offer_cancelled, counters
from tests.contracts.offer_book.states import pause
from tests.support.events import expect_events
from tests.support.world import World


def test_cancel_energy_buy_offer_success(world: World) -> None:
    world.send(buy(world, 1_000), buy(world, 500, offer_id=1, opens_account=False))

    sent = world.send(cancel_buy(world))

    expect_events(sent, buy_offer_cancelled(world, 0, 1_000))
    offer = buy_offer(world, 0)
    assert (offer.status, offer.amountWh, offer.matchedWh, offer.childId) == (cfg.STATUS_CANCELLED, 1_000, 0, 0)
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, buyOffers=2, openBuyOffers=1)
    assert (counters(world)["buy_total"], counters(world)["buy_active"]) == (2, 1)


def test_cancel_energy_buy_offer_success_by_the_operator(world: World) -> None:
    world.send(buy(world, 1_000))
    sent = world.send(cancel_buy(world, sender=world.operator.address))
    expect_events(sent, buy_offer_cancelled(world, 0, 1_000))


def test_cancel_energy_buy_offer_success_by_its_buyer_while_paused(world: World) -> None:
    world.send(buy(world, 1_000))
    pause(world)
    expect_events(world.send(cancel_buy(world)), buy_offer_cancelled(world, 0, 1_000))


def test_cancel_energy_buy_offer_is_paused(world: World) -> None:
    """A stolen operator's key does nothing to others' offers while the book is paused."""
    world.send(buy(world, 1_000))
    pause(world)
    with world.refused(err.IS_PAUSED):
        world.send(cancel_buy(world, sender=world.operator.address))


def test_cancel_energy_buy_offer_invalid_buy_offer_id(world: World) -> None:
    for offer_id in (0, 1, MAX_UINT64):
        with world.refused(err.INVALID_BUY_OFFER_ID):
            world.send(cancel_buy(world, offer_id))


def test_cancel_energy_buy_offer_invalid_buy_offer_id_after_prune(world: World) -> None:
    world.send(buy(world), cancel_buy(world), prune_buy(world, refund_to=world.consumer.address))
    with world.refused(err.INVALID_BUY_OFFER_ID):
        world.send(cancel_buy(world))


def test_cancel_energy_buy_offer_buy_offer_not_active(world: World) -> None:
    world.send(buy(world), cancel_buy(world))
    with world.refused(err.BUY_OFFER_NOT_ACTIVE):
        world.send(cancel_buy(world, sender=world.operator.address))


def test_cancel_energy_buy_offer_not_buy_offer_buyer(world: World) -> None:
    world.send(buy(world))
    for stranger in (world.outsider, world.admin, world.producer):
        with world.refused(err.NOT_BUY_OFFER_BUYER):
            world.send(cancel_buy(world, sender=stranger.address))
