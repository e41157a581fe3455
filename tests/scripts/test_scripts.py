"""The operator scripts, run as people run them; a second run changes nothing."""

import re
import runpy
import sys
from pathlib import Path

import pytest

from tests.cli.harness import EPOCH, Cli, allocated, deployed, finalized, issued
from tests.support.checkpoints import checkpoint

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


@pytest.fixture
def run(cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(cli, monkeypatch, capsys)


class Run:
    """Runs a script in the program's environment."""

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._cli, self._monkeypatch, self._capsys = cli, monkeypatch, capsys

    def __call__(self, script: str, *arguments: str, **environment: str) -> list[str]:
        """What it prints."""
        self._cli.settle()
        for name, value in (self._cli.environment | environment).items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.setattr(sys, "argv", [script, *arguments])
        self._capsys.readouterr()
        runpy.run_path(str(ROOT / "scripts" / script), run_name="__main__")
        return self._capsys.readouterr().out.splitlines()


@checkpoint
def with_revenue(cli: Cli) -> None:
    """The month is allocated, and the kW tokens are in three hands."""
    allocated(cli)
    issued(cli)


def test_allocate_month(cli: Cli, run: Run) -> None:
    finalized(cli)
    assert run("allocate_month.py", EPOCH, "1=75000", "2=30000") == [
        "Invoice 1/202602: 75,000 kWh, 9,000,000,000 base units",
        "Invoice 2/202602: 30,000 kWh, 3,000,000,000 base units",
        "20,000,000 Wh of 125,000,000 Wh remain.",
    ]
    last_round = cli.last_round
    assert run("allocate_month.py", EPOCH, "1=75000", "2=30000") == ["20,000,000 Wh of 125,000,000 Wh remain."]
    assert cli.last_round == last_round


def test_settle_invoice(cli: Cli, run: Run) -> None:
    allocated(cli)
    buyer = cli.environment["BUYER_A_MNEMONIC"]
    (line,) = run("settle_invoice.py", "1", EPOCH, BUYER_MNEMONIC=buyer)
    assert re.fullmatch(r"Paid 9,000,000,000 base units in [A-Z2-7]{52} [A-Z2-7]{52}", line)
    assert cli.read("invoice", "show", f"1/{EPOCH}")["status"] == "PAID"
    with pytest.raises(SystemExit, match=f"Invoice 1/{EPOCH} is not open"):
        run("settle_invoice.py", "1", EPOCH, BUYER_MNEMONIC=buyer)


def test_distribute_revenue(cli: Cli, run: Run) -> None:
    with_revenue(cli)
    *shares, total = run("distribute_revenue.py", EPOCH, "3000000000")
    assert sorted(shares) == sorted(
        f"{cli.address(holder)}: {amount} microALGO"
        for holder, amount in (("HOLDER_1", "1,500,000,000"), ("HOLDER_2", "900,000,000"), ("HOLDER_3", "600,000,000"))
    )
    assert total == "3,000,000,000 of 3,000,000,000 microALGO are paid."
    last_round = cli.last_round
    assert run("distribute_revenue.py", EPOCH, "3000000000") == [total]
    assert cli.last_round == last_round


def test_match_offers(cli: Cli, run: Run) -> None:
    deployed(cli)
    seller, buyer = cli.address("HOLDER_1"), cli.address("BUYER_A")
    cli.done("meter", "register", "roof", "--producer", seller, "--yes")
    cli.done("mint:spark", "--amount-wh", "5000", "--yes")
    cli.done("offer", "create", "--amount-wh", "3000", "--price", "0.15", *cli.as_("HOLDER_1"), "--yes")
    cli.done("buy-offer", "create", "--amount-wh", "2000", "--max-price", "0.2", *cli.as_("BUYER_A"), "--yes")
    assert run("match_offers.py") == ["1 pairs, 2,000 Wh", f"Offer 0: 2,000 Wh to {buyer}"]
    assert run("match_offers.py") == ["0 pairs, 0 Wh"]


def test_readme_example(cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The README's Python runs as it stands."""
    finalized(cli)
    cli.settle()
    for name, value in cli.environment.items():
        monkeypatch.setenv(name, value)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(example.splitlines()) <= 12
    capsys.readouterr()
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out.splitlines()[-1].startswith("1/202602 75000 kWh 9000000000")
