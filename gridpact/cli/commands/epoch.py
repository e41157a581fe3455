"""`gridpact epoch`: a month's production."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import RenderableType

from gridpact import evidence
from gridpact import units as fmt
from gridpact.chain.assets import assets
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.errors import ReportMissing
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts, table
from gridpact.cli.rows import Column, document, documents, figure, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.tables import Alert
from gridpact.cli.values import ENERGY_OPTION, HASH_OPTION, ID_OPTION, Epoch, read_file
from gridpact.cli.words import deployment as told
from gridpact.contracts.kwh_receipt_config import NO_METER
from gridpact.deployment.corrections import Mending, mending
from gridpact.production import actions
from gridpact.production.boxes import PROJECT
from gridpact.production.effects import ProductionRestated
from gridpact.production.errors import EpochNotFound, MeterNotFound
from gridpact.production.notes import ACCEPTED, PROFILE, said_in
from gridpact.production.read import Ledger, Meter, Reading

if TYPE_CHECKING:
    from gridpact.history.events import Event


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Production of a month: ledger, readings, corrections.", no_args_is_help=True)
    reads(noun, "show")(show)
    reads(noun, "list")(list_epochs)
    writes(noun, "finalize", Role.OPERATOR)(finalize)
    writes(noun, "restate", Role.OPERATOR)(restate)
    writes(noun, "anchor", Role.OPERATOR)(anchor)
    app.add_typer(noun, name="epoch")


LEDGER: Final[list[Column[Ledger]]] = [
    Column("epoch", lambda one: one.epoch_id, ">Epoch"),
    Column("epoch_text", lambda one: fmt.epoch(one.epoch_id), "Month"),
    Column("producer", lambda one: one.producer),
    Column("final", lambda one: one.is_final, "State", lambda one: "final" if one.is_final else "open"),
    Column("finalized_ts", lambda one: one.finalized_ts),
    figure("recorded_wh", lambda one: one.recorded_wh, ">Recorded", fmt.energy, "recorded_text"),
    Column("deficit_wh", lambda one: one.deficit_wh),
    Column("ppa_wh", lambda one: one.ppa_wh),
    Column("minted_wh", lambda one: one.minted_wh),
    Column("vault_wh", lambda one: one.vault_wh),
    figure("remaining_wh", lambda one: one.remaining_wh, ">Remaining", fmt.energy, "remaining_text"),
    Column("readings", lambda one: one.readings),
    Column("signed_wh", lambda one: one.signed_wh),
    Column("manual_wh", lambda one: one.manual_wh),
]
"""The figures of a month."""
TOLD: Final = ("ProductionRecorded", "ProductionRestated", "ReportAnchored")
"""Events of a month's past."""


def show(
    session: Session,
    epoch: Epoch,
    producer: Annotated[
        str | None, typer.Option("--producer", help="Whose ledger; the project's by default.", metavar="ACCOUNT")
    ] = None,
) -> Answer:
    """Show where each Wh of a month is, the readings that it came from, their corrections, and anchored reports.

    Readings that were accepted for a reason, or read with a profile, are shown with it.

    Example: gridpact epoch show 202602
    """
    from gridpact.chain.specs import Contract
    from gridpact.cli import trail
    from gridpact.history.events import Wanted

    reader = session.deployment.production
    owner = PROJECT if producer is None else session.account(producer, "producer")
    ledger = reader.ledger(epoch, owner)
    if ledger is None:
        raise EpochNotFound(epoch)
    meters = {meter.meter_id: meter for meter in reader.meters()}
    readings = [
        reading
        for reading in reader.readings(epoch)
        if (meters[reading.meter_id].producer if reading.meter_id else PROJECT) == owner
    ]
    columns = _reading_columns(meters)

    def is_of(event: "Event") -> bool:
        # Of plain readings the ledger's own list tells everything.
        is_told = event.name != "ProductionRecorded" or any(name in said_in(event.note) for name in (ACCEPTED, PROFILE))
        return is_told and event.fields.get("producer", owner) == owner

    past = trail.trail_beside(session, Wanted(contracts=[Contract.KWH_RECEIPT], names=TOLD, epochs=[epoch]), is_of)
    found = {
        **document(LEDGER, ledger),
        "readings": documents(columns, readings),
        "past": trail.document(past),
    }
    state = f"final since {fmt.moment(ledger.finalized_ts)}" if ledger.is_final else "open"
    parts = [
        ("PPA", ledger.ppa_wh),
        ("Minted", ledger.minted_wh),
        ("Vault", ledger.vault_wh),
        ("Remaining", ledger.remaining_wh),
    ]
    body: list[RenderableType] = [
        facts([("Epoch", fmt.epoch(epoch)), ("State", state), ("Recorded", fmt.energy(ledger.recorded_wh))]),
        *([Alert(f"Deficit {fmt.energy(ledger.deficit_wh)}: nothing can be drawn.")] if ledger.deficit_wh else []),
        "",
        table(
            ["Where", ">Energy", ">Share"],
            [(name, fmt.energy(wh), fmt.percent(wh, ledger.recorded_wh)) for name, wh in parts],
        ),
        "",
        listing(columns, readings, "Nothing was recorded."),
        *trail.shown(past),
    ]
    return Answer(found, body)


