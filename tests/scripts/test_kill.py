"""`kill -9` after the k-th request to algod, for every k; then the same command again: all done, nothing twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.conftest import Network
from tests.scripts.harness import EPOCH, Cli, agree, finalized
from tests.scripts.kill import KillingProxy


@pytest.fixture
def proxy(network: Network) -> Iterator[KillingProxy]:
    port = int(network.environment.get("ALGOD_PORT") or os.environ.get("ALGOD_PORT") or 4001)
    with KillingProxy(port).serving() as serving:
        yield serving


def test_allocate(cli: Cli, proxy: KillingProxy) -> None:
    finalized(cli)
    environment = {"PATH": os.environ["PATH"], **cli.environment}
    agreements = 2
    allocated_kwh = 0
    limit = 0
    interrupted_after_sending = 0
    while True:
        limit += 1
        # Two new agreements for each k: the state before is the same, whatever k left behind.
        for price in ("0.1", "0.2"):
            agreements += 1
            agree(cli, "BUYER_A", price, "--another")
        first, second = agreements - 1, agreements
        Path("plan.csv").write_text(f"agreement,kwh\n{first},3\n{second},4\n")
        command = ("allocate", EPOCH, "--plan", "plan.csv", "--expect-total", "125000", "--yes")
        count, killed = proxy.run(command, environment, limit)
        there = cli.read("invoice", "list", "--agreement", str(first))["invoices"]
        interrupted_after_sending += killed and bool(there)

        cli.done(*command)

        allocated_kwh += 7
        invoices = [
            *cli.read("invoice", "list", "--agreement", str(first))["invoices"],
            *cli.read("invoice", "list", "--agreement", str(second))["invoices"],
        ]
        assert [(one["agreement"], one["kwh"], one["amount"], one["revision"], one["status"]) for one in invoices] == [
            (first, 3, 300_000, 1, "OVERDUE"),
            (second, 4, 800_000, 1, "OVERDUE"),
        ], f"killed after request {limit}"
        ledger = cli.read("epoch", "show", EPOCH)
        assert ledger["ppa_wh"] == allocated_kwh * 1_000, f"killed after request {limit}"
        assert ledger["remaining_wh"] == 125_000_000 - allocated_kwh * 1_000
        status = cli.read("status")
        assert status["invoices"] == {"issued": 2 * limit, "paid": 0, "void": 0}
        # Deposits were topped up for what is there, and for nothing else.
        assert all(app["balance_microalgo"] == app["minimum_microalgo"] for app in status["apps"])
        last_round = cli.last_round
        assert cli.done(*command).out.endswith("Nothing to do.\n")
        assert cli.last_round == last_round
        if not killed:
            break
    assert count == limit - 1
    assert limit > 10, "the command makes more requests than that"
    assert interrupted_after_sending > 0, "at least one kill came after the group was on chain"
