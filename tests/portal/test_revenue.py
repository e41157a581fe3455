"""Net revenue in an asset, in the browser: accepted, deposited with price and evidence, and claimed."""

from algokit_utils import AssetCreateParams
from playwright.sync_api import Browser, expect

from gridpact.chain.assets import holding
from gridpact.evidence import sha256
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, finished

STATEMENT = b"Sold on the exchange: 3,000 kWh"


def test_revenue_in_an_asset(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(finished)
    operator, holder = scene.signs("OPERATOR"), scene.address("HOLDER_1")
    wanted = AssetCreateParams(sender=operator, total=10**15, decimals=6, unit_name="DOLLAR")
    asset_id = int(scene.connection.algorand.send.asset_create(wanted).asset_id)

    with Desk(browser, portal) as desk:
        desk.open(f"/console?epoch={EPOCH}").connect("OPERATOR")
        desk.do("accept-asset", asset=str(asset_id))
        form = desk.page.locator('form[data-action="/actions/deposit"]')
        expect(form.locator("option")).to_have_count(2)
        statement = {"name": "statement.txt", "mimeType": "text/plain", "buffer": STATEMENT}
        form.locator('[name="evidence"]').set_input_files(statement)  # type: ignore[arg-type]
        desk.do("deposit", asset=str(asset_id), amount="450", price="0.15", kwh="0")
        expect(desk.page.locator('[data-step="deposit"]')).to_contain_text("450 DOLLAR")
    deposit = scene.deployment.revenue.deposits()[-1]
    assert (deposit.asset_id, deposit.net_amount_microalgo, deposit.price_per_kwh) == (asset_id, 450_000_000, 150_000)
    assert deposit.evidence_hash == sha256(STATEMENT)

    with Desk(browser, portal) as desk:
        desk.open(f"/holders?address={holder}").connect("HOLDER_1")
        expect(desk.page.locator("#claimable")).to_contain_text("225 DOLLAR")
        desk.do("hold-asset")
        desk.do("claim")
        expect(desk.page.locator("#claimable")).to_have_text("0 ALGO")
    assert holding(scene.connection.algod, holder, asset_id) == 225_000_000
