"""`gridpact roles`, `pause` and `unpause`."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from gridpact.chain.keys import Role
from gridpact.chain.roles import Roles
from gridpact.chain.specs import Contract
from gridpact.chain.work import Work
from gridpact.cli.errors import SeveralAccounts
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer
from gridpact.cli.rows import Column, documents, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import Apps, chosen
from gridpact.deployment import governance

type _App = tuple[Contract, Roles]

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="An address; on a LocalNet also a wallet's name.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Admin and operator of the apps.", no_args_is_help=True)
    reads(noun, "show")(show)
    writes(noun, "propose", Role.ADMIN)(propose)
    writes(noun, "accept", Role.ADMIN)(accept)
    writes(noun, "set-operator", Role.ADMIN)(set_operator)
    app.add_typer(noun, name="roles")
    writes(app, "pause", Role.ADMIN)(pause)
    writes(app, "unpause", Role.ADMIN)(unpause)


HANDOVERS: Final = ("Created", "AdminProposed", "AdminChanged", "OperatorChanged", "Paused", "Unpaused")
"""The events of governance."""


def show(
    session: Session,
    history: Annotated[bool, typer.Option("--history", help="And who they were, since when.")] = False,
) -> Answer:
    """Show admin and operator of each app, and whether it is paused.

    Examples: gridpact roles show; gridpact roles show --history
    """
    from gridpact.cli import trail
    from gridpact.history.events import Wanted

    held = governance.all_roles(session.deployment)
    rows = list(held.items())

    def proposed(one: _App) -> str:
        _, roles = one
        return session.book.short(roles.proposed_admin) if roles.proposed_admin else "nobody"

    columns: list[Column[_App]] = [
        Column("name", lambda one: one[0].value, "App"),
        Column("id", lambda one: session.deployment.app_ids[one[0]]),
        Column("admin", lambda one: one[1].admin, "Admin"),
        Column("proposed_admin", lambda one: one[1].proposed_admin, "Proposed", proposed),
        Column("operator", lambda one: one[1].operator, "Operator"),
        Column("paused", lambda one: one[1].paused, "State", lambda one: "PAUSED" if one[1].paused else "active"),
    ]
    past = trail.trail(session, Wanted(names=HANDOVERS)) if history else []
    found = {"apps": documents(columns, rows)} | ({"past": trail.document(past)} if history else {})
    return Answer(found, [listing(columns, rows, ""), *trail.shown(past)])


def propose(session: Session, account: Account, apps: Apps = None) -> Work:
    """Name the next admin, who must accept before anything changes.

    Example: gridpact roles propose NEW_ADMIN
    """
    contracts = chosen(apps)
    new_admin = session.account(account, "admin")
    return governance.propose_admin(session.deployment, _admin(session, contracts), contracts, new_admin)


def accept(session: Session, apps: Apps = None) -> Work:
    """Take over the admin's role: the second step of the hand-over, signed by the new admin.

    Example: gridpact roles accept --mnemonic-env NEW_ADMIN_MNEMONIC
    """
    contracts = chosen(apps)
    held = governance.all_roles(session.deployment)
    proposed = {held[contract].proposed_admin or held[contract].admin for contract in contracts}
    sender = session.sender(_only(proposed, "proposed admins"))
    return governance.accept_admin(session.deployment, sender, contracts)


def set_operator(session: Session, account: Account, apps: Apps = None) -> Work:
    """Name the operator.

    Example: gridpact roles set-operator OPERATOR_2
    """
    contracts = chosen(apps)
    operator = session.account(account, "operator")
    return governance.set_operator(session.deployment, _admin(session, contracts), contracts, operator)


def pause(session: Session, apps: Apps = None) -> Work:
    """Stop the operator's work. Paying, claiming, transferring and cancelling go on.

    Example: gridpact pause --app PPA
    """
    contracts = chosen(apps)
    return governance.pause(session.deployment, _admin(session, contracts), contracts)


def unpause(session: Session, apps: Apps = None) -> Work:
    """Let the operator's work go on.

    Example: gridpact unpause
    """
    contracts = chosen(apps)
    return governance.unpause(session.deployment, _admin(session, contracts), contracts)


def _admin(session: Session, contracts: Sequence[Contract]) -> str:
    held = governance.all_roles(session.deployment)
    return session.sender(_only({held[contract].admin for contract in contracts}, "admins"))


def _only(accounts: set[str], what: str) -> str:
    if len(accounts) > 1:
        raise SeveralAccounts(what)
    return accounts.pop()
