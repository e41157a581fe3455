"""The pool: what waits for a block is evaluated once, and as the block will evaluate it."""

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from algosdk import transaction

from localnet.engine import pool as pool_module
from localnet.engine.compiler import Compiler
from localnet.engine.ledger import Ledger, RefusedError
from localnet.engine.pool import Fate, Pool
from localnet.engine.program import installed_program
from localnet.engine.transactions import split, transaction_id
from localnet.engine.warm import WaitingProcess
from tests.localnet.client import DISPENSER, signed

VALIDITY: Final = 1000
APPROVE: Final = "#pragma version 10\nint 1"
IN_ONE_ROUND: Final = """#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
btoi
global Round
==
assert
done:
int 1
"""
"""Takes a call in the round that it names only."""
AT_ONE_TIME: Final = IN_ONE_ROUND.replace("global Round", "global LatestTimestamp")
COUNTER: Final = IN_ONE_ROUND.replace(
    "global Round\n==\nassert",
    'byte "count"\napp_global_get\n==\nassert\nbyte "count"\ndup\napp_global_get\nint 1\n+\napp_global_put',
)
"""Counts, and takes a call that names the present count only."""


class Stage:
    """A ledger with a pool, and what was handed to the program's processes."""

    def __init__(self, folder: Path) -> None:
        self.ledger = Ledger(installed_program(folder), folder)
        self.pool = Pool(self.ledger, folder / "pool", lambda reason, _transactions: reason)
        self._compiler = Compiler(self.ledger.program, folder)

    def params(self, first: int = 0, last: int = 0) -> transaction.SuggestedParams:
        now = self.ledger.last_round
        return transaction.SuggestedParams(
            fee=1000,
            first=first or now,
            last=last or now + VALIDITY,
            gh=base64.b64encode(self.ledger.genesis_hash).decode(),
            gen=self.ledger.genesis_id,
            flat_fee=True,
        )

    def payment(self, note: str, first: int = 0, last: int = 0) -> bytes:
        params = self.params(first, last)
        return signed(transaction.PaymentTxn(DISPENSER, params, DISPENSER, 0, note=note.encode()))

    def app(self, teal: str) -> int:
        """The id of a new app, in a block of its own."""
        approve, clear = (self._compiler.compile(source).bytecode for source in (teal, APPROVE))
        no_op, state, none = transaction.OnComplete.NoOpOC, transaction.StateSchema(1, 0), transaction.StateSchema(0, 0)
        create = transaction.ApplicationCreateTxn(DISPENSER, self.params(), no_op, approve, clear, state, none)
        self.ledger.submit(signed(create))
        return self.ledger.app_ids()[0]

    def call(self, app_id: int, value: int, note: str = "") -> bytes:
        argument = value.to_bytes(8, "big")
        return signed(transaction.ApplicationNoOpTxn(DISPENSER, self.params(), app_id, [argument], note=note.encode()))

    def send(self, group: bytes) -> str:
        """Hand a group to the pool; the id of its first transaction."""
        transactions = [one for _raw, one in split(group)]
        self.pool.submit(group, transactions)
        return transaction_id(transactions[0]["txn"])

    def waiting(self) -> list[str]:
        return [transaction_id(one["txn"]) for one in self.pool.transactions]

    def rounds(self, *txids: str) -> list[int | None]:
        """Where transactions are confirmed, None for those that are not."""
        found = [self.ledger.find(txid) for txid in txids]
        return [one.round if one else None for one in found]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(tmp_path)
    yield opened
    opened.pool.close()
    opened.ledger.close()


