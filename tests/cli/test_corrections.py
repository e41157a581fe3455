"""Corrections of paid invoices, from the restatement to the refund, by the commands that the program names."""

import re
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.harness import EPOCH, Cli, allocated, issued
from tests.support.checkpoints import checkpoint

MARCH: Final = "202603"
REASON: Final = "meter-1 reads 2 % high"
RESTATE: Final = ("epoch", "restate", EPOCH, "--meter", "meter-1", "--to", "44118", "--reason", REASON)
CORRECT: Final = ("invoice", "correct", f"1/{EPOCH}", "--kwh", "-530", "--reason", REASON)
SETTLE: Final = ("invoice", "settle-note", f"1/{EPOCH}", "1")


@checkpoint
def paid(cli: Cli) -> None:
    """Invoice 1 is paid, invoice 2 is not; the vault has drawn the rest."""
    allocated(cli)
    issued(cli)
    cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes")
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")


@checkpoint
def credited(cli: Cli) -> None:
    """The reading is restated, and invoice 1 has its credit."""
    paid(cli)
    cli.done(*RESTATE, "--yes")
    cli.done(*CORRECT, "--yes")


@checkpoint
def march(cli: Cli) -> None:
    """Agreement 1 has an invoice over 1,000 kWh of March, too."""
    credited(cli)
    hours = (datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=-5))) + timedelta(hours=one) for one in range(744))
    rows = (f"meter-1,{hour.isoformat()},{10_000 if 8 <= hour.hour < 16 else 0}" for hour in hours)
    Path("march.csv").write_text("\n".join(["meter_id,interval_start,energy_wh", *rows]))
    cli.done("meter", "import", "march.csv", "--yes")
    cli.done("epoch", "finalize", MARCH, "--without", "meter-2", "--without", "meter-3", "--yes")
    cli.done("allocate", MARCH, "1", "1000", "--yes")


def month(cli: Cli) -> tuple[int, int, int, int, int]:
    shown = cli.read("epoch", "show", EPOCH)
    wh: tuple[int, int, int, int, int] = tuple(
        shown[name] for name in ("recorded_wh", "ppa_wh", "vault_wh", "remaining_wh", "deficit_wh")
    )
    return wh


def note(cli: Cli) -> dict[str, Any]:
    (one,) = cli.read("invoice", "notes", f"1/{EPOCH}")["notes"]
    found: dict[str, Any] = one
    return found


def balance(cli: Cli, name: str) -> int:
    return int(cli.algorand.account.get_information(cli.address(name)).amount.micro_algo)


def test_restate_names_what_it_touches(cli: Cli) -> None:
    """In the dry run, before anything is sent; a paid invoice, an unpaid one, and the deposit."""
    paid(cli)
    before = cli.full_state()
    mending = cli.read(*RESTATE, "--dry-run")["mending"]
    assert cli.full_state() == before
    assert (mending["recorded_wh"], mending["deficit_wh"]) == (124_118_000, 882_000)
    touched = [
        (one["agreement"], one["paid"], one["kwh"], one["share_kwh"], one["change_kwh"], one["amount"])
        for one in mending["invoices"]
    ]
    assert touched == [(1, True, 75_000, 74_470, -530, 63_600_000), (2, False, 30_000, 29_788, -212, 21_200_000)]
    assert mending["returns"] == [{"deposit": 1, "wh": 140_000}]


def test_restate_and_follow_the_advice(cli: Cli) -> None:
    """Each command that it names is run as it stands: the month is whole again."""
    paid(cli)
    said = cli.done(*RESTATE, "--yes").out
    commands = re.findall(r"`gridpact ([^`]*)`", " ".join(said.split()))
    assert [command.split(" --")[0] for command in commands] == [
        f"invoice correct 1/{EPOCH}",
        f"invoice void 2/{EPOCH}",
        f"allocate {EPOCH} 2 29788",
        "vault return-energy 1",
    ]
    credit, void, allocate, give_back = commands
    for command in (credit, void, give_back, allocate):
        cli.done(*shlex.split(command), "--yes")
    assert month(cli) == (124_118_000, 104_258_000, 19_860_000, 0, 0)
    again = cli.read(*RESTATE, "--yes")
    assert (again["mending"]["invoices"], again["mending"]["returns"], again["groups"]) == ([], [], [])


def test_restate_upwards_asks_for_a_debit(cli: Cli) -> None:
    paid(cli)
    up = ("epoch", "restate", EPOCH, "--meter", "meter-1", "--to", "46250", "--reason", "a phase was missing")
    (first, _second) = cli.read(*up, "--dry-run")["mending"]["invoices"]
    assert (first["change_kwh"], first["amount"]) == (750, 90_000_000)
    cli.done(*up, "--yes")
    cli.done("invoice", "correct", f"1/{EPOCH}", "--kwh", "750", "--reason", "a phase was missing", "--yes")
    assert note(cli)["kind"] == "debit"
    cli.done(*SETTLE, *cli.as_("BUYER_A"), "--yes")
    assert note(cli)["status"] == "SETTLED"


