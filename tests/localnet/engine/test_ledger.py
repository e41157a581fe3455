"""The ledger over its processes: order, time, copies, and processes that die."""

import base64
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from algosdk import encoding, transaction

from localnet.engine import genesis, program
from localnet.engine.ledger import Ledger, RefusedError
from localnet.engine.program import installed_program
from localnet.engine.warm import Ended
from localnet.errors import LocalNetError
from tests.localnet.client import DISPENSER, signed

ADDRESS = genesis.ACCOUNTS[0].address


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new chain."""
    opened = Ledger(installed_program(tmp_path), tmp_path)
    yield opened
    opened.close()


def payment(ledger: Ledger, note: str, amount: int = 0, receiver: str = DISPENSER) -> bytes:
    """A signed payment of the dispenser."""
    params = transaction.SuggestedParams(
        fee=1000,
        first=ledger.last_round,
        last=ledger.last_round + 1000,
        gh=base64.b64encode(ledger.genesis_hash).decode(),
        gen=ledger.genesis_id,
        flat_fee=True,
    )
    return signed(transaction.PaymentTxn(DISPENSER, params, receiver, amount, note=note.encode()))


def test_each_group_makes_one_block_and_listeners_see_it_first(ledger: Ledger) -> None:
    seen: list[tuple[int, int]] = []
    ledger.add_listener(lambda round_, block: seen.append((round_, len(block["txns"]))))
    for number in range(3):
        assert ledger.submit(payment(ledger, str(number))) == number + 2
        assert seen[-1] == (number + 2, 1)


def test_a_refused_group_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    before = (ledger.last_round, ledger.account(ADDRESS))
    with pytest.raises(RefusedError, match="overspend"):
        ledger.submit(payment(ledger, "all", 2 * genesis.FUNDS_MICROALGO))
    assert (ledger.last_round, ledger.account(ADDRESS)) == before
    ledger.submit(payment(ledger, "next"))
    assert ledger.last_round == before[0] + 1


def test_with_an_offset_time_follows_it_exactly(ledger: Ledger) -> None:
    start = ledger.block(ledger.last_round)["ts"]
    for offset, expected in ((86_400, 86_400), (0, 86_400), (7, 86_407)):
        ledger.timestamp_offset = offset
        ledger.submit(payment(ledger, f"{offset}"))
        assert ledger.block(ledger.last_round)["ts"] - start == expected
    ledger.use_real_clock()
    ledger.submit(payment(ledger, "real"))
    assert ledger.block(ledger.last_round)["ts"] - start == 86_407, "time never goes back"


def test_programs_see_the_time_that_was_set(ledger: Ledger) -> None:
    at = int(time.time()) + 400 * 86_400
    ledger.set_next_timestamp(at)
    ledger.submit(payment(ledger, "there"))
    ledger.append_empty(1)
    assert [ledger.block(round_)["ts"] for round_ in (2, 3)] == [at, at]
    with pytest.raises(LocalNetError, match="cannot go back"):
        ledger.set_next_timestamp(at - 1)


def test_a_snapshot_brings_everything_back(ledger: Ledger) -> None:
    ledger.submit(payment(ledger, "before"))
    kept = (ledger.last_round, ledger.account(ADDRESS), ledger.block(2))
    ledger.snapshot("kept")
    ledger.submit(payment(ledger, "after"))
    ledger.restore("kept")
    assert (ledger.last_round, ledger.account(ADDRESS), ledger.block(2)) == kept
    with pytest.raises(LocalNetError, match="exists already"):
        ledger.snapshot("kept")
    with pytest.raises(LocalNetError, match="no snapshot named other; there are: kept"):
        ledger.restore("other")
    for name in ("../evil", "", "a/b", ".hidden"):
        with pytest.raises(LocalNetError, match="name has up to 64"):
            ledger.snapshot(name)


def test_a_later_process_restores_what_an_earlier_one_kept(ledger: Ledger, tmp_path: Path) -> None:
    ledger.submit(payment(ledger, "before"))
    kept = (ledger.last_round, ledger.account(ADDRESS), ledger.block(2))
    ledger.snapshot("kept")
    ledger.submit(payment(ledger, "after"))
    ledger.close()
    later = Ledger(installed_program(tmp_path), tmp_path)
    try:
        later.restore("kept")
        assert (later.last_round, later.account(ADDRESS), later.block(2)) == kept
        later.submit(payment(later, "after"))
        assert later.last_round == kept[0] + 1
    finally:
        later.close()


def test_what_happens_after_a_restore_does_not_change_the_snapshot(ledger: Ledger) -> None:
    ledger.submit(payment(ledger, "before"))
    ledger.snapshot("kept")
    kept = ledger.account(ADDRESS)
    for amount in (1, 2):
        ledger.submit(payment(ledger, "after", 100_000 * amount, encoding.encode_address(bytes([amount] * 32))))
        assert ledger.account(ADDRESS) != kept
        ledger.restore("kept")
        assert ledger.account(ADDRESS) == kept
        assert ledger.account(bytes([amount] * 32)) == {}


def test_the_program_does_not_watch_its_locks(ledger: Ledger) -> None:
    packaged = program._packaged_program().read_bytes()
    assert len(program._LOCK_WATCH.findall(packaged)) == 1
    assert not program._LOCK_WATCH.search(ledger.program.path.read_bytes())


def test_the_program_starts_with_little(ledger: Ledger) -> None:
    packaged, copy = program._packaged_program().read_bytes(), ledger.program.path.read_bytes()
    for large, small in (*program._CACHE_SIZES, (program._CURVE_TABLES, program._NO_CURVE_TABLES)):
        assert (packaged.count(large), copy.count(large), copy.count(small)) == (1, 0, 1)


def test_a_reset_begins_again_with_the_same_accounts(ledger: Ledger) -> None:
    resets: list[int] = []
    ledger.on_reset(lambda: resets.append(ledger.last_round))
    ledger.submit(payment(ledger, "gone"))
    ledger.reset()
    assert (ledger.last_round, resets) == (1, [1])
    assert ledger.account(ADDRESS)["algo"] == genesis.FUNDS_MICROALGO


def test_a_waiting_process_that_dies_is_replaced(ledger: Ledger) -> None:
    ledger._warm_up()
    waiting = ledger._waiting
    assert waiting is not None
    os.kill(waiting.pid, signal.SIGKILL)
    waiting.wait(10)
    assert ledger.submit(payment(ledger, "still")) == 2


def test_state_survives_a_process_that_dies_while_it_prints(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.submit(payment(ledger, "a"))
    _round, process = ledger._unread[-1]
    monkeypatch.setattr(process, "wait", lambda _timeout_s: Ended(-signal.SIGKILL, b"", b""))
    assert ledger.account(ADDRESS)["algo"] == genesis.FUNDS_MICROALGO - 1000
    ledger.submit(payment(ledger, "b"))
    assert ledger.account(ADDRESS)["algo"] == genesis.FUNDS_MICROALGO - 2000


def test_the_reopened_state_is_the_state(tmp_path: Path) -> None:
    program = installed_program(tmp_path)
    ledger = Ledger(program, tmp_path)
    for number in range(7):
        ledger.submit(payment(ledger, str(number)))
    kept = dict(ledger.accounts())
    ledger.close()
    again = Ledger(program, tmp_path)
    try:
        assert dict(again.accounts()) == kept
        assert again.last_round == 8
    finally:
        again.close()
