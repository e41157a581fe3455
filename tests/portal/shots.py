"""Pictures of every page into ``docs/portal``, light, dark and on a phone: ``python -m tests.portal.shots``."""

import os
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, expect

from gridpact.portal.app import PAGES
from localnet.testing import LocalNet
from tests.portal.desk import Desk
from tests.portal.scene import EPOCH, READINGS, Scene, corrected, furnished
from tests.portal.serving import chromium, served

FOLDER: Final = Path(__file__).parents[2] / "docs" / "portal"
PEOPLE: Final = {"/buyer": "COMPANY_A", "/market": "CONSUMER_2", "/holders": "HOLDER_1"}
SIZES: Final = {"light": (1_100, 800), "dark": (1_100, 800), "phone": (360, 740)}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as named, LocalNet.spawn(Path(named) / "net") as localnet:
        os.environ.update(localnet.environment, GRIDPACT_DEPLOYMENTS=f"{named}/deployments.json")
        scene = Scene(localnet, Path(named))
        scene.at(corrected)
        with served() as address, chromium() as browser:
            take(browser, scene, address, "/buyer")
            take(browser, scene, address, f"/invoice/1/{EPOCH}")
            scene.at(furnished)
            for path in PAGES:
                if path != "/buyer":
                    take(browser, scene, address, path)


def take(browser: Browser, scene: Scene, address: str, path: str) -> None:
    """The pictures of one page."""
    person = PEOPLE.get(path)
    asked = {"/production": f"?epoch={EPOCH}", "/console": f"?epoch={EPOCH}"}
    query = asked.get(path, "") if person is None else f"?address={scene.address(person)}"
    for kind, (width, height) in SIZES.items():
        with Desk(browser, address) as desk:
            desk.page.set_viewport_size({"width": width, "height": height})
            desk.page.emulate_media(color_scheme="dark" if kind == "dark" else "light")
            desk.open(f"{path}{query}")
            if person is not None:
                desk.connect(person)
            if path == "/production":
                desk.page.locator("#readings").set_input_files(READINGS)
                desk.page.get_by_role("button", name="Check the file").click()
                expect(desk.page.locator("#looked svg.columns")).to_be_visible()
            name = path.strip("/").partition("/")[0] or "overview"
            desk.page.screenshot(path=FOLDER / f"{name}-{kind}.png")


if __name__ == "__main__":
    main()
