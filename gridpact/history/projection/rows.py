"""The rows that a batch of events reads and writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gridpact.history.errors import EventMissing
from gridpact.history.events import Event
from gridpact.history.tables import Table


@dataclass(frozen=True, slots=True)
class Moved:
    """The payment or transfer that a call took as its argument."""

    transaction_id: int
    txid: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event on its way into the tables."""

    event_id: int
    event: Event
    call: Sequence[Event]
    """All events of the same call, in their order."""
    moved: Moved | None

    @property
    def ts(self) -> int:
        """The contract's time."""
        return self.event.ts


class Rows:
    """Rows by their keys. Each is read at most once, and all are written together at the end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[Any, ...], Table] = {}

    def add(self, row: Table, *key: Any) -> None:  # noqa: ANN401 - whatever the table's key is made of
        """A row that did not exist.

        Args:
            row: what is written.
            key: its primary key, in the table's order.
        """
        self._session.add(row)
        self._known[type(row), *key] = row

    def get[Row: Table](self, table: type[Row], *key: Any) -> Row:  # noqa: ANN401 - the same
        """A row that an earlier event has made.

        Raises:
            EventMissing: there is none.
        """
        row = self._known.get((table, *key))
        if row is None:
            row = self._session.get(table, key)
            if row is None:
                raise EventMissing(table.__tablename__, "/".join(str(part) for part in key))
            self._known[table, *key] = row
        assert isinstance(row, table)
        return row


type Handler = Callable[[Rows, Told], None]
