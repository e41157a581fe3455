"""What the route modules share: the ledger, the thread that writes it, and waiting for blocks."""

import asyncio
import time
from dataclasses import dataclass, field

from localnet.engine.blocks import Tree
from localnet.engine.ledger import Ledger
from localnet.engine.pool import Pool
from localnet.engine.thread import LedgerThread


@dataclass
class Node:
    """One running algod.

    Attributes:
        ledger: the ledger; reading calls may be made directly.
        thread: runs the writing calls.
        token: the API token that requests must carry.
        pool: the groups that wait, None where each gets a block at once.
        last_block_at: monotonic time of the newest block.
    """

    ledger: Ledger
    thread: LedgerThread
    token: str
    pool: Pool | None = None
    last_block_at: float = field(default_factory=time.monotonic)
    _next_block: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.ledger.add_listener(self._on_block)
        self.ledger.on_reset(self._wake)

    async def wait_for_block_after(self, round_: int, timeout_s: float) -> None:
        """Return when a later round exists, or at the timeout."""
        deadline = time.monotonic() + timeout_s
        while self.ledger.last_round <= round_:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            try:
                await asyncio.wait_for(self._next_block.wait(), left)
            except TimeoutError:
                return

    def _on_block(self, round_: int, block: Tree) -> None:  # noqa: ARG002 - a listener's signature
        self._wake()

    def _wake(self) -> None:
        self.last_block_at = time.monotonic()
        self._next_block.set()
        self._next_block = asyncio.Event()
