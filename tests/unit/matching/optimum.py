"""What the best matches are worth, as a linear program: the check that shares nothing with the matcher."""

from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from tests.unit.matching.books import Book

_WELFARE_WEIGHT: Final = 1000  # above the energy of any test book: welfare first, then energy


class Optimum(NamedTuple):
    welfare: int
    traded_wh: int


def find_optima(books: list[Book], *, own_pairs: bool = False) -> list[Optimum]:
    """The greatest welfare and, at that welfare, the most energy of each book.

    One variable a pair of offers that accept each other's price and, unless `own_pairs`, are of different accounts; one
    constraint an offer. All books are blocks of one program, so each block is at its own optimum. The matrix is totally
    unimodular: the solver's vertex is whole Wh, and rounding takes away its floating-point noise only.
    """
    surplus: list[int] = []
    book_of_pair: list[int] = []
    offers_of_pair: list[int] = []
    amount_wh: list[int] = []
    for number, book in enumerate(books):
        first_sell, first_buy = len(amount_wh), len(amount_wh) + len(book.sells)
        amount_wh += [offer.amount_wh for offer in book.sells + book.buys]
        for i, sell in enumerate(book.sells):
            for j, buy in enumerate(book.buys):
                if sell.price_per_kwh <= buy.price_per_kwh and (own_pairs or sell.maker != buy.maker):
                    surplus.append(buy.price_per_kwh - sell.price_per_kwh)
                    book_of_pair.append(number)
                    offers_of_pair += [first_sell + i, first_buy + j]
    if not surplus:
        return [Optimum(0, 0)] * len(books)
    columns = np.repeat(np.arange(len(surplus)), 2)
    uses = csr_array((np.ones(len(columns)), (offers_of_pair, columns)), (len(amount_wh), len(surplus)))
    result = linprog(-(np.array(surplus) * _WELFARE_WEIGHT + 1), A_ub=uses, b_ub=amount_wh, method="highs")
    assert result.status == 0, result.message
    wh = np.rint(result.x).astype(int)
    assert np.abs(result.x - wh).max() < 1e-6
    welfare = np.bincount(book_of_pair, wh * surplus, len(books)).astype(int)
    energy = np.bincount(book_of_pair, wh, len(books)).astype(int)
    assert energy.max() < _WELFARE_WEIGHT
    return [Optimum(int(w), int(e)) for w, e in zip(welfare, energy, strict=True)]
