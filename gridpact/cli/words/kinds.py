"""The kinds of things that are put into words, and where the subjects register how."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Final, Protocol

from gridpact.chain.events import Event
from gridpact.chain.work import Effect
from gridpact.errors import GridPactError, Problem
from gridpact.units import Asset


@dataclass(frozen=True, slots=True)
class Phrase:
    """An effect in words: the same ones announce it, say what would be done, and what was done."""

    verb: str
    """In the infinitive, without "to"."""
    rest: str
    past: str = ""
    """The verb in the past tense. Only for what leaves no event on chain: everything else is told from its event."""

    @property
    def plan(self) -> str:
        """What will be done: "Void invoice 1/202602"."""
        return f"{self.verb.capitalize()} {self.rest}"

    @property
    def would(self) -> str:
        """What a dry run found: "Would void invoice 1/202602"."""
        return f"Would {self.verb} {self.rest}"

    @property
    def done(self) -> str:
        """What was done: "Opted in to the kW token."."""
        if not self.past:
            msg = f"{self.verb} {self.rest}: told from its event"
            raise NotImplementedError(msg)
        return f"{self.past.capitalize()} {self.rest}."


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in words."""

    sentence: str
    advice: str = ""
    """The next step, one that works."""


class Names(Protocol):
    """What ids in events stand for."""

    @property
    def vault(self) -> str:
        """RevenueVault's own address."""

    def asset(self, asset_id: int) -> Asset:
        """What an amount is counted in."""

    def meter(self, meter_id: int) -> str:
        """A meter's name."""

    def app(self, app_id: int) -> str:
        """A contract's name."""


type Teller = Callable[[Event, Names], str]


# --- what the subjects register ---------------------------------------------------------------------------------------


@singledispatch
def intent(effect: Effect) -> Phrase:
    """An effect that is planned."""
    raise _wordless(effect)


@singledispatch
def already(effect: Effect) -> str:
    """An effect that is there already: a sentence."""
    raise _wordless(effect)


@singledispatch
def once_more(effect: Effect) -> str:
    """How to do again what is there already; empty where it makes no sense."""
    return ""


@singledispatch
def refusal(error: GridPactError) -> Told:
    """Why something was not done, and the next step."""
    raise _wordless(error)


@singledispatch
def fault(problem: Problem) -> str:
    """One of several things that are wrong."""
    raise _wordless(problem)


TELLERS: Final[dict[str, Teller]] = {}
REPEATED: Final[set[str]] = set()
"""Events that say what another event of the same call says, too: left out where both would be told."""


def tells(name: str, *, repeats: bool = False) -> Callable[[Teller], Teller]:
    """Register how an event is told.

    Args:
        name: the event's name in its contract.
        repeats: whether another event of the same call says the same.
    """

    def register(teller: Teller) -> Teller:
        TELLERS[name] = teller
        if repeats:
            REPEATED.add(name)
        return teller

    return register


# --- what commands ask for --------------------------------------------------------------------------------------------


def plan(effect: Effect) -> str:
    """An effect as it is announced."""
    return intent(effect).plan


def would(effect: Effect) -> str:
    """An effect as a dry run tells it."""
    return intent(effect).would


def done(effect: Effect) -> str:
    """An effect that leaves no event, once it is confirmed."""
    return intent(effect).done


def there(effects: Iterable[Effect], *, with_advice: bool) -> list[str]:
    """Effects that need no transaction any more, and perhaps how to do them once more."""
    said = ((already(effect), once_more(effect) if with_advice else "") for effect in effects)
    return [text for pair in said for text in pair if text]


def told(effects: Sequence[Effect], events: Sequence[Event], names: Names) -> list[str]:
    """What a confirmed group has done: what its events say, else what it was made for."""
    if not events:
        return [done(effect) for effect in effects]
    return [TELLERS[event.name](event, names) for event in events if event.name not in REPEATED]


# --- for the subjects -------------------------------------------------------------------------------------------------


def listed(words: Iterable[str], last: str = "and") -> str:
    """Several things in a sentence: a, b and c."""
    *head, end = list(words) or [""]
    return f"{', '.join(head)} {last} {end}" if head else end


def counted(count: int, noun: str) -> str:
    """A number of things: 1 group, 2 groups."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _wordless(thing: object) -> NotImplementedError:
    return NotImplementedError(f"{type(thing).__name__} has no words")
