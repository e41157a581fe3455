"""PPA Buyer Portal in the browser: a buyer sees invoices and pays them with the LocalNet's wallet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request, expect

from gridpact.chain.assets import microalgo
from gridpact.portal.site import Kmd, wallets_of
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, invoiced


@pytest.fixture
def desk(scene: Scene, portal: str, browser: Browser) -> Iterator[Desk]:
    """Two invoices are open, and somebody sits down."""
    scene.at(invoiced)
    with Desk(browser, portal) as one:
        yield one


def test_invoice_card(scene: Scene, desk: Desk) -> None:
    desk.open(f"/buyer?address={scene.address('COMPANY_A')}")
    card = desk.invoice("1/202602")
    expect(card.get_by_role("heading")).to_have_text("Invoice - February 2026")
    shown = card.locator("dl").inner_text().split("\n")
    facts = dict(zip(shown[::2], shown[1::2], strict=False))
    assert facts["kWh Purchased"] == "75,000 kWh"
    assert facts["Price"] == "0.12 ALGO/kWh"
    assert facts["Total Due"] == "9,000 ALGO"
    assert facts["Due Date"] == "March 15, 2026"
    expect(card.get_by_role("button", name="Pay Now")).to_be_enabled()
    expect(desk.invoice("2/202602")).to_have_count(0)


def test_pay_now(scene: Scene, desk: Desk) -> None:
    treasury = scene.address("TREASURY")
    before = microalgo(scene.connection.algod, treasury)
    kmd = wallets_of(scene.connection)
    assert isinstance(kmd, Kmd)
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith(desk.address):
            sent.append(f"{request.url} {request.post_data or ''} {request.headers}")

    desk.page.on("request", note)
    desk.open(f"/buyer?address={scene.address('COMPANY_A')}").connect("COMPANY_A")
    card = desk.invoice("1/202602")
    card.get_by_role("button", name="Pay Now").click()
    expect(card.locator(".status")).to_have_text("PAID")
    expect(card.get_by_role("button", name="Pay Now")).to_have_count(0)
    done = desk.state("confirmed")
    expect(done).to_contain_text("Confirmed in round")
    held = scene.deployment.billing.invoice(1, EPOCH)
    assert held is not None
    assert held.is_paid
    assert microalgo(scene.connection.algod, treasury) == before + 9_000_000_000
    # What opens the wallet stays between the page and the wallet.
    assert any("/submit" in one for one in sent)
    assert not [one for one in sent if kmd.token in one or "wallet_handle" in one]
    desk.page.reload()
    desk.alive()
    expect(desk.state("confirmed")).to_contain_text("Confirmed in round")


def test_connect_shows_own_address(scene: Scene, desk: Desk) -> None:
    desk.open("/buyer").connect("COMPANY_B")
    expect(desk.page.locator("#address")).to_have_value(scene.address("COMPANY_B"))
    desk.page.get_by_role("button", name="Show invoices").click()
    expect(desk.alive().invoice("2/202602")).to_be_visible()
    desk.page.get_by_role("button", name="Disconnect").click()
    expect(desk.page.locator("#wallet-choice")).to_be_visible()
    desk.page.reload()
    expect(desk.alive().page.locator("#wallet-choice")).to_be_visible()
    assert desk.page.evaluate("Object.keys(localStorage).filter(one => one.includes('kmd'))") == []
