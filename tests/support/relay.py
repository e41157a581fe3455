"""A server between a program and a node: what it is asked, it asks the node, and a test may look on or interfere."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final
from urllib.parse import urlsplit

from tests.support.background import Background

HOP_HEADERS: Final = {"connection", "transfer-encoding", "content-length", "host"}
"""Of one connection, not of what is asked."""
TIMEOUT_S: Final = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What the node has answered."""

    status: int
    headers: Sequence[tuple[str, str]]
    content: bytes


class Relay(Background, ABC):
    """Serves as soon as it is made, until its context is left."""

    protocol: ClassVar = "HTTP/1.0"
    """`HTTP/1.1` keeps connections open."""

    def __init__(self, algod: str) -> None:
        """Serve at once.

        Args:
            algod: the node's address.
        """
        self._algod = urlsplit(algod)
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = relay.protocol

            def do_GET(self) -> None:
                relay.handle(self)

            def do_POST(self) -> None:
                relay.handle(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = int(server.server_address[1])
        """Where it serves, on this machine."""
        super().__init__(server)

    @abstractmethod
    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request: `ask` the node, then `reply`."""

    def ask(self, request: BaseHTTPRequestHandler) -> Answer:
        """The node's answer to a request."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        upstream = HTTPConnection(self._algod.hostname or "localhost", self._algod.port, timeout=TIMEOUT_S)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_HEADERS}
        upstream.request(request.command, request.path, body=body or None, headers=headers)
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        return Answer(answer.status, answer.getheaders(), content)

    def reply(self, request: BaseHTTPRequestHandler, answer: Answer) -> None:
        """Give an answer back."""
        request.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() not in HOP_HEADERS:
                request.send_header(name, value)
        request.send_header("Content-Length", str(len(answer.content)))
        request.end_headers()
        request.wfile.write(answer.content)
