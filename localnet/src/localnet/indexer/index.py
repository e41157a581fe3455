"""The index: every transaction of the chain in memory, and where to find it.

It is rebuilt from the blocks when the LocalNet starts and follows each new block before the submitter has its answer.
Blocks are added by one thread while others search: rows are only appended, and become visible by their count.
"""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import new as new_hash

from localnet.engine.blocks import Tree, pack
from localnet.engine.ledger import Ledger
from localnet.indexer.history import History
from localnet.indexer.transactions import Place, root_json
from localnet.indexer.values import ZERO_ADDRESS


@dataclass(eq=False, slots=True)
class Row:
    """One transaction, inner ones too.

    Attributes:
        intra: its place in the block; inner transactions are counted in the order in which they ran.
        timestamp: the block's time in unix seconds.
        signed: the block's entry, with genesis id and hash restored.
        id: of an asset or application that it concerns or creates, 0 for none.
        txid: of the transaction that stands in the block.
        outer: the transaction in the block that made this one; None when this one stands there itself.
        inner_count: how many inner transactions a transaction in the block has.
    """

    round: int
    intra: int
    timestamp: int
    signed: Tree
    id: int
    txid: str
    outer: "Row | None"
    inner_count: int = 0

    @property
    def root(self) -> "Row":
        """The transaction in the block: itself, or the one that made it."""
        return self.outer or self

    def root_json(self) -> Tree:
        """The transaction in the block as the indexer shows it."""
        root = self.root
        return root_json(root.signed, root.txid, Place(root.round, root.intra, root.timestamp))


class Index:
    """The transactions of the chain, the lives of its objects, and the ledger for their present state."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._clear()
        self._rebuild()
        ledger.add_listener(self._add_block)
        ledger.on_reset(self._rebuild)

    def _clear(self) -> None:
        self.last_round = -1
        self.history = History()
        self.rows: list[Row] = []
        self.by_address: dict[bytes, list[int]] = defaultdict(list)
        self.by_id: dict[int, list[int]] = defaultdict(list)
        self.by_txid: dict[str, int] = {}
        self.by_group: dict[bytes, list[int]] = defaultdict(list)

    def _rebuild(self) -> None:
        self._clear()
        for round_ in range(self.ledger.last_round + 1):
            self._add_block(round_, self.ledger.block(round_))

    def _add_block(self, round_: int, block: Tree) -> None:
        if round_ == 0:
            funds = {address: microalgo for _name, address, _key, microalgo in self.ledger.genesis_accounts}
            self.history.add_genesis(funds, [block[key] for key in ("fees", "rwd") if block.get(key)])
        intra = 0
        transactions = [self._restored(entry) for entry in block.get("txns") or ()]
        self.history.add_block(transactions, round_)
        for signed in transactions:
            intra = self._add_root(signed, round_, intra, block.get("ts", 0))
        self.last_round = round_

    def _restored(self, entry: Tree) -> Tree:
        """A block's entry with the genesis id and hash that the block leaves out; keys stay sorted."""
        txn = {**entry["txn"], "gh": self.ledger.genesis_hash}
        if entry.get("hgi"):
            txn["gen"] = self.ledger.genesis_id
        return {**entry, "txn": {key: txn[key] for key in sorted(txn)}}

    def _add_root(self, signed: Tree, round_: int, intra: int, timestamp: int) -> int:
        """Add a transaction and its inner ones; returns the next place in the block."""
        root = Row(round_, intra, timestamp, signed, _concerned_id(signed), _transaction_id(signed["txn"]), None)
        inner = list(_inner_rows(root, signed, intra + 1))
        root.inner_count = len(inner)
        position = len(self.rows)
        # A transaction is found by the accounts of its inner ones too.
        positions: dict[bytes, list[int]] = defaultdict(lambda: [position])
        for address in _participants(signed["txn"]):
            positions[address]
        for at, row in enumerate(inner, position + 1):
            for address in dict.fromkeys(_participants(row.signed["txn"])):
                positions[address].append(at)
        for at, row in enumerate((root, *inner), position):
            if row.id:
                self.by_id[row.id].append(at)
            if group := row.signed["txn"].get("grp"):
                self.by_group[group].append(at)
        for address, found in positions.items():
            self.by_address[address].extend(found)
        self.by_txid[root.txid] = position
        self.rows.extend((root, *inner))
        return intra + len(inner) + 1


def _transaction_id(txn: Tree) -> str:
    """The id of a transaction that is canonical already, as all in blocks are."""
    digest = new_hash("sha512_256", b"TX" + pack(txn)).digest()
    return b32encode(digest).decode().rstrip("=")


def _inner_rows(root: Row, signed: Tree, intra: int) -> Iterator[Row]:
    """Rows of all inner transactions, in the order in which they ran."""
    for inner in (signed.get("dt") or {}).get("itx") or ():
        yield Row(root.round, intra, root.timestamp, inner, _concerned_id(inner), root.txid, root)
        intra += 1
        for below in _inner_rows(root, inner, intra):
            yield below
            intra = below.intra + 1


def _concerned_id(signed: Tree) -> int:
    """The asset or application of a transaction, also one that it creates; 0 for none."""
    txn = signed["txn"]
    match txn["type"]:
        case "appl":
            id_ = txn.get("apid") or signed.get("apid", 0)
        case "acfg":
            id_ = txn.get("caid") or signed.get("caid", 0)
        case "axfer":
            id_ = txn.get("xaid", 0)
        case "afrz":
            id_ = txn.get("faid", 0)
        case _:
            id_ = 0
    return int(id_)


def _participants(txn: Tree) -> Iterator[bytes]:
    """The accounts by which a transaction is found."""
    yield txn.get("snd", ZERO_ADDRESS)
    match txn["type"]:
        case "pay":
            yield txn.get("rcv", ZERO_ADDRESS)
            if txn.get("close"):
                yield txn["close"]
        case "axfer":
            if txn.get("asnd"):
                yield txn["asnd"]
            yield txn.get("arcv", ZERO_ADDRESS)
            if txn.get("aclose"):
                yield txn["aclose"]
        case "afrz":
            yield txn.get("fadd", ZERO_ADDRESS)
        case "appl":
            yield from txn.get("apat") or ()
