"""Interval readings of a month, from a CSV file: parsed, checked line by line, and summed exactly for each meter.

The first line names the columns: `meter_id`, `interval_start`, one of `energy_wh` and `energy_kwh`, and perhaps
`quality` (actual, estimated or substituted). A start is a local time with its UTC offset. A reading belongs to the
month that its start shows *as written*; whether one is missing, or two overlap, is decided on the absolute time line
between the first and the last local instant of that month. A month with a clock change has 743 or 745 hours.

Nothing here knows of a network.
"""

import csv
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from gridpact.contracts.units import MAX_LEDGER_WH
from gridpact.epochs import FIRST_YEAR, LAST_YEAR, next_epoch
from gridpact.production.errors import (
    AfterMonth,
    ColumnFault,
    FileFault,
    Gap,
    LineProblem,
    NotOneEnergyColumn,
    OddInterval,
    OffGrid,
    OutsideMonth,
    Overlap,
    ReadingsError,
    TotalTooLarge,
    UnknownInterval,
    ValueFault,
    WrongColumn,
    WrongFieldCount,
    WrongFile,
    WrongValue,
)
from gridpact.production.read import Quality
from gridpact.units import NotANumber, TooManyDecimals, UnitsError, base_units

METER: Final = "meter_id"
START: Final = "interval_start"
QUALITY: Final = "quality"
ENERGY_DECIMALS: Final = {"energy_wh": 0, "energy_kwh": 3}
"""Energy columns, and the decimals of Wh that their unit has."""
COLUMNS: Final = (METER, START, *ENERGY_DECIMALS, QUALITY)
LABEL_BYTES: Final = 32
"""A meter's label has to fit its record on chain."""
INTERVAL_MINUTES: Final = (1, 5, 10, 15, 20, 30, 60)
MAX_LINES: Final = 2_000_000


class FillGaps(StrEnum):
    """What stands for intervals without a reading."""

    ZERO = "zero"
    MEAN = "mean"
    """The mean of the meter's readings, rounded down to whole Wh."""


@dataclass(frozen=True, slots=True)
class MeterMonth:
    """A meter's readings of the month, summed."""

    label: str
    wh: int
    """Total in Wh, filled intervals included."""
    quality: Quality
    """The weakest of its readings; substituted where an interval was filled."""
    rows: int
    filled: int
    """Intervals without a reading that were filled."""
    filled_wh: int
    interval_minutes: int
    start_ts: int
    """Unix time of the month's first local instant."""
    end_ts: int
    """Unix time of the month's last local instant: the first of the next month."""


@dataclass(frozen=True, slots=True)
class Readings:
    """A file of readings that holds."""

    epoch_id: int
    meters: tuple[MeterMonth, ...]
    """In the order in which the file first names them."""
    source_hash: bytes
    """SHA-256 of the file, byte for byte."""

    @property
    def total_wh(self) -> int:
        """Wh of all meters."""
        return sum(meter.wh for meter in self.meters)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    start: datetime
    wh: int
    quality: Quality

    @property
    def ts(self) -> int:
        return int(self.start.timestamp())


WEAKNESS: Final = (Quality.ACTUAL, Quality.ESTIMATED, Quality.SUBSTITUTED)


def parse(
    content: bytes,
    epoch_id: int | None = None,
    fill_gaps: FillGaps | None = None,
    interval_minutes: int | None = None,
) -> Readings:
    """The readings in a CSV file.

    Args:
        content: the file.
        epoch_id: the month that it must be of; by default that of its first reading.
        fill_gaps: what to put where readings are missing; by default that is refused.
        interval_minutes: length of an interval; by default the most frequent distance between a meter's readings.

    Raises:
        ReadingsError: with every line that cannot be taken.
    """
    problems: list[LineProblem] = []
    rows, seen_epoch = _rows(content, epoch_id, problems)
    if problems and not rows:
        raise _refused(problems)
    # A line that could not be taken leaves a gap behind: the line is named, the gap is not.
    may_show_gaps = not problems
    meters = [
        _month(label, readings, seen_epoch, fill_gaps, interval_minutes, problems) for label, readings in rows.items()
    ]
    total = sum(meter.wh for meter in meters if meter is not None)
    if total > MAX_LEDGER_WH:
        problems.append(TotalTooLarge(1, total))
    if problems:
        raise _refused([problem for problem in problems if may_show_gaps or not isinstance(problem, Gap)])
    return Readings(
        epoch_id=seen_epoch,
        meters=tuple(meter for meter in meters if meter is not None),
        source_hash=hashlib.sha256(content).digest(),
    )


