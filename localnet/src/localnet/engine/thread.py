"""The one thread that changes the ledger."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from localnet.engine.ledger import Ledger, Tasks
from localnet.engine.program import installed_program


class LedgerThread:
    """Runs the ledger's writing calls one after the other in one thread, which lives as long as the server.

    Listeners run in the event loop, between requests, so that they share data with request handlers without locks.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def open(self, state_folder: Path, *, on_demand: bool) -> Ledger:
        """Open the ledger of a state folder.

        Args:
            state_folder: where its chain is.
            on_demand: no process of the ledger program is started ahead.
        """
        tasks = (_LoopTasks if on_demand else _IdleTasks)(asyncio.get_running_loop(), self._executor)
        return await self.run(lambda: Ledger(installed_program(state_folder), state_folder, tasks))

    async def run[T](self, call: Callable[[], T]) -> T:
        """The result of a call in the ledger's thread. It is finished even when the client goes away."""
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._executor, call))

    def stop(self) -> None:
        """Wait for the last call and end the thread."""
        self._executor.shutdown()


class _LoopTasks(Tasks):
    """Listeners run in the event loop; nothing runs when the ledger is idle."""

    def __init__(self, loop: asyncio.AbstractEventLoop, executor: ThreadPoolExecutor) -> None:
        self._loop = loop
        self._executor = executor

    def notify(self, call: Callable[[], None]) -> None:
        done: Future[None] = Future()

        def run() -> None:
            try:
                call()
            except BaseException as error:  # handed to the waiting thread
                done.set_exception(error)
            else:
                done.set_result(None)

        self._loop.call_soon_threadsafe(run)
        done.result()


class _IdleTasks(_LoopTasks):
    """What can be done ahead is done as soon as the ledger has nothing else to do."""

    def when_idle(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the server is stopping
            self._executor.submit(call)
