"""`algokit project deploy localnet`, on AlgoKit's own ports."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from localnet.errors import LocalNetError
from localnet.settings import ALGOD_PORT, INDEXER_PORT, KMD_PORT
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of

ROOT = Path(__file__).parents[2]
ALGOKIT = ROOT / ".venv-algokit" / "bin" / "algokit"
PORTS = {"algod": ALGOD_PORT, "kmd": KMD_PORT, "indexer": INDEXER_PORT}


@pytest.fixture
def localnet(tmp_path: Path) -> Iterator[LocalNet]:
    try:
        running = LocalNet.spawn(tmp_path / "localnet", PORTS)
    except LocalNetError as error:
        taken = f"algokit deploys to ports {ALGOD_PORT}, {KMD_PORT} and {INDEXER_PORT}, which have to be free: {error}"
        pytest.fail(taken, pytrace=False)
    with running:
        yield running


def test_algokit_project_deploy_localnet_twice(localnet: LocalNet, tmp_path: Path) -> None:
    algod = client_of(localnet).client.algod
    names = ("ALGOD_SERVER", "ALGOD_PORT", "ALGOD_TOKEN", "INDEXER_SERVER", "INDEXER_PORT", "INDEXER_TOKEN", "KMD_PORT")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"HOME": str(tmp_path), "GRIDPACT_DEPLOYMENTS": str(tmp_path / "deployments.json"), "CI": "1"}

    def deploy() -> str:
        done = subprocess.run(
            [str(ALGOKIT), "--skip-version-check", "project", "deploy", "localnet"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def last_round() -> int:
        status = algod.status()
        assert isinstance(status, dict)
        return int(status["last-round"])

    assert "Deployed." in deploy()
    before = last_round()
    assert "Nothing to do: everything is deployed and wired." in deploy()
    assert last_round() == before
