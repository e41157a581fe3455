"""A disk that takes no more: one clear sentence, nothing lost, and everything goes on when there is space again.

The limit on file sizes stands for the disk: it needs no rights, and SQLite, the program and the server meet it in the
middle of their writes, as they meet the end of a disk.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from localnet.errors import DISK_FULL
from localnet.testing import LocalNet
from tests.localnet.client import DISPENSER, Algod, algod_of
from tests.localnet.process.test_command_line import FREE, run

MOST_SUBMISSIONS = 60


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """Processes that are started meanwhile cannot make files grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def submit_until_full(algod: Algod, confirmed: list[str], name: str) -> None:
    """Send payments until one is refused because of the disk."""
    for number in range(MOST_SUBMISSIONS):
        payment = algod.payment(f"{name} {number}")
        answer = algod.send(payment)
        if answer.status != 200:
            assert (answer.status, answer.message) == (503, DISK_FULL)
            return
        confirmed.append(payment.get_txid())
    raise AssertionError("the limit was never met")


# A block takes some pages of 4 KiB: the limits fall into different ones of its writes.
@pytest.mark.parametrize("largest_bytes", [150_000, 154_000, 158_000])
def test_a_full_disk_loses_nothing(tmp_path: Path, largest_bytes: int) -> None:
    with LocalNet.spawn(tmp_path) as net:
        algod = algod_of(net)
        first = algod.payment("first")
        algod.confirm(first)
        confirmed = [first.get_txid()]
    with largest_file(largest_bytes):
        net = LocalNet.spawn(tmp_path)
    with net:
        algod = algod_of(net)
        submit_until_full(algod, confirmed, "before")
        submit_until_full(algod, confirmed, "again")
        seen = (algod.last_round, algod.get(f"/v2/accounts/{DISPENSER}"))
        assert (algod.last_round, algod.get(f"/v2/accounts/{DISPENSER}")) == seen
    with LocalNet.spawn(tmp_path) as net:
        algod = algod_of(net)
        assert algod.get(f"/v2/accounts/{DISPENSER}") == seen[1]
        assert list(algod.txids_by_round().values()) == [[txid] for txid in confirmed]
        algod.confirm(algod.payment("after"))
        net.snapshot("kept")


def test_a_start_on_a_full_disk_says_so(tmp_path: Path) -> None:
    with largest_file(20_000):
        refused = run("start", f"--data-dir={tmp_path}", *FREE)
    assert (refused.returncode, refused.stderr) == (1, f"{DISK_FULL}\n")
    with LocalNet.spawn(tmp_path) as net:
        assert algod_of(net).last_round == 1
