"""Groups of signed transactions as clients send them, checked for what the ledger program leaves to its caller."""

from dataclasses import dataclass

import msgpack

from localnet.engine.blocks import Tree
from localnet.engine.transactions import group_id, split
from localnet.http import ApiError

MOST_TRANSACTIONS = 16


@dataclass(frozen=True)
class Group:
    """One group: its transactions decoded, and its bytes."""

    raw: bytes
    transactions: list[Tree]


def decode_group(body: bytes) -> Group:
    """The group in a request's body.

    Raises:
        ApiError: 400, the body is no group.
    """
    try:
        parts = split(body)
    except (ValueError, msgpack.UnpackException) as why:
        raise ApiError(400, "empty txgroup" if "incomplete" in str(why) else f"msgpack decode error: {why}") from None
    if not parts:
        raise ApiError(400, "empty txgroup")
    transactions = [part for _raw, part in parts]
    for one in transactions:
        if not isinstance(one, dict) or not isinstance(one.get("txn"), dict):
            raise ApiError(400, "msgpack decode error [pos 1]: only encoded map or array can be decoded into a struct")
    check_group(transactions)
    return Group(body, transactions)


def check_group(transactions: list[Tree]) -> None:
    """Check size and completeness of a group.

    Raises:
        ApiError: 400 with algod's text.
    """
    if len(transactions) > MOST_TRANSACTIONS:
        raise ApiError(400, f"max group size is {MOST_TRANSACTIONS}")
    ids = [one["txn"].get("grp") for one in transactions]
    if len(transactions) > 1 or ids[0]:
        computed = group_id([one["txn"] for one in transactions])
        for at, id_ in enumerate(ids):
            if not id_:
                raise ApiError(
                    400, f"transactionGroup: [{at}] had zero Group but was submitted in a group of {len(ids)}"
                )
            if id_ != ids[0]:
                raise ApiError(400, "transactionGroup: inconsistent group values")
        if computed != ids[0]:
            raise ApiError(400, "transactionGroup: incomplete group")
