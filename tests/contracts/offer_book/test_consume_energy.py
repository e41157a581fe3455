"""consumeEnergy: only what is not locked."""

from dataclasses import replace

from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import MAX_UINT64, MINTED_WH, NO_ACCOUNT, PRODUCER, consume, sell, transfer
from tests.contracts.offer_book.expect import account_of, counters
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_consume_energy_success(world: World, producer: None) -> None:
    sent = world.send(consume(world, 1_200))

    expect_events(
        sent,
        ("EnergyConsumed", {"account": world.producer.address, "amountWh": 1_200, "timestamp": ANY_TIME}),
    )
    assert account_of(world, world.producer) == replace(PRODUCER, virtualWh=MINTED_WH - 1_200)
    assert (counters(world)["minted_wh"], counters(world)["consumed_wh"]) == (MINTED_WH, 1_200)


def test_consume_energy_success_of_a_consumer(world: World, producer: None) -> None:
    world.send(transfer(world, 700), consume(world, 700, world.consumer.address))
    assert account_of(world, world.consumer) == NO_ACCOUNT


def test_consume_energy_success_while_paused(world: World, producer: None, paused_book: None) -> None:
    world.send(consume(world, MINTED_WH))
    assert account_of(world, world.producer).virtualWh == 0


def test_consume_energy_invalid_amount(world: World, producer: None) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(consume(world, 0))


def test_consume_energy_insufficient_available_balance(world: World, producer: None) -> None:
    for wh in (MINTED_WH + 1, MAX_UINT64):
        with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
            world.send(consume(world, wh))


def test_consume_energy_insufficient_available_balance_while_locked(world: World, producer: None) -> None:
    world.send(sell(world, 1_000))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(consume(world, MINTED_WH - 1_000 + 1))
    world.send(consume(world, MINTED_WH - 1_000))


def test_consume_energy_insufficient_available_balance_without_account(world: World) -> None:
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(consume(world, 1, world.outsider.address))
