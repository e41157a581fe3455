"""An account as it was after an earlier round: later payments and transfers undone.

As in the Go indexer, balances are taken back, while roles, parameters and application state stay those of today.
"""

from collections.abc import Iterator

from localnet.engine.blocks import Tree
from localnet.indexer.index import Index, Row
from localnet.indexer.values import ZERO_ADDRESS


def rewound(index: Index, account: bytes, shown: Tree, round_: int) -> Tree:
    """The account ``shown`` as of today, with the balances after ``round_``."""
    algos = shown["amount"]
    assets = {holding["asset-id"]: holding["amount"] for holding in shown.get("assets", ())}
    for row in _later(index, account, round_):
        txn = row.signed["txn"]
        algos += _spent(row, account)
        id_ = txn.get("xaid")
        if id_ is not None:
            assets[id_] = assets.get(id_, 0) + _transferred(row, account)
    holdings = [{**one, "amount": assets[one["asset-id"]]} for one in shown.get("assets", ())]
    balances: Tree = {"amount": algos, "amount-without-pending-rewards": algos, "round": round_}
    return shown | balances | ({"assets": holdings} if holdings else {})


def _later(index: Index, account: bytes, round_: int) -> Iterator[Row]:
    """Every transaction after a round that the account took part in itself, inner ones too."""
    rows = index.rows
    for at in list(index.by_address.get(account, ())):
        if at < len(rows) and rows[at].round > round_:
            yield rows[at]


def _spent(row: Row, account: bytes) -> int:
    """How many microalgos a transaction took from the account; negative when it got some."""
    txn, spent = row.signed["txn"], 0
    amount, closing = txn.get("amt", 0), row.signed.get("ca", 0)
    if txn.get("snd") == account:
        spent += txn.get("fee", 0)
        spent += amount + closing
    if txn["type"] == "pay":
        spent -= amount if txn.get("rcv", ZERO_ADDRESS) == account else 0
        spent -= closing if txn.get("close") == account else 0
    return int(spent)


def _transferred(row: Row, account: bytes) -> int:
    """How many units of the asset a transfer took from the account; negative when it got some."""
    txn, spent = row.signed["txn"], 0
    amount, closing = txn.get("aamt", 0), row.signed.get("aca", 0)
    if (txn.get("asnd") or txn.get("snd")) == account:
        spent += amount
    if txn.get("snd") == account:
        spent += closing
    spent -= amount if txn.get("arcv", ZERO_ADDRESS) == account else 0
    spent -= closing if txn.get("aclose") == account else 0
    return int(spent)
