from dataclasses import astuple

from gridpact.contracts.revenue_vault_client import GetHolderArgs, Holder
from tests.contracts.revenue_vault.calls import NO_LINE
from tests.contracts.revenue_vault.states import claim, deposited
from tests.support.world import World


def holder_of(world: World, address: str) -> Holder:
    call = world.vault_calls.get_holder(world.outsider.address, GetHolderArgs(holder=address))
    ((units, since_ts, checkpoint_count, paid_microalgo, claimed),) = world.simulate(call).returns
    return Holder(
        units=units,
        sinceTs=since_ts,
        checkpointCount=checkpoint_count,
        paidMicroalgo=paid_microalgo,
        claimed=bytes(claimed),
    )


def test_get_holder_success(world: World) -> None:
    deposited(world)
    world.send(claim(world, world.holder_a.address))
    assert astuple(holder_of(world, world.holder_a.address)) == (500_000, 0, 1, 1_500_000_000, b"\x80" + bytes(63))


def test_get_holder_without_a_line(world: World) -> None:
    assert holder_of(world, world.outsider.address) == NO_LINE
