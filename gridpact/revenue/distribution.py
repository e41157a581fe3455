"""Deposit an epoch's net revenue, and pay the holders their shares."""

from collections.abc import Sequence
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain.assets import require_funds
from gridpact.chain.work import Effect, Step, Work
from gridpact.production.app import Production
from gridpact.revenue.app import Revenue
from gridpact.revenue.effects import NoDeposits, NoShare, RevenueClaimed, RevenueDeposited
from gridpact.revenue.errors import DepositNotFound, IssuanceIsOpen, NoRevenue
from gridpact.revenue.read import Share, Vault
from gridpact.units import ALGO, UNITS_PER_KW

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
        NoRevenue: there is no amount.
        IssuanceIsOpen: units can still be issued.
        EpochNotFinal: readings may still come in.
        NotEnoughFunds: the operator has too little.
    """
    vault = revenue.state()
    deposits = revenue.deposits()
    equal = [one for one in deposits if (one.epoch_id, one.net_amount_microalgo) == (epoch_id, net_amount_microalgo)]
    if equal and not again:
        return Work(sender, done=(RevenueDeposited(equal[-1].deposit_id, epoch_id, net_amount_microalgo),))
    if net_amount_microalgo == 0:
        raise NoRevenue
    require_closed_issuance(vault)
    ledger = production.final_ledger(epoch_id)
    require_funds(revenue.connection.algod, sender, net_amount_microalgo, ALGO)
    deposit_id = vault.deposit_count + 1
    calls = revenue.calls(vault.kw_token)
    payment = calls.revenue_payment(sender, epoch_id, net_amount_microalgo, deposit_id)
    group = revenue.group().add(calls.deposit_net_revenue(sender, payment, epoch_id, net_amount_microalgo, deposit_id))
    shared = net_amount_microalgo + vault.carried_microalgo
    effect = RevenueDeposited(
        deposit_id=deposit_id,
        epoch_id=epoch_id,
        amount_microalgo=net_amount_microalgo,
        energy_wh=ledger.remaining_wh,
        per_kw_microalgo=shared // vault.supply_units * UNITS_PER_KW,
        carried_microalgo=shared % vault.supply_units,
    )
    return Work.one(sender, effect, group)


def claim(revenue: Revenue, sender: str, holders: Sequence[str], deposit_ids: Sequence[int] | None = None) -> Work:
    """Pay holders their shares, eight in one atomic group. Anybody may send it; the holders are paid. Who cannot be
    paid keeps nobody else from it.

    Args:
        sender: who pays the fees.
        holders: whose shares. The vault's own goes to the carry.
        deposit_ids: of these deposits; of all by default.

    Raises:
        DepositNotFound: there is no such deposit.
    """
    vault = revenue.state()
    deposits = revenue.deposits()
    if deposit_ids is not None:
        known = {one.deposit_id for one in deposits}
        for deposit_id in deposit_ids:
            if deposit_id not in known:
                raise DepositNotFound(deposit_id)
        deposits = [one for one in deposits if one.deposit_id in deposit_ids]
    shares = [share for holder in holders for share in revenue.shares(holder, deposits)]
    claimable = [share for share in shares if share.is_claimable]
    steps = [_claims(revenue, sender, vault, batch) for batch in batched(claimable, CLAIMS_A_GROUP)]
    done = [
        _claim(share, vault)
        if share.is_claimed
        else NoShare(share.holder, share.deposit.deposit_id, share.deposit.epoch_id)
        for share in shares
        if not share.is_claimable
    ]
    return Work(sender, tuple(steps), tuple(done) or (() if steps else (NoDeposits(),)))


def _claims(revenue: Revenue, sender: str, vault: Vault, shares: Sequence[Share]) -> Step:
    calls = revenue.calls(vault.kw_token)
    group = revenue.group()
    for share in shares:
        arguments = contracts.revenue_vault_client.ClaimArgs(
            holder=share.holder, depositId=share.deposit.deposit_id, checkpointIndex=share.checkpoint_index
        )
        group.add(calls.claim(sender, arguments))

    def apart() -> list[Step]:
        return [_claims(revenue, sender, vault, [share]) for share in shares]

    return Step(tuple(_claim(share, vault) for share in shares), group, apart=apart)


def _claim(share: Share, vault: Vault) -> Effect:
    return RevenueClaimed(
        holder=share.holder,
        is_vault=share.holder == vault.address,
        deposit_id=share.deposit.deposit_id,
        epoch_id=share.deposit.epoch_id,
        units=share.units,
        amount_microalgo=share.amount_microalgo,
    )


def require_closed_issuance(vault: Vault) -> None:
    """Refuse while units can still be issued.

    Raises:
        IssuanceIsOpen: they can.
    """
    if not vault.is_issuance_closed:
        raise IssuanceIsOpen
