"""Roles and pause, which all contracts have in common."""

from typing import Any

from algokit_utils import SigningAccount

from gridpact.chain.sending import Sent
from gridpact.production.boxes import PROJECT
from smart_contracts.shared import errors as err
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World, call_of


def call(world: World, app: Any, method: str, sender: SigningAccount, *arguments: str) -> Sent:
    return world.send(call_of(app, method, arguments, sender))


def roles(app: Any) -> tuple[str, str, str, bool]:
    """(admin, proposed admin, operator, paused) of an app."""
    state = app.state.global_state
    return (state.admin, state.proposed_admin, state.operator, bool(state.paused))


def test_propose_admin_success(world: World, app: Any) -> None:
    sent = call(world, app, "proposeAdmin", world.admin, world.outsider.address)
    expect_events(
        sent,
        (
            "AdminProposed",
            {"admin": world.admin.address, "proposedAdmin": world.outsider.address, "timestamp": ANY_TIME},
        ),
    )
    assert roles(app) == (world.admin.address, world.outsider.address, world.operator.address, False)


def test_propose_admin_replaces_the_last_proposal(world: World, app: Any) -> None:
    call(world, app, "proposeAdmin", world.admin, world.outsider.address)
    call(world, app, "proposeAdmin", world.admin, world.buyer.address)
    with world.refused(err.NOT_PROPOSED):
        call(world, app, "acceptAdmin", world.outsider)


def test_propose_admin_not_admin(world: World, app: Any) -> None:
    with world.refused(err.NOT_ADMIN):
        call(world, app, "proposeAdmin", world.creator, world.creator.address)


def test_propose_admin_invalid_address(world: World, app: Any) -> None:
    with world.refused(err.INVALID_ADDRESS):
        call(world, app, "proposeAdmin", world.admin, PROJECT)


def test_accept_admin_success(world: World, app: Any) -> None:
    call(world, app, "proposeAdmin", world.admin, world.outsider.address)
    sent = call(world, app, "acceptAdmin", world.outsider)
    expect_events(
        sent,
        (
            "AdminChanged",
            {"previousAdmin": world.admin.address, "admin": world.outsider.address, "timestamp": ANY_TIME},
        ),
    )
    assert roles(app) == (world.outsider.address, PROJECT, world.operator.address, False)


def test_accept_admin_not_proposed(world: World, app: Any) -> None:
    with world.refused(err.NOT_PROPOSED):
        call(world, app, "acceptAdmin", world.admin)


def test_accept_admin_not_proposed_a_second_time(world: World, app: Any) -> None:
    call(world, app, "proposeAdmin", world.admin, world.outsider.address)
    call(world, app, "acceptAdmin", world.outsider)
    with world.refused(err.NOT_PROPOSED):
        call(world, app, "acceptAdmin", world.outsider)


def test_set_operator_success(world: World, app: Any) -> None:
    sent = call(world, app, "setOperator", world.admin, world.outsider.address)
    expect_events(
        sent,
        (
            "OperatorChanged",
            {
                "previousOperator": world.operator.address,
                "operator": world.outsider.address,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert roles(app) == (world.admin.address, PROJECT, world.outsider.address, False)


def test_set_operator_not_admin(world: World, app: Any) -> None:
    with world.refused(err.NOT_ADMIN):
        call(world, app, "setOperator", world.operator, world.operator.address)


def test_set_operator_invalid_address(world: World, app: Any) -> None:
    with world.refused(err.INVALID_ADDRESS):
        call(world, app, "setOperator", world.admin, PROJECT)


def test_pause_success(world: World, app: Any) -> None:
    sent = call(world, app, "pause", world.admin)
    expect_events(sent, ("Paused", {"admin": world.admin.address, "timestamp": ANY_TIME}))
    assert roles(app) == (world.admin.address, PROJECT, world.operator.address, True)


def test_pause_not_admin(world: World, app: Any) -> None:
    with world.refused(err.NOT_ADMIN):
        call(world, app, "pause", world.operator)


def test_pause_already_set(world: World, app: Any) -> None:
    call(world, app, "pause", world.admin)
    with world.refused(err.ALREADY_SET):
        call(world, app, "pause", world.admin)


def test_unpause_success(world: World, app: Any) -> None:
    call(world, app, "pause", world.admin)
    sent = call(world, app, "unpause", world.admin)
    expect_events(sent, ("Unpaused", {"admin": world.admin.address, "timestamp": ANY_TIME}))
    assert roles(app) == (world.admin.address, PROJECT, world.operator.address, False)


def test_unpause_not_admin(world: World, app: Any) -> None:
    call(world, app, "pause", world.admin)
    with world.refused(err.NOT_ADMIN):
        call(world, app, "unpause", world.operator)


def test_unpause_already_set(world: World, app: Any) -> None:
    with world.refused(err.ALREADY_SET):
        call(world, app, "unpause", world.admin)
