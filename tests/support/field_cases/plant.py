"""The made-up plant behind the field cases: exact, without chance."""

import calendar
import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def instants(year: int, month: int, minutes: int, zone: str) -> list[datetime]:
    """The starts of all intervals of a local month; a clock change is on the time line."""
    tz = ZoneInfo(zone)
    start = datetime(year, month, 1, tzinfo=tz).astimezone(UTC)
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=tz).astimezone(UTC)
    count = int((following - start).total_seconds()) // (minutes * 60)
    return [(start + timedelta(minutes=minutes * at)).astimezone(tz) for at in range(count)]


def solar_wh(at: datetime, minutes: int, peak_w: int = 9_000) -> int:
    """Wh of an interval: a bell over the day, a different height each day, nothing at night."""
    hour = at.hour + at.minute / 60 + minutes / 120
    if not 6 < hour < 20:
        return 0
    height = 0.55 + 0.45 * math.sin(at.day * 1.7)
    return int(peak_w * height * math.sin(math.pi * (hour - 6) / 14) * minutes / 60)


def comma(text: str) -> str:
    """A decimal comma."""
    return text.replace(".", ",")


def kwh(wh: int) -> str:
    """Wh as kWh with three decimals."""
    return f"{wh // 1000}.{wh % 1000:03d}"


def days(year: int, month: int) -> range:
    """The days of a month."""
    return range(1, calendar.monthrange(year, month)[1] + 1)
