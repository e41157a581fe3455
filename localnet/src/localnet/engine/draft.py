"""The next block as far as groups were taken into it, on a copy of the chain."""

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from localnet.engine.ledger import Ledger
from localnet.engine.scratch import ScratchRefusedError, Trial


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group, and the rounds that may hold it."""

    raw: bytes
    first_valid: int
    last_valid: int


class Draft:
    """Groups in the order in which the next block would hold them, each evaluated once.

    A group that is taken becomes a block of its own on the copy, and the next one is evaluated after it. These blocks
    have the time of the chain's last one, so that programs see the time that they will see. Only their rounds are later
    than the real one: where that may have decided, all groups are evaluated as the one block that they will be. A group
    that is valid only in a later round may still be taken; the block shows it.
    """

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        """An empty draft on the chain as it is now.

        Args:
            ledger: whose chain is copied; its one thread makes all calls.
            folder: where copies go.
        """
        self._ledger = ledger
        self._folder = folder
        self._copies = 0
        self._chain, self._round = ledger.chain, ledger.last_round
        self._timestamp = int(ledger.block(self._round)["ts"])
        self._taken: list[bytes] = []
        self._trial = self._copy()

    @property
    def is_current(self) -> bool:
        """Whether the chain is still the one that was copied."""
        return (self._ledger.chain, self._ledger.last_round) == (self._chain, self._round)

    def holds(self, groups: Sequence[bytes]) -> bool:
        """Whether it has exactly these groups."""
        return self._taken == list(groups)

    def take(self, group: Candidate) -> None:
        """Evaluate a group after those that were taken, and take it.

        Raises:
            ScratchRefusedError: it is refused; the draft is as it was.
        """
        is_valid_in_both = group.first_valid <= self._round + 1 and self._trial.round < group.last_valid
        if is_valid_in_both and self._taken:
            with contextlib.suppress(ScratchRefusedError):
                self._trial.keep(group.raw, self._timestamp)
                self._taken.append(group.raw)
                return
        self.take_together([group.raw])

    def take_together(self, groups: Sequence[bytes]) -> None:
        """Take groups by evaluating all, those before them too, as one block.

        Raises:
            ScratchRefusedError: one is refused; the draft is as it was.
        """
        if not self._taken:
            self._trial.keep(b"".join(groups), self._timestamp)
        else:
            whole = self._copy()
            try:
                whole.keep(b"".join([*self._taken, *groups]), self._timestamp)
            except ScratchRefusedError:
                whole.discard()
                raise
            self._trial.discard()
            self._trial = whole
        self._taken += groups

    def discard(self) -> None:
        """End the process that waits, and delete the copies."""
        self._trial.discard()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _copy(self) -> Trial:
        self._copies += 1
        return Trial(self._ledger.program, self._ledger.chain, self._folder / str(self._copies))
