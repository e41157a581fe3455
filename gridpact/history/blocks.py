"""History from algod, block by block: for LocalNets and networks that are small.

A node that keeps all its blocks is needed. Each block names the hash of the one before, so nothing of another chain can
come between unnoticed.
"""

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import batched
from typing import Any, Final

import msgpack
from algosdk import encoding
from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.node import AT_ONCE, NOT_FOUND, as_dict
from gridpact.history.errors import BlockMissing, ChainChanged
from gridpact.history.link import Link
from gridpact.history.source import Batch, Mark
from gridpact.history.transactions import ON_COMPLETION, Kind, Root, Transaction

ROUNDS_A_BATCH: Final = 1_000

WAIT_S: Final = 70
"""A node answers after a minute without a block."""

_ZERO_ADDRESS: Final = bytes(32)
_HASH_CHARACTERS: Final = 56
"""Base32 with padding of 32 bytes."""


class BlockSource:
    """Reads every block."""

    def __init__(
        self,
        algod: AlgodClient,
        app_ids: Iterable[int],
        genesis_id: str,
        genesis_hash: str,
        batch: int = ROUNDS_A_BATCH,
    ) -> None:
        """Nothing is read yet.

        Args:
            algod: a node with all blocks.
            app_ids: whose history.
            genesis_id: the chain's name, which blocks leave out of their transactions.
            genesis_hash: base64.
            batch: rounds.
        """
        self._algod = algod
        self._app_ids = frozenset(app_ids)
        self._genesis_id = genesis_id
        self._batch = batch
        self._times: dict[int, int] = {}
        self.genesis_hash = base64.b64decode(genesis_hash)

    def last_round(self) -> int:
        """The node's newest round."""
        return int(as_dict(self._algod.status())["last-round"])

    def wait(self, round_: int) -> None:
        """See `Source`."""
        self._algod.status_after_block(round_, timeout=WAIT_S)

    def block_hash(self, round_: int) -> bytes | None:
        """The hash of a block, None for a round that the node does not have."""
        return block_hash(self._algod, round_)

    def block_times(self, rounds: Collection[int]) -> Mapping[int, int]:
        """See `Source`. The times of blocks that were read are remembered."""
        missing = [round_ for round_ in rounds if round_ not in self._times]
        with Link(self._algod) as link, ThreadPoolExecutor(AT_ONCE) as pool:
            for round_, block in zip(missing, pool.map(partial(_block, link), missing), strict=True):
                if block is None:
                    raise BlockMissing(round_)
                self._times[round_] = block.get("ts", 0)
        return {round_: self._times[round_] for round_ in rounds}

    def batches(self, after: Mark | None, until: int) -> Iterator[Batch]:
        """See `Source`."""
        mark = after
        with Link(self._algod) as link, ThreadPoolExecutor(AT_ONCE) as pool:
            for rounds in batched(range(1 if after is None else after.round + 1, until + 1), self._batch):
                roots: list[Root] = []
                for round_, block in zip(rounds, pool.map(partial(_block, link), rounds), strict=True):
                    if block is None and round_ <= self.last_round():
                        raise BlockMissing(round_)
                    if block is None or (mark is not None and block.get("prev") != mark.block_hash):
                        raise ChainChanged(round_)
                    roots += roots_of(block, self._app_ids, self._genesis_id, self.genesis_hash)
                    mark = Mark(round_, _hash_of(block))
                    self._times[round_] = block.get("ts", 0)
                if mark is not None:
                    yield Batch(tuple(roots), mark)


def _block(link: Link, round_: int) -> dict[str, Any] | None:
    try:
        answer = link.get(f"/v2/blocks/{round_}?format=msgpack")
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise
    # Logs are raw bytes that are typed as text.
    block: dict[str, Any] = msgpack.unpackb(answer, raw=False, strict_map_key=False, unicode_errors="surrogateescape")[
        "block"
    ]
    return block


