"""A command in a process of its own, killed after its k-th request to algod."""

import http.client
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

TOO_LONG_S: Final = 60
PASSED_ON: Final = ("content-type", "x-algo-api-token")


class KillingProxy:
    """Passes requests on to algod; when the k-th was answered there, the client is killed before it hears of it."""

    def __init__(self, algod_port: int) -> None:
        self._algod_port = algod_port
        self._lock = Lock()
        self._count = 0
        self._limit: int | None = None
        self._killed = Event()
        self._client: ForkServerProcess | None = None
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                proxy.pass_on(self)

            def do_POST(self) -> None:
                proxy.pass_on(self)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @contextmanager
    def serving(self) -> Iterator["KillingProxy"]:
        """Serve while the block runs."""
        thread = Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def run(self, arguments: Sequence[str], environment: Mapping[str, str], limit: int | None) -> tuple[int, bool]:
        """Run a command through the proxy.

        Args:
            arguments: of the program `gridpact`.
            environment: as on the command line; algod's address is replaced.
            limit: kill it after this request; None lets it end.

        Returns:
            How many requests it made, and whether it was killed.
        """
        self._count, self._limit = 0, limit
        self._killed.clear()
        here = {**environment, "ALGOD_SERVER": "http://127.0.0.1", "ALGOD_PORT": str(self.port)}
        # A process from the fork server has the program loaded, and nothing of this process's threads.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["scripts.app"])
        client = context.Process(target=_main, args=(list(arguments), here, str(Path.cwd())))
        with self._lock:
            self._client = client
            client.start()
        client.join(TOO_LONG_S)
        assert client.exitcode is not None, "the command hangs"
        return self._count, self._killed.is_set()

    def pass_on(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request with what algod answers."""
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in request.headers.items() if name.lower() in PASSED_ON}
        algod = http.client.HTTPConnection("127.0.0.1", self._algod_port, timeout=TOO_LONG_S)
        try:
            algod.request(request.command, request.path, body, headers)
            answer = algod.getresponse()
            content = answer.read()
        finally:
            algod.close()
        with self._lock:
            self._count += 1
            if self._limit is not None and self._count >= self._limit:
                assert self._client is not None
                # Noted first: whoever waits for the client's end asks for this next.
                self._killed.set()
                self._client.kill()
                return
        request.send_response(answer.status)
        request.send_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)


def _main(arguments: list[str], environment: dict[str, str], folder: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    from scripts.app import app

    app(arguments, standalone_mode=True)
