"""What has happened to one thing, from the chain's events, with the texts that stand behind their hashes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import RenderableType

from gridpact.chain.connection import IndexerNotNamed
from gridpact.cli import words
from gridpact.cli.rows import Column, documents, listing
from gridpact.cli.session import Session
from gridpact.cli.words.names import DeploymentNames
from gridpact.deployment import evidence_folder
from gridpact.history.events import Cursor, Event, Wanted
from gridpact.history.feed import happened
from gridpact.history.place import source_of
from gridpact.production.notes import ACCEPTED, PROFILE, said_in

HASHES: Final = ("reasonHash", "reportHash", "evidenceHash", "contractHash", "sourceHash")
"""Fields of events that stand for a text or a file."""
MOST_SHOWN: Final = 500
"""Letters of a text that a table shows."""
NOT_KEPT: Final = "not kept here"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, and what is kept of what it names."""

    event: Event
    says: str
    sha256: str
    """Empty where it names nothing."""
    content: bytes | None
    """What has this hash, None where it is not kept."""

    @property
    def text(self) -> str | None:
        """The content, where it is a text."""
        if self.content is None:
            return None
        try:
            return self.content.decode()
        except UnicodeDecodeError:
            return None

    @property
    def said(self) -> Mapping[str, object]:
        """How a reading came about: why it was accepted, and the hash of the profile that its file was read with."""
        note = said_in(self.event.note)
        return {name: note[name] for name in (ACCEPTED, PROFILE) if name in note}

    @property
    def why(self) -> str:
        """What a table says of all that stands behind it."""
        said = self.said
        parts = [
            f"accepted: {said[ACCEPTED]}" if ACCEPTED in said else "",
            self.evidence,
            f"read with profile {str(said[PROFILE])[:16]}…" if PROFILE in said else "",
        ]
        return "; ".join(filter(None, parts))

    @property
    def evidence(self) -> str:
        """What a table says of a text or a file."""
        if not self.sha256:
            return ""
        if self.content is None:
            return f"{self.sha256[:16]}… {NOT_KEPT}"
        text = self.text
        if text is None or len(text) > MOST_SHOWN or not text.isprintable():
            return f"{self.sha256[:16]}… kept, {len(self.content):,} bytes"
        return text


COLUMNS: Final[list[Column[Entry]]] = [
    Column("round", lambda one: one.event.cursor.round, ">Round"),
    Column("ts", lambda one: one.event.ts),
    Column("event", lambda one: one.event.name),
    Column("says", lambda one: one.says, "What"),
    Column("sha256", lambda one: one.sha256 or None),
    Column("kept", lambda one: one.content is not None),
    Column("text", lambda one: one.text, "Why", lambda one: one.why),
    Column("accepted", lambda one: one.said.get(ACCEPTED)),
    Column("profile_sha256", lambda one: one.said.get(PROFILE)),
    Column("transaction", lambda one: one.event.txid, "Transaction"),
]


type IsOf = Callable[[Event], bool]
"""Whether an event is about the thing."""


def trail(session: Session, wanted: Wanted, is_of: IsOf = lambda _: True) -> list[Entry]:
    """What has happened, oldest first.

    Args:
        session: with the deployment.
        wanted: which events; the others are left out.
        is_of: which of them are about the thing.

    Raises:
        IndexerNotNamed: a public network, and no indexer is named.
        EvidenceChanged: what is kept was changed.
    """
    apps = session.deployment.app_ids
    source = source_of(session.connection, apps)
    names = DeploymentNames(session.deployment)
    events = happened(source, apps, Cursor.before(1), wanted)
    return [entry(session, event, names) for event in events if is_of(event)]


def trail_beside(session: Session, wanted: Wanted, is_of: IsOf) -> list[Entry] | None:
    """The same beside what the chain's state says; None on a public network for which no indexer is named."""
    try:
        return trail(session, wanted, is_of)
    except IndexerNotNamed:
        return None


def entry(session: Session, event: Event, names: DeploymentNames) -> Entry:
    """An event with what stands behind its hash."""
    values = (str(event.fields[name]) for name in HASHES if name in event.fields)
    sha256 = next((value for value in values if value.strip("0")), "")
    content = evidence_folder.find(session.connection, bytes.fromhex(sha256)) if sha256 else None
    return Entry(event, words.happened(event.as_told(), names), sha256, content)


def shown(entries: list[Entry] | None) -> list[RenderableType]:
    """Entries for people; nothing where there are none."""
    return ["", listing(COLUMNS, entries, "")] if entries else []


def document(entries: list[Entry] | None) -> list[dict[str, object]] | None:
    """Entries for programs; null where the past is not known."""
    return None if entries is None else documents(COLUMNS, entries)
