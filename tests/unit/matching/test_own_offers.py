"""Accounts with offers on both sides: the swap, how far it reaches, and what is left when there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridpact.market.matching import (
    MatchPlan,
    OfferColumns,
    OwnVolume,
    Selection,
    match_offers,
    pair_by_priority,
    select,
)
from gridpact.market.matching.book import U64
from gridpact.market.matching.selection import ServedSide
from tests.unit.matching.books import assert_keeps_the_rules

A, B, C, D = range(4)
type Rows = list[tuple[int, int, int, int, int]]


def match(sells: Rows, buys: Rows) -> MatchPlan:
    plan = match_offers(OfferColumns.from_rows(sells), OfferColumns.from_rows(buys))
    assert_keeps_the_rules(plan)
    return plan


def pairs(plan: MatchPlan) -> list[tuple[int, int, int]]:
    return [(pair.sell_id, pair.buy_id, pair.amount_wh) for pair in plan.iter_pairs()]


def test_the_swap_keeps_welfare_and_energy() -> None:
    plan = match(
        sells=[(0, A, 10, 1, 0), (1, B, 10, 2, 0)],
        buys=[(0, A, 10, 9, 0), (1, C, 10, 8, 0)],
    )
    assert pairs(plan) == [(0, 1, 10), (1, 0, 10)]
    assert plan.welfare == 10 * (9 + 8 - 1 - 2)
    assert plan.own_volume is None


def test_a_swap_may_need_a_part_of_a_pair_only() -> None:
    plan = match(
        sells=[(0, A, 4, 1, 0), (1, B, 10, 2, 0)],
        buys=[(0, A, 4, 9, 0), (1, C, 10, 8, 0)],
    )
    assert pairs(plan) == [(0, 1, 4), (1, 0, 4), (1, 1, 6)]


def test_two_own_pairs_help_each_other() -> None:
    plan = match(
        sells=[(0, A, 10, 1, 0), (1, B, 10, 2, 0), (2, C, 10, 3, 0)],
        buys=[(0, A, 10, 9, 0), (1, B, 10, 8, 0), (2, D, 10, 7, 0)],
    )
    assert pairs(plan) == [(0, 1, 10), (1, 0, 10), (2, 2, 10)]


def test_three_accounts_each_with_a_third_of_both_sides() -> None:
    plan = match(
        sells=[(0, A, 10, 1, 0), (1, B, 10, 2, 0), (2, C, 10, 3, 0)],
        buys=[(0, A, 10, 9, 0), (1, B, 10, 8, 0), (2, C, 10, 7, 0)],
    )
    assert plan.traded_wh == 30
    assert plan.own_volume is None


def test_an_account_alone_on_both_sides_leaves_everything() -> None:
    plan = match(sells=[(0, A, 10, 1, 0)], buys=[(0, A, 7, 9, 0)])
    assert len(plan) == 0
    assert plan.own_volume == OwnVolume(A, barred_wh=7, left_wh=7, welfare_forgone=7 * 8)


def test_more_than_half_leaves_what_no_other_account_takes() -> None:
    plan = match(
        sells=[(0, A, 10, 1, 0), (1, B, 3, 2, 0)],
        buys=[(0, A, 10, 9, 0), (1, C, 3, 8, 0)],
    )
    assert pairs(plan) == [(0, 1, 3), (1, 0, 3)]
    assert plan.own_volume == OwnVolume(A, barred_wh=7, left_wh=7, welfare_forgone=7 * 8)
    assert plan.open_sell_wh.tolist() == [7, 0]
    assert plan.open_buy_wh.tolist() == [7, 0]


def test_barred_volume_finds_other_accounts_further_down_the_book() -> None:
    plan = match(
        sells=[(0, A, 10, 1, 0), (1, B, 10, 6, 0)],
        buys=[(0, A, 10, 10, 0), (1, C, 10, 5, 0)],
    )
    assert pairs(plan) == [(0, 1, 10), (1, 0, 10)]  # B and C do not accept each other's price, A takes both
    assert plan.welfare == 10 * (4 + 4)
    assert plan.own_volume == OwnVolume(A, barred_wh=10, left_wh=0, welfare_forgone=10 * 9 - 10 * 8)


def test_equal_prices_at_the_margin_are_exchanged_before_volume_is_left() -> None:
    plan = match(
        sells=[(0, A, 10, 5, 0), (1, B, 10, 5, 1)],  # the older sell is A's own, the younger one is as cheap
        buys=[(0, A, 10, 9, 0)],
    )
    assert pairs(plan) == [(1, 0, 10)]
    assert plan.own_volume is None


def test_an_account_with_exactly_half_stands_in_every_pair() -> None:
    plan = match(
        sells=[(0, A, 5, 1, 0), (1, B, 5, 2, 0), (2, C, 5, 3, 0), (3, A, 5, 4, 0)],
        buys=[(0, D, 5, 9, 0), (1, A, 5, 8, 0), (2, A, 5, 7, 0), (3, D, 5, 6, 0)],
    )
    assert pairs(plan) == [(0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5)]
    plan = match(
        sells=[(0, A, 5, 1, 0), (1, B, 5, 2, 0), (2, C, 5, 3, 0), (3, A, 5, 4, 0)],
        buys=[(0, A, 5, 9, 0), (1, A, 5, 8, 0), (2, D, 5, 7, 0), (3, D, 5, 6, 0)],
    )
    assert pairs(plan) == [(0, 2, 5), (1, 0, 5), (2, 1, 5), (3, 3, 5)]
    assert plan.own_volume is None


def test_a_selection_that_no_pairing_can_serve_is_refused() -> None:
    served = ServedSide(np.arange(2), np.array([A, B]), np.array([9, 1]))
    with pytest.raises(ValueError, match="more than half of the two served sides"):
        pair_by_priority(Selection(served, served, volume_wh=10))


def test_own_pairs_change_nothing_far_from_them() -> None:
    offers = 1000
    sells: Rows = [(i, i, 10, 100 + i, 0) for i in range(offers)]
    buys: Rows = [(i, offers + i, 10, 10_000 - i, 0) for i in range(offers)]
    undisturbed = pairs(match(sells, buys))
    for own in (200, 500, 900):
        buys[own] = (own, own, 10, 10_000 - own, 0)
    changed = set(pairs(match(sells, buys))) ^ set(undisturbed)
    near = {place for own in (200, 500, 900) for place in range(own - 7, own + 8)}
    assert {sell for sell, _, _ in changed} | {buy for _, buy, _ in changed} <= near
    assert len(changed) == 3 * 4  # each own pair exchanges buyers with one other


def _random_columns(
    rng: np.random.Generator, offers: int, accounts: int, share: float, most_wh: int
) -> tuple[OfferColumns, OfferColumns]:
    """Two sides in which account 0 makes about `share` of the offers and the others share the rest."""

    def unsigned(low: int, high: int) -> U64:
        return rng.integers(low, high, offers).astype(np.uint64)

    def side() -> OfferColumns:
        maker = rng.integers(1, accounts + 1, offers)
        maker[rng.random(offers) < share] = 0
        ids = rng.permutation(offers).astype(np.uint64)
        return OfferColumns(ids, maker, unsigned(1, most_wh + 1), unsigned(0, 60), unsigned(0, 10))

    return side(), side()


@given(
    seed=st.integers(0, 2**32),
    offers=st.integers(20, 600),
    accounts=st.integers(1, 40),
    share=st.sampled_from([0.0, 0.1, 0.3, 0.48, 0.5, 0.52, 0.8]),
    most_wh=st.sampled_from([1, 5, 1000, 10**12]),
)
def test_larger_books_serve_exactly_the_selection(
    seed: int, offers: int, accounts: int, share: float, most_wh: int
) -> None:
    sells, buys = _random_columns(np.random.default_rng(seed), offers, accounts, share, most_wh)
    selection = select(sells, buys)
    plan = match_offers(sells, buys)
    assert_keeps_the_rules(plan)
    for side, offered, open_wh in (
        (selection.sell, sells, plan.open_sell_wh),
        (selection.buy, buys, plan.open_buy_wh),
    ):
        traded_wh = offered.amount_wh.astype(np.int64) - open_wh
        assert np.array_equal(traded_wh[side.row], side.served_wh)
        assert traded_wh.sum() == side.served_wh.sum() == selection.volume_wh == plan.traded_wh
    held = np.bincount(selection.sell.maker, minlength=accounts + 1) * 0
    np.add.at(held, selection.sell.maker, selection.sell.served_wh)
    np.add.at(held, selection.buy.maker, selection.buy.served_wh)
    assert held.max(initial=0) <= selection.volume_wh
