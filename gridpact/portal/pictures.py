"""What the templates draw: plain geometry, in the units of the drawing. Each picture stands beside its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

WIDTH: Final = 600
HEIGHT: Final = 200
"""Of a drawing."""
MOST_COLOURS: Final = 8
"""That the stylesheet has for parts: no two parts of a picture look alike."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar."""

    name: str
    value: int
    text: str
    """The value with its unit."""
    x: float
    width: float


def bar(parts: Iterable[tuple[str, int, str]]) -> list[Part]:
    """A bar of parts side by side; parts of nothing are left out.

    Args:
        parts: name, value and text of each.
    """
    known = [part for part in parts if part[1] > 0]
    whole = sum(value for _, value, _ in known)
    made: list[Part] = []
    x = 0.0
    for name, value, text in known:
        width = WIDTH * value / whole
        made.append(Part(name, value, text, round(x, 2), round(width, 2)))
        x += width
    return made


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a column."""

    series: int
    """Which of the series it is of, from 1."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, each of parts upon one another."""

    parts: list[Column]
    names: list[str]
    count: int
    most: int
    """The highest column's value."""


def columns(series: Sequence[tuple[str, Sequence[int]]]) -> Columns | None:
    """Columns of several series; None where there is nothing to draw.

    Args:
        series: name and values of each. What is below 0 has no height. Where there are more than colours, the last
            colour is that of all others together.
    """
    if len(series) > MOST_COLOURS:
        series = [*series[: MOST_COLOURS - 1], _together(series[MOST_COLOURS - 1 :])]
    count = max((len(values) for _, values in series), default=0)
    sums = [sum(max(values[at], 0) for _, values in series if at < len(values)) for at in range(count)]
    most = max(sums, default=0)
    if most == 0:
        return None
    pitch = WIDTH / count
    parts: list[Column] = []
    tops = [float(HEIGHT)] * count
    for number, (_, values) in enumerate(series, 1):
        for at, value in enumerate(values):
            height = HEIGHT * max(value, 0) / most
            tops[at] -= height
            if height:
                x, y, width = pitch * (at + 0.1), tops[at], pitch * 0.8
                parts.append(Column(number, round(x, 2), round(y, 2), round(width, 2), round(height, 2)))
    return Columns(parts, [name for name, _ in series], count, most)


def _together(series: Sequence[tuple[str, Sequence[int]]]) -> tuple[str, Sequence[int]]:
    """Several series as one: the sums of what is not below 0."""
    values = zip_longest(*(values for _, values in series), fillvalue=0)
    return f"{len(series)} others", [sum(max(one, 0) for one in each) for each in values]


@dataclass(frozen=True, slots=True)
class Depth:
    """Both sides of a book as steps."""

    sells: str
    """Points of a line, as SVG wants them; so the next."""
    buys: str
    lowest: int
    """Price at the left end, EUR per kWh with 8 decimals."""
    highest: int
    most_wh: int


def depth(sells: Sequence[tuple[int, int]], buys: Sequence[tuple[int, int]]) -> Depth | None:
    """The depth of a book; None where it is empty.

    Args:
        sells: price and energy up to it, best first.
        buys: the same of the other side.
    """
    if not sells and not buys:
        return None
    prices = [price for price, _ in (*sells, *buys)]
    lowest, highest = min(prices), max(prices)
    span, most = max(highest - lowest, 1), max(wh for _, wh in (*sells, *buys))

    def steps(levels: Sequence[tuple[int, int]], end: float) -> str:
        points: list[tuple[float, float]] = []
        before = 0
        for price, wh in levels:
            x = WIDTH * (price - lowest) / span
            points += [(x, _height(before, most)), (x, _height(wh, most))]
            before = wh
        if points:
            points.append((end, points[-1][1]))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    return Depth(steps(sells, WIDTH), steps(buys, 0), lowest, highest, most)


def _height(wh: int, most: int) -> float:
    return HEIGHT * (1 - wh / most)
