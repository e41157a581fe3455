"""The ten scenarios of the offer book's specification, by number, with exactly its events."""

from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    SELL_PRICE,
    allow,
    buy,
    cancel_buy,
    cancel_sell,
    consume,
    match_buy,
    match_sell,
    metered,
    mint,
    record_reading,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import (
    account_of,
    buy_offer,
    buy_offer_cancelled,
    buy_offer_completed,
    buy_offer_created,
    buy_offer_matched,
    energy_drawn,
    energy_minted,
    offer_cancelled,
    offer_completed,
    offer_created,
    offer_matched,
    sell_offer,
)
from tests.contracts.offer_book.states import registered_producer
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_scenario_01_create_sell_offer_flow(world: World) -> None:
    world.send(*metered(world, world.producer, 1_000))
    with world.refused(err.NOT_A_PRODUCER):
        world.send(sell(world, 1_000))
    minted = world.send(mint(world, 1_000))
    expect_events(minted, energy_drawn(world, 1_000, 0), energy_minted(world, 1_000))

    created = world.send(sell(world, 1_000))

    expect_events(created, offer_created(world, 0, 1_000))
    assert sell_offer(world, 0).status == cfg.STATUS_ACTIVE
    assert account_of(world, world.producer).lockedWh == 1_000


def test_scenario_02_full_sell_match_flow(world: World) -> None:
    registered_producer(world)
    world.send(sell(world, 1_000), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1_000))

    matched = world.send(match_sell(world, 1_000))

    expect_events(matched, offer_matched(world, 0, 1_000), offer_completed(world, 0))
    # The record of the transaction is the event and what stands in the closed offer.
    offer = sell_offer(world, 0)
    assert (offer.status, offer.matchedWh, offer.childId) == (cfg.STATUS_COMPLETED, 1_000, 0)
    assert account_of(world, world.consumer).virtualWh == 1_000


def test_scenario_03_partial_sell_match_flow(world: World) -> None:
    registered_producer(world)
    world.send(sell(world, 2_000), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1_000))

    matched = world.send(match_sell(world, 1_000, child_id=1))

    child = offer_created(world, 1, 1_000, parent_id=0)
    expect_events(matched, offer_matched(world, 0, 1_000, new_offer_id=1), child)
    assert sell_offer(world, 0).status == cfg.STATUS_PARTIALLY_FILLED
    assert (sell_offer(world, 1).status, sell_offer(world, 1).amountWh) == (cfg.STATUS_ACTIVE, 1_000)
    # Locked once: the specification's own steps would lock the remainder twice.
    assert account_of(world, world.producer).lockedWh == 1_000


def test_scenario_04_cancel_sell_offer_flow(world: World) -> None:
    registered_producer(world)
    world.send(sell(world, 1_000))

    cancelled = world.send(cancel_sell(world))

    expect_events(cancelled, offer_cancelled(world, 0, 1_000))
    assert sell_offer(world, 0).status == cfg.STATUS_CANCELLED
    assert account_of(world, world.producer).lockedWh == 0


def test_scenario_05_balance_lock_test(world: World) -> None:
    registered_producer(world, 1_000)
    expect_events(world.send(sell(world, 1_000)), offer_created(world, 0, 1_000))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(sell(world, 100, offer_id=1))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(transfer(world, 1))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(consume(world, 1))


def test_scenario_06_create_buy_offer_flow_without_registration(world: World) -> None:
    created = world.send(buy(world, 1_000))
    expect_events(created, buy_offer_created(world, 0, 1_000))
    assert buy_offer(world, 0).status == cfg.STATUS_ACTIVE
    assert account_of(world, world.consumer).producedWh == 0


def test_scenario_07_full_buy_match_flow(world: World) -> None:
    registered_producer(world)
    world.send(
        buy(world, 1_000), allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=1_000, opens_account=False)
    )

    matched = world.send(match_buy(world, 1_000))

    expect_events(matched, buy_offer_matched(world, 0, 1_000), buy_offer_completed(world, 0))
    assert buy_offer(world, 0).status == cfg.STATUS_COMPLETED
    assert account_of(world, world.consumer).virtualWh == 1_000
    assert account_of(world, world.producer).virtualWh == 4_000


