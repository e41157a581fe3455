"""Requests to algod over connections that stay open: a history begins with thousands of them."""

import http.client
import threading
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

TIMEOUT_S: Final = 30

_TOKEN_HEADER: Final = "X-Algo-API-Token"


class Link:
    """Asks where an SDK's client asks. Each thread has a connection of its own; leaving the context closes them all."""

    def __init__(self, algod: AlgodClient) -> None:
        """Nothing is opened yet."""
        self._address = urlsplit(algod.algod_address)
        self._headers = {**(algod.headers or {}), _TOKEN_HEADER: algod.algod_token}
        self._threads = threading.local()
        self._opened: list[http.client.HTTPConnection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self._opened:
            connection.close()

    def get(self, path: str) -> bytes:
        """What the node answers.

        Raises:
            AlgodHTTPError: it answers no.
        """
        connection: http.client.HTTPConnection | None = getattr(self._threads, "connection", None)
        if connection is not None:
            try:
                return self._ask(connection, path)
            except (http.client.HTTPException, OSError):  # the server closes what was idle
                connection.close()
        connection = self._threads.connection = self._open()
        return self._ask(connection, path)

    def _open(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._address.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._address.netloc, timeout=TIMEOUT_S)
        self._opened.append(connection)
        return connection

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        connection.request("GET", f"{self._address.path}{path}", headers=self._headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != HTTPStatus.OK:
            raise AlgodHTTPError(body.decode(errors="replace"), answer.status)
        return body
