"""A draft of a profile for a file: what can be seen is written down, what changes a figure is only offered."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, Final

from gridpact.production.readings import sheet, sniff, text
from gridpact.production.readings.errors import FileFault, FileKind, LineProblem, OtherKind, ReadingsError, WrongFile
from gridpact.production.readings.model import INTERVAL_MINUTES
from gridpact.production.readings.text import Row
from gridpact.production.readings.values import EMPTY_WORDS, EXCEL, ISO, UNIX, UNIX_MS, Clock, Numbers, Refused, zone_of

LOOKED_AT: Final = 3_000
"""Rows that are looked at."""
FORMATS: Final = (
    ISO,
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%Y%m%d %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d-%b-%Y",
    UNIX,
    UNIX_MS,
)
DAY_NUMBER: Final = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
FIRST_DAY: Final = 36_526
LAST_DAY: Final = 73_050
"""Of a spreadsheet's days: the years from 2000 to 2099."""
FEW_DAYS: Final = 4
"""So many rows tell days from other numbers."""
TIMES_OF_DAY: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?", re.IGNORECASE)
METERING_POINT: Final = re.compile(r"\b[A-Z]{2}\d{31}\b|\b\d{18}\b")
UNIT: Final = re.compile(r"(?<![A-Za-z])(Wh|kWh|MWh|W|kW|MW)(?![A-Za-z])", re.IGNORECASE)
GROUPS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+|[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
"""Numbers whose signs may stand between thousands, or, where there is only one, before decimals."""
UNITS: Final = {unit.casefold(): unit for unit in ("Wh", "kWh", "MWh", "W", "kW", "MW")}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that only its owner knows, and what the file suggests."""

    key: str
    """As in `value.unit`."""
    guesses: tuple[str, ...]
    """The likeliest first; empty where the file suggests nothing."""


@dataclass(slots=True)
class Draft:
    """A profile in the making: key → value, and what is still to be said."""

    settled: dict[str, Any] = field(default_factory=dict)
    """As in `file.separator`."""
    offers: list[Offer] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    """What the header names."""

    @property
    def open(self) -> list[Offer]:
        """What is still to be said."""
        return [offer for offer in self.offers if offer.key not in self.settled]

    def document(self, *, guessed: bool = False) -> dict[str, Any]:
        """The profile as a document, perhaps with the likeliest guesses."""
        said = dict(self.settled)
        if guessed:
            said = {**{one.key: parsed(one.guesses[0]) for one in self.open if one.guesses}, **said}
        document: dict[str, Any] = {}
        for key, value in said.items():
            section, _, name = key.partition(".")
            document.setdefault(section, {})[name] = value
        return document

    def toml(self) -> str:
        """The profile as a file; what is still to be said stands in comments, with its guesses."""
        lines: list[str] = []
        for section in SECTIONS:
            inside = [
                f"{key.partition('.')[2]} = {written(value)}"
                for key, value in self.settled.items()
                if key.startswith(f"{section}.")
            ]
            inside += [_question(offer) for offer in self.open if offer.key.startswith(f"{section}.")]
            if inside:
                lines += [f"[{section}]", *inside, ""]
        return "\n".join(lines)


HAVE_DEFAULTS: Final = ("decimal",)
SECTIONS: Final = ("file", "time", "value", "wide", "meter", "quality")


def _question(offer: Offer) -> str:
    name = offer.key.partition(".")[2]
    guess, *others = offer.guesses or ("",)
    shown = written(parsed(guess)) if guess else ""
    also = f" or {', '.join(written(parsed(one)) for one in others)}" if others else ""
    if name in HAVE_DEFAULTS:
        # Left out, the key would have a value all the same: this one is refused until somebody says it.
        return f'{name} = "?"  # {shown}{also}'
    return f"# {name} = {shown}{also}".rstrip()


def written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(one) for one in value)}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'


def parsed(said: str) -> Any:  # noqa: ANN401 - a TOML value
    """A value that somebody typed: a whole number is one, true and false are, a list has commas."""
    if said in ("true", "false"):
        return said == "true"
    return int(said) if said.isascii() and said.isdigit() and not said.startswith("0") else said


def draft(content: bytes, said: Mapping[str, Any] | None = None) -> Draft:
    """A draft for a file.

    Args:
        content: the file.
        said: what its owner says already: key → value.

    Raises:
        ReadingsError: it has no columns.
    """
    found = Draft()
    rows = _rows(content, said or {}, found)
    at = _header(rows)
    header = [name.strip() for name in rows[at][1]]
    found.columns = tuple(header)
    if rows[at][0] > 1:
        found.settled["file.skip"] = rows[at][0] - 1
    data = [fields for _, fields in rows[at + 1 :] if len(fields) >= len(header) - 1]
    _describe(found, header, [fields for _, fields in rows[:at]], data)
    found.settled |= said or {}
    return found


def _rows(content: bytes, said: Mapping[str, Any], found: Draft) -> list[Row]:
    problems: list[LineProblem] = []
    kind = sniff.kind_of(content)
    if kind is not None and kind is not FileKind.SHEET:
        raise ReadingsError((), OtherKind(kind))
    if kind is FileKind.SHEET:
        name = said.get("file.sheet")
        rows = list(islice(sheet.rows(content, name, ".", problems), LOOKED_AT))
    else:
        encoding = str(said.get("file.encoding", sniff.encoding_of(content)))
        if encoding != "utf-8":
            found.settled["file.encoding"] = encoding
        plain = text.decoded(content, encoding, problems) or ""
        separator = str(said.get("file.separator", sniff.separator_of(plain)))
        if separator != ",":
            found.settled["file.separator"] = separator
        rows = list(islice(text.rows(plain, separator, problems), LOOKED_AT))
    if len(rows) < 2 and not problems:
        problems.append(WrongFile(1, FileFault.NO_READINGS if rows else FileFault.EMPTY))
    if problems:
        raise ReadingsError(tuple(problems))
    return rows


def _header(rows: Sequence[Row]) -> int:
    """Index of the line before the first one that has a time and a number."""
    for at, (_, fields) in enumerate(rows[:50]):
        is_time = any(_format_of([one]) for one in fields) or _begins_days(rows, at)
        if is_time and any(_is_number(one) for one in fields):
            return max(at - 1, 0)
    return 0


# --- columns ----------------------------------------------------------------------------------------------------------


def _describe(
    found: Draft, header: Sequence[str], above: Iterable[Sequence[str]], data: Sequence[Sequence[str]]
) -> None:
    columns = [[row[at].strip() for row in data if at < len(row)] for at in range(len(header))]
    wide = [at for at, name in enumerate(header) if TIMES_OF_DAY.fullmatch(name)]
    formats = {at: _formats(column) for at, column in enumerate(columns) if at not in wide}
    times = [at for at, known in formats.items() if known]
    clocks = [at for at, column in enumerate(columns) if at not in wide and _all(column, TIMES_OF_DAY.fullmatch)]
    numbers = [
        at
        for at, column in enumerate(columns)
        if at not in times and at not in clocks and at not in wide and sum(map(_is_number, column)) > len(column) // 2
    ]
    _file(found, [columns[at] for at in (numbers or wide)])
    _time(found, header, columns, formats, times, clocks, is_wide=len(wide) >= 24)
    if len(wide) >= 24:
        found.settled |= {"wide.first": header[wide[0]], "wide.last": header[wide[-1]]}
        found.settled["wide.minutes"] = 1_440 // len(wide)
    else:
        _value(found, header, numbers)
    heading = header[numbers[0]] if len(numbers) == 1 else " ".join(header)
    units = dict.fromkeys(UNITS[one.casefold()] for one in UNIT.findall(heading.replace("_", " ")))
    found.offers.append(Offer("value.unit", tuple(units)))
    values = columns[numbers[0]] if numbers else []
    found.offers.append(Offer("value.kind", ("register", "interval") if _rises(values) else ("interval", "register")))
    if any(value.startswith("-") and _is_number(value) for value in values):
        found.offers.append(Offer("value.sign", ("export-negative", "export-positive")))
    others = [at for at in range(len(header)) if at not in {*times, *clocks, *numbers, *wide}]
    _meter(found, header, above, others)


def _file(found: Draft, columns: Sequence[Sequence[str]]) -> None:
    values = [one for column in columns for one in column]
    points, commas = (sum(sign in one for one in values) for sign in ".,")
    if bool(points) != bool(commas) and all(GROUPS.fullmatch(one) for one in values if "." in one or "," in one):
        # 1,234 is one and a bit, or a thousand and more: nothing in the file says which.
        found.offers.append(Offer("file.decimal", (",", ".") if commas else (".", ",")))
    elif commas and all("," in one[one.rfind(".") :] for one in values if "." in one and "," in one):
        found.settled["file.decimal"] = ","
        if points:
            found.settled["file.thousands"] = "."
    elif commas and points:
        found.settled["file.thousands"] = ","


def _time(
    found: Draft,
    header: Sequence[str],
    columns: Sequence[Sequence[str]],
    formats: Mapping[int, Sequence[str]],
    times: Sequence[int],
    clocks: Sequence[int],
    *,
    is_wide: bool,
) -> None:
    if not times:
        found.offers += [Offer("time.column", ()), Offer("time.format", ())]
    else:
        first = times[0]
        known = formats[first]
        column: list[int] = [first]
        stamps = list(columns[first])
        if (
            clocks
            and not is_wide
            and not any("%H" in one or "%I" in one for one in known)
            and known not in ([UNIX], [UNIX_MS], [EXCEL])
        ):
            column.append(clocks[0])
            clock = next(iter(columns[clocks[0]]), "")
            seconds = ":%S" if clock.count(":") == 2 else ""
            time_of_day = f"%I:%M{seconds} %p" if clock[-1:] in "Mm" else f"%H:%M{seconds}"
            known = [f"%Y-%m-%d {time_of_day}" if one == ISO and "%p" in time_of_day else one for one in known]
            known = [one if one == ISO or "%p" in one else f"{one} {time_of_day}" for one in known]
            stamps = [f"{day} {clock}" for day, clock in zip(stamps, columns[clocks[0]], strict=False)]
        names = [_name(header, at) for at in column]
        found.settled["time.column"] = names[0] if len(names) == 1 else names
        if len(known) == 1:
            found.settled["time.format"] = known[0]
        else:
            found.offers.append(Offer("time.format", tuple(known)))
        if not is_wide:
            found.offers.append(Offer("time.stamps", _stamps(stamps, known[0])))
    found.offers.append(Offer("time.zone", _zones(header, columns, times, formats)))


def _stamps(stamps: Sequence[str], form: str) -> tuple[str, ...]:
    """A month whose first time is midnight begins with starts."""
    try:
        first = Clock(form, zone_of("UTC")).read(stamps[0])
    except (Refused, IndexError):
        return "start", "end"
    is_midnight = (first.ts + first.offset) % 86_400 == 0 or "00:00" in stamps[0][-14:]
    return ("start", "end") if is_midnight else ("end", "start")


def _zones(
    header: Sequence[str], columns: Sequence[Sequence[str]], times: Sequence[int], formats: Mapping[int, Sequence[str]]
) -> tuple[str, ...]:
    if any("AT00" in one for one in [*header, *(column[0] for column in columns if column)]):
        return ("Europe/Vienna",)
    for at in times:
        if formats[at] == [ISO] and columns[at]:
            offset = re.search(r"[+-]\d\d:\d\d$", columns[at][0])
            if offset:
                return (offset[0],)
            if columns[at][0].endswith("Z"):
                return ("UTC",)
    return ()


def _value(found: Draft, header: Sequence[str], numbers: Sequence[int]) -> None:
    named = [at for at in numbers if UNIT.search(header[at].replace("_", " "))]
    likely = named or list(numbers)
    if len(likely) == 1:
        found.settled["value.column"] = _name(header, likely[0])
    else:
        found.offers.append(Offer("value.column", tuple(str(_name(header, at)) for at in likely)))


def _meter(
    found: Draft,
    header: Sequence[str],
    above: Iterable[Sequence[str]],
    others: Sequence[int],
) -> None:
    for text_above in (*header, *(one for row in above for one in row)):
        point = METERING_POINT.search(text_above)
        if point is not None:
            found.settled["meter.heading"] = "[A-Z]{2}[0-9]{31}" if point[0][0].isalpha() else "[0-9]{18}"
            return
    for at in others:
        if re.search(r"meter|z(ä|ae)hl|mpan|nmi|serial|device|plant", header[at], re.IGNORECASE):
            found.settled["meter.column"] = _name(header, at)
            return
    found.offers.append(Offer("meter.name", ()))


def _name(header: Sequence[str], at: int) -> str | int:
    """How a column is told: by its name, else by its number."""
    is_clear = header[at] and header.count(header[at]) == 1 and not METERING_POINT.search(header[at])
    return header[at] if is_clear else at + 1


# --- cells ------------------------------------------------------------------------------------------------------------

_POINT, _COMMA = Numbers(thousands=","), Numbers(",", ".")


def _is_number(cell: str) -> bool:
    for numbers in (_POINT, _COMMA):
        try:
            if numbers.read(cell) is not None:
                return True
        except Refused:
            continue
    return False


def _formats(column: Sequence[str]) -> list[str]:
    """The ways of writing times that all cells of a column have."""
    filled = [cell for cell in column if cell.casefold() not in EMPTY_WORDS]
    if not filled or len(filled) < len(column) // 2:
        return []
    few = [*filled[:: max(1, len(filled) // 200)], filled[-1]]
    return [form for form in FORMATS if _format_of(few, form)] or ([EXCEL] if _are_days(filled[:200]) else [])


def _format_of(cells: Sequence[str], form: str | None = None) -> bool:
    """Whether all cells are times, of one way of writing them or of any."""
    if form is None:
        return any(_format_of(cells, one) for one in FORMATS)
    clock = Clock(form, zone_of("UTC"))
    for cell in cells:
        # Small numbers are numbers, not times of 1970; and a bare year is none of either.
        if form in (ISO, UNIX, UNIX_MS) and cell.strip().isdigit() and len(cell.strip()) < 9:
            return False
        try:
            clock.read(cell)
        except Refused:
            return False
    return bool(cells)


def _begins_days(rows: Sequence[Row], at: int) -> bool:
    """Whether a spreadsheet's day numbers begin in a row, in one of its columns."""
    following = [fields for _, fields in rows[at : at + FEW_DAYS]]
    return any(
        _are_days([fields[column] for fields in following if column < len(fields)])
        for column in range(len(rows[at][1]))
    )


def _are_days(cells: Sequence[str]) -> bool:
    """Whether numbers are the days of a spreadsheet: of this century, and mostly an interval apart."""
    days = []
    for cell in cells:
        if not DAY_NUMBER.fullmatch(cell.strip()):
            return False
        days.append(float(cell.replace(",", ".")))
    if len(days) < FEW_DAYS or not FIRST_DAY <= min(days) <= max(days) <= LAST_DAY:
        return False
    steps = Counter(round((after - before) * 1_440, 1) for before, after in pairwise(days))
    [(step, _)] = steps.most_common(1)
    return step in INTERVAL_MINUTES


def _all(column: Sequence[str], test: Any) -> bool:  # noqa: ANN401 - a pattern's method
    return bool(column) and all(test(cell) for cell in column[:200])


def _rises(column: Sequence[str]) -> bool:
    """Whether numbers only rise, as a register's do."""
    values = []
    for cell in column:
        for numbers in (_POINT, _COMMA):
            try:
                value = numbers.read(cell)
            except Refused:
                continue
            if value is not None:
                values.append(value)
            break
    steps = Counter((after > before) - (after < before) for before, after in pairwise(values))
    return steps[1] > len(values) // 20 and steps[-1] <= 2
