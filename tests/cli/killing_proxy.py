"""The program in a process of its own, and a proxy before its node that counts requests and kills the program."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from tests.support.relay import Relay

KILLED: Final = -signal.SIGKILL
"""Exit code of a process that was killed."""
TOO_LONG_S: Final = 300
SEND: Final = ("POST", "/v2/transactions")

# The server has everything imported and forks at once: a run costs what it does, not the start of Python.
_PROCESSES: Final = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.cli.preload", __name__])


def run_program(arguments: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    """Run the program in this process, silently."""
    os.environ.update(environment)
    os.chdir(folder)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.argv = ["gridpact", *arguments]
    from gridpact.cli.app import main

    main()


class KillingProxy(Relay):
    """A way to algod that counts requests, and kills the process behind it once so many have been answered.

    Attributes:
        log: method and path of each request that reached algod.
    """

    def __init__(self, algod: str) -> None:
        self._lock = threading.Lock()
        self._victim: BaseProcess | None = None
        self._known = threading.Event()
        self._kill_after: int | None = None
        self._kill_after_sends: int | None = None
        self.log: list[tuple[str, str]] = []
        super().__init__(algod)

    @property
    def environment(self) -> dict[str, str]:
        """What leads a program through this proxy."""
        return {
            "ALGOD_SERVER": "http://127.0.0.1",
            "ALGOD_PORT": str(self.port),
        }

    def run(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        kill_after: int | None = None,
        kill_after_sends: int | None = None,
    ) -> int:
        """Run the program; its exit code, -9 when it was killed.

        Args:
            arguments: of the command line.
            environment: beside the node.
            folder: where it runs.
            kill_after: kill it with SIGKILL when algod has answered this many of its requests.
            kill_after_sends: the same, counting only the requests that send a group.
        """
        self.log.clear()
        self._kill_after, self._kill_after_sends = kill_after, kill_after_sends
        self._known.clear()
        process = _PROCESSES.Process(
            target=run_program, args=(arguments, {**environment, **self.environment}, folder), daemon=True
        )
        process.start()
        self._victim = process
        self._known.set()
        process.join(TOO_LONG_S)
        assert process.exitcode is not None, "the command hangs"
        return process.exitcode

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """See `Relay`: the victim is killed when the node has answered, before it hears of it."""
        answer = self.ask(request)
        with self._lock:
            self.log.append((request.command, request.path))
            is_due = len(self.log) == self._kill_after
            if (request.command, request.path) == SEND:
                is_due = is_due or self.log.count(SEND) == self._kill_after_sends
        if is_due:
            self._known.wait()
            assert self._victim is not None
            assert self._victim.pid is not None
            os.kill(self._victim.pid, signal.SIGKILL)
        try:
            self.reply(request, answer)
        except (BrokenPipeError, ConnectionResetError):
            assert (self._kill_after, self._kill_after_sends) != (None, None), "only a killed program hangs up"
