"""`mint:spark`, `transfer:energy`, `consume:energy`, `query:balance`, `terms`, `query:grid-price`."""

from gridpact.epochs import epoch_of
from gridpact.production.read import ProductionReader
from tests.cli.offers.conftest import Market
from tests.cli.offers.test_sell_offers import TX_ID
from tests.contracts.offer_book import calls as book_calls


def _register(market: Market, name: str = "PRODUCER") -> None:
    market.do("meter", "register", f"roof of {name}", "--producer", market.address(name))


def test_mint_is_one_group_of_reading_and_credit(market: Market) -> None:
    """`gridpact mint:spark`: the reading and its credit stand or fall together."""
    _register(market)
    ran = market.do("mint:spark", "--amount-wh", "1000", "--json")
    document = ran.document
    (group,) = document["groups"]
    assert [event["name"] for event in group["events"]] == ["ProductionRecorded", "EnergyDrawn", "EnergyMinted"]
    assert (document["producer"], document["amount_wh"]) == (market.address("PRODUCER"), 1_000)
    assert (document["spark"], document["meter"], document["interval"]) == (100_000_000, 1, 1)
    account = market.reader.account(market.address("PRODUCER"))
    assert (account.virtual_wh, account.produced_wh) == (1_000, 1_000)
    ledger = ProductionReader(market.world.connection, market.world.receipt.app_id).ledger(
        document["epoch"], market.address("PRODUCER")
    )
    assert ledger is not None
    assert (ledger.recorded_wh, ledger.minted_wh, ledger.remaining_wh) == (1_000, 1_000, 0)
    again = market.do("energy", "mint", "--amount-wh", "500", "--producer", market.address("PRODUCER"))
    assert again.lines[:2] == ["✅ Energy minted successfully!", "📊 Transaction Details:"]
    assert TX_ID.fullmatch(again.value("Transaction ID"))
    assert (again.value("Status"), again.value("Producer")) == ("SUCCESS", market.address("PRODUCER"))
    assert (again.value("Amount"), again.value("SPARK")) == ("500 Wh (0.5 kWh)", "50000000")
    assert (again.value("Meter"), again.value("Interval")) == ("1", "2")


def test_a_named_interval_is_minted_once(market: Market) -> None:
    """`--interval` makes a run repeatable: the reading is there, nothing is minted again."""
    _register(market)
    market.do("mint:spark", "--amount-wh", "1000", "--interval", "7")
    ran = market.do("mint:spark", "--amount-wh", "1000", "--interval", "7")
    assert ran.lines[-1] == "Nothing to do."
    assert market.reader.state().minted_wh == 1_000
    ran = market.do("mint:spark", "--amount-wh", "1001", "--interval", "7", code=1)
    assert "has 1000 Wh (1 kWh), not 1001 Wh" in ran.stderr


def test_mint_from_what_is_recorded(market: Market) -> None:
    """`--recorded` makes no reading."""
    market.producer(5_000)
    ran = market.do("mint:spark", "--recorded", "--amount-wh", "1", "--epoch", "202602", code=1)
    assert ran.stderr.startswith("OverDrawn: ")
    market.world.send(book_calls.record_reading(market.world, market.world.producer, 300, interval_id=2))
    ran = market.do("mint:spark", "--recorded", "--amount-wh", "300", "--epoch", "202602")
    assert (ran.value("Amount"), ran.values("Meter")) == ("300 Wh (0.3 kWh)", [])
    assert market.reader.state().minted_wh == 5_300


def test_which_meter_must_be_clear(market: Market) -> None:
    """No meter, or two: exit code 1, and what to name."""
    assert "gridpact meter register" in market.do("mint:spark", "--amount-wh", "1", code=1).stderr
    _register(market)
    _register(market, "SECOND")
    ran = market.do("mint:spark", "--amount-wh", "1", code=1)
    assert "There are 2 meters: 1 (roof of PRODUCER) and 2 (roof of SECOND)." in ran.stderr
    ran = market.do("mint:spark", "--amount-wh", "1", "--meter", "roof of SECOND", "--json")
    assert ran.document["producer"] == market.address("SECOND")


