"""The portal's server: who may ask it, what it lets a page do, and what it answers where something is wrong."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from markupsafe import escape

from gridpact.chain.connection import connect
from gridpact.portal.app import PAGES
from gridpact.portal.guard import MOST_BYTES
from gridpact.portal.site import Kmd, PublicWallets, Site, wallets_of
from gridpact.portal.static import manifest
from tests.portal.scene import Scene, invoiced
from tests.portal.serving import served


@pytest.fixture
def client(scene: Scene, portal: str) -> Iterator[httpx.Client]:
    """A browser's requests, two invoices being open."""
    scene.at(invoiced)
    with httpx.Client(base_url=portal, timeout=60) as made:
        yield made


def token(client: httpx.Client) -> str:
    """The token of a page."""
    return str(config(client.get("/buyer").text)["token"])


def config(page: str) -> dict[str, object]:
    """What a page tells its script."""
    found = re.search(r'<script type="application/json" id="portal">(.*?)</script>', page)
    assert found is not None
    document: dict[str, object] = json.loads(found[1])
    return document


def post(client: httpx.Client, path: str, body: object, **headers: str) -> tuple[int, dict[str, object]]:
    """What the page's script posts."""
    own = {"Origin": str(client.base_url), "X-CSRF-Token": token(client)}
    answer = client.post(path, json=body, headers={name: value for name, value in (own | headers).items() if value})
    document: dict[str, object] = answer.json()
    return answer.status_code, document


@pytest.mark.parametrize("path", sorted(PAGES))
def test_page_answers_with_strict_policy(client: httpx.Client, scene: Scene, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    kmd = wallets_of(scene.connection)
    assert isinstance(kmd, Kmd)
    assert f"connect-src 'self' {kmd.url}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text
    assert not re.search(r"\son[a-z]+=", answer.text)
    assert not re.search(r'\sstyle="', answer.text)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "localhost", "localhost:1", "127.0.0.1"])
def test_foreign_host_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/buyer", headers={"Host": host})
    assert answer.status_code == 403
    assert "Invoice" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9090"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/actions/pay", "/looks/readings", "/submit"])
def test_post_of_another_site_is_refused(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    code, document = post(client, path, {}, **headers)
    assert code == 403
    assert document["name"] in ("ForeignOrigin", "StalePage")


def test_token_of_another_browser_is_refused(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url, timeout=60) as other:
        foreign = token(other)
    code, document = post(client, "/submit", {}, **{"X-CSRF-Token": foreign})
    assert (code, document["name"]) == (403, "StalePage")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_input_is_shown_as_text(client: httpx.Client, text: str) -> None:
    page = client.get("/buyer", params={"address": text}).text
    assert f'value="{escape(text)}"' in page
    assert "is not an Algorand address" in page
    assert "<script>alert" not in page
    assert "<img" not in page


def test_names_in_a_file_are_shown_as_text(client: httpx.Client) -> None:
    lines = [f"<b>roof</b>,2026-02-{day:02}T{hour:02}:00:00Z,1" for day in range(1, 29) for hour in range(24)]
    content = "\n".join(["meter_id,interval_start,energy_wh", *lines]).encode()
    code, document = post(client, "/looks/readings", {"file": base64.b64encode(content).decode(), "register": "yes"})
    assert code == 200
    html = str(document["html"])
    assert "&lt;b&gt;roof&lt;/b&gt;" in html
    assert "<b>" not in html


def test_upload_above_the_limit_is_refused(client: httpx.Client) -> None:
    code, document = post(client, "/submit", {"signed": ["A" * MOST_BYTES]})
    assert (code, document["name"]) == (413, "TooMuch")


@pytest.mark.parametrize("signed", [None, [], ["AAAA"], "text", [1], ["!"] * 17, [base64.b64encode(b"\x80").decode()]])
def test_submit_what_is_no_signed_group(client: httpx.Client, signed: object) -> None:
    code, document = post(client, "/submit", {"signed": signed})
    assert (code, document["name"]) == (409, "NotSignedGroup")


def test_submit_unsigned_group(client: httpx.Client, scene: Scene) -> None:
    body = {"invoices": ["1/202602"], "sender": scene.address("COMPANY_A")}
    _, built = post(client, "/actions/pay", body)
    groups = built["groups"]
    assert isinstance(groups, list)
    code, document = post(client, "/submit", {"signed": groups[0]})
    assert (code, document["name"]) == (409, "NotSignedGroup")


def test_pay_of_another_account(client: httpx.Client, scene: Scene) -> None:
    body = {"invoices": ["1/202602"], "sender": scene.address("COMPANY_B")}
    code, document = post(client, "/actions/pay", body)
    assert (code, document["name"]) == (409, "NotTheBuyer")
    assert str(document["advice"]).startswith("Connect the wallet that holds ")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "FieldMissing"),
        ({"sender": "me"}, "NotAnAddress"),
        ({"invoices": ["1/x"]}, "NotWhole"),
        ({"invoices": ["9/202602"]}, "InvoiceNotFound"),
        ({"invoices": "1/202602"}, "FieldMissing"),
    ],
)
def test_pay_with_wrong_fields(client: httpx.Client, scene: Scene, body: dict[str, object], name: str) -> None:
    sender = {} if name in ("FieldMissing",) and not body else {"sender": scene.address("COMPANY_A")}
    code, document = post(client, "/actions/pay", sender | body)
    assert (code, document["name"]) == (409, name)
    assert document["sentence"]
    assert document["advice"]


