"""Work that is still to be done on chain: atomic groups with their effects.

Every step of the month is prepared the same way: the chain is read, everything is checked as a whole, and only what is
missing becomes a step. A run that was cut off at any point is therefore finished by running the same again. What leaves
no trace of its own on chain is finished by way of the outbox.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from gridpact.chain.errors import LedgerError, LedgerReason
from gridpact.chain.events import Promised
from gridpact.chain.group import Group, Paid
from gridpact.chain.outbox import Outbox
from gridpact.chain.sending import EventsMissing, Sent, SignedGroup, was_refused
from gridpact.errors import GridPactError

ATTEMPTS: Final = 30
"""Refusals that may follow one another because others changed what was planned on; a block passes between two."""
OF_THE_SENDER: Final = (LedgerReason.TOO_LITTLE_ALGO, LedgerReason.EXPIRED, LedgerReason.SIGNATURE)
"""Reasons that hold for whatever else this sender would send."""
WINDOW: Final = 32
"""Groups on their way at a time: many enough to fill a block, few enough to be sent again one by one."""


class Effect:
    """One thing that a step changes, or that is as it should be already: data, without words.

    The kinds are frozen dataclasses, in each subject's `effects`. They are plans: what happened is told from the events
    of the confirmed group.
    """

    __slots__ = ()

    def promises(self) -> tuple[Promised, ...]:
        """The events that the confirmed group has to hold; none where the chain has no event of it."""
        return ()


@dataclass(frozen=True, slots=True)
class Step:
    """One atomic group."""

    effects: tuple[Effect, ...]
    """What it changes."""
    group: Group
    key: str = ""
    """What of the command it does, where nothing on chain tells: the outbox remembers that it was done."""
    apart: Callable[[], Sequence["Step"]] | None = field(default=None, repr=False, compare=False)
    """The same in a group for each, where its effects have nothing to do with one another: they are of different
    people, and nobody goes without because somebody else cannot be served."""

    def tried(self, sender: str) -> "Tried":
        """What sending it now would do.

        Args:
            sender: who signs.

        Raises:
            GridPactError: it would be refused.
        """
        try:
            return Tried(((self, self.group.simulate()),))
        except GridPactError as error:
            if self.apart is None or not _is_somebodys_own(error, sender):
                raise
            parts = self.apart()
            if len(parts) == 1:
                return Tried((), (Dropped(self.effects, error),))
            tried = [part.tried(sender) for part in parts]
            return Tried(
                tuple(one for part in tried for one in part.steps), tuple(one for part in tried for one in part.dropped)
            )

    def require_promised(self, sent: Sent) -> None:
        """Refuse to take for done what has not left its events.

        Raises:
            EventsMissing: an event is missing, or says something else.
        """
        missing = sent.lacking(promised for effect in self.effects for promised in effect.promises())
        if missing:
            raise EventsMissing(sent.tx_ids, sent.round, missing)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What could not be done for somebody, while others were served."""

    effects: tuple[Effect, ...]
    why: GridPactError


@dataclass(frozen=True, slots=True)
class Tried:
    """What a simulation found."""

    steps: tuple[tuple[Step, Sent], ...]
    """What would be done; a step whose effects were tried apart is several."""
    dropped: tuple[Dropped, ...] = ()


@dataclass(eq=False)
class NotAllServed(GridPactError):
    """Some were refused; everybody else was served."""

    dropped: tuple[Dropped, ...]


class Replanning(Protocol):
    """How a run goes on where others have changed what it was planned on."""

    def is_change(self, error: GridPactError) -> bool:
        """Whether a refusal means that the plan is out of date."""

    def holds(self, step: Step, sent: Sent) -> bool:
        """Whether a confirmed step left what later steps were planned on."""

    def again(self, failures: int) -> "Work":
        """The rest, planned on what stands now.

        Args:
            failures: how many refusals came since the last confirmed step.
        """


