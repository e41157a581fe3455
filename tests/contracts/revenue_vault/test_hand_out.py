import pytest

from gridpact.production.boxes import PROJECT
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import CHECKPOINT_MBR, WRONG_DEPOSITS, current_epoch, pause, with_wrong_payment
from tests.contracts.revenue_vault.expect import assert_sound, line, live_units, transferred, vault
from tests.contracts.revenue_vault.states import closed_out, hand_out, issued, open_for_revenue, sync
from tests.support.checkpoints import checkpoint
from tests.support.events import expect_events, sent_at
from tests.support.world import World


@checkpoint
def returned(world: World) -> None:
    """Holder a's 500 kW are on the vault's own line."""
    open_for_revenue(world)
    closed_out(world, world.holder_a)
    world.send(sync(world, world.holder_a.address))
    # Sync and hand-out in different months, so that the vault's line gets a checkpoint for each.
    world.clock.advance_to(current_epoch(world)[1] + 1)


def test_hand_out_success(world: World) -> None:
    returned(world)
    b = world.holder_b.address
    floated = world.balance(vault(world))

    sent = world.send(hand_out(world, b, 500_000))

    expect_events(sent, transferred(world, vault(world), b, 500_000, 0, 800_000))
    assert (line(world, vault(world)).units, line(world, vault(world)).checkpointCount) == (0, 2)
    assert (line(world, b).units, line(world, b).sinceTs) == (800_000, sent_at(sent))
    assert live_units(world, b) == 800_000
    assert world.balance(vault(world)) - floated == 2 * CHECKPOINT_MBR
    assert_sound(world)


def test_hand_out_not_operator(world: World) -> None:
    returned(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(hand_out(world, world.holder_b.address, 1, sender=world.admin))


def test_hand_out_is_paused(world: World) -> None:
    returned(world)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(hand_out(world, world.holder_b.address, 1))


def test_hand_out_issuance_open(world: World) -> None:
    issued(world)
    with world.refused(err.ISSUANCE_OPEN):
        world.send(hand_out(world, world.holder_b.address, 1))


@pytest.mark.parametrize("place", ["zero", "vault"])
def test_hand_out_invalid_address(world: World, place: str) -> None:
    returned(world)
    receiver = {"zero": PROJECT, "vault": vault(world)}[place]
    with world.refused(err.INVALID_ADDRESS):
        world.send(hand_out(world, receiver, 1))


def test_hand_out_invalid_amount(world: World) -> None:
    returned(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(hand_out(world, world.holder_b.address, 0))


def test_hand_out_insufficient_balance(world: World) -> None:
    returned(world)
    with world.refused(err.INSUFFICIENT_BALANCE):
        world.send(hand_out(world, world.holder_b.address, 500_001))


def test_hand_out_insufficient_balance_before_sync(world: World) -> None:
    """What a holder closed out, and what was never issued, is in the vault's account but not on its line."""
    open_for_revenue(world)
    closed_out(world, world.holder_a)
    assert live_units(world, vault(world)) == 10**15 - 500_000
    with world.refused(err.INSUFFICIENT_BALANCE):
        world.send(hand_out(world, world.holder_b.address, 1))


def test_hand_out_not_opted_in(world: World) -> None:
    returned(world)
    with world.refused(err.NOT_OPTED_IN):
        world.send(hand_out(world, world.holder_a.address, 1))


@pytest.mark.parametrize("fault", WRONG_DEPOSITS)
def test_hand_out_mbr_not_paid(world: World, fault: str) -> None:
    returned(world)
    with world.refused(err.MBR_NOT_PAID):
        world.send(with_wrong_payment(world, hand_out(world, world.holder_b.address, 1), fault))
