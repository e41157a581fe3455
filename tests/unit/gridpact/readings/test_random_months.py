"""Random months, written in random shapes and read back: the exact sum, whatever the clocks do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from gridpact.production.readings import Options, parse
from gridpact.production.readings.profile import load

ZONES = (
    "UTC",
    "Europe/Vienna",  # the clocks change in March and October
    "America/New_York",
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",  # +05:45
    "America/St_Johns",  # -03:30
    "Pacific/Chatham",
)
UNITS = {"Wh": 1, "kWh": 1_000, "MWh": 1_000_000, "W": 1, "kW": 1_000}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written."""

    zone: str
    epoch_id: int
    minutes: int
    unit: str
    kind: str
    stamps: str
    is_wide: bool
    decimal: str
    thousands: str
    is_newest_first: bool
    is_padded: bool
    has_other_months: bool

    @property
    def clock(self) -> ZoneInfo:
        """The zone."""
        return ZoneInfo(self.zone)

    def starts(self) -> list[datetime]:
        """The month's intervals, along the time line, in UTC."""
        year, month = divmod(self.epoch_id, 100)
        begin, end = (
            datetime(*one, 1, tzinfo=self.clock).astimezone(UTC)
            for one in ((year, month), (year + month // 12, month % 12 + 1))
        )
        return [begin + at * timedelta(minutes=self.minutes) for at in range((end - begin) // self.step)]

    @property
    def step(self) -> timedelta:
        """An interval."""
        return timedelta(minutes=self.minutes)

    @property
    def columns(self) -> int:
        """Intervals of the longest day."""
        return 25 * 60 // self.minutes

    def profile(self) -> str:
        """What says all this."""
        column = 'column = "value"\n' if not self.is_wide else ""
        last = self.columns - 1
        stamps = "" if self.is_wide else f'stamps = "{self.stamps}"\n'
        wide = (
            f'[wide]\nfirst = "0"\nlast = "{last}"\nminutes = {self.minutes}\nclock = "elapsed"\n'
            if self.is_wide
            else ""
        )
        return (
            f'[file]\nseparator = ";"\ndecimal = "{self.decimal}"\n'
            + (f'thousands = "{self.thousands}"\n' if self.thousands else "")
            + f'[time]\ncolumn = "time"\nformat = "{"%d.%m.%Y" if self.is_wide else "%d.%m.%Y %H:%M"}"\n'
            f'zone = "{self.zone}"\n{stamps}'
            f'[value]\n{column}unit = "{self.unit}"\nkind = "{self.kind}"\n{wide}[meter]\nname = "plant"\n'
        )

    def number(self, value: Decimal) -> str:
        """A value as it is written."""
        whole, _, fraction = f"{value:f}".partition(".")
        if self.thousands:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        return f"{whole}{self.decimal}{fraction}" if fraction else whole


def shapes() -> st.SearchStrategy[Shape]:
    """Shapes that somebody could really write."""
    signs = st.sampled_from([(".", ""), (",", ""), (",", "."), (".", ",")])
    return st.builds(
        lambda signs, is_wide, kind, **more: Shape(
            decimal=signs[0],
            thousands=signs[1],
            is_wide=is_wide and kind == "interval",
            kind=kind,
            **more,
        ),
        signs=signs,
        zone=st.sampled_from(ZONES),
        epoch_id=st.sampled_from((202602, 202603, 202604, 202610, 202611, 202612)),
        minutes=st.sampled_from((15, 30)),
        unit=st.sampled_from(sorted(UNITS)),
        kind=st.sampled_from(("interval", "interval", "register")),
        stamps=st.sampled_from(("start", "end")),
        is_wide=st.booleans(),
        is_newest_first=st.booleans(),
        is_padded=st.booleans(),
        has_other_months=st.booleans(),
    ).filter(lambda shape: shape.kind == "interval" or not shape.unit.endswith("W"))


def written(shape: Shape, values: list[Decimal]) -> str:
    """A month as a file: local times without an offset, so that a clock change repeats or leaves out some."""
    starts = shape.starts()
    if shape.is_wide:
        columns = [str(at) for at in range(shape.columns)]
        days: dict[str, list[str]] = {}
        for start, value in zip(starts, values, strict=True):
            local = start.astimezone(shape.clock)
            days.setdefault(f"{local:%d.%m.%Y}", []).append(shape.number(value))
        # A shorter day's line is padded, or it ends with its day.
        more = shape.columns if shape.is_padded else 0
        lines = [";".join([day, *cells, *[""] * (more - len(cells))]) for day, cells in days.items()]
        return "\n".join([";".join(["time", *columns]), *lines])
    shift = shape.step if shape.kind == "interval" and shape.stamps == "end" else timedelta(0)
    if shape.kind == "register":
        total, shown = Decimal(1_000), []
        for start, value in zip(starts, values, strict=True):
            shown.append((start, total))
            total += value
        shown.append((starts[-1] + shape.step, total))
    else:
        shown = list(zip(starts, values, strict=True))
    lines = [
        f"{(start + shift).astimezone(shape.clock):%d.%m.%Y %H:%M};{shape.number(value)}" for start, value in shown
    ]
    if shape.has_other_months and shape.kind == "interval":
        after = [starts[-1] + (at + 1) * shape.step + shift for at in range(3)]
        lines += [f"{one.astimezone(shape.clock):%d.%m.%Y %H:%M};{shape.number(Decimal(7))}" for one in after]
    return "\n".join(["time;value", *(reversed(lines) if shape.is_newest_first else lines)])


@settings(max_examples=15, deadline=None)
@given(shapes(), st.lists(st.decimals(0, 5_000, places=4), min_size=24, max_size=24), st.integers(0, 3))
def test_the_exact_sum_is_read_back(shape: Shape, day: list[Decimal], places: int) -> None:
    count = len(shape.starts())
    few = [value.quantize(Decimal(1).scaleb(-places)) for value in day]
    values = (few * (count // len(few) + 1))[:count]
    readings = parse(written(shape, values).encode(), shape.epoch_id, Options(profile=load(shape.profile().encode())))
    (meter,) = readings.meters
    hours = Fraction(shape.minutes, 60) if shape.unit.endswith("W") else Fraction(1)
    exact = Fraction(sum(values)) * UNITS[shape.unit] * hours
    assert meter.wh == int((exact * 2 + 1) // 2)
    assert meter.filled == 0
    begin, end = shape.starts()[0], shape.starts()[-1] + shape.step
    assert (meter.start_ts, meter.end_ts) == (int(begin.timestamp()), int(end.timestamp()))
