"""OfferBook: energy credit, sell and buy offers, and the matches between them."""

from algopy import (
    Account,
    Array,
    Box,
    BoxMap,
    Bytes,
    Global,
    GlobalState,
    Txn,
    UInt64,
    arc4,
    gtxn,
    itxn,
    op,
    subroutine,
    urange,
)

from smart_contracts.interfaces.config import ANY_TOTAL, NO_REFERENCE
from smart_contracts.interfaces.energy_source import EnergySource
from smart_contracts.offer_book import config as cfg
from smart_contracts.offer_book.events import (
    BuyOfferCancelled,
    BuyOfferCompleted,
    BuyOfferCreated,
    BuyOfferMatched,
    BuyOfferPruned,
    EnergyConsumed,
    EnergyMinted,
    EnergyTransferred,
    GridPriceSet,
    OfferCancelled,
    OfferCompleted,
    OfferCreated,
    OfferMatched,
    OfferPruned,
    TradingTermsSet,
)
from smart_contracts.offer_book.types import ListedOffer, Offer, OfferPage, TradingAccount, TradingTerms
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.numbers import min_of
from smart_contracts.shared.payments import require_mbr
from smart_contracts.shared.units import WH_PER_KWH


class OfferBook(Governed):
    """A two-sided market for energy credit.

    Credit is minted only by drawing from the producer's ledger in KWhReceipt. A sell offer locks its energy once; a buy
    offer locks nothing. The operator matches, within what both sides have offered or allowed. Money is paid elsewhere.
    """

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

    @arc4.abimethod(create="require")
    def create(self, kwhReceiptId: UInt64) -> None:
        """Create the book over one KWhReceipt, for ever.

        Args:
            kwhReceiptId: KWhReceipt's app id.

        Raises:
            err.INVALID_APP: the app does not exist, or has another creator.
        """
        require_sibling(kwhReceiptId)
        self.kwh_receipt_app.value = kwhReceiptId
        self._created(kwhReceiptId)

    # --- credit -------------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def mintEnergy(self, producer: Account, epochId: UInt64, amountWh: UInt64) -> None:
        """Turn metered energy into its producer's credit, by a draw from that producer's ledger.

        It registers the producer. The operator tops up the deposit of the producer's first account box in the same
        group.

        Args:
            producer: whose ledger, and whose credit.
            epochId: month, YYYYMM, open or final.
            amountWh: energy in Wh.

        Raises:
            err.NOT_OWNER: the caller is not the operator.
            err.IS_PAUSED: the book, or KWhReceipt, is paused.
            err.INVALID_AMOUNT: no energy.
            err.AMOUNT_TOO_LARGE: the credit of all accounts would exceed 10^14 Wh.
            err.INVALID_ADDRESS: the producer is the zero address: the project's energy is not for the market.
            err.NOT_CONSUMER: KWhReceipt does not know this book.
            err.EPOCH_NOT_FOUND: the producer has no ledger for the epoch.
            err.LEDGER_IN_DEFICIT: the ledger has a deficit.
            err.OVER_DRAWN: more energy than remains.
        """
        self._require_owner()
        self._require_active()
        assert producer != Global.zero_address, err.INVALID_ADDRESS
        assert amountWh > 0, err.INVALID_AMOUNT
        credit_wh = self.minted_wh.value - self.consumed_wh.value
        assert amountWh <= cfg.MAX_CREDIT_WH and credit_wh + amountWh <= cfg.MAX_CREDIT_WH, err.AMOUNT_TOO_LARGE
        arc4.abi_call(
            EnergySource.draw,
            producer,
            epochId,
            amountWh,
            UInt64(ANY_TOTAL),
            UInt64(NO_REFERENCE),
            app_id=self.kwh_receipt_app.value,
        )
        account = self._account(producer)
        account.virtualWh += amountWh
        account.producedWh += amountWh
        self.accounts[producer] = account.copy()
        self.minted_wh.value += amountWh
        arc4.emit(
            EnergyMinted(producer=producer, epochId=epochId, amountWh=amountWh, timestamp=Global.latest_timestamp)
        )

    @arc4.abimethod
    def transferEnergy(self, mbr: gtxn.PaymentTransaction, receiver: Account, amountWh: UInt64) -> None:
        """Give available credit to another account. Pause does not stop it.

        Args:
            mbr: the storage deposit of the receiver's account box, from the caller to this app: what
                transferEnergyMbr says, 0 when the receiver has one.
            receiver: who gets the credit.
            amountWh: credit in Wh.

        Raises:
            err.INVALID_ADDRESS: the receiver is the zero address, or this app, which could never give it back.
            err.SELF_TRANSFER: the receiver is the caller.
            err.INVALID_AMOUNT: no credit.
            err.INSUFFICIENT_AVAILABLE_BALANCE: more than the caller's credit that is not locked.
            err.MBR_NOT_PAID: the payment is not exactly the deposit.
        """
        assert receiver != Global.zero_address and receiver != Global.current_application_address, err.INVALID_ADDRESS
        assert receiver != Txn.sender, err.SELF_TRANSFER
        self._take_available(amountWh)
        deposits_before = Global.current_application_address.min_balance
        account = self._account(receiver)
        account.virtualWh += amountWh
        self.accounts[receiver] = account.copy()
        self._require_mbr(mbr, deposits_before)
        arc4.emit(
            EnergyTransferred(
                sender=Txn.sender, receiver=receiver, amountWh=amountWh, timestamp=Global.latest_timestamp
            )
        )

    @arc4.abimethod
    def consumeEnergy(self, amountWh: UInt64) -> None:
        """Use up available credit. Pause does not stop it.

        Args:
            amountWh: credit in Wh.

        Raises:
            err.INVALID_AMOUNT: no credit.
            err.INSUFFICIENT_AVAILABLE_BALANCE: more than the caller's credit that is not locked.
        """
        self._take_available(amountWh)
        self.consumed_wh.value += amountWh
        arc4.emit(EnergyConsumed(account=Txn.sender, amountWh=amountWh, timestamp=Global.latest_timestamp))

    # --- consent ------------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def setTradingTerms(
        self,
        mbr: gtxn.PaymentTransaction,
        minSellPrice: UInt64,
        sellWh: UInt64,
        maxBuyPrice: UInt64,
        buyWh: UInt64,
    ) -> None:
        """Say what the operator may do for the caller in one-sided matches, each of which uses up the Wh it trades.

        It replaces what was said before. All zero takes the consent back. Pause does not stop it.

        Args:
            mbr: the storage deposit of the caller's account box, from the caller to this app: what
                setTradingTermsMbr says, 0 when the caller has one.
            minSellPrice: EUR per kWh with 8 decimals, what the caller's energy is sold for.
            sellWh: Wh that may be sold.
            maxBuyPrice: EUR per kWh with 8 decimals, the most that is paid.
            buyWh: Wh that may be bought.

        Raises:
            err.INVALID_AMOUNT: Wh without a price.
            err.AMOUNT_TOO_LARGE: a price is above 10^11, or an amount above 10^12 Wh.
            err.MBR_NOT_PAID: the payment is not exactly the deposit.
        """
        assert (sellWh == 0 or minSellPrice > 0) and (buyWh == 0 or maxBuyPrice > 0), err.INVALID_AMOUNT
        assert minSellPrice <= cfg.MAX_PRICE and maxBuyPrice <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE
        assert sellWh <= cfg.MAX_OFFER_WH and buyWh <= cfg.MAX_OFFER_WH, err.AMOUNT_TOO_LARGE
        deposits_before = Global.current_application_address.min_balance
        account = self._account(Txn.sender)
        account.minSellPrice = minSellPrice
        account.sellWh = sellWh
        account.maxBuyPrice = maxBuyPrice
        account.buyWh = buyWh
        self.accounts[Txn.sender] = account.copy()
        self._require_mbr(mbr, deposits_before)
        arc4.emit(
            TradingTermsSet(
                account=Txn.sender,
                minSellPrice=minSellPrice,
                sellWh=sellWh,
                maxBuyPrice=maxBuyPrice,
                buyWh=buyWh,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- sell offers --------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def createEnergyOffer(self, mbr: gtxn.PaymentTransaction, amountWh: UInt64, pricePerKwh: UInt64) -> UInt64:
        """Offer energy. It is locked until the offer is matched or cancelled.

        Args:
            mbr: the storage deposit of the offer, 35,700 microALGO, from the caller to this app.
            amountWh: energy in Wh.
            pricePerKwh: EUR per kWh with 8 decimals.

        Returns:
            The sell offer's id: 0, 1, 2 …

        Raises:
            err.IS_PAUSED: the book is paused.
            err.INVALID_AMOUNT: no energy, or no price.
            err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
            err.NOT_A_PRODUCER: no credit was ever minted for the caller.
            err.INSUFFICIENT_AVAILABLE_BALANCE: more than the caller's credit that is not locked.
            err.MBR_NOT_PAID: the payment is not exactly the deposit.
        """
        self._require_active()
        require_offer(amountWh, pricePerKwh)
        seller = self._account(Txn.sender)
        assert seller.producedWh > 0, err.NOT_A_PRODUCER
        assert amountWh <= seller.virtualWh - seller.lockedWh, err.INSUFFICIENT_AVAILABLE_BALANCE
        deposits_before = Global.current_application_address.min_balance
        self.accounts[Txn.sender].lockedWh += amountWh
        offer_id = self.sell_total.value
        self._open_sell_offer(offer_id, new_offer(Txn.sender, amountWh, pricePerKwh))
        self._require_mbr(mbr, deposits_before)
        return offer_id

    @arc4.abimethod
    def cancelEnergyOffer(self, offerId: UInt64) -> None:
        """Withdraw a sell offer and unlock its energy. Pause does not stop it.

        Args:
            offerId: the sell offer.

        Raises:
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
            err.OFFER_NOT_ACTIVE: it is closed.
            err.NOT_OFFER_SELLER: the caller is neither its seller nor the operator.
        """
        offer = self._active_sell_offer(offerId)
        assert Txn.sender == offer.maker or Txn.sender == self.operator.value, err.NOT_OFFER_SELLER
        self.accounts[offer.maker].lockedWh -= offer.amountWh
        self.sell_offers[offerId].status = arc4.UInt8(cfg.STATUS_CANCELLED)
        self.sell_active.value -= 1
        arc4.emit(
            OfferCancelled(
                offerId=offerId, seller=offer.maker, amountWh=offer.amountWh, timestamp=Global.latest_timestamp
            )
        )

    @arc4.abimethod
    def matchEnergyOffer(self, offerId: UInt64, buyer: Account, amountWh: UInt64) -> None:
        """Sell energy of an offer to a buyer whose trading terms allow it, at the offer's price.

        A partial match closes the offer and opens a child with the remainder, which stays locked; the operator tops up
        the child's deposit in the same group.

        Args:
            offerId: the sell offer.
            buyer: who gets the energy.
            amountWh: energy in Wh, at most the offer's.

        Raises:
            err.NOT_OWNER: the caller is not the operator.
            err.IS_PAUSED: the book is paused.
            err.INVALID_ADDRESS: the buyer is the zero address.
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
            err.OFFER_NOT_ACTIVE: it is closed.
            err.INVALID_AMOUNT: no energy, or more than the offer's.
            err.SELF_MATCH: the buyer is the seller.
            err.NO_BUYER_CONSENT: the buyer's terms do not cover the price or the amount.
        """
        self._require_owner()
        self._require_active()
        assert buyer != Global.zero_address, err.INVALID_ADDRESS
        offer = self._active_sell_offer(offerId)
        assert amountWh > 0 and amountWh <= offer.amountWh, err.INVALID_AMOUNT
        assert buyer != offer.maker, err.SELF_MATCH
        account = self._account(buyer)
        assert offer.pricePerKwh <= account.maxBuyPrice and amountWh <= account.buyWh, err.NO_BUYER_CONSENT
        account.virtualWh += amountWh
        account.buyWh -= amountWh
        self.accounts[buyer] = account.copy()
        self._sell_locked(offerId, offer, buyer, amountWh)
        self._count_trade(amountWh)

    # --- buy offers ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def createEnergyBuyOffer(self, mbr: gtxn.PaymentTransaction, amountWh: UInt64, maxPricePerKwh: UInt64) -> UInt64:
        """Ask for energy. Anyone may; nothing is locked.

        Args:
            mbr: the storage deposit of the offer and of the caller's first account box, from the caller to this app:
                what createEnergyBuyOfferMbr says.
            amountWh: energy in Wh.
            maxPricePerKwh: the most that is paid, in EUR per kWh with 8 decimals.

        Returns:
            The buy offer's id: 0, 1, 2 …

        Raises:
            err.IS_PAUSED: the book is paused.
            err.INVALID_AMOUNT: no energy, or no price.
            err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
            err.MBR_NOT_PAID: the payment is not exactly the deposit.
        """
        self._require_active()
        require_offer(amountWh, maxPricePerKwh)
        deposits_before = Global.current_application_address.min_balance
        if Txn.sender not in self.accounts:
            self.accounts[Txn.sender] = empty_account()
        offer_id = self.buy_total.value
        self._open_buy_offer(offer_id, new_offer(Txn.sender, amountWh, maxPricePerKwh))
        self._require_mbr(mbr, deposits_before)
        return offer_id

    @arc4.abimethod
    def cancelEnergyBuyOffer(self, offerId: UInt64) -> None:
        """Withdraw a buy offer. Pause does not stop it.

        Args:
            offerId: the buy offer.

        Raises:
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
            err.BUY_OFFER_NOT_ACTIVE: it is closed.
            err.NOT_BUY_OFFER_BUYER: the caller is neither its buyer nor the operator.
        """
        offer = self._active_buy_offer(offerId)
        assert Txn.sender == offer.maker or Txn.sender == self.operator.value, err.NOT_BUY_OFFER_BUYER
        self.buy_offers[offerId].status = arc4.UInt8(cfg.STATUS_CANCELLED)
        self.buy_active.value -= 1
        arc4.emit(
            BuyOfferCancelled(
                offerId=offerId, buyer=offer.maker, amountWh=offer.amountWh, timestamp=Global.latest_timestamp
            )
        )

    @arc4.abimethod
    def matchEnergyBuyOffer(self, offerId: UInt64, seller: Account, amountWh: UInt64) -> None:
        """Serve a buy offer from the available credit of a seller whose trading terms allow it, at the seller's price.

        A partial match closes the offer and opens a child with the remainder; the operator tops up the child's deposit
        in the same group.

        Args:
            offerId: the buy offer.
            seller: who gives the energy; the price is this account's `minSellPrice`.
            amountWh: energy in Wh, at most the offer's.

        Raises:
            err.NOT_OWNER: the caller is not the operator.
            err.IS_PAUSED: the book is paused.
            err.INVALID_ADDRESS: the seller is the zero address.
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
            err.BUY_OFFER_NOT_ACTIVE: it is closed.
            err.INVALID_AMOUNT: no energy, or more than the offer's.
            err.SELF_MATCH: the seller is the buyer.
            err.NO_SELLER_CONSENT: the seller's terms do not cover the amount, or ask for more than the offer's maximum.
            err.INSUFFICIENT_SELLER_BALANCE: more than the seller's credit that is not locked.
        """
        self._require_owner()
        self._require_active()
        assert seller != Global.zero_address, err.INVALID_ADDRESS
        offer = self._active_buy_offer(offerId)
        assert amountWh > 0 and amountWh <= offer.amountWh, err.INVALID_AMOUNT
        assert seller != offer.maker, err.SELF_MATCH
        account = self._account(seller)
        price = account.minSellPrice
        assert price <= offer.pricePerKwh and amountWh <= account.sellWh, err.NO_SELLER_CONSENT
        assert amountWh <= account.virtualWh - account.lockedWh, err.INSUFFICIENT_SELLER_BALANCE
        account.virtualWh -= amountWh
        account.sellWh -= amountWh
        self.accounts[seller] = account.copy()
        self.accounts[offer.maker].virtualWh += amountWh
        self._fill_request(offerId, offer, seller, amountWh, price)
        self._count_trade(amountWh)

    # --- both sides ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def matchOffers(self, sellId: UInt64, buyId: UInt64, amountWh: UInt64) -> None:
        """Match a sell offer with a buy offer, at the seller's price. Both have offered: no terms are needed or used.

        What a partial match leaves on a side goes to a child there; the operator tops up its deposit in the same group.

        Args:
            sellId: the sell offer.
            buyId: the buy offer.
            amountWh: energy in Wh, at most that of either.

        Raises:
            err.NOT_OWNER: the caller is not the operator.
            err.IS_PAUSED: the book is paused.
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
            err.OFFER_NOT_ACTIVE: the sell offer is closed.
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
            err.BUY_OFFER_NOT_ACTIVE: the buy offer is closed.
            err.INVALID_AMOUNT: no energy, or more than either offer's.
            err.SELF_MATCH: seller and buyer are one account.
            err.PRICE_CROSS: the sell price is above the buy offer's maximum.
        """
        self._require_owner()
        self._require_active()
        sell = self._active_sell_offer(sellId)
        buy = self._active_buy_offer(buyId)
        assert amountWh > 0 and amountWh <= sell.amountWh and amountWh <= buy.amountWh, err.INVALID_AMOUNT
        assert sell.maker != buy.maker, err.SELF_MATCH
        assert sell.pricePerKwh <= buy.pricePerKwh, err.PRICE_CROSS
        self.accounts[buy.maker].virtualWh += amountWh
        self._sell_locked(sellId, sell, buy.maker, amountWh)
        self._fill_request(buyId, buy, sell.maker, amountWh, sell.pricePerKwh)
        self._count_trade(amountWh)

    # --- records of closed offers -------------------------------------------------------------------------------------

    @arc4.abimethod
    def pruneOffer(self, offerId: UInt64) -> None:
        """Remove the record of a closed sell offer; its deposit goes back to who paid it. Anyone may, paused or not.

        The deposit of a child came from the operator's top-up and stays in the app for the next one. The caller's fee
        covers the inner payment.

        Args:
            offerId: the sell offer.

        Raises:
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
            err.OFFER_STILL_ACTIVE: it is open.
        """
        assert offerId in self.sell_offers, err.INVALID_OFFER_ID
        offer = self.sell_offers[offerId].copy()
        assert offer.status != cfg.STATUS_ACTIVE, err.OFFER_STILL_ACTIVE
        refund = delete_and_refund(Bytes(cfg.BOX_SELL_OFFER), offerId, offer)
        arc4.emit(
            OfferPruned(offerId=offerId, seller=offer.maker, refundMicroalgo=refund, timestamp=Global.latest_timestamp)
        )

    @arc4.abimethod
    def pruneBuyOffer(self, offerId: UInt64) -> None:
        """Remove the record of a closed buy offer; its deposit goes back to who paid it. Anyone may, paused or not.

        The deposit of a child came from the operator's top-up and stays in the app for the next one. The caller's fee
        covers the inner payment.

        Args:
            offerId: the buy offer.

        Raises:
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
            err.OFFER_STILL_ACTIVE: it is open.
        """
        assert offerId in self.buy_offers, err.INVALID_BUY_OFFER_ID
        offer = self.buy_offers[offerId].copy()
        assert offer.status != cfg.STATUS_ACTIVE, err.OFFER_STILL_ACTIVE
        refund = delete_and_refund(Bytes(cfg.BOX_BUY_OFFER), offerId, offer)
        arc4.emit(
            BuyOfferPruned(
                offerId=offerId, buyer=offer.maker, refundMicroalgo=refund, timestamp=Global.latest_timestamp
            )
        )

    # --- reference price ----------------------------------------------------------------------------------------------

    @arc4.abimethod
    def setGridPrice(self, pricePerKwh: UInt64) -> None:
        """Publish the grid's price, for comparison. No trade depends on it.

        Args:
            pricePerKwh: EUR per kWh with 8 decimals.

        Raises:
            err.NOT_OWNER: the caller is not the operator.
            err.IS_PAUSED: the book is paused.
            err.INVALID_AMOUNT: no price.
            err.AMOUNT_TOO_LARGE: a price above 10^11.
        """
        self._require_owner()
        self._require_active()
        assert pricePerKwh > 0, err.INVALID_AMOUNT
        assert pricePerKwh <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE
        self.grid_price.value = pricePerKwh
        arc4.emit(GridPriceSet(pricePerKwh=pricePerKwh, timestamp=Global.latest_timestamp))

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
        """What the operator may still do for an account in one-sided matches; all zero when nothing was allowed."""
        terms = self._account(account)
        return TradingTerms(
            minSellPrice=terms.minSellPrice, sellWh=terms.sellWh, maxBuyPrice=terms.maxBuyPrice, buyWh=terms.buyWh
        )

    # --- queries: deposits --------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def createEnergyBuyOfferMbr(self, buyer: Account) -> UInt64:
        """The deposit of the buyer's next buy offer, in microALGO: 35,700, and 44,500 for a first account box."""
        return self._account_mbr(buyer) + cfg.OFFER_MBR_MICROALGO

    @arc4.abimethod(readonly=True)
    def setTradingTermsMbr(self, account: Account) -> UInt64:
        """The deposit of an account's trading terms, in microALGO: 44,500 for a first account box, else 0."""
        return self._account_mbr(account)

    @arc4.abimethod(readonly=True)
    def transferEnergyMbr(self, receiver: Account) -> UInt64:
        """The deposit of a transfer to the receiver, in microALGO: 44,500 for a first account box, else 0."""
        return self._account_mbr(receiver)

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine
    def _require_owner(self) -> None:
        assert Txn.sender == self.operator.value, err.NOT_OWNER

    @subroutine
    def _require_mbr(self, mbr: gtxn.PaymentTransaction, deposits_before: UInt64) -> None:
        """The payment is exactly what the boxes made since `deposits_before` cost, from the caller to this app."""
        require_mbr(mbr, Global.current_application_address.min_balance - deposits_before)

    @subroutine(inline=False)
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
    def _take_available(self, amount_wh: UInt64) -> None:
        """Take credit that is not locked from the caller."""
        assert amount_wh > 0, err.INVALID_AMOUNT
        assert amount_wh <= self._available_wh(Txn.sender), err.INSUFFICIENT_AVAILABLE_BALANCE
        self.accounts[Txn.sender].virtualWh -= amount_wh

    @subroutine
    def _active_sell_offer(self, offer_id: UInt64) -> Offer:
        assert offer_id in self.sell_offers, err.INVALID_OFFER_ID
        offer = self.sell_offers[offer_id].copy()
        assert offer.status == cfg.STATUS_ACTIVE, err.OFFER_NOT_ACTIVE
        return offer

    @subroutine
    def _active_buy_offer(self, offer_id: UInt64) -> Offer:
        assert offer_id in self.buy_offers, err.INVALID_BUY_OFFER_ID
        offer = self.buy_offers[offer_id].copy()
        assert offer.status == cfg.STATUS_ACTIVE, err.BUY_OFFER_NOT_ACTIVE
        return offer

    @subroutine
    def _open_sell_offer(self, offer_id: UInt64, offer: Offer) -> None:
        self.sell_total.value = offer_id + 1
        self.sell_active.value += 1
        self.sell_offers[offer_id] = offer.copy()
        self.accounts[offer.maker].sellOffers += 1
        arc4.emit(
            OfferCreated(
                offerId=offer_id,
                seller=offer.maker,
                amountWh=offer.amountWh,
                pricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
            )
        )

    @subroutine
    def _open_buy_offer(self, offer_id: UInt64, offer: Offer) -> None:
        self.buy_total.value = offer_id + 1
        self.buy_active.value += 1
        self.buy_offers[offer_id] = offer.copy()
        self.accounts[offer.maker].buyOffers += 1
        arc4.emit(
            BuyOfferCreated(
                offerId=offer_id,
                buyer=offer.maker,
                amountWh=offer.amountWh,
                maxPricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
            )
        )

    @subroutine
    def _sell_locked(self, offer_id: UInt64, offer: Offer, buyer: Account, amount_wh: UInt64) -> None:
        """The sell side of a trade: take the energy, close the offer, open a child with the remainder."""
        self.accounts[offer.maker].virtualWh -= amount_wh
        self.accounts[offer.maker].lockedWh -= amount_wh
        self.sell_active.value -= 1
        is_partial = amount_wh < offer.amountWh
        child_id = self.sell_total.value if is_partial else UInt64(cfg.NO_CHILD)
        self.sell_offers[offer_id] = matched_offer(offer, amount_wh, child_id)
        arc4.emit(
            OfferMatched(
                offerId=offer_id,
                seller=offer.maker,
                buyer=buyer,
                amountWh=amount_wh,
                pricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
                newOfferId=child_id,
            )
        )
        if is_partial:
            self._open_sell_offer(child_id, child_offer(offer, amount_wh))
        else:
            arc4.emit(OfferCompleted(offerId=offer_id, seller=offer.maker, timestamp=Global.latest_timestamp))

    @subroutine
    def _fill_request(
        self, offer_id: UInt64, offer: Offer, seller: Account, amount_wh: UInt64, price_per_kwh: UInt64
    ) -> None:
        """The buy side of a trade: close the offer, open a child with the remainder."""
        self.buy_active.value -= 1
        is_partial = amount_wh < offer.amountWh
        child_id = self.buy_total.value if is_partial else UInt64(cfg.NO_CHILD)
        self.buy_offers[offer_id] = matched_offer(offer, amount_wh, child_id)
        arc4.emit(
            BuyOfferMatched(
                offerId=offer_id,
                buyer=offer.maker,
                seller=seller,
                amountWh=amount_wh,
                timestamp=Global.latest_timestamp,
                newOfferId=child_id,
                pricePerKwh=price_per_kwh,
            )
        )
        if is_partial:
            self._open_buy_offer(child_id, child_offer(offer, amount_wh))
        else:
            arc4.emit(BuyOfferCompleted(offerId=offer_id, buyer=offer.maker, timestamp=Global.latest_timestamp))

    @subroutine
    def _count_trade(self, amount_wh: UInt64) -> None:
        self.traded_wh.value += amount_wh
        self.trades.value += 1


@subroutine
def require_offer(amount_wh: UInt64, price_per_kwh: UInt64) -> None:
    """Refuse an empty offer, and one beyond the bounds.

    Raises:
        err.INVALID_AMOUNT: no energy, or no price.
        err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
    """
    assert amount_wh > 0 and price_per_kwh > 0, err.INVALID_AMOUNT
    assert amount_wh <= cfg.MAX_OFFER_WH and price_per_kwh <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE


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
    )


@subroutine
def new_offer(maker: Account, amount_wh: UInt64, price_per_kwh: UInt64) -> Offer:
    """An active offer of now, whose deposit the maker pays."""
    return Offer(
        maker=maker,
        amountWh=amount_wh,
        pricePerKwh=price_per_kwh,
        sinceTs=Global.latest_timestamp,
        matchedWh=UInt64(),
        childId=UInt64(cfg.NO_CHILD),
        status=arc4.UInt8(cfg.STATUS_ACTIVE),
        paidByFloat=False,
    )


@subroutine
def child_offer(parent: Offer, matched_wh: UInt64) -> Offer:
    """What a partial match leaves, with the parent's price and place in time. The app's float pays its deposit."""
    child = parent.copy()
    child.amountWh -= matched_wh
    child.paidByFloat = True
    return child


@subroutine
def matched_offer(offer: Offer, matched_wh: UInt64, child_id: UInt64) -> Offer:
    """The record of a match: how much of the offer was traded, and which child has the rest."""
    closed = offer.copy()
    closed.matchedWh = matched_wh
    closed.childId = child_id
    closed.status = arc4.UInt8(cfg.STATUS_COMPLETED if matched_wh == offer.amountWh else cfg.STATUS_PARTIALLY_FILLED)
    return closed


@subroutine
def delete_and_refund(side: Bytes, offer_id: UInt64, offer: Offer) -> UInt64:
    """Delete an offer's box and give the deposit that it frees to its maker, unless the app's float paid it.

    Returns:
        What was paid out, in microALGO.
    """
    app = Global.current_application_address
    deposits_before = app.min_balance
    del Box(Offer, key=side + op.itob(offer_id)).value
    if offer.paidByFloat:
        return UInt64(0)
    refund = deposits_before - app.min_balance
    itxn.Payment(receiver=offer.maker, amount=refund, fee=0).submit()
    return refund


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