def _refused(problems: list[LineProblem]) -> ReadingsError:
    return ReadingsError(tuple(sorted(problems, key=lambda problem: problem.line)))


# --- lines ------------------------------------------------------------------------------------------------------------


def _rows(content: bytes, epoch_id: int | None, problems: list[LineProblem]) -> tuple[dict[str, list[_Row]], int]:
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    lines = _lines(content, problems)
    header = next(lines, None)
    if header is None:
        problems.append(WrongFile(1, FileFault.EMPTY))
        return {}, 0
    columns = _columns(header[1], problems)
    if columns is None:
        return {}, 0
    expected_epoch = epoch_id
    for line, fields in lines:
        if len(fields) != len(header[1]):
            problems.append(WrongFieldCount(line, len(fields), len(header[1])))
            continue
        named = {name: fields[at].strip() for name, at in columns.items()}
        try:
            label = _label(named[METER])
            row = _row(line, named)
        except _Refused as refused:
            problems.append(WrongValue(line, refused.fault, refused.text))
            continue
        written_epoch = row.start.year * 100 + row.start.month
        if expected_epoch is None:
            expected_epoch = written_epoch
        if written_epoch != expected_epoch:
            problems.append(OutsideMonth(line, row.start, expected_epoch))
            continue
        rows[label].append(row)
    if not rows and not problems:
        problems.append(WrongFile(header[0], FileFault.NO_READINGS))
    return dict(rows), expected_epoch or 0


