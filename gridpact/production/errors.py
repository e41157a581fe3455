"""Why production refuses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from gridpact.contracts import errors as err
from gridpact.errors import GridPactError, Problem

# --- meters -----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InvalidLabel(GridPactError):
    """A meter's name has to be printable, and to fit its record on chain."""

    label: str
    most_bytes: int


@dataclass(eq=False)
class LabelTaken(GridPactError):
    """The name is another producer's meter."""

    label: str
    meter_id: int
    producer: str | None
    """None where it is the project's."""


@dataclass(eq=False)
class MeterNotFound(GridPactError):
    """No meter has this name."""

    contract_error: ClassVar[str] = err.INVALID_METER
    label: str


@dataclass(eq=False)
class MetersNotRegistered(GridPactError):
    """Readings of meters that nobody has registered."""

    contract_error: ClassVar[str] = err.INVALID_METER
    labels: tuple[str, ...]


# --- a month ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class EpochNotBegun(GridPactError):
    """The month is still to come by the chain's clock."""

    contract_error: ClassVar[str] = err.INVALID_EPOCH
    epoch_id: int
    now_ts: int


@dataclass(eq=False)
class EpochNotOver(GridPactError):
    """The month goes on by the chain's clock."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_ENDED
    epoch_id: int
    now_ts: int
    end_ts: int
    """Its last second."""


@dataclass(eq=False)
class EpochNotFound(GridPactError):
    """Nothing was recorded for the month."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_FOUND
    epoch_id: int


@dataclass(eq=False)
class EpochNotFinal(GridPactError):
    """Readings may still come in."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_FINAL
    epoch_id: int


@dataclass(eq=False)
class EpochIsFinal(GridPactError):
    """Nothing more is recorded."""

    contract_error: ClassVar[str] = err.EPOCH_FINAL
    epoch_id: int
    labels: tuple[str, ...]
    """The meters whose readings come too late."""


@dataclass(eq=False)
class TotalDiffers(GridPactError):
    """The month's recorded total is not the expected one."""

    contract_error: ClassVar[str] = err.TOTAL_MISMATCH
    epoch_id: int
    recorded_wh: int
    expected_wh: int


@dataclass(eq=False)
class ReadingNotFound(GridPactError):
    """No such reading was recorded."""

    contract_error: ClassVar[str] = err.READING_NOT_FOUND
    epoch_id: int
    label: str | None
    """None for a reading without a meter."""
    interval_id: int


@dataclass(eq=False)
class RecordedOtherwise(GridPactError):
    """Something else was recorded for the meter, and a record is never changed."""

    contract_error: ClassVar[str] = err.ALREADY_RECORDED
    epoch_id: int
    label: str
    recorded_wh: int
    recorded_source: bytes
    """SHA-256 of the file that it came from."""
    wh: int


# --- files of readings ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineProblem(Problem):
    """One thing that is wrong with a file of readings."""

    line: int
    """Line number, counted from 1."""


@dataclass(eq=False)
class ReadingsError(GridPactError):
    """A file that cannot be taken as it is."""

    problems: tuple[LineProblem, ...]
    """In the order of their lines."""

    @property
    def has_gaps(self) -> bool:
        """Whether intervals are missing, which may be filled."""
        return any(isinstance(problem, Gap) for problem in self.problems)


class FileFault(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    NO_READINGS = "no readings"
    NOT_UTF8 = "not UTF-8"
    ZERO_BYTE = "zero byte"
    TOO_LONG = "too long"
    NOT_CSV = "not CSV"


@dataclass(frozen=True, slots=True)
class WrongFile(LineProblem):
    """It is no file of readings."""

    fault: FileFault
    detail: str = ""


class ColumnFault(StrEnum):
    """What is wrong with a column's name."""

    TWICE = "twice"
    UNKNOWN = "unknown"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class WrongColumn(LineProblem):
    """The first line does not name the columns."""

    column: str
    fault: ColumnFault


@dataclass(frozen=True, slots=True)
class NotOneEnergyColumn(LineProblem):
    """The energy has no column, or several."""

    columns: tuple[str, ...]
    """One of these is needed."""


@dataclass(frozen=True, slots=True)
class WrongFieldCount(LineProblem):
    """A line has more or fewer fields than the header names."""

    found: int
    expected: int


class ValueFault(StrEnum):
    """What is wrong with a value."""

    NO_METER = "no meter"
    LABEL = "label"
    NOT_A_TIME = "not a time"
    NO_OFFSET = "no UTC offset"
    FRACTION = "fraction of a second"
    YEAR = "year"
    NO_ENERGY = "no energy"
    NOT_A_NUMBER = "not a number"
    DECIMALS = "decimals"
    NEGATIVE = "negative"
    TOO_MUCH = "too much"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class WrongValue(LineProblem):
    """A value that cannot be taken."""

    fault: ValueFault
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutsideMonth(LineProblem):
    """A reading of another month."""

    start: datetime
    epoch_id: int


@dataclass(frozen=True, slots=True)
class TotalTooLarge(LineProblem):
    """More energy than a month's ledger can hold."""

    wh: int


@dataclass(frozen=True, slots=True)
class UnknownInterval(LineProblem):
    """A meter's readings do not say how long an interval is."""

    label: str


@dataclass(frozen=True, slots=True)
class OddInterval(LineProblem):
    """A meter's intervals have a length that none has."""

    label: str
    seconds: int
    known_minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overlap(LineProblem):
    """Two readings of a meter are of one time."""

    label: str
    start: datetime
    other_line: int
    is_same: bool
    """Whether they start together."""


@dataclass(frozen=True, slots=True)
class OffGrid(LineProblem):
    """A reading starts between two intervals."""

    label: str
    start: datetime
    interval_minutes: int


@dataclass(frozen=True, slots=True)
class AfterMonth(LineProblem):
    """A reading ends after the month."""

    label: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Gap(LineProblem):
    """Intervals without a reading: the only problem that may be filled."""

    label: str
    start: datetime
    end: datetime
    intervals: int
