"""What stands behind a hash is kept, found again, and checked against the chain."""

import hashlib
from pathlib import Path

from tests.cli.harness import EPOCH, READINGS, Cli, allocated, deployed
from tests.cli.test_corrections import CORRECT, REASON, RESTATE, SETTLE, paid
from tests.cli.test_meter_import import PROFILE, semicolons

SPLIT = "wrong split"


def test_invoice_show_gives_its_past(cli: Cli) -> None:
    """Two revisions, the void between them, the payment: each with transaction and reason."""
    allocated(cli)
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", SPLIT, "--yes")
    cli.done("allocate", EPOCH, "1", "74000", "--yes")
    cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes")
    past = cli.read("invoice", "show", f"1/{EPOCH}")["past"]
    assert [one["event"] for one in past] == ["InvoiceIssued", "InvoiceVoided", "InvoiceIssued", "InvoicePaid"]
    assert all(len(one["transaction"]) == 52 and one["round"] for one in past)
    assert (past[1]["text"], past[1]["kept"]) == (SPLIT, True)
    assert past[1]["sha256"] == hashlib.sha256(SPLIT.encode()).hexdigest()
    shown = cli.done("invoice", "show", f"1/{EPOCH}").out
    assert SPLIT in " ".join(shown.split())


def test_notes_and_restatements_have_their_reasons(cli: Cli) -> None:
    paid(cli)
    cli.done(*RESTATE, "--yes")
    cli.done(*CORRECT, "--yes")
    cli.done(*SETTLE, *cli.as_("TREASURY"), "--yes")
    past = cli.read("invoice", "show", f"1/{EPOCH}")["past"]
    assert [one["event"] for one in past][-2:] == ["NoteIssued", "NoteSettled"]
    assert past[-2]["text"] == REASON
    (restated,) = cli.read("epoch", "show", EPOCH)["past"]
    assert (restated["event"], restated["text"]) == ("ProductionRestated", REASON)


def test_anchored_report_is_kept(cli: Cli) -> None:
    paid(cli)
    Path("report.txt").write_text("February\n")
    cli.done("epoch", "anchor", EPOCH, "report.txt", "--yes")
    (anchored,) = cli.read("epoch", "show", EPOCH)["past"]
    assert (anchored["event"], anchored["text"]) == ("ReportAnchored", "February\n")


def test_a_dry_run_keeps_nothing(cli: Cli) -> None:
    allocated(cli)
    before = sorted(Path("evidence").iterdir())
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", SPLIT, "--dry-run")
    cli.done("meter", "import", str(READINGS), "--correct", "--dry-run")
    assert sorted(Path("evidence").iterdir()) == before


def test_files_of_readings_are_kept_and_their_reasons_shown(cli: Cli) -> None:
    """The file, its profile and why it was accepted; the same of a corrected one, as far as the chain tells."""
    deployed(cli)
    for name, text in (("march.csv", semicolons(2026, 3)), ("vienna.toml", PROFILE)):
        Path(name).write_text(text, encoding="utf-8")
    accept = ("--accept", "the plant\x1b[2J was down")
    options = ("--profile", "vienna.toml", *accept, "--yes")
    cli.done("meter", "import", "march.csv", "--register", *options)
    Path("corrected.csv").write_text(Path("march.csv").read_text(encoding="utf-8").replace("0,007", "0,008"))
    cli.done("meter", "import", "corrected.csv", "--correct", *options)
    profile = hashlib.sha256(PROFILE.encode()).hexdigest()
    past = cli.read("epoch", "show", "202603")["past"]
    assert [(one["event"], one["accepted"], one["profile_sha256"]) for one in past] == [
        ("ProductionRecorded", accept[1], profile),
        ("ProductionRestated", accept[1], profile),
    ]
    assert [one["kept"] for one in past] == [True, True]
    for name in ("march.csv", "corrected.csv", "vienna.toml"):
        content = Path(name).read_bytes()
        assert (Path("evidence") / hashlib.sha256(content).hexdigest()).read_bytes() == content
    shown = " ".join(cli.done("epoch", "show", "202603").out.split())
    assert "accepted: the plant\\x1b[2J was down" in shown
    assert f"read with profile {profile[:16]}…" in shown


def test_plain_readings_are_not_told_twice(cli: Cli) -> None:
    allocated(cli)
    assert cli.read("epoch", "show", EPOCH)["past"] == []


def test_evidence_that_is_lost_is_added_again(cli: Cli) -> None:
    """From the very text only: another one is named nowhere."""
    allocated(cli)
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", SPLIT, "--yes")
    value = hashlib.sha256(SPLIT.encode()).hexdigest()
    kept = Path("evidence") / value
    kept.unlink()
    (lost,) = cli.read("evidence", "show", value)["evidence"]
    assert (lost["kept"], lost["text"]) == (False, None)
    assert "not kept here" in " ".join(cli.done("evidence", "show", value).out.split())

    wrong = cli.run("evidence", "add", "--text", "wrong  split")
    assert wrong.exit_code == 1
    assert "nothing on chain has this hash" in wrong.out
    (named,) = cli.read("evidence", "add", "--text", SPLIT)["named"]
    assert named["event"] == "InvoiceVoided"
    assert kept.read_text() == SPLIT

    kept.write_text("a better reason")
    changed = cli.run("evidence", "show", value)
    assert changed.exit_code == 1
    assert "was changed: it is not what its hash on chain stands for" in changed.sentence
    assert cli.run("evidence", "add").exit_code == 1


def test_roles_show_history(cli: Cli) -> None:
    allocated(cli)
    cli.done("pause", "--app", "PPA", *cli.as_("DEPLOYER"), "--yes")
    cli.done("unpause", "--app", "PPA", *cli.as_("DEPLOYER"), "--yes")
    events = [one["event"] for one in cli.read("roles", "show", "--history")["past"]]
    assert events.count("Created") == 4
    assert events[-2:] == ["Paused", "Unpaused"]
    assert "past" not in cli.read("roles", "show")
