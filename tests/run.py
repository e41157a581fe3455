"""All checks, quickest first: ``python -m tests.run``. Stops after the first row in which one fails.

The checks of a row run side by side: reading the code keeps one core busy, the tests without a ledger the others.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TOOLS: Final = Path(sys.executable).parent

LONGEST: Final = (
    "tests/cli/test_blocks_by_time.py",
    "tests/cli/offers/test_market_killed.py",
    "tests/localnet/process/test_concurrency.py",
    "tests/cli/test_kill.py",
    "tests/history/test_kill.py",
    "tests/cli/test_demo.py",
    "tests/contracts/test_machine.py",
    "tests/localnet/process/test_crashes.py",
    "tests/history/test_machines.py",
    "tests/contracts/offer_book/test_machine.py",
    "tests/contracts/test_role_table.py",
)
"""Modules that would run on alone if they came last. The many short ones fill what is left."""

type Check = tuple[str, ...]
"""Its name, the program and its arguments."""

READING: Final[Sequence[Check]] = (
    ("ruff", "ruff", "check", "."),
    ("layout", "ruff", "format", "--check", "."),
    ("mypy", "mypy"),
    ("rebuild", "python", "-m", "smart_contracts", "build", "--check"),
    # The browser's side: its packages, its types and tests, and whether the committed bundle is what it makes.
    ("packages", "npm", "ci", "--prefix", "portal", "--silent", "--no-audit", "--no-fund"),
    ("types", "npm", "run", "lint", "--prefix", "portal", "--silent"),
    ("bundle", "npm", "run", "check", "--prefix", "portal", "--silent"),
    ("wallet", "npm", "test", "--prefix", "portal", "--silent"),
)
UNIT: Final[Sequence[Check]] = (("unit", "pytest", "-q", "tests/unit", "--numprocesses=2", "--dist=loadfile"),)
LEDGER: Final[Sequence[Check]] = (
    # A module's tests stay in one process: what they start from is built once for all of them.
    (
        "ledger",
        *("pytest", "-q", *LONGEST, "tests/packaging", "tests/cli", "tests/scripts"),
        *("tests/audit", "tests/history", "tests/localnet", "tests/contracts"),
        *("--numprocesses=3", "--dist=loadscope", "--no-loadscope-reorder", "--durations=15"),
    ),
    # A browser takes as much of the machine as all tests before it: two of them at a time.
    ("portal", "pytest", "-q", "tests/portal", "--numprocesses=2", "--dist=loadscope", "--durations=10"),
)
ROWS: Final = ((READING, UNIT), (LEDGER,))


def missing_commands() -> list[tuple[str, str]]:
    """(package, command) of each line of `apt.txt` whose command is not on this machine."""
    listed = ROOT / "apt.txt"
    lines = [line.split("#")[0].split() for line in listed.read_text().splitlines()] if listed.exists() else []
    return [(package, command) for package, command in (line for line in lines if line) if not shutil.which(command)]


def as_root() -> list[str] | None:
    """How a command is run as root without asking anybody; None where it cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    may = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0
    return sudo if may else None


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages where nobody has to be asked for it; whether that was done."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if subprocess.run([*quiet, *command], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return False
    return True


def main() -> int:
    packages = [package for package, _ in missing_commands()]
    if packages:
        print(f"── installing {' '.join(packages)}", flush=True)
        if not install(packages) or missing_commands():
            print("The tests need what is missing here; install it with:", file=sys.stderr)
            print(f"    sudo apt-get install {' '.join(packages)}", file=sys.stderr)
            return 1
    environment = os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}"}
    started = time.monotonic()
    for row in ROWS:
        with ThreadPoolExecutor(len(row)) as pool:
            # What runs alone shows what it prints as it comes.
            if not all(pool.map(partial(passed, environment=environment, is_alone=len(row) == 1), row)):
                return 1
    print(f"── all passed in {time.monotonic() - started:.0f} s")
    return 0


def passed(checks: Sequence[Check], environment: Mapping[str, str], *, is_alone: bool) -> bool:
    """Run checks one after the other; whether all passed.

    Args:
        checks: the first that fails is the last that runs.
        environment: of each.
        is_alone: nothing else prints meanwhile.
    """
    for name, program, *arguments in checks:
        if is_alone:
            print(f"── {name}", flush=True)
        began = time.monotonic()
        result = subprocess.run(
            [str(TOOLS / program), *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=None if is_alone else subprocess.PIPE,
            stderr=None if is_alone else subprocess.STDOUT,
            text=True,
            check=False,
        )
        ended = f"{'passed' if result.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s"
        print(f"{result.stdout or ''}── {name}: {ended}", flush=True)
        if result.returncode != 0:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
