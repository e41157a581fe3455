"""The single readings of a file, for a meter that signs what it has read: summed by interval, day or month.

A gateway sends what it has, so no month has to be whole. Figures are whole Wh: the running sum is rounded half up, so
that what was lost of one reading is in the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import Final

from gridpact.production.read import Quality
from gridpact.production.readings.errors import LineProblem, Overlap, ReadingsError
from gridpact.production.readings.files import Options, source_of
from gridpact.production.readings.model import WEAKNESS
from gridpact.production.readings.month import Intervals, Terms, bounds, intervals_of
from gridpact.production.readings.options import Per

SECONDS_PER_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Single:
    """What a meter has read in one span of a month."""

    label: str
    epoch_id: int
    """The month that its start shows on the local clock."""
    interval_id: int
    """Minutes from the month's first local instant to its start, and 1."""
    start_ts: int
    end_ts: int
    wh: int
    quality: Quality
    """The weakest of the file's in it."""


def singles(content: bytes, per: Per, options: Options | None = None) -> list[Single]:
    """The readings of a file, by meter and time.

    Args:
        content: the file.
        per: what one of them is of.
        options: how to read it; by default as GridPact's own format. Registers are not read so.

    Raises:
        ReadingsError: with every line that cannot be taken.
    """
    said = options or Options()
    problems: list[LineProblem] = []
    source = source_of(content, said, problems)
    found: list[Single] = []
    if source is not None and not problems:
        terms = Terms(0, source.clock, source.unit, source.clock.ends, interval=said.interval_minutes)
        for samples in source.meters.values():
            intervals = intervals_of(samples, terms, problems)
            if intervals is not None:
                problems += _overlaps(intervals, terms)
                found += _summed(list(_spans(intervals, terms)), per, terms)
    if problems:
        raise ReadingsError(tuple(sorted(problems, key=lambda one: one.line)))
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    """One line's reading."""

    label: str
    epoch_id: int
    day: int
    start_ts: int
    end_ts: int
    offset: int
    wh: Fraction
    weakness: int


def _spans(intervals: Intervals, terms: Terms) -> Iterator[_Span]:
    """The lines with a reading, in the order of their times."""
    samples = intervals.samples
    columns = (intervals.order, intervals.starts, intervals.seconds, intervals.offsets)
    for index, start_ts, seconds, offset in zip(*(column.tolist() for column in columns), strict=True):
        value = samples.values[index]
        if value is None:
            continue
        local = terms.clock.local(start_ts, offset)
        yield _Span(
            label=samples.label,
            epoch_id=local.year * 100 + local.month,
            day=local.day,
            start_ts=start_ts,
            end_ts=start_ts + seconds,
            offset=offset,
            wh=Fraction(value) * terms.unit.wh(seconds),
            weakness=samples.qualities[index],
        )


def _summed(spans: Sequence[_Span], per: Per, terms: Terms) -> Iterator[Single]:
    sum_wh = Fraction()
    for (epoch_id, _), alike in groupby(spans, key=lambda span: _place(span, per)):
        each = list(alike)
        first, last = each[0], each[-1]
        month_start_ts, _ = bounds(replace(terms, epoch_id=epoch_id), first.offset, last.offset)
        before_wh = sum_wh
        sum_wh += sum((span.wh for span in each), Fraction())
        yield Single(
            label=first.label,
            epoch_id=epoch_id,
            interval_id=(first.start_ts - month_start_ts) // SECONDS_PER_MINUTE + 1,
            start_ts=first.start_ts,
            end_ts=last.end_ts,
            wh=_rounded(sum_wh) - _rounded(before_wh),
            quality=WEAKNESS[max(span.weakness for span in each)],
        )


def _overlaps(intervals: Intervals, terms: Terms) -> Iterator[Overlap]:
    starts, lines = intervals.starts.tolist(), intervals.lines.tolist()
    ends = (intervals.starts + intervals.seconds).tolist()
    for at in range(1, len(starts)):
        if starts[at] < ends[at - 1]:
            start = terms.clock.local(starts[at], int(intervals.offsets[at]))
            is_same = starts[at] == starts[at - 1]
            yield Overlap(lines[at], intervals.samples.label, start, lines[at - 1], is_same)


def _rounded(wh: Fraction) -> int:
    """Half up."""
    return floor(wh + Fraction(1, 2))


def _place(span: _Span, per: Per) -> tuple[int, int]:
    if per is Per.MONTH:
        return span.epoch_id, 0
    return span.epoch_id, span.day if per is Per.DAY else span.start_ts
