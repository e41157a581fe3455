"""`kill -9` after the k-th request to algod, for every k; then the same command again: all done, nothing twice."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scripts.conftest import Network
from tests.scripts.door import KILLED, Door
from tests.scripts.harness import EPOCH, Cli, agree, finalized

Command = tuple[str, ...]


@pytest.fixture
def door(network: Network) -> Iterator[Door]:
    named = network.environment or os.environ
    with Door(f"http://localhost:{named.get('ALGOD_PORT') or 4001}") as opened:
        yield opened


def kill_after_every_request(
    cli: Cli,
    door: Door,
    prepare: Callable[[int], Command],
    is_on_chain: Callable[[int], bool],
    check: Callable[[int], None],
) -> None:
    """Kill a command after its first, second, … request, each time from the same state; and run it again.

    Args:
        cli: the program.
        door: kills.
        prepare: for k, makes something new to do, and gives the command.
        is_on_chain: for k, whether the killed command's group is there.
        check: for k, asserts what has to stand after the second run.
    """
    limit = 0
    killed, killed_after_sending = True, 0
    while killed:
        limit += 1
        command = prepare(limit)
        killed = door.run(command, cli.environment, cli.folder, kill_after=limit) == KILLED
        count = len(door.log)
        killed_after_sending += killed and is_on_chain(limit)
        cli.done(*command)
        check(limit)
        last_round = cli.last_round
        assert cli.done(*command).out.endswith("Nothing to do.\n"), f"after request {limit}"
        assert cli.last_round == last_round, f"after request {limit}"
    assert count == limit - 1, "the last run made all its requests"
    assert count > 5, "a command makes more requests than that"
    assert 0 < killed_after_sending < count, "some kills came before the group was on chain, some after"


def test_allocate(cli: Cli, door: Door) -> None:
    finalized(cli)

    def prepare(limit: int) -> Command:
        # Two new agreements for each k: the state before is the same, whatever the last k left behind.
        for price in ("0.1", "0.2"):
            agree(cli, "BUYER_A", price, "--another")
        Path("plan.csv").write_text(f"agreement,kwh\n{2 * limit + 1},3\n{2 * limit + 2},4\n")
        return ("allocate", EPOCH, "--plan", "plan.csv", "--expect-total", "125000", "--yes")

    def invoices(limit: int) -> list[tuple[int, int, int, int, str]]:
        return [
            (one["agreement"], one["kwh"], one["amount"], one["revision"], one["status"])
            for one in cli.read("invoice", "list")["invoices"]
            if one["agreement"] in (2 * limit + 1, 2 * limit + 2)
        ]

    def check(limit: int) -> None:
        assert invoices(limit) == [
            (2 * limit + 1, 3, 300_000, 1, "OVERDUE"),
            (2 * limit + 2, 4, 800_000, 1, "OVERDUE"),
        ], f"after request {limit}"
        status = cli.read("status")
        (ledger,) = status["epochs"]
        assert ledger["ppa_wh"] == 7_000 * limit
        assert ledger["remaining_wh"] == 125_000_000 - 7_000 * limit
        assert status["invoices"] == {"issued": 2 * limit, "paid": 0, "void": 0}
        # Storage was topped up for what is there, and for nothing else.
        assert all(app["balance_microalgo"] == app["minimum_microalgo"] for app in status["apps"])

    kill_after_every_request(cli, door, prepare, lambda limit: bool(invoices(limit)), check)


def test_pay(cli: Cli, door: Door) -> None:
    finalized(cli)
    treasury = balance(cli, "TREASURY")

    def prepare(limit: int) -> Command:
        agree(cli, "BUYER_A", "0.1", "--another")
        cli.done("allocate", EPOCH, str(limit + 2), "10", "--yes")
        return ("invoice", "pay", f"{limit + 2}/{EPOCH}", *cli.as_("BUYER_A"), "--yes")

    def is_paid(limit: int) -> bool:
        return bool(cli.read("invoice", "show", f"{limit + 2}/{EPOCH}")["status"] == "PAID")

    def check(limit: int) -> None:
        assert is_paid(limit)
        assert balance(cli, "TREASURY") - treasury == 1_000_000 * limit

    kill_after_every_request(cli, door, prepare, is_paid, check)


def balance(cli: Cli, name: str) -> int:
    return int(cli.algorand.account.get_information(cli.address(name)).amount.micro_algo)
