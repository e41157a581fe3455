"""Lines of fields, read as a layout says: each meter's samples, in the file's order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from gridpact.contracts.units import MAX_LEDGER_WH
from gridpact.production.errors import InvalidLabel
from gridpact.production.labels import label_of
from gridpact.production.read import Quality
from gridpact.production.readings.errors import (
    ColumnFault,
    FileFault,
    LineProblem,
    NoMeterInHeading,
    NotADay,
    ValueFault,
    WrongColumn,
    WrongFieldCount,
    WrongFile,
    WrongValue,
)
from gridpact.production.readings.model import EXACT, WEAKNESS, Sample, Samples
from gridpact.production.readings.profile import Column, Kind, Profile, Sign, Stamps, Unit
from gridpact.production.readings.text import Row
from gridpact.production.readings.values import Clock, Numbers, Refused, Stamp

ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
"""A long number as a spreadsheet shows it: its last digits are lost."""
NOISE: Final = Decimal("0.000001")
"""A negative value nearer to zero is the remainder of somebody's subtraction of floats, in kWh or less."""


DAY: Final = 24 * 60
SHORTEST_DAY: Final = 23 * 60
LONGEST_DAYS: Final = (24 * 60, 24 * 60 + 30, 25 * 60)
"""Minutes that the columns of a day fill, in a zone whose clocks change by so much."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one reading of a line stands."""

    values: tuple[int, ...]
    """Fields that are added."""
    label: str | None = None
    """The meter, where the column says it."""
    minutes: int | None = None
    """After the line's own time, where a line holds several."""
    is_repeated: bool = False
    """Whether it is the second time of an hour that a clock change repeats, and nothing on other days."""


@dataclass(slots=True)
class Layout:
    """Where in a line everything stands, and how it is written."""

    width: int
    """Fields that a line needs."""
    times: tuple[int, ...]
    cells: tuple[Cell, ...]
    clock: Clock
    numbers: Numbers
    unit: Unit
    meter: int | str
    """A field, or the name itself."""
    alias: Mapping[str, str] = field(default_factory=dict)
    is_exact: bool = False
    """Whether a line may have no further fields."""
    is_elapsed: bool = False
    sign: Sign = Sign.NONE
    kind: Kind = Kind.INTERVAL
    quality: int | None = None
    qualities: Mapping[str, int] = field(default_factory=dict)
    """Words in small letters → indexes of `WEAKNESS`."""
    direction: int | None = None
    directions: Mapping[str, bool] = field(default_factory=dict)
    """Words in small letters → whether they mean export."""


