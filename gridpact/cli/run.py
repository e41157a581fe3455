"""How every command runs: common options, one sentence for a failure, exit codes, confirmation, dry run.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
"""

import base64
import inspect
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typer
from algosdk.logic import get_application_address
from algosdk.transaction import PaymentTxn, Transaction
from rich.console import RenderableType
from typer.exceptions import TyperException

from gridpact.chain import signed
from gridpact.chain.connection import NETWORK_FAILURES, Connection, explain
from gridpact.chain.describe import Description, describe, storage_deposit_microalgo
from gridpact.chain.events import Event
from gridpact.chain.group import Paid
from gridpact.chain.keys import Role, sign_as
from gridpact.chain.outbox import Finished, Outbox
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.chain.work import Dropped, NotAllServed, Replanned, Step, Work
from gridpact.cli import words
from gridpact.cli.errors import OutputUnwritable, Stopped, Unforeseen
from gridpact.cli.help import Command
from gridpact.cli.options import Options, Reading, arguments_of, parameters, taken
from gridpact.cli.output import Answer, console, progress, show, show_line, silence, table, talk
from gridpact.cli.session import Program, Session
from gridpact.cli.words.names import DeploymentNames
from gridpact.errors import GridPactError
from gridpact.units import ALGO, money, short

FAILED: Final = 1
USAGE: Final = 2

type Report = Callable[[Work, Sequence[tuple[Step, Sent]]], Answer]
"""What a command says in its own words of the groups that were sent: in the document, and instead of their effects."""

type Preview = Callable[[Work], Answer]
"""How a command shows its plan, where a line for each effect would be too much."""


def reads(app: typer.Typer, name: str | None, panel: str | None = None) -> Callable[[Callable[..., Answer]], None]:
    """Register a command that only reads.

    The function's first parameter is the session; the others are the command's own. `--json` is added.

    Args:
        app: the program, or the noun's part of it.
        name: the command's name; None for what the noun does without a command.
        panel: where the help lists it.
    """

    def register(function: Callable[..., Answer]) -> None:
        def run(ctx: typer.Context, **arguments: Any) -> None:  # noqa: ANN401
            if ctx.invoked_subcommand is not None:
                return
            options = Options(json=taken(Reading, arguments).json)
            session = Session(_program(ctx), options)
            answers: list[Answer] = []

            def answer() -> None:
                answers.append(function(session, **arguments_of(function, arguments)))
                show(answers[0], as_json=options.json)

            guarded(session, answer)
            if answers[0].failed:
                raise typer.Exit(FAILED)

        _dress(run, function, Reading)
        if name is None:
            app.callback(invoke_without_command=True)(run)
        else:
            app.command(name, cls=Command, rich_help_panel=panel)(run)

    return register


def writes(
    app: typer.Typer,
    name: str,
    role: Role,
    report: Report | None = None,
    preview: Preview | None = None,
    panel: str | None = None,
) -> Callable[[Callable[..., Work]], None]:
    """Register a command that sends transactions.

    The function's first parameter is the session; it reads the chain, checks everything, and returns the work that is
    missing. Confirmation, dry run, signing, sending and showing are the same for all, and so are their options.

    Args:
        app: the program, or the noun's part of it.
        name: the command's name.
        role: who signs: `<ROLE>_MNEMONIC`, or the LocalNet's wallet of that name.
        report: says what was done in the command's own words, instead of the events.
        preview: shows the plan in the command's own way, instead of its effects.
        panel: where the help lists it.
    """

    def register(function: Callable[..., Work]) -> None:
        def run(ctx: typer.Context, **arguments: Any) -> None:  # noqa: ANN401
            session = Session(_program(ctx), taken(Options, arguments), role, writes=True)
            guarded(session, lambda: _run(session, function, arguments, report, preview))

        _dress(run, function, Options)
        app.command(name, cls=Command, rich_help_panel=panel)(run)

    return register


