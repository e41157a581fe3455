"""States of RevenueVault that tests start from. Each stands on the ones before it."""

from collections.abc import Sequence
from dataclasses import replace

from algokit_utils import AlgoAmount, AssetTransferParams, PaymentParams, SigningAccount

from gridpact.chain.call import Call, fee
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.contracts.revenue_vault_client import (
    ClaimArgs,
)
from gridpact.revenue.moves import Move
from smart_contracts.revenue_vault import config as cfg
from tests.contracts.revenue_vault.calls import (
    EXAMPLE_MICROALGO,
    EXAMPLE_UNITS,
    close_issuance,
    deposit,
    final_epoch,
    issue,
    opt_in,
)
from tests.contracts.revenue_vault.expect import line, vault
from tests.support.checkpoints import checkpoint
from tests.support.structs import as_layout
from tests.support.world import World


@checkpoint
def bootstrap(world: World) -> None:
    """The kW token exists, and the world's calls know it."""
    (token_id,) = world.send(world.vault_calls.bootstrap(world.admin.address)).returns
    world.vault_calls = replace(world.vault_calls, kw_token_id=token_id)


@checkpoint
def issued(world: World, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """Holders a, b and c, as many as there are amounts, have opted in and got their units."""
    bootstrap(world)
    holders = (world.holder_a, world.holder_b, world.holder_c)[: len(units)]
    world.send(
        *(opt_in(world, holder) for holder in holders),
        *(issue(world, holder, amount) for holder, amount in zip(holders, units, strict=True)),
    )


@checkpoint
def open_for_revenue(world: World, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """As `issued`, and issuance is closed."""
    issued(world, units)
    world.send(close_issuance(world))


@checkpoint
def deposited(world: World, net_amount: int = EXAMPLE_MICROALGO, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """As `open_for_revenue`, and the net revenue of the example month is deposited."""
    open_for_revenue(world, units)
    final_epoch(world)
    world.send(deposit(world, net_amount))


def closed_out(world: World, holder: SigningAccount) -> None:
    """A holder closed their kW tokens out to the vault, which no program sees."""
    world.send(close_out(world, holder))


def close_out(world: World, holder: SigningAccount) -> AssetTransferParams:
    """A holder's close-out of all their kW tokens to the vault."""
    return AssetTransferParams(
        sender=holder.address,
        receiver=vault(world),
        asset_id=world.vault_calls.kw_token_id,
        amount=0,
        close_asset_to=vault(world),
    )


def move(world: World, sender: str, receiver: str) -> Move:
    """A move of units, as the library measures it."""
    giver, taker = (as_layout(layout.Holder, line(world, holder)) for holder in (sender, receiver))
    return Move.between(sender, giver, receiver, taker, world.clock.now())


def transfer(
    world: World,
    sender: SigningAccount,
    receiver: str,
    units: int,
) -> Call:
    """A holder gives units."""
    calls, planned = world.vault_calls, move(world, sender.address, receiver)
    return calls.transfer(sender.address, calls.storage_payment(sender.address, planned), planned, units)


def hand_out(
    world: World,
    receiver: str,
    units: int,
    sender: SigningAccount | None = None,
) -> Call:
    """The operator, or somebody else, hands out units of the vault's own line."""
    calls, caller = world.vault_calls, (sender or world.operator).address
    planned = move(world, vault(world), receiver)
    return calls.hand_out(caller, calls.storage_payment(caller, planned), planned, units)


def sync(
    world: World,
    holder: str,
    sender: SigningAccount | None = None,
    *,
    issuance_open: bool = False,
) -> Call:
    """A stranger, or somebody else, syncs a holder's line; while issuance is open that makes no box."""
    calls, caller = world.vault_calls, (sender or world.outsider).address
    planned = move(world, holder, vault(world))
    if issuance_open:
        planned = replace(planned, deposit_microalgo=0)
    return calls.sync_holder(caller, calls.storage_payment(caller, planned), planned)


def claim(
    world: World,
    holder: str,
    deposit_id: int = 1,
    checkpoint: int = 0,
    sender: SigningAccount | None = None,
    *,
    asset_id: int = cfg.ALGO,
) -> Call:
    """A stranger, or somebody else, claims for a holder."""
    return world.vault_calls.claim(
        (sender or world.outsider).address,
        ClaimArgs(holder=holder, depositId=deposit_id, checkpointIndex=checkpoint),
        asset_id,
    )


def gift(world: World, microalgo: int) -> PaymentParams:
    """A stranger's payment to the vault that no method asked for."""
    return PaymentParams(
        sender=world.outsider.address,
        receiver=vault(world),
        amount=AlgoAmount.from_micro_algo(microalgo),
        static_fee=fee(1),
    )
