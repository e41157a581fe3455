"""Sums at the bounds of the offer book, and books of full size."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gridpact.market.matching import MAX_AMOUNT_WH, MAX_OFFERS, MAX_PRICE_PER_KWH, OfferColumns, match_offers
from gridpact.market.matching.book import U64
from gridpact.market.matching.welfare import exact_dot
from tests.unit.matching.books import assert_keeps_the_rules

FULL_SIZE = 100_000
GENEROUS_SECONDS = 3.0  # some 10 ms are usual; the bound only finds a cost that grows with the square


def random_side(rng: np.random.Generator, accounts: int, share: float = 0.0, first_account: int = 0) -> OfferColumns:
    def unsigned(low: int, high: int) -> U64:
        return rng.integers(low, high, FULL_SIZE).astype(np.uint64)

    maker = rng.integers(1, accounts + 1, FULL_SIZE) + first_account
    maker[rng.random(FULL_SIZE) < share] = 0
    return OfferColumns(
        rng.permutation(FULL_SIZE).astype(np.uint64),
        maker,
        unsigned(1, MAX_AMOUNT_WH + 1),
        unsigned(0, MAX_PRICE_PER_KWH + 1),
        unsigned(1_700_000_000, 1_800_000_000),
    )


@given(
    st.lists(
        st.tuples(st.integers(0, MAX_AMOUNT_WH), st.integers(0, MAX_PRICE_PER_KWH)),
        max_size=50,
    )
)
def test_welfare_is_the_sum_in_python_integers(terms: list[tuple[int, int]]) -> None:
    amount_wh = np.array([wh for wh, _ in terms], np.int64)
    price = np.array([price for _, price in terms], np.int64)
    assert exact_dot(amount_wh, price) == sum(wh * price for wh, price in terms)


def test_a_full_book_at_the_bounds_does_not_overflow() -> None:
    amount_wh = np.full(MAX_OFFERS, MAX_AMOUNT_WH)
    price = np.full(MAX_OFFERS, MAX_PRICE_PER_KWH, np.uint64)
    assert exact_dot(amount_wh, price) == MAX_OFFERS * 10**23
    longer = np.full(MAX_OFFERS + 7, MAX_AMOUNT_WH - 1)
    assert exact_dot(longer, np.full(MAX_OFFERS + 7, 10**11 - 1)) == (MAX_OFFERS + 7) * (10**12 - 1) * (10**11 - 1)


def test_one_trade_at_the_bounds() -> None:
    sells = OfferColumns.from_rows([(0, 0, MAX_AMOUNT_WH, 0, 0)])
    buys = OfferColumns.from_rows([(0, 1, MAX_AMOUNT_WH, MAX_PRICE_PER_KWH, 0)])
    plan = match_offers(sells, buys)
    assert plan.welfare == 10**23
    assert plan.traded_wh == 10**12
    assert [pair.welfare for pair in plan.iter_pairs()] == [10**23]


def test_the_largest_books_sum_without_overflow() -> None:
    """Every offer at the bound of amount and price, one account apart from the others on each side."""
    maker = np.zeros(MAX_OFFERS, np.int64)
    ids = np.arange(MAX_OFFERS, dtype=np.uint64)
    amount_wh = np.full(MAX_OFFERS, MAX_AMOUNT_WH, np.uint64)
    sells = OfferColumns(ids, maker, amount_wh, np.zeros(MAX_OFFERS, np.uint64), ids)
    buys = OfferColumns(ids, maker + 1, amount_wh, np.full(MAX_OFFERS, MAX_PRICE_PER_KWH, np.uint64), ids)
    plan = match_offers(sells, buys)
    assert plan.traded_wh == MAX_OFFERS * 10**12
    assert plan.welfare == MAX_OFFERS * 10**23
    assert np.array_equal(plan.sell_row, plan.buy_row)


def test_a_book_of_full_size_is_matched_exactly() -> None:
    rng = np.random.default_rng(1)
    sells, buys = random_side(rng, accounts=20_000), random_side(rng, accounts=20_000, first_account=20_000)
    plan = match_offers(sells, buys)
    assert_keeps_the_rules(plan)
    assert list(zip(plan.sell_row.tolist(), plan.buy_row.tolist(), plan.amount_wh.tolist(), strict=True)) == (
        _two_pointers(sells, buys)
    )


def test_full_size_stays_fast_whatever_the_accounts() -> None:
    rng = np.random.default_rng(2)
    for accounts, share in ((FULL_SIZE, 0.0), (2000, 0.0), (20, 0.0), (3, 0.0), (5000, 0.45), (5000, 0.4999), (1, 0.5)):
        sells, buys = random_side(rng, accounts, share), random_side(rng, accounts, share)
        start = time.perf_counter()
        plan = match_offers(sells, buys)
        assert time.perf_counter() - start < GENEROUS_SECONDS, (accounts, share)
        assert (sells.maker[plan.sell_row] != buys.maker[plan.buy_row]).all()
        assert (plan.open_sell_wh >= 0).all()
        assert (plan.open_buy_wh >= 0).all()


def _two_pointers(sells: OfferColumns, buys: OfferColumns) -> list[tuple[int, int, int]]:
    """The textbook loop: (sell row, buy row, Wh) in order of priority."""
    sell_order = np.lexsort((sells.offer_id, sells.since_ts, sells.price_per_kwh)).tolist()
    buy_order = np.lexsort((buys.offer_id, buys.since_ts, -buys.price_per_kwh.astype(np.int64))).tolist()
    sell_left, buy_left = sells.amount_wh.tolist(), buys.amount_wh.tolist()
    sell_price, buy_price = sells.price_per_kwh.tolist(), buys.price_per_kwh.tolist()
    matches, i, j = [], 0, 0
    while i < len(sell_order) and j < len(buy_order):
        sell, buy = sell_order[i], buy_order[j]
        if sell_price[sell] > buy_price[buy]:
            break
        wh = min(sell_left[sell], buy_left[buy])
        matches.append((sell, buy, wh))
        sell_left[sell] -= wh
        buy_left[buy] -= wh
        i += not sell_left[sell]
        j += not buy_left[buy]
    return matches
