"""ALGO that the offer book does not need."""

from gridpact.chain import state
from gridpact.chain.work import Work
from gridpact.contracts.offer_book_client import WithdrawSurplusArgs
from gridpact.market.app import Market
from gridpact.market.effects import SurplusWithdrawn


def withdraw(market: Market, sender: str, microalgo: int) -> Work:
    """Pay ALGO that the book does not need to the admin. Each run pays once more.

    Args:
        sender: the admin.
        microalgo: at most `surplus_microalgo`.
    """
    call = market.calls.withdraw_surplus(sender, WithdrawSurplusArgs(amountMicroalgo=microalgo))
    return Work.one(sender, SurplusWithdrawn(sender, microalgo), market.group().add(call))


def surplus_microalgo(market: Market) -> int:
    """The app's balance less its minimum balance, in microALGO: gifts, and deposits of children that were pruned."""
    return state.spare_microalgo(market.algod, market.address)
