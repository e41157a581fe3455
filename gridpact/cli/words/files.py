"""Files of rows in words."""

from gridpact import rows
from gridpact.cli.words import kinds
from gridpact.cli.words.kinds import Told, fault, refusal
from gridpact.evidence import NotAHash


@refusal.register
def _(error: NotAHash) -> Told:
    return Told(f"{error.text!r} is not a SHA-256 of 64 hexadecimal digits.", "Check the hash.")


@refusal.register
def _(error: rows.RowsRefused) -> Told:
    found = [kinds.fault(problem) for problem in error.problems]
    advice = "Correct the file; nothing was done."
    if len(found) == 1:
        return Told(f"The file cannot be used: {found[0]}", advice)
    return Told(f"The file has {len(found)} problems:\n  " + "\n  ".join(found), advice)


@fault.register
def _(problem: rows.UnknownFormat) -> str:
    return f"{problem.suffix or 'a name without an ending'} is none of {', '.join(problem.known)}."


@fault.register
def _(problem: rows.NotItsFormat) -> str:
    return f"it is not {problem.format}: {problem.detail}."


@fault.register
def _(problem: rows.NoRows) -> str:
    return "it has no row."


@fault.register
def _(problem: rows.ColumnMissing) -> str:
    if problem.place is None:
        return f"the column {problem.column} is missing."
    return f"{_place(problem.place)}: {problem.column} is missing."


@fault.register
def _(problem: rows.ColumnUnknown) -> str:
    if problem.place is None:
        return f"the column {problem.column!r} is unknown."
    return f"{_place(problem.place)}: {problem.column!r} is unknown."


@fault.register
def _(problem: rows.FieldsMiscounted) -> str:
    return f"{_place(problem.place)} has {problem.found} fields, the header {problem.expected}."


@fault.register
def _(problem: rows.RowRefused) -> str:
    column = f", {problem.column}" if problem.column else ""
    return f"{_place(problem.place)}{column}: {kinds.refusal(problem.why).sentence}"


@fault.register
def _(problem: rows.RowRepeated) -> str:
    return f"{_place(problem.place)} repeats {_place(problem.earlier).lower()}."


def _place(place: rows.Place) -> str:
    return f"Line {place.number}" if place.is_line else f"Row {place.number}"
