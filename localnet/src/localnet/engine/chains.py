"""Where chains lie on disk, and which one is current.

A reset or a restore builds a complete chain in a new folder and then moves one pointer, so that a crash at any moment
leaves either the old chain or the new one.
"""

import re
import shutil
import sqlite3
from pathlib import Path

from localnet.engine.blocks import BLOCK_FILE, TRACKER_FILE
from localnet.errors import LocalNetError

_POINTER = "current"
_PREFIX = "chain-"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Chains:
    """The chains, scratch copies and snapshots of one state folder."""

    def __init__(self, state_folder: Path) -> None:
        self._folder = state_folder / "chains"
        self.scratch = state_folder / "scratch"
        self._snapshots = state_folder / "snapshots"
        self._folder.mkdir(parents=True, exist_ok=True)

    def current(self) -> Path | None:
        """The current chain's folder, None before the first."""
        pointer = self._folder / _POINTER
        if not pointer.exists():
            return None
        folder = self._folder / pointer.read_text().strip()
        if not (folder / "ledger").is_dir():
            raise LocalNetError(f"The ledger in {folder} is gone: delete {self._folder} to begin a new one.")
        return folder

    def unused(self) -> Path:
        """A folder for the next chain that does not exist yet."""
        used = [int(path.name.removeprefix(_PREFIX)) for path in self._folder.glob(f"{_PREFIX}*")]
        return self._folder / f"{_PREFIX}{max(used, default=0) + 1}"

    def make_current(self, chain: Path) -> None:
        """Point to a complete chain; the others are deleted."""
        draft = self._folder / f"{_POINTER}.new"
        draft.write_text(f"{chain.name}\n")
        draft.replace(self._folder / _POINTER)
        self.clean()

    def clean(self) -> None:
        """Delete what a crash or an earlier chain left behind."""
        keep = self.current()
        for chain in self._folder.glob(f"{_PREFIX}*"):
            if chain != keep:
                shutil.rmtree(chain, ignore_errors=True)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def snapshot_names(self) -> list[str]:
        """The snapshots, oldest first."""
        if not self._snapshots.is_dir():
            return []
        kept = [path for path in self._snapshots.iterdir() if not path.name.endswith(".new")]
        return [path.name for path in sorted(kept, key=lambda path: path.stat().st_mtime_ns)]

    def save_snapshot(self, chain: Path, name: str) -> None:
        """Copy a chain that nobody writes to.

        Raises:
            LocalNetError: the name is taken or no file name.
        """
        kept = self._snapshot(name)
        if kept.exists():
            raise LocalNetError(f"A snapshot named {name} exists already: choose another name.")
        draft = kept.with_name(f"{name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        copy_ledger(chain, draft)
        draft.rename(kept)

    def load_snapshot(self, name: str) -> Path:
        """Copy a snapshot into the folder of a next chain, which is not current yet.

        Raises:
            LocalNetError: there is no such snapshot.
        """
        kept = self._snapshot(name)
        if not kept.is_dir():
            known = ", ".join(self.snapshot_names()) or "none"
            raise LocalNetError(f"There is no snapshot named {name}; there are: {known}.")
        chain = self.unused()
        copy_ledger(kept, chain)
        return chain

    def _snapshot(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or name.endswith(".new"):
            raise LocalNetError("A snapshot's name has up to 64 letters, digits, dots, dashes and underscores.")
        return self._snapshots / name


def copy_ledger(source: Path, target: Path) -> None:
    """Copy a ledger into another folder, which is made, while the program may be writing to it.

    Each database is copied at one moment, the tracker's first: it may lag behind the blocks, never lead.
    """
    ledger = target / "ledger"
    ledger.mkdir(parents=True)
    for name in (TRACKER_FILE, BLOCK_FILE):
        database = sqlite3.connect(source / "ledger" / name, timeout=10)
        copy = sqlite3.connect(ledger / name)
        try:
            copy.execute("PRAGMA synchronous=OFF")
            database.backup(copy)
        finally:
            copy.close()
            database.close()
