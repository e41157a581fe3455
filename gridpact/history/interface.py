"""What logs and arguments mean, from the ARC-56 documents alone: what a contract adds needs no code here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from algosdk import abi, encoding

from gridpact.chain import events as chain_events
from gridpact.chain.specs import Contract, spec

SELECTOR_BYTES: Final = 4
_TRANSACTION_TYPES: Final = frozenset(["txn", "pay", "axfer", "keyreg", "acfg", "afrz", "appl"])
_VALUE_TYPES: Final = frozenset(["pay", "axfer"])

type Value = int | bool | str | list["Value"]
"""A field as it is kept and shown: an address as its 58 characters, bytes in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event of a contract."""

    name: str
    fields: tuple[str, ...]
    types: tuple[str, ...]
    codec: abi.TupleType

    def accounts_in(self, fields: Mapping[str, Value]) -> list[str]:
        """The accounts that the fields of such an event name."""
        return [str(fields[name]) for name, kind in zip(self.fields, self.types, strict=True) if kind == "address"]

    def typed(self, fields: Mapping[str, Value]) -> dict[str, chain_events.Value]:
        """The fields as the rest of the library has them: bytes as bytes."""
        kinds = dict(zip(self.fields, self.types, strict=True))
        return {
            name: bytes.fromhex(str(value)) if kinds[name].startswith("byte[") else value
            for name, value in fields.items()
            if not isinstance(value, list)
        }

    def decode(self, log: bytes) -> dict[str, Value]:
        """The fields of a log line, in their order."""
        values = self.codec.decode(log[SELECTOR_BYTES:])
        return {name: _plain(value, kind) for name, kind, value in zip(self.fields, self.types, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a contract."""

    name: str
    takes_value: bool
    """Whether its one argument of a transaction type is a payment or a transfer."""


@cache
def events(contract: Contract) -> Mapping[bytes, EventType]:
    """A contract's events by the first bytes of their log line."""
    found: dict[bytes, EventType] = {}
    for event in spec(contract)["events"]:
        types = tuple(str(argument["type"]) for argument in event["args"])
        found[_selector(f"{event['name']}({','.join(types)})")] = EventType(
            name=event["name"],
            fields=tuple(str(argument["name"]) for argument in event["args"]),
            types=types,
            codec=abi.TupleType([abi.ABIType.from_string(kind) for kind in types]),
        )
    return found


@cache
def methods(contract: Contract) -> Mapping[bytes, Method]:
    """A contract's methods by the first application argument."""
    found: dict[bytes, Method] = {}
    for method in spec(contract)["methods"]:
        types = [str(argument["type"]) for argument in method["args"]]
        transactions = [kind for kind in types if kind in _TRANSACTION_TYPES]
        found[_selector(f"{method['name']}({','.join(types)}){method['returns']['type']}")] = Method(
            name=method["name"],
            takes_value=len(transactions) == 1 and transactions[0] in _VALUE_TYPES,
        )
    return found


def _selector(signature: str) -> bytes:
    return bytes(encoding.checksum(signature.encode())[:SELECTOR_BYTES])


def _plain(value: Any, kind: str) -> Value:  # noqa: ANN401 - what an ABI codec returns
    if kind.startswith("byte["):
        return bytes(value).hex()
    if isinstance(value, list | tuple):
        return [_plain(item, "") for item in value]
    if isinstance(value, int | str):
        return value
    msg = f"an event field of type {kind} has no plain form"
    raise TypeError(msg)
