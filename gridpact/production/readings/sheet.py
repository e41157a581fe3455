"""Workbooks of spreadsheets: their cells, as the texts that a profile describes."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from gridpact.production.readings.errors import FileFault, LineProblem, WrongFile
from gridpact.production.readings.text import Row

MOST_EXACT: Final = 1e15
"""A spreadsheet keeps fifteen digits."""
type CellValue = float | str | bool | time | date | datetime | timedelta


def rows(content: bytes, name: str | None, decimal: str, problems: list[LineProblem]) -> Iterator[Row]:
    """The rows that are not blank, with their numbers.

    Args:
        content: the workbook.
        name: of the sheet; None: the first.
        decimal: the sign that numbers are written with.
        problems: what is wrong is added.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if name is not None and name not in book.sheet_names:
            problems.append(WrongFile(1, FileFault.NO_SHEET, f"{name}; it has {', '.join(book.sheet_names)}"))
            return
        sheet = book.get_sheet_by_index(0) if name is None else book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        problems.append(WrongFile(1, FileFault.NOT_A_SHEET, str(error)))
        return
    for line, row in enumerate(cells, 1):
        fields = [text_of(cell, decimal) for cell in row]
        if any(fields):
            yield line, fields


def text_of(cell: CellValue, decimal: str) -> str:
    """A cell as text: times in the form of ISO 8601, to the second; numbers with all their digits."""
    if isinstance(cell, datetime):
        # A time is a fraction of a day in floating point: it misses its second by microseconds.
        moment = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        # A day is written without its midnight: the time may stand in a cell of its own.
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
    if isinstance(cell, time):
        moment = datetime.combine(date(2000, 1, 1), cell) + timedelta(milliseconds=500)
        return moment.time().replace(microsecond=0).isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(cell, bool | str):
        return str(cell).strip()
    if isinstance(cell, float) and abs(cell) >= MOST_EXACT:
        # Its last digits are lost: as a spreadsheet shows it, so that it is no meter's name.
        return f"{cell:.6E}".replace(".", decimal)
    if isinstance(cell, float):
        return repr(int(cell) if cell.is_integer() else cell).replace(".", decimal)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
