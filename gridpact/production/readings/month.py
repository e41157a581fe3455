"""A meter's month from its samples: lengths, gaps and overlaps on the absolute time line, and the exact sum."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from gridpact.epochs import next_epoch
from gridpact.production.read import Quality
from gridpact.production.readings.errors import (
    AbsentForLong,
    AbsentIsZero,
    AfterMonth,
    Doubt,
    Gap,
    Imported,
    LineProblem,
    NoSuchTimes,
    NothingLikeIt,
    OddInterval,
    OffGrid,
    Overlap,
    Remark,
    TooManyGaps,
    UnknownInterval,
    WrongFieldCount,
    WrongValue,
)
from gridpact.production.readings.model import (
    EXACT,
    INTERVAL_MINUTES,
    WEAKNESS,
    Ints,
    MeterMonth,
    Samples,
    Series,
)
from gridpact.production.readings.options import FillGaps
from gridpact.production.readings.profile import Absent, Unit
from gridpact.production.readings.values import Clock

HOUR_S: Final = 3_600
DAY_S: Final = 86_400
DAY_LENGTHS_S: Final = (DAY_S - 3_600, DAY_S, DAY_S + 3_600)
"""A day with a clock change has an hour less, or more."""
MONTH_S: Final = 28 * DAY_S
SHORTEST_RUN: Final = 24
"""As many equal distances as show that intervals have another length from there on, and not that some are missing."""
MOST_FILLED_PERCENT: Final = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """How samples become a month."""

    epoch_id: int
    clock: Clock
    unit: Unit
    are_ends: bool = False
    absent: Absent = Absent.GAP
    interval: int | str | None = None
    """Minutes, `day` or `month`; None: as the samples' distances say."""
    fill_gaps: FillGaps | None = None


@dataclass(slots=True)
class Intervals:
    """A meter's samples as intervals, in the order of their starts; of all months in the file."""

    samples: Samples
    order: Ints
    """Indexes of the samples."""
    starts: Ints
    seconds: Ints
    offsets: Ints
    lines: Ints
    main_s: int
    """The most frequent length."""


def intervals_of(samples: Samples, terms: Terms, problems: list[LineProblem]) -> Intervals | None:
    """The intervals that a meter's samples are of; None where their length is not known."""
    stamps, lines = np.array(samples.stamps, np.int64), np.array(samples.lines, np.int64)
    order = np.lexsort((lines, stamps))
    stamps, lines = stamps[order], lines[order]
    offsets = np.array(samples.offsets, np.int64)[order]
    lengths = _lengths(samples, order, stamps, int(lines[0]), terms, problems)
    if lengths is None:
        return None
    if isinstance(lengths, str):
        others = _calendar(stamps, offsets, terms, lengths)
        seconds = stamps - others if terms.are_ends else others - stamps
        main_s = DAY_S if lengths == "day" else MONTH_S
    else:
        seconds = lengths
        values, counts = np.unique(seconds, return_counts=True)
        main_s = int(values[counts.argmax()])
        if main_s == HOUR_S and terms.clock.zone is not None and np.ptp(offsets) % HOUR_S:
            seconds = _hours_of_the_clock(stamps, offsets, seconds, terms)
    starts = stamps - seconds if terms.are_ends else stamps
    return Intervals(samples, order, starts, seconds, offsets, lines, main_s)


def _lengths(
    samples: Samples, order: Ints, stamps: Ints, line: int, terms: Terms, problems: list[LineProblem]
) -> Ints | str | None:
    """Seconds of each interval; `day` or `month` where the calendar says it."""
    if samples.lengths:
        return np.array(samples.lengths, np.int64)[order]
    if isinstance(terms.interval, str):
        return terms.interval
    if terms.interval is not None:
        return np.full(len(stamps), terms.interval * 60, np.int64)
    distances = np.diff(stamps)
    apart = distances[distances > 0]
    # Where lines could not be taken, the distances say nothing: those lines are told, and not what follows from them.
    has_refused = any(isinstance(problem, WrongValue | WrongFieldCount) for problem in problems)
    if not len(apart):
        problems += [] if has_refused else [UnknownInterval(line, samples.label)]
        return None
    values, counts = np.unique(apart, return_counts=True)
    main_s = int(values[counts.argmax()])
    if main_s in DAY_LENGTHS_S:
        return "day"
    if main_s >= MONTH_S:
        return "month"
    if main_s not in _KNOWN_S:
        problems += [] if has_refused else [OddInterval(line, samples.label, main_s, INTERVAL_MINUTES)]
        return None
    return _runs(distances, main_s, are_ends=terms.are_ends)


