"""Routes about the node itself: health, versions, genesis, status, parameters, supply."""

import importlib.metadata
import time

from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.formats import address_text, base64_text
from localnet.algod.node import Node
from localnet.engine import genesis
from localnet.engine.blocks import Tree
from localnet.http import ApiError, Router, json_response, path_uint

OPEN_PATHS = ("/health", "/ready", "/versions", "/genesis")

MIN_FEE_MICROALGO = 1000
_LONGEST_WAIT_S = 25.0  # py-algorand-sdk gives up after 30 s
_LAST_ROUND_OF_ALL = 2**63 - 1


def add_routes(router: Router, node: Node) -> None:
    """Add the routes of this module."""
    ledger = node.ledger

    @router.get("/health")
    @router.get("/ready")
    async def health(_request: Request) -> Response:
        return json_response(None)

    @router.get("/versions")
    async def versions(_request: Request) -> Response:
        return json_response(
            {
                "versions": ["v2"],
                "genesis_id": ledger.genesis_id,
                "genesis_hash_b64": base64_text(ledger.genesis_hash),
                "build": _build(),
            }
        )

    @router.get("/genesis")
    async def genesis_file(_request: Request) -> Response:
        return json_response(_genesis(node))

    @router.get("/v2/status")
    async def status(_request: Request) -> Response:
        return json_response(_status(node))

    @router.get("/v2/status/wait-for-block-after/{round}")
    async def wait_for_block(request: Request) -> Response:
        round_ = path_uint(request, "round")
        if round_ > _LAST_ROUND_OF_ALL:
            raise ApiError(400, "requested round would reach only after the protocol upgrade which isn't supported")
        await node.wait_for_block_after(round_, _LONGEST_WAIT_S)
        return json_response(_status(node))

    @router.get("/v2/transactions/params")
    async def params(_request: Request) -> Response:
        return json_response(
            {
                "consensus-version": consensus_version(node),
                "fee": 0,
                "genesis-hash": base64_text(ledger.genesis_hash),
                "genesis-id": ledger.genesis_id,
                "last-round": ledger.last_round,
                "min-fee": MIN_FEE_MICROALGO,
            }
        )

    @router.get("/v2/ledger/supply")
    async def supply(_request: Request) -> Response:
        online, total = ledger.supply()
        return json_response(
            {
                "current_round": ledger.last_round,
                "online-money": online,
                "online-stake": online,
                "total-money": total,
            }
        )


def consensus_version(node: Node) -> str:
    """The protocol that the newest block was made by."""
    return str(node.ledger.block(node.ledger.last_round)["proto"])


def _build() -> Tree:
    major, minor, patch = importlib.metadata.version("algojig").split(".")[:3]
    return {
        "major": int(major),
        "minor": int(minor),
        "build_number": int(patch),
        "commit_hash": "",
        "branch": "embedded",
        "channel": "localnet",
    }


def _genesis(node: Node) -> Tree:
    funded = [
        {
            "addr": address_text(address),
            "comment": name,
            "state": {"algo": microalgo, "onl": 1},
        }
        for name, address, _key, microalgo in node.ledger.genesis_accounts
    ]
    pools = [
        {"addr": address_text(address), "comment": name, "state": {"algo": 0, "onl": 2}}
        for name, address in (("RewardsPool", genesis.REWARDS_POOL), ("FeeSink", genesis.FEE_SINK))
    ]
    network, _, id_ = node.ledger.genesis_id.rpartition("-")
    return {
        "alloc": pools + funded,
        "devmode": True,
        "fees": address_text(genesis.FEE_SINK),
        "id": id_,
        "network": network,
        "proto": consensus_version(node),
        "rwd": address_text(genesis.REWARDS_POOL),
        "timestamp": node.ledger.block(1)["ts"],
    }


def _status(node: Node) -> Tree:
    version = consensus_version(node)
    return {
        "catchpoint": "",
        "catchpoint-acquired-blocks": 0,
        "catchpoint-processed-accounts": 0,
        "catchpoint-processed-kvs": 0,
        "catchpoint-total-accounts": 0,
        "catchpoint-total-blocks": 0,
        "catchpoint-total-kvs": 0,
        "catchpoint-verified-accounts": 0,
        "catchpoint-verified-kvs": 0,
        "catchup-time": 0,
        "last-catchpoint": "",
        "last-round": node.ledger.last_round,
        "last-version": version,
        "next-version": version,
        "next-version-round": node.ledger.last_round + 1,
        "next-version-supported": True,
        "stopped-at-unsupported-round": False,
        "time-since-last-round": int((time.monotonic() - node.last_block_at) * 1e9),
    }
