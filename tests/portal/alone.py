"""On a machine without a LocalNet: ``python -m tests.portal.alone FOLDER``, in a network of its own, prints a page.

Nothing else listens there, so the default ports are free, whatever runs beside it.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.portal.test_command import PATIENCE_S, answer


def main() -> None:
    folder = Path(sys.argv[1])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
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