def streams(app: typer.Typer, name: str, panel: str | None = None) -> Callable[[Callable[..., Iterator[Answer]]], None]:
    """Register a command that only reads, and tells what it finds line by line: `--json` prints one document a line.

    The function's first parameter is the session; the others are the command's own. It ends well when it is stopped,
    and when nobody reads on.

    Args:
        app: the program, or the noun's part of it.
        name: the command's name.
        panel: where the help lists it.
    """

    def register(function: Callable[..., Iterator[Answer]]) -> None:
        def run(ctx: typer.Context, **arguments: Any) -> None:  # noqa: ANN401
            options = Options(json=taken(Reading, arguments).json)
            session = Session(_program(ctx), options)

            def print_lines() -> None:
                try:
                    for answer in function(session, **arguments_of(function, arguments)):
                        show_line(answer, as_json=options.json)
                except KeyboardInterrupt:
                    return
                except BrokenPipeError:
                    silence(sys.stdout)

            guarded(session, print_lines)

        _dress(run, function, Reading)
        app.command(name, cls=Command, rich_help_panel=panel)(run)

    return register


def guarded(session: Session, action: Callable[[], None]) -> None:
    """Run an action; a failure becomes one sentence, the next step, and exit code 1.

    Whatever was not foreseen is told, too, with what is known of the transactions: nobody has to read a traceback to
    learn whether something was sent.

    Raises:
        typer.Exit: it failed.
    """
    try:
        action()
    except GridPactError as error:
        raise _failed(session, error) from error
    except NETWORK_FAILURES as error:
        raise _failed(session, explain(error)) from error
    except KeyboardInterrupt as error:
        raise _failed(session, Stopped()) from error
    except (typer.Exit, typer.Abort, TyperException):
        raise
    except Exception as error:
        raise _failed(session, Unforeseen(type(error).__name__, str(error))) from error


def _run(
    session: Session,
    function: Callable[..., Work],
    arguments: dict[str, Any],
    report: Report | None,
    preview: Preview | None,
) -> None:
    """Finish what an earlier run of the same command has left, if anything; else do what is missing."""
    options = session.options
    names = (f"{name}={value}" for name, value in sorted(arguments.items()))
    outbox = session.outbox(f"{function.__module__}.{function.__name__}", *names)
    if options.dry_run or options.out is not None:
        session.landed = outbox.peek()
        perform(session, function(session, **arguments_of(function, arguments)), report, preview)
        return
    with outbox.held():
        session.is_sending = True
        finished = outbox.finish(session.connection, session.deployment.apps)
        session.sent += [sent for _, sent in finished.groups] if finished is not None else []
        session.is_sending = False
        if finished is not None and finished.is_all:
            _say_finished(session, finished)
            return
        if finished is not None:
            for _, sent in finished.groups:
                talk(f"✓ a group that was cut off, in round {sent.round:,}")
        session.landed = outbox.landed
        perform(session, function(session, **arguments_of(function, arguments)), report, preview, outbox)


def perform(
    session: Session,
    work: Work,
    report: Report | None = None,
    preview: Preview | None = None,
    outbox: Outbox | None = None,
) -> None:
    """Do what is missing: show it, ask, sign, send, and say what happened.

    Args:
        session: with the options that say how, and the role that signs.
        work: what is missing.
        report: says what was done, instead of the events.
        preview: shows the plan, instead of its effects.
        outbox: where each group is written down before it is sent.

    Raises:
        GridPactError: something was refused; the steps before it stand.
    """
    options = session.options
    shown = None if preview is None else preview(work)
    if work.steps:
        session.require_our_programs()
    if not work.steps:
        body = [*_body(shown), *words.there(work.done), *session.beside.body, "Nothing to do."]
        show(Answer({**_document(session, work, []), **_fields(shown)}, body), as_json=options.json)
    elif options.out is not None:
        _write_out(session, work, options.out, shown)
    elif options.dry_run:
        _dry_run(session, work, shown)
    else:
        _send(session, work, report, shown, outbox)


