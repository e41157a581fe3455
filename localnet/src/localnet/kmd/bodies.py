"""Request bodies: JSON whatever their content type says, each field of its type, no field too many."""

import binascii
import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from localnet.http import ApiError, decode_address
from localnet.kmd.multisig import Multisig

Field = Callable[[object], Any]
"""Reads one JSON value, or raises `ValueError`. ``None`` stands for an absent or null field."""

_UNREADABLE = ApiError(400, "could not decode request body")


def decode(body: bytes, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The fields of a request; absent ones have their type's zero value, as in Go.

    Raises:
        ApiError: 400 when the body is no JSON object, or a field is unknown or of another type.
    """
    try:
        tree = json.loads(body)
        if not isinstance(tree, dict) or tree.keys() - fields.keys():
            raise _UNREADABLE
        return {name: read(tree.get(name)) for name, read in fields.items()}
    except (ValueError, RecursionError):
        raise _UNREADABLE from None


def text(value: object) -> str:
    """A string. What is no text in UTF-8 is replaced, as Go's decoder does."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("no string")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def flag(value: object) -> bool:
    """A boolean."""
    if value is None:
        return False
    if not isinstance(value, bool):
        raise ValueError("no boolean")
    return value


def small_number(value: object) -> int:
    """An integer of eight bits."""
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 256:
        raise ValueError("no uint8")
    return value


def blob(value: object) -> bytes:
    """Bytes in base64."""
    try:
        return b64decode(text(value), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def blob_of(size: int) -> Field:
    """Exactly ``size`` bytes in base64, or none at all."""

    def read(value: object) -> bytes:
        read_bytes = blob(value)
        if read_bytes and len(read_bytes) != size:
            raise ValueError(f"not {size} bytes")
        return read_bytes

    return read


def public_key(value: object) -> bytes:
    """A public key, or none: base64, or the address that the Python SDK sends."""
    if isinstance(value, str) and len(value) == 58:
        return decode_address(value)
    read_bytes: bytes = blob_of(32)(value)
    return read_bytes


def public_keys(value: object) -> tuple[bytes, ...]:
    """A list of public keys."""
    if not isinstance(value, list | None):
        raise ValueError("no list")
    return tuple(_exactly(32, one) for one in value or ())


def partial_multisig(value: object) -> Multisig | None:
    """A multisig with none, some or all signatures; ``None`` when it is absent or empty."""
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() - {"subsig", "thr", "v"}:
        raise ValueError("no multisig")
    subsigs = value.get("subsig") or []
    if not isinstance(subsigs, list):
        raise ValueError("no list of signatures")
    read: Multisig = {
        "subsig": [_subsig(one) for one in subsigs],
        "thr": small_number(value.get("thr")),
        "v": small_number(value.get("v")),
    }
    return read if any(read.values()) else None


def _subsig(value: object) -> dict[str, bytes]:
    if not isinstance(value, dict) or value.keys() - {"pk", "s"}:
        raise ValueError("no signature")
    key, signature = _exactly(32, value.get("pk")), blob_of(64)(value.get("s"))
    return {"pk": key, "s": signature} if signature else {"pk": key}


def _exactly(size: int, value: object) -> bytes:
    read_bytes: bytes = blob_of(size)(value)
    if not read_bytes:
        raise ValueError(f"not {size} bytes")
    return read_bytes
