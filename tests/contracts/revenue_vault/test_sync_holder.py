import pytest
from algokit_utils import SigningAccount

from gridpact.contracts.revenue_vault_client import Holder
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import (
    CHECKPOINT_MBR,
    HOLDER_MBR,
    NO_CLAIMS,
    NO_LINE,
    WRONG_DEPOSITS,
    close_issuance,
    issue,
    opt_in,
    overpaid,
    pause,
    with_wrong_payment,
)
from tests.contracts.revenue_vault.expect import assert_sound, checkpoint_of, line, live_units, vault
from tests.contracts.revenue_vault.states import closed_out, issued, open_for_revenue, sync, transfer
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World


@pytest.fixture
@checkpoint
def gone(world: World) -> SigningAccount:
    """Holder a closed 500 kW out to the vault; nobody synced."""
    open_for_revenue(world)
    closed_out(world, world.holder_a)
    return world.holder_a


def test_sync_holder_success(world: World, gone: SigningAccount) -> None:
    assert live_units(world, gone.address) == 0
    assert line(world, gone.address).units == 500_000
    floated = world.balance(vault(world))

    sent = world.send(sync(world, gone.address))

    assert sent.returns == (500_000,)
    expect_events(
        sent,
        (
            "HolderSynced",
            {
                "holder": gone.address,
                "units": 500_000,
                "holderUnits": 0,
                "vaultUnits": 500_000,
                "issuedUnits": 1_000_000,
                "timestamp": ANY_TIME,
            },
        ),
    )
    now = sent_at(sent)
    assert line(world, gone.address) == Holder(
        units=0, sinceTs=now, checkpointCount=2, paidMicroalgo=0, claimed=NO_CLAIMS
    )
    assert checkpoint_of(world, gone.address, 0) == {"sinceTs": 0, "units": 500_000}
    assert line(world, vault(world)) == Holder(
        units=500_000, sinceTs=now, checkpointCount=1, paidMicroalgo=0, claimed=NO_CLAIMS
    )
    assert world.balance(vault(world)) - floated == CHECKPOINT_MBR + HOLDER_MBR
    assert_sound(world)


def test_sync_holder_who_came_back(world: World, gone: SigningAccount) -> None:
    """Units that they got afterwards stay theirs: only what they closed out is moved."""
    world.send(opt_in(world, gone), transfer(world, world.holder_b, gone.address, 7))
    assert line(world, gone.address).units == 500_007

    assert world.send(sync(world, gone.address)).returns == (500_000,)

    assert line(world, gone.address).units == 7
    assert live_units(world, gone.address) == 7
    assert_sound(world)


def test_sync_holder_while_paused(world: World, gone: SigningAccount) -> None:
    world.send(pause(world))
    assert world.send(sync(world, gone.address)).returns == (500_000,)


def test_sync_holder_while_issuance_is_open(world: World) -> None:
    """Units closed out before issuance is closed were never issued: the supply is what there is."""
    issued(world)
    a = world.holder_a
    closed_out(world, a)
    floated = world.balance(vault(world))

    sent = world.send(sync(world, a.address, issuance_open=True))

    assert sent.returns == (500_000,)
    expect_events(
        sent,
        (
            "HolderSynced",
            {
                "holder": a.address,
                "units": 500_000,
                "holderUnits": 0,
                "vaultUnits": 0,
                "issuedUnits": 500_000,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert line(world, a.address) == Holder(units=0, sinceTs=0, checkpointCount=1, paidMicroalgo=0, claimed=NO_CLAIMS)
    assert line(world, vault(world)) == NO_LINE
    assert world.balance(vault(world)) == floated
    world.send(opt_in(world, a), issue(world, a, 500_000))
    world.send(close_issuance(world))
    assert world.vault.state.global_state.supply_units == 1_000_000
    assert_sound(world)


def test_sync_holder_nothing_to_sync_before_the_token(world: World) -> None:
    assert world.vault.state.global_state.kw_token == 0
    with world.refused(err.NOTHING_TO_SYNC):
        world.send(sync(world, world.holder_a.address, issuance_open=True))


def test_sync_holder_pays_the_rest_back(world: World, gone: SigningAccount) -> None:
    floated = world.balance(vault(world))
    world.send(overpaid(sync(world, gone.address), 1))
    assert world.balance(vault(world)) - floated == CHECKPOINT_MBR + HOLDER_MBR


def test_sync_holder_invalid_address(world: World, gone: SigningAccount) -> None:
    with world.refused(err.INVALID_ADDRESS):
        world.send(sync(world, vault(world)))


@pytest.mark.parametrize("who", ["holder_b", "outsider"])
def test_sync_holder_nothing_to_sync(world: World, gone: SigningAccount, who: str) -> None:
    """A holder who has all their units, and an account that never had any."""
    account: SigningAccount = getattr(world, who)
    with world.refused(err.NOTHING_TO_SYNC):
        world.send(sync(world, account.address))


def test_sync_holder_nothing_to_sync_twice(world: World, gone: SigningAccount) -> None:
    world.send(sync(world, gone.address))
    with world.refused(err.NOTHING_TO_SYNC):
        world.send(sync(world, gone.address))


@pytest.mark.parametrize("fault", WRONG_DEPOSITS)
def test_sync_holder_mbr_not_paid(world: World, gone: SigningAccount, fault: str) -> None:
    with world.refused(err.MBR_NOT_PAID):
        world.send(with_wrong_payment(world, sync(world, gone.address), fault))
