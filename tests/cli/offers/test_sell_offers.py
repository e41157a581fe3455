"""`create:offer`, `match:offer`, `cancel:offer`, `query:offers`: what they print is what their users know."""

import re
from pathlib import Path

from gridpact.market.read import Side, Status
from tests.cli.offers.conftest import Market

TX_ID = re.compile(r"[A-Z2-7]{52}")
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z")


def test_create_prints_the_transaction(market: Market) -> None:
    """`OFFER_AMOUNT_WH=1000 OFFER_PRICE_PER_KWH=15000000 gridpact create:offer`."""
    market.producer()
    ran = market.do("create:offer", OFFER_AMOUNT_WH="1000", OFFER_PRICE_PER_KWH="15000000")
    assert ran.lines[:2] == ["✅ Energy offer created successfully!", "📊 Transaction Details:"]
    assert TX_ID.fullmatch(ran.value("Transaction ID"))
    assert ran.lines[3:8] == [
        "Status: SUCCESS",
        f"Seller: {market.address('PRODUCER')}",
        "Amount: 1000 Wh (1 kWh)",
        "Price: 0.15 EUR/kWh",
        "Offer ID: 0",
    ]
    assert ran.lines[-1] == "Fees 0.002 ALGO, storage deposits 0.0389 ALGO."
    offer = market.reader.existing(Side.SELL, 0)
    assert (offer.maker, offer.amount_wh, offer.price_per_kwh) == (market.address("PRODUCER"), 1_000, 15_000_000)
    assert market.reader.account(market.address("PRODUCER")).locked_wh == 1_000


def test_options_and_a_price_in_eur(market: Market) -> None:
    """Options say the same as the variables, and go before them."""
    market.producer()
    ran = market.do(
        "offer", "create", "--amount-wh", "1,500", "--price", "0.2", OFFER_AMOUNT_WH="9", OFFER_PRICE_PER_KWH="9"
    )
    assert (ran.value("Amount"), ran.value("Price")) == ("1500 Wh (1.5 kWh)", "0.20 EUR/kWh")
    ran = market.do("offer", "create", "--amount-wh", "500", "--price-per-kwh", "12345678", "--json")
    assert ran.document["offer_id"] == 1
    assert ran.document["seller"] == market.address("PRODUCER")
    assert (ran.document["amount_wh"], ran.document["amount_text"]) == (500, "500 Wh (0.5 kWh)")
    assert (ran.document["price_per_kwh"], ran.document["price_text"]) == (12_345_678, "0.12345678 EUR/kWh")
    assert ran.document["status"] == "SUCCESS"
    assert ran.document["transaction"] == ran.document["groups"][0]["transactions"][1]
    assert [event["name"] for event in ran.document["groups"][0]["events"]] == ["OfferCreated"]


def test_a_full_match_prints_the_transaction(market: Market) -> None:
    """`OFFER_ID=0 BUYER_ADDRESS=… MATCH_AMOUNT_WH=1000 gridpact match:offer`: the offer is COMPLETED."""
    market.producer()
    market.sell()
    market.do("terms", "set", "--buy-wh", "1000", "--max-buy-price", "0.15")
    ran = market.do("match:offer", OFFER_ID="0", BUYER_ADDRESS=market.address("CONSUMER"), MATCH_AMOUNT_WH="1000")
    assert ran.lines[0] == "✅ Energy offer matched successfully!"
    assert (ran.value("Offer ID"), ran.value("Buyer")) == ("0", market.address("CONSUMER"))
    assert ran.value("Matched Amount") == "1000 Wh (1 kWh)"
    assert ran.lines[8:] == [
        "💡 Note:",
        "- Full match: offer completed",
        "- Energy transferred from seller to buyer",
        "- Transaction record created for audit trail",
        "Fees 0.001 ALGO, storage deposits 0 ALGO.",
    ]
    ran = market.run("query:offers", OFFER_ID="0")
    assert (ran.value("Status"), ran.value("Matched")) == ("COMPLETED", "1000 Wh (1 kWh)")
    assert market.reader.account(market.address("CONSUMER")).virtual_wh == 1_000


