"""Files of readings, and their profiles, in words."""

import shlex
from collections.abc import Iterable, Sequence
from typing import Final

from gridpact import units as fmt
from gridpact.cli.errors import NotASetting, ProfileExists
from gridpact.cli.words.kinds import Told, counted, fault, listed, refusal
from gridpact.epochs import FIRST_YEAR, LAST_YEAR
from gridpact.production.readings import errors
from gridpact.production.readings.errors import FileKind

NEGATIVE: Final = errors.ValueFault.NEGATIVE
SHOWN_PROBLEMS: Final = 20
SHOWN_ALIKE: Final = 5
"""More problems of one kind than this are one sentence."""


@refusal.register
def _(error: errors.ReadingsError) -> Told:
    lines = grouped(error.unexplained)
    advice = []
    if error.cause is not None:
        advice.append(_advice(error.cause, error.path))
    elif error.has_gaps:
        advice.append("Correct the file, or accept gaps with --fill-gaps zero or --fill-gaps mean.")
    elif any(isinstance(problem, errors.WrongValue) and problem.fault is NEGATIVE for problem in error.problems):
        advice.append(
            "Where the column holds what flows either way, say so in a profile, sign = "
            '"export-positive" or "export-negative"; otherwise correct the file.'
        )
    elif any(isinstance(problem, errors.WrongColumn) for problem in error.problems):
        advice.append(f"Correct the file, or describe it in a profile, which {_profile(error.path)} drafts.")
    else:
        advice.append("Correct the file; nothing was recorded.")
    sentence = "" if error.cause is None else f"{fault(error.cause)}"
    if lines:
        count = f"{len(error.unexplained):,} problems" if len(error.unexplained) > 1 else "a problem"
        also = "The file also has" if sentence else "The file has"
        sentence = f"{sentence} {also} {count}:".lstrip() + "".join(f"\n  {line}" for line in lines)
    return Told(sentence, " ".join(advice))


