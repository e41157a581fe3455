"""Clearing the market: the schedule's groups are sent one after another, and planned anew where others came first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from algokit_utils import AlgoAmount, PaymentParams

from gridpact.chain.call import MIN_FEE_MICROALGO, fee
from gridpact.chain.errors import ContractError, LedgerError
from gridpact.chain.group import MAX_GROUP_SIZE, Group, Sent
from gridpact.contracts import errors as err
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_client import MatchOffersArgs
from gridpact.market.app import Market
from gridpact.market.book import Match, OpenBook, schedule
from gridpact.market.calls import SPARE_IDS_BOTH_SIDES

SPARE_IDS_ALONE: Final = 3
"""Later ids that are named for the only child of a lone match: with four more it makes the eight boxes of a call."""
ATTEMPTS: Final = 6
"""Groups that may fail one after another because the book changed."""
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
class Executed:
    """A group that is on chain."""

    matches: tuple[Match, ...]
    sent: Sent

    @property
    def fees_microalgo(self) -> int:
        """Fees of its transactions."""
        return len(self.sent.tx_ids) * MIN_FEE_MICROALGO

    @property
    def deposits_microalgo(self) -> int:
        """Storage deposits of the offers that carry what it left."""
        return sum(match.children for match in self.matches) * cfg.OFFER_MBR_MICROALGO


@dataclass(frozen=True, slots=True)
class Replanned:
    """Others changed the book: what is left was planned anew."""

    why: str
    book: OpenBook = field(repr=False)


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
    deposits = sum(match.children for match in matches) * cfg.OFFER_MBR_MICROALGO
    if deposits:
        top_up = PaymentParams(
            sender=sender,
            receiver=market.client.app_address,
            amount=AlgoAmount.from_micro_algo(deposits),
            static_fee=fee(1),
        )
        group.add(top_up)
    for match in matches:
        call = market.calls.match_offers(
            sender,
            MatchOffersArgs(sellId=match.sell_id, buyId=match.buy_id, amountWh=match.amount_wh),
            match.seller,
            match.buyer,
            sell_child_id=match.sell_child_id,
            buy_child_id=match.buy_child_id,
            spare_ids=spare_ids,
        )
        # The top-up has the children's deposits: their ids are new, so nobody has to look whether their boxes exist.
        group.add(replace(call, creates=()))
    return group


def execute(market: Market, sender: str, book: OpenBook) -> Iterator[Executed | Replanned]:
    """Clear the market, group by group. Each group that is yielded stands; stopping between two loses nothing.

    When others change the book meanwhile, it is read again and what is left is planned anew: they may cancel offers,
    take ids that were planned for children, or match. A group that fails changes nothing.

    Args:
        sender: the operator, whose signer is known.
        book: the open offers as they were read; it changes.

    Raises:
        ContractError: a contract refused for a reason that planning anew does not mend, or does not mend any more.
        LedgerError: the ledger refused; so did it.
    """
    failures = 0
    while True:
        change = ""
        for matches in schedule(book, SMALL_GROUP if failures > 1 else MAX_GROUP_SIZE):
            try:
                sent = group_of(market, sender, matches).send()
            except (ContractError, LedgerError) as error:
                failures += 1
                if failures == ATTEMPTS or not _is_change(error):
                    raise
                change = str(error)
                break
            failures = 0
            yield Executed(tuple(matches), sent)
            if _children(sent) != [(match.sell_child_id, match.buy_child_id) for match in matches]:
                change = "Others made offers meanwhile."
                break
        if not change:
            return
        if failures and not market.connection.is_localnet:
            # What is on its way may be another run's group: let a block pass before looking again.
            market.connection.algod.status_after_block(market.connection.last_round())
        book = OpenBook.read(market)
        yield Replanned(change, book)


def _children(sent: Sent) -> list[tuple[int | None, int | None]]:
    """The ids that the matches' children got, sell and buy side of each call."""
    sells, buys = (
        [int(event.fields["newOfferId"]) or None for event in sent.events if event.name == name]
        for name in ("OfferMatched", "BuyOfferMatched")
    )
    return list(zip(sells, buys, strict=True))


def _is_change(error: ContractError | LedgerError) -> bool:
    if isinstance(error, ContractError):
        return error.name in BOOK_CHANGED
    return LEDGER_SAYS_CHANGED.search(error.node_text) is not None
