"""Notes of transactions: what has no place in the contract's state, in the form of ARC-2."""

import json
from collections.abc import Mapping
from typing import Final

PREFIX: Final = b"gridpact:j"
PROFILE: Final = "profile"
"""SHA-256 of the profile that a file of readings was read with."""
ACCEPTED: Final = "accepted"
"""Why figures that can hardly be right were recorded."""


def note(said: Mapping[str, str]) -> bytes:
    """The note of a transaction."""
    return PREFIX + json.dumps(said, ensure_ascii=False).encode()


def said_in(note: bytes) -> Mapping[str, object]:
    """What the note of a transaction says; nothing where it is not of this form: anybody can write any."""
    if not note.startswith(PREFIX):
        return {}
    try:
        said = json.loads(note.removeprefix(PREFIX))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
