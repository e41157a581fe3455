"""Deposit an epoch's net revenue, and pay the holders their shares."""

from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain import state
from gridpact.chain.assets import asset as asset_of
from gridpact.chain.assets import assets as assets_of
from gridpact.chain.assets import holding, require_funds
from gridpact.chain.work import Effect, Step, Work
from gridpact.contracts.interfaces import ALL_REMAINING
from gridpact.production.app import Production
from gridpact.revenue.app import Revenue
from gridpact.revenue.effects import (
    AssetOptedIn,
    EnergyReturned,
    NoDeposits,
    NoShare,
    NotOptedInToAsset,
    RevenueClaimed,
    RevenueDeposited,
    VaultSurplusWithdrawn,
)
from gridpact.revenue.errors import (
    AssetNotAccepted,
    DepositNotFound,
    EpochOutOfOrder,
    IssuanceIsOpen,
    NoRevenue,
    TooLittleEnergy,
)
from gridpact.revenue.moves import OPT_IN_ASSET_DEPOSIT_MICROALGO
from gridpact.revenue.read import Share, Vault
from gridpact.revenue.sale import ALL_AT_NO_PRICE, Sale
from gridpact.units import ALGO, UNITS_PER_KW, Asset

CLAIMS_A_GROUP: Final = 8


def deposit(
    revenue: Revenue,
    production: Production,
    sender: str,
    epoch_id: int,
    net_amount: int,
    *,
    asset_id: int = ALGO.asset_id,
    sale: Sale = ALL_AT_NO_PRICE,
    again: bool = False,
) -> Work:
    """Deposit an epoch's net revenue for the holders.

    A deposit of the same amount in the same asset for the same epoch is taken for this one, unless it is meant once
    more.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        net_amount: net revenue in base units of the asset (ALGO: microALGO).
        asset_id: what it is paid in; 0 is ALGO.
        sale: the energy that earned it.
        again: deposit even where an equal deposit was made.

    Raises:
        NoRevenue: there is no amount.
        IssuanceIsOpen: units can still be issued.
        EpochOutOfOrder: an earlier month than the last deposit's.
        AssetNotAccepted: the vault has not opted in to the asset.
        EpochNotFinal: readings may still come in.
        TooLittleEnergy: less remains than it should draw.
        NotEnoughFunds: the operator has too little.
    """
    vault = revenue.state()
    deposits = revenue.deposits()
    asset = asset_of(revenue.connection.algod, asset_id)
    wanted = (epoch_id, net_amount, asset_id)
    equal = [one for one in deposits if (one.epoch_id, one.net_amount_microalgo, one.asset_id) == wanted]
    if equal and not again:
        return Work(sender, done=(RevenueDeposited(equal[-1].deposit_id, epoch_id, net_amount, asset=asset),))
    if net_amount == 0:
        raise NoRevenue
    require_closed_issuance(vault)
    if epoch_id < vault.last_epoch:
        raise EpochOutOfOrder(epoch_id, vault.last_epoch)
    carried = _carried(revenue, vault, asset_id)
    ledger = production.final_ledger(epoch_id)
    energy_wh = ledger.remaining_wh if sale.energy_wh == ALL_REMAINING else sale.energy_wh
    if energy_wh > ledger.remaining_wh:
        raise TooLittleEnergy(epoch_id, ledger.remaining_wh, energy_wh)
    require_funds(revenue.connection.algod, sender, net_amount, asset)
    deposit_id = vault.deposit_count + 1
    calls = revenue.calls(vault.kw_token)
    payment = calls.revenue_payment(sender, epoch_id, net_amount, deposit_id, asset_id)
    group = revenue.group().add(calls.deposit_net_revenue(sender, payment, epoch_id, net_amount, deposit_id, sale))
    shared = net_amount + carried
    effect = RevenueDeposited(
        deposit_id=deposit_id,
        epoch_id=epoch_id,
        amount_microalgo=net_amount,
        energy_wh=energy_wh,
        per_kw_microalgo=shared // vault.supply_units * UNITS_PER_KW,
        carried_microalgo=shared % vault.supply_units,
        asset=asset,
        price_per_kwh=sale.price_per_kwh,
    )
    return Work.one(sender, effect, group)


def opt_in_asset(revenue: Revenue, sender: str, asset_id: int) -> Work:
    """Let net revenue be deposited in an asset, for ever.

    Args:
        sender: the operator; pays what the holding and its box add to the vault's minimum balance.
        asset_id: the asset.

    Raises:
        AssetNotFound: there is no such asset.
    """
    vault = revenue.state()
    asset = asset_of(revenue.connection.algod, asset_id)
    if asset.is_algo or any(one.asset_id == asset_id for one in revenue.assets()):
        return Work(sender, done=(AssetOptedIn(asset),))
    call = revenue.calls(vault.kw_token).opt_in_asset(sender, asset_id)
    return Work.one(sender, AssetOptedIn(asset, OPT_IN_ASSET_DEPOSIT_MICROALGO), revenue.group().add(call))


