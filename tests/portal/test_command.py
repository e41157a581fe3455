"""`gridpact portal`: the command serves, says where, and ends when it is told to."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.portal.alone import OWN_NETWORK, PATIENCE_S, answer
from tests.portal.scene import Scene, invoiced

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_portal_serves_until_it_is_stopped(scene: Scene, tmp_path: Path) -> None:
    scene.at(invoiced)
    port = free_port()
    said = tmp_path / "said"
    with said.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "gridpact", "portal", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
        )
        try:
            page = answer(port, running)
            other = httpx.get(f"http://localhost:{port}/buyer", headers={"Host": "evil.example"}, timeout=PATIENCE_S)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(PATIENCE_S)
    assert page.status_code == 200
    assert "PPA Buyer Portal" in page.text
    assert other.status_code == 403
    text = said.read_text(encoding="utf-8")
    assert f"http://localhost:{port}" in text
    assert "Traceback" not in text
    assert "a" * 64 not in text, "no token of the node or KMD"


def test_portal_without_a_node(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.at(invoiced)
    monkeypatch.setenv("ALGOD_PORT", str(free_port()))
    port = free_port()
    with (tmp_path / "said").open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "gridpact", "portal", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
        )
        try:
            page = answer(port, running)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(PATIENCE_S)
    assert page.status_code == 503
    assert "No node answers" in page.text


def alone(folder: Path) -> list[str]:
    """What serves the portal in a network of its own, or where nobody may make one, on this machine's free ports."""
    command = [sys.executable, "-m", "tests.portal.alone", str(folder)]
    for options in (["--net"], ["--user", "--map-root-user", "--net"]):
        if subprocess.run(["unshare", *options, "true"], stdin=subprocess.DEVNULL, check=False).returncode == 0:
            return ["unshare", *options, "--", *command, OWN_NETWORK]
    return command


def test_portal_with_the_example_where_nothing_is_there(tmp_path: Path) -> None:
    """What `make portal` runs starts a LocalNet, does the example month, and serves it."""
    made = subprocess.run(
        ["make", "--dry-run", "portal"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert "gridpact portal --example" in made.stdout
    done = subprocess.run(
        alone(tmp_path),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr + said
    assert "No LocalNet answers: starting the embedded one." in said
    assert "The portal is at http://localhost:8080" in said
    assert "February 2026" in done.stdout
    assert "2 agreements" in done.stdout
