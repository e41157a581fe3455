"""`gridpact submit`: groups that were signed elsewhere."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from gridpact.chain import signed
from gridpact.chain.describe import describe
from gridpact.chain.sending import Sent, SignedGroup
from gridpact.cli import words
from gridpact.cli.help import Command
from gridpact.cli.options import DryRunOption, JsonOption, Options, YesOption
from gridpact.cli.output import Answer, show, table, talk
from gridpact.cli.run import confirm, event_text, guarded, other_event_text, transaction_document
from gridpact.cli.session import Program, Session
from gridpact.units import ALGO, number


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("submit", cls=Command)(submit)


def submit(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Signed transactions: what --out wrote, signed.")],
    json: JsonOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
) -> None:
    """Send groups that were written with --out and signed elsewhere. What is on chain already is not sent again.

    Example: gridpact submit signed.txn
    """
    session = Session(ctx.find_object(Program) or Program(), Options(json=json, dry_run=dry_run, yes=yes))
    guarded(session, lambda: _submit(session, file))


def _submit(session: Session, file: Path) -> None:
    groups = signed.read(file)
    apps = session.deployment.apps
    described = [[describe(one.transaction, apps.contracts) for one in group.transactions] for group in groups]
    tables: list[RenderableType] = [
        table(
            [">#", "Transaction", "Sender", ">Fee (ALGO)"],
            [
                (index, words.transaction(one), one.sender, number(one.fee_microalgo, ALGO.decimals))
                for index, one in enumerate(group)
            ],
            title=f"Group {position} of {len(groups)}",
        )
        for position, group in enumerate(described, 1)
    ]
    documents = [{"transactions": [transaction_document(one) for one in group]} for group in described]
    network = session.connection.network
    if session.options.dry_run:
        document = {"network": network, "dry_run": True, "groups": documents}
        show(Answer(document, [*tables, "Nothing was sent."]), as_json=session.options.json)
        return
    effects = [f"{words.transaction(one)} (by {one.sender})" for group in described for one in group]
    confirm(session.connection, effects, session.options, session.program)
    results = []
    lines: list[RenderableType] = []
    for position, group in enumerate(groups, 1):
        result = _sent(session, group)
        state = "was on chain already" if result.was_there else "confirmed"
        talk(f"✓ Group {position} of {len(groups)} {state}  (round {result.round})")
        lines += [
            f"Group {position}: {state} in round {result.round}",
            *(f"  {event_text(one)}" for one in result.events),
            *(f"  {other_event_text(one)}" for one in result.others_events),
        ]
        results.append(
            {
                **documents[position - 1],
                "round": result.round,
                "was_there": result.was_there,
                "events": [event_text(one) for one in result.events],
                "other_apps_events": [event_text(one) for one in result.others_events],
            }
        )
    document = {"network": network, "dry_run": False, "groups": results}
    show(Answer(document, lines), as_json=session.options.json)


def _sent(session: Session, group: SignedGroup) -> Sent:
    """The group on chain; one that is there already is not sent again."""
    algod, apps = session.connection.algod, session.deployment.apps
    there = group.look(algod, apps)
    if there is not None:
        return there.known_before()
    is_news = group.send(algod, apps)
    sent = group.wait(algod, apps)
    return sent if is_news else sent.known_before()
