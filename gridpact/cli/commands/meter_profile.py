"""`gridpact meter profile`: a draft of a profile, and how a file is understood with one."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.chain.errors import FileUnwritable
from gridpact.cli import words
from gridpact.cli.errors import NotASetting, ProfileExists
from gridpact.cli.output import Answer, facts, table
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, read_file
from gridpact.errors import GridPactError

if TYPE_CHECKING:
    from gridpact.production.readings import MeterMonth, Readings
    from gridpact.production.readings.draft import Draft
    from gridpact.production.readings.profile import NamedProfile

SHOWN_ROWS: Final = 3


def profile(
    session: Session,  # noqa: ARG001 - every command has one
    file: Annotated[Path, typer.Argument(help="A file of readings, as its source writes it.")],
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="What only you know: time.zone=Europe/Vienna; may be repeated.", metavar="KEY=VALUE"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write the draft; by default beside you, as FILE.toml.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a draft that is there.")] = False,
    named: Annotated[
        Path | None, typer.Option("--profile", help="Draft nothing: show how this profile understands the file.")
    ] = None,
    epoch: Annotated[
        int | None, typer.Option("--epoch", help="The month; by default the first reading's.", **EPOCH_OPTION)
    ] = None,
) -> Answer:
    """Draft a profile for a file of readings, and show how it is understood.

    What changes a figure is only offered: unit, zone, whether times are starts or ends. Say it with --set.

    Example: gridpact meter profile march.csv --set time.zone=Europe/Vienna --set value.unit=kWh
    """
    from gridpact.production.readings.draft import draft
    from gridpact.production.readings.errors import ReadingsError
    from gridpact.production.readings.profile import NamedProfile, load, validated

    content = read_file(file)
    if named is not None:
        return _understood(content, load(read_file(named)), epoch, {"profile": str(named), "open": []}, [])
    try:
        found = draft(content, _settings(said or []))
    except ReadingsError as error:
        error.path = str(file)
        raise
    path = out or Path(f"{file.stem}.toml")
    _write(path, found.toml(), force=force)
    open_keys = [{"key": offer.key, "guesses": list(offer.guesses)} for offer in found.open]
    following = _next(file, path, out, found, said or [])
    document: dict[str, Any] = {
        "profile": str(path),
        "open": open_keys,
        "columns": list(found.columns),
        "next": following,
    }
    body: list[RenderableType] = [f"Wrote {path}."]
    if found.open:
        body += _questions(found)
    document_of_guesses = found.document(guessed=True)
    if any(offer.key == "meter.name" for offer in found.open):
        document_of_guesses.setdefault("meter", {})["name"] = "meter"
    if any(not offer.guesses for offer in found.open if offer.key != "meter.name"):
        return Answer(document, [*body, following])
    if found.open:
        body.append("With the first of each:")
    answer = _understood(content, NamedProfile(validated(document_of_guesses), b""), epoch, document, body)
    return Answer(answer.document, [*answer.body, following])


def _next(file: Path, path: Path, out: Path | None, found: Draft, said: list[str]) -> str:
    """The command that comes after this one; what only its reader knows stands in capitals."""
    if not found.open:
        return f"Next: {shlex.join(['gridpact', 'meter', 'import', str(file), '--profile', str(path), '--register'])}"
    command = ["gridpact", "meter", "profile", str(file), *(["--out", str(out)] if out else []), "--force"]
    for one in [*said, *(f"{one.key}={(*one.guesses, one.key.rpartition('.')[2].upper())[0]}" for one in found.open)]:
        command += ["--set", one]
    return f"Next: {shlex.join(command)}"


def _settings(said: list[str]) -> dict[str, Any]:
    from gridpact.production.readings.draft import SECTIONS, parsed

    found = {}
    for one in said:
        key, equals, value = one.partition("=")
        section, dot, _ = key.partition(".")
        if not equals or not dot or section not in SECTIONS:
            raise NotASetting(one)
        found[key] = parsed(value)
    return found


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        with path.open("w" if force else "x", encoding="utf-8") as draft_file:
            draft_file.write(text)
    except FileExistsError as error:
        raise ProfileExists(path) from error
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "") from error


def _questions(found: Draft) -> list[RenderableType]:
    rows = [
        (one.key, f"--set {one.key}={one.guesses[0] if one.guesses else '…'}", ", ".join(one.guesses[1:]))
        for one in found.open
    ]
    return [
        "Still to be said, in the file or with --set:",
        table(["Key", "Likely", "Or"], rows),
    ]


def _understood(
    content: bytes, named: NamedProfile, epoch: int | None, document: dict[str, Any], body: list[RenderableType]
) -> Answer:
    """What a file says when it is read with a profile: its first rows, each meter's total and peak."""
    from gridpact.production.readings import Options, parse
    from gridpact.production.readings.doubts import doubts_of

    try:
        readings = parse(content, epoch, Options(profile=named))
    except GridPactError as error:
        told = words.refusal(error)
        problem = {"understood": None, "problem": told.sentence}
        return Answer({**document, **problem}, [*body, told.sentence, told.advice])
    doubts = [words.fault(doubt) for doubt in doubts_of(readings, {})]
    remarks = [words.fault(remark) for remark in readings.remarks]
    understood = {
        "epoch": readings.epoch_id,
        "meters": [_meter_document(month) for month in readings.meters],
        "remarks": remarks,
        "doubts": doubts,
    }
    shown: list[RenderableType] = [
        *body,
        *(_table_of(month, named) for month in readings.meters[:1]),
        facts(_facts(readings)),
        *remarks,
        *(f"This can hardly be right: {doubt}." for doubt in doubts[:5]),
    ]
    return Answer({**document, "understood": understood}, shown)


def _facts(readings: Readings) -> list[tuple[str, object]]:
    return [
        ("Month", fmt.epoch(readings.epoch_id)),
        *(
            (month.label, f"{fmt.energy(month.wh)}, at most {fmt.power(_peak_w(month))}, {month.quality.value}")
            for month in readings.meters
        ),
    ]


def _meter_document(month: MeterMonth) -> dict[str, Any]:
    return {
        "meter": month.label,
        "wh": month.wh,
        "peak_w": _peak_w(month),
        "quality": month.quality.value,
        "rows": month.rows,
        "interval_minutes": month.interval_minutes,
        "start_ts": month.start_ts,
        "end_ts": month.end_ts,
    }


def _peak_w(month: MeterMonth) -> int:
    if month.series is None or not len(month.series.wh):
        return 0
    return round(float((month.series.wh * 3_600 / month.series.seconds).max()))


def _table_of(month: MeterMonth, named: NamedProfile) -> RenderableType:
    """The first rows with energy, as they are understood."""
    series = month.series
    assert series is not None, "a month that was parsed has its series"
    zone = named.profile.zone
    with_energy = [at for at in range(len(series.wh)) if series.wh[at] > 0][:SHOWN_ROWS] or [0]
    rows = []
    for at in with_energy:
        start, seconds = int(series.starts[at]), int(series.seconds[at])
        begin, end = (datetime.fromtimestamp(ts, UTC).astimezone(zone) for ts in (start, start + seconds))
        kwh = float(series.wh[at]) / 1_000
        shown = f"{kwh:,.3f}", f"{kwh * 3_600 / seconds:,.3f}"
        rows.append((int(series.lines[at]), begin.isoformat(), end.isoformat(), *shown))
    return table([">Line", "From", "To", ">kWh", ">kW"], rows, title=f"First rows with energy of {month.label}")
