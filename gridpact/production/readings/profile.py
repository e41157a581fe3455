"""Profiles: what a source of readings writes, said once in a small TOML file. No figure is guessed."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from gridpact.production.readings.errors import ProfileFault, ProfileRefused
from gridpact.production.readings.values import EMPTY_WORDS, EXCEL, ISO, UNIX, UNIX_MS, zone_of

type Column = Annotated[int, Field(ge=1)] | Annotated[str, Field(min_length=1)]
"""A column by its number, counted from 1, or by its name."""


class Unit(StrEnum):
    """What a value counts: energy, or the average power of its interval."""

    WH = "Wh"
    KWH = "kWh"
    MWH = "MWh"
    W = "W"
    KW = "kW"
    MW = "MW"

    @property
    def is_power(self) -> bool:
        """Whether it is energy only together with its interval's length."""
        return not self.value.endswith("h")

    @property
    def factor(self) -> int:
        """Wh, or W, in one of it."""
        return {"k": 1_000, "M": 1_000_000}.get(self.value[0], 1)

    def wh(self, seconds: int) -> Fraction:
        """Wh in one of it over an interval of so many seconds."""
        return Fraction(self.factor * seconds, 3_600) if self.is_power else Fraction(self.factor)


class Stamps(StrEnum):
    """What a reading's time stands for."""

    START = "start"
    END = "end"


class Kind(StrEnum):
    """What a value is."""

    INTERVAL = "interval"
    """The energy or average power of its interval."""
    REGISTER = "register"
    """What the meter's counter shows at that instant."""


class Sign(StrEnum):
    """Which sign exported energy has."""

    NONE = "none"
    """The column holds exported energy only: a negative value is refused."""
    EXPORT_POSITIVE = "export-positive"
    EXPORT_NEGATIVE = "export-negative"


class Absent(StrEnum):
    """What it means that an interval has no line."""

    GAP = "gap"
    ZERO = "zero"
    """Nothing flowed: a logger that sleeps at night."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileSection(_Section):
    """How the text is written."""

    encoding: str = "utf-8"
    separator: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | None = None
    """Name of the sheet, where the file is a workbook; by default its first."""
    skip: int = Field(default=0, ge=0)
    """Lines before the header."""
    footer: int = Field(default=0, ge=0)
    """Lines after the readings, such as a sum."""
    header: bool = True
    """Whether a line names the columns."""
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "\u00a0", "\u202f", "'", "’"] | None = None
    empty: tuple[str, ...] = EMPTY_WORDS
    """What stands where there is no reading."""

    @field_validator("encoding")
    @classmethod
    def _is_encoding(cls, text: str) -> str:
        try:
            "".encode(text)
        except LookupError as error:
            msg = f"{text!r} is not an encoding such as utf-8, utf-16-le or cp1252"
            raise ValueError(msg) from error
        return text.lower()

    @model_validator(mode="after")
    def _has_two_signs(self) -> Self:
        if self.decimal == self.thousands:
            msg = "decimal and thousands cannot be the same sign"
            raise ValueError(msg)
        return self


class TimeSection(_Section):
    """When a reading is of."""

    column: tuple[Column, ...] | Column
    """Several are joined with a blank: a date and a time."""
    format: str
    """`iso`, `unix`, `unix-ms`, `excel` (days, as a spreadsheet counts them), or as in strptime: `%d.%m.%Y %H:%M`."""
    zone: str
    """Decides what local times mean, and where the month begins: Europe/Vienna, UTC, +10:00."""
    stamps: Stamps | None = None
    interval: Literal["day", "month"] | Annotated[int, Field(ge=1, le=60)] | None = None
    """Minutes of an interval, where the readings' distances do not say it."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, however they are written."""
        return self.column if isinstance(self.column, tuple) else (self.column,)

    @field_validator("format")
    @classmethod
    def _is_format(cls, text: str) -> str:
        if text in (ISO, UNIX, UNIX_MS, EXCEL):
            return text
        if "%" not in text:
            msg = f"{text!r} is not iso, unix, unix-ms, excel or a format such as %d.%m.%Y %H:%M"
            raise ValueError(msg)
        try:
            datetime.strptime(datetime(2026, 2, 3, 4, 5).strftime(text), text)
        except (ValueError, re.error) as error:
            msg = f"{text!r} is not a time format: {error}"
            raise ValueError(msg) from error
        return text

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, text: str) -> str:
        zone_of(text)
        return text


