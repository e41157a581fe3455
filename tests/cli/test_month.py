"""The example month by commands: what each shows, what stands on chain, and that nothing happens twice."""

import hashlib
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.harness import EPOCH, READINGS, Cli, allocated, deployed, finalized, issued, recorded

PLAN = "agreement,kwh\n1,75000\n2,30000\n"


def test_example_month(cli: Cli, snapshot: SnapshotAssertion) -> None:
    deployed(cli)
    parties = ("--treasury", cli.address("TREASURY"), "--from", EPOCH, "--to", "202701")
    steps = [
        ("meter", "import", str(READINGS), "--register"),
        ("epoch", "finalize", EPOCH, "--expect", "125000"),
        ("agreement", "create", "--buyer", cli.address("BUYER_A"), "--price", "0.12", *parties),
        ("agreement", "create", "--buyer", cli.address("BUYER_B"), "--price", "0.1", *parties),
        ("allocate", EPOCH, "--plan", "plan.csv", "--expect-total", "125000"),
        ("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A")),
        ("invoice", "pay", f"2/{EPOCH}", *cli.as_("BUYER_B")),
        ("vault", "bootstrap"),
        *(("vault", "opt-in", *cli.as_(holder)) for holder in ("HOLDER_1", "HOLDER_2", "HOLDER_3")),
        ("vault", "issue", cli.address("HOLDER_1"), "500"),
        ("vault", "issue", cli.address("HOLDER_2"), "300"),
        ("vault", "issue", cli.address("HOLDER_3"), "200"),
        ("vault", "close-issuance"),
        ("vault", "deposit", EPOCH, "3000"),
        ("vault", "claim", *cli.as_("HOLDER_1")),
        ("vault", "claim", "--everybody"),
    ]
    Path("plan.csv").write_text(PLAN)
    shown = {}
    for step in steps:
        name = " ".join(cli.plain(" ".join(step)).replace(str(READINGS), "readings-202602.csv").split())
        shown[name] = cli.plain(cli.done(*step, "--yes").out)
    assert shown == snapshot(name="steps")

    views = (
        ("status",),
        ("meter", "list"),
        ("epoch", "show", EPOCH),
        ("epoch", "list"),
        ("agreement", "list"),
        ("agreement", "show", "1"),
        ("invoice", "list"),
        ("invoice", "show", f"1/{EPOCH}"),
        ("vault", "show"),
        ("vault", "show", cli.address("HOLDER_1")),
        ("roles", "show"),
    )
    assert {cli.plain(" ".join(view)).strip(): cli.plain(cli.done(*view).out) for view in views} == snapshot(
        name="views"
    )

    # Everything again: nothing is sent.
    before = cli.last_round
    for step in steps:
        assert cli.done(*step, "--yes").out.endswith("Nothing to do.\n"), step
    assert cli.last_round == before


def test_figures_on_chain(cli: Cli) -> None:
    allocated(cli)
    issued(cli)
    balances = {name: balance(cli, name) for name in ("TREASURY", "HOLDER_1", "HOLDER_2", "HOLDER_3")}
    cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes")
    cli.done("invoice", "pay", f"2/{EPOCH}", *cli.as_("BUYER_B"), "--yes")
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")
    cli.done("vault", "claim", "--everybody", "--yes")
    earned = {name: balance(cli, name) - before for name, before in balances.items()}
    assert earned == {
        "TREASURY": 12_000_000_000,
        "HOLDER_1": 1_500_000_000,
        "HOLDER_2": 900_000_000,
        "HOLDER_3": 600_000_000,
    }
    vault = cli.read("vault", "show")
    assert (vault["deposited_microalgo"], vault["paid_microalgo"]) == (3_000_000_000, 3_000_000_000)
    assert (vault["owed_microalgo"], vault["carried_microalgo"]) == (0, 0)
    epoch = cli.read("epoch", "show", EPOCH)
    assert (epoch["ppa_wh"], epoch["vault_wh"], epoch["remaining_wh"]) == (105_000_000, 20_000_000, 0)


def test_two_invoices_of_one_buyer_are_paid_in_one_group(cli: Cli) -> None:
    finalized(cli)
    cli.done(
        *("agreement", "create", "--buyer", cli.address("BUYER_A"), "--treasury", cli.address("TREASURY")),
        *("--price", "0.05", "--from", EPOCH, "--to", EPOCH, "--yes"),
    )
    cli.done("allocate", EPOCH, "1", "1000", "--yes")
    cli.done("allocate", EPOCH, "3", "1000", "--yes")
    done = cli.done("invoice", "pay", f"1/{EPOCH}", f"3/{EPOCH}", *cli.as_("BUYER_A"), "--yes", "--json").document
    (group,) = done["groups"]
    assert len(group["transactions"]) == 4
    assert [event["name"] for event in group["events"]] == ["InvoicePaid", "InvoicePaid"]
    invoices = cli.read("invoice", "list")["invoices"]
    assert [(one["agreement"], one["status"]) for one in invoices] == [(1, "PAID"), (3, "PAID")]


