"""The 14 commands and the 12 variables that the offer book's users know."""

from collections.abc import Iterator
from typing import Any

import pytest

from gridpact.cli.app import whole_program
from tests.cli.offers.conftest import VARIABLES, Market

NAMES = {
    "create:offer": ("offer", "create"),
    "match:offer": ("offer", "match"),
    "cancel:offer": ("offer", "cancel"),
    "query:offers": ("offer", "query"),
    "create:buy-offer": ("buy-offer", "create"),
    "match:buy-offer": ("buy-offer", "match"),
    "cancel:buy-offer": ("buy-offer", "cancel"),
    "query:buy-offers": ("buy-offer", "query"),
    "mint:spark": ("energy", "mint"),
    "transfer:energy": ("energy", "transfer"),
    "consume:energy": ("energy", "consume"),
    "query:balance": ("energy", "balance"),
    "query:transactions": ("market", "transactions"),
    "query:grid-price": ("grid-price", "show"),
}
READING = {name for name in NAMES if name.startswith("query:")}


def _command(*path: str) -> Any:
    found: Any = whole_program()
    for name in path:
        found = found.commands[name]
    return found


def _variables(command: Any) -> Iterator[str]:
    for parameter in command.params:
        named = parameter.envvar or ()
        yield from [named] if isinstance(named, str) else named


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_its_subcommand(name: str) -> None:
    """Both ways take the same options, and have the same help with an example."""
    own, sub = _command(name), _command(*NAMES[name])
    assert [parameter.opts for parameter in own.params] == [parameter.opts for parameter in sub.params]
    assert own.help == sub.help
    assert "Example" in own.help
    options = {option for parameter in own.params for option in parameter.opts}
    assert "--json" in options
    assert ({"--dry-run", "--yes", "--out"} <= options) == (name not in READING)


def test_all_twelve_variables_are_taken() -> None:
    """Each variable belongs to a command, and each can be given as an option instead."""
    taken = {variable for name in NAMES for variable in _variables(_command(name))}
    assert taken == set(VARIABLES)
    assert len(VARIABLES) == 12


def test_every_name_is_run(market: Market) -> None:
    """All 14 in one go, as somebody would who follows the specification's quick start, with every variable."""
    producer, consumer = market.address("PRODUCER"), market.address("CONSUMER")
    market.do("meter", "register", "roof", "--producer", producer)
    market.do("mint:spark", "--amount-wh", "5000")
    market.do("create:offer", OFFER_AMOUNT_WH="2000", OFFER_PRICE_PER_KWH="15000000")
    market.do("create:buy-offer", BUY_OFFER_AMOUNT_WH="2000", BUY_OFFER_MAX_PRICE_PER_KWH="20000000")
    market.do("terms", "set", "--buy-wh", "1000", "--max-buy-price", "0.15")
    market.do("match:offer", OFFER_ID="0", BUYER_ADDRESS=consumer, MATCH_AMOUNT_WH="1000")
    sell = ("--sell-wh", "1000", "--min-sell-price", "0.20", "--mnemonic-env", "PRODUCER_MNEMONIC")
    market.do("terms", "set", *sell)
    market.do("match:buy-offer", BUY_OFFER_ID="0", SELLER_ADDRESS=producer, MATCH_AMOUNT_WH="1000")
    market.do("cancel:offer", OFFER_ID="1")
    market.do("cancel:buy-offer", BUY_OFFER_ID="1")
    market.do("transfer:energy", "--to", consumer, "--amount-wh", "100")
    market.do("consume:energy", "--amount-wh", "2100")
    seller = {"QUERY_TYPE": "seller", "SELLER_ADDRESS": producer, "OFFSET": "0", "LIMIT": "10"}
    offers = market.run("query:offers", code=0, **seller)
    assert offers.values("Status") == ["PARTIALLY_FILLED", "CANCELLED"]
    buyer = {"QUERY_TYPE": "buyer", "BUYER_ADDRESS": consumer, "OFFSET": "0", "LIMIT": "10"}
    assert market.run("query:buy-offers", code=0, **buyer).values("Status") == ["PARTIALLY_FILLED", "CANCELLED"]
    assert market.run("query:balance").value("Virtual Balance") == "2900 Wh (2.9 kWh)"
    assert market.run("query:balance", "--account", consumer).value("Virtual Balance") == "0 Wh (0 kWh)"
    transactions = market.run("query:transactions")
    assert transactions.values("Amount") == ["1000 Wh (1 kWh)"] * 2
    assert transactions.values("Price") == ["0.15 EUR/kWh", "0.20 EUR/kWh"]
    assert market.run("query:grid-price").value("⚡ Grid Price") == "not set"
