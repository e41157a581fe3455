"""Groups on their way, written down before they are sent.

A run that is cut off may have sent its groups or not, and what was sent may still wait for its round. The next run of
the same command sends the very same transactions again: the ledger takes each of them once. So also what has no trace
of its own on chain, such as a transfer, happens once.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from algosdk import encoding
from algosdk.error import IndexerHTTPError

from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.errors import OutboxDamaged, OutboxUnreadable, OutboxUnwritable
from gridpact.chain.events import Promised
from gridpact.chain.files import PRIVATE_FILE, PRIVATE_FOLDER, locked, write_atomically
from gridpact.chain.node import as_dict
from gridpact.chain.sending import EventsMissing, Sent, SignedGroup, was_refused
from gridpact.chain.specs import Contract
from gridpact.errors import GridPactError

FOLDER: Final = ".gridpact"
"""Beside the record of deployments."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What an earlier run of the command had left, and is on chain now."""

    groups: tuple[tuple[SignedGroup, Sent], ...]
    is_all: bool
    """Whether the command has nothing more to send."""


@dataclass(frozen=True, slots=True)
class _Left:
    """A group in the file."""

    group: SignedGroup
    encoded: tuple[str, ...]
    """Its transactions, as the file has them."""
    is_last: bool
    """Whether the command sends nothing after it."""
    key: str = ""
    """What the command has done once it is confirmed, where nothing on chain tells; remembered then."""
    promises: tuple[Promised, ...] = ()
    """The events that the confirmed group has to hold."""


class Outbox:
    """Holds the groups that one command is sending, between their signatures and their confirmations."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        """Nothing is read or written yet.

        Args:
            folder: where the record of deployments is.
            command: what makes two runs the same: deployment, signer, command, arguments.
        """
        name = hashlib.sha256(json.dumps(list(command)).encode()).hexdigest()[:32]
        self._path = folder / FOLDER / f"{name}.json"
        self._left: list[_Left] = []
        self._landed: dict[str, None] = {}

    @property
    def landed(self) -> frozenset[str]:
        """The keys of the groups that this command, also in earlier runs, has seen confirmed."""
        return frozenset(self._landed)

    def peek(self) -> frozenset[str]:
        """The same from the file, for a run that sends nothing.

        Raises:
            OutboxUnreadable, OutboxDamaged: the file cannot be read.
        """
        self._read()
        return self.landed

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs of the same command waiting, and read what an earlier one has left.

        Raises:
            OutboxUnwritable: the folder cannot be used.
            OutboxUnreadable, OutboxDamaged: the file cannot be read.
        """
        lock = self._path.with_suffix(".lock")
        try:
            self._path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            holding = contextlib.ExitStack()
            holding.enter_context(locked(lock))
        except OSError as error:
            raise self._unwritable(error) from error
        with holding:
            self._read()
            yield

    def put(self, group: SignedGroup, *, is_last: bool, key: str = "", promises: Iterable[Promised] = ()) -> None:
        """Write a signed group down, after those that are on their way.

        Args:
            group: the group.
            is_last: whether the command sends nothing after it.
            key: what is to be remembered once it is confirmed.
            promises: the events that it has to leave, also where another run finds it confirmed.

        Raises:
            OutboxUnwritable: it cannot be written; it was not sent.
        """
        encoded = tuple(encoding.msgpack_encode(one) for one in group.transactions)
        self._left.append(_Left(group, encoded, is_last, key, tuple(promises)))
        self._write()

    def land(self, group: SignedGroup) -> None:
        """Forget a group that is on chain, but for its key."""
        self._landed |= {one.key: None for one in self._left if one.group is group and one.key}
        self.remove(group)

    def remove(self, group: SignedGroup) -> None:
        """Forget a group: it never will be on chain."""
        self._left = [one for one in self._left if one.group is not group]
        self._write()

    def finish(self, connection: Connection, apps: Apps) -> Finished | None:
        """Send what an earlier run has left, in its order. None where nothing is left that still can happen.

        Raises:
            EventsMissing: a group is confirmed, and has not left the events that it had to leave.
            GridPactError: it is not known whether a group happened.
        """
        finished: list[tuple[SignedGroup, Sent]] = []
        left = tuple(self._left)
        for one in left:
            sent = _finished(connection, apps, one.group)
            if sent is None:
                self.remove(one.group)
                continue
            self.land(one.group)
            # Of what happened long ago the indexer tells the round alone.
            missing = sent.lacking(one.promises) if sent.is_whole else ()
            if missing:
                raise EventsMissing(sent.tx_ids, sent.round, missing)
            finished.append((one.group, sent))
        if not finished:
            return None
        return Finished(tuple(finished), is_all=len(finished) == len(left) and left[-1].is_last)

    def _write(self) -> None:
        try:
            if not self._left and not self._landed:
                self._path.unlink(missing_ok=True)
                return
            groups = [
                {
                    "isLast": one.is_last,
                    "key": one.key,
                    "promises": [_promise_document(promised) for promised in one.promises],
                    "transactions": one.encoded,
                }
                for one in self._left
            ]
            self._path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps({"groups": groups, "landed": list(self._landed)}), PRIVATE_FILE)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OutboxUnwritable:
        return OutboxUnwritable(self._path.parent, error.strerror or "")

    def _read(self) -> None:
        self._left, self._landed = [], {}
        try:
            text = self._path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise OutboxUnreadable(self._path, error.strerror or "") from error
        try:
            content = json.loads(text)
            # A single group stood alone in the file once.
            self._left = [_left(one) for one in content.get("groups", [content])]
            self._landed = dict.fromkeys(map(str, content.get("landed", ())))
        except Exception as error:  # whatever the decoders raise on a file that is not ours
            aside = self._path.with_suffix(".damaged")
            self._path.replace(aside)
            raise OutboxDamaged(self._path, aside) from error


