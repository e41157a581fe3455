"""Which wallets are offered on which network, under which Content Security Policy, and what is loaded for them."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import Browser, Request, expect

from gridpact.portal.guard import STRICT, WALLETS, policy
from gridpact.portal.site import Moment, PublicWallets, Site
from gridpact.portal.static import manifest
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, invoiced
from tests.portal.serving import served

TESTNET = {"network": "testnet", "genesis_id": "testnet-v1.0"}
OTHER_HASH = "SGO1GKSzyE7IEPItTxCByw9x8FmnrCDexi9/cOUJOiI="


class Elsewhere(Site):
    """The LocalNet under the name of another network."""

    instead: dict[str, str]

    def __init__(self, **instead: str) -> None:
        super().__init__()
        self.instead = instead

    def moment(self) -> Moment:
        found = super().moment()
        connection = replace(found.connection, **self.instead)  # type: ignore[arg-type]
        return replace(found, deployment=replace(found.deployment, connection=connection))


@pytest.fixture(scope="module")
def testnet(scene: Scene) -> Iterator[str]:
    """A portal that is on TestNet."""
    with served(Elsewhere(**TESTNET)) as address:
        yield address


def test_testnet_has_a_policy_of_its_own(scene: Scene, portal: str, testnet: str) -> None:
    scene.at(invoiced)
    answer = httpx.get(f"{testnet}/buyer", timeout=60)
    said = answer.headers["content-security-policy"]
    assert said == "; ".join(f"{name} {value}" for name, value in (STRICT | WALLETS).items())
    assert "script-src 'self';" in said
    assert "unsafe-eval" not in said
    assert answer.headers["cross-origin-opener-policy"] == "same-origin-allow-popups"
    assert '"kmd"' not in answer.text
    assert policy(PublicWallets("mainnet")) == policy(PublicWallets("testnet")) != policy(None) == STRICT
    on_localnet = httpx.get(f"{portal}/buyer", timeout=60)
    assert "unsafe-inline" not in on_localnet.headers["content-security-policy"]
    assert on_localnet.headers["cross-origin-opener-policy"] == "same-origin"


def test_wallets_of_people_are_offered_on_testnet(scene: Scene, testnet: str, browser: Browser) -> None:
    scene.at(invoiced)
    with Desk(browser, testnet) as desk:
        # Nobody is asked for anything: what the wallets want from their own hosts does not leave the machine.
        desk.page.route("https://**", lambda route: route.abort())
        desk.expected += ["ERR_", "Failed to", "fetch"]
        desk.open("/buyer")
        choice = desk.page.locator("#wallet-choice")
        assert choice.locator("option").all_inner_texts() == ["Pera", "Defly", "Lute"]
        choice.select_option("Lute")
        with desk.page.expect_popup() as popup:
            desk.page.get_by_role("button", name="Connect", exact=True).click()
        popup.value.close()
        for name, modal in (("Defly", "defly-wallet-connect-modal"), ("Pera", "pera-wallet-connect-modal")):
            desk.open("/buyer")
            choice.select_option(name)
            desk.page.get_by_role("button", name="Connect", exact=True).click()
            expect(desk.page.locator(modal).or_(desk.page.locator("#wallet-said:not(:empty)")).first).to_be_attached()
        assert not [one for one in desk.complaints if "Content Security Policy" in one]


def test_kmd_alone_is_offered_on_a_localnet(scene: Scene, portal: str, browser: Browser) -> None:
    scene.at(invoiced)
    loaded: list[str] = []

    def note(request: Request) -> None:
        loaded.append(request.url.rpartition("/")[2])

    with Desk(browser, portal) as desk:
        desk.page.on("request", note)
        desk.open("/buyer")
        names = desk.page.locator("#wallet-choice option").all_inner_texts()
    assert "COMPANY_A" in names
    assert not {"Pera", "Defly", "Lute"} & set(names)
    assert set(manifest().shared) <= set(loaded)
    assert not set(manifest().lazy) & set(loaded)


def test_network_that_changes_under_a_page(scene: Scene, browser: Browser) -> None:
    scene.at(invoiced)
    site = Elsewhere()
    with served(site) as address, Desk(browser, address) as desk:
        desk.open(f"/buyer?address={scene.address('COMPANY_A')}").connect("COMPANY_A")
        site.instead = TESTNET | {"genesis_hash": OTHER_HASH}
        said = desk.page.locator("#chain-said")
        expect(said).to_contain_text("The portal is on testnet now, not on localnet any more")
        expect(desk.page.locator(".chain strong")).to_have_text("testnet")
        expect(desk.page.locator("#connected")).to_be_hidden()


def test_group_of_another_network_is_not_signed(scene: Scene, browser: Browser) -> None:
    scene.at(invoiced)
    with served(Elsewhere(genesis_hash=OTHER_HASH)) as address, Desk(browser, address) as desk:
        signatures: list[str] = []
        desk.open(f"/buyer?address={scene.address('COMPANY_A')}").connect("COMPANY_A")
        desk.page.on("request", lambda one: signatures.append(one.url) if "/transaction/sign" in one.url else None)
        desk.invoice(f"1/{EPOCH}").get_by_role("button", name="Pay Now").click()
        told = desk.newest("refused")
        expect(told).to_contain_text("it is for another network")
        expect(told).to_contain_text("The wallet was not asked, and nothing was sent.")
        assert signatures == []
    held = scene.deployment.billing.invoice(1, EPOCH)
    assert held is not None
    assert not held.is_paid
