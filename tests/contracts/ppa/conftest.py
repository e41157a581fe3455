"""Deployments that tests start from."""

import pytest

from gridpact.chain.specs import Contract
from tests.contracts.ppa.calls import Billed, create_agreement, final_epoch
from tests.contracts.ppa.states import asset_invoice, issued_invoice, paid_invoice, void_invoice
from tests.support.checkpoints import checkpoint
from tests.support.world import Ledger, World, deploy


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with PPA in it, so that what a test refuses does not deploy it."""
    world = World(ledger)
    deploy(world, Contract.PPA)
    return world


@pytest.fixture
def agreed(world: World) -> World:
    """The project's epoch is final and agreement 1 exists."""
    agree(world)
    return world


@pytest.fixture
def unpaid(world: World) -> tuple[World, Billed]:
    """An invoice in ALGO waits for its payment."""
    return world, issued_invoice(world)


@pytest.fixture
def unpaid_asset(world: World) -> tuple[World, Billed]:
    """An invoice in an asset that buyer, treasury and second buyer hold waits for its payment."""
    return world, asset_invoice(world, "buyer_b")


@pytest.fixture
def paid(world: World) -> tuple[World, Billed]:
    """An invoice in ALGO is paid."""
    return world, paid_invoice(world)


@pytest.fixture
def voided(world: World) -> tuple[World, Billed]:
    """An invoice in ALGO is void."""
    return world, void_invoice(world)


@checkpoint
def agree(world: World) -> None:
    """The project's epoch is final and agreement 1 exists."""
    world.send(*final_epoch(world), create_agreement(world))
