"""Groups on their way together: how many blocks they take, whatever the machine takes for each."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from gridpact.chain.work import Replanned, Step, Work


@dataclass
class Chain:
    """A chain that makes a block when somebody waits for one; it holds all that was sent before."""

    sent: list[int] = field(default_factory=list)
    confirmed: dict[int, int] = field(default_factory=dict)
    blocks: int = 0
    log: list[tuple[str, int]] = field(default_factory=list)

    def make_block(self) -> None:
        self.blocks += 1
        self.confirmed |= {number: self.blocks for number in self.sent if number not in self.confirmed}


@dataclass
class Sent:
    round: int
    was_lost: bool = False

    def lacking(self, _promised: object) -> tuple[()]:
        return ()


@dataclass
class Group:
    """One group, before and after it is signed."""

    number: int
    chain: Chain
    algod: None = None
    apps: None = None

    @property
    def tx_ids(self) -> tuple[str, ...]:
        return (str(self.number),)

    def sign(self, _paid: object) -> "Group":
        return self

    def send(self, *_: object) -> bool:
        self.chain.log.append(("send", self.number))
        self.chain.sent.append(self.number)
        return True

    def look(self, *_: object) -> Sent | None:
        round_ = self.chain.confirmed.get(self.number)
        if round_ is not None:
            self.chain.log.append(("read", self.number))
        return None if round_ is None else Sent(round_)

    def wait(self, *_: object) -> Sent:
        if self.number not in self.chain.confirmed:
            self.chain.make_block()
        found = self.look()
        assert found is not None
        return found


def flown(count: int, window: int) -> tuple[Chain, list[int]]:
    """So many groups, sent; the chain, and the rounds in the order of the steps."""
    chain = Chain()
    groups: list[Any] = [Group(number, chain) for number in range(count)]
    rounds = []
    for one in Work("SENDER", tuple(Step((), group) for group in groups)).run(window=window):
        assert not isinstance(one, Replanned)
        rounds.append(one[1].round)
    return chain, rounds


@pytest.mark.parametrize(
    ("count", "window", "blocks"),
    [(1, 32, 1), (25, 32, 1), (32, 32, 1), (33, 32, 1), (34, 32, 2), (66, 32, 2), (67, 32, 3), (5, 0, 5)],
)
def test_blocks_that_groups_take(count: int, window: int, blocks: int) -> None:
    """One waits for a block only where the window is full, and at the end."""
    chain, rounds = flown(count, window)
    assert chain.blocks == blocks
    assert rounds == sorted(rounds)
    assert len(rounds) == count


def test_a_block_is_read_while_the_next_one_is_filled() -> None:
    """Between two groups at most two are read, however many a block has confirmed: the one that was waited for, and
    the one after it."""
    chain, _ = flown(20, 8)
    sends = [at for at, (what, _) in enumerate(chain.log) if what == "send"]
    assert max(later - earlier - 1 for earlier, later in pairwise(sends)) == 2
    assert [number for what, number in chain.log if what == "read"] == list(range(20))
