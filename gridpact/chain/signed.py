"""Groups that were signed elsewhere: read from a file, checked, sent."""

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import msgpack
from algosdk import encoding
from algosdk.error import AlgodHTTPError
from algosdk.transaction import Transaction, calculate_group_id, wait_for_confirmation

from gridpact.chain.connection import Connection
from gridpact.chain.errors import GridPactError
from gridpact.chain.events import Event, events_of
from gridpact.chain.group import CONFIRMATION_ROUNDS, Apps, explained
from gridpact.chain.node import as_dict

ALREADY_THERE = "transaction already in ledger"
ADVICE = "Sign the file that --out wrote, as a whole, for example with `algokit task sign`."


@dataclass(frozen=True, slots=True)
class SignedGroup:
    """One atomic group, signed."""

    transactions: tuple[Any, ...]
    """algosdk's signed transactions, of whatever kind of signature."""

    @property
    def tx_ids(self) -> list[str]:
        """Ids of the transactions."""
        return [str(one.transaction.get_txid()) for one in self.transactions]

    @property
    def last_valid_round(self) -> int:
        """The last round that may hold it."""
        return min(int(one.transaction.last_valid_round) for one in self.transactions)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A group that is on chain."""

    tx_ids: tuple[str, ...]
    round: int
    events: tuple[Event, ...]
    was_there: bool
    """Whether it had been sent before."""


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


def submit(connection: Connection, apps: Apps, group: SignedGroup) -> Submitted:
    """Send a group and wait for its confirmation. One that is on chain is not sent again.

    Raises:
        ContractError: a contract refused.
        LedgerError: the ledger refused.
    """
    algod = connection.algod
    tx_ids = group.tx_ids
    there = confirmed(connection, tx_ids)
    if there is not None:
        return there
    was_there = False
    try:
        algod.send_transactions(list(group.transactions))
    except AlgodHTTPError as error:
        # A node's pool says this also of what still waits for its round.
        was_there = ALREADY_THERE in str(error)
        if not was_there:
            raise explained(apps, error) from error
    wait_for_confirmation(algod, tx_ids[0], CONFIRMATION_ROUNDS)
    return _submitted([as_dict(algod.pending_transaction_info(tx_id)) for tx_id in tx_ids], tx_ids, was_there=was_there)


def confirmed(connection: Connection, tx_ids: Sequence[str]) -> Submitted | None:
    """A group that is on chain, as far as the node remembers: 1,000 rounds. None where it is not."""
    try:
        answers = [as_dict(connection.algod.pending_transaction_info(tx_id)) for tx_id in tx_ids]
    except AlgodHTTPError as error:
        if error.code == 404:
            return None
        raise
    if not all(answer.get("confirmed-round") for answer in answers):
        return None
    return _submitted(answers, tx_ids, was_there=True)


def _submitted(confirmations: list[dict[str, Any]], tx_ids: Sequence[str], *, was_there: bool) -> Submitted:
    events = tuple(event for confirmation in confirmations for event in events_of(confirmation))
    return Submitted(tuple(tx_ids), int(confirmations[0]["confirmed-round"]), events, was_there)


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
