"""A clone as AlgoKit sees it: its bootstrap installs what is pinned, and `project list` shows the project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from requirements.constrain import pins
from tests.packaging.test_wheels import NOT_OURS, ROOT, UV

ALGOKIT = Path(sys.executable).parent / "algokit"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git has of the project, with what is not committed yet."""
    place = tmp_path_factory.mktemp("clone")
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.split(b"\0")
    for name in filter(None, names):
        source = ROOT / os.fsdecode(name)
        if source.is_file():
            target = place / os.fsdecode(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return place


def run(clone: Path, *command: str | Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    cache = subprocess.run([UV, "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    home = clone.parent / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=clone,
        env=clean | {"HOME": str(home), "CI": "1", "UV_CACHE_DIR": cache, "PATH": f"{UV.parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_bootstrap_installs_the_pins_and_the_program(clone: Path) -> None:
    run(clone, ALGOKIT, "--skip-version-check", "project", "bootstrap", "uv")
    python = clone / ".venv" / "bin" / "python"
    listed = run(clone, UV, "pip", "freeze", "--python", python).splitlines()
    assert sorted(line for line in listed if "==" in line) == sorted(pins())
    assert run(clone, clone / ".venv" / "bin" / "gridpact", "--version").startswith("gridpact ")
    assert run(clone, clone / ".venv" / "bin" / "gridpact-localnet", "--version").startswith("gridpact-localnet ")


def test_project_list_shows_the_project(clone: Path) -> None:
    shown = run(clone, ALGOKIT, "--skip-version-check", "project", "list")
    assert f"gridpact ({clone}/smart_contracts)" in shown


def test_source_maps_are_made_on_demand(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "smart_contracts", "sourcemaps", "kwh_receipt", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [Path(path).name for path in made] == ["KWhReceipt.approval.puya.map", "KWhReceipt.clear.puya.map"]
    programs = tmp_path / "kwh_receipt" / "KWhReceipt.approval.teal"
    committed = ROOT / "smart_contracts" / "artifacts" / "kwh_receipt" / "KWhReceipt.approval.teal"
    assert programs.read_text() == committed.read_text()
