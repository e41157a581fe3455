"""`gridpact account`: accounts of a LocalNet, in KMD."""

from dataclasses import dataclass
from typing import Annotated, Final

import typer

from gridpact import units as fmt
from gridpact.chain.assets import microalgo
from gridpact.chain.keys import DEFAULT_WALLET, PURSE_MICROALGO, ensure_wallet_account, wallets
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, documents, listing
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


@dataclass(frozen=True, slots=True)
class _Held:
    """An account of the LocalNet's wallets."""

    name: str
    address: str
    balance_microalgo: int


HELD: Final[list[Column[_Held]]] = [
    Column("name", lambda one: one.name, "Name"),
    Column("address", lambda one: one.address, "Address"),
    Column(
        "balance_microalgo",
        lambda one: one.balance_microalgo,
        ">Balance (ALGO)",
        lambda one: fmt.number(one.balance_microalgo, fmt.ALGO.decimals),
    ),
]


def list_accounts(session: Session) -> Answer:
    """List the accounts of a LocalNet.

    Example: gridpact account list
    """
    held: list[_Held] = []
    for name in wallets(session.connection):
        accounts = session.connection.wallets.accounts(name)
        if accounts and name != DEFAULT_WALLET:
            address = accounts[0].address
            held.append(_Held(name, address, microalgo(session.connection.algod, address)))
    return Answer({"accounts": documents(HELD, held)}, [listing(HELD, held, "There is no account.")])
