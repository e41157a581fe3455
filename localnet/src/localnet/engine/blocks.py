"""Blocks and their headers in the program's SQLite files."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack

Tree = dict[str, Any]
"""A decoded msgpack map with text keys."""

BLOCK_FILE = "jig_ledger.sqlite3.block.sqlite"
TRACKER_FILE = "jig_ledger.sqlite3.tracker.sqlite"
_ZERO_32 = bytes(32)

# Clients index these fields; Go leaves out zero values.
_ALWAYS_PRESENT: Tree = {"rnd": 0, "ts": 0, "prev": _ZERO_32, "seed": _ZERO_32, "rwcalr": 0}


def unpack(data: bytes) -> Any:  # noqa: ANN401 - any msgpack value
    """Decode the ledger's msgpack; strings that hold no text keep their bytes as surrogate escapes."""
    return msgpack.unpackb(data, raw=False, strict_map_key=False, unicode_errors="surrogateescape")


def go_string_bytes(text: str | bytes) -> bytes:
    """The bytes of a Go string that was decoded with surrogate escapes."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def pack(tree: object) -> bytes:
    """Encode with the keys in the given order, the inverse of :func:`unpack`."""
    return bytes(msgpack.packb(tree, use_bin_type=True, unicode_errors="surrogateescape"))


def pack_canonical(tree: object) -> bytes:
    """Encode as go-algorand does: maps sorted by key."""
    return pack(_sorted(tree))


def _sorted(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _sorted(tree[key]) for key in sorted(tree)}
    if isinstance(tree, list):
        return [_sorted(item) for item in tree]
    return tree


class BlockFile:
    """The blocks of one ledger.

    One connection serves all threads; the program's processes write through their own.
    """

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(
            folder / "ledger" / BLOCK_FILE, isolation_level=None, check_same_thread=False, timeout=10
        )
        self._lock = threading.RLock()
        # The WAL file survives a kill of any process; only the machine's power cut could lose the last blocks.
        self._database.execute("PRAGMA synchronous=NORMAL")

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    @property
    def last_round(self) -> int:
        """The round of the newest block."""
        row = self._one("SELECT max(rnd) FROM blocks")
        assert row is not None
        return int(row[0])

    def raw(self, round_: int) -> bytes | None:
        """The block as the program wrote it, None for a round of the future."""
        row = self._one("SELECT blkdata FROM blocks WHERE rnd = ?", round_)
        return None if row is None else bytes(row[0])

    def raw_header(self, round_: int) -> bytes | None:
        """The header as the program wrote it, None for a round of the future."""
        row = self._one("SELECT hdrdata FROM blocks WHERE rnd = ?", round_)
        return None if row is None else bytes(row[0])

    def all_raw(self) -> Iterator[tuple[int, bytes]]:
        """Round and block, oldest first."""
        for round_ in range(self.last_round + 1):
            data = self.raw(round_)
            assert data is not None
            yield round_, data

    def timestamp(self, round_: int) -> int:
        """The time of a block in unix seconds, 0 when it has none."""
        header = self.raw_header(round_)
        return 0 if header is None else int(unpack(header).get("ts", 0))

    def patch(self, round_: int, **fields: object) -> None:
        """Change header fields of a block, in the header and in the block, in one step."""
        with self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            row = self._database.execute("SELECT hdrdata, blkdata FROM blocks WHERE rnd = ?", (round_,)).fetchone()
            header, block = (pack_canonical(unpack(data) | fields) for data in row)
            self._database.execute("UPDATE blocks SET hdrdata = ?, blkdata = ? WHERE rnd = ?", (header, block, round_))

    def append_transactions(self, round_: int, transactions: list[Tree]) -> None:
        """Add transactions to a block without any check. For scratch copies only."""
        with self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            block = unpack(self.raw(round_) or b"")
            block["txns"] = [*block.get("txns", []), *transactions]
            self._database.execute("UPDATE blocks SET blkdata = ? WHERE rnd = ?", (pack_canonical(block), round_))

    def remove_after(self, round_: int) -> None:
        """Drop all blocks after a round."""
        with self._lock:
            self._database.execute("DELETE FROM blocks WHERE rnd > ?", (round_,))

    def _one(self, query: str, *values: int) -> tuple[Any, ...] | None:
        with self._lock:
            row: tuple[Any, ...] | None = self._database.execute(query, values).fetchone()
            return row


def completed(block: Tree) -> Tree:
    """The block with the fields that clients index present, keys sorted."""
    whole = _ALWAYS_PRESENT | block
    return {key: whole[key] for key in sorted(whole)}
