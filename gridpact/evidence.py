"""Texts that stand behind a hash on chain: reasons, reports, contracts."""

import hashlib


def sha256(content: bytes) -> bytes:
    """SHA-256 of a reason, a report or a contract."""
    return hashlib.sha256(content).digest()
