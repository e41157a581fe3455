"""Files in the shapes in which portals, loggers and spreadsheets really write them; every value is made up.

Each case is a function that returns a file, and what it holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from tests.support.field_cases.plant import comma, days, instants, kwh, solar_wh


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what it holds."""

    content: bytes
    epoch_id: int
    wh: int


CASES: dict[str, Callable[[], Case]] = {}


def case(maker: Callable[[], Case]) -> Callable[[], Case]:
    """Add a case by its function's name."""
    CASES[maker.__name__] = maker
    return maker


@cache
def of(name: str) -> Case:
    """A case."""
    return CASES[name]()


def text(lines: list[str], encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Lines as a file."""
    return (end.join(lines) + end).encode(encoding)


def later(at: datetime, minutes: int) -> datetime:
    """So many minutes after, on the time line."""
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(at.tzinfo)


METER = "AT0010000000000000000000000000001"
QUARTERS = "Europe/Vienna"


@case
def semicolon_local_time() -> Case:
    """Local time without offset, decimal comma, the meter in the heading, the clocks go forward."""
    rows, total = [f"\ufeffDatum;Zeit von;Zeit bis;{METER} - Einspeiser [kWh]"], 0
    for at in instants(2026, 3, 15, QUARTERS):
        wh = solar_wh(at, 15)
        total += wh
        rows.append(f"{at:%d.%m.%Y};{at:%H:%M:%S};{later(at, 15):%H:%M:%S};{comma(kwh(wh))}")
    return Case(text(rows), 202603, total)


@case
def interval_ending() -> Case:
    """Ends of intervals: the first line is 00:15, the last midnight; a trailing semicolon; a quality letter."""
    rows, total = ["\ufeffMesszeitpunkt;Einspeisung (kWh);Qualität;"], 0
    for at in instants(2026, 2, 15, QUARTERS):
        wh = solar_wh(at, 15)
        total += wh
        rows.append(f"{at + timedelta(minutes=15):%d.%m.%Y %H:%M};{comma(kwh(wh))}000;G;")
    return Case(text(rows), 202602, total)


@case
def interval_ending_own_header() -> Case:
    """The same under GridPact's header, by somebody who did not know that they are ends."""
    rows, total = ["meter_id,interval_start,energy_kwh"], 0
    for at in instants(2026, 2, 15, QUARTERS):
        wh = solar_wh(at, 15)
        total += wh
        rows.append(f"plant,{(at + timedelta(minutes=15)).isoformat()},{kwh(wh)}")
    return Case(text(rows), 202602, total)


@case
def utf16_preamble() -> Case:
    """UTF-16 without a mark, three lines before the header."""
    rows, total = ["Vertragskonto;000000", f"Zählpunkt;{METER}", ""], 0
    rows.append("Beginn der Messreihe;Ende der Messreihe;Messwert in kWh")
    for at in instants(2026, 2, 15, QUARTERS):
        wh = solar_wh(at, 15)
        total += wh
        rows.append(f"{at:%d.%m.%Y %H:%M};{at + timedelta(minutes=15):%d.%m.%Y %H:%M};{comma(kwh(wh))}")
    return Case(text(rows, "utf-16-le"), 202602, total)


@case
def float_artefacts() -> Case:
    """Differences of floats, as portals print them."""
    rows, total = ["meter_id,interval_start,energy_kwh"], 0
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        wh = solar_wh(at, 60)
        total += wh
        rows.append(f"meter-1,{at.isoformat()},{(1_000_000 + wh) / 1000 - 1000.0!r}")
    return Case(text(rows), 202602, total)


@case
def register_and_interval() -> Case:
    """A register, and beside it intervals of which three are empty."""
    rows = ["Ablesezeitpunkt;Zaehlerstand Gesamt - 2.8.0;Einspeisung Gesamt - 2.8.0;Status Gesamt - 2.8.0"]
    total, register = 0, 11_447_713
    stamps = instants(2026, 2, 15, QUARTERS)
    rows.append(f"{stamps[0].isoformat(timespec='milliseconds')};{comma(kwh(register))};;")
    for at in stamps:
        wh = solar_wh(at, 15)
        total += wh
        register += wh
        is_shown = (at.day, at.hour, at.minute) not in {(9, 11, 0), (9, 11, 15), (20, 12, 30)}
        rest = f"{comma(kwh(wh))};VAL" if is_shown else ";"
        end = at + timedelta(minutes=15)
        rows.append(f"{end.isoformat(timespec='milliseconds')};{comma(kwh(register))};{rest}")
    return Case(text(rows), 202602, total)


@case
def register_meter_exchanged() -> Case:
    """A register that starts at 0 on the 12th: another meter."""
    rows, total, register = ["meter_id,time,register_kwh"], 0, 48_211_000
    stamps = instants(2026, 2, 15, "Etc/GMT-1")
    rows.append(f"plant,{stamps[0].isoformat()},{kwh(register)}")
    for at in stamps:
        wh = solar_wh(at, 15)
        if (at.day, at.hour, at.minute) == (12, 10, 30):
            register = 0
        total += wh
        register += wh
        rows.append(f"plant,{(at + timedelta(minutes=15)).isoformat()},{kwh(register)}")
    return Case(text(rows), 202602, total)


@case
def register_as_energy() -> Case:
    """A register under GridPact's header: nobody may be billed this."""
    rows, total, register = ["meter_id,interval_start,energy_kwh"], 0, 48_211_000
    for at in instants(2026, 2, 15, "Etc/GMT-1"):
        rows.append(f"plant,{at.isoformat()},{kwh(register)}")
        register += solar_wh(at, 15)
        total += solar_wh(at, 15)
    return Case(text(rows), 202602, total)


@case
def nem12_export() -> Case:
    """NEM12: import E1 and export B1 in half hours, the 7th of B1 half substituted."""
    lines = ["100,NEM12,202603011201,MDPTEST,RETAILER"]
    per_day: dict[int, list[int]] = {}
    for at in instants(2026, 2, 30, "Australia/Brisbane"):
        per_day.setdefault(at.day, []).append(solar_wh(at, 30))
    for channel in ("E1", "B1"):
        lines.append(f"200,4000000001,E1B1,{channel},{channel},N1,METER001,KWH,30,")
        for day, values in per_day.items():
            flag = "V" if channel == "B1" and day == 7 else "A"
            shown = values if channel == "B1" else [250] * 48
            lines.append(f"300,202602{day:02d},{','.join(kwh(one) for one in shown)},{flag},,,20260301120000,")
            if flag == "V":
                lines += ["400,1,24,A,,", "400,25,48,S14,,"]
    return Case(text([*lines, "900"]), 202602, sum(map(sum, per_day.values())))


ATOM, ESPI = 'xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://naesb.org/espi"'
POINT = "/espi/1_1/resource/RetailCustomer/1/UsagePoint/1"


def _entry(title: str, self_link: str, up: str, related: list[str], content: str) -> str:
    links = "".join(f'<link rel="related" href="{one}"/>' for one in related)
    links = f'<link rel="self" href="{self_link}"/><link rel="up" href="{up}"/>{links}'
    return f"<entry><title>{title}</title>{links}<content>{content}</content></entry>"


@case
def green_button() -> Case:
    """Green Button (ESPI): one forward and one reverse reading type, hourly, seconds since 1970."""
    service = f"<UsagePoint {ESPI}><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>"
    entries = [_entry("Solar home", POINT, POINT.rpartition("/")[0], [f"{POINT}/MeterReading"], service)]
    total = 0
    for number, direction in ((1, 1), (2, 19)):
        readings = []
        for at in instants(2026, 2, 60, "America/Los_Angeles"):
            wh = 500 if direction == 1 else solar_wh(at, 60)
            total += wh if direction == 19 else 0
            period = f"<timePeriod><duration>3600</duration><start>{int(at.timestamp())}</start></timePeriod>"
            readings.append(f"<IntervalReading>{period}<value>{wh}</value></IntervalReading>")
        reading, kind = f"{POINT}/MeterReading/{number}", f"/espi/1_1/resource/ReadingType/{number}"
        said = (
            "<accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity>"
            f"<flowDirection>{direction}</flowDirection><intervalLength>3600</intervalLength>"
            "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>"
        )
        block = f"<IntervalBlock {ESPI}>{''.join(readings)}</IntervalBlock>"
        entries += [
            _entry(
                "r", reading, f"{POINT}/MeterReading", [kind, f"{reading}/IntervalBlock"], f"<MeterReading {ESPI}/>"
            ),
            _entry("kind", kind, "/espi/1_1/resource/ReadingType", [], f"<ReadingType {ESPI}>{said}</ReadingType>"),
            _entry("block", f"{reading}/IntervalBlock/1", f"{reading}/IntervalBlock", [], block),
        ]
    feed = f'<?xml version="1.0" encoding="UTF-8"?><feed {ATOM}>{"".join(entries)}</feed>'
    return Case(text([feed]), 202602, total)


@case
def export_negative() -> Case:
    """Net metering in one signed column: what was exported is negative."""
    rows, exported = ["meter_id,interval_start,energy_wh"], 0
    for at in instants(2026, 2, 60, "America/Los_Angeles"):
        net = 400 - solar_wh(at, 60)
        exported += max(0, -net)
        rows.append(f"plant,{at.isoformat()},{net}")
    return Case(text(rows), 202602, exported)


@case
def average_kw() -> Case:
    """Average kW of quarters of an hour."""
    rows, total = ["Zeitstempel;Zählerart;kW;Zeitraum"], 0
    for at in instants(2026, 2, 15, QUARTERS):
        wh = solar_wh(at, 15)
        total += wh
        rows.append(f"{at:%d.%m.%Y %H:%M};Erzeugung;{comma(kwh(wh * 4))};15 min")
    return Case(text(rows), 202602, total)


@case
def wide_48_columns() -> Case:
    """One line a day, 48 half hours, also on the day on which two of them do not exist."""
    columns = ",".join(f"{at // 2}:{at % 2 * 30:02d}" for at in range(48))
    lines, total = [f"Account,Meter,Date,{columns}"], 0
    per_day: dict[int, dict[int, int]] = {}
    for at in instants(2026, 3, 30, "America/New_York"):
        wh = solar_wh(at, 30)
        total += wh
        per_day.setdefault(at.day, {})[at.hour * 2 + at.minute // 30] = wh
    for day, slots in per_day.items():
        lines.append(f"1,M-1,3/{day}/2026,{','.join(kwh(slots.get(at, 0)) for at in range(48))}")
    return Case(text(lines), 202603, total)


@case
def no_value() -> Case:
    """Hours without a value: null, NaN, -, empty."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    holes = {(5, 11): "null", (5, 12): "NaN", (6, 9): "-", (6, 10): ""}
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        wh = solar_wh(at, 60)
        hole = holes.get((at.day, at.hour))
        total += wh if hole is None else 0
        rows.append(f"meter-1,{at.isoformat()},{wh if hole is None else hole}")
    return Case(text(rows), 202602, total)


@case
def no_rows_at_night() -> Case:
    """No lines at night, as inverters' loggers write."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    for at in instants(2026, 2, 15, "Etc/GMT-1"):
        wh = solar_wh(at, 15)
        total += wh
        if wh:
            rows.append(f"plant,{at.isoformat()},{wh}")
    return Case(text(rows), 202602, total)


@case
def year() -> Case:
    """A year, of which June is wanted."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    for month in range(1, 13):
        for at in instants(2025, month, 60, "Etc/GMT-1"):
            wh = solar_wh(at, 60)
            total += wh if month == 6 else 0
            rows.append(f"plant,{at.isoformat()},{wh}")
    return Case(text(rows), 202506, total)


@case
def further_columns() -> Case:
    """Further columns, capitals in the header, quotes."""
    rows, total = ['"Meter_ID","Interval_Start","interval_end","Energy_kWh","unit","comment"'], 0
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        wh = solar_wh(at, 60)
        total += wh
        rows.append(f'"meter-1","{at.isoformat()}","{(at + timedelta(hours=1)).isoformat()}",{kwh(wh)},kWh,ok')
    return Case(text([*rows, ""], end="\r\n"), 202602, total)


LETTERS = ("A", "A", "A", "E", "S", "V", "F", "VAL", "EST", "L1", "G")


@case
def quality_letters() -> Case:
    """Quality letters of the trade."""
    rows, total = ["meter_id,interval_start,energy_wh,quality"], 0
    for at in instants(2026, 2, 60, "Etc/GMT-10"):
        wh = solar_wh(at, 60)
        total += wh
        letter = LETTERS[(at.day * 24 + at.hour) % len(LETTERS)] if at.day == 3 else "A"
        rows.append(f"meter-1,{at.isoformat()},{wh},{letter}")
    return Case(text(rows), 202602, total)


@case
def utc_of_a_local_month() -> Case:
    """UTC stamps of a plant whose months are London's."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    for at in instants(2026, 7, 30, "Europe/London"):
        wh = solar_wh(at, 30)
        total += wh
        rows.append(f"meter-1,{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ},{wh}")
    return Case(text(rows), 202607, total)


@case
def saved_by_excel() -> Case:
    """What Excel makes of a good file."""
    rows, total = ["sep=;", "meter_id;interval_start;energy_wh"], 0
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        wh = solar_wh(at, 60)
        total += wh
        rows.append(f"meter-1;{at.month}/{at.day}/{at.year} {at.hour}:{at.minute:02d};{wh}")
    return Case(text([*rows, ";;"], end="\r\n"), 202602, total)


@case
def fine() -> Case:
    """A mark, CRLF, quotes, blank lines at the end, a leap day."""
    rows, total = ['\ufeff"meter_id","interval_start","energy_wh","quality"'], 0
    for at in instants(2024, 2, 30, "Asia/Kathmandu"):
        wh = solar_wh(at, 30)
        total += wh
        rows.append(f'"meter-1","{at.isoformat()}","{wh}","Estimated"')
    return Case(text([*rows, ",,,", ""], end="\r\n"), 202402, total)


SPIKE_LINE = 2 + 8 * 24 + 12


@case
def spike() -> Case:
    """One hour holds 2^31 - 1 hundredths, the number that a broken register is read as."""
    rows, total = ["meter_id,interval_start,energy_kwh"], 0
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        is_spoilt = (at.day, at.hour) == (9, 12)
        wh = solar_wh(at, 60)
        total += 0 if is_spoilt else wh
        rows.append(f"plant,{at.isoformat()},{'21474836.47' if is_spoilt else kwh(wh)}")
    return Case(text(rows), 202602, total)


@case
def two_lengths() -> Case:
    """From half hours to five minutes in the middle of the month."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    for minutes in (30, 5):
        for at in instants(2026, 2, minutes, "Etc/GMT-10"):
            if (at.day < 15) == (minutes == 30):
                wh = solar_wh(at, minutes)
                total += wh
                rows.append(f"plant,{at.isoformat()},{wh}")
    return Case(text(rows), 202602, total)


@case
def day_values() -> Case:
    """One line a day."""
    rows, total = ["meter_id,interval_start,energy_wh"], 0
    for day in days(2026, 2):
        wh = sum(solar_wh(at, 60) for at in instants(2026, 2, 60, "Etc/GMT-1") if at.day == day)
        total += wh
        rows.append(f"plant,2026-02-{day:02d}T00:00:00+01:00,{wh}")
    return Case(text(rows), 202602, total)


@case
def nine_new_meters() -> Case:
    """Nine meters that nobody knows yet."""
    hours = instants(2026, 2, 60, "Etc/GMT+5")
    rows = [f"new-{name},{at.isoformat()},{solar_wh(at, 60)}" for name in range(9) for at in hours]
    return Case(text(["meter_id,interval_start,energy_wh", *rows]), 202602, 9 * sum(solar_wh(at, 60) for at in hours))


@case
def register_rolls_over() -> Case:
    """A register of five digits and one decimal that rolls over; one line is missing, which costs nothing."""
    rows, total, register = ["meter_id,time,register_kwh"], 0, 99_900_000
    stamps = instants(2026, 2, 60, "Etc/GMT-10")
    rows.append(f"plant,{stamps[0].isoformat()},{register / 1000:.1f}")
    for at in stamps:
        wh = solar_wh(at, 60, 100_000) // 100 * 100
        total += wh
        register += wh
        if (at.day, at.hour) != (3, 12):
            rows.append(f"plant,{later(at, 60).isoformat()},{register % 100_000_000 / 1000:.1f}")
    return Case(text(rows), 202602, total)


@case
def register_in_wh_as_energy() -> Case:
    """A register in Wh under GridPact's header, with an exchange."""
    rows, register = ["meter_id,interval_start,energy_wh"], 48_211_000
    for at in instants(2026, 2, 60, "Etc/GMT-10"):
        if (at.day, at.hour) == (12, 10):
            register = 0
        rows.append(f"plant,{at.isoformat()},{register}")
        register += solar_wh(at, 60)
    return Case(text(rows), 202602, 0)


@case
def exchange_two_numbers() -> Case:
    """A meter exchanged on the 12th: two numbers, each a part of the month, actual readings all the month."""
    rows, total = ["meter_id,interval_start,energy_wh,quality"], 0
    for at in instants(2026, 2, 60, "Etc/GMT+5"):
        wh = solar_wh(at, 60)
        total += wh
        rows.append(f"{'old' if (at.day, at.hour) < (12, 10) else 'new'},{at.isoformat()},{wh},actual")
    return Case(text(rows), 202602, total)


@case
def inclusive_ends() -> Case:
    """Ends one second before the next start; beside them, in the same lines, the days' sums."""
    who = "AT0050000000000000000000000000004"
    rows = [f"addr [{who}];;;addr [{who}];;", f"{who};;;{who};;"]
    rows += ["Strom - Wirkenergie (kWh);;;Strom - Wirkenergie (kWh);;", "kWh;;;kWh;;"]
    rows.append("DATE_FROM;DATE_TO;VALUE;DATE_FROM;DATE_TO;VALUE")
    stamps, sums, total = instants(2026, 2, 15, QUARTERS), dict.fromkeys(days(2026, 2), 0), 0
    for at in stamps:
        sums[at.day] += solar_wh(at, 15)
    for index, at in enumerate(stamps, 1):
        wh = solar_wh(at, 15)
        total += wh
        beside = ";;"
        if index <= 28:
            beside = f"{index:02d}.02.2026 00:00:00;{index:02d}.02.2026 23:59:59;{comma(kwh(sums[index]))}"
        end = at + timedelta(minutes=14, seconds=59)
        rows.append(f"{at:%d.%m.%Y %H:%M:%S};{end:%d.%m.%Y %H:%M:%S};{comma(kwh(wh))};{beside}")
    return Case(text(rows), 202602, total)


@case
def points_for_thousands() -> Case:
    """Points for thousands, a comma for decimals: a large plant."""
    rows, total = ["Zeit von;Einspeisung [kWh]"], 0
    for at in instants(2026, 2, 60, QUARTERS):
        wh = solar_wh(at, 60, 4_000_000)
        total += wh
        rows.append(f"{at:%d.%m.%Y %H:%M};{f'{wh // 1000:,}'.replace(',', '.')},{wh % 1000:03d}")
    return Case(text(rows), 202602, total)


@case
def number_rounded_by_excel() -> Case:
    """Numbers of 18 digits that a spreadsheet rounded: two meters have become one."""
    hours = instants(2026, 2, 60, "Etc/GMT-1")
    rows = [f"5.414E+17,{at.isoformat()},{solar_wh(at, 60)}" for at in hours for _ in range(2)]
    return Case(text(["meter_id,interval_start,energy_wh", *rows]), 202602, 0)


def numbered(name: str) -> Case:
    """A month of one meter."""
    hours = instants(2026, 2, 60, "Etc/GMT+5")
    rows = [f"{name},{at.isoformat()},{solar_wh(at, 60)}" for at in hours]
    return Case(text(["meter_id,interval_start,energy_wh", *rows]), 202602, sum(solar_wh(at, 60) for at in hours))
