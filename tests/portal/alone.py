"""On a machine without a LocalNet: ``python -m tests.portal.alone FOLDER [--own-network]`` prints a page.

In a network of its own nothing else listens, so the default ports are free, whatever runs beside it.
"""

import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import httpx

PATIENCE_S: Final = 120
OWN_NETWORK: Final = "--own-network"
SIOCSIFFLAGS: Final = 0x8914
IFF_UP: Final = 1


def answer(port: int, running: "subprocess.Popen[str]", path: str = "/buyer") -> httpx.Response:
    """The first answer of the portal."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return httpx.get(f"http://localhost:{port}{path}", timeout=PATIENCE_S)
        except httpx.TransportError:
            assert running.poll() is None, "it has ended"
            assert time.monotonic() < deadline
            time.sleep(0.2)


def switch_loopback_on() -> None:
    """A network of one's own begins with a loopback that is off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", IFF_UP))


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.argv[2:] == [OWN_NETWORK]:
        switch_loopback_on()
    named = ("ALGOD_", "KMD_", "INDEXER_", "GRIDPACT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(named)}
    environment["GRIDPACT_DEPLOYMENTS"] = str(folder / "deployments.json")
    with (folder / "said").open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "gridpact", "portal", "--example"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            text=True,
        )
        try:
            page = answer(8080, running, "/")
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(PATIENCE_S)
            subprocess.run([sys.executable, "-m", "localnet", "stop"], cwd=folder, env=environment, check=False)
    print(page.text)


if __name__ == "__main__":
    main()
