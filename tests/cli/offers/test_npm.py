"""The offer book's commands by their npm names, as their users' guide writes them: only addresses are replaced."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.offers.conftest import Market
from tests.cli.offers.npm import BIN, ROOT, Npm
from tests.cli.offers.test_names import NAMES, READING

SCRIPTS: dict[str, str] = json.loads((ROOT / "package.json").read_text())["scripts"]
CREATE = "OFFER_AMOUNT_WH=1000 OFFER_PRICE_PER_KWH=15000000 npm run create:offer"
CREATE_2_KWH = "OFFER_AMOUNT_WH=2000 OFFER_PRICE_PER_KWH=15000000 npm run create:offer"
CREATE_BUY = "BUY_OFFER_AMOUNT_WH=1000 BUY_OFFER_MAX_PRICE_PER_KWH=20000000 npm run create:buy-offer"
CREATE_BUY_2_KWH = "BUY_OFFER_AMOUNT_WH=2000 BUY_OFFER_MAX_PRICE_PER_KWH=20000000 npm run create:buy-offer"


@pytest.fixture
def npm(market: Market, tmp_path: Path) -> Iterator[Npm]:
    """A LocalNet on which the contracts are and nobody has done anything: only the operator's key is in the
    environment, and KMD has the accounts of everybody else."""
    mine = {
        name: value
        for name, value in market.environment.items()
        if not name.endswith("_MNEMONIC") or name == "OPERATOR_MNEMONIC"
    }
    folder = tmp_path / "npm"
    folder.mkdir()
    with Npm(folder, mine | {"GRIDPACT_DEPLOYMENTS": str(tmp_path / "deployments.json")}) as running:
        yield running


@pytest.fixture
def consumer(npm: Npm) -> str:
    """The address of the wallet CONSUMER."""
    return str(json.loads(npm.run("gridpact account create CONSUMER --json").stdout)["address"])


@pytest.fixture
def producer(npm: Npm) -> str:
    """The address of the wallet PRODUCER, who has produced 1 kWh."""
    npm.run("npm run mint:spark")
    return str(json.loads(npm.run("gridpact query:balance --json").stdout)["account"])


def test_all_fourteen_names_are_scripts() -> None:
    """Each runs the command of its name; those that send do not ask."""
    assert set(SCRIPTS) == set(NAMES)
    for name, script in SCRIPTS.items():
        assert f" gridpact {name}" in script
        assert (" --yes" in script) == (name not in READING)


def test_the_program_is_found_in_the_project(market: Market) -> None:
    """Without an activated environment: npm itself, and the program that lies in `.venv`."""
    variables = {**market.environment, "PATH": f"{BIN}/nothing:/usr/bin:/bin"}
    done = subprocess.run(
        [BIN / "npm", "run", "--silent", "query:grid-price"],
        cwd=ROOT,
        env=variables | {"HOME": "/nonexistent", "PATH": f"{BIN}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Grid Price" in done.stdout


def test_1_create_sell_offer(npm: Npm) -> None:
    """An ACTIVE offer, its energy locked."""
    minted = npm.run("npm run mint:spark")
    assert minted.value("Amount") == "1000 Wh (1 kWh)"
    assert "By default on a LocalNet: --amount-wh 1000" in minted.stderr
    npm.run(CREATE)
    offers = npm.run("npm run query:offers")
    assert (offers.value("Status"), offers.value("Amount")) == ("ACTIVE", "1000 Wh (1 kWh)")
    assert npm.run("npm run query:balance").value("Locked Balance") == "1000 Wh (1 kWh)"


def test_2_full_sell_match(npm: Npm, consumer: str, producer: str) -> None:
    """COMPLETED, the energy transferred, a transaction recorded."""
    npm.run(CREATE)
    matched = npm.run(f"OFFER_ID=0 BUYER_ADDRESS={consumer} MATCH_AMOUNT_WH=1000 npm run match:offer")
    assert "- Full match: offer completed" in matched.lines
    assert any(line.startswith("- Terms of the buyer set for this match: buy up to 1000 Wh") for line in matched.lines)
    assert npm.run("OFFER_ID=0 npm run query:offers").value("Status") == "COMPLETED"
    assert npm.run("QUERY_TYPE=all npm run query:offers").value("Status") == "COMPLETED"
    traded = npm.run("npm run query:transactions")
    assert (traded.value("Seller"), traded.value("Buyer")) == (producer, consumer)
    assert npm.run("npm run query:balance").value("Virtual Balance") == "0 Wh (0 kWh)"


def test_3_partial_sell_match(npm: Npm, consumer: str, producer: str) -> None:
    """PARTIALLY_FILLED, and a new offer with the rest."""
    npm.run("npm run mint:spark")
    npm.run(CREATE_2_KWH)
    npm.run(f"OFFER_ID=0 BUYER_ADDRESS={consumer} MATCH_AMOUNT_WH=1000 npm run match:offer")
    offers = npm.run("QUERY_TYPE=seller npm run query:offers")
    assert offers.values("Status") == ["PARTIALLY_FILLED", "ACTIVE"]
    assert offers.values("Amount")[1] == "1000 Wh (1 kWh)"


def test_4_cancel_sell_offer(npm: Npm, producer: str) -> None:
    """CANCELLED, the energy free again."""
    npm.run(CREATE)
    npm.run("OFFER_ID=0 npm run cancel:offer")
    assert npm.run("QUERY_TYPE=all npm run query:offers").value("Status") == "CANCELLED"
    assert npm.run("npm run query:balance").value("Locked Balance") == "0 Wh (0 kWh)"


def test_5_balance_lock(npm: Npm, producer: str) -> None:
    """What is locked is neither offered again nor transferred nor consumed."""
    assert npm.run("npm run query:balance").value("Available Balance") == "1000 Wh (1 kWh)"
    npm.run(CREATE)
    again = npm.run("OFFER_AMOUNT_WH=100 OFFER_PRICE_PER_KWH=15000000 npm run create:offer", code=1)
    assert "InsufficientAvailableBalance" in again.stderr
    for line in ("npm run transfer:energy", "npm run consume:energy"):
        assert "InsufficientAvailableBalance" in npm.run(line, code=1).stderr


def test_6_create_buy_offer(npm: Npm) -> None:
    """No registration, no balance: the consumer's account is made for it."""
    npm.run(CREATE_BUY)
    offers = npm.run("npm run query:buy-offers")
    assert (offers.value("Status"), offers.value("Max Price")) == ("ACTIVE", "0.20 EUR/kWh (20000000 smallest units)")


