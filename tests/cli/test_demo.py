"""`gridpact demo`, as a newcomer runs it: in a process of its own, with figures that follow readings and plan."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from gridpact.chain import connection as connection_module
from gridpact.chain.connection import Connection, NoNodeError
from gridpact.cli import session as session_module
from gridpact.cli.app import app
from gridpact.cli.commands import demo as demo_module
from gridpact.cli.output import PIPED_WIDTH, WIDTH_VARIABLE
from localnet.testing import LocalNet

ROOT = Path(__file__).parents[2]
READINGS = ROOT / "data" / "readings-202602.csv"

FIGURES = (
    *("125,000 kWh", "75,000 kWh", "9,000 ALGO", "30,000 kWh", "3,000 ALGO", "20,000 kWh", "1,500 ALGO", "900 ALGO"),
    *("600 ALGO", "15,000 ALGO", "80 %", "20 %", "84 %", "16 %", "March 15, 2026", "PAID"),
    *("45,000 kWh", "-882 kWh", "44,118 kWh", "530 kWh", "63.6 ALGO", "212 kWh", "21.2 ALGO", "SETTLED"),
    *("104,258 kWh", "19,860 kWh", "124,118 kWh", "11,915.2 ALGO", "14,915.2 ALGO"),
)


@pytest.fixture
def localnet(tmp_path: Path) -> Iterator[LocalNet]:
    with LocalNet.spawn(tmp_path / "localnet") as running:
        yield running


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalNet, dict[str, Any]]]:
    """A LocalNet on which the demo has run, and what it showed."""
    with LocalNet.spawn(tmp_path_factory.mktemp("demo")) as running:
        yield running, demo(running)


def demo(localnet: LocalNet, *options: str) -> dict[str, Any]:
    done = run(localnet, *options, "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def run(localnet: LocalNet, *options: str) -> "subprocess.CompletedProcess[str]":
    return gridpact(localnet, "demo", *options)


def gridpact(localnet: LocalNet, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # The deployment's record goes to a folder of this LocalNet, not into the project.
    return subprocess.run(
        [sys.executable, "-m", "gridpact", *arguments],
        cwd=ROOT,
        env=os.environ
        | localnet.environment
        | {"GRIDPACT_DEPLOYMENTS": str(localnet.data_dir / "deployments.json"), WIDTH_VARIABLE: str(PIPED_WIDTH)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def last_round(localnet: LocalNet) -> int:
    return int(localnet.request("GET", "/v2/status")["last-round"])


def balance(localnet: LocalNet, address: str) -> int:
    return int(localnet.request("GET", f"/v2/accounts/{address}")["amount"])


def test_demo(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    localnet, shown = finished

    assert shown["energy_wh"] == {
        "recorded": 125_000_000,
        "ppa": 105_000_000,
        "holders": 20_000_000,
        "remaining": 0,
    }
    invoices = [
        (one["buyer"], one["kwh"], one["amount_microalgo"], one["due"], one["status"]) for one in shown["invoices"]
    ]
    assert invoices == [
        ("Company A", 75_000, 9_000_000_000, "March 15, 2026", "PAID"),
        ("Company B", 30_000, 3_000_000_000, "March 15, 2026", "PAID"),
    ]
    assert shown["revenue_microalgo"] == {
        "ppa": 12_000_000_000,
        "deposited": 3_000_000_000,
        "claimed": 3_000_000_000,
        "owed": 0,
        "carried": 0,
        "total": 15_000_000_000,
    }
    assert shown["share_by_revenue"] == {"ppa": "80 %", "holders": "20 %"}
    assert shown["share_by_energy"] == {"ppa": "84 %", "holders": "16 %"}
    assert [(one["kw"], one["claimed_microalgo"]) for one in shown["holders"]] == [
        (500, 1_500_000_000),
        (300, 900_000_000),
        (200, 600_000_000),
    ]
    for one in [*shown["holders"], shown["treasury"]]:
        assert one["balance_microalgo"] == balance(localnet, one["address"])


def test_demo_correction(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    """After payment a meter is restated: each buyer gets back their share of it, the vault returns the rest."""
    localnet, shown = finished
    assert shown["correction"] == {
        "meter": "meter-1",
        "first_wh": 45_000_000,
        "net_wh": 44_118_000,
        "notes": [
            {"agreement": 1, "note": 1, "kwh": 530, "amount_microalgo": 63_600_000, "status": "SETTLED"},
            {"agreement": 2, "note": 1, "kwh": 212, "amount_microalgo": 21_200_000, "status": "SETTLED"},
        ],
        "returned_wh": 140_000,
        "energy_wh": {
            "recorded": 124_118_000,
            "ppa": 104_258_000,
            "holders": 19_860_000,
            "remaining": 0,
            "deficit": 0,
        },
        "revenue_microalgo": {"ppa": 11_915_200_000, "refunded": 84_800_000, "deposited": 3_000_000_000},
    }
    restated = json.loads(gridpact(localnet, "epoch", "show", "202602", "--json").stdout)
    assert restated["recorded_wh"] == shown["correction"]["energy_wh"]["recorded"]
    assert restated["deficit_wh"] == 0


def test_demo_passes_the_audit(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    """In processes of their own: nothing that another command has loaded helps."""
    localnet, _ = finished
    audited = gridpact(localnet, "audit")
    assert audited.returncode == 0, audited.stdout
    assert "All green" in audited.stdout
    proved = gridpact(localnet, "audit", "invoice", "1/202602")
    assert proved.returncode == 0, proved.stderr
    assert "Restated meter 1 in February 2026 to 44,118 kWh" in proved.stdout.replace("meter-1", "meter 1")


def test_demo_market(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    """One request is matched in full, the other in part; both books show it."""
    market = finished[1]["market"]
    assert [(one["id"], one["amount_wh"], one["matched_wh"], one["status"]) for one in market["sell_offers"]] == [
        (0, 3_000, 2_000, "PARTIALLY_FILLED"),
        (1, 1_000, 1_000, "COMPLETED"),
    ]
    assert [(one["id"], one["amount_wh"], one["matched_wh"], one["status"]) for one in market["buy_offers"]] == [
        (0, 2_000, 2_000, "COMPLETED"),
        (1, 2_000, 1_000, "PARTIALLY_FILLED"),
        (2, 1_000, 0, "ACTIVE"),
    ]
    assert (market["minted_wh"], market["traded_wh"], market["trades"]) == (5_000, 3_000, 2)


def test_demo_a_second_time_sends_nothing(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    localnet, first = finished
    rounds = last_round(localnet)
    second = demo(localnet)
    assert second["transactions_sent"] == 0
    assert last_round(localnet) == rounds == second["last_round"]
    assert second | {"transactions_sent": 0} == first | {"transactions_sent": 0}

    # What people see says the same.
    seen = run(localnet)
    assert last_round(localnet) == rounds
    for figure in FIGURES:
        assert figure in seen.stdout
    assert "$" not in seen.stdout


def test_demo_says_how_to_stop_what_it_started(
    finished: tuple[LocalNet, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of a LocalNet that was there it says nothing: whoever started it knows."""
    localnet, _ = finished
    environment = localnet.environment | {"GRIDPACT_DEPLOYMENTS": str(localnet.data_dir / "deployments.json")}
    for name in localnet.environment:
        monkeypatch.delenv(name, raising=False)
    started: list[list[str]] = []

    def connect() -> Connection:
        if not started:
            raise NoNodeError("http://localhost:4001", "Connection refused")
        return connection_module.connect()

    def start(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        started.append(command[1:])
        for name, value in localnet.environment.items():
            monkeypatch.setenv(name, value)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(session_module, "connect", connect)
    monkeypatch.setattr(demo_module, "subprocess", SimpleNamespace(run=start, DEVNULL=subprocess.DEVNULL))
    stop = f"The LocalNet goes on running; stop it with `{demo_module.STOP}`."

    told = CliRunner().invoke(app, ["demo"], env={"GRIDPACT_DEPLOYMENTS": environment["GRIDPACT_DEPLOYMENTS"]})
    assert told.exit_code == 0, told.stderr
    assert started == [["-m", "localnet", "start"]]
    assert told.stdout.splitlines()[-1] == stop

    told = CliRunner().invoke(app, ["demo"], env=environment)
    assert told.exit_code == 0, told.stderr
    assert len(started) == 1
    assert stop not in told.stdout
    assert told.stdout.count("LocalNet goes on") == 0


def test_demo_follows_readings_and_plan(localnet: LocalNet, tmp_path: Path) -> None:
    """One reading of 1,000 Wh more, and 50,000 instead of 75,000 kWh for A."""
    lines = READINGS.read_text().splitlines()
    meter, start, wh = lines[300].split(",")
    lines[300] = f"{meter},{start},{int(wh) + 1_000}"
    changed = tmp_path / "readings.csv"
    changed.write_text("\n".join(lines) + "\n")
    shown = demo(localnet, "--readings", str(changed), "--company-a-kwh", "50000")

    assert shown["energy_wh"] == {
        "recorded": 125_001_000,
        "ppa": 80_000_000,
        "holders": 45_001_000,
        "remaining": 0,
    }
    assert [(one["kwh"], one["amount_microalgo"]) for one in shown["invoices"]] == [
        (50_000, 6_000_000_000),
        (30_000, 3_000_000_000),
    ]
    net = 45_001 * 150_000
    per_kw = net // 1_000_000 * 1_000  # 1,000 kW of 1,000 units each share it to the microALGO
    assert shown["revenue_microalgo"] == {
        "ppa": 9_000_000_000,
        "deposited": net,
        "claimed": per_kw * 1_000,
        "owed": 0,
        "carried": net - per_kw * 1_000,
        "total": 9_000_000_000 + net,
    }
    assert [one["claimed_microalgo"] for one in shown["holders"]] == [per_kw * kw for kw in (500, 300, 200)]
    correction = shown["correction"]
    assert [one["kwh"] for one in correction["notes"]] == [
        kwh - kwh * 124_119_000 // 125_001_000 for kwh in (50_000, 30_000)
    ]
    assert correction["returned_wh"] == 882_000 - sum(one["kwh"] for one in correction["notes"]) * 1_000
    assert correction["energy_wh"]["recorded"] == 124_119_000
    assert correction["energy_wh"]["deficit"] == 0


def test_demo_scaled(localnet: LocalNet) -> None:
    """With prices divided by 1,000 the whole month costs 15 ALGO."""
    shown = demo(localnet, "--scale", "1000")
    assert shown["revenue_microalgo"]["total"] == 15_000_000
    assert shown["share_by_revenue"] == {"ppa": "80 %", "holders": "20 %"}


def test_demo_figures_stand_on_chain(finished: tuple[LocalNet, dict[str, Any]]) -> None:
    """The vault's counters, read without any of the library."""
    localnet, shown = finished
    state = localnet.request("GET", f"/v2/applications/{shown['apps']['RevenueVault']}")["params"]["global-state"]
    counters = {base64.b64decode(entry["key"]).decode(): entry["value"]["uint"] for entry in state}
    assert counters["paid_microalgo"] == shown["revenue_microalgo"]["claimed"]
    assert counters["carried_microalgo"] == 0
