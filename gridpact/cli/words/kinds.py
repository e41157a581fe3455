"""The kinds of things that are put into words, and where the subjects register how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Final

from gridpact.chain.errors import GridPactError
from gridpact.chain.events import Event
from gridpact.chain.work import Effect
from gridpact.units import Asset


@dataclass(frozen=True, slots=True)
class Phrase:
    """An effect in words: the same ones announce it and say what would be done."""

    verb: str
    """In the infinitive, without "to"."""
    rest: str

    @property
    def plan(self) -> str:
        """What will be done: "Void invoice 1/202602"."""
        return f"{self.verb.capitalize()} {self.rest}"

    @property
    def would(self) -> str:
        """What a dry run found: "Would void invoice 1/202602"."""
        return f"Would {self.verb} {self.rest}"


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in words."""

    sentence: str
    advice: str = ""
    """The next step, one that works."""


@singledispatch
def intent(effect: Effect) -> Phrase:
    """An effect that is planned."""
    msg = f"{type(effect).__name__} has no words"
    raise NotImplementedError(msg)


@singledispatch
def already(effect: Effect) -> str:
    """An effect that is there already: a sentence."""
    msg = f"{type(effect).__name__} has no words"
    raise NotImplementedError(msg)


@singledispatch
def refusal(error: GridPactError) -> Told:
    """Why something was not done, and the next step."""
    return Told(str(error), error.advice)


def plan(effect: Effect | str) -> str:
    """An effect as it is announced."""
    return effect if isinstance(effect, str) else intent(effect).plan


def would(effect: Effect | str) -> str:
    """An effect as a dry run tells it."""
    return f"Would {effect[:1].lower()}{effect[1:]}" if isinstance(effect, str) else intent(effect).would


def there(effect: Effect | str) -> str:
    """An effect that needs no transaction any more."""
    return effect if isinstance(effect, str) else already(effect)


type Units = Mapping[int, Asset]
"""Settlement assets by id: what the amounts in events are counted in."""
type Teller = Callable[[Event, Units], str]

TELLERS: Final[dict[str, Teller]] = {}


def tells(name: str) -> Callable[[Teller], Teller]:
    """Register how an event is told.

    Args:
        name: the event's name in its contract.
    """

    def register(teller: Teller) -> Teller:
        TELLERS[name] = teller
        return teller

    return register


def happened(event: Event, units: Units) -> str | None:
    """What an event says has happened, in the past tense; None for an event that only repeats another one."""
    teller = TELLERS.get(event.name)
    return None if teller is None else teller(event, units)