def confirm(connection: Connection, effects: list[str], options: Options, program: Program) -> None:
    """Ask whether something is to be done, its effects in words.

    On MainNet the network's name has to be typed; `--yes` replaces that only together with `--network mainnet`.

    Raises:
        typer.Exit: the answer was no, or nobody can answer.
    """
    if options.yes and (not connection.is_mainnet or program.network == connection.network):
        return
    talk(f"On {connection.network}:")
    for effect in effects:
        talk(f"  {effect}")
    if not sys.stdin.isatty():
        more = " and --network mainnet" if connection.is_mainnet else ""
        talk(f"There is no terminal to ask at. Add --yes{more} to do it, or --dry-run to see more.")
        raise typer.Exit(USAGE)
    if connection.is_mainnet:
        if typer.prompt(f"This moves real money. Type {connection.network} to go on", err=True) == connection.network:
            return
    elif typer.confirm("Do it?", err=True):
        return
    talk("Nothing was sent.")
    raise typer.Exit(FAILED)


# --- the ways to perform ----------------------------------------------------------------------------------------------


def _send(session: Session, work: Work, report: Report | None, shown: Answer | None, outbox: Outbox | None) -> None:
    options = session.options
    if not options.yes:
        for part in (*_body(shown), *session.beside.body):
            console(stderr=True).print(part)
    confirm(session.connection, _plans(session, work, shown), options, session.program)
    sign_as(session.connection, work.sender, session.role, options.source)
    sent: list[tuple[Step, Sent]] = []
    dropped: Sequence[Dropped] = ()
    session.is_sending = True
    try:
        with progress(len(work.steps)) as advance:
            for one in work.run(outbox):
                if isinstance(one, Replanned):
                    talk(f"Planned again: {_why(one)}")
                    continue
                sent.append(one)
                session.sent.append(one[1])
                if len(work.steps) > 1:
                    advance(f"group {len(sent)} of {len(work.steps)} in round {one[1].round:,}")
    except NotAllServed as error:
        dropped = error.dropped
    except GridPactError:
        if sent:
            talk(f"{len(sent)} of {len(work.steps)} groups are done and stand; the same command goes on from there.")
        raise
    groups = [_sent_document(session, step, confirmed) for step, confirmed in sent]
    fees = sum(group["fees_microalgo"] for group in groups)
    deposits = sum(group["deposits_microalgo"] for group in groups)
    told = None if report is None or not sent else report(work, sent)
    body: list[RenderableType] = [*words.there(work.done)]
    if told is not None:
        body += told.body
    else:
        body += _told(session, sent)
    body += session.beside.body
    body.append(f"Fees {money(fees)}, storage deposits {money(deposits)}.")
    document = {**_document(session, work, groups), **_fields(shown), **_fields(told), **_not_done(dropped)}
    show(Answer(document, body), as_json=options.json)
    _end(dropped)


def _plans(session: Session, work: Work, shown: Answer | None) -> list[str]:
    plans = [words.plan(one) for one in work.effects] if shown is None else [f"Send {len(work.steps)} groups"]
    if session.options.fee is not None:
        plans.append(f"Pay {money(session.deployment.apps.fee_microalgo)} for each transaction")
    return plans


def _not_done(dropped: Sequence[Dropped]) -> dict[str, Any]:
    """Who could not be served, for programs."""
    if not dropped:
        return {}
    refusals = [(words.refusal(one.why), one) for one in dropped]
    return {
        "not_done": [
            {
                "effects": [words.plan(effect) for effect in one.effects],
                "name": one.why.code,
                "sentence": told.sentence,
                "advice": told.advice,
            }
            for told, one in refusals
        ]
    }


