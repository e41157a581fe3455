"""Servers that tests need beside them."""

import threading
from socketserver import BaseServer
from types import TracebackType
from typing import Final, Self

POLL_S: Final = 0.01


class Background:
    """A server in a thread of its own, from when it is made until its context is left."""

    def __init__(self, server: BaseServer) -> None:
        """Serve at once.

        Args:
            server: it listens already.
        """
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": POLL_S})
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
