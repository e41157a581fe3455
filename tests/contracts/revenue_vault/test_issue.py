from typing import Any

import pytest
from algokit_utils import SigningAccount

from gridpact.contracts.revenue_vault_client import Holder, IssueArgs
from gridpact.production.boxes import PROJECT
from smart_contracts.revenue_vault import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import HOLDER_MBR, MAX_UINT64, NO_CLAIMS, issue, opt_in, pause
from tests.contracts.revenue_vault.expect import assert_sound, line, live_units, vault
from tests.contracts.revenue_vault.states import bootstrap, issued, open_for_revenue
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


@pytest.fixture
@checkpoint
def holder(world: World) -> SigningAccount:
    """An account that has opted in to the kW token."""
    bootstrap(world)
    world.send(opt_in(world, world.holder_a))
    return world.holder_a


def test_issue_success(world: World, holder: SigningAccount) -> None:
    floated = world.balance(vault(world))

    sent = world.send(issue(world, holder, 500_000), issue(world, holder, 1))

    same: dict[str, Any] = {"holder": holder.address, "timestamp": ANY_TIME}
    expect_events(
        sent,
        ("UnitsIssued", {**same, "units": 500_000, "holderUnits": 500_000, "issuedUnits": 500_000}),
        ("UnitsIssued", {**same, "units": 1, "holderUnits": 500_001, "issuedUnits": 500_001}),
    )
    # Both count from time 0: the second replaces the first checkpoint.
    assert line(world, holder.address) == Holder(
        units=500_001, sinceTs=0, checkpointCount=1, paidMicroalgo=0, claimed=NO_CLAIMS
    )
    assert live_units(world, holder.address) == 500_001
    assert world.balance(vault(world)) - floated == HOLDER_MBR
    assert_sound(world)


def test_issue_not_operator(world: World, holder: SigningAccount) -> None:
    with world.refused(err.NOT_OPERATOR):
        world.send(issue(world, holder, 1, sender=world.admin))


def test_issue_is_paused(world: World, holder: SigningAccount) -> None:
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(issue(world, holder, 1))


def test_issue_nothing_issued(world: World) -> None:
    call = issue(world, world.holder_a, 1)
    with world.refused(err.NOTHING_ISSUED):
        world.send(call)


def test_issue_issuance_is_closed(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.ISSUANCE_IS_CLOSED):
        world.send(issue(world, world.holder_a, 1))


@pytest.mark.parametrize("place", ["zero", "vault"])
def test_issue_invalid_address(world: World, place: str) -> None:
    bootstrap(world)
    to = {"zero": PROJECT, "vault": vault(world)}[place]
    with world.refused(err.INVALID_ADDRESS):
        world.send(world.vault_calls.issue(world.operator.address, IssueArgs(to=to, units=1)))


def test_issue_invalid_amount(world: World, holder: SigningAccount) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(issue(world, holder, 0))


@pytest.mark.parametrize("units", [cfg.KW_TOKEN_TOTAL_UNITS, MAX_UINT64])
def test_issue_amount_too_large(world: World, units: int) -> None:
    issued(world, (1,))
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(issue(world, world.holder_a, units))


def test_issue_the_whole_token(world: World, holder: SigningAccount) -> None:
    world.send(issue(world, holder, cfg.KW_TOKEN_TOTAL_UNITS))
    assert live_units(world, holder.address) == 10**15
    assert live_units(world, vault(world)) == 0
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(issue(world, holder, 1))


def test_issue_not_opted_in(world: World) -> None:
    bootstrap(world)
    with world.refused(err.NOT_OPTED_IN):
        world.send(issue(world, world.holder_a, 1))