def test_correct_dry_run_shows_energy_and_money(cli: Cli) -> None:
    paid(cli)
    cli.done(*RESTATE, "--yes")
    before = cli.full_state()
    said = " ".join(cli.done(*CORRECT, "--dry-run").out.split())
    assert cli.full_state() == before
    effect = f"Would issue credit note 1/{EPOCH}/1: 530 kWh return to February 2026, 530 kWh of it fill its deficit"
    assert effect in said
    assert f"{cli.address('TREASURY')} owes {cli.address('BUYER_A')} 63.6 ALGO: {REASON}" in said
    assert "Would emit NoteIssued:" in said


def test_correct_then_refund(cli: Cli) -> None:
    credited(cli)
    assert month(cli) == (124_118_000, 104_470_000, 20_000_000, 0, 352_000)
    held = balance(cli, "BUYER_A")
    shown = note(cli)
    assert (shown["kind"], shown["kwh"], shown["amount"], shown["status"]) == ("credit", 530, 63_600_000, "OPEN")
    dry = " ".join(cli.done(*SETTLE, *cli.as_("TREASURY"), "--dry-run").out.split())
    assert f"Would pay 63.6 ALGO to {cli.address('BUYER_A')} for note 1/{EPOCH}/1" in dry
    cli.done(*SETTLE, *cli.as_("TREASURY"), "--yes")
    assert balance(cli, "BUYER_A") == held + 63_600_000
    assert note(cli)["status"] == "SETTLED"
    assert "Nothing to do." in cli.done(*SETTLE, *cli.as_("TREASURY"), "--yes").out
    assert balance(cli, "BUYER_A") == held + 63_600_000
    assert "63.6 ALGO" in cli.done("invoice", "notes", f"1/{EPOCH}").out


def test_apply_credit(cli: Cli) -> None:
    """The next invoice is due that much less, and is paid exactly so."""
    march(cli)
    apply = ("invoice", "apply-credit", f"1/{EPOCH}", "1", "--to", MARCH)
    dry = " ".join(cli.done(*apply, "--dry-run").out.split())
    assert f"credit 1/{EPOCH}/1 of 63.6 ALGO against invoice 1/{MARCH}: 56.4 ALGO stay due" in dry
    cli.done(*apply, "--yes")
    assert (note(cli)["status"], note(cli)["applied_epoch"]) == ("APPLIED", int(MARCH))
    assert "Nothing to do." in cli.done(*apply, "--yes").out
    held = balance(cli, "TREASURY")
    said = cli.done("invoice", "pay", f"1/{MARCH}", *cli.as_("BUYER_A"), "--yes").out
    assert "Paid 56.4 ALGO" in " ".join(said.split())
    assert balance(cli, "TREASURY") == held + 56_400_000


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("invoice", "correct", f"2/{EPOCH}", "--kwh", "-1", "--reason", "x"), r"Invoice 2/202602 is not paid.*"),
        (("invoice", "correct", f"9/{EPOCH}", "--kwh", "-1", "--reason", "x"), r"There is no invoice 9/202602\."),
        (("invoice", "correct", f"1/{EPOCH}", "--kwh", "0", "--reason", "x"), r".*1/202602.*"),
        (("invoice", "correct", f"1/{EPOCH}", "--kwh", "-74471", "--reason", "x"), r".*74,470 kWh.*"),
        (("invoice", "correct", f"1/{EPOCH}", "--kwh", "-1", "--reason", " "), r".*reason.*"),
        (("invoice", "settle-note", f"1/{EPOCH}", "2"), r".*no note 2.*"),
        (("invoice", "apply-credit", f"1/{EPOCH}", "1", "--to", MARCH), r"There is no invoice 1/202603\."),
        (("invoice", "notes", f"9/{EPOCH}"), r"There is no invoice 9/202602\."),
    ],
    ids=["not paid", "no invoice", "nothing", "too much", "no reason", "no note", "no target", "notes of nothing"],
)
def test_refused(cli: Cli, command: tuple[str, ...], sentence: str) -> None:
    credited(cli)
    before = cli.full_state()
    outcome = cli.run(*command, *(() if command[1] == "notes" else ("--yes",)))
    assert outcome.exit_code == 1, outcome.out
    assert re.fullmatch(sentence, outcome.sentence), outcome.err
    assert cli.full_state() == before


def test_settle_note_from_another_account(cli: Cli) -> None:
    credited(cli)
    before = cli.full_state()
    outcome = cli.run(*SETTLE, *cli.as_("BUYER_A"), "--yes")
    assert outcome.exit_code == 1
    assert cli.full_state() == before
