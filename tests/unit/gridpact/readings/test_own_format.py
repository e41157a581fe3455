"""Files of interval readings: what is taken, and what is refused on which line."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridpact.cli import words
from gridpact.cli.words.readings import SHOWN_PROBLEMS
from gridpact.production.read import Quality
from gridpact.production.readings import FillGaps, Options, Readings
from gridpact.production.readings import parse as parse_file
from gridpact.production.readings.errors import ReadingsError


def parse(content: bytes, epoch_id: int | None = None, **options: Any) -> Readings:
    """The readings in a file of GridPact's own format."""
    return parse_file(content, epoch_id, Options(**options))


EXAMPLE = Path(__file__).parents[4] / "data" / "readings-202602.csv"
HEADER = "meter_id,interval_start,energy_wh"
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")


def hours(epoch_id: int, zone: ZoneInfo | None = None, minutes: int = 60) -> list[datetime]:
    """Every interval's start in a local month, along the absolute time line."""
    year, month = divmod(epoch_id, 100)
    local = zone or UTC
    start = datetime(year, month, 1, tzinfo=local).astimezone(UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=local).astimezone(UTC)
    count = int((end - start) / timedelta(minutes=minutes))
    return [(start + step * timedelta(minutes=minutes)).astimezone(local) for step in range(count)]


def file_of(starts: list[datetime], wh: int = 100, label: str = "m") -> list[str]:
    return [HEADER, *(f"{label},{start.isoformat()},{wh}" for start in starts)]


def content(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


FEBRUARY = file_of(hours(202602))
"""672 hours; the reading of hour n is on line n + 2."""


def problems(lines: list[str], **options: Any) -> list[str]:
    with pytest.raises(ReadingsError) as caught:
        parse(content(lines), **options)
    assert words.refusal(caught.value).sentence.startswith("The ")
    return [f"line {problem.line}: {words.fault(problem)}" for problem in caught.value.problems]


def test_example_month() -> None:
    readings = parse(EXAMPLE.read_bytes())
    assert readings.epoch_id == 202602
    assert readings.total_wh == 125_000_000
    assert {meter.label: meter.wh for meter in readings.meters} == {
        "meter-1": 45_000_000,
        "meter-2": 38_000_000,
        "meter-3": 42_000_000,
    }
    assert readings.source_hash == hashlib.sha256(EXAMPLE.read_bytes()).digest()
    for meter in readings.meters:
        assert (meter.rows, meter.filled, meter.quality, meter.interval_minutes) == (672, 0, Quality.ACTUAL, 60)
        assert meter.start_ts == int(datetime.fromisoformat("2026-02-01T00:00:00-05:00").timestamp())
        assert meter.end_ts == int(datetime.fromisoformat("2026-03-01T00:00:00-05:00").timestamp())


@pytest.mark.parametrize(
    ("epoch_id", "zone", "rows"),
    [
        (202603, NEW_YORK, 743),
        (202611, NEW_YORK, 721),
        (202610, ZoneInfo("Europe/Berlin"), 745),
        (202602, KOLKATA, 672),
    ],
)
def test_months_with_a_clock_change_are_whole(epoch_id: int, zone: ZoneInfo, rows: int) -> None:
    starts = hours(epoch_id, zone)
    assert len(starts) == rows
    (meter,) = parse(content(file_of(starts))).meters
    assert (meter.rows, meter.filled, meter.wh) == (rows, 0, rows * 100)


def test_the_hour_that_a_clock_change_repeats_is_missed_like_any_other() -> None:
    lines = file_of(hours(202610, ZoneInfo("Europe/Berlin")))
    repeated = next(at for at, line in enumerate(lines) if "2026-10-25T02:00:00+01:00" in line)
    assert problems([*lines[:repeated], *lines[repeated + 1 :]]) == [
        (
            f"line {repeated + 1}: m has no reading from 2026-10-25T02:00:00+01:00 to 2026-10-25T03:00:00+01:00 "
            "(1 interval)"
        )
    ]


@pytest.mark.parametrize("minutes", [1, 5, 10, 15, 20, 30, 60])
def test_interval_lengths(minutes: int) -> None:
    starts = hours(202602, minutes=minutes)
    (meter,) = parse(content(file_of(starts, wh=1))).meters
    assert (meter.interval_minutes, meter.wh) == (minutes, len(starts))


def test_order_of_lines_line_ends_blank_lines_and_byte_order_mark_do_not_matter() -> None:
    shuffled = [FEBRUARY[0], *reversed(FEBRUARY[1:]), "", "   "]
    windows = b"\xef\xbb\xbf" + "\r\n".join(shuffled).encode()
    assert parse(windows).meters == parse(content(FEBRUARY)).meters


def test_kwh_column_is_exact() -> None:
    lines = [line.replace("energy_wh", "energy_kwh") for line in file_of(hours(202602))]
    lines[1:] = [line.rsplit(",", 1)[0] + ",0.001" for line in lines[1:]]
    assert parse(content(lines)).total_wh == 672


def test_quality_is_the_weakest() -> None:
    lines = [HEADER + ",quality", *(f"{line},actual" for line in FEBRUARY[1:])]
    lines[5] = lines[5].replace("actual", "ESTIMATED")
    lines[7] = lines[7].replace("actual", "")
    assert parse(content(lines)).meters[0].quality is Quality.ESTIMATED
    lines[9] = lines[9].replace("actual", "substituted")
    assert parse(content(lines)).meters[0].quality is Quality.SUBSTITUTED


def drop(*numbers: int) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line for number, line in enumerate(lines, 1) if number not in numbers]


