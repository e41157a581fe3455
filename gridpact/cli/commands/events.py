"""`gridpact events`: what happens, as it happens."""

from collections.abc import Iterator
from typing import Annotated

import typer

from gridpact.cli import words
from gridpact.cli.output import Answer, talk
from gridpact.cli.run import streams
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, Apps
from gridpact.cli.words import history as told
from gridpact.cli.words.names import DeploymentNames
from gridpact.history.events import Cursor, Event, Wanted
from gridpact.history.feed import follow, happened
from gridpact.history.outages import Patience
from gridpact.history.place import source_of


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    streams(app, "events")(events)


def events(
    session: Session,
    app: Apps = None,
    event: Annotated[
        list[str] | None, typer.Option("--event", help="Only events of this name; may be repeated.", metavar="NAME")
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option("--account", help="Only what names or was sent by this account; may be repeated."),
    ] = None,
    epoch: Annotated[
        list[int] | None, typer.Option("--epoch", help="Only of this month; may be repeated.", **EPOCH_OPTION)
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Begin with this round, or after the event of this id.", metavar="ROUND|ID"),
    ] = None,
    until_stopped: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on with what happens from now on, until it is stopped.")
    ] = False,
) -> Iterator[Answer]:
    """Print the contracts' events, oldest first, one a line: for pipes, alerts and live pages.

    Without --since, --follow begins with the next block.

    Example: gridpact events --follow --app PPA --json
    """
    begin = None if since is None else Cursor.parse(since)
    wanted = Wanted(
        contracts=app or (),
        names=event or (),
        accounts=[session.account(one) for one in account or ()],
        epochs=epoch or (),
    )
    deployment = session.deployment
    source = source_of(session.connection, deployment.app_ids)
    if until_stopped:
        found = follow(source, deployment.app_ids, begin, wanted, _say_outage)
    else:
        found = happened(source, deployment.app_ids, begin or Cursor.before(1), wanted)
    words.load()
    names = DeploymentNames(deployment)
    for one in found:
        yield Answer(_document(one), [] if session.options.json else [_line(one, names)])


def _line(event: Event, names: DeploymentNames) -> str:
    """In words; what the ids in it stand for may have to be asked of the node."""
    patience = Patience(_say_outage)
    while True:
        with patience:
            return told.line(event, names)


def _say_outage(_: Exception) -> None:
    talk("The node does not answer; waiting for it.")


def _document(event: Event) -> dict[str, object]:
    return {
        "id": str(event.cursor),
        "round": event.cursor.round,
        "transaction": event.txid,
        "path": list(event.path),
        "sender": event.sender,
        "block_ts": event.block_ts,
        "app": event.app_id,
        "contract": event.contract.value,
        "event": event.name,
        "epoch": event.epoch_id,
        "ts": event.ts,
        "fields": dict(event.fields),
    }
