"""`algokit project deploy localnet`: on AlgoKit's own ports, unless `ALGOD_SERVER` names another ledger."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from algokit_utils import AlgorandClient

from localnet.errors import LocalNetError
from localnet.settings import ALGOD_PORT, INDEXER_PORT, KMD_PORT
from localnet.testing import LocalNet
from tests.cli.harness import Cli
from tests.contracts.conftest import client_of

ROOT = Path(__file__).parents[2]
ALGOKIT = ROOT / ".venv" / "bin" / "algokit"
PORTS = {"algod": ALGOD_PORT, "kmd": KMD_PORT, "indexer": INDEXER_PORT}


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """Fresh accounts on the ledger that `algokit project deploy localnet` deploys to."""
    if os.environ.get("ALGOD_SERVER"):
        yield Cli(AlgorandClient.from_environment(), {}, tmp_path)
        return
    try:
        running = LocalNet.spawn(tmp_path / "localnet", PORTS)
    except LocalNetError as error:
        ports = f"{ALGOD_PORT}, {KMD_PORT} and {INDEXER_PORT}"
        pytest.fail(f"algokit deploys to the ports {ports}, which have to be free. {error}", pytrace=False)
    with running:
        yield Cli(client_of(running), {}, tmp_path)


def deploy(cli: Cli, home: Path) -> str:
    done = subprocess.run(
        [str(ALGOKIT), "--skip-version-check", "project", "deploy", "localnet"],
        cwd=ROOT,
        env=os.environ | cli.environment | {"HOME": str(home), "CI": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_algokit_project_deploy_localnet_twice(cli: Cli, tmp_path: Path) -> None:
    assert "Deployed." in deploy(cli, tmp_path)
    before = cli.last_round
    assert "Nothing to do: everything is deployed and wired." in deploy(cli, tmp_path)
    assert cli.last_round == before
