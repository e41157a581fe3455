"""How fast a history is read from nothing, and searched: ``python -m benchmarks.history``.

Stored chains of 10,000 and of 20,000 events are served over HTTP by another process and read into SQLite. Then one
buyer's twelve invoices are listed among 100 and among 10,000. All figures are processor time, user and system.
"""

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.serving import served
from gridpact.chain.connection import connect
from gridpact.chain.specs import Contract
from gridpact.deployment.record import find
from gridpact.history.database import Database
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.history.place import history_of
from tests.audit.stored_project import ProjectNode, StoredProject
from tests.history.stored_chain import APPS, Story
from tests.history.support import history_of as stored_history

_EVENTS = (10_000, 20_000)
_AGREEMENTS = (9, 834)
_MONTHS = 12
"""108 and 10,008 invoices."""
_SEARCHES = 50
_COMMANDS = 5
_REPEATS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--repeats", type=int, default=_REPEATS, help="readings for each median, default %(default)s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        took = {events: read_from_nothing(Path(folder), events, options.repeats) for events in _EVENTS}
        for events, (rounds, seconds) in took.items():
            print(f"{events:>6,} events in {rounds:,} blocks: {seconds:.1f} s of processor time")
        (_, few), (_, many) = took.values()
        print(f"twice the events: {many / few:.2f} times as long")
        (_, few, few_s), (_, many, many_s) = listed = [list_one_buyer(Path(folder), one) for one in _AGREEMENTS]
        for invoices, milliseconds, seconds in listed:
            print(f"one buyer among {invoices:>6,} invoices: {milliseconds:.1f} ms, the command {seconds:.2f} s")
        print(f"a hundred times the invoices: {many / few:.2f} times as long, the command {many_s / few_s:.2f}")


def read_from_nothing(folder: Path, events: int, repeats: int) -> tuple[int, float]:
    """Rounds, and the median of the seconds of processor time."""
    chain = Story(seed=1).tell(events)
    seconds = []
    gc.freeze()  # the stored chain lies in this process, too: the collector would walk through it again and again
    with served(chain) as address:
        for repeat in range(repeats):
            database = Database.in_file(folder / f"{events}-{repeat}")
            began = time.process_time()
            synced = stored_history(database, address).sync()
            seconds.append(time.process_time() - began)
            assert synced.events >= events
            database.close()
    return chain.last_round, statistics.median(seconds)


def list_one_buyer(folder: Path, agreements: int) -> tuple[int, float, float]:
    """One buyer's invoices of a year among those of all agreements.

    Returns:
        All invoices; medians of processor time: milliseconds of the library's search, with the history brought up to
        date and the invoices read from the chain, and seconds of `gridpact invoice list --buyer`.
    """
    project = StoredProject(seed=2, agreements=agreements)
    project.tell_months(_MONTHS)
    here = folder / f"agreements-{agreements}"
    here.mkdir()
    with served(project.chain, ProjectNode) as address:
        server, _, port = address.rpartition(":")
        os.environ |= {
            "ALGOD_SERVER": server,
            "ALGOD_PORT": port,
            "ALGOD_TOKEN": "",
            "GRIDPACT_APP_ID": str(APPS[Contract.KWH_RECEIPT]),
            "GRIDPACT_PROJECT": str(here),
        }
        deployment = find(connect())
        history_of(deployment).sync()
        wanted, times = InvoiceQuery(buyers=[project.buyer]), []
        for _ in range(_SEARCHES):
            began = time.process_time()
            assert len(find_invoices(deployment, wanted, project.chain.ts)) == _MONTHS
            times.append(time.process_time() - began)
        command = [sys.executable, "-m", "gridpact", "invoice", "list", "--buyer", project.buyer]
        commands = [processor_seconds(command) for _ in range(_COMMANDS)]
    return agreements * _MONTHS, statistics.median(times) * 1_000, statistics.median(commands)


def processor_seconds(command: list[str]) -> float:
    """What a program takes of user and system time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
