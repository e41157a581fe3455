"""Text with columns: decoded, and parted into fields, with the number of each line."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from gridpact.production.readings.errors import FileFault, LineProblem, WrongFile

MAX_LINES: Final = 2_000_000
Row = tuple[int, list[str]]
"""The number of a line, counted from 1, and its fields."""


def decoded(content: bytes, encoding: str, problems: list[LineProblem]) -> str | None:
    """The text of a file, without its mark; None where it is none."""
    if encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        little = content.startswith(codecs.BOM_UTF16_LE)
        if little or content.startswith(codecs.BOM_UTF16_BE):
            encoding, content = "utf-16-le" if little else "utf-16-be", content[2:]
    elif encoding == "utf-8":
        content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(WrongFile(line, FileFault.ENCODING, encoding))
        return None
    if "\0" in text:
        problems.append(WrongFile(text.count("\n", 0, text.index("\0")) + 1, FileFault.ZERO_BYTE))
        return None
    return text


def rows(text: str, separator: str, problems: list[LineProblem]) -> Iterator[Row]:
    """The lines that are not blank; Excel's `sep=;` is none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for fields in reader:
            line = reader.line_num
            if line > MAX_LINES:
                problems.append(WrongFile(line, FileFault.TOO_LONG, f"{MAX_LINES:,}"))
                return
            if line == 1 and text.startswith("sep="):
                continue
            if any(field and not field.isspace() for field in fields):
                yield line, fields
    except csv.Error as error:
        problems.append(WrongFile(reader.line_num, FileFault.NOT_CSV, str(error)))
