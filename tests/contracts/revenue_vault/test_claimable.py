import pytest

from gridpact.contracts.revenue_vault_client import ClaimableArgs
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import MAX_UINT64, opt_in
from tests.contracts.revenue_vault.states import claim, deposited, transfer
from tests.support.world import World


def claimable(world: World, holder: str, deposit_id: int = 1, checkpoint: int = 0) -> int:
    arguments = ClaimableArgs(holder=holder, depositId=deposit_id, checkpointIndex=checkpoint)
    (microalgo,) = world.simulate(world.vault_calls.claimable(world.outsider.address, arguments)).returns
    return int(microalgo)


def test_claimable_success(world: World) -> None:
    deposited(world)
    assert claimable(world, world.holder_a.address) == 1_500_000_000
    world.send(claim(world, world.holder_a.address))
    assert claimable(world, world.holder_a.address) == 0


def test_claimable_of_those_who_have_no_share(world: World) -> None:
    """An account that never held units, and one that got its first after the record date."""
    deposited(world)
    world.send(opt_in(world, world.consumer), transfer(world, world.holder_a, world.consumer.address, 1))
    assert claimable(world, world.outsider.address) == 0
    assert claimable(world, world.consumer.address) == 0


@pytest.mark.parametrize("deposit_id", [0, 2, MAX_UINT64])
def test_claimable_invalid_deposit(world: World, deposit_id: int) -> None:
    deposited(world)
    with world.refused(err.INVALID_DEPOSIT):
        claimable(world, world.holder_a.address, deposit_id)


def test_claimable_wrong_checkpoint(world: World) -> None:
    deposited(world)
    world.send(transfer(world, world.holder_a, world.holder_b.address, 1))
    assert claimable(world, world.holder_a.address, checkpoint=0) == 1_500_000_000
    for index in (1, 2):
        with world.refused(err.WRONG_CHECKPOINT):
            claimable(world, world.holder_a.address, checkpoint=index)
