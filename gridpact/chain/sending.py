"""Signed groups on their way to the chain: sent, and waited for until they are there or never will be."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from algosdk.abi import ABIType, Method
from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.apps import Apps
from gridpact.chain.errors import LedgerError
from gridpact.chain.events import RETURN_PREFIX, Event, Promised, events_of, others_events
from gridpact.chain.node import BAD_REQUEST, NOT_FOUND, as_dict
from gridpact.chain.specs import Contract
from gridpact.errors import GridPactError

ALREADY_THERE: Final = "transaction already in ledger"
"""A node says this of what is in a block, and of what waits in its pool."""
SENT_AGAIN: Final = 2
"""How often a group is sent again that the node has lost."""


@dataclass(eq=False)
class GroupLostError(GridPactError):
    """The node took the group and does not know it any more. It may still come to be confirmed."""

    tx_id: str
    last_valid_round: int


@dataclass(eq=False)
class EventsMissing(GridPactError):
    """A group is confirmed, and has not done what it was sent for."""

    tx_ids: tuple[str, ...]
    round: int
    missing: tuple[Promised, ...]
    """The events that it had to leave."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A confirmed group."""

    tx_ids: tuple[str, ...]
    confirmations: tuple[Mapping[str, Any], ...]
    returns: tuple[Any, ...] = ()
    """ABI results of the calls that return something, in order."""
    was_there: bool = False
    """Whether it was on chain before it was sent now."""
    was_lost: bool = False
    """Whether the node had lost it, so that it was sent again: what came after it may have been refused meanwhile."""
    algod: AlgodClient | None = field(default=None, repr=False, compare=False)
    """The node that confirmed it; None for a simulation."""
    contracts: Mapping[int, Contract] = field(default_factory=dict, repr=False, compare=False)
    """The apps whose events count."""

    @property
    def round(self) -> int:
        """The round that holds it."""
        return int(self.confirmations[0]["confirmed-round"])

    @property
    def events(self) -> list[Event]:
        """The events of the known apps, inner calls before the calls that made them."""
        return [event for confirmation in self.confirmations for event in events_of(confirmation, self.contracts)]

    @property
    def others_events(self) -> list[Event]:
        """What other apps have logged that looks like an event of the known ones."""
        return [event for confirmation in self.confirmations for event in others_events(confirmation, self.contracts)]

    @property
    def is_whole(self) -> bool:
        """Whether the transactions are known, and with them all events: of what happened long ago only the round is."""
        return all(confirmation["txn"]["txn"] for confirmation in self.confirmations)

    def lacking(self, promises: Iterable[Promised]) -> tuple[Promised, ...]:
        """The promised events that are not there. Each event keeps one promise."""
        left = list(self.events)
        missing = []
        for promised in promises:
            kept = next(
                (one for one in left if self.contracts[one.app_id] is promised.contract and promised.is_kept_by(one)),
                None,
            )
            if kept is None:
                missing.append(promised)
            else:
                left.remove(kept)
        return tuple(missing)

    def known_before(self) -> "Sent":
        """The same, as of a group that was on its way or on chain before it was sent now."""
        return replace(self, was_there=True)


