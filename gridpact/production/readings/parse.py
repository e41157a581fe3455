"""A file of readings: in GridPact's own format, or as a profile says."""

import hashlib
from collections.abc import Iterable
from itertools import chain

from gridpact.contracts.units import MAX_LEDGER_WH
from gridpact.production.readings import own, sniff, text
from gridpact.production.readings.causes import cause_of
from gridpact.production.readings.errors import (
    ColumnFault,
    FileFault,
    Gap,
    LineProblem,
    NotOwnFormat,
    OtherEncoding,
    OtherKind,
    OutsideMonth,
    ReadingsError,
    TotalTooLarge,
    WrongColumn,
    WrongFile,
)
from gridpact.production.readings.model import FillGaps, Readings, Samples
from gridpact.production.readings.month import Intervals, Terms, in_month, interval_month, intervals_of
from gridpact.production.readings.profile import NamedProfile, Profile, Stamps
from gridpact.production.readings.table import Layout, layout_of, samples
from gridpact.production.readings.text import Row


def parse(
    content: bytes,
    epoch_id: int | None = None,
    fill_gaps: FillGaps | None = None,
    interval_minutes: int | None = None,
    profile: NamedProfile | None = None,
) -> Readings:
    """The readings in a file.

    Args:
        content: the file.
        epoch_id: the month; readings of others are passed over. By default that of its first reading, and all others
            have to be of it.
        fill_gaps: what to put where readings are missing; by default that is refused.
        interval_minutes: length of an interval; by default what the distances between a meter's readings show.
        profile: how the file is written; by default GridPact's own format.

    Raises:
        ReadingsError: with every line that cannot be taken, and the likely cause.
    """
    problems: list[LineProblem] = []
    said = None if profile is None else profile.profile
    found = _samples(content, said, problems)
    if found is None:
        raise ReadingsError(_sorted(problems), _cause_of_file(content, said, problems))
    layout, meters = found
    if problems and not meters:
        raise ReadingsError(_sorted(problems))
    terms = Terms(
        epoch_id=epoch_id or _first_epoch(layout, meters),
        clock=layout.clock,
        unit=layout.unit,
        are_ends=said is not None and said.time.stamps is Stamps.END,
        interval=interval_minutes or (None if said is None else said.time.interval),
        fill_gaps=fill_gaps,
        **({} if said is None else {"absent": said.value.absent}),
    )
    return _readings(content, meters, terms, profile, problems, any_month=epoch_id is not None)


def _readings(
    content: bytes,
    meters: dict[str, Samples],
    terms: Terms,
    profile: NamedProfile | None,
    problems: list[LineProblem],
    *,
    any_month: bool,
) -> Readings:
    intervals = [one for one in (intervals_of(each, terms, problems) for each in meters.values()) if one is not None]
    outside = [_outside(one, terms) for one in intervals]
    # A line that could not be taken leaves a gap behind: the line is named, the gap is not.
    may_show_gaps = not problems and (any_month or not any(outside))
    months = [interval_month(one, terms, problems) for one in intervals]
    found = [month for month in months if month is not None]
    if not any_month or (intervals and not found):
        problems += [one for each in outside for one in each]
    total = sum(month.wh for month in found)
    if total > MAX_LEDGER_WH:
        problems.append(TotalTooLarge(1, total))
    if problems:
        shown = [one for one in problems if may_show_gaps or not isinstance(one, Gap)]
        raise ReadingsError(_sorted(shown), cause_of(intervals, terms, shown))
    return Readings(
        epoch_id=terms.epoch_id,
        meters=tuple(found),
        source_hash=hashlib.sha256(content).digest(),
        profile_hash=None if profile is None else profile.sha256,
        other_months=sum(map(len, outside)),
    )


def _outside(one: Intervals, terms: Terms) -> list[OutsideMonth]:
    inside = set(in_month(one, terms)[0].tolist())
    if len(inside) == len(one.starts):
        return []
    return [
        OutsideMonth(int(one.lines[at]), terms.clock.local(int(one.starts[at]), int(one.offsets[at])), terms.epoch_id)
        for at in range(len(one.starts))
        if at not in inside
    ]


def _first_epoch(layout: Layout, meters: dict[str, Samples]) -> int:
    """The month of the first reading."""
    first = min(meters.values(), key=lambda one: one.lines[0])
    # An end of an interval that is midnight belongs to the day before.
    moment = layout.clock.local(first.stamps[0] - layout.clock.ends, first.offsets[0])
    return moment.year * 100 + moment.month


def _samples(
    content: bytes, profile: Profile | None, problems: list[LineProblem]
) -> tuple[Layout, dict[str, Samples]] | None:
    encoding = "utf-8" if profile is None else profile.file.encoding
    written = text.decoded(content, encoding, problems)
    if written is None:
        return None
    separator = "," if profile is None else profile.file.separator
    lines = text.rows(written, separator, problems)
    if profile is None:
        header = next(lines, None)
        layout = None if header is None else own.layout_of(header, problems)
    else:
        skip = profile.file.skip
        head: list[Row] = []
        header = None
        for row in lines:
            if row[0] <= skip:
                head.append(row)
                continue
            header = row
            break
        layout = _profile_layout(profile, head, header, problems)
        if not profile.file.header and header is not None:
            lines = chain([header], lines)
    if layout is None:
        if not problems:
            problems.append(WrongFile(1, FileFault.EMPTY))
        return None
    return layout, samples(lines, layout, problems)


def _profile_layout(
    profile: Profile, head: list[Row], header: Row | None, problems: list[LineProblem]
) -> Layout | None:
    if header is None:
        return None
    return layout_of(profile, head, header if profile.file.header else None, problems)


def _cause_of_file(
    content: bytes, profile: Profile | None, problems: Iterable[LineProblem]
) -> NotOwnFormat | OtherEncoding | OtherKind | None:
    """Why a file cannot be read at all."""
    kind = sniff.kind_of(content)
    if kind is not None:
        return OtherKind(kind)
    encoding = sniff.encoding_of(content)
    said = "utf-8" if profile is None else profile.file.encoding
    if encoding != said and encoding != "utf-8":
        return OtherEncoding(encoding)
    missing = [one for one in problems if isinstance(one, WrongColumn) and one.fault is ColumnFault.MISSING]
    if profile is None and len(missing) > 1:
        return NotOwnFormat(sniff.separator_of(content.decode("utf-8", "replace")))
    return None


def _sorted(problems: Iterable[LineProblem]) -> tuple[LineProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))