def _lines(content: bytes, problems: list[LineProblem]) -> Iterator[tuple[int, list[str]]]:
    """Lines that are not blank, with their numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(WrongFile(content.count(b"\n", 0, error.start) + 1, FileFault.NOT_UTF8))
        return
    if "\0" in text:
        problems.append(WrongFile(text.count("\n", 0, text.index("\0")) + 1, FileFault.ZERO_BYTE))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for fields in reader:
            if reader.line_num > MAX_LINES:
                problems.append(WrongFile(reader.line_num, FileFault.TOO_LONG, f"{MAX_LINES:,}"))
                return
            if any(field.strip() for field in fields):
                yield reader.line_num, fields
    except csv.Error as error:
        problems.append(WrongFile(reader.line_num, FileFault.NOT_CSV, str(error)))


def _columns(header: list[str], problems: list[LineProblem]) -> dict[str, int] | None:
    names = [name.strip() for name in header]
    faults: list[LineProblem] = [
        WrongColumn(1, name, ColumnFault.TWICE) for name, count in Counter(names).items() if count > 1
    ]
    faults += [WrongColumn(1, name, ColumnFault.UNKNOWN) for name in dict.fromkeys(names) if name not in COLUMNS]
    faults += [WrongColumn(1, name, ColumnFault.MISSING) for name in (METER, START) if name not in names]
    units = [name for name in names if name in ENERGY_DECIMALS]
    if len(set(units)) != 1:
        faults.append(NotOneEnergyColumn(1, tuple(ENERGY_DECIMALS)))
    problems += faults
    return None if faults else {name: at for at, name in enumerate(names)}


class _Refused(Exception):
    def __init__(self, fault: ValueFault, text: str = "") -> None:
        super().__init__(fault, text)
        self.fault = fault
        self.text = text


def _label(text: str) -> str:
    if not text:
        raise _Refused(ValueFault.NO_METER)
    if len(text.encode()) > LABEL_BYTES or not text.isprintable():
        raise _Refused(ValueFault.LABEL, text)
    return text


def _row(line: int, named: dict[str, str]) -> _Row:
    unit = next(name for name in named if name in ENERGY_DECIMALS)
    return _Row(
        line=line,
        start=_start(named[START]),
        wh=_energy(named[unit], unit),
        quality=_quality(named.get(QUALITY, "")),
    )


def _start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Refused(ValueFault.NOT_A_TIME, text) from error
    if start.tzinfo is None:
        raise _Refused(ValueFault.NO_OFFSET, text)
    if start.microsecond:
        raise _Refused(ValueFault.FRACTION, text)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise _Refused(ValueFault.YEAR, text)
    return start


def _energy(text: str, unit: str) -> int:
    if not text:
        raise _Refused(ValueFault.NO_ENERGY)
    if text.startswith("-"):
        raise _Refused(ValueFault.NEGATIVE, text)
    try:
        wh = base_units(text, ENERGY_DECIMALS[unit], "energy")
    except UnitsError as error:
        raise _Refused(UNITS_FAULTS.get(type(error), ValueFault.TOO_MUCH), text) from error
    if wh > MAX_LEDGER_WH:
        raise _Refused(ValueFault.TOO_MUCH, text)
    return wh


UNITS_FAULTS: Final = {NotANumber: ValueFault.NOT_A_NUMBER, TooManyDecimals: ValueFault.DECIMALS}


def _quality(text: str) -> Quality:
    if not text:
        return Quality.ACTUAL
    try:
        return Quality(text.lower())
    except ValueError as error:
        raise _Refused(ValueFault.QUALITY, text) from error


# --- a meter's month --------------------------------------------------------------------------------------------------


def _month(
    label: str,
    rows: list[_Row],
    epoch_id: int,
    fill_gaps: FillGaps | None,
    interval_minutes: int | None,
    problems: list[LineProblem],
) -> MeterMonth | None:
    ordered = sorted(rows, key=lambda row: (row.ts, row.line))
    interval = interval_minutes or _interval_minutes(label, ordered, problems)
    if interval is None:
        return None
    start_ts, end_ts = _bounds(epoch_id, ordered)
    gaps = _gaps(label, ordered, interval * 60, start_ts, end_ts, problems)
    missing = sum(gap.intervals for gap in gaps)
    if fill_gaps is None:
        problems += gaps
    measured_wh = sum(row.wh for row in ordered)
    each_wh = measured_wh // len(ordered) if fill_gaps is FillGaps.MEAN else 0
    quality = max((row.quality for row in ordered), key=WEAKNESS.index)
    return MeterMonth(
        label=label,
        wh=measured_wh + missing * each_wh,
        quality=Quality.SUBSTITUTED if missing else quality,
        rows=len(ordered),
        filled=missing,
        filled_wh=missing * each_wh,
        interval_minutes=interval,
        start_ts=start_ts,
        end_ts=end_ts,
    )


def _interval_minutes(label: str, ordered: list[_Row], problems: list[LineProblem]) -> int | None:
    """The most frequent distance of two neighbours: a row that is out of place does not change it."""
    distances = Counter(later.ts - earlier.ts for earlier, later in pairwise(ordered) if later.ts > earlier.ts)
    if not distances:
        problems.append(UnknownInterval(ordered[0].line, label))
        return None
    seconds = min(distances, key=lambda distance: (-distances[distance], distance))
    minutes, rest = divmod(seconds, 60)
    if rest or minutes not in INTERVAL_MINUTES:
        problems.append(OddInterval(ordered[0].line, label, seconds, INTERVAL_MINUTES))
        return None
    return minutes


def _bounds(epoch_id: int, ordered: list[_Row]) -> tuple[int, int]:
    """Unix times of the month's first and last local instant, at the UTC offsets of the first and last reading."""
    year, month = divmod(epoch_id, 100)
    next_year, next_month = divmod(next_epoch(epoch_id), 100)
    start = datetime(year, month, 1, tzinfo=ordered[0].start.tzinfo)
    end = datetime(next_year, next_month, 1, tzinfo=ordered[-1].start.tzinfo)
    return int(start.timestamp()), int(end.timestamp())


def _gaps(
    label: str, ordered: list[_Row], interval_s: int, start_ts: int, end_ts: int, problems: list[LineProblem]
) -> list[Gap]:
    """Walk along the time line; overlaps and rows off the grid are problems, what is left out is a gap."""
    gaps: list[Gap] = []
    free_ts = start_ts
    previous = ordered[0]
    for row in ordered:
        if row.ts < free_ts and row is not ordered[0]:
            problems.append(Overlap(row.line, label, row.start, previous.line, is_same=row.ts == previous.ts))
            continue
        if (row.ts - start_ts) % interval_s:
            problems.append(OffGrid(row.line, label, row.start, interval_s // 60))
            continue
        if row.ts > free_ts:
            gaps.append(_gap(label, row, free_ts, row.ts, interval_s))
        free_ts = row.ts + interval_s
        previous = row
    if free_ts < end_ts:
        gaps.append(_gap(label, ordered[-1], free_ts, end_ts, interval_s))
    elif free_ts > end_ts:
        problems.append(AfterMonth(previous.line, label, previous.start))
    return gaps


def _gap(label: str, row: _Row, from_ts: int, to_ts: int, interval_s: int) -> Gap:
    zone = row.start.tzinfo
    start = datetime.fromtimestamp(from_ts, UTC).astimezone(zone)
    end = start + timedelta(seconds=to_ts - from_ts)
    return Gap(row.line, label, start, end, (to_ts - from_ts) // interval_s)
