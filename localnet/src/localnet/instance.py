"""Which process serves a state folder: a lock that dies with its holder, and a note about it."""

import fcntl
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from localnet.errors import LocalNetError

_LOCK = "lock"
_NOTE = "server.json"
_ORPHAN_S = 10.0
_AGAIN_S = 0.02


@dataclass(frozen=True)
class Instance:
    """A LocalNet that serves.

    Attributes:
        pid: its process id.
        ports: port by service: ``algod``, ``kmd``, ``indexer``.
    """

    pid: int
    ports: dict[str, int]


def take(state_folder: Path) -> IO[str]:
    """Become the one process that serves the folder, until the returned file is closed.

    Raises:
        LocalNetError: another one serves it, or the folder cannot be written.
    """
    try:
        state_folder.mkdir(parents=True, exist_ok=True)
        # Appending keeps the file of a holder that is alive.
        lock = (state_folder / _LOCK).open("a")
    except OSError as why:
        raise LocalNetError(f"The state folder {state_folder} cannot be written: {why.strerror}.") from None
    if not _locked(lock, state_folder):
        lock.close()
        holder = read(state_folder)
        who = f" (process {holder.pid}, algod on port {holder.ports['algod']})" if holder else ""
        raise LocalNetError(
            f"A LocalNet already runs with the state folder {state_folder}{who}: "
            "use it, stop it with `python -m localnet stop`, or give another --data-dir and other ports."
        )
    (state_folder / _NOTE).unlink(missing_ok=True)
    return lock


def _locked(lock: IO[str], state_folder: Path) -> bool:
    """Whether the lock is ours.

    A process that was killed while it started another one leaves the lock to that one, which gives it back at once:
    there is a moment between fork and exec in which a child has all that its parent had.
    """
    deadline = time.monotonic() + _ORPHAN_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = read(state_folder)
            if holder is None or _lives(holder.pid) or time.monotonic() > deadline:
                return False
            time.sleep(_AGAIN_S)
        else:
            return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def announce(state_folder: Path, ports: dict[str, int]) -> None:
    """Say that this process serves now."""
    note = state_folder / _NOTE
    draft = note.with_suffix(".new")
    draft.write_text(json.dumps({"pid": os.getpid(), "ports": ports}))
    draft.replace(note)


def withdraw(state_folder: Path) -> None:
    """Say that nobody serves any more."""
    (state_folder / _NOTE).unlink(missing_ok=True)


def read(state_folder: Path) -> Instance | None:
    """The process that announced itself, alive or not."""
    try:
        note = json.loads((state_folder / _NOTE).read_text())
        return Instance(int(note["pid"]), {name: int(port) for name, port in note["ports"].items()})
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError):
        return None


def running(state_folder: Path) -> Instance | None:
    """The process that serves the folder now, None when none does."""
    if not (state_folder / _LOCK).exists():
        return None
    with (state_folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return read(state_folder)
    return None
