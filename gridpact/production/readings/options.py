"""What may be said about a file of readings, as words that people type."""

from enum import StrEnum


class FillGaps(StrEnum):
    """What stands for intervals without a reading."""

    ZERO = "zero"
    MEAN = "mean"
    """The mean of the readings at the same time of day on the nearest days."""


class Format(StrEnum):
    """A format that needs no profile."""

    CSV = "csv"
    """GridPact's own; in a workbook, too."""
    NEM12 = "nem12"
    GREEN_BUTTON = "green-button"


class Per(StrEnum):
    """What one signed reading is of."""

    INTERVAL = "interval"
    DAY = "day"
    MONTH = "month"
