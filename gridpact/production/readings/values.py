"""Numbers and times as files write them: exact, and each text understood once."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gridpact.epochs import FIRST_YEAR, LAST_YEAR
from gridpact.production.readings.errors import ValueFault

EMPTY_WORDS: Final = ("", "-", "null", "nan", "none", "n/a")
"""What portals write where there is no reading, in small letters."""
KEPT_TEXTS: Final = 100_000
"""Texts whose meaning is kept: values repeat, and so do the stamps of several meters."""
ONE_SECOND: Final = timedelta(seconds=1)
HALF_A_SECOND: Final = timedelta(milliseconds=500)
HOUR_S: Final = 3_600
EPOCH: Final = datetime(1970, 1, 1)
"""Naive: the local clock's own count."""


class Refused(Exception):
    """A value that cannot be taken."""

    def __init__(self, fault: ValueFault, text: str = "", wanted: str = "") -> None:
        super().__init__(fault, text, wanted)
        self.fault = fault
        self.text = text
        self.wanted = wanted


# --- numbers ----------------------------------------------------------------------------------------------------------

_PLAIN: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,2})?", re.ASCII)


_ALIKE: Final = {
    sign: {ord(other): sign for other in signs} for signs in (" \u00a0\u2009\u202f", "'’") for sign in signs
}
"""Blanks between thousands look the same, whichever one a source writes; so do apostrophes."""


class Numbers:
    """Decimal numbers in one way of writing them."""

    def __init__(self, decimal: str = ".", thousands: str | None = None, empty: tuple[str, ...] = EMPTY_WORDS) -> None:
        """Numbers.

        Args:
            decimal: the sign before the decimals.
            thousands: the sign between groups of three digits.
            empty: what stands where there is no reading.
        """
        self._decimal, self._thousands = decimal, thousands
        self._empty = {word.casefold() for word in empty}
        self._known: dict[str, Decimal | None] = {}
        digit = re.escape(decimal)
        self._grouped = (
            re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})*(?:{digit}\d*)?", re.ASCII)
            if thousands
            else None
        )

    def read(self, text: str) -> Decimal | None:
        """The exact number; None where the text says that there is none.

        Raises:
            Refused: it is no number.
        """
        try:
            return self._known[text]
        except KeyError:
            pass
        number = self._read(text)
        if len(self._known) < KEPT_TEXTS:
            self._known[text] = number
        return number

    def _read(self, text: str) -> Decimal | None:
        plain = text.strip()
        if plain.casefold() in self._empty:
            return None
        if self._thousands in _ALIKE:
            plain = plain.translate(_ALIKE[self._thousands])
        if self._thousands is not None and self._thousands in plain:
            if self._grouped is None or not self._grouped.fullmatch(plain):
                raise Refused(ValueFault.NOT_A_NUMBER, text, f"0{self._decimal}12")
            plain = plain.replace(self._thousands, "")
        if self._decimal != ".":
            if "." in plain:
                raise Refused(ValueFault.NOT_A_NUMBER, text, f"0{self._decimal}12")
            plain = plain.replace(self._decimal, ".")
        if not _PLAIN.fullmatch(plain):
            raise Refused(ValueFault.NOT_A_NUMBER, text, f"0{self._decimal}12")
        return Decimal(plain)


# --- times ------------------------------------------------------------------------------------------------------------

