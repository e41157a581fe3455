"""What holds for every page: it can be used by keyboard, on a phone, with a screen reader, and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from gridpact.billing.invoices import pay
from gridpact.history.place import lists_of
from gridpact.portal.app import PAGES
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, deployed, finished, furnished, invoiced, two_months

AXE = (Path(__file__).parents[2] / "portal" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def desk(scene: Scene, portal: str, browser: Browser) -> Iterator[Desk]:
    """The example month is over, its market too, and somebody sits down."""
    scene.at(finished)
    with Desk(browser, portal) as one:
        yield one


def address_of(scene: Scene, path: str) -> str:
    """A page with something on it."""
    people = {"/buyer": "COMPANY_A", "/market": "CONSUMER_1", "/holders": "HOLDER_1"}
    return f"{path}?address={scene.address(people[path])}" if path in people else path


@pytest.mark.parametrize("path", [*sorted(PAGES), f"/invoice/3/{EPOCH}", f"/receipt/3/{EPOCH}"])
def test_page_can_be_used_by_everybody(scene: Scene, portal: str, browser: Browser, path: str) -> None:
    """Axe finds nothing in light and in dark, the keyboard reaches every control, and a phone is wide enough."""
    scene.at(furnished)
    with Desk(browser, portal) as desk:
        desk.page.emulate_media(color_scheme="light")
        desk.open(address_of(scene, path))
        reached(desk)
        desk.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        desk.page.evaluate(AXE)
        for scheme in ("light", "dark"):
            # A colour that is on its way to another one has no contrast of its own.
            desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            found = desk.page.evaluate("axe.run({resultTypes: ['violations']})")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], scheme
        desk.page.set_viewport_size({"width": 360, "height": 740})
        assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def reached(desk: Desk) -> None:
    """Each control is reached by the keyboard."""
    reachable = (
        "[...document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), select, summary')]"
        ".filter(one => one.checkVisibility() && one.offsetParent !== null)"
    )
    wanted = desk.page.evaluate(f"{reachable}.length")
    assert wanted > 5
    desk.page.evaluate(f"{reachable}.forEach((one, index) => one.dataset.reach = String(index))")
    seen: set[str] = set()
    for _ in range(4 * wanted + 40):
        desk.page.keyboard.press("Tab")
        seen.add(str(desk.page.evaluate("document.activeElement?.dataset.reach ?? ''")))
        if len(seen - {""}) == wanted:
            return
    assert not {str(number) for number in range(wanted)} - seen


def test_pay_by_keyboard_only(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(invoiced)
    with Desk(browser, portal) as desk:
        desk.open(f"/buyer?address={scene.address('COMPANY_A')}")
        choice = desk.page.locator("#wallet-choice")
        choice.focus()
        for _ in range(20):
            if choice.evaluate("one => one.value") == "COMPANY_A":
                break
            desk.page.keyboard.press("ArrowDown")
        desk.page.keyboard.press("Tab")
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator("#wallet-name")).to_have_text("COMPANY_A")
        desk.invoice("1/202602").get_by_role("button", name="Pay Now").focus()
        desk.page.keyboard.press("Enter")
        expect(desk.invoice("1/202602").locator(".status")).to_have_text("PAID")


def test_what_is_unfolded_stays_so_when_the_page_is_read_anew(scene: Scene, portal: str, browser: Browser) -> None:
    """Also what is unfolded while the answer is on its way."""
    scene.at(invoiced)
    with Desk(browser, portal) as desk:
        desk.open(f"/console?epoch={EPOCH}")
        desk.page.get_by_text("Create an agreement").click()
        waiting: list[Route] = []
        desk.page.route("**/console?*", lambda route: waiting.append(route))
        with desk.page.expect_request("**/console?*"):
            buyer = scene.signs("COMPANY_A")
            pay(scene.deployment.billing, [(1, EPOCH)], buyer).send()
        desk.page.get_by_text("End an agreement").click()
        for one in waiting:
            one.continue_()
        desk.page.unroute("**/console?*")
        expect(desk.page.locator(f'[data-invoice="1/{EPOCH}"]')).to_contain_text("PAID")
        unfolded = desk.page.locator("details[open] > summary")
        expect(unfolded).to_have_text(["Create an agreement", "End an agreement"])
        expect(desk.page.locator("details", has_text="Void an unpaid invoice")).not_to_have_attribute("open", "")


def test_invoice_prints_on_one_page(scene: Scene, desk: Desk) -> None:
    desk.open(address_of(scene, "/buyer"))
    document = desk.page.pdf(format="A4", print_background=False)
    assert document.count(b"/Type /Page\n") + document.count(b"/Type /Page ") + document.count(b"/Type /Page/") == 1


def test_typed_form_survives_connecting(scene: Scene, desk: Desk) -> None:
    desk.open("/market")
    desk.fill("offer", amount_wh="1500", price="0.15")
    desk.connect("PRODUCER")
    form = desk.page.locator('form[data-action="/actions/offer"]')
    expect(form.locator('[name="amount_wh"]')).to_have_value("1500")
    expect(form.locator('[name="price"]')).to_have_value("0.15")
    expect(desk.page.locator("#address")).to_have_value(scene.address("PRODUCER"))


def test_copy_without_clipboard(scene: Scene, desk: Desk) -> None:
    desk.open(address_of(scene, "/buyer"))
    desk.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    desk.page.get_by_role("button", name="Copy treasury").first.click()
    field = desk.page.get_by_label("Text to copy")
    expect(field).to_have_value(scene.address("TREASURY"))
    expect(desk.page.locator("#said")).to_contain_text("Ctrl+C")


def test_offer_and_cancel(scene: Scene, desk: Desk) -> None:
    producer = scene.address("PRODUCER")
    desk.open(f"/market?address={producer}").connect("PRODUCER")
    expect(desk.page.locator("#available")).to_have_text("2 kWh")
    desk.do("offer", amount_wh="1500", price="0.15", expiry="2036-01-01T12:00")
    expect(desk.page.locator("#available")).to_have_text("0.5 kWh")
    row = desk.page.locator("[data-offer^=sell]", has_text="ACTIVE").first
    expect(row).to_contain_text("January 1, 2036, 12:00:00 UTC")
    row.get_by_role("button", name="Cancel").click()
    desk.newest("confirmed")
    expect(desk.page.locator("#available")).to_have_text("2 kWh")


def test_trading_terms(scene: Scene, desk: Desk) -> None:
    consumer = scene.address("CONSUMER_1")
    desk.open(f"/market?address={consumer}").connect("CONSUMER_1")
    desk.do("terms", max_buy_price="0.2", buy_wh="700")
    assert scene.deployment.market.account(consumer).terms.buy_wh == 700
    assert scene.deployment.market.account(consumer).terms.max_buy_price == 20_000_000


def test_pause_and_unpause(scene: Scene, desk: Desk) -> None:
    desk.open("/console").connect("DEPLOYER")
    desk.do("pause")
    expect(desk.page.get_by_text("Paused: recording, allocation")).to_be_visible()
    desk.do("unpause")
    expect(desk.page.get_by_text("Paused: recording, allocation")).to_have_count(0)


def test_typed_readings(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(deployed)
    with Desk(browser, portal) as desk:
        desk.open("/production?epoch=202602").connect("OPERATOR")
        form = desk.page.locator('form[data-action="/actions/record-typed"]')
        form.get_by_label("Another meter").fill("meter-9")
        form.get_by_label("Energy of the other meter").fill("1,234.5")
        done = desk.do("record-typed", quality="estimated")
        expect(done).to_contain_text("1,234.5 kWh")
        expect(desk.page.locator('[data-meter="meter-9"]')).to_contain_text("estimated")
    ledger = scene.deployment.production.ledger(202602)
    assert ledger is not None
    assert ledger.recorded_wh == 1_234_500


def test_file_with_errors_is_told_by_line(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(deployed)
    with Desk(browser, portal) as desk:
        desk.open("/production").connect("OPERATOR")
        content = b"meter_id,interval_start,energy_wh\nm,2026-02-01T00:00:00Z,-5\n"
        file = {"name": "wrong.csv", "mimeType": "text/csv", "buffer": content}
        desk.page.locator("#readings").set_input_files(file)  # type: ignore[arg-type]
        desk.expected.append("409")
        desk.page.locator('form[data-action="/actions/record"] button[type=submit]').click()
        expect(desk.newest("refused")).to_contain_text("line 2")


def test_pay_several_at_once(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(two_months)
    buyer = scene.address("COMPANY_A")
    with Desk(browser, portal) as desk:
        desk.open(f"/buyer?address={buyer}").connect("COMPANY_A")
        desk.page.get_by_text("Pay several at once").click()
        form = desk.page.locator("form[data-action='/actions/pay']", has_text="Pay the chosen")
        for box in form.get_by_role("checkbox").all():
            box.check()
        form.get_by_role("button", name="Pay the chosen").click()
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        desk.newest("confirmed")
        expect(desk.page.locator(".status", has_text="PAID")).to_have_count(2)
    paid = scene.deployment.billing.invoices()
    assert len({one.paid_round for one in paid if one.buyer == buyer}) == 1, "one atomic group"


def test_receipt_and_export(scene: Scene, desk: Desk) -> None:
    desk.open(address_of(scene, "/buyer"))
    expect(desk.invoice("1/202602").locator(".checked")).to_have_text(
        "Checked: 75,000 kWh × 0.12 ALGO/kWh = 9,000 ALGO."
    )
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="All invoices and notes as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("1/202602,202602,75000,0.12,9000,ALGO,2026-03-15T23:59:59.000Z,PAID,")
    desk.page.get_by_role("link", name="Receipt").click()
    payment = lists_of(scene.deployment).payments(invoice=(1, 202602))[0]
    expect(desk.alive().page.get_by_text(payment.txid)).to_be_visible()
    expect(desk.page.get_by_text("9,000 ALGO")).to_be_visible()
