from dataclasses import replace

import pytest

from gridpact.contracts.revenue_vault_client import Holder
from gridpact.production.boxes import PROJECT
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import (
    CHECKPOINT_MBR,
    HOLDER_MBR,
    NO_CLAIMS,
    WRONG_DEPOSITS,
    opt_in,
    overpaid,
    pause,
    with_wrong_payment,
)
from tests.contracts.revenue_vault.expect import assert_sound, checkpoint_of, line, live_units, transferred, vault
from tests.contracts.revenue_vault.states import closed_out, issued, move, open_for_revenue, transfer
from tests.support.events import expect_events, sent_at
from tests.support.full_state import boxes_of
from tests.support.world import World


def test_transfer_success(world: World) -> None:
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    floated = world.balance(vault(world))

    sent = world.send(transfer(world, world.holder_a, b, 100_000))

    expect_events(sent, transferred(world, a, b, 100_000, 400_000, 400_000))
    now = sent_at(sent)
    last = Holder(units=400_000, sinceTs=now, checkpointCount=2, paidMicroalgo=0, claimed=NO_CLAIMS)
    assert line(world, a) == last
    assert line(world, b) == last
    assert checkpoint_of(world, a, 0) == {"sinceTs": 0, "units": 500_000}
    assert checkpoint_of(world, b, 0) == {"sinceTs": 0, "units": 300_000}
    assert (live_units(world, a), live_units(world, b)) == (400_000, 400_000)
    assert world.balance(vault(world)) - floated == 2 * CHECKPOINT_MBR
    assert_sound(world)


def test_transfer_of_all_units_to_a_new_holder(world: World) -> None:
    open_for_revenue(world)
    a, new = world.holder_a.address, world.consumer.address
    world.send(opt_in(world, world.consumer))
    floated = world.balance(vault(world))

    sent = world.send(transfer(world, world.holder_a, new, 500_000))

    expect_events(sent, transferred(world, a, new, 500_000, 0, 500_000))
    assert line(world, new) == Holder(
        units=500_000, sinceTs=sent_at(sent), checkpointCount=1, paidMicroalgo=0, claimed=NO_CLAIMS
    )
    assert world.balance(vault(world)) - floated == CHECKPOINT_MBR + HOLDER_MBR
    assert_sound(world)


def test_transfer_twice_in_the_same_second(world: World) -> None:
    """The second one replaces the checkpoints of the first, and makes no box."""
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    first = transfer(world, world.holder_a, b, 100_000)
    again = replace(move(world, a, b), deposit_microalgo=0)
    payment = world.vault_calls.storage_payment(a, again)

    sent = world.send(first, world.vault_calls.transfer(a, payment, again, 1))

    expect_events(
        sent, transferred(world, a, b, 100_000, 400_000, 400_000), transferred(world, a, b, 1, 399_999, 400_001)
    )
    for holder, units, before in ((a, 399_999, 500_000), (b, 400_001, 300_000)):
        assert line(world, holder) == Holder(
            units=units, sinceTs=sent_at(sent), checkpointCount=2, paidMicroalgo=0, claimed=NO_CLAIMS
        )
        assert checkpoint_of(world, holder, 0) == {"sinceTs": 0, "units": before}
    assert len([name for name in boxes_of(world.algorand, world.vault.app_id) if name.startswith(b"c")]) == 2
    assert_sound(world)


def test_transfer_twice_in_one_month(world: World) -> None:
    """Between the two there was no record date: one checkpoint, and one box for each."""
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    world.send(transfer(world, world.holder_a, b, 100_000))
    world.clock.advance_to(world.clock.now() + 3_600)

    sent = world.send(transfer(world, world.holder_a, b, 1))

    assert line(world, a) == Holder(
        units=399_999, sinceTs=sent_at(sent), checkpointCount=2, paidMicroalgo=0, claimed=NO_CLAIMS
    )
    assert checkpoint_of(world, a, 0) == {"sinceTs": 0, "units": 500_000}
    assert_sound(world)


