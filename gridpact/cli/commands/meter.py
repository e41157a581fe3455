"""`gridpact meter`: meters, and their readings from files."""

import sys
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridpact import units as fmt
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli import words
from gridpact.cli.commands.meter_profile import profile
from gridpact.cli.commands.meter_signed import (
    keygen,
    rotate_key,
    sign_readings,
    submission_preview,
    submit,
    submitted,
)
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, talk
from gridpact.cli.rows import Column, documents, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import CAPACITY_OPTION, EPOCH_OPTION, KW_OPTION, ZONE_OPTION, read_file, reason_of
from gridpact.deployment import meter_names
from gridpact.production import actions
from gridpact.production.actions import NewMeters
from gridpact.production.boxes import PROJECT
from gridpact.production.read import Meter
from gridpact.production.readings import FillGaps, Format
from gridpact.units import KW_TOKEN_DECIMALS, base_units

if TYPE_CHECKING:
    from gridpact.production.readings import Options as ReadingOptions


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Meters, and their readings.", no_args_is_help=True)
    writes(noun, "register", Role.OPERATOR)(register)
    writes(noun, "import", Role.OPERATOR)(import_readings)
    reads(noun, "profile")(profile)
    reads(noun, "list")(list_meters)
    reads(noun, "keygen")(keygen)
    reads(noun, "sign")(sign_readings)
    writes(noun, "submit", Role.OPERATOR, submitted, submission_preview)(submit)
    writes(noun, "rotate-key", Role.OPERATOR)(rotate_key)
    app.add_typer(noun, name="meter")


def register(
    session: Session,
    label: Annotated[str, typer.Argument(help="The meter's name, as the files of readings call it.")],
    capacity: Annotated[int, typer.Option("--capacity-kw", help="Rated power.", **KW_OPTION)] = 0,
    producer: Annotated[
        str | None, typer.Option("--producer", help="Whose meter it is; the project's by default.", metavar="ACCOUNT")
    ] = None,
) -> Work:
    """Register a meter.

    Example: gridpact meter register meter-1 --capacity-kw 500
    """
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    owner = PROJECT if producer is None else session.account(producer, "producer")
    meter_names.keep(session.connection, [label])
    return actions.register_meter(deployment.production, sender, label, capacity, owner)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """The options that say how a file of readings is written."""

    profile_file: Annotated[
        Path | None, typer.Option("--profile", help="How the file is written (TOML); its hash is recorded, too.")
    ] = None
    file_format: Annotated[Format, typer.Option("--format", help="The file's format, without a profile.")] = Format.CSV
    channel: Annotated[
        str | None, typer.Option("--channel", help="Which channel: NEM12's suffix, Green Button's forward or reverse.")
    ] = None
    zone: Annotated[
        tzinfo | None,
        typer.Option("--zone", help="Whose month it is, without a profile: Europe/London, UTC, +10:00.", **ZONE_OPTION),
    ] = None
    fill_gaps: Annotated[
        FillGaps | None,
        typer.Option("--fill-gaps", help="Fill gaps; the reading then counts as substituted."),
    ] = None
    interval_minutes: Annotated[
        int | None,
        typer.Option("--interval-minutes", min=1, max=60, help="Length of an interval, if the file does not show it."),
    ] = None

    def read(self) -> "ReadingOptions":
        """What they say, with the profile that they name."""
        from gridpact.production.readings import Options
        from gridpact.production.readings.profile import load

        profile = None if self.profile_file is None else load(read_file(self.profile_file))
        return Options(profile, self.file_format, self.channel, self.zone, self.fill_gaps, self.interval_minutes)


def import_readings(
    session: Session,
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: meter_id,interval_start,energy_wh[,quality]; or as --profile or --format says. "
            "- is standard input."
        ),
    ],
    how: FileOptions,
    epoch: Annotated[
        int | None,
        typer.Option(
            "--epoch", help="The month; other months are skipped. By default the first reading's.", **EPOCH_OPTION
        ),
    ] = None,
    register_meters: Annotated[
        bool, typer.Option("--register", help="Register meters that are not, for the project.")
    ] = False,
    capacity: Annotated[
        list[Any] | None,
        typer.Option(
            "--capacity-kw", help="Rated power of meters that --register adds: KW, or METER=KW.", **CAPACITY_OPTION
        ),
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option("--accept", help="Accept what can hardly be right, and record this reason.", metavar="REASON"),
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="Restate what the file changes; its hash is the reason.")
    ] = False,
) -> Work:
    """Record each meter's total of a month from a file of interval readings.

    Every line is checked before anything is sent. The totals are recorded with the file's SHA-256.

    Example: gridpact meter import data/readings-202602.csv --register
    """
    from gridpact.production.readings import parse
    from gridpact.production.readings.errors import ProfileRefused, ReadingsError

    try:
        content = read_file(file)
        readings = parse(content, epoch, how.read())
    except (ProfileRefused, ReadingsError) as error:
        error.path = str(file)
        raise
    for remark in readings.remarks:
        talk(words.fault(remark))
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    labels = [month.label for month in readings.meters]
    meter_names.keep(session.connection, labels)
    new = _new_meters(session, labels, capacity or []) if register_meters else False
    work = actions.record(
        deployment.production, sender, readings, register=new, accept=reason_of(accept), correct=correct
    )
    if work.steps:
        session.keep(content)
        if how.profile_file is not None:
            session.keep(read_file(how.profile_file))
    return work


def _new_meters(session: Session, names: list[str], said: list[tuple[str | None, int]]) -> NewMeters:
    """What is known of meters that are to be registered; on a terminal, who has not said it is asked for it."""
    general = next((watts for name, watts in said if name is None), 0)
    own = {name: watts for name, watts in said if name is not None}
    known = {meter.label for meter in session.deployment.production.meters()}
    new = [name for name in names if name not in known and name not in own]
    if new and not general:
        if sys.stdin.isatty() and not session.options.yes:
            own |= {name: _asked(name) for name in new}
        else:
            talk("Without --capacity-kw, readings of a new meter cannot be checked against its rated power.")
    return NewMeters(general, own)


def _asked(name: str) -> int:
    text = typer.prompt(f"Rated power of {name} in kW (0: not known)", err=True, default="0")
    return base_units(text, KW_TOKEN_DECIMALS, "power")


def list_meters(session: Session) -> Answer:
    """List the meters.

    Example: gridpact meter list
    """
    meters = session.deployment.production.meters()
    columns: list[Column[Meter]] = [
        Column("id", lambda one: one.meter_id, ">Id"),
        Column("label", lambda one: one.label, "Meter"),
        Column(
            "producer",
            lambda one: one.producer,
            "Producer",
            lambda one: "the project" if one.is_project else session.book.shown(one.producer),
        ),
        Column(
            "capacity_w",
            lambda one: one.capacity_w,
            ">Capacity",
            lambda one: fmt.power(one.capacity_w) if one.capacity_w else "not given",
        ),
        Column(
            "public_key",
            lambda one: one.public_key.hex() if one.signs else None,
            "Signs with",
            lambda one: f"{one.public_key.hex()[:16]}…" if one.signs else "no key",
        ),
        Column("last_sequence", lambda one: one.last_sequence),
        Column("last_end_ts", lambda one: one.last_end_ts),
    ]
    return Answer({"meters": documents(columns, meters)}, [listing(columns, meters, "No meter is registered.")])
