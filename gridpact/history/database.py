"""The database of a history: SQLite in a file, or PostgreSQL at an address.

A file, or a schema of a PostgreSQL database, holds the history of one deployment. Writers take turns; readers see whole
batches only.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateSchema

from gridpact.chain.files import PRIVATE_FOLDER
from gridpact.chain.specs import Contract, spec
from gridpact.history.errors import DatabaseUnusable
from gridpact.history.tables import VERSION, About, Table

PATIENCE_S: Final = 30
"""How long a writer waits for another one."""

_WRITES: Final = "gridpact_writes"
_POSTGRESQL: Final = "postgresql"


class Database:
    """Holds one history."""

    def __init__(self, url: str | URL, schema: str = "gridpact") -> None:
        """Nothing is opened yet.

        Args:
            url: as SQLAlchemy writes it; `postgresql://` means psycopg.
            schema: of PostgreSQL; a history's own.

        Raises:
            DatabaseUnusable: the address is none, or its driver is not installed.
        """
        try:
            address = make_url(url)
            if address.drivername == _POSTGRESQL:
                address = address.set(drivername=f"{_POSTGRESQL}+psycopg")
            engine = create_engine(address)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise DatabaseUnusable(str(url), str(error)) from error
        self.where = address.database or "" if engine.dialect.name == "sqlite" else address.render_as_string()
        self._file = Path(address.database) if engine.dialect.name == "sqlite" and address.database else None
        self._schema = schema if engine.dialect.name == _POSTGRESQL else None
        if self._schema is None:
            _set_up_sqlite(engine)
            self._readers = engine
        else:
            self._readers = engine.execution_options(
                schema_translate_map={None: self._schema}, isolation_level="REPEATABLE READ"
            )
        self._writers = engine.execution_options(schema_translate_map={None: self._schema}, **{_WRITES: True})

    @classmethod
    def in_file(cls, path: Path) -> "Database":
        """A SQLite database; the file is made at the first use.

        Raises:
            DatabaseUnusable: its folder cannot be made.
        """
        try:
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusable(str(path), str(error.strerror)) from error
        return cls(URL.create("sqlite", database=str(path)))

    def close(self) -> None:
        """Close all connections."""
        self._writers.dispose()

    def is_ready(self) -> bool:
        """Whether the tables are there, as this version writes them. No file is made to find that out."""
        if self._file is not None and not self._file.exists():
            return False
        with self._explained(), self._readers.begin() as connection:
            return self._version(connection) == fingerprint()

    def prepare(self) -> bool:
        """Make the tables where they are not; whether those of another version had to go."""
        with self._explained(), self._writers.begin() as connection:
            self._take_turn(connection)
            version = self._version(connection)
            if version == fingerprint():
                return False
            old = MetaData()
            old.reflect(connection, schema=self._schema)
            old.drop_all(connection)
            Table.metadata.create_all(connection)
            connection.execute(insert(About).values(version=fingerprint()))
        return version is not None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction of the only writer: all of it is kept, or nothing."""
        with (
            self._explained(),
            Session(self._writers, autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._take_turn(session.connection())
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One look at the history as it is after a batch. The rows may be kept."""
        with self._explained(), Session(self._readers, autoflush=False, expire_on_commit=False) as session:
            yield session

    def _take_turn(self, connection: Connection) -> None:
        """Wait until no other writer is in a transaction. SQLite's transactions of writers begin so."""
        if self._schema is not None:
            connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": self._schema})
            connection.execute(CreateSchema(self._schema, if_not_exists=True))

    def _version(self, connection: Connection) -> str | None:
        if not inspect(connection).has_table(About.__tablename__, schema=self._schema):
            return None
        return connection.execute(select(About.version)).scalar_one_or_none()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise DatabaseUnusable(self.where, str(error.orig).strip()) from error


@cache
def fingerprint() -> str:
    """Of the tables and of the documents by which events are read: rows of another one are not to be trusted."""
    documents = json.dumps([spec(contract)["events"] for contract in Contract], sort_keys=True)
    return f"{VERSION}-{hashlib.sha256(documents.encode()).hexdigest()[:16]}"


def _set_up_sqlite(engine: Engine) -> None:
    """Readers do not wait for the writer, and a transaction holds also what is read in it."""

    @event.listens_for(engine, "connect")
    def connect(opened: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        opened.isolation_level = None  # the driver would begin transactions of its own
        cursor = opened.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_S * 1_000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        # Safe against the end of a process; a power cut may lose the last batches, which are then read again.
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
