"""What is wrong with a file of readings, line by line, or with a profile: data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gridpact.errors import GridPactError, Problem


@dataclass(frozen=True, slots=True)
class LineProblem(Problem):
    """One thing that is wrong with a file of readings."""

    line: int
    """Line number, counted from 1."""

    @property
    def kind(self) -> tuple[object, ...]:
        """What it has in common with problems that are told together with it."""
        return (type(self),)


class Cause(Problem):
    """What probably lies behind the problems of a file: instead of those that it explains, it is told."""

    __slots__ = ()

    @property
    def explains(self) -> tuple[type[LineProblem], ...]:
        """Kinds of problems."""
        return Gap, OutsideMonth


@dataclass(eq=False)
class ReadingsError(GridPactError):
    """A file that cannot be taken as it is."""

    problems: tuple[LineProblem, ...]
    """In the order of their lines."""
    cause: Cause | None = None
    path: str = ""
    """The file's, where whoever reads it knows."""

    @property
    def unexplained(self) -> tuple[LineProblem, ...]:
        """The problems that the cause does not explain."""
        explained = () if self.cause is None else self.cause.explains
        return tuple(problem for problem in self.problems if not isinstance(problem, explained))

    @property
    def has_gaps(self) -> bool:
        """Whether intervals are missing, few enough to be filled."""
        return any(isinstance(problem, Gap) and problem.may_be_filled for problem in self.problems)


# --- the file, its columns --------------------------------------------------------------------------------------------


