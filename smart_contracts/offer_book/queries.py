"""OfferBook's state, and what it answers about it."""

from algopy import (
    Account,
    Array,
    Box,
    BoxMap,
    Bytes,
    Global,
    GlobalState,
    UInt64,
    arc4,
    op,
    subroutine,
    urange,
)

from smart_contracts.offer_book import config as cfg
from smart_contracts.offer_book.types import ListedOffer, Offer, OfferPage, TradingAccount, TradingTerms
from smart_contracts.shared import errors as err
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.numbers import min_of
from smart_contracts.shared.units import WH_PER_KWH


class OfferBookQueries(Governed):
    """The book's state, read only: nothing here writes."""

    def __init__(self) -> None:
        super().__init__()
        # App id of KWhReceipt. Written on creation only.
        self.kwh_receipt_app = GlobalState(UInt64(), key="kwh_receipt_app")
        # EUR per kWh with 8 decimals, for comparison only; 0 until set. Written by setGridPrice.
        self.grid_price = GlobalState(UInt64(), key="grid_price")
        # Offers ever made on each side, children included: the next id. And those of them that are ACTIVE.
        self.sell_total = GlobalState(UInt64(), key="sell_total")
        self.sell_active = GlobalState(UInt64(), key="sell_active")
        self.buy_total = GlobalState(UInt64(), key="buy_total")
        self.buy_active = GlobalState(UInt64(), key="buy_active")
        # Wh ever minted, consumed and traded. Minted less consumed is the credit of all accounts.
        self.minted_wh = GlobalState(UInt64(), key="minted_wh")
        self.consumed_wh = GlobalState(UInt64(), key="consumed_wh")
        self.traded_wh = GlobalState(UInt64(), key="traded_wh")
        self.trades = GlobalState(UInt64(), key="trades")
        # Made by their makers and, the children, by the operator's matches; deleted by prune.
        self.sell_offers = BoxMap(UInt64, Offer, key_prefix=cfg.BOX_SELL_OFFER)
        self.buy_offers = BoxMap(UInt64, Offer, key_prefix=cfg.BOX_BUY_OFFER)
        # Made by mintEnergy, or by the first offer, consent or transfer that needs it.
        self.accounts = BoxMap(Account, TradingAccount, key_prefix=cfg.BOX_ACCOUNT)

    # --- queries: reference price -------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getGridPrice(self) -> UInt64:
        """The grid's price in EUR per kWh with 8 decimals; 0 until it was set."""
        return self.grid_price.value

    # --- queries: sell offers -----------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getActiveOffers(self, offset: UInt64, limit: UInt64) -> OfferPage:
        """The active ones among the sell offers `offset … offset + limit - 1`.

        Args:
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(
            Bytes(cfg.BOX_SELL_OFFER),
            self.sell_total.value,
            offset,
            limit,
            Global.zero_address,
            UInt64(cfg.LIST_ACTIVE),
        )

    @arc4.abimethod(readonly=True)
    def getOffersBySeller(self, seller: Account, offset: UInt64, limit: UInt64) -> OfferPage:
        """The seller's among the sell offers `offset … offset + limit - 1`.

        Args:
            seller: whose offers.
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(Bytes(cfg.BOX_SELL_OFFER), self.sell_total.value, offset, limit, seller, UInt64(cfg.LIST_MAKER))

    @arc4.abimethod(readonly=True)
    def getAllOffers(self, offset: UInt64, limit: UInt64) -> OfferPage:
        """All that still exist of the sell offers `offset … offset + limit - 1`.

        Args:
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(
            Bytes(cfg.BOX_SELL_OFFER), self.sell_total.value, offset, limit, Global.zero_address, UInt64(cfg.LIST_ALL)
        )

    @arc4.abimethod(readonly=True)
    def getOfferById(self, offerId: UInt64) -> Offer:
        """A sell offer.

        Raises:
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
        """
        assert offerId in self.sell_offers, err.INVALID_OFFER_ID
        return self.sell_offers[offerId]

    @arc4.abimethod(readonly=True)
    def getActiveOffersCount(self) -> UInt64:
        """Sell offers that are active."""
        return self.sell_active.value

    @arc4.abimethod(readonly=True)
    def getTotalOffersCount(self) -> UInt64:
        """Sell offers ever made, children included: the next id."""
        return self.sell_total.value

    @arc4.abimethod(readonly=True)
    def getSellerOffersCount(self, seller: Account) -> UInt64:
        """Sell offers ever made for a seller, children included."""
        return self._account(seller).sellOffers

    # --- queries: buy offers ------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getActiveBuyOffers(self, offset: UInt64, limit: UInt64) -> OfferPage:
        """The active ones among the buy offers `offset … offset + limit - 1`.

        Args:
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(
            Bytes(cfg.BOX_BUY_OFFER), self.buy_total.value, offset, limit, Global.zero_address, UInt64(cfg.LIST_ACTIVE)
        )

    @arc4.abimethod(readonly=True)
    def getBuyOffersByBuyer(self, buyer: Account, offset: UInt64, limit: UInt64) -> OfferPage:
        """The buyer's among the buy offers `offset … offset + limit - 1`.

        Args:
            buyer: whose offers.
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(Bytes(cfg.BOX_BUY_OFFER), self.buy_total.value, offset, limit, buyer, UInt64(cfg.LIST_MAKER))

    @arc4.abimethod(readonly=True)
    def getAllBuyOffers(self, offset: UInt64, limit: UInt64) -> OfferPage:
        """All that still exist of the buy offers `offset … offset + limit - 1`.

        Args:
            offset: first id to look at.
            limit: ids to look at; above 8 it counts as 8.
        """
        return page(
            Bytes(cfg.BOX_BUY_OFFER), self.buy_total.value, offset, limit, Global.zero_address, UInt64(cfg.LIST_ALL)
        )

    @arc4.abimethod(readonly=True)
    def getBuyOfferById(self, offerId: UInt64) -> Offer:
        """A buy offer.

        Raises:
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
        """
        assert offerId in self.buy_offers, err.INVALID_BUY_OFFER_ID
        return self.buy_offers[offerId]

    @arc4.abimethod(readonly=True)
    def getActiveBuyOffersCount(self) -> UInt64:
        """Buy offers that are active."""
        return self.buy_active.value

    @arc4.abimethod(readonly=True)
    def getTotalBuyOffersCount(self) -> UInt64:
        """Buy offers ever made, children included: the next id."""
        return self.buy_total.value

    @arc4.abimethod(readonly=True)
    def getBuyerOffersCount(self, buyer: Account) -> UInt64:
        """Buy offers ever made for a buyer, children included."""
        return self._account(buyer).buyOffers

    # --- queries: accounts --------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getVirtualBalance(self, user: Account) -> UInt64:
        """All credit, in SPARK (1 Wh = 100,000 SPARK)."""
        return self._account(user).virtualWh * cfg.SPARK_PER_WH

    @arc4.abimethod(readonly=True)
    def getLockedBalance(self, user: Account) -> UInt64:
        """Credit in active sell offers, in SPARK."""
        return self._account(user).lockedWh * cfg.SPARK_PER_WH

    @arc4.abimethod(readonly=True)
    def getAvailableBalance(self, user: Account) -> UInt64:
        """Credit that is not locked, in SPARK."""
        return self._available_wh(user) * cfg.SPARK_PER_WH

    @arc4.abimethod(readonly=True)
    def getVirtualBalanceInWh(self, user: Account) -> UInt64:
        """All credit, in Wh."""
        return self._account(user).virtualWh

    @arc4.abimethod(readonly=True)
    def getLockedBalanceInWh(self, user: Account) -> UInt64:
        """Credit in active sell offers, in Wh."""
        return self._account(user).lockedWh

    @arc4.abimethod(readonly=True)
    def getAvailableBalanceInWh(self, user: Account) -> UInt64:
        """Credit that is not locked, in Wh."""
        return self._available_wh(user)

    @arc4.abimethod(readonly=True)
    def getVirtualBalanceInKwh(self, user: Account) -> UInt64:
        """All credit, in whole kWh, rounded down."""
        return self._account(user).virtualWh // WH_PER_KWH

    @arc4.abimethod(readonly=True)
    def getLockedBalanceInKwh(self, user: Account) -> UInt64:
        """Credit in active sell offers, in whole kWh, rounded down."""
        return self._account(user).lockedWh // WH_PER_KWH

    @arc4.abimethod(readonly=True)
    def getAvailableBalanceInKwh(self, user: Account) -> UInt64:
        """Credit that is not locked, in whole kWh, rounded down: it may be 1 less than virtual less locked."""
        return self._available_wh(user) // WH_PER_KWH

    @arc4.abimethod(readonly=True)
    def getTradingTerms(self, account: Account) -> TradingTerms:
        """What the operator may still do for an account in one-sided matches; all zero when nothing was allowed.

        Terms whose expiry is past allow nothing, and stand here until their account sets others.
        """
        terms = self._account(account)
        return TradingTerms(
            minSellPrice=terms.minSellPrice,
            sellWh=terms.sellWh,
            maxBuyPrice=terms.maxBuyPrice,
            buyWh=terms.buyWh,
            expiryTs=terms.termsExpiryTs,
        )

    # --- queries: deposits --------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def createEnergyBuyOfferMbr(self, buyer: Account) -> UInt64:
        """The deposit of the buyer's next buy offer, in microALGO: 38,900, and 51,300 for a first account box."""
        return self._account_mbr(buyer) + cfg.OFFER_MBR_MICROALGO

    @arc4.abimethod(readonly=True)
    def setTradingTermsMbr(self, account: Account) -> UInt64:
        """The deposit of an account's trading terms, in microALGO: 51,300 for a first account box, else 0."""
        return self._account_mbr(account)

    @arc4.abimethod(readonly=True)
    def transferEnergyMbr(self, receiver: Account) -> UInt64:
        """The deposit of a transfer to the receiver, in microALGO: 51,300 for a first account box, else 0."""
        return self._account_mbr(receiver)

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine(inline=True)
    def _account(self, address: Account) -> TradingAccount:
        return self.accounts.get(address, default=empty_account())

    @subroutine
    def _account_mbr(self, address: Account) -> UInt64:
        return UInt64(0) if address in self.accounts else UInt64(cfg.ACCOUNT_MBR_MICROALGO)

    @subroutine
    def _available_wh(self, address: Account) -> UInt64:
        account = self._account(address)
        return account.virtualWh - account.lockedWh


