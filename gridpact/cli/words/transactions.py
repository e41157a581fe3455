"""Transactions in words, before they are sent: what a wallet would show."""

from gridpact.chain.describe import Action, AppCall, AssetTransfer, Description, OtherAction, Payment
from gridpact.units import money, number, short


def text(description: Description) -> str:
    """What a transaction does."""
    rekeys = "" if description.rekey_to is None else f", REKEYS the sender to {description.rekey_to}"
    return f"{_action(description)}{rekeys}"


def _action(description: Description) -> str:
    action: Action = description.action
    match action:
        case Payment():
            closes = "" if action.close_to is None else f", CLOSES the sender to {action.close_to}"
            return f"pay {money(action.amount_microalgo)} to {short(action.receiver)}{closes}"
        case AssetTransfer() if action.is_opt_in and action.receiver == description.sender:
            return f"opt in to asset {action.asset_id}"
        case AssetTransfer():
            closes = "" if action.close_to is None else f", CLOSES the holding to {action.close_to}"
            clawed = "" if action.clawed_from is None else f", from {action.clawed_from} by clawback"
            what = f"{number(action.amount)} base units of asset {action.asset_id}"
            return f"transfer {what} to {short(action.receiver)}{closes}{clawed}"
        case AppCall():
            name = f"app {action.app_id}" if action.contract is None else action.contract.value
            unknown = "(unknown call)" if action.contract is None else "(unknown method)"
            return f"call {name}.{action.method or unknown}"
        case OtherAction():
            return f"{action.kind} transaction"
