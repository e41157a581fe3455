"""One process, three HTTP services on the loopback interface."""

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from localnet import instance
from localnet.algod.app import create_algod_app
from localnet.algod.clock import make_blocks
from localnet.algod.node import Node
from localnet.engine.blocks import Tree
from localnet.engine.compiler import Compiler
from localnet.engine.ledger import Ledger
from localnet.engine.pool import Pool
from localnet.engine.reasons import explain
from localnet.engine.simulation import Simulator
from localnet.engine.thread import LedgerThread
from localnet.errors import LocalNetError
from localnet.http import DEFAULT_TOKEN
from localnet.indexer.app import create_indexer_app
from localnet.kmd.app import create_kmd_app
from localnet.settings import Settings

_BACKLOG = 128
_KEEP_ALIVE_S = 75
_ATTEMPTS_FOR_A_FREE_PORT = 20
_LOOPBACK_6 = "::1"
_LOOPBACK_4 = "127.0.0.1"


class _Service(uvicorn.Server):
    """A uvicorn server that leaves signals to this process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings, *, until_stdin_closes: bool = False) -> None:
    """Serve until SIGTERM, SIGINT or, when asked, the end of standard input.

    Raises:
        LocalNetError: ports or folder are in use, or the ledger cannot be opened.
    """
    with instance.take(settings.state_folder):
        sockets = {name: _listen(name, port) for name, port in settings.ports.items()}
        ports = {name: listening[0].getsockname()[1] for name, listening in sockets.items()}
        thread = LedgerThread()
        try:
            ledger = await thread.open(settings.state_folder, on_demand=settings.on_demand)
            pool = _pool(ledger, settings)
            node = Node(ledger, thread, DEFAULT_TOKEN, pool)
            compiler = Compiler(ledger.program, settings.state_folder)
            scratch = settings.state_folder / "scratch"
            simulator = Simulator(ledger, compiler, scratch, on_demand=settings.on_demand)
            apps = {
                "algod": create_algod_app(node, compiler, simulator),
                "kmd": create_kmd_app(settings.state_folder / "kmd", ledger, DEFAULT_TOKEN),
                "indexer": create_indexer_app(ledger),
            }
            services = {name: _service(app) for name, app in apps.items()}
            stop = _stop_event(watch_stdin=until_stdin_closes)
            tasks = [asyncio.create_task(service.serve(sockets=sockets[name])) for name, service in services.items()]
            while not all(service.started for service in services.values()):
                if any(task.done() for task in tasks):
                    break
                await asyncio.sleep(0.005)
            if pool is not None:
                tasks.append(asyncio.create_task(make_blocks(node, pool, settings.block_seconds)))
            instance.announce(settings.state_folder, ports)
            await asyncio.wait([asyncio.create_task(stop.wait()), *tasks], return_when=asyncio.FIRST_COMPLETED)
            for service in services.values():
                service.should_exit = True
            for task in tasks[len(services) :]:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if pool is not None:
                await thread.run(pool.close)
            await thread.run(simulator.close)
            await thread.run(ledger.close)
        finally:
            instance.withdraw(settings.state_folder)
            thread.stop()
            for listening in sockets.values():
                for one in listening:
                    one.close()


def _pool(ledger: Ledger, settings: Settings) -> Pool | None:
    if not settings.block_seconds:
        return None

    def words(reason: str, transactions: list[Tree]) -> str:
        return explain(reason, transactions, ledger).message

    return Pool(ledger, settings.state_folder / "scratch" / "pool", words)


def _service(app: ASGIApp) -> _Service:
    return _Service(
        uvicorn.Config(
            app,
            http="httptools",
            loop="none",
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=1,
        )
    )


def _stop_event(*, watch_stdin: bool) -> asyncio.Event:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if watch_stdin:

        def read() -> None:
            if not os.read(sys.stdin.fileno(), 1024):
                loop.remove_reader(sys.stdin)
                stop.set()

        loop.add_reader(sys.stdin, read)
    return stop


def _listen(service: str, port: int) -> list[socket.socket]:
    """Sockets on the IPv4 and, where there is one, the IPv6 loopback address with the same port."""
    for _ in range(_ATTEMPTS_FOR_A_FREE_PORT):
        first = _bind(socket.AF_INET, _LOOPBACK_4, port, service)
        chosen = first.getsockname()[1]
        try:
            return [first, _bind(socket.AF_INET6, _LOOPBACK_6, chosen, service)]
        except _NoIPv6Error:
            return [first]
        except LocalNetError:
            first.close()
            if port:
                raise
    raise LocalNetError(f"No port is free for {service} on both loopback addresses.")


class _NoIPv6Error(Exception):
    """The machine has no IPv6 loopback address."""


def _bind(family: socket.AddressFamily, host: str, port: int, service: str) -> socket.socket:
    try:
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise _NoIPv6Error from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as why:
        listening.close()
        if family == socket.AF_INET6 and why.errno == errno.EADDRNOTAVAIL:
            raise _NoIPv6Error from None
        if why.errno == errno.EADDRINUSE:
            raise LocalNetError(
                f"Port {port} ({service}) is in use, by a LocalNet that is running or by another program: "
                f"stop it, or choose another port with --{service}-port."
            ) from None
        raise LocalNetError(f"Port {port} ({service}) cannot be opened: {why.strerror}.") from None
    listening.settimeout(0)
    return listening
