"""The plan: which offers to match with how much, what that is worth, and what stays open."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gridpact.market.matching.book import I64, U64, OfferColumns
from gridpact.market.matching.pairing import Pairing, pair_by_priority
from gridpact.market.matching.selection import OwnVolume, select
from gridpact.market.matching.welfare import exact_dot


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """One match, ready to be shown or executed.

    Attributes:
        sell_id: the sell offer.
        buy_id: the buy offer.
        amount_wh: Wh that change hands.
        price_per_kwh: the trade price, the seller's: EUR per kWh with 8 decimals.
        welfare: Wh x (buy price - sell price); 10^11 are 1 EUR.
    """

    sell_id: int
    buy_id: int
    amount_wh: int
    price_per_kwh: int
    welfare: int


@dataclass(frozen=True, eq=False)
class MatchPlan:
    """Matches between two books, in order of priority.

    Attributes:
        sells: the sell side that was matched, n_sell rows.
        buys: the buy side that was matched, n_buy rows.
        sell_row: shape (k,), int64. Rows of `sells`.
        buy_row: shape (k,), int64. Rows of `buys`. No pair of rows stands twice.
        amount_wh: shape (k,), int64. At least 1.
        own_volume: what one account could have traded only with itself; None when the ban on that costs nothing.
    """

    sells: OfferColumns
    buys: OfferColumns
    sell_row: I64
    buy_row: I64
    amount_wh: I64
    own_volume: OwnVolume | None

    def __len__(self) -> int:
        return len(self.amount_wh)

    @property
    def price_per_kwh(self) -> U64:
        """Trade price of each match, the seller's: shape (k,), uint64, EUR per kWh with 8 decimals."""
        return self.sells.price_per_kwh[self.sell_row]

    @cached_property
    def traded_wh(self) -> int:
        """Wh of all matches together."""
        return int(self.amount_wh.sum())

    @cached_property
    def welfare(self) -> int:
        """Sum of Wh x (buy price - sell price) over all matches, exact; 10^11 are 1 EUR."""
        return exact_dot(self.amount_wh, self.buys.price_per_kwh[self.buy_row] - self.price_per_kwh)

    @property
    def open_sell_wh(self) -> I64:
        """Wh of each sell offer that stay open: shape (n_sell,), int64."""
        return _open_wh(self.sells, self.sell_row, self.amount_wh)

    @property
    def open_buy_wh(self) -> I64:
        """Wh of each buy offer that stay open: shape (n_buy,), int64."""
        return _open_wh(self.buys, self.buy_row, self.amount_wh)

    def iter_pairs(self) -> Iterator[PlannedPair]:
        """The matches in order of priority, in Python integers."""
        sell_price, buy_price = self.price_per_kwh, self.buys.price_per_kwh[self.buy_row]
        columns = (
            self.sells.offer_id[self.sell_row],
            self.buys.offer_id[self.buy_row],
            self.amount_wh,
            sell_price,
            buy_price - sell_price,
        )
        for sell_id, buy_id, amount_wh, price, surplus in zip(*(column.tolist() for column in columns), strict=True):
            yield PlannedPair(sell_id, buy_id, amount_wh, price, amount_wh * surplus)


def match_offers(sells: OfferColumns, buys: OfferColumns, pairing: Pairing = pair_by_priority) -> MatchPlan:
    """Match two books: greatest welfare, then most energy, no account with itself.

    Pure and deterministic: the same offers give the same matches, in whatever order their rows stand.

    Args:
        sells: the sell side, n_sell rows.
        buys: the buy side, n_buy rows.
        pairing: who serves whom among the served Wh; welfare and energy do not depend on it.

    Returns:
        The plan. Every match is between different accounts, at a price that the buyer accepts.
    """
    selection = select(sells, buys)
    pieces = pairing(selection)
    return MatchPlan(
        sells,
        buys,
        sell_row=selection.sell.row[pieces.sell],
        buy_row=selection.buy.row[pieces.buy],
        amount_wh=pieces.wh,
        own_volume=selection.own_volume,
    )


def _open_wh(offers: OfferColumns, rows: I64, amount_wh: I64) -> I64:
    open_wh = offers.amount_wh.astype(np.int64)
    np.subtract.at(open_wh, rows, amount_wh)
    return open_wh