def test_7_full_buy_match(npm: Npm, producer: str) -> None:
    """COMPLETED, the energy from the seller to the buyer."""
    npm.run(CREATE_BUY)
    matched = npm.run(f"BUY_OFFER_ID=0 SELLER_ADDRESS={producer} MATCH_AMOUNT_WH=1000 npm run match:buy-offer")
    assert matched.value("Price") == "0.20 EUR/kWh"
    assert npm.run("QUERY_TYPE=buyer npm run query:buy-offers").value("Status") == "COMPLETED"
    assert npm.run("npm run query:transactions").value("Seller") == producer


def test_8_partial_buy_match(npm: Npm, producer: str) -> None:
    """PARTIALLY_FILLED, and a new buy offer with the rest."""
    npm.run(CREATE_BUY_2_KWH)
    npm.run(f"BUY_OFFER_ID=0 SELLER_ADDRESS={producer} MATCH_AMOUNT_WH=1000 npm run match:buy-offer")
    offers = npm.run("QUERY_TYPE=all npm run query:buy-offers")
    assert offers.values("Status") == ["PARTIALLY_FILLED", "ACTIVE"]
    assert offers.values("Amount")[1] == "1000 Wh (1 kWh)"


def test_9_cancel_buy_offer(npm: Npm) -> None:
    """CANCELLED: nothing was locked."""
    npm.run(CREATE_BUY)
    npm.run("BUY_OFFER_ID=0 npm run cancel:buy-offer")
    assert npm.run("QUERY_TYPE=all npm run query:buy-offers").value("Status") == "CANCELLED"


def test_10_buy_offers_lock_nothing(npm: Npm, producer: str) -> None:
    """Energy is transferred and consumed while buy offers stand; the market's pages are read in one line."""
    before = npm.run("npm run query:balance")
    npm.run(CREATE_BUY)
    npm.run(CREATE_BUY_2_KWH)
    after = npm.run("npm run query:balance")
    assert after.value("Locked Balance") == "0 Wh (0 kWh)"
    assert after.values("Available Balance") == before.values("Available Balance")
    moved = npm.run("npm run transfer:energy")
    assert (moved.value("From"), moved.value("Amount")) == (producer, "100 Wh (0.1 kWh)")
    assert "By default on a LocalNet: --to " in moved.stderr
    assert "By default on a LocalNet: --amount-wh 100" in moved.stderr
    used = npm.run("npm run consume:energy")
    assert used.value("Account") == moved.value("To")
    assert npm.run("npm run query:offers && npm run query:buy-offers").values("Active Buy Offers") == ["2"]
    assert npm.run("npm run query:grid-price").value("⚡ Grid Price") == "not set"


def test_a_match_without_consent_is_the_contracts_business(npm: Npm, producer: str) -> None:
    """Where the other side's key is not here, its terms decide."""
    npm.run(CREATE)
    stranger = "7ZUECA7HFLZTXENRV24SHLU4AVPUTMTTDUFUBNBD64C73F3UHRTHAIOF6Q"
    refused = npm.run(f"OFFER_ID=0 BUYER_ADDRESS={stranger} MATCH_AMOUNT_WH=1000 npm run match:offer", code=1)
    assert "gridpact terms set" in refused.stderr
