"""Rows for people and for programs, from one list of columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.console import RenderableType

from gridpact.cli.output import table


@dataclass(frozen=True, slots=True)
class Column[Row]:
    """One figure of every row: what documents say, and what tables say."""

    name: str
    """Its name in documents; empty: only tables show it."""
    value: Callable[[Row], object]
    """What documents say."""
    heading: str = ""
    """Over its column; starts with ``>`` where it is aligned to the right. Empty: only documents have it."""
    text: Callable[[Row], object] | None = None
    """What tables say; the value where this is None."""
    text_name: str = ""
    """The name under which documents have the text, too."""

    def fields(self, row: Row) -> dict[str, object]:
        """What a row's document has of this column."""
        found = {self.name: self.value(row)} if self.name else {}
        return found | ({self.text_name: self.cell(row)} if self.text_name else {})

    def cell(self, row: Row) -> object:
        """What a row's line in a table has of this column."""
        return (self.text or self.value)(row)


def figure[Row, Value](
    name: str, value: Callable[[Row], Value], heading: str, shown: Callable[[Value], object], text_name: str = ""
) -> Column[Row]:
    """A column whose text is made of its value alone: an amount, a date, a month.

    Args:
        name, value, heading, text_name: as a column's.
        shown: the text of a value.
    """
    return Column(name, value, heading, lambda row: shown(value(row)), text_name)


def document[Row](columns: Iterable[Column[Row]], row: Row) -> dict[str, object]:
    """A row for programs."""
    return {name: value for column in columns for name, value in column.fields(row).items()}


def documents[Row](columns: Sequence[Column[Row]], rows: Iterable[Row]) -> list[dict[str, object]]:
    """Rows for programs."""
    return [document(columns, row) for row in rows]


def listing[Row](
    columns: Iterable[Column[Row]], rows: Sequence[Row], empty: str, title: str | None = None
) -> RenderableType:
    """Rows for people.

    Args:
        columns: those with a heading are shown, in this order.
        rows: one line each.
        empty: what is said where there is no row.
        title: over the table.
    """
    shown = [column for column in columns if column.heading]
    if not rows:
        return empty
    return table([column.heading for column in shown], [[column.cell(row) for column in shown] for row in rows], title)
