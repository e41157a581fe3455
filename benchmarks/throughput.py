"""Blocks that long work takes on a network with real rounds: ``python -m benchmarks.throughput``.

A LocalNet prepares the state at once, then goes on with a block every 2.8 seconds. Each work is done with one group at
a time and with groups in flight together, from the same snapshot. Counted are the blocks from the first group's to the
last one's, both included. Groups are written down as a command writes them down. The processor time tells what a busy
machine stretches.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from algokit_utils import AlgorandClient
from rich.console import Console
from rich.table import Table

from gridpact.billing.invoices import Allocation, allocate
from gridpact.chain.connection import connect as library_connect
from gridpact.chain.keys import KeySource, Role, sign_as
from gridpact.chain.outbox import Outbox
from gridpact.chain.work import WINDOW, Replanned, Work
from gridpact.deployment.record import Deployment, find
from gridpact.epochs import epoch_start_ts
from gridpact.market.clearing import clear
from gridpact.production.actions import record
from gridpact.production.readings import parse
from localnet.testing import LocalNet
from tests.cli.harness import EPOCH, Cli, deployed, recorded
from tests.contracts.conftest import client_of, connect
from tests.contracts.offer_book import calls as book
from tests.contracts.offer_book.states import registered_producer
from tests.support.world import World

BLOCK_S: Final = 2.8
"""Between two blocks, where `--block-seconds` does not say otherwise."""
AGREEMENTS: Final = 200
METERS: Final = 100
PAIRS: Final = 500
HOURS: Final = 24 * 28
CENT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Took:
    """One run."""

    groups: int
    blocks: int
    seconds: float
    program_s: float
    """Processor time of reading, signing, writing down and sending."""
    net_s: float
    """Processor time of the LocalNet and its processes."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--block-seconds", type=float, default=BLOCK_S)
    block_s = parser.parse_args().block_seconds
    title = f"Blocks of {block_s} s"
    one_by_one = ("One at a time: blocks", "s")
    together = ("Together: blocks", "s", "Program's CPU s", "LocalNet's CPU s")
    table = Table("Work", "Groups", *one_by_one, *together, title=title)
    for name, prepare, plan in (
        (f"allocate, {AGREEMENTS} agreements", _agreements, _allocate),
        (f"meter import, {METERS} meters", _deployed, _import),
        (f"market match, {PAIRS} pairs", _offers, _match),
    ):
        alone, flight = _compare(prepare, plan, block_s)
        table.add_row(
            name,
            *(str(flight.groups), str(alone.blocks), f"{alone.seconds:.1f}", str(flight.blocks)),
            *(f"{seconds:.1f}" for seconds in (flight.seconds, flight.program_s, flight.net_s)),
        )
    Console(width=120).print(table)


def _compare(
    prepare: Callable[[AlgorandClient, LocalNet, Path], dict[str, str]],
    plan: Callable[[Deployment, str], Work],
    block_s: float,
) -> tuple[Took, Took]:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with LocalNet.spawn(folder / "net") as net:
            environment = prepare(connect(client_of(net)).algorand, net, folder)
            snapshot = net.snapshot()
        with LocalNet.spawn(folder / "net", ports=net.ports, block_seconds=block_s) as net:
            runs = []
            for window in (0, WINDOW):
                net.restore(snapshot)
                before = _cpu_s(net.pid)
                took = _run(environment, plan, window, folder / str(window))
                runs.append(replace(took, net_s=_cpu_s(net.pid) - before))
        return runs[0], runs[1]


def _cpu_s(pid: int) -> float:
    """Processor time of a process, and of those of its children that have ended."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, after_name[11:15])) / os.sysconf("SC_CLK_TCK")


def _run(environment: dict[str, str], plan: Callable[[Deployment, str], Work], window: int, folder: Path) -> Took:
    os.environ.update(environment)
    connection = library_connect()
    deployment = find(connection)
    operator = deployment.production.state().roles.operator
    sign_as(connection, operator, Role.OPERATOR, KeySource(None, "OPERATOR_MNEMONIC"))
    work = plan(deployment, operator)
    began, began_s, rounds = time.monotonic(), time.process_time(), []
    outbox = Outbox(folder, ("benchmark",))
    with outbox.held():
        for one in work.run(outbox, window):
            assert not isinstance(one, Replanned), "nobody else is at work"
            rounds.append(one[1].round)
    seconds, program_s = time.monotonic() - began, time.process_time() - began_s
    return Took(len(rounds), max(rounds) - min(rounds) + 1, seconds, program_s, net_s=0)


# --- what they start from ---------------------------------------------------------------------------------------------


def _deployed(algorand: AlgorandClient, net: LocalNet, folder: Path) -> dict[str, str]:
    cli = Cli(algorand, net.environment, folder)
    deployed(cli)
    return cli.environment


def _agreements(algorand: AlgorandClient, net: LocalNet, folder: Path) -> dict[str, str]:
    cli = Cli(algorand, net.environment, folder)
    recorded(cli)
    cli.done("epoch", "finalize", EPOCH, "--yes")
    parties = f"{cli.address('BUYER_A')},{cli.address('TREASURY')}"
    rows = [f"{parties},0.{number:05d},{EPOCH},202701" for number in range(1, AGREEMENTS + 1)]
    file = folder / "agreements.csv"
    file.write_text("\n".join(["buyer,treasury,price,from,to", *rows, ""]))
    cli.done("agreement", "import", str(file), "--yes")
    return cli.environment


def _offers(_algorand: AlgorandClient, net: LocalNet, _folder: Path) -> dict[str, str]:
    """Sells and buys whose ends never coincide: each match but the last leaves a child."""
    world = World(connect(client_of(net)))
    sells, buys = PAIRS // 2, PAIRS // 2 + 1
    sell_wh = [1_020 + 2 * number for number in range(sells)]
    buy_wh = [1_001 + 2 * number for number in range(buys - 1)]
    buy_wh.append(sum(sell_wh) - sum(buy_wh))
    registered_producer(world, sum(sell_wh))
    calls = [book.sell(world, wh, 10 * CENT, offer_id=number) for number, wh in enumerate(sell_wh)]
    calls += [
        book.buy(world, wh, 16 * CENT, offer_id=number, opens_account=not number) for number, wh in enumerate(buy_wh)
    ]
    for start in range(0, len(calls), 7):
        world.send(*calls[start : start + 7])
    assert world.ppa.app_id, "the deployment is whole"
    assert world.vault.app_id, "the deployment is whole"
    return {
        **net.environment,
        "GRIDPACT_APP_ID": str(world.receipt.app_id),
        "OPERATOR_MNEMONIC": _words(world.operator.private_key),
    }


def _words(private_key: str) -> str:
    from algosdk import mnemonic

    return str(mnemonic.from_private_key(private_key))


# --- the work ---------------------------------------------------------------------------------------------------------


def _allocate(deployment: Deployment, operator: str) -> Work:
    plan = [Allocation(number, 100) for number in range(1, AGREEMENTS + 1)]
    return allocate(deployment.billing, deployment.production, operator, int(EPOCH), plan)


def _import(deployment: Deployment, operator: str) -> Work:
    start = epoch_start_ts(int(EPOCH))
    lines = ["meter_id,interval_start,energy_wh"]
    for meter in range(1, METERS + 1):
        for hour in range(HOURS):
            began = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(start + 3600 * hour))
            lines.append(f"meter-{meter},{began},1500")
    return record(deployment.production, operator, parse("\n".join([*lines, ""]).encode()), register=True)


def _match(deployment: Deployment, operator: str) -> Work:
    return clear(deployment.market, operator)


if __name__ == "__main__":
    main()
