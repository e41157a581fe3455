"""Exact sums of Wh x price: a single product may need 77 bits, a sum of them 100."""

from typing import Final

import numpy as np

from gridpact.market.matching.book import I64, U64

_HALF_BITS: Final = 20
_LOW_HALF: Final = (1 << _HALF_BITS) - 1
_CHUNK: Final = 1 << 20


def exact_dot(amount_wh: I64, price_per_kwh: I64 | U64) -> int:
    """Sum of `amount_wh[k] * price_per_kwh[k]`, exact.

    Both factors are split into halves of 20 bits, so that each partial product stays below 2^40 and a chunk of 2^20 of
    them below 2^60; Python integers put the partial sums together.

    Args:
        amount_wh: shape (k,), int64, 0 to 10^12.
        price_per_kwh: shape (k,), int64 or uint64, 0 to 10^11: a price or a difference of prices.

    Returns:
        Wh x price units: 1 EUR is 10^11 of them.
    """
    price = price_per_kwh.view(np.int64)
    total = 0
    for start in range(0, len(amount_wh), _CHUNK):
        amount_high, amount_low = _halves(amount_wh[start : start + _CHUNK])
        price_high, price_low = _halves(price[start : start + _CHUNK])
        middle = int(np.dot(amount_high, price_low)) + int(np.dot(amount_low, price_high))
        total += int(np.dot(amount_high, price_high)) << (2 * _HALF_BITS)
        total += (middle << _HALF_BITS) + int(np.dot(amount_low, price_low))
    return total


def _halves(values: I64) -> tuple[I64, I64]:
    return values >> _HALF_BITS, values & _LOW_HALF