def test_a_partial_match_names_the_new_offer(market: Market) -> None:
    """500 of 1,000 Wh: the rest is offer 1, and stays locked once."""
    market.producer()
    market.sell()
    market.do("terms", "set", "--buy-wh", "2000", "--max-buy-price", "0.20")
    ran = market.do("match:offer", OFFER_ID="0", BUYER_ADDRESS=market.address("CONSUMER"), MATCH_AMOUNT_WH="500")
    assert ran.value("Matched Amount") == "500 Wh (0.5 kWh)"
    assert ran.lines[8:13] == [
        "💡 Note:",
        "- Partial match: New offer created with remaining 500 Wh",
        "- New Offer ID: 1",
        "- Energy transferred from seller to buyer",
        "- Transaction record created for audit trail",
    ]
    everything = market.run("offer", "query", "--type", "all")
    assert everything.values("Offer ID") == ["0", "1"]
    assert everything.values("Status") == ["PARTIALLY_FILLED", "ACTIVE"]
    assert everything.value("New Offer ID") == "1"
    assert market.reader.account(market.address("PRODUCER")).locked_wh == 500
    again = market.do(
        "offer",
        "match",
        *("--offer-id", "1", "--buyer", market.address("CONSUMER"), "--amount-wh", "200", "--json"),
    )
    assert (again.document["new_offer_id"], again.document["remaining_wh"]) == (2, 300)


def test_cancel_prints_the_transaction(market: Market) -> None:
    """`OFFER_ID=0 gridpact cancel:offer`, by the seller; another one by the operator."""
    market.producer()
    market.sell()
    market.sell()
    ran = market.do("cancel:offer", OFFER_ID="0")
    assert ran.lines[0] == "✅ Energy offer cancelled successfully!"
    assert TX_ID.fullmatch(ran.value("Transaction ID"))
    assert ran.value("Status") == "SUCCESS"
    assert (ran.value("Offer ID"), ran.value("Caller")) == ("0", market.address("PRODUCER"))
    ran = market.do("offer", "cancel", "--offer-id", "1", "--mnemonic-env", "OPERATOR_MNEMONIC")
    assert (ran.value("Offer ID"), ran.value("Caller")) == ("1", market.address("OPERATOR"))
    assert market.reader.account(market.address("PRODUCER")).locked_wh == 0
    assert {offer.status for offer in market.reader.offers(Side.SELL)} == {Status.CANCELLED}


def test_query_prints_offers_and_statistics(market: Market) -> None:
    """`gridpact query:offers`: each active offer with its fields, in the order that its users know."""
    market.producer()
    for wh in (1_000, 500, 700):
        market.sell(wh)
    market.do("cancel:offer", OFFER_ID="1")
    ran = market.run("query:offers")
    assert ran.lines[0] == "📊 Found 2 active offers:"
    block = ran.lines[1:8]
    assert block[:5] == [
        "--- Offer #1 ---",
        "Offer ID: 0",
        f"Seller: {market.address('PRODUCER')}",
        "Amount: 1000 Wh (1 kWh)",
        "Price: 0.15 EUR/kWh (15000000 smallest units)",
    ]
    assert ISO.fullmatch(block[5].removeprefix("Timestamp: "))
    assert block[6] == "Status: ACTIVE"
    assert ran.lines[8:10] == ["--- Offer #2 ---", "Offer ID: 2"]
    assert ran.lines[-3:] == ["📈 Offer Statistics:", "Total Offers: 3", "Active Offers: 2"]
    document = market.run("offer", "query", "--json").document
    assert [offer["offer_id"] for offer in document["offers"]] == [0, 2]
    assert (document["total_offers"], document["active_offers"], document["more"]) == (3, 2, False)
    assert document["offers"][1]["amount_text"] == "700 Wh (0.7 kWh)"


def test_query_by_seller_and_history(market: Market) -> None:
    """`QUERY_TYPE=seller` has all of one seller, one's own without an address; `QUERY_TYPE=all` the history."""
    market.producer()
    market.producer(name="SECOND")
    market.sell()
    market.sell(name="SECOND")
    market.sell()
    market.do("cancel:offer", OFFER_ID="0")
    second = market.run("query:offers", QUERY_TYPE="seller", SELLER_ADDRESS=market.address("SECOND"))
    assert second.values("Offer ID") == ["1"]
    mine = market.run("query:offers", QUERY_TYPE="seller")
    assert (mine.values("Offer ID"), mine.values("Status")) == (["0", "2"], ["CANCELLED", "ACTIVE"])
    assert market.run("query:offers", QUERY_TYPE="all").values("Offer ID") == ["0", "1", "2"]
    assert market.run("query:offers").values("Offer ID") == ["1", "2"]
    assert market.run("query:offers", "--seller", market.address("PRODUCER")).values("Offer ID") == ["2"]
    assert market.run("query:offers", code=2, QUERY_TYPE="nobody").stdout == ""


