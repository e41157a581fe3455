"""Who may be a party of an agreement, and how an account comes to hold a settlement asset."""

from typing import Final

from algosdk.logic import get_application_address

from gridpact.billing.app import Billing
from gridpact.billing.effects import AssetOptedIn
from gridpact.billing.errors import BuyerControlsAsset, CannotHoldAsset, PartyIsApp
from gridpact.chain.assets import AssetRoles, can_receive, holding
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.call import fee
from gridpact.chain.work import Work
from gridpact.contracts.ppa_layout import AgreementTerms
from gridpact.units import Asset

HOLDING_MICROALGO: Final = 100_000
"""What an asset adds to the minimum balance of an account that may hold it."""


def require_parties(
    billing: Billing, wanted: AgreementTerms, asset: Asset, roles: AssetRoles, *, buyer_may_control: bool
) -> None:
    """Refuse an agreement that could never be paid, or whose buyer could take the payment back.

    Args:
        billing: with all apps of the deployment.
        wanted: the terms.
        asset: the settlement asset.
        roles: of that asset.
        buyer_may_control: whether it is known that the buyer has a role of it.

    Raises:
        PartyIsApp: buyer or treasury is an app's account, which nobody has a key to.
        CannotHoldAsset: buyer or treasury may not hold the asset.
        BuyerControlsAsset: the buyer could freeze the treasury's holding, or take the payment back.
    """
    parties = (("buyer", wanted.buyer), ("treasury", wanted.treasury))
    apps = {get_application_address(app_id): contract for app_id, contract in billing.apps.contracts.items()}
    for what, address in parties:
        if address in apps:
            raise PartyIsApp(what, apps[address])
    for what, address in parties:
        if not can_receive(billing.connection.algod, address, wanted.asset_id):
            raise CannotHoldAsset(what, address, asset)
    held = roles.held_by(wanted.buyer)
    if held and not buyer_may_control:
        raise BuyerControlsAsset(wanted.buyer, asset, held)


def opt_in(billing: Billing, holder: str, asset_id: int) -> Work:
    """Let an account hold a settlement asset.

    Args:
        billing: the app whose invoices are paid in it.
        holder: who opts in, and signs.
        asset_id: the asset.

    Raises:
        AssetNotFound: there is no such asset.
    """
    from algokit_utils import AssetOptInParams  # not for who only reads agreements

    algod = billing.connection.algod
    effect = AssetOptedIn(holder, read_asset(algod, asset_id), HOLDING_MICROALGO)
    if holding(algod, holder, asset_id) is not None:
        return Work(holder, done=(effect,))
    params = AssetOptInParams(sender=holder, asset_id=asset_id, static_fee=fee(1))
    return Work.one(holder, effect, billing.group().add(params))
