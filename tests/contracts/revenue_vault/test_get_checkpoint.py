import pytest

from gridpact.contracts.revenue_vault_client import GetCheckpointArgs
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import MAX_UINT64
from tests.contracts.revenue_vault.states import open_for_revenue, transfer
from tests.support.events import sent_at
from tests.support.world import World


def checkpoint_of(world: World, address: str, index: int) -> list[int]:
    arguments = GetCheckpointArgs(holder=address, checkpointIndex=index)
    (fields,) = world.simulate(world.vault_calls.get_checkpoint(world.outsider.address, arguments)).returns
    return list(fields)


def test_get_checkpoint_success(world: World) -> None:
    """One that a later one ended, and the last one."""
    open_for_revenue(world)
    moved = world.send(transfer(world, world.holder_a, world.holder_b.address, 100_000))
    assert checkpoint_of(world, world.holder_a.address, 0) == [0, 500_000]
    assert checkpoint_of(world, world.holder_a.address, 1) == [sent_at(moved), 400_000]


@pytest.mark.parametrize("index", [1, MAX_UINT64])
def test_get_checkpoint_wrong_checkpoint(world: World, index: int) -> None:
    open_for_revenue(world)
    with world.refused(err.WRONG_CHECKPOINT):
        checkpoint_of(world, world.holder_a.address, index)


def test_get_checkpoint_wrong_checkpoint_without_a_line(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.WRONG_CHECKPOINT):
        checkpoint_of(world, world.outsider.address, 0)
