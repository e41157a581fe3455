"""The matcher against `nanobook`, a limit order book in Rust with Python bindings, on the same offers in the same run.

What is timed, both from the same NumPy columns, with warm caches, one run after the other in turn:

- *gridpact*: `OfferColumns` of both sides (with all checks) and `match_offers`, to the three match arrays.
- *nanobook*: a new `Exchange`, one `submit_limit` an offer (its bindings take one order a call; `Exchange.replay` of recorded
  events was measured and is not faster), fed in two ways of which the faster one counts: all sells and then all buys in order of
  priority, which gives the very pairs that `priority` gives, and both sides mixed in the order of their ids. Its
  `trades()` and turning them into arrays are *not* counted in its time, which favours it; the last column counts them.

nanobook knows no accounts: it pairs an account with itself, and it keeps no welfare optimum when orders arrive mixed. Where
the book has no account on both sides, its pairs in order of priority are compared with ours one by one.

    python -m benchmarks.matching [--offers 100000] [--runs 9]
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import nanobook
import numpy as np

from gridpact.matching import MatchPlan, OfferColumns, match_offers
from gridpact.matching.book import I64, U64

NEEDED_FACTOR = 10


@dataclass(frozen=True)
class Book:
    name: str
    sells: OfferColumns
    buys: OfferColumns
    accounts_on_both_sides: bool = True


def make_books(offers: int) -> list[Book]:
    """Random books: prices 0.05 to 0.30 EUR, 1 to 100 kWh, offers over a quarter of a year."""
    return [
        _book("separate accounts", offers, accounts=offers, apart=True),
        _book("10,000 accounts", offers, accounts=10_000),
        _book("10,000 accounts, prices in cents", offers, accounts=10_000, price_step=1_000_000),
        _book("10,000 accounts, ids not in order", offers, accounts=10_000, shuffle=True),
        _book("100 accounts", offers, accounts=100),
        _book("20 accounts", offers, accounts=20),
        _book("one account has 45 % of both sides", offers, accounts=10_000, share=0.45),
        _book("one account has 60 % of both sides", offers, accounts=10_000, share=0.60),
    ]


def _book(
    name: str,
    offers: int,
    *,
    accounts: int,
    apart: bool = False,
    price_step: int = 1,
    shuffle: bool = False,
    share: float = 0.0,
) -> Book:
    rng = np.random.default_rng(20260201)

    def side(first_account: int) -> OfferColumns:
        maker = rng.integers(1, accounts + 1, offers)
        maker[rng.random(offers) < share] = 0
        ids = rng.permutation(offers) if shuffle else np.arange(offers)
        return OfferColumns(
            ids.astype(np.uint64),
            maker + first_account,
            rng.integers(1_000, 100_000, offers).astype(np.uint64),
            (rng.integers(5_000_000 // price_step, 30_000_000 // price_step, offers) * price_step).astype(np.uint64),
            (1_769_900_000 + rng.integers(0, 7_776_000, offers)).astype(np.uint64),
        )

    return Book(name, side(0), side(accounts + 1 if apart else 0), not apart)


def run_gridpact(book: Book) -> MatchPlan:
    sells, buys = (
        OfferColumns(side.offer_id, side.maker, side.amount_wh, side.price_per_kwh, side.since_ts)
        for side in (book.sells, book.buys)
    )
    return match_offers(sells, buys)


def run_nanobook_by_priority(book: Book) -> nanobook.Exchange:
    exchange = nanobook.Exchange()
    submit = exchange.submit_limit
    sells, buys = book.sells, book.buys
    order = np.lexsort((sells.offer_id, sells.since_ts, sells.price_per_kwh))
    for price, wh in zip(sells.price_per_kwh[order].tolist(), sells.amount_wh[order].tolist(), strict=True):
        submit("sell", price, wh)
    order = _buys_by_priority(buys)
    for price, wh in zip(buys.price_per_kwh[order].tolist(), buys.amount_wh[order].tolist(), strict=True):
        submit("buy", price, wh)
    return exchange


def run_nanobook_mixed(book: Book) -> nanobook.Exchange:
    exchange = nanobook.Exchange()
    submit = exchange.submit_limit
    sells, buys = book.sells, book.buys
    for sell_price, sell_wh, buy_price, buy_wh in zip(
        sells.price_per_kwh.tolist(),
        sells.amount_wh.tolist(),
        buys.price_per_kwh.tolist(),
        buys.amount_wh.tolist(),
        strict=True,
    ):
        submit("sell", sell_price, sell_wh)
        submit("buy", buy_price, buy_wh)
    return exchange


def _buys_by_priority(buys: OfferColumns) -> I64:
    highest_first: U64 = buys.price_per_kwh.max() - buys.price_per_kwh
    return np.lexsort((buys.offer_id, buys.since_ts, highest_first))


def trade_arrays(exchange: nanobook.Exchange) -> I64:
    """(sell order, buy order, Wh) of each trade whose resting order is a sell, shape (k, 3)."""
    trades = [(trade.passive_order_id, trade.aggressor_order_id, trade.quantity) for trade in exchange.trades()]
    return np.array(trades, np.int64).reshape(-1, 3)


def check_same_pairs(book: Book, plan: MatchPlan) -> None:
    """nanobook fed in order of priority numbers its orders in that order: its pairs must be the plan's."""
    trades = trade_arrays(run_nanobook_by_priority(book))
    sell_order = np.lexsort((book.sells.offer_id, book.sells.since_ts, book.sells.price_per_kwh))
    sell_rows = sell_order[trades[:, 0] - 1]
    buy_rows = _buys_by_priority(book.buys)[trades[:, 1] - 1 - len(book.sells)]
    for theirs, ours in ((sell_rows, plan.sell_row), (buy_rows, plan.buy_row), (trades[:, 2], plan.amount_wh)):
        if not np.array_equal(theirs, ours):
            raise RuntimeError(f"{book.name}: nanobook's pairs in order of priority differ from the plan's")


