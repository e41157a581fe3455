"""A meter's energy of each local day, for whoever looks at a file."""

import numpy as np

from gridpact.production.readings.model import MeterMonth

DAY_S = 86_400


def wh_by_day(month: MeterMonth) -> list[int] | None:
    """Wh of each day of the month in the order of the days, rounded; None where the file does not say it.

    An interval counts for the day that it begins on. Intervals that were filled are not in it.

    Args:
        month: a meter's readings.
    """
    series = month.series
    if series is None or len(series.starts) == 0 or int(series.seconds.max()) > DAY_S:
        return None
    days = (series.starts + series.offsets) // DAY_S
    first = (month.start_ts + int(series.offsets[0])) // DAY_S
    last = (month.end_ts - 1 + int(series.offsets[-1])) // DAY_S
    sums = np.bincount(days - first, weights=series.wh, minlength=last - first + 1)
    return [round(float(one)) for one in sums]
