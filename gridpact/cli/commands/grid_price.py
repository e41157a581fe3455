"""`gridpact grid-price`: the reference price. Also `query:grid-price`."""

from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.commands.offer import EUR, PANEL
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.market.grid_price import set_grid_price


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="The grid's reference price, for comparison only.", no_args_is_help=True)
    writes(noun, "set", Role.OPERATOR)(set_price)
    reads(noun, "show")(show)
    reads(app, "query:grid-price", panel=PANEL)(show)
    app.add_typer(noun, name="grid-price")


def set_price(session: Session, price: Annotated[int, typer.Argument(help="EUR per kWh, as 0.20.", **EUR)]) -> Work:
    """Publish the grid's price. The operator signs.

    Example: gridpact grid-price set 0.20
    """
    deployment = session.deployment
    return set_grid_price(deployment.market, session.sender(deployment.market.state().roles.operator), price)


def show(session: Session) -> Answer:
    """Show the grid's price.

    Example: gridpact query:grid-price
    """
    price = session.deployment.market.state().grid_price
    text = fmt.eur_price(price) if price else "not set"
    document = {"price_per_kwh": price or None, "price_text": text if price else None}
    units = f" ({price} smallest units)" if price else ""
    return Answer(document, [f"⚡ Grid Price: {text}{units}"])
