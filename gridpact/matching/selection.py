"""Selection: which Wh of each side is served, before anybody asks with whom.

**The objective.** Welfare is the sum of Wh x (buy price - sell price) and depends on the served Wh of each offer alone, not on
the pairs. Without further rules it is largest when each side is served in order of priority up to the volume Q at which
the two price curves cross; serving equal prices too makes the traded energy largest at that welfare.

**Own offers.** An account never trades with itself. Served Wh can be paired without own pairs exactly when no account
holds more than half of the two served sides together: for each account a, `sell(a) + buy(a) <= Q` (Hall's theorem: the
sellers of two accounts may reach every buyer, those of a alone reach all buyers but a). The sides hold 2Q together, so
at most one account can break this. If one does, the best selection that obeys has `sell(a) + buy(a) = Q` (every selection
between this one and the best that obeys is better still, and the line between them crosses equality), and then all other
accounts together hold Q as well and obey by themselves. With equality, a's sells serve exactly the others' buys, and the
others' sells exactly a's buys: two markets without a common offer and without own pairs, each served up to its own
crossing. So the selection is the optimum of the whole linear program in either case, not an approximation.
"""

import bisect
from dataclasses import dataclass
from typing import Final

import numpy as np

from gridpact.matching.book import I64, U64, OfferColumns
from gridpact.matching.priority import buys_in_priority, sells_in_priority
from gridpact.matching.welfare import exact_dot

_NO_ROWS: Final[I64] = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class ServedSide:
    """The served offers of one side in order of priority.

    Attributes:
        row: shape (k,), int64. Rows of the side's `OfferColumns`.
        maker: shape (k,), int64. Their accounts.
        served_wh: shape (k,), int64. At least 1, at most the offer's open amount.
    """

    row: I64
    maker: I64
    served_wh: I64


