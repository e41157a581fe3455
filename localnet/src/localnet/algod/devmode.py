"""Time, and what a LocalNet of one's own can do beyond algod (``/x/``)."""

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.node import Node
from localnet.engine.pool import Fate, Pool
from localnet.errors import LocalNetError
from localnet.http import ApiError, Router, empty_response, json_response, path_uint

_LARGEST_OFFSET_S = 2**63 - 1
_MOST_ROUNDS = 1000


def add_routes(router: Router, node: Node) -> None:
    """Add the routes of this module."""
    _add_algod_routes(router, node)
    _add_own_routes(router, node)
    _add_pool_routes(router, node)


def _add_algod_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.post("/v2/devmode/blocks/offset/{offset}")
    async def set_offset(request: Request) -> Response:
        offset = path_uint(request, "offset")
        if offset > _LARGEST_OFFSET_S:
            raise ApiError(
                400,
                "failed to set timestamp offset on the node: "
                "block timestamp offset cannot be larger than max int64 value",
            )
        ledger.timestamp_offset = offset
        return empty_response()

    @router.get("/v2/devmode/blocks/offset")
    async def offset(_request: Request) -> Response:
        if ledger.timestamp_offset is None:
            raise ApiError(
                404,
                "failed retrieving timestamp offset from node: "
                "block timestamp offset was never set, using real clock for timestamps",
            )
        return json_response({"offset": ledger.timestamp_offset})


def _add_own_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.post("/x/time/{timestamp}")
    async def set_time(request: Request) -> Response:
        timestamp = path_uint(request, "timestamp", bits=62)
        await _run(node, lambda: ledger.set_next_timestamp(timestamp))
        return json_response({"next-timestamp": timestamp})

    @router.delete("/x/time")
    async def real_time(_request: Request) -> Response:
        await _run(node, ledger.use_real_clock)
        return json_response({"next-timestamp": int(time.time())})

    @router.post("/x/rounds/{count}")
    async def rounds(request: Request) -> Response:
        count = path_uint(request, "count")
        if count > _MOST_ROUNDS:
            raise ApiError(400, f"At most {_MOST_ROUNDS} empty blocks can be made at a time.")
        await _run(node, lambda: ledger.append_empty(count))
        return json_response({"last-round": ledger.last_round})

    @router.post("/x/reset")
    async def reset(_request: Request) -> Response:
        await _run(node, ledger.reset)
        return json_response({"last-round": ledger.last_round})

    @router.get("/x/snapshot")
    async def snapshots(_request: Request) -> Response:
        return json_response({"snapshots": ledger.snapshots()})

    @router.post("/x/snapshot")
    @router.post("/x/snapshot/{id}")
    async def snapshot(request: Request) -> Response:
        name = request.path_params.get("id") or _unused_name(ledger.snapshots())
        await _run(node, lambda: ledger.snapshot(name))
        return json_response({"id": name, "last-round": ledger.last_round})

    @router.post("/x/restore/{id}")
    async def restore(request: Request) -> Response:
        name = request.path_params["id"]
        await _run(node, lambda: ledger.restore(name))
        return json_response({"id": name, "last-round": ledger.last_round})


def _add_pool_routes(router: Router, node: Node) -> None:
    @router.post("/x/pool/hold")
    async def hold(_request: Request) -> Response:
        _pool(node).held = True
        return json_response({"held": True})

    @router.post("/x/pool/release")
    async def release(_request: Request) -> Response:
        _pool(node).held = False
        return json_response({"held": False})

    @router.post("/x/pool/next/{fate}")
    async def next_is(request: Request) -> Response:
        try:
            fate = Fate(request.path_params["fate"])
        except ValueError:
            raise ApiError(400, f"The next group can be told to {' or '.join(one.value for one in Fate)}.") from None
        _pool(node).next_is(fate)
        return json_response({"next": fate.value})


def _pool(node: Node) -> Pool:
    if node.pool is None:
        raise ApiError(400, "Each group gets a block at once here: start with --block-seconds to have a pool.")
    return node.pool


async def _run(node: Node, call: Callable[[], None]) -> None:
    try:
        await node.thread.run(call)
    except LocalNetError as refusal:
        raise ApiError(400, str(refusal)) from None


def _unused_name(taken: list[str]) -> str:
    number = len(taken) + 1
    while f"snapshot-{number}" in taken:
        number += 1
    return f"snapshot-{number}"