def test_the_projects_energy_is_not_minted(market: Market) -> None:
    """Its meter has no producer: the group fails as a whole, and leaves no reading."""
    market.do("meter", "register", "plant")
    ran = market.do("mint:spark", "--amount-wh", "1000", "--meter", "plant", code=1)
    assert ran.stderr.startswith("InvalidAddress: ")
    receipt = ProductionReader(market.world.connection, market.world.receipt.app_id)
    assert receipt.readings_of(epoch_of(market.world.clock.now()), 1) == []


def test_transfer_consume_and_balance(market: Market) -> None:
    """Credit changes hands and is used up; the balance has all three figures."""
    market.producer()
    market.sell(1_000)
    ran = market.do("transfer:energy", "--to", market.address("CONSUMER"), "--amount-wh", "600")
    assert ran.lines[0] == "✅ Energy transferred successfully!"
    assert (ran.value("From"), ran.value("To")) == (market.address("PRODUCER"), market.address("CONSUMER"))
    assert (ran.value("Amount"), ran.value("Status")) == ("600 Wh (0.6 kWh)", "SUCCESS")
    assert ran.lines[-1] == "Fees 0.003 ALGO, storage deposits 0.0513 ALGO."
    ran = market.do("consume:energy", "--amount-wh", "250")
    assert ran.lines[0] == "✅ Energy consumed successfully!"
    assert (ran.value("Account"), ran.value("Amount")) == (market.address("CONSUMER"), "250 Wh (0.25 kWh)")
    ran = market.run("query:balance")
    assert ran.value("Virtual Balance") == "4400 Wh (4.4 kWh)"
    assert ran.value("Locked Balance") == "1000 Wh (1 kWh)"
    assert ran.value("Available Balance") == "3400 Wh (3.4 kWh)"
    document = market.run("energy", "balance", "--account", market.address("CONSUMER"), "--json").document
    assert (document["virtual_wh"], document["locked_wh"], document["available_wh"]) == (350, 0, 350)
    assert document["virtual_spark"] == "35000000"
    assert document["is_producer"] is False
    ran = market.do("energy", "transfer", "--to", market.address("SECOND"), "--amount-wh", "1", "--json")
    assert (ran.document["to"], ran.document["amount_wh"]) == (market.address("SECOND"), 1)
    ran = market.do("energy", "consume", "--amount-wh", "1", "--json")
    assert (ran.document["account"], ran.document["amount_wh"]) == (market.address("CONSUMER"), 1)


def test_terms_are_set_shown_and_cleared(market: Market) -> None:
    """What is not named stays; equal terms send nothing."""
    market.do("terms", "set", "--buy-wh", "2000", "--max-buy-price", "0.20")
    market.do("terms", "set", "--sell-wh", "500", "--min-sell-price", "0.1")
    document = market.run("terms", "show", "--json").document
    assert (document["min_sell_price"], document["sell_wh"]) == (10_000_000, 500)
    assert (document["max_buy_price"], document["buy_wh"]) == (20_000_000, 2_000)
    assert market.do("terms", "set", "--buy-wh", "2000").lines[-1] == "Nothing to do."
    market.do("terms", "clear")
    assert market.run("terms", "show", "--json").document["text"] == "nothing is allowed"
    assert market.do("terms", "set", code=2).stdout == ""


def test_grid_price(market: Market) -> None:
    """`gridpact grid-price set`, `gridpact query:grid-price`."""
    assert market.run("query:grid-price").value("⚡ Grid Price") == "not set"
    market.do("grid-price", "set", "0.20")
    assert market.run("query:grid-price").value("⚡ Grid Price") == "0.20 EUR/kWh (20000000 smallest units)"
    assert market.run("grid-price", "show", "--json").document["price_per_kwh"] == 20_000_000
    assert market.do("grid-price", "set", "0.2").lines[-1] == "Nothing to do."
