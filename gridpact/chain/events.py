"""ARC-28 events: from the logs of a confirmed transaction to names and values."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from algosdk import abi, encoding

from gridpact.chain.specs import Contract, spec

Value = int | str | bytes | bool
"""uint64 as int, address as its 58 characters, byte[32] as bytes, bool as bool."""

RETURN_PREFIX = bytes.fromhex("151f7c75")


@dataclass(frozen=True, slots=True)
class Event:
    """One event that a contract emitted."""

    app_id: int
    name: str
    fields: Mapping[str, Value]

    def number(self, field: str) -> int:
        """A field that is a uint64."""
        value = self.fields[field]
        if not isinstance(value, int):
            msg = f"{self.name}.{field} is no number"
            raise TypeError(msg)
        return value

    def text(self, field: str) -> str:
        """A field that is an address."""
        value = self.fields[field]
        if not isinstance(value, str):
            msg = f"{self.name}.{field} is no address"
            raise TypeError(msg)
        return value

    def raw(self, field: str) -> bytes:
        """A field that is a row of bytes."""
        value = self.fields[field]
        if not isinstance(value, bytes):
            msg = f"{self.name}.{field} is no row of bytes"
            raise TypeError(msg)
        return value


@dataclass(frozen=True, slots=True)
class Promised:
    """An event that has to be in a confirmed group: without it what was to be done was not done."""

    contract: Contract
    """Whose it is: another app's event of this name keeps no promise."""
    name: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    """Those that are known beforehand."""

    def is_kept_by(self, event: Event) -> bool:
        """Whether an event of the contract is the promised one."""
        return event.name == self.name and all(event.fields.get(name) == value for name, value in self.fields.items())


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    fields: tuple[str, ...]
    types: tuple[str, ...]
    codec: abi.TupleType


@cache
def _layouts(contract: Contract | None) -> dict[bytes, _Layout]:
    if contract is None:
        return {selector: layout for one in Contract for selector, layout in _layouts(one).items()}
    layouts: dict[bytes, _Layout] = {}
    for event in spec(contract)["events"]:
        types = tuple(argument["type"] for argument in event["args"])
        signature = f"{event['name']}({','.join(types)})"
        selector = encoding.checksum(signature.encode())[:4]
        layouts[selector] = _Layout(
            name=event["name"],
            fields=tuple(argument["name"] for argument in event["args"]),
            types=types,
            codec=abi.TupleType([abi.ABIType.from_string(name) for name in types]),
        )
    return layouts


def decode(app_id: int, log: bytes, contract: Contract | None = None) -> Event | None:
    """The event in one log line, or None where the line is no event of the contracts (an ABI result, say).

    Args:
        app_id: who logged it: anybody can log anything.
        log: the line.
        contract: whose events are meant; all contracts' where None.
    """
    layout = _layouts(contract).get(log[:4])
    # All of the contracts' types have fixed sizes.
    if layout is None or log[:4] == RETURN_PREFIX or len(log) != 4 + layout.codec.byte_len():
        return None
    values = layout.codec.decode(log[4:])
    return Event(
        app_id=app_id,
        name=layout.name,
        fields={
            name: _plain(value, kind) for name, value, kind in zip(layout.fields, values, layout.types, strict=True)
        },
    )


def events_of(confirmation: Mapping[str, Any], contracts: Mapping[int, Contract]) -> Iterator[Event]:
    """The events of known apps in one confirmed transaction, as algod's pending information shows it.

    The events of inner transactions come before those of the call that made them; the chain does not record how the
    two were interleaved.

    Args:
        confirmation: answer of ``GET /v2/transactions/pending/{txid}``.
        contracts: the known apps. What any other app logs is no event, however it looks.
    """
    for app_id, log in _logs(confirmation):
        contract = contracts.get(app_id)
        event = None if contract is None else decode(app_id, log, contract)
        if event is not None:
            yield event


def others_events(confirmation: Mapping[str, Any], contracts: Mapping[int, Contract]) -> Iterator[Event]:
    """What other apps have logged in a transaction that looks like an event of the contracts.

    Args:
        confirmation: answer of ``GET /v2/transactions/pending/{txid}``.
        contracts: the known apps.
    """
    for app_id, log in _logs(confirmation):
        event = None if app_id in contracts else decode(app_id, log)
        if event is not None:
            yield event


def _logs(confirmation: Mapping[str, Any]) -> Iterator[tuple[int, bytes]]:
    """App and log lines of a transaction, inner transactions first."""
    for inner in confirmation.get("inner-txns", []):
        yield from _logs(inner)
    app_id = confirmation.get("application-index") or confirmation["txn"]["txn"].get("apid", 0)
    for line in confirmation.get("logs", []):
        yield int(app_id), base64.b64decode(line)


def _plain(value: Any, kind: str) -> Value:  # noqa: ANN401 - what an ABI codec returns
    if kind.startswith("byte["):
        return bytes(value)
    if isinstance(value, int | str | bool):
        return value
    msg = f"an event field of type {kind} has no plain form"
    raise TypeError(msg)
