"""Readings that somebody typed: a figure for each meter, for months without a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from gridpact.epochs import epoch_end_ts, epoch_start_ts, require_epoch
from gridpact.evidence import sha256
from gridpact.production.read import Quality
from gridpact.production.readings.model import MeterMonth, Readings

SECONDS_A_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class TypedReading:
    """A meter's energy of a month."""

    label: str
    wh: int
    quality: Quality


def typed(epoch_id: int, rows: Iterable[TypedReading], zone: tzinfo = UTC) -> Readings:
    """Readings of a whole month, without intervals. Their source is the lines `meter,wh,quality`, in UTF-8.

    Args:
        epoch_id: month, YYYYMM.
        rows: one for each meter.
        zone: where the month begins and ends.

    Raises:
        NotAnEpoch: it is no month.
    """
    start, end = (
        int(datetime.fromtimestamp(ts, UTC).replace(tzinfo=zone).timestamp())
        for ts in (epoch_start_ts(require_epoch(epoch_id)), epoch_end_ts(epoch_id) + 1)
    )
    known = list(rows)
    text = "".join(f"{one.label},{one.wh},{one.quality.value}\n" for one in known)
    meters = tuple(
        MeterMonth(
            label=one.label,
            wh=one.wh,
            quality=one.quality,
            rows=1,
            filled=0,
            filled_wh=0,
            interval_minutes=(end - start) // SECONDS_A_MINUTE,
            start_ts=start,
            end_ts=end,
        )
        for one in known
    )
    return Readings(epoch_id, meters, sha256(text.encode()))
