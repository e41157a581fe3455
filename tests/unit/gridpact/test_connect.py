"""What a failed connection means, in one sentence; against small HTTP servers, without a node."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from algokit_utils import AlgoClientConfigs, AlgoClientNetworkConfig, AlgorandClient

from gridpact.chain.connection import (
    BadAddressError,
    Connection,
    LaggingIndexerError,
    NoNodeError,
    NotANodeError,
    OtherChain,
    Service,
    WrongTokenError,
    connect,
)
from gridpact.cli import words


@contextmanager
def answering(status: int, *bodies: str) -> Iterator[int]:
    """A server that gives one answer after the other, and the last one again and again; its port."""
    left = list(bodies)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write((left.pop(0) if len(left) > 1 else left[0]).encode())

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def point_at(monkeypatch: pytest.MonkeyPatch, port: int, server: str = "http://localhost") -> None:
    monkeypatch.setenv("ALGOD_SERVER", server)
    monkeypatch.setenv("ALGOD_PORT", str(port))
    monkeypatch.setenv("ALGOD_TOKEN", "a" * 64)


def test_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    point_at(monkeypatch, port)
    with pytest.raises(NoNodeError) as caught:
        connect()
    told = words.refusal(caught.value)
    assert told.sentence == f"No node answers at http://localhost:{port} (Connection refused)."
    assert "python -m localnet start" in told.advice


@pytest.mark.parametrize(
    ("server", "port", "url"),
    [
        ("http://localhost", "4001", "http://localhost:4001"),
        ("http://localhost/", "4001", "http://localhost:4001"),
        ("https://node.example/algod/", "443", "https://node.example:443/algod"),
        ("https://node.example/algod", "", "https://node.example/algod"),
        ("http://[::1]", "4001", "http://[::1]:4001"),
        ("http://localhost:4002", "4001", "http://localhost:4002"),
    ],
)
def test_the_port_stands_behind_the_host(server: str, port: str, url: str) -> None:
    assert Service(server, port, "").url == url


@pytest.mark.parametrize("server", ["http://::1", "http://[::1", "http://localhost:port", "http://", "ftp://localhost"])
def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    point_at(monkeypatch, 4001, server)
    with pytest.raises(BadAddressError) as caught:
        connect()
    assert words.refusal(caught.value).sentence == f"ALGOD_SERVER is {server!r}, which is not an http address."


def test_wrong_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(401, '{"message":"Invalid API Token"}') as port:
        point_at(monkeypatch, port)
        with pytest.raises(WrongTokenError) as caught:
            connect()
    assert caught.value.address == f"http://localhost:{port}"
    assert "ALGOD_TOKEN" in words.refusal(caught.value).advice


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "<html>"), (200, "{}"), (200, "[]"), (404, "not here"), (404, '{"message":"Not Found"}'), (200, "")],
)
def test_something_else_answers(monkeypatch: pytest.MonkeyPatch, status: int, body: str) -> None:
    with answering(status, body) as port:
        point_at(monkeypatch, port)
        with pytest.raises(NotANodeError) as caught:
            connect()
    assert caught.value.address == f"http://localhost:{port}"
    assert words.refusal(caught.value).sentence.startswith(f"There is no algod node at http://localhost:{port}")


def test_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    point_at(monkeypatch, 4001, server="localhost")
    with pytest.raises(BadAddressError) as caught:
        connect()
    assert words.refusal(caught.value).sentence == "ALGOD_SERVER is 'localhost', which is not an http address."


@contextmanager
def connected(*indexer_rounds: int, genesis: str = "hash", block_ts: int = 7) -> Iterator[Connection]:
    """A network at round 10, and an indexer that is at these rounds one after the other.

    Args:
        genesis: the indexer's.
        block_ts: of the indexer's newest block; the network's is 7.
    """
    rounds = [f'{{"round": {round_}}}' for round_ in indexer_rounds]
    newest = {"round": indexer_rounds[0], "timestamp": block_ts, "genesis-hash": genesis, "genesis-id": "theirs"}
    answers = (rounds[0], json.dumps(newest), *rounds)
    with answering(200, '{"last-round": 10, "block": {"ts": 7}}') as algod, answering(200, *answers) as indexer:
        configs = AlgoClientConfigs(
            algod_config=AlgoClientNetworkConfig("http://localhost", "a" * 64, algod),
            indexer_config=AlgoClientNetworkConfig("http://localhost", "a" * 64, indexer),
            kmd_config=None,
        )
        algorand = AlgorandClient(configs)
        yield Connection.over(algorand, "localnet", "dockernet-v1", "hash", "http://localhost")


@pytest.mark.parametrize("rounds", [(10,), (11,), (8, 10)])
def test_wait_for_indexer(rounds: tuple[int, ...]) -> None:
    with connected(*rounds) as connection:
        connection.wait_for_indexer()


def test_wait_for_indexer_that_lags() -> None:
    with connected(8, 9) as connection, pytest.raises(LaggingIndexerError) as caught:
        connection.wait_for_indexer(patience_s=0.1)
    assert (caught.value.indexer_round, caught.value.network_round) == (9, 10)


@pytest.mark.parametrize("theirs", [{"genesis": "other"}, {"block_ts": 8}])
def test_indexer_of_another_chain(theirs: dict[str, Any]) -> None:
    with connected(10, **theirs) as connection, pytest.raises(OtherChain) as caught:
        connection.wait_for_indexer()
    assert words.refusal(caught.value).sentence == (
        "The indexer, at round 10 of theirs, follows another chain than algod, which is on dockernet-v1."
    )
