"""All checks in order, quickest first: ``python -m tests.run``. Stops at the first that fails."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TOOLS: Final = Path(sys.executable).parent

LONGEST: Final = (
    "tests/localnet/process/test_concurrency.py",
    "tests/cli/test_blocks_by_time.py",
    "tests/contracts/test_role_table.py",
    "tests/contracts/offer_book/test_machine.py",
    "tests/contracts/test_machine.py",
)
"""Modules that would run on alone if they came last. The many short ones fill what is left."""

CHECKS: Final = (
    ("ruff", "ruff", "check", "."),
    ("layout", "ruff", "format", "--check", "."),
    ("mypy", "mypy"),
    ("rebuild", "python", "-m", "smart_contracts", "build", "--check"),
    ("unit", "pytest", "-q", "tests/unit", "--numprocesses=3", "--dist=loadfile"),
    # A module's tests stay in one process: what they start from is built once for all of them.
    (
        "ledger",
        *("pytest", "-q", *LONGEST, "tests/cli", "tests/scripts", "tests/history", "tests/localnet", "tests/contracts"),
        *("--numprocesses=3", "--dist=loadscope", "--durations=15"),
    ),
)


def missing_commands() -> list[tuple[str, str]]:
    """(package, command) of each line of `apt.txt` whose command is not on this machine."""
    listed = ROOT / "apt.txt"
    lines = [line.split("#")[0].split() for line in listed.read_text().splitlines()] if listed.exists() else []
    return [(package, command) for package, command in (line for line in lines if line) if not shutil.which(command)]


def main() -> int:
    missing = missing_commands()
    if missing:
        print("The tests need what is missing here; install it with:", file=sys.stderr)
        print(f"    sudo apt-get install {' '.join(package for package, _ in missing)}", file=sys.stderr)
        return 1
    environment = os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}"}
    started = time.monotonic()
    for name, *command in CHECKS:
        print(f"── {name}", flush=True)
        began = time.monotonic()
        result = subprocess.run(
            [str(TOOLS / command[0]), *command[1:]], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        )
        print(
            f"── {name}: {'passed' if result.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s",
            flush=True,
        )
        if result.returncode != 0:
            return 1
    print(f"── all passed in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
