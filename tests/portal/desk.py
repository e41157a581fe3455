"""One person before the browser."""

import re
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.portal.serving import PATIENCE_MS


@dataclass
class Desk:
    """A browser window of one person, and what it complained of."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Patterns of complaints that the test brings about itself."""

    def __enter__(self) -> Self:
        self.context: BrowserContext = self.browser.new_context()
        self.context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        self.context.close()
        if kind is None:
            left = [one for one in self.complaints if not any(re.search(known, one) for known in self.expected)]
            assert left == [], "the browser complained"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path: str) -> Self:
        """Go to a page and wait until it is alive."""
        self.page.goto(f"{self.address}{path}")
        return self.alive()

    def alive(self) -> Self:
        """Wait until the page has done what it does when it is loaded."""
        expect(self.page.locator("body[data-ready=true]")).to_be_attached()
        return self

    def connect(self, wallet: str) -> Self:
        """Connect a wallet of the LocalNet."""
        self.page.locator("#wallet-choice").select_option(wallet)
        self.page.get_by_role("button", name="Connect", exact=True).click()
        expect(self.page.locator("#wallet-name")).to_have_text(wallet)
        return self

    def invoice(self, name: str) -> Locator:
        """The card of an invoice."""
        return self.page.locator(f'[data-invoice="{name}"]')

    def state(self, kind: str) -> Locator:
        """What was done and stands so."""
        return self.page.locator(f'#activity [data-state="{kind}"]')

    def fill(self, form: str, **fields: str) -> Locator:
        """Fill in a form, known by its action; the form itself."""
        found = self.page.locator(f'form[data-action="/actions/{form}"]')
        folded = self.page.locator("details:not([open])", has=found)
        if folded.count():
            folded.locator("summary").click()
        for name, value in fields.items():
            field = found.locator(f'[name="{name}"]').last
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return found

    def do(self, form: str, **fields: str) -> Locator:
        """Fill in a form, look at what it does, sign it; what was done, once it is confirmed."""
        found = self.fill(form, **fields)
        found.locator("button[type=submit]").click()
        if found.get_attribute("data-review") is not None:
            self.newest("review").get_by_role("button", name="Sign and send").click()
        done = self.newest("confirmed")
        expect(done).to_contain_text("Confirmed in round")
        return done

    def newest(self, kind: str) -> Locator:
        """What was done last, once it stands so."""
        last = self.page.locator("#activity-list > article:first-child")
        expect(last).to_have_attribute("data-state", re.compile("refused" if kind == "refused" else f"{kind}|refused"))
        assert last.get_attribute("data-state") == kind, last.inner_text()
        return last