def put(number: int, line: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: number - 1], line, *lines[number:]]


def insert(number: int, line: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: number - 1], line, *lines[number - 1 :]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: [], ["line 1: the file is empty"]),
        (lambda lines: lines[:1], ["line 1: the file has no readings"]),
        (
            put(1, "meter_id,interval_start,energy_mwh"),
            ["line 1: column 'energy_mwh' is unknown", "line 1: one energy column is needed, energy_wh or energy_kwh"],
        ),
        (
            put(1, "meter_id,energy_wh,note"),
            ["line 1: column 'note' is unknown", "line 1: column 'interval_start' is missing"],
        ),
        (
            put(1, "meter_id,meter_id,energy_wh"),
            ["line 1: column 'meter_id' is named twice", "line 1: column 'interval_start' is missing"],
        ),
        (put(9, "m,2026-02-01T07:00:00+00:00"), ["line 9: 2 fields, but the header names 3"]),
        (put(9, "m,2026-02-01T07:00:00+00:00,1,2"), ["line 9: 4 fields, but the header names 3"]),
        (put(9, ",2026-02-01T07:00:00+00:00,1"), ["line 9: no meter is named"]),
        (
            put(9, "m,2026-02-01T07:00:00+00:00,"),
            ["line 9: m has no reading at 2026-02-01T07:00:00+00:00 (empty)"],
        ),
        (put(9, "m,2026-02-01T07:00:00+00:00,-5"), ["line 9: the energy -5 is negative"]),
        (put(9, "m,2026-02-01T07:00:00+00:00,1,"), ["line 9: 4 fields, but the header names 3"]),
        (put(9, "m,2026-02-01T07:00:00+00:00,1_0"), ["line 9: the energy '1_0' is not a number such as 3000 or 0.12"]),
        (
            put(9, "m,2026-02-01T07:00:00+00:00,100000000000001"),
            ["line 9: the energy 100000000000001 is more than a month can hold"],
        ),
        (put(9, "m,2026-02-01T07:00:00,1"), ["line 9: '2026-02-01T07:00:00' has no UTC offset"]),
        (put(9, "m,yesterday,1"), ["line 9: 'yesterday' is not a time such as 2026-02-01T00:00:00-05:00"]),
        (
            put(9, "m,2026-02-01T07:00:00.5+00:00,1"),
            ["line 9: '2026-02-01T07:00:00.5+00:00' has fractions of a second"],
        ),
        (put(9, "m,2026-03-01T00:00:00+00:00,1"), ["line 9: 2026-03-01T00:00:00+00:00 is not in 202602"]),
        (
            put(9, "m" * 65 + ",2026-02-01T07:00:00+00:00,1"),
            [f"line 9: the meter's name {'m' * 65!r} is longer than 64 bytes or has unprintable characters"],
        ),
        (
            insert(10, "m,2026-02-01T07:00:00+00:00,1"),
            ["line 10: m at 2026-02-01T07:00:00+00:00 repeats line 9 with another value"],
        ),
        (
            insert(10, "m,2026-02-01T07:30:00+00:00,1"),
            ["line 10: m at 2026-02-01T07:30:00+00:00 overlaps line 9"],
        ),
        (
            put(10, "m,2026-02-01T08:30:00+00:00,1"),
            [
                "line 10: m at 2026-02-01T08:30:00+00:00 is not at the start of an interval of 60 minutes",
                "line 11: m has no reading from 2026-02-01T08:00:00+00:00 to 2026-02-01T09:00:00+00:00 (1 interval)",
            ],
        ),
        (
            drop(2),
            ["line 2: m has no reading from 2026-02-01T00:00:00+00:00 to 2026-02-01T01:00:00+00:00 (1 interval)"],
        ),
        (
            drop(10, 11, 12),
            ["line 10: m has no reading from 2026-02-01T08:00:00+00:00 to 2026-02-01T11:00:00+00:00 (3 intervals)"],
        ),
        (
            drop(673),
            ["line 672: m has no reading from 2026-02-28T23:00:00+00:00 to 2026-03-01T00:00:00+00:00 (1 interval)"],
        ),
        (
            lambda lines: lines[:2],
            ["line 2: m has readings of one interval only; say how long it is with --interval-minutes"],
        ),
        (
            lambda _: [HEADER, "m,2026-02-01T00:00:00Z,1", "m,2026-02-01T00:07:00Z,1"],
            [
                (
                    "line 2: m has intervals of 420 seconds; "
                    "an interval is 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60 minutes long"
                )
            ],
        ),
        (put(9, 'm,"2026-02-01T07:00:00+00:00"x,1'), ["line 9: not CSV (',' expected after '\"')"]),
    ],
)
def test_refused_by_line(change: Callable[[list[str]], list[str]], expected: list[str]) -> None:
    assert problems(change(list(FEBRUARY))) == expected


