"""What stands behind hashes on chain, kept beside the record of the deployment: reasons, reports, statements of sales.

Each is a file with its SHA-256 as its name. What a file holds counts only as long as it has this hash.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from gridpact.chain.connection import Connection
from gridpact.chain.errors import FileUnreadable, FileUnwritable
from gridpact.deployment.errors import EvidenceChanged
from gridpact.deployment.record import record_path
from gridpact.evidence import sha256

FOLDER: Final = "evidence"


def folder_of(connection: Connection) -> Path:
    """The folder; it is there once something is kept."""
    return record_path(connection).parent / FOLDER


def keep(connection: Connection, content: bytes) -> bytes:
    """Keep a text or a file; its SHA-256. What is kept already stays as it is.

    Raises:
        FileUnwritable: it cannot be kept.
        FileUnreadable, EvidenceChanged: what is kept of it is not what it was.
    """
    value = sha256(content)
    if find(connection, value) is not None:
        return value
    path = folder_of(connection) / value.hex()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # the first failure is the one to tell
            draft.unlink()
        raise FileUnwritable(path, error.strerror or "") from error
    return value


def find(connection: Connection, value: bytes) -> bytes | None:
    """What has this hash, None where it is not kept.

    Raises:
        FileUnreadable: it cannot be read.
        EvidenceChanged: the file was changed since: it has another hash.
    """
    path = folder_of(connection) / value.hex()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "") from error
    if sha256(content) != value:
        raise EvidenceChanged(path)
    return content