def return_energy(revenue: Revenue, sender: str, deposit_id: int, wh: int | None = None) -> Work:
    """Give energy that a deposit drew back to the project's ledger. The deposit's money stays as it is.

    Args:
        sender: the operator.
        deposit_id: the deposit.
        wh: energy in Wh; all that it has not returned by default. Each run with an amount returns it once more.

    Raises:
        DepositNotFound: there is no such deposit.
        TooLittleEnergy: it drew less, or has returned it.
    """
    found = next((one for one in revenue.deposits() if one.deposit_id == deposit_id), None)
    if found is None:
        raise DepositNotFound(deposit_id)
    there_wh = found.energy_wh - found.returned_wh
    wanted_wh = there_wh if wh is None else wh
    if wanted_wh > there_wh:
        raise TooLittleEnergy(found.epoch_id, there_wh, wanted_wh)
    effect = EnergyReturned(deposit_id, found.epoch_id, wanted_wh)
    if wanted_wh == 0:
        return Work(sender, done=(effect,))
    arguments = contracts.revenue_vault_client.ReturnEnergyArgs(depositId=deposit_id, wh=wanted_wh)
    call = revenue.calls(revenue.state().kw_token).return_energy(sender, arguments, found.epoch_id)
    return Work.one(sender, effect, revenue.group().add(call))


def withdraw(revenue: Revenue, sender: str, microalgo: int) -> Work:
    """Pay ALGO that the vault does not need to the admin. Each run pays once more.

    Args:
        sender: the admin.
        microalgo: at most `surplus_microalgo`.
    """
    call = revenue.calls(0).withdraw_surplus(
        sender, contracts.revenue_vault_client.WithdrawSurplusArgs(amountMicroalgo=microalgo)
    )
    return Work.one(sender, VaultSurplusWithdrawn(sender, microalgo), revenue.group().add(call))


def surplus_microalgo(revenue: Revenue) -> int:
    """The vault's balance less its minimum balance and what is owed and carried, in microALGO."""
    vault = revenue.state()
    spare = state.spare_microalgo(revenue.algod, vault.address)
    return max(spare - vault.owed_microalgo - vault.carried_microalgo, 0)


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
    known_assets = assets_of(revenue.connection.algod, {share.deposit.asset_id for share in shares} | {ALGO.asset_id})
    waiting = [share for share in shares if share.is_claimable and not _can_get(revenue, vault, share)]
    payable = [share for share in shares if share.is_claimable and share not in waiting]
    steps = [_claims(revenue, sender, vault, batch, known_assets) for batch in batched(payable, CLAIMS_A_GROUP)]
    done: list[Effect] = [
        _claim(share, vault, known_assets[share.deposit.asset_id])
        if share.is_claimed
        else NoShare(share.holder, share.deposit.deposit_id, share.deposit.epoch_id)
        for share in shares
        if not share.is_claimable
    ]
    done += [
        NotOptedInToAsset(
            share.holder,
            share.deposit.deposit_id,
            share.deposit.epoch_id,
            share.amount_microalgo,
            known_assets[share.deposit.asset_id],
        )
        for share in waiting
    ]
    return Work(sender, tuple(steps), tuple(done) or (() if steps else (NoDeposits(),)))


def _claims(
    revenue: Revenue, sender: str, vault: Vault, shares: Sequence[Share], known_assets: Mapping[int, Asset]
) -> Step:
    calls = revenue.calls(vault.kw_token)
    group = revenue.group()
    for share in shares:
        arguments = contracts.revenue_vault_client.ClaimArgs(
            holder=share.holder, depositId=share.deposit.deposit_id, checkpointIndex=share.checkpoint_index
        )
        group.add(calls.claim(sender, arguments, share.deposit.asset_id))

    def apart() -> list[Step]:
        return [_claims(revenue, sender, vault, [share], known_assets) for share in shares]

    effects = tuple(_claim(share, vault, known_assets[share.deposit.asset_id]) for share in shares)
    return Step(effects, group, apart=apart)


def _carried(revenue: Revenue, vault: Vault, asset_id: int) -> int:
    """What earlier deposits in an asset have left to share out, in its base units.

    Raises:
        AssetNotAccepted: the vault has not opted in to the asset.
    """
    if asset_id == ALGO.asset_id:
        return vault.carried_microalgo
    known = {one.asset_id: one for one in revenue.assets()}
    if asset_id not in known:
        raise AssetNotAccepted(asset_id)
    return known[asset_id].carried


def _can_get(revenue: Revenue, vault: Vault, share: Share) -> bool:
    """Whether the holder has opted in to the deposit's asset; the vault's own share moves nothing."""
    if share.deposit.asset_id == ALGO.asset_id or share.holder == vault.address:
        return True
    return holding(revenue.connection.algod, share.holder, share.deposit.asset_id) is not None


def _claim(share: Share, vault: Vault, asset: Asset) -> Effect:
    return RevenueClaimed(
        holder=share.holder,
        is_vault=share.holder == vault.address,
        deposit_id=share.deposit.deposit_id,
        epoch_id=share.deposit.epoch_id,
        units=share.units,
        amount_microalgo=share.amount_microalgo,
        asset=asset,
    )


def require_closed_issuance(vault: Vault) -> None:
    """Refuse while units can still be issued.

    Raises:
        IssuanceIsOpen: they can.
    """
    if not vault.is_issuance_closed:
        raise IssuanceIsOpen
