from collections.abc import Callable
from typing import Any

import pytest

from gridpact.specs import Contract
from tests.support.stages import stage
from tests.support.world import World

APPS: dict[Contract, Callable[[World], Any]] = {
    Contract.KWH_RECEIPT: lambda world: world.receipt,
    Contract.PPA: lambda world: world.ppa,
    Contract.REVENUE_VAULT: lambda world: world.vault,
    Contract.OFFER_BOOK: lambda world: world.book,
}


@stage
def deploy(world: World, contract: Contract) -> Any:
    """One of the contracts, and with it KWhReceipt."""
    return APPS[contract](world)


@pytest.fixture(params=list(Contract), ids=lambda contract: contract.folder)
def app(request: pytest.FixtureRequest, world: World) -> Any:
    """Each contract in turn: what is tested here is the same in all of them."""
    return deploy(world, request.param)
