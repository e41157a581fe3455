"""createEnergyOffer: registered producers lock what they offer."""

from dataclasses import asdict

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    MAX_UINT64,
    MINTED_WH,
    OFFER_MBR,
    SELL_PRICE,
    SHORT_DEPOSITS,
    SPOILED_DEPOSITS,
    overpaid,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import account_of, counters, offer_created, sell_offer
from tests.contracts.offer_book.states import registered_producer
from tests.support.events import expect_events, sent_at
from tests.support.world import World


def test_create_energy_offer_success(world: World, producer: None) -> None:
    before = world.balance(world.book.app_address)

    sent = world.send(sell(world, 1_000))

    expect_events(sent, offer_created(world, 0, 1_000))
    assert sent.returns == (0,)
    assert asdict(sell_offer(world, 0)) == {
        "maker": world.producer.address,
        "amountWh": 1_000,
        "pricePerKwh": SELL_PRICE,
        "sinceTs": sent_at(sent),
        "matchedWh": 0,
        "childId": 0,
        "status": cfg.STATUS_ACTIVE,
        "paidByFloat": False,
        "expiryTs": 0,
    }
    account = account_of(world, world.producer)
    assert (account.virtualWh, account.lockedWh, account.sellOffers) == (MINTED_WH, 1_000, 1)
    assert (counters(world)["sell_total"], counters(world)["sell_active"]) == (1, 1)
    assert world.balance(world.book.app_address) - before == OFFER_MBR


def test_create_energy_offer_success_with_an_expiry(world: World, producer: None) -> None:
    now = world.clock.now()
    sent = world.send(sell(world, 1_000, expiry_ts=now))
    expect_events(sent, offer_created(world, 0, 1_000, expiry_ts=now))
    assert sell_offer(world, 0).expiryTs == now


def test_create_energy_offer_success_pays_the_rest_back(world: World, producer: None) -> None:
    before = world.balance(world.book.app_address)
    world.send(overpaid(sell(world, 1_000), 1))
    assert world.balance(world.book.app_address) - before == OFFER_MBR


def test_create_energy_offer_invalid_expiry(world: World, producer: None) -> None:
    now = world.clock.now()
    for expiry_ts in (1, now - 1):
        with world.refused(err.INVALID_EXPIRY):
            world.send(sell(world, expiry_ts=expiry_ts))


def test_create_energy_offer_success_locks_cumulate(world: World, producer: None) -> None:
    """1000, 500 and 200 Wh lock 1000, 1500 and 1700."""
    locked = []
    for offer_id, wh in enumerate((1_000, 500, 200)):
        world.send(sell(world, wh, offer_id=offer_id))
        locked.append(account_of(world, world.producer).lockedWh)
    assert locked == [1_000, 1_500, 1_700]


def test_create_energy_offer_success_in_one_group(world: World, producer: None) -> None:
    """Two equal offers are two offers: their deposits differ in the note."""
    sent = world.send(sell(world, 10, offer_id=0), sell(world, 10, offer_id=1))
    assert sent.returns == (0, 1)
    assert account_of(world, world.producer).lockedWh == 20


def test_create_energy_offer_success_though_others_were_quicker(world: World, producer: None) -> None:
    late = sell(world, 10, offer_id=0)
    for offer_id in range(4):
        world.send(sell(world, 11 + offer_id, offer_id=offer_id))
    assert world.send(late).returns == (4,)


def test_create_energy_offer_success_at_the_bounds(world: World) -> None:
    registered_producer(world, 10**12)
    world.send(sell(world, 10**12, 10**11))
    assert sell_offer(world, 0).pricePerKwh == 10**11


def test_create_energy_offer_is_paused(world: World, producer: None, paused_book: None) -> None:
    with world.refused(err.IS_PAUSED):
        world.send(sell(world))


def test_create_energy_offer_invalid_amount(world: World, producer: None) -> None:
    for wh, price in ((0, SELL_PRICE), (1, 0), (0, 0)):
        with world.refused(err.INVALID_AMOUNT):
            world.send(sell(world, wh, price))


def test_create_energy_offer_amount_too_large(world: World) -> None:
    registered_producer(world, 2 * 10**12)
    for wh, price in ((10**12 + 1, SELL_PRICE), (1, 10**11 + 1), (MAX_UINT64, SELL_PRICE), (1, MAX_UINT64)):
        with world.refused(err.AMOUNT_TOO_LARGE):
            world.send(sell(world, wh, price))


def test_create_energy_offer_not_a_producer(world: World) -> None:
    with world.refused(err.NOT_A_PRODUCER):
        world.send(sell(world, seller=world.outsider.address))


def test_create_energy_offer_not_a_producer_with_credit_of_others(world: World, producer: None) -> None:
    world.send(transfer(world, 1_000))
    with world.refused(err.NOT_A_PRODUCER):
        world.send(sell(world, 1, seller=world.consumer.address))


def test_create_energy_offer_not_a_producer_though_operator(world: World, producer: None) -> None:
    with world.refused(err.NOT_A_PRODUCER):
        world.send(sell(world, 1, seller=world.operator.address))


def test_create_energy_offer_insufficient_available_balance(world: World, producer: None) -> None:
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(sell(world, MINTED_WH + 1))


def test_create_energy_offer_insufficient_available_balance_while_locked(world: World, producer: None) -> None:
    """5000 Wh with 1000 offered leave 4000."""
    world.send(sell(world, 1_000))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(sell(world, 4_001, offer_id=1))
    world.send(sell(world, 4_000, offer_id=1))
    assert account_of(world, world.producer).lockedWh == MINTED_WH


def test_create_energy_offer_mbr_not_paid(world: World, producer: None) -> None:
    for spoil in (SPOILED_DEPOSITS | SHORT_DEPOSITS).values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, sell(world)))
