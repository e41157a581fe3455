"""Routes that take transactions and tell what became of them."""

import re

from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.formats import wire_json
from localnet.algod.node import Node
from localnet.algod.pending import transaction_result
from localnet.algod.refusals import pool_refusal
from localnet.algod.submission import Group, decode_group
from localnet.engine.blocks import Tree, pack
from localnet.engine.ledger import RefusedError
from localnet.engine.transactions import transaction_id
from localnet.http import (
    ApiError,
    Router,
    json_response,
    path_address,
    query_uint,
    raw_response,
    read_body,
    wants_msgpack,
)

_LARGEST_BODY_BYTES = 10_000_000
_TXID = re.compile(r"[A-Z2-7]{52}")
_NOT_FOUND = "could not find the transaction in the transaction pool or in the last 1000 confirmed rounds"


def add_routes(router: Router, node: Node) -> None:
    """Add the routes of this module."""
    ledger = node.ledger

    @router.post("/v2/transactions")
    async def send(request: Request) -> Response:
        group = decode_group(await read_body(request, _LARGEST_BODY_BYTES))
        try:
            await node.thread.run(lambda: _take(node, group))
        except RefusedError as refusal:
            raise pool_refusal(str(refusal), group.transactions, ledger) from None
        return json_response({"txId": transaction_id(group.transactions[0]["txn"])})

    @router.get("/v2/transactions/pending/{txid}")
    async def pending(request: Request) -> Response:
        as_msgpack = wants_msgpack(request)
        txid = request.path_params["txid"]
        if not _TXID.fullmatch(txid):
            raise ApiError(400, "no valid transaction ID was specified")
        found = ledger.find(txid)
        if found is None:
            return answer(_in_pool(node, txid), as_msgpack=as_msgpack)
        in_block = ledger.block(found.round)["txns"][found.position]
        result = transaction_result(in_block, genesis_id=ledger.genesis_id, genesis_hash=ledger.genesis_hash)
        result["confirmed-round"] = found.round
        return answer(result, as_msgpack=as_msgpack)

    @router.get("/v2/transactions/pending")
    async def all_pending(request: Request) -> Response:
        most = query_uint(request, "max")
        return answer(_waiting(node, most), as_msgpack=wants_msgpack(request))

    @router.get("/v2/accounts/{address}/transactions/pending")
    async def account_pending(request: Request) -> Response:
        address = path_address(request, "address")
        most = query_uint(request, "max")
        return answer(_waiting(node, most, address), as_msgpack=wants_msgpack(request))


def _take(node: Node, group: Group) -> None:
    if node.pool is None:
        node.ledger.submit(group.raw)
    else:
        node.pool.submit(group.raw, group.transactions)


def _in_pool(node: Node, txid: str) -> Tree:
    """A transaction that is in no block: it waits, or was dropped.

    Raises:
        ApiError: 404, neither is known of it.
    """
    if node.pool is not None:
        waiting = node.pool.find(txid)
        if waiting is not None:
            return {"pool-error": "", "txn": waiting}
        dropped = node.pool.dropped(txid)
        if dropped is not None:
            return {"pool-error": dropped.reason, "txn": dropped.transaction}
    raise ApiError(404, _NOT_FOUND)


def _waiting(node: Node, most: int | None, address: bytes | None = None) -> Tree:
    found = [] if node.pool is None else node.pool.transactions
    if address is not None:
        found = [one for one in found if address in (one["txn"].get("snd"), one["txn"].get("rcv"))]
    return {"top-transactions": found[: most or None], "total-transactions": len(found)}


def answer(tree: Tree, *, as_msgpack: bool) -> Response:
    """The tree in the format that was asked for."""
    return raw_response(pack(tree), "application/msgpack") if as_msgpack else json_response(wire_json(tree))
