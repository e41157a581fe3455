"""Serves the portal."""

import uvicorn

from gridpact.portal.app import application
from gridpact.portal.site import Site

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def serve(host: str, port: int, network: str | None) -> None:
    """Serve until it is stopped.

    Args:
        host: the address to listen on.
        port: the port.
        network: the network that the node has to be on; None takes any.
    """
    hosts = [f"{name}:{port}" for name in {*LOOPBACK, host}]
    app = application(Site(network), hosts)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=1)
