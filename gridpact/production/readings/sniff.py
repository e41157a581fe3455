"""What a file seems to be. A guess is offered, never taken."""

import codecs
import csv
import io
import zipfile
from collections import Counter
from typing import Final

from gridpact.production.readings.errors import FileKind

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS: Final = ";\t|,"
HEAD: Final = 4_096
"""Bytes that are looked at."""


def kind_of(content: bytes) -> FileKind | None:
    """What a file is that is not text with columns; None where it is, or is nothing known."""
    start = content[:HEAD].lstrip(codecs.BOM_UTF8).lstrip()
    if content.startswith(b"PK\x03\x04"):
        return FileKind.SHEET if _is_workbook(content) else FileKind.ARCHIVE
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return FileKind.SHEET
    if content.startswith((b"\x1f\x8b", b"7z\xbc\xaf")):
        return FileKind.ARCHIVE
    if content.startswith(b"%PDF"):
        return FileKind.PDF
    if start.startswith(b"<"):
        return FileKind.GREEN_BUTTON if b"espi" in content[: 16 * HEAD] else FileKind.MARKUP
    if start.startswith((b"100,NEM12", b"200,")):
        return FileKind.NEM12
    return None


def _is_workbook(content: bytes) -> bool:
    """Whether an archive is an Office or OpenDocument file, and not some files that somebody packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not {"[Content_Types].xml", "mimetype"}.isdisjoint(archive.namelist())
    except zipfile.BadZipFile:
        return False


def encoding_of(content: bytes) -> str:
    """The encoding that a text seems to have: by its mark, its zero bytes, or as the first that it can be read in."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:HEAD]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > len(head) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def is_other(content: bytes, guess: str, said: str) -> bool:
    """Whether a text seems to be in another encoding than was said."""
    if guess == "cp1252":
        # Any bytes can be taken for a code page: only that it is none of Unicode's is known.
        return said.startswith("utf")
    if guess == "utf-8":
        return not said.startswith("utf-8") and not content.isascii()
    return said not in (guess, "utf-16")


def separator_of(text: str) -> str:
    """What seems to part the fields: the sign that most lines have the same number of times."""
    lines = [line for line in text[: 16 * HEAD].splitlines() if line.strip()][:60]

    def weight(sign: str) -> tuple[int, int]:
        counts = Counter(len(next(csv.reader(io.StringIO(line), delimiter=sign), [])) for line in lines)
        counts.pop(1, None)
        if not counts:
            return 0, 0
        fields, count = counts.most_common(1)[0]
        return count, fields

    return max(SEPARATORS, key=weight)
