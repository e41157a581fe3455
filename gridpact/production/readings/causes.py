"""The likely cause behind a file's problems, where one explains them all."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from gridpact.epochs import next_epoch
from gridpact.production.readings.errors import (
    AfterMonth,
    Cause,
    Gap,
    HoursThroughHalfAnHour,
    LineProblem,
    LocalMonthInUtc,
    NothingAtNight,
    OutsideMonth,
    SeveralMonths,
    StampsAreEnds,
    StampsAreStarts,
)
from gridpact.production.readings.month import DAY_S, HOUR_S, Intervals, Terms

FARTHEST_S: Final = 14 * 3_600
"""No clock is farther from UTC."""
FEW_LINES: Final = 24
ONE_DAY: Final = timedelta(days=1)


def cause_of(meters: Sequence[Intervals], terms: Terms, problems: Sequence[LineProblem]) -> Cause | None:
    """What explains missing intervals, and readings of other months."""
    parted = [_parted(one, terms) for one in meters if any(isinstance(each, AfterMonth | Gap) for each in problems)]
    if any(parted):
        return next(filter(None, parted))
    relevant = [one for one in problems if isinstance(one, Gap | OutsideMonth)]
    if not relevant or not meters:
        return None
    one = meters[0]
    return (
        shifted(one, terms)
        or _utc(one, terms)
        or _months([problem for problem in relevant if isinstance(problem, OutsideMonth)], len(one.starts))
        or _night([problem for problem in relevant if isinstance(problem, Gap)])
    )


def shifted(one: Intervals, terms: Terms) -> StampsAreEnds | StampsAreStarts | None:
    """Whether stamps look like the other side of their intervals.

    Starts go from a midnight to one interval before another; ends from one interval after a midnight to another.
    """
    if one.main_s > DAY_S:
        return None
    stamps = one.starts + one.seconds if terms.are_ends else one.starts
    first, last = (terms.clock.local(int(stamps[at]), int(one.offsets[at])) for at in (0, -1))
    if last <= first:
        return None
    if one.main_s == DAY_S:
        # Days have no time of day to tell by: a month's ends go from the second of a month to the first.
        starts, ends = (first.day, (last + ONE_DAY).day) == (1, 1), (first.day, last.day) == (2, 1)
    else:
        each = timedelta(seconds=one.main_s)
        starts = _is_midnight(first) and _is_midnight(last + each)
        ends = _is_midnight(first - each) and _is_midnight(last)
    if terms.are_ends:
        return StampsAreStarts(first, last) if starts else None
    return StampsAreEnds(first, last) if ends else None


def _parted(one: Intervals, terms: Terms) -> HoursThroughHalfAnHour | None:
    """Whether hours begin at another minute after a clock change than before it."""
    change = int(np.ptp(one.offsets)) if terms.clock.zone is not None else 0
    minutes = (one.starts + one.offsets) % HOUR_S
    if one.main_s != HOUR_S or not change % HOUR_S or len(np.unique(minutes)) == 1:
        return None
    return HoursThroughHalfAnHour(change // 60)


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _utc(one: Intervals, terms: Terms) -> LocalMonthInUtc | None:
    """Whether all stamps are UTC, and together they are a month of another place."""
    if one.offsets.any() or terms.clock.zone not in (None, UTC):
        return None
    first = int(one.starts[0])
    after = int(one.starts[-1] + one.seconds[-1])
    middle = datetime.fromtimestamp((first + after) // 2, UTC)
    epoch_id = middle.year * 100 + middle.month
    begin, end = (
        int(datetime(*divmod(each, 100), 1, tzinfo=UTC).timestamp()) for each in (epoch_id, next_epoch(epoch_id))
    )
    ahead, ahead_at_end = begin - first, end - after
    # A clock change of the month moves one of its bounds.
    if ahead and ahead_at_end and abs(ahead) <= FARTHEST_S and abs(ahead - ahead_at_end) <= 3_600:
        return LocalMonthInUtc(epoch_id, ahead // 60)
    return None


def _months(outside: Sequence[OutsideMonth], count: int) -> SeveralMonths | None:
    """Whether a part of the file is of other months; a single line may be a mistake of its own."""
    if not FEW_LINES < len(outside) < count:
        return None
    epochs = {one.start.year * 100 + one.start.month for one in outside} | {outside[0].epoch_id}
    return SeveralMonths(min(epochs), max(epochs))


def _night(gaps: Sequence[Gap]) -> NothingAtNight | None:
    """Whether what is missing is missing at night, most nights."""
    nights = [gap for gap in gaps if gap.written is None and (gap.start.hour >= 12 or gap.start.hour < 4)]
    nights = [gap for gap in nights if gap.end.hour < 12 and (gap.end - gap.start).total_seconds() < DAY_S]
    if len(nights) >= 10 and len(nights) >= len(gaps) - 4:
        return NothingAtNight(gaps[0].label)
    return None
