"""Groups of signed transactions as clients send them, checked for what the ledger program leaves to its caller."""

from base64 import b32encode
from dataclasses import dataclass

import msgpack

from localnet.engine.blocks import Tree
from localnet.engine.shapes import ShapeError, check_signed
from localnet.engine.transactions import canonical, group_id, split, transaction_id
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
        try:
            check_signed(one)
        except ShapeError as why:
            raise ApiError(400, f"msgpack decode error [pos 1]: {why}") from None
    transactions = [canonical(one) for one in transactions]
    for one in transactions:
        one.setdefault("txn", {})
    check_group(transactions)
    return Group(body, transactions)


def check_group(transactions: list[Tree]) -> None:
    """Check size and completeness of a group.

    Raises:
        ApiError: 400 with algod's text.
    """
    if len(transactions) > MOST_TRANSACTIONS:
        raise ApiError(400, f"max group size is {MOST_TRANSACTIONS}")
    fault = group_fault(transactions)
    if fault is not None:
        raise ApiError(400, fault.text)


@dataclass(frozen=True)
class GroupFault:
    """What is wrong with the group ids.

    Attributes:
        position: the first transaction that is at fault.
        incomplete: the ids agree, but name other transactions.
    """

    text: str
    position: int
    incomplete: bool = False


def group_fault(transactions: list[Tree]) -> GroupFault | None:
    """What is wrong with the group ids, None when nothing is."""
    ids = [one["txn"].get("grp") for one in transactions]
    if len(transactions) == 1 and not ids[0]:
        return None
    for at, id_ in enumerate(ids):
        if not id_:
            text = f"transactionGroup: [{at}] had zero Group but was submitted in a group of {len(ids)}"
            return GroupFault(text, at)
        if id_ != ids[0]:
            text = f"transactionGroup: inconsistent group values: {_base32(id_)} != {_base32(ids[0])}"
            return GroupFault(text, at)
    computed = group_id([one["txn"] for one in transactions])
    if computed == ids[0]:
        return None
    members = " ".join(
        transaction_id({key: value for key, value in one["txn"].items() if key != "grp"}) for one in transactions
    )
    text = f"transactionGroup: incomplete group: {_base32(ids[0])} != {_base32(computed)} ({{{{}} [{members}]}})"
    return GroupFault(text, 0, incomplete=True)


def _base32(digest: bytes) -> str:
    return b32encode(digest).decode().rstrip("=")
