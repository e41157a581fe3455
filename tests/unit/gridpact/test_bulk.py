"""Boxes in pages, and from nodes that know no pages."""

import base64
from typing import Any

import pytest
from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain import boxes as bulk
from gridpact.chain.boxes import boxes, boxes_by_prefix, uint64


class Node(AlgodClient):
    """Answers from a dictionary, and remembers what it was asked."""

    def __init__(
        self, boxes: dict[bytes, bytes], *, has_pages: bool = True, includes_next: bool = False, most: int = 10_000
    ) -> None:
        super().__init__("", "http://nowhere")
        self.boxes = boxes
        self.has_pages = has_pages
        self.includes_next = includes_next
        self.most = most
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
        if self.includes_next and after in names:
            found.insert(0, after)
        page = found[: min(params["limit"], self.most)]
        answer: dict[str, Any] = {
            "round": 1,
            "boxes": [{"name": _b64(name), "value": _b64(self.boxes[name])} for name in page],
        }
        if len(found) > len(page):
            answer["next-token"] = f"b64:{_b64(found[len(page)] if self.includes_next else page[-1])}"
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


@pytest.mark.parametrize("includes_next", [False, True])
def test_what_comes_after_a_name(monkeypatch: pytest.MonkeyPatch, includes_next: bool) -> None:
    """Whether a node's pages begin with the name that was asked for, or behind it."""
    monkeypatch.setattr(bulk, "PAGE", 4)
    node = Node(BOXES, includes_next=includes_next)
    assert list(boxes_by_prefix(node, 7, b"s", after=b"s" + bytes([6]))) == SELLS[7:]
    assert list(boxes_by_prefix(node, 7, b"s")) == SELLS
    assert list(boxes_by_prefix(node, 7, b"s", after=SELLS[-1][0])) == []
    assert list(boxes_by_prefix(Node(BOXES, has_pages=False), 7, b"s", after=b"s" + bytes([6]))) == SELLS[7:]


# --- boxes that are named ---------------------------------------------------------------------------------------------

STORED = {b"i" + uint64(number): bytes([number % 256]) for number in range(0, 3_000, 3)} | {b"j" + uint64(1): b"!"}


def named(*numbers: int) -> list[bytes]:
    return [b"i" + uint64(number) for number in numbers]


def values(*numbers: int) -> list[bytes | None]:
    return [STORED.get(name) for name in named(*numbers)]


@pytest.mark.parametrize("includes_next", [False, True])
@pytest.mark.parametrize("most", [1, 7, 10_000])
@pytest.mark.parametrize(
    "numbers",
    [range(0, 60, 3), range(30), [2_997, *range(20)], range(9_000, 9_020), [*range(256, 300), 0, 2_996, 10**9]],
    ids=["all there", "some there", "out of order", "none there", "far apart"],
)
def test_many_named_boxes(numbers: list[int], most: int, includes_next: bool) -> None:
    """In the order of their names, however small the node's pages are."""
    node = Node(STORED, most=most, includes_next=includes_next)
    assert boxes(node, 7, named(*numbers)) == values(*numbers)
    assert len(node.asked) <= len(set(numbers)), "never more requests than boxes"
    if most == 10_000:
        assert len(node.asked) <= 2


def test_a_few_boxes_are_asked_for_by_name() -> None:
    """A page may be far larger than they are."""
    node = Node(STORED)
    assert boxes(node, 7, named(3, 4, 6)) == values(3, 4, 6)
    assert [sorted(one) for one in node.asked] == [["name"]] * 3


def test_many_named_boxes_of_a_node_without_pages() -> None:
    node = Node(STORED, has_pages=False)
    assert boxes(node, 7, named(*range(20))) == values(*range(20))


def test_no_names_no_request() -> None:
    node = Node(STORED)
    assert boxes(node, 7, []) == []
    assert node.asked == []
