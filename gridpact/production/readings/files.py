"""A file of readings: in GridPact's own format, in one of the trade's, or as a profile says."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import chain

from gridpact.contracts.units import MAX_LEDGER_WH
from gridpact.production.readings import green_button, nem12, own, sheet, sniff, text
from gridpact.production.readings.causes import cause_of, shifted
from gridpact.production.readings.doubts import above_limit
from gridpact.production.readings.errors import (
    Cause,
    ColumnFault,
    Exchange,
    FileFault,
    FileKind,
    Gap,
    LineProblem,
    MayBeEnds,
    MayBeStarts,
    NotOwnFormat,
    OtherEncoding,
    OtherKind,
    OtherMonths,
    OutsideMonth,
    ReadingsError,
    StampsAreEnds,
    StampsAreStarts,
    TotalTooLarge,
    WrongColumn,
    WrongFile,
)
from gridpact.production.readings.exchange import active_times
from gridpact.production.readings.model import MeterMonth, Readings, Samples
from gridpact.production.readings.month import Intervals, Terms, in_month, interval_month, intervals_of
from gridpact.production.readings.options import FillGaps, Format
from gridpact.production.readings.profile import Absent, FileSection, Kind, NamedProfile, Profile, Unit
from gridpact.production.readings.register import Register, instants_outside, register_month
from gridpact.production.readings.table import Layout, layout_of, samples
from gridpact.production.readings.text import Row
from gridpact.production.readings.values import UNIX, Clock


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read.

    Attributes:
        profile: how it is written; by default in one of the formats.
        format: the format, where there is no profile.
        channel: of a format that has several: NEM12's suffix, Green Button's direction of flow.
        zone: of the month, and of times without an offset, where there is no profile.
        fill_gaps: what to put where readings are missing; by default that is refused.
        interval_minutes: length of an interval; by default what the distances between a meter's readings show.
    """

    profile: NamedProfile | None = None
    format: Format = Format.CSV
    channel: str | None = None
    zone: tzinfo | None = None
    fill_gaps: FillGaps | None = None
    interval_minutes: int | None = None


def parse(content: bytes, epoch_id: int | None = None, options: Options | None = None) -> Readings:
    """The readings in a file.

    Args:
        content: the file.
        epoch_id: the month; readings of other months are skipped. By default that of its first reading, and all others
            have to be of it.
        options: how to read it; by default as GridPact's own format.

    Raises:
        ReadingsError: with every line that cannot be taken, and the likely cause.
    """
    said = options or Options()
    problems: list[LineProblem] = []
    source = source_of(content, said, problems)
    if source is None or (problems and not source.meters):
        raise ReadingsError(_sorted(problems), _cause_of_file(content, said, problems))
    if not source.meters:
        raise ReadingsError((WrongFile(1, FileFault.NO_READINGS),))
    profile = None if said.profile is None else said.profile.profile
    terms = Terms(
        epoch_id=epoch_id or _first_epoch(source),
        clock=source.clock,
        unit=source.unit,
        are_ends=source.clock.ends,
        absent=Absent.GAP if profile is None else profile.value.absent,
        interval=said.interval_minutes or (None if profile is None else profile.time.interval),
        fill_gaps=said.fill_gaps,
    )
    if profile is not None and profile.value.kind is Kind.REGISTER:
        found = _registers(source, terms, profile, problems, any_month=epoch_id is not None)
    else:
        found = _intervals(source, terms, problems, any_month=epoch_id is not None)
    return Readings(
        epoch_id=terms.epoch_id,
        meters=tuple(found.months),
        source_hash=hashlib.sha256(content).digest(),
        profile_hash=None if said.profile is None else said.profile.sha256,
        remarks=(
            *([OtherMonths(found.outside, terms.epoch_id)] if found.outside else []),
            *found.exchanges,
            *(remark for month in found.months for remark in month.remarks),
        ),
        doubts=(
            *found.shifted,
            *(doubt for month in found.months for doubt in month.doubts),
            *([] if profile is None else above_limit(found.months, profile.limits.peak_kw)),
        ),
    )


@dataclass(slots=True)
class _Found:
    """Months that hold, and what is to be said about them."""

    months: Sequence[MeterMonth]
    outside: int
    exchanges: Sequence[Exchange] = ()
    shifted: Sequence[MayBeEnds | MayBeStarts] = ()


def _intervals(source: "Source", terms: Terms, problems: list[LineProblem], *, any_month: bool) -> _Found:
    meters = [intervals_of(each, terms, problems) for each in source.meters.values()]
    intervals = [one for one in meters if one is not None]
    outside = [_outside(one, terms) for one in intervals]
    # A line that could not be taken leaves a gap behind: the line is named, the gap is not.
    may_show_gaps = not problems and (any_month or not any(outside))
    active, exchanges = active_times(intervals, terms)
    found = [
        month
        for one in intervals
        if (month := interval_month(one, terms, problems, active.get(one.samples.label))) is not None
    ]
    if not any_month or (intervals and not found):
        problems += [one for each in outside for one in each]
    _check_total(found, problems)
    if problems:
        shown = [one for one in problems if may_show_gaps or not isinstance(one, Gap)]
        raise ReadingsError(_sorted(shown), cause_of(intervals, terms, shown))
    doubts = [_may_be(one, cause) for one in intervals if (cause := shifted(one, terms))]
    return _Found(found, sum(map(len, outside)), exchanges, doubts)


