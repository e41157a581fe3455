"""A LocalNet for the commands, and a program on it that nobody else's deployment disturbs."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from algokit_utils import AlgorandClient

from localnet.testing import LocalNet
from tests.cli.harness import Cli
from tests.contracts.conftest import client_of, connect
from tests.support.checkpoints import Checkpoints


@dataclass(frozen=True, slots=True)
class Network:
    """Where the commands run.

    Attributes:
        algorand: a connection to it.
        environment: what the commands find it by.
        checkpoints: states to go back to, None where it cannot.
    """

    algorand: AlgorandClient
    environment: dict[str, str]
    checkpoints: Checkpoints | None = None


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The LocalNet that `ALGOD_SERVER` names, or an embedded one of this process."""
    if os.environ.get("ALGOD_SERVER"):
        yield Network(connect(AlgorandClient.from_environment()).algorand, {})
        return
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet"), on_demand=True) as localnet:
        yield Network(connect(client_of(localnet)).algorand, localnet.environment, Checkpoints(localnet))


@pytest.fixture
def cli(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The program with fresh accounts and nothing deployed, away from the project's `.env`."""
    monkeypatch.chdir(tmp_path)
    return Cli(network.algorand, network.environment, tmp_path, network.checkpoints)
