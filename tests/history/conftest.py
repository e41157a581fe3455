"""Chains and databases for the tests of the history."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from gridpact.history.database import Database
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of, connect
from tests.history.postgres import postgres
from tests.history.stored_chain import Node, StoredChain, Story
from tests.support.checkpoints import Checkpoints
from tests.support.world import Ledger

type Places = Callable[[], tuple[str, str]]
"""Gives the address of one empty database after the other: a URL, and the schema that it means."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server."""
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Empty databases of SQLite, and of PostgreSQL."""
    if request.param == "sqlite":
        return lambda: (f"sqlite:///{tmp_path / uuid4().hex}", "")
    url: str = request.getfixturevalue("postgres_url")
    return lambda: (url, f"history_{uuid4().hex}")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    made = Database.in_file(tmp_path / "history.sqlite")
    yield made
    made.close()


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """An embedded LocalNet."""
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet"), on_demand=True) as localnet:
        yield connect(client_of(localnet), Checkpoints(localnet))


@pytest.fixture(scope="session")
def story() -> StoredChain:
    """A chain of 2,000 events."""
    return Story(seed=1).tell(2_000)


@pytest.fixture(scope="session")
def short_story() -> StoredChain:
    """A chain of 300 events."""
    return Story(seed=4).tell(300)


@pytest.fixture
def node(story: StoredChain) -> Iterator[Node]:
    """A node that has the story's chain."""
    with Node(story).serving() as node:
        yield node
