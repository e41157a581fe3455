"""Pairing: who serves whom, once selection has said how much of each offer is served.

A pairing policy is a function of a `Selection` alone. It changes neither welfare nor energy, only which buyer gets the
energy of which seller (and so, the trade price being the seller's, which buyers gain most).
"""

from collections.abc import Callable

import numpy as np

from gridpact.market.matching.book import I64
from gridpact.market.matching.pieces import Pieces, in_order, join, lay_over
from gridpact.market.matching.selection import Selection
from gridpact.market.matching.swaps import part_own_pieces

type Pairing = Callable[[Selection], Pieces]


def pair_by_priority(selection: Selection) -> Pieces:
    """Pair the lowest sell with the highest buy, older offers first at equal prices; never an account with itself.

    Where that order would pair an account with itself, buyers are exchanged with pairs near by as far as possible.

    Args:
        selection: the served Wh; no account holds more than half of the two sides together.

    Returns:
        Pieces in order of priority (sell position, then buy position), no pair twice.
    """
    sell, buy = selection.sell, selection.buy
    pieces = lay_over(sell.served_wh, buy.served_wh)
    own = np.flatnonzero(sell.maker[pieces.sell] == buy.maker[pieces.buy])
    if not len(own):
        return pieces
    if selection.half_holder is not None:
        return _pair_apart(selection, selection.half_holder)
    return part_own_pieces(pieces, own, sell.maker, buy.maker)


def _pair_apart(selection: Selection, account: int) -> Pieces:
    """Pair an account that holds half of both sides: one of its offers stands in every pair.

    So its sells meet the others' buys and the others' sells meet its buys, each in order of priority.
    """
    sell, buy = selection.sell, selection.buy
    own_sells, own_buys = sell.maker == account, buy.maker == account

    def pair(sells: I64, buys: I64) -> Pieces:
        pieces = lay_over(sell.served_wh[sells], buy.served_wh[buys])
        return Pieces(sells[pieces.sell], buys[pieces.buy], pieces.wh)

    own_selling = pair(np.flatnonzero(own_sells), np.flatnonzero(~own_buys))
    own_buying = pair(np.flatnonzero(~own_sells), np.flatnonzero(own_buys))
    return in_order(join(own_selling, own_buying))
