"""What the pages ask a node for: nothing that any node lacks, and less where it can do less."""

import re
from http.server import BaseHTTPRequestHandler
from typing import ClassVar, Final
from urllib.parse import urlsplit

import httpx
import pytest

from tests.portal.scene import EPOCH, NEXT_EPOCH, Scene, furnished
from tests.portal.serving import served
from tests.portal.test_deeds import done
from tests.support.relay import Relay

ASKED: Final = {
    "GET /v2/status",
    "GET /v2/transactions/params",
    "GET /v2/blocks/N",
    "GET /v2/accounts/ADDRESS",
    "GET /v2/accounts/ADDRESS/assets/N",
    "GET /v2/applications/N",
    "GET /v2/applications/N/box",
    "GET /v2/applications/N/boxes",
    "GET /v2/transactions/pending/TXID",
    "POST /v2/transactions",
    "POST /v2/transactions/simulate",
}
"""All that pages and their deeds ask algod for. Each is one of a go-algorand node's: whoever adds one looks up how such
a node answers it."""


class PlainNode(Relay):
    """A node that gives the names of all boxes, and no values: it knows no pages, as older ones do."""

    protocol: ClassVar = "HTTP/1.1"

    def __init__(self, algod: str) -> None:
        self.asked: set[str] = set()
        super().__init__(algod)

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """See `Relay`."""
        path = urlsplit(request.path).path
        general = re.sub(r"(?<=/)\d+(?=/|$)", "N", path)
        general = re.sub(r"(?<=/)[A-Z2-7]{58}", "ADDRESS", general)
        general = re.sub(r"(?<=/pending/)[A-Z2-7]+", "TXID", general)
        self.asked.add(f"{request.command} {general}")
        if path.endswith("/boxes"):
            request.path = path
        self.reply(request, self.ask(request))


def test_pages_are_the_same_on_a_node_that_can_do_less(
    scene: Scene, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.at(furnished)
    buyer, holder, producer = (scene.address(name) for name in ("COMPANY_A", "HOLDER_1", "PRODUCER"))
    pages = (
        *(f"/production?epoch={EPOCH}", f"/console?epoch={NEXT_EPOCH}", f"/buyer?address={buyer}"),
        *(f"/market?address={producer}", f"/holders?address={holder}", f"/invoice/4/{NEXT_EPOCH}"),
    )
    direct = {page: content(portal, page) for page in pages}
    environment = scene.localnet.environment
    with PlainNode(f"{environment['ALGOD_SERVER']}:{environment['ALGOD_PORT']}") as node:
        monkeypatch.setenv("ALGOD_SERVER", "http://127.0.0.1")
        monkeypatch.setenv("ALGOD_PORT", str(node.port))
        with served() as address:
            assert {page: content(address, page) for page in pages} == direct
            with httpx.Client(base_url=address, timeout=60) as client:
                told = done(client, scene, "COMPANY_B", "charge-interest", invoices=[f"4/{NEXT_EPOCH}"])
            assert "Issued late interest" in told
    assert node.asked == ASKED


def content(portal: str, page: str) -> str:
    """What a page says, without what differs between two requests."""
    text = httpx.get(f"{portal}{page}", timeout=60).raise_for_status().text
    return re.sub(r"(?s)^.*(<main.*</main>).*$", r"\1", text)