def _hours_of_the_clock(stamps: Ints, offsets: Ints, seconds: Ints, terms: Terms) -> Ints:
    """Hours in which the clock changes by less than an hour: longer or shorter, where the next one begins so."""
    others = _calendar(stamps, offsets, terms, "hour")
    lengths, edge = (stamps - others, 0) if terms.are_ends else (others - stamps, len(stamps) - 1)
    distances = np.insert(np.diff(stamps), edge, HOUR_S)
    return np.where(lengths == distances, lengths, seconds)


def _runs(distances: Ints, main_s: int, *, are_ends: bool) -> Ints:
    """The length of each interval, from the distances between them."""
    lengths = np.full(len(distances) + 1, main_s, np.int64)
    begins = np.flatnonzero(np.concatenate(([True], distances[1:] != distances[:-1])))
    shift = 1 if are_ends else 0
    for begin, end in zip(begins, [*begins[1:], len(distances)], strict=True):
        # A long run of equal distances is a meter that was set to another length.
        if end - begin >= SHORTEST_RUN and int(distances[begin]) in _KNOWN_S:
            lengths[begin + shift : end + shift] = distances[begin]
    # The sample at the file's edge has no distance of its own.
    edge, beside = (0, 1) if are_ends else (-1, -2)
    lengths[edge] = lengths[beside]
    return lengths


_KNOWN_S: Final = frozenset(minutes * 60 for minutes in INTERVAL_MINUTES)


