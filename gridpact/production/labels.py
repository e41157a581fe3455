"""What stands for a meter's name on chain: the name itself, or where it is too long, its SHA-256.

A label on chain has 32 bytes; Austrian and German metering points have 33 letters. The name of a hash stands in the
note of the transaction that registered the meter, and beside the record of the deployment.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from gridpact.production.errors import InvalidLabel

LABEL_BYTES: Final = 32
NAME_BYTES: Final = 64
HASHED: Final = "sha256:"
"""In front of the hash of a name that nobody has told."""

_names: dict[bytes, str] = {}
"""Names by their hash, learned in this process. A hash has one name: nothing here can be out of date."""


def label_of(name: str) -> bytes:
    """What stands for a name on chain: 32 bytes.

    Raises:
        InvalidLabel: it can be no meter's name.
    """
    text = name.encode()
    if not 0 < len(text) <= NAME_BYTES or not name.isprintable():
        raise InvalidLabel(name, NAME_BYTES)
    return text.ljust(LABEL_BYTES, b"\0") if len(text) <= LABEL_BYTES else hashlib.sha256(text).digest()


def is_hashed(name: str) -> bool:
    """Whether a name is too long for the chain."""
    return len(name.encode()) > LABEL_BYTES


def name_of(label: bytes) -> str:
    """The name that a label stands for; `sha256:` and its digits where nobody has told it.

    Args:
        label: 32 bytes.
    """
    known = _names.get(label)
    if known is not None:
        return known
    try:
        name = label.rstrip(b"\0").decode()
    except UnicodeDecodeError:
        name = ""
    return name if name.isprintable() and name else f"{HASHED}{label.hex()}"


def learn(names: Iterable[str]) -> None:
    """Remember the names that labels with their hash stand for."""
    _names.update({label_of(name): name for name in names if is_hashed(name)})


def forget() -> None:
    """Forget the names that were learned, as another process would have to."""
    _names.clear()
