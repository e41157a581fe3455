"""``python -m localnet``: what it prints and how it ends."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from localnet import instance
from tests.localnet.client import Algod

ROOT = Path(__file__).parents[3]
FREE = ("--algod-port=0", "--kmd-port=0", "--indexer-port=0")


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """One command."""
    return subprocess.run(
        [sys.executable, "-m", "localnet", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A state folder with a LocalNet that was started in the background."""
    started = run("start", f"--data-dir={tmp_path}", *FREE)
    assert started.returncode == 0, started.stderr
    yield tmp_path
    run("stop", f"--data-dir={tmp_path}")


def ports(folder: Path) -> dict[str, int]:
    """Where the LocalNet of a folder listens."""
    here = instance.running(folder)
    assert here is not None
    return here.ports


def test_the_life_of_a_localnet(folder: Path) -> None:
    where = f"--data-dir={folder}"
    algod = Algod(ports(folder)["algod"])
    algod.confirm(algod.payment("one"))
    status = run("status", where)
    assert (status.returncode, status.stdout.splitlines()[-1]) == (0, "last round  2")
    assert run("snapshot", "two", where).stdout == "Round 2 is kept as two.\n"
    algod.confirm(algod.payment("two"))
    assert run("restore", "two", where).stdout == "The chain is at round 2 again.\n"
    assert run("reset", where).stdout == "A new chain has begun.\n"
    assert algod.last_round == 1
    assert run("stop", where).stdout == "The LocalNet has stopped; its chain stays.\n"
    assert run("stop", where).returncode == 0
    stopped = run("status", where)
    assert stopped.returncode == 1
    assert "start one with `python -m localnet start`" in stopped.stderr


def test_a_second_start_says_that_one_runs(folder: Path) -> None:
    again = run("start", f"--data-dir={folder}", *FREE)
    assert again.returncode == 1
    assert "A LocalNet is running already" in again.stderr
    assert again.stderr.count("\n") == 1


def test_ports_in_use_are_named(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    port = ports(folder)["algod"]
    other = tmp_path_factory.mktemp("other")
    refused = run("start", f"--data-dir={other}", f"--algod-port={port}", "--kmd-port=0", "--indexer-port=0")
    assert refused.returncode == 1
    assert f"Port {port} (algod) is in use" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_two_side_by_side_know_nothing_of_each_other(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    assert run("start", f"--data-dir={other}", *FREE).returncode == 0
    try:
        first, second = Algod(ports(folder)["algod"]), Algod(ports(other)["algod"])
        first.confirm(first.payment("first"))
        assert (first.last_round, second.last_round) == (2, 1)
    finally:
        run("stop", f"--data-dir={other}")


def test_it_listens_on_both_loopback_addresses_only(folder: Path) -> None:
    port = ports(folder)["algod"]
    assert Algod(port, "127.0.0.1").last_round == 1
    assert Algod(port, "::1").last_round == 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # no packet is sent: this asks for the address that faces the network
        own_address = probe.getsockname()[0]
    with pytest.raises(OSError, match="refused"):
        Algod(port, own_address).ask("GET", "/health")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    refused = run("start", f"--data-dir={blocked}/state", *FREE)
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_wrong_usage_ends_with_2() -> None:
    assert run("fly").returncode == 2
    assert run("start", "--algod-port=99999").returncode == 2


def test_the_state_folder_can_come_from_the_environment(tmp_path: Path) -> None:
    refused = run("status", LOCALNET_DATA_DIR=str(tmp_path / "elsewhere"))
    assert str(tmp_path / "elsewhere") in refused.stderr
