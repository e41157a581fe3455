"""Texts that stand behind a hash on chain: reasons, reports, contracts."""

import hashlib
from dataclasses import dataclass

from gridpact.errors import GridPactError

HASH_BYTES = 32


@dataclass(eq=False)
class NotAHash(GridPactError):
    """A text is no SHA-256."""

    text: str


def sha256(content: bytes) -> bytes:
    """SHA-256 of a reason, a report or a contract."""
    return hashlib.sha256(content).digest()


def hash_of(text: str) -> bytes:
    """The SHA-256 that 64 hexadecimal digits stand for.

    Raises:
        NotAHash: they are none.
    """
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise NotAHash(text) from error
    if len(value) != HASH_BYTES:
        raise NotAHash(text)
    return value
