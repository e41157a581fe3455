"""The market: the open book, and the matches that clear it, in atomic groups. Pure, but for reading the book.

A schedule depends on nothing but the open offers. So a run that was cut off anywhere is finished by running it again:
it reads the book as the last group left it, and schedules what that run would have done next.

Two things make this hold. A child gets a new id, but keeps its parent's place among offers of equal price and time
(`OpenSide.columns`). And where no account had to be kept from itself, what is left of a plan is the plan of what is
left; where one had to, only the first group of a plan is taken, and the rest is planned anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridpact.chain.call import MIN_FEE_MICROALGO
from gridpact.chain.group import MAX_GROUP_SIZE
from gridpact.chain.layout import address_text
from gridpact.chain.state import spare_microalgo
from gridpact.contracts import offer_book_config as cfg
from gridpact.market.app import Market
from gridpact.market.effects import Match
from gridpact.market.matching import MAX_PRICE_PER_KWH, MatchPlan, OfferColumns, OwnVolume, match_offers
from gridpact.market.read import OpenOffers

type Ids = NDArray[np.int64]


@dataclass(slots=True)
class OpenSide:
    """The open offers of one side, as matches change them.

    Attributes:
        next_id: the id that the side's next offer gets.
        offer_id: shape (n,), int64. It changes when a partial match puts a child in the offer's place.
        is_child: shape (n,), bool.
        maker: shape (n,), int64. Index of the account, the same on both sides.
        amount_wh: shape (n,), int64. 0 once an offer is matched in full.
        price_per_kwh: shape (n,), uint64.
        since_ts: shape (n,), uint64.
    """

    next_id: int
    offer_id: Ids
    is_child: NDArray[np.bool_]
    maker: Ids
    amount_wh: Ids
    price_per_kwh: NDArray[np.uint64]
    since_ts: NDArray[np.uint64]

    def columns(self) -> tuple[OfferColumns, Ids]:
        """The offers that are open, for the matcher, and their rows here: shape (k,), int64.

        Among offers of equal price and time the matcher takes the lowest id first. A child's id is above all others,
        but it has its parent's place, and its parent was the first of them when it was matched. So the ids are numbered
        anew: children first, the newest of them first, then the others by id.
        """
        rows = np.flatnonzero(self.amount_wh)
        ids = self.offer_id[rows]
        place = np.where(self.is_child[rows], self.next_id - 1 - ids, self.next_id + ids).astype(np.uint64)
        return (
            OfferColumns(
                place,
                self.maker[rows],
                self.amount_wh[rows].astype(np.uint64),
                self.price_per_kwh[rows],
                self.since_ts[rows],
            ),
            rows,
        )

    def take(self, row: int, amount_wh: int) -> int | None:
        """Match energy of an offer; the id of the child that carries the rest, None when nothing is left."""
        self.amount_wh[row] -= amount_wh
        if not self.amount_wh[row]:
            return None
        child_id = self.next_id
        self.offer_id[row] = child_id
        self.is_child[row] = True
        self.next_id += 1
        return child_id

    def copy(self) -> "OpenSide":
        """A side that changes on its own."""
        return OpenSide(
            self.next_id,
            self.offer_id.copy(),
            self.is_child.copy(),
            self.maker,
            self.amount_wh.copy(),
            self.price_per_kwh,
            self.since_ts,
        )


@dataclass(slots=True)
class OpenBook:
    """The open offers of both sides, and the accounts that made them."""

    sells: OpenSide
    buys: OpenSide
    accounts: list[str]
    """Address by the makers' index, in the order of their public keys."""
    spare_microalgo: int = 0
    """What the app holds above its minimum balance: it pays for children before the operator does."""

    @classmethod
    def of(cls, sells: OpenOffers, buys: OpenOffers, spare_microalgo: int = 0) -> "OpenBook":
        """The book as it was read."""
        keys = np.concatenate((sells.rows["maker"], buys.rows["maker"]))
        known, index = np.unique(keys.view(np.uint8).reshape(-1, 32), axis=0, return_inverse=True)
        index = index.reshape(-1).astype(np.int64)
        return cls(
            _side(sells, index[: len(sells.rows)]),
            _side(buys, index[len(sells.rows) :]),
            [address_text(key.tobytes()) for key in known],
            spare_microalgo,
        )

    @classmethod
    def read(cls, market: Market) -> "OpenBook":
        """The book as it stands on chain."""
        return cls.of(*market.open_offers(), spare_microalgo(market.algod, market.address))

    def copy(self) -> "OpenBook":
        """A book that changes on its own."""
        return OpenBook(self.sells.copy(), self.buys.copy(), self.accounts, self.spare_microalgo)

    def plan(self) -> tuple[MatchPlan, Ids, Ids]:
        """The matcher's plan, and the rows here of the sells and buys that it speaks of."""
        sells, sell_rows = self.sells.columns()
        buys, buy_rows = self.buys.columns()
        return match_offers(sells, buys), sell_rows, buy_rows

    def match(self, sell_row: int, buy_row: int, amount_wh: int) -> Match:
        """Match two offers here, as the chain will."""
        sells, buys = self.sells, self.buys
        sell_id, buy_id = int(sells.offer_id[sell_row]), int(buys.offer_id[buy_row])
        price, most = int(sells.price_per_kwh[sell_row]), int(buys.price_per_kwh[buy_row])
        return Match(
            sell_id=sell_id,
            buy_id=buy_id,
            seller=self.accounts[sells.maker[sell_row]],
            buyer=self.accounts[buys.maker[buy_row]],
            amount_wh=amount_wh,
            price_per_kwh=price,
            welfare=amount_wh * (most - price),
            sell_child_id=sells.take(sell_row, amount_wh),
            buy_child_id=buys.take(buy_row, amount_wh),
        )


