"""The indexer's HTTP API (``/v2``) as an ASGI application."""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from localnet.engine.blocks import Tree
from localnet.engine.ledger import Ledger
from localnet.http import CorsRules, Router, json_response, service
from localnet.indexer import accounts, applications, assets, blocks, logs, search
from localnet.indexer.index import Index

TOKEN_HEADER = "X-Indexer-API-Token"
VERSION = "3.9.0"
"""The version of the Go indexer whose answers these are."""

Handler = Callable[[Index, Request], Tree]


def create_indexer_app(ledger: Ledger) -> ASGIApp:
    """The indexer over a ledger. It reads all blocks now and then follows each new one; it asks for no token."""
    index = Index(ledger)
    router = Router()
    for path, handler in _ROUTES:
        router.add("GET", path, _endpoint(index, handler))
    return service(router, CorsRules(TOKEN_HEADER))


def _endpoint(index: Index, handler: Handler) -> Callable[[Request], Any]:
    """An endpoint that answers off the event loop: reading state may wait for the ledger."""

    async def respond(request: Request) -> Response:
        return json_response(await run_in_threadpool(handler, index, request))

    return respond


def _health(index: Index, _request: Request) -> Tree:
    round_ = index.last_round
    return {
        "data": {"migration-required": False, "read-only-mode": True},
        "db-available": True,
        "is-migrating": False,
        "message": str(round_),
        "round": round_,
        "version": VERSION,
    }


_ROUTES: tuple[tuple[str, Handler], ...] = (
    ("/health", _health),
    ("/v2/accounts", accounts.search),
    ("/v2/accounts/{account-id}", accounts.lookup),
    ("/v2/accounts/{account-id}/apps-local-state", applications.search_local_states),
    ("/v2/accounts/{account-id}/assets", assets.search_holdings),
    ("/v2/accounts/{account-id}/created-applications", applications.search_created),
    ("/v2/accounts/{account-id}/created-assets", assets.search_created),
    ("/v2/accounts/{account-id}/transactions", search.search_account),
    ("/v2/applications", applications.search),
    ("/v2/applications/{application-id}", applications.lookup),
    ("/v2/applications/{application-id}/box", applications.lookup_box),
    ("/v2/applications/{application-id}/boxes", applications.search_boxes),
    ("/v2/applications/{application-id}/logs", logs.lookup),
    ("/v2/assets", assets.search),
    ("/v2/assets/{asset-id}", assets.lookup),
    ("/v2/assets/{asset-id}/balances", assets.search_balances),
    ("/v2/assets/{asset-id}/transactions", search.search_asset),
    ("/v2/block-headers", blocks.search_headers),
    ("/v2/blocks/{round-number}", blocks.lookup),
    ("/v2/transactions", search.search),
    ("/v2/transactions/{txid}", search.lookup),
)