def _end(dropped: Sequence[Dropped]) -> None:
    """Name those who could not be served, and fail for them alone.

    Raises:
        typer.Exit: there are some.
    """
    if not dropped:
        return
    for one in dropped:
        told = words.refusal(one.why)
        for effect in one.effects:
            talk(f"Not done: {words.plan(effect)}. {told.sentence}")
    talk("All others are served. The same command, run again, tries these once more.")
    raise typer.Exit(FAILED)


def _told(session: Session, sent: Sequence[tuple[Step, Sent]]) -> list[RenderableType]:
    """What the events of the groups say has happened, and where."""
    body: list[RenderableType] = []
    names = DeploymentNames(session.deployment)
    for step, confirmed in sent:
        body += words.told(step.effects, confirmed.events, names)
        body += map(other_event_text, confirmed.others_events)
        body.append(f"Confirmed in round {confirmed.round:,}: {' '.join(confirmed.tx_ids)}")
    return body


def _why(replanned: Replanned) -> str:
    return "Others made offers meanwhile." if replanned.why is None else words.refusal(replanned.why).sentence


def _body(shown: Answer | None) -> Sequence[RenderableType]:
    return () if shown is None else shown.body


def _fields(shown: Answer | None) -> Mapping[str, object]:
    return {} if shown is None else shown.document


def _say_finished(session: Session, finished: Finished) -> None:
    """What a run that was cut off had sent, or had signed to be sent: the command is done."""
    groups: list[dict[str, Any]] = []
    body: list[RenderableType] = []
    sentences: list[str] = []
    for group, sent in finished.groups:
        transactions = [one.transaction for one in group.transactions]
        when = "had sent" if sent.was_there else "was sending"
        sentences.append(f"The run that was cut off {when} this: it is in round {sent.round:,}, and is not done again.")
        fees, deposits = sum(int(one.fee) for one in transactions), _deposits_microalgo(session, transactions)
        groups.append(
            {
                "effects": [],
                "round": sent.round,
                "transactions": list(sent.tx_ids),
                "fees_microalgo": fees,
                "deposits_microalgo": deposits,
                "events": [_event_document(event) for event in sent.events],
                "other_apps_events": [_event_document(event) for event in sent.others_events],
            }
        )
        body += [
            f"{number}. {words.transaction(describe(one, _contracts(session)))}"
            for number, one in enumerate(transactions, 1)
        ]
        body += [sentences[-1], f"Fees {money(fees)}, storage deposits {money(deposits)}."]
    sender = str(finished.groups[0][0].transactions[0].transaction.sender)
    document = {**_document(session, Work(sender), groups), "already_done": sentences}
    show(Answer(document, body), as_json=session.options.json)


def _dry_run(session: Session, work: Work, shown: Answer | None) -> None:
    groups: list[dict[str, Any]] = []
    body: list[RenderableType] = [*_body(shown), *words.there(work.done)]
    contracts = _contracts(session)
    # Where a plan may be changed by others, later groups rely on what the first one makes: only that one can be tried.
    tried, dropped = _tried(work if work.replanning is None else replace(work, steps=work.steps[:1]))
    paid = Paid()
    for number, (step, simulated) in enumerate(tried, 1):
        unsigned = step.group.unsigned(paid)
        described = [describe(transaction, contracts) for transaction in unsigned]
        deposits = _deposits_microalgo(session, unsigned)
        groups.append(
            {
                "effects": [words.plan(effect) for effect in step.effects],
                "transactions": [transaction_document(one) for one in described],
                "fees_microalgo": sum(one.fee_microalgo for one in described),
                "deposits_microalgo": deposits,
                "events": [] if simulated is None else [_event_document(event) for event in simulated.events],
                "simulated": simulated is not None,
            }
        )
        body += [
            table(
                [">#", "Transaction", "Sender", ">Fee (ALGO)"],
                [
                    (
                        index,
                        words.transaction(one),
                        short(one.sender),
                        money(one.fee_microalgo).removesuffix(f" {ALGO.unit}"),
                    )
                    for index, one in enumerate(described)
                ],
                title=f"Group {number} of {max(len(work.steps), len(tried))}",
            ),
            f"Fees {money(groups[-1]['fees_microalgo'])}, storage deposits {money(deposits)}.",
            *(() if simulated is None else (f"Would emit {event_text(event)}" for event in simulated.events)),
            *map(words.would, step.effects),
        ]
        if simulated is None:
            body.append(f"Group {number} stands on what the groups before it change: it could not be simulated.")
    count = sum(simulated is not None for _, simulated in tried)
    total = max(len(work.steps), len(tried))
    only = "only" if count == total else f"{count} of {total} groups"
    body += session.beside.body
    body.append(f"Simulated {only}: nothing was sent.")
    document = {**_document(session, work, groups), **_fields(shown), "dry_run": True, **_not_done(dropped)}
    show(Answer(document, body), as_json=session.options.json)
    _end(dropped)


