"""The program `gridpact`."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from gridpact.cli.lazy import LazyGroup, listed
from gridpact.cli.secrecy import Discreet
from gridpact.settings import NETWORK_VARIABLE, PROJECT_VARIABLE

OWN_NAMES: Final = "Offer book, by the commands' own names"


class Gridpact(Discreet, LazyGroup):
    """All commands and nouns in the order of the help: name, module, and the first line of its help."""

    entries = (
        *listed(
            """
            demo                demo        Run the example month: readings, invoices, atomic payments, revenue, claims.
            deploy              deploy      Deploy the four contracts, give each its minimum balance, and wire them.
            status              status      Show the network, the apps with their roles and balances, and the project's epochs.
            allocate            allocate    Give energy of a final month to agreements, and issue their invoices.
            pause               roles       Stop the operator's work. Paying, claiming, transferring and cancelling go on.
            unpause             roles       Let the operator's work go on.
            events              events      Print the contracts' events, oldest first, one a line: for pipes, alerts and live pages.
            submit              submit      Send groups that were written with --out and signed elsewhere. What is on chain already is not sent again.
            meter               meter       Meters, and their readings.
            epoch               epoch       Production of a month: ledger, readings, corrections.
            agreement           agreement   Power purchase agreements.
            asset               asset       Settlement assets.
            invoice             invoice     Invoices, and their payment.
            evidence            evidence    The texts and files behind hashes on chain.
            vault               vault       The kW token, and the net revenue of its holders.
            energy              energy      Energy credit: minted, transferred, consumed.
            offer               offer       Sell offers: energy for sale.
            buy-offer           offer       Buy offers: energy wanted.
            terms               terms       Consent to one-sided matches: price limits, and Wh still allowed.
            grid-price          grid_price  The grid's reference price, for comparison only.
            market              market      Matching of sell and buy offers.
            roles               roles       Admin and operator of the apps.
            account             account     Accounts of a LocalNet, kept by KMD.
            history             history     The past, kept in a database for lists and searches.
            portal              portal      Serve the pages in the browser: Production Recording, Operator Console, PPA Buyer Portal, Market, Holders.
            audit               audit       Recompute everything from the chain alone, and prove single figures.
            config              config      The settings of a run: project, network, services, keys.
            doctor              doctor      Look at everything that the commands stand on, each fault with its next step. Changes nothing.
            """  # noqa: E501 - one line each
        ),
        *listed(
            """
            mint:spark          energy      Record a reading of a producer's meter and mint its energy as credit, in one atomic group. The operator signs.
            transfer:energy     energy      Give available credit to another account. Each run transfers once more. On a LocalNet, by default 100 Wh to CONSUMER.
            consume:energy      energy      Use up available credit. Each run consumes once more. On a LocalNet, by default 100 Wh of CONSUMER, or of PRODUCER where the consumer has no credit.
            query:balance       energy      Show the credit of an account: all of it, what is locked in sell offers, and what is available.
            create:offer        offer       Create a sell offer and lock its energy. Producers only. Each run creates another one.
            match:offer         offer       Sell energy of an offer to a buyer whose trading terms allow it. The operator signs.
            cancel:offer        offer       Cancel a sell offer: its energy is free again. Its seller signs, or with the operator's key the operator.
            query:offers        offer       Show sell offers. Offset and limit count the offers that match.
            create:buy-offer    offer       Create a buy offer. Anybody may, and nothing is locked. Each run creates another one.
            match:buy-offer     offer       Serve a buy offer from a seller whose trading terms allow it, at that seller's price. The operator signs.
            cancel:buy-offer    offer       Cancel a buy offer. Its buyer signs, or with the operator's key the operator.
            query:buy-offers    offer       Show buy offers. Offset and limit count the offers that match.
            query:grid-price    grid_price  Show the grid's price.
            query:transactions  market      Show the trades of the market, oldest first. Offset and limit count trades.
            """,  # noqa: E501 - one line each
            panel=OWN_NAMES,
        ),
    )


app = typer.Typer(
    name="gridpact",
    cls=Gridpact,
    help="Power purchase agreements and energy offers that settle on Algorand.",
    epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong usage. "
    "Every command that was cut off goes on when it is run again.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as version_of

        typer.echo(f"gridpact {version_of('gridpact')}")
        raise typer.Exit


@app.callback()
def program(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Option(
            "--network",
            envvar=NETWORK_VARIABLE,
            help="localnet, testnet, mainnet: read .env.NETWORK, and refuse any other network.",
        ),
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            envvar=PROJECT_VARIABLE,
            metavar="DIR",
            help="The project's folder: records, .gridpact and .env files. By default the nearest one upward.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - it acts by its callback
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version, and nothing else."),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show where a failure comes from.")] = False,
) -> None:
    """Power purchase agreements and energy offers that settle on Algorand."""
    # With a command only: the program's help needs neither the chain nor a project.
    from gridpact.cli.session import Program, load_environment

    ctx.obj = Program(load_environment(network or None, project), verbose)


def whole_program() -> Gridpact:
    """The program with all its commands loaded: for whoever documents or checks them."""
    program = typer.main.get_command(app)
    assert isinstance(program, Gridpact), "as it was made above"
    program.load()
    return program


def main() -> None:
    """Run the program."""
    if {"--install-completion", "--show-completion"} & set(sys.argv):
        from gridpact.cli.completion import use_own_script

        use_own_script()
    app(prog_name="gridpact")
