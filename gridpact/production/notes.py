"""Notes of transactions: what has no place in the contract's state, in the form of ARC-2."""

import json
from collections.abc import Mapping


def note(said: Mapping[str, str]) -> bytes:
    """The note of a transaction."""
    return b"gridpact:j" + json.dumps(said, ensure_ascii=False).encode()
