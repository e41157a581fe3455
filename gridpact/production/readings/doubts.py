"""Figures that can hardly be right: looked for before anything is recorded, and gone on with only for a reason."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from gridpact.production.readings.errors import (
    AboveCapacity,
    Doubt,
    FarAbove,
    LikeAnother,
    MonthAboveCapacity,
    OnlyRises,
    RisesEachDay,
)
from gridpact.production.readings.model import MeterMonth, Readings, Series
from gridpact.production.readings.month import DAY_S

HEADROOM: Final = 1.2
"""How much more than its rated power a plant may give in an interval."""
FAR_ABOVE: Final = 50
"""How many times the 99th percentile one value can hardly be."""
FEWEST: Final = 24
"""Values that show a pattern."""
FEW_FALLS: Final = 2
"""An energy falls every day; a register where it rolls over, or the meter is exchanged."""
RISES_A_FALL: Final = 4
"""Steps up for each one down, from which on values are a day's sum in the making: energy falls as often as it rises."""
ABOUT_S: Final = 2 * 3_600
"""How far a clock change and a sunrise move the time at which a day begins."""
MANY_RISES: Final = 0.2
"""The share of steps up, from which on values that never fall are a register's, and not those of a constant load."""


def doubts_of(readings: Readings, capacities_w: Mapping[str, int]) -> list[Doubt]:
    """What in a file can hardly be right, by line.

    Args:
        readings: the file.
        capacities_w: rated power of the meters that have one, in W.
    """
    found = list(readings.doubts)
    for month in readings.meters:
        if month.series is not None:
            found += _of(month, month.series, capacities_w.get(month.label, 0))
    return sorted(found, key=lambda doubt: doubt.line)


def above_limit(months: Iterable[MeterMonth], peak_kw: float | None) -> list[Doubt]:
    """Intervals above what the profile says that the plant can give."""
    if peak_kw is None:
        return []
    limit_w = round(peak_kw * 1_000)
    return [
        AboveCapacity(int(series.lines[at]), month.label, round(float(watts[at])), limit_w)
        for month in months
        if (series := month.series) is not None
        for watts in (series.wh * 3_600 / series.seconds,)
        for at in np.flatnonzero(watts > limit_w).tolist()
    ]


def likeness(new: Iterable[MeterMonth], known: Iterable[str]) -> list[Doubt]:
    """New meters whose names differ from a known one by zeros, capitals, blanks or signs only."""
    names = {_plain(name): name for name in known}
    return [
        LikeAnother(month.first_line, month.label, names[_plain(month.label)])
        for month in new
        if _plain(month.label) in names
    ]


def _plain(name: str) -> str:
    """What is left of a name without signs, capitals, and the zeros before its numbers."""
    letters = "".join(sign for sign in name.casefold() if sign.isalnum())
    return re.sub(r"(?<!\d)0+(?=\d)", "", letters)


def _of(month: MeterMonth, series: Series, capacity_w: int) -> list[Doubt]:
    found: list[Doubt] = []
    watts = series.wh * 3_600 / series.seconds
    if capacity_w:
        found += [
            AboveCapacity(int(series.lines[at]), month.label, round(float(watts[at])), capacity_w)
            for at in np.flatnonzero(watts > capacity_w * HEADROOM).tolist()
        ]
        most_wh = capacity_w * (month.end_ts - month.start_ts) // 3_600
        if month.wh > most_wh and not found:
            found.append(MonthAboveCapacity(int(series.lines[0]), month.label, month.wh, most_wh))
    if not month.is_register and _only_rises(series):
        found.append(OnlyRises(int(series.lines[0]), month.label))
    elif not month.is_register and _rises_each_day(series):
        found.append(RisesEachDay(int(series.lines[0]), month.label))
    elif not capacity_w:
        found += _far_above(month, series)
    return found


def _only_rises(series: Series) -> bool:
    """Whether the values are a register's: they rise and rise, and fall once or twice at most."""
    if len(series.wh) < FEWEST:
        return False
    steps = np.diff(series.wh)
    return int((steps < 0).sum()) <= FEW_FALLS and float((steps > 0).mean()) >= MANY_RISES


def _rises_each_day(series: Series) -> bool:
    """Whether the values are what the day gave so far: they fall once a day, always about the same time,
    and rise far more often."""
    if len(series.wh) < FEWEST or int(series.seconds.max()) >= DAY_S:
        return False
    steps = np.diff(series.wh)
    falls = series.starts[1:][steps < 0] % DAY_S
    days = len(np.unique(series.starts // DAY_S))
    if not 1 < len(falls) <= days + FEW_FALLS or int((steps > 0).sum()) < len(falls) * RISES_A_FALL:
        return False
    from_the_first = (falls - falls[0] + DAY_S // 2) % DAY_S - DAY_S // 2
    return bool((abs(from_the_first) <= ABOUT_S).all())


def _far_above(month: MeterMonth, series: Series) -> list[Doubt]:
    """Values that are far above all others."""
    watts = series.wh * 3_600 / series.seconds
    given = watts[watts > 0]
    if len(given) < FEWEST:
        return []
    # Of the values below: a single broken one among few would lift the percentile itself.
    usual = float(np.percentile(given, 99, method="lower"))
    return [
        FarAbove(int(series.lines[at]), month.label, round(float(watts[at])), round(usual))
        for at in np.flatnonzero(watts > usual * FAR_ABOVE).tolist()
    ]
