"""A LocalNet with the example month on it, the portal on that, and a browser before the portal."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from localnet.testing import LocalNet
from tests.portal.scene import Scene

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 60_000
"""A busy machine is slow, and no test may fail for that."""


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
    """The portal's address. It serves in a thread of this process, over a real socket."""
    from gridpact.portal.app import application
    from gridpact.portal.site import Site

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = application(Site(), [f"localhost:{port}"])
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, loop="asyncio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser; each test has a context of its own."""
    assert Path(CHROMIUM).exists(), "apt.txt names it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET), timeout=PATIENCE_MS)
        yield running
        running.close()
