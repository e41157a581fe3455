"""Files read with a profile, shape by shape."""

import pytest

from gridpact.production.readings.errors import ProfileRefused
from gridpact.production.readings.profile import load


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
        (('format = "iso"', 'format = "DD.MM.YYYY"'), [("time.format", "'DD.MM.YYYY' is not iso, unix, unix-ms or")]),
        (('zone = "UTC"', 'zone = "Mars"'), [("time.zone", "'Mars' is no time zone")]),
        (("[meter]\ncolumn = 1", '[meter]\nheading = "("'), [("meter.heading", "'(' is no regular expression")]),
        (("[meter]\ncolumn = 1", "[meter]"), [("meter", "say one of column, name, heading and columns")]),
        (("column = 3", "columns = 3"), [("value.columns", "Extra inputs are not permitted")]),
        (('kind = "interval"', 'kind = "interval"\nrollover = 9'), [("value", "only a register has rollover")]),
        (('unit = "Wh"\nkind = "interval"', 'unit = "W"\nkind = "register"'), [("value", "a register counts energy")]),
        (("[time]", '[file]\ndecimal = ","\nthousands = ","\n[time]'), [("file", "decimal and thousands cannot")]),
        (("[time]", '[file]\nencoding = "klingon"\n[time]'), [("file.encoding", "'klingon' is no encoding")]),
        (("[time]", "[time"), [("", "Expected ']'")]),
    ],
)
def test_a_profile_is_refused_by_its_key(change: tuple[str, str], faults: list[tuple[str, str]]) -> None:
    found = refused(SMALL.replace(*change))
    assert [
        (place, said[: len(expected)]) for (place, said), (_, expected) in zip(found, faults, strict=True)
    ] == faults
