"""Calendar months on chain. An epoch is a month written YYYYMM (202602); its bounds are in UTC."""

from algopy import UInt64, subroutine

from smart_contracts.shared import errors as err
from smart_contracts.shared.units import SECONDS_PER_DAY

FIRST_YEAR = 2000
LAST_YEAR = 2999
# Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar.
UNIX_EPOCH_DAY = 719_468
DAYS_PER_4_YEARS = 1_461
DAYS_PER_CENTURY = 36_524
DAYS_PER_ERA = 146_097  # 400 years


@subroutine
def require_epoch(epoch_id: UInt64) -> None:
    """Refuse what is not a month from 200001 to 299912.

    Raises:
        err.INVALID_EPOCH: the year or the month is out of range.
    """
    year = epoch_id // 100
    month = epoch_id % 100
    assert year >= FIRST_YEAR, err.INVALID_EPOCH
    assert year <= LAST_YEAR, err.INVALID_EPOCH
    assert month >= 1, err.INVALID_EPOCH
    assert month <= 12, err.INVALID_EPOCH


@subroutine(inline=True)
def month_start_ts(year: UInt64, month: UInt64) -> UInt64:
    """Unix time of the first second (UTC) of a month; month 13 is January of the next year.

    Years are counted from March, so that the leap day is the last of its year: then 153 days for each five months hold.
    """
    march_year = year - 1 if month <= 2 else year
    months_since_march = (month + 9) % 12
    days = march_year * DAYS_PER_4_YEARS // 4 - march_year // 100 + march_year // 400
    days += (months_since_march * 153 + 2) // 5
    return (days - UNIX_EPOCH_DAY) * SECONDS_PER_DAY


@subroutine
def month_start_of_ts(timestamp: UInt64) -> UInt64:
    """Unix time of the first second (UTC) of the month that a moment lies in. Years are counted from March here too."""
    day = timestamp // SECONDS_PER_DAY + UNIX_EPOCH_DAY
    day_of_era = day % DAYS_PER_ERA
    year_of_era = (
        day_of_era
        - day_of_era // (DAYS_PER_4_YEARS - 1)
        + day_of_era // DAYS_PER_CENTURY
        - day_of_era // (DAYS_PER_ERA - 1)
    ) // 365
    day_of_year = day_of_era + year_of_era // 100 - year_of_era * 365 - year_of_era // 4
    months_since_march = (day_of_year * 5 + 2) // 153
    day_of_month = day_of_year - (months_since_march * 153 + 2) // 5
    return (timestamp // SECONDS_PER_DAY - day_of_month) * SECONDS_PER_DAY


@subroutine
def epoch_start_ts(epoch_id: UInt64) -> UInt64:
    """Unix time of the epoch's first second (UTC). The epoch must be valid."""
    return month_start_ts(epoch_id // 100, epoch_id % 100)


@subroutine(inline=True)
def next_epoch_start_ts(epoch_id: UInt64) -> UInt64:
    """Unix time of the first second (UTC) after the epoch. The epoch must be valid."""
    return month_start_ts(epoch_id // 100, epoch_id % 100 + 1)


@subroutine
def epoch_end_ts(epoch_id: UInt64) -> UInt64:
    """Unix time of the epoch's last second (UTC): the record date of its net revenue. The epoch must be valid."""
    return next_epoch_start_ts(epoch_id) - 1


@subroutine
def due_ts(epoch_id: UInt64, due_day: UInt64) -> UInt64:
    """Unix time of 23:59:59 UTC on a day (1 to 28) of the month that follows the epoch."""
    return next_epoch_start_ts(epoch_id) + due_day * SECONDS_PER_DAY - 1