def _may_be(one: Intervals, cause: StampsAreEnds | StampsAreStarts) -> MayBeEnds | MayBeStarts:
    doubt = MayBeEnds if isinstance(cause, StampsAreEnds) else MayBeStarts
    return doubt(int(one.lines[0]), one.samples.label, cause.first, cause.last)


def _registers(
    source: "Source", terms: Terms, profile: Profile, problems: list[LineProblem], *, any_month: bool
) -> _Found:
    register = Register(profile.value.rollover, exchange=profile.value.exchange)
    months = [register_month(one, terms, register, problems) for one in source.meters.values()]
    found = [month for month in months if month is not None]
    outside = [one for each in source.meters.values() for one in instants_outside(each, terms)]
    if not any_month or not found:
        problems += outside
    _check_total(found, problems)
    if problems:
        raise ReadingsError(_sorted(problems), None)
    return _Found(found, len(outside))


def _check_total(months: Iterable[MeterMonth], problems: list[LineProblem]) -> None:
    total = sum(month.wh for month in months)
    if total > MAX_LEDGER_WH:
        problems.append(TotalTooLarge(1, total))


def _outside(one: Intervals, terms: Terms) -> list[OutsideMonth]:
    inside = set(in_month(one, terms)[0].tolist())
    if len(inside) == len(one.starts):
        return []
    return [
        OutsideMonth(int(one.lines[at]), terms.clock.local(int(one.starts[at]), int(one.offsets[at])), terms.epoch_id)
        for at in range(len(one.starts))
        if at not in inside
    ]


# --- what a file holds ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Source:
    """A file's samples, and how they count."""

    meters: dict[str, Samples]
    clock: Clock
    unit: Unit


def _first_epoch(source: Source) -> int:
    """The month of the first reading."""
    first = min(source.meters.values(), key=lambda one: one.lines[0])
    # An end of an interval that is midnight belongs to the day before.
    moment = source.clock.local(first.stamps[0] - source.clock.ends, first.offsets[0])
    return moment.year * 100 + moment.month


def source_of(content: bytes, options: Options, problems: list[LineProblem]) -> Source | None:
    """What a file holds, of whatever months; None where it cannot be read.

    Args:
        content: the file.
        options: how to read it.
        problems: what is wrong is added.
    """
    if options.profile is None and options.format is Format.GREEN_BUTTON:
        clock = Clock(UNIX, options.zone)
        found = green_button.samples(content, clock, options.channel, problems)
        return None if found is None else Source(found[0], clock, found[1])
    rows = _rows(content, options, problems)
    if rows is None:
        return None
    if options.profile is None and options.format is Format.NEM12:
        found = nem12.samples(list(rows), options.channel, problems)
        return None if found is None else Source(found[0], Clock(zone=options.zone or nem12.MARKET_TIME), found[1])
    if options.profile is None:
        header = next(rows, None)
        layout = None if header is None else own.layout_of(header, options.zone, problems)
    else:
        layout, rows = _profile_layout(options.profile.profile, rows, problems)
    if layout is None:
        if not problems:
            problems.append(WrongFile(1, FileFault.EMPTY))
        return None
    return Source(samples(rows, layout, problems), layout.clock, layout.unit)


def _rows(content: bytes, options: Options, problems: list[LineProblem]) -> Iterator[Row] | None:
    file = FileSection() if options.profile is None else options.profile.profile.file
    if sniff.kind_of(content) is FileKind.SHEET:
        return sheet.rows(content, file.sheet, file.decimal, problems)
    written = text.decoded(content, file.encoding, problems)
    return None if written is None else text.rows(written, file.separator, problems)


def _profile_layout(
    profile: Profile, rows: Iterator[Row], problems: list[LineProblem]
) -> tuple[Layout | None, Iterator[Row]]:
    head: list[Row] = []
    first: Row | None = None
    for row in rows:
        if row[0] > profile.file.skip:
            first = row
            break
        head.append(row)
    if first is None:
        return None, rows
    if not profile.file.header:
        rows = chain([first], rows)
    readings = _without_last(rows, profile.file.footer) if profile.file.footer else rows
    return layout_of(profile, head, first if profile.file.header else None, problems), readings


def _without_last(rows: Iterator[Row], count: int) -> Iterator[Row]:
    held: deque[Row] = deque()
    for row in rows:
        held.append(row)
        if len(held) > count:
            yield held.popleft()


def _cause_of_file(content: bytes, options: Options, problems: Iterable[LineProblem]) -> Cause | None:
    """Why a file cannot be read at all."""
    kind = sniff.kind_of(content)
    if kind is not None and kind is not FileKind.SHEET and kind.value != options.format.value:
        return OtherKind(kind)
    if kind is FileKind.SHEET or options.format is not Format.CSV:
        return None
    encoding = sniff.encoding_of(content)
    said = (FileSection() if options.profile is None else options.profile.profile.file).encoding
    if sniff.is_other(content, encoding, said):
        return OtherEncoding(encoding)
    missing = [one for one in problems if isinstance(one, WrongColumn) and one.fault is ColumnFault.MISSING]
    if options.profile is None and len(missing) > 1:
        return NotOwnFormat(sniff.separator_of(content.decode("utf-8", "replace")))
    return None


def _sorted(problems: Iterable[LineProblem]) -> tuple[LineProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))