@dataclass(frozen=True, slots=True)
class SignedGroup:
    """One atomic group, signed: whoever has it can send it, as often as they like, and it happens once."""

    transactions: tuple[Any, ...]
    """algosdk's signed transactions, of whatever kind of signature."""
    methods: Mapping[int, Method] = field(default_factory=dict, repr=False, compare=False)
    """The ABI method of each call, by its place in the group, where it is known."""

    @property
    def tx_ids(self) -> tuple[str, ...]:
        """Ids of the transactions."""
        return tuple(str(one.transaction.get_txid()) for one in self.transactions)

    @property
    def last_valid_round(self) -> int:
        """The last round that may hold it."""
        return min(int(one.transaction.last_valid_round) for one in self.transactions)

    def send(self, algod: AlgodClient, apps: Apps) -> bool:
        """Hand it to a node; whether that was news to it. A group that it has, in a block or in its pool, is no error.

        Raises:
            ContractError: a contract refused.
            LedgerError: the ledger refused.
        """
        try:
            algod.send_transactions(list(self.transactions))
        except AlgodHTTPError as error:
            # A group that holds one transaction twice is told the same, and never will be there.
            is_there = ALREADY_THERE in str(error) and len(set(self.tx_ids)) == len(self.transactions)
            if not is_there:
                raise explained(apps, error) from error
            return False
        return True

    def look(self, algod: AlgodClient, apps: Apps) -> Sent | None:
        """The group as confirmed; None while it waits or is unknown to the node, which forgets after 1,000 rounds.

        Raises:
            ContractError: a contract refused after the node had taken the group.
            LedgerError: the ledger did.
        """
        first = pending(algod, self.tx_ids[0])
        return None if first is None else self._confirmed(algod, apps, first)

    def wait(self, algod: AlgodClient, apps: Apps) -> Sent:
        """Wait until it is confirmed, or its validity ends. What the node has lost meanwhile is sent again.

        Raises:
            ContractError: a contract refused after the node had taken the group.
            LedgerError: the ledger did, or the group expired.
            GroupLostError: the node lost it again and again.
        """
        times_sent = 0
        while True:
            first = pending(algod, self.tx_ids[0])
            sent = None if first is None else self._confirmed(algod, apps, first)
            if sent is not None:
                return replace(sent, was_lost=times_sent > 0)
            last_round = int(as_dict(algod.status())["last-round"])
            if last_round >= self.last_valid_round:
                # Looked at once more: the last block that may hold it is there now.
                return replace(self._last_look(algod, apps, last_round), was_lost=times_sent > 0)
            algod.status_after_block(last_round)
            if first is None and pending(algod, self.tx_ids[0]) is None:
                if times_sent == SENT_AGAIN:
                    raise GroupLostError(self.tx_ids[0], self.last_valid_round)
                times_sent += 1
                self.send(algod, apps)

    def _last_look(self, algod: AlgodClient, apps: Apps, last_round: int) -> Sent:
        sent = self.look(algod, apps)
        if sent is None:
            text = f"txn dead: round {last_round + 1} outside of its validity, which ended with {self.last_valid_round}"
            raise LedgerError(text)
        return sent

    def _confirmed(self, algod: AlgodClient, apps: Apps, first: Mapping[str, Any]) -> Sent | None:
        if first.get("pool-error"):
            raise apps.explain(str(first["pool-error"]))
        if not first.get("confirmed-round"):
            return None
        others = (as_dict(algod.pending_transaction_info(tx_id)) for tx_id in self.tx_ids[1:])
        confirmations = (first, *others)
        return Sent(
            self.tx_ids,
            confirmations,
            returns_of(self.methods, confirmations),
            algod=algod,
            contracts=dict(apps.contracts),
        )


def pending(algod: AlgodClient, tx_id: str) -> dict[str, Any] | None:
    """What a node knows of a transaction that waits or was confirmed lately; None where it knows nothing."""
    try:
        return as_dict(algod.pending_transaction_info(tx_id))
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise


def explained(apps: Apps, error: AlgodHTTPError) -> GridPactError:
    """What it means that a node did not take a group."""
    if error.code == BAD_REQUEST:
        return apps.explain(str(error))
    return LedgerError(str(error), is_final=False)


def was_refused(error: GridPactError) -> bool:
    """Whether a group was checked and refused: it never will be on chain. Other failures leave that open."""
    return error.is_final


def returns_of(methods: Mapping[int, Method], confirmations: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    """ABI results of a group's calls, of those that return something."""
    values = []
    for index, method in sorted(methods.items()):
        # algokit-utils 4.2.3 files a method under the index of its transaction argument, too.
        is_call = confirmations[index]["txn"]["txn"]["type"] == "appl"
        kind = method.returns.type
        if not is_call or not isinstance(kind, ABIType):
            continue
        lines: Iterable[str] = confirmations[index].get("logs", [])
        last = base64.b64decode(list(lines)[-1])
        if not last.startswith(RETURN_PREFIX):
            msg = f"{method.name} returned nothing"
            raise ValueError(msg)
        values.append(kind.decode(last[len(RETURN_PREFIX) :]))
    return tuple(values)
