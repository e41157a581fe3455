"""`gridpact doctor`."""

from collections.abc import Iterator

import typer
from rich.console import RenderableType

from gridpact.chain.connection import NETWORK_FAILURES, explain
from gridpact.cli.help import Command
from gridpact.cli.options import JsonOption, Options
from gridpact.cli.output import Answer, show, table
from gridpact.cli.run import FAILED, guarded
from gridpact.cli.session import Program, Session
from gridpact.cli.words.checkup import tell
from gridpact.deployment import checkup
from gridpact.deployment.checkup import Finding, Health, Part
from gridpact.errors import GridPactError


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", cls=Command)(doctor)


def doctor(ctx: typer.Context, json: JsonOption = False) -> None:
    """Look at everything that the commands stand on, each fault with its next step. Changes nothing.

    Settings, versions, node and token, clock, indexer, apps, programs, balances, keys. Ends with 1 where something is
    bad.

    Example: gridpact doctor
    """
    session = Session(ctx.find_object(Program) or Program(), Options(json=json))
    findings: list[Finding] = []
    guarded(session, lambda: findings.extend(_findings(session)))
    show(_answer(findings), as_json=json)
    if any(finding.health is Health.BAD for finding in findings):
        raise typer.Exit(FAILED)


def _findings(session: Session) -> Iterator[Finding]:
    yield from checkup.of_machine()
    connection = deployment = None
    found = session.program.settings
    if found is not None and found.refusal is not None:
        yield Finding(Part.SETTINGS, refusal=found.refusal)
    else:
        try:
            connection = session.connection
        except GridPactError as refusal:
            yield Finding(Part.NODE, refusal=refusal)
    if connection is not None:
        yield from checkup.of_network(connection)
        try:
            deployment = session.deployment
        except GridPactError as refusal:
            yield Finding(Part.APPS, refusal=refusal)
        except NETWORK_FAILURES as failure:
            yield Finding(Part.APPS, refusal=explain(failure))
    if deployment is not None:
        yield from checkup.of_apps(deployment)
    yield from checkup.of_keys(connection, deployment)


def _answer(findings: list[Finding]) -> Answer:
    told = [(finding, tell(finding)) for finding in findings]
    document = {
        "findings": [
            {
                "part": finding.part.value,
                "health": finding.health.value,
                "sentence": said.sentence,
                "advice": said.advice,
            }
            for finding, said in told
        ],
        "bad": sum(finding.health is Health.BAD for finding in findings),
        "doubtful": sum(finding.health is Health.DOUBTFUL for finding in findings),
    }
    marks = {Health.GOOD: "✓", Health.DOUBTFUL: "?", Health.BAD: "✗"}
    rows = [
        (marks[finding.health], finding.part.value, f"{said.sentence} {said.advice}".strip()) for finding, said in told
    ]
    bad, doubtful = document["bad"], document["doubtful"]
    verdict = "Everything is well." if not (bad or doubtful) else f"{bad} bad, {doubtful} doubtful."
    body: list[RenderableType] = [table(["", "Part", "Finding"], rows), "", verdict]
    return Answer(document, body)
