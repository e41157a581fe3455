"""`gridpact audit`: the chain alone, and files against their hashes."""

import json
from pathlib import Path

from tests.cli.harness import EPOCH, READINGS, Cli, allocated, issued
from tests.support.checkpoints import checkpoint


@checkpoint
def claimed(cli: Cli) -> None:
    """The example month, paid and claimed."""
    allocated(cli)
    issued(cli)
    cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes")
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")
    cli.done("vault", "claim", "--everybody", "--yes")


def test_audit(cli: Cli, tmp_path: Path) -> None:
    claimed(cli)
    page = tmp_path / "audit.html"
    shown = cli.done("audit", "--readings", str(READINGS), "--html", str(page)).out
    assert shown.splitlines()[-1].startswith("All green: nothing differs in ")
    assert "What cannot be seen on the chain:" in shown
    assert "All green" in page.read_text()
    report = cli.read("audit")
    assert (report["green"], report["differences"], report["passed_over"]) == (True, [], [])
    assert report["round"] == cli.last_round
    assert min(report["calls"], report["events"], report["boxes"], report["stored_fields"]) > 10
    assert sum(report["things"].values()) == report["boxes"]
    [income] = report["income"]
    assert (income["treasury"], income["received"]) == (cli.address("TREASURY"), 9_000_000_000)
    assert "Treasury" in shown


def test_audit_another_file(cli: Cli, tmp_path: Path) -> None:
    """A file that nobody recorded is named, and the run fails."""
    claimed(cli)
    other = tmp_path / "other.csv"
    other.write_bytes(READINGS.read_bytes() + b"\n")
    failed = cli.run("audit", "--readings", str(other), "--json")
    assert failed.exit_code == 1
    [difference] = json.loads(failed.out)["differences"]
    assert (difference["rule"], difference["subject"]) == ("evidence", "file other.csv")


def test_audit_invoice(cli: Cli) -> None:
    claimed(cli)
    steps = cli.read("audit", "invoice", f"1/{EPOCH}")["steps"]
    assert [step["part"] for step in steps][-4:] == ["terms", "invoice", "payment", "balance"]
    by_part = {step["part"]: step for step in steps}
    assert by_part["total"]["result"] == 125_000_000 == sum(by_part["total"]["computed_from"])
    assert by_part["invoice"]["computed_from"] == [75_000, 120_000]
    assert by_part["invoice"]["result"] == by_part["payment"]["result"] == 9_000_000_000
    assert all(step["round"] and step["transaction"] for step in steps[:-1])
    assert by_part["payment"]["payment"] not in (None, by_part["payment"]["transaction"])
    assert steps[-1]["result"] == by_part["payment"]["result"]
    assert "75,000 kWh × 120,000 = 9,000,000,000 base units" in cli.done("audit", "invoice", f"1/{EPOCH}").out


def test_audit_claim(cli: Cli) -> None:
    claimed(cli)
    steps = cli.read("audit", "claim", cli.address("HOLDER_1"), "1")["steps"]
    assert steps[-1]["part"] == "claim"
    units, per_unit = steps[-1]["computed_from"]
    assert units * per_unit == steps[-1]["result"]
    assert "deposit" in [step["part"] for step in steps]


def test_audit_invoice_unknown(cli: Cli) -> None:
    claimed(cli)
    failed = cli.run("audit", "invoice", f"9/{EPOCH}")
    assert failed.exit_code == 1
    assert failed.err.splitlines()[0] == f"There is no invoice 9/{EPOCH} in the past of the chain."
