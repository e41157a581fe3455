"""A history: kept up with its chain, exactly once, and begun again when the chain is another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import delete

from gridpact.chain.specs import Contract
from gridpact.history.database import Database
from gridpact.history.errors import ChainChanged, ChainRestless
from gridpact.history.outages import OnOutage, Patience
from gridpact.history.record import record
from gridpact.history.source import Mark, Source
from gridpact.history.tables import About, Table, Watermark

THE_ROW: Final = 1
ATTEMPTS: Final = 20
"""How often a chain may change while one sync runs."""


class Reason(StrEnum):
    """Why a history was begun again."""

    ASKED = "asked"
    VERSION = "version"
    """The tables were those of another version."""
    OTHER_CHAIN = "other chain"
    """Another genesis, or other apps."""
    SHORTER_CHAIN = "shorter chain"
    """The chain ends before the last round that was read."""
    OTHER_BLOCK = "other block"
    """The last round that was read is another block now."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did."""

    since_round: int
    """The last round that was known before; 0 when it began from nothing."""
    round: int
    transactions: int
    """New ones; and new events."""
    events: int
    begun_again: Reason | None


@dataclass(frozen=True, slots=True)
class HistoryStatus:
    """How far a history reaches."""

    where: str
    round: int
    last_round: int
    transactions: int
    events: int
    must_begin_again: Reason | None
    """Why the next sync throws it away; None where it goes on."""

    @property
    def is_current(self) -> bool:
        """Whether it holds all that happened."""
        return self.must_begin_again is None and self.round == self.last_round


class History:
    """The past of one deployment."""

    def __init__(self, database: Database, source: Source, apps: Mapping[Contract, int]) -> None:
        """Nothing is read or written yet.

        Args:
            database: this deployment's.
            source: knows these apps.
            apps: app id of each contract.
        """
        self.database = database
        self.source = source
        self._apps = {contract.value: app_id for contract, app_id in apps.items()}
        self._contracts = {app_id: contract for contract, app_id in apps.items()}

    def sync(self, until: int | None = None) -> Synced:
        """Read what happened since the last time.

        Args:
            until: a round; by default the newest.
        """
        return self._sync(Reason.VERSION if self.database.prepare() else None, until)

    def rebuild(self) -> Synced:
        """Throw everything away and read it again."""
        self.database.prepare()
        self._begin_again(self._known())
        return self._sync(Reason.ASKED, None)

    def follow(self, on_outage: OnOutage = lambda _: None) -> Iterator[Synced]:
        """Keep up with the chain for ever, and tell of each sync that found something. An outage is waited for.

        Args:
            on_outage: is told that the server went away.
        """
        patience = Patience(on_outage)
        while True:
            with patience:
                synced = self.sync()
                patience.answered()
                if synced.round > synced.since_round or synced.begun_again is not None:
                    yield synced
                self.source.wait(synced.round)
                patience.answered()

    def status(self) -> HistoryStatus:
        """How far it reaches, and whether it goes on from there."""
        last_round = self.source.last_round()
        if not self.database.is_ready():
            return HistoryStatus(self.database.where, 0, last_round, 0, 0, None)
        known = self._known()
        if known is None:
            return HistoryStatus(self.database.where, 0, last_round, 0, 0, None)
        return HistoryStatus(
            where=self.database.where,
            round=known.round,
            last_round=last_round,
            transactions=known.transactions,
            events=known.events,
            must_begin_again=self._difference(known, last_round),
        )

    def _sync(self, begun_again: Reason | None, until: int | None) -> Synced:
        first: Watermark | None = None
        changes = 0
        while changes < ATTEMPTS:
            known, last_round = self._known(), self.source.last_round()
            difference = None if known is None else self._difference(known, last_round)
            if known is None or difference is not None:
                known = self._begin_again(known)
                begun_again = difference or begun_again
                first = None
            first = first or known
            try:
                reached = self._advance(known, last_round if until is None else min(until, last_round))
            except ChainChanged:
                changes += 1  # to what, is found out above
                continue
            # None: another writer has gone on, and so may this one, from there.
            if reached is not None:
                return Synced(
                    since_round=first.round,
                    round=reached.round,
                    transactions=reached.transactions - first.transactions,
                    events=reached.events - first.events,
                    begun_again=begun_again,
                )
        raise ChainRestless(self.database.where)

    def _known(self) -> Watermark | None:
        with self.database.read() as session:
            return session.get(Watermark, THE_ROW)

    def _difference(self, known: Watermark, last_round: int) -> Reason | None:
        """Why what is known cannot be gone on with."""
        if known.genesis_hash != self.source.genesis_hash or known.apps != self._apps:
            return Reason.OTHER_CHAIN
        if known.round > last_round:
            return Reason.SHORTER_CHAIN
        if known.block_hash is not None and self.source.block_hash(known.round) != known.block_hash:
            return Reason.OTHER_BLOCK
        return None

    def _begin_again(self, known: Watermark | None) -> Watermark:
        """Throw everything away, unless somebody else did."""
        with self.database.write() as session:
            now = session.get(Watermark, THE_ROW)
            if now is not None:
                if known is None or not _same(now, known):
                    return now
                session.expunge(now)
            for table in reversed(Table.metadata.sorted_tables):
                if table is not About.__table__:
                    session.execute(delete(table))
            fresh = Watermark(
                id=THE_ROW,
                genesis_hash=self.source.genesis_hash,
                apps=self._apps,
                round=0,
                block_hash=None,
                transactions=0,
                events=0,
            )
            session.add(fresh)
        return fresh

    def _advance(self, known: Watermark, until: int) -> Watermark | None:
        """Write batch by batch; None when somebody else wrote meanwhile."""
        at = None if known.block_hash is None else Mark(known.round, known.block_hash)
        for batch in self.source.batches(at, until):
            with self.database.write() as session:
                now = session.get(Watermark, THE_ROW)
                if now is None or not _same(now, known):
                    return None
                record(session, batch, self._contracts, now)
            known = now
        return known


def _same(one: Watermark, other: Watermark) -> bool:
    return (one.genesis_hash, one.apps, one.round, one.block_hash) == (
        other.genesis_hash,
        other.apps,
        other.round,
        other.block_hash,
    )
