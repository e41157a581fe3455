"""A meter's month from what its register showed: the difference of two instants, whatever is missing between them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np

from gridpact.production.readings.errors import (
    LineProblem,
    NoMeterReadingAt,
    OutsideMonth,
    Overlap,
    RegisterFalls,
    RegisterStep,
)
from gridpact.production.readings.model import EXACT, WEAKNESS, MeterMonth, Samples, Series
from gridpact.production.readings.month import Terms, bounds, most_frequent, rounded

NOISE: Final = Decimal("0.000001")
"""A register that falls by less has not fallen: somebody counted in floats."""


@dataclass(frozen=True, slots=True)
class Register:
    """What happens when a register shows less than before."""

    rollover: int | None = None
    """At how many units it starts again."""
    exchange: bool = False
    """Whether another meter has taken its place, which counts from 0."""

    def rise(self, before: Decimal, after: Decimal) -> tuple[Decimal, bool] | None:
        """What flowed, and whether the meter was exchanged; None where nobody can tell."""
        if self.rollover is not None:
            # Only the last half of a register rolls over into its first.
            rise = EXACT.add(EXACT.subtract(after, before), Decimal(self.rollover))
            if 0 <= rise < Decimal(self.rollover) / 2:
                return rise, False
        return (after, True) if self.exchange else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A register at an instant."""

    ts: int
    value: Decimal
    line: int
    offset: int
    quality: int


def register_month(
    samples: Samples, terms: Terms, register: Register, problems: list[LineProblem]
) -> MeterMonth | None:
    """A meter's month.

    Args:
        samples: what its register showed.
        terms: how to read them.
        register: what a fall means.
        problems: what is wrong is added.
    """
    label = samples.label
    start_ts, end_ts = bounds(terms, 0, 0)
    shown = _shown(samples, start_ts, end_ts, terms, problems)
    if not shown:
        return None
    for ts, one in ((start_ts, shown[0]), (end_ts, shown[-1])):
        if one.ts != ts:
            problems.append(NoMeterReadingAt(one.line, label, terms.clock.local(ts, one.offset)))
    total = Decimal(0)
    rises: list[Decimal] = []
    steps: list[RegisterStep] = []
    for before, after in pairwise(shown):
        rise = EXACT.subtract(after.value, before.value)
        if -NOISE < rise < 0:
            rise = Decimal(0)
        elif rise < 0:
            found = register.rise(before.value, after.value)
            if found is None:
                problems.append(RegisterFalls(after.line, label, str(before.value), str(after.value)))
                return None
            rise, is_exchange = found
            steps.append(RegisterStep(after.line, label, str(before.value), str(after.value), is_exchange=is_exchange))
        rises.append(rise)
        total = EXACT.add(total, rise)
    instants = np.array([one.ts for one in shown], np.int64)
    factor = terms.unit.factor
    return MeterMonth(
        label=label,
        wh=rounded(Fraction(total) * factor),
        quality=WEAKNESS[max(one.quality for one in shown)],
        rows=len(shown),
        filled=0,
        filled_wh=0,
        interval_minutes=most_frequent(int(one) for one in np.diff(instants)) // 60 if len(shown) > 1 else 0,
        start_ts=start_ts,
        end_ts=end_ts,
        first_line=min(one.line for one in shown),
        is_register=True,
        remarks=tuple(steps),
        series=Series(
            starts=instants[:-1],
            seconds=np.diff(instants),
            wh=np.array([float(rise) for rise in rises]) * factor,
            lines=np.array([one.line for one in shown[1:]], np.int64),
            offsets=np.array([one.offset for one in shown[:-1]], np.int64),
        ),
    )


def instants_outside(samples: Samples, terms: Terms) -> list[OutsideMonth]:
    """Readings before the month's first instant and after its last."""
    start_ts, end_ts = bounds(terms, 0, 0)
    return [
        OutsideMonth(line, terms.clock.local(stamp, offset), terms.epoch_id)
        for stamp, line, offset in zip(samples.stamps, samples.lines, samples.offsets, strict=True)
        if not start_ts <= stamp <= end_ts
    ]


def _shown(samples: Samples, start_ts: int, end_ts: int, terms: Terms, problems: list[LineProblem]) -> list[_Shown]:
    """What the register showed in the month, in the order of time; its first and its last instant belong to it."""
    found = sorted(
        (
            _Shown(stamp, value, line, offset, quality)
            for stamp, value, line, offset, quality in zip(
                samples.stamps, samples.values, samples.lines, samples.offsets, samples.qualities, strict=True
            )
            if value is not None and start_ts <= stamp <= end_ts
        ),
        key=lambda one: (one.ts, one.line),
    )
    kept: list[_Shown] = []
    for one in found:
        if kept and kept[-1].ts == one.ts:
            if kept[-1].value != one.value:
                start = terms.clock.local(one.ts, one.offset)
                problems.append(Overlap(one.line, samples.label, start, kept[-1].line, is_same=True, differs=True))
            continue
        kept.append(one)
    return kept