def test_void_and_allocate_again(cli: Cli) -> None:
    allocated(cli)
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
    assert cli.read("epoch", "show", EPOCH)["remaining_wh"] == 95_000_000
    assert cli.read("invoice", "show", f"1/{EPOCH}")["status"] == "VOID"
    before = cli.last_round
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
    assert cli.last_round == before
    cli.done("allocate", EPOCH, "1", "70000", "--yes")
    invoice = cli.read("invoice", "show", f"1/{EPOCH}")
    assert (invoice["revision"], invoice["kwh"], invoice["amount"]) == (2, 70_000, 8_400_000_000)


def test_restate_is_told_the_figure_not_the_difference(cli: Cli) -> None:
    recorded(cli)
    correct = ("epoch", "restate", EPOCH, "--meter", "meter-1", "--to", "44990.5", "--reason", "exchanged", "--yes")
    cli.done(*correct)
    before = cli.last_round
    assert cli.done(*correct).out.endswith("Nothing to do.\n")
    assert cli.last_round == before
    shown = cli.read("epoch", "show", EPOCH)
    assert shown["recorded_wh"] == 124_990_500
    first = shown["readings"][0]
    assert (first["wh"], first["net_wh"]) == (45_000_000, 44_990_500)
    assert [one["change_wh"] for one in first["restatements"]] == [-9_500]
    cli.done(*correct[:6], "45001", *correct[7:])
    assert cli.read("epoch", "show", EPOCH)["recorded_wh"] == 125_001_000


def test_a_gap_makes_that_meters_reading_substituted(cli: Cli) -> None:
    deployed(cli)
    lines = READINGS.read_text().splitlines()
    Path("gap.csv").write_text("\n".join(lines[:100] + lines[101:]))
    outcome = cli.run("meter", "import", "gap.csv", "--register", "--yes")
    assert outcome.exit_code == 1
    assert "line 101: meter-1 has no reading from" in outcome.err
    assert cli.read("meter", "list")["meters"] == []
    cli.done("meter", "import", "gap.csv", "--register", "--fill-gaps", "mean", "--yes")
    qualities = {one["meter"]: one["quality"] for one in cli.read("epoch", "show", EPOCH)["readings"]}
    assert qualities == {"meter-1": "substituted", "meter-2": "actual", "meter-3": "actual"}


def test_agreement_ends_earlier_and_never_later(cli: Cli) -> None:
    finalized(cli)
    cli.done("agreement", "end", "1", "202606", "--yes")
    before = cli.last_round
    cli.done("agreement", "end", "1", "202606", "--yes")
    assert cli.last_round == before
    outcome = cli.run("agreement", "end", "1", "202607", "--yes")
    assert (outcome.exit_code, outcome.sentence) == (1, "Agreement 1 already ends with June 2026.")


def test_anchor_publishes_the_reports_hash(cli: Cli) -> None:
    finalized(cli)
    Path("report.txt").write_text("all is well")
    done = cli.done("epoch", "anchor", EPOCH, "report.txt", "--yes", "--json").document
    (event,) = done["groups"][0]["events"]
    assert event["name"] == "ReportAnchored"
    assert event["fields"]["reportHash"] == hashlib.sha256(b"all is well").hexdigest()


@pytest.mark.parametrize("form", ["csv", "toml", "json"])
def test_plan_files(cli: Cli, form: str) -> None:
    finalized(cli)
    text = {
        "csv": PLAN,
        "toml": "[[allocation]]\nagreement = 1\nkwh = 75_000\n[[allocation]]\nagreement = 2\nkwh = 30_000\n",
        "json": '[{"agreement": 1, "kwh": 75000}, {"agreement": 2, "kwh": 30000}]',
    }[form]
    Path(f"plan.{form}").write_text(text)
    done = cli.done("allocate", EPOCH, "--plan", f"plan.{form}", "--yes", "--json").document
    assert len(done["groups"]) == 1
    assert cli.read("status")["invoices"] == {"issued": 2, "paid": 0, "void": 0}


def test_plan_of_parts_of_the_month(cli: Cli) -> None:
    finalized(cli)
    Path("plan.csv").write_text("agreement,kwh\n1,60.5%\n2,rest\n")
    command = ("allocate", EPOCH, "--plan", "plan.csv", "--yes", "--json")
    (group,) = cli.done(*command).document["groups"]
    issued = [event["fields"] for event in group["events"] if event["name"] == "InvoiceIssued"]
    assert [(one["agreementId"], one["kwh"]) for one in issued] == [(1, 75_625), (2, 49_375)]
    assert cli.done(*command).document["groups"] == []


def balance(cli: Cli, name: str) -> int:
    info = cli.algorand.account.get_information(cli.address(name))
    return info.amount.micro_algo