def _reading_columns(meters: Mapping[int, Meter]) -> list[Column[Reading]]:
    """The figures of a reading."""

    def source(one: Reading) -> str:
        return f"{one.source_hash.hex()[:16]}…" if any(one.source_hash) else "none"

    def corrections(one: Reading) -> list[dict[str, object]]:
        return [
            {"revision": each.revision, "change_wh": each.change_wh, "reason_sha256": each.reason_hash.hex()}
            for each in one.restatements
        ]

    return [
        Column("meter_id", lambda one: one.meter_id),
        Column(
            "meter",
            lambda one: meters[one.meter_id].label if one.meter_id else None,
            "Meter",
            lambda one: meters[one.meter_id].label if one.meter_id else "without a meter",
        ),
        Column("interval", lambda one: one.interval_id, ">Interval"),
        figure("wh", lambda one: one.wh, ">Recorded", fmt.energy),
        figure("net_wh", lambda one: one.net_wh, ">After corrections", fmt.energy),
        Column(
            "quality",
            lambda one: one.quality.value,
            "Quality",
            lambda one: f"{one.quality.value}{', signed' if one.sequence else ''}",
        ),
        Column("sequence", lambda one: one.sequence),
        Column("start_ts", lambda one: one.start_ts),
        Column("end_ts", lambda one: one.end_ts),
        Column("source_sha256", lambda one: one.source_hash.hex(), "Source (SHA-256)", source),
        Column("restatements", corrections),
    ]


def list_epochs(session: Session) -> Answer:
    """List the project's months.

    Example: gridpact epoch list
    """
    ledgers = session.deployment.production.ledgers()
    return Answer({"epochs": documents(LEDGER, ledgers)}, [listing(LEDGER, ledgers, "No production is recorded.")])


def finalize(
    session: Session,
    epoch: Epoch,
    expect: Annotated[
        int | None, typer.Option("--expect", help="Refuse any other recorded total.", **ENERGY_OPTION)
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="A meter that may have no reading; may be repeated.", metavar="METER"),
    ] = None,
) -> Work:
    """Close a month of the project: no reading enters it afterwards.

    Example: gridpact epoch finalize 202602 --expect 125000
    """
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    return actions.finalize(deployment.production, sender, epoch, expect, without or [])


def restate(
    session: Session,
    epoch: Epoch,
    to: Annotated[int, typer.Option("--to", help="What the reading shall be.", **ENERGY_OPTION)],
    reason: Annotated[str, typer.Option("--reason", help="Why; its SHA-256 goes on chain.")],
    meter: Annotated[
        str | None, typer.Option("--meter", help="The meter's name. None: a reading without a meter.")
    ] = None,
    interval: Annotated[
        int, typer.Option("--interval", help="The reading's interval.", **ID_OPTION)
    ] = actions.MONTH_INTERVAL,
) -> Work:
    """Correct a reading, by a new record beside it. Names the invoices that this touches, and what would mend them.

    Example: gridpact epoch restate 202602 --meter meter-1 --to 44990.5 --reason "meter exchanged on the 12th"
    """
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    meter_id = NO_METER
    meters = deployment.production.meters()
    owners = {one.meter_id: one.producer for one in meters}
    if meter is not None:
        ids = {one.label: one.meter_id for one in meters}
        if meter not in ids:
            raise MeterNotFound(meter)
        meter_id = ids[meter]
    session.keep_reason(reason)
    work = actions.restate(deployment.production, sender, epoch, meter_id, interval, to, reason)
    change_wh = sum(one.to_wh - one.from_wh for one in work.effects if isinstance(one, ProductionRestated))
    if meter_id == NO_METER or owners[meter_id] == PROJECT:
        session.beside = _mending(session, mending(deployment, epoch, change_wh))
    return work


def _mending(session: Session, found: Mending) -> Answer:
    """What a restatement asks of invoices and deposits; nothing where all is as it should be."""
    units = assets(session.connection.algod, {one.invoice.asset_id for one in found.invoices})
    document = {
        "recorded_wh": found.recorded_wh,
        "deficit_wh": found.deficit_wh,
        "invoices": [
            {
                "agreement": one.invoice.agreement_id,
                "epoch": one.invoice.epoch_id,
                "paid": one.invoice.is_paid,
                "kwh": one.invoice.net_kwh,
                "share_kwh": one.share_kwh,
                "change_kwh": one.change_kwh,
                "amount": one.amount,
                "asset": one.invoice.asset_id,
            }
            for one in found.invoices
        ],
        "returns": [{"deposit": one.deposit_id, "wh": one.wh} for one in found.returns],
    }
    body = [
        *(told.mend(one, found.recorded_wh, units[one.invoice.asset_id]) for one in found.invoices),
        *map(told.give_back, found.returns),
    ]
    return Answer({"mending": document}, body)


def anchor(
    session: Session,
    epoch: Epoch,
    file: Annotated[Path | None, typer.Argument(help="The report; its SHA-256 is published.")] = None,
    sha256: Annotated[
        bytes | None, typer.Option("--sha256", help="The hash, instead of the file.", **HASH_OPTION)
    ] = None,
) -> Work:
    """Publish the hash of the month-end report.

    Example: gridpact epoch anchor 202602 report-202602.pdf
    """
    if (file is None) == (sha256 is None):
        raise ReportMissing
    if file is not None:
        report = read_file(file)
        session.keep(report)
        sha256 = evidence.sha256(report)
    assert sha256 is not None, "one of the two is given"
    deployment = session.deployment
    sender = session.sender(deployment.production.state().roles.operator)
    return actions.anchor(deployment.production, sender, epoch, sha256)
