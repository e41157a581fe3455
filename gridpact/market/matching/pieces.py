"""Pieces: two rows of served Wh laid over each other and cut wherever an offer ends on either of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gridpact.market.matching.book import I64

_POSITION_BITS: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Who serves whom with how much.

    Attributes:
        sell: shape (k,), int64. Positions in the served sell side.
        buy: shape (k,), int64. Positions in the served buy side.
        wh: shape (k,), int64. At least 1.
    """

    sell: I64
    buy: I64
    wh: I64

    def __len__(self) -> int:
        return len(self.wh)

    def __getitem__(self, index: I64) -> "Pieces":
        return Pieces(self.sell[index], self.buy[index], self.wh[index])


def lay_over(sell_wh: I64, buy_wh: I64) -> Pieces:
    """Pair two sides first with first: each piece runs to the nearest end of an offer on either side.

    Args:
        sell_wh: shape (n,), int64, at least 1 each.
        buy_wh: shape (m,), int64, at least 1 each; the same sum.

    Returns:
        At most n + m - 1 pieces in ascending order of both positions.
    """
    # The lowest bit of each end says which side it belongs to; two sorted runs are merged in linear time by this sort.
    end = np.concatenate((np.cumsum(sell_wh) << 1, np.cumsum(buy_wh) << 1 | 1))
    end.sort(kind="stable")
    ends_buy = end & 1
    end >>= 1
    wh = end.copy()
    wh[1:] -= end[:-1]
    buy = np.cumsum(ends_buy)
    buy -= ends_buy
    sell = np.arange(len(end)) - buy
    return Pieces(sell, buy, wh)[np.flatnonzero(wh)]


def join(first: Pieces, second: Pieces) -> Pieces:
    """All pieces of both, those of the second behind those of the first."""
    return Pieces(
        np.concatenate((first.sell, second.sell)),
        np.concatenate((first.buy, second.buy)),
        np.concatenate((first.wh, second.wh)),
    )


def in_order(pieces: Pieces) -> Pieces:
    """The pieces in ascending order of sell and buy position; pieces of the same pair become one."""
    return merge_equal(pieces[np.argsort(pair_key(pieces))])  # equals in any order: they are added up


def merge_equal(pieces: Pieces) -> Pieces:
    """Pieces that stand in order, with those of the same pair made one."""
    first = first_of_each(pair_key(pieces))
    if len(first) == len(pieces):
        return pieces
    return Pieces(pieces.sell[first], pieces.buy[first], np.add.reduceat(pieces.wh, first))


def pair_key(pieces: Pieces) -> I64:
    """One number a piece, which ascends with the sell and then the buy position: shape (k,), int64."""
    return pieces.sell << _POSITION_BITS | pieces.buy


def first_of_each(ordered: I64) -> I64:
    """Where each run of equal values begins: ascending positions, int64."""
    starts = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
    return np.flatnonzero(starts)
