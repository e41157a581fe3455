"""OfferBook: energy credit, sell and buy offers, and the matches between them."""

from algopy import (
    Account,
    Application,
    Box,
    Bytes,
    Global,
    Txn,
    UInt64,
    arc4,
    gtxn,
    itxn,
    op,
    subroutine,
)

from smart_contracts.interfaces.config import ANY_TOTAL, KEY_PPA_ADDRESS, KEY_VAULT_ADDRESS, NO_REFERENCE
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
    TradingAccountClosed,
    TradingTermsSet,
)
from smart_contracts.offer_book.queries import OfferBookQueries, empty_account
from smart_contracts.offer_book.types import Offer
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.payments import require_mbr_at_least
from smart_contracts.shared.surplus import pay_surplus


class OfferBook(OfferBookQueries):
    """A two-sided market for energy credit.

    Credit is minted only by drawing from the producer's ledger in KWhReceipt. A sell offer locks its energy once; a buy
    offer locks nothing. The operator matches, within what both sides have offered or allowed. Money is paid elsewhere.
    """

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
        if producer not in self.accounts:
            account.paidByFloat = True
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
                transferEnergyMbr says, 0 when the receiver has one. What is more comes back by an inner payment, for
                which the caller pools the fee.
            receiver: who gets the credit.
            amountWh: credit in Wh.

        Raises:
            err.INVALID_ADDRESS: the receiver is the zero address, or the account of one of the four apps, which could
                never give it back.
            err.SELF_TRANSFER: the receiver is the caller.
            err.INVALID_AMOUNT: no credit.
            err.INSUFFICIENT_AVAILABLE_BALANCE: more than the caller's credit that is not locked.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        self._require_can_give_back(receiver)
        assert receiver != Txn.sender, err.SELF_TRANSFER
        self._take_available(amountWh)
        deposit = UInt64()
        if receiver in self.accounts:
            self.accounts[receiver].virtualWh += amountWh
        else:
            account = empty_account()
            account.virtualWh = amountWh
            self.accounts[receiver] = account.copy()
            deposit = UInt64(cfg.ACCOUNT_MBR_MICROALGO)
        require_mbr_at_least(mbr, deposit)
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
        expiryTs: UInt64,
    ) -> None:
        """Say what the operator may do for the caller in one-sided matches, each of which uses up the Wh it trades.

        It replaces what was said before. All zero takes the consent back. Pause does not stop it.

        Args:
            mbr: the storage deposit of the caller's account box, from the caller to this app: what
                setTradingTermsMbr says, 0 when the caller has one. What is more comes back by an inner payment, for
                which the caller pools the fee.
            minSellPrice: EUR per kWh with 8 decimals, what the caller's energy is sold for.
            sellWh: Wh that may be sold.
            maxBuyPrice: EUR per kWh with 8 decimals, the most that is paid.
            buyWh: Wh that may be bought.
            expiryTs: Unix time of the last second in which this holds; 0 for no end.

        Raises:
            err.INVALID_AMOUNT: Wh without a price.
            err.INVALID_EXPIRY: the expiry is past.
            err.AMOUNT_TOO_LARGE: a price is above 10^11, or an amount above 10^12 Wh.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        assert sellWh == 0 or minSellPrice > 0, err.INVALID_AMOUNT
        assert buyWh == 0 or maxBuyPrice > 0, err.INVALID_AMOUNT
        assert minSellPrice <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE
        assert maxBuyPrice <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE
        assert sellWh <= cfg.MAX_OFFER_WH, err.AMOUNT_TOO_LARGE
        assert buyWh <= cfg.MAX_OFFER_WH, err.AMOUNT_TOO_LARGE
        assert is_not_past(expiryTs), err.INVALID_EXPIRY
        has_account = Txn.sender in self.accounts
        account = self._account(Txn.sender)
        account.minSellPrice = minSellPrice
        account.sellWh = sellWh
        account.maxBuyPrice = maxBuyPrice
        account.buyWh = buyWh
        account.termsExpiryTs = expiryTs
        self.accounts[Txn.sender] = account.copy()
        require_mbr_at_least(mbr, UInt64(0) if has_account else UInt64(cfg.ACCOUNT_MBR_MICROALGO))
        arc4.emit(
            TradingTermsSet(
                account=Txn.sender,
                minSellPrice=minSellPrice,
                sellWh=sellWh,
                maxBuyPrice=maxBuyPrice,
                buyWh=buyWh,
                expiryTs=expiryTs,
                timestamp=Global.latest_timestamp,
            )
        )

    @arc4.abimethod
    def closeTradingAccount(self) -> UInt64:
        """Remove the caller's empty account, with its terms and its counts of offers. Pause does not stop it.

        The deposit goes to the caller, whose fee covers the inner payment. What the operator's top-up had paid for a
        producer stays in the app.

        Returns:
            What was paid out, in microALGO.

        Raises:
            err.ACCOUNT_NOT_FOUND: the caller has no account.
            err.ACCOUNT_NOT_EMPTY: it has credit, or a buy offer that is open.
        """
        assert Txn.sender in self.accounts, err.ACCOUNT_NOT_FOUND
        account = self.accounts[Txn.sender].copy()
        # A sell offer that is open has locked credit.
        assert account.virtualWh == 0 and account.openBuyOffers == 0, err.ACCOUNT_NOT_EMPTY
        refund = delete_and_refund(cfg.BOX_ACCOUNT + Txn.sender.bytes, Txn.sender, paid_by_float=account.paidByFloat)
        arc4.emit(TradingAccountClosed(account=Txn.sender, refundMicroalgo=refund, timestamp=Global.latest_timestamp))
        return refund

    # --- sell offers --------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def createEnergyOffer(
        self, mbr: gtxn.PaymentTransaction, amountWh: UInt64, pricePerKwh: UInt64, expiryTs: UInt64
    ) -> UInt64:
        """Offer energy. It is locked until the offer is matched or cancelled.

        Args:
            mbr: the storage deposit of the offer, 38,900 microALGO, from the caller to this app. What is more comes
                back by an inner payment, for which the caller pools the fee.
            amountWh: energy in Wh.
            pricePerKwh: EUR per kWh with 8 decimals.
            expiryTs: Unix time of the last second in which it may be matched; 0 for no end. Its energy stays locked
                until it is cancelled.

        Returns:
            The sell offer's id: 0, 1, 2 …

        Raises:
            err.IS_PAUSED: the book is paused.
            err.INVALID_AMOUNT: no energy, or no price.
            err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
            err.INVALID_EXPIRY: the expiry is past.
            err.NOT_A_PRODUCER: no credit was ever minted for the caller.
            err.INSUFFICIENT_AVAILABLE_BALANCE: more than the caller's credit that is not locked.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        self._require_active()
        require_offer(amountWh, pricePerKwh, expiryTs)
        seller = self._account(Txn.sender)
        assert seller.producedWh > 0, err.NOT_A_PRODUCER
        assert amountWh <= seller.virtualWh - seller.lockedWh, err.INSUFFICIENT_AVAILABLE_BALANCE
        seller.lockedWh += amountWh
        seller.sellOffers += 1
        self.accounts[Txn.sender] = seller.copy()
        offer_id = self.sell_total.value
        self._add_sell_offer(offer_id, new_offer(Txn.sender, amountWh, pricePerKwh, expiryTs))
        require_mbr_at_least(mbr, UInt64(cfg.OFFER_MBR_MICROALGO))
        arc4.emit(
            OfferCreated(
                offerId=offer_id,
                seller=Txn.sender,
                amountWh=amountWh,
                pricePerKwh=pricePerKwh,
                timestamp=Global.latest_timestamp,
                parentId=offer_id,
                sinceTs=Global.latest_timestamp,
                expiryTs=expiryTs,
            )
        )
        return offer_id

    @arc4.abimethod
    def cancelEnergyOffer(self, offerId: UInt64) -> None:
        """Withdraw a sell offer and unlock its energy. Pause stops the operator, not the seller.

        Args:
            offerId: the sell offer.

        Raises:
            err.INVALID_OFFER_ID: there is no such sell offer, or it was pruned.
            err.OFFER_NOT_ACTIVE: it is closed.
            err.NOT_OFFER_SELLER: the caller is neither its seller nor the operator.
            err.IS_PAUSED: the book is paused, and the caller is not the seller.
        """
        offer = self._active_sell_offer(offerId)
        if Txn.sender != offer.maker:
            assert Txn.sender == self.operator.value, err.NOT_OFFER_SELLER
            self._require_active()
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
            err.OFFER_EXPIRED: its expiry is past.
            err.INVALID_AMOUNT: no energy, or more than the offer's.
            err.SELF_MATCH: the buyer is the seller.
            err.NO_BUYER_CONSENT: the buyer's terms do not cover the price or the amount, or are past their expiry.
        """
        self._require_owner()
        self._require_active()
        assert buyer != Global.zero_address, err.INVALID_ADDRESS
        offer = self._matchable_sell_offer(offerId)
        assert amountWh > 0 and amountWh <= offer.amountWh, err.INVALID_AMOUNT
        assert buyer != offer.maker, err.SELF_MATCH
        account = self._account(buyer)
        assert (
            offer.pricePerKwh <= account.maxBuyPrice
            and amountWh <= account.buyWh
            and is_not_past(account.termsExpiryTs)
        ), err.NO_BUYER_CONSENT
        account.virtualWh += amountWh
        account.buyWh -= amountWh
        self.accounts[buyer] = account.copy()
        self._close_sell_offer(offerId, offer, buyer, amountWh, used_terms=True)
        self._count_trade(amountWh)

    # --- buy offers ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def createEnergyBuyOffer(
        self, mbr: gtxn.PaymentTransaction, amountWh: UInt64, maxPricePerKwh: UInt64, expiryTs: UInt64
    ) -> UInt64:
        """Ask for energy. Anyone may; nothing is locked.

        Args:
            mbr: the storage deposit of the offer and of the caller's first account box, from the caller to this app:
                what createEnergyBuyOfferMbr says. What is more comes back by an inner payment, for which the caller
                pools the fee.
            amountWh: energy in Wh.
            maxPricePerKwh: the most that is paid, in EUR per kWh with 8 decimals.
            expiryTs: Unix time of the last second in which it may be matched; 0 for no end.

        Returns:
            The buy offer's id: 0, 1, 2 …

        Raises:
            err.IS_PAUSED: the book is paused.
            err.INVALID_AMOUNT: no energy, or no price.
            err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
            err.INVALID_EXPIRY: the expiry is past.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        self._require_active()
        require_offer(amountWh, maxPricePerKwh, expiryTs)
        has_account = Txn.sender in self.accounts
        buyer = self._account(Txn.sender)
        buyer.buyOffers += 1
        buyer.openBuyOffers += 1
        self.accounts[Txn.sender] = buyer.copy()
        offer_id = self.buy_total.value
        self._add_buy_offer(offer_id, new_offer(Txn.sender, amountWh, maxPricePerKwh, expiryTs))
        deposit = UInt64(
            cfg.OFFER_MBR_MICROALGO if has_account else cfg.OFFER_MBR_MICROALGO + cfg.ACCOUNT_MBR_MICROALGO
        )
        require_mbr_at_least(mbr, deposit)
        arc4.emit(
            BuyOfferCreated(
                offerId=offer_id,
                buyer=Txn.sender,
                amountWh=amountWh,
                maxPricePerKwh=maxPricePerKwh,
                timestamp=Global.latest_timestamp,
                parentId=offer_id,
                sinceTs=Global.latest_timestamp,
                expiryTs=expiryTs,
            )
        )
        return offer_id

    @arc4.abimethod
    def cancelEnergyBuyOffer(self, offerId: UInt64) -> None:
        """Withdraw a buy offer. Pause stops the operator, not the buyer.

        Args:
            offerId: the buy offer.

        Raises:
            err.INVALID_BUY_OFFER_ID: there is no such buy offer, or it was pruned.
            err.BUY_OFFER_NOT_ACTIVE: it is closed.
            err.NOT_BUY_OFFER_BUYER: the caller is neither its buyer nor the operator.
            err.IS_PAUSED: the book is paused, and the caller is not the buyer.
        """
        offer = self._active_buy_offer(offerId)
        if Txn.sender != offer.maker:
            assert Txn.sender == self.operator.value, err.NOT_BUY_OFFER_BUYER
            self._require_active()
        self.accounts[offer.maker].openBuyOffers -= 1
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
            err.BUY_OFFER_EXPIRED: its expiry is past.
            err.INVALID_AMOUNT: no energy, or more than the offer's.
            err.SELF_MATCH: the seller is the buyer.
            err.NO_SELLER_CONSENT: the seller's terms do not cover the amount, ask for more than the offer's maximum, or
                are past their expiry.
            err.INSUFFICIENT_SELLER_BALANCE: more than the seller's credit that is not locked.
        """
        self._require_owner()
        self._require_active()
        assert seller != Global.zero_address, err.INVALID_ADDRESS
        offer = self._matchable_buy_offer(offerId)
        assert amountWh > 0 and amountWh <= offer.amountWh, err.INVALID_AMOUNT
        assert seller != offer.maker, err.SELF_MATCH
        account = self._account(seller)
        price = account.minSellPrice
        assert price <= offer.pricePerKwh and amountWh <= account.sellWh and is_not_past(account.termsExpiryTs), (
            err.NO_SELLER_CONSENT
        )
        assert amountWh <= account.virtualWh - account.lockedWh, err.INSUFFICIENT_SELLER_BALANCE
        account.virtualWh -= amountWh
        account.sellWh -= amountWh
        self.accounts[seller] = account.copy()
        self._close_buy_offer(offerId, offer, seller, amountWh, price, used_terms=True)
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
            err.OFFER_EXPIRED: the sell offer's expiry is past.
            err.BUY_OFFER_EXPIRED: the buy offer's expiry is past.
            err.INVALID_AMOUNT: no energy, or more than either offer's.
            err.SELF_MATCH: seller and buyer are one account.
            err.PRICE_CROSS: the sell price is above the buy offer's maximum.
        """
        self._require_owner()
        self._require_active()
        sell = self._matchable_sell_offer(sellId)
        buy = self._matchable_buy_offer(buyId)
        assert amountWh > 0 and amountWh <= sell.amountWh and amountWh <= buy.amountWh, err.INVALID_AMOUNT
        assert sell.maker != buy.maker, err.SELF_MATCH
        assert sell.pricePerKwh <= buy.pricePerKwh, err.PRICE_CROSS
        self._close_sell_offer(sellId, sell, buy.maker, amountWh, used_terms=False)
        self._close_buy_offer(buyId, buy, sell.maker, amountWh, sell.pricePerKwh, used_terms=False)
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
        refund = delete_and_refund(cfg.BOX_SELL_OFFER + op.itob(offerId), offer.maker, paid_by_float=offer.paidByFloat)
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
        refund = delete_and_refund(cfg.BOX_BUY_OFFER + op.itob(offerId), offer.maker, paid_by_float=offer.paidByFloat)
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

    # --- spare ALGO ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def withdrawSurplus(self, amountMicroalgo: UInt64) -> None:
        """Pay ALGO that the book does not need to the admin: gifts, and deposits of children that were pruned.

        The minimum balance stays, and with it every deposit. The caller's fee covers the inner payment.

        Args:
            amountMicroalgo: what to pay out, in microALGO.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.INVALID_AMOUNT: no ALGO.
            err.OVER_SURPLUS: more than the balance less the minimum balance.
        """
        self._require_admin()
        pay_surplus(amountMicroalgo, UInt64())

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine(inline=True)
    def _require_owner(self) -> None:
        assert Txn.sender == self.operator.value, err.NOT_OWNER

    @subroutine(inline=True)
    def _require_can_give_back(self, receiver: Account) -> None:
        assert receiver != Global.zero_address, err.INVALID_ADDRESS
        assert receiver != Global.current_application_address, err.INVALID_ADDRESS
        receipt = Application(self.kwh_receipt_app.value)
        assert receiver != receipt.address, err.INVALID_ADDRESS
        ppa, _has_ppa = op.AppGlobal.get_ex_bytes(receipt, KEY_PPA_ADDRESS)
        assert receiver.bytes != ppa, err.INVALID_ADDRESS
        vault, _has_vault = op.AppGlobal.get_ex_bytes(receipt, KEY_VAULT_ADDRESS)
        assert receiver.bytes != vault, err.INVALID_ADDRESS

    @subroutine(inline=True)
    def _take_available(self, amount_wh: UInt64) -> None:
        """Take credit that is not locked from the caller."""
        assert amount_wh > 0, err.INVALID_AMOUNT
        assert amount_wh <= self._available_wh(Txn.sender), err.INSUFFICIENT_AVAILABLE_BALANCE
        self.accounts[Txn.sender].virtualWh -= amount_wh

    @subroutine(inline=True)
    def _active_sell_offer(self, offer_id: UInt64) -> Offer:
        assert offer_id in self.sell_offers, err.INVALID_OFFER_ID
        offer = self.sell_offers[offer_id].copy()
        assert offer.status == cfg.STATUS_ACTIVE, err.OFFER_NOT_ACTIVE
        return offer

    @subroutine(inline=True)
    def _active_buy_offer(self, offer_id: UInt64) -> Offer:
        assert offer_id in self.buy_offers, err.INVALID_BUY_OFFER_ID
        offer = self.buy_offers[offer_id].copy()
        assert offer.status == cfg.STATUS_ACTIVE, err.BUY_OFFER_NOT_ACTIVE
        return offer

    @subroutine(inline=True)
    def _matchable_sell_offer(self, offer_id: UInt64) -> Offer:
        offer = self._active_sell_offer(offer_id)
        assert is_not_past(offer.expiryTs), err.OFFER_EXPIRED
        return offer

    @subroutine(inline=True)
    def _matchable_buy_offer(self, offer_id: UInt64) -> Offer:
        offer = self._active_buy_offer(offer_id)
        assert is_not_past(offer.expiryTs), err.BUY_OFFER_EXPIRED
        return offer

    @subroutine(inline=True)
    def _add_sell_offer(self, offer_id: UInt64, offer: Offer) -> None:
        self.sell_total.value = offer_id + 1
        self.sell_active.value += 1
        self.sell_offers[offer_id] = offer.copy()

    @subroutine
    def _open_sell_child(self, offer_id: UInt64, parent_id: UInt64, offer: Offer) -> None:
        self._add_sell_offer(offer_id, offer)
        arc4.emit(
            OfferCreated(
                offerId=offer_id,
                seller=offer.maker,
                amountWh=offer.amountWh,
                pricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
                parentId=parent_id,
                sinceTs=offer.sinceTs,
                expiryTs=offer.expiryTs,
            )
        )

    @subroutine(inline=True)
    def _add_buy_offer(self, offer_id: UInt64, offer: Offer) -> None:
        self.buy_total.value = offer_id + 1
        self.buy_active.value += 1
        self.buy_offers[offer_id] = offer.copy()

    @subroutine
    def _open_buy_child(self, offer_id: UInt64, parent_id: UInt64, offer: Offer) -> None:
        self._add_buy_offer(offer_id, offer)
        arc4.emit(
            BuyOfferCreated(
                offerId=offer_id,
                buyer=offer.maker,
                amountWh=offer.amountWh,
                maxPricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
                parentId=parent_id,
                sinceTs=offer.sinceTs,
                expiryTs=offer.expiryTs,
            )
        )

    @subroutine
    def _close_sell_offer(
        self, offer_id: UInt64, offer: Offer, buyer: Account, amount_wh: UInt64, *, used_terms: bool
    ) -> None:
        """The sell side of a trade: take the seller's energy, close the offer, open a child with the remainder."""
        self.sell_active.value -= 1
        is_partial = amount_wh < offer.amountWh
        child_id = self.sell_total.value if is_partial else UInt64(cfg.NO_CHILD)
        self.sell_offers[offer_id] = matched_offer(offer, amount_wh, child_id)
        seller = self.accounts[offer.maker].copy()
        seller.virtualWh -= amount_wh
        seller.lockedWh -= amount_wh
        if is_partial:
            seller.sellOffers += 1
        self.accounts[offer.maker] = seller.copy()
        arc4.emit(
            OfferMatched(
                offerId=offer_id,
                seller=offer.maker,
                buyer=buyer,
                amountWh=amount_wh,
                pricePerKwh=offer.pricePerKwh,
                timestamp=Global.latest_timestamp,
                newOfferId=child_id,
                usedTerms=used_terms,
            )
        )
        if is_partial:
            self._open_sell_child(child_id, offer_id, child_offer(offer, amount_wh))
        else:
            arc4.emit(OfferCompleted(offerId=offer_id, seller=offer.maker, timestamp=Global.latest_timestamp))

    @subroutine
    def _close_buy_offer(
        self,
        offer_id: UInt64,
        offer: Offer,
        seller: Account,
        amount_wh: UInt64,
        price_per_kwh: UInt64,
        *,
        used_terms: bool,
    ) -> None:
        """The buy side of a trade: give the buyer the energy, close the offer, open a child with the remainder."""
        self.buy_active.value -= 1
        is_partial = amount_wh < offer.amountWh
        child_id = self.buy_total.value if is_partial else UInt64(cfg.NO_CHILD)
        self.buy_offers[offer_id] = matched_offer(offer, amount_wh, child_id)
        buyer = self.accounts[offer.maker].copy()
        buyer.virtualWh += amount_wh
        if is_partial:
            buyer.buyOffers += 1
        else:
            buyer.openBuyOffers -= 1
        self.accounts[offer.maker] = buyer.copy()
        arc4.emit(
            BuyOfferMatched(
                offerId=offer_id,
                buyer=offer.maker,
                seller=seller,
                amountWh=amount_wh,
                timestamp=Global.latest_timestamp,
                newOfferId=child_id,
                pricePerKwh=price_per_kwh,
                usedTerms=used_terms,
            )
        )
        if is_partial:
            self._open_buy_child(child_id, offer_id, child_offer(offer, amount_wh))
        else:
            arc4.emit(BuyOfferCompleted(offerId=offer_id, buyer=offer.maker, timestamp=Global.latest_timestamp))

    @subroutine(inline=True)
    def _count_trade(self, amount_wh: UInt64) -> None:
        self.traded_wh.value += amount_wh
        self.trades.value += 1


