"""A file of readings that holds, and what of it is still only samples."""

from array import array
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Final

import numpy as np
import numpy.typing as npt

from gridpact.production.read import Quality
from gridpact.production.readings.errors import Doubt, Remark

INTERVAL_MINUTES: Final = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
WEAKNESS: Final = (Quality.ACTUAL, Quality.ESTIMATED, Quality.SUBSTITUTED)
EXACT: Final = Context(prec=120, traps=[Inexact, InvalidOperation, Overflow])
"""Sums keep every digit: whatever would be lost raises."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


type Sample = tuple[int, int, int, Decimal | None, int, str]
"""Line, stamp, offset, value, quality, and the time as it is written."""


@dataclass(slots=True)
class Samples:
    """What a file says of one meter, in the file's order: columns of equal length."""

    label: str
    lines: array[int] = field(default_factory=lambda: array("q"))
    stamps: array[int] = field(default_factory=lambda: array("q"))
    """Unix times, of the intervals' starts or ends as the profile says."""
    offsets: array[int] = field(default_factory=lambda: array("i"))
    """Seconds that the local clock is ahead of UTC at that stamp."""
    values: list[Decimal | None] = field(default_factory=list)
    """None where the line has no reading."""
    qualities: bytearray = field(default_factory=bytearray)
    """Indexes of `WEAKNESS`."""
    written: dict[int, str] = field(default_factory=dict)
    """Index of a sample without a reading → what its line says instead."""
    ambiguous: list[tuple[int, int, int]] = field(default_factory=list)
    """Samples of a local time that a clock change repeats: index, first and second Unix time."""
    lengths: array[int] = field(default_factory=lambda: array("q"))
    """Seconds of each interval, where the format says them; else empty."""
    parts: list[Sample] = field(default_factory=list)
    """Of hours of the clock of which a change leaves a part. They count where the file has no other of that instant."""
    nowhere: int = 0
    """Lines of local times that a clock change leaves out: they hold nothing."""

    def say_length(self, seconds: int) -> None:
        """Add the length of an interval."""
        self.lengths.append(seconds)


@dataclass(frozen=True, slots=True)
class Series:
    """A meter's intervals of the month, in order: for checks, not for sums."""

    starts: Ints
    """Unix times."""
    seconds: Ints
    wh: Floats
    lines: Ints
    offsets: Ints
    """Seconds that the local clock is ahead of UTC."""


@dataclass(frozen=True, slots=True)
class MeterMonth:
    """A meter's readings of the month, summed."""

    label: str
    wh: int
    """Total in Wh, filled intervals included; the exact sum, rounded half up."""
    quality: Quality
    """The weakest of its readings; substituted where an interval was filled."""
    rows: int
    """Lines with a reading."""
    filled: int
    """Intervals without a reading that were filled."""
    filled_wh: int
    interval_minutes: int
    """The most frequent length of an interval."""
    start_ts: int
    """Unix time of the month's first local instant; later for a meter that took another's place."""
    end_ts: int
    """Unix time of the month's last local instant: the first of the next month; or when another took its place."""
    import_wh: int = 0
    """What flowed the other way, where the profile says that the file has both."""
    first_line: int = 1
    """Where its readings begin in the file."""
    is_register: bool = False
    remarks: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    series: Series | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Readings:
    """A file of readings that holds."""

    epoch_id: int
    meters: tuple[MeterMonth, ...]
    """In the order in which the file first names them."""
    source_hash: bytes
    """SHA-256 of the file, byte for byte."""
    profile_hash: bytes | None = None
    """SHA-256 of the profile that it was read with."""
    remarks: tuple[Remark, ...] = ()
    """What the file's owner should know."""
    doubts: tuple[Doubt, ...] = ()
    """What can hardly be right, whatever plant it is."""

    @property
    def total_wh(self) -> int:
        """Wh of all meters."""
        return sum(meter.wh for meter in self.meters)
