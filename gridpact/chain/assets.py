"""What amounts are counted in, and who has a hand in it."""

from dataclasses import dataclass
from typing import Any, Final

from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.errors import AssetNotFound, NotEnoughFunds
from gridpact.chain.node import NOT_FOUND, as_dict
from gridpact.units import ALGO, Asset


def asset(algod: AlgodClient, asset_id: int) -> Asset:
    """Unit and decimals of an asset; 0 is ALGO.

    Raises:
        AssetNotFound: there is no such asset.
    """
    if asset_id == ALGO.asset_id:
        return ALGO
    params = _params(algod, asset_id)
    # A unit name is its creator's choice: only the id tells a look-alike from the real one.
    name = str(params.get("unit-name", "")).strip() or "units"
    return Asset(asset_id, f"{name} (asset {asset_id})", int(params["decimals"]))


@dataclass(frozen=True, slots=True)
class AssetRoles:
    """Who may do what to the holdings of an asset; None: nobody any more."""

    manager: str | None = None
    """Who names the others."""
    freeze: str | None = None
    clawback: str | None = None

    def held_by(self, address: str) -> tuple[str, ...]:
        """The roles that an account has."""
        named = (("manager", self.manager), ("freeze", self.freeze), ("clawback", self.clawback))
        return tuple(name for name, holder in named if holder == address)


NO_ROLES: Final = AssetRoles()
"""Of ALGO, and of assets that nobody can change any more."""


def asset_roles(algod: AlgodClient, asset_id: int) -> AssetRoles:
    """The roles of an asset; of ALGO nobody has any.

    Raises:
        AssetNotFound: there is no such asset.
    """
    if asset_id == ALGO.asset_id:
        return NO_ROLES
    params = _params(algod, asset_id)
    return AssetRoles(*(params.get(name) or None for name in ("manager", "freeze", "clawback")))


def can_receive(algod: AlgodClient, address: str, asset_id: int) -> bool:
    """Whether an account may hold an asset: it has opted in, and its holding is not frozen. ALGO everybody may."""
    if asset_id == ALGO.asset_id:
        return True
    try:
        held = as_dict(algod.account_asset_info(address, asset_id))["asset-holding"]
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return False
        raise
    return not held.get("is-frozen", False)


def assets(algod: AlgodClient, asset_ids: set[int]) -> dict[int, Asset]:
    """Several assets by id."""
    return {asset_id: asset(algod, asset_id) for asset_id in sorted(asset_ids)}


def microalgo(algod: AlgodClient, address: str) -> int:
    """microALGO of an account."""
    return int(as_dict(algod.account_info(address, exclude="all"))["amount"])


def spendable(algod: AlgodClient, address: str, asset_id: int) -> int:
    """Base units that an account can pay: what it holds; of ALGO, what it has above its minimum balance."""
    if asset_id != ALGO.asset_id:
        return holding(algod, address, asset_id) or 0
    account = as_dict(algod.account_info(address, exclude="all"))
    return max(int(account["amount"]) - int(account["min-balance"]), 0)


def holding(algod: AlgodClient, address: str, asset_id: int) -> int | None:
    """Base units that an account holds; None where it has not opted in. ALGO is microALGO."""
    if asset_id == ALGO.asset_id:
        return microalgo(algod, address)
    try:
        return int(as_dict(algod.account_asset_info(address, asset_id))["asset-holding"]["amount"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise


def require_funds(algod: AlgodClient, payer: str, amount: int, asset: Asset) -> None:
    """Refuse where an account cannot pay.

    Args:
        algod: the node.
        payer: who pays.
        amount: base units of the asset.
        asset: what is due.

    Raises:
        NotEnoughFunds: the account has less.
    """
    held = spendable(algod, payer, asset.asset_id)
    if held < amount:
        raise NotEnoughFunds(payer, held, amount, asset)


def _params(algod: AlgodClient, asset_id: int) -> dict[str, Any]:
    """What the node says of an asset.

    Raises:
        AssetNotFound: there is no such asset.
    """
    try:
        return as_dict(as_dict(algod.asset_info(asset_id))["params"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            raise AssetNotFound(asset_id) from error
        raise
