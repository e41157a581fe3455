"""Green Button (ESPI, NAESB REQ.21): readings in an Atom feed, one reading type for each direction of flow."""

from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

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
from gridpact.production.readings.values import Clock, Refused

ATOM: Final = "{http://www.w3.org/2005/Atom}"
ESPI: Final = "{http://naesb.org/espi}"
WATT_HOURS: Final = "72"
DELTA: Final = "4"
"""Accumulation behaviour of energy in an interval; others are registers and powers."""
DIRECTIONS: Final = {"1": "forward", "19": "reverse"}
"""Flow directions: to the customer, from the customer."""
QUALITIES: Final = {
    **dict.fromkeys(("0", "14", "17", "18", "19"), 0),
    **dict.fromkeys(("8", "9", "10", "12", "13", "16"), 1),
    **dict.fromkeys(("7", "11", "15"), 2),
}
"""ESPI's qualities of a reading → indexes of `WEAKNESS`."""


def samples(
    content: bytes, clock: Clock, channel: str | None, problems: list[LineProblem]
) -> tuple[dict[str, Samples], Unit] | None:
    """Each usage point's samples of one direction. What stands for a line is the number of the reading.

    Args:
        content: the file.
        clock: takes Unix times.
        channel: `forward`, `reverse`, or ESPI's number; None where there is only one.
        problems: what is wrong is added.
    """
    try:
        feed = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        problems.append(WrongFile(1, FileFault.NOT_XML, str(error)))
        return None
    reader = _Feed(feed)
    found = {reader.direction(kind): None for _, kind, _ in reader.readings()}
    wanted = DIRECTIONS.get(channel or "", channel)
    if (wanted is None and len(found) > 1) or (wanted is not None and wanted not in found):
        raise ReadingsError((ChannelsToChoose(1, tuple(found), channel),))
    meters: dict[str, Samples] = {}
    number = 0
    for label, kind, blocks in reader.readings():
        number = _take(
            label, kind, blocks, number, meters, clock, problems, is_wanted=wanted in (None, reader.direction(kind))
        )
    if not number and not problems:
        problems.append(WrongFile(1, FileFault.NO_READINGS))
    return {label: one for label, one in meters.items() if one.lines}, Unit.WH


def _take(
    label: str,
    kind: Element,
    blocks: list[Element],
    number: int,
    meters: dict[str, Samples],
    clock: Clock,
    problems: list[LineProblem],
    *,
    is_wanted: bool,
) -> int:
    power = Decimal(1).scaleb(int(_text(kind, "powerOfTenMultiplier") or "0"))
    if is_wanted and _text(kind, "uom") != WATT_HOURS:
        problems.append(WrongValue(number + 1, ValueFault.UNIT, f"uom {_text(kind, 'uom')}"))
        return number
    if is_wanted and _text(kind, "accumulationBehaviour") not in ("", DELTA):
        problems.append(
            WrongValue(number + 1, ValueFault.UNIT, f"accumulationBehaviour {_text(kind, 'accumulationBehaviour')}")
        )
        return number
    one = meters.setdefault(label, Samples(label)) if is_wanted else Samples(label)
    for reading in (each for block in blocks for each in block.iter(f"{ESPI}IntervalReading")):
        number += 1
        try:
            stamp = clock.read(_text(reading, "timePeriod/start"))
            seconds = int(_text(reading, "timePeriod/duration") or _text(kind, "intervalLength"))
            value = Decimal(int(_text(reading, "value"))) * power
        except (Refused, ValueError):
            problems.append(WrongValue(number, ValueFault.NOT_A_NUMBER, _text(reading, "value"), "12"))
            continue
        if value < 0:
            problems.append(WrongValue(number, ValueFault.NEGATIVE, str(value)))
            continue
        said = _text(reading, "ReadingQuality/quality") or "0"
        if said not in QUALITIES:
            problems.append(WrongValue(number, ValueFault.QUALITY, said))
            continue
        one.lines.append(number)
        one.stamps.append(stamp.ts)
        one.offsets.append(stamp.offset)
        one.values.append(value)
        one.qualities.append(QUALITIES[said])
        one.say_length(seconds)
    return number


class _Feed:
    """The entries of a feed, by their links."""

    def __init__(self, feed: Element) -> None:
        self._titles: dict[str, str] = {}
        self._kinds: dict[str, Element] = {}
        self._related: dict[str, list[str]] = {}
        self._blocks: dict[str, list[Element]] = {}
        for entry in feed.iter(f"{ATOM}entry"):
            links: dict[str, list[str]] = {}
            for link in entry.iter(f"{ATOM}link"):
                links.setdefault(link.get("rel", ""), []).append(link.get("href", ""))
            here = next(iter(links.get("self", [])), "")
            above = next(iter(links.get("up", [])), "")
            content = entry.find(f"{ATOM}content")
            for part in () if content is None else content:
                if part.tag == f"{ESPI}UsagePoint":
                    self._titles[here] = (entry.findtext(f"{ATOM}title") or "").strip()
                elif part.tag == f"{ESPI}ReadingType":
                    self._kinds[here] = part
                elif part.tag == f"{ESPI}MeterReading":
                    self._related[here] = links.get("related", [])
                elif part.tag == f"{ESPI}IntervalBlock":
                    self._blocks.setdefault(above.removesuffix("/IntervalBlock"), []).append(part)

    def readings(self) -> list[tuple[str, Element, list[Element]]]:
        """Usage point, reading type and blocks of each meter reading."""
        return [
            (self._label(here), self._kinds[kind], self._blocks.get(here, []))
            for here, related in self._related.items()
            for kind in related
            if kind in self._kinds
        ]

    def direction(self, kind: Element) -> str:
        """The direction of flow that a reading type is of."""
        said = _text(kind, "flowDirection")
        return DIRECTIONS.get(said, said or "unknown")

    def _label(self, reading: str) -> str:
        point = reading.partition("/MeterReading")[0]
        title, number = self._titles.get(point), point.rpartition("/")[2]
        if not title:
            return f"usage point {number}"
        return title if list(self._titles.values()).count(title) == 1 else f"{title} {number}"


def _text(element: Element, path: str) -> str:
    found = element.find("/".join(f"{ESPI}{step}" for step in path.split("/")))
    return "" if found is None or found.text is None else found.text.strip()
