"""Deposit an epoch's net revenue, and pay the holders their shares."""

from collections.abc import Sequence
from itertools import batched
from typing import Final

from gridpact import units as fmt
from gridpact.chain.assets import require_funds
from gridpact.chain.errors import GridPactError
from gridpact.chain.work import Step, Work
from gridpact.contracts.revenue_vault_client import ClaimArgs
from gridpact.production.app import Production
from gridpact.revenue.app import Revenue
from gridpact.revenue.read import Share, Vault

CLAIMS_A_GROUP: Final = 8


def deposit(
    revenue: Revenue,
    production: Production,
    sender: str,
    epoch_id: int,
    net_amount_microalgo: int,
    *,
    again: bool = False,
) -> Work:
    """Deposit an epoch's net revenue for the holders.

    A deposit of the same amount for the same epoch is taken for this one, unless it is meant once more.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        net_amount_microalgo: net revenue in microALGO.
        again: deposit even where an equal deposit was made.

    Raises:
        GridPactError: issuance is open, the epoch is not final, or there is no amount.
    """
    vault = revenue.state()
    deposits = revenue.deposits()
    equal = [one for one in deposits if (one.epoch_id, one.net_amount_microalgo) == (epoch_id, net_amount_microalgo)]
    amount = fmt.money(net_amount_microalgo)
    if equal and not again:
        done = f"{amount} for {fmt.epoch(epoch_id)} were deposited as number {equal[-1].deposit_id}."
        return Work(sender, done=(done, "Add --again to deposit the same once more."))
    if net_amount_microalgo == 0:
        msg = "There is no revenue to deposit."
        raise GridPactError(msg, "Name an amount above 0.")
    require_closed_issuance(vault)
    ledger = production.final_ledger(epoch_id)
    require_funds(revenue.connection.algod, sender, net_amount_microalgo, fmt.ALGO)
    deposit_id = vault.deposit_count + 1
    calls = revenue.calls(vault.kw_token_id)
    payment = calls.revenue_payment(sender, epoch_id, net_amount_microalgo, deposit_id)
    group = revenue.group().add(calls.deposit_net_revenue(sender, payment, epoch_id, net_amount_microalgo, deposit_id))
    shared = net_amount_microalgo + vault.carried_microalgo
    per_kw = shared // vault.supply_units * 1_000
    effect = (
        f"Deposit {amount} for {fmt.epoch(epoch_id)} as number {deposit_id}, "
        f"with the {fmt.energy(ledger.remaining_wh)} that remain: {fmt.money(per_kw)} for each kW, "
        f"{fmt.money(shared % vault.supply_units)} carried"
    )
    return Work(sender, (Step((effect,), group),))


def claim(revenue: Revenue, sender: str, holders: Sequence[str], deposit_ids: Sequence[int] | None = None) -> Work:
    """Pay holders their shares, eight in one atomic group. Anybody may send it; the holders are paid.

    Args:
        sender: who pays the fees.
        holders: whose shares. The vault's own goes to the carry.
        deposit_ids: of these deposits; of all by default.

    Raises:
        GridPactError: there is no such deposit.
    """
    vault = revenue.state()
    deposits = revenue.deposits()
    if deposit_ids is not None:
        known = {one.deposit_id for one in deposits}
        for deposit_id in deposit_ids:
            if deposit_id not in known:
                msg = f"There is no deposit {deposit_id}."
                raise GridPactError(msg, "See `gridpact vault show`.")
        deposits = [one for one in deposits if one.deposit_id in deposit_ids]
    shares = [share for holder in holders for share in revenue.shares(holder, deposits)]
    calls = revenue.calls(vault.kw_token_id)
    steps = []
    for batch in batched([share for share in shares if share.is_claimable], CLAIMS_A_GROUP):
        group = revenue.group()
        for share in batch:
            arguments = ClaimArgs(
                holder=share.holder, depositId=share.deposit.deposit_id, checkpointIndex=share.checkpoint_index
            )
            group.add(calls.claim(sender, arguments))
        steps.append(Step(tuple(_claim_effect(share, vault) for share in batch), group))
    done = [_claimed_text(share) for share in shares if not share.is_claimable]
    return Work(sender, tuple(steps), tuple(done) or (() if steps else ("There is no deposit to claim.",)))


def _claim_effect(share: Share, vault: Vault) -> str:
    of_deposit = f"of deposit {share.deposit.deposit_id} ({fmt.epoch(share.deposit.epoch_id)})"
    units = f"for {fmt.power(share.units)}"
    if share.holder == vault.address:
        return f"Carry {fmt.money(share.amount_microalgo)} {of_deposit} over, {units} that came back to the vault"
    return f"Pay {fmt.money(share.amount_microalgo)} {of_deposit} to {share.holder} {units}"


def _claimed_text(share: Share) -> str:
    of_deposit = f"deposit {share.deposit.deposit_id} ({fmt.epoch(share.deposit.epoch_id)})"
    if share.is_claimed:
        return f"{fmt.short(share.holder)} was paid {fmt.money(share.amount_microalgo)} of {of_deposit}."
    return f"{fmt.short(share.holder)} has no share in {of_deposit}."


def require_closed_issuance(vault: Vault) -> None:
    """Refuse while units can still be issued.

    Raises:
        GridPactError: issuance is open.
    """
    if not vault.is_issuance_closed:
        msg = "Issuance of the kW token is not closed."
        raise GridPactError(msg, "Close it with `gridpact vault close-issuance`.")
