"""Groups that wait for their block, where blocks are made by time: the node's transaction pool.

A group is evaluated when it is submitted, after all that wait already, as the next block would. Those are not evaluated
again for it, until a block is made or one of them is dropped. What waits is in memory only, like a node's: a LocalNet
that is stopped forgets it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from localnet.engine.blocks import Tree
from localnet.engine.draft import Candidate, Draft
from localnet.engine.ledger import Ledger, RefusedError
from localnet.engine.scratch import ScratchRefusedError
from localnet.engine.transactions import transaction_id

_REMEMBERED: Final = 10_000
"""Transactions that were dropped, and whose reason is still told."""
_MOST_BYTES: Final = 2_500_000
"""Of the groups that wait: half of what a block holds, whose transactions come with what they did."""
_FULL: Final = "TransactionPool.checkPendingQueueSize: transaction pool have reached capacity"
_REFUSED_BY_THE_NETWORK: Final = "refused by the network"

type Explain = Callable[[str, list[Tree]], str]
"""The text of a refusal, from the program's reason and the group's transactions."""


class Fate(Enum):
    """What a test asks to become of the next group that the pool takes."""

    REFUSED = "refuse"
    """Dropped when the block is made, with a reason, as if another node's block had made it invalid."""
    LOST = "lose"
    """Forgotten, as if the node had been restarted: nothing is known of it."""


@dataclass(frozen=True)
class Waiting:
    """A group in the pool."""

    raw: bytes
    transactions: list[Tree]
    txids: tuple[str, ...]
    fate: Fate | None = None

    @property
    def first_valid(self) -> int:
        """The first round that may hold it."""
        return max(int(one["txn"].get("fv", 0)) for one in self.transactions)

    @property
    def last_valid(self) -> int:
        """The last round that may hold it."""
        return min(int(one["txn"].get("lv", 0)) for one in self.transactions)

    @property
    def candidate(self) -> Candidate:
        """What is evaluated."""
        return Candidate(self.raw, self.first_valid, self.last_valid)


@dataclass(frozen=True)
class Dropped:
    """A transaction that was in the pool, and why it is not any more."""

    transaction: Tree
    reason: str


