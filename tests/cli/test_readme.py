"""Every command in the README is run."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gridpact.cli.app import app
from gridpact.cli.output import PIPED_WIDTH, WIDTH_VARIABLE
from localnet.testing import LocalNet

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCK = re.compile(r"(?:<!-- run: (?P<story>\w+) -->\n)?```bash\n(?P<commands>.*?)```", re.DOTALL)


def commands(story: str | None) -> list[str]:
    """The README's commands of one story, in order; None: of no story."""
    found = [match["commands"].splitlines() for match in BLOCK.finditer(README) if match["story"] == story]
    return [command for block in found for command in block]


@pytest.fixture
def localnet(tmp_path: Path) -> Iterator[LocalNet]:
    with LocalNet.spawn(tmp_path / "localnet") as running:
        yield running


def environment(localnet: LocalNet) -> dict[str, str]:
    return localnet.environment | {
        "GRIDPACT_DEPLOYMENTS": str(localnet.data_dir / "deployments.json"),
        WIDTH_VARIABLE: str(PIPED_WIDTH),
    }


def run(localnet: LocalNet, command: str) -> Result:
    """Run a command of the program in this process: starting Python fifty times proves nothing more."""
    program, *arguments = shlex.split(command)
    assert program == "gridpact"
    return CliRunner().invoke(app, arguments, env=environment(localnet))


@pytest.fixture(autouse=True)
def in_a_folder_like_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the README's commands are run: the files that they name are there, and what they write does no harm."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)


def test_month(localnet: LocalNet) -> None:
    story = commands("month")
    assert len(story) > 20
    for command in story:
        done = run(localnet, command)
        assert done.exit_code == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    shown = run(localnet, "gridpact epoch show 202602").stdout
    assert "125,000 kWh" in shown
    assert "20,000 kWh" in shown
    for command in commands("correction"):
        done = run(localnet, command)
        assert done.exit_code == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "124,118 kWh" in done.stdout
    assert "19,860 kWh" in done.stdout
    assert "SETTLED" in run(localnet, "gridpact invoice notes 2/202602").stdout


def test_month_after_the_demo(localnet: LocalNet) -> None:
    """Both do the same month: what the demo has done is there, and no command of the story is refused."""
    demo = run(localnet, "gridpact demo")
    assert demo.exit_code == 0, demo.stderr
    for command in commands("month"):
        done = run(localnet, command)
        assert done.exit_code == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_readings(localnet: LocalNet) -> None:
    story = commands("readings")
    assert len(story) == 4
    shown = []
    for command in story:
        done = run(localnet, command)
        assert done.exit_code == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        shown.append(done.stdout)
    # Each names the next one, as far as it can know it.
    assert "Next: gridpact meter profile data/feed-in-202603.csv --force --set" in shown[1]
    assert "Next: gridpact meter import data/feed-in-202603.csv --profile feed-in-202603.toml --register" in shown[2]
    assert "1,410.01 kWh" in run(localnet, "gridpact epoch show 202603").stdout


def test_market(localnet: LocalNet) -> None:
    story = commands("market")
    assert len(story) > 10
    for command in story:
        done = run(localnet, command)
        assert done.exit_code == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    shown = run(localnet, "gridpact query:balance --account CONSUMER_1").stdout
    assert "2000 Wh" in shown


def test_demo_prints_what_the_readme_shows(localnet: LocalNet) -> None:
    assert commands(None) == ["make demo"]
    done = subprocess.run(
        ["make", "demo"],
        cwd=ROOT,
        env=os.environ | environment(localnet),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (example,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    seen = [line.split() for line in done.stdout.splitlines()]
    for line in example.splitlines():
        assert line.split() in seen, line


def test_testnet_commands_refuse_another_network(localnet: LocalNet) -> None:
    """There is no TestNet here: what can be seen is that each command is understood, and takes no other network."""
    story = commands("testnet")
    assert len(story) == 3
    for command in story:
        done = run(localnet, command)
        assert done.exit_code == 1, f"{command}\n{done.stdout}\n{done.stderr}"
        assert "is on localnet, not on testnet" in done.stderr


def test_every_command_is_of_a_story() -> None:
    """No command stands outside the blocks that are run, but for those that a shell cannot repeat here."""
    inline = set(re.findall(r"`(gridpact [^`]*|python -m [^`]*|make [^`]*|algokit [^`]*)`", README))
    assert inline == {
        "gridpact portal",
        "gridpact submit",
        "make portal",
        "python -m localnet start",
        "make setup",
        "make test",
        "make build",
        "make lint",
        "make test-fast",
        "algokit project run build|test|lint",
        "algokit project deploy localnet",
        "algokit dispenser",
    }


@pytest.mark.parametrize("target", ["setup", "build", "lint", "test", "test-fast", "demo", "localnet", "portal"])
def test_make_knows_the_target(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_commands_of_the_months_guide_exist() -> None:
    """Every command that the guide names is one of the program's."""
    guide = (ROOT / "docs" / "month.md").read_text()
    named = {match.split(" --")[0] for match in re.findall(r"`gridpact ([a-z][a-z :-]*[a-z])", guide)}
    assert len(named) > 12
    for command in sorted(named):
        helped = CliRunner().invoke(app, [*command.split(), "--help"])
        assert helped.exit_code == 0, command
        assert f"Usage: gridpact {command} " in helped.stdout, command
