"""Books for tests as plain rows, and the naive way to match them: Wh by Wh, in lists."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gridpact.market.matching import MatchPlan, OfferColumns


class Row(NamedTuple):
    """One offer, in the order of `OfferColumns.from_rows`."""

    offer_id: int
    maker: int
    amount_wh: int
    price_per_kwh: int
    since_ts: int


@dataclass(frozen=True)
class Book:
    sells: list[Row]
    buys: list[Row]

    def columns(self) -> tuple[OfferColumns, OfferColumns]:
        return OfferColumns.from_rows(self.sells), OfferColumns.from_rows(self.buys)


def random_book(rng: np.random.Generator, most_offers: int = 12) -> Book:
    """Up to `most_offers` a side. Few prices, amounts, times and accounts, so that each of them is often shared."""
    accounts, prices, amounts = (int(rng.integers(1, bound)) for bound in (9, 12, 9))

    def side() -> list[Row]:
        ids = rng.permutation(int(rng.integers(0, most_offers + 1))).tolist()
        return [
            Row(
                offer_id,
                maker=int(rng.integers(accounts)),
                amount_wh=int(rng.integers(1, amounts + 1)),
                price_per_kwh=int(rng.integers(prices)),
                since_ts=int(rng.integers(3)),
            )
            for offer_id in ids
        ]

    return Book(side(), side())


def wh_in_priority(rows: list[Row], *, highest_first: bool) -> list[int]:
    """The row of each single Wh of a side, best first."""
    sign = -1 if highest_first else 1
    order = sorted(range(len(rows)), key=lambda row: (sign * rows[row].price_per_kwh, rows[row][4], rows[row][0]))
    return [row for row in order for _ in range(rows[row].amount_wh)]


def naive_pairs(book: Book) -> list[tuple[int, int]]:
    """(sell row, buy row) of each Wh that trades when an account may trade with itself."""
    lowest = wh_in_priority(book.sells, highest_first=False)
    highest = wh_in_priority(book.buys, highest_first=True)
    return [
        (sell, buy)
        for sell, buy in zip(lowest, highest, strict=False)
        if book.sells[sell].price_per_kwh <= book.buys[buy].price_per_kwh
    ]


def served_by_account(book: Book, pairs: list[tuple[int, int]]) -> Counter[int]:
    """Wh of each account on both sides of the given pairs together."""
    makers = [book.sells[sell].maker for sell, _ in pairs] + [book.buys[buy].maker for _, buy in pairs]
    return Counter(makers)


def naive_welfare(book: Book, pairs: list[tuple[int, int]]) -> int:
    return sum(book.buys[buy].price_per_kwh - book.sells[sell].price_per_kwh for sell, buy in pairs)


def assert_keeps_the_rules(plan: MatchPlan) -> None:
    """No own pair, no price that the buyer does not accept, no Wh twice, no pair twice, and the plan's own sums."""
    sells, buys = plan.sells, plan.buys
    assert (plan.amount_wh >= 1).all()
    assert (sells.maker[plan.sell_row] != buys.maker[plan.buy_row]).all()
    assert (sells.price_per_kwh[plan.sell_row] <= buys.price_per_kwh[plan.buy_row]).all()
    assert (plan.open_sell_wh >= 0).all()
    assert (plan.open_buy_wh >= 0).all()
    rows = list(zip(plan.sell_row.tolist(), plan.buy_row.tolist(), strict=True))
    assert len(set(rows)) == len(rows)
    pairs = list(plan.iter_pairs())
    assert plan.welfare == sum(pair.welfare for pair in pairs)
    assert plan.traded_wh == sum(pair.amount_wh for pair in pairs)
