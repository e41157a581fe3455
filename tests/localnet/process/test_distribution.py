"""The wheel of the LocalNet holds all that it needs: it serves from a fresh environment and an empty folder."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import localnet
from tests.localnet.client import Algod

PROJECT = Path(localnet.__file__).parents[2]
FREE = ("--algod-port=0", "--kmd-port=0", "--indexer-port=0")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment with the built wheel and without this repository."""
    folder = tmp_path_factory.mktemp("distribution")
    built = folder / "dist"
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--outdir={built}", str(PROJECT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert len(list(built.glob("gridpact_localnet-*.tar.gz"))) == 1
    (wheel,) = built.glob("gridpact_localnet-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
    # Its dependencies are those of this environment. A path file's folder has no path files of its own that count, so
    # the editable installs of this repository stay out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", f"--python={python}", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", "--no-deps", "--ignore-installed", str(wheel)], check=True)
    return python.parent


def test_only_its_own_package_is_installed(installed: Path) -> None:
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(installed.parent)}))
    assert {path.name for path in packages.iterdir() if not path.name.endswith((".dist-info", ".pth"))} == {"localnet"}
    assert (packages / "localnet" / "py.typed").exists()


def test_it_serves(installed: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    place = run(str(installed / "python"), "-c", "import localnet; print(localnet.__file__)")
    assert Path(place).is_relative_to(installed.parent)
    try:
        started = run(str(installed / "gridpact-localnet"), "start", *FREE)
        port = int(started.splitlines()[0].rpartition(":")[2])
        algod = Algod(port)
        algod.confirm(algod.payment("one"))
        assert run(str(installed / "python"), "-m", "localnet", "status").splitlines()[-1] == "last round  2"
    finally:
        run(str(installed / "gridpact-localnet"), "stop")


def test_its_version_is_told(installed: Path) -> None:
    told = subprocess.check_output([installed / "gridpact-localnet", "--version"], text=True)
    assert told == f"gridpact-localnet {localnet.__version__}\n"
