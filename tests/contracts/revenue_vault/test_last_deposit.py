"""The last deposit that the vault can number. Slow, so it has a ledger of its own."""

from smart_contracts.revenue_vault import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import deposit, final_epoch, opt_in_asset
from tests.contracts.revenue_vault.expect import claimed, line, money
from tests.contracts.revenue_vault.states import claim, open_for_revenue
from tests.support.checkpoints import checkpoint
from tests.support.events import expect_events
from tests.support.world import World


@checkpoint
def full(world: World) -> int:
    """All the deposits that the vault can number were made. It may hold an asset too; the asset's id."""
    open_for_revenue(world, (1, 1, 1))
    final_epoch(world)
    asset_id = world.asset(world.treasury, world.operator)
    world.send(opt_in_asset(world, asset_id))
    for first in range(1, cfg.MAX_DEPOSITS + 1, 7):
        numbers = range(first, min(first + 7, cfg.MAX_DEPOSITS + 1))
        world.send(*(deposit(world, 3, deposit_id=number) for number in numbers))
    return asset_id


def test_deposit_net_revenue_asset_deposits_full(world: World) -> None:
    asset_id = full(world)
    with world.refused(err.DEPOSITS_FULL):
        world.send(deposit(world, 3, asset_id=asset_id))


def test_deposit_net_revenue_deposits_full(world: World) -> None:
    """The last bit of a holder's claimed field is as good as the first."""
    full(world)
    with world.refused(err.DEPOSITS_FULL):
        world.send(deposit(world, 3))

    a, some = world.holder_a.address, (cfg.MAX_DEPOSITS, 1, 8)
    sent = world.send(*(claim(world, a, number) for number in some))
    expect_events(sent, *(claimed(a, 1, 1, number) for number in some))
    assert line(world, a).claimed == b"\x81" + bytes(62) + b"\x01"
    with world.refused(err.ALREADY_CLAIMED):
        world.send(claim(world, a, cfg.MAX_DEPOSITS))
    assert money(world) == {"deposited": 3 * 512, "paid": 3, "owed": 3 * 511, "carried": 0}
