"""A node that lies: it passes on what a real one answers, with one thing changed. Nobody who reads from it is told."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import msgpack
from algosdk import abi, encoding

from gridpact.chain.specs import Contract, spec
from tests.support.relay import Relay

type Entry = dict[str, Any]
type ChangeBlock = Callable[[Entry], None]
"""Changes a block in place, as unpacked from msgpack."""
type ChangeBox = Callable[[bytes, bytes], bytes | None]
"""Gives what the node says that a box holds, by its name and what it holds; None for nothing."""
type ChangeApp = Callable[[Entry], None]
"""Changes what the node says of an app in place."""


class LyingNode(Relay):
    """An algod between a reader and the real one."""

    protocol: ClassVar = "HTTP/1.1"

    def __init__(
        self,
        algod: str,
        block: ChangeBlock = lambda _: None,
        box: ChangeBox = lambda _, value: value,
        app: ChangeApp = lambda _: None,
    ) -> None:
        """Serve at once.

        Args:
            algod: the real node.
            block: what is changed in blocks.
            box: what is changed in boxes.
            app: what is changed in applications.
        """
        self._block, self._box, self._app = block, box, app
        super().__init__(algod)

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """See `Relay`."""
        answer = self.ask(request)
        if answer.status == HTTPStatus.OK:
            answer = replace(answer, content=self._changed(request.path, answer.content))
        self.reply(request, answer)

    def _changed(self, path: str, content: bytes) -> bytes:
        parts = urlsplit(path).path.strip("/").split("/")
        match parts:
            case ["v2", "blocks", round_] if round_.isdigit() and "format=msgpack" in path:
                answer = msgpack.unpackb(content, raw=False, strict_map_key=False, unicode_errors="surrogateescape")
                self._block(answer["block"])
                return bytes(msgpack.packb(answer, use_bin_type=True, unicode_errors="surrogateescape"))
            case ["v2", "applications", _]:
                shown = json.loads(content)
                self._app(shown)
                return json.dumps(shown).encode()
            case ["v2", "applications", _, "boxes"] if "values" in parse_qs(urlsplit(path).query).get("include", []):
                page = json.loads(content)
                page["boxes"] = [told for told in map(self._told, page["boxes"]) if told is not None]
                return json.dumps(page).encode()
        return content

    def _told(self, shown: Entry) -> Entry | None:
        value = self._box(base64.b64decode(shown["name"]), base64.b64decode(shown["value"]))
        return None if value is None else {**shown, "value": base64.b64encode(value).decode()}


# --- changes of blocks ------------------------------------------------------------------------------------------------


def entries(block: Entry) -> list[Entry]:
    """All transactions of a block, inner ones included."""
    found: list[Entry] = []
    waiting = list(block.get("txns") or ())
    while waiting:
        entry = waiting.pop(0)
        found.append(entry)
        waiting += (entry.get("dt") or {}).get("itx") or ()
    return found


def change_event(contract: Contract, name: str, change: Callable[[Entry], bool | None]) -> ChangeBlock:
    """Change one event's fields wherever it is logged.

    Args:
        contract: whose event.
        name: the event's.
        change: gets the fields and changes them in place; False takes the event away.
    """
    [layout] = [found for found in spec(contract)["events"] if found["name"] == name]
    types = [argument["type"] for argument in layout["args"]]
    names = [argument["name"] for argument in layout["args"]]
    codec = abi.TupleType([abi.ABIType.from_string(kind) for kind in types])
    selector = bytes(encoding.checksum(f"{name}({','.join(types)})".encode())[:4])

    def change_block(block: Entry) -> None:
        for entry in entries(block):
            logs = (entry.get("dt") or {}).get("lg")
            if logs:
                kept = [
                    changed(log if isinstance(log, bytes) else log.encode("utf-8", "surrogateescape")) for log in logs
                ]
                entry["dt"]["lg"] = [log for log in kept if log is not None]

    def changed(log: bytes) -> bytes | None:
        if log[:4] != selector:
            return log
        fields = dict(zip(names, codec.decode(log[4:]), strict=True))
        if change(fields) is False:
            return None
        return selector + bytes(codec.encode([fields[field] for field in names]))

    return change_block