def _tried(work: Work) -> tuple[list[tuple[Step, Sent | None]], list[Dropped]]:
    """Each step with what simulating it gives: None where it stands on what the steps before it change.

    A node simulates a group on the state that is there, and not on one that other groups would leave.

    Raises:
        GridPactError: the first one would be refused.
    """
    tried: list[tuple[Step, Sent | None]] = []
    dropped: list[Dropped] = []
    for number, step in enumerate(work.steps):
        try:
            one = step.tried(work.sender)
        except GridPactError as error:
            if number == 0 or not error.is_final:
                raise
            tried.append((step, None))
        else:
            tried += one.steps
            dropped += one.dropped
    if dropped and len(work.effects) == 1:
        raise dropped[0].why
    return tried, dropped


def _write_out(session: Session, work: Work, path: Path, shown: Answer | None) -> None:
    steps, dropped = _served(work)
    paid = Paid()
    unsigned: list[list[Transaction]] = [step.group.unsigned(paid) for step in steps]
    transactions = (transaction for group in unsigned for transaction in group)
    signed.write(path, transactions, overwrite=session.options.force)
    contracts = _contracts(session)
    groups = [
        {
            "effects": [words.plan(effect) for effect in step.effects],
            "transactions": [transaction_document(describe(transaction, contracts)) for transaction in group],
        }
        for step, group in zip(steps, unsigned, strict=True)
    ]
    last_valid = min(int(transaction.last_valid_round) for group in unsigned for transaction in group)
    count = sum(map(len, unsigned))
    body = [
        *_body(shown),
        *words.there(work.done),
        *session.beside.body,
        *([] if shown else map(words.plan, work.effects)),
        f"Wrote {count} unsigned transactions of {work.sender} to {path}. They are valid until round {last_valid}.",
        f"Sign them (`algokit task sign -a ACCOUNT -f {path} -o SIGNED`), then run `gridpact submit SIGNED`.",
    ]
    document = {
        **_document(session, work, groups),
        **_fields(shown),
        "file": str(path),
        "last_valid_round": last_valid,
        **_not_done(dropped),
    }
    show(Answer(document, body), as_json=session.options.json)
    _end(dropped)


def _served(work: Work) -> tuple[list[Step], list[Dropped]]:
    """The steps to sign. Who would be refused is left out, if the others do not need them.

    Raises:
        GridPactError: nobody can be served.
    """
    steps: list[Step] = []
    dropped: list[Dropped] = []
    for step in work.steps:
        if step.apart is None:
            steps.append(step)
            continue
        tried = step.tried(work.sender)
        steps += [one for one, _ in tried.steps]
        dropped += tried.dropped
    if not steps:
        raise dropped[0].why
    return steps, dropped


# --- documents --------------------------------------------------------------------------------------------------------