ISO: Final = "iso"
UNIX: Final = "unix"
UNIX_MS: Final = "unix-ms"
EXCEL: Final = "excel"
EXCEL_EPOCH: Final = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet, for all its days from March 1900 on."""
_END_OF_DAY: Final = re.compile(r"(?<![\d:])24:00(:00)?(?![\d:])")
_DAYS: Final = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)
_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)")


def zone_of(text: str) -> tzinfo:
    """A time zone: UTC, an offset such as +10:00, or a name such as Europe/Vienna.

    Raises:
        ValueError: there is none of this name.
    """
    if text.upper() == "UTC":
        return UTC
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(ahead if offset[1] == "+" else -ahead)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{text!r} is not a time zone such as Europe/Vienna, UTC or +10:00"
        raise ValueError(msg) from error


class Stamp(NamedTuple):
    """A written time on the absolute time line."""

    ts: int
    """Unix time."""
    offset: int
    """Seconds that the local clock is ahead of UTC."""
    twin: tuple[int, int] | None = None
    """Both Unix times of a local time that a clock change repeats."""
    exists: bool = True
    """False for a local time that a clock change leaves out."""
    begins_part: bool = False
    """Whether it is one that begins an hour of the clock of which a smaller change leaves something: its Unix time is
    where that begins."""


class Clock:
    """Times in one way of writing them."""

    def __init__(self, form: str = ISO, zone: tzinfo | None = None, *, ends: bool = False) -> None:
        """Times.

        Args:
            form: `iso`, `unix`, `unix-ms`, `excel` or what strptime takes.
            zone: of times without an offset, and of the month; None where each time has its offset.
            ends: whether they are ends of intervals.
        """
        self._form, self.zone, self.ends = form, zone, ends
        self._known: dict[tuple[str, int] | str, Stamp] = {}

    def read(self, text: str) -> Stamp:
        """A stamp.

        Raises:
            Refused: it is none.
        """
        try:
            return self._known[text]
        except KeyError:
            stamp = self._stamp(text, 0)
            if len(self._known) < KEPT_TEXTS:
                self._known[text] = stamp
            return stamp

    def read_at(self, text: str, minutes: int, *, elapsed: bool) -> Stamp:
        """A stamp so many minutes after another.

        Args:
            text: the other one, mostly a day.
            minutes: how many.
            elapsed: by the stopwatch; else by the clock on the wall.

        Raises:
            Refused: it is none.
        """
        key = (text, minutes)
        if key not in self._known:
            if elapsed:
                begin = self._stamp(text, 0)
                stamp = self._at(begin.ts + minutes * 60, begin.offset)
                # A line has as many columns as the longest day: the last ones of a shorter day are of none.
                is_over = self.local(stamp.ts, stamp.offset).date() > self.local(begin.ts, begin.offset).date()
                self._known[key] = stamp._replace(exists=not is_over)
            else:
                self._known[key] = self._stamp(text, minutes)
        return self._known[key]

    def local(self, ts: int, offset: int) -> datetime:
        """A Unix time as the local clock shows it."""
        zone = self.zone or timezone(timedelta(seconds=offset))
        return datetime.fromtimestamp(ts, UTC).astimezone(zone)

    def _at(self, ts: int, offset: int) -> Stamp:
        if self.zone is None:
            return Stamp(ts, offset)
        return Stamp(ts, _seconds(datetime.fromtimestamp(ts, UTC).astimezone(self.zone)))

    def _stamp(self, text: str, minutes: int) -> Stamp:
        if self._form in (UNIX, UNIX_MS):
            return self._unix(text)
        moment = self._moment(text.strip()) + timedelta(minutes=minutes)
        if self._form == EXCEL:
            # A time is a fraction of a day in floating point: it misses its second by microseconds.
            moment = (moment + HALF_A_SECOND).replace(microsecond=0)
        if moment.microsecond:
            raise Refused(ValueFault.FRACTION, text)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise Refused(ValueFault.YEAR, text)
        if moment.tzinfo is not None:
            return self._at(int(moment.timestamp()), _seconds(moment))
        if self.zone is None:
            raise Refused(ValueFault.NO_OFFSET, text)
        return self._local(moment)

    def _unix(self, text: str) -> Stamp:
        digits = text.strip()
        if not digits.isascii() or not digits.isdigit() or len(digits) > 14:
            raise Refused(ValueFault.NOT_A_TIME, text, self._example())
        ts, rest = divmod(int(digits), 1000 if self._form == UNIX_MS else 1)
        if rest:
            raise Refused(ValueFault.FRACTION, text)
        if not FIRST_YEAR <= 1970 + ts // 31_557_600 <= LAST_YEAR:
            raise Refused(ValueFault.YEAR, text)
        return self._at(ts, 0)

    def _moment(self, text: str) -> datetime:
        if self._form == EXCEL:
            return self._excel(text)
        plain, ends_day = _END_OF_DAY.subn(lambda match: match[0].replace("24", "00", 1), text)
        try:
            moment = datetime.fromisoformat(plain) if self._form == ISO else datetime.strptime(plain, self._form)
            return moment + timedelta(days=bool(ends_day))
        except (ValueError, OverflowError) as error:
            raise Refused(ValueFault.NOT_A_TIME, text, self._example()) from error

    def _example(self) -> str:
        """A time as it should be written."""
        known = {ISO: "2026-02-01T00:00:00-05:00", UNIX: "1769904000", UNIX_MS: "1769904000000", EXCEL: "46054.25"}
        return known.get(self._form) or datetime(2026, 2, 1).strftime(self._form)

    def _excel(self, text: str) -> datetime:
        plain = text.replace(",", ".")
        if not _DAYS.fullmatch(plain):
            raise Refused(ValueFault.NOT_A_TIME, text, self._example())
        return EXCEL_EPOCH + timedelta(days=float(plain))

    def _local(self, moment: datetime) -> Stamp:
        first, second = self._both(moment)
        if first == second:
            last_first, last_second = self._both(moment - ONE_SECOND)
            if self.ends and last_first > last_second:
                # It ends the hour that is repeated: some portals write it both times.
                return Stamp(_ts(moment, first), first, (_ts(moment, last_first), _ts(moment, first)))
            return Stamp(_ts(moment, first), first)
        if first > second:
            return Stamp(_ts(moment, first), first, (_ts(moment, first), _ts(moment, second)))
        last_first, last_second = self._both(moment - ONE_SECOND)
        exists = self.ends and last_first == last_second
        begins_part = not moment.minute and second - first < HOUR_S
        return Stamp(_ts(moment, first), second if begins_part else first, exists=exists, begins_part=begins_part)

    def _both(self, moment: datetime) -> tuple[int, int]:
        """The offsets before and after a clock change; the same where there is none."""
        zoned = moment.replace(tzinfo=self.zone)
        return _seconds(zoned.replace(fold=0)), _seconds(zoned.replace(fold=1))


def _seconds(moment: datetime) -> int:
    offset = moment.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _ts(moment: datetime, offset: int) -> int:
    return int((moment - EPOCH).total_seconds()) - offset