@subroutine(inline=True)
def is_not_past(expiry_ts: UInt64) -> bool:
    """Whether something still holds; 0 is no expiry."""
    return expiry_ts == 0 or Global.latest_timestamp <= expiry_ts


@subroutine(inline=True)
def require_offer(amount_wh: UInt64, price_per_kwh: UInt64, expiry_ts: UInt64) -> None:
    """Refuse an empty offer, one beyond the bounds, and one that nobody could match.

    Raises:
        err.INVALID_AMOUNT: no energy, or no price.
        err.AMOUNT_TOO_LARGE: more than 10^12 Wh, or a price above 10^11.
        err.INVALID_EXPIRY: the expiry is past.
    """
    assert amount_wh > 0, err.INVALID_AMOUNT
    assert price_per_kwh > 0, err.INVALID_AMOUNT
    assert amount_wh <= cfg.MAX_OFFER_WH, err.AMOUNT_TOO_LARGE
    assert price_per_kwh <= cfg.MAX_PRICE, err.AMOUNT_TOO_LARGE
    assert is_not_past(expiry_ts), err.INVALID_EXPIRY


@subroutine(inline=True)
def new_offer(maker: Account, amount_wh: UInt64, price_per_kwh: UInt64, expiry_ts: UInt64) -> Offer:
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
        expiryTs=expiry_ts,
    )


