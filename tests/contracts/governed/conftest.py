from typing import Any

import pytest

from gridpact.chain.specs import Contract
from tests.support.world import World, deploy


@pytest.fixture(params=list(Contract), ids=lambda contract: contract.folder)
def app(request: pytest.FixtureRequest, world: World) -> Any:
    """Each contract in turn: what is tested here is the same in all of them."""
    return deploy(world, request.param)
