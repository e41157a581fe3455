"""What the program says: the only sentences. The library gives data, and each of these functions turns one kind of it
into words: effects that are planned, effects that are there already, events that happened, refusals.

Each subject has a module here that registers its own kinds. They are loaded with the first word: a command that only
shows a table needs none.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Final

from gridpact.chain.describe import Description
from gridpact.chain.events import Event
from gridpact.chain.work import Effect
from gridpact.cli.words import kinds, transactions
from gridpact.cli.words.kinds import Names, Told
from gridpact.errors import GridPactError, Problem
from gridpact.settings import Setting

SUBJECTS: Final = (
    "program",
    "settings",
    "network",
    "files",
    "chain",
    "contracts",
    "production",
    "readings",
    "billing",
    "revenue",
    "market",
    "deployment",
    "history",
)


@cache
def load() -> None:
    """Register the words of all subjects."""
    for subject in SUBJECTS:
        import_module(f"{__name__}.{subject}")


def plan(effect: Effect) -> str:
    """An effect as it is announced: Void invoice 1/202602."""
    load()
    return kinds.plan(effect)


def would(effect: Effect) -> str:
    """An effect as a dry run tells it: Would void invoice 1/202602."""
    load()
    return kinds.would(effect)


def done(effect: Effect) -> str:
    """An effect that leaves no event, once it is confirmed: Opted in to the kW token."""
    load()
    return kinds.done(effect)


def there(effects: Iterable[Effect], *, with_advice: bool = True) -> list[str]:
    """Effects that need no transaction any more: Invoice 1/202602 is void.

    Args:
        effects: in order.
        with_advice: whether to say also how to do them once more, where that makes sense.
    """
    load()
    return kinds.there(effects, with_advice=with_advice)


def told(effects: Sequence[Effect], events: Sequence[Event], names: Names) -> list[str]:
    """What a confirmed group has done, from its events: Voided invoice 1/202602.

    Args:
        effects: what it was made for; they speak only where the chain has no event of it, such as an opt-in.
        events: what the contracts say.
        names: what the ids in them stand for.
    """
    load()
    return kinds.told(effects, events, names)


def happened(event: Event, names: Names) -> str:
    """An event of the past: Voided invoice 1/202602. Its name, where nobody has put it into words."""
    load()
    teller = kinds.TELLERS.get(event.name)
    return event.name if teller is None else teller(event, names)


def transaction(description: Description) -> str:
    """A transaction before it is sent: pay 3 ALGO to ABCD…WXYZ."""
    return transactions.text(description)


def refusal(error: GridPactError) -> Told:
    """Why something was not done, and the next step."""
    load()
    return kinds.refusal(error)


def fault(problem: Problem) -> str:
    """One of the things that are wrong, from an error that collects them."""
    load()
    return kinds.fault(problem)


def led_elsewhere(settings: Sequence[Setting], keys: Sequence[str]) -> str:
    """A warning: files choose the network or the apps, and the keys are the environment's."""
    load()
    return import_module(f"{__name__}.settings").led_elsewhere(settings, keys)  # type: ignore[no-any-return]
