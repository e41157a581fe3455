"""Signed transactions on their way into a block and out of it."""

from base64 import b32encode
from typing import Any

import msgpack
from algosdk import encoding

from localnet.engine.blocks import Tree, pack_canonical

_ADDRESSES = frozenset(["snd", "rcv", "close", "rekey", "asnd", "arcv", "aclose", "fadd", "sgnr", "m", "r", "f", "c"])
_FIXED_SIZE = _ADDRESSES | {"grp", "lx", "gh", "sig", "am", "votekey", "selkey", "sprfkey"}


def transaction_id(transaction: Tree) -> str:
    """The id of a transaction (not of a signed one) with all its fields."""
    return b32encode(raw_transaction_id(transaction)).decode().rstrip("=")


def raw_transaction_id(transaction: Tree) -> bytes:
    """The 32 bytes of a transaction's id."""
    return bytes(encoding.checksum(b"TX" + pack_canonical(transaction)))


def group_id(transactions: list[Tree]) -> bytes:
    """The group id that these transactions must carry; the one that they carry is left out."""
    ids = [raw_transaction_id({key: value for key, value in one.items() if key != "grp"}) for one in transactions]
    return bytes(encoding.checksum(b"TG" + pack_canonical({"txlist": ids})))


def as_submitted(in_block: Tree, genesis_id: str, genesis_hash: bytes) -> Tree:
    """The signed transaction that a block's entry was made from.

    A block leaves out the genesis id and hash of its transactions and adds what they did.
    """
    transaction = dict(in_block["txn"])
    if in_block.get("hgi"):
        transaction["gen"] = genesis_id
    transaction["gh"] = genesis_hash
    signed = {key: in_block[key] for key in ("lsig", "msig", "sgnr", "sig") if key in in_block}
    signed["txn"] = {key: transaction[key] for key in sorted(transaction)}
    return signed


def sender_of(signed: Tree) -> bytes:
    """The sender of a signed transaction; the zero address is left out of the encoding."""
    return bytes(signed["txn"].get("snd", bytes(32)))


def canonical(signed: Tree) -> Tree:
    """A signed transaction without the empty and zero fields that clients may send, as go-algorand would encode it."""
    stripped = {key: _stripped(value) for key, value in signed.items()}
    return {key: value for key, value in stripped.items() if not _is_zero(value, key)}


def _stripped(value: Any) -> Any:  # noqa: ANN401 - any msgpack value
    if isinstance(value, dict):
        return canonical(value)
    if isinstance(value, list):  # members keep their places, empty or not
        return [canonical(item) if isinstance(item, dict) else item for item in value]
    return value


def _is_zero(value: object, key: str) -> bool:
    if key in _FIXED_SIZE and isinstance(value, bytes):
        return not any(value)
    return value is None or value is False or value in (0, "", b"", [], {})


def split(data: bytes) -> list[tuple[bytes, Any]]:
    """Concatenated msgpack values, each with its bytes.

    Raises:
        ValueError: the data is no sequence of msgpack values.
    """
    unpacker = msgpack.Unpacker(
        raw=False,
        strict_map_key=False,
        unicode_errors="surrogateescape",
        max_buffer_size=max(1, len(data)),
    )
    unpacker.feed(data)
    values: list[tuple[bytes, Any]] = []
    start = 0
    while start < len(data):
        try:
            value = unpacker.unpack()
        except msgpack.OutOfData:
            raise ValueError("the last value is incomplete") from None
        except TypeError:  # a map or list as the key of a map
            raise ValueError("a key is no text") from None
        end = unpacker.tell()
        values.append((data[start:end], value))
        start = end
    return values
