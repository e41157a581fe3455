"""Clearing the market: the plan's groups as work, planned again where others came first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gridpact import contracts
from gridpact.chain.call import MIN_FEE_MICROALGO
from gridpact.chain.errors import ContractError, LedgerError, LedgerReason
from gridpact.chain.group import MAX_GROUP_SIZE, Group
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError
from gridpact.market.app import Market
from gridpact.market.book import MarketPlan, OpenBook, plan_market
from gridpact.market.calls import SPARE_IDS_BOTH_SIDES
from gridpact.market.effects import Match

SPARE_IDS_ALONE: Final = 3
"""Later ids that are named for the only child of a lone match: with four more it makes the eight boxes of a call."""
SMALL_GROUP: Final = 2
"""Transactions of a group after two failures: in it no match relies on another, and later ids can be named."""

BOOK_CHANGED: Final = frozenset(
    {
        err.INVALID_OFFER_ID,
        err.OFFER_NOT_ACTIVE,
        err.INVALID_BUY_OFFER_ID,
        err.BUY_OFFER_NOT_ACTIVE,
        err.INVALID_AMOUNT,
        err.SELF_MATCH,
        err.PRICE_CROSS,
    }
)
"""Refusals of a match that was right when it was planned: others have changed the book."""
LEDGER_SAYS_CHANGED: Final = re.compile(r"invalid Box reference|already in ledger")
"""An offer got another id or maker than was planned; or another run's group is this very one."""


@dataclass(frozen=True, slots=True)
class Clearing(Work):
    """The matches of a plan, as steps of which each has its matches as effects."""

    plan: MarketPlan = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Executed:
    """A group that is on chain."""

    matches: tuple[Match, ...]
    sent: Sent

    @classmethod
    def of(cls, step: Step, sent: Sent) -> "Executed":
        """A step of a clearing, as confirmed."""
        return cls(tuple(effect for effect in step.effects if isinstance(effect, Match)), sent)

    @property
    def fees_microalgo(self) -> int:
        """Fees of its transactions."""
        return len(self.sent.tx_ids) * MIN_FEE_MICROALGO

    @property
    def deposits_microalgo(self) -> int:
        """What its top-up paid for the offers that carry what it left."""
        return sum(int(one["txn"]["txn"].get("amt", 0)) for one in self.sent.confirmations)


def group_of(market: Market, sender: str, matches: Sequence[Match]) -> Group:
    """The atomic group of some matches, with the top-up of the deposits that they need.

    Where a match relies on the child of an earlier one, no later id is named: when another client's offer takes a
    planned id, the ledger refuses the group as a whole, and no match meets an offer that it was not planned for.

    Args:
        sender: the operator.
        matches: in order.
    """
    sell_children = {match.sell_child_id for match in matches}
    buy_children = {match.buy_child_id for match in matches}
    if any(match.sell_id in sell_children or match.buy_id in buy_children for match in matches):
        spare_ids = 0
    else:
        spare_ids = SPARE_IDS_ALONE if len(matches) == matches[0].children == 1 else SPARE_IDS_BOTH_SIDES
    group = market.group()
    for match in matches:
        call = market.calls.match_offers(
            sender,
            contracts.offer_book_client.MatchOffersArgs(
                sellId=match.sell_id, buyId=match.buy_id, amountWh=match.amount_wh
            ),
            match.seller,
            match.buyer,
            sell_child_id=match.sell_child_id,
            buy_child_id=match.buy_child_id,
            spare_ids=spare_ids,
        )
        group.add(call)
    return group


def clear(market: Market, sender: str) -> Clearing:
    """The work that clears the market: all matches of its plan, in atomic groups.

    Others may change the book meanwhile: cancel offers, take ids that were planned for children, or match. A group that
    fails changes nothing; then the book is read again, and what is left is planned anew.

    Args:
        market: the offer book's app.
        sender: the operator.
    """
    return _Clearer(market, sender).work(MAX_GROUP_SIZE)


@dataclass(frozen=True, slots=True)
class _Clearer:
    """Plans the market, as often as others change the book."""

    market: Market
    sender: str

    def work(self, most: int) -> Clearing:
        """The book as it stands, planned in groups of at most so many transactions."""
        plan = plan_market(OpenBook.read(self.market), most)
        steps = tuple(Step(matches, group_of(self.market, self.sender, matches)) for matches in plan.groups)
        planned = tuple(match for matches in plan.groups for match in matches)
        return Clearing(self.sender, steps, replanning=_Replanning(self, planned), plan=plan)


@dataclass(frozen=True, slots=True)
class _Replanning:
    """The market, planned again on what others left."""

    clearer: _Clearer
    planned: tuple[Match, ...]
    """All matches of the plan: the same plan again knows nothing new."""

    def is_change(self, error: GridPactError) -> bool:
        """Whether others changed the book since it was read."""
        if isinstance(error, ContractError):
            return error.name in BOOK_CHANGED
        if not isinstance(error, LedgerError):
            return False
        # What the app had to spare is spent: by another run, or because its admin took it.
        is_spent = error.reason == LedgerReason.BELOW_MINIMUM and self.clearer.market.address in error.node_text
        return is_spent or LEDGER_SAYS_CHANGED.search(error.node_text) is not None

    def holds(self, step: Step, sent: Sent) -> bool:
        """Whether the children got the ids that later matches name."""
        planned = [(one.sell_child_id, one.buy_child_id) for one in step.effects if isinstance(one, Match)]
        return _children(sent) == planned

    def again(self, failures: int) -> Work:
        """The rest of the market. What others changed may still wait for its block: where the chain says nothing new,
        the next one is waited for."""
        most = SMALL_GROUP if failures > 1 else MAX_GROUP_SIZE
        work = self.clearer.work(most)
        if not failures or tuple(work.effects) != self.planned:
            return work
        connection = self.clearer.market.connection
        connection.algod.status_after_block(connection.last_round())
        return self.clearer.work(most)


def _children(sent: Sent) -> list[tuple[int | None, int | None]]:
    """The ids that the matches' children got, sell and buy side of each call."""
    sells, buys = (
        [int(event.fields["newOfferId"]) or None for event in sent.events if event.name == name]
        for name in ("OfferMatched", "BuyOfferMatched")
    )
    return list(zip(sells, buys, strict=True))
