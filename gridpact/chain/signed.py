"""Groups that are signed elsewhere: written to a file, and read from one and checked."""

import base64
import io
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgpack
from algosdk import encoding
from algosdk.transaction import Transaction, calculate_group_id

from gridpact.chain.errors import (
    FileExists,
    FileUnreadable,
    FileUnwritable,
    GroupNotWhole,
    NotGrouped,
    NoTransactions,
    NotSigned,
)
from gridpact.chain.sending import SignedGroup


def write(path: Path, transactions: Iterable[Transaction], *, overwrite: bool = False) -> None:
    """Write unsigned transactions to a file, as wallets and `algokit task sign` read them.

    Args:
        path: the file.
        transactions: with their group ids.
        overwrite: whether a file of this name may go, and a link be followed.

    Raises:
        FileExists: there is something of this name.
        FileUnwritable: it cannot be written, such as a pipe that nobody reads.
    """
    content = b"".join(msgpack.packb({"txn": one.dictify()}, use_bin_type=True) for one in transactions)
    how = os.O_TRUNC if overwrite else os.O_EXCL | os.O_NOFOLLOW
    try:
        # A pipe that nobody reads is an error, and no reason to wait for ever.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | how, 0o666)
        os.set_blocking(descriptor, True)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise FileExists(path, path.is_symlink()) from error
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "") from error


def read(path: Path) -> list[SignedGroup]:
    """The groups in a file, in their order.

    Raises:
        FileUnreadable, NoTransactions, NotSigned, NotGrouped, GroupNotWhole: it cannot be sent as it is.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "") from error
    try:
        found = [
            encoding.msgpack_decode(base64.b64encode(msgpack.packb(one, use_bin_type=True)))
            for one in _objects(content)
        ]
    except Exception as error:  # algosdk passes whatever its decoders raise on bytes that are no transactions
        raise NoTransactions(path) from error
    if not found:
        raise NoTransactions(path)
    unsigned = sum(isinstance(one, Transaction) for one in found)
    if unsigned:
        raise NotSigned(path, unsigned, len(found))
    groups = [SignedGroup(tuple(group)) for _, group in groupby(found, key=lambda one: one.transaction.group)]
    for group in groups:
        if len(group.transactions) > 1 and group.transactions[0].transaction.group is None:
            raise NotGrouped(path)
        if not is_whole(group):
            raise GroupNotWhole(path)
    return groups


def _objects(content: bytes) -> Iterator[dict[str, Any]]:
    """The MessagePack objects that follow one another in a file."""
    for one in msgpack.Unpacker(io.BytesIO(content), raw=False):
        if not isinstance(one, dict) or "txn" not in one:
            msg = "not a transaction"
            raise TypeError(msg)
        yield one


def is_whole(group: SignedGroup) -> bool:
    """Whether the transactions are those that their group id was made of, in its order; also one without a group."""
    transactions = [one.transaction for one in group.transactions]
    group_id = transactions[0].group
    if any(one.group != group_id for one in transactions):
        return False
    if group_id is None:
        return len(transactions) == 1
    bare = [Transaction.undictify({**one.dictify(), "grp": None}) for one in transactions]
    for one in bare:
        one.group = None
    return bool(calculate_group_id(bare) == group_id)
