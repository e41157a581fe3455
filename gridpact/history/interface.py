"""What logs and arguments mean, from the ARC-56 documents alone: what a contract adds needs no code here."""

from collections.abc import Mapping, Sequence
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
    value: str | None
    """The name of its one argument of a transaction type, where that is a payment or a transfer."""
    events: tuple[str, ...]
    """Those that a call of it can log, itself; the first one it always does."""
    arguments: tuple[str, ...]
    """Names of the arguments that stand in the call itself."""
    codecs: tuple[abi.ABIType, ...]
    structs: tuple[tuple[str, ...], ...]
    """For each argument the names of its parts, where it is a struct."""

    def decode(self, arguments: Sequence[bytes]) -> dict[str, Value]:
        """The arguments of a call by name; of a struct each part.

        Args:
            arguments: those after the selector.
        """
        found: dict[str, Value] = {}
        for name, codec, parts, argument in zip(self.arguments, self.codecs, self.structs, arguments, strict=True):
            value = codec.decode(argument)
            if isinstance(codec, abi.TupleType) and parts:
                kinds = [str(kind) for kind in codec.child_types]
                found |= {part: _plain(one, kind) for part, one, kind in zip(parts, value, kinds, strict=True)}
            else:
                found[name] = _plain(value, str(codec))
        return found


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
        transactions = [argument for argument in method["args"] if argument["type"] in _TRANSACTION_TYPES]
        takes_value = len(transactions) == 1 and transactions[0]["type"] in _VALUE_TYPES
        own = [argument for argument in method["args"] if argument["type"] not in _TRANSACTION_TYPES]
        found[_selector(f"{method['name']}({','.join(types)}){method['returns']['type']}")] = Method(
            name=method["name"],
            value=str(transactions[0]["name"]) if takes_value else None,
            events=tuple(str(event["name"]) for event in method.get("events", [])),
            arguments=tuple(str(argument["name"]) for argument in own),
            codecs=tuple(abi.ABIType.from_string(argument["type"]) for argument in own),
            structs=tuple(_parts_of(contract, argument.get("struct")) for argument in own),
        )
    return found


def _parts_of(contract: Contract, struct: str | None) -> tuple[str, ...]:
    return () if struct is None else tuple(str(field["name"]) for field in spec(contract)["structs"][struct])


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