@dataclass(frozen=True, slots=True)
class Replanned:
    """Others changed what the steps were planned on: the rest was planned again."""

    why: GridPactError | None
    """The refusal that showed it; None where a confirmed step did."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is missing, and what was there already. Nothing is sent before `run` is iterated."""

    sender: str
    """The account that signs the groups."""
    steps: tuple[Step, ...] = ()
    done: tuple[Effect, ...] = field(default=())
    """What needs no transaction any more."""
    replanning: Replanning | None = field(default=None, repr=False, compare=False)
    """Where there is none, a refusal ends the run."""

    @classmethod
    def one(cls, sender: str, effect: Effect, group: Group) -> "Work":
        """A single step with a single effect."""
        return cls(sender, (Step((effect,), group),))

    @property
    def effects(self) -> list[Effect]:
        """All that it changes, in order."""
        return [effect for step in self.steps for effect in step.effects]

    def run(self, outbox: Outbox | None = None, window: int = WINDOW) -> Iterator[tuple[Step, Sent] | Replanned]:
        """Send the steps in order; yields each as it is confirmed.

        Groups are sent without waiting for the ones before, up to a window: one node's pool keeps their order, so that
        many of them fit one block. After a failure nothing more is sent, and what is on its way is waited for; then the
        rest is planned again, where that helps. A refused step whose effects are of different people is sent once more,
        in a group for each: who is refused then is dropped.

        Args:
            outbox: where each group is written down before it is sent, until it is confirmed or refused.
            window: how many groups may be on their way.

        Raises:
            ContractError: a contract refused a step; the steps that were yielded stand.
            LedgerError: the ledger refused a step; so do they.
            GroupLostError: the node lost a group.
            EventsMissing: a step is confirmed, and has not left the events that it had to leave.
            NotAllServed: some were dropped; everybody else is served.
        """
        work, failures = self, 0
        dropped: list[Dropped] = []
        while True:
            flight, planning = _Flight(work.sender, outbox, window), work.replanning
            is_off = False
            for step, sent in flight.of(work.steps):
                failures = 0
                yield step, sent
                if planning is not None and not planning.holds(step, sent):
                    is_off = flight.is_stopped = True
            if flight.failure is None and not is_off:
                work = replace(work, steps=flight.left_apart(dropped))
                if work.steps:
                    continue
                _require_all_served(self, dropped)
                return
            if flight.failure is not None:
                failures += 1
                if planning is None or failures == ATTEMPTS or not planning.is_change(flight.failure):
                    raise flight.failure
            assert planning is not None, "without it only a failure ends a flight early"
            work = planning.again(failures)
            yield Replanned(flight.failure)

    def send(self, outbox: Outbox | None = None) -> list[Sent]:
        """Send all of it; the groups that were confirmed, in order.

        Args:
            outbox: where each group is written down before it is sent, until it is confirmed or refused.

        Raises:
            GridPactError: as `run` does; the steps before stand.
        """
        return [one[1] for one in self.run(outbox) if not isinstance(one, Replanned)]


def _require_all_served(work: Work, dropped: Sequence[Dropped]) -> None:
    if len(dropped) == len(work.effects) == 1:
        raise dropped[0].why
    if dropped:
        raise NotAllServed(tuple(dropped))


def _is_somebodys_own(error: GridPactError, sender: str) -> bool:
    """Whether a refusal may be about one of several people, and not about who signs for them all."""
    if not was_refused(error):
        return False
    if not isinstance(error, LedgerError):
        return True
    return error.reason not in OF_THE_SENDER and f"account {sender}" not in error.node_text


