"""Corrections, late readings, and months that are closed without a meter."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.harness import EPOCH, READINGS, Cli, recorded


@pytest.fixture
def month(cli: Cli) -> Cli:
    """The example month is recorded, and not final."""
    recorded(cli)
    return cli


def changed(cli: Cli, name: str, before: str, after: str) -> str:
    """The example's file with another text in it."""
    Path(name).write_text(READINGS.read_text().replace(before, after))
    return name


def readings(cli: Cli) -> dict[str, dict[str, object]]:
    return {one["meter"]: one for one in cli.read("epoch", "show", EPOCH)["readings"]}


def more(cli: Cli) -> str:
    """A corrected file: the first reading of meter-1 has 1 kWh more."""
    first = READINGS.read_text().splitlines()[1]
    head, _, wh = first.rpartition(",")
    return changed(cli, "corrected.csv", first, f"{head},{int(wh) + 1_000}")


def test_a_corrected_file_restates_what_it_changes_with_its_hash(month: Cli) -> None:
    refused = month.run("meter", "import", more(month), "--yes")
    assert refused.exit_code == 1
    assert "`gridpact meter import FILE --correct`" in refused.err
    done = month.done("meter", "import", "corrected.csv", "--correct", "--yes")
    assert "Restated meter-1 in February 2026 to 45,001 kWh (revision 1)." in done.out
    reading = readings(month)["meter-1"]
    assert (reading["wh"], reading["net_wh"]) == (45_000_000, 45_001_000)
    sha256 = hashlib.sha256(Path("corrected.csv").read_bytes()).hexdigest()
    assert reading["restatements"] == [{"revision": 1, "change_wh": 1_000, "reason_sha256": sha256}]
    assert readings(month)["meter-2"]["restatements"] == []
    assert "Nothing to do." in month.done("meter", "import", "corrected.csv", "--correct", "--yes").out
    back = month.done("meter", "import", str(READINGS), "--correct", "--yes")
    assert "Restated meter-1 in February 2026 to 45,000 kWh (revision 2)." in back.out


def test_a_final_month_is_corrected_too(month: Cli) -> None:
    month.done("epoch", "finalize", EPOCH, "--yes")
    month.done("meter", "import", more(month), "--correct", "--yes")
    assert readings(month)["meter-1"]["net_wh"] == 45_001_000


def test_a_month_is_not_closed_without_a_meter_that_nobody_named(month: Cli) -> None:
    month.done("meter", "register", "roof south", "--yes")
    before = month.full_state()
    refused = month.run("epoch", "finalize", EPOCH, "--yes")
    assert refused.exit_code == 1
    assert refused.sentence == "roof south has no reading in February 2026."
    assert f"`gridpact epoch finalize {EPOCH} --without 'roof south'`" in refused.err
    assert month.full_state() == before
    assert month.run("epoch", "finalize", EPOCH, "--without", "attic", "--yes").sentence == (
        "No meter 'attic' is registered."
    )


def test_a_reading_that_comes_late_has_its_place(month: Cli) -> None:
    """What is advised is followed, from the refusal to the late reading in the ledger."""
    month.done("meter", "register", "meter-4", "--yes")
    month.done("epoch", "finalize", EPOCH, "--without", "meter-4", "--expect", "125000", "--yes")
    assert (readings(month)["meter-4"]["wh"], readings(month)["meter-4"]["quality"]) == (0, "substituted")
    lines = READINGS.read_text().splitlines()
    late = [lines[0], *(line.replace("meter-1", "meter-4") for line in lines if line.startswith("meter-1"))]
    Path("late.csv").write_text("\n".join(late))
    refused = month.run("meter", "import", "late.csv", "--yes")
    assert "`gridpact meter import FILE --correct`" in refused.err
    month.done("meter", "import", "late.csv", "--correct", "--yes")
    assert readings(month)["meter-4"]["net_wh"] == 45_000_000
    assert month.read("epoch", "show", EPOCH)["recorded_wh"] == 170_000_000


def test_a_meter_that_did_not_exist_when_the_month_was_closed(month: Cli) -> None:
    month.done("epoch", "finalize", EPOCH, "--yes")
    lines = READINGS.read_text().splitlines()
    Path("late.csv").write_text(
        "\n".join([lines[0], *(line.replace("meter-1", "attic") for line in lines if line.startswith("meter-1"))])
    )
    options = ("--register", "--accept", "a second look", "--yes")
    advised = f"epoch restate {EPOCH} --meter meter-1 --to 90000 --reason TEXT"
    for way in ((), ("--correct",)):
        refused = month.run("meter", "import", "late.csv", *way, *options)
        assert "February 2026 is final, and attic has no reading in it that could be corrected." in refused.err
        assert f"`gridpact {advised}`" in refused.err
    month.done(*advised.split(), "--yes")
    assert readings(month)["meter-1"]["net_wh"] == 90_000_000