@pytest.mark.parametrize("to", ["giver", "receiver", "both"])
def test_transfer_that_waited_while_dust_came(world: World, to: str) -> None:
    """A signed transfer is not spoiled by 1 unit that somebody sends to either side meanwhile."""
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    waiting = transfer(world, world.holder_a, b, 100_000)
    victims = {"giver": [a], "receiver": [b], "both": [a, b]}[to]
    for victim in victims:
        world.send(transfer(world, world.holder_c, victim, 1))
    floated = world.balance(vault(world))

    world.send(waiting)

    assert live_units(world, a) == 400_000 + (a in victims)
    assert live_units(world, b) == 400_000 + (b in victims)
    assert world.balance(vault(world)) - floated == (2 - len(victims)) * CHECKPOINT_MBR
    assert_sound(world)


def test_transfer_that_waited_while_dust_opened_the_line(world: World) -> None:
    open_for_revenue(world)
    new = world.consumer.address
    world.send(opt_in(world, world.consumer))
    waiting = transfer(world, world.holder_a, new, 100_000)
    world.send(transfer(world, world.holder_c, new, 1))
    world.send(waiting)
    assert line(world, new).units == 100_001
    assert_sound(world)


def test_transfer_pays_the_rest_back(world: World) -> None:
    open_for_revenue(world)
    floated = world.balance(vault(world))
    world.send(overpaid(transfer(world, world.holder_a, world.holder_b.address, 1), 1))
    assert world.balance(vault(world)) - floated == 2 * CHECKPOINT_MBR


def test_transfer_there_and_back_in_the_same_second(world: World) -> None:
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    back = replace(move(world, b, a), deposit_microalgo=0)

    world.send(
        transfer(world, world.holder_a, b, 100_000),
        world.vault_calls.transfer(b, world.vault_calls.storage_payment(b, back), back, 100_000),
    )

    assert (line(world, a).units, line(world, b).units) == (500_000, 300_000)
    assert_sound(world)


def test_transfer_while_paused(world: World) -> None:
    open_for_revenue(world)
    world.send(pause(world))
    sent = world.send(transfer(world, world.holder_a, world.holder_b.address, 1))
    expect_events(sent, transferred(world, world.holder_a.address, world.holder_b.address, 1, 499_999, 300_001))


def test_transfer_issuance_open(world: World) -> None:
    issued(world)
    with world.refused(err.ISSUANCE_OPEN):
        world.send(transfer(world, world.holder_a, world.holder_b.address, 1))


@pytest.mark.parametrize("place", ["zero", "vault"])
def test_transfer_invalid_address(world: World, place: str) -> None:
    open_for_revenue(world)
    receiver = {"zero": PROJECT, "vault": vault(world)}[place]
    with world.refused(err.INVALID_ADDRESS):
        world.send(transfer(world, world.holder_a, receiver, 1))


def test_transfer_self_transfer(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.SELF_TRANSFER):
        world.send(transfer(world, world.holder_a, world.holder_a.address, 1))


def test_transfer_invalid_amount(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(transfer(world, world.holder_a, world.holder_b.address, 0))


def test_transfer_insufficient_balance(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.INSUFFICIENT_BALANCE):
        world.send(transfer(world, world.holder_a, world.holder_b.address, 500_001))


def test_transfer_insufficient_balance_of_a_stranger(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.INSUFFICIENT_BALANCE):
        world.send(transfer(world, world.outsider, world.holder_b.address, 1))


def test_transfer_insufficient_balance_after_close_out(world: World) -> None:
    """The book still has the units, the account has not: they are the vault's."""
    open_for_revenue(world)
    closed_out(world, world.holder_a)
    assert line(world, world.holder_a.address).units == 500_000
    with world.refused(err.INSUFFICIENT_BALANCE):
        world.send(transfer(world, world.holder_a, world.holder_b.address, 1))


def test_transfer_not_opted_in(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.NOT_OPTED_IN):
        world.send(transfer(world, world.holder_a, world.outsider.address, 1))


# Who holds an asset cannot close their account.
@pytest.mark.parametrize("fault", [fault for fault in WRONG_DEPOSITS if fault != "close"])
def test_transfer_mbr_not_paid(world: World, fault: str) -> None:
    open_for_revenue(world)
    call = transfer(world, world.holder_a, world.holder_b.address, 1)
    with world.refused(err.MBR_NOT_PAID):
        world.send(with_wrong_payment(world, call, fault))
