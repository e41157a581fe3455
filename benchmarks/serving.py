"""A stored chain behind a node in a process of its own: whoever reads it is measured without it."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from tests.history.stored_chain import Node, StoredChain


@contextmanager
def served(chain: StoredChain, kind: type[Node] = Node) -> Iterator[str]:
    """Serve a chain; the node's address.

    Args:
        chain: what it answers from.
        kind: the node.
    """
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(there, chain, kind))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def _serve(parent: Connection, chain: StoredChain, kind: type[Node]) -> None:
    with kind(chain).serving() as node:
        parent.send(node.address)
        parent.recv()
