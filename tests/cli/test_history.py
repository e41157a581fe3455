"""`gridpact history` and `gridpact events`."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.harness import EPOCH, Cli, allocated
from tests.support.checkpoints import checkpoint

pytestmark = pytest.mark.timeout(600)

PATIENCE_S = 300


def lines(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in cli.done("events", "--json", *arguments).out.splitlines()]


def start(cli: Cli, *arguments: str) -> "subprocess.Popen[str]":
    cli.settle()
    return subprocess.Popen(
        [sys.executable, "-m", "gridpact", *arguments],
        cwd=cli.folder,
        env={**os.environ, **cli.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_sync_status_rebuild(cli: Cli) -> None:
    allocated(cli)
    before = cli.read("history", "status")
    assert (before["round"], before["is_current"]) == (0, False)
    assert list(cli.folder.rglob("*.sqlite")) == [], "looking writes nothing"

    synced = cli.read("history", "sync")
    assert synced["round"] == cli.last_round
    assert synced["events"] == len(lines(cli))
    assert synced["begun_again"] is None
    status = cli.read("history", "status")
    assert status["is_current"]
    assert Path(status["where"]).parent == cli.folder / ".gridpact"
    assert "up to date" in cli.done("history", "status").out
    assert cli.done("history", "sync").out == f"The history is up to date, at round {cli.last_round:,}.\n"

    rebuilt = cli.done("history", "rebuild").out.splitlines()
    assert rebuilt[0] == "The history was read again from the beginning."
    assert f"{synced['events']:,} new events" in rebuilt[1]


def test_another_chain_is_said(cli: Cli) -> None:
    allocated(cli)
    cli.done("history", "sync")
    assert cli.checkpoints is not None
    before = cli.checkpoints.keep()
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
    cli.done("history", "sync")
    cli.checkpoints.go(before)
    assert "begins again" in cli.done("history", "status").out
    told = cli.done("history", "sync").out.splitlines()
    assert told[0] == "The chain was reset or restored to an earlier block: the history was started again."
    assert cli.read("history", "status")["is_current"]


def test_events(cli: Cli) -> None:
    allocated(cli)
    every = lines(cli)
    assert every[-1]["event"] == "InvoiceIssued"
    assert every[-2]["event"] == "EnergyDrawn"
    assert every[-2]["transaction"] == every[-1]["transaction"]
    assert (every[-2]["path"], every[-1]["path"]) == ([0], [])
    assert every[-1]["sender"] == cli.address("OPERATOR")
    assert [one for one in every if one["contract"] == "PPA"] == lines(cli, "--app", "PPA")
    assert [one for one in every if one["epoch"] == int(EPOCH)] == lines(cli, "--epoch", EPOCH)
    named = lines(cli, "--event", "InvoiceIssued", "--event", "AgreementCreated")
    assert {one["event"] for one in named} == {"InvoiceIssued", "AgreementCreated"}
    mine = lines(cli, "--account", cli.address("BUYER_A"))
    assert mine
    assert all(cli.address("BUYER_A") in one["fields"].values() for one in mine)
    assert lines(cli, "--since", every[4]["id"]) == every[5:]
    assert lines(cli, "--since", str(every[-1]["round"])) == [
        one for one in every if one["round"] == every[-1]["round"]
    ]
    told = cli.done("events", "--app", "PPA").out.splitlines()
    assert len(told) == len(lines(cli, "--app", "PPA"))
    assert all("PPA" in line for line in told)


def test_events_are_followed(cli: Cli) -> None:
    """What happens while it runs comes out at once, and stopping it is no failure."""
    allocated(cli)
    every = lines(cli)
    with start(cli, "events", "--follow", "--json", "--since", every[-2]["id"]) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == every[-1]
        cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
        assert json.loads(process.stdout.readline())["event"] == "EnergyReturned"
        assert json.loads(process.stdout.readline())["event"] == "InvoiceVoided"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out, err) == (0, "", "")


def test_nobody_reads_on(cli: Cli) -> None:
    allocated(cli)
    with start(cli, "events", "--follow", "--since", "1") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
        assert process.wait(PATIENCE_S) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_history_is_followed(cli: Cli) -> None:
    allocated(cli)
    with start(cli, "history", "follow", "--json") as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first["round"] == cli.last_round
        cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
        assert json.loads(process.stdout.readline())["events"] == 2
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (("events", "--since", "1.2"), {}, "'1.2' is not a place in the chain."),
        (("events", "--since", "999999"), {}, "The chain was reset or restored"),
        (("history", "sync"), {"GRIDPACT_HISTORY": "nonsense"}, "The history in nonsense cannot be used"),
    ],
)
def test_refusals(cli: Cli, arguments: tuple[str, ...], environment: dict[str, str], sentence: str) -> None:
    allocated(cli)
    outcome = cli.run(*arguments, **environment)
    assert outcome.exit_code == 1
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


LISTS = [
    ("invoice", "list"),
    ("invoice", "list", "--unpaid"),
    ("invoice", "list", "--status", "VOID", "--status", "PAID"),
    ("invoice", "list", "--agreement", "2"),
    ("invoice", "list", "--from", "202603"),
    ("invoice", "list", "--to", "202602", "--text", f"1/{EPOCH}"),
    ("invoice", "list", "--text", "9/202602"),
    ("history", "payments"),
    ("history", "claims"),
    ("history", "offers", "--side", "buy"),
    ("query:transactions",),
]


def test_lists_are_the_same_with_and_without_a_history(cli: Cli) -> None:
    traded_and_paid(cli)
    lists = [
        *LISTS,
        ("invoice", "list", "--buyer", cli.address("BUYER_A")),
        ("invoice", "list", "--text", cli.address("BUYER_B")[5:20].lower()),
    ]
    without = [cli.read(*arguments) for arguments in lists]
    cli.done("history", "sync")
    assert [cli.read(*arguments) for arguments in lists] == without
    assert len(without[0]["invoices"]) == 2
    assert [one["agreement"] for one in without[1]["invoices"]] == []
    assert {one["status"] for one in without[2]["invoices"]} == {"VOID", "PAID"}
    [payment] = without[7]["payments"]
    assert payment["buyer"] == cli.address("BUYER_A")
    [wanted] = without[9]["offers"]
    assert (wanted["state"], wanted["pruned_ts"] is None) == ("CANCELLED", False)
    assert payment["payment"] in cli.done("history", "payments").out
    found = cli.read("invoice", "list", "--text", payment["transaction"])
    assert [one["agreement"] for one in found["invoices"]] == [1], "a history finds transactions, too"


@checkpoint
def traded_and_paid(cli: Cli) -> None:
    """An invoice that was paid, one that was voided, and an offer that was cancelled and pruned."""
    allocated(cli)
    consumer = cli.as_("BUYER_A")
    cli.done("buy-offer", "create", "--amount-wh", "500", "--max-price", "0.18", *consumer, "--yes")
    cli.done("buy-offer", "cancel", "--offer-id", "0", *consumer, "--yes")
    cli.done("buy-offer", "prune", "0", *consumer, "--yes")
    cli.done("invoice", "pay", f"1/{EPOCH}", *consumer, "--yes")
    cli.done("invoice", "void", f"2/{EPOCH}", "--reason", "wrong split", "--yes")