def timed[T](run: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    start = time.perf_counter()
    result = run()
    return (time.perf_counter() - start) * 1e3, result


def main() -> int:
    parser = argparse.ArgumentParser(description="the matcher against nanobook")
    parser.add_argument("--offers", type=int, default=100_000, help="offers a side")
    parser.add_argument("--runs", type=int, default=9, help="timed runs of each, after one that is not counted")
    arguments = parser.parse_args()
    print(f"{arguments.offers:,} offers a side, medians of {arguments.runs} warm runs, milliseconds\n")
    print(
        f"{'book':36}{'matches':>9}{'gridpact':>10}{'by priority':>13}{'mixed':>8}{'factor':>8}{'with its trades as arrays':>28}"
    )
    lowest = float("inf")
    for book in make_books(arguments.offers):
        plan = run_gridpact(book)
        if not book.accounts_on_both_sides:
            check_same_pairs(book, plan)
        ours, by_priority, mixed, with_arrays = [], [], [], []
        for _ in range(arguments.runs + 1):
            ours.append(timed(lambda: run_gridpact(book))[0])  # noqa: B023 - called at once
            elapsed, exchange = timed(lambda: run_nanobook_by_priority(book))  # noqa: B023 - called at once
            by_priority.append(elapsed)
            with_arrays.append(elapsed + timed(lambda: trade_arrays(exchange))[0])  # noqa: B023 - called at once
            mixed.append(timed(lambda: run_nanobook_mixed(book))[0])  # noqa: B023 - called at once
        own, first, second, full = (statistics.median(times[1:]) for times in (ours, by_priority, mixed, with_arrays))
        factor = min(first, second) / own
        lowest = min(lowest, factor)
        print(
            f"{book.name:36}{len(plan):>9,}{own:>10.1f}{first:>13.1f}{second:>8.1f}{factor:>8.1f}{full / own:>28.1f}",
            flush=True,
        )
    print(f"\nlowest factor {lowest:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
