# Generated from OfferBook.arc56.json and smart_contracts/offer_book/types.py: do not edit.
"""How OfferBook stores its state: the structs of its boxes, and its global state. Pure Python."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A sell or a buy offer."""

    SIZE: ClassVar[int] = 82
    """Bytes."""
    ABI: ClassVar[str] = "(address,uint64,uint64,uint64,uint64,uint64,uint8,bool,uint64)"

    maker: str
    """The seller of a sell offer, the buyer of a buy offer."""
    amount_wh: int
    price_per_kwh: int
    """EUR per kWh with 8 decimals: the price of a sell offer, the maximum of a buy offer."""
    since_ts: int
    """When the maker created it; a child keeps its parent's, and with it the place in time priority."""
    matched_wh: int
    """0 until it was matched."""
    child_id: int
    """The offer that carries what a partial match left; 0 when there is none."""
    status: int
    """0 ACTIVE, 1 CANCELLED, 2 COMPLETED, 3 PARTIALLY_FILLED."""
    paid_by_float: bool
    """Who gets the deposit when it is pruned: the maker, or nobody (the app keeps it for the next child)."""
    expiry_ts: int
    """The last second in which it may be matched; 0 for no end. A child keeps its parent's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingAccount:
    """Credit, consent and offer counts of one account."""

    SIZE: ClassVar[int] = 89
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,bool)"

    virtual_wh: int
    """All credit."""
    locked_wh: int
    """Credit in the account's active sell offers."""
    produced_wh: int
    """Credit ever minted for the account: more than 0 makes it a registered producer."""
    min_sell_price: int
    sell_wh: int
    max_buy_price: int
    buy_wh: int
    sell_offers: int
    """Sell offers ever made, children included."""
    buy_offers: int
    terms_expiry_ts: int
    """The last second in which the terms hold; 0 for no end."""
    open_buy_offers: int
    """Buy offers that are ACTIVE: while there is one, the account cannot be closed."""
    paid_by_float: bool
    """Who gets the deposit when it is closed: its owner, or nobody (a producer's, that the operator topped up)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingTerms:
    """What the operator may do for an account in one-sided matches. All zero is no consent."""

    SIZE: ClassVar[int] = 40
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,uint64)"

    min_sell_price: int
    """EUR per kWh with 8 decimals: what a one-sided sale pays."""
    sell_wh: int
    """Wh that may still be sold."""
    max_buy_price: int
    buy_wh: int
    expiry_ts: int
    """The last second in which this holds; 0 for no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalState:
    """Global state of OfferBook, by its keys."""

    admin: str
    proposed_admin: str
    operator: str
    paused: int
    kwh_receipt_app: int
    grid_price: int
    sell_total: int
    sell_active: int
    buy_total: int
    buy_active: int
    minted_wh: int
    consumed_wh: int
    traded_wh: int
    trades: int
