"""A meter that takes another's place within the month: each was there for its part, and together they cover it."""

from collections.abc import Sequence

from gridpact.production.readings.errors import Exchange
from gridpact.production.readings.month import Intervals, Terms, in_month

Span = tuple[int, int]
"""Unix times from and until which a meter was there."""


def active_times(meters: Sequence[Intervals], terms: Terms) -> tuple[dict[str, Span], list[Exchange]]:
    """The meters that were there for a part of the month only, and the exchanges between them.

    Two meters are an exchange where the first stops at the instant at which the second begins, no other meter stops or
    begins then, and together they reach from the month's first instant to its last.
    """
    spans: dict[str, Span] = {}
    months: dict[str, Span] = {}
    offsets: dict[str, int] = {}
    begins: dict[int, list[str]] = {}
    stops: dict[int, list[str]] = {}
    for one in meters:
        inside, start_ts, end_ts = in_month(one, terms)
        if not len(inside):
            continue
        label = one.samples.label
        first, last = int(inside[0]), int(inside[-1])
        spans[label] = int(one.starts[first]), int(one.starts[last] + one.seconds[last])
        months[label], offsets[label] = (start_ts, end_ts), int(one.offsets[first])
        begins.setdefault(spans[label][0], []).append(label)
        stops.setdefault(spans[label][1], []).append(label)
    pairs = {
        stopping[0]: begins[ts][0] for ts, stopping in stops.items() if len(stopping) == len(begins.get(ts, [])) == 1
    }
    afters = set(pairs.values())
    # Who neither was there all the month, nor follows or is followed by somebody, has a gap.
    whole = {
        label
        for label, (start_ts, end_ts) in spans.items()
        if (start_ts == months[label][0] or label in afters) and (end_ts == months[label][1] or label in pairs)
    }
    found = [
        Exchange(before, after, terms.clock.local(spans[after][0], offsets[after]))
        for before, after in pairs.items()
        if before in whole and after in whole
    ]
    involved = {one.before for one in found} | {one.after for one in found}
    return {label: spans[label] for label in involved}, found
