"""Tables at any width, and what stands out on a terminal."""

import io
import re

import pytest
from rich.console import Console, RenderableType

from gridpact.cli.output import facts, table
from gridpact.cli.tables import Alert

ADDRESS = "CFUVZ2PHFFF7FY4KRYAYJNRYSQFL7ZYQ5VKWOPFCUYQHCJLSUVXKHNRKAM"
COLUMNS = ("Invoice", "Month", ">Energy", ">Price", ">Amount", "Due", "Status", "Buyer")
ROW = ("12/202602", "February 2026", "1,234,567.891 kWh", "0.123456 ALGO/kWh", "152,415.787501 ALGO", "March 15, 2026")
NUMBERS = ("12/202602", "1,234,567.891 kWh", "0.123456 ALGO/kWh", "152,415.787501 ALGO")
LONG = f"where it stands, and how it is read again by anybody: gridpact vault show {ADDRESS} --json"


def rendered(shown: RenderableType, width: int, *, terminal: bool = False) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, force_terminal=terminal, highlight=False).print(shown)
    return stream.getvalue()


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("width", [70, 80, 100, 120, 160, 240])
def test_no_number_is_broken(width: int, terminal: bool) -> None:
    shown = rendered(table(COLUMNS, [(*ROW, "PAID", ADDRESS)] * 3), width, terminal=terminal)
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    for number in NUMBERS:
        assert plain.count(number) == 3, plain
    assert max(map(len, plain.splitlines())) <= width
    assert plain.count(ADDRESS) == 3


def test_a_table_that_fits_is_one_line_a_row() -> None:
    shown = rendered(table(COLUMNS, [(*ROW, "PAID", ADDRESS)]), 200)
    assert len(shown.splitlines()) == 2


def test_what_is_too_wide_becomes_names_and_values() -> None:
    rows = [("1", "meter-1", ADDRESS), ("2", "meter-2", ADDRESS)]
    shown = [line.split() for line in rendered(table([">Id", "Meter", "Producer"], rows), 70).splitlines()]
    assert shown[:5] == [["Id", "1"], ["Meter", "meter-1"], ["Producer", ADDRESS], [], ["Id", "2"]]


def test_long_texts_are_wrapped_between_words() -> None:
    shown = rendered(table(["Figure", "Read it with"], [("15,000 ALGO", LONG)]), 100)
    assert ADDRESS in shown
    assert "15,000 ALGO" in shown
    assert len(shown.splitlines()) == 3


def test_what_stands_out_has_a_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("OVERDUE", Alert("-5 kWh")), ("PAUSED", ""), ("PAID", "")]
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    lines = rendered(table(["Status", ">Deficit"], rows), 80, terminal=True).splitlines()
    assert ["\x1b[1;3" in line for line in lines[1:]] == [True, True, False]
    assert "\x1b[1;33m" in rendered(facts([("State", "PAUSED")]), 80, terminal=True)
    assert "\x1b" not in rendered(table(["Status", ">Deficit"], rows), 80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;3" not in rendered(table(["Status", ">Deficit"], rows), 80, terminal=True)
