"""`gridpact meter`: meters, and their readings from files."""

from pathlib import Path
from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, table
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, KW_OPTION, read_file
from gridpact.production import actions
from gridpact.production.boxes import PROJECT
from gridpact.production.readings import FillGaps, parse
from gridpact.production.readings.profile import load


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Meters, and their readings.", no_args_is_help=True)
    writes(noun, "register", Role.OPERATOR)(register)
    writes(noun, "import", Role.OPERATOR)(import_readings)
    reads(noun, "list")(list_meters)
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
    return actions.register_meter(deployment.production, sender, label, capacity, owner)


def import_readings(
    session: Session,
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: meter_id,interval_start,energy_wh[,quality]; or as the profile says. - is standard input."
        ),
    ],
    profile: Annotated[
        Path | None, typer.Option("--profile", help="How the file is written (TOML); its hash is recorded, too.")
    ] = None,
    epoch: Annotated[
        int | None,
        typer.Option(
            "--epoch", help="The month; others are passed over. By default the first reading's.", **EPOCH_OPTION
        ),
    ] = None,
    fill_gaps: Annotated[
        FillGaps | None,
        typer.Option("--fill-gaps", help="Accept gaps, and fill them; the reading is then substituted."),
    ] = None,
    interval_minutes: Annotated[
        int | None,
        typer.Option("--interval-minutes", min=1, max=60, help="Length of an interval, where it is not clear."),
    ] = None,
    register_meters: Annotated[
        bool, typer.Option("--register", help="Register meters that are not, for the project.")
    ] = False,
) -> Work:
    """Record each meter's total of a month from a file of interval readings.

    Every line is checked before anything is sent. The totals are recorded with the file's SHA-256.

    Example: gridpact meter import data/readings-202602.csv --register
    """
    named = None if profile is None else load(read_file(profile))
    readings = parse(read_file(file), epoch, fill_gaps, interval_minutes, named)
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    return actions.record(deployment.production, sender, readings, register=register_meters)


def list_meters(session: Session) -> Answer:
    """List the meters.

    Example: gridpact meter list
    """
    meters = session.deployment.production.meters()
    document = {
        "meters": [
            {"id": one.meter_id, "label": one.label, "producer": one.producer, "capacity_w": one.capacity_w}
            for one in meters
        ]
    }
    rows = [
        (
            one.meter_id,
            one.label,
            "the project" if one.is_project else one.producer,
            fmt.power(one.capacity_w) if one.capacity_w else "not given",
        )
        for one in meters
    ]
    return Answer(
        document, [table([">Id", "Meter", "Producer", ">Capacity"], rows) if rows else "No meter is registered."]
    )
