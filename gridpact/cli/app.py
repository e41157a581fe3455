"""The program `gridpact`."""

from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated, Final

import typer

from gridpact.cli.commands import (
    account,
    agreement,
    allocate,
    config,
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
    portal,
    roles,
    status,
    submit,
    terms,
    vault,
)
from gridpact.cli.session import Program, load_environment
from gridpact.settings import NETWORK_VARIABLE, PROJECT_VARIABLE

app = typer.Typer(
    name="gridpact",
    help="Power purchase agreements and energy offers that settle on Algorand.",
    epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong usage. "
    "Every command that was cut off goes on when it is run again.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
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
    ctx.obj = Program(load_environment(network or None, project), verbose)


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
    portal,
    submit,
    config,
)
"""In the order of the help."""

for module in MODULES:
    module.add_to(app)


def main() -> None:
    """Run the program."""
    app(prog_name="gridpact")
