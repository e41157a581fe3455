"""One history in one database, whoever writes and reads it at the same time."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, update

from gridpact.chain.specs import Contract
from gridpact.history import database as database_module
from gridpact.history.database import Database
from gridpact.history.errors import DatabaseUnusable, EventMissing, InvalidCursor
from gridpact.history.events import Cursor
from gridpact.history.sync import Reason
from gridpact.history.tables import About, EventRow, TransactionRow
from tests.history.conftest import Places
from tests.history.stored_chain import APPS as APPS
from tests.history.stored_chain import GENESIS_HASH, Node, StoredChain, call, event
from tests.history.support import history_of, rows_of


@pytest.fixture
def short(short_story: StoredChain) -> StoredChain:
    return short_story


def test_same_rows_in_both_databases(tmp_path: Path, postgres_url: str, node: Node) -> None:
    sqlite, postgresql = Database.in_file(tmp_path / "history"), Database(postgres_url, "both")
    for database in (sqlite, postgresql):
        history_of(database, node.address).sync()
    assert rows_of(sqlite) == rows_of(postgresql)
    sqlite.close()
    postgresql.close()


def test_another_version_is_written_anew(places: Places, short_story: StoredChain) -> None:
    place = places()
    with Node(short_story).serving() as node:
        database = Database(*place)
        history = history_of(database, node.address)
        assert history.sync().begun_again is None
        rows = rows_of(database)
        with database.write() as session:
            session.execute(update(About).values(version="0-old"))
            session.execute(update(EventRow).values(name="Old"))
        assert not database.is_ready()
        assert history.status().round == 0
        synced = history.sync()
        assert (synced.begun_again, synced.since_round) == (Reason.VERSION, 0)
        assert rows_of(database) == rows
        database.close()


def test_events_of_the_contracts_next_version_are_read_anew(
    monkeypatch: pytest.MonkeyPatch, database: Database, short_story: StoredChain
) -> None:
    with Node(short_story).serving() as node:
        history = history_of(database, node.address)
        history.sync()
        monkeypatch.setattr(database_module, "fingerprint", lambda: "another document")
        assert history.sync().begun_again is Reason.VERSION


def test_writers_take_turns(places: Places, node: Node) -> None:
    """Several that bring the same history up to date at once end with its rows, each once."""
    place, undisturbed = places(), Database(*places())
    history_of(undisturbed, node.address).sync()
    databases = [Database(*place) for _ in range(4)]
    failures: list[Exception] = []

    def sync(database: Database, batch: int) -> None:
        try:
            history_of(database, node.address, batch=batch).sync()
        except Exception as error:
            failures.append(error)

    writers = [
        threading.Thread(target=sync, args=(database, 20 + 13 * number)) for number, database in enumerate(databases)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert rows_of(databases[0]) == rows_of(undisturbed)
    for database in (*databases, undisturbed):
        database.close()


def test_a_reader_sees_whole_batches(places: Places, short_story: StoredChain) -> None:
    place = places()
    writer, reader = Database(*place), Database(*place)
    with Node(short_story).serving() as node:
        history_of(writer, node.address).sync(until=10)
        with reader.read() as session:
            before = session.scalars(select(EventRow.id)).all()
            history_of(writer, node.address).sync()
            assert session.scalars(select(EventRow.id)).all() == before
        with reader.read() as session:
            assert len(session.scalars(select(EventRow.id)).all()) > len(before)
    writer.close()
    reader.close()


def test_numbers_of_64_bits(places: Places) -> None:
    chain = StoredChain()
    largest = 2**64 - 1
    log = event(Contract.OFFER_BOOK, "GridPriceSet", chain.ts, pricePerKwh=largest)
    entry = call(Contract.OFFER_BOOK, "setGridPrice", bytes(32), [log])
    entry["txn"]["fee"] = largest
    chain.add([entry])
    with Node(chain).serving() as node:
        database = Database(*places())
        history_of(database, node.address).sync()
        with database.read() as session:
            assert session.scalars(select(EventRow)).one().fields["pricePerKwh"] == largest
            assert session.scalars(select(TransactionRow.fee_microalgo)).one() == largest
        database.close()


def test_a_past_with_holes_is_refused(database: Database) -> None:
    """A server that does not give the events before is not believed, and nothing of it is kept."""
    chain = StoredChain()
    log = event(Contract.REVENUE_VAULT, "RevenueClaimed", chain.ts, depositId=7)
    chain.add([call(Contract.REVENUE_VAULT, "claim", bytes(32), [log])])
    with Node(chain).serving() as node:
        history = history_of(database, node.address, GENESIS_HASH)
        with pytest.raises(EventMissing) as failure:
            history.sync()
        assert (failure.value.table, failure.value.key) == ("deposits", "7")
        assert rows_of(database)["events"] == []


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@/none?host=/no/such/folder", "oracle://x"])
def test_a_database_that_cannot_be_used(url: str) -> None:
    with pytest.raises(DatabaseUnusable):
        Database(url).is_ready()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnusable):
        Database.in_file(tmp_path / "file" / "history")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(b"something else, and long enough to be looked at" * 100)
    database = Database.in_file(path)
    with pytest.raises(DatabaseUnusable, match="not a database"):
        database.prepare()
    database.close()


def test_cursors() -> None:
    assert Cursor.parse("120") == Cursor.before(120) < Cursor(120, 0, 0)
    assert Cursor.parse(str(Cursor(120, 3, 1))) == Cursor(120, 3, 1)
    for text in ("", "1.2", "x", "1.2.3.4", "1..2", "-1", "1.2.x", "²"):
        with pytest.raises(InvalidCursor):
            Cursor.parse(text)
