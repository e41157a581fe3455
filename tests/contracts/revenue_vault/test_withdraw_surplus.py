"""withdrawSurplus: the admin takes what neither a deposit of storage nor a holder has a claim on."""

import pytest

from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import EXAMPLE_MICROALGO, MAX_UINT64, deposit, withdraw
from tests.contracts.revenue_vault.expect import assert_sound, free_microalgo, money
from tests.contracts.revenue_vault.states import claim, deposited, gift
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


@pytest.fixture
def spare(world: World) -> int:
    """Deposits are owed and carried, and somebody has paid to the vault; what is nobody's, in microALGO."""
    deposited(world)
    world.send(deposit(world, 1_000_001), gift(world, 123_456))
    assert money(world)["carried"] == 1
    return free_microalgo(world) - EXAMPLE_MICROALGO - 1_000_001


def test_withdraw_surplus_success(world: World, spare: int) -> None:
    own = world.balance(world.admin.address)

    sent = world.send(withdraw(world, spare))

    expect_events(
        sent,
        (
            "SurplusWithdrawn",
            {"admin": world.admin.address, "amountMicroalgo": spare, "timestamp": ANY_TIME},
        ),
    )
    assert world.balance(world.admin.address) - own == spare - 2_000
    assert free_microalgo(world) == money(world)["owed"] + money(world)["carried"]
    # Every holder still gets the last microALGO.
    for holder in (world.holder_a, world.holder_b, world.holder_c):
        world.send(claim(world, holder.address), claim(world, holder.address, 2))
    assert free_microalgo(world) == money(world)["carried"] == 1
    assert_sound(world)


def test_withdraw_surplus_not_admin(world: World, spare: int) -> None:
    for stranger in (world.operator, world.outsider, world.holder_a):
        with world.refused(err.NOT_ADMIN):
            world.send(withdraw(world, 1, stranger))


def test_withdraw_surplus_invalid_amount(world: World, spare: int) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(withdraw(world, 0))


def test_withdraw_surplus_over_surplus(world: World, spare: int) -> None:
    for microalgo in (spare + 1, free_microalgo(world), MAX_UINT64):
        with world.refused(err.OVER_SURPLUS):
            world.send(withdraw(world, microalgo))