@dataclass(frozen=True, slots=True)
class OwnVolume:
    """What the ban on trading with oneself costs the one account that makes up more than half of the market.

    Attributes:
        account: maker index.
        barred_wh: Wh that by price would have been served on both sides, with only the account's own offers opposite.
        left_wh: of that, the Wh that stays open on both sides; the rest found other accounts' offers further down the
            book. The only volume of the whole book that still crosses by price.
        welfare_forgone: Wh x price units that the account's trades with itself would have added.
    """

    account: int
    barred_wh: int
    left_wh: int
    welfare_forgone: int


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The served Wh of both sides; each side sums to `volume_wh`.

    No account holds more than half of the two sides together, so a pairing without own pairs exists; and in each such
    pairing the buyer pays at least what the seller asks.
    """

    sell: ServedSide
    buy: ServedSide
    volume_wh: int
    own_volume: OwnVolume | None = None


def select(sells: OfferColumns, buys: OfferColumns) -> Selection:
    """Serve the Wh that give the greatest welfare and, at that welfare, the most energy, own pairs forbidden.

    Args:
        sells: the sell side, n_sell rows.
        buys: the buy side, n_buy rows.
    """
    if not len(sells) or not len(buys):
        return _cross(sells, _NO_ROWS, buys, _NO_ROWS)
    # Rows that no offer of the other side can meet never trade: leaving them out first makes the sorting shorter.
    sell_rows = np.flatnonzero(sells.price_per_kwh <= buys.price_per_kwh.max())
    buy_rows = np.flatnonzero(buys.price_per_kwh >= sells.price_per_kwh.min())
    sell_rows = sells_in_priority(sells, sell_rows)
    buy_rows = buys_in_priority(buys, buy_rows)
    by_price = _cross(sells, sell_rows, buys, buy_rows)
    dominating = accounts_holding(by_price.sell, by_price.buy, by_price.volume_wh + 1)
    if not dominating:
        return by_price
    return _serve_apart(sells, sell_rows, buys, buy_rows, by_price, dominating[0])


def accounts_holding(sell: ServedSide, buy: ServedSide, at_least_wh: int) -> list[int]:
    """The accounts whose served Wh of both sides together reach a threshold of at least half of a non-empty side.

    Args:
        sell: the served sell offers.
        buy: the served buy offers.
        at_least_wh: the threshold.

    Returns:
        Maker indices, ascending.
    """
    if not len(sell.row) or not len(buy.row):
        return []
    length = 1 + int(max(sell.maker.max(), buy.maker.max()))
    # Sums in floating point are wrong by far less than the margin: they only say whom to count exactly.
    held = np.bincount(sell.maker, sell.served_wh, length) + np.bincount(buy.maker, buy.served_wh, length)
    candidates = np.flatnonzero(held >= at_least_wh * (1 - 1e-6)).tolist()
    return [account for account in candidates if _held_wh(sell, account) + _held_wh(buy, account) >= at_least_wh]


def _held_wh(side: ServedSide, account: int) -> int:
    return int(side.served_wh[side.maker == account].sum())


def _serve_apart(
    sells: OfferColumns, sell_rows: I64, buys: OfferColumns, buy_rows: I64, by_price: Selection, account: int
) -> Selection:
    """Serve the account's sells with the others' buys and the others' sells with the account's buys."""
    own_sells = sells.maker[sell_rows] == account
    own_buys = buys.maker[buy_rows] == account
    own_selling = _cross(sells, sell_rows[own_sells], buys, buy_rows[~own_buys])
    own_buying = _cross(sells, sell_rows[~own_sells], buys, buy_rows[own_buys])
    sell = _in_order(sell_rows, own_selling.sell, own_buying.sell)
    buy = _in_order(buy_rows, own_selling.buy, own_buying.buy)
    volume_wh = own_selling.volume_wh + own_buying.volume_wh
    selection = Selection(sell, buy, volume_wh)
    forgone = _welfare(sells, buys, by_price) - _welfare(sells, buys, selection)
    if not forgone and volume_wh == by_price.volume_wh:
        return selection  # offers of equal price at the margin could be exchanged for the account's: nothing is lost
    own_volume = OwnVolume(
        account,
        barred_wh=_held_wh(by_price.sell, account) + _held_wh(by_price.buy, account) - by_price.volume_wh,
        left_wh=_crossing_volume(
            *_open_curve(sells, sell_rows[own_sells], sell), *_open_curve(buys, buy_rows[own_buys], buy)
        ),
        welfare_forgone=forgone,
    )
    return Selection(sell, buy, volume_wh, own_volume)


def _cross(sells: OfferColumns, sell_rows: I64, buys: OfferColumns, buy_rows: I64) -> Selection:
    """Serve two sides, given in order of priority, up to the volume at which their prices cross."""
    sell_wh = sells.amount_wh[sell_rows].view(np.int64)
    buy_wh = buys.amount_wh[buy_rows].view(np.int64)
    sell_end, buy_end = np.cumsum(sell_wh), np.cumsum(buy_wh)
    volume_wh = _crossing_volume(sells.price_per_kwh[sell_rows], sell_end, buys.price_per_kwh[buy_rows], buy_end)
    return Selection(
        _serve(sells, sell_rows, sell_wh, sell_end, volume_wh),
        _serve(buys, buy_rows, buy_wh, buy_end, volume_wh),
        volume_wh,
    )


def _serve(offers: OfferColumns, rows: I64, amount_wh: I64, end: I64, volume_wh: int) -> ServedSide:
    """The first `volume_wh` of a side; the last offer reached may be served in part."""
    served = int(np.searchsorted(end, volume_wh)) + 1 if volume_wh else 0
    served_wh = amount_wh[:served].copy()
    if served:
        served_wh[-1] -= int(end[served - 1]) - volume_wh
    return ServedSide(rows[:served], offers.maker[rows[:served]], served_wh)


def _crossing_volume(sell_price: U64, sell_end: I64, buy_price: U64, buy_end: I64) -> int:
    """The greatest volume at which the last seller still asks no more than the last buyer pays.

    Args:
        sell_price: shape (k,), ascending.
        sell_end: shape (k,), Wh of the sell side up to and including each offer.
        buy_price: shape (m,), descending.
        buy_end: shape (m,), likewise.
    """
    if not len(sell_price) or not len(buy_price):
        return 0

    def sell_is_beyond(sell: int) -> bool:
        buy = int(np.searchsorted(buy_end, sell_end[sell - 1], "right")) if sell else 0
        return buy == len(buy_end) or bool(buy_price[buy] < sell_price[sell])

    def buy_is_beyond(buy: int) -> bool:
        sell = int(np.searchsorted(sell_end, buy_end[buy - 1], "right")) if buy else 0
        return sell == len(sell_end) or bool(buy_price[buy] < sell_price[sell])

    # The curves only drift apart, so "the other side no longer meets this offer's first Wh" turns true once, for good.
    sells = bisect.bisect_left(range(len(sell_end)), True, key=sell_is_beyond)
    buys = bisect.bisect_left(range(len(buy_end)), True, key=buy_is_beyond)
    return min(int(sell_end[sells - 1]), int(buy_end[buys - 1])) if sells and buys else 0


def _in_order(priority: I64, *parts: ServedSide) -> ServedSide:
    """Join parts without a common offer into one side in order of priority."""
    row, maker, served_wh = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "maker", "served_wh")
    )
    rank = np.empty(1 + int(priority.max(initial=-1)), np.int64)
    rank[priority] = np.arange(len(priority))
    order = np.argsort(rank[row])
    return ServedSide(row[order], maker[order], served_wh[order])


def _open_curve(offers: OfferColumns, rows: I64, served: ServedSide) -> tuple[U64, I64]:
    """Prices and cumulative Wh of what the given rows, in order of priority, have left."""
    open_wh = offers.amount_wh.astype(np.int64)
    open_wh[served.row] -= served.served_wh
    rows = rows[open_wh[rows] > 0]
    return offers.price_per_kwh[rows], np.cumsum(open_wh[rows])


def _welfare(sells: OfferColumns, buys: OfferColumns, selection: Selection) -> int:
    sell, buy = selection.sell, selection.buy
    return exact_dot(buy.served_wh, buys.price_per_kwh[buy.row]) - exact_dot(
        sell.served_wh, sells.price_per_kwh[sell.row]
    )