def _left(content: dict[str, Any]) -> _Left:
    encoded = tuple(content["transactions"])
    group = SignedGroup(tuple(encoding.msgpack_decode(one) for one in encoded))
    promises = tuple(map(_promise, content.get("promises", ())))
    return _Left(group, encoded, bool(content["isLast"]), str(content.get("key", "")), promises)


def _promise_document(promised: Promised) -> dict[str, Any]:
    fields = {
        name: {"hex": value.hex()} if isinstance(value, bytes) else value for name, value in promised.fields.items()
    }
    return {"contract": promised.contract.value, "event": promised.name, "fields": fields}


def _promise(content: dict[str, Any]) -> Promised:
    fields = {
        name: bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
        for name, value in content["fields"].items()
    }
    return Promised(Contract(content["contract"]), content["event"], fields)


def _finished(connection: Connection, apps: Apps, group: SignedGroup) -> Sent | None:
    """A group of an earlier run, brought to its end; None where it cannot happen any more."""
    algod = connection.algod
    try:
        there = group.look(algod, apps)
        if there is not None:
            return there.known_before()
        if group.last_valid_round < connection.last_round():
            return of_long_ago(connection, apps, group)
        was_taken = group.send(algod, apps)
        sent = group.wait(algod, apps)
    except GridPactError as refusal:
        if not was_refused(refusal):
            raise
        return None
    return sent if was_taken else sent.known_before()


def of_long_ago(connection: Connection, apps: Apps, group: SignedGroup) -> Sent | None:
    """A group whose validity has ended, as the indexer has it; None where it never was confirmed."""
    connection.wait_for_indexer()
    try:
        answer = as_dict(connection.indexer.transaction(group.tx_ids[0]))
    except IndexerHTTPError as error:
        if "404" in str(error) or "no transaction found" in str(error):
            return None
        raise
    round_ = int(answer["transaction"]["confirmed-round"])
    return Sent(
        group.tx_ids, ({"confirmed-round": round_, "txn": {"txn": {}}},), was_there=True, contracts=dict(apps.contracts)
    )
