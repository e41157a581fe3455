"""`gridpact account`: accounts of a LocalNet, in KMD."""

from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.assets import microalgo
from gridpact.chain.keys import DEFAULT_WALLET, PURSE_MICROALGO, ensure_wallet_account, wallets
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts, table
from gridpact.cli.run import reads
from gridpact.cli.session import Session
from gridpact.cli.values import ALGO_OPTION


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Accounts of a LocalNet, kept by KMD.", no_args_is_help=True)
    reads(noun, "create")(create)
    reads(noun, "list")(list_accounts)
    app.add_typer(noun, name="account")


def create(
    session: Session,
    name: Annotated[str, typer.Argument(help="Name of the wallet.")],
    fund: Annotated[
        int, typer.Option("--fund", help="Fill it up to this.", show_default="1,000", **ALGO_OPTION)
    ] = PURSE_MICROALGO,
) -> Answer:
    """Make an account on a LocalNet, or fill one up, from its dispenser.

    Example: gridpact account create COMPANY_A --fund 10000
    """
    account, given = ensure_wallet_account(session.connection, name, fund)
    balance = microalgo(session.connection.algod, account.address)
    document = {
        "name": name,
        "address": account.address,
        "given_microalgo": given,
        "balance_microalgo": balance,
        "balance_text": fmt.money(balance),
    }
    return Answer(document, [facts([("Name", name), ("Address", account.address), ("Balance", fmt.money(balance))])])


def list_accounts(session: Session) -> Answer:
    """List the accounts of a LocalNet.

    Example: gridpact account list
    """
    rows = []
    for name in wallets(session.connection):
        accounts = session.connection.wallets.accounts(name)
        if accounts and name != DEFAULT_WALLET:
            address = accounts[0].address
            rows.append((name, address, microalgo(session.connection.algod, address)))
    document = {
        "accounts": [
            {"name": name, "address": address, "balance_microalgo": balance} for name, address, balance in rows
        ]
    }
    shown = [(name, address, fmt.number(balance, fmt.ALGO.decimals)) for name, address, balance in rows]
    return Answer(document, [table(["Name", "Address", ">Balance (ALGO)"], shown)])
