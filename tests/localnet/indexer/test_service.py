"""The indexer as a service: health, browsers, freshness, restarts."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from algosdk import encoding

from localnet.testing import LocalNet
from tests.localnet.indexer.conftest import Chain, History, build, dispenser


def test_health(chain: Chain) -> None:
    answer = chain.get("/health")
    assert (answer["db-available"], answer["is-migrating"]) == (True, False)
    assert answer["message"] == str(answer["round"])
    assert answer["version"]


def test_no_token_is_needed_and_any_is_accepted(chain: Chain) -> None:
    assert chain.request("indexer", "GET", "/health", headers={"X-Indexer-API-Token": "wrong"}).status == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "message"),
    [
        ("GET", "/v2/nothing-here", 404, "Not Found"),
        ("GET", "/v2/accounts/../../etc/passwd", 404, "Not Found"),
        ("DELETE", "/v2/transactions", 405, "Method Not Allowed"),
        ("POST", "/v2/accounts", 405, "Method Not Allowed"),
    ],
)
def test_unknown_paths_and_methods(chain: Chain, method: str, path: str, status: int, message: str) -> None:
    answer = chain.request("indexer", method, path)
    assert (answer.status, answer.body) == (status, {"message": message})
    assert answer.headers["content-type"] == "application/json"


def test_browsers_may_read_and_reach_a_private_address(chain: Chain) -> None:
    asked = {
        "Origin": "https://explorer.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Private-Network": "true",
    }
    preflight = chain.request("indexer", "OPTIONS", "/v2/accounts", headers=asked)
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-private-network"] == "true"
    assert chain.request("indexer", "GET", "/health", headers=asked).headers["access-control-allow-origin"] == "*"


EVERYTHING = (
    "/v2/accounts?include-all=true&limit=1000",
    "/v2/applications?include-all=true",
    "/v2/assets?include-all=true",
    "/v2/block-headers?limit=1000",
    "/v2/transactions?limit=10000",
)


def everything(chain: Chain) -> dict[str, Any]:
    return {path: chain.get(path) for path in EVERYTHING}


def test_a_restart_rebuilds_the_same_index_and_a_reset_an_empty_one(tmp_path: Path) -> None:
    with LocalNet.spawn(tmp_path / "state") as localnet:
        history = build(Chain(localnet))
        before = everything(history.chain)
        localnet.kill()
    with LocalNet.spawn(tmp_path / "state") as localnet:
        chain = Chain(localnet)
        assert everything(chain) == before
        kept = localnet.snapshot()
        localnet.reset()
        assert chain.ids() == []
        assert chain.get("/v2/applications", include_all="true")["applications"] == []
        assert history.id("pay-bob") not in json.dumps(everything(chain))
        localnet.restore(kept)
        assert everything(chain) == before


def test_a_block_is_indexed_before_its_submitter_is_answered(tmp_path: Path) -> None:
    with LocalNet.spawn(tmp_path / "state") as localnet:
        chain = Chain(localnet)
        history = History(chain)
        bank = dispenser(chain)
        for number in range(20):
            txn = history.pay(bank, bank.address, 0, note=bytes([number]))
            [signed] = bank.signer.sign_transactions([txn], [0])
            chain.algod("POST", "/v2/transactions", b64decode(encoding.msgpack_encode(signed)))
            found = chain.get(f"/v2/transactions/{txn.get_txid()}")
            assert found["current-round"] == found["transaction"]["confirmed-round"]
