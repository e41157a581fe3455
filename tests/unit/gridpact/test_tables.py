"""Tables that fit are written line by line, and look as Rich writes them."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from gridpact.cli.output import table

WIDE = 200
HEADINGS = ["Invoice", ">Energy", "Buyer"]
ROWS = st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)] * 3), max_size=5)


def written(shown: RenderableType, width: int = WIDE, *, colours: bool = False) -> str:
    """What a console of some width prints."""
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False, force_terminal=colours).print(shown)
    return stream.getvalue()


def lines(text: str) -> list[str]:
    """Lines without the blanks that fill them up."""
    return [line.rstrip() for line in text.splitlines()]


@given(ROWS)
def test_a_table_is_as_rich_writes_it(rows: Sequence[tuple[str, str, str]]) -> None:
    shown = table(HEADINGS, rows)
    assert lines(written(shown)) == lines(written(shown._table()))  # type: ignore[union-attr]  # what it falls back to


def test_the_headings_are_bold() -> None:
    assert written(table(HEADINGS, [(1, 2, 3)]), colours=True) == (
        "\x1b[1mInvoice  Energy  Buyer\x1b[0m\n1             2  3\n"
    )


@pytest.mark.parametrize("cell", ["a\nb", "a\x07b", "日本"])
def test_a_cell_that_is_not_plain(cell: str) -> None:
    shown = table(HEADINGS, [(cell, 1, "x")])
    assert lines(written(shown)) == lines(written(shown._table()))  # type: ignore[union-attr]  # what it falls back to
    assert "\x07" not in written(shown)
