"""`gridpact meter import` with a profile: a file as its source writes it, to a recorded month."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridpact.chain.node import as_dict
from tests.cli.harness import Cli, deployed

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
    end = datetime(year, month + 1, 1, tzinfo=VIENNA).astimezone(UTC)
    lines = ["\ufeffDatum;Zeit von;Zeit bis;Einspeiser [kWh]"]
    for at in range(int((end - start) / timedelta(minutes=15))):
        local = (start + at * timedelta(minutes=15)).astimezone(VIENNA)
        lines.append(f"{local:%d.%m.%Y};{local:%H:%M:%S};;0,{at % 1000:03d}")
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
    assert reading["wh"] == sum(at % 1000 for at in range(2_972))
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
        "  time.zone: 'Vienna' is no time zone such as Europe/Vienna, UTC or +10:00\n"
        "  value.unit: Field required\n"
        "Correct the profile.\n"
    )


def test_import_without_a_profile_names_the_separator(operator: Cli) -> None:
    outcome = operator.run("meter", "import", "march.csv", "--yes")
    assert outcome.exit_code == 1
    assert outcome.sentence == "The file has columns of its own (its fields seem to be parted by semicolons)."
