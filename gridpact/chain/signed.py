"""Groups that were signed elsewhere: read from a file, and checked."""

import base64
import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgpack
from algosdk import encoding
from algosdk.transaction import Transaction, calculate_group_id

from gridpact.chain.errors import GridPactError
from gridpact.chain.sending import SignedGroup

ADVICE = "Sign the file that --out wrote, as a whole, for example with `algokit task sign`."


def read(path: Path) -> list[SignedGroup]:
    """The groups in a file, in their order.

    Raises:
        GridPactError: it cannot be read, is not signed, or is not whole.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise GridPactError(msg, "Check the file's name.") from error
    try:
        found = [
            encoding.msgpack_decode(base64.b64encode(msgpack.packb(one, use_bin_type=True)))
            for one in _objects(content)
        ]
    except Exception as error:  # algosdk passes whatever its decoders raise on bytes that are no transactions
        msg = f"{path} holds no transactions."
        raise GridPactError(msg, ADVICE) from error
    if not found:
        msg = f"{path} holds no transactions."
        raise GridPactError(msg, ADVICE)
    unsigned = sum(isinstance(one, Transaction) for one in found)
    if unsigned:
        msg = f"{unsigned} of the {len(found)} transactions in {path} are not signed."
        raise GridPactError(msg, ADVICE)
    groups = [SignedGroup(tuple(group)) for _, group in groupby(found, key=lambda one: one.transaction.group)]
    for group in groups:
        _require_whole(group, path)
    return groups


def _objects(content: bytes) -> Iterator[dict[str, Any]]:
    """The MessagePack objects that follow one another in a file."""
    for one in msgpack.Unpacker(io.BytesIO(content), raw=False):
        if not isinstance(one, dict) or "txn" not in one:
            msg = "not a transaction"
            raise TypeError(msg)
        yield one


def _require_whole(group: SignedGroup, path: Path) -> None:
    transactions = [one.transaction for one in group.transactions]
    group_id = transactions[0].group
    if group_id is None:
        if len(transactions) > 1:
            msg = f"{path} holds transactions that are in no group."
            raise GridPactError(msg, ADVICE)
        return
    bare = [Transaction.undictify({**one.dictify(), "grp": None}) for one in transactions]
    for one in bare:
        one.group = None
    if calculate_group_id(bare) != group_id:
        msg = f"A group in {path} is not whole: some of its transactions are missing or changed."
        raise GridPactError(msg, ADVICE)
