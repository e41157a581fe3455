"""What a confirmed transaction did, as algod's pending endpoint and simulate report it."""

from localnet.algod.formats import address_text, base64_text, go_string_bytes
from localnet.engine.blocks import Tree
from localnet.engine.transactions import as_submitted

_NUMBERS = {
    "apid": "application-index",
    "caid": "asset-index",
    "ca": "closing-amount",
    "aca": "asset-closing-amount",
    "rs": "sender-rewards",
    "rr": "receiver-rewards",
    "rc": "close-rewards",
}


def transaction_result(in_block: Tree, *, genesis_id: str, genesis_hash: bytes) -> Tree:
    """The result of a block's transaction; bytes stay bytes, as in the msgpack form."""
    return _result(in_block, as_submitted(in_block, genesis_id, genesis_hash))


def _result(applied: Tree, signed: Tree) -> Tree:
    details = applied.get("dt", {})
    result: Tree = {"pool-error": "", "txn": signed}
    result |= {name: applied[key] for key, name in _NUMBERS.items() if applied.get(key)}
    if details.get("lg"):
        result["logs"] = [go_string_bytes(log) for log in details["lg"]]
    if details.get("gd"):
        result["global-state-delta"] = _delta(details["gd"])
    if details.get("ld"):
        result["local-state-delta"] = _local_deltas(details, signed["txn"])
    if details.get("itx"):
        result["inner-txns"] = [_result(inner, {"txn": inner["txn"]}) for inner in details["itx"]]
    return dict(sorted(result.items()))


def _delta(entries: Tree) -> list[Tree]:
    # Keys and values are base64 text in both formats: they are strings in algod's model.
    return [
        {"key": base64_text(key), "value": _change(value)}
        for key, value in sorted((go_string_bytes(key), value) for key, value in entries.items())
    ]


def _change(value: Tree) -> Tree:
    change: Tree = {"action": value.get("at", 0)}
    if value.get("bs"):
        change["bytes"] = base64_text(go_string_bytes(value["bs"]))
    if value.get("ui"):
        change["uint"] = value["ui"]
    return change


def _local_deltas(details: Tree, transaction: Tree) -> list[Tree]:
    accounts = [transaction["snd"], *transaction.get("apat", ()), *details.get("sa", ())]
    return [
        {"address": address_text(accounts[index]), "delta": _delta(entries)}
        for index, entries in sorted(details["ld"].items())
    ]