def layout_of(profile: Profile, head: Sequence[Row], header: Row | None, problems: list[LineProblem]) -> Layout | None:
    """Where a profile's columns stand in a file.

    Args:
        profile: what the source writes.
        head: the lines before the header.
        header: the line that names the columns, None where there is none.
        problems: what is wrong is added.
    """
    find = _Finder(header, problems)
    value, meter, wide = profile.value, profile.meter, profile.wide
    times = tuple(find.field(one) for one in profile.time.columns)
    cells: list[Cell] = []
    if wide is not None:
        first, last = find.field(wide.first), find.field(wide.last)
        cells = _wide_cells(first, last, [find.field(one) for one in wide.repeated], wide.minutes)
    elif meter.columns is not None:
        cells = [Cell((find.field(one),), label=find.name(one)) for one in meter.columns]
    else:
        cells = [Cell(tuple(find.field(one) for one in value.columns))]
    who: int | str = ""
    if meter.column is not None:
        who = find.field(meter.column)
    elif meter.name is not None:
        who = meter.name
    elif meter.heading is not None:
        who = _in_heading(meter.heading, [*head, *([header] if header else [])], problems)
    quality, direction = profile.quality, profile.direction
    layout = Layout(
        width=0,
        times=times,
        cells=tuple(cells),
        clock=Clock(profile.time.format, profile.zone, ends=profile.time.stamps is Stamps.END),
        numbers=Numbers(profile.file.decimal, profile.file.thousands, profile.file.empty),
        unit=value.unit,
        meter=who,
        alias=meter.alias,
        is_elapsed=wide is not None and wide.clock == "elapsed",
        sign=value.sign,
        kind=value.kind,
        quality=None if quality is None else find.field(quality.column),
        qualities={} if quality is None else quality_words(quality.model_dump()),
        direction=None if direction is None else find.field(direction.column),
        directions={}
        if direction is None
        else {word.casefold(): word in direction.export for word in (*direction.export, *direction.passed_over)},
    )
    # A line that counts through its day may end with it.
    needed = cells[: SHORTEST_DAY // wide.minutes] if wide is not None and layout.is_elapsed else cells
    fields = [*times, *(at for cell in needed for at in cell.values)]
    fields += [at for at in (layout.meter, layout.quality, layout.direction) if isinstance(at, int)]
    layout.width = max(fields) + 1
    lengths = LONGEST_DAYS if layout.is_elapsed else (DAY,)
    days = sum(not cell.is_repeated for cell in cells)
    if wide is not None and not problems and days * wide.minutes not in lengths:
        problems.append(NotADay(header[0] if header else 1, days, wide.minutes))
    return None if problems else layout


def _wide_cells(first: int, last: int, repeated: Sequence[int], minutes: int) -> list[Cell]:
    """The cells of a line that holds a day. The hour that is repeated has the times of the columns before it."""
    cells: list[Cell] = []
    begin = 0
    for at in range(first, last + 1):
        if at in repeated:
            cells.append(Cell((at,), minutes=begin - (len(repeated) - repeated.index(at)) * minutes, is_repeated=True))
        else:
            cells.append(Cell((at,), minutes=begin))
            begin += minutes
    return cells


def quality_words(words: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Quality words of a source, in small letters → indexes of `WEAKNESS`. None at all is an actual reading."""
    known = {"": WEAKNESS.index(Quality.ACTUAL)}
    for at, quality in enumerate(WEAKNESS):
        known |= {word.casefold(): at for word in words.get(quality.value, ())}
    return known


class _Finder:
    def __init__(self, header: Row | None, problems: list[LineProblem]) -> None:
        self._line, names = header or (1, [])
        self._names = [name.strip() for name in names]
        self._problems = problems

    def field(self, column: Column) -> int:
        """The index of a column; 0 where there is none."""
        if isinstance(column, int):
            return column - 1
        wanted = column.strip()
        found = [at for at, name in enumerate(self._names) if name == wanted]
        found = found or [at for at, name in enumerate(self._names) if name.casefold() == wanted.casefold()]
        if len(found) != 1:
            fault = ColumnFault.TWICE if found else ColumnFault.MISSING
            self._problems.append(WrongColumn(self._line, column, fault))
            return 0
        return found[0]

    def name(self, column: Column) -> str:
        """What a column is called."""
        at = self.field(column)
        return self._names[at] if at < len(self._names) else str(column)


def _in_heading(pattern: str, lines: Sequence[Row], problems: list[LineProblem]) -> str:
    for _, fields in lines:
        for one in fields:
            found = re.search(pattern, one)
            if found is not None:
                return found[found.re.groups and 1].strip()
    problems.append(NoMeterInHeading(lines[-1][0] if lines else 1, pattern))
    return ""


# --- reading ----------------------------------------------------------------------------------------------------------


def samples(rows: Iterable[Row], layout: Layout, problems: list[LineProblem]) -> dict[str, Samples]:
    """Each meter's samples.

    Args:
        rows: the lines after the header.
        layout: where everything stands.
        problems: what is wrong is added, line by line.
    """
    reader = _Reader(layout)
    seen = False
    for line, fields in rows:
        seen = True
        if len(fields) < layout.width or (layout.is_exact and len(fields) != layout.width):
            problems.append(WrongFieldCount(line, len(fields), layout.width))
            continue
        try:
            reader.take(line, fields)
        except Refused as refused:
            problems.append(WrongValue(line, refused.fault, refused.text, refused.wanted))
    if not seen and not problems:
        problems.append(WrongFile(1, FileFault.NO_READINGS))
    found = {label: one for label, one in reader.meters.items() if one.lines}
    for one in found.values():
        _part_twins(one)
        _take_parts(one, problems)
    return found


class _Reader:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.meters: dict[str, Samples] = {}
        self._by_text: dict[str, Samples] = {}
        unit = layout.unit
        self._most = Decimal(MAX_LEDGER_WH) / unit.factor
        self._noise = -NOISE * (1_000 if unit.factor == 1 else 1)
        (self._time, *more) = layout.times
        self._times = layout.times if more else None
        self._is_signed = layout.sign is not Sign.NONE

    def take(self, line: int, fields: list[str]) -> None:
        """Take a line's readings.

        Raises:
            Refused: one cannot be taken.
        """
        layout = self._layout
        if layout.direction is not None and not self._is_export(fields[layout.direction].strip()):
            return
        text = fields[self._time] if self._times is None else " ".join(fields[at].strip() for at in self._times)
        who = layout.meter if isinstance(layout.meter, str) else fields[layout.meter]
        quality = 0 if layout.quality is None else self._quality(fields[layout.quality].strip())
        for cell in layout.cells:
            if cell.values[-1] >= len(fields):
                break
            name = who if cell.label is None else cell.label
            one = self._by_text.get(name) or self._meter(name)
            if cell.minutes is None:
                stamp = layout.clock.read(text)
            else:
                stamp = layout.clock.read_at(text, cell.minutes, elapsed=layout.is_elapsed)
            value = self._value(cell, fields)
            if (cell.is_repeated and stamp.twin is None) or not stamp.exists:
                self._pass_over(one, cell, stamp, (line, stamp.ts, stamp.offset, value, quality, text))
                continue
            if value is None:
                one.written[len(one.lines)] = fields[cell.values[0]].strip()
            if stamp.twin is not None:
                one.ambiguous.append((len(one.lines), *stamp.twin))
            one.lines.append(line)
            one.stamps.append(stamp.ts)
            one.offsets.append(stamp.offset)
            one.values.append(value)
            one.qualities.append(quality)

    def _pass_over(self, one: Samples, cell: Cell, stamp: Stamp, sample: Sample) -> None:
        """What is of no time: columns of a repeated hour on other days, hours that a clock change leaves out.

        Raises:
            Refused: it holds energy.
        """
        (*_, value, _, text) = sample
        if cell.is_repeated:
            if value:
                raise Refused(ValueFault.NOT_REPEATED, text)
        elif stamp.begins_part and not self._layout.is_elapsed:
            one.parts.append(sample)
        else:
            if value:
                raise Refused(ValueFault.AFTER_DAY if self._layout.is_elapsed else ValueFault.NO_SUCH_TIME, text)
            one.nowhere += not self._layout.is_elapsed

    def _is_export(self, word: str) -> bool:
        is_export = self._layout.directions.get(word.casefold())
        if is_export is None:
            raise Refused(ValueFault.DIRECTION, word)
        return is_export

    def _quality(self, word: str) -> int:
        quality = self._layout.qualities.get(word.casefold())
        if quality is None:
            raise Refused(ValueFault.QUALITY, word)
        return quality

    def _value(self, cell: Cell, fields: list[str]) -> Decimal | None:
        """A cell's value, positive where energy is exported; None where there is none."""
        numbers, (first, *others) = self._layout.numbers, cell.values
        value = numbers.read(fields[first])
        for at in others:
            more = numbers.read(fields[at])
            value = None if value is None or more is None else EXACT.add(value, more)
        if value is None:
            return None
        if self._layout.sign is Sign.EXPORT_NEGATIVE:
            value = -value
        elif value < self._noise and not self._is_signed:
            raise Refused(ValueFault.NEGATIVE, fields[first].strip())
        if value > self._most:
            raise Refused(ValueFault.TOO_MUCH, fields[first].strip())
        return value

    def _meter(self, text: str) -> Samples:
        written = text.strip()
        label = self._layout.alias.get(written, written)
        check_label(label)
        one = self.meters.setdefault(label, Samples(label))
        self._by_text[text] = one
        return one


def check_label(label: str) -> None:
    """Whether a text can be a meter's name.

    Raises:
        Refused: it cannot.
    """
    if not label:
        raise Refused(ValueFault.NO_METER)
    if ROUNDED.fullmatch(label):
        raise Refused(ValueFault.NUMBER_AS_LABEL, label)
    try:
        label_of(label)
    except InvalidLabel as error:
        raise Refused(ValueFault.LABEL, label) from error


def _part_twins(one: Samples) -> None:
    """Local times that a clock change repeats are the first and the second in the file's order."""
    if not one.ambiguous:
        return
    falls = one.stamps[0] > one.stamps[-1]
    twins: dict[tuple[int, int], list[int]] = {}
    for at, first, second in one.ambiguous:
        twins.setdefault((first, second), []).append(at)
    for (first, second), places in twins.items():
        if len(places) > 1:
            one.stamps[places[0]], one.stamps[places[1]] = (second, first) if falls else (first, second)


def _take_parts(one: Samples, problems: list[LineProblem]) -> None:
    """Hours of the clock of which a clock change leaves a part: unless their parts have lines of their own."""
    there = set(one.stamps) if one.parts else set()
    for line, ts, offset, value, quality, text in one.parts:
        if value is not None and ts not in there:
            one.lines.append(line)
            one.stamps.append(ts)
            one.offsets.append(offset)
            one.values.append(value)
            one.qualities.append(quality)
        elif value:
            problems.append(WrongValue(line, ValueFault.NO_SUCH_TIME, text, ""))
        else:
            one.nowhere += 1
