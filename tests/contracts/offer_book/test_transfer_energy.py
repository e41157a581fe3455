"""transferEnergy: only what is not locked, to somebody who can give it back."""

from dataclasses import replace

import pytest

from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    MINTED_WH,
    NO_ACCOUNT,
    PRODUCER,
    SHORT_DEPOSITS,
    SPOILED_DEPOSITS,
    ZERO_ADDRESS,
    sell,
    transfer,
)
from tests.contracts.offer_book.expect import account_of
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_transfer_energy_success(world: World, producer: None) -> None:
    before = world.balance(world.book.app_address)

    sent = world.send(transfer(world, 1_200))

    expect_events(
        sent,
        (
            "EnergyTransferred",
            {
                "sender": world.producer.address,
                "receiver": world.consumer.address,
                "amountWh": 1_200,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert account_of(world, world.producer) == replace(PRODUCER, virtualWh=MINTED_WH - 1_200)
    # Credit from others makes nobody a producer.
    assert account_of(world, world.consumer) == replace(NO_ACCOUNT, virtualWh=1_200)
    assert world.balance(world.book.app_address) - before == ACCOUNT_MBR


def test_transfer_energy_success_to_an_account_with_a_box(world: World, producer: None) -> None:
    world.send(transfer(world, 1), transfer(world, MINTED_WH - 1, opens_account=False))
    assert account_of(world, world.consumer).virtualWh == MINTED_WH
    assert account_of(world, world.producer).virtualWh == 0


def test_transfer_energy_success_while_paused(world: World, producer: None, paused_book: None) -> None:
    world.send(transfer(world, 1))
    assert account_of(world, world.consumer).virtualWh == 1


def test_transfer_energy_invalid_address(world: World, producer: None) -> None:
    with world.refused(err.INVALID_ADDRESS):
        world.send(transfer(world, 1, receiver=ZERO_ADDRESS))


@pytest.mark.parametrize("app", ["receipt", "ppa", "vault", "book"])
def test_transfer_energy_invalid_address_of_an_app(world: World, producer: None, app: str) -> None:
    """None of the four can consume it or give it back."""
    address = getattr(world, app).app_address
    with world.refused(err.INVALID_ADDRESS):
        world.send(transfer(world, 1, receiver=address))


def test_transfer_energy_self_transfer(world: World, producer: None) -> None:
    with world.refused(err.SELF_TRANSFER):
        world.send(transfer(world, 1, receiver=world.producer.address, opens_account=False))


def test_transfer_energy_invalid_amount(world: World, producer: None) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(transfer(world, 0))


def test_transfer_energy_insufficient_available_balance(world: World, producer: None) -> None:
    for excess_wh in (1, 2**64 - 1 - MINTED_WH):
        with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
            world.send(transfer(world, MINTED_WH + excess_wh))


def test_transfer_energy_insufficient_available_balance_while_locked(world: World, producer: None) -> None:
    world.send(sell(world, 1_000))
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(transfer(world, MINTED_WH - 1_000 + 1))
    world.send(transfer(world, MINTED_WH - 1_000))


def test_transfer_energy_insufficient_available_balance_without_account(world: World) -> None:
    with world.refused(err.INSUFFICIENT_AVAILABLE_BALANCE):
        world.send(transfer(world, 1, sender=world.outsider.address))


def test_transfer_energy_mbr_not_paid(world: World, producer: None) -> None:
    for spoil in (SPOILED_DEPOSITS | SHORT_DEPOSITS).values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, transfer(world, 1)))


def test_transfer_energy_mbr_not_paid_where_nothing_is_due(world: World, producer: None) -> None:
    world.send(transfer(world, 1))
    for spoil in SPOILED_DEPOSITS.values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, transfer(world, 1, opens_account=False)))


def test_transfer_energy_success_though_others_opened_the_account(world: World, producer: None) -> None:
    late = transfer(world, 2)
    world.send(transfer(world, 1))
    before = world.balance(world.book.app_address)
    world.send(late)
    assert world.balance(world.book.app_address) == before
    assert account_of(world, world.consumer).virtualWh == 3
