"""Ledger data as JSON: addresses as text, other bytes as base64."""

from base64 import b64encode

from algosdk import encoding

from localnet.engine.blocks import Tree, go_string_bytes

__all__ = ["address_text", "base64_text", "go_string_bytes", "key_values", "schema", "wire_json"]

_ADDRESS_KEYS = frozenset(
    ["snd", "rcv", "close", "rekey", "asnd", "arcv", "aclose", "fadd", "sgnr", "apat", "sa", "fees", "rwd", "prp"]
)
_ASSET_ROLE_KEYS = frozenset(["m", "r", "f", "c"])


def base64_text(data: bytes) -> str:
    """Standard base64 with padding."""
    return b64encode(data).decode()


def address_text(address: bytes) -> str:
    """The 58 characters of an address."""
    return str(encoding.encode_address(address))


def wire_json(tree: object, key: str = "", parent: str = "") -> object:
    """Wire data (transactions, blocks) as go-algorand writes it in JSON, keys unchanged."""
    if isinstance(tree, dict):
        return {_text(name): wire_json(value, str(name), key) for name, value in tree.items()}
    if isinstance(tree, list):
        return [wire_json(item, key, parent) for item in tree]
    if isinstance(tree, bytes):
        is_address = key in _ADDRESS_KEYS or (key in _ASSET_ROLE_KEYS and parent == "apar")
        return address_text(tree) if is_address else base64_text(tree)
    if isinstance(tree, str):
        return _text(tree)
    return tree


def key_values(state: Tree) -> list[Tree]:
    """Application state as algod lists it, sorted by raw key."""
    entries = sorted((go_string_bytes(key), value) for key, value in state.items())
    return [{"key": base64_text(key), "value": _value(value)} for key, value in entries]


def schema(tree: Tree | None) -> Tree:
    """A state schema with both numbers present."""
    tree = tree or {}
    return {"num-byte-slice": tree.get("nbs", 0), "num-uint": tree.get("nui", 0)}


def _value(value: Tree) -> Tree:
    if value.get("tt") == 1:
        return {"bytes": base64_text(go_string_bytes(value.get("tb", ""))), "type": 1, "uint": 0}
    return {"bytes": "", "type": 2, "uint": value.get("ui", 0)}


def _text(value: object) -> object:
    """Go replaces what is no UTF-8 in JSON strings."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if isinstance(value, str) else value