class ValueSection(_Section):
    """What was metered."""

    column: tuple[Column, ...] | Column | None = None
    """Several are added."""
    unit: Unit
    kind: Kind
    sign: Sign = Sign.NONE
    absent: Absent = Absent.GAP
    rollover: Annotated[int, Field(gt=0)] | None = None
    """At how many units a register starts again."""
    exchange: bool = False
    """Whether a register that falls is another meter, which counts from 0."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, however they are written."""
        if self.column is None:
            return ()
        return self.column if isinstance(self.column, tuple) else (self.column,)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        is_register = self.kind is Kind.REGISTER
        if is_register and self.unit.is_power:
            msg = "a register counts energy, not power"
            raise ValueError(msg)
        if is_register and (self.sign is not Sign.NONE or self.absent is not Absent.GAP):
            msg = "a register has neither sign nor absent"
            raise ValueError(msg)
        if not is_register and (self.rollover is not None or self.exchange):
            msg = "only a register has rollover and exchange"
            raise ValueError(msg)
        return self


class MeterSection(_Section):
    """Whose reading it is: exactly one of the first four."""

    column: Column | None = None
    name: str | None = None
    heading: str | None = None
    """A regular expression that finds it in the lines before the readings; its group, if it has one, is the name."""
    columns: tuple[Column, ...] | None = None
    """One meter a column, named as the column is."""
    alias: dict[str, str] = Field(default_factory=dict)
    """The file's names → the meters'."""

    @field_validator("heading")
    @classmethod
    def _is_pattern(cls, text: str | None) -> str | None:
        try:
            re.compile(text or "")
        except re.error as error:
            msg = f"{text!r} is not a regular expression: {error}"
            raise ValueError(msg) from error
        return text

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        said = [one for one in (self.column, self.name, self.heading, self.columns) if one is not None]
        if len(said) != 1:
            msg = "say one of column, name, heading and columns"
            raise ValueError(msg)
        return self


class DirectionSection(_Section):
    """Which lines are exported energy."""

    column: Column
    export: tuple[str, ...]
    passed_over: tuple[str, ...] = Field(default=(), alias="import")


class QualitySection(_Section):
    """How good a reading is: the source's words."""

    column: Column
    actual: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()
    substituted: tuple[str, ...] = ()


class WideSection(_Section):
    """One line a day, one column an interval."""

    first: Column
    last: Column
    minutes: Annotated[int, Field(ge=1, le=60)]
    clock: Literal["wall", "elapsed"] = "wall"
    """Whether the columns are times on the wall, or count on through a clock change."""
    repeated: list[Column] = []
    """Columns of the hour that a clock change repeats, right behind those of the hour itself; empty on other days."""


class LimitsSection(_Section):
    """What is more than the plant can give, and stops by line."""

    peak_kw: Annotated[float, Field(gt=0)] | None = None


class Profile(_Section):
    """What a source writes."""

    file: FileSection = FileSection()
    time: TimeSection
    value: ValueSection
    meter: MeterSection
    direction: DirectionSection | None = None
    quality: QualitySection | None = None
    wide: WideSection | None = None
    limits: LimitsSection = LimitsSection()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.value.kind is Kind.INTERVAL and self.time.stamps is None and self.wide is None:
            msg = "time.stamps is missing: say whether a time is the start or the end of its interval"
            raise ValueError(msg)
        places = sum(one is not None for one in (self.value.column, self.meter.columns, self.wide))
        if places != 1:
            msg = "say one of value.column, meter.columns and wide"
            raise ValueError(msg)
        if self.wide is not None and self.time.stamps is not None:
            msg = "the first column of a wide line is the day's first interval: it has no time.stamps"
            raise ValueError(msg)
        if self.wide is not None and self.value.kind is Kind.REGISTER:
            msg = "a register is read at instants: it has no wide lines"
            raise ValueError(msg)
        return self

    @property
    def zone(self) -> tzinfo:
        """Of local times and of the month."""
        return zone_of(self.time.zone)


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """A profile, and the hash of the file that it was read from."""

    profile: Profile
    sha256: bytes


PREFIX: Final = "Value error, "


def load(content: bytes) -> NamedProfile:
    """The profile in a TOML file.

    Raises:
        ProfileRefused: with everything that is wrong in it.
    """
    try:
        document: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileRefused((ProfileFault("", str(error)),)) from error
    return NamedProfile(validated(document), hashlib.sha256(content).digest())


def validated(document: dict[str, Any]) -> Profile:
    """The profile that a document describes.

    Raises:
        ProfileRefused: with everything that is wrong in it.
    """
    try:
        return Profile.model_validate(document)
    except ValidationError as error:
        raise ProfileRefused(tuple(dict.fromkeys(_fault(one) for one in error.errors()))) from error


def _fault(found: Any) -> ProfileFault:  # noqa: ANN401 - pydantic's own description
    # What pydantic adds for each member of a union is no part of the key.
    place = ".".join(str(part) for part in found["loc"] if isinstance(part, str) and part.isidentifier())
    return ProfileFault(place, found["msg"].removeprefix(PREFIX))
