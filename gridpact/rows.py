"""Rows from a CSV, TOML or JSON file, each value parsed and everything that is wrong told at once. No network.

CSV has a header. TOML and JSON have a list of tables under the rows' name (`agreement` or `agreements`); in JSON the
list may be the whole document. Every value is taken as its text, so that 0.1 is the same in all three.
"""

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gridpact.errors import GridPactError, Problem

CSV: Final = ".csv"
TOML: Final = ".toml"
JSON: Final = ".json"
FORMATS: Final = (CSV, TOML, JSON)


@dataclass(eq=False)
class RowsRefused(GridPactError):
    """A file that cannot be taken as it is. Nothing of it was done."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class UnknownFormat(Problem):
    """The file's name does not say what it is."""

    suffix: str
    known: tuple[str, ...] = FORMATS


@dataclass(frozen=True, slots=True)
class NotItsFormat(Problem):
    """The file is not what its name says."""

    format: str
    detail: str


@dataclass(frozen=True, slots=True)
class NoRows(Problem):
    """The file has no row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is."""

    number: int
    """Counted from 1."""
    is_line: bool
    """Whether it is a line of a file; else the number of a table."""


@dataclass(frozen=True, slots=True)
class ColumnMissing(Problem):
    """A column is missing; or a row has no value in it."""

    column: str
    place: Place | None = None
    """None: in the header."""


@dataclass(frozen=True, slots=True)
class ColumnUnknown(Problem):
    """Nothing has this name."""

    column: str
    place: Place | None = None
    """None: in the header."""


@dataclass(frozen=True, slots=True)
class FieldsMiscounted(Problem):
    """A line has more or fewer fields than the header names."""

    place: Place
    found: int
    expected: int


@dataclass(frozen=True, slots=True)
class RowRefused(Problem):
    """A value, or a row as a whole, that cannot be taken."""

    place: Place
    column: str
    """Empty: the row as a whole."""
    why: GridPactError


@dataclass(frozen=True, slots=True)
class RowRepeated(Problem):
    """A row says what an earlier one says."""

    place: Place
    earlier: Place


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    parse: Callable[[str], Any]
    """Raises `GridPactError`."""
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    """By column; without those that were left empty."""


def read(content: bytes, suffix: str, name: str, columns: Mapping[str, Column]) -> list[Row]:
    """The rows of a file.

    Args:
        content: the file.
        suffix: of its name: .csv, .toml or .json.
        name: of one row in TOML and JSON; the list has it, or its plural.
        columns: by name.

    Raises:
        RowsRefused: with everything that is wrong.
    """
    if suffix.lower() not in FORMATS:
        raise RowsRefused((UnknownFormat(suffix),))
    problems: list[Problem] = []
    try:
        text = content.decode("utf-8-sig")
        tables = list(_csv(text, columns, problems) if suffix.lower() == CSV else _tables(text, suffix.lower(), name))
    except UnicodeDecodeError as error:
        raise RowsRefused((NotItsFormat("UTF-8", str(error)),)) from error
    except (csv.Error, ValueError) as error:
        raise RowsRefused((*problems, NotItsFormat(suffix.lower()[1:].upper(), str(error)))) from error
    rows = [_row(place, table, columns, problems) for place, table in tables]
    if not rows and not problems:
        problems.append(NoRows())
    if problems:
        raise RowsRefused(tuple(problems))
    return rows


def _csv(text: str, columns: Mapping[str, Column], problems: list[Problem]) -> Iterator[tuple[Place, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    problems += [ColumnUnknown(name) for name in header if name not in columns]
    problems += [ColumnMissing(name) for name, one in columns.items() if one.is_required and name not in header]
    if problems:
        raise RowsRefused(tuple(problems))
    for fields in reader:
        place = Place(reader.line_num, is_line=True)
        if not any(value.strip() for value in fields):
            continue
        if len(fields) != len(header):
            problems.append(FieldsMiscounted(place, len(fields), len(header)))
            continue
        yield place, dict(zip(header, fields, strict=True))


def _tables(text: str, suffix: str, name: str) -> Iterator[tuple[Place, dict[str, str]]]:
    document: object = tomllib.loads(text, parse_float=str) if suffix == TOML else json.loads(text, parse_float=str)
    if isinstance(document, dict):
        found = [value for key, value in document.items() if key in (name, f"{name}s")]
        if len(found) != 1 or len(document) != 1:
            msg = f"it has to hold one list, {name}"
            raise ValueError(msg)
        document = found[0]
    if not isinstance(document, list) or not all(isinstance(one, dict) for one in document):
        msg = f"{name} is not a list of tables"
        raise ValueError(msg)
    for number, table in enumerate(document, 1):
        yield Place(number, is_line=False), {str(key): _text(value) for key, value in table.items()}


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        msg = f"{json.dumps(value, default=str)} is neither text nor a number"
        raise ValueError(msg)
    return str(value)


def _row(place: Place, table: Mapping[str, str], columns: Mapping[str, Column], problems: list[Problem]) -> Row:
    row = Row(place)
    problems += [ColumnUnknown(name, place) for name in table if name not in columns]
    for name, column in columns.items():
        text = table.get(name, "").strip()
        if not text:
            if column.is_required:
                problems.append(ColumnMissing(name, place))
            continue
        try:
            row.values[name] = column.parse(text)
        except GridPactError as error:
            problems.append(RowRefused(place, name, error))
    return row


def repeated(rows: Sequence[Row], keys: Sequence[object]) -> list[Problem]:
    """The rows that say what earlier ones say.

    Args:
        rows: of a file.
        keys: what each says.
    """
    first: dict[object, Place] = {}
    problems: list[Problem] = []
    for row, key in zip(rows, keys, strict=True):
        earlier = first.setdefault(key, row.place)
        if earlier is not row.place:
            problems.append(RowRepeated(row.place, earlier))
    return problems
