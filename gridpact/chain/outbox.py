"""A group on its way, written down before it is sent.

A run that is cut off may have sent its group or not, and what was sent may still wait for its round. The next run of
the same command sends the very same transactions again: the ledger takes each of them once. So also what has no trace
of its own on chain, such as a transfer, happens once.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from algosdk import encoding
from algosdk.error import IndexerHTTPError

from gridpact.chain.connection import Connection
from gridpact.chain.errors import GridPactError
from gridpact.chain.group import Apps, was_refused
from gridpact.chain.node import as_dict
from gridpact.chain.signed import SignedGroup, Submitted, confirmed, submit

FOLDER: Final = ".gridpact"
"""Beside the record of deployments."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What an earlier run of the command had left, and is on chain now."""

    group: SignedGroup
    submitted: Submitted
    is_last: bool
    """Whether that was all that the command had to send."""


class Outbox:
    """Holds the group that one command is sending, between the signature and the receipt."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        """Nothing is read or written yet.

        Args:
            folder: where the record of deployments is.
            command: what makes two runs the same: deployment, signer, command, arguments.
        """
        name = hashlib.sha256(json.dumps(list(command)).encode()).hexdigest()[:32]
        self._path = folder / FOLDER / f"{name}.json"

    def put(self, signed: Sequence[Any], *, is_last: bool) -> None:
        """Write a signed group down, in place of the one before.

        Args:
            signed: algosdk's signed transactions.
            is_last: whether the command sends nothing after it.

        Raises:
            GridPactError: it cannot be written; nothing was sent.
        """
        content = {"isLast": is_last, "transactions": [encoding.msgpack_encode(one) for one in signed]}
        draft = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            with contextlib.suppress(OSError):  # the first failure is the one to tell
                draft.unlink()
            msg = f"{self._path.parent} cannot be written: {error.strerror}."
            raise GridPactError(msg, "Nothing was sent. Make it writable, and run the command again.") from error

    def clear(self) -> None:
        """The group is on chain and its sender knows, or it never will be."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._path.unlink()

    def finish(self, connection: Connection, apps: Apps) -> Finished | None:
        """Send what an earlier run has left. None where there is nothing, or where it cannot happen any more.

        Raises:
            GridPactError: what was left cannot be read, or it is not known whether it happened.
        """
        left = self._read()
        if left is None:
            return None
        group, is_last = left
        there = confirmed(connection, group.tx_ids)
        if there is None and group.last_valid_round < connection.last_round():
            there = _found(connection, group.tx_ids)
        elif there is None:
            try:
                there = submit(connection, apps, group)
            except GridPactError as refusal:
                if not was_refused(refusal):
                    raise
        if there is None:
            self.clear()
            return None
        return Finished(group, there, is_last)

    def _read(self) -> tuple[SignedGroup, bool] | None:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            msg = f"{self._path} cannot be read: {error.strerror}."
            raise GridPactError(msg, "Make it readable: it says what an earlier run was sending.") from error
        transactions = tuple(encoding.msgpack_decode(one) for one in content["transactions"])
        return SignedGroup(transactions), bool(content["isLast"])


def _found(connection: Connection, tx_ids: Sequence[str]) -> Submitted | None:
    """A group of long ago, which the node has forgotten."""
    connection.wait_for_indexer()
    try:
        answer = as_dict(connection.algorand.client.indexer.transaction(tx_ids[0]))
    except IndexerHTTPError as error:
        if "404" in str(error) or "no transaction found" in str(error):
            return None
        raise
    round_ = int(answer["transaction"]["confirmed-round"])
    return Submitted(tuple(tx_ids), round_, events=(), was_there=True)
