"""A history that is killed at any moment ends with the rows of one that never was."""

import multiprocessing
from random import Random
from typing import Final

import pytest

from gridpact.history.database import Database
from tests.history.conftest import Places
from tests.history.stored_chain import Node, StoredChain
from tests.history.support import history_of, rows_of

KILLS: Final = 20
ROUNDS_A_BATCH: Final = 5
PATIENCE_S: Final = 120


def replay(url: str, schema: str, address: str) -> None:
    """A process that brings a history up to date."""
    history_of(Database(url, schema), address, batch=ROUNDS_A_BATCH).sync()


@pytest.mark.timeout(900)
def test_killed_at_random(places: Places, node: Node, story: StoredChain) -> None:
    place = places()
    database, undisturbed = Database(*place), Database(*places())
    history_of(undisturbed, node.address).sync()
    random, processes = Random(12), multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    killed_at: list[int] = []
    while len(killed_at) < KILLS:
        process = processes.Process(target=replay, args=(*place, node.address))
        process.start()
        # So many requests further, and a moment of its work after that.
        assert node.wait_for_answers(random.randint(1, story.last_round // KILLS), PATIENCE_S)
        process.join(random.random() * 0.02)
        process.kill()
        process.join()
        killed_at.append(history_of(database, node.address).status().round)
    assert killed_at == sorted(killed_at), "what was written is not lost"
    assert killed_at[-1] > 0
    assert len(set(killed_at)) > KILLS // 4, "most of them were killed at work"
    history_of(database, node.address).sync()
    assert rows_of(database) == rows_of(undisturbed)
    for opened in (database, undisturbed):
        opened.close()
