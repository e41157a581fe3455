"""Boxes of an app. Lists are read in pages with names and values, never with a request for each box."""

import base64
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from typing import Any, Final

from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.node import AT_ONCE, NOT_FOUND, as_dict

PAGE: Final = 1_000
"""Boxes asked for in one request. A node may give fewer."""
SIZE_OF_ID: Final = 8


def uint64(value: int) -> bytes:
    """Eight bytes, big-endian: how ids stand in box names."""
    return value.to_bytes(SIZE_OF_ID, "big")


def ids_in(name: bytes, after: int = 1) -> tuple[int, ...]:
    """The ids in a box's name.

    Args:
        name: the name.
        after: bytes of the prefix before them.
    """
    return tuple(int.from_bytes(name[at : at + SIZE_OF_ID], "big") for at in range(after, len(name), SIZE_OF_ID))


def box(algod: AlgodClient, app_id: int, name: bytes) -> bytes | None:
    """The value of a box, None where there is none."""
    try:
        return base64.b64decode(as_dict(algod.application_box_by_name(app_id, name))["value"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise


def boxes(algod: AlgodClient, app_id: int, names: Iterable[bytes]) -> list[bytes | None]:
    """Values of boxes that are named, in the order of their names; None for those that are not there.

    Args:
        algod: the node.
        app_id: the app.
        names: all of one kind. Where they are many, pages are read instead of single boxes.
    """
    wanted = list(names)
    found = _named_in_pages(algod, app_id, wanted) if len(wanted) > AT_ONCE else None
    if found is None:
        return _one_by_one(algod, app_id, wanted)
    return [found.get(name) for name in wanted]


def boxes_by_prefix(
    algod: AlgodClient, app_id: int, prefix: bytes, after: bytes = b""
) -> Iterator[tuple[bytes, bytes]]:
    """Names and values of the boxes whose name starts with a prefix, in order of their names.

    A page is read when it is reached: what is not iterated is not read. The pages may stem from different rounds.

    Args:
        algod: the node.
        app_id: the app.
        prefix: of the names; not empty.
        after: a name; it and what is before it are left out.
    """
    token = _encoded(after)
    while True:
        page = _page(algod, app_id, prefix, token)
        if not _has_values(page):
            names = [name for name in _all_names(algod, app_id, prefix) if name > after]
            for name, value in zip(names, _one_by_one(algod, app_id, names), strict=True):
                if value is not None:
                    yield name, value
            return
        for name, value in _content(page):
            # Whether a page begins with the name that was asked for or behind it is the node's business.
            if name > after:
                yield name, value
                after = name
        if page.get("next-token") in (None, token):
            return
        token = str(page["next-token"])


def _named_in_pages(algod: AlgodClient, app_id: int, names: list[bytes]) -> dict[bytes, bytes] | None:
    """Boxes by name; each request gives as many of them as lie in one page. None from a node without pages."""
    left = sorted(set(names), reverse=True)
    prefix = _shared(left[0], left[-1])
    found: dict[bytes, bytes] = {}
    while left:
        page = _page(algod, app_id, prefix, _encoded(_before(left[-1], prefix)))
        if not _has_values(page):
            return None
        content = _content(page)
        found.update(content)
        if "next-token" not in page:
            break
        last = max((name for name, _ in content), default=left[-1])
        # The one that was asked for is done, there or not: each request brings the end nearer.
        first = left.pop()
        while left and left[-1] <= max(first, last):
            left.pop()
    return found


def _page(algod: AlgodClient, app_id: int, prefix: bytes, token: str) -> dict[str, Any]:
    asked = {"limit": PAGE, "include": "values", "prefix": _encoded(prefix)}
    if token != _encoded(b""):
        asked["next"] = token
    return as_dict(algod.algod_request("GET", f"/applications/{app_id}/boxes", params=asked))


def _has_values(page: dict[str, Any]) -> bool:
    """Whether the node knows pages. Older ones ignore what they do not know, and give all names without values."""
    return all("value" in one for one in page["boxes"]) and ("round" in page or not page["boxes"])


def _content(page: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    return [(base64.b64decode(one["name"]), base64.b64decode(one["value"])) for one in page["boxes"]]


def _all_names(algod: AlgodClient, app_id: int, prefix: bytes) -> list[bytes]:
    names = (base64.b64decode(one["name"]) for one in as_dict(algod.application_boxes(app_id))["boxes"])
    return sorted(name for name in names if name.startswith(prefix))


def _one_by_one(algod: AlgodClient, app_id: int, names: list[bytes]) -> list[bytes | None]:
    if len(names) < 2:
        return [box(algod, app_id, name) for name in names]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda name: box(algod, app_id, name), names))


def _before(name: bytes, prefix: bytes) -> bytes:
    """The name of the same length directly before; none where a name with the prefix is not before it."""
    before = (int.from_bytes(name, "big") - 1).to_bytes(len(name), "big")
    return before if before.startswith(prefix) else b""


def _shared(first: bytes, last: bytes) -> bytes:
    """The beginning that two names share, and with them all between."""
    return bytes(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))


def _encoded(name: bytes) -> str:
    return f"b64:{base64.b64encode(name).decode()}"