class _Flight:
    """The groups of one run, on their way."""

    def __init__(self, sender: str, outbox: Outbox | None, window: int) -> None:
        self._sender = sender
        self._outbox = outbox
        self._window = window
        self._groups: deque[tuple[Step, SignedGroup]] = deque()
        self._paid = Paid()
        self._has_lost = False
        self._again: set[str] = set()
        self.failure: GridPactError | None = None
        """The first one."""
        self.refused: list[tuple[Step, GridPactError]] = []
        """Steps that may do apart."""
        self.is_stopped = False
        """Whether nothing more is to be sent."""

    def of(self, steps: Sequence[Step]) -> Iterator[tuple[Step, Sent]]:
        """Sign, write down and send one step after the other; yields those that are confirmed, oldest first."""
        for step in steps:
            if self.is_stopped:
                break
            signed = step.group.sign(self._paid)
            if self._outbox is not None:
                # Whoever is refused is sent for once more: then this group was not the last one.
                promises = [promised for effect in step.effects for promised in effect.promises()]
                is_last = step is steps[-1] and step.apart is None
                self._outbox.put(signed, is_last=is_last, key=step.key, promises=promises)
            refusal = self._send(step, signed)
            if refusal is not None and was_refused(refusal) and self._groups:
                # What it relies on may be missing only because the node has lost a group before it.
                yield from self._landed(0)
                if self.is_stopped:
                    self._forget(signed)
                    break
                refusal = self._send(step, signed)
            if refusal is not None:
                self._fail(step, signed, refusal)
            # The next group is sent before all that a new block has confirmed are read.
            yield from self._landed(self._window, looks=1)
        yield from self._landed(0)

    def left_apart(self, dropped: list[Dropped]) -> tuple[Step, ...]:
        """Refused steps in a group for each of their effects; what stands alone already is dropped, and added here."""
        apart: list[Step] = []
        for step, why in self.refused:
            parts = () if step.apart is None else step.apart()
            if len(parts) > 1:
                apart += parts
            else:
                dropped.append(Dropped(step.effects, why))
        return tuple(apart)

    def _send(self, step: Step, signed: SignedGroup) -> GridPactError | None:
        """Send a group; why it was not taken."""
        try:
            signed.send(step.group.algod, step.group.apps)
        except GridPactError as error:
            return error
        self._groups.append((step, signed))
        return None

    def _landed(self, most: int, looks: int | None = None) -> Iterator[tuple[Step, Sent]]:
        """Those that are confirmed, oldest first.

        Args:
            most: waits until at most so many are on their way.
            looks: how many more are looked at without waiting; all where it is None.
        """
        while self._groups:
            step, signed = self._groups[0]
            algod, apps = step.group.algod, step.group.apps
            has_to_wait = len(self._groups) > most
            if not has_to_wait and looks is not None:
                if not looks:
                    return
                looks -= 1
            try:
                sent = signed.wait(algod, apps) if has_to_wait else signed.look(algod, apps)
            except GridPactError as error:
                self._groups.popleft()
                if not self._sent_behind(step, signed, error):
                    self._fail(step, signed, error)
                continue
            if sent is None:
                return
            self._groups.popleft()
            self._has_lost = self._has_lost or sent.was_lost
            if self._outbox is not None:
                self._outbox.land(signed)
            try:
                step.require_promised(sent)
            except EventsMissing as error:
                self._fail(step, signed, error)
                continue
            yield step, sent

    def _sent_behind(self, step: Step, signed: SignedGroup, error: GridPactError) -> bool:
        """Whether a group that was dropped is on its way again: once, behind a group that the node had lost before."""
        if not self._has_lost or self.is_stopped or not was_refused(error) or signed.tx_ids[0] in self._again:
            return False
        self._again.add(signed.tx_ids[0])
        try:
            signed.send(step.group.algod, step.group.apps)
        except GridPactError:
            # The refusal that counts is the one that is known already.
            return False
        self._groups.appendleft((step, signed))
        return True

    def _forget(self, signed: SignedGroup) -> None:
        if self._outbox is not None:
            self._outbox.remove(signed)

    def _fail(self, step: Step, signed: SignedGroup, error: GridPactError) -> None:
        if was_refused(error):
            self._forget(signed)
        if step.apart is not None and _is_somebodys_own(error, self._sender):
            self.refused.append((step, error))
            return
        self.failure = self.failure or error
        self.is_stopped = True
