"""Late interest, shortfall, and notes that are taken back, by the commands."""

import re
from typing import Any, Final

import pytest

from tests.cli.harness import EPOCH, Cli, agree, finalized
from tests.cli.test_corrections import MARCH, march, month, note
from tests.support.checkpoints import checkpoint

LATE: Final = f"3/{EPOCH}"
"""Of an agreement with late interest and a minimum; paid late, and 5,000 kWh below the minimum."""
PLAIN: Final = f"2/{EPOCH}"
"""Of one without either; unpaid."""
INTEREST: Final = ("invoice", "charge-interest", LATE)
SHORTFALL: Final = ("invoice", "bill-shortfall", LATE, "--reason", "less than the minimum was taken")
DAY_S: Final = 86_400


@checkpoint
def paid_late(cli: Cli) -> None:
    """One invoice is paid late and below its minimum; another one waits for its payment."""
    finalized(cli)
    agree(cli, "BUYER_A", "0.12", "--late-interest", "8", "--minimum-kwh", "80000")
    cli.done("allocate", EPOCH, "3", "75000", "--yes")
    cli.done("allocate", EPOCH, "2", "30000", "--yes")
    cli.done("invoice", "pay", LATE, *cli.as_("BUYER_A"), "--yes")


@checkpoint
def charged(cli: Cli) -> None:
    """The late interest is charged."""
    paid_late(cli)
    cli.done(*INTEREST, "--yes")


def notes(cli: Cli) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli.read("invoice", "notes", LATE)["notes"]
    return found


def standing(cli: Cli) -> list[tuple[Any, ...]]:
    return [(one["kind"], one["kwh"], one["status"]) for one in notes(cli)]


def said(cli: Cli, *command: str) -> str:
    return " ".join(cli.done(*command).out.split())


