"""Where two price curves cross: sells from the lowest price up, buys from the highest down."""

import bisect
from typing import Final

import numpy as np

from gridpact.market.matching.book import I64, U64, OfferColumns

_PRICE_BIN_BITS: Final = 12
_PRICE_BINS: Final = (1 << _PRICE_BIN_BITS) + 2


def crossing_volume(sell_price: U64, sell_end: I64, buy_price: U64, buy_end: I64) -> int:
    """The greatest volume at which the last seller still asks no more than the last buyer pays.

    Args:
        sell_price: shape (n,), ascending.
        sell_end: shape (n,), Wh of the sell side up to and including each offer.
        buy_price: shape (m,), descending.
        buy_end: shape (m,), likewise.

    Returns:
        Wh.
    """

    def sell_is_beyond(sell: int) -> bool:
        buy = int(np.searchsorted(buy_end, sell_end[sell - 1], "right")) if sell else 0
        return buy == len(buy_end) or bool(buy_price[buy] < sell_price[sell])

    def buy_is_beyond(buy: int) -> bool:
        sell = int(np.searchsorted(sell_end, buy_end[buy - 1], "right")) if buy else 0
        return sell == len(sell_end) or bool(buy_price[buy] < sell_price[sell])

    # The curves only drift apart, so "the other side no longer meets this offer's first Wh" turns true once, for good.
    sells = bisect.bisect_left(range(len(sell_end)), x=True, key=sell_is_beyond)
    buys = bisect.bisect_left(range(len(buy_end)), x=True, key=buy_is_beyond)
    return min(int(sell_end[sells - 1]), int(buy_end[buys - 1])) if sells and buys else 0


def rows_up_to_crossing(sells: OfferColumns, buys: OfferColumns) -> tuple[I64, I64]:
    """Leave out rows that cannot be served before the crossing: the fewer rows, the less there is to sort.

    By volumes in bins of price. Bin c is the lowest one with at least as much on sale up to its end as is asked for
    above it. A sell above c comes after all that is asked for above c, so it would meet a lower price; a buy below c
    likewise.

    Args:
        sells: the sell side.
        buys: the buy side.

    Returns:
        The rows of each side that may be served, ascending.
    """
    if not len(sells) or not len(buys):
        return np.arange(0), np.arange(0)
    lowest, highest = int(sells.price_per_kwh.min()), int(buys.price_per_kwh.max())
    sell_bin, buy_bin = (_price_bin(side.price_per_kwh, lowest, highest) for side in (sells, buys))
    on_sale_wh, asked_wh = _wh_by_bin(sell_bin, sells.amount_wh), _wh_by_bin(buy_bin, buys.amount_wh)
    asked_above_wh = asked_wh.sum() - np.cumsum(asked_wh)
    crossing = np.argmax(np.cumsum(on_sale_wh) >= asked_above_wh)
    return np.flatnonzero(sell_bin <= crossing), np.flatnonzero(buy_bin >= crossing)


def _price_bin(price_per_kwh: U64, lowest: int, highest: int) -> I64:
    """Bins of equal width from `lowest` to `highest`; the first and the last one take what lies outside."""
    price_bin = price_per_kwh.astype(np.int64)
    price_bin -= lowest
    price_bin >>= max((highest - lowest).bit_length() - _PRICE_BIN_BITS, 0)
    price_bin += 1
    return price_bin.clip(0, _PRICE_BINS - 1, out=price_bin)


def _wh_by_bin(price_bin: I64, amount_wh: U64) -> I64:
    total_wh = np.zeros(_PRICE_BINS, np.int64)
    np.add.at(total_wh, price_bin, amount_wh.view(np.int64))
    return total_wh