@pytest.fixture
def fed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What processes were given to evaluate, in order."""
    seen: list[bytes] = []
    real: Callable[[WaitingProcess, bytes], None] = WaitingProcess.feed

    def feed(process: WaitingProcess, group: bytes) -> None:
        seen.append(group)
        real(process, group)

    monkeypatch.setattr(WaitingProcess, "feed", feed)
    return seen


def test_what_waits_is_not_evaluated_again_for_the_next_group(stage: Stage, fed: list[bytes]) -> None:
    groups = [stage.payment(str(number)) for number in range(6)]
    txids = [stage.send(group) for group in groups]
    assert fed == groups
    stage.pool.make_block()
    assert fed == [*groups, b"".join(groups)]
    assert stage.rounds(*txids) == [stage.ledger.last_round] * 6
    del fed[:]
    after = stage.payment("after the block")
    stage.send(after)
    assert fed == [after]


def test_a_block_without_them_has_them_evaluated_once_more(stage: Stage, fed: list[bytes]) -> None:
    stage.pool.held = True
    groups = [stage.payment(str(number)) for number in range(3)]
    for group in groups:
        stage.send(group)
    stage.pool.make_block()
    del fed[:]
    later = [stage.payment(f"later {number}") for number in range(2)]
    for group in later:
        stage.send(group)
    assert fed == [b"".join(groups), *later]


def test_a_refused_group_leaves_the_pool_as_it_was(stage: Stage) -> None:
    counter = stage.app(COUNTER)
    first = stage.send(stage.call(counter, 0))
    for number in range(2):
        with pytest.raises(RefusedError, match="assert failed"):
            stage.send(stage.call(counter, 0, f"again {number}"))
        assert stage.waiting() == [first]
    second = stage.send(stage.call(counter, 1))
    stage.pool.make_block()
    assert stage.rounds(first, second) == [stage.ledger.last_round] * 2


def test_a_group_is_refused_by_what_was_lost_no_more(stage: Stage) -> None:
    """The node forgot a group that counted: the same count is the present one again."""
    counter = stage.app(COUNTER)
    stage.pool.next_is(Fate.LOST)
    stage.send(stage.call(counter, 0, "lost"))
    again = stage.send(stage.call(counter, 0))
    assert stage.waiting() == [again]


def test_groups_that_became_invalid_are_evaluated_in_turn(stage: Stage, fed: list[bytes]) -> None:
    """The first is refused by the network: what relied on it is dropped, and the others are in the block."""
    counter = stage.app(COUNTER)
    stage.pool.next_is(Fate.REFUSED)
    calls = [stage.send(stage.call(counter, number)) for number in range(2)]
    payments = [stage.send(stage.payment(str(number))) for number in range(3)]
    del fed[:]
    stage.pool.make_block()
    assert stage.rounds(*calls, *payments) == [None, None, *[stage.ledger.last_round] * 3]
    reasons = [dropped.reason for dropped in map(stage.pool.dropped, calls) if dropped]
    assert reasons[0] == "refused by the network"
    assert "assert failed" in reasons[1]
    assert [len(split(one)) for one in fed] == [4, 1, 1, 1, 1, 3], "the block, each in turn, the block again"


def test_the_last_round_that_may_hold_a_group(stage: Stage) -> None:
    """It is taken behind others, which do not make its round a later one."""
    stage.send(stage.payment("before"))
    last = stage.send(stage.payment("now or never", last=stage.ledger.last_round + 1))
    after = stage.send(stage.payment("after"))
    stage.pool.make_block()
    assert stage.rounds(last, after) == [stage.ledger.last_round] * 2


def test_a_group_that_is_not_valid_yet(stage: Stage) -> None:
    stage.send(stage.payment("before"))
    stage.send(stage.payment("before, too"))
    next_round = stage.ledger.last_round + 1
    with pytest.raises(RefusedError, match=f"round {next_round} outside of {next_round + 1}--"):
        stage.send(stage.payment("early", first=next_round + 1))
    assert len(stage.waiting()) == 2


def test_a_program_that_asks_for_the_round(stage: Stage) -> None:
    """Behind others it is taken in the round that the block will have, and dropped in any other."""
    picky = stage.app(IN_ONE_ROUND)
    next_round = stage.ledger.last_round + 1
    others = [stage.send(stage.payment("before"))]
    right = stage.send(stage.call(picky, next_round))
    others.append(stage.send(stage.payment("between")))
    wrong = [next_round + offset for offset in (1, 2, 3)]
    taken = []
    for round_ in wrong:
        try:
            taken.append(stage.send(stage.call(picky, round_)))
        except RefusedError:
            continue
    stage.pool.make_block()
    assert stage.ledger.last_round == next_round
    assert stage.rounds(*others, right) == [next_round] * 3
    assert stage.rounds(*taken) == [None] * len(taken)
    assert all("assert failed" in dropped.reason for dropped in map(stage.pool.dropped, taken) if dropped)


def test_a_program_sees_the_time_that_it_will_see(stage: Stage, fed: list[bytes]) -> None:
    """That of the last block, however many groups wait already and however long."""
    timed = stage.app(AT_ONE_TIME)
    now = stage.ledger.block(stage.ledger.last_round)["ts"]
    stage.send(stage.payment("before"))
    time.sleep(1.1)  # seconds are what a block's time counts
    calls = [stage.call(timed, now, f"{number}") for number in range(3)]
    del fed[:]
    txids = [stage.send(call) for call in calls]
    assert fed == calls
    stage.pool.make_block()
    assert stage.rounds(*txids) == [stage.ledger.last_round] * 3


def test_the_chain_is_another_one_of_the_same_length(stage: Stage) -> None:
    """After a restore, groups are evaluated on the chain that was restored."""
    counter = stage.app(COUNTER)
    stage.ledger.submit(stage.call(counter, 0))
    stage.ledger.snapshot("counted")
    rounds = stage.ledger.last_round
    stage.ledger.reset()
    stage.ledger.append_empty(rounds - stage.ledger.last_round)
    stage.send(stage.payment("on the other chain"))
    stage.ledger.restore("counted")
    assert stage.waiting() == []
    txid = stage.send(stage.call(counter, 1))
    stage.pool.make_block()
    assert stage.rounds(txid) == [rounds + 1]


def test_a_full_pool(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes nothing more until a block is made."""
    groups = [stage.payment(str(number)) for number in range(3)]
    monkeypatch.setattr(pool_module, "_MOST_BYTES", sum(map(len, groups[:2])))
    for group in groups[:2]:
        stage.send(group)
    with pytest.raises(RefusedError, match="transaction pool have reached capacity"):
        stage.send(groups[2])
    assert len(stage.waiting()) == 2
    stage.pool.make_block()
    assert stage.send(groups[2]) in stage.waiting()


def test_a_closed_pool_leaves_nothing_behind(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.send(stage.payment("one"))
    assert (tmp_path / "pool").exists()
    stage.pool.close()
    stage.ledger.close()
    assert not (tmp_path / "pool").exists()
