"""What happened to the four apps, call by call, in the chain's order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from algosdk.error import ABIEncodingError

from gridpact.audit.findings import Place
from gridpact.chain.specs import Contract
from gridpact.history.events import Event, Happened, happenings
from gridpact.history.interface import SELECTOR_BYTES, Method, Value, methods
from gridpact.history.source import Batch, Mark, Source
from gridpact.history.transactions import Kind, Path, Root, Transaction


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one of the four apps, outer or inner, with what stood around it."""

    contract: Contract
    method: Method | None
    """None for a creation, update or deletion without a method."""
    arguments: Mapping[str, Value]
    """What it was called with, by name; the parts of a struct each."""
    root: Root
    path: Path
    """Down from the outer transaction."""
    transaction: Transaction
    events: tuple[Event, ...]
    """Those that this call logged itself."""
    inner: tuple["Call", ...]
    """The calls of the four apps that it made."""
    before: Transaction | None
    """The transaction directly before it in its group, where a payment that it checks stands."""
    before_txid: str | None
    """Of its outer transaction."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.root.round, self.root.txid)

    @property
    def payments(self) -> tuple[Transaction, ...]:
        """The payments and transfers that it made itself."""
        return tuple(one for one in self.transaction.inner if one.kind in (Kind.PAYMENT, Kind.ASSET_TRANSFER))

    def inner_events(self, name: str) -> list[Event]:
        """The events of one name that its inner calls logged."""
        return [event for event in self.every_inner_event() if event.name == name]

    def every_inner_event(self) -> Iterator[Event]:
        """All events of its inner calls, those of the innermost first."""
        for call in self.inner:
            yield from call.every_inner_event()
            yield from call.events


class Past:
    """Reads what happened, and goes on from where it stopped."""

    def __init__(self, source: Source, apps: Mapping[Contract, int]) -> None:
        """Nothing is read yet.

        Args:
            source: knows the apps.
            apps: app id of each contract.
        """
        self._source = source
        self._contracts = {app_id: contract for contract, app_id in apps.items()}
        self._mark: Mark | None = None

    @property
    def round(self) -> int:
        """The last one that was looked at."""
        return 0 if self._mark is None else self._mark.round

    def calls(self) -> Iterator[Call]:
        """Every outer and inner call of the apps since the last time, each after the inner ones that it made.

        Raises:
            ChainChanged: the chain was reset or restored meanwhile.
        """
        for batch in self._source.batches(self._mark, self._source.last_round()):
            yield from _calls_of(batch, self._contracts)
            self._mark = batch.mark


def _calls_of(batch: Batch, contracts: Mapping[int, Contract]) -> Iterator[Call]:
    steps = happenings(batch.roots, contracts)
    for _, of_root in groupby(steps, key=lambda one: (one.step.root.round, one.step.root.position)):
        made: list[Call] = []
        for happened in of_root:
            call = _call(happened, contracts, made)
            if call is not None:
                yield call
                made = [one for one in made if not _is_below(one.path, call.path)]
                made.append(call)


def _call(happened: Happened, contracts: Mapping[int, Contract], made: list[Call]) -> Call | None:
    step = happened.step
    contract = contracts.get(step.transaction.app_id)
    if contract is None:
        return None
    arguments = step.transaction.args
    method = methods(contract).get(arguments[0][:SELECTOR_BYTES]) if arguments else None
    return Call(
        contract=contract,
        method=method,
        arguments=_arguments(method, arguments),
        root=step.root,
        path=step.path,
        transaction=step.transaction,
        events=happened.events,
        inner=tuple(one for one in made if _is_below(one.path, step.path)),
        before=None if step.before is None else _at(*step.before),
        before_txid=None if step.before is None else step.before[0].txid,
    )


def _arguments(method: Method | None, found: tuple[bytes, ...]) -> Mapping[str, Value]:
    """By name; none where they cannot be read as the method's."""
    if method is None:
        return {}
    try:
        return method.decode(found[1:])
    except (ABIEncodingError, ValueError):
        return {}


def _is_below(path: Path, above: Path) -> bool:
    return len(path) > len(above) and path[: len(above)] == above


def _at(root: Root, path: Path) -> Transaction:
    transaction = root.transaction
    for index in path:
        transaction = transaction.inner[index]
    return transaction