def test_offset_and_limit_count_matching_offers(market: Market) -> None:
    """Page by page through the offers that match, whatever ids lie between."""
    market.producer(20_000)
    market.producer(20_000, name="SECOND")
    calls, world = market.world.book_calls, market.world
    mine = [index for index in range(24) if index % 3]
    for batch in range(3):
        ids = range(batch * 8, batch * 8 + 8)
        world.send(
            *(
                calls.create_energy_offer(market.address("PRODUCER" if one in mine else "SECOND"), 100, 15_000_000, one)
                for one in ids
            )
        )
    asked = {"QUERY_TYPE": "seller", "SELLER_ADDRESS": market.address("PRODUCER"), "LIMIT": "5"}
    pages = [market.run("query:offers", OFFSET=str(offset), **asked, code=0) for offset in (0, 5, 10, 15, 20)]
    assert [[int(value) for value in page.values("Offer ID")] for page in pages] == [
        mine[0:5],
        mine[5:10],
        mine[10:15],
        mine[15:],
        [],
    ]
    assert pages[1].lines[0] == "📊 Found 5 offers, from number 6 on:"
    assert "--- Offer #6 ---" in pages[1].lines
    assert [page.values("More follow") for page in pages] == [["OFFSET=5"], ["OFFSET=10"], ["OFFSET=15"], [], []]
    assert pages[4].lines[0] == "📊 Found 0 offers, from number 21 on:"
    document = market.run("query:offers", "--offset", "10", "--limit", "10", "--json").document
    assert [offer["offer_id"] for offer in document["offers"]] == list(range(10, 20))
    assert document["more"] is True


def test_a_dry_run_sends_nothing(market: Market) -> None:
    """`--dry-run` shows the group, its fees and deposits, and the events."""
    market.producer()
    ran = market.run("create:offer", "--dry-run", OFFER_AMOUNT_WH="1000", OFFER_PRICE_PER_KWH="15000000")
    assert "Fees 0.002 ALGO, storage deposits 0.0389 ALGO." in ran.lines
    assert any(line.startswith("Would emit OfferCreated: offerId 0") for line in ran.lines)
    assert ran.lines[-1] == "Simulated only: nothing was sent."
    assert market.reader.state().sell_total == 0


def test_an_unsigned_group_for_another_key(market: Market, tmp_path: Path) -> None:
    """`--out` writes the group for an account whose key is elsewhere."""
    market.producer()
    path = tmp_path / "group.msgpack"
    ran = market.run(
        "offer",
        "create",
        *("--amount-wh", "1000", "--price", "0.15", "--account", market.address("PRODUCER"), "--out", str(path)),
        PRODUCER_MNEMONIC="",
    )
    assert path.stat().st_size > 0
    assert any(line.startswith("Wrote 2 unsigned transactions") for line in ran.lines)
    assert market.reader.state().sell_total == 0


def test_it_asks_before_it_sends(market: Market) -> None:
    """Without a terminal and without `--yes` nothing is sent: exit code 2."""
    market.producer()
    ran = market.run("create:offer", code=2, OFFER_AMOUNT_WH="1000", OFFER_PRICE_PER_KWH="15000000")
    assert "Offer 1000 Wh (1 kWh) at 0.15 EUR/kWh" in ran.stderr
    assert market.reader.state().sell_total == 0


def test_missing_values_are_wrong_usage(market: Market) -> None:
    """No amount, or no price: exit code 2, and the variable's name."""
    ran = market.do("create:offer", code=2, OFFER_PRICE_PER_KWH="15000000")
    assert "OFFER_AMOUNT_WH" in ran.stderr
    ran = market.do("create:offer", code=2, OFFER_AMOUNT_WH="1000")
    assert "OFFER_PRICE_PER_KWH" in ran.stderr
    assert market.do("create:offer", code=2, OFFER_AMOUNT_WH="-5", OFFER_PRICE_PER_KWH="1").stdout == ""


def test_prune_gives_the_deposit_back(market: Market) -> None:
    """A closed offer's record is removed; its maker has the deposit again; a second run finds nothing to do."""
    market.producer()
    market.sell()
    market.do("cancel:offer", OFFER_ID="0")
    before = market.world.balance(market.address("PRODUCER"))
    ran = market.do("offer", "prune", "0", "--mnemonic-env", "OUTSIDER_MNEMONIC")
    assert any("0.0389 ALGO went back" in line for line in ran.lines)
    assert market.world.balance(market.address("PRODUCER")) == before + 38_900
    assert market.reader.offer(Side.SELL, 0) is None
    assert market.do("offer", "prune", "0").lines == ["The record of sell offer 0 was removed.", "Nothing to do."]
