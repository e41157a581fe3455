"""Events are told as they happen: soon, each once, and also when the server goes away in between."""

import queue
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, cast

import pytest
from algokit_utils import AlgorandClient

from gridpact.chain.specs import Contract
from gridpact.history.blocks import BlockSource
from gridpact.history.database import Database
from gridpact.history.events import Cursor, Event, Wanted
from gridpact.history.feed import follow, happened
from gridpact.history.indexer import IndexerSource
from gridpact.history.outages import OnOutage
from gridpact.history.source import Source
from gridpact.history.sync import History
from gridpact.production.boxes import PROJECT
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of, connect
from tests.contracts.kwh_receipt import states as receipt_states
from tests.history.stored_chain import APPS, Node, StoredChain, Story
from tests.history.support import history_of, rows_of, source_of
from tests.support.world import World

EVENTS: Final = 1_000
PATIENCE_S: Final = 120
SOON_S: Final = 0.5
TRIES: Final = 5


class Left(Exception):
    """Nobody listens any more."""


class Listener:
    """Follows in a thread of its own until it is left: its server's port may be another one's then."""

    def __init__(
        self,
        source: Source,
        apps: Mapping[Contract, int],
        since: Cursor | None = None,
        on_outage: OnOutage = lambda _: None,
    ) -> None:
        self.heard: queue.Queue[tuple[Event, float]] = queue.Queue()
        self._source = source
        self._is_left = threading.Event()
        following = follow(cast(Source, self), apps, since, on_outage=on_outage)
        self._thread = threading.Thread(target=self._listen, args=(following,))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def last_round(self) -> int:
        """Asked again and again, also while the server is away."""
        if self._is_left.is_set():
            raise Left
        return self._source.last_round()

    def _listen(self, events: Iterator[Event]) -> None:
        with suppress(Left):
            for event in events:
                self.heard.put((event, time.monotonic()))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_left.set()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


def test_nothing_is_missed_or_repeated(tmp_path: Path) -> None:
    """A node that grows, and is restarted again and again meanwhile, on the same port."""
    story = Story(seed=8)
    story.tell(50)
    node = Node(story.chain)
    outages: list[Exception] = []
    source = source_of(node.address, batch=7)
    serving = node.serving()
    serving.__enter__()
    with Listener(source, APPS, Cursor.before(1), outages.append) as listener:
        heard: list[Event] = []
        while story.events < EVENTS:
            before = story.events
            story.tell(story.events + 100)
            node.tell_of_block()
            while len(heard) < before:
                heard.append(listener.heard.get(timeout=PATIENCE_S)[0])
            serving.__exit__(None, None, None)
            node = Node(story.chain, node.port)
            serving = node.serving()
            serving.__enter__()
        while len(heard) < story.events:
            heard.append(listener.heard.get(timeout=PATIENCE_S)[0])
        with pytest.raises(queue.Empty):
            listener.heard.get(timeout=0.2)
        expected = list(happened(source_of(node.address), APPS, Cursor.before(1)))
        serving.__exit__(None, None, None)
    assert len(expected) == story.events >= EVENTS
    assert [event.cursor for event in heard] == [event.cursor for event in expected]
    assert heard == expected
    assert outages


def test_resumes_after_an_event(node: Node, story: StoredChain) -> None:
    source = source_of(node.address)
    everything = list(happened(source, APPS, Cursor.before(1)))
    for index in (0, 1, 500, len(everything) - 2):
        following = follow(source, APPS, everything[index].cursor)
        assert next(following) == everything[index + 1]
    wanted = Wanted(contracts=[Contract.PPA])
    some = list(islice(follow(source, APPS, Cursor.before(1), wanted), 20))
    assert some == [event for event in everything if event.contract is Contract.PPA][:20]


def test_history_follows_through_an_outage(database: Database) -> None:
    story = Story(seed=9)
    story.tell(40)
    node = Node(story.chain)
    outages: list[Exception] = []
    with ExitStack() as later:

        def come_back(error: Exception) -> None:
            outages.append(error)
            later.enter_context(Node(story.chain, node.port).serving())

        with node.serving():
            history = history_of(database, node.address)
            syncs = history.follow(come_back)
            assert next(syncs).events == story.events
        story.tell(80)
        assert next(syncs).round == story.chain.last_round
        assert len(outages) == 1
        kept = rows_of(database)
        history.rebuild()
        assert rows_of(database) == kept


@pytest.mark.parametrize("server", ["blocks", "indexer"])
def test_soon(tmp_path: Path, server: str) -> None:
    """An event is told half a second after its block."""
    with ExitStack() as opened:
        localnet = opened.enter_context(LocalNet.spawn(tmp_path / "localnet"))
        algorand = client_of(localnet)
        world = World(connect(algorand))
        apps = {Contract.KWH_RECEIPT: world.receipt.app_id}
        listener = opened.enter_context(Listener(source_on(algorand, server, apps), apps))
        assert receipt_states.register_meter(world, PROJECT, "first") == 1
        listener.heard.get(timeout=PATIENCE_S)
        delays = []
        for number in range(TRIES):
            receipt_states.register_meter(world, PROJECT, f"meter-{number}")
            confirmed = time.monotonic()
            event, at = listener.heard.get(timeout=PATIENCE_S)
            assert event.name == "MeterRegistered"
            delays.append(at - confirmed)
        localnet.stop()  # the listener would wait for its next block
        assert statistics.median(delays) <= SOON_S


def source_on(algorand: AlgorandClient, server: str, apps: dict[Contract, int]) -> Source:
    parameters = algorand.client.algod.suggested_params()
    algod = algorand.client.algod
    if server == "indexer":
        return IndexerSource(algorand.client.indexer, algod, apps.values(), parameters.gh)
    return BlockSource(algod, apps.values(), parameters.gen, parameters.gh)


def test_localnet_restarts(tmp_path: Path, database: Database) -> None:
    """The embedded node is killed and started again with its chain."""
    localnet = LocalNet.spawn(tmp_path / "localnet")
    with ExitStack() as opened:
        opened.callback(lambda: localnet.stop())  # whichever it is by then
        algorand = client_of(localnet)
        world = World(connect(algorand))
        apps = {Contract.KWH_RECEIPT: world.receipt.app_id}
        source = source_on(algorand, "blocks", apps)
        listener = opened.enter_context(Listener(source, apps))
        history = History(database, source, apps)
        seen = history.sync().events
        for number in range(3):
            receipt_states.register_meter(world, PROJECT, f"meter-{number}")
            event, _ = listener.heard.get(timeout=PATIENCE_S)
            assert event.number("meterId") == number + 1
            localnet.kill()
            localnet = LocalNet.spawn(localnet.data_dir, localnet.ports)
            assert history.sync().begun_again is None
        assert history.status().events == seen + 3
        localnet.stop()  # the listener would wait for its next block
