"""A ledger for the contract tests, and a fresh deployment for each test."""

import os
from collections.abc import Iterator

import pytest
from algokit_utils import AlgoClientConfigs, AlgoClientNetworkConfig, AlgorandClient

from localnet.testing import LocalNet
from tests.support.checkpoints import Checkpoints
from tests.support.world import Ledger, World


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The LocalNet that `ALGOD_SERVER` names, or an embedded one of this process.

    The embedded ledger's cost grows with its chain: each test goes back to a stage that is near its beginning.
    """
    if os.environ.get("ALGOD_SERVER"):
        yield connect(AlgorandClient.from_environment())
        return
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet"), on_demand=True) as localnet:
        yield connect(client_of(localnet), Checkpoints(localnet))


@pytest.fixture
def world(ledger: Ledger) -> World:
    """A fresh deployment with funded accounts."""
    return World(ledger)


def client_of(localnet: LocalNet) -> AlgorandClient:
    """A client of an embedded LocalNet, without going through the environment."""
    address = localnet.environment

    def service(name: str) -> AlgoClientNetworkConfig:
        return AlgoClientNetworkConfig(
            server=address[f"{name}_SERVER"], token=address[f"{name}_TOKEN"], port=address[f"{name}_PORT"]
        )

    return AlgorandClient(
        AlgoClientConfigs(algod_config=service("ALGOD"), indexer_config=service("INDEXER"), kmd_config=service("KMD"))
    )


def connect(algorand: AlgorandClient, stages: Checkpoints | None = None) -> Ledger:
    """A connection that never reuses transaction parameters: equal calls in two rounds are two transactions."""
    algorand.set_suggested_params_cache_timeout(0)
    return Ledger(algorand, algorand.account.localnet_dispenser(), stages)
