"""Price-time priority: which offer of a side comes before which."""

import numpy as np

from gridpact.market.matching.book import I64, U64, OfferColumns


def sells_in_priority(sells: OfferColumns, rows: I64) -> I64:
    """Order rows of the sell side: lowest price first, then oldest (`since_ts`, then id).

    Args:
        sells: the sell side, n rows.
        rows: shape (k,), int64, which rows to order.

    Returns:
        The same rows in order of priority, shape (k,), int64.
    """
    return _stable_sort(_oldest_first(sells, rows), sells.price_per_kwh)


def buys_in_priority(buys: OfferColumns, rows: I64) -> I64:
    """Order rows of the buy side: highest price first, then oldest (`since_ts`, then id). As `sells_in_priority`."""
    if not len(rows):
        return rows
    return _stable_sort(_oldest_first(buys, rows), buys.price_per_kwh.max() - buys.price_per_kwh)


def _oldest_first(offers: OfferColumns, rows: I64) -> I64:
    return _stable_sort(_stable_sort(rows, offers.offer_id), offers.since_ts)


def _stable_sort(rows: I64, column: U64) -> I64:
    """Sort rows ascending by their value in a column; rows of equal value keep their order.

    Value and position are packed into one 64-bit word where they fit: NumPy sorts words several times faster than it
    sorts positions by value, and as no two words are equal the order is the stable one. Prices always fit (37 bits
    beside 22), times in seconds too; ids far apart may not.
    """
    values = column[rows]
    if (values[1:] >= values[:-1]).all():
        return rows
    position_bits = (len(rows) - 1).bit_length()
    lowest = values.min()
    if int(values.max() - lowest).bit_length() + position_bits > 64:
        return rows[np.argsort(values, kind="stable")]
    words = (values - lowest) << np.uint64(position_bits)
    words |= np.arange(len(rows), dtype=np.uint64)
    words.sort()
    words &= np.uint64((1 << position_bits) - 1)
    return rows[words.view(np.int64)]
