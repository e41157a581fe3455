"""Tables that read well at any width: no number and no address is ever broken or cut.

A table that fits is shown as it is, written line by line: Rich takes a millisecond for a row. One that does not has its
long texts wrapped between words; and where that is not enough, each row becomes lines of names and values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

GAP: Final = "  "
"""Between two columns."""
WRAPPED_FROM: Final = 24
"""Cells of fewer characters are never wrapped: amounts, months, dates."""
ALERTS: Final = {"OVERDUE": "bold red", "PAUSED": "bold yellow", "paused": "bold yellow"}
"""Words that stand out on a terminal."""


class Alert(str):
    """A text that should not be overlooked, such as a deficit."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under headings, without lines."""

    headings: list[str]
    is_right: list[bool]
    rows: list[list[str]]
    title: str | None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What fits the width."""
        wanted = [max(map(cell_len, column)) for column in self._columns()]
        if self.title is None and self._whole(wanted) <= options.max_width:
            yield from self._lines(console, wanted)
            return
        least = [max(map(_least, column)) for column in self._columns()]
        if self._whole(least) <= options.max_width:
            yield self._table(self._shared(least, wanted, options.max_width))
        else:
            yield from self._cards()

    def _columns(self) -> Iterator[tuple[str, ...]]:
        """Each column with its heading on top."""
        return zip(self.headings, *self.rows, strict=True)

    def _whole(self, widths: Sequence[int]) -> int:
        return sum(widths) + len(GAP) * (len(widths) - 1)

    def _shared(self, least: Sequence[int], wanted: Sequence[int], width: int) -> list[int]:
        """What each column gets: what it needs at least, and of the rest in proportion to what it would take."""
        more = [one - needed for one, needed in zip(wanted, least, strict=True)]
        spare = min(width - self._whole(least), sum(more))
        return [needed + (one * spare // sum(more) if one else 0) for needed, one in zip(least, more, strict=True)]

    def _lines(self, console: Console, widths: Sequence[int]) -> Iterator[Segment]:
        yield Segment(self._line(self.headings, widths) + "\n", console.get_style("bold"))
        for row in self.rows:
            if not any(map(style_of, row)):
                yield Segment(self._line(row, widths) + "\n")
                continue
            for at, (cell, width, right) in enumerate(zip(row, widths, self.is_right, strict=True)):
                style = style_of(cell)
                text = f"{GAP if at else ''}{_padded(cell, width, right=right)}"
                yield Segment(text, console.get_style(style) if style else None)
            yield Segment("\n")

    def _line(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        padded = (
            _padded(cell, width, right=right) for cell, width, right in zip(cells, widths, self.is_right, strict=True)
        )
        return GAP.join(padded).rstrip()

    def _table(self, widths: Sequence[int] | None = None) -> Table:
        shown = _bare(self.title)
        for at, (heading, right) in enumerate(zip(self.headings, self.is_right, strict=True)):
            width = None if widths is None else widths[at]
            shown.add_column(heading, justify="right" if right else "left", width=width)
        for row in self.rows:
            shown.add_row(*map(styled, row))
        return shown

    def _cards(self) -> Iterator[RenderableType]:
        if self.title:
            yield Text(self.title, style="italic")
        for number, row in enumerate(self.rows):
            if number:
                yield ""
            yield names_and_values(list(zip(self.headings, row, strict=True)))


def names_and_values(pairs: Sequence[tuple[str, str]], title: str | None = None) -> Table:
    """Names and values, one pair a line."""
    shown = _bare(title, show_header=False)
    shown.add_column(style="bold", no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in pairs:
        shown.add_row(Text(name), styled(value))
    return shown


def styled(text: str) -> Text:
    """A text, with its colour where it should not be overlooked."""
    return Text(text, style=style_of(text))


def style_of(text: str) -> str:
    """The style of a text; empty for the usual one."""
    return "bold red" if isinstance(text, Alert) else ALERTS.get(text, "")


def _bare(title: str | None, *, show_header: bool = True) -> Table:
    return Table(
        title=title,
        title_justify="left",
        header_style="bold",
        box=None,
        show_header=show_header,
        pad_edge=False,
        padding=(0, len(GAP), 0, 0),
    )


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cell_len(cell))
    return f"{blanks}{cell}" if right else f"{cell}{blanks}"


def _least(text: str) -> int:
    """The width that a cell needs at least: a short one is never wrapped, nor is a word of a long one."""
    whole = cell_len(text)
    return whole if whole < WRAPPED_FROM else max(map(cell_len, text.split()), default=0)
