"""returnEnergy: what a deposit drew can be allocated after all."""

import pytest

from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.revenue_vault.calls import EPOCH, EXAMPLE_KWH, MAX_UINT64, deposit, pause, return_energy
from tests.contracts.revenue_vault.expect import assert_sound, deposit_of, money
from tests.contracts.revenue_vault.states import claim, deposited
from tests.support.events import ANY_TIME, Expected, expect_events
from tests.support.world import World, call_of

ALL_WH = EXAMPLE_KWH * 1_000


def energy_returned(wh: int, remaining_wh: int) -> Expected:
    """KWhReceipt's event of energy that came back from the vault."""
    return (
        "EnergyReturned",
        {
            "producer": PROJECT,
            "epochId": EPOCH,
            "consumer": receipt_cfg.CONSUMER_VAULT,
            "wh": wh,
            "remainingWh": remaining_wh,
            "reference": 1,
            "timestamp": ANY_TIME,
        },
    )


def deposit_energy_returned(wh: int, returned_wh: int) -> Expected:
    """The vault's own event."""
    return (
        "DepositEnergyReturned",
        {"depositId": 1, "epochId": EPOCH, "wh": wh, "returnedWh": returned_wh, "timestamp": ANY_TIME},
    )


def test_return_energy_success(world: World) -> None:
    deposited(world)
    before = money(world)

    sent = world.send(return_energy(world, 20_000_000))

    expect_events(sent, energy_returned(20_000_000, 20_000_000), deposit_energy_returned(20_000_000, 20_000_000))
    stored = deposit_of(world)
    assert (stored.energyWh, stored.returnedWh) == (ALL_WH, 20_000_000)
    assert money(world) == before
    # It is the project's again: to be allocated, or drawn by the next deposit.
    world.send(ppa_calls.create_agreement(world), ppa_calls.allocate(world, 15_000, total_kwh=EXAMPLE_KWH))
    world.send(deposit(world, 1))
    assert deposit_of(world, 2).energyWh == 5_000_000
    world.send(claim(world, world.holder_a.address))
    assert_sound(world)


def test_return_energy_in_two_parts(world: World) -> None:
    deposited(world)
    world.send(return_energy(world, 1))
    sent = world.send(return_energy(world, ALL_WH - 1))
    expect_events(sent, energy_returned(ALL_WH - 1, ALL_WH), deposit_energy_returned(ALL_WH - 1, ALL_WH))
    with world.refused(err.OVER_DRAWN):
        world.send(return_energy(world, 1))


def test_return_energy_not_operator(world: World) -> None:
    deposited(world)
    for stranger in (world.outsider, world.admin, world.holder_a):
        with world.refused(err.NOT_OPERATOR):
            world.send(return_energy(world, 1, sender=stranger))


def test_return_energy_is_paused(world: World) -> None:
    deposited(world)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(return_energy(world, 1))


def test_return_energy_while_the_receipt_is_paused(world: World) -> None:
    deposited(world)
    world.send(call_of(world.receipt, "pause", [], world.admin))
    world.send(return_energy(world, 1))
    assert deposit_of(world).returnedWh == 1


@pytest.mark.parametrize("deposit_id", [0, 2, MAX_UINT64])
def test_return_energy_invalid_deposit(world: World, deposit_id: int) -> None:
    deposited(world)
    with world.refused(err.INVALID_DEPOSIT):
        world.send(return_energy(world, 1, deposit_id))


def test_return_energy_invalid_amount(world: World) -> None:
    deposited(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(return_energy(world, 0))


def test_return_energy_over_drawn(world: World) -> None:
    """More than the deposit drew, though the vault has drawn as much in all."""
    deposited(world)
    for wh in (ALL_WH + 1, MAX_UINT64):
        with world.refused(err.OVER_DRAWN):
            world.send(return_energy(world, wh))
