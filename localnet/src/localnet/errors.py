"""What goes wrong in words for the person who started the LocalNet."""

import errno
import sqlite3

DISK_FULL = (
    "The disk of the LocalNet's state folder takes no more (it is full, or a quota or a file size limit is reached): "
    "free some space and try again; the chain is as it was."
)

_SQLITE_FULL = "database or disk is full"
_NO_SPACE = "no space left on device"


class LocalNetError(Exception):
    """One sentence that says what is wrong and what to do next; the command line prints it and exits with 1."""


def is_disk_full(error: Exception) -> bool:
    """Whether an error comes from a full disk, here or in the ledger program."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    return isinstance(error, sqlite3.Error) and _SQLITE_FULL in str(error)


def speaks_of_a_full_disk(text: str) -> bool:
    """Whether the ledger program's words mean a full disk."""
    return _SQLITE_FULL in text or _NO_SPACE in text.lower()
