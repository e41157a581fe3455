"""States that tests start from: built once, and gone back to where the ledger can.

An embedded ledger returns to a snapshot in less time than it takes for two groups. On any other ledger each test builds
what it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, cast

from localnet.testing import LocalNet

type Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of a chain, kept as a snapshot."""

    snapshot: str
    round: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A world at a place.

    Attributes:
        place: where the ledger is.
        contents: the world's attributes.
        result: what building the state returned.
    """

    place: Place
    contents: dict[str, Any]
    result: Any


@dataclass
class Stages:
    """The kept states of one embedded ledger."""

    localnet: LocalNet
    kept: dict[Key, Kept] = field(default_factory=dict)
    _at: Place | None = None

    def keep(self) -> Place:
        """The present, to come back to."""
        self._at = Place(self.localnet.snapshot(), self._last_round())
        return self._at

    def go(self, place: Place) -> None:
        """Go back to a place, unless nothing has happened since."""
        if not self.is_at(place):
            self.localnet.restore(place.snapshot)
            self._at = place

    def is_at(self, place: Place) -> bool:
        """Whether the ledger is exactly there. What was refused or simulated leaves no trace."""
        return self._at == place and self._last_round() == place.round

    def leave(self) -> None:
        """Something changes that blocks do not tell: the next test goes back in any case."""
        self._at = None

    def _last_round(self) -> int:
        return int(self.localnet.request("GET", "/v2/status")["last-round"])


class Staged(Protocol):
    """What can stand at a stage: a world."""

    def reach(self, build: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Bring about a state, or go back to it."""


def stage[Build: Callable[..., Any]](build: Build) -> Build:
    """A state that many tests start from; what builds it takes the world, and arguments that can be compared."""

    @wraps(build)
    def reach(world: Staged, *arguments: Any, **named: Any) -> Any:
        return world.reach(build, *arguments, **named)

    return cast(Build, reach)
