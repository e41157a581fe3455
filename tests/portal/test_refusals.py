"""What a buyer is told where something is wrong; nothing is ever paid by it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import msgpack
import pytest
from algokit_utils import AlgoAmount, PaymentParams
from playwright.sync_api import Browser, Route, expect

from gridpact.billing.invoices import pay
from gridpact.chain.assets import microalgo
from gridpact.chain.keys import ensure_wallet_account, wallet_account
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, invoiced

INVOICE = f"1/{EPOCH}"


@pytest.fixture
def desk(scene: Scene, portal: str, browser: Browser) -> Iterator[Desk]:
    """Two invoices are open, and somebody sits down."""
    scene.at(invoiced)
    with Desk(browser, portal) as one:
        yield one


def is_paid(scene: Scene) -> bool:
    """Whether the chain says that the first invoice is paid."""
    held = scene.deployment.billing.invoice(1, EPOCH)
    assert held is not None
    return held.is_paid


def at_the_counter(scene: Scene, desk: Desk) -> Desk:
    """The buyer sees the invoice, connected."""
    return desk.open(f"/buyer?address={scene.address('COMPANY_A')}").connect("COMPANY_A")


def press(desk: Desk) -> None:
    """Click Pay Now."""
    desk.invoice(INVOICE).get_by_role("button", name="Pay Now").click()


def test_without_a_wallet(scene: Scene, desk: Desk) -> None:
    desk.open(f"/buyer?address={scene.address('COMPANY_A')}")
    press(desk)
    told = desk.newest("refused")
    expect(told).to_contain_text("No wallet is connected.")
    expect(told).to_contain_text("Connect a wallet at the top of the page.")
    assert not is_paid(scene)


def test_wallet_without_the_account(scene: Scene, desk: Desk) -> None:
    desk.open(f"/buyer?address={scene.address('COMPANY_A')}").connect("COMPANY_B")
    card = desk.invoice(INVOICE)
    expect(card.get_by_role("button", name="Pay Now")).to_be_disabled()
    expect(card.locator(".why")).to_contain_text("Your wallet has no account")
    assert not is_paid(scene)


def test_connected_as_another_account(scene: Scene, desk: Desk) -> None:
    kmd = scene.connection.algorand.client.kmd
    wallet_id = next(one["id"] for one in kmd.list_wallets() if one["name"] == "COMPANY_A")
    handle = kmd.init_wallet_handle(wallet_id, "")
    other = kmd.generate_key(handle)
    try:
        at_the_counter(scene, desk)
        desk.page.locator("#account").select_option(other)
        card = desk.invoice(INVOICE)
        expect(card.get_by_role("button", name="Pay Now")).to_be_disabled()
        expect(card.locator(".why")).to_contain_text("Only ")
        desk.page.locator("#account").select_option(scene.address("COMPANY_A"))
        expect(card.get_by_role("button", name="Pay Now")).to_be_enabled()
        expect(card.locator(".why")).to_have_text("")
    finally:
        kmd.delete_key(handle, "", other)
        kmd.release_wallet_handle(handle)


@pytest.mark.parametrize("place", ["receiver", "amount", "argument"])
def test_changed_between_server_and_wallet(scene: Scene, desk: Desk, place: str) -> None:
    def change(route: Route) -> None:
        answer = route.fetch()
        document = answer.json()
        document["groups"][0] = changed(document["groups"][0], place)
        route.fulfill(response=answer, json=document)

    signatures: list[str] = []
    at_the_counter(scene, desk)
    desk.page.route("**/actions/pay", change)
    desk.page.on("request", lambda one: signatures.append(one.url) if one.url.endswith("/transaction/sign") else None)
    press(desk)
    told = desk.newest("refused")
    expect(told).to_contain_text("What came to be signed is not what the page has shown")
    expect(told).to_contain_text("The wallet was not asked, and nothing was sent.")
    assert signatures == []
    assert not is_paid(scene)


def changed(group: list[str], place: str) -> list[str]:
    """The group with one byte of one transaction changed."""
    payment, call = (msgpack.unpackb(base64.b64decode(one), raw=False, strict_map_key=False) for one in group)
    fields: dict[str, Any] = {"receiver": payment, "amount": payment, "argument": call}[place]
    if place == "amount":
        fields["amt"] ^= 1
    elif place == "receiver":
        fields["rcv"] = bytes([fields["rcv"][0] ^ 1]) + fields["rcv"][1:]
    else:
        fields["apaa"][1] = fields["apaa"][1][:-1] + bytes([fields["apaa"][1][-1] ^ 1])
    packed = (msgpack.packb(one, use_bin_type=True) for one in (payment, call))
    return [base64.b64encode(one).decode() for one in packed]


def test_paid_meanwhile(scene: Scene, desk: Desk) -> None:
    account = wallet_account(scene.connection, "COMPANY_A")
    assert account is not None
    # Nothing tells the page that the chain went on: it still shows the button.
    desk.page.route("**/live", lambda route: route.abort())
    desk.expected.append("ERR_FAILED")
    at_the_counter(scene, desk)
    scene.connection.algorand.account.set_signer_from_account(account)
    pay(scene.deployment.billing, [(1, EPOCH)]).send()
    press(desk)
    expect(desk.newest("done")).to_contain_text("was paid on")
    card = desk.invoice(INVOICE)
    expect(card.locator(".status")).to_have_text("PAID")
    expect(card.get_by_role("link", name="Receipt")).to_be_visible()
    expect(card.get_by_role("button", name="Pay Now")).to_have_count(0)


def test_double_click_pays_once(scene: Scene, desk: Desk) -> None:
    treasury = scene.address("TREASURY")
    before = microalgo(scene.connection.algod, treasury)
    at_the_counter(scene, desk)
    desk.invoice(INVOICE).get_by_role("button", name="Pay Now").dblclick()
    expect(desk.invoice(INVOICE).locator(".status")).to_have_text("PAID")
    assert microalgo(scene.connection.algod, treasury) == before + 9_000_000_000
    expect(desk.page.locator("#activity-list > article")).to_have_count(1)


def test_wallet_that_signs_only_part(scene: Scene, desk: Desk) -> None:
    asked: list[str] = []

    def fail_second(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 2:
            route.fulfill(status=400, json={"error": True, "message": "key does not exist in this wallet"})
        else:
            route.continue_()

    at_the_counter(scene, desk)
    desk.expected.append("400")
    desk.page.route("**/v1/transaction/sign", fail_second)
    press(desk)
    told = desk.newest("refused")
    expect(told).to_contain_text("The wallet has not signed: key does not exist in this wallet.")
    expect(told).to_contain_text("Nothing was sent.")
    assert not is_paid(scene)
    desk.page.unroute("**/v1/transaction/sign")
    told.get_by_role("button", name="Try again").click()
    expect(desk.invoice(INVOICE).locator(".status")).to_have_text("PAID")


def test_too_little_money(scene: Scene, desk: Desk) -> None:
    account = wallet_account(scene.connection, "COMPANY_A")
    assert account is not None
    scene.connection.algorand.account.set_signer_from_account(account)
    gone = PaymentParams(sender=account.address, receiver=scene.address("OPERATOR"), amount=AlgoAmount.from_algo(5_000))
    scene.connection.algorand.send.payment(gone)
    at_the_counter(scene, desk)
    desk.expected.append("409")
    press(desk)
    told = desk.newest("refused")
    expect(told).to_contain_text("9,000 ALGO")
    expect(told).to_contain_text("Send at least")


def test_wallet_state_survives_no_disconnect(scene: Scene, desk: Desk) -> None:
    at_the_counter(scene, desk)
    desk.page.get_by_role("button", name="Disconnect").click()
    expect(desk.page.locator("#wallet-choice")).to_be_visible()
    kept = json.loads(desk.page.evaluate("JSON.stringify(localStorage)"))
    assert scene.address("COMPANY_A") not in json.dumps(kept)


def test_localnet_down_and_up_again(scene: Scene, desk: Desk) -> None:
    at_the_counter(scene, desk)
    desk.expected += ["503", "ERR_CONNECTION", "Failed to load"]
    ports, folder = scene.localnet.ports, scene.localnet.data_dir
    scene.localnet.stop()
    try:
        press(desk)
        told = desk.newest("refused")
        expect(told).to_contain_text("No node answers")
        expect(desk.page.locator("#chain-said")).to_contain_text("No node answers")
    finally:
        scene.revive(folder, ports)
    expect(desk.page.locator("#chain-said")).to_have_text("")
    desk.newest("refused").get_by_role("button", name="Try again").click()
    expect(desk.invoice(INVOICE).locator(".status")).to_have_text("PAID")


def test_localnet_reset(scene: Scene, desk: Desk) -> None:
    at_the_counter(scene, desk)
    desk.expected += ["409", "Failed to load"]
    scene.localnet.reset()
    expect(desk.page.get_by_text("gridpact deploy")).to_be_visible()
    scene.at(invoiced)
    ensure_wallet_account(scene.connection, "COMPANY_A")
    desk.open(f"/buyer?address={scene.address('COMPANY_A')}")
    expect(desk.invoice(INVOICE)).to_be_visible()
