"""What the offer book holds, and the events that it must tell."""

from typing import Any

from algokit_utils import SigningAccount

from gridpact.chain.specs import Contract
from gridpact.contracts.offer_book_client import (
    Offer,
    TradingAccount,
)
from smart_contracts.interfaces.config import NO_REFERENCE
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.contracts.offer_book.calls import BUY_PRICE, EPOCH, SELL_PRICE
from tests.support.boxes import decode_struct
from tests.support.events import ANY_TIME, Expected
from tests.support.full_state import boxes_of
from tests.support.world import World


def energy_drawn(world: World, wh: int, remaining_wh: int, *, producer: str | None = None) -> Expected:
    """KWhReceipt's event of a draw for the book."""
    return (
        "EnergyDrawn",
        {
            "producer": producer or world.producer.address,
            "epochId": EPOCH,
            "consumer": receipt_cfg.CONSUMER_OFFER_BOOK,
            "wh": wh,
            "remainingWh": remaining_wh,
            "reference": NO_REFERENCE,
            "timestamp": ANY_TIME,
        },
    )


def energy_minted(world: World, wh: int, *, producer: str | None = None) -> Expected:
    """Credit was minted."""
    return (
        "EnergyMinted",
        {
            "producer": producer or world.producer.address,
            "epochId": EPOCH,
            "amountWh": wh,
            "timestamp": ANY_TIME,
        },
    )


def offer_created(
    world: World,
    offer_id: int,
    wh: int,
    price: int = SELL_PRICE,
    *,
    seller: str | None = None,
    parent_id: int | None = None,
    expiry_ts: int = 0,
) -> Expected:
    """A sell offer of the producer's, or of somebody else's, is open; a child has its parent's place in time."""
    return (
        "OfferCreated",
        {
            "offerId": offer_id,
            "seller": seller or world.producer.address,
            "amountWh": wh,
            "pricePerKwh": price,
            "timestamp": ANY_TIME,
            "parentId": offer_id if parent_id is None else parent_id,
            "sinceTs": ANY_TIME if parent_id is None else sell_offer(world, parent_id).sinceTs,
            "expiryTs": expiry_ts,
        },
    )


def offer_matched(
    world: World,
    offer_id: int,
    wh: int,
    new_offer_id: int = 0,
    price: int = SELL_PRICE,
    *,
    used_terms: bool = True,
) -> Expected:
    """Energy of the producer's offer went to the consumer."""
    return (
        "OfferMatched",
        {
            "offerId": offer_id,
            "seller": world.producer.address,
            "buyer": world.consumer.address,
            "amountWh": wh,
            "pricePerKwh": price,
            "timestamp": ANY_TIME,
            "newOfferId": new_offer_id,
            "usedTerms": used_terms,
        },
    )


def offer_completed(world: World, offer_id: int) -> Expected:
    """The producer's offer was matched in full."""
    return ("OfferCompleted", {"offerId": offer_id, "seller": world.producer.address, "timestamp": ANY_TIME})


def offer_cancelled(world: World, offer_id: int, wh: int) -> Expected:
    """The producer's offer was withdrawn."""
    return (
        "OfferCancelled",
        {"offerId": offer_id, "seller": world.producer.address, "amountWh": wh, "timestamp": ANY_TIME},
    )


def buy_offer_created(
    world: World,
    offer_id: int,
    wh: int,
    price: int = BUY_PRICE,
    *,
    buyer: str | None = None,
    parent_id: int | None = None,
    expiry_ts: int = 0,
) -> Expected:
    """A request of the consumer's, or of somebody else's, is open; a child has its parent's place in time."""
    return (
        "BuyOfferCreated",
        {
            "offerId": offer_id,
            "buyer": buyer or world.consumer.address,
            "amountWh": wh,
            "maxPricePerKwh": price,
            "timestamp": ANY_TIME,
            "parentId": offer_id if parent_id is None else parent_id,
            "sinceTs": ANY_TIME if parent_id is None else buy_offer(world, parent_id).sinceTs,
            "expiryTs": expiry_ts,
        },
    )


def buy_offer_matched(
    world: World,
    offer_id: int,
    wh: int,
    new_offer_id: int = 0,
    price: int = SELL_PRICE,
    *,
    used_terms: bool = True,
) -> Expected:
    """The producer's energy went to the consumer's request."""
    return (
        "BuyOfferMatched",
        {
            "offerId": offer_id,
            "buyer": world.consumer.address,
            "seller": world.producer.address,
            "amountWh": wh,
            "timestamp": ANY_TIME,
            "newOfferId": new_offer_id,
            "pricePerKwh": price,
            "usedTerms": used_terms,
        },
    )


def buy_offer_completed(world: World, offer_id: int) -> Expected:
    """The consumer's request was matched in full."""
    return ("BuyOfferCompleted", {"offerId": offer_id, "buyer": world.consumer.address, "timestamp": ANY_TIME})


def buy_offer_cancelled(world: World, offer_id: int, wh: int) -> Expected:
    """The consumer's request was withdrawn."""
    return (
        "BuyOfferCancelled",
        {"offerId": offer_id, "buyer": world.consumer.address, "amountWh": wh, "timestamp": ANY_TIME},
    )


def account_of(world: World, account: SigningAccount) -> TradingAccount:
    """What an account's box holds."""
    value = world.book.state.box.accounts.get_value(account.address)
    assert value is not None
    return value


def sell_offer(world: World, offer_id: int) -> Offer:
    """What a sell offer's box holds."""
    value = world.book.state.box.sell_offers.get_value(offer_id)
    assert value is not None
    return value


def buy_offer(world: World, offer_id: int) -> Offer:
    """What a buy offer's box holds."""
    value = world.book.state.box.buy_offers.get_value(offer_id)
    assert value is not None
    return value


def decode_account(value: bytes) -> TradingAccount:
    """An account's box."""
    fields: Any = decode_struct(Contract.OFFER_BOOK, "TradingAccount", value)
    return TradingAccount(**fields)


def decode_offer(value: bytes) -> Offer:
    """An offer's box."""
    fields: Any = decode_struct(Contract.OFFER_BOOK, "Offer", value)
    return Offer(**fields)


def box_names(world: World) -> set[bytes]:
    """Names of all of the book's boxes."""
    return set(boxes_of(world.algorand, world.book.app_id))


def counters(world: World) -> dict[str, int]:
    """The book's totals."""
    state = world.book.state.global_state.get_all()
    return {
        "sell_total": state["sell_total"],
        "sell_active": state["sell_active"],
        "buy_total": state["buy_total"],
        "buy_active": state["buy_active"],
        "minted_wh": state["minted_wh"],
        "consumed_wh": state["consumed_wh"],
        "traded_wh": state["traded_wh"],
        "trades": state["trades"],
    }
