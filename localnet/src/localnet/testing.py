"""A LocalNet of one's own for a test suite: free ports, own folder, gone with the process that started it."""

import http.client
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from localnet import instance
from localnet.errors import LocalNetError

_TOKEN = "a" * 64
_START_TIMEOUT_S = 120.0
_STOP_TIMEOUT_S = 10.0
_POLL_S = 0.005


class LocalNet:
    """A LocalNet in a process of its own; use it as a context manager or call :meth:`stop`.

    Attributes:
        data_dir: its state folder.
        ports: port by service: ``algod``, ``kmd``, ``indexer``.
        pid: its process id.
    """

    def __init__(self, data_dir: Path, process: "subprocess.Popen[bytes]", ports: dict[str, int]) -> None:
        self.data_dir = data_dir
        self.ports = ports
        self._process = process

    @classmethod
    def spawn(
        cls,
        data_dir: Path,
        ports: dict[str, int] | None = None,
        block_seconds: float = 0.0,
        *,
        on_demand: bool = False,
    ) -> Self:
        """Start one and wait until it serves.

        Args:
            data_dir: its state folder; a chain in it is continued.
            ports: fixed ports by service, for a restart; free ones by default.
            block_seconds: time from block to block; 0 makes a block for each group, at once.
            on_demand: start the ledger program when a group comes and not ahead: for suites that keep all cores busy.

        Raises:
            LocalNetError: it did not start; the text is what it said.
        """
        wanted = {"algod": 0, "kmd": 0, "indexer": 0} | (ports or {})
        data_dir.mkdir(parents=True, exist_ok=True)
        log = data_dir / "localnet.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "localnet",
                    "run",
                    "--until-stdin-closes",
                    f"--data-dir={data_dir}",
                    f"--block-seconds={block_seconds}",
                    *(["--on-demand"] if on_demand else []),
                    *(f"--{name}-port={port}" for name, port in wanted.items()),
                ],
                stdin=subprocess.PIPE,  # closed by the system when this process ends, however it ends
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            here = instance.read(data_dir)
            if here is not None and here.pid == process.pid:
                return cls(data_dir, process, here.ports)
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                process.communicate()
                said = log.read_text(errors="replace").strip()
                raise LocalNetError(said.splitlines()[-1] if said else "The LocalNet ended at once and said nothing.")
            time.sleep(_POLL_S)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """What ``AlgorandClient.from_environment()`` reads to find it."""
        return {
            "ALGOD_SERVER": "http://localhost",
            "ALGOD_PORT": str(self.ports["algod"]),
            "ALGOD_TOKEN": _TOKEN,
            "KMD_SERVER": "http://localhost",
            "KMD_PORT": str(self.ports["kmd"]),
            "KMD_TOKEN": _TOKEN,
            "INDEXER_SERVER": "http://localhost",
            "INDEXER_PORT": str(self.ports["indexer"]),
            "INDEXER_TOKEN": _TOKEN,
        }

    def reset(self) -> None:
        """Begin a new chain; the genesis accounts keep their addresses."""
        self.request("POST", "/x/reset")

    def snapshot(self, name: str = "") -> str:
        """Keep a copy of the chain; its name."""
        return str(self.request("POST", f"/x/snapshot/{name}" if name else "/x/snapshot")["id"])

    def restore(self, name: str) -> None:
        """Go back to a snapshot."""
        self.request("POST", f"/x/restore/{name}")

    def set_next_timestamp(self, timestamp: int) -> None:
        """The next block gets exactly this time, in unix seconds."""
        self.request("POST", f"/x/time/{timestamp}")

    def hold_pool(self) -> None:
        """Make blocks without the groups that wait; only where blocks are made by time."""
        self.request("POST", "/x/pool/hold")

    def release_pool(self) -> None:
        """Let the groups that wait enter blocks again."""
        self.request("POST", "/x/pool/release")

    def refuse_next(self) -> None:
        """Take the next group, and drop it when the block is made, as if the network had refused it."""
        self.request("POST", "/x/pool/next/refuse")

    def lose_next(self) -> None:
        """Answer the next group as taken, and forget it."""
        self.request("POST", "/x/pool/next/lose")

    def request(self, method: str, path: str) -> Any:  # noqa: ANN401 - whatever the API answers
        """One request to algod; the decoded answer.

        Raises:
            LocalNetError: it was refused.
        """
        link = http.client.HTTPConnection("localhost", self.ports["algod"], timeout=60)
        try:
            link.request(method, path, headers={"X-Algo-API-Token": _TOKEN})
            answer = link.getresponse()
            body = json.loads(answer.read() or b"null")
        finally:
            link.close()
        if answer.status != http.client.OK:
            raise LocalNetError(f"{method} {path}: {body}")
        return body

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def stop(self) -> None:
        """End it and wait until it has; the chain stays on disk."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.communicate(timeout=_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.kill()
        elif self._process.stdin is not None and not self._process.stdin.closed:
            self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
