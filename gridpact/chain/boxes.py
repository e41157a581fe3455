"""Many boxes of an app in few requests: names and values by prefix, a page at a time."""

import base64
from collections.abc import Iterator
from typing import Any, Final

from algosdk.v2client.algod import AlgodClient

from gridpact.chain import state
from gridpact.chain.node import as_dict

PAGE: Final = 1_000
"""Boxes asked for in one request. A node may give fewer."""


def boxes_by_prefix(
    algod: AlgodClient, app_id: int, prefix: bytes, after: bytes = b""
) -> Iterator[tuple[bytes, bytes]]:
    """Names and values of the boxes whose name starts with a prefix, in order of their names.

    A page is read when it is reached: what is not iterated is not read. The pages may stem from different rounds.

    Args:
        algod: the node.
        app_id: the app.
        prefix: of the names; not empty.
    """
    after = b""
    while True:
        page = _page(algod, app_id, prefix, after)
        found = [(base64.b64decode(box["name"]), box.get("value")) for box in page["boxes"]]
        if any(value is None for _, value in found) or ("round" not in page and found):
            yield from _one_by_one(algod, app_id, prefix, after)
            return
        for name, value in found:
            yield name, base64.b64decode(value)
        if not found or "next-token" not in page:
            return
        after = found[-1][0]


def _page(algod: AlgodClient, app_id: int, prefix: bytes, after: bytes) -> dict[str, Any]:
    asked = {"limit": PAGE, "include": "values", "prefix": _encoded(prefix)}
    if after:
        asked["next"] = _encoded(after)
    return as_dict(algod.algod_request("GET", f"/applications/{app_id}/boxes", params=asked))


def _one_by_one(algod: AlgodClient, app_id: int, prefix: bytes, after: bytes) -> Iterator[tuple[bytes, bytes]]:
    """For nodes of before paged boxes: they ignore what they do not know, and give all names without values."""
    names = [name for name in state.box_names(algod, app_id, prefix) if name > after]
    for name, value in zip(names, state.boxes(algod, app_id, names), strict=True):
        if value is not None:
            yield name, value


def _encoded(name: bytes) -> str:
    return f"b64:{base64.b64encode(name).decode()}"
