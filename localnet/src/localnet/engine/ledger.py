"""The ledger: one chain, one writer, all state that the APIs read."""

import contextlib
import functools
import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from localnet.engine import genesis
from localnet.engine.blocks import BlockFile, Tree, completed, unpack
from localnet.engine.chains import Chains, copy_ledger
from localnet.engine.program import Program, last_line
from localnet.engine.space import SpaceWatch, disk_blamed
from localnet.engine.state import State, read_account, read_supply, read_tracker
from localnet.engine.transactions import as_submitted, transaction_id
from localnet.engine.warm import Ended, ProgramStoppedError, WaitingProcess
from localnet.errors import LocalNetError

_COMMIT_POLL_S = 0.0003
_EVALUATION_TIMEOUT_S = 60.0
_MAX_UNREAD_OUTPUTS = 4
_DECODED_BLOCKS = 8
"""Whoever waits for groups asks for each transaction of a block."""
_JOURNAL = "next-block.json"

Listener = Callable[[int, Tree], None]


class Tasks:
    """Where a ledger's side jobs run: at once, unless a server has better places."""

    def notify(self, call: Callable[[], None]) -> None:
        """Run listeners, and return when they are done."""
        call()

    def when_idle(self, call: Callable[[], None]) -> None:
        """Run a writing call later, in the thread of the writing calls."""
        del call  # whoever uses the ledger directly starts processes on demand


class RefusedError(Exception):
    """The ledger refused a group; the text is the program's reason."""


@dataclass(frozen=True)
class Confirmed:
    """Where a transaction is: its round and its place in the block."""

    round: int
    position: int


