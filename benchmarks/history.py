"""How fast a history is read from nothing, and searched: ``python -m benchmarks.history``.

Stored chains of 10,000 and of 20,000 events are served over HTTP by another process and read into SQLite. Then one
buyer's twelve invoices are listed among 100 and among 10,000.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from algosdk import encoding

from gridpact.history.database import Database
from gridpact.history.lists import InvoiceSearch, Lists
from tests.history.stored_chain import Node, StoredChain, Story
from tests.history.support import history_of

_EVENTS = (10_000, 20_000)
_INVOICES = (100, 10_000)
_BUYERS_INVOICES = 12
_SEARCHES = 200
_REPEATS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--repeats", type=int, default=_REPEATS, help="readings for each median, default %(default)s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        took = {events: read_from_nothing(Path(folder), events, options.repeats) for events in _EVENTS}
        for events, (rounds, seconds) in took.items():
            print(f"{events:>6,} events in {rounds:,} blocks: {seconds:.1f} s")
        (_, few), (_, many) = took.values()
        print(f"twice the events: {many / few:.2f} times as long")
        listed = {invoices: list_one_buyer(Path(folder), invoices) for invoices in _INVOICES}
        for invoices, milliseconds in listed.items():
            print(f"one buyer among {invoices:>6,} invoices: {milliseconds:.2f} ms")
        few, many = listed.values()
        print(f"a hundred times the invoices: {many / few:.2f} times as long")


def read_from_nothing(folder: Path, events: int, repeats: int) -> tuple[int, float]:
    """Rounds, and the median of the seconds."""
    chain = Story(seed=1).tell(events)
    seconds = []
    with served(chain) as address:
        for repeat in range(repeats):
            database = Database.in_file(folder / f"{events}-{repeat}")
            began = time.perf_counter()
            synced = history_of(database, address).sync()
            seconds.append(time.perf_counter() - began)
            assert synced.events >= events
            database.close()
    return chain.last_round, statistics.median(seconds)


def list_one_buyer(folder: Path, invoices: int) -> float:
    """The median of the milliseconds of a search."""
    story = Story(seed=2)
    me, other = story.people[:2]
    for number in range(_BUYERS_INVOICES):
        story.bill(1, 202_601 + number, me, paid=True)
    for number in range(invoices - _BUYERS_INVOICES):
        story.bill(2 + number // 12, 202_601 + number % 12, other, paid=False)
    database = Database.in_file(folder / f"invoices-{invoices}")
    with served(story.chain) as address:
        history_of(database, address).sync()
    lists, wanted, times = Lists(database), InvoiceSearch(buyers=[str(encoding.encode_address(me))]), []
    for _ in range(_SEARCHES):
        began = time.perf_counter()
        assert len(lists.invoices(wanted)) == _BUYERS_INVOICES
        times.append(time.perf_counter() - began)
    database.close()
    return statistics.median(times) * 1_000


@contextmanager
def served(chain: StoredChain) -> Iterator[str]:
    """A node with a chain in a process of its own; its address."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, chain))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def _serve(parent: Connection, chain: StoredChain) -> None:
    with Node(chain).serving() as node:
        parent.send(node.address)
        parent.recv()


if __name__ == "__main__":
    main()
