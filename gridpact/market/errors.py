"""Why the market refuses, beside what its contract checks."""

from dataclasses import dataclass
from typing import ClassVar

from gridpact.contracts import errors as err
from gridpact.errors import GridPactError
from gridpact.production.read import Meter


@dataclass(eq=False)
class NoProducerMeter(GridPactError):
    """There is no meter to mint from."""

    contract_error: ClassVar[str] = err.INVALID_METER
    name: str | None
    """Its id or its name, where it was named."""
    producer: str | None
    """Whose meter, where that was said."""


@dataclass(eq=False)
class SeveralProducerMeters(GridPactError):
    """It is not clear which meter is meant."""

    meters: tuple[Meter, ...]
    producer: str | None


@dataclass(eq=False)
class ReadDifferently(GridPactError):
    """The reading of this number has another energy, and a record is never changed."""

    contract_error: ClassVar[str] = err.ALREADY_RECORDED
    epoch_id: int
    label: str
    interval_id: int
    recorded_wh: int
    wh: int


@dataclass(eq=False)
class NotReadYet(GridPactError):
    """The reading ends after the chain's clock: nobody can have read it."""

    contract_error: ClassVar[str] = err.READING_TOO_EARLY
    epoch_id: int
    label: str
    end_ts: int
    now_ts: int


@dataclass(eq=False)
class ExpiryTooFar(GridPactError):
    """An offer or terms would end after all years that have a date: milliseconds, taken for seconds."""

    expiry_ts: int


@dataclass(eq=False)
class ReadAlready(GridPactError):
    """The meter has a reading of that time: its energy would count twice."""

    epoch_id: int
    label: str
    interval_id: int
    """The reading that is there; and its interval, in Unix time."""
    start_ts: int
    end_ts: int


@dataclass(eq=False)
class CreditTooSmall(GridPactError):
    """A file of sell offers sells more than its maker has available. Nothing of it was sent."""

    contract_error: ClassVar[str] = err.INSUFFICIENT_AVAILABLE_BALANCE
    maker: str
    wanted_wh: int
    available_wh: int