class Ledger:
    """A chain in a state folder.

    All methods that change something must be called from one thread that lives as long as the process: the ledger has
    one writer, and the system ends its waiting processes together with the thread that started them. Reading methods
    may be called from any thread; those that read accounts or boxes wait until the last block's state is known, a few
    milliseconds after the block.

    Attributes:
        last_round: the newest confirmed round.
        genesis_id: the network's name.
        genesis_hash: 32 bytes.
        genesis_accounts: (name, address, 64-byte private key, microalgo) of the funded accounts, the dispenser first.
        chain: the current chain's folder.
        timestamp_offset: seconds from block to block, None for the real clock.
    """

    genesis_id = genesis.GENESIS_ID
    genesis_hash = genesis.GENESIS_HASH
    genesis_accounts = tuple(
        (account.name, account.address, account.private_key, genesis.FUNDS_MICROALGO) for account in genesis.ACCOUNTS
    )

    def __init__(self, program: Program, state_folder: Path, tasks: Tasks | None = None) -> None:
        """Open the current chain, or begin one.

        Args:
            program: the ledger program.
            state_folder: where chains, scratch copies and snapshots go.
            tasks: where listeners and idle work run.
        """
        self.program = program
        self._tasks = tasks or Tasks()
        self._state_lock = threading.Lock()
        self._chains = Chains(state_folder)
        self._listeners: list[Listener] = []
        self._reset_listeners: list[Callable[[], None]] = []
        self._kept_states: dict[str, State] = {}  # of the snapshots that this process made, to restore them at once
        self.timestamp_offset: int | None = None
        self._next_timestamp: int | None = None
        self._chains.clean()
        with disk_blamed(state_folder):
            chain = self._chains.current()
            if chain is None:
                chain = self._new_chain()
                self._chains.make_current(chain)
            self._open(chain)

    # --- reading

    def block(self, round_: int) -> Tree:
        """A block as decoded msgpack, with the fields that clients index always present; nobody may change it.

        Raises:
            KeyError: there is no such round yet.
        """
        if not 0 <= round_ <= self.last_round:
            raise KeyError(round_)
        return self._decoded(round_)

    def block_header(self, round_: int) -> bytes:
        """A block's header exactly as it is hashed.

        Raises:
            KeyError: there is no such round yet.
        """
        raw = self._blocks.raw_header(round_) if 0 <= round_ <= self.last_round else None
        if raw is None:
            raise KeyError(round_)
        return raw

    def find(self, txid: str) -> Confirmed | None:
        """Where a transaction is confirmed, None when it is not."""
        return self._confirmed.get(txid)

    def account(self, address: bytes) -> Tree:
        """go-algorand's account data, empty for an unknown account."""
        state = self._current_state()
        if address in genesis.POOLS:
            # The program does not print them; its database has them as of some rounds ago.
            return read_account(self.chain, address)
        return state.account(address)

    def accounts(self) -> Mapping[bytes, Tree]:
        """All accounts that are not empty, without the fee sink and the rewards pool."""
        return self._current_state().accounts

    def creator(self, id_: int) -> bytes | None:
        """Who created the application or asset, None when it does not exist."""
        return self._current_state().creator(id_)

    def app_ids(self) -> list[int]:
        """All applications, newest first."""
        return self._current_state().app_ids()

    def approval_program(self, app_id: int) -> bytes:
        """An application's approval program, empty when it does not exist."""
        creator = self.creator(app_id)
        params = self.account(creator).get("appp", {}).get(app_id, {}) if creator else {}
        return bytes(params.get("approv", b""))

    def next_id(self, transactions: list[Tree], creation: Tree) -> int:
        """The id that a creation in a group gets when no inner transaction comes before it."""
        return self.next_ids(len(transactions))[transactions.index(creation)]

    def next_ids(self, count: int) -> range:
        """The ids that the next transactions give, inner ones counted, where they create something."""
        made = int(self.block(self.last_round).get("tc", 0))
        return range(made + 1, made + count + 1)

    def boxes(self, app_id: int) -> Mapping[bytes, bytes]:
        """Name to value of an application's boxes."""
        return self._current_state().boxes(app_id)

    @property
    def state_is_known(self) -> bool:
        """Whether accounts and boxes can be read without waiting."""
        return all(process.ended() is not None for _round, process in self._unread)

    def wait_for_state(self) -> None:
        """Wait until accounts and boxes of the last block are known."""
        self._current_state()

    def supply(self) -> tuple[int, int]:
        """Microalgo online, and in total."""
        return read_supply(self.chain)

    def snapshots(self) -> list[str]:
        """The names of the snapshots, oldest first."""
        return self._chains.snapshot_names()

    # --- listening

    def add_listener(self, listener: Listener) -> None:
        """Call ``listener(round, block)`` for each new block, before its submitter is answered."""
        self._listeners.append(listener)

    def on_reset(self, listener: Callable[[], None]) -> None:
        """Call ``listener()`` after the chain was replaced by another one."""
        self._reset_listeners.append(listener)

    # --- writing

    def submit(self, group: bytes) -> int:
        """Append a block with this group (concatenated signed transactions); its round.

        Raises:
            RefusedError: the ledger is as it was.
            OSError: the disk takes no more; the ledger is as it was.
        """
        with disk_blamed(self.chain):
            return self._append(group)

    def append_empty(self, count: int) -> None:
        """Append blocks without transactions."""
        with disk_blamed(self.chain):
            for _ in range(count):
                self._append(b"")

    def set_next_timestamp(self, timestamp: int) -> None:
        """The next block gets exactly this time.

        Raises:
            LocalNetError: it lies before the last block.
        """
        last = self._blocks.timestamp(self.last_round)
        if timestamp < last:
            raise LocalNetError(f"Time cannot go back: the last block's time is {last}, asked was {timestamp}.")
        self._next_timestamp = timestamp

    def use_real_clock(self) -> None:
        """Forget the offset and the next block's fixed time."""
        self.timestamp_offset = None
        self._next_timestamp = None

    def reset(self) -> None:
        """Begin a new chain."""
        with disk_blamed(self.chain):
            self._replace_chain(self._new_chain())

    def snapshot(self, name: str) -> None:
        """Keep a copy of the chain.

        Raises:
            LocalNetError: the name cannot be used.
        """
        self._stop_waiting()
        try:
            self._chains.save_snapshot(self.chain, name)
            self._kept_states[name] = self._state.copy()
        finally:
            self._tasks.when_idle(self._warm_up)

    def restore(self, name: str) -> None:
        """Continue from a snapshot.

        Raises:
            LocalNetError: there is no such snapshot.
        """
        kept = self._kept_states.get(name)
        self._replace_chain(self._chains.load_snapshot(name), kept and kept.copy())

    def close(self) -> None:
        """End the waiting process; the chain stays on disk."""
        self._stop_waiting()
        self._blocks.close()

    # --- the chain on disk

    def _new_chain(self) -> Path:
        chain = self._chains.unused()
        self.program.initialise(chain, int(time.time()))
        genesis.complete(chain)
        return chain

    def _replace_chain(self, chain: Path, state: State | None = None) -> None:
        self._stop_waiting()
        self._blocks.close()
        self._chains.make_current(chain)
        self.use_real_clock()
        self._open(chain, state)
        self._tasks.notify(self._tell_reset)

    def _open(self, chain: Path, state: State | None = None) -> None:
        self.chain = chain
        self._blocks = BlockFile(chain)
        self._decoded = functools.lru_cache(_DECODED_BLOCKS)(self._decode)
        self._finish_last_block()
        self.last_round = self._blocks.last_round
        self._confirmed: dict[str, Confirmed] = {}
        for round_, raw in self._blocks.all_raw():
            self._register(round_, unpack(raw))
        self._unread: list[tuple[int, WaitingProcess]] = []
        self._state = state or self._state_on_disk()
        self._waiting: WaitingProcess | None = None
        self._tasks.when_idle(self._warm_up)

    def _decode(self, round_: int) -> Tree:
        raw = self._blocks.raw(round_)
        if raw is None:
            raise KeyError(round_)
        return completed(unpack(raw)) if round_ else dict(unpack(raw))

    def _finish_last_block(self) -> None:
        """Undo or complete what a crash interrupted between the program's commit and our answer."""
        journal = self.chain / _JOURNAL
        if not journal.exists():
            return
        planned = json.loads(journal.read_text())
        last = self._blocks.last_round
        if last < planned["round"]:
            return
        if planned.get("withdrawn"):
            # Its submitter was told that there is none, on a disk too full to remove it at once.
            self._blocks.remove_after(planned["round"] - 1)
            return
        block = unpack(self._blocks.raw(last) or b"")
        if not block.get("txns") and not planned["empty"]:
            # A waiting process took the end of its input for an empty block.
            self._blocks.remove_after(planned["round"] - 1)
        elif block.get("ts", 0) != planned["ts"]:
            self._blocks.patch(planned["round"], ts=planned["ts"])

    def _state_on_disk(self) -> State:
        round_, state = read_tracker(self.chain)
        if round_ >= self.last_round or self.last_round <= 1:
            return state
        # The tracker lags a few rounds: let a copy run on until it has caught up.
        copy = self._chains.scratch / "open"
        shutil.rmtree(copy, ignore_errors=True)
        copy_ledger(self.chain, copy)
        ahead = self.last_round
        while round_ < self.last_round:
            ahead += 1
            process = WaitingProcess(self.program, copy)
            process.feed(b"")
            ended = process.wait(_EVALUATION_TIMEOUT_S)
            if ended.status:
                raise LocalNetError(f"The ledger in {self.chain} cannot be read: {last_line(ended.errors)}")
            round_, state = read_tracker(copy)
        shutil.rmtree(copy)
        return state

    # --- one block

    def _append(self, group: bytes) -> int:
        self._drop_unfinished()
        round_ = self.last_round + 1
        timestamp = self._timestamp_after(self.last_round)
        self._plan(round_, timestamp, empty=not group)
        process = self._evaluate(group, round_)
        try:
            if self._blocks.timestamp(round_) != timestamp:
                self._blocks.patch(round_, ts=timestamp)
        except sqlite3.Error:
            process.kill()
            self._withdraw()
            with contextlib.suppress(sqlite3.Error):  # when there is no space for this either, it is done later
                self._drop_unfinished()
            raise
        self._next_timestamp = None
        block = completed(unpack(self._blocks.raw(round_) or b""))
        self._unread.append((round_, process))
        process.on_end(lambda: self._tasks.when_idle(self._warm_up))
        # In this order: what is found as confirmed is in a block that can be read.
        self.last_round = round_
        self._register(round_, block)
        self._tasks.notify(lambda: self._tell(round_, block))
        if len(self._unread) > _MAX_UNREAD_OUTPUTS:
            self._current_state()
        return round_

    def _drop_unfinished(self) -> None:
        """Remove a block whose time could not be set, so that its submitter was told that there is none."""
        if self._blocks.last_round > self.last_round:
            self._blocks.remove_after(self.last_round)

    def _tell(self, round_: int, block: Tree) -> None:
        for listener in self._listeners:
            listener(round_, block)

    def _tell_reset(self) -> None:
        for listener in self._reset_listeners:
            listener()

    def _plan(self, round_: int, timestamp: int, *, empty: bool) -> None:
        journal = self.chain / _JOURNAL
        draft = journal.with_suffix(".new")
        draft.write_text(json.dumps({"round": round_, "ts": timestamp, "empty": empty, "withdrawn": 0}))
        draft.replace(journal)

    def _withdraw(self) -> None:
        """Write into the plan, in its place and so without new space, that its block is not to be."""
        with (self.chain / _JOURNAL).open("r+b") as journal:
            text = journal.read()
            journal.seek(0)
            journal.write(text.replace(b'"withdrawn": 0', b'"withdrawn": 1'))
            journal.flush()
            os.fsync(journal.fileno())

    def _timestamp_after(self, round_: int) -> int:
        last = self._blocks.timestamp(round_)
        if self._next_timestamp is not None:
            return self._next_timestamp
        if self.timestamp_offset is not None:
            return last + self.timestamp_offset
        return max(last, int(time.time()))

    def _evaluate(self, group: bytes, round_: int) -> WaitingProcess:
        """Have the group evaluated; returns as soon as the block is written."""
        try:
            return self._evaluate_once(group, round_)
        except RefusedError as refusal:
            if not self.program.misses_curve_tables(str(refusal)):
                raise
        # A chain that uses these opcodes goes on with the program that has what they need.
        self.program = self.program.with_curve_tables()
        return self._evaluate_once(group, round_)

    def _evaluate_once(self, group: bytes, round_: int) -> WaitingProcess:
        """Feed the group to the waiting process."""
        self._warm_up()
        assert self._waiting is not None
        process, self._waiting = self._waiting, None
        try:
            process.feed(group)
        except ProgramStoppedError:  # it died while it waited; nothing was handed over
            process = WaitingProcess(self.program, self.chain)
            process.feed(group)
        deadline = time.monotonic() + _EVALUATION_TIMEOUT_S
        watch = SpaceWatch(self.chain)
        while True:
            ended = process.ended()
            if self._blocks.last_round >= round_:
                return process
            try:
                watch.look()
            except OSError:
                process.kill()
                if self._blocks.last_round >= round_:
                    return process
                raise
            if ended is not None:
                self._tasks.when_idle(self._warm_up)
                if ended.status < 0:
                    raise ProgramStoppedError("the ledger program was killed before it wrote the block")
                raise RefusedError(_reason(ended))
            if time.monotonic() > deadline:
                process.kill()
                if self._blocks.last_round >= round_:
                    return process
                raise ProgramStoppedError("the ledger program did not write the block in time and was stopped")
            time.sleep(_COMMIT_POLL_S)

    def _register(self, round_: int, block: Tree) -> None:
        for position, in_block in enumerate(block.get("txns", ())):
            signed = as_submitted(in_block, self.genesis_id, self.genesis_hash)
            self._confirmed[transaction_id(signed["txn"])] = Confirmed(round_, position)

    # --- state and waiting processes

    def _current_state(self) -> State:
        while True:
            with self._state_lock:
                if not self._unread:
                    return self._state
                round_, process = self._unread[0]
            try:
                ended: Ended | None = process.wait(_EVALUATION_TIMEOUT_S)
            except ProgramStoppedError:
                ended = None
            with self._state_lock:
                if not self._unread or self._unread[0] != (round_, process):
                    continue  # another thread has read it meanwhile
                if ended is not None and ended.status == 0:
                    self._state.take_printed(ended.output)
                    self._unread.pop(0)
                else:  # it was killed while it printed: the block is there, its effects are read from the databases
                    self._unread.clear()
                    self._state = self._state_on_disk()

    def _warm_up(self) -> None:
        """Have a process wait for the next group, once the last one is done with the ledger.

        A process that still prints looks up accounts in the tracker database, and waits for ever when the next one
        moves that database on under it.
        """
        if self._waiting is None:
            for _round, process in self._unread:
                process.wait(_EVALUATION_TIMEOUT_S)
            self._waiting = WaitingProcess(self.program, self.chain)

    def _stop_waiting(self) -> None:
        self._current_state()
        if self._waiting is not None:
            self._waiting.kill()
            self._waiting = None


def _reason(ended: Ended) -> str:
    return ended.errors.decode(errors="replace")
