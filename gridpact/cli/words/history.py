"""The history in words."""

from collections.abc import Mapping
from typing import Final

from gridpact import units as fmt
from gridpact.cli import words
from gridpact.cli.words import kinds
from gridpact.cli.words.kinds import Names, Told, refusal
from gridpact.history.errors import (
    BlockMissing,
    ChainChanged,
    ChainRestless,
    DatabaseUnusable,
    EventMissing,
    InvalidCursor,
)
from gridpact.history.events import Event
from gridpact.history.sync import HistoryStatus, Reason, Synced

_INDEXER: Final = "Set INDEXER_SERVER (and INDEXER_PORT, INDEXER_TOKEN)."

_BEGUN_AGAIN: Final[Mapping[Reason, str]] = {
    Reason.ASKED: "The history was read again from the beginning.",
    Reason.VERSION: "The history was written by another version of this program: it was read again from the beginning.",
    Reason.OTHER_CHAIN: "This is another chain, or other contracts: the history was started again.",
    Reason.SHORTER_CHAIN: "The chain was reset or restored to an earlier block: the history was started again.",
    Reason.OTHER_BLOCK: "The chain was reset or restored and has other blocks now: the history was started again.",
}


def begun_again(reason: Reason) -> str:
    """Why nothing of what was kept stands."""
    return _BEGUN_AGAIN[reason]


def synced(result: Synced) -> str:
    """What a sync has found."""
    if result.round == result.since_round and result.begun_again is None:
        return f"The history is up to date, at round {result.round:,}."
    events, transactions = _counted(result.events, "new event"), _counted(result.transactions, "transaction")
    return f"Round {result.round:,}: {events}, {transactions}."


def standing(status: HistoryStatus) -> str:
    """Whether the history can be used."""
    if status.must_begin_again is not None:
        return "out of date: the next sync begins again"
    if status.is_current:
        return "up to date"
    return f"{_counted(status.last_round - status.round, 'round')} behind"


def line(event: Event, names: Names) -> str:
    """An event on one line: when, where, what."""
    words.load()
    teller = kinds.TELLERS.get(event.name)
    told = _plain(event) if teller is None else teller(event.as_told(), names)
    return f"{fmt.iso(event.ts)}  {event.cursor!s:<10}  {event.contract.value:<12}  {told}"


def _plain(event: Event) -> str:
    """An event that nobody has put into words."""
    fields = " ".join(f"{name}={value}" for name, value in event.fields.items() if name != "timestamp")
    return f"{event.name} {fields}".rstrip()


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


@refusal.register
def _(error: ChainChanged) -> Told:
    return Told(
        f"The chain was reset or restored: round {error.round:,} does not follow on what was read.",
        "What was shown of it may not have happened. Run the command again.",
    )


@refusal.register
def _(error: BlockMissing) -> Told:
    return Told(f"The node does not have block {error.round:,} any more.", _INDEXER)


@refusal.register
def _(_error: ChainRestless) -> Told:
    return Told("The chain changed whenever its history was read.", "Run the command again when the chain is at rest.")


@refusal.register
def _(error: EventMissing) -> Told:
    return Told(
        f"Events are missing in what the server gives: {error.table} has no {error.key}, which a later event changes.",
        "Name another node or indexer, and run `gridpact history rebuild`.",
    )


@refusal.register
def _(error: DatabaseUnusable) -> Told:
    return Told(
        f"The history in {error.where} cannot be used: {error.reason}.",
        "Check GRIDPACT_HISTORY, and whether the database runs.",
    )


@refusal.register
def _(error: InvalidCursor) -> Told:
    return Told(
        f"{error.text!r} is not a place in the chain.", "Give a round, such as 120, or an event's id, such as 120.3.0."
    )