def test_many_problems_of_a_kind_are_one_sentence_and_a_long_list_is_cut() -> None:
    lines = [HEADER, *(line.rsplit(",", 1)[0] + ",-1" for line in FEBRUARY[1:])]
    with pytest.raises(ReadingsError) as caught:
        parse(content(lines))
    assert len(caught.value.problems) == 672
    assert words.refusal(caught.value).sentence == (
        "The file has 672 problems:\n  672 lines: the energy -1 is negative; first: line 2"
    )
    # Each of these meters has a kind of problem of its own.
    several = [HEADER, *(f"m{at},2026-02-01T00:00:00Z,1" for at in range(SHOWN_PROBLEMS + 5))]
    with pytest.raises(ReadingsError) as caught:
        parse(content(several))
    told = words.refusal(caught.value).sentence
    assert told.count("\n") == SHOWN_PROBLEMS + 1
    assert told.endswith("… and 5 more")


def test_not_utf8_and_zero_bytes() -> None:
    for byte, text in ((b"\xff", "line 3: the file is not UTF-8 text"), (b"\0", "line 3: a zero byte")):
        lines = content(FEBRUARY).split(b"\n")
        lines[2] = byte
        with pytest.raises(ReadingsError) as caught:
            parse(b"\n".join(lines))
        assert text in words.refusal(caught.value).sentence


def test_wrong_month() -> None:
    named = problems(FEBRUARY, epoch_id=202603)
    assert named[0] == "line 2: 2026-02-01T00:00:00+00:00 is not in 202603"
    assert len(named) == 672


