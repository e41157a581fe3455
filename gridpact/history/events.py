"""Events as the chain has them, in its order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Self

from gridpact.chain import events as chain_events
from gridpact.chain.specs import Contract
from gridpact.history.errors import InvalidCursor
from gridpact.history.interface import SELECTOR_BYTES, Value, events
from gridpact.history.transactions import Path, Root, Step, in_order


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of an event in the chain. It is the same in every database and from every source."""

    round: int
    position: int
    """Of the outer transaction in its block, inner transactions before it counted."""
    ordinal: int
    """Among the events of the outer transaction."""

    def __str__(self) -> str:
        return f"{self.round}.{self.position}.{self.ordinal}"

    @classmethod
    def before(cls, round_: int) -> Self:
        """The place before everything in a round."""
        return cls(round_, -1, -1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str()` gave; for a round alone, the place before everything in it.

        Raises:
            InvalidCursor: it is neither.
        """
        match [int(part) for part in text.split(".") if part.isascii() and part.isdigit()]:
            case [round_] if text.isdigit():
                return cls.before(round_)
            case [round_, position, ordinal] if text.count(".") == len(("position", "ordinal")):
                return cls(round_, position, ordinal)
            case _:
                raise InvalidCursor(text)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a contract said, and the transaction in which it did."""

    cursor: Cursor
    txid: str
    """Of the outer transaction."""
    path: Path
    """Down to the call that logged it."""
    sender: str
    """Who sent the outer transaction."""
    block_ts: int
    app_id: int
    contract: Contract
    name: str
    fields: Mapping[str, Value] = field(hash=False)
    accounts: frozenset[str] = frozenset()
    """Those that its fields name, and the sender."""
    note: bytes = b""
    """Of the call that logged it."""

    def as_told(self) -> chain_events.Event:
        """The event alone, as a confirmed group has it."""
        [kind] = [kind for kind in events(self.contract).values() if kind.name == self.name]
        return chain_events.Event(self.app_id, self.name, kind.typed(self.fields))

    def number(self, name: str) -> int:
        """A number among the fields."""
        value = self.fields[name]
        assert isinstance(value, int)
        return value

    def text(self, name: str) -> str:
        """An address or hash among the fields."""
        value = self.fields[name]
        assert isinstance(value, str)
        return value

    @property
    def ts(self) -> int:
        """The contract's time: that of the block before."""
        return self.number("timestamp")

    @property
    def epoch_id(self) -> int | None:
        """The month that it is about, None where it is about none."""
        return self.number("epochId") if "epochId" in self.fields else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events somebody wants; what is empty lets all through."""

    contracts: Collection[Contract] = ()
    names: Collection[str] = ()
    accounts: Collection[str] = ()
    epochs: Collection[int] = ()

    def includes(self, event: Event) -> bool:
        """Whether an event is one of them."""
        return (
            (not self.contracts or event.contract in self.contracts)
            and (not self.names or event.name in self.names)
            and (not self.accounts or not event.accounts.isdisjoint(self.accounts))
            and (not self.epochs or event.epoch_id in self.epochs)
        )


ALL: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Happened:
    """A transaction with the events that it logged itself."""

    step: Step
    events: tuple[Event, ...]


def happenings(roots: Sequence[Root], apps: Mapping[int, Contract]) -> Iterator[Happened]:
    """All transactions of some blocks, inner ones first, each with its events."""
    for _, of_block in groupby(roots, key=lambda root: root.round):
        for _, steps in groupby(in_order(list(of_block)), key=lambda step: step.root.position):
            ordinal = 0
            for step in steps:
                found = tuple(_events(step, apps, ordinal))
                ordinal += len(found)
                yield Happened(step, found)


def _events(step: Step, apps: Mapping[int, Contract], ordinal: int) -> Iterator[Event]:
    root, contract = step.root, apps.get(step.transaction.app_id)
    if contract is None:
        return
    for log in step.transaction.logs:
        kind = events(contract).get(log[:SELECTOR_BYTES])
        if kind is None:  # the value that a method returned
            continue
        fields = kind.decode(log)
        yield Event(
            cursor=Cursor(root.round, root.position, ordinal),
            txid=root.txid,
            path=step.path,
            sender=root.transaction.sender,
            block_ts=root.block_ts,
            app_id=step.transaction.app_id,
            contract=contract,
            name=kind.name,
            fields=fields,
            accounts=frozenset([root.transaction.sender, *kind.accounts_in(fields)]),
            note=step.transaction.note,
        )
        ordinal += 1