def test_unknown_action(client: httpx.Client, scene: Scene) -> None:
    code, document = post(client, "/actions/rob", {"sender": scene.address("COMPANY_A")})
    assert (code, document["name"]) == (409, "UnknownAction")


def test_unknown_page(client: httpx.Client) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page /nowhere." in answer.text


def test_node_is_down(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.at(invoiced)
    monkeypatch.setenv("ALGOD_PORT", "1")
    with served() as fresh:
        answer = httpx.get(f"{fresh}/buyer", timeout=60)
    assert answer.status_code == 503
    assert "No node answers" in answer.text
    assert "python -m localnet start" in answer.text


def test_other_network_than_named(scene: Scene) -> None:
    scene.at(invoiced)
    with served(Site("testnet")) as fresh:
        answer = httpx.get(f"{fresh}/buyer", timeout=60)
    assert answer.status_code == 409
    assert "The portal was started for testnet, but the node at" in answer.text
    assert "is on localnet" in answer.text


def test_reset_is_noticed(client: httpx.Client, scene: Scene) -> None:
    buyer = scene.address("COMPANY_A")
    assert "Pay Now" in client.get("/buyer", params={"address": buyer}).text
    scene.localnet.reset()
    answer = client.get("/buyer", params={"address": buyer})
    assert answer.status_code == 409
    assert "gridpact deploy" in answer.text


def test_static_files_are_kept_and_compressed(client: httpx.Client) -> None:
    page = client.get("/buyer").text
    names = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(names) == 4 + len(manifest().shared)
    for name in names:
        answer = client.get(name, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
        plain = client.get(name, headers={"Accept-Encoding": "identity"})
        assert plain.content == answer.content
    assert client.get("/static/manifest.json").status_code == 404


def test_scripts_are_small(client: httpx.Client) -> None:
    page = client.get("/buyer").text
    total = 0
    for name in re.findall(r'(?:src|rel="modulepreload" href)="(/static/[^"]+)"', page):
        with client.stream("GET", name, headers={"Accept-Encoding": "gzip"}) as answer:
            total += sum(len(part) for part in answer.iter_raw())
    assert total <= 150_000, "compressed, without the lazy wallets"


def test_no_wallet_of_a_localnet_elsewhere(scene: Scene) -> None:
    connection = connect()
    assert isinstance(wallets_of(connection), Kmd)
    assert wallets_of(replace(connection, network="mainnet")) == PublicWallets("mainnet")
    assert wallets_of(replace(connection, network="betanet")) is None
