"""Files in the shapes in which portals, loggers and spreadsheets really write them, with the profiles that ship."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gridpact.cli import words
from gridpact.errors import GridPactError
from gridpact.production.read import Quality
from gridpact.production.readings import FillGaps, Format, Options, Readings, parse
from gridpact.production.readings.doubts import doubts_of
from gridpact.production.readings.errors import Doubtful, ReadingsError
from gridpact.production.readings.profile import NamedProfile, load
from tests.support import field_cases
from tests.support.field_cases import METER, SPIKE_LINE

PROFILES = Path(__file__).parents[4] / "docs" / "profiles"
LONDON = ZoneInfo("Europe/London")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def shipped(name: str, **changes: str) -> NamedProfile:
    """A profile that ships, perhaps with another zone."""
    content = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    for before, after in changes.items():
        content = content.replace(before, after)
    return load(content.encode())


def read(case: str, profile: str | None = None, **options: Any) -> Readings:
    """A case, read for its month."""
    found = field_cases.of(case)
    if profile is not None:
        options["profile"] = shipped(profile)
    return parse(found.content, found.epoch_id, Options(**options))


def refused(case: str, profile: str | None = None, **options: Any) -> str:
    """What is said of a case that cannot be taken: sentence and advice."""
    with pytest.raises(GridPactError) as caught:
        read(case, profile, **options)
    told = words.refusal(caught.value)
    return f"{told.sentence} {told.advice}"


@pytest.mark.parametrize(
    ("case", "profile", "rows"),
    [
        ("semicolon_local_time", "semicolon-local-time", 2_972),
        ("interval_ending", "interval-ending", 2_688),
        ("interval_ending_own_header", "own-columns-ending", 2_688),
        ("utf16_preamble", "utf16-preamble", 2_688),
        ("float_artefacts", None, 672),
        ("register_and_interval", "register-beside-intervals", 2_689),
        ("register_meter_exchanged", "register-with-exchange", 2_689),
        ("export_negative", "export-negative", 672),
        ("average_kw", "average-kw", 2_688),
        ("wide_48_columns", "wide-half-hours", 1_486),
        ("no_rows_at_night", "no-lines-at-night", 1_568),
        ("year", None, 720),
        ("further_columns", "further-columns", 672),
        ("utc_of_a_local_month", "utc-of-a-local-month", 1_488),
        ("saved_by_excel", "saved-by-excel", 672),
        ("fine", None, 1_392),
        ("two_lengths", None, 4_704),
        ("day_values", None, 28),
        ("register_rolls_over", "register-with-rollover", 672),
        ("inclusive_ends", "days-beside-quarters", 2_688),
        ("points_for_thousands", "points-for-thousands", 672),
    ],
)
def test_right_value(case: str, profile: str | None, rows: int) -> None:
    readings = read(case, profile)
    expected = field_cases.of(case)
    (meter,) = readings.meters
    assert (readings.epoch_id, meter.wh, meter.rows, meter.filled) == (expected.epoch_id, expected.wh, rows, 0)
    assert meter.quality is (Quality.ESTIMATED if case == "fine" else Quality.ACTUAL)
    assert doubts_of(readings, {}) == []


@pytest.mark.parametrize(
    ("case", "profile", "label"),
    [
        ("semicolon_local_time", "semicolon-local-time", METER),
        ("utf16_preamble", "utf16-preamble", METER),
        ("inclusive_ends", "days-beside-quarters", "AT0050000000000000000000000000004"),
        ("wide_48_columns", "wide-half-hours", "M-1"),
    ],
)
def test_the_meter_is_named(case: str, profile: str, label: str) -> None:
    assert [meter.label for meter in read(case, profile).meters] == [label]


def test_interval_ending_own_header_is_one_sentence() -> None:
    assert refused("interval_ending_own_header") == (
        "The times look like ends of intervals: the first is 2026-02-01T00:15:00+01:00, the last "
        '2026-03-01T00:00:00+01:00. Say so in a profile, stamps = "end"; `gridpact meter profile` drafts one.'
    )


def test_utf16_is_named() -> None:
    assert refused("utf16_preamble").startswith("The file is UTF-16-LE text.")


def test_register_and_interval_alone_has_its_gaps() -> None:
    text = (PROFILES / "register-beside-intervals.toml").read_text(encoding="utf-8")
    text = text.replace("Zaehlerstand Gesamt", "Einspeisung Gesamt").replace('"register"', '"interval"')
    named = load(text.replace("[value]", 'stamps = "end"\n[value]').encode())
    with pytest.raises(ReadingsError) as caught:
        parse(field_cases.of("register_and_interval").content, 202602, Options(profile=named))
    assert [problem.line for problem in caught.value.problems] == [815, 816, 1_877]


def test_the_drop_of_an_exchanged_register_is_named() -> None:
    (remark,) = read("register_meter_exchanged", "register-with-exchange").remarks
    assert words.fault(remark).startswith("Line 1101: the register of plant falls from ")
    assert words.fault(remark).endswith("the meter was exchanged, and the new one counts from 0.")


def test_a_register_that_falls_is_asked_about() -> None:
    named = shipped("register-with-exchange", **{"exchange = true": ""})
    with pytest.raises(ReadingsError) as caught:
        parse(field_cases.of("register_meter_exchanged").content, 202602, Options(profile=named))
    assert "line 1101: the register of plant falls from " in words.refusal(caught.value).sentence


@pytest.mark.parametrize("case", ["register_as_energy", "register_in_wh_as_energy"])
def test_a_register_is_no_energy(case: str) -> None:
    readings = read(case)
    (doubt,) = doubts_of(readings, {})
    assert "the values of plant only rise" in words.refusal(Doubtful((doubt,))).sentence
    assert len(doubts_of(readings, {"plant": 10_000})) > 600


def test_nem12() -> None:
    readings = read("nem12_export", format=Format.NEM12, channel="B1")
    (meter,) = readings.meters
    assert (meter.label, meter.wh, meter.rows) == ("4000000001 B1", field_cases.of("nem12_export").wh, 1_344)
    assert meter.quality is Quality.SUBSTITUTED
    (other,) = read("nem12_export", format=Format.NEM12, channel="E1").meters
    assert (other.label, other.wh, other.quality) == ("4000000001 E1", 336_000, Quality.ACTUAL)


def test_nem12_asks_for_the_channel() -> None:
    assert "the file has E1 and B1; choose with --channel" in refused("nem12_export", format=Format.NEM12)
    assert "the file has E1 and B1, not 'B9'" in refused("nem12_export", format=Format.NEM12, channel="B9")
    assert refused("nem12_export").endswith("Import it with --format nem12.")


@pytest.mark.parametrize(("channel", "wh"), [("reverse", 1_259_404), ("19", 1_259_404), ("forward", 336_000)])
def test_green_button(channel: str, wh: int) -> None:
    (meter,) = read("green_button", format=Format.GREEN_BUTTON, channel=channel, zone=LOS_ANGELES).meters
    assert (meter.label, meter.wh, meter.rows, meter.quality) == ("Solar home", wh, 672, Quality.ACTUAL)


def test_green_button_asks() -> None:
    assert "the file has forward and reverse; choose with --channel" in refused(
        "green_button", format=Format.GREEN_BUTTON
    )
    said = refused("green_button", format=Format.GREEN_BUTTON, channel="reverse")
    assert said.startswith("The times are UTC, but they cover February 2026 of a place 8 hours behind it.")
    assert refused("green_button").endswith("Import it with --format green-button.")


def test_export_negative_is_asked_about() -> None:
    assert "364 lines: the energy -603 is negative; first: line 8" in refused("export_negative")
    (remark,) = read("export_negative", "export-negative").remarks
    assert words.fault(remark) == "116.492 kWh that plant took in is left out."


def test_no_value() -> None:
    said = refused("no_value")
    for line, written in ((109, "'null'"), (110, "'NaN'"), (131, "'-'"), (132, "empty")):
        assert f"line {line}: meter-1 has no reading at " in said
        assert f"({written})" in said
    assert "is negative" not in said
    assert "--fill-gaps" in said
    (meter,) = read("no_value", fill_gaps=FillGaps.ZERO).meters
    assert (meter.wh, meter.filled) == (1_240_262, 4)


def test_no_rows_at_night_is_not_filled() -> None:
    said = refused("no_rows_at_night")
    assert "--fill-gaps" not in said
    assert said.startswith("The file has no lines at night for plant.")
    assert "fills" not in said
    assert "at most 5 %" in refused("no_rows_at_night", fill_gaps=FillGaps.MEAN)
    (remark,) = read("no_rows_at_night", "no-lines-at-night").remarks
    assert words.fault(remark) == "1,120 intervals of plant without a line count as zero."


def test_year_asks_for_the_month_and_counts_the_rest() -> None:
    with pytest.raises(ReadingsError) as caught:
        parse(field_cases.of("year").content)
    assert words.refusal(caught.value).sentence == "The file goes from January 2025 to December 2025."
    (remark,) = read("year").remarks
    assert words.fault(remark) == "8,040 readings outside June 2025 are skipped."


def test_quality_letters() -> None:
    said = refused("quality_letters")
    assert "654 lines: quality 'A' is not known; first: line 2" in said
    assert "quality 'V' is not known" in refused("quality_letters", "quality-letters")
    named = shipped("quality-letters", **{'["S", "F"]': '["S", "F", "V"]'})
    case = field_cases.of("quality_letters")
    (meter,) = parse(case.content, case.epoch_id, Options(profile=named)).meters
    assert (meter.wh, meter.quality) == (case.wh, Quality.SUBSTITUTED)


def test_utc_of_a_local_month_is_one_sentence() -> None:
    case = field_cases.of("utc_of_a_local_month")
    for epoch_id in (None, 202607):
        with pytest.raises(ReadingsError) as caught:
            parse(case.content, epoch_id)
        told = words.refusal(caught.value)
        assert told.sentence == "The times are UTC, but they cover July 2026 of a place 1 hour ahead of it."
        assert told.advice == "Name the place with --zone, for example --zone Europe/London."
    (meter,) = parse(case.content, 202607, Options(zone=LONDON)).meters
    assert (meter.wh, meter.rows) == (case.wh, 1_488)


def test_spike() -> None:
    for capacities in ({}, {"plant": 10_000}):
        (doubt,) = doubts_of(read("spike"), capacities)
        assert doubt.line == SPIKE_LINE


def test_exchange_of_two_numbers() -> None:
    readings = read("exchange_two_numbers")
    assert {meter.label: (meter.wh, meter.quality) for meter in readings.meters} == {
        "old": (498_847, Quality.ACTUAL),
        "new": (760_557, Quality.ACTUAL),
    }
    old, new = readings.meters
    assert old.end_ts == new.start_ts
    (remark,) = readings.remarks
    assert words.fault(remark) == (
        "new took the place of old on 2026-02-12T10:00:00-05:00; together they cover the month."
    )


def test_a_third_meter_beside_an_exchange_has_its_gap() -> None:
    lines = field_cases.of("exchange_two_numbers").content.decode().splitlines()
    third = [line.replace("old", "third") for line in lines if line.startswith("old")]
    with pytest.raises(ReadingsError) as caught:
        parse("\n".join([*lines, *third]).encode(), 202602)
    assert "third has no reading from 2026-02-12T10:00:00-05:00" in words.refusal(caught.value).sentence


def test_a_number_that_a_spreadsheet_rounded_is_no_meter() -> None:
    said = refused("number_rounded_by_excel")
    assert "1,344 lines: 5.414E+17 is not a meter's name but a number that a spreadsheet rounded" in said
    assert "repeats" not in said
