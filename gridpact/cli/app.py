"""The program `gridpact`."""

from pathlib import Path
from typing import Annotated, Final

import typer

from gridpact.cli.commands import (
    account,
    agreement,
    allocate,
    demo,
    deploy,
    energy,
    epoch,
    events,
    grid_price,
    history,
    invoice,
    market,
    meter,
    offer,
    roles,
    status,
    submit,
    terms,
    vault,
)
from gridpact.cli.session import Program, load_environment

app = typer.Typer(
    name="gridpact",
    help="Power purchase agreements and energy offers that settle on Algorand.",
    epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong usage. "
    "Every command that was cut off goes on when it is run again.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def program(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Option(
            "--network",
            envvar="GRIDPACT_NETWORK",
            help="localnet, testnet, mainnet: read .env.NETWORK, and refuse any other network.",
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show where a failure comes from.")] = False,
) -> None:
    """Power purchase agreements and energy offers that settle on Algorand."""
    load_environment(network, Path.cwd())
    ctx.obj = Program(network=network, verbose=verbose)


MODULES: Final = (
    demo,
    deploy,
    status,
    meter,
    epoch,
    agreement,
    allocate,
    invoice,
    vault,
    energy,
    offer,
    terms,
    grid_price,
    market,
    roles,
    account,
    events,
    history,
    submit,
)
"""In the order of the help."""

for module in MODULES:
    module.add_to(app)


def main() -> None:
    """Run the program."""
    app(prog_name="gridpact")