def schedule(book: OpenBook, most: int = MAX_GROUP_SIZE) -> Iterator[list[Match]]:
    """The matches that clear a book, in the groups that execute them.

    Args:
        book: the open offers. It changes as the schedule goes on: what is left when it ends stays open.
        most: transactions of a group, at least 2: a match and the top-up for what it leaves.
    """
    while True:
        plan, sell_rows, buy_rows = book.plan()
        group: list[Match] = []
        rest_holds = _is_in_order(plan)
        rows = zip(
            sell_rows[plan.sell_row].tolist(), buy_rows[plan.buy_row].tolist(), plan.amount_wh.tolist(), strict=True
        )
        for sell_row, buy_row, amount_wh in rows:
            leaves = amount_wh < max(int(book.sells.amount_wh[sell_row]), int(book.buys.amount_wh[buy_row]))
            if group and _size(group) + 1 + (leaves and not _leaves(group)) > most:
                yield group
                group = []
                if not rest_holds:
                    break
            group.append(book.match(sell_row, buy_row, amount_wh))
        else:
            if group:
                yield group
            return


@dataclass(frozen=True, slots=True)
class MarketPlan:
    """What clears the book as it stands. All amounts are exact."""

    groups: tuple[tuple[Match, ...], ...]
    own_account: str | None
    """The account that could have traded more only with itself; None when the ban on that costs nothing."""
    own_volume: OwnVolume | None
    open_sells: int
    """Offers of each side before anything is matched."""
    open_buys: int
    spare_microalgo: int
    """What the app has to spare for children."""

    @property
    def matches(self) -> list[Match]:
        """All matches in order."""
        return [match for group in self.groups for match in group]

    @property
    def traded_wh(self) -> int:
        """Energy of all matches."""
        return sum(match.amount_wh for match in self.matches)

    @property
    def welfare(self) -> int:
        """Welfare of all matches; 10^11 are 1 EUR."""
        return sum(match.welfare for match in self.matches)

    @property
    def fees_microalgo(self) -> int:
        """Fees of all groups."""
        return (len(self.matches) + sum(map(bool, self._top_ups_microalgo()))) * MIN_FEE_MICROALGO

    @property
    def deposits_microalgo(self) -> int:
        """What the operator pays for the boxes of the offers that carry what partial matches leave."""
        return sum(self._top_ups_microalgo())

    def _top_ups_microalgo(self) -> Iterator[int]:
        """What each group pays for its children: nothing while the app has something to spare."""
        spare = self.spare_microalgo
        for group in self.groups:
            needed = sum(match.children for match in group) * cfg.OFFER_MBR_MICROALGO
            yield max(needed - spare, 0)
            spare = max(spare - needed, 0)


def plan_market(book: OpenBook, most: int = MAX_GROUP_SIZE) -> MarketPlan:
    """Plan the matches that clear a book. Pure.

    Args:
        book: the open offers; it is left as it is.
        most: transactions of a group, at least 2.
    """
    first, _, _ = book.plan()
    own = first.own_volume
    return MarketPlan(
        groups=tuple(tuple(group) for group in schedule(book.copy(), most)),
        own_account=None if own is None else book.accounts[own.account],
        own_volume=own,
        open_sells=int(np.count_nonzero(book.sells.amount_wh)),
        open_buys=int(np.count_nonzero(book.buys.amount_wh)),
        spare_microalgo=book.spare_microalgo,
    )


# --- inside -----------------------------------------------------------------------------------------------------------


def _side(offers: OpenOffers, maker: Ids) -> OpenSide:
    rows = offers.rows
    return OpenSide(
        next_id=offers.next_id,
        offer_id=offers.offer_id.astype(np.int64),
        is_child=rows["paid_by_float"] != 0,
        maker=maker,
        amount_wh=rows["amount_wh"].astype(np.int64),
        price_per_kwh=rows["price_per_kwh"].astype(np.uint64),
        since_ts=rows["since_ts"].astype(np.uint64),
    )


def _size(group: Sequence[Match]) -> int:
    """Transactions of a group: its calls, and the top-up where a match leaves something."""
    return len(group) + _leaves(group)


def _leaves(group: Sequence[Match]) -> bool:
    return any(match.children for match in group)


def _is_in_order(plan: MatchPlan) -> bool:
    """Whether both sides are served in order of priority: nobody had to be kept from trading with himself."""
    return _ascend(
        plan.sells.price_per_kwh[plan.sell_row], plan.sells.since_ts[plan.sell_row], plan.sells.offer_id[plan.sell_row]
    ) and _ascend(
        MAX_PRICE_PER_KWH - plan.buys.price_per_kwh[plan.buy_row],
        plan.buys.since_ts[plan.buy_row],
        plan.buys.offer_id[plan.buy_row],
    )


def _ascend(*keys: NDArray[np.uint64]) -> bool:
    """Whether rows stand in ascending order of several keys, the first one first."""
    follows = np.ones(max(len(keys[0]) - 1, 0), np.bool_)
    for key in reversed(keys):
        follows = (key[1:] > key[:-1]) | ((key[1:] == key[:-1]) & follows)
    return bool(follows.all())
