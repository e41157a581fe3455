"""Work that is still to be done on chain: atomic groups with their effects.

Every step of the month is prepared the same way: the chain is read, everything is checked as a whole, and only what is
missing becomes a step. A run that was cut off at any point is therefore finished by running the same again. What leaves
no trace of its own on chain is finished by way of the outbox.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridpact.chain.group import Group, Keep, Sent
from gridpact.chain.outbox import Outbox


class Effect:
    """One thing that a step changes, or that is as it should be already: data, without words.

    The kinds are frozen dataclasses, in each subject's `effects`. They are plans: what happened is told from the events
    of the confirmed group.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One atomic group."""

    effects: tuple[Effect | str, ...]
    """What it changes."""
    group: Group


@dataclass(frozen=True, slots=True)
class Work:
    """What is missing, and what was there already. Nothing is sent before `run` is iterated."""

    sender: str
    """The account that signs the groups."""
    steps: tuple[Step, ...] = ()
    done: tuple[Effect | str, ...] = field(default=())
    """What needs no transaction any more."""

    @classmethod
    def one(cls, sender: str, effect: Effect, group: Group) -> "Work":
        """A single step with a single effect."""
        return cls(sender, (Step((effect,), group),))

    @property
    def effects(self) -> list[Effect | str]:
        """All that it changes, in order."""
        return [effect for step in self.steps for effect in step.effects]

    def run(self, outbox: Outbox | None = None) -> Iterator[tuple[Step, Sent]]:
        """Send one step after the other.

        Args:
            outbox: where each group is written down before it is sent. The last one stays in it.

        Raises:
            ContractError: a contract refused; the steps before stand.
            LedgerError: the ledger refused; the steps before stand.
        """
        for step in self.steps:
            yield step, step.group.send(None if outbox is None else self._keeping(outbox, step))

    def _keeping(self, outbox: Outbox, step: Step) -> Keep:
        def keep(signed: Sequence[Any]) -> None:
            if signed:
                outbox.put(signed, is_last=step is self.steps[-1])
            else:
                outbox.clear()

        return keep