def test_charge_interest(cli: Cli) -> None:
    """Anybody may, once; simple, actual/365, by whole days, rounded down."""
    paid_late(cli)
    invoice = cli.read("invoice", "show", LATE)
    days = invoice["paid_ts"] // DAY_S - invoice["due_ts"] // DAY_S
    before = cli.full_state()
    would = f"Would charge late interest on invoice {LATE}: 9,000 ALGO paid {days} days late at 8 % a year"
    assert would in said(cli, *INTEREST, "--dry-run")
    assert cli.full_state() == before
    told = said(cli, *INTEREST, *cli.as_("OUTSIDER"), "--yes")
    assert f"Issued late interest {LATE}/1:" in told
    (one,) = notes(cli)
    assert (one["kind"], one["kwh"], one["amount"]) == ("interest", 0, 9_000_000_000 * 800 * days // 3_650_000)
    assert "Nothing to do." in said(cli, *INTEREST, "--yes")
    assert len(notes(cli)) == 1
    cli.done("invoice", "settle-note", LATE, "1", *cli.as_("BUYER_A"), "--yes")
    assert standing(cli) == [("interest", 0, "SETTLED")]


def test_interest_that_was_taken_back_is_not_charged_again(cli: Cli) -> None:
    paid_late(cli)
    cli.done(*INTEREST, "--yes")
    waive = ("invoice", "void-note", LATE, "1", "--reason", "the bank was closed")
    assert f"Would void late interest {LATE}/1 over" in said(cli, *waive, "--dry-run")
    assert f"Voided late interest {LATE}/1." in said(cli, *waive, "--yes")
    assert "Nothing to do." in said(cli, *waive, "--yes")
    assert "Nothing to do." in said(cli, *INTEREST, "--yes")
    assert standing(cli) == [("interest", 0, "VOID")]


def test_bill_shortfall(cli: Cli) -> None:
    """A part of it, then the rest; no energy moves, and what is taken back can be billed again."""
    paid_late(cli)
    energy = month(cli)
    would = f"Would bill a shortfall of 3,000 kWh on invoice {LATE}: {cli.address('BUYER_A')} owes"
    assert would in said(cli, *SHORTFALL, "--kwh", "3000", "--dry-run")
    cli.done(*SHORTFALL, "--kwh", "3000", "--yes")
    cli.done(*SHORTFALL, "--yes")
    assert [one["amount"] for one in notes(cli)] == [360_000_000, 240_000_000]
    assert "Nothing to do." in said(cli, *SHORTFALL, "--yes")
    cli.done("invoice", "void-note", LATE, "2", "--reason", "force majeure", "--yes")
    assert standing(cli) == [("shortfall", 3_000, "OPEN"), ("shortfall", 2_000, "VOID")]
    cli.done(*SHORTFALL, "--kwh", "500", "--yes")
    assert standing(cli)[2] == ("shortfall", 500, "OPEN")
    assert month(cli) == energy


def test_void_note_takes_its_energy_back(cli: Cli) -> None:
    paid_late(cli)
    recorded, ppa, vault, remaining, deficit = month(cli)
    cli.done("invoice", "correct", LATE, "--kwh", "-530", "--reason", "meter-1 read high", "--yes")
    assert month(cli) == (recorded, ppa - 530_000, vault, remaining + 530_000, deficit)
    void = ("invoice", "void-note", LATE, "1", "--reason", "meter-1 was right")
    assert "63.6 ALGO; 530 kWh are drawn from February 2026 again" in said(cli, *void, "--dry-run")
    cli.done(*void, "--yes")
    assert month(cli) == (recorded, ppa, vault, remaining, deficit)
    assert standing(cli) == [("credit", 530, "VOID")]


def test_release_credit(cli: Cli) -> None:
    """The invoice is due with all of it again; the credit can be refunded after all."""
    march(cli)
    release = ("invoice", "release-credit", f"1/{EPOCH}", "1")
    assert "Nothing to do." in said(cli, *release, "--yes")
    cli.done("invoice", "apply-credit", f"1/{EPOCH}", "1", "--to", MARCH, "--yes")
    void = cli.run("invoice", "void-note", f"1/{EPOCH}", "1", "--reason", "x", "--yes")
    assert void.exit_code == 1
    assert void.sentence == f"Note 1/{EPOCH}/1 is set against invoice 1/{MARCH}."
    (advice,) = re.findall(r"`gridpact ([^`]*)`", " ".join(void.err.split()))
    assert tuple(advice.split()) == release
    dry = said(cli, *release, "--dry-run")
    assert f"credit 1/{EPOCH}/1 of 63.6 ALGO from invoice 1/{MARCH}, which is then due with 120 ALGO" in dry
    cli.done(*release, "--yes")
    assert (note(cli)["status"], note(cli)["applied_epoch"]) == ("OPEN", 0)
    cli.done("invoice", "apply-credit", f"1/{EPOCH}", "1", "--to", MARCH, "--yes")
    cli.done("invoice", "pay", f"1/{MARCH}", *cli.as_("BUYER_A"), "--yes")
    assert cli.run(*release, "--yes").sentence.startswith(f"Invoice 1/{MARCH} was paid on ")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("charge-interest", PLAIN), f"Invoice {PLAIN} is not paid, and late interest and shortfall are charged only"),
        (("charge-interest", f"9/{EPOCH}"), f"There is no invoice 9/{EPOCH}."),
        (("bill-shortfall", PLAIN, "--reason", "x"), f"Invoice {PLAIN} is not paid, and late interest and shortfall"),
        (("bill-shortfall", LATE, "--reason", "x", "--kwh", "5001"), "has a shortfall of 5,000 kWh to bill, not 5,001"),
        (("bill-shortfall", LATE, "--reason", " "), "reason"),
        (("void-note", LATE, "2", "--reason", "x"), f"Invoice {LATE} has no note 2."),
        (("void-note", LATE, "1", "--reason", " "), "reason"),
        (("release-credit", LATE, "1"), f"Note {LATE}/1 is a charge"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_refused(cli: Cli, command: tuple[str, ...], sentence: str) -> None:
    charged(cli)
    before = cli.full_state()
    outcome = cli.run("invoice", *command, "--yes")
    assert outcome.exit_code == 1, outcome.out
    assert sentence in " ".join(outcome.err.split())
    assert cli.full_state() == before


def test_nothing_is_charged_where_nothing_is_agreed(cli: Cli) -> None:
    charged(cli)
    cli.done("invoice", "pay", PLAIN, *cli.as_("BUYER_B"), "--yes")
    before = cli.full_state()
    assert cli.run("invoice", "charge-interest", PLAIN, "--yes").sentence == "Agreement 2 asks for no late interest."
    shortfall = cli.run("invoice", "bill-shortfall", PLAIN, "--reason", "x", "--yes")
    assert shortfall.sentence == f"Invoice {PLAIN} has no shortfall to bill."
    assert cli.full_state() == before
