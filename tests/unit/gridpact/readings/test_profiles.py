"""Files read with a profile, shape by shape."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from gridpact.cli import words
from gridpact.production.readings import Options, parse
from gridpact.production.readings.doubts import doubts_of
from gridpact.production.readings.errors import Doubtful, ProfileRefused, ReadingsError
from gridpact.production.readings.profile import load
from tests.support.field_cases.plant import instants


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProfileRefused) as caught:
        load(text.encode())
    return [(fault.place, fault.said) for fault in caught.value.faults]


SMALL = """
[time]
column = 2
format = "iso"
zone = "UTC"
stamps = "start"
[value]
column = 3
unit = "Wh"
kind = "interval"
[meter]
column = 1
"""


def test_a_small_profile() -> None:
    named = load(SMALL.encode())
    assert named.profile.value.unit.factor == 1
    assert len(named.sha256) == 32


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (('unit = "Wh"', 'unit = "Joule"'), [("value.unit", "Input should be 'Wh', 'kWh', 'MWh', 'W', 'kW' or 'MW'")]),
        (('stamps = "start"', ""), [("", "time.stamps is missing: say whether a time is the start or the end")]),
        (('format = "iso"', 'format = "DD.MM.YYYY"'), [("time.format", "'DD.MM.YYYY' is not iso, unix, unix-ms, e")]),
        (('zone = "UTC"', 'zone = "Mars"'), [("time.zone", "'Mars' is not a time zone")]),
        (("[meter]\ncolumn = 1", '[meter]\nheading = "("'), [("meter.heading", "'(' is not a regular expression")]),
        (("[meter]\ncolumn = 1", "[meter]"), [("meter", "say one of column, name, heading and columns")]),
        (("column = 3", "columns = 3"), [("value.columns", "Extra inputs are not permitted")]),
        (('kind = "interval"', 'kind = "interval"\nrollover = 9'), [("value", "only a register has rollover")]),
        (('unit = "Wh"\nkind = "interval"', 'unit = "W"\nkind = "register"'), [("value", "a register counts energy")]),
        (("[time]", '[file]\ndecimal = ","\nthousands = ","\n[time]'), [("file", "decimal and thousands cannot")]),
        (("[time]", '[file]\nencoding = "klingon"\n[time]'), [("file.encoding", "'klingon' is not an encoding")]),
        (("[time]", "[time"), [("", "Expected ']'")]),
    ],
)
def test_a_profile_is_refused_by_its_key(change: tuple[str, str], faults: list[tuple[str, str]]) -> None:
    found = refused(SMALL.replace(*change))
    assert [
        (place, said[: len(expected)]) for (place, said), (_, expected) in zip(found, faults, strict=True)
    ] == faults


# --- further shapes ---------------------------------------------------------------------------------------------------

SHIPPED = sorted((Path(__file__).parents[4] / "docs" / "profiles").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_profile_that_ships_is_one_and_is_listed(path: Path) -> None:
    load(path.read_bytes())
    assert f"[{path.stem}]({path.name})" in path.with_name("README.md").read_text(encoding="utf-8")


def shipped(name: str) -> Options:
    (path,) = (one for one in SHIPPED if one.stem == name)
    return Options(profile=load(path.read_bytes()))


def test_meters_in_columns() -> None:
    stamps = instants(2026, 10, 30, "Europe/Berlin")
    lines = ["Zeit;Dach Nord;Dach Süd", *(f"{at:%d.%m.%Y %H:%M};0,125;0,25" for at in stamps)]
    north, south = parse("\n".join(lines).encode(), 202610, shipped("meters-in-columns")).meters
    assert (north.label, north.wh) == ("roof-north", 1_490 * 125)
    assert (south.label, south.wh) == ("roof-south", 1_490 * 250)


def test_direction_by_line() -> None:
    lines = ["MPAN,Timestamp,Direction,kWh"]
    for at in instants(2026, 2, 30, "Europe/London"):
        lines += [f"1,{at:%Y-%m-%d %H:%M:%S},{word},0.{wh}" for word, wh in (("Export", 200), ("Import", 100))]
    (meter,) = parse("\n".join(lines).encode(), 202602, shipped("direction-by-line")).meters
    assert (meter.label, meter.wh) == ("1", 1_344 * 200)
    with pytest.raises(ReadingsError) as caught:
        parse("\n".join([*lines, lines[-1].replace("Import", "Net")]).encode(), 202602, shipped("direction-by-line"))
    assert "direction 'Net' is not known" in words.refusal(caught.value).sentence


def test_added_tariffs() -> None:
    stamps = instants(2026, 3, 15, "Europe/Rome")
    lines = ["time,day_wh,night_wh", *(f"{int(at.timestamp())},3,4" for at in stamps)]
    (meter,) = parse("\n".join(lines).encode(), 202603, shipped("added-tariffs")).meters
    assert meter.wh == len(stamps) * 7


def test_24_00_is_the_end_of_a_day() -> None:
    ends = [f"m,{at:%Y-%m-%d} {at.hour + 1:02d}:00,5" for at in instants(2026, 2, 60, "UTC")]
    text = "\n".join(["meter,time,wh", *ends])
    named = load(SMALL.replace('"start"', '"end"').replace('"iso"', '"%Y-%m-%d %H:%M"').encode())
    (meter,) = parse(text.encode(), 202602, Options(profile=named)).meters
    assert (meter.wh, meter.rows) == (672 * 5, 672)


def test_a_limit_stops_by_line() -> None:
    named = load((SMALL + "[limits]\npeak_kw = 0.05\n").encode())
    stamps = instants(2026, 2, 60, "UTC")
    lines = ["meter,time,wh", *(f"m,{at.isoformat()},{60 if at.day == 3 and at.hour == 4 else 50}" for at in stamps)]
    readings = parse("\n".join(lines).encode(), 202602, Options(profile=named))
    assert [doubt.line for doubt in doubts_of(readings, {})] == [2 + 2 * 24 + 4]
    assert "m gives 0.06 kW, but its capacity is 0.05 kW" in words.refusal(Doubtful(readings.doubts)).sentence


def test_a_workbook() -> None:
    rows: list[list[object]] = [["meter", "time", "Wh"]]
    rows += [["m", at.replace(tzinfo=None), 2.5] for at in instants(2026, 2, 60, "UTC")]
    named = load(SMALL.encode())
    (meter,) = parse(workbook(rows), 202602, Options(profile=named)).meters
    assert (meter.wh, meter.rows) == (672 * 5 // 2, 672)


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook (.xlsx) with one sheet, as small as one can be."""
    cells = []
    for number, row in enumerate(rows, 1):
        written = []
        for cell in row:
            if isinstance(cell, datetime):
                days = (cell - datetime(1899, 12, 30)).total_seconds() / 86_400
                written.append(f'<c s="1"><v>{days!r}</v></c>')
            elif isinstance(cell, str):
                written.append(f'<c t="inlineStr"><is><t>{cell}</t></is></c>')
            else:
                written.append(f"<c><v>{cell}</v></c>")
        cells.append(f'<row r="{number}">{"".join(written)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/>'
        "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>',
    }
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return book.getvalue()
