"""What pages can do beside the example month: built by the server, signed as a wallet would, sent by the server."""

import base64
from collections.abc import Iterator
from typing import Final

import httpx
import pytest
from algosdk import encoding

from gridpact.deployment import evidence_folder
from gridpact.evidence import sha256
from tests.portal.scene import EPOCH, Scene, finished
from tests.portal.test_server import post

REPORT: Final = b"The month's report"


@pytest.fixture
def client(scene: Scene, portal: str) -> Iterator[httpx.Client]:
    """A browser's requests; the month is over."""
    scene.at(finished)
    with httpx.Client(base_url=portal, timeout=60) as made:
        yield made


def done(client: httpx.Client, scene: Scene, wallet: str, action: str, **fields: object) -> str:
    """Do it as the page does; what the server told."""
    sender = scene.signs(wallet)
    code, built = post(client, f"/actions/{action}", {"sender": sender, **fields})
    assert code == 200, built
    groups = built["groups"]
    assert isinstance(groups, list)
    told: list[str] = []
    for group in groups:
        unsigned = [encoding.msgpack_decode(one) for one in group]
        signer = scene.connection.algorand.account.get_signer(sender)
        signed = signer.sign_transactions(unsigned, list(range(len(unsigned))))
        code, sent = post(client, "/submit", {"signed": [encoding.msgpack_encode(one) for one in signed]})
        assert (code, sent["state"]) == (200, "confirmed"), sent
        lines = sent["told"]
        assert isinstance(lines, list)
        told += lines
    return "\n".join(told)


def test_units_are_transferred(client: httpx.Client, scene: Scene) -> None:
    receiver = scene.address("HOLDER_2")
    revenue = scene.deployment.revenue
    before = revenue.holder(receiver).units
    assert "100 kW" in done(client, scene, "HOLDER_1", "transfer", receiver=receiver, kw="100")
    assert revenue.holder(receiver).units == before + 100_000
    code, refused = post(client, "/actions/sync", {"sender": receiver, "holder": receiver})
    assert (code, refused["groups"]) == (200, []), "nobody closed out"
    code, refused = post(
        client, "/actions/hand-out", {"sender": scene.address("OPERATOR"), "receiver": receiver, "kw": "1"}
    )
    assert (code, refused["name"]) == (409, "VaultHasTooFewUnits")


def test_credit_is_given_and_used_up(client: httpx.Client, scene: Scene) -> None:
    receiver, market = scene.address("CONSUMER_2"), scene.deployment.market
    before = market.account(receiver).available_wh
    done(client, scene, "PRODUCER", "give", receiver=receiver, amount_wh="700")
    assert market.account(receiver).available_wh == before + 700
    done(client, scene, "CONSUMER_2", "consume", amount_wh="1,000")
    assert market.account(receiver).available_wh == before - 300
    code, refused = post(client, "/actions/close-account", {"sender": receiver})
    assert code == 409
    assert refused["sentence"]


def test_grid_price_is_published_and_shown(client: httpx.Client, scene: Scene) -> None:
    done(client, scene, "OPERATOR", "grid-price", price="0.21")
    assert scene.deployment.market.state().grid_price == 21_000_000
    assert "The grid&#39;s price is 0.21 EUR/kWh" in client.get("/market").text.replace("'", "&#39;")


def test_restatement_says_what_mends_the_month(client: httpx.Client, scene: Scene) -> None:
    """The reason is kept once the chain names it, not before."""
    production, reason = scene.deployment.production, "meter-1 read 2 % high"
    ids = {one.label: str(one.meter_id) for one in production.meters()}
    fields = {"epoch": str(EPOCH), "meter": ids["meter-1"], "kwh": "44,118", "reason": reason}
    post(client, "/actions/restate", {"sender": scene.address("OPERATOR"), **fields})
    assert evidence_folder.find(scene.connection, sha256(reason.encode())) is None
    done(client, scene, "OPERATOR", "restate", **fields)
    assert evidence_folder.find(scene.connection, sha256(reason.encode())) == reason.encode()
    page = client.get("/console", params={"epoch": EPOCH}).text
    assert "February 2026 has a deficit of 882 kWh" in page
    assert "Invoice 1/202602 is over 75,000 kWh; its share of 124,118 kWh is 74,470 kWh: correct it by a credit" in page
    assert "Deposit 1 drew 140 kWh too much: give it back to the month." in page


def test_report_is_anchored_and_kept(client: httpx.Client, scene: Scene) -> None:
    told = done(client, scene, "OPERATOR", "anchor", epoch=str(EPOCH), report=base64.b64encode(REPORT).decode())
    assert sha256(REPORT).hex() in told
    assert evidence_folder.find(scene.connection, sha256(REPORT)) == REPORT
