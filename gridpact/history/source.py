"""Where history is read from: two servers behind one interface, which give the same transactions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from gridpact.history.transactions import Root


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of a chain. The hash tells it from the same round of another chain."""

    round: int
    block_hash: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What happened between two marks."""

    roots: tuple[Root, ...]
    """Every transaction that calls or creates one of the apps, itself or by an inner one, with the others of its group;
    in the chain's order."""
    mark: Mark
    """The last block that was looked at."""


class Source(Protocol):
    """A server that knows the past of a chain."""

    @property
    def genesis_hash(self) -> bytes:
        """Which chain it is."""

    def last_round(self) -> int:
        """The newest round that the server knows."""

    def wait(self, round_: int) -> None:
        """Return when a round after this one is there, or after some time without."""

    def block_hash(self, round_: int) -> bytes | None:
        """The hash of a block, None for a round that the chain does not have."""

    def block_times(self, rounds: Collection[int]) -> Mapping[int, int]:
        """Unix time of each of some blocks that the chain has."""

    def batches(self, after: Mark | None, until: int) -> Iterator[Batch]:
        """What happened after a mark, up to and including a round; the last batch's mark is that round.

        Args:
            after: None for the whole past.
            until: at most the newest round.

        Raises:
            ChainChanged: the blocks do not follow on the mark: the chain was reset or restored meanwhile.
        """
