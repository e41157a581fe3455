"""Events of OfferBook (ARC-28). The first eight keep the specification's fields in its order; additions follow them."""

from algopy import Account, Struct, UInt64

# --- sell offers ------------------------------------------------------------------------------------------------------


class OfferCreated(Struct, kw_only=True):
    """A sell offer is open; its energy is locked."""

    offerId: UInt64
    seller: Account
    amountWh: UInt64
    pricePerKwh: UInt64
    timestamp: UInt64
    parentId: UInt64
    """The offer whose remainder this is; its own id when its maker created it."""
    sinceTs: UInt64
    """When the first of its line was created: its place in time priority."""
    expiryTs: UInt64
    """The last second in which it may be matched; 0 for no end."""


class OfferMatched(Struct, kw_only=True):
    """Energy of a sell offer went to a buyer."""

    offerId: UInt64
    seller: Account
    buyer: Account
    amountWh: UInt64
    pricePerKwh: UInt64
    timestamp: UInt64
    newOfferId: UInt64
    """The offer with the remainder; 0 after a full match."""
    usedTerms: bool
    """Whether the match used up trading terms: the buyer's. A match of two offers does not."""


class OfferCancelled(Struct, kw_only=True):
    """A sell offer was withdrawn; its energy is free."""

    offerId: UInt64
    seller: Account
    amountWh: UInt64
    timestamp: UInt64


class OfferCompleted(Struct, kw_only=True):
    """A sell offer was matched in full."""

    offerId: UInt64
    seller: Account
    timestamp: UInt64


class OfferPruned(Struct, kw_only=True):
    """The record of a closed sell offer was removed."""

    offerId: UInt64
    seller: Account
    refundMicroalgo: UInt64
    """What the seller got back; 0 for the child of a partial match."""
    timestamp: UInt64


# --- buy offers -------------------------------------------------------------------------------------------------------


class BuyOfferCreated(Struct, kw_only=True):
    """A buy offer is open. It locks nothing."""

    offerId: UInt64
    buyer: Account
    amountWh: UInt64
    maxPricePerKwh: UInt64
    timestamp: UInt64
    parentId: UInt64
    """The offer whose remainder this is; its own id when its maker created it."""
    sinceTs: UInt64
    """When the first of its line was created: its place in time priority."""
    expiryTs: UInt64
    """The last second in which it may be matched; 0 for no end."""


class BuyOfferMatched(Struct, kw_only=True):
    """A seller's energy went to the maker of a buy offer."""

    offerId: UInt64
    buyer: Account
    seller: Account
    amountWh: UInt64
    timestamp: UInt64
    newOfferId: UInt64
    """The offer with the remainder; 0 after a full match."""
    pricePerKwh: UInt64
    """The seller's price, at most the offer's maximum."""
    usedTerms: bool
    """Whether the match used up trading terms: the seller's. A match of two offers does not."""


class BuyOfferCancelled(Struct, kw_only=True):
    """A buy offer was withdrawn."""

    offerId: UInt64
    buyer: Account
    amountWh: UInt64
    timestamp: UInt64


class BuyOfferCompleted(Struct, kw_only=True):
    """A buy offer was matched in full."""

    offerId: UInt64
    buyer: Account
    timestamp: UInt64


class BuyOfferPruned(Struct, kw_only=True):
    """The record of a closed buy offer was removed."""

    offerId: UInt64
    buyer: Account
    refundMicroalgo: UInt64
    """What the buyer got back; 0 for the child of a partial match."""
    timestamp: UInt64


# --- credit, consent, reference price ---------------------------------------------------------------------------------


class EnergyMinted(Struct, kw_only=True):
    """Credit for energy that was drawn from the producer's ledger."""

    producer: Account
    epochId: UInt64
    amountWh: UInt64
    timestamp: UInt64


class EnergyTransferred(Struct, kw_only=True):
    """Credit changed hands outside the market."""

    sender: Account
    receiver: Account
    amountWh: UInt64
    timestamp: UInt64


class EnergyConsumed(Struct, kw_only=True):
    """Credit was used up."""

    account: Account
    amountWh: UInt64
    timestamp: UInt64


class TradingTermsSet(Struct, kw_only=True):
    """What the operator may do for the account from now on."""

    account: Account
    minSellPrice: UInt64
    sellWh: UInt64
    maxBuyPrice: UInt64
    buyWh: UInt64
    expiryTs: UInt64
    """The last second in which this holds; 0 for no end."""
    timestamp: UInt64


class TradingAccountClosed(Struct, kw_only=True):
    """An empty account was removed, with its terms and its counts of offers."""

    account: Account
    refundMicroalgo: UInt64
    """What the account got back; 0 when the operator's top-up had paid its deposit."""
    timestamp: UInt64


class GridPriceSet(Struct, kw_only=True):
    """The grid's reference price, for comparison only."""

    pricePerKwh: UInt64
    timestamp: UInt64
