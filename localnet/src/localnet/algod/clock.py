"""Blocks by time: one every so many seconds, from what has come in."""

import asyncio
import sqlite3
import sys

from localnet.algod.node import Node
from localnet.engine.pool import Pool
from localnet.engine.warm import ProgramStoppedError


async def make_blocks(node: Node, pool: Pool, seconds: float) -> None:
    """Make a block every `seconds` until cancelled. A block that takes longer delays the next ones."""
    loop = asyncio.get_running_loop()
    due = loop.time() + seconds
    while True:
        await asyncio.sleep(max(due - loop.time(), 0))
        try:
            await node.thread.run(pool.make_block)
        except (OSError, sqlite3.Error, ProgramStoppedError) as why:
            # A full disk, most of all: what waits goes on waiting, and the next block is tried when its time comes.
            print(f"No block was made: {why}", file=sys.stderr, flush=True)
        due = max(due + seconds, loop.time())
