"""An application's logs: of calls from outside and of calls from inside other transactions."""

from dataclasses import replace

from starlette.requests import Request

from localnet.algod.formats import base64_text, go_string_bytes
from localnet.engine.blocks import Tree
from localnet.indexer import params
from localnet.indexer.index import Index, Row
from localnet.indexer.search import find, parse
from localnet.indexer.values import present

_SHARED_WITH_SEARCH = ("limit", "max-round", "min-round", "next", "txid")


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/applications/{application-id}/logs``."""
    app_id = params.path_id(request, "application-id")
    asked = request.query_params
    query = {name: asked[name] for name in _SHARED_WITH_SEARCH if name in asked}
    query["application-id"] = str(app_id)
    if "sender-address" in asked:
        query["address"] = asked["sender-address"]
    found = parse(query)
    role_fields = frozenset() if found.address is None else frozenset(["snd"])
    wanted = replace(found, role_fields=role_fields, with_logs=True, inner_alone=True)
    current_round = index.last_round
    page = find(index, wanted)
    return present(
        {
            "application-id": app_id,
            "current-round": current_round,
            "log-data": [_entry(row) for row in page.rows] or None,
            "next-token": page.next_token,
        }
    )


def _entry(row: Row) -> Tree:
    return {"logs": [base64_text(go_string_bytes(log)) for log in row.signed["dt"]["lg"]], "txid": row.txid}