class FileFault(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    NO_READINGS = "no readings"
    ENCODING = "encoding"
    ZERO_BYTE = "zero byte"
    TOO_LONG = "too long"
    NOT_CSV = "not CSV"
    NOT_NEM12 = "not NEM12"
    NOT_XML = "not XML"
    NOT_A_SHEET = "not a workbook"
    NO_SHEET = "no such sheet"


@dataclass(frozen=True, slots=True)
class WrongFile(LineProblem):
    """It is no file of readings."""

    fault: FileFault
    detail: str = ""


class ColumnFault(StrEnum):
    """What is wrong with a column."""

    TWICE = "twice"
    UNKNOWN = "unknown"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class WrongColumn(LineProblem):
    """The header does not name the columns."""

    column: str
    fault: ColumnFault


@dataclass(frozen=True, slots=True)
class NotOneEnergyColumn(LineProblem):
    """The energy has no column, or several."""

    columns: tuple[str, ...]
    """One of these is needed."""


@dataclass(frozen=True, slots=True)
class NoMeterInHeading(LineProblem):
    """Nothing in the lines before the readings is the meter's name as the profile describes it."""

    pattern: str


@dataclass(frozen=True, slots=True)
class NotADay(LineProblem):
    """The columns of a line do not fill a day."""

    columns: int
    minutes: int


@dataclass(frozen=True, slots=True)
class WrongFieldCount(LineProblem):
    """A line has more or fewer fields than the header names."""

    found: int
    expected: int


@dataclass(frozen=True, slots=True)
class ChannelsToChoose(LineProblem):
    """The file has several channels, or not the one that was named."""

    channels: tuple[str, ...]
    named: str | None


# --- values -----------------------------------------------------------------------------------------------------------


class ValueFault(StrEnum):
    """What is wrong with a value."""

    NO_METER = "no meter"
    LABEL = "label"
    NUMBER_AS_LABEL = "a number that a spreadsheet rounded"
    NOT_A_TIME = "not a time"
    NO_OFFSET = "no UTC offset"
    FRACTION = "fraction of a second"
    YEAR = "year"
    NO_SUCH_TIME = "no such local time"
    AFTER_DAY = "after the day"
    NOT_REPEATED = "not repeated"
    NOT_A_NUMBER = "not a number"
    NEGATIVE = "negative"
    TOO_MUCH = "too much"
    QUALITY = "quality"
    DIRECTION = "direction"
    UNIT = "unit"


WORDS = frozenset({ValueFault.QUALITY, ValueFault.DIRECTION, ValueFault.UNIT, ValueFault.NUMBER_AS_LABEL})


@dataclass(frozen=True, slots=True)
class WrongValue(LineProblem):
    """A value that cannot be taken."""

    fault: ValueFault
    text: str = ""
    wanted: str = ""
    """One as it should be written."""

    @property
    def kind(self) -> tuple[object, ...]:
        """The fault; where the value is one of a few words, each word."""
        is_word = self.fault in WORDS
        return type(self), self.fault, self.text if is_word else ""


# --- a meter's month --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeterProblem(LineProblem):
    """One thing that is wrong with a meter's readings."""

    label: str

    @property
    def kind(self) -> tuple[object, ...]:
        """Its kind, for each meter."""
        return type(self), self.label


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
class UnknownInterval(MeterProblem):
    """A meter's readings do not say how long an interval is."""


@dataclass(frozen=True, slots=True)
class OddInterval(MeterProblem):
    """A meter's intervals have a length that none has."""

    seconds: int
    known_minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overlap(MeterProblem):
    """Two readings of a meter are of one time."""

    start: datetime
    other_line: int
    is_same: bool
    """Whether they start together."""
    differs: bool = False
    """Whether two that start together have different values."""


@dataclass(frozen=True, slots=True)
class OffGrid(MeterProblem):
    """A reading starts between two intervals."""

    start: datetime
    interval_minutes: int


@dataclass(frozen=True, slots=True)
class AfterMonth(MeterProblem):
    """A reading ends after the month."""

    start: datetime


@dataclass(frozen=True, slots=True)
class Gap(MeterProblem):
    """Intervals without a reading: the only problem that may be filled."""

    start: datetime
    end: datetime
    intervals: int
    written: str | None = None
    """What stands in the line instead of a number; None where there is no line."""
    may_be_filled: bool = True


@dataclass(frozen=True, slots=True)
class TooManyGaps(MeterProblem):
    """More intervals are missing than may be filled with a mean."""

    missing: int
    intervals: int
    most_percent: int


@dataclass(frozen=True, slots=True)
class NothingLikeIt(MeterProblem):
    """A missing interval has no reading of the same time of day that it could be filled with."""

    start: datetime


@dataclass(frozen=True, slots=True)
class NoMeterReadingAt(MeterProblem):
    """A register was not read at the month's first or last instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterFalls(MeterProblem):
    """A register shows less than before, and nobody said that it rolls over, or that the meter was exchanged."""

    before: str
    after: str


# --- causes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotOwnFormat(Cause):
    """The file has columns of its own: it takes a profile."""

    separator: str
    """What seems to part its fields."""

    @property
    def explains(self) -> tuple[type[LineProblem], ...]:
        """All: the file was not understood."""
        return (LineProblem,)


@dataclass(frozen=True, slots=True)
class OtherEncoding(Cause):
    """The file is text in another encoding."""

    encoding: str

    @property
    def explains(self) -> tuple[type[LineProblem], ...]:
        """Unicode explains all; any bytes can be taken for a code page."""
        return (LineProblem,) if self.encoding.startswith("utf") else ()


class FileKind(StrEnum):
    """What a file is that is not text with columns."""

    SHEET = "sheet"
    NEM12 = "nem12"
    GREEN_BUTTON = "green-button"
    MARKUP = "markup"
    PDF = "pdf"
    ARCHIVE = "archive"

    @property
    def is_format(self) -> bool:
        """Whether it can be imported, when its format is said."""
        return self in (FileKind.NEM12, FileKind.GREEN_BUTTON)


@dataclass(frozen=True, slots=True)
class OtherKind(Cause):
    """The file is of another kind."""

    file_kind: FileKind

    @property
    def explains(self) -> tuple[type[LineProblem], ...]:
        """All: the file was not understood."""
        return (LineProblem,)


@dataclass(frozen=True, slots=True)
class StampsAreEnds(Cause):
    """The stamps look like ends of intervals, and were taken for starts."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class StampsAreStarts(Cause):
    """The stamps look like starts of intervals, and were said to be ends."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class LocalMonthInUtc(Cause):
    """The stamps are UTC, and cover a month of another place."""

    epoch_id: int
    ahead_minutes: int
    """How far its clocks are ahead of UTC."""


@dataclass(frozen=True, slots=True)
class HoursThroughHalfAnHour(Cause):
    """Hours go on by the stopwatch through a clock change of less than an hour: none begins with a month."""

    minutes: int
    """Of the clock change."""


@dataclass(frozen=True, slots=True)
class SeveralMonths(Cause):
    """The file goes over several months."""

    first_epoch: int
    last_epoch: int


@dataclass(frozen=True, slots=True)
class NothingAtNight(Cause):
    """Lines are missing at night only."""

    label: str


# --- doubts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doubt(MeterProblem):
    """A figure that can hardly be right: gone on with only for a reason."""


@dataclass(eq=False)
class Doubtful(GridPactError):
    """A file with figures that can hardly be right."""

    doubts: tuple[Doubt, ...]
    is_refused_anyhow: bool = False
    """Whether the contract would refuse them, too: then no reason helps."""


@dataclass(frozen=True, slots=True)
class AboveCapacity(Doubt):
    """An interval holds more than the plant can give."""

    watts: int
    capacity_w: int


@dataclass(frozen=True, slots=True)
class MonthAboveCapacity(Doubt):
    """The month holds more than the plant can give."""

    wh: int
    most_wh: int


@dataclass(frozen=True, slots=True)
class FarAbove(Doubt):
    """A value is far above all others."""

    watts: int
    usual_w: int


@dataclass(frozen=True, slots=True)
class OnlyRises(Doubt):
    """The values rise and rise, as those of a register do."""


@dataclass(frozen=True, slots=True)
class RisesEachDay(Doubt):
    """The values rise through each day and begin anew on the next: what the day gave so far."""


@dataclass(frozen=True, slots=True)
class AbsentForLong(Doubt):
    """No line for longer than a night, where intervals without a line count as zero."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class MayBeEnds(Doubt):
    """The month is whole, but its times look like ends of intervals."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class MayBeStarts(Doubt):
    """The month is whole, but its times look like starts of intervals."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class LikeAnother(Doubt):
    """A new meter has nearly the name of a known one."""

    known: str


@dataclass(frozen=True, slots=True)
class ReadsAsAnother(Doubt):
    """A new meter has the readings that were recorded for a known one."""

    known: str
    epoch_id: int


# --- remarks ----------------------------------------------------------------------------------------------------------


class Remark(Problem):
    """Something about a file that holds, and that its owner should know."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OtherMonths(Remark):
    """Readings of other months were passed over."""

    count: int
    epoch_id: int


@dataclass(frozen=True, slots=True)
class Exchange(Remark):
    """One meter took the place of another in the month: together they cover it, and nothing is filled."""

    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterStep(Remark):
    """A register fell: it rolled over, or another meter took its place, which counts from 0."""

    line: int
    label: str
    before: str
    after: str
    is_exchange: bool


@dataclass(frozen=True, slots=True)
class NoSuchTimes(Remark):
    """Lines without energy at local times that a clock change leaves out were passed over."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class AbsentIsZero(Remark):
    """Intervals without a line count as zero, as the profile says."""

    label: str
    intervals: int


@dataclass(frozen=True, slots=True)
class Imported(Remark):
    """What flowed the other way counts for nothing."""

    label: str
    wh: int


# --- profiles ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProfileFault(Problem):
    """One thing that is wrong with a profile."""

    place: str
    """The key, as in `time.zone`; empty for the file as a whole."""
    said: str
    """What the check says."""


@dataclass(eq=False)
class ProfileRefused(GridPactError):
    """A profile that does not say how a file is to be read."""

    faults: tuple[ProfileFault, ...]
    path: str = ""
    """The file's that is to be read with it, where whoever reads it knows."""
