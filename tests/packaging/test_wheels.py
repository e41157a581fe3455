"""Both distributions, built, and installed without the repository: a fresh environment, an empty folder."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
UV: Final = ROOT / ".uv" / "bin" / "uv"
PINS: Final = ROOT / "requirements" / "dev.txt"
NOT_OURS: Final = ("PYTHON", "VIRTUAL_ENV", "GRIDPACT_", "ALGOD_", "INDEXER_", "KMD_", "LOCALNET_")
"""What the environment of the tests may say that a newcomer's does not."""

pytestmark = pytest.mark.timeout(900)
"""Packages that are not in uv's cache yet are fetched."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The distributions in a fresh environment.

    Attributes:
        programs: the environment's `bin`.
        folder: an empty folder, to work in.
    """

    programs: Path
    folder: Path

    def run(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a program of the environment in the folder."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
        return subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            cwd=self.folder,
            env=clean | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *command: str, **environment: str) -> str:
        """What it prints; it has to succeed."""
        result = self.run(*command, **environment)
        assert result.returncode == 0, result.stderr + result.stdout
        return result.stdout


def done(*command: str | Path) -> None:
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr + result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """`gridpact[localnet]`, from wheels that were made of the source distributions, with the pinned dependencies."""
    place = tmp_path_factory.mktemp("installed")
    for project in (ROOT / "localnet", ROOT):
        done(sys.executable, "-m", "build", "--no-isolation", "--outdir", place / "dist", project)
    done(UV, "venv", "--quiet", "--python", sys.executable, place / "env")
    programs, folder = place / "env" / "bin", place / "empty"
    folder.mkdir()
    (wheel,) = place.glob("dist/gridpact-*.whl")
    install = (UV, "pip", "install", "--quiet", "--python", programs / "python")
    done(*install, "--constraint", PINS, "--find-links", place / "dist", f"gridpact[localnet] @ {wheel.as_uri()}")
    return Installed(programs, folder)


@pytest.fixture
def network(installed: Installed) -> Iterator[dict[str, str]]:
    """A LocalNet of the installed distribution, on free ports: AlgoKit's may be in use."""
    localnet = ("python", "-m", "localnet")
    ports = [f"--{name}-port=0" for name in ("algod", "kmd", "indexer")]
    said = installed.done(*localnet, "start", *ports)
    urls = dict(re.findall(r"^(algod|kmd|indexer) +http://localhost:(\d+)$", said, re.MULTILINE))
    variables = {"SERVER": "http://localhost", "TOKEN": "a" * 64}
    try:
        yield {
            f"{service.upper()}_{what}": value
            for service, port in urls.items()
            for what, value in {**variables, "PORT": port}.items()
        }
    finally:
        installed.done(*localnet, "stop")


def test_demo(installed: Installed, network: dict[str, str]) -> None:
    """It ends with the README's figures, and what it keeps is in the folder where it was run."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (figures,) = re.findall(r"It ends with\n\n```text\n(.*?)```", readme, re.DOTALL)
    shown = _lines(installed.done("gridpact", "demo", **network))
    missing = [line for line in _lines(figures) if line not in shown]
    assert missing == []
    kept = {path.name for path in installed.folder.iterdir()} - {".localnet"}
    assert kept == {"deployments.local.json"}
    assert "active" in installed.done("gridpact", "status", **network)


def _lines(text: str) -> list[str]:
    """Lines as they are read: blanks are the table's business."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_version(installed: Installed) -> None:
    assert re.fullmatch(r"gridpact \d+\.\d+\.\d+\n", installed.done("gridpact", "--version"))
    assert re.fullmatch(r"gridpact-localnet \d+\.\d+\.\d+\n", installed.done("gridpact-localnet", "--version"))


def test_public_names(installed: Installed) -> None:
    code = "import gridpact; print(gridpact.__file__, *(getattr(gridpact, name).__name__ for name in gridpact.__all__))"
    place, *names = installed.done("python", "-c", code).split()
    assert str(ROOT) not in place
    assert {"Allocation", "allocate", "connect", "find", "sign_as"} <= set(names)


def test_top_level_names(installed: Installed) -> None:
    """Nothing is installed beside `gridpact` and `localnet`."""
    code = """
from importlib.metadata import files
for name in ("gridpact", "gridpact-localnet"):
    tops = {path.parts[0] for path in files(name)}
    print(*sorted(top for top in tops if not top.endswith(".dist-info") and top != ".."))
"""
    assert installed.done("python", "-c", code).split() == ["gridpact", "localnet"]


SCRIPT: Final = '''"""Allocate a month."""

from gridpact import Allocation, Role, allocate, connect, find, sign_as

connection = connect()
apps = find(connection)
operator = apps.billing.state().roles.operator
sign_as(connection, operator, Role.OPERATOR)
for sent in allocate(apps.billing, apps.production, operator, 202602, [Allocation(1, 75_000)]).send():
    print(sent.round, [event.name for event in sent.events])
'''


def test_types(installed: Installed, tmp_path: Path) -> None:
    """Type checkers see the library's types, outside of the repository."""
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(SCRIPT)
    wrong.write_text(SCRIPT.replace("202602", '"202602"'))
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed.programs / "python")]
    for script, code in ((right, 0), (wrong, 1)):
        command = [*mypy, "--cache-dir", str(tmp_path / "cache"), str(script)]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == code, result.stdout + result.stderr
    assert 'Argument 4 to "allocate" has incompatible type "str"; expected "int"' in result.stdout
