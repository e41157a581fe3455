"""Which process serves a state folder."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from localnet import instance
from localnet.errors import LocalNetError

PORTS = {"algod": 1, "kmd": 2, "indexer": 3}


def announced_by(pid: int, folder: Path) -> None:
    """Leave the note of a process."""
    (folder / "server.json").write_text(json.dumps({"pid": pid, "ports": PORTS}))


def ended_process() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_take_waits_for_what_a_killed_process_left(tmp_path: Path) -> None:
    orphan = instance.take(tmp_path)
    announced_by(ended_process(), tmp_path)
    threading.Timer(0.2, orphan.close).start()
    with instance.take(tmp_path):
        assert instance.read(tmp_path) is None


def test_take_refuses_a_folder_that_is_served(tmp_path: Path) -> None:
    with instance.take(tmp_path):
        announced_by(os.getpid(), tmp_path)
        with pytest.raises(LocalNetError, match=f"process {os.getpid()}, algod on port 1"):
            instance.take(tmp_path)
