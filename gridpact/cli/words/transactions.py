"""Transactions in words, before they are sent: what a wallet would show."""

from typing import Final

from algosdk.transaction import OnComplete

from gridpact.chain.describe import (
    Action,
    AppCall,
    AssetConfiguration,
    AssetFreeze,
    AssetTransfer,
    Description,
    KeyRegistration,
    OtherAction,
    Payment,
)
from gridpact.units import money, number

ON_COMPLETE: Final = {
    OnComplete.NoOpOC: "",
    OnComplete.OptInOC: ", OPTS the sender IN to the app",
    OnComplete.CloseOutOC: ", CLOSES the sender's state in the app",
    OnComplete.ClearStateOC: ", CLEARS the sender's state in the app",
    OnComplete.UpdateApplicationOC: ", REPLACES the app's programs",
    OnComplete.DeleteApplicationOC: ", DELETES the app",
}


def text(description: Description) -> str:
    """What a transaction does."""
    rekeys = "" if description.rekey_to is None else f", REKEYS the sender to {description.rekey_to}"
    return f"{_action(description)}{rekeys}"


def _action(description: Description) -> str:
    action: Action = description.action
    match action:
        case Payment():
            closes = "" if action.close_to is None else f", CLOSES the sender to {action.close_to}"
            return f"pay {money(action.amount_microalgo)} to {action.receiver}{closes}"
        case AssetTransfer() if action.is_opt_in and action.receiver == description.sender:
            return f"opt in to asset {action.asset_id}"
        case AssetTransfer():
            closes = "" if action.close_to is None else f", CLOSES the holding to {action.close_to}"
            clawed = "" if action.clawed_from is None else f", from {action.clawed_from} by clawback"
            what = f"{number(action.amount)} base units of asset {action.asset_id}"
            return f"transfer {what} to {action.receiver}{closes}{clawed}"
        case AppCall():
            return f"{_call(action)}{ON_COMPLETE[action.on_complete]}"
        case AssetConfiguration():
            return _configuration(action)
        case AssetFreeze():
            verb = "FREEZE" if action.is_frozen else "unfreeze"
            return f"{verb} the holding of asset {action.asset_id} of {action.holder}"
        case KeyRegistration():
            if action.is_for_ever:
                return "take the account out of consensus FOR EVER"
            return f"take the account {'in to' if action.is_online else 'out of'} consensus"
        case OtherAction():
            return f"{action.kind} transaction"


def _call(call: AppCall) -> str:
    if call.app_id == 0:
        return "create an app"
    name = f"app {call.app_id}" if call.contract is None else call.contract.value
    unknown = "(unknown call)" if call.contract is None else "(unknown method)"
    return f"call {name}.{call.method or unknown}"


def _configuration(asset: AssetConfiguration) -> str:
    if asset.is_destroyed:
        return f"DESTROY asset {asset.asset_id}"
    roles = ", ".join(
        f"{role} {address or 'nobody'}"
        for role, address in (
            ("manager", asset.manager),
            ("reserve", asset.reserve),
            ("freeze", asset.freeze),
            ("clawback", asset.clawback),
        )
    )
    if asset.asset_id:
        return f"set the roles of asset {asset.asset_id}: {roles}"
    name = f"{asset.name or 'without a name'} ({asset.unit or 'no unit'})"
    frozen = ", holdings FROZEN by default" if asset.is_frozen else ""
    return f"create an asset {name} of {number(asset.total, asset.decimals)}{frozen}: {roles}"
