"""`create:buy-offer`, `match:buy-offer`, `cancel:buy-offer`, `query:buy-offers`."""

from gridpact.market.read import Side
from tests.cli.offers.conftest import Market
from tests.cli.offers.test_sell_offers import ISO, TX_ID


def test_create_prints_the_transaction(market: Market) -> None:
    """`BUY_OFFER_AMOUNT_WH=1000 BUY_OFFER_MAX_PRICE_PER_KWH=20000000 gridpact create:buy-offer`, by anybody."""
    ran = market.do("create:buy-offer", BUY_OFFER_AMOUNT_WH="1000", BUY_OFFER_MAX_PRICE_PER_KWH="20000000")
    assert ran.lines[:2] == ["✅ Energy buy offer created successfully!", "📊 Transaction Details:"]
    assert TX_ID.fullmatch(ran.value("Transaction ID"))
    assert ran.lines[3:8] == [
        "Status: SUCCESS",
        f"Buyer: {market.address('CONSUMER')}",
        "Amount: 1000 Wh (1 kWh)",
        "Max Price: 0.20 EUR/kWh",
        "Buy Offer ID: 0",
    ]
    # The first one opens the buyer's account, too.
    assert ran.lines[-1] == "Fees 0.003 ALGO, storage deposits 0.0902 ALGO."
    ran = market.do("buy-offer", "create", "--amount-wh", "500", "--max-price", "0.18", "--json")
    assert ran.document["buy_offer_id"] == 1
    assert (ran.document["max_price_per_kwh"], ran.document["price_text"]) == (18_000_000, "0.18 EUR/kWh")
    assert ran.document["groups"][0]["deposits_microalgo"] == 38_900


def test_a_partial_and_a_full_match(market: Market) -> None:
    """`BUY_OFFER_ID=0 SELLER_ADDRESS=… MATCH_AMOUNT_WH=500 gridpact match:buy-offer`, then the rest."""
    market.producer()
    market.buy()
    terms = ("--sell-wh", "3000", "--min-sell-price", "0.15", "--account", market.address("PRODUCER"))
    market.do("terms", "set", *terms, "--mnemonic-env", "PRODUCER_MNEMONIC")
    asked = {"SELLER_ADDRESS": market.address("PRODUCER"), "MATCH_AMOUNT_WH": "500"}
    ran = market.do("match:buy-offer", BUY_OFFER_ID="0", code=0, **asked)
    assert ran.lines[:2] == ["✅ Energy buy offer matched successfully!", "📊 Transaction Details:"]
    assert TX_ID.fullmatch(ran.value("Transaction ID"))
    assert ran.lines[3:8] == [
        "Status: SUCCESS",
        "Buy Offer ID: 0",
        f"Seller: {market.address('PRODUCER')}",
        "Matched Amount: 500 Wh (0.5 kWh)",
        "Price: 0.15 EUR/kWh",
    ]
    assert ran.lines[8:13] == [
        "💡 Note:",
        "- Partial match: New buy offer created with remaining 500 Wh",
        "- New Buy Offer ID: 1",
        "- Energy transferred from seller to buyer",
        "- Transaction record created for audit trail",
    ]
    full = market.do(
        "buy-offer",
        "match",
        *("--offer-id", "1", "--seller", market.address("PRODUCER"), "--amount-wh", "500"),
    )
    assert "- Full match: buy offer completed" in full.lines
    history = market.run("query:buy-offers", QUERY_TYPE="all")
    assert history.values("Status") == ["PARTIALLY_FILLED", "COMPLETED"]
    assert history.value("New Buy Offer ID") == "1"
    assert market.reader.account(market.address("CONSUMER")).virtual_wh == 1_000


def test_cancel_prints_the_transaction(market: Market) -> None:
    """`BUY_OFFER_ID=0 gridpact cancel:buy-offer`, by the buyer; another one by the operator."""
    market.buy()
    market.buy()
    ran = market.do("cancel:buy-offer", BUY_OFFER_ID="0")
    assert ran.lines[0] == "✅ Energy buy offer cancelled successfully!"
    assert TX_ID.fullmatch(ran.value("Transaction ID"))
    assert (ran.value("Status"), ran.value("Buy Offer ID")) == ("SUCCESS", "0")
    assert ran.value("Caller") == market.address("CONSUMER")
    ran = market.do("buy-offer", "cancel", "--offer-id", "1", "--mnemonic-env", "OPERATOR_MNEMONIC", "--json")
    assert (ran.document["caller"], ran.document["buyer"]) == (market.address("OPERATOR"), market.address("CONSUMER"))
    assert market.reader.state().buy_active == 0


def test_query_prints_offers_and_statistics(market: Market) -> None:
    """`gridpact query:buy-offers`, of one buyer, of all, of one id, in pages."""
    for wh, name in ((1_000, "CONSUMER"), (500, "SECOND"), (700, "CONSUMER"), (800, "CONSUMER")):
        market.buy(wh, name=name)
    market.do("cancel:buy-offer", BUY_OFFER_ID="2")
    ran = market.run("query:buy-offers")
    assert ran.lines[:6] == [
        "📊 Found 3 active buy offers:",
        "--- Buy Offer #1 ---",
        "Buy Offer ID: 0",
        f"Buyer: {market.address('CONSUMER')}",
        "Amount: 1000 Wh (1 kWh)",
        "Max Price: 0.20 EUR/kWh (20000000 smallest units)",
    ]
    assert ISO.fullmatch(ran.values("Timestamp")[0])
    assert ran.values("Status") == ["ACTIVE"] * 3
    assert ran.lines[-3:] == ["📈 Buy Offer Statistics:", "Total Buy Offers: 4", "Active Buy Offers: 3"]
    second = market.run("query:buy-offers", QUERY_TYPE="buyer", BUYER_ADDRESS=market.address("SECOND"))
    assert second.values("Buy Offer ID") == ["1"]
    assert market.run("query:buy-offers", QUERY_TYPE="buyer").values("Buy Offer ID") == ["0", "2", "3"]
    assert market.run("buy-offer", "query", "--type", "all").values("Buy Offer ID") == ["0", "1", "2", "3"]
    assert market.run("query:buy-offers", BUY_OFFER_ID="2").value("Status") == "CANCELLED"
    assert market.run("query:buy-offers", OFFSET="1", LIMIT="1").values("Buy Offer ID") == ["1"]


def test_prune_gives_the_deposit_back(market: Market) -> None:
    """A closed buy offer's record is removed; its maker has the deposit again."""
    market.buy()
    market.do("cancel:buy-offer", BUY_OFFER_ID="0")
    before = market.world.balance(market.address("CONSUMER"))
    market.do("buy-offer", "prune", "0", "--mnemonic-env", "OUTSIDER_MNEMONIC")
    assert market.world.balance(market.address("CONSUMER")) == before + 38_900
    assert market.reader.offer(Side.BUY, 0) is None