@subroutine(inline=True)
def child_offer(parent: Offer, matched_wh: UInt64) -> Offer:
    """What a partial match leaves, with the parent's price, place in time and expiry.

    The app's float pays its deposit.
    """
    child = parent.copy()
    child.amountWh -= matched_wh
    child.paidByFloat = True
    return child


@subroutine(inline=True)
def matched_offer(offer: Offer, matched_wh: UInt64, child_id: UInt64) -> Offer:
    """The record of a match: how much of the offer was traded, and which child has the rest."""
    closed = offer.copy()
    closed.matchedWh = matched_wh
    closed.childId = child_id
    closed.status = arc4.UInt8(cfg.STATUS_COMPLETED if matched_wh == offer.amountWh else cfg.STATUS_PARTIALLY_FILLED)
    return closed


@subroutine
def delete_and_refund(box_name: Bytes, payer: Account, *, paid_by_float: bool) -> UInt64:
    """Delete a box and give the deposit that it frees to who paid it, unless that was the app's float.

    Returns:
        What was paid out, in microALGO.
    """
    app = Global.current_application_address
    deposits_before = app.min_balance
    del Box(Bytes, key=box_name).value
    if paid_by_float:
        return UInt64(0)
    refund = deposits_before - app.min_balance
    itxn.Payment(receiver=payer, amount=refund, fee=0).submit()
    return refund
