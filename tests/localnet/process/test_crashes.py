"""A LocalNet that is killed at any moment keeps every confirmed block and makes no other."""

import http.client
import random
import threading
import time
from pathlib import Path

import pytest

from localnet.testing import LocalNet
from tests.localnet.client import Algod, algod_of

KILLS = 20
SUBMITTERS = 2
CONFIRMATION_TIMEOUT_S = 60


class Submitter(threading.Thread):
    """Sends payments one after the other until the LocalNet dies; remembers what was confirmed and what was not."""

    def __init__(self, algod: Algod, name: str) -> None:
        super().__init__(name=name)
        self._algod = algod
        self.confirmed: list[str] = []
        self.unanswered: list[str] = []

    def run(self) -> None:
        for number in range(10_000):
            try:
                txn = self._algod.payment(f"{self.name} {number}")
                self.unanswered.append(txn.get_txid())
                answer = self._algod.send(txn)
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 200:
                self.confirmed.append(self.unanswered.pop())


class Simulating(threading.Thread):
    """Simulates one payment after the other until the LocalNet dies."""

    def __init__(self, algod: Algod) -> None:
        super().__init__()
        self._algod = algod

    def run(self) -> None:
        try:
            while True:
                self._algod.simulate(self._algod.payment("simulated"))
        except (OSError, http.client.HTTPException, AssertionError):
            return


def wait_for_confirmations(threads: list[Submitter | Simulating], count: int) -> None:
    """Until so many payments are confirmed together."""
    deadline = time.monotonic() + CONFIRMATION_TIMEOUT_S
    while sum(len(thread.confirmed) for thread in threads if isinstance(thread, Submitter)) < count:
        assert time.monotonic() < deadline, "payments are not confirmed"
        time.sleep(0.001)


@pytest.mark.timeout(600)
def test_random_kills_lose_no_block_and_make_none(tmp_path: Path) -> None:
    dice = random.Random(20)
    confirmed: set[str] = set()
    unanswered: set[str] = set()
    net = LocalNet.spawn(tmp_path)
    for attempt in range(KILLS):
        algod = algod_of(net)
        threads: list[Submitter | Simulating] = [Submitter(algod, f"{attempt} {at}") for at in range(SUBMITTERS)]
        threads.append(Simulating(algod))
        for thread in threads:
            thread.start()
        wait_for_confirmations(threads, dice.randrange(4))
        time.sleep(dice.uniform(0, 0.1))
        net.kill()
        for thread in threads:
            thread.join()
            if isinstance(thread, Submitter):
                confirmed.update(thread.confirmed)
                unanswered.update(thread.unanswered)
        net = LocalNet.spawn(tmp_path)
    blocks = algod_of(net).txids_by_round()
    net.stop()
    in_blocks = [txid for txids in blocks.values() for txid in txids]
    assert len(confirmed) >= KILLS // 2
    assert confirmed <= set(in_blocks)
    assert set(in_blocks) <= confirmed | unanswered
    assert len(in_blocks) == len(set(in_blocks))
    assert [round_ for round_, txids in blocks.items() if len(txids) != 1] == []


def test_state_is_the_same_after_a_kill(tmp_path: Path) -> None:
    net = LocalNet.spawn(tmp_path)
    algod = algod_of(net)
    app = algod.create_app(
        '#pragma version 10\ntxn ApplicationID\nbz done\nbyte "box"\nint 8\nbox_create\npop\ndone:\nint 1'
    )
    address = algod.get(f"/v2/applications/{app}")["params"]["creator"]
    before = (algod.last_round, algod.get(f"/v2/accounts/{address}"), algod.get(f"/v2/applications/{app}"))
    net.kill()
    with LocalNet.spawn(tmp_path) as again:
        algod = algod_of(again)
        after = (algod.last_round, algod.get(f"/v2/accounts/{address}"), algod.get(f"/v2/applications/{app}"))
    assert after == before


def test_an_empty_block_of_a_dying_server_is_dropped(tmp_path: Path) -> None:
    """Where no guard ends the waiting process with the server, the end of its input looks like an empty group."""
    from localnet.engine.ledger import Ledger
    from localnet.engine.program import installed_program
    from localnet.engine.warm import WaitingProcess

    program = installed_program(tmp_path)
    ledger = Ledger(program, tmp_path)
    chain = ledger.chain
    ledger.append_empty(1)
    wanted = ledger.last_round
    ledger.close()
    # What a crash between the plan of a submission and its bytes leaves: the plan, then an empty block.
    (chain / "next-block.json").write_text(f'{{"round": {wanted + 1}, "ts": 0, "empty": false}}')
    dying = WaitingProcess(program, chain)
    dying.feed(b"")
    assert dying.wait(60).status == 0
    reopened = Ledger(program, tmp_path)
    try:
        assert reopened.last_round == wanted
    finally:
        reopened.close()