def block_hash(algod: AlgodClient, round_: int) -> bytes | None:
    """The hash of a block as a node knows it, None for a round that it does not have."""
    try:
        text = str(as_dict(algod.algod_request("GET", f"/blocks/{round_}/hash"))["blockHash"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise
    return base64.b32decode(text.removeprefix("blk-").ljust(_HASH_CHARACTERS, "="))


def roots_of(block: Mapping[str, Any], app_ids: frozenset[int], genesis_id: str, genesis_hash: bytes) -> Iterator[Root]:
    """The transactions of a block that have to do with some apps, with the others of their groups.

    Args:
        block: as unpacked from msgpack.
        app_ids: the apps.
        genesis_id: what blocks leave out of their transactions; the hash too.
        genesis_hash: 32 bytes.
    """
    entries: list[dict[str, Any]] = block.get("txns") or []
    touching = [_touches(entry, app_ids) for entry in entries]
    groups = {entry["txn"].get("grp") for entry, touches in zip(entries, touching, strict=True) if touches} - {None}
    position = 0
    for entry, touches in zip(entries, touching, strict=True):
        if touches or entry["txn"].get("grp") in groups:
            yield Root(
                txid=_transaction_id(entry, genesis_id, genesis_hash),
                round=block["rnd"],
                position=position,
                block_ts=block.get("ts", 0),
                transaction=_transaction(entry),
            )
        position += _count(entry)


def _inner(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    return (entry.get("dt") or {}).get("itx") or []


def _app_id(entry: Mapping[str, Any]) -> int:
    return int(entry["txn"].get("apid") or entry.get("apid") or 0)


def _touches(entry: Mapping[str, Any], app_ids: frozenset[int]) -> bool:
    return _app_id(entry) in app_ids or any(_touches(inner, app_ids) for inner in _inner(entry))


def _count(entry: Mapping[str, Any]) -> int:
    return 1 + sum(_count(inner) for inner in _inner(entry))


@dataclass(frozen=True, slots=True)
class _Fields:
    """The names of what moves value, by the transaction's type."""

    receiver: str
    amount: str
    close_to: str


_VALUE: Final = {Kind.PAYMENT: _Fields("rcv", "amt", "close"), Kind.ASSET_TRANSFER: _Fields("arcv", "aamt", "aclose")}


def _transaction(entry: Mapping[str, Any]) -> Transaction:
    txn: Mapping[str, Any] = entry["txn"]
    kind = str(txn["type"])
    is_call = kind == Kind.CALL
    value = _VALUE.get(Kind(kind)) if kind in _VALUE else None
    return Transaction(
        kind=kind,
        sender=_address(txn.get("snd", _ZERO_ADDRESS)),
        fee_microalgo=txn.get("fee", 0),
        group=txn.get("grp"),
        app_id=_app_id(entry) if is_call else 0,
        creates_app=is_call and not txn.get("apid"),
        on_completion=ON_COMPLETION[txn.get("apan", 0)] if is_call else None,
        args=tuple(_bytes(arg) for arg in txn.get("apaa") or ()),
        logs=tuple(_bytes(log) for log in (entry.get("dt") or {}).get("lg") or ()),
        receiver=None if value is None else _address(txn.get(value.receiver, _ZERO_ADDRESS)),
        amount=0 if value is None else txn.get(value.amount, 0),
        asset_id=txn.get("xaid", 0),
        close_to=_address(txn[value.close_to]) if value is not None and value.close_to in txn else None,
        taken_from=_address(txn["asnd"]) if "asnd" in txn else None,
        rekey_to=_address(txn["rekey"]) if "rekey" in txn else None,
        note=_bytes(txn.get("note", b"")),
        inner=tuple(_transaction(inner) for inner in _inner(entry)),
    )


def _transaction_id(entry: Mapping[str, Any], genesis_id: str, genesis_hash: bytes) -> str:
    txn = {**entry["txn"], "gh": genesis_hash}
    if entry.get("hgi"):
        txn["gen"] = genesis_id
    digest = encoding.checksum(b"TX" + _canonical(txn))
    return base64.b32encode(digest).decode().rstrip("=")


def _hash_of(block: Mapping[str, Any]) -> bytes:
    header = {key: value for key, value in block.items() if key != "txns" and not _is_zero(value)}
    return bytes(encoding.checksum(b"BH" + _canonical(header)))


def _is_zero(value: object) -> bool:
    """Go leaves out what is zero; some servers do not."""
    return not (any(value) if isinstance(value, bytes) else value)


def _canonical(tree: object) -> bytes:
    return bytes(msgpack.packb(_sorted(tree), use_bin_type=True, unicode_errors="surrogateescape"))


def _sorted(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _sorted(tree[key]) for key in sorted(tree)}
    if isinstance(tree, list):
        return [_sorted(item) for item in tree]
    return tree


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


@lru_cache(maxsize=4_096)
def _address(key: bytes) -> str:
    return str(encoding.encode_address(key))