class Pool:
    """The groups that wait for the next block.

    `submit` and `make_block` are the ledger's writing calls: they run in its one thread. The others read.
    """

    def __init__(self, ledger: Ledger, folder: Path, explain: Explain) -> None:
        """An empty pool.

        Args:
            ledger: where the blocks go.
            folder: for the copy of the chain in which groups are tried.
            explain: words a refusal as algod does.
        """
        self._ledger = ledger
        self._folder = folder
        self._explain = explain
        self._draft: Draft | None = None
        self._waiting: tuple[Waiting, ...] = ()  # replaced, never changed: requests read it meanwhile
        self._dropped: OrderedDict[str, Dropped] = OrderedDict()
        self._next_fate: Fate | None = None
        self.held = False
        """Whether blocks are made without the groups that wait, as if none of them reached the proposers."""
        ledger.on_reset(self.forget)

    # --- reading

    @property
    def transactions(self) -> list[Tree]:
        """All transactions that wait, in the order of their arrival."""
        return [one for group in self._waiting for one in group.transactions]

    def find(self, txid: str) -> Tree | None:
        """A signed transaction that waits, None when it does not."""
        for group in self._waiting:
            if txid in group.txids:
                return group.transactions[group.txids.index(txid)]
        return None

    def dropped(self, txid: str) -> Dropped | None:
        """A transaction that was dropped, None when it was not, or long ago."""
        return self._dropped.get(txid)

    # --- writing

    def submit(self, raw: bytes, transactions: list[Tree]) -> None:
        """Take a group that could enter the next block after those that wait.

        Raises:
            RefusedError: it could not; the pool is as it was.
        """
        txids = tuple(transaction_id(one["txn"]) for one in transactions)
        for txid in txids:
            if self.find(txid) is not None:
                # The program would take two equal groups in a row for one.
                raise RefusedError(f"transaction already in ledger: {txid}")
        self._drop_expired()
        if len(raw) + sum(len(group.raw) for group in self._waiting) > _MOST_BYTES:
            raise RefusedError(_FULL)
        group = Waiting(raw, transactions, txids, self._next_fate)
        try:
            self._drafted().take(group.candidate)
        except ScratchRefusedError as refusal:
            raise RefusedError(str(refusal)) from None
        self._next_fate = None
        if group.fate is Fate.LOST:
            self._drop_draft()
        else:
            self._waiting = (*self._waiting, group)

    def make_block(self) -> None:
        """Make the next block of all that wait and are still valid; the others are dropped with their reason."""
        self._drop_expired()
        if self.held:
            self._ledger.append_empty(1)
            return
        for group in [group for group in self._waiting if group.fate is Fate.REFUSED]:
            self._drop(group, _REFUSED_BY_THE_NETWORK)
        try:
            self._append()
        except RefusedError:
            self._drop_invalid()
            try:
                self._append()
            except RefusedError:
                # One was valid only in the later round that it had in the draft.
                self._drop_invalid(as_one_block=True)
                self._append()
        self._waiting = ()

    def next_is(self, fate: Fate) -> None:
        """Say what becomes of the next group that is taken. For tests of clients."""
        self._next_fate = fate

    def forget(self) -> None:
        """Empty the pool, and forget what was dropped: the chain is another one."""
        self._waiting = ()
        self._dropped.clear()
        self._next_fate = None
        self.held = False

    def close(self) -> None:
        """End the process that waits to try groups."""
        self._drop_draft()

    # --- inside

    def _append(self) -> None:
        if self._waiting:
            self._ledger.submit(b"".join(group.raw for group in self._waiting))
        else:
            self._ledger.append_empty(1)

    def _drafted(self) -> Draft:
        """All that wait and are still valid, evaluated on the chain as it is now; the others are dropped."""
        draft = self._draft
        if draft is None or not draft.is_current or not draft.holds([group.raw for group in self._waiting]):
            draft = self._new_draft()
            if self._waiting:
                try:
                    draft.take_together([group.raw for group in self._waiting])
                except ScratchRefusedError:
                    draft = self._drop_invalid()
        return draft

    def _new_draft(self) -> Draft:
        self._drop_draft()
        self._draft = Draft(self._ledger, self._folder)
        return self._draft

    def _drop_draft(self) -> None:
        if self._draft is not None:
            self._draft.discard()
            self._draft = None

    def _drop_expired(self) -> None:
        next_round = self._ledger.last_round + 1
        for group in [group for group in self._waiting if group.last_valid < next_round]:
            first = min(int(one["txn"].get("fv", 0)) for one in group.transactions)
            self._drop(group, f"txn dead: round {next_round} outside of {first}--{group.last_valid}")

    def _drop_invalid(self, *, as_one_block: bool = False) -> Draft:
        """Find the groups that others have made invalid: each is tried after those that are valid before it.

        Args:
            as_one_block: with all of those evaluated again, as the next block does.

        Returns:
            What is left, evaluated.
        """
        draft = self._new_draft()
        for group in self._waiting:
            try:
                if as_one_block:
                    draft.take_together([group.raw])
                else:
                    draft.take(group.candidate)
            except ScratchRefusedError as refusal:
                self._drop(group, self._explain(str(refusal), group.transactions))
        return draft

    def _drop(self, group: Waiting, reason: str) -> None:
        self._waiting = tuple(one for one in self._waiting if one is not group)
        for txid, transaction in zip(group.txids, group.transactions, strict=True):
            self._dropped[txid] = Dropped(transaction, reason)
        while len(self._dropped) > _REMEMBERED:
            self._dropped.popitem(last=False)
