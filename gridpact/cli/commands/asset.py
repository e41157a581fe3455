"""`gridpact asset`: settlement assets."""

from typing import Annotated

import typer

from gridpact.billing import parties
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.run import writes
from gridpact.cli.session import Session
from gridpact.cli.values import ID_OPTION


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(help="Settlement assets.", no_args_is_help=True)
    writes(noun, "opt-in", Role.BUYER)(opt_in)
    app.add_typer(noun, name="asset")


def opt_in(
    session: Session,
    asset: Annotated[int, typer.Argument(help="The asset's id.", **ID_OPTION)],
    account: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Who opts in, and signs.")] = None,
) -> Work:
    """Let an account hold an asset that invoices are paid in: buyer and treasury need it. It signs itself.

    Example: gridpact asset opt-in 31566704 COMPANY_A
    """
    return parties.opt_in(session.deployment.billing, session.own_account(Role.BUYER, account), asset)
