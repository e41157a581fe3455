"""The plan of small books that can be worked out by hand."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridpact.market.matching import EUR, MatchPlan, OfferColumns, PlannedPair, match_offers
from tests.unit.matching.books import assert_keeps_the_rules, random_book

CENT = 1_000_000  # price units per kWh
type Rows = list[tuple[int, int, int, int, int]]


def match(sells: Rows, buys: Rows) -> MatchPlan:
    plan = match_offers(OfferColumns.from_rows(sells), OfferColumns.from_rows(buys))
    assert_keeps_the_rules(plan)
    return plan


def pairs(plan: MatchPlan) -> list[tuple[int, int, int]]:
    return [(pair.sell_id, pair.buy_id, pair.amount_wh) for pair in plan.iter_pairs()]


def test_three_producers_and_three_consumers() -> None:
    plan = match(
        sells=[(0, 0, 1000, 15 * CENT, 1), (1, 1, 1000, 18 * CENT, 2), (2, 2, 1000, 12 * CENT, 3)],
        buys=[(0, 3, 1000, 20 * CENT, 1), (1, 4, 1000, 16 * CENT, 2), (2, 5, 1000, 25 * CENT, 3)],
    )
    assert list(plan.iter_pairs()) == [
        PlannedPair(sell_id=2, buy_id=2, amount_wh=1000, price_per_kwh=12 * CENT, welfare=13 * EUR // 100),
        PlannedPair(sell_id=0, buy_id=0, amount_wh=1000, price_per_kwh=15 * CENT, welfare=5 * EUR // 100),
    ]
    assert plan.welfare == 18 * EUR // 100
    assert plan.traded_wh == 2000
    assert plan.price_per_kwh.tolist() == [12 * CENT, 15 * CENT]
    assert plan.open_sell_wh.tolist() == [0, 1000, 0]
    assert plan.open_buy_wh.tolist() == [0, 1000, 0]
    assert plan.own_volume is None


SELL = (0, 0, 1000, 10 * CENT, 1)
BUY = (0, 1, 1000, 20 * CENT, 1)


@pytest.mark.parametrize(("sells", "buys"), [([], []), ([SELL], []), ([], [BUY]), ([BUY], [SELL])])
def test_nothing_to_match(sells: Rows, buys: Rows) -> None:
    plan = match(sells, buys)
    assert len(plan) == 0
    assert list(plan.iter_pairs()) == []
    assert (plan.welfare, plan.traded_wh, plan.own_volume) == (0, 0, None)
    assert plan.open_sell_wh.tolist() == [row[2] for row in sells]
    assert plan.open_buy_wh.tolist() == [row[2] for row in buys]


def test_an_offer_is_filled_by_several_and_may_stay_open_in_part() -> None:
    plan = match(
        sells=[(0, 0, 700, 10 * CENT, 1), (1, 1, 600, 11 * CENT, 1)],
        buys=[(0, 2, 1000, 20 * CENT, 1)],
    )
    assert pairs(plan) == [(0, 0, 700), (1, 0, 300)]
    assert plan.open_sell_wh.tolist() == [0, 300]


def test_equal_prices_trade_although_they_add_no_welfare() -> None:
    plan = match(
        sells=[(0, 0, 100, 10 * CENT, 1), (1, 1, 100, 20 * CENT, 1)],
        buys=[(0, 2, 100, 20 * CENT, 1), (1, 3, 100, 20 * CENT, 2)],
    )
    assert plan.traded_wh == 200
    assert plan.welfare == 100 * 10 * CENT


def test_at_equal_prices_the_older_offer_goes_first_and_then_the_lower_id() -> None:
    sells = [(9, 0, 10, CENT, 5), (4, 1, 10, CENT, 5), (7, 2, 10, CENT, 4), (1, 3, 10, CENT, 6)]
    buys = [(3, 4, 10, CENT, 8), (8, 5, 10, CENT, 7), (2, 6, 10, CENT, 8)]
    assert pairs(match(sells, buys)) == [(7, 8, 10), (4, 2, 10), (9, 3, 10)]


def test_times_and_ids_over_the_whole_range_keep_their_order() -> None:
    half = 2**63
    sells = [(half, 0, 10, CENT, half), (0, 1, 10, CENT, half), (5, 2, 10, CENT, 0), (2 * half - 1, 3, 10, CENT, 1)]
    buys = [(0, 4, 10, CENT, 0), (1, 5, 30, CENT, 0)]
    assert pairs(match(sells, buys)) == [(5, 0, 10), (2 * half - 1, 1, 10), (0, 1, 10), (half, 1, 10)]


def test_a_plan_cannot_be_changed() -> None:
    plan = match([SELL], [BUY])
    with pytest.raises(FrozenInstanceError):
        plan.own_volume = None  # type: ignore[misc]


@given(seed=st.integers(0, 2**32), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(seed: int, shuffle: np.random.Generator) -> None:
    book = random_book(np.random.default_rng(seed))
    sells, buys = book.columns()
    plan = match_offers(sells, buys)
    shuffle.shuffle(book.sells)
    shuffle.shuffle(book.buys)
    shuffled = match_offers(*book.columns())
    assert list(shuffled.iter_pairs()) == list(plan.iter_pairs())
    assert shuffled.own_volume == plan.own_volume
    again = match_offers(sells, buys)
    for name in ("sell_row", "buy_row", "amount_wh"):
        assert np.array_equal(getattr(again, name), getattr(plan, name))


@given(seed=st.integers(0, 2**32))
def test_matches_stand_in_order_of_priority(seed: int) -> None:
    sells, buys = random_book(np.random.default_rng(seed)).columns()
    plan = match_offers(sells, buys)
    keys = [
        (
            int(sells.price_per_kwh[sell]),
            int(sells.since_ts[sell]),
            int(sells.offer_id[sell]),
            -int(buys.price_per_kwh[buy]),
            int(buys.since_ts[buy]),
            int(buys.offer_id[buy]),
        )
        for sell, buy in zip(plan.sell_row, plan.buy_row, strict=True)
    ]
    assert all(first < second for first, second in pairwise(keys))
