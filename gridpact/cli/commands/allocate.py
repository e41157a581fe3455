"""`gridpact allocate`."""

from pathlib import Path
from typing import Annotated

import typer

from gridpact.billing import invoices, plans, shares
from gridpact.billing.errors import PlanOfAnotherEpoch
from gridpact.billing.invoices import Allocation
from gridpact.billing.shares import Planned
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli import completion
from gridpact.cli.run import writes
from gridpact.cli.session import Session
from gridpact.cli.values import KWH_OPTION, Epoch, parser, read_file, whole_number


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    writes(app, "allocate", Role.OPERATOR)(allocate)


def allocate(
    session: Session,
    epoch: Epoch,
    agreement: Annotated[
        int | None,
        typer.Argument(parser=parser(whole_number), metavar="AGREEMENT", autocompletion=completion.agreements),
    ] = None,
    kwh: Annotated[int | None, typer.Argument(parser=parser(whole_number), metavar="KWH")] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="CSV, TOML or JSON with agreement and kwh (or a percentage, or rest).")
    ] = None,
    expect_total: Annotated[
        int | None, typer.Option("--expect-total", help="Refuse any other recorded total.", **KWH_OPTION)
    ] = None,
) -> Work:
    """Give energy of a final month to agreements, and issue their invoices.

    A plan is checked as a whole before anything is sent; up to eight allocations are one atomic group.

    Examples: gridpact allocate 202602 1 75000 --expect-total 125000; gridpact allocate 202602 --plan plan.csv
    """
    one_is_named = agreement is not None and kwh is not None
    if one_is_named == (plan is not None) or (agreement is None) != (kwh is None):
        msg = "Name an agreement and its kWh, or a plan, one of them."
        raise typer.BadParameter(msg)
    planned: tuple[Planned, ...]
    if plan is None:
        assert agreement is not None and kwh is not None, "both are named"
        planned = (Allocation(agreement, kwh),)
    else:
        said = plans.parse(read_file(plan), plan.suffix)
        if said.epoch_id is not None and said.epoch_id != epoch:
            raise PlanOfAnotherEpoch(said.epoch_id, epoch)
        planned = said.planned
        expect_total = said.expected_total_kwh if expect_total is None else expect_total
    deployment = session.deployment
    allocations = shares.allocations(deployment.billing, deployment.production, epoch, planned)
    sender = session.sender(deployment.billing.state().roles.operator)
    return invoices.allocate(deployment.billing, deployment.production, sender, epoch, allocations, expect_total)
