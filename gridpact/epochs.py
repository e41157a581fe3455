"""Epochs: calendar months written YYYYMM, with their bounds in UTC. The contracts' calendar, off chain."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime

from gridpact.errors import GridPactError

FIRST_YEAR = 2000
LAST_YEAR = 2999


@dataclass(eq=False)
class NotAnEpoch(GridPactError):
    """The number is no month from 200001 to 299912."""

    epoch_id: int


def require_epoch(epoch_id: int) -> int:
    """The epoch itself.

    Raises:
        NotAnEpoch: it is not a month from 200001 to 299912.
    """
    year, month = divmod(epoch_id, 100)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise NotAnEpoch(epoch_id)
    return epoch_id


def epoch_of(ts: int) -> int:
    """The month (UTC) of a Unix time."""
    moment = datetime.fromtimestamp(ts, UTC)
    return moment.year * 100 + moment.month


def next_epoch(epoch_id: int) -> int:
    """The month after."""
    year, month = divmod(epoch_id, 100)
    return (year + 1) * 100 + 1 if month == 12 else epoch_id + 1


def epoch_start_ts(epoch_id: int) -> int:
    """Unix time of the first second (UTC)."""
    year, month = divmod(epoch_id, 100)
    return int(datetime(year, month, 1, tzinfo=UTC).timestamp())


def epoch_end_ts(epoch_id: int) -> int:
    """Unix time of the last second (UTC): the record date of the epoch's net revenue."""
    return epoch_start_ts(next_epoch(epoch_id)) - 1


def days_in(epoch_id: int) -> int:
    """Number of days of the month."""
    return calendar.monthrange(*divmod(epoch_id, 100))[1]
