from gridpact.contracts.revenue_vault_client import TransferMbrArgs
from tests.contracts.revenue_vault.calls import CHECKPOINT_MBR, HOLDER_MBR, current_epoch, opt_in
from tests.contracts.revenue_vault.expect import vault
from tests.contracts.revenue_vault.states import move, open_for_revenue, transfer
from tests.support.world import World


def measured(world: World, sender: str, receiver: str) -> int:
    """What the contract says; the library says the same."""
    arguments = TransferMbrArgs(sender=sender, receiver=receiver)
    (microalgo,) = world.simulate(world.vault_calls.transfer_mbr(world.outsider.address, arguments)).returns
    assert move(world, sender, receiver).deposit_microalgo == microalgo
    return int(microalgo)


def test_transfer_mbr_success(world: World) -> None:
    """A new line; a checkpoint each; nothing in the month of the last checkpoint."""
    open_for_revenue(world)
    a, b, new = world.holder_a.address, world.holder_b.address, world.consumer.address
    assert measured(world, a, new) == CHECKPOINT_MBR + HOLDER_MBR
    assert measured(world, a, vault(world)) == CHECKPOINT_MBR + HOLDER_MBR
    assert measured(world, a, b) == 2 * CHECKPOINT_MBR

    world.send(opt_in(world, world.consumer), transfer(world, world.holder_a, new, 1))
    _, end_ts = current_epoch(world)
    world.clock.advance_to(end_ts)
    assert measured(world, a, new) == 0
    assert measured(world, a, b) == CHECKPOINT_MBR
    held = world.balance(vault(world))
    world.send(transfer(world, world.holder_a, b, 1))
    assert world.balance(vault(world)) - held == CHECKPOINT_MBR

    # The next second is the next month, and between them lies a record date.
    assert world.clock.now() == end_ts + 1
    assert measured(world, a, new) == 2 * CHECKPOINT_MBR
