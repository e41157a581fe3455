"""Processes of the ledger program that wait for a group with the ledger open.

``eval`` opens and replays the ledger before it reads the transactions. When their file is a named pipe, a process
started ahead of time waits there, and a group is answered in a few milliseconds instead of a process start more.
"""

import errno
import os
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from localnet.engine.program import Program
from localnet.engine.space import SpaceWatch

_PIPE = "stxns"
_POLL_S = 0.0003
_READY_TIMEOUT_S = 60.0


class ProgramStoppedError(Exception):
    """The program ended before it read its input; the text is what it said."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit status and everything it wrote."""

    status: int
    output: bytes
    errors: bytes


class WaitingProcess:
    """One ``eval`` over one ledger, for one group.

    Start it from a thread that lives as long as the server: the guard kills the process when the *thread* that started
    it ends.
    """

    def __init__(self, program: Program, folder: Path) -> None:
        self.folder = folder
        pipe = folder / "ledger" / _PIPE
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe)
        self._pipe = pipe
        self._process = subprocess.Popen(
            program.command("eval"),
            cwd=folder,
            env=program.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C at the terminal is for the server alone
        )
        self._ended: Ended | None = None
        self._after: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="ledger output", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id (of the guard, which becomes the program)."""
        return self._process.pid

    def feed(self, group: bytes) -> None:
        """Hand the group over as soon as the process waits for it. No bytes make an empty block.

        Raises:
            ProgramStoppedError: the process ended first, or does not come to wait.
            OSError: it does not come to wait because the disk takes no more.
        """
        descriptor = self._open_pipe()
        try:
            os.set_blocking(descriptor, True)
            written = 0
            while written < len(group):
                written += os.write(descriptor, group[written:])
        except BrokenPipeError:
            pass  # it stopped reading: its exit status and words tell why
        finally:
            os.close(descriptor)

    def ended(self) -> Ended | None:
        """How it ended, None while it runs. Everything it wrote has been read by then."""
        return self._ended

    def on_end(self, call: Callable[[], None]) -> None:
        """Call ``call()`` when it has ended, from any thread."""
        with self._lock:
            if self._ended is None:
                self._after = call
                return
        call()

    def wait(self, timeout_s: float) -> Ended:
        """How it ended, once it has.

        Raises:
            ProgramStoppedError: it was killed because it took longer than ``timeout_s``.
        """
        self._reader.join(timeout_s)
        if self._ended is None:
            self.kill()
            raise ProgramStoppedError(f"the ledger program did not finish within {timeout_s:.0f} s and was stopped")
        return self._ended

    def kill(self) -> None:
        """End it; the ledger stays as it was unless the block was written already."""
        self._process.kill()
        self._reader.join()

    def _open_pipe(self) -> int:
        deadline = time.monotonic() + _READY_TIMEOUT_S
        watch = SpaceWatch(self.folder)
        while True:
            try:
                return os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
            if self._ended is not None:
                raise ProgramStoppedError(self._ended.errors.decode(errors="replace"))
            watch.look()
            if time.monotonic() > deadline:
                self.kill()
                raise ProgramStoppedError("the ledger program did not come to wait for transactions")
            time.sleep(_POLL_S)

    def _read(self) -> None:
        output, errors = self._process.communicate()
        with self._lock:
            self._ended = Ended(self._process.returncode, output, errors)
        if self._after is not None:
            self._after()
