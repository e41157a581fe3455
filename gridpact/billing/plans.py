"""Allocation plans from a file: CSV, TOML or JSON. Parsed and checked as a whole, without a network.

CSV has the columns `agreement` and `kwh`. TOML and JSON have a list `allocation` (or `allocations`; in JSON the list
may be the whole document) of tables with these two keys, and may say `epoch` and `expected_total_kwh` beside it.
Instead of kWh a plan may say a percentage of the recorded total (`40%`), and once `rest`.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from gridpact.billing.errors import (
    EmptyPlan,
    NotOfItsFormat,
    PlanFault,
    PlanFileRefused,
    UnknownPlanFormat,
    WrongPlanColumns,
    WrongPlanFieldCount,
    WrongPlanValue,
)
from gridpact.billing.invoices import Allocation
from gridpact.billing.shares import Planned, Rest, Share
from gridpact.errors import Problem
from gridpact.units import MAX_UINT64

COLUMNS: Final = ("agreement", "kwh")
MANY: Final = "allocations"
REST: Final = "rest"
PERCENTAGE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")


def _energy(value: object) -> object:
    """What a plan says of an agreement's energy, as the model takes it.

    Raises:
        ValueError: it is neither kWh, nor a percentage, nor the rest.
    """
    if isinstance(value, str):
        text = value.strip().lower()
        if text == REST:
            return REST
        match = PERCENTAGE.fullmatch(text)
        percent = Decimal(match[1]) if match else Decimal()
        if 0 < percent <= 100:
            return percent
    elif isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_UINT64:
        return value
    msg = "neither kWh, nor a percentage, nor the rest"
    raise ValueError(msg)


type _Positive = Annotated[int, Field(gt=0, le=MAX_UINT64)]
type _Energy = Annotated[int | Decimal | Literal["rest"], BeforeValidator(_energy)]
"""kWh, a percentage, or the rest."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Entry(_Strict):
    agreement: _Positive
    kwh: _Energy

    def planned(self) -> Planned:
        if isinstance(self.kwh, int):
            return Allocation(self.agreement, self.kwh)
        return Rest(self.agreement) if self.kwh == REST else Share(self.agreement, self.kwh)


class _Document(_Strict):
    allocations: list[_Entry] = Field(validation_alias=AliasChoices("allocation", MANY))
    epoch: _Positive | None = None
    expected_total_kwh: _Positive | None = None


FAULTS: Final = {
    "missing": PlanFault.MISSING,
    "extra_forbidden": PlanFault.UNKNOWN,
    "list_type": PlanFault.NOT_A_LIST,
    "model_type": PlanFault.NOT_A_TABLE,
}
"""pydantic's names for what is wrong; all others are about a number."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan file says."""

    planned: tuple[Planned, ...]
    epoch_id: int | None = None
    expected_total_kwh: int | None = None


def parse(content: bytes, suffix: str) -> Plan:
    """The plan in a file.

    Args:
        content: the file.
        suffix: of its name: .csv, .toml or .json.

    Raises:
        PlanFileRefused: with everything that is wrong with it.
    """
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise PlanFileRefused((UnknownPlanFormat(suffix, tuple(READERS)),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileRefused((NotOfItsFormat("UTF-8", str(error)),)) from error
    return reader(text)


def _csv(text: str) -> Plan:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    entries: list[dict[str, object]] = []
    lines: list[int] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise PlanFileRefused((WrongPlanColumns(COLUMNS),))
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            if len(fields) != len(header):
                problems.append(WrongPlanFieldCount(reader.line_num, len(fields), len(header)))
                continue
            entries.append({name: _number(field) for name, field in zip(header, fields, strict=True)})
            lines.append(reader.line_num)
    except csv.Error as error:
        problems.append(NotOfItsFormat("CSV", f"line {reader.line_num}: {error}"))
    return _checked({MANY: entries}, problems, lines)


def _toml(text: str) -> Plan:
    try:
        return _checked(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlanFileRefused((NotOfItsFormat("TOML", str(error)),)) from error


def _json(text: str) -> Plan:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise PlanFileRefused((NotOfItsFormat("JSON", str(error)),)) from error
    return _checked({MANY: document} if isinstance(document, list) else document)


READERS: Final[dict[str, Callable[[str], Plan]]] = {".csv": _csv, ".toml": _toml, ".json": _json}


def _checked(document: object, problems: Sequence[Problem] = (), lines: Sequence[int] | None = None) -> Plan:
    """The plan that a document holds.

    Args:
        document: as it was parsed.
        problems: what is known to be wrong with it.
        lines: the line of each entry, where entries have lines.
    """
    try:
        found = _Document.model_validate(document)
    except ValidationError as error:
        wrong = [_problem(one, lines) for one in error.errors(include_url=False, include_input=False)]
        raise PlanFileRefused(tuple(sorted((*problems, *wrong), key=_line))) from error
    if problems:
        raise PlanFileRefused(tuple(problems))
    if not found.allocations:
        raise PlanFileRefused((EmptyPlan(),))
    rests = [at for at, one in enumerate(found.allocations) if one.kwh == REST]
    if len(rests) > 1:
        at = rests[1]
        place = {"allocation": at + 1} if lines is None else {"line": lines[at]}
        raise PlanFileRefused((WrongPlanValue(PlanFault.SECOND_REST, "kwh", **place),))
    return Plan(tuple(one.planned() for one in found.allocations), found.epoch, found.expected_total_kwh)


def _problem(error: Mapping[str, Any], lines: Sequence[int] | None) -> WrongPlanValue:
    fault = FAULTS.get(error["type"], PlanFault.NOT_ENERGY if error["loc"][-1:] == ("kwh",) else PlanFault.NOT_WHOLE)
    match error["loc"]:
        case (_, int(index), *rest):
            field = str(rest[0]) if rest else ""
            if lines is None:
                return WrongPlanValue(fault, field, allocation=index + 1)
            return WrongPlanValue(fault, field, line=lines[index])
        case loc:
            return WrongPlanValue(fault, str(loc[0]) if loc else "")


def _line(problem: Problem) -> int:
    """Where it is in a CSV file; what has no line keeps its place."""
    return getattr(problem, "line", None) or 0


def _number(text: str) -> int | str:
    """A field's number, or the field as it is where it holds none: the model refuses that."""
    digits = text.strip().replace("_", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 20 else text
