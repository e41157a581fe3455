"""A LocalNet with the example month on it, the portal on that, and a browser before the portal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from localnet.testing import LocalNet
from tests.portal.scene import Scene
from tests.portal.serving import chromium, served


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The example month, to be gone back to."""
    folder = tmp_path_factory.mktemp("portal")
    patch = pytest.MonkeyPatch()
    made = Scene(LocalNet.spawn(folder / "localnet"), folder)
    for name, value in made.localnet.environment.items():
        patch.setenv(name, value)
    patch.setenv("GRIDPACT_DEPLOYMENTS", str(folder / "deployments.json"))
    patch.chdir(folder)
    yield made
    made.localnet.stop()
    patch.undo()


@pytest.fixture(scope="session")
def portal(scene: Scene) -> Iterator[str]:
    """The portal's address."""
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser; each test has a context of its own."""
    with chromium() as running:
        yield running
