"""Welfare and energy of random books against a linear program, and of tiny books against every possible matching."""

from itertools import batched, combinations, permutations

import numpy as np
import pytest

from gridpact.market.matching import MatchPlan, match_offers
from tests.unit.matching.books import (
    Book,
    assert_keeps_the_rules,
    naive_pairs,
    naive_welfare,
    random_book,
    served_by_account,
)
from tests.unit.matching.optimum import Optimum, find_optima

BOOKS = 2000


@pytest.fixture(scope="module")
def books() -> list[Book]:
    rng = np.random.default_rng(202602)
    return [random_book(rng) for _ in range(BOOKS)]


@pytest.fixture(scope="module")
def plans(books: list[Book]) -> list[MatchPlan]:
    return [match_offers(*book.columns()) for book in books]


@pytest.fixture(scope="module")
def optima(books: list[Book]) -> list[Optimum]:
    return [optimum for part in batched(books, 50) for optimum in find_optima(list(part))]


@pytest.fixture(scope="module")
def optima_with_own_pairs(books: list[Book]) -> list[Optimum]:
    return [optimum for part in batched(books, 50) for optimum in find_optima(list(part), own_pairs=True)]


def test_no_plan_breaks_a_rule(plans: list[MatchPlan]) -> None:
    for plan in plans:
        assert_keeps_the_rules(plan)


def test_every_plan_is_the_optimum(books: list[Book], plans: list[MatchPlan], optima: list[Optimum]) -> None:
    wrong = [
        (book, found, optimum)
        for book, plan, optimum in zip(books, plans, optima, strict=True)
        if (found := Optimum(plan.welfare, plan.traded_wh)) != optimum
    ]
    assert not wrong


def test_the_books_reach_every_case(books: list[Book], plans: list[MatchPlan]) -> None:
    trading = [plan for plan in plans if len(plan)]
    own_pairs_by_price = dominated = 0
    for book in books:
        pairs = naive_pairs(book)
        own_pairs_by_price += any(book.sells[sell].maker == book.buys[buy].maker for sell, buy in pairs)
        dominated += any(wh > len(pairs) for wh in served_by_account(book, pairs).values())
    assert len(trading) > 1200
    assert own_pairs_by_price > 900
    assert 300 < dominated < own_pairs_by_price - 300  # the swap has to help in hundreds of books, and cannot in others
    assert sum(plan.own_volume is None for plan in trading) > 800


def test_the_naive_matching_is_the_optimum_with_own_pairs(
    books: list[Book], optima_with_own_pairs: list[Optimum]
) -> None:
    for book, optimum in zip(books, optima_with_own_pairs, strict=True):
        pairs = naive_pairs(book)
        assert Optimum(naive_welfare(book, pairs), len(pairs)) == optimum


def test_volume_is_left_only_by_an_account_with_more_than_half_and_the_plan_names_it(
    books: list[Book], plans: list[MatchPlan], optima: list[Optimum], optima_with_own_pairs: list[Optimum]
) -> None:
    for book, plan, optimum, with_own_pairs in zip(books, plans, optima, optima_with_own_pairs, strict=True):
        pairs = naive_pairs(book)
        holders = [(a, wh) for a, wh in served_by_account(book, pairs).items() if wh > len(pairs)]
        if not holders:
            assert optimum == with_own_pairs
            assert plan.own_volume is None
            continue
        [(account, held_wh)] = holders
        if plan.own_volume is None:
            assert optimum == with_own_pairs  # equal prices at the margin: others could stand in
            continue
        assert optimum < with_own_pairs
        assert plan.own_volume.account == account
        assert plan.own_volume.barred_wh == held_wh - len(pairs)
        assert plan.own_volume.welfare_forgone == with_own_pairs.welfare - optimum.welfare
        assert plan.own_volume.left_wh == _still_crossing(book, plan, account)
        assert plan.own_volume.left_wh <= plan.own_volume.barred_wh


def test_what_stays_open_crosses_only_within_the_named_account(books: list[Book], plans: list[MatchPlan]) -> None:
    for book, plan in zip(books, plans, strict=True):
        named = plan.own_volume.account if plan.own_volume else None
        rest = _left_open(book, plan)
        for sell in rest.sells:
            for buy in rest.buys:
                if sell.price_per_kwh <= buy.price_per_kwh:
                    assert sell.maker == buy.maker == named


def test_pairs_are_the_naive_ones_where_no_account_is_on_both_sides() -> None:
    rng = np.random.default_rng(7)
    for _ in range(300):
        book = random_book(rng)
        book = Book(book.sells, [buy._replace(maker=buy.maker + 100) for buy in book.buys])
        plan = match_offers(*book.columns())
        found = [
            (sell, buy)
            for sell, buy, wh in zip(plan.sell_row.tolist(), plan.buy_row.tolist(), plan.amount_wh, strict=True)
            for _ in range(wh)
        ]
        assert found == naive_pairs(book)


def test_tiny_books_against_every_matching() -> None:
    rng = np.random.default_rng(11)
    for _ in range(400):
        book = random_book(rng, most_offers=4)
        book = Book(*([offer._replace(amount_wh=1) for offer in side] for side in (book.sells, book.buys)))
        plan = match_offers(*book.columns())
        assert Optimum(plan.welfare, plan.traded_wh) == max(_every_matching(book))


def _every_matching(book: Book) -> set[Optimum]:
    """Welfare and energy of each set of allowed pairs of offers of 1 Wh."""
    worth = {Optimum(0, 0)}
    for size in range(1, min(len(book.sells), len(book.buys)) + 1):
        for sells in combinations(book.sells, size):
            for buys in permutations(book.buys, size):
                surplus = [buy.price_per_kwh - sell.price_per_kwh for sell, buy in zip(sells, buys, strict=True)]
                own = any(sell.maker == buy.maker for sell, buy in zip(sells, buys, strict=True))
                if min(surplus) >= 0 and not own:
                    worth.add(Optimum(sum(surplus), size))
    return worth


def _left_open(book: Book, plan: MatchPlan) -> Book:
    sells, buys = (
        [row._replace(amount_wh=wh) for row, wh in zip(rows, open_wh.tolist(), strict=True) if wh]
        for rows, open_wh in ((book.sells, plan.open_sell_wh), (book.buys, plan.open_buy_wh))
    )
    return Book(sells, buys)


def _still_crossing(book: Book, plan: MatchPlan, account: int) -> int:
    rest = _left_open(book, plan)
    own = Book(*([row for row in side if row.maker == account] for side in (rest.sells, rest.buys)))
    return len(naive_pairs(own))
