"""What the market changes. Prices are EUR per kWh with 8 decimals."""

from dataclasses import dataclass

from gridpact.chain.events import Promised, Value
from gridpact.chain.specs import Contract
from gridpact.chain.work import Effect
from gridpact.market.read import Side
from gridpact.production.read import Quality

# --- credit -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeterOpened(Effect):
    """A producer's meter was registered."""

    label: str
    producer: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(Contract.KWH_RECEIPT, "MeterRegistered", {"producer": self.producer}),)


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

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "epochId": self.epoch_id,
            "intervalId": self.interval_id,
            "wh": self.wh,
            "quality": self.quality.code,
            "startTs": self.start_ts,
            "endTs": self.end_ts,
        }
        return (Promised(Contract.KWH_RECEIPT, "ProductionRecorded", fields),)


@dataclass(frozen=True, slots=True)
class EnergyMinted(Effect):
    """Recorded energy became credit."""

    producer: str
    epoch_id: int
    wh: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "producer": self.producer,
            "epochId": self.epoch_id,
            "amountWh": self.wh,
        }
        return (Promised(Contract.OFFER_BOOK, "EnergyMinted", fields),)


@dataclass(frozen=True, slots=True)
class EnergyTransferred(Effect):
    """Credit moved from one account to another."""

    sender: str
    receiver: str
    wh: int
    storage_microalgo: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "sender": self.sender,
            "receiver": self.receiver,
            "amountWh": self.wh,
        }
        return (Promised(Contract.OFFER_BOOK, "EnergyTransferred", fields),)


@dataclass(frozen=True, slots=True)
class EnergyConsumed(Effect):
    """Credit was used up."""

    account: str
    wh: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "account": self.account,
            "amountWh": self.wh,
        }
        return (Promised(Contract.OFFER_BOOK, "EnergyConsumed", fields),)


# --- offers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfferCreated(Effect):
    """An offer is open. A sell offer locks its energy."""

    side: Side
    maker: str
    amount_wh: int
    price_per_kwh: int
    storage_microalgo: int
    expiry_ts: int = 0
    """The last second in which it may be matched; 0 for no end."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        if self.side is Side.SELL:
            sell: dict[str, Value] = {
                "seller": self.maker,
                "amountWh": self.amount_wh,
                "pricePerKwh": self.price_per_kwh,
                "expiryTs": self.expiry_ts,
            }
            return (Promised(Contract.OFFER_BOOK, "OfferCreated", sell),)
        buy: dict[str, Value] = {
            "buyer": self.maker,
            "amountWh": self.amount_wh,
            "maxPricePerKwh": self.price_per_kwh,
            "expiryTs": self.expiry_ts,
        }
        return (Promised(Contract.OFFER_BOOK, "BuyOfferCreated", buy),)


@dataclass(frozen=True, slots=True)
class RowsImported(Effect):
    """The offers of some rows of a file were created by an earlier run."""

    first: int
    last: int


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

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        is_sell = self.side is Side.SELL
        fields: dict[str, Value] = {
            "offerId": self.offer_id,
            "buyer" if is_sell else "seller": self.other,
            "amountWh": self.amount_wh,
            "pricePerKwh": self.price_per_kwh,
        }
        return (Promised(Contract.OFFER_BOOK, "OfferMatched" if is_sell else "BuyOfferMatched", fields),)


@dataclass(frozen=True, slots=True)
class OfferCancelled(Effect):
    """An open offer was withdrawn."""

    side: Side
    offer_id: int
    maker: str
    amount_wh: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        is_sell = self.side is Side.SELL
        fields: dict[str, Value] = {
            "offerId": self.offer_id,
            "seller" if is_sell else "buyer": self.maker,
            "amountWh": self.amount_wh,
        }
        return (Promised(Contract.OFFER_BOOK, "OfferCancelled" if is_sell else "BuyOfferCancelled", fields),)


@dataclass(frozen=True, slots=True)
class OfferPruned(Effect):
    """The record of a closed offer was removed."""

    side: Side
    offer_id: int
    refund_to: str | None = None
    """Who gets the deposit back; None where the float had paid it."""
    refund_microalgo: int = 0

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        name = "OfferPruned" if self.side is Side.SELL else "BuyOfferPruned"
        fields: dict[str, Value] = {"offerId": self.offer_id, "refundMicroalgo": self.refund_microalgo}
        return (Promised(Contract.OFFER_BOOK, name, fields),)


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
    expiry_ts: int = 0
    """The last second in which it holds; 0 for no end."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "account": self.account,
            "sellWh": self.sell_wh,
            "minSellPrice": self.min_sell_price,
            "buyWh": self.buy_wh,
            "maxBuyPrice": self.max_buy_price,
            "expiryTs": self.expiry_ts,
        }
        return (Promised(Contract.OFFER_BOOK, "TradingTermsSet", fields),)


@dataclass(frozen=True, slots=True)
class AccountClosed(Effect):
    """An empty trading account was removed."""

    account: str
    refund_microalgo: int
    """What comes back to it; 0 where the operator's top-up had paid its deposit."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {"account": self.account, "refundMicroalgo": self.refund_microalgo}
        return (Promised(Contract.OFFER_BOOK, "TradingAccountClosed", fields),)


@dataclass(frozen=True, slots=True)
class SurplusWithdrawn(Effect):
    """The admin took ALGO that the offer book did not need."""

    admin: str
    amount_microalgo: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {"admin": self.admin, "amountMicroalgo": self.amount_microalgo}
        return (Promised(Contract.OFFER_BOOK, "SurplusWithdrawn", fields),)


@dataclass(frozen=True, slots=True)
class GridPriceSet(Effect):
    """The grid's reference price was published."""

    price_per_kwh: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "pricePerKwh": self.price_per_kwh,
        }
        return (Promised(Contract.OFFER_BOOK, "GridPriceSet", fields),)


@dataclass(frozen=True, slots=True)
class Match(Effect):
    """One call of `matchOffers`. Prices are EUR per kWh with 8 decimals."""

    sell_id: int
    buy_id: int
    seller: str
    buyer: str
    amount_wh: int
    price_per_kwh: int
    """The trade price, the seller's."""
    welfare: int
    """Wh x (buyer's maximum - price); 10^11 are 1 EUR."""
    sell_child_id: int | None
    """The id that the rest of the sell offer gets, when nobody makes an offer first; None after a full match."""
    buy_child_id: int | None

    @property
    def children(self) -> int:
        """Offers that it makes for what it leaves."""
        return (self.sell_child_id is not None) + (self.buy_child_id is not None)

    def promises(self) -> tuple[Promised, ...]:
        """The match, as both sides' offers tell it."""
        trade: dict[str, Value] = {
            "seller": self.seller,
            "buyer": self.buyer,
            "amountWh": self.amount_wh,
            "pricePerKwh": self.price_per_kwh,
        }
        return (
            Promised(Contract.OFFER_BOOK, "OfferMatched", {"offerId": self.sell_id, **trade}),
            Promised(Contract.OFFER_BOOK, "BuyOfferMatched", {"offerId": self.buy_id, **trade}),
        )
