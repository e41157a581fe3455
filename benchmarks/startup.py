"""Processor time that commands take before they do anything: ``python -m benchmarks.startup``.

Each command runs in a fresh interpreter, beside a bare import of the libraries that it cannot do without. Figures are
medians of 5 of user and system time, with Python's compiled files there already. The book of 1,000 invoices is made on
an embedded LocalNet.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import batched
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from gridpact import contracts
from gridpact.billing.agreements import terms
from gridpact.billing.invoices import Allocation, allocate
from gridpact.chain.connection import connect as library_connect
from gridpact.chain.keys import KeySource, Role, sign_as
from gridpact.chain.layout import as_struct
from gridpact.deployment.record import find
from localnet.testing import LocalNet
from tests.cli.harness import EPOCH, Cli, recorded
from tests.contracts.conftest import client_of, connect

RUNS: Final = 5
INVOICES: Final = 1_000
A_GROUP: Final = 8
KWH: Final = 100

HELP: Final = ("--help",)
LIST: Final = ("invoice", "list")
TERMINAL: Final = "import typer, rich"
NODE: Final = "import algosdk.v2client.algod, rich"
READING_S: Final = 0.3
"""What a list may take beside three times its libraries: to read and show a thousand rows."""


def main() -> None:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with LocalNet.spawn(folder / "net") as net:
            environment = {**os.environ, **_book(net, folder)}
            rows = (
                (HELP, TERMINAL, 0.0),
                (LIST, NODE, READING_S),
            )
            table = Table("gridpact", "s", "python -c", "s", "times", "at most", title=f"{INVOICES:,} invoices")
            for arguments, code, more_s in rows:
                took = _median_s(["-m", "gridpact", *arguments], environment)
                bare = _median_s(["-c", code], environment)
                most = 3 * bare + more_s
                table.add_row(
                    *(" ".join(arguments), f"{took:.2f}", code, f"{bare:.2f}", f"{took / bare:.1f}", f"{most:.2f}")
                )
    Console(width=120).print(table)


def _median_s(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """Median of the processor time of fresh interpreters, in seconds."""
    return statistics.median(_took_s(arguments, environment) for _ in range(RUNS))


def _took_s(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _book(net: LocalNet, folder: Path) -> dict[str, str]:
    """A deployment with many agreements and an invoice of each: where the commands find it."""
    cli = Cli(connect(client_of(net)).algorand, net.environment, folder)
    recorded(cli)
    cli.done("epoch", "finalize", EPOCH, "--yes")
    os.environ.update(cli.environment)
    deployment = find(library_connect())
    billing, operator = deployment.billing, deployment.production.state().roles.operator
    sign_as(deployment.connection, operator, Role.OPERATOR, KeySource(None, "OPERATOR_MNEMONIC"))
    wanted = terms(
        buyer=cli.address("BUYER_A"),
        treasury=cli.address("TREASURY"),
        price_per_kwh=120_000,
        first_epoch=int(EPOCH),
        last_epoch=202701,
    )
    client = contracts.ppa_client
    arguments = client.CreateAgreementArgs(terms=as_struct(client.AgreementTerms, wanted))
    for numbers in batched(range(1, INVOICES + 1), A_GROUP):
        billing.group().add(*(billing.calls.create_agreement(operator, arguments, one) for one in numbers)).send()
    plan = [Allocation(number, KWH) for number in range(1, INVOICES + 1)]
    allocate(billing, deployment.production, operator, int(EPOCH), plan).send()
    return cli.environment


if __name__ == "__main__":
    main()
