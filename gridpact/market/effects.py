"""What the market changes. Prices are EUR per kWh with 8 decimals.

Matches of two offers are `gridpact.market.book.Match`.
"""

from dataclasses import dataclass

from gridpact.chain.work import Effect
from gridpact.market.read import Side
from gridpact.production.read import Quality

# --- credit -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeterRead(Effect):
    """A reading of a producer's meter was recorded."""

    epoch_id: int
    label: str
    interval_id: int
    wh: int
    start_ts: int
    end_ts: int
    quality: Quality


@dataclass(frozen=True, slots=True)
class EnergyMinted(Effect):
    """Recorded energy became credit."""

    producer: str
    epoch_id: int
    wh: int


@dataclass(frozen=True, slots=True)
class EnergyTransferred(Effect):
    """Credit moved from one account to another."""

    sender: str
    receiver: str
    wh: int
    storage_microalgo: int


@dataclass(frozen=True, slots=True)
class EnergyConsumed(Effect):
    """Credit was used up."""

    account: str
    wh: int


# --- offers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfferCreated(Effect):
    """An offer is open. A sell offer locks its energy."""

    side: Side
    maker: str
    amount_wh: int
    price_per_kwh: int
    storage_microalgo: int


@dataclass(frozen=True, slots=True)
class OfferMatched(Effect):
    """An offer was matched with an account whose trading terms allow it."""

    side: Side
    offer_id: int
    other: str
    """The account on the other side."""
    amount_wh: int
    price_per_kwh: int
    rest_wh: int
    """What goes to a new offer; and that one's deposit."""
    storage_microalgo: int


@dataclass(frozen=True, slots=True)
class OfferCancelled(Effect):
    """An open offer was withdrawn."""

    side: Side
    offer_id: int
    maker: str
    amount_wh: int


@dataclass(frozen=True, slots=True)
class OfferPruned(Effect):
    """The record of a closed offer was removed."""

    side: Side
    offer_id: int
    refund_to: str | None = None
    """Who gets the deposit back; None where the float had paid it."""
    refund_microalgo: int = 0


# --- terms and prices -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermsSet(Effect):
    """The operator may act for an account, within limits."""

    account: str
    sell_wh: int
    min_sell_price: int
    buy_wh: int
    max_buy_price: int
    storage_microalgo: int = 0


@dataclass(frozen=True, slots=True)
class GridPriceSet(Effect):
    """The grid's reference price was published."""

    price_per_kwh: int
