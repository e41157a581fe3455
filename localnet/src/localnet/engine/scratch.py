"""Throw-away copies of the chain in which groups are tried out."""

import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from localnet.engine import genesis
from localnet.engine.blocks import BlockFile, Tree, unpack
from localnet.engine.chains import copy_ledger
from localnet.engine.program import Program
from localnet.engine.space import SpaceWatch
from localnet.engine.warm import ProgramStoppedError, WaitingProcess

_POLL_S = 0.0003
_EVALUATION_TIMEOUT_S = 60.0
_HELPER_FUNDS_MICROALGO = 20_000_000


class ScratchRefusedError(Exception):
    """The ledger refused the group; the text is the program's reason."""


class Trial:
    """A copy of the chain at one round, in which groups are evaluated and leave nothing behind.

    Attributes:
        round: the last round of the copy.
    """

    def __init__(self, program: Program, chain: Path, folder: Path, *, on_demand: bool = False) -> None:
        """Make the copy.

        Args:
            program: the ledger program.
            chain: the folder of the chain.
            folder: where the copy goes.
            on_demand: no process is started ahead.
        """
        self._program = program
        self._on_demand = on_demand
        self._folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        copy_ledger(chain, folder)
        self._blocks = BlockFile(folder)
        self.round = self._blocks.last_round
        self._waiting: WaitingProcess | None = None
        self._prepare()
        self.warm_up()

    def _prepare(self) -> None:
        """Change the copy before the first process opens it."""

    def warm_up(self) -> None:
        """Have a process wait for the next group, where processes are started ahead."""
        if not self._on_demand:
            self._start()

    def _start(self) -> None:
        if self._waiting is None:
            self._waiting = WaitingProcess(self._program, self._folder)

    def evaluate(self, group: bytes) -> list[Tree]:
        """The group's transactions as the next block would hold them. The copy is as before afterwards.

        Raises:
            ScratchRefusedError: the group is refused.
            OSError: the disk takes no more.
        """
        self._append(group)
        block = unpack(self._blocks.raw(self.round + 1) or b"")
        self._blocks.remove_after(self.round)
        transactions: list[Tree] = block["txns"]
        return transactions

    def keep(self, groups: bytes, timestamp: int) -> None:
        """Evaluate groups, and leave them in the copy as its next block. The next process waits after it.

        Args:
            groups: one after the other; nothing else may be under way.
            timestamp: of that block.

        Raises:
            ScratchRefusedError: one is refused; the copy is as before.
            OSError: the disk takes no more.
        """
        try:
            self._append(groups)
            self.round += 1
            self._blocks.patch(self.round, ts=timestamp)
        finally:
            self.warm_up()

    def _append(self, groups: bytes) -> None:
        try:
            self._await_block(self._fed(groups))
        except ScratchRefusedError as refusal:
            if not self._program.misses_curve_tables(str(refusal)):
                raise
            self._program = self._program.with_curve_tables()
            self._await_block(self._fed(groups))

    def _fed(self, groups: bytes) -> WaitingProcess:
        self._start()
        assert self._waiting is not None
        process, self._waiting = self._waiting, None
        process.feed(groups)
        return process

    def _await_block(self, process: WaitingProcess) -> None:
        """Wait until the program has written the next block; it is ended then, or where it refuses."""
        watch = SpaceWatch(self._folder)
        deadline = time.monotonic() + _EVALUATION_TIMEOUT_S
        try:
            while True:
                ended = process.ended()
                if self._blocks.last_round > self.round:
                    break
                if ended is not None:
                    raise ScratchRefusedError(ended.errors.decode(errors="replace"))
                watch.look()
                if time.monotonic() > deadline:
                    raise ProgramStoppedError("the ledger program did not evaluate the group in time")
                time.sleep(_POLL_S)
        finally:
            process.kill()  # what it would print is not needed

    def discard(self) -> None:
        """End the waiting process and delete the copy."""
        if self._waiting is not None:
            self._waiting.kill()
            self._waiting = None
        self._blocks.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Scratch(Trial):
    """A copy in which groups are evaluated that nobody has signed.

    In the copy's last block payments without a signature are appended, which the program replays unchecked when it
    opens the ledger: they rekey accounts to a key of our own, so that we can sign for accounts whose key only the
    client has, and fund the account that sends helper transactions.

    Attributes:
        rekeyed: accounts that the helper's key can sign for.
    """

    def __init__(
        self,
        program: Program,
        chain: Path,
        folder: Path,
        rekeyed: Iterable[bytes],
        helper: bytes,
        gifts: Mapping[bytes, int] | None = None,
        *,
        on_demand: bool = False,
    ) -> None:
        """Make the copy.

        Args:
            program: the ledger program.
            chain: the folder of the chain.
            folder: where the copy goes.
            rekeyed: accounts to rekey to the helper.
            helper: who signs for them, and is funded.
            gifts: microalgo that other accounts get.
            on_demand: no process is started ahead.
        """
        self.rekeyed = frozenset(rekeyed)
        self._helper = helper
        self._gifts = gifts or {}
        super().__init__(program, chain, folder, on_demand=on_demand)

    def _prepare(self) -> None:
        valid: Tree = {"fv": self.round, "lv": self.round}
        amounts = {self._helper: _HELPER_FUNDS_MICROALGO, **self._gifts}
        changes: list[Tree] = [
            {"type": "pay", "snd": genesis.REWARDS_POOL, "rcv": one, "amt": amount} for one, amount in amounts.items()
        ]
        changes += [{"type": "pay", "snd": one, "rcv": one, "rekey": self._helper} for one in sorted(self.rekeyed)]
        self._blocks.append_transactions(self.round, [{"txn": one | valid} for one in changes])