@subroutine
def empty_account() -> TradingAccount:
    """An account without credit, consent or offers: what an account without a box is."""
    return TradingAccount(
        virtualWh=UInt64(),
        lockedWh=UInt64(),
        producedWh=UInt64(),
        minSellPrice=UInt64(),
        sellWh=UInt64(),
        maxBuyPrice=UInt64(),
        buyWh=UInt64(),
        sellOffers=UInt64(),
        buyOffers=UInt64(),
        termsExpiryTs=UInt64(),
        openBuyOffers=UInt64(),
        paidByFloat=False,
    )


@subroutine
def page(side: Bytes, total: UInt64, offset: UInt64, limit: UInt64, maker: Account, wanted: UInt64) -> OfferPage:
    """Look at the ids `offset … offset + limit - 1` of one side, at most 8 and none beyond the last.

    Args:
        side: the side's box prefix.
        total: offers ever made on this side.
        offset: first id to look at.
        limit: ids to look at; above 8 it counts as 8.
        maker: whose offers, where makers matter.
        wanted: all, the active ones, or the maker's.
    """
    first = min_of(offset, total)
    end = min_of(first + min_of(limit, UInt64(cfg.PAGE_SIZE)), total)
    offers = Array[ListedOffer]()
    for offer_id in urange(first, end):
        box = Box(Offer, key=side + op.itob(offer_id))
        if box and (
            wanted == cfg.LIST_ALL
            or (wanted == cfg.LIST_ACTIVE and box.value.status == cfg.STATUS_ACTIVE)
            or (wanted == cfg.LIST_MAKER and box.value.maker == maker)
        ):
            offers.append(ListedOffer(offerId=offer_id, offer=box.value))
    return OfferPage(offers=offers.copy(), nextOffset=end)
