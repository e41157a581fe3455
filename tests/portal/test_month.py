"""The example month through the pages: from an empty chain to claimed revenue."""

import pytest
from playwright.sync_api import Browser, expect

from gridpact.example.month import PLAN
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, READINGS, Scene, deployed


@pytest.mark.timeout(900)
def test_month_through_the_pages(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(deployed)
    treasury = scene.address("TREASURY")
    with Desk(browser, portal) as desk:
        desk.open("/production").connect("OPERATOR")
        desk.page.locator("#readings").set_input_files(READINGS)
        expect(desk.do("record")).to_contain_text("45,000 kWh")
        expect(desk.page.locator('[data-meter="meter-2"]')).to_contain_text("38,000")
        expect(desk.page.locator("#total")).to_have_text("125,000")
        desk.do("finalize", expected_kwh="125,000")
        expect(desk.page.get_by_text("is final: it takes no more readings")).to_be_visible()

        desk.open("/console")
        months = {"treasury": treasury, "first_epoch": str(EPOCH), "last_epoch": str(EPOCH)}
        desk.do("agree", buyer=scene.address("COMPANY_A"), price="0.12", **months)
        desk.do("agree", buyer=scene.address("COMPANY_B"), price="0.1", **months)
        expect(desk.page.locator("[data-agreement]")).to_have_count(2)
        form = desk.fill("allocate", kwh_1="75,000", kwh_2="60000")
        expect(form.locator("[data-remaining-wh]")).to_have_text("10,000 kWh too much.")
        desk.fill("allocate", kwh_2="30000")
        expect(form.locator("[data-remaining-wh]")).to_have_text("20,000 kWh remain after this.")
        desk.do("allocate")
        expect(desk.page.locator('[data-step="allocate"]')).to_have_attribute("data-done", "true")

    for number, buyer in enumerate(PLAN.buyers, 1):
        with Desk(browser, portal) as desk:
            desk.open(f"/buyer?address={scene.address(buyer.name)}").connect(buyer.name)
            desk.do("pay")
            expect(desk.invoice(f"{number}/{EPOCH}").locator(".status")).to_have_text("PAID")

    with Desk(browser, portal) as desk:
        desk.open("/console").connect("DEPLOYER")
        desk.do("bootstrap")
    for name, _ in PLAN.holders_kw:
        with Desk(browser, portal) as desk:
            desk.open("/holders").connect(name)
            desk.do("opt-in")
    with Desk(browser, portal) as desk:
        desk.open("/console").connect("OPERATOR")
        for name, kw in PLAN.holders_kw:
            desk.do("issue", holder=scene.address(name), kw=str(kw))
        desk.do("close-issuance")
        desk.do("deposit", amount="3000")
        expect(desk.page.locator('[data-step="deposit"]')).to_have_attribute("data-done", "true")
    for name, kw in PLAN.holders_kw:
        with Desk(browser, portal) as desk:
            desk.open(f"/holders?address={scene.address(name)}").connect(name)
            expect(desk.page.locator("#claimable")).to_have_text(f"{kw * 3:,} ALGO")
            desk.do("claim")
            expect(desk.page.locator("#claimable")).to_have_text("0 ALGO")

    month = scene.month()
    steps = list(month.steps())
    assert len(steps) > len(PLAN.buyers) + len(PLAN.holders_kw)
    assert [one for one in steps if one.steps] == [], "the demo finds nothing to do: the chain is as it leaves it"
    outcome = month.outcome()
    assert outcome.ledger.ppa_wh == 105_000_000
    assert outcome.ledger.vault_wh == 20_000_000
    assert [one.is_paid for one in outcome.invoices] == [True, True]
    assert outcome.total_microalgo == 15_000_000_000
    assert [one.paid_microalgo for one in outcome.holders] == [1_500_000_000, 900_000_000, 600_000_000]
    assert outcome.vault.owed_microalgo == 0
