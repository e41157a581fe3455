"""Boxes in pages, and from nodes that know no pages."""

import base64
from typing import Any

import pytest
from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain import boxes as bulk
from gridpact.chain.boxes import boxes_by_prefix


class Node(AlgodClient):
    """Answers from a dictionary, and remembers what it was asked."""

    def __init__(self, boxes: dict[bytes, bytes], *, has_pages: bool = True) -> None:
        super().__init__("", "http://nowhere")
        self.boxes = boxes
        self.has_pages = has_pages
        self.asked: list[dict[str, Any]] = []

    def algod_request(self, method: str, requrl: str, params: Any = None, *args: Any, **kwargs: Any) -> Any:
        self.asked.append(dict(params or {}))
        if requrl.endswith("/box"):
            name = base64.b64decode(params["name"].removeprefix("b64:"))
            if name not in self.boxes:
                raise AlgodHTTPError("box not found", 404)
            return {"name": _b64(name), "value": _b64(self.boxes[name])}
        names = sorted(self.boxes)
        if not self.has_pages:
            return {"boxes": [{"name": _b64(name)} for name in names]}
        prefix, after = (
            base64.b64decode((params.get(key) or "b64:").removeprefix("b64:")) for key in ("prefix", "next")
        )
        found = [name for name in names if name.startswith(prefix) and name > after]
        page = found[: params["limit"]]
        answer: dict[str, Any] = {
            "round": 1,
            "boxes": [{"name": _b64(name), "value": _b64(self.boxes[name])} for name in page],
        }
        if len(found) > len(page):
            answer["next-token"] = f"b64:{_b64(page[-1])}"
        return answer


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


BOXES = {b"s" + bytes([number]): bytes([number]) for number in range(25)} | {b"a1": b"x", b"t1": b"y"}
SELLS = [(name, value) for name, value in sorted(BOXES.items()) if name.startswith(b"s")]


def test_pages_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a prefix, in order, ten at a time."""
    monkeypatch.setattr(bulk, "PAGE", 10)
    node = Node(BOXES)
    assert list(boxes_by_prefix(node, 7, b"s")) == SELLS
    assert [one.get("next") for one in node.asked] == [None, f"b64:{_b64(SELLS[9][0])}", f"b64:{_b64(SELLS[19][0])}"]


def test_pages_are_read_as_far_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who takes three boxes reads one page."""
    monkeypatch.setattr(bulk, "PAGE", 10)
    node = Node(BOXES)
    boxes = boxes_by_prefix(node, 7, b"s")
    assert [next(boxes) for _ in range(3)] == SELLS[:3]
    assert len(node.asked) == 1


def test_a_node_without_pages_is_asked_box_by_box() -> None:
    """It ignores what it does not know, and answers with all names and no value."""
    node = Node(BOXES, has_pages=False)
    assert list(boxes_by_prefix(node, 7, b"s")) == SELLS
    assert list(boxes_by_prefix(Node({}, has_pages=False), 7, b"s")) == []


def test_no_box_no_answer() -> None:
    """An app without boxes."""
    assert list(boxes_by_prefix(Node({}), 7, b"s")) == []
