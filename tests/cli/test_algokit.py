"""`algokit project deploy localnet`, on ports of its own: AlgoKit's may be in use, by a demo say."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from algokit_utils import AlgorandClient

from localnet.testing import LocalNet
from tests.cli.harness import Cli
from tests.contracts.conftest import client_of

ROOT = Path(__file__).parents[2]
ALGOKIT = ROOT / ".venv" / "bin" / "algokit"


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """Fresh accounts on the ledger that `algokit project deploy localnet` deploys to."""
    if os.environ.get("ALGOD_SERVER"):
        yield Cli(AlgorandClient.from_environment(), {}, tmp_path)
        return
    with LocalNet.spawn(tmp_path / "localnet") as running:
        yield Cli(client_of(running), running.environment, tmp_path)


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
