"""States that tests start from: built once, and gone back to where the ledger can.

An embedded ledger returns to a snapshot in less time than it takes for two groups. On any other ledger each test builds
what it needs.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, cast

from localnet.testing import LocalNet

type Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of a chain, kept as a snapshot."""

    snapshot: str
    round: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody at a place.

    Attributes:
        place: where the ledger is.
        contents: what there was beside the ledger.
        result: what building the state returned.
    """

    place: Place
    contents: dict[str, Any]
    result: Any


@dataclass
class Checkpoints:
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


class Checkpointed(ABC):
    """Somebody who acts on a ledger, and may stand at one of its checkpoints.

    Attributes:
        checkpoints: the ledger's, None where it cannot go back.
    """

    def __init__(self, checkpoints: Checkpoints | None) -> None:
        self.checkpoints = checkpoints
        self._stage: tuple[Key, Kept] | None = None
        self._is_settled = True

    @abstractmethod
    def contents(self) -> dict[str, Any]:
        """What there is beside the ledger, to be kept with it."""

    @abstractmethod
    def take_over(self, contents: dict[str, Any]) -> None:
        """Be what was kept."""

    def begin(self, key: Key, build: Callable[[], None]) -> None:
        """Start where all tests of this key start; the first one builds it."""
        if self.checkpoints is not None and key in self.checkpoints.kept:
            self._stand_at(key, self.checkpoints.kept[key])
            return
        build()
        if self.checkpoints is not None:
            self._keep(self.checkpoints, key, None)

    def reach(self, build: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Bring about a state, or go back to it when nothing has happened since the last one."""
        if (
            self.checkpoints is None
            or self._stage is None
            or not self._is_untouched(self.checkpoints, self._stage[1].place)
        ):
            return build(self, *arguments, **named)
        key = (*self._stage[0], build, arguments, tuple(named.items()))
        if key in self.checkpoints.kept:
            self._stand_at(key, self.checkpoints.kept[key])
        else:
            self._keep(self.checkpoints, key, build(self, *arguments, **named))
        return self.checkpoints.kept[key].result

    def settle(self) -> None:
        """Bring the ledger to the stage. Whatever asks the ledger does this first."""
        if not self._is_settled:
            assert self.checkpoints is not None
            assert self._stage is not None
            self.checkpoints.go(self._stage[1].place)
            self._is_settled = True

    def leave_stages(self) -> None:
        """Go one's own way from here: what follows is not kept."""
        self.settle()
        self._stage = None

    def _is_untouched(self, checkpoints: Checkpoints, place: Place) -> bool:
        return not self._is_settled or checkpoints.is_at(place)

    def _keep(self, checkpoints: Checkpoints, key: Key, result: Any) -> None:
        self.settle()  # what was built may stand at another stage and not have asked the ledger since
        checkpoints.kept[key] = Kept(checkpoints.keep(), self.contents(), result)
        self._stand_at(key, checkpoints.kept[key])

    def _stand_at(self, key: Key, kept: Kept) -> None:
        self.take_over(kept.contents)
        self._stage = (key, kept)
        self._is_settled = False


def checkpoint[Build: Callable[..., Any]](build: Build) -> Build:
    """A state that many tests start from; what builds it takes the world, and arguments that can be compared."""

    @wraps(build)
    def reach(world: Checkpointed, *arguments: Any, **named: Any) -> Any:
        return world.reach(build, *arguments, **named)

    return cast(Build, reach)
