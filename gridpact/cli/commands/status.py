"""`gridpact status`."""

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.cli.output import Answer, facts, table
from gridpact.cli.run import reads
from gridpact.cli.session import Session
from gridpact.cli.tables import Alert
from gridpact.cli.words.deployment import programs_text
from gridpact.deployment.status import status as read_status


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    reads(app, "status")(status)


def status(session: Session) -> Answer:
    """Show the network, the apps with their roles and balances, and the project's epochs.

    Example: gridpact status
    """
    connection = session.connection
    found = read_status(session.deployment)
    document = {
        "network": connection.network,
        "genesis_id": connection.genesis_id,
        "last_round": found.last_round,
        "now_ts": found.now_ts,
        "now_text": fmt.moment(found.now_ts),
        "apps": [
            {
                "name": app.contract.value,
                "id": app.app_id,
                "address": app.address,
                "admin": app.roles.admin,
                "operator": app.roles.operator,
                "paused": app.roles.paused,
                "balance_microalgo": app.balance_microalgo,
                "minimum_microalgo": app.minimum_microalgo,
                "programs_match": app.programs.is_ours,
                "updatable": app.programs.updatable,
                "deletable": app.programs.deletable,
            }
            for app in found.apps
        ],
        "agreements": found.agreements,
        "invoices": {"issued": found.issued_invoices, "paid": found.paid_invoices, "void": found.void_invoices},
        "vault": {
            "supply_units": found.supply_units,
            "deposited_microalgo": found.deposited_microalgo,
            "paid_microalgo": found.paid_microalgo,
            "owed_microalgo": found.owed_microalgo,
            "carried_microalgo": found.carried_microalgo,
        },
        "epochs": [
            {
                "epoch": ledger.epoch_id,
                "recorded_wh": ledger.recorded_wh,
                "ppa_wh": ledger.ppa_wh,
                "vault_wh": ledger.vault_wh,
                "remaining_wh": ledger.remaining_wh,
                "deficit_wh": ledger.deficit_wh,
                "final": ledger.is_final,
            }
            for ledger in found.ledgers
        ],
    }
    body: list[RenderableType] = [
        facts(
            [
                ("Network", f"{connection.network} ({connection.genesis_id})"),
                ("Last round", f"{found.last_round:,}"),
                ("Chain's clock", fmt.moment(found.now_ts)),
            ]
        ),
        "",
        table(
            ["App", ">Id", "Admin", "Operator", "State", ">Balance (ALGO)", ">Free (ALGO)"],
            [
                (
                    app.contract.value,
                    app.app_id,
                    session.book.short(app.roles.admin),
                    session.book.short(app.roles.operator),
                    "PAUSED" if app.roles.paused else "active",
                    fmt.number(app.balance_microalgo, fmt.ALGO.decimals),
                    fmt.number(app.balance_microalgo - app.minimum_microalgo, fmt.ALGO.decimals),
                )
                for app in found.apps
            ],
        ),
        *programs_text([(app.contract, app.app_id, app.roles.admin, app.programs) for app in found.apps]),
        "",
        table(
            ["Epoch", "State", ">Recorded", ">PPA", ">Vault", ">Remaining", ">Deficit"],
            [
                (
                    fmt.epoch(ledger.epoch_id),
                    "final" if ledger.is_final else "open",
                    fmt.energy(ledger.recorded_wh),
                    fmt.energy(ledger.ppa_wh),
                    fmt.energy(ledger.vault_wh),
                    fmt.energy(ledger.remaining_wh),
                    Alert(fmt.energy(ledger.deficit_wh)) if ledger.deficit_wh else fmt.energy(0),
                )
                for ledger in found.ledgers
            ],
        )
        if found.ledgers
        else "No production is recorded yet.",
        "",
        facts(
            [
                ("Agreements", found.agreements),
                (
                    "Invoices",
                    f"{found.issued_invoices} issued, {found.paid_invoices} paid, {found.void_invoices} void",
                ),
                ("kW token", fmt.power(found.supply_units) if found.supply_units else "issuance is not closed"),
                (
                    "Net revenue",
                    f"{fmt.money(found.deposited_microalgo)} deposited, {fmt.money(found.paid_microalgo)} paid",
                ),
                (
                    "",
                    f"{fmt.money(found.owed_microalgo)} owed, {fmt.money(found.carried_microalgo)} carried",
                ),
            ]
        ),
    ]
    return Answer(document, body)
