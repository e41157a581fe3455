"""Routes that read blocks."""

import base64
from collections.abc import Iterator

from algosdk import encoding
from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.formats import base64_text, go_string_bytes, wire_json
from localnet.algod.node import Node
from localnet.engine.blocks import Tree, pack_canonical
from localnet.engine.transactions import as_submitted, transaction_id
from localnet.http import ApiError, Router, json_response, path_uint, query_bool, raw_response, wants_msgpack

_STRUCT = {"X-Algorand-Struct": "block-v1"}


def add_routes(router: Router, node: Node) -> None:
    """Add the routes of this module."""

    @router.get("/v2/blocks/{round}")
    async def block(request: Request) -> Response:
        round_ = path_uint(request, "round")
        as_msgpack = wants_msgpack(request)
        header_only = query_bool(request, "header-only")
        found = _block(node, round_)
        if header_only:
            found = {key: value for key, value in found.items() if key != "txns"}
        if as_msgpack:
            whole: Tree = {"block": found} if header_only else {"block": found, "cert": {"rnd": round_}}
            return raw_response(pack_canonical(whole), "application/msgpack", _STRUCT)
        return json_response({"block": wire_json(found) | _text_hashes(found)})  # type: ignore[operator]

    @router.get("/v2/blocks/{round}/hash")
    async def block_hash(request: Request) -> Response:
        round_ = path_uint(request, "round")
        _block(node, round_)
        digest = encoding.checksum(b"BH" + node.ledger.block_header(round_))
        return json_response({"blockHash": _base32(digest)})

    @router.get("/v2/blocks/{round}/txids")
    async def txids(request: Request) -> Response:
        found = _block(node, path_uint(request, "round"))
        return json_response({"blockTxids": [_txid(node, entry) for entry in found.get("txns", ())]})

    @router.get("/v2/blocks/{round}/logs")
    async def logs(request: Request) -> Response:
        found = _block(node, path_uint(request, "round"))
        entries = [call for entry in found.get("txns", ()) for call in _logs(entry, _txid(node, entry))]
        return json_response({"logs": entries})


def _block(node: Node, round_: int) -> Tree:
    try:
        return node.ledger.block(round_)
    except KeyError:
        raise ApiError(404, "failed to retrieve information from the ledger") from None


def _txid(node: Node, in_block: Tree) -> str:
    return transaction_id(as_submitted(in_block, node.ledger.genesis_id, node.ledger.genesis_hash)["txn"])


def _logs(in_block: Tree, txid: str, app_id: int = 0) -> Iterator[Tree]:
    """The logs of a transaction and of its inner ones, under the outer id, the outer call first."""
    details = in_block.get("dt", {})
    app_id = in_block["txn"].get("apid") or in_block.get("apid", 0)
    if details.get("lg"):
        texts = [base64_text(go_string_bytes(log)) for log in details["lg"]]
        yield {"application-index": app_id, "logs": texts, "txId": txid}
    for inner in details.get("itx", ()):
        yield from _logs(inner, txid)


def _text_hashes(block: Tree) -> Tree:
    """Block hashes are text in JSON."""
    return {"prev": f"blk-{_base32(block['prev'])}"} if "prev" in block else {}


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode().rstrip("=")
