"""How fast a project is audited: ``python -m benchmarks.audit``.

Stored chains of 10,000 and of 20,000 events are served over HTTP by another process, with what their apps hold. It is
processor time of the auditing process, user and system.
"""

import argparse
import statistics
import time

from algosdk.v2client.algod import AlgodClient

from benchmarks.serving import served
from gridpact.audit.audit import Auditor, Report
from tests.audit.stored_project import ProjectNode, StoredProject
from tests.history.stored_chain import APPS
from tests.history.support import source_of

_EVENTS = (10_000, 20_000)
_REPEATS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description=__doc__)
    parser.add_argument("--repeats", type=int, default=_REPEATS, help="readings for each median, default %(default)s")
    options = parser.parse_args()
    took = []
    for events in _EVENTS:
        chain = StoredProject(seed=1).tell(events)
        with served(chain, ProjectNode) as address:
            measured = [audit(address) for _ in range(options.repeats)]
        report = measured[0][0]
        took.append(statistics.median(processor for _, processor, _ in measured))
        wall = statistics.median(wall for *_, wall in measured)
        print(
            f"{report.events:>6,} events in {chain.last_round:,} blocks, {report.boxes:,} boxes, "
            f"{report.stored_fields:,} fields: {took[-1]:.1f} s of processor time, {wall:.1f} s in all"
        )
    print(f"twice the events: {took[1] / took[0]:.2f} times as long")


def audit(address: str) -> tuple[Report, float, float]:
    """A report, the seconds of processor time, and all of them."""
    began, began_processor = time.perf_counter(), time.process_time()
    report = Auditor(AlgodClient("", address), APPS, source_of(address)).run()
    processor, wall = time.process_time() - began_processor, time.perf_counter() - began
    assert report.is_green, report.differences[:5]
    assert report.passed_over == ()
    return report, processor, wall


if __name__ == "__main__":
    main()