def _calendar(stamps: Ints, offsets: Ints, terms: Terms, unit: str) -> Ints:
    """The other end of hours of the clock, days or months."""
    found = []
    for stamp, offset in zip(stamps.tolist(), offsets.tolist(), strict=True):
        local = terms.clock.local(stamp, offset).replace(tzinfo=None)
        if unit == "hour":
            begin = (local - timedelta(seconds=1) if terms.are_ends else local).replace(minute=0, second=0)
            other = begin if terms.are_ends else begin + timedelta(hours=1)
        elif unit == "day":
            other = local + timedelta(days=-1 if terms.are_ends else 1)
        elif terms.are_ends:
            other = (local - timedelta(days=1)).replace(day=1)
        else:
            other = (local.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(_ts(other, terms, offset))
    return np.array(found, np.int64)


def _ts(local: datetime, terms: Terms, offset: int) -> int:
    zone = terms.clock.zone or timezone(timedelta(seconds=offset))
    return int(local.replace(tzinfo=zone).timestamp())


def bounds(terms: Terms, first_offset: int, last_offset: int) -> tuple[int, int]:
    """Unix times of the month's first and last local instant.

    Args:
        terms: with the month.
        first_offset: seconds that the first reading's local clock is ahead of UTC, for files without a zone.
        last_offset: the same of the last reading.
    """
    year, month = divmod(terms.epoch_id, 100)
    next_year, next_month = divmod(next_epoch(terms.epoch_id), 100)
    return (
        _ts(datetime(year, month, 1), terms, first_offset),
        _ts(datetime(next_year, next_month, 1), terms, last_offset),
    )


def in_month(found: Intervals, terms: Terms) -> tuple[Ints, int, int]:
    """Which intervals are of the month, and the month's bounds.

    Without a zone, an interval is of the month that its start shows as written.
    """
    if terms.clock.zone is not None:
        start_ts, end_ts = bounds(terms, 0, 0)
        return np.flatnonzero((found.starts >= start_ts) & (found.starts < end_ts)), start_ts, end_ts
    year, month = divmod(terms.epoch_id, 100)
    next_year, next_month = divmod(next_epoch(terms.epoch_id), 100)
    local = found.starts + found.offsets
    begin, end = (int(datetime(*one, 1, tzinfo=UTC).timestamp()) for one in ((year, month), (next_year, next_month)))
    inside = np.flatnonzero((local >= begin) & (local < end))
    if not len(inside):
        return inside, begin, end
    start_ts, end_ts = bounds(terms, int(found.offsets[inside[0]]), int(found.offsets[inside[-1]]))
    return inside, start_ts, end_ts


# --- a month of intervals ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Hole:
    """Intervals without a reading."""

    line: int
    from_ts: int
    to_ts: int
    each_s: int
    offset: int
    written: str | None = None

    @property
    def intervals(self) -> int:
        """How many."""
        return -(-(self.to_ts - self.from_ts) // self.each_s)


def interval_month(
    found: Intervals, terms: Terms, problems: list[LineProblem], active: tuple[int, int] | None = None
) -> MeterMonth | None:
    """A meter's month.

    Args:
        found: its intervals.
        terms: how to read them.
        problems: what is wrong is added.
        active: Unix times from and until which the meter was there, where another took its place.
    """
    inside, start_ts, end_ts = in_month(found, terms)
    if not len(inside):
        return None
    samples, label = found.samples, found.samples.label
    from_ts, to_ts = active or (start_ts, end_ts)
    kept = _on_the_line(found, inside, start_ts, end_ts, terms, problems)
    holes = _holes(found, kept, from_ts, to_ts)
    # An interval without a line is none where nothing flowed then; one whose line says nothing is.
    remarks: list[Remark] = []
    doubts: list[Doubt] = []
    if terms.absent is Absent.ZERO:
        absent = sum(hole.intervals for hole in holes if hole.written is None)
        doubts = [_absent_for_long(label, hole, terms) for hole in holes if _is_long(hole)]
        holes = [hole for hole in holes if hole.written is not None]
        remarks += [AbsentIsZero(label, absent)] if absent else []
    missing = sum(hole.intervals for hole in holes)
    values = [samples.values[at] for at in found.order[kept].tolist()]
    seconds = found.seconds[kept].tolist()
    exported, imported = _sums(values, seconds, terms.unit)
    filled = Fraction(0)
    if holes and terms.fill_gaps is FillGaps.MEAN:
        intervals = missing + sum(value is not None for value in values)
        if missing * 100 > intervals * MOST_FILLED_PERCENT:
            problems.append(TooManyGaps(holes[0].line, label, missing, intervals, MOST_FILLED_PERCENT))
        else:
            filled = _filled(found, kept, values, holes, terms, problems)
    elif holes and terms.fill_gaps is None:
        total = missing + len(kept)
        may_be_filled = missing * 100 <= total * MOST_FILLED_PERCENT
        problems += [_gap(label, hole, terms, may_be_filled=may_be_filled) for hole in holes]
    quality = max((WEAKNESS[samples.qualities[at]] for at in found.order[kept].tolist()), key=WEAKNESS.index)
    return MeterMonth(
        label=label,
        wh=rounded(exported + filled),
        quality=Quality.SUBSTITUTED if missing else quality,
        rows=sum(value is not None for value in values),
        filled=missing,
        filled_wh=rounded(filled),
        interval_minutes=found.main_s // 60,
        start_ts=from_ts,
        end_ts=to_ts,
        import_wh=rounded(imported),
        first_line=int(found.lines[kept].min()),
        remarks=(
            *remarks,
            *([NoSuchTimes(label, samples.nowhere)] if samples.nowhere else []),
            *([Imported(label, rounded(imported))] if imported > 0 else []),
        ),
        doubts=tuple(doubts),
        series=_series(found, kept, values, terms.unit),
    )


def _on_the_line(
    found: Intervals, inside: Ints, start_ts: int, end_ts: int, terms: Terms, problems: list[LineProblem]
) -> Ints:
    """The intervals that stand beside one another on the grid; the others are problems."""
    starts, seconds = found.starts[inside], found.seconds[inside]
    ends = starts + seconds
    step = np.where(seconds <= HOUR_S, seconds, 1)
    # By the stopwatch since the month began, or by the clock on the wall: a change of half an hour parts them.
    grid = np.minimum((starts - start_ts) % step, (starts + found.offsets[inside]) % step)
    if not grid.any() and (starts[1:] >= ends[:-1]).all() and ends[-1] <= end_ts:
        return inside
    kept: list[int] = []
    free_ts, previous = start_ts, int(inside[0])
    for at, off in zip(inside.tolist(), grid.tolist(), strict=True):
        start, end, line = int(found.starts[at]), int(found.starts[at] + found.seconds[at]), int(found.lines[at])
        shown = terms.clock.local(start, int(found.offsets[at]))
        label = found.samples.label
        if start < free_ts and kept:
            same = start == int(found.starts[previous])
            differs = same and _value(found, at) != _value(found, previous)
            problems.append(Overlap(line, label, shown, int(found.lines[previous]), is_same=same, differs=differs))
            continue
        if off:
            problems.append(OffGrid(line, label, shown, int(found.seconds[at]) // 60))
            continue
        if end > end_ts:
            problems.append(AfterMonth(line, label, shown))
        free_ts, previous = end, at
        kept.append(at)
    return np.array(kept or [int(inside[0])], np.int64)


def _value(found: Intervals, at: int) -> Decimal | None:
    return found.samples.values[int(found.order[at])]


def _holes(found: Intervals, kept: Ints, from_ts: int, to_ts: int) -> list[_Hole]:
    starts, seconds, lines, offsets = (one[kept] for one in (found.starts, found.seconds, found.lines, found.offsets))
    ends = starts + seconds
    holes: list[_Hole] = []
    before = np.concatenate(([from_ts], ends))
    after = np.concatenate((starts, [to_ts]))
    for at in np.flatnonzero(after > before).tolist():
        row = min(at, len(kept) - 1)
        each = int(seconds[max(at - 1, 0)])
        holes.append(_Hole(int(lines[row]), int(before[at]), int(after[at]), each, int(offsets[row])))
    written = found.samples.written
    if written:
        places = {int(sample): at for at, sample in enumerate(found.order[kept].tolist())}
        for sample, text in written.items():
            if sample in places:
                at = places[sample]
                start, each = int(starts[at]), int(seconds[at])
                holes.append(_Hole(int(lines[at]), start, start + each, each, int(offsets[at]), text))
    return sorted(holes, key=lambda hole: hole.from_ts)


def _is_long(hole: _Hole) -> bool:
    """Whether more than a night is absent."""
    return hole.written is None and hole.to_ts - hole.from_ts > DAY_S


def _absent_for_long(label: str, hole: _Hole, terms: Terms) -> AbsentForLong:
    start, end = (terms.clock.local(ts, hole.offset) for ts in (hole.from_ts, hole.to_ts))
    return AbsentForLong(hole.line, label, start, end)


def _gap(label: str, hole: _Hole, terms: Terms, *, may_be_filled: bool) -> Gap:
    start = terms.clock.local(hole.from_ts, hole.offset)
    end = terms.clock.local(hole.to_ts, hole.offset)
    return Gap(hole.line, label, start, end, hole.intervals, hole.written, may_be_filled)


def _sums(values: Sequence[Decimal | None], seconds: Sequence[int], unit: Unit) -> tuple[Fraction, Fraction]:
    """Exact Wh out and in."""
    outs: dict[int, Decimal] = {}
    ins: dict[int, Decimal] = {}
    add = EXACT.add
    for value, each in zip(values, seconds, strict=True):
        if value:
            key = each if unit.is_power else 0
            sums = outs if value > 0 else ins
            sums[key] = add(sums.get(key, _ZERO), value)
    return (
        sum((Fraction(total) * unit.wh(each) for each, total in outs.items()), Fraction(0)),
        sum((-Fraction(total) * unit.wh(each) for each, total in ins.items()), Fraction(0)),
    )


_ZERO: Final = Decimal(0)


def _filled(
    found: Intervals,
    kept: Ints,
    values: Sequence[Decimal | None],
    holes: Iterable[_Hole],
    terms: Terms,
    problems: list[LineProblem],
) -> Fraction:
    """Wh that stand for missing intervals: the mean of the same time of day on the nearest days that have it."""
    known: dict[tuple[int, int], Fraction] = {}
    for at, value in zip(kept.tolist(), values, strict=True):
        if value is not None:
            seconds = int(found.seconds[at])
            wh = Fraction(max(value, _ZERO)) * terms.unit.wh(seconds)
            known[_day_and_time(terms, int(found.starts[at]), int(found.offsets[at]))] = wh
    times = {time for _, time in known}
    days = sorted({day for day, _ in known})
    total = Fraction(0)
    for hole in holes:
        for start in range(hole.from_ts, hole.to_ts, hole.each_s):
            day, time = _day_and_time(terms, start, hole.offset)
            near = []
            if time in times:
                earlier = [known[one, time] for one in reversed(days) if one < day and (one, time) in known]
                later = [known[one, time] for one in days if one > day and (one, time) in known]
                near = earlier[:1] + later[:1]
            if not near:
                problems.append(NothingLikeIt(hole.line, found.samples.label, terms.clock.local(start, hole.offset)))
                continue
            total += sum(near, Fraction(0)) / len(near)
    return total


def _day_and_time(terms: Terms, ts: int, offset: int) -> tuple[int, int]:
    local = terms.clock.local(ts, offset)
    return local.toordinal(), local.hour * 60 + local.minute


def _series(found: Intervals, kept: Ints, values: Sequence[Decimal | None], unit: Unit) -> Series:
    has = np.array([value is not None for value in values], bool)
    seconds = found.seconds[kept][has]
    numbers = np.array([float(value) for value in values if value is not None])
    factor = unit.factor * (seconds / 3_600 if unit.is_power else 1)
    return Series(found.starts[kept][has], seconds, numbers * factor, found.lines[kept][has], found.offsets[kept][has])


def rounded(wh: Fraction) -> int:
    """Whole Wh, rounded half up: once a meter and month."""
    return int((wh * 2 + 1) // 2)


def most_frequent(numbers: Iterable[int]) -> int:
    """The most frequent of several numbers, the smallest where several are."""
    counts = Counter(numbers)
    return min(counts, key=lambda one: (-counts[one], one))
