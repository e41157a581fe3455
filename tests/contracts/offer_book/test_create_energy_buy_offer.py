"""createEnergyBuyOffer: anyone asks; nothing is locked."""

from dataclasses import asdict, replace

from algokit_utils import AlgoAmount

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    BUY_PRICE,
    MAX_UINT64,
    MINTED_WH,
    NO_ACCOUNT,
    OFFER_MBR,
    SHORT_DEPOSITS,
    SPOILED_DEPOSITS,
    buy,
    overpaid,
    transfer,
    with_deposit,
)
from tests.contracts.offer_book.expect import account_of, buy_offer, buy_offer_created, counters
from tests.support.events import expect_events, sent_at
from tests.support.world import World


def test_create_energy_buy_offer_success(world: World) -> None:
    before = world.balance(world.book.app_address)

    sent = world.send(buy(world, 1_000))

    expect_events(sent, buy_offer_created(world, 0, 1_000))
    assert sent.returns == (0,)
    assert asdict(buy_offer(world, 0)) == {
        "maker": world.consumer.address,
        "amountWh": 1_000,
        "pricePerKwh": BUY_PRICE,
        "sinceTs": sent_at(sent),
        "matchedWh": 0,
        "childId": 0,
        "status": cfg.STATUS_ACTIVE,
        "paidByFloat": False,
        "expiryTs": 0,
    }
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, buyOffers=1, openBuyOffers=1)
    assert (counters(world)["buy_total"], counters(world)["buy_active"]) == (1, 1)
    assert world.balance(world.book.app_address) - before == OFFER_MBR + ACCOUNT_MBR


def test_create_energy_buy_offer_success_of_a_producer_locks_nothing(world: World, producer: None) -> None:
    before = world.balance(world.book.app_address)
    world.send(buy(world, 1_000, buyer=world.producer.address, opens_account=False))
    account = account_of(world, world.producer)
    assert (account.virtualWh, account.lockedWh, account.buyOffers) == (MINTED_WH, 0, 1)
    assert world.balance(world.book.app_address) - before == OFFER_MBR


def test_create_energy_buy_offer_success_twice_in_one_group(world: World) -> None:
    sent = world.send(buy(world, 10), buy(world, 10, offer_id=1, opens_account=False))
    assert sent.returns == (0, 1)
    assert account_of(world, world.consumer).buyOffers == 2


def test_create_energy_buy_offer_success_at_the_bounds(world: World) -> None:
    world.send(buy(world, 10**12, 10**11))
    assert buy_offer(world, 0).amountWh == 10**12


def test_create_energy_buy_offer_success_though_others_opened_the_account(world: World, producer: None) -> None:
    """A signed first offer does not depend on what others do for its maker: the rest of its deposit comes back."""
    first = buy(world, 1_000)
    world.send(transfer(world, 1))
    before = world.balance(world.book.app_address)
    own = world.balance(world.consumer.address)
    world.send(first)
    assert world.balance(world.book.app_address) - before == OFFER_MBR
    assert own - world.balance(world.consumer.address) == OFFER_MBR + 3_000  # the deposit, and three fees


def test_create_energy_buy_offer_success_pays_the_rest_back(world: World) -> None:
    before = world.balance(world.book.app_address)
    for microalgo in (1, 10**6):
        offer_id = counters(world)["buy_total"]
        world.send(overpaid(buy(world, 1_000, offer_id=offer_id, opens_account=offer_id == 0), microalgo))
    assert world.balance(world.book.app_address) - before == 2 * OFFER_MBR + ACCOUNT_MBR


def test_create_energy_buy_offer_success_with_an_expiry(world: World) -> None:
    now = world.clock.now()
    sent = world.send(buy(world, 1_000, expiry_ts=now))
    expect_events(sent, buy_offer_created(world, 0, 1_000, expiry_ts=now))
    assert buy_offer(world, 0).expiryTs == now


def test_create_energy_buy_offer_invalid_expiry(world: World) -> None:
    now = world.clock.now()
    for expiry_ts in (1, now - 1):
        with world.refused(err.INVALID_EXPIRY):
            world.send(buy(world, expiry_ts=expiry_ts))


def test_create_energy_buy_offer_is_paused(world: World, paused_book: None) -> None:
    with world.refused(err.IS_PAUSED):
        world.send(buy(world))


def test_create_energy_buy_offer_invalid_amount(world: World) -> None:
    for wh, price in ((0, BUY_PRICE), (1, 0), (0, 0)):
        with world.refused(err.INVALID_AMOUNT):
            world.send(buy(world, wh, price))


def test_create_energy_buy_offer_amount_too_large(world: World) -> None:
    for wh, price in ((10**12 + 1, BUY_PRICE), (1, 10**11 + 1), (MAX_UINT64, BUY_PRICE), (1, MAX_UINT64)):
        with world.refused(err.AMOUNT_TOO_LARGE):
            world.send(buy(world, wh, price))


def test_create_energy_buy_offer_mbr_not_paid(world: World) -> None:
    for spoil in (SPOILED_DEPOSITS | SHORT_DEPOSITS).values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, buy(world)))


def test_create_energy_buy_offer_mbr_not_paid_with_an_account(world: World, producer: None) -> None:
    call = buy(world, buyer=world.producer.address, opens_account=False)
    for spoil in (SPOILED_DEPOSITS | SHORT_DEPOSITS).values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, call))


def test_create_energy_buy_offer_mbr_not_paid_for_one_of_two_boxes(world: World) -> None:
    for deposit in (OFFER_MBR, ACCOUNT_MBR):
        with world.refused(err.MBR_NOT_PAID):
            world.send(with_deposit(buy(world), amount=AlgoAmount.from_micro_algo(deposit)))
