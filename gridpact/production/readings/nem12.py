"""NEM12, the meter data file of Australia's market: one line a day and channel, in market time (+10:00) all year."""

from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone
from typing import Final

from aemo_mdff_reader import NEM12ParseError, parse, parse_events

from gridpact.production.readings.errors import (
    ChannelsToChoose,
    FileFault,
    LineProblem,
    ReadingsError,
    ValueFault,
    WrongFile,
    WrongValue,
)
from gridpact.production.readings.model import Samples
from gridpact.production.readings.profile import Unit
from gridpact.production.readings.text import Row
from gridpact.production.readings.values import Numbers, Refused

MARKET_TIME: Final = timezone(timedelta(hours=10))
ENERGY: Final = {"WH": Unit.WH, "KWH": Unit.KWH, "MWH": Unit.MWH}
VARIABLE: Final = "V"
"""The day's qualities stand in the lines that follow."""
NULL: Final = "N"
QUALITIES: Final = {"A": 0, "E": 1, "F": 2, "S": 2, NULL: 0}
"""Quality flags → indexes of `WEAKNESS`."""
INTERVAL_LINE: Final = "300"


class _Tracked:
    """Rows on their way to the reader: the one that it has in hand."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.line = 0
        self.day_line = 0
        self.fields: list[str] = []

    def __iter__(self) -> Iterator[list[str]]:
        for line, fields in self._rows:
            self.line = line
            self.fields = [field.strip() for field in fields]
            if self.fields[0] == INTERVAL_LINE:
                self.day_line = self.line
            yield self.fields


def samples(
    rows: list[Row], channel: str | None, problems: list[LineProblem]
) -> tuple[dict[str, Samples], Unit] | None:
    """Each meter's samples of one channel.

    Args:
        rows: the file's lines.
        channel: the suffix of the data stream, such as B1; None where there is only one.
        problems: what is wrong is added.
    """
    tracked = _Tracked(rows)
    try:
        channels = {fields[4]: None for _, fields in rows if fields[0] == "200" and len(fields) > 4}
        if (channel is None and len(channels) > 1) or (channel is not None and channel not in channels):
            raise ReadingsError((ChannelsToChoose(rows[0][0], tuple(channels), channel),))
        return _of_channel(tracked, _events(rows), channel, problems)
    except (NEM12ParseError, ValueError) as error:
        problems.append(WrongFile(tracked.line or 1, FileFault.NOT_NEM12, str(error)))
        return None


def _events(rows: list[Row]) -> dict[tuple[int, int], str]:
    """(line of the day, number of the interval) → quality flag."""
    tracked, found = _Tracked(rows), {}
    for event in parse_events(tracked):
        for number in range(event.start_interval, event.end_interval + 1):
            found[tracked.day_line, number] = event.quality_method[:1].upper()
    return found


def _of_channel(
    tracked: _Tracked, events: dict[tuple[int, int], str], channel: str | None, problems: list[LineProblem]
) -> tuple[dict[str, Samples], Unit]:
    numbers = Numbers()
    meters: dict[str, Samples] = {}
    units: dict[Unit, None] = {}
    offset = int(timedelta(hours=10).total_seconds())
    for reading in parse(tracked):
        if channel is not None and reading.nmi_suffix != channel:
            continue
        unit = ENERGY.get(reading.uom.upper())
        if unit is None:
            problems.append(WrongValue(tracked.line, ValueFault.UNIT, reading.uom))
            continue
        units[unit] = None
        label = f"{reading.nmi} {reading.nmi_suffix}"
        one = meters.setdefault(label, Samples(label))
        flag = reading.quality_method[:1].upper()
        if flag == VARIABLE:
            flag = events.get((tracked.line, reading.interval_index), VARIABLE)
        quality = QUALITIES.get(flag)
        if quality is None:
            problems.append(WrongValue(tracked.line, ValueFault.QUALITY, flag))
            continue
        # The reader gives floats, and 0 where a cell is empty: the cell itself is exact.
        written = tracked.fields[1 + reading.interval_index]
        try:
            value = None if flag == NULL else numbers.read(written)
        except Refused as refused:
            problems.append(WrongValue(tracked.line, refused.fault, refused.text, refused.wanted))
            continue
        if value is None:
            one.written[len(one.lines)] = written
        elif value < 0:
            problems.append(WrongValue(tracked.line, ValueFault.NEGATIVE, written))
            continue
        one.lines.append(tracked.line)
        one.stamps.append(int(reading.interval_start.replace(tzinfo=MARKET_TIME).timestamp()))
        one.offsets.append(offset)
        one.values.append(value)
        one.qualities.append(quality)
        one.say_length(reading.interval_length * 60)
    if len(units) > 1:
        problems.append(WrongValue(1, ValueFault.UNIT, ", ".join(units)))
    return {label: one for label, one in meters.items() if one.lines}, next(iter(units), Unit.KWH)
