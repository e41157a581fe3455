"""Output is no part of a transaction: whatever becomes of it, what was sent is sent once, and is told."""

import os
import subprocess
import sys

import pytest

from gridpact.cli import words
from tests.cli.harness import Cli, allocated, issued
from tests.support.checkpoints import checkpoint


@checkpoint
def with_holders(cli: Cli) -> None:
    """1,000 kW are in three hands."""
    allocated(cli)
    issued(cli)


def transfer(cli: Cli) -> tuple[str, ...]:
    return ("vault", "transfer", cli.address("HOLDER_2"), "100", *cli.as_("HOLDER_1"), "--yes")


def units(cli: Cli) -> int:
    return int(cli.read("vault", "show", cli.address("HOLDER_2"))["units"])


def in_a_process(cli: Cli, *command: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as people do, its standard output given to a piece of shell."""
    cli.settle()
    script = f'"$@"{shell}; exit ${{PIPESTATUS[0]}}'
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-m", "gridpact", *command],
        env={**os.environ, **cli.environment, **environment},
        cwd=cli.folder,
        capture_output=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["for people", "json"])
def test_a_reader_who_leaves(cli: Cli, json: tuple[str, ...]) -> None:
    with_holders(cli)
    for number in (1, 2):
        done = in_a_process(cli, *transfer(cli), *json, shell=" | true")
        assert (done.returncode, done.stderr) == (0, b"")
        assert units(cli) == 300_000 + number * 100_000
    assert not list((cli.folder / ".gridpact").glob("*.json"))


def test_a_disk_that_is_full(cli: Cli) -> None:
    with_holders(cli)
    done = in_a_process(cli, *transfer(cli), shell=" > /dev/full")
    told = done.stderr.decode().splitlines()
    assert (done.returncode, told[0]) == (1, "The output cannot be written: No space left on device.")
    assert told[1].startswith("This is confirmed: ")
    assert units(cli) == 400_000
    assert not list((cli.folder / ".gridpact").glob("*.json"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_the_characters_of_a_receipt(cli: Cli, encoding: str) -> None:
    with_holders(cli)
    offer = ("buy-offer", "create", "--amount-wh", "1000", "--max-price", "0.3", *cli.as_("HOLDER_1"), "--yes")
    done = in_a_process(cli, *offer, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "SUCCESS" in done.stdout.decode(encoding)
    assert b"? " in done.stdout
    assert b"Traceback" not in done.stderr


def test_an_unforeseen_failure_after_sending(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with_holders(cli)

    def fail(*_: object) -> None:
        msg = "nobody thought of it"
        raise KeyError(msg)

    with monkeypatch.context() as patched:
        patched.setattr(words, "told", fail)
        outcome = cli.run(*transfer(cli))
    first, whereabouts, advice = outcome.err.splitlines()
    assert outcome.exit_code == 1
    assert first == "Something unforeseen happened (KeyError: 'nobody thought of it')."
    assert whereabouts.startswith("This is confirmed: ")
    assert advice.startswith("Please report it")
    assert units(cli) == 400_000


def test_an_unforeseen_failure_before_sending(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with_holders(cli)
    before = cli.full_state()

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(words, "plan", fail)
        outcome = cli.run(*transfer(cli))
    assert (outcome.exit_code, outcome.err.splitlines()[1]) == (1, "Nothing was sent.")
    assert cli.full_state() == before
