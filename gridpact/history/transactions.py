"""Transactions of the chain in one form, whichever server they came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ON_COMPLETION: Final = ("noop", "optin", "closeout", "clear", "update", "delete")
"""What a call asks for besides running the program, by its number on chain."""

type Path = tuple[int, ...]
"""Indexes of inner transactions from a root down; empty for the root itself."""


class Kind(StrEnum):
    """Types of transactions that something is read from. The others keep their names on chain."""

    PAYMENT = "pay"
    ASSET_TRANSFER = "axfer"
    CALL = "appl"


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction, outer or inner, with what it did."""

    kind: str
    sender: str
    fee_microalgo: int
    group: bytes | None
    app_id: int
    """The app that it calls or has created; 0 where it does neither."""
    creates_app: bool
    on_completion: str | None
    args: tuple[bytes, ...]
    logs: tuple[bytes, ...]
    receiver: str | None
    amount: int
    """In microALGO or in base units of the asset; without what a closing moves."""
    asset_id: int
    close_to: str | None
    taken_from: str | None
    """Whose units a clawback moves."""
    rekey_to: str | None
    note: bytes
    inner: tuple["Transaction", ...]


@dataclass(frozen=True, slots=True)
class Root:
    """A transaction as it was sent, in its block."""

    txid: str
    round: int
    position: int
    """Its place in the block, inner transactions before it counted: the indexer's intra-round-offset."""
    block_ts: int
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """A transaction in the order in which the chain carried things out."""

    root: Root
    path: Path
    transaction: Transaction
    before: tuple[Root, Path] | None
    """The transaction directly before it in its group: where a method's argument of type pay or axfer stands."""


def in_order(roots: Sequence[Root]) -> Iterator[Step]:
    """Outer and inner transactions of a block, each after the inner ones that it made.

    Args:
        roots: of one block, in their order. Groups are complete.
    """
    previous: Root | None = None
    for root in roots:
        group = root.transaction.group
        before = None if previous is None or group is None or previous.transaction.group != group else (previous, ())
        yield from _post_order(root, (), root.transaction, before)
        previous = root


def _post_order(root: Root, path: Path, transaction: Transaction, before: tuple[Root, Path] | None) -> Iterator[Step]:
    for index, inner in enumerate(transaction.inner):
        group_before = None
        if index and inner.group is not None and transaction.inner[index - 1].group == inner.group:
            group_before = (root, (*path, index - 1))
        yield from _post_order(root, (*path, index), inner, group_before)
    yield Step(root, path, transaction, before)
