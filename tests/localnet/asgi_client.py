"""A blocking client of an ASGI application, without a socket."""

import asyncio
from collections.abc import Mapping
from typing import Self

import httpx
from starlette.types import ASGIApp


class AsgiClient:
    """Sends requests to an application one after the other; also several at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._runner = asyncio.Runner()
        # Without a list of encodings no answer is compressed: tests that want that ask for it.
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localnet", headers={"Accept-Encoding": "identity"}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> httpx.Response:
        """One request; ``fields`` are sent as JSON, ``body`` as it is."""
        return self.send(self.prepare(method, path, query=query, headers=headers, fields=fields, body=body))

    def prepare(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> httpx.Request:
        """A request to be sent later."""
        params = {name: str(value) for name, value in (query or {}).items()}
        return self._http.build_request(method, path, params=params, headers=headers, json=fields, content=body)

    def send(self, request: httpx.Request) -> httpx.Response:
        """The answer to a prepared request."""
        return self._runner.run(self._http.send(request))

    def send_all(self, requests: list[httpx.Request]) -> list[httpx.Response]:
        """The answers to requests sent at once, in their order."""

        async def answers() -> list[httpx.Response]:
            return await asyncio.gather(*(self._http.send(request) for request in requests))

        return self._runner.run(answers())
