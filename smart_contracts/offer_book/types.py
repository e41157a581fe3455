"""What OfferBook stores and returns. Every stored struct has a fixed size."""

from algopy import Account, Array, Struct, UInt64, arc4


class Offer(Struct, kw_only=True):
    """A sell or a buy offer."""

    maker: Account
    """The seller of a sell offer, the buyer of a buy offer."""
    amountWh: UInt64
    pricePerKwh: UInt64
    """EUR per kWh with 8 decimals: the price of a sell offer, the maximum of a buy offer."""
    sinceTs: UInt64
    """When the maker created it; a child keeps its parent's, and with it the place in time priority."""
    matchedWh: UInt64
    """0 until it was matched."""
    childId: UInt64
    """The offer that carries what a partial match left; 0 when there is none."""
    status: arc4.UInt8
    """0 ACTIVE, 1 CANCELLED, 2 COMPLETED, 3 PARTIALLY_FILLED."""
    paidByFloat: bool
    """Who gets the deposit when it is pruned: the maker, or nobody (the app keeps it for the next child)."""
    expiryTs: UInt64
    """The last second in which it may be matched; 0 for no end. A child keeps its parent's."""


class TradingAccount(Struct, kw_only=True):
    """Credit, consent and offer counts of one account."""

    virtualWh: UInt64
    """All credit."""
    lockedWh: UInt64
    """Credit in the account's active sell offers."""
    producedWh: UInt64
    """Credit ever minted for the account: more than 0 makes it a registered producer."""
    minSellPrice: UInt64
    sellWh: UInt64
    maxBuyPrice: UInt64
    buyWh: UInt64
    sellOffers: UInt64
    """Sell offers ever made, children included."""
    buyOffers: UInt64
    termsExpiryTs: UInt64
    """The last second in which the terms hold; 0 for no end."""
    openBuyOffers: UInt64
    """Buy offers that are ACTIVE: while there is one, the account cannot be closed."""
    paidByFloat: bool
    """Who gets the deposit when it is closed: its owner, or nobody (a producer's, that the operator topped up)."""


class TradingTerms(Struct, kw_only=True):
    """What the operator may do for an account in one-sided matches. All zero is no consent."""

    minSellPrice: UInt64
    """EUR per kWh with 8 decimals: what a one-sided sale pays."""
    sellWh: UInt64
    """Wh that may still be sold."""
    maxBuyPrice: UInt64
    buyWh: UInt64
    expiryTs: UInt64
    """The last second in which this holds; 0 for no end."""


class ListedOffer(Struct, kw_only=True):
    """An offer with its id."""

    offerId: UInt64
    offer: Offer


class OfferPage(Struct, kw_only=True):
    """Those of at most 8 ids that a list query asks for."""

    offers: Array[ListedOffer]
    nextOffset: UInt64
    """The first id that was not looked at; the side's total after the last page."""
