"""algod as one ASGI application."""

from starlette.types import ASGIApp

from localnet.algod import blocks, devmode, simulate, state, status, teal, transactions
from localnet.algod.node import Node
from localnet.engine.compiler import Compiler
from localnet.engine.simulation import Simulator
from localnet.http import CorsRules, Router, service

_TOKEN_HEADER = "X-Algo-API-Token"


def create_algod_app(node: Node, compiler: Compiler, simulator: Simulator) -> ASGIApp:
    """The API over one ledger."""
    router = Router(token_header=_TOKEN_HEADER, token=node.token, open_paths=status.OPEN_PATHS)
    for module in (status, transactions, state, blocks, devmode):
        module.add_routes(router, node)
    teal.add_routes(router, compiler)
    simulate.add_routes(router, node, simulator)
    return service(router, CorsRules(_TOKEN_HEADER))