def test_scenario_08_partial_buy_match_flow(world: World) -> None:
    registered_producer(world)
    world.send(
        buy(world, 2_000), allow(world, world.producer, sell_price=SELL_PRICE, sell_wh=1_000, opens_account=False)
    )

    matched = world.send(match_buy(world, 1_000, child_id=1))

    child = buy_offer_created(world, 1, 1_000, parent_id=0)
    expect_events(matched, buy_offer_matched(world, 0, 1_000, new_offer_id=1), child)
    assert buy_offer(world, 0).status == cfg.STATUS_PARTIALLY_FILLED
    assert (buy_offer(world, 1).status, buy_offer(world, 1).amountWh) == (cfg.STATUS_ACTIVE, 1_000)


def test_scenario_09_cancel_buy_offer_flow(world: World) -> None:
    world.send(buy(world, 1_000))

    cancelled = world.send(cancel_buy(world))

    expect_events(cancelled, buy_offer_cancelled(world, 0, 1_000))
    assert buy_offer(world, 0).status == cfg.STATUS_CANCELLED


def test_scenario_10_no_balance_lock_test(world: World) -> None:
    registered_producer(world)
    producer = world.producer.address
    first = world.send(buy(world, 1_000, buyer=producer, opens_account=False))
    second = world.send(buy(world, 2_000, offer_id=1, buyer=producer, opens_account=False))
    expect_events(first, buy_offer_created(world, 0, 1_000, buyer=producer))
    expect_events(second, buy_offer_created(world, 1, 2_000, buyer=producer))
    assert account_of(world, world.producer).lockedWh == 0

    transferred = world.send(transfer(world, 5_000))

    expect_events(
        transferred,
        (
            "EnergyTransferred",
            {"sender": producer, "receiver": world.consumer.address, "amountWh": 5_000, "timestamp": ANY_TIME},
        ),
    )


def test_locks_are_cumulative(world: World) -> None:
    """Offers of 1000, 500 and 200 Wh lock 1000, 1500 and 1700."""
    registered_producer(world)
    locked = []
    for offer_id, wh in enumerate((1_000, 500, 200)):
        expect_events(world.send(sell(world, wh, offer_id=offer_id)), offer_created(world, offer_id, wh))
        locked.append(account_of(world, world.producer).lockedWh)
    assert locked == [1_000, 1_500, 1_700]


def test_virtual_locked_and_available(world: World) -> None:
    """5000 Wh with 1000 in one active offer leave 4000 for new offers or transfers."""
    registered_producer(world, 5_000)
    expect_events(world.send(sell(world, 1_000)), offer_created(world, 0, 1_000))
    account = account_of(world, world.producer)
    assert (account.virtualWh, account.lockedWh, account.virtualWh - account.lockedWh) == (5_000, 1_000, 4_000)
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(sell(world, 4_001, offer_id=1))
    expect_events(world.send(sell(world, 4_000, offer_id=1)), offer_created(world, 1, 4_000))


def test_a_line_of_partial_matches_unlocks_only_what_is_matched(world: World) -> None:
    registered_producer(world)
    world.send(sell(world, 1_000), allow(world, world.consumer, buy_price=SELL_PRICE, buy_wh=1_000))
    locked = []
    for offer_id in range(4):
        world.send(match_sell(world, 100, offer_id=offer_id, child_id=offer_id + 1))
        account = account_of(world, world.producer)
        locked.append((account.virtualWh, account.lockedWh))
    assert locked == [(4_900, 900), (4_800, 800), (4_700, 700), (4_600, 600)]


def test_mint_spark_is_one_group(world: World) -> None:
    """A reading of the producer's meter and the credit for it, at once."""
    world.send(*metered(world, world.producer, 1_000))
    sent = world.send(record_reading(world, world.producer, 2_500, interval_id=2), mint(world, 3_500))
    assert [event.name for event in sent.events] == ["ProductionRecorded", "EnergyDrawn", "EnergyMinted"]
    assert account_of(world, world.producer).virtualWh == 3_500
