"""The matcher against `nanobook`, a limit order book in Rust with Python bindings, on the same offers in the same run.

Both start from the same NumPy columns, and run in turn with warm caches:

- *gridpact*: `OfferColumns` of both sides (with all its checks) and `match_offers`, up to the three match arrays.
- *nanobook*: a new `Exchange` and one `submit_limit` an offer; its bindings take one order a call, and replaying
  recorded events with `Exchange.replay` is not faster. It is fed in three ways, of which the fastest counts: *by
  priority* (all sells, then all buys, each best first: this gives the very pairs of `priority`; the sorting is not
  counted), *in turn* (all sells, then all buys, as they stand) and *mixed* (a sell, a buy, a sell ...). Reading its
  trades is not counted either: only the last column adds `trades()` and turning them into arrays.

*factor* is the fastest feed's median over ours on the clock; *by processor* the same with processor time, which other
programs on the machine disturb less.

nanobook knows no accounts: it pairs an account with itself, and unless it is fed by priority it does not reach the
greatest welfare. Where no account is on both sides, its pairs by priority are compared with ours one by one.

    python -m benchmarks.matching [--offers 100000] [--runs 9]
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import nanobook
import numpy as np

from gridpact.market.matching import MatchPlan, OfferColumns, match_offers
from gridpact.market.matching.book import I64, U64

type Orders = list[tuple[int, int]]


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


def run_nanobook(sells: Orders, buys: Orders) -> nanobook.Exchange:
    exchange = nanobook.Exchange()
    submit = exchange.submit_limit
    for price, wh in sells:
        submit("sell", price, wh)
    for price, wh in buys:
        submit("buy", price, wh)
    return exchange


def run_nanobook_mixed(sells: Orders, buys: Orders) -> nanobook.Exchange:
    exchange = nanobook.Exchange()
    submit = exchange.submit_limit
    for (sell_price, sell_wh), (buy_price, buy_wh) in zip(sells, buys, strict=True):
        submit("sell", sell_price, sell_wh)
        submit("buy", buy_price, buy_wh)
    return exchange


def to_orders(side: OfferColumns, rows: I64 | None = None) -> Orders:
    """(price, Wh) in Python integers, which is what its bindings take."""
    every = slice(None) if rows is None else rows
    return list(zip(side.price_per_kwh[every].tolist(), side.amount_wh[every].tolist(), strict=True))


def by_priority(book: Book) -> tuple[I64, I64]:
    """Rows of both sides, best first, in the plainest way."""
    sells, buys = book.sells, book.buys
    highest_first: U64 = buys.price_per_kwh.max() - buys.price_per_kwh
    return (
        np.lexsort((sells.offer_id, sells.since_ts, sells.price_per_kwh)),
        np.lexsort((buys.offer_id, buys.since_ts, highest_first)),
    )


def trade_arrays(exchange: nanobook.Exchange) -> I64:
    """(sell order, buy order, Wh) of each trade whose resting order is a sell, shape (k, 3)."""
    trades = [(trade.passive_order_id, trade.aggressor_order_id, trade.quantity) for trade in exchange.trades()]
    return np.array(trades, np.int64).reshape(-1, 3)


def check_same_pairs(book: Book, plan: MatchPlan) -> None:
    """nanobook numbers its orders from 1 as they come: fed by priority, its pairs must be the plan's."""
    sell_rows, buy_rows = by_priority(book)
    trades = trade_arrays(run_nanobook(to_orders(book.sells, sell_rows), to_orders(book.buys, buy_rows)))
    theirs = (sell_rows[trades[:, 0] - 1], buy_rows[trades[:, 1] - 1 - len(book.sells)], trades[:, 2])
    ours = (plan.sell_row, plan.buy_row, plan.amount_wh)
    if not all(np.array_equal(their, our) for their, our in zip(theirs, ours, strict=True)):
        raise RuntimeError(f"{book.name}: nanobook's pairs by priority differ from the plan's")


class Timing(NamedTuple):
    """Milliseconds: on the clock, and of the processor (all of them work in one thread)."""

    clock: float
    processor: float


def timed[T](run: Callable[[], T]) -> tuple[Timing, T]:
    gc.collect()
    clock, processor = time.perf_counter(), time.process_time()
    result = run()
    return Timing((time.perf_counter() - clock) * 1e3, (time.process_time() - processor) * 1e3), result


def measure(book: Book, runs: int) -> dict[str, Timing]:
    """Medians; the first round of all is not counted."""
    sell_rows, buy_rows = by_priority(book)
    times: dict[str, list[Timing]] = {name: [] for name in ("gridpact", "by priority", "in turn", "mixed", "arrays")}
    for _ in range(runs + 1):
        times["gridpact"].append(timed(lambda: run_gridpact(book))[0])
        elapsed, exchange = timed(
            lambda: run_nanobook(to_orders(book.sells, sell_rows), to_orders(book.buys, buy_rows))
        )
        times["by priority"].append(elapsed)
        times["arrays"].append(timed(partial(trade_arrays, exchange))[0])
        times["in turn"].append(timed(lambda: run_nanobook(to_orders(book.sells), to_orders(book.buys)))[0])
        times["mixed"].append(timed(lambda: run_nanobook_mixed(to_orders(book.sells), to_orders(book.buys)))[0])
    return {name: Timing(*map(statistics.median, zip(*found[1:], strict=True))) for name, found in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description="the matcher against nanobook")
    parser.add_argument("--offers", type=int, default=100_000, help="offers a side")
    parser.add_argument("--runs", type=int, default=9, help="timed runs of each, after one that is not counted")
    arguments = parser.parse_args()
    print(f"{arguments.offers:,} offers a side; medians of {arguments.runs} warm runs in milliseconds\n")
    heads = ("matches", "gridpact", "by priority", "in turn", "mixed", "factor", "by processor", "with arrays")
    print(f"{'book':36}" + "".join(f"{head:>13}" for head in heads))
    for book in make_books(arguments.offers):
        plan = run_gridpact(book)
        if not book.accounts_on_both_sides:
            check_same_pairs(book, plan)
        ms = measure(book, arguments.runs)
        ours, feeds = ms["gridpact"], [ms[name] for name in ("by priority", "in turn", "mixed")]
        figures = [ours.clock, *(feed.clock for feed in feeds), min(feed.clock for feed in feeds) / ours.clock]
        figures += [min(feed.processor for feed in feeds) / ours.processor]
        figures += [(ms["by priority"].clock + ms["arrays"].clock) / ours.clock]
        print(f"{book.name:36}{len(plan):>13,}" + "".join(f"{figure:>13.1f}" for figure in figures), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
