"""Notes, agreements and credits in the browser: what a buyer, the treasury and the operator do about them."""

import csv
import io
import re

import httpx
from playwright.sync_api import Browser, expect

from gridpact.billing.read import InvoiceId, NoteKind, NoteStatus
from gridpact.chain.assets import microalgo
from gridpact.contracts import ppa_config as cfg
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, NEXT_EPOCH, Scene, charged, corrected

CORRECTED = InvoiceId(3, EPOCH)


def statuses(scene: Scene) -> list[int]:
    """Where the notes on the corrected invoice stand."""
    return [one.status for one in scene.deployment.billing.notes(CORRECTED)]


def test_notes_are_settled_applied_and_issued(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(corrected)
    buyer, treasury = scene.address("COMPANY_A"), scene.address("TREASURY")
    held = microalgo(scene.connection.algod, treasury)

    with Desk(browser, portal) as desk:
        desk.open(f"/buyer?address={buyer}").connect("COMPANY_A")
        note = desk.page.locator(f'[data-note="{CORRECTED}-3"]')
        expect(note).to_contain_text("debit note")
        expect(desk.page.locator(f'[data-note="{CORRECTED}-1"]').get_by_role("button")).to_have_count(0)
        note.get_by_role("button", name="Pay the note").click()
        expect(desk.page.locator(f'[data-note="{CORRECTED}-3"]')).to_contain_text("SETTLED")
        assert microalgo(scene.connection.algod, treasury) == held + 40 * 50_000
        waiting = desk.page.locator('[data-agreement="4"]')
        expect(waiting).to_contain_text("Nothing is billed before you accept the terms.")
        waiting.get_by_role("button", name="Accept the terms").click()
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        expect(desk.page.locator('[data-agreement="4"]')).to_contain_text("Accepted on")
    assert statuses(scene) == [cfg.NOTE_OPEN, cfg.NOTE_OPEN, cfg.NOTE_SETTLED]
    accepted = scene.deployment.billing.agreement(4)
    assert accepted is not None
    assert accepted.accepted_ts > 0

    with Desk(browser, portal) as desk:
        desk.open(f"/console?epoch={EPOCH}").connect("TREASURY")
        row = desk.page.locator(f'[data-note="{CORRECTED}-1"]')
        expect(row.get_by_role("button", name="Set against")).to_be_disabled()
        row.get_by_role("button", name="Refund").click()
        expect(desk.page.locator(f'[data-note="{CORRECTED}-1"]')).to_contain_text("SETTLED")
        desk.page.get_by_role("button", name="Disconnect").click()
        desk.connect("OPERATOR")
        row = desk.page.locator(f'[data-note="{CORRECTED}-2"]')
        row.locator("select").select_option(str(NEXT_EPOCH))
        row.get_by_role("button", name="Set against").click()
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        expect(desk.page.locator(f'[data-note="{CORRECTED}-2"]')).to_contain_text("APPLIED, to March 2026")
        desk.do("correct", **{"invoices[]": str(CORRECTED), "kind": "2", "kwh": "10", "reason": "one day was missing"})
        expect(desk.page.locator(f'[data-note="{CORRECTED}-4"]')).to_contain_text("OPEN")
    assert statuses(scene) == [cfg.NOTE_SETTLED, cfg.NOTE_APPLIED, cfg.NOTE_SETTLED, cfg.NOTE_OPEN]
    assert microalgo(scene.connection.algod, treasury) < held + 40 * 50_000 - 100 * 50_000 + 1

    with Desk(browser, portal) as desk:
        desk.open(f"/buyer?address={buyer}").connect("COMPANY_A")
        card = desk.invoice(f"3/{NEXT_EPOCH}")
        expect(card).to_contain_text("47.5 ALGO")
        expect(card.locator(".checked")).to_contain_text("less credits of 2.5 ALGO: 47.5 ALGO.")
        card.get_by_role("button", name="Pay Now").click()
        expect(desk.invoice(f"3/{NEXT_EPOCH}").locator(".status")).to_have_text("PAID")


def test_charges_are_issued_released_and_voided(scene: Scene, portal: str, browser: Browser) -> None:
    """Anybody charges late interest where it is read; the operator does the rest in the console."""
    scene.at(charged)
    billing = scene.deployment.billing
    late = InvoiceId(4, NEXT_EPOCH)
    held = billing.invoice(*late)
    assert held is not None
    days = held.paid_ts // 86_400 - held.due_ts // 86_400
    with Desk(browser, portal) as desk:
        desk.open(f"/invoice/{late.agreement_id}/{NEXT_EPOCH}").connect("HOLDER_1")
        expect(desk.page.locator("#main")).to_contain_text(f"were paid {days:,} days late. At 8 % a year that is")
        asked = desk.page.locator("#activity-list")
        desk.page.get_by_role("button", name="Charge late interest").click()
        expect(asked).to_contain_text(f"charges the late interest of invoice {late} (PPA.issueInterest)")
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        expect(desk.page.locator(f'[data-note="{late}-1"]')).to_contain_text("late interest")
        expect(desk.page.get_by_role("button", name="Charge late interest")).to_have_count(0)

        desk.page.get_by_role("button", name="Disconnect").click()
        desk.open(f"/console?epoch={NEXT_EPOCH}").connect("OPERATOR")
        expect(desk.page.get_by_text("or all of it is charged")).to_be_visible()
        desk.do("bill-shortfall", kwh="150", reason="less than the minimum was taken")
        expect(desk.page.locator(f'[data-note="{late}-2"]')).to_contain_text("shortfall")
        desk.do("void-note", note=f"{late}/2", reason="force majeure")
        expect(desk.page.locator(f'[data-note="{late}-2"]')).to_contain_text("VOID")

        desk.open(f"/console?epoch={EPOCH}")
        row = desk.page.locator(f'[data-note="{CORRECTED}-2"]')
        row.get_by_role("button", name="Set against").click()
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        row.get_by_role("button", name="Release").click()
        desk.newest("review").get_by_role("button", name="Sign and send").click()
        expect(row.get_by_role("button", name="Set against")).to_be_visible()
    kept = [(one.what, one.kwh, one.amount, one.stands) for one in billing.notes(late)]
    interest = held.amount * 800 * days // 3_650_000
    assert interest > 0
    assert kept == [
        (NoteKind.INTEREST, 0, interest, NoteStatus.OPEN),
        (NoteKind.SHORTFALL, 150, 150 * held.price_per_kwh, NoteStatus.VOID),
    ]
    assert statuses(scene)[1] == cfg.NOTE_OPEN


def test_invoice_page(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(corrected)
    with Desk(browser, portal) as desk:
        desk.open(f"/invoice/1/{EPOCH}")
        expect(desk.page.locator(".checked")).to_have_text(
            "Checked: 3 readings add up to 125,000 kWh, of which 75,000 kWh are billed here; "
            "75,000 kWh × 0.12 ALGO/kWh = 9,000 ALGO."
        )
        paper = desk.page.pdf(format="A4")
        assert len(re.findall(rb"/Type /Page[\n /]", paper)) == 1
        desk.connect("COMPANY_A")
        desk.page.get_by_role("button", name="Pay Now").click()
        expect(desk.page.locator(".status")).to_have_text("PAID")


def test_invoice_as_pdf(scene: Scene, portal: str) -> None:
    scene.at(corrected)
    answer = httpx.get(f"{portal}/invoice/{CORRECTED.agreement_id}/{EPOCH}.pdf", timeout=60)
    assert answer.headers["content-type"] == "application/pdf"
    assert f"invoice-3-{EPOCH}.pdf" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 1
    missing = httpx.get(f"{portal}/invoice/9/{EPOCH}.pdf", timeout=60)
    assert missing.status_code == 409
    assert "There is no invoice 9/" in missing.text


def test_export_has_the_notes(scene: Scene, portal: str) -> None:
    scene.at(corrected)
    text = httpx.get(f"{portal}/invoices.csv", params={"address": scene.address("COMPANY_A")}, timeout=60).text
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["invoice"] == str(CORRECTED)]
    assert [(row["kind"], row["energy_kwh"], row["amount"], row["to_pay"]) for row in rows] == [
        ("invoice", "1000", "50", "0"),
        ("credit note", "-100", "-5", "-5"),
        ("credit note", "-50", "-2.5", "-2.5"),
        ("debit note", "40", "2", "2"),
    ]