def test_a_month_as_written_not_in_utc() -> None:
    # 2026-02-01T00:30 in India is still January in UTC.
    readings = parse(content(file_of(hours(202602, KOLKATA))))
    assert readings.epoch_id == 202602


@pytest.mark.parametrize(("fill", "each_wh"), [(FillGaps.ZERO, 0), (FillGaps.MEAN, 100)])
def test_gaps_are_filled_when_asked(fill: FillGaps, each_wh: int) -> None:
    (meter,) = parse(content(drop(2, 10, 11, 673)(FEBRUARY)), fill_gaps=fill).meters
    assert (meter.rows, meter.filled, meter.filled_wh) == (668, 4, 4 * each_wh)
    assert meter.wh == 668 * 100 + 4 * each_wh
    assert meter.quality is Quality.SUBSTITUTED


def test_the_mean_is_of_the_same_time_of_day_on_the_nearest_days_and_rounded_once() -> None:
    lines = [HEADER, *(f"m,{start.isoformat()},{start.day * 100 + start.hour}" for start in hours(202602))]
    complete = parse(content(lines)).total_wh
    # Noon and one o'clock of the 10th, noon of the 11th: between the 9th and the 12th stands a day and a half.
    (meter,) = parse(
        content(drop(2 + 9 * 24 + 12, 2 + 9 * 24 + 13, 2 + 10 * 24 + 12)(lines)), fill_gaps=FillGaps.MEAN
    ).meters
    assert meter.filled_wh == (912 + 1212) // 2 + (913 + 1113) // 2 + (912 + 1212) // 2
    assert meter.wh == complete - 1012 - 1013 - 1112 + meter.filled_wh
    (first,) = parse(content(drop(2)(lines)), fill_gaps=FillGaps.MEAN).meters
    assert first.filled_wh == 200, "the first of the month has the second beside it only"


def test_at_most_a_twentieth_is_filled_with_a_mean() -> None:
    most = drop(*range(100, 133))(FEBRUARY)
    (meter,) = parse(content(most), fill_gaps=FillGaps.MEAN).meters
    assert (meter.filled, meter.wh) == (33, 67_200)
    more = drop(*range(100, 134))(FEBRUARY)
    assert problems(more, fill_gaps=FillGaps.MEAN) == [
        "line 100: m misses 34 of 672 intervals; at most 5 % are filled with a mean"
    ]
    with pytest.raises(ReadingsError) as caught:
        parse(content(more))
    assert "--fill-gaps" not in words.refusal(caught.value).advice


def test_only_the_meter_with_a_gap_is_substituted() -> None:
    both = [*drop(10)(FEBRUARY), *file_of(hours(202602), label="n")[1:]]
    first, second = parse(content(both), fill_gaps=FillGaps.ZERO).meters
    assert (first.quality, second.quality) == (Quality.SUBSTITUTED, Quality.ACTUAL)


def test_filling_does_not_accept_anything_else() -> None:
    assert problems(insert(10, FEBRUARY[8])(FEBRUARY), fill_gaps=FillGaps.ZERO) == [
        "line 10: m at 2026-02-01T07:00:00+00:00 repeats line 9"
    ]


def test_one_row_with_its_length_said() -> None:
    (meter,) = parse(content(FEBRUARY[:2]), interval_minutes=60, fill_gaps=FillGaps.ZERO).meters
    assert (meter.rows, meter.filled, meter.wh) == (1, 671, 100)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=24, max_size=24),
    st.sets(st.integers(0, 671), max_size=20),
)
def test_totals_are_exact(day: list[int], missing: set[int]) -> None:
    starts = hours(202602)
    energies = day * 28
    lines = [HEADER, *(f"m,{starts[at].isoformat()},{wh}" for at, wh in enumerate(energies) if at not in missing)]
    (meter,) = parse(content(lines), fill_gaps=FillGaps.MEAN).meters
    assert meter.wh == sum(energies), "all days are alike, and so is what stands for a gap"
    assert meter.filled == len(missing)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(ReadingsError):
        parse(noise)
    with pytest.raises(ReadingsError):
        parse(HEADER.encode() + b"\n" + noise)
