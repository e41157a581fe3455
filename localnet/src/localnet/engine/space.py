"""Whether the disk takes what the ledger program writes.

The program does not say so itself: where SQLite finds no space, it crashes without a reason, or tries again for ever.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ENOUGH_BYTES = 262_144
_LOOK_EVERY_S = 1.0


def require_space(folder: Path) -> None:
    """Write a file as large as a block may need, and delete it.

    Raises:
        OSError: the disk is full, the quota is used up, or files may not become that large.
    """
    with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
        left = _ENOUGH_BYTES
        while left:  # a disk that is almost full takes a part first
            left -= probe.write(bytes(left))


@contextmanager
def disk_blamed(folder: Path) -> Iterator[None]:
    """Replace any failure of the block by the disk's own, when the disk takes no more.

    Raises:
        OSError: see :func:`require_space`.
    """
    try:
        yield
    except Exception:
        require_space(folder)
        raise


class SpaceWatch:
    """Looks at the disk from time to time while somebody waits for the program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next_look = time.monotonic() + _LOOK_EVERY_S

    def look(self) -> None:
        """Look, when it is time to.

        Raises:
            OSError: see :func:`require_space`.
        """
        if time.monotonic() >= self._next_look:
            require_space(self._folder)
            self._next_look = time.monotonic() + _LOOK_EVERY_S
