"""`gridpact deploy`."""

import typer
from rich.console import RenderableType

from gridpact.cli import words
from gridpact.cli.help import Command
from gridpact.cli.options import DryRunOption, JsonOption, MnemonicOption, Options, WalletOption, YesOption
from gridpact.cli.output import Answer, facts, show, table, talk
from gridpact.cli.run import confirm, guarded
from gridpact.cli.session import Program, Session
from gridpact.deployment import deploy as deployment
from gridpact.deployment.record import Deployment


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("deploy", cls=Command)(deploy)


def deploy(
    ctx: typer.Context,
    json: JsonOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    wallet: WalletOption = None,
    mnemonic_env: MnemonicOption = None,
) -> None:
    """Deploy the four contracts, give each its minimum balance, and wire them.

    Does only what is missing: a second run sends nothing. The deployer is DEPLOYER_MNEMONIC, on a LocalNet the account
    DEPLOYER; the operator becomes OPERATOR_ADDRESS or OPERATOR_MNEMONIC, on a LocalNet the account OPERATOR.

    Example: gridpact deploy --yes
    """
    options = Options(json=json, dry_run=dry_run, yes=yes, wallet=wallet, mnemonic_env=mnemonic_env)
    program = ctx.find_object(Program) or Program()
    session = Session(program, options)
    guarded(session, lambda: _run(session))


def _run(session: Session) -> None:
    connection, options = session.connection, session.options
    missing = deployment.missing(connection, options.source)
    deployment.check_funds(connection, missing)
    if options.dry_run:
        body = list(map(words.would, missing.effects)) or ["Nothing is missing."]
        document = {
            "network": connection.network,
            "dry_run": True,
            "missing": list(map(words.plan, missing.effects)),
            "apps": {contract.value: app_id for contract, app_id in missing.app_ids.items()},
        }
        show(Answer(document, [*body, "Nothing was sent."]), as_json=options.json)
        return
    if missing.effects:
        confirm(connection, list(map(words.plan, missing.effects)), options, session.program)
    session.is_sending = bool(missing.effects)
    done: list[deployment.Done] = []
    deployed: Deployment | None = None
    for step in deployment.deploy(connection, options.source):
        if isinstance(step, Deployment):
            deployed = step
        else:
            talk(f"✓ {words.done(step.effect)}")
            done.append(step)
    assert deployed is not None, "a deployment ends with its apps"
    document = {
        "network": connection.network,
        "dry_run": False,
        "done": [{"text": words.done(step.effect), "transaction": step.tx_id} for step in done],
        "apps": {contract.value: app_id for contract, app_id in deployed.app_ids.items()},
        "last_round": connection.last_round(),
    }
    tables: list[RenderableType] = [
        table(["App", ">Id"], [(contract.value, app_id) for contract, app_id in deployed.app_ids.items()]),
        facts([("Network", connection.network), ("Last round", document["last_round"])]),
        "Deployed." if done else "Nothing to do: everything is deployed and wired.",
    ]
    show(Answer(document, tables), as_json=options.json)
