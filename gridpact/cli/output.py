"""What commands show: data on standard output, talk on standard error; tables for people, one document for programs."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

PIPED_WIDTH: Final = 160
"""Columns where nobody's window says how wide it is: no address is cut."""
WIDTH_VARIABLE: Final = "TERMINAL_WIDTH"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: the document for `--json`, and the same for people."""

    document: Mapping[str, object]
    body: Sequence[RenderableType] = field(default=())


def console(*, stderr: bool = False) -> Console:
    """A console on the standard stream of now; without colour where `NO_COLOR` is set or nobody watches."""
    stream = sys.stderr if stderr else sys.stdout
    width = os.environ.get(WIDTH_VARIABLE) or os.environ.get("COLUMNS")
    columns = int(width) if width and width.isdigit() else None if stream.isatty() else PIPED_WIDTH
    return Console(file=stream, width=columns, highlight=False, soft_wrap=False)


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer on standard output."""
    if as_json:
        sys.stdout.write(json.dumps(answer.document, indent=2, ensure_ascii=False) + "\n")
        return
    out = console()
    for part in answer.body:
        if isinstance(part, str):
            out.print(Text(part), soft_wrap=True)
        else:
            out.print(part)


def show_line(answer: Answer, *, as_json: bool) -> None:
    """Print an answer of a stream at once: one line for people, one line for programs."""
    text = json.dumps(answer.document, ensure_ascii=False) if as_json else " ".join(str(part) for part in answer.body)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def talk(text: str) -> None:
    """Say something on standard error."""
    console(stderr=True).print(Text(text), soft_wrap=True)


def table(columns: Iterable[str], rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    """A table.

    Args:
        columns: headings, the unit in them; a heading that starts with ``>`` has its column aligned to the right.
        rows: cells; everything is shown by `str`.
        title: over the table.
    """
    shown = Table(
        title=title, title_justify="left", header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for column in columns:
        right = column.startswith(">")
        shown.add_column(column.removeprefix(">"), justify="right" if right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(str(cell)) for cell in row))
    return shown


def facts(pairs: Iterable[tuple[str, object]], title: str | None = None) -> Table:
    """Names and values, one pair a line."""
    shown = Table(title=title, title_justify="left", box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    shown.add_column(style="bold", no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in pairs:
        shown.add_row(Text(name), Text(str(value)))
    return shown


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """Says how far something is: a bar on a terminal, a line for each part elsewhere.

    Args:
        total: how many parts there are.
    """
    err = console(stderr=True)
    if not err.is_terminal or total < 2:
        yield lambda text: talk(f"✓ {text}")
        return
    text = TextColumn("{task.fields[text]}")
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), text, console=err) as bar:
        task = bar.add_task("parts", total=total, text="")
        yield lambda text: bar.update(task, advance=1, text=text)
