"""Allocation plans from a file: CSV, TOML or JSON. Parsed and checked line by line, without a network.

CSV has the columns `agreement` and `kwh`. TOML and JSON have a list `allocation` (or `allocations`; in JSON the list
may be the whole document) of tables with these two keys, and may say `epoch` and `expected_total_kwh` beside it.
"""

import csv
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gridpact.billing.invoices import Allocation
from gridpact.chain.errors import GridPactError
from gridpact.units import MAX_UINT64

COLUMNS: Final = ("agreement", "kwh")
LISTS: Final = ("allocation", "allocations")
OPTIONAL: Final = ("epoch", "expected_total_kwh")
ADVICE: Final = "Correct the plan; nothing was allocated."


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan file says."""

    allocations: tuple[Allocation, ...]
    epoch_id: int | None = None
    expected_total_kwh: int | None = None


def parse(content: bytes, suffix: str) -> Plan:
    """The plan in a file.

    Args:
        content: the file.
        suffix: of its name: .csv, .toml or .json.

    Raises:
        GridPactError: with every line that cannot be taken.
    """
    readers = {".csv": _csv, ".toml": _toml, ".json": _json}
    if suffix.lower() not in readers:
        msg = f"A plan is a {', '.join(readers)} file, not {suffix or 'one without a suffix'}."
        raise GridPactError(msg, ADVICE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = "The plan is not UTF-8 text."
        raise GridPactError(msg, ADVICE) from error
    return readers[suffix.lower()](text)


def _csv(text: str) -> Plan:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[str] = []
    allocations: list[Allocation] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            msg = f"The plan's first line must name the columns {' and '.join(COLUMNS)}."
            raise GridPactError(msg, ADVICE)
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            where = f"line {reader.line_num}"
            if len(fields) != len(header):
                problems.append(f"{where}: {len(fields)} fields, but the header names {len(header)}")
                continue
            named = {name: _digits(field) for name, field in zip(header, fields, strict=True)}
            _collect(named, where, allocations, problems)
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: not CSV ({error})")
    return _plan(allocations, problems)


def _toml(text: str) -> Plan:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"The plan is not TOML: {error}."
        raise GridPactError(msg, ADVICE) from error
    return _document(document)


def _json(text: str) -> Plan:
    try:
        document = json.loads(text)
    except ValueError as error:
        msg = f"The plan is not JSON: {error}."
        raise GridPactError(msg, ADVICE) from error
    if isinstance(document, list):
        document = {LISTS[0]: document}
    if not isinstance(document, dict):
        msg = "The plan is neither a list nor an object."
        raise GridPactError(msg, ADVICE)
    return _document(document)


def _document(document: Mapping[str, Any]) -> Plan:
    named = [name for name in LISTS if name in document]
    unknown = [name for name in document if name not in (*LISTS, *OPTIONAL)]
    if len(named) != 1 or unknown or not isinstance(document[named[0]], list):
        why = f"{unknown[0]!r} is unknown" if unknown else f"it has no list {LISTS[0]!r}"
        msg = f"The plan cannot be read: {why}."
        raise GridPactError(msg, ADVICE)
    problems: list[str] = []
    allocations: list[Allocation] = []
    for number, entry in enumerate(document[named[0]], 1):
        where = f"allocation {number}"
        if not isinstance(entry, dict) or entry.keys() != set(COLUMNS):
            problems.append(f"{where}: it must have {' and '.join(COLUMNS)}, and nothing else")
            continue
        _collect(entry, where, allocations, problems)
    extras = {name: document.get(name) for name in OPTIONAL}
    problems += [
        f"{name}: not a whole number" for name, value in extras.items() if value is not None and not _whole(value)
    ]
    return _plan(allocations, problems, extras["epoch"], extras["expected_total_kwh"])


def _collect(entry: Mapping[str, Any], where: str, allocations: list[Allocation], problems: list[str]) -> None:
    faults = [
        f"{where}: {name} is not a whole number above 0"
        for name in COLUMNS
        if not (_whole(entry[name]) and entry[name])
    ]
    if faults:
        problems += faults
    else:
        allocations.append(Allocation(agreement_id=entry["agreement"], kwh=entry["kwh"]))


def _plan(
    allocations: list[Allocation], problems: list[str], epoch_id: int | None = None, total: int | None = None
) -> Plan:
    if problems:
        raise GridPactError("The plan has problems:\n  " + "\n  ".join(problems), ADVICE)
    if not allocations:
        msg = "The plan is empty."
        raise GridPactError(msg, ADVICE)
    return Plan(tuple(allocations), epoch_id, total)


def _digits(text: str) -> int | None:
    cleaned = text.strip().replace("_", "")
    return int(cleaned) if cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 20 else None


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_UINT64
