"""`gridpact status`."""

from typing import Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.addresses import AddressBook
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, documents, figure, listing
from gridpact.cli.run import reads
from gridpact.cli.session import Session
from gridpact.cli.tables import Alert
from gridpact.cli.words.deployment import programs_text
from gridpact.deployment.status import AppStatus
from gridpact.deployment.status import status as read_status
from gridpact.production.read import Ledger


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    reads(app, "status")(status)


def status(session: Session) -> Answer:
    """Show the network, the apps with their roles and balances, and the project's epochs.

    Example: gridpact status
    """
    connection = session.connection
    found = read_status(session.deployment)
    apps = _app_columns(session.book)
    document = {
        "network": connection.network,
        "genesis_id": connection.genesis_id,
        "last_round": found.last_round,
        "now_ts": found.now_ts,
        "now_text": fmt.moment(found.now_ts),
        "apps": documents(apps, found.apps),
        "agreements": found.agreements,
        "invoices": {"issued": found.issued_invoices, "paid": found.paid_invoices, "void": found.void_invoices},
        "vault": {
            "supply_units": found.supply_units,
            "deposited_microalgo": found.deposited_microalgo,
            "paid_microalgo": found.paid_microalgo,
            "owed_microalgo": found.owed_microalgo,
            "carried_microalgo": found.carried_microalgo,
        },
        "epochs": documents(LEDGER, found.ledgers),
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
        listing(apps, found.apps, ""),
        *programs_text([(app.contract, app.app_id, app.roles.admin, app.programs) for app in found.apps]),
        "",
        listing(LEDGER, found.ledgers, "No production is recorded yet."),
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


def _app_columns(book: AddressBook) -> list[Column[AppStatus]]:
    """The figures of an app.

    Args:
        book: names of accounts.
    """

    def state(one: AppStatus) -> str:
        return "PAUSED" if one.roles.paused else "active"

    def balance(one: AppStatus) -> str:
        return fmt.number(one.balance_microalgo, fmt.ALGO.decimals)

    def free(one: AppStatus) -> str:
        return fmt.number(one.balance_microalgo - one.minimum_microalgo, fmt.ALGO.decimals)

    return [
        Column("name", lambda one: one.contract.value, "App"),
        Column("id", lambda one: one.app_id, ">Id"),
        Column("address", lambda one: one.address),
        Column("admin", lambda one: one.roles.admin, "Admin", lambda one: book.short(one.roles.admin)),
        Column("operator", lambda one: one.roles.operator, "Operator", lambda one: book.short(one.roles.operator)),
        Column("paused", lambda one: one.roles.paused, "State", state),
        Column("balance_microalgo", lambda one: one.balance_microalgo, ">Balance (ALGO)", balance),
        Column("minimum_microalgo", lambda one: one.minimum_microalgo, ">Free (ALGO)", free),
        Column("programs_match", lambda one: one.programs.is_ours),
        Column("updatable", lambda one: one.programs.updatable),
        Column("deletable", lambda one: one.programs.deletable),
    ]


def _deficit(ledger: Ledger) -> str:
    return Alert(fmt.energy(ledger.deficit_wh)) if ledger.deficit_wh else fmt.energy(0)


LEDGER: Final[list[Column[Ledger]]] = [
    figure("epoch", lambda one: one.epoch_id, "Epoch", fmt.epoch),
    Column("final", lambda one: one.is_final, "State", lambda one: "final" if one.is_final else "open"),
    figure("recorded_wh", lambda one: one.recorded_wh, ">Recorded", fmt.energy),
    figure("ppa_wh", lambda one: one.ppa_wh, ">PPA", fmt.energy),
    figure("vault_wh", lambda one: one.vault_wh, ">Vault", fmt.energy),
    figure("remaining_wh", lambda one: one.remaining_wh, ">Remaining", fmt.energy),
    Column("deficit_wh", lambda one: one.deficit_wh, ">Deficit", _deficit),
]
"""Where a month's energy is."""
