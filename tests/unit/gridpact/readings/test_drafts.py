"""Drafts of profiles: what they settle and what they only offer, for every shape that a profile ships for."""

import pytest

from gridpact.production.readings import Options, parse
from gridpact.production.readings.draft import draft
from gridpact.production.readings.profile import load
from tests.support import field_cases

ZONE = {"semicolon_local_time": "Europe/Vienna", "wide_48_columns": "America/New_York", "saved_by_excel": "-05:00"}
LOCAL = "Europe/Vienna"
SHAPES = (
    "semicolon_local_time",
    "interval_ending",
    "utf16_preamble",
    "average_kw",
    "wide_48_columns",
    "further_columns",
    "saved_by_excel",
    "points_for_thousands",
    "interval_ending_own_header",
)


@pytest.mark.parametrize("case", SHAPES)
def test_a_draft_with_its_first_guesses_reads_the_file(case: str) -> None:
    """Only the owner knows zone, meter, and a unit that stands nowhere; all else is settled, or guessed first."""
    found = draft(field_cases.of(case).content)
    said = {"time.zone": ZONE.get(case, "-05:00" if case == "further_columns" else LOCAL)}
    if any(offer.key == "meter.name" for offer in found.open):
        said["meter.name"] = "plant"
    if case == "wide_48_columns":
        said["value.unit"] = "kWh"
    again = draft(
        field_cases.of(case).content,
        {**{offer.key: offer.guesses[0] for offer in found.open if offer.guesses}, **said},
    )
    assert again.open == []
    expected = field_cases.of(case)
    readings = parse(expected.content, expected.epoch_id, Options(profile=load(again.toml().encode())))
    assert readings.total_wh == expected.wh


@pytest.mark.parametrize("case", SHAPES)
def test_a_draft_guesses_nothing_that_changes_a_figure(case: str) -> None:
    found = draft(field_cases.of(case).content)
    open_keys = {offer.key for offer in found.open}
    assert {"time.zone", "value.unit", "value.kind"} <= open_keys
    assert "time.stamps" in open_keys or case == "wide_48_columns"
    assert not {"time.zone", "time.stamps", "value.unit", "value.kind", "value.sign"} & set(found.settled)


def test_ends_and_registers_and_signs_are_offered_first_where_they_are_likely() -> None:
    def first(case: str, key: str) -> str:
        (offer,) = (one for one in draft(field_cases.of(case).content).open if one.key == key)
        return offer.guesses[0]

    assert first("interval_ending", "time.stamps") == "end"
    assert first("semicolon_local_time", "time.stamps") == "start"
    assert first("register_meter_exchanged", "value.kind") == "register"
    assert first("export_negative", "value.sign") == "export-negative"
    assert first("average_kw", "value.unit") == "kW"


@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", ",")])
@pytest.mark.parametrize("preamble", ["", "Plant 7\n45000\n"], ids=["plain", "with a preamble"])
def test_days_of_a_spreadsheet(separator: str, decimal: str, preamble: str) -> None:
    """46054.25 is six in the morning of the first of February 2026."""
    rows = [(f"{46_054 + at / 24:.5f}", f"{at % 7 / 10}") for at in range(28 * 24)]
    lines = [separator.join((day.removesuffix(".00000"), kwh)).replace(".", decimal) for day, kwh in rows]
    content = (preamble + "\n".join([f"Zeit{separator}kWh", *lines])).encode()
    found = draft(content)
    assert (found.settled["time.column"], found.settled["time.format"]) == ("Zeit", "excel")
    guessed = {offer.key: offer.guesses[0] for offer in found.open if offer.guesses}
    said = draft(content, {**guessed, "time.zone": "+01:00", "meter.name": "plant"})
    assert said.open == []
    readings = parse(content, 202602, Options(profile=load(said.toml().encode())))
    assert readings.total_wh == sum(at % 7 * 100 for at in range(28 * 24))


@pytest.mark.parametrize("step", [1, 0.25, 0.1, 13.7])
def test_a_register_is_no_days(step: float) -> None:
    lines = [f"2026-02-01T{at:02}:00:00Z,{45_000 + at * step}" for at in range(24)]
    found = draft("\n".join(["t,kWh", *lines]).encode())
    assert (found.settled["time.column"], found.settled["value.column"]) == ("t", "kWh")
