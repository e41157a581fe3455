"""A chain that became another one is noticed, and its history is read from the beginning."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from algokit_utils import AlgoAmount, AlgorandClient, PaymentParams

from gridpact.chain.specs import Contract
from gridpact.history.blocks import BlockSource
from gridpact.history.database import Database
from gridpact.history.errors import BlockMissing, ChainChanged
from gridpact.history.events import Cursor
from gridpact.history.feed import follow, happened
from gridpact.history.sync import History, Reason
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of, connect
from tests.history.stored_chain import APPS, Node, StoredChain, Story
from tests.history.support import history_of, rows_of, source_of
from tests.support.world import World

OTHER_GENESIS: Final = bytes(range(32))


@pytest.fixture
def node(short_story: StoredChain) -> Iterator[Node]:
    with Node(short_story).serving() as node:
        yield node


@pytest.fixture
def localnet(tmp_path: Path) -> Iterator[LocalNet]:
    with LocalNet.spawn(tmp_path / "localnet") as localnet:
        yield localnet


def keep(algorand: AlgorandClient, world: World, database: Database) -> History:
    parameters = algorand.client.algod.suggested_params()
    apps = {contract: app_id for app_id, contract in world.apps.contracts.items()}
    return History(database, BlockSource(algorand.client.algod, apps.values(), parameters.gen, parameters.gh), apps)


def pass_a_round(algorand: AlgorandClient) -> None:
    sender = algorand.account.localnet_dispenser().address
    note = secrets.token_bytes(8)
    nothing = AlgoAmount.from_micro_algo(0)
    algorand.send.payment(
        PaymentParams(sender=sender, receiver=sender, amount=nothing, note=note), {"suppress_log": True}
    )


def settled_world(algorand: AlgorandClient) -> World:
    world = World(connect(algorand))
    assert world.ppa.app_id
    return world


def test_restore_and_reset(localnet: LocalNet, database: Database) -> None:
    algorand = client_of(localnet)
    world = settled_world(algorand)
    history = keep(algorand, world, database)
    assert history.sync().begun_again is None
    before = rows_of(database)
    snapshot = localnet.snapshot()

    assert world.book.app_id  # apps that the history does not know: only the round moves
    longer = history.sync()
    assert longer.begun_again is None
    localnet.restore(snapshot)
    status = history.status()
    assert status.must_begin_again is Reason.SHORTER_CHAIN
    assert not status.is_current
    assert history.sync().begun_again is Reason.SHORTER_CHAIN
    assert rows_of(database) == before

    # As long as before, and other blocks.
    assert world.vault.app_id
    assert history.sync().begun_again is None
    reached = history.status().round
    localnet.restore(snapshot)
    while history.source.last_round() < reached:
        pass_a_round(algorand)
    assert history.status().must_begin_again is Reason.OTHER_BLOCK
    assert history.sync().begun_again is Reason.OTHER_BLOCK
    assert history.status().is_current

    localnet.reset()
    settled_world(algorand)
    while history.source.last_round() < reached:
        pass_a_round(algorand)
    assert history.sync().begun_again in (Reason.OTHER_BLOCK, Reason.OTHER_CHAIN)


def test_second_chain_on_the_same_port(tmp_path: Path, database: Database) -> None:
    with LocalNet.spawn(tmp_path / "first") as first:
        ports = first.ports
        algorand = client_of(first)
        history = keep(algorand, settled_world(algorand), database)
        assert history.sync().events
    with LocalNet.spawn(tmp_path / "second", ports) as second:
        algorand = client_of(second)
        other = keep(algorand, settled_world(algorand), database)
        assert other.sync().begun_again in (Reason.OTHER_BLOCK, Reason.OTHER_CHAIN)
        assert other.status().is_current


def test_other_genesis(database: Database, short_story: StoredChain) -> None:
    with Node(short_story).serving() as node:
        history_of(database, node.address).sync()
    other = Story(seed=3)
    other.chain = StoredChain(genesis_hash=OTHER_GENESIS)
    with Node(other.tell(50)).serving() as node:
        history = history_of(database, node.address, OTHER_GENESIS)
        assert history.sync().begun_again is Reason.OTHER_CHAIN
        assert history.status().events >= 50


def test_other_apps(database: Database, node: Node) -> None:
    history_of(database, node.address).sync()
    fewer = {Contract.PPA: APPS[Contract.PPA]}
    history = History(database, source_of(node.address), fewer)
    assert history.sync().begun_again is Reason.OTHER_CHAIN


def test_chain_changes_while_it_is_read(database: Database, node: Node, short_story: StoredChain) -> None:
    """In the middle the node gets another chain: nothing of the first one stays."""
    history = history_of(database, node.address, batch=20)
    node.next_chain = (node.answered + short_story.last_round // 2, Story(seed=2).tell(400))
    assert history.sync().begun_again is Reason.OTHER_BLOCK
    kept = rows_of(database)
    history.rebuild()
    assert rows_of(database) == kept
    assert history.status().events >= 400


def test_feed_ends_with_its_chain(node: Node, short_story: StoredChain) -> None:
    source = source_of(node.address)
    events = follow(source, APPS, Cursor.before(short_story.last_round))
    first = next(events)
    assert first.cursor.round == short_story.last_round
    node.chain = Story(seed=2).tell(400)
    with pytest.raises(ChainChanged):
        list(events)
    with pytest.raises(ChainChanged):
        next(happened(source, APPS, Cursor.before(node.chain.last_round + 2)))


def test_node_without_old_blocks(node: Node, database: Database) -> None:
    node.oldest = 10
    with pytest.raises(BlockMissing) as failure:
        history_of(database, node.address).sync()
    assert failure.value.round == 1