def grouped(problems: Iterable[errors.LineProblem]) -> list[str]:
    """A line for each problem; one for many of a kind."""
    kinds: dict[tuple[object, ...], list[errors.LineProblem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    lines: list[tuple[int, str]] = []
    for alike in kinds.values():
        if len(alike) > SHOWN_ALIKE:
            lines.append((alike[0].line, _alike(alike)))
        else:
            lines += [(problem.line, f"line {problem.line}: {fault(problem)}") for problem in alike]
    lines.sort(key=lambda line: line[0])
    shown = [text for _, text in lines[:SHOWN_PROBLEMS]]
    if len(lines) > SHOWN_PROBLEMS:
        shown.append(f"… and {len(lines) - SHOWN_PROBLEMS} more")
    return shown


def _alike(problems: Sequence[errors.LineProblem]) -> str:
    first = problems[0]
    if isinstance(first, errors.Gap):
        missing = sum(one.intervals for one in problems if isinstance(one, errors.Gap))
        return (
            f"{first.label} has no reading in {len(problems):,} places ({counted(missing, 'interval')}); "
            f"first: line {first.line}: from {first.start.isoformat()} to {first.end.isoformat()}"
        )
    return f"{len(problems):,} lines: {fault(first)}; first: line {first.line}"


# --- causes -----------------------------------------------------------------------------------------------------------

KINDS: Final = {
    FileKind.SHEET: "a spreadsheet's workbook",
    FileKind.NEM12: "NEM12",
    FileKind.GREEN_BUTTON: "Green Button XML",
    FileKind.MARKUP: "a web page or XML",
    FileKind.PDF: "a PDF document",
    FileKind.ARCHIVE: "an archive",
}
SEPARATORS: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
CAUSE_ADVICE: Final[dict[type[errors.Cause], str]] = {
    errors.NotOwnFormat: "Describe it in a profile, which {draft} drafts; then import with --profile.",
    errors.OtherEncoding: "Say so in a profile, which {draft} drafts; then import with --profile.",
    errors.StampsAreEnds: 'Say so in a profile, stamps = "end"; {draft} drafts one.',
    errors.StampsAreStarts: 'Say so in the profile, stamps = "start".',
    errors.LocalMonthInUtc: "Name the place with --zone, for example --zone Europe/London.",
    errors.HoursThroughHalfAnHour: "Export half hours, or the hours of the clock.",
    errors.SeveralMonths: "Name the month that is wanted with --epoch; the rest is skipped.",
    errors.NothingAtNight: ('If nothing flowed then, say so in a profile, absent = "zero"; {draft} drafts one.'),
}


def _profile(path: str, *options: str) -> str:
    """The command that drafts a file's profile."""
    return f"`{shlex.join(['gridpact', 'meter', 'profile', *([path] if path else []), *options])}`"


def _advice(cause: errors.Cause, path: str) -> str:
    if isinstance(cause, errors.OtherKind) and cause.file_kind.is_format:
        return f"Import it with --format {cause.file_kind.value}."
    if isinstance(cause, errors.OtherKind):
        is_packed = cause.file_kind is FileKind.ARCHIVE
        return "Unpack it, and import what is in it." if is_packed else "Export the readings as CSV or as a workbook."
    return CAUSE_ADVICE[type(cause)].format(draft=_profile(path))


@fault.register
def _(cause: errors.NotOwnFormat) -> str:
    parted = SEPARATORS.get(cause.separator, "")
    with_signs = f" (its fields seem to be parted by {parted})" if cause.separator != "," else ""
    return f"The file has columns of its own{with_signs}."


@fault.register
def _(cause: errors.OtherEncoding) -> str:
    is_sure = cause.encoding.startswith("utf-16")
    return f"The file {'is' if is_sure else 'seems to be'} {cause.encoding.upper()} text."


@fault.register
def _(cause: errors.OtherKind) -> str:
    return f"The file is {KINDS[cause.file_kind]}, not text with columns."


@fault.register
def _(cause: errors.StampsAreEnds) -> str:
    return (
        f"The times look like ends of intervals: the first is {cause.first.isoformat()}, "
        f"the last {cause.last.isoformat()}."
    )


@fault.register
def _(cause: errors.StampsAreStarts) -> str:
    return (
        f"The times look like starts of intervals: the first is {cause.first.isoformat()}, "
        f"the last {cause.last.isoformat()}."
    )


@fault.register
def _(cause: errors.LocalMonthInUtc) -> str:
    where = "ahead of" if cause.ahead_minutes > 0 else "behind"
    hours = fmt.number(abs(cause.ahead_minutes) * 100 // 60, 2)
    return (
        f"The times are UTC, but they cover {fmt.epoch(cause.epoch_id)} of a place "
        f"{hours} hour{'' if hours == '1' else 's'} {where} it."
    )


@fault.register
def _(cause: errors.HoursThroughHalfAnHour) -> str:
    return (
        f"The clocks changed by {counted(cause.minutes, 'minute')}, and the file's hours go on through it: "
        "the month begins or ends in the middle of one."
    )


@fault.register
def _(cause: errors.SeveralMonths) -> str:
    return f"The file goes from {fmt.epoch(cause.first_epoch)} to {fmt.epoch(cause.last_epoch)}."


@fault.register
def _(cause: errors.NothingAtNight) -> str:
    return f"The file has no lines at night for {cause.label}."


# --- the file, its columns --------------------------------------------------------------------------------------------

FILE_FAULTS: Final = {
    errors.FileFault.EMPTY: "the file is empty",
    errors.FileFault.NO_READINGS: "the file has no readings",
    errors.FileFault.ENCODING: "the file is not {} text",
    errors.FileFault.ZERO_BYTE: "a zero byte: this is not a text file",
    errors.FileFault.TOO_LONG: "more than {} lines",
    errors.FileFault.NOT_CSV: "not CSV ({})",
    errors.FileFault.NOT_NEM12: "not NEM12 ({})",
    errors.FileFault.NOT_XML: "not XML ({})",
    errors.FileFault.NOT_A_SHEET: "not a workbook ({})",
    errors.FileFault.NO_SHEET: "the workbook has no sheet {}",
}
COLUMN_FAULTS: Final = {
    errors.ColumnFault.TWICE: "is named twice",
    errors.ColumnFault.UNKNOWN: "is unknown",
    errors.ColumnFault.MISSING: "is missing",
}


@fault.register
def _(problem: errors.WrongFile) -> str:
    detail = problem.detail.upper() if problem.fault is errors.FileFault.ENCODING else problem.detail
    return FILE_FAULTS[problem.fault].format(detail)


@fault.register
def _(problem: errors.WrongColumn) -> str:
    return f"column {problem.column!r} {COLUMN_FAULTS[problem.fault]}"


@fault.register
def _(problem: errors.NotOneEnergyColumn) -> str:
    return f"one energy column is needed, {listed(problem.columns, 'or')}"


@fault.register
def _(problem: errors.NoMeterInHeading) -> str:
    return f"nothing up to here matches meter.heading {problem.pattern!r}"


@fault.register
def _(problem: errors.ChannelsToChoose) -> str:
    channels = listed(problem.channels) or "no channel"
    if problem.named is None:
        return f"the file has {channels}; choose with --channel"
    return f"the file has {channels}, not {problem.named!r}"


@fault.register
def _(problem: errors.NotADay) -> str:
    return f"{counted(problem.columns, 'column')} of {counted(problem.minutes, 'minute')} do not make a day"


@fault.register
def _(problem: errors.WrongFieldCount) -> str:
    return f"{counted(problem.found, 'field')}, but the header names {problem.expected}"


# --- values -----------------------------------------------------------------------------------------------------------

VALUE_FAULTS: Final = {
    errors.ValueFault.NO_METER: "no meter is named",
    errors.ValueFault.LABEL: "the meter's name {!r} is longer than 64 bytes or has unprintable characters",
    errors.ValueFault.NUMBER_AS_LABEL: "{} is not a meter's name but a number that a spreadsheet rounded",
    errors.ValueFault.NOT_A_TIME: "{!r} is not a time such as {}",
    errors.ValueFault.NO_OFFSET: "{!r} has no UTC offset",
    errors.ValueFault.FRACTION: "{!r} has fractions of a second",
    errors.ValueFault.YEAR: f"{{!r}} is not in a year from {FIRST_YEAR} to {LAST_YEAR}",
    errors.ValueFault.NO_SUCH_TIME: "{!r} does not exist: the clocks went forward then",
    errors.ValueFault.AFTER_DAY: "{!r} has more intervals than the day",
    errors.ValueFault.NOT_REPEATED: "{!r} has energy in an hour that is repeated, and no clock change repeats one then",
    errors.ValueFault.NOT_A_NUMBER: "the energy {!r} is not a number such as 3000 or {}",
    errors.ValueFault.NEGATIVE: "the energy {} is negative",
    errors.ValueFault.TOO_MUCH: "the energy {} is more than a month can hold",
    errors.ValueFault.QUALITY: "quality {!r} is not known",
    errors.ValueFault.DIRECTION: "direction {!r} is not known",
    errors.ValueFault.UNIT: "{!r} is not interval energy in Wh, kWh or MWh",
}


@fault.register
def _(problem: errors.WrongValue) -> str:
    if problem.fault is errors.ValueFault.NOT_A_TIME and not problem.text.strip():
        return "no time is named"
    return VALUE_FAULTS[problem.fault].format(problem.text, problem.wanted)


# --- a meter's month --------------------------------------------------------------------------------------------------


@fault.register
def _(problem: errors.OutsideMonth) -> str:
    return f"{problem.start.isoformat()} is not in {problem.epoch_id}"


@fault.register
def _(problem: errors.TotalTooLarge) -> str:
    return f"the file's total of {problem.wh} Wh is more than a month can hold"


@fault.register
def _(problem: errors.UnknownInterval) -> str:
    return f"{problem.label} has readings of one interval only; say how long it is with --interval-minutes"


@fault.register
def _(problem: errors.OddInterval) -> str:
    known = listed(map(str, problem.known_minutes), "or")
    return f"{problem.label} has intervals of {problem.seconds} seconds; an interval is {known} minutes long"


@fault.register
def _(problem: errors.Overlap) -> str:
    what = "repeats" if problem.is_same else "overlaps"
    also = " with another value" if problem.differs else ""
    return f"{problem.label} at {problem.start.isoformat()} {what} line {problem.other_line}{also}"


@fault.register
def _(problem: errors.OffGrid) -> str:
    interval = f"an interval of {problem.interval_minutes} minutes"
    return f"{problem.label} at {problem.start.isoformat()} is not at the start of {interval}"


@fault.register
def _(problem: errors.AfterMonth) -> str:
    return f"{problem.label} at {problem.start.isoformat()} ends after the month"


@fault.register
def _(problem: errors.Gap) -> str:
    if problem.written is not None:
        written = repr(problem.written) if problem.written else "empty"
        return f"{problem.label} has no reading at {problem.start.isoformat()} ({written})"
    span = f"from {problem.start.isoformat()} to {problem.end.isoformat()}"
    return f"{problem.label} has no reading {span} ({counted(problem.intervals, 'interval')})"


@fault.register
def _(problem: errors.TooManyGaps) -> str:
    return (
        f"{problem.label} misses {problem.missing:,} of {counted(problem.intervals, 'interval')}; "
        f"at most {problem.most_percent} % are filled with a mean"
    )


@fault.register
def _(problem: errors.NothingLikeIt) -> str:
    return f"{problem.label} has no reading at this time of day to fill {problem.start.isoformat()} with"


@fault.register
def _(problem: errors.NoMeterReadingAt) -> str:
    return f"the register of {problem.label} was not read at {problem.at.isoformat()}"


@fault.register
def _(problem: errors.RegisterFalls) -> str:
    return (
        f"the register of {problem.label} falls from {problem.before} to {problem.after}: "
        "say in the profile whether it rolls over (rollover) or the meter was exchanged (exchange)"
    )


# --- doubts -----------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.Doubtful) -> Told:
    lines = grouped(error.doubts)
    sentence = "This can hardly be right:" + "".join(f"\n  {line}" for line in lines)
    if error.is_refused_anyhow:
        return Told(sentence, "Correct the file or its profile: it has more energy than the contract takes.")
    return Told(
        sentence,
        "Correct the file or its profile; or go on with --accept REASON, which is recorded with the reading.",
    )


@fault.register
def _(doubt: errors.AboveCapacity) -> str:
    return f"{doubt.label} gives {fmt.power(doubt.watts)}, but its capacity is {fmt.power(doubt.capacity_w)}"


@fault.register
def _(doubt: errors.MonthAboveCapacity) -> str:
    return f"{doubt.label} has {fmt.energy(doubt.wh)} in the month, but can give {fmt.energy(doubt.most_wh)} at most"


@fault.register
def _(doubt: errors.FarAbove) -> str:
    return f"{doubt.label} gives {fmt.power(doubt.watts)}, but nearly always at most {fmt.power(doubt.usual_w)}"


@fault.register
def _(doubt: errors.OnlyRises) -> str:
    return f"the values of {doubt.label} only rise: this looks like a register, not like the energy of intervals"


@fault.register
def _(doubt: errors.RisesEachDay) -> str:
    return f"the values of {doubt.label} rise through each day: this looks like each day's sum so far"


@fault.register
def _(doubt: errors.AbsentForLong) -> str:
    span = f"from {doubt.start.isoformat()} to {doubt.end.isoformat()}"
    return f"{doubt.label} has no line {span}: longer than a night, and counted as zero"


@fault.register
def _(doubt: errors.MayBeEnds) -> str:
    return _other_side(doubt, "ends")


@fault.register
def _(doubt: errors.MayBeStarts) -> str:
    return _other_side(doubt, "starts")


def _other_side(doubt: errors.MayBeEnds | errors.MayBeStarts, side: str) -> str:
    return (
        f"the times of {doubt.label} look like {side} of intervals: the first is {doubt.first.isoformat()}, "
        f"the last {doubt.last.isoformat()}"
    )


@fault.register
def _(doubt: errors.LikeAnother) -> str:
    return f"{doubt.label} is new, and nearly the name of {doubt.known}"


@fault.register
def _(doubt: errors.ReadsAsAnother) -> str:
    return f"{doubt.label} is new, and has the very readings that {doubt.known} has in {fmt.epoch(doubt.epoch_id)}"


# --- remarks ----------------------------------------------------------------------------------------------------------


@fault.register
def _(remark: errors.OtherMonths) -> str:
    return f"{counted(remark.count, 'reading')} outside {fmt.epoch(remark.epoch_id)} are skipped."


@fault.register
def _(remark: errors.Exchange) -> str:
    return (
        f"{remark.after} took the place of {remark.before} on {remark.at.isoformat()}; together they cover the month."
    )


@fault.register
def _(remark: errors.RegisterStep) -> str:
    what = "the meter was exchanged, and the new one counts from 0" if remark.is_exchange else "it rolled over"
    fall = f"the register of {remark.label} falls from {remark.before} to {remark.after}"
    return f"Line {remark.line}: {fall}: {what}."


@fault.register
def _(remark: errors.NoSuchTimes) -> str:
    return f"{counted(remark.count, 'line')} of {remark.label} at times that a clock change skips hold nothing."


@fault.register
def _(remark: errors.AbsentIsZero) -> str:
    return f"{counted(remark.intervals, 'interval')} of {remark.label} without a line count as zero."


@fault.register
def _(remark: errors.Imported) -> str:
    return f"{fmt.energy(remark.wh)} that {remark.label} took in is left out."


# --- profiles ---------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: ProfileExists) -> Told:
    return Told(
        f"{error.path} is there already.",
        f"See how it understands the file with --profile {error.path}, or write over it with --force.",
    )


@refusal.register
def _(error: NotASetting) -> Told:
    return Told(f"{error.text!r} sets nothing.", "Write KEY=VALUE, for example --set time.zone=Europe/Vienna.")


@refusal.register
def _(error: errors.ProfileRefused) -> Told:
    lines = [fault(one) for one in error.faults]
    count = "a problem" if len(lines) == 1 else f"{len(lines)} problems"
    return Told(
        f"The profile has {count}:" + "".join(f"\n  {line}" for line in lines),
        f"Say it in the file, or with --set: {_profile(error.path, '--force')} lists what is missing.",
    )


@fault.register
def _(problem: errors.ProfileFault) -> str:
    return f"{problem.place}: {problem.said}" if problem.place else problem.said