def event_text(event: Event) -> str:
    """An event in one line: its name and its fields."""
    fields = ", ".join(f"{name} {_plain(value)}" for name, value in event.fields.items())
    return f"{event.name}: {fields}"


def other_event_text(event: Event) -> str:
    """What looks like an event of the contracts, and is another app's."""
    return f"Another app, {event.app_id}, logged what looks like an event of this deployment: {event_text(event)}"


def _document(session: Session, work: Work, groups: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "network": session.connection.network,
        "sender": work.sender,
        "dry_run": False,
        "already_done": words.there(work.done),
        "groups": groups,
        **session.beside.document,
    }


def _sent_document(session: Session, step: Step, sent: Sent) -> dict[str, Any]:
    apps = _app_addresses(session)
    transactions = [confirmation["txn"]["txn"] for confirmation in sent.confirmations]
    return {
        "effects": [words.plan(effect) for effect in step.effects],
        "round": sent.round,
        "transactions": list(sent.tx_ids),
        "fees_microalgo": sum(int(transaction.get("fee", 0)) for transaction in transactions),
        "deposits_microalgo": sum(
            storage_deposit_microalgo(
                transaction.get("rcv", ""),
                base64.b64decode(transaction.get("note", "")),
                transaction.get("amt", 0),
                apps,
            )
            for transaction in transactions
        ),
        "events": [_event_document(event) for event in sent.events],
        "other_apps_events": [_event_document(event) for event in sent.others_events],
    }


def transaction_document(described: Description) -> dict[str, Any]:
    """A transaction for programs."""
    return {
        "id": described.tx_id,
        "text": words.transaction(described),
        "sender": described.sender,
        "fee_microalgo": described.fee_microalgo,
    }


def _event_document(event: Event) -> dict[str, Any]:
    fields = {name: _plain(value) for name, value in event.fields.items()}
    return {"app": event.app_id, "name": event.name, "fields": fields}


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _contracts(session: Session) -> dict[int, Contract]:
    return session.deployment.apps.contracts


def _app_addresses(session: Session) -> set[str]:
    return {get_application_address(app_id) for app_id in session.deployment.apps.contracts}


def _deposits_microalgo(session: Session, transactions: Sequence[Transaction]) -> int:
    apps = _app_addresses(session)
    return sum(
        storage_deposit_microalgo(one.receiver, one.note or b"", one.amt, apps)
        for one in transactions
        if isinstance(one, PaymentTxn)
    )


def _failed(session: Session, error: GridPactError) -> typer.Exit:
    if session.program.verbose:
        talk("".join(traceback.format_exception(error)))
    told = words.refusal(error)
    talk(told.sentence)
    if isinstance(error, Unforeseen | OutputUnwritable):
        talk(_whereabouts(session))
    if told.advice:
        talk(told.advice)
    if session.options.json:
        problems = [{"code": one.code, "sentence": words.fault(one)} for one in getattr(error, "problems", ())]
        document = {"code": error.code, "name": error.code, "sentence": told.sentence, "advice": told.advice}
        show(Answer({"error": {**document, "problems": problems}}), as_json=True)
    return typer.Exit(FAILED)


def _whereabouts(session: Session) -> str:
    """What is known of the command's transactions when it ends early."""
    confirmed = [f"{' '.join(one.tx_ids)} in round {one.round:,}" for one in session.sent]
    if confirmed:
        return f"This is confirmed: {'; '.join(confirmed)}."
    if session.is_sending:
        return "Something may have been sent: the same command, run again, finishes it and does nothing twice."
    return "Nothing was sent."


def _program(ctx: typer.Context) -> Program:
    program = ctx.find_object(Program)
    return Program() if program is None else program


def _dress(run: Callable[..., None], function: Callable[..., object], common: type) -> None:
    """Give the runner the function's help and parameters, and the common options after them."""
    shown = parameters(function, common)
    run.__doc__ = function.__doc__
    run.__name__ = function.__name__
    run.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
