"""Production Recording in the browser: a file is looked at, doubted, recorded and drawn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, expect

from gridpact.production.read import Quality
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, READINGS, Scene, corrected
from tests.portal.test_pages import AXE

APRIL = 202604


def april() -> FilePayload:
    """A month of one meter: estimated, far below the last one, with one value that can hardly be right."""
    first = datetime(2026, 4, 1, 5, tzinfo=UTC)
    hours = [first + timedelta(hours=hour) for hour in range(30 * 24)]
    values = [500_000 if at == 100 else 500 for at in range(len(hours))]
    rows = [
        f"meter-1,{(hour - timedelta(hours=5)):%Y-%m-%dT%H:%M:%S}-05:00,{wh},estimated"
        for hour, wh in zip(hours, values, strict=True)
    ]
    content = "\n".join(["meter_id,interval_start,energy_wh,quality", *rows]).encode()
    return {"name": "april.csv", "mimeType": "text/csv", "buffer": content}


def test_file_on_chain_is_drawn(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(corrected)
    with Desk(browser, portal) as desk:
        desk.open(f"/production?epoch={EPOCH}")
        desk.page.locator("#readings").set_input_files(READINGS)
        desk.page.get_by_role("button", name="Check the file").click()
        looked = desk.page.locator("#looked")
        expect(looked.locator("[data-read]")).to_have_count(3)
        expect(looked.get_by_text("This file’s hash is recorded.")).to_have_count(3)
        expect(looked).to_be_focused()
        parts = looked.locator("svg.columns rect")
        assert parts.count() == 3 * 28
        looked.get_by_text("The figures of each day").click()
        expect(looked.locator("tbody").last.locator("tr")).to_have_count(28)
        desk.page.evaluate(AXE)
        found = desk.page.evaluate("axe.run('#looked', {resultTypes: ['violations']})")
        assert [one["id"] for one in found["violations"]] == []
        desk.page.set_viewport_size({"width": 360, "height": 740})
        assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_doubtful_file_is_recorded_for_a_reason(scene: Scene, portal: str, browser: Browser, tmp_path: Path) -> None:
    scene.at(corrected)
    with Desk(browser, portal) as desk:
        desk.expected.append("409")
        desk.open(f"/production?epoch={APRIL}").connect("OPERATOR")
        desk.page.locator("#readings").set_input_files(april())
        desk.page.get_by_role("button", name="Check the file").click()
        looked = desk.page.locator("#looked")
        expect(looked).to_contain_text("meter-2 is missing")
        expect(looked).to_contain_text("meter-1 is estimated.")
        expect(looked).to_contain_text("meter-1 has 859.5 kWh, far from last month's 10,000 kWh.")
        expect(looked.locator(".doubts")).to_contain_text("line 102")
        desk.page.locator('form[data-action="/actions/record"] button[type=submit]').click()
        expect(desk.newest("refused")).to_contain_text("give the reason why the figures are right")
        desk.do("record", accept="a storm, says the weather station")
        expect(desk.page.locator('[data-meter="meter-1"]')).to_contain_text("859.5")

        form = desk.page.locator('form[data-action="/actions/finalize"]')
        for name in ("meter-2", "meter-3"):
            form.get_by_label(name).check()
        desk.do("finalize")
        expect(desk.page.get_by_text("is final: it takes no more readings")).to_be_visible()
    readings = {one.meter_id: one for one in scene.deployment.production.readings(APRIL)}
    assert [(one.net_wh, one.quality) for one in readings.values()] == [
        (859_500, Quality.ESTIMATED),
        (0, Quality.SUBSTITUTED),
        (0, Quality.SUBSTITUTED),
    ]
