"""Selection: which Wh of each side is served, before anybody asks with whom.

**The objective.** Welfare is the sum of Wh x (buy price - sell price). It depends on the served Wh of each offer alone,
not on the pairs. Without further rules it is largest when each side is served in order of priority up to the volume Q
at which the two price curves cross; serving equal prices too makes the traded energy largest at that welfare.

**Own offers.** An account never trades with itself. Served Wh can be paired without own pairs exactly when no account
holds more than half of the two served sides together: for each account a, `sell(a) + buy(a) <= Q` (Hall's theorem: the
sellers of two accounts may reach every buyer, those of a alone reach all buyers but a). The sides hold 2Q together, so
at most one account can break this. If one does, a best selection that obeys has `sell(a) + buy(a) = Q`: the objective
is linear, so on the line from the crossing's selection to any one that obeys, the point that reaches equality is at
least as good as the end. With equality all other accounts together hold Q as well and obey by themselves; a's sells
serve exactly the others' buys, and the others' sells exactly a's buys: two markets without a common offer and without
own pairs, each served up to its own crossing. So the selection is the optimum of the whole linear program in either
case.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from gridpact.market.matching.book import I64, Mask, OfferColumns
from gridpact.market.matching.crossing import crossing_volume, rows_up_to_crossing
from gridpact.market.matching.pieces import first_of_each
from gridpact.market.matching.priority import buys_in_priority, sells_in_priority
from gridpact.market.matching.welfare import exact_dot

_MAKER_CLASSES: Final = 1 << 10


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

    Attributes:
        sell: the served sells.
        buy: the served buys.
        volume_wh: Wh served on each side.
        half_holder: an account that holds exactly half of the two sides together, so that one of its offers stands in
            every pair; None when every account holds less.
        own_volume: what one account could have traded only with itself; None when the ban on that costs nothing.
    """

    sell: ServedSide
    buy: ServedSide
    volume_wh: int
    half_holder: int | None = None
    own_volume: OwnVolume | None = None


def select(sells: OfferColumns, buys: OfferColumns) -> Selection:
    """Serve the Wh that give the greatest welfare and, at that welfare, the most energy, own pairs forbidden.

    Args:
        sells: the sell side, n_sell rows.
        buys: the buy side, n_buy rows.
    """
    by_price = _cross(sells, buys)
    account = _holder_of_half(by_price)
    if account is None:
        return by_price
    if _held_wh(by_price, account) == by_price.volume_wh:
        return replace(by_price, half_holder=account)
    return _serve_apart(sells, buys, by_price, account)


def _cross(sells: OfferColumns, buys: OfferColumns) -> Selection:
    """Serve two sides in order of priority, up to the volume at which their prices cross."""
    sell_rows, buy_rows = rows_up_to_crossing(sells, buys)
    sell_rows, buy_rows = sells_in_priority(sells, sell_rows), buys_in_priority(buys, buy_rows)
    sell_wh, buy_wh = sells.amount_wh[sell_rows].view(np.int64), buys.amount_wh[buy_rows].view(np.int64)
    sell_end, buy_end = np.cumsum(sell_wh), np.cumsum(buy_wh)
    volume_wh = crossing_volume(sells.price_per_kwh[sell_rows], sell_end, buys.price_per_kwh[buy_rows], buy_end)
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


def _holder_of_half(selection: Selection) -> int | None:
    """The account with the most served Wh of both sides together, if it has at least half of them."""
    if not selection.volume_wh:
        return None
    sides = (selection.sell, selection.buy)
    # Who holds half is in a class of indices that holds half, and mostly no class does. Floating-point sums are wrong
    # by far less than the margin: they only say whether to count exactly.
    by_class = sum(np.bincount(side.maker % _MAKER_CLASSES, side.served_wh, _MAKER_CLASSES) for side in sides)
    if np.max(by_class) < selection.volume_wh * (1 - 1e-6):
        return None
    maker, served_wh = (np.concatenate([getattr(side, name) for side in sides]) for name in ("maker", "served_wh"))
    order = np.argsort(maker)
    first = first_of_each(maker[order])
    held_wh = np.add.reduceat(served_wh[order], first)
    most = int(np.argmax(held_wh))
    return int(maker[order[first[most]]]) if held_wh[most] >= selection.volume_wh else None


def _held_wh(selection: Selection, account: int) -> int:
    """Served Wh of an account on both sides together."""
    return sum(int(side.served_wh[side.maker == account].sum()) for side in (selection.sell, selection.buy))


def _serve_apart(sells: OfferColumns, buys: OfferColumns, by_price: Selection, account: int) -> Selection:
    """Serve the account's sells with the others' buys and the others' sells with the account's buys."""
    own_sells, own_buys = sells.maker == account, buys.maker == account
    sell_wh, buy_wh = np.zeros(len(sells), np.int64), np.zeros(len(buys), np.int64)
    for sell_rows, buy_rows in (
        (np.flatnonzero(own_sells), np.flatnonzero(~own_buys)),
        (np.flatnonzero(~own_sells), np.flatnonzero(own_buys)),
    ):
        market = _cross(sells.take(sell_rows), buys.take(buy_rows))
        sell_wh[sell_rows[market.sell.row]] = market.sell.served_wh
        buy_wh[buy_rows[market.buy.row]] = market.buy.served_wh
    sell_rows = sells_in_priority(sells, np.flatnonzero(sell_wh))
    buy_rows = buys_in_priority(buys, np.flatnonzero(buy_wh))
    selection = Selection(
        ServedSide(sell_rows, sells.maker[sell_rows], sell_wh[sell_rows]),
        ServedSide(buy_rows, buys.maker[buy_rows], buy_wh[buy_rows]),
        volume_wh=int(sell_wh.sum()),
        half_holder=account,
    )
    forgone = _welfare(sells, buys, by_price) - _welfare(sells, buys, selection)
    if not forgone and selection.volume_wh == by_price.volume_wh:
        return selection  # offers of equal price at the margin could stand in for the account's: nothing is lost
    still_open = _cross(_left_over(sells, own_sells, sell_wh), _left_over(buys, own_buys, buy_wh))
    own_volume = OwnVolume(
        account,
        barred_wh=_held_wh(by_price, account) - by_price.volume_wh,
        left_wh=still_open.volume_wh,
        welfare_forgone=forgone,
    )
    return replace(selection, own_volume=own_volume)


def _left_over(offers: OfferColumns, rows: Mask, served_wh: I64) -> OfferColumns:
    """What the given rows have left, as a book of its own."""
    open_wh = offers.amount_wh - served_wh.view(np.uint64)
    left = np.flatnonzero(rows & (open_wh > 0))
    return replace(offers.take(left), amount_wh=open_wh[left])


def _welfare(sells: OfferColumns, buys: OfferColumns, selection: Selection) -> int:
    sell, buy = selection.sell, selection.buy
    asked = exact_dot(sell.served_wh, sells.price_per_kwh[sell.row])
    return exact_dot(buy.served_wh, buys.price_per_kwh[buy.row]) - asked
