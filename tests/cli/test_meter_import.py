"""`gridpact meter import` with a profile: a file as its source writes it, to a recorded month."""

import base64
import hashlib
import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridpact.chain.node import as_dict
from gridpact.production import labels
from tests.cli.harness import Cli, Outcome, deployed
from tests.support import field_cases

VIENNA = ZoneInfo("Europe/Vienna")
PROFILE = """
[file]
separator = ";"
decimal = ","

[time]
column = ["Datum", "Zeit von"]
format = "%d.%m.%Y %H:%M:%S"
zone = "Europe/Vienna"
stamps = "start"

[value]
column = "Einspeiser [kWh]"
unit = "kWh"
kind = "interval"

[meter]
name = "roof"
"""


def semicolons(year: int, month: int) -> str:
    """A month of quarters in Vienna's local time: 1 Wh, 2 Wh, …"""
    start = datetime(year, month, 1, tzinfo=VIENNA).astimezone(UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=VIENNA).astimezone(UTC)
    lines = ["\ufeffDatum;Zeit von;Zeit bis;Einspeiser [kWh]"]
    for at in range(int((end - start) / timedelta(minutes=15))):
        local = (start + at * timedelta(minutes=15)).astimezone(VIENNA)
        lines.append(f"{local:%d.%m.%Y};{local:%H:%M:%S};;0,{at * 7 % 1000:03d}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def operator(cli: Cli) -> Cli:
    """The apps are there; a file of March, with its clock change, and its profile lie in the folder."""
    deployed(cli)
    Path("march.csv").write_text(semicolons(2026, 3), encoding="utf-8")
    Path("vienna.toml").write_text(PROFILE, encoding="utf-8")
    return cli


def notes(cli: Cli, tx_ids: list[str]) -> list[dict[str, str]]:
    """What the notes of transactions say, in the form of ARC-2."""
    said = []
    for tx_id in tx_ids:
        raw = as_dict(cli.algorand.client.algod.pending_transaction_info(tx_id))["txn"]["txn"].get("note", "")
        note = base64.b64decode(raw).decode()
        if note.startswith("gridpact:j"):
            said.append(json.loads(note.removeprefix("gridpact:j")))
    return said


def test_import_with_a_profile(operator: Cli) -> None:
    done = operator.read("meter", "import", "march.csv", "--profile", "vienna.toml", "--register", "--yes")
    (reading,) = operator.read("epoch", "show", "202603")["readings"]
    assert reading["meter"] == "roof"
    assert reading["wh"] == sum(at * 7 % 1000 for at in range(2_972))
    assert reading["quality"] == "actual"
    assert reading["source_sha256"] == hashlib.sha256(Path("march.csv").read_bytes()).hexdigest()
    assert reading["start_ts"] == int(datetime(2026, 3, 1, tzinfo=VIENNA).timestamp())
    assert reading["end_ts"] == int(datetime(2026, 4, 1, tzinfo=VIENNA).timestamp())
    (group,) = done["groups"]
    assert notes(operator, group["transactions"]) == [
        {"profile": hashlib.sha256(Path("vienna.toml").read_bytes()).hexdigest()}
    ]


def test_import_of_another_month_than_the_files(operator: Cli) -> None:
    outcome = operator.run("meter", "import", "march.csv", "--profile", "vienna.toml", "--epoch", "202604", "--yes")
    assert outcome.exit_code == 1
    assert "2,972 lines: 2026-03-01T00:00:00+01:00 is not in 202604; first: line 2" in outcome.err


def test_import_with_a_profile_that_says_too_little(operator: Cli) -> None:
    Path("vienna.toml").write_text(PROFILE.replace('unit = "kWh"\n', "").replace("Europe/Vienna", "Vienna"))
    outcome = operator.run("meter", "import", "march.csv", "--profile", "vienna.toml", "--yes")
    assert outcome.exit_code == 1
    assert outcome.err == (
        "The profile has 2 problems:\n"
        "  time.zone: 'Vienna' is not a time zone such as Europe/Vienna, UTC or +10:00\n"
        "  value.unit: Field required\n"
        "Say it in the file, or with --set: `gridpact meter profile march.csv --force` lists what is missing.\n"
    )


def test_import_without_a_profile_names_the_separator(operator: Cli) -> None:
    outcome = operator.run("meter", "import", "march.csv", "--yes")
    assert outcome.exit_code == 1
    assert outcome.sentence == "The file has columns of its own (its fields seem to be parted by semicolons)."


# --- formats ----------------------------------------------------------------------------------------------------------


def written(name: str) -> str:
    """A field case as a file in the folder."""
    Path(name).write_bytes(field_cases.of(name).content)
    return name


def test_import_nem12(operator: Cli) -> None:
    outcome = operator.run("meter", "import", written("nem12_export"), "--format", "nem12", "--register", "--yes")
    assert (outcome.exit_code, "choose with --channel" in outcome.err) == (1, True)
    command = ("meter", "import", "nem12_export", "--format", "nem12", "--channel", "B1", "--register", "--yes")
    operator.done(*command)
    (reading,) = operator.read("epoch", "show", "202602")["readings"]
    assert (reading["meter"], reading["wh"]) == ("4000000001 B1", field_cases.of("nem12_export").wh)
    assert reading["quality"] == "substituted"


def test_import_green_button(operator: Cli) -> None:
    options = ("--format", "green-button", "--channel", "reverse", "--zone", "America/Los_Angeles")
    operator.done("meter", "import", written("green_button"), *options, "--register", "--yes")
    (reading,) = operator.read("epoch", "show", "202602")["readings"]
    assert (reading["meter"], reading["wh"]) == ("Solar home", 1_259_404)


def test_import_in_a_zone_that_is_none(operator: Cli) -> None:
    outcome = operator.run("meter", "import", written("fine"), "--zone", "Mars/Olympus", "--yes")
    assert outcome.exit_code == 2
    assert "'Mars/Olympus' is not a time zone such as Europe/Vienna, UTC or +10:00." in " ".join(
        outcome.err.replace("│", " ").split()
    )


def test_import_says_what_it_passes_over(operator: Cli) -> None:
    outcome = operator.done("meter", "import", written("year"), "--epoch", "202506", "--register", "--yes")
    assert "8,040 readings outside June 2025 are skipped." in outcome.err
    (reading,) = operator.read("epoch", "show", "202506")["readings"]
    assert reading["wh"] == 1_342_310


# --- what can hardly be right -----------------------------------------------------------------------------------------


def doubted(cli: Cli, *command: str) -> str:
    """What is said of an import that stops."""
    before = cli.full_state()
    outcome = cli.run("meter", "import", *command, "--register", "--yes")
    assert outcome.exit_code == 1
    assert "This can hardly be right:" in outcome.err
    # A reason is offered where it helps: the contract knows the meter's capacity, too.
    assert ("--accept REASON" in outcome.err) != ("more energy than the contract takes" in outcome.err)
    assert cli.full_state() == before
    return outcome.err


@pytest.mark.parametrize(
    ("case", "options", "sentence"),
    [
        ("spike", (), "line 206: plant gives 21,474,836.47 kW, but nearly always at most 8."),
        ("spike", ("--capacity-kw", "10"), "line 206: plant gives 21,474,836.47 kW, but its capacity is 10 kW"),
        ("register_as_energy", (), "line 2: the values of plant only rise: this looks like a register"),
        ("register_as_energy", ("--capacity-kw", "plant=10"), "2,688 lines: plant gives 192,844 kW"),
        ("register_in_wh_as_energy", (), "line 2: the values of plant only rise"),
    ],
)
def test_import_of_what_can_hardly_be_right(operator: Cli, case: str, options: tuple[str, ...], sentence: str) -> None:
    assert sentence in doubted(operator, written(case), *options)


def test_accepted_reasons_are_recorded(operator: Cli) -> None:
    assert "line 206" in doubted(operator, written("spike"))
    command = ("meter", "import", "spike", "--register", "--accept", "Der Zähler war kaputt", "--yes")
    (group,) = operator.read(*command)["groups"]
    assert notes(operator, group["transactions"]) == [{"accepted": "Der Zähler war kaputt"}]


def test_the_reason_may_not_be_empty_or_endless(operator: Cli) -> None:
    assert "The reason is empty." in operator.run("meter", "import", written("fine"), "--accept", " ", "--yes").err
    assert operator.run("meter", "import", "fine", "--accept", "ä" * 251, "--yes").exit_code == 2


def test_capacities_are_registered(operator: Cli) -> None:
    operator.done("meter", "import", written("exchange_two_numbers"), "--register", "--capacity-kw", "10", "--yes")
    assert {one["label"]: one["capacity_w"] for one in operator.read("meter", "list")["meters"]} == {
        "old": 10_000,
        "new": 10_000,
    }
    readings = {one["meter"]: one for one in operator.read("epoch", "show", "202602")["readings"]}
    assert {name: (one["wh"], one["quality"]) for name, one in readings.items()} == {
        "old": (498_847, "actual"),
        "new": (760_557, "actual"),
    }
    assert readings["old"]["end_ts"] == readings["new"]["start_ts"]


def test_a_new_meter_that_is_a_known_one(operator: Cli) -> None:
    for name in ("0012345", "12345", "roof"):
        Path(name).write_bytes(field_cases.numbered(name).content)
    operator.done("meter", "import", "0012345", "--register", "--yes")
    said = doubted(operator, "12345")
    assert "line 2: 12345 is new, and nearly the name of 0012345" in said
    assert "line 2: 12345 is new, and has the very readings that 0012345 has in February 2026" in said
    assert "roof is new, and has the very readings that 0012345 has" in doubted(operator, "roof")
    assert operator.read("epoch", "show", "202602")["recorded_wh"] == 1_259_404


def test_a_rounded_number_is_no_meter(operator: Cli) -> None:
    outcome = operator.run("meter", "import", written("number_rounded_by_excel"), "--register", "--yes")
    assert outcome.exit_code == 1
    assert "1,344 lines: 5.414E+17 is not a meter's name" in outcome.err
    assert "repeats" not in outcome.err


def test_readings_of_the_future(operator: Cli) -> None:
    now = datetime.now(UTC)
    Path("vienna.toml").write_text(PROFILE, encoding="utf-8")
    Path("now.csv").write_text(semicolons(now.year, now.month), encoding="utf-8")
    outcome = operator.run("meter", "import", "now.csv", "--profile", "vienna.toml", "--register", "--yes")
    assert outcome.exit_code == 1
    assert "The readings go to " in outcome.err
    assert operator.read("meter", "list")["meters"] == []


# --- names ------------------------------------------------------------------------------------------------------------


def test_names_that_are_too_long_for_the_chain(operator: Cli) -> None:
    point = field_cases.METER
    Path("vienna.toml").write_text(PROFILE.replace('"roof"', f'"{point}"'), encoding="utf-8")
    command = ("meter", "import", "march.csv", "--profile", "vienna.toml", "--register", "--yes")
    (group,) = operator.read(*command)["groups"]
    assert {"meter": point} in notes(operator, group["transactions"])
    assert [one["label"] for one in operator.read("meter", "list")["meters"]] == [point]
    again = operator.run(*command)
    assert "Nothing to do." in again.out
    # Elsewhere the name is known only by its hash, until somebody says it.
    Path("meter-names.json").unlink()
    labels.forget()
    assert [one["label"] for one in operator.read("meter", "list")["meters"]] == [
        f"sha256:{hashlib.sha256(point.encode()).hexdigest()}"
    ]
    assert "Nothing to do." in operator.run(*command).out
    assert [one["label"] for one in operator.read("meter", "list")["meters"]] == [point]


# --- from a file to a recorded month ----------------------------------------------------------------------------------


def test_from_a_file_of_local_times_to_a_recorded_month(operator: Cli) -> None:
    """Each step says what the next one is; what was drafted is not recorded before all is said."""
    refused = operator.run("meter", "import", "march.csv", "--register", "--yes")
    assert "`gridpact meter profile march.csv` drafts" in refused.err
    drafted = operator.done("meter", "profile", "march.csv")
    for offer in ("time.stamps=start", "time.zone=…", "value.unit=kWh", "value.kind=interval", "meter.name=…"):
        assert f"--set {offer}" in drafted.out
    undecided = operator.run("meter", "import", "march.csv", "--profile", "march.toml", "--register", "--yes")
    assert undecided.exit_code == 1
    for key in ("time.zone", "value.unit", "value.kind", "meter"):
        assert f"  {key}: " in undecided.err
    assert "`gridpact meter profile march.csv --force`" in undecided.err

    again = operator.run("meter", "profile", "march.csv")
    assert (again.exit_code, "write over it with --force" in again.err) == (1, True)
    said = ("time.stamps=start", "time.zone=Europe/Vienna", "value.unit=kWh", "value.kind=interval", "meter.name=roof")
    options = [part for one in said for part in ("--set", one)]
    shown = operator.read("meter", "profile", "march.csv", *options, "--force")
    wh = sum(at * 7 % 1_000 for at in range(2_972))
    assert shown["open"] == []
    (meter,) = shown["understood"]["meters"]
    assert (meter["meter"], meter["wh"], meter["peak_w"]) == ("roof", wh, 999 * 4)

    command = ("meter", "import", "march.csv", "--profile", "march.toml", "--epoch", "202603", "--register", "--yes")
    operator.done(*command)
    (reading,) = operator.read("epoch", "show", "202603")["readings"]
    assert (reading["meter"], reading["wh"], reading["quality"]) == ("roof", wh, "actual")


def followed(cli: Cli, text: str, **known: str) -> Outcome:
    """The command that a text names, as it stands there; what stands in capitals is what its reader knows."""
    (command,) = re.findall(r"(?:Next: |`)(gridpact [^`\n]+)", text)
    words = [known.get(word.rpartition("=")[2], word.rpartition("=")[2]) for word in shlex.split(command)]
    said = [word.rpartition("=")[:2] for word in shlex.split(command)]
    arguments = ["".join([*before, word]) for before, word in zip(said, words, strict=True)]
    return cli.run(*arguments[1:])


def test_each_step_names_the_next_one(operator: Cli) -> None:
    """What is read is followed to the letter: an import is refused, and three commands later the month is recorded."""
    refused = operator.run("meter", "import", "march.csv", "--register", "--yes")
    drafted = followed(operator, refused.err)
    assert drafted.exit_code == 0
    described = followed(operator, drafted.out, ZONE="Europe/Vienna", NAME="roof")
    assert described.exit_code == 0
    assert "Still to be said" not in described.out
    (following,) = re.findall(r"Next: gridpact (.+)", described.out)
    operator.done(*shlex.split(following), "--yes")
    (reading,) = operator.read("epoch", "show", "202603")["readings"]
    assert (reading["meter"], reading["wh"]) == ("roof", sum(at * 7 % 1_000 for at in range(2_972)))


def test_a_profile_that_says_too_little_names_what_lists_the_rest(operator: Cli) -> None:
    followed(operator, operator.run("meter", "import", "march.csv", "--yes").err)
    undecided = operator.run("meter", "import", "march.csv", "--profile", "march.toml", "--yes")
    assert undecided.exit_code == 1
    assert "--set time.zone=ZONE" in followed(operator, undecided.err).out


def test_profile_shows_how_a_profile_understands_a_file(operator: Cli) -> None:
    shown = operator.done("meter", "profile", "march.csv", "--profile", "vienna.toml")
    assert "2026-03-01T00:15:00+01:00  2026-03-01T00:30:00+01:00" in shown.out
    assert "March 2026" in shown.out
    assert "at most 3.996 kW, actual" in shown.out
    problem = operator.done("meter", "profile", written("average_kw"), "--profile", "vienna.toml")
    assert "column 'Datum' is missing" in problem.out


def test_profile_sets_only_keys(operator: Cli) -> None:
    outcome = operator.run("meter", "profile", "march.csv", "--set", "zone=Europe/Vienna")
    assert (outcome.exit_code, outcome.sentence) == (1, "'zone=Europe/Vienna' sets nothing.")
