"""Source maps of compiled TEAL: one entry per program counter, as debuggers read them."""

from collections.abc import Iterator

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_CONTINUES = 32


def with_columns(mappings: str, source: str) -> str:
    """Mappings of lines only, completed with the column at which each statement begins."""
    lines = source.split("\n")
    columns = [list(_statement_columns(line)) for line in lines]
    seen: dict[int, int] = {}
    line = last_line = last_column = 0
    entries: list[str] = []
    for entry in mappings.split(";"):
        if not entry:
            entries.append("")
            continue
        line += _decode(entry)[2]
        nth = seen.get(line, 0)
        seen[line] = nth + 1
        known = columns[line] if 0 <= line < len(columns) else []
        column = known[min(nth, len(known) - 1)] if known else 0
        entries.append(_encode([0, 0, line - last_line, column - last_column]))
        last_line, last_column = line, column
    return ";".join(entries)


def _statement_columns(line: str) -> Iterator[int]:
    """Where the statements of a line begin; they are separated by semicolons."""
    in_text = escaped = False
    wants_start = True
    for column, letter in enumerate(line):
        if in_text:
            in_text = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif line.startswith("//", column):
            return
        elif letter == ";":
            wants_start = True
        elif not letter.isspace():
            if wants_start:
                yield column
                wants_start = False
            in_text = letter == '"'


def _decode(segment: str) -> list[int]:
    values: list[int] = []
    value = shift = 0
    for letter in segment:
        digit = _DIGITS.index(letter)
        value |= (digit & (_CONTINUES - 1)) << shift
        shift += 5
        if not digit & _CONTINUES:
            values.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return values


def _encode(values: list[int]) -> str:
    letters: list[str] = []
    for value in values:
        left = (-value << 1 | 1) if value < 0 else value << 1
        while True:
            digit, left = left & (_CONTINUES - 1), left >> 5
            letters.append(_DIGITS[digit | (_CONTINUES if left else 0)])
            if not left:
                break
    return "".join(letters)
