"""Deployments that tests share: a refusal leaves everything as it was, so refusals may start from one state."""

import pytest

from tests.contracts.ppa.ladder import (
    Billed,
    asset_invoice,
    create_agreement,
    final_epoch,
    issued_invoice,
    paid_invoice,
    void_invoice,
)
from tests.support.world import Ledger, World


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with PPA in it, so that what a test refuses does not deploy it."""
    return deployed_world(ledger)


@pytest.fixture(scope="module")
def deployed(ledger: Ledger) -> World:
    """PPA without agreements, for refusals only."""
    return deployed_world(ledger)


@pytest.fixture(scope="module")
def agreed(ledger: Ledger) -> World:
    """The project's epoch is final and agreement 1 exists, for refusals only."""
    world = deployed_world(ledger)
    world.send(*final_epoch(world), create_agreement(world))
    return world


@pytest.fixture(scope="module")
def unpaid(ledger: Ledger) -> tuple[World, Billed]:
    """An invoice in ALGO waits for its payment, for refusals only."""
    world = deployed_world(ledger)
    return world, issued_invoice(world)


@pytest.fixture(scope="module")
def unpaid_asset(ledger: Ledger) -> tuple[World, Billed]:
    """An invoice in an asset that buyer, treasury and second buyer hold waits for its payment, for refusals only."""
    world = deployed_world(ledger)
    return world, asset_invoice(world, "buyer_b")


@pytest.fixture(scope="module")
def paid(ledger: Ledger) -> tuple[World, Billed]:
    """An invoice in ALGO is paid, for refusals only."""
    world = deployed_world(ledger)
    return world, paid_invoice(world)


@pytest.fixture(scope="module")
def voided(ledger: Ledger) -> tuple[World, Billed]:
    """An invoice in ALGO is void, for refusals only."""
    world = deployed_world(ledger)
    return world, void_invoice(world)


def deployed_world(ledger: Ledger) -> World:
    """A world in which PPA, and with it KWhReceipt, is deployed."""
    world = World(ledger)
    assert world.ppa.app_id
    return world
