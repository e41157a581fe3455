"""Pictures of every page into ``docs/portal``, light, dark and on a phone: ``python -m tests.portal.shots``."""

import os
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from gridpact.portal.app import PAGES
from localnet.testing import LocalNet
from tests.portal.desk import Desk
from tests.portal.scene import Scene, finished, invoiced
from tests.portal.serving import chromium, served

FOLDER: Final = Path(__file__).parents[2] / "docs" / "portal"
PEOPLE: Final = {"/buyer": "COMPANY_A", "/market": "CONSUMER_2", "/holders": "HOLDER_1"}
SIZES: Final = {"light": (1_100, 800), "dark": (1_100, 800), "phone": (360, 740)}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as named, LocalNet.spawn(Path(named) / "net") as localnet:
        os.environ.update(localnet.environment, GRIDPACT_DEPLOYMENTS=f"{named}/deployments.json")
        scene = Scene(localnet, Path(named))
        scene.at(invoiced)
        with served() as address, chromium() as browser:
            take(browser, scene, address, "/buyer")
            scene.at(finished)
            for path in PAGES:
                if path != "/buyer":
                    take(browser, scene, address, path)


def take(browser: Browser, scene: Scene, address: str, path: str) -> None:
    """The pictures of one page."""
    person = PEOPLE.get(path)
    query = "" if person is None else f"?address={scene.address(person)}"
    for kind, (width, height) in SIZES.items():
        with Desk(browser, address) as desk:
            desk.page.set_viewport_size({"width": width, "height": height})
            desk.page.emulate_media(color_scheme="dark" if kind == "dark" else "light")
            desk.open(f"{path}{query}")
            if person is not None:
                desk.connect(person)
            desk.page.screenshot(path=FOLDER / f"{path.strip('/') or 'overview'}-{kind}.png")


if __name__ == "__main__":
    main()
