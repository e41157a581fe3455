"""How fast the portal is: ``python -m benchmarks.portal``.

On an embedded LocalNet with 1,000 invoices and 1,000 sell offers: medians of 15 requests a page. On the example month,
in headless Chromium with KMD: from the click on *Pay Now* to PAID on the page, median of 10; and until the page can be
used, from a cold start.
"""

import os
import statistics
import tempfile
import time
from itertools import batched
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import expect
from rich.console import Console
from rich.table import Table

from gridpact import contracts
from gridpact.billing.agreements import terms
from gridpact.billing.invoices import Allocation, allocate
from gridpact.chain.layout import as_struct
from gridpact.market import credit
from gridpact.market.offers import create_offer
from gridpact.portal.app import PAGES
from gridpact.production import actions as production
from localnet.testing import LocalNet
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, Scene, deployed
from tests.portal.serving import chromium, served

INVOICES: Final = 1_000
OFFERS: Final = 1_000
A_GROUP: Final = 8
REQUESTS: Final = 15
PAYMENTS: Final = 10
WATCH: Final = """name => {
  let clicked = 0
  window.paidMs = null
  addEventListener('click', () => { clicked = performance.now() }, { capture: true, once: true })
  const observer = new MutationObserver(() => {
    const status = document.querySelector(`[data-invoice="${name}"] .status`)
    if (status?.textContent !== 'PAID') return
    window.paidMs = performance.now() - clicked
    observer.disconnect()
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
}"""
"""The page takes the time itself: who looks from outside looks every few hundred milliseconds."""


def main() -> None:
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as named, LocalNet.spawn(Path(named) / "net") as localnet:
        os.environ.update(localnet.environment, GRIDPACT_DEPLOYMENTS=f"{named}/deployments.json")
        scene = Scene(localnet, Path(named))
        scene.at(deployed)
        _final_month(scene)
        _invoices(scene, PAYMENTS)
        with served() as address:
            paying_ms, usable_ms = _browser(scene, address)
            _invoices(scene, INVOICES - PAYMENTS)
            _offers(scene)
            table = Table("Page", "ms", title=f"{INVOICES:,} invoices, {OFFERS:,} offers")
            for path in PAGES:
                table.add_row(path, f"{_page_ms(f'{address}{_with_person(scene, path)}'):.0f}")
    console.print(table)
    console.print(f"From the click to PAID: {paying_ms:.0f} ms (median of {PAYMENTS}).")
    console.print(f"Until the page can be used: {usable_ms:.0f} ms (median of 5 cold starts).")


def _with_person(scene: Scene, path: str) -> str:
    people = {"/buyer": "COMPANY_A", "/market": "PRODUCER", "/holders": "HOLDER_1"}
    return f"{path}?address={scene.address(people[path])}" if path in people else path


def _page_ms(url: str) -> float:
    with httpx.Client(timeout=60) as client:
        client.get(url).raise_for_status()
        took = []
        for _ in range(REQUESTS):
            began = time.perf_counter()
            client.get(url).raise_for_status()
            took.append(1_000 * (time.perf_counter() - began))
    return statistics.median(took)


def _browser(scene: Scene, address: str) -> tuple[float, float]:
    """Median time of payments, and until a page can be used, in ms."""
    buyer = scene.address("COMPANY_A")
    with chromium() as browser:
        usable, paying = [], []
        for _ in range(5):
            with Desk(browser, address) as desk:
                began = time.perf_counter()
                desk.open(f"/buyer?address={buyer}")
                usable.append(1_000 * (time.perf_counter() - began))
        with Desk(browser, address) as desk:
            desk.open(f"/buyer?address={buyer}").connect("COMPANY_A")
            for number in range(1, PAYMENTS + 1):
                card = desk.invoice(f"{number}/{EPOCH}")
                button = card.get_by_role("button", name="Pay Now")
                button.scroll_into_view_if_needed()
                desk.page.evaluate(WATCH, f"{number}/{EPOCH}")
                button.click()
                expect(card.locator(".status")).to_have_text("PAID")
                paying.append(desk.page.evaluate("() => window.paidMs"))
    return statistics.median(paying), statistics.median(usable)


def _final_month(scene: Scene) -> None:
    operator = scene.signs("OPERATOR")
    receipt = scene.deployment.production
    production.record(receipt, operator, scene.readings, register=True).send()
    production.finalize(receipt, operator, EPOCH).send()


def _invoices(scene: Scene, count: int) -> None:
    """As many agreements of one buyer more, and an invoice of each."""
    deployment, operator = scene.deployment, scene.signs("OPERATOR")
    billing = deployment.billing
    wanted = terms(
        buyer=scene.address("COMPANY_A"),
        treasury=scene.address("TREASURY"),
        price_per_kwh=1_000,
        first_epoch=EPOCH,
        last_epoch=EPOCH,
    )
    client = contracts.ppa_client
    arguments = client.CreateAgreementArgs(terms=as_struct(client.AgreementTerms, wanted))
    first = billing.state().agreement_count + 1
    numbers = range(first, first + count)
    for some in batched(numbers, A_GROUP):
        billing.group().add(*(billing.calls.create_agreement(operator, arguments, one) for one in some)).send()
    allocate(billing, deployment.production, operator, EPOCH, [Allocation(number, 1) for number in numbers]).send()


def _offers(scene: Scene) -> None:
    """A producer with credit, and as many sell offers of it."""
    deployment, operator = scene.deployment, scene.signs("OPERATOR")
    month = scene.month()
    producer = month.account("PRODUCER").address
    production.register_meter(deployment.production, operator, "roof-1", 0, producer).send()
    meter = credit.producer_meter(deployment.production, "roof-1")
    credit.mint(deployment.market, deployment.production, operator, meter, OFFERS * 1_000, epoch_id=EPOCH).send()
    for number in range(OFFERS):
        create_offer(deployment.market, producer, 1_000, 10_000_000 + number * 1_000).send()


if __name__ == "__main__":
    main()
