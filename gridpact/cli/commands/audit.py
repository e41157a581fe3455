"""`gridpact audit`: everything that the apps hold, recomputed from the chain alone."""

import io
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from gridpact import units as fmt
from gridpact.audit.audit import Auditor, Evidence, Report
from gridpact.audit.findings import Difference
from gridpact.audit.proof import Step, prove_claim, prove_invoice
from gridpact.audit.replay.billing import Income
from gridpact.chain.assets import assets
from gridpact.chain.errors import FileUnwritable
from gridpact.chain.files import write_atomically
from gridpact.cli.output import Answer, table
from gridpact.cli.run import reads
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, Invoice, read_file
from gridpact.cli.words import audit as words
from gridpact.cli.words.names import DeploymentNames
from gridpact.history.place import source_of
from gridpact.units import Asset

HTML_WIDTH = 140


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(help="Recompute everything from the chain alone, and prove single figures.")
    reads(noun, None)(audit)
    reads(noun, "invoice")(invoice)
    reads(noun, "claim")(claim)
    app.add_typer(noun, name="audit")


def audit(
    session: Session,
    epoch: Annotated[
        int | None, typer.Option("--epoch", help="Show only what is about this month.", **EPOCH_OPTION)
    ] = None,
    readings: Annotated[
        list[Path] | None,
        typer.Option("--readings", help="A file of readings, whose hash has to stand on chain; may be repeated."),
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option("--report", help="A report of a month's end, whose hash has to be anchored; may be repeated."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write the report to this file, too: a page that prints.", dir_okay=False),
    ] = None,
) -> Answer:
    """Replay the whole past, and compare every box, balance and event with what must follow from it.

    Nothing of the operator's and no database is needed. Exit code 1 where something differs.

    Example: gridpact audit --epoch 202602
    """
    auditor = _auditor(session)
    found = auditor.run(
        readings=[Evidence.of(path.name, read_file(path)) for path in readings or ()],
        reports=[Evidence.of(path.name, read_file(path)) for path in report or ()],
    )
    units = assets(session.connection.algod, {one.asset_id for one in found.income})
    answer = _answer(found if epoch is None else found.of_epoch(epoch), units)
    if html is not None:
        _write_page(html, answer)
    return answer


def invoice(session: Session, which: Invoice) -> Answer:
    """Prove one invoice: from the month's readings to its amount and its payment.

    Example: gridpact audit invoice 1/202602
    """
    auditor = _auditor(session)
    auditor.replay()
    return _proof(session, prove_invoice(auditor.calls, *which))


def claim(
    session: Session,
    holder: Annotated[str, typer.Argument(help="Whose share.")],
    deposit: Annotated[int, typer.Argument(help="The deposit's number.", min=1)],
) -> Answer:
    """Prove one holder's share of a deposit: from the month's readings to what was paid.

    Example: gridpact audit claim HOLDER_1 1
    """
    auditor = _auditor(session)
    auditor.replay()
    return _proof(session, prove_claim(auditor.calls, session.account(holder), deposit))


def _auditor(session: Session) -> Auditor:
    deployment = session.deployment
    source = source_of(deployment.connection, deployment.app_ids)
    return Auditor(deployment.connection.algod, deployment.app_ids, source)


def _income(one: Income, asset: Asset) -> tuple[str, ...]:
    return one.treasury, f"{one.payments:,}", fmt.money(one.received, asset), fmt.money(one.refunded, asset)


def _answer(report: Report, units: Mapping[int, Asset]) -> Answer:
    document = {
        "green": report.is_green,
        "round": report.round,
        "calls": report.calls,
        "events": report.events,
        "boxes": report.boxes,
        "stored_fields": report.stored_fields,
        "checked": {rule.value: count for rule, count in report.checked.items()},
        "differences": [_document(one) for one in report.differences],
        "passed_over": [
            {"taken": words.subject(one.taken), "better": words.subject(one.better), **asdict(one.place)}
            for one in report.passed_over
        ],
        "closed_out": [asdict(one) for one in report.closed_out],
        "income": [asdict(one) for one in report.income],
        "things": {kind.value: count for kind, count in report.things.items()},
        "not_on_chain": list(words.UNCHECKED),
    }
    rows = [
        (words.WHAT[rule], f"{count:,}", sum(one.rule is rule for one in report.differences))
        for rule, count in sorted(report.checked.items())
    ]
    body: list[Any] = [table(["Check", ">Compared", ">Different"], rows)]
    things = [(kind.value, f"{count:,}") for kind, count in sorted(report.things.items())]
    body += ["", table(["Boxes", ">Number"], things)]
    if report.income:
        columns = ["Treasury", ">Payments", ">Received", ">Refunded"]
        body += ["", table(columns, [_income(one, units[one.asset_id]) for one in report.income])]
    for title, lines in (
        ("What differs:", [words.difference(one) for one in report.differences]),
        ("Trades that did not take the best offer:", [words.passed_over(one) for one in report.passed_over]),
        ("kW tokens that were closed out:", [words.closed_out(one) for one in report.closed_out]),
        ("What cannot be seen on the chain:", list(words.UNCHECKED)),
    ):
        if lines:
            body += ["", title, *(f"  {line}" for line in lines)]
    return Answer(document, [*body, "", words.verdict(report)], failed=not report.is_green)


def _document(one: Difference) -> dict[str, object]:
    return {
        "rule": one.rule.value,
        "subject": words.subject(one.subject),
        "field": one.field,
        "expected": _plain(one.expected),
        "found": _plain(one.found),
        "epoch": one.epoch_id,
        "round": None if one.place is None else one.place.round,
        "transaction": None if one.place is None else one.place.txid,
    }


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _proof(session: Session, steps: list[Step]) -> Answer:
    names = DeploymentNames(session.deployment)
    document = [
        {
            "part": step.part.value,
            "says": words.proof_step(step, names),
            "result": step.result,
            "computed_from": list(step.terms),
            "round": None if step.event is None else step.event.cursor.round,
            "transaction": None if step.event is None else step.event.txid,
            "payment": step.txid,
        }
        for step in steps
    ]
    rows: list[tuple[str, str]] = []
    for step in steps:
        rows.append((words.proof_step(step, names), words.where(step)))
        if step.txid is not None:
            rows.append((words.PAYMENT, step.txid))
    return Answer({"steps": document}, [table(["What the chain says", "Where"], rows)])


def _write_page(path: Path, answer: Answer) -> None:
    console = Console(record=True, file=io.StringIO(), width=HTML_WIDTH, highlight=False)
    for part in answer.body:
        console.print(part, markup=False)
    try:
        write_atomically(path, console.export_html(inline_styles=True))
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "") from error
