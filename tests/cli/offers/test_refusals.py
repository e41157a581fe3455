"""Each error of the offer book by its name, through the commands, with the next step."""

import pytest

from gridpact.production.boxes import PROJECT
from tests.cli.offers.conftest import Market


def _refused(market: Market, name: str, advice: str, *arguments: str, **environment: str) -> None:
    """Exit code 1, the error's name and the advice; the same in the document; nothing changed."""
    before = market.reader.state()
    ran = market.do(*arguments, code=1, **environment)
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"{name}: "), ran.stderr
    assert advice in ran.stderr
    error = market.do(*arguments, "--json", code=1, **environment).document["error"]
    assert error["name"] == name
    assert advice in error["advice"]
    assert market.reader.state() == before


def test_not_a_producer(market: Market) -> None:
    """An account without production offers energy."""
    values = {"OFFER_AMOUNT_WH": "1000", "OFFER_PRICE_PER_KWH": "15000000"}
    _refused(market, "NotAProducer", "gridpact mint:spark", "create:offer", **values)


@pytest.mark.parametrize(
    "arguments",
    [
        ("create:offer", "--amount-wh", "4001", "--price", "0.15"),
        ("transfer:energy", "--amount-wh", "4001", "--to", "CONSUMER"),
        ("consume:energy", "--amount-wh", "4001", "--mnemonic-env", "PRODUCER_MNEMONIC"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_insufficient_available_balance(market: Market, arguments: tuple[str, ...]) -> None:
    """5,000 Wh of which 1,000 are locked: 4,001 are too many to offer, transfer or consume."""
    market.producer()
    market.sell()
    named = [market.address(one) if one == "CONSUMER" else one for one in arguments]
    _refused(market, "InsufficientAvailableBalance", "gridpact query:balance", *named)


def test_invalid_offer_id(market: Market) -> None:
    """There is no sell offer 7: to cancel, to match, to show, to prune."""
    market.producer()
    market.sell()
    asked = {"OFFER_ID": "7"}
    _refused(market, "InvalidOfferId", "gridpact query:offers", "cancel:offer", **asked)
    matching = {"BUYER_ADDRESS": market.address("CONSUMER"), "MATCH_AMOUNT_WH": "1000"}
    _refused(market, "InvalidOfferId", "gridpact query:offers", "match:offer", **asked, **matching)
    _refused(market, "InvalidOfferId", "gridpact query:offers", "offer", "prune", "7")
    assert market.run("query:offers", code=1, **asked).stderr.startswith("InvalidOfferId: ")


def test_offer_not_active(market: Market) -> None:
    """A cancelled offer is neither cancelled again nor matched."""
    market.producer()
    market.sell()
    market.do("cancel:offer", OFFER_ID="0")
    _refused(market, "OfferNotActive", "create a new one", "cancel:offer", OFFER_ID="0")
    matching = {"BUYER_ADDRESS": market.address("CONSUMER"), "MATCH_AMOUNT_WH": "1000"}
    _refused(market, "OfferNotActive", "create a new one", "match:offer", OFFER_ID="0", **matching)


def test_not_offer_seller(market: Market) -> None:
    """Somebody else cancels."""
    market.producer()
    market.sell()
    by = ("--mnemonic-env", "OUTSIDER_MNEMONIC")
    _refused(market, "NotOfferSeller", "creator or the operator", "cancel:offer", *by, OFFER_ID="0")


def test_invalid_buy_offer_id(market: Market) -> None:
    """There is no buy offer 7: to cancel, to match, to show, to prune."""
    market.buy()
    asked = {"BUY_OFFER_ID": "7"}
    _refused(market, "InvalidBuyOfferId", "gridpact query:buy-offers", "cancel:buy-offer", **asked)
    matching = {"SELLER_ADDRESS": market.address("PRODUCER"), "MATCH_AMOUNT_WH": "1000"}
    _refused(market, "InvalidBuyOfferId", "gridpact query:buy-offers", "match:buy-offer", **asked, **matching)
    _refused(market, "InvalidBuyOfferId", "gridpact query:buy-offers", "buy-offer", "prune", "7")
    assert market.run("query:buy-offers", code=1, **asked).stderr.startswith("InvalidBuyOfferId: ")


def test_buy_offer_not_active(market: Market) -> None:
    """A cancelled buy offer is neither cancelled again nor matched."""
    market.buy()
    market.do("cancel:buy-offer", BUY_OFFER_ID="0")
    _refused(market, "BuyOfferNotActive", "create a new one", "cancel:buy-offer", BUY_OFFER_ID="0")
    matching = {"SELLER_ADDRESS": market.address("PRODUCER"), "MATCH_AMOUNT_WH": "1000"}
    _refused(market, "BuyOfferNotActive", "create a new one", "match:buy-offer", BUY_OFFER_ID="0", **matching)


def test_insufficient_seller_balance(market: Market) -> None:
    """The seller allows more than they have."""
    market.producer(400)
    market.buy()
    seller = ("--mnemonic-env", "PRODUCER_MNEMONIC")
    market.do("terms", "set", "--sell-wh", "1000", "--min-sell-price", "0.15", *seller)
    matching = {"SELLER_ADDRESS": market.address("PRODUCER"), "MATCH_AMOUNT_WH": "401"}
    advice = "Choose another seller, reduce the amount, or wait for more production"
    _refused(market, "InsufficientSellerBalance", advice, "match:buy-offer", BUY_OFFER_ID="0", **matching)


def test_not_buy_offer_buyer(market: Market) -> None:
    """Somebody else cancels."""
    market.buy()
    by = ("--mnemonic-env", "OUTSIDER_MNEMONIC")
    _refused(market, "NotBuyOfferBuyer", "creator or the operator", "cancel:buy-offer", *by, BUY_OFFER_ID="0")


@pytest.mark.parametrize(
    ("command", "values"),
    [
        ("create:offer", {"OFFER_AMOUNT_WH": "0", "OFFER_PRICE_PER_KWH": "15000000"}),
        ("create:offer", {"OFFER_AMOUNT_WH": "1000", "OFFER_PRICE_PER_KWH": "0"}),
        ("create:buy-offer", {"BUY_OFFER_AMOUNT_WH": "0", "BUY_OFFER_MAX_PRICE_PER_KWH": "20000000"}),
        ("create:buy-offer", {"BUY_OFFER_AMOUNT_WH": "1000", "BUY_OFFER_MAX_PRICE_PER_KWH": "0"}),
        ("match:offer", {"OFFER_ID": "0", "MATCH_AMOUNT_WH": "1001"}),
        ("match:buy-offer", {"BUY_OFFER_ID": "0", "MATCH_AMOUNT_WH": "0"}),
    ],
)
def test_invalid_amount(market: Market, command: str, values: dict[str, str]) -> None:
    """No energy, no price, or more than the offer has."""
    market.producer()
    market.sell()
    market.buy()
    accounts = {"BUYER_ADDRESS": market.address("CONSUMER"), "SELLER_ADDRESS": market.address("PRODUCER")}
    _refused(market, "InvalidAmount", "Check the amount.", command, **values, **accounts)


def test_invalid_address(market: Market) -> None:
    """The zero address is nobody: as a buyer, a seller, a receiver."""
    market.producer()
    market.sell()
    market.buy()
    advice = "Check the address."
    matching = {"BUYER_ADDRESS": PROJECT, "SELLER_ADDRESS": PROJECT, "MATCH_AMOUNT_WH": "1000"}
    _refused(market, "InvalidAddress", advice, "match:offer", OFFER_ID="0", **matching)
    _refused(market, "InvalidAddress", advice, "match:buy-offer", BUY_OFFER_ID="0", **matching)
    _refused(market, "InvalidAddress", advice, "transfer:energy", "--to", PROJECT, "--amount-wh", "1")


def test_an_address_that_is_none(market: Market) -> None:
    """A typing error is found before anything is sent."""
    ran = market.do("match:offer", code=1, OFFER_ID="0", BUYER_ADDRESS="X" * 58, MATCH_AMOUNT_WH="1")
    assert "X" * 58 in ran.stderr


def test_not_owner(market: Market) -> None:
    """Only the operator matches, mints and publishes the grid price."""
    market.producer()
    market.sell()
    market.buy()
    by = ("--mnemonic-env", "OUTSIDER_MNEMONIC")
    matching = {
        "BUYER_ADDRESS": market.address("CONSUMER"),
        "SELLER_ADDRESS": market.address("PRODUCER"),
        "MATCH_AMOUNT_WH": "1000",
    }
    advice = "Use the operator's key"
    _refused(market, "NotOwner", advice, "match:offer", *by, OFFER_ID="0", **matching)
    _refused(market, "NotOwner", advice, "match:buy-offer", *by, BUY_OFFER_ID="0", **matching)
    _refused(market, "NotOwner", advice, "market", "match", *by)
    _refused(market, "NotOwner", advice, "grid-price", "set", "0.2", *by)


def test_consent_and_own_trades(market: Market) -> None:
    """What the terms do not allow is refused, and so is a trade with oneself."""
    market.producer()
    market.sell()
    market.buy()
    matching = {"MATCH_AMOUNT_WH": "1000", "OFFER_ID": "0", "BUY_OFFER_ID": "0"}
    two = {"BUYER_ADDRESS": market.address("CONSUMER"), "SELLER_ADDRESS": market.address("PRODUCER")}
    _refused(market, "NoBuyerConsent", "gridpact terms set", "match:offer", **matching, **two)
    _refused(market, "NoSellerConsent", "gridpact terms set", "match:buy-offer", **matching, **two)
    own = {"BUYER_ADDRESS": market.address("PRODUCER"), "SELLER_ADDRESS": market.address("CONSUMER")}
    _refused(market, "SelfMatch", "two accounts", "match:offer", **matching, **own)
    _refused(market, "SelfMatch", "two accounts", "match:buy-offer", **matching, **own)


def test_an_active_offer_is_not_pruned(market: Market) -> None:
    """Only closed offers go."""
    market.producer()
    market.sell()
    _refused(market, "OfferStillActive", "Cancel it first", "offer", "prune", "0")
