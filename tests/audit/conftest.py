"""Chains for the tests of the audit."""

from collections.abc import Iterator

import pytest

from localnet.testing import LocalNet
from tests.contracts.conftest import client_of, connect
from tests.support.checkpoints import Checkpoints
from tests.support.world import Ledger, World


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """An embedded LocalNet."""
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet"), on_demand=True) as localnet:
        yield connect(client_of(localnet), Checkpoints(localnet))


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with funded accounts."""
    return World(ledger)
