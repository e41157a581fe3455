"""What commands show: data on standard output, talk on standard error; tables for people, one document for programs."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from gridpact.cli.errors import OutputUnwritable
from gridpact.cli.secrecy import without_keys
from gridpact.cli.tables import Listing, names_and_values, styled

PIPED_WIDTH: Final = 160
"""Columns where nobody's window says how wide it is: no address is cut."""
WIDTH_VARIABLE: Final = "TERMINAL_WIDTH"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: the document for `--json`, and the same for people."""

    document: Mapping[str, object]
    body: Sequence[RenderableType] = field(default=())
    failed: bool = False
    """Whether what was found is not as it should be: the run ends with exit code 1."""


def console(*, stderr: bool = False) -> Console:
    """A console on the standard stream of now; without colour where `NO_COLOR` is set or nobody watches."""
    stream = _stream(stderr=stderr)
    width = os.environ.get(WIDTH_VARIABLE) or os.environ.get("COLUMNS")
    columns = int(width) if width and width.isdigit() else None if stream.isatty() else PIPED_WIDTH
    return _Console(file=stream, width=columns, highlight=False, soft_wrap=False)


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer on standard output. That nobody reads it, or reads on, changes nothing.

    Raises:
        OutputUnwritable: it cannot be written.
    """
    with _written(_stream()) as stream:
        if as_json:
            stream.write(f"{_json(answer.document, indent=2)}\n")
        else:
            out = console()
            for part in answer.body:
                if isinstance(part, str):
                    out.print(styled(plain(part)), soft_wrap=True)
                else:
                    out.print(part)


def show_line(answer: Answer, *, as_json: bool) -> None:
    """Print an answer of a stream at once: one line for people, one line for programs.

    Raises:
        BrokenPipeError: nobody reads on.
    """
    text = _json(answer.document) if as_json else plain(" ".join(str(part) for part in answer.body))
    stream = _stream()
    stream.write(f"{text}\n")
    stream.flush()


def talk(text: str) -> None:
    """Say something on standard error."""
    with _written(_stream(stderr=True)):
        console(stderr=True).print(Text(plain(text)), soft_wrap=True)


def silence(stream: TextIO) -> None:
    """Let nothing more come out of a stream that nobody reads: Python would complain when it flushes it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def plain(text: str, kept: str = "\n\t") -> str:
    """A text without the words of keys, whose control characters are shown and not obeyed: names come from the chain,
    from files, from wallets.

    Args:
        text: what is to be shown.
        kept: the control characters that may stay.
    """
    text = without_keys(text)
    if text.isprintable():
        return text
    return "".join(one if one in kept or not _is_control(one) else _escaped(one) for one in text)


def table(columns: Iterable[str], rows: Iterable[Sequence[object]], title: str | None = None) -> RenderableType:
    """A table; see `gridpact.cli.tables`.

    Args:
        columns: headings, the unit in them; a heading that starts with ``>`` has its column aligned to the right.
        rows: cells; everything is shown by `str`.
        title: over the table.
    """
    headings = list(columns)
    return Listing(
        headings=[heading.removeprefix(">") for heading in headings],
        is_right=[heading.startswith(">") for heading in headings],
        rows=[[_cell(cell) for cell in row] for row in rows],
        title=title,
    )


def facts(pairs: Iterable[tuple[str, object]], title: str | None = None) -> RenderableType:
    """Names and values, one pair a line."""
    return names_and_values([(_cell(name), _cell(value)) for name, value in pairs], title)


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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    text = TextColumn("{task.fields[text]}")
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), text, console=err) as bar:
        task = bar.add_task("parts", total=total, text="")
        yield lambda text: bar.update(task, advance=1, text=text)


# --- inside -----------------------------------------------------------------------------------------------------------


class _Console(Console):
    """A console whose reader may leave: rich would end the program, with an exit code that says it failed."""

    def on_broken_pipe(self) -> None:
        """Leave it to whoever prints."""
        raise


def _stream(*, stderr: bool = False) -> TextIO:
    """The standard stream of now; what its encoding does not have is shown as a question mark."""
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper) and stream.errors not in ("replace", "backslashreplace"):
        stream.reconfigure(errors="replace")
    return stream


@contextmanager
def _written(stream: TextIO) -> Iterator[TextIO]:
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        silence(stream)
    except OSError as error:
        silence(stream)
        raise OutputUnwritable(error.strerror or "") from error


def _discreet(value: object) -> object:
    """A document whose texts show no key. Its names and numbers are the program's own, and stay a document."""
    if isinstance(value, str):
        return without_keys(value)
    if isinstance(value, Mapping):
        return {name: _discreet(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_discreet(one) for one in value]
    return value


def _json(document: Mapping[str, object], indent: int | None = None) -> str:
    """One JSON document. What a terminal would obey, and what the stream cannot encode, is escaped."""
    is_unicode = (_stream().encoding or "").lower().replace("-", "").startswith("utf")
    text = json.dumps(_discreet(document), indent=indent, ensure_ascii=not is_unicode)
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return "".join(f"\\u{ord(one):04x}" if one != "\n" and _is_control(one) else one for one in text)


def _cell(value: object) -> str:
    return plain(value if isinstance(value, str) else str(value), kept="")


def _is_control(character: str) -> bool:
    """Whether a terminal may obey it: control characters, and those that turn the direction of writing."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
