"""Calls of OfferBook."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from algokit_utils import AlgoAmount, AppCallMethodCallParams, BoxReference, CommonAppCallParams, PaymentParams

from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_client import (
    CancelEnergyBuyOfferArgs,
    CancelEnergyOfferArgs,
    ConsumeEnergyArgs,
    CreateEnergyBuyOfferMbrArgs,
    GetActiveBuyOffersArgs,
    GetActiveOffersArgs,
    GetAllBuyOffersArgs,
    GetAllOffersArgs,
    GetAvailableBalanceArgs,
    GetAvailableBalanceInKwhArgs,
    GetAvailableBalanceInWhArgs,
    GetBuyerOffersCountArgs,
    GetBuyOfferByIdArgs,
    GetBuyOffersByBuyerArgs,
    GetLockedBalanceArgs,
    GetLockedBalanceInKwhArgs,
    GetLockedBalanceInWhArgs,
    GetOfferByIdArgs,
    GetOffersBySellerArgs,
    GetSellerOffersCountArgs,
    GetTradingTermsArgs,
    GetVirtualBalanceArgs,
    GetVirtualBalanceInKwhArgs,
    GetVirtualBalanceInWhArgs,
    MatchEnergyBuyOfferArgs,
    MatchEnergyOfferArgs,
    MatchOffersArgs,
    MintEnergyArgs,
    OfferBookClient,
    PruneBuyOfferArgs,
    PruneOfferArgs,
    SetGridPriceArgs,
    SetTradingTermsMbrArgs,
    TransferEnergyMbrArgs,
    WithdrawSurplusArgs,
)
from gridpact.contracts.offer_book_layout import Offer, TradingAccount, TradingTerms
from gridpact.market.boxes import account_box_name, buy_offer_box_name, sell_offer_box_name
from gridpact.production.boxes import ledger_box_name

MINT_ENERGY_FEE: Final = fee(2)  # the draw
TRANSFER_ENERGY_FEE: Final = fee(1)
CONSUME_ENERGY_FEE: Final = fee(1)
SET_TRADING_TERMS_FEE: Final = fee(1)
CLOSE_TRADING_ACCOUNT_FEE: Final = fee(2)  # the refund
OPENING_FEE: Final = fee(1)  # in addition, where an account box may be missing: what comes back when it is not
WITHDRAW_SURPLUS_FEE: Final = fee(2)  # the payment
CREATE_ENERGY_OFFER_FEE: Final = fee(1)
CANCEL_ENERGY_OFFER_FEE: Final = fee(1)
MATCH_ENERGY_OFFER_FEE: Final = fee(1)
CREATE_ENERGY_BUY_OFFER_FEE: Final = fee(1)
CANCEL_ENERGY_BUY_OFFER_FEE: Final = fee(1)
MATCH_ENERGY_BUY_OFFER_FEE: Final = fee(1)
MATCH_OFFERS_FEE: Final = fee(1)
PRUNE_FEE: Final = fee(2)  # the refund
PRUNE_CHILD_FEE: Final = fee(1)  # no refund
SET_GRID_PRICE_FEE: Final = fee(1)
DEPOSIT_FEE: Final = fee(1)
QUERY_FEE: Final = fee(1)

# Ids that a call names beyond the one it expects to make: so many offers may be created by others meanwhile.
SPARE_IDS: Final = 4
SPARE_IDS_BOTH_SIDES: Final = 1  # matchOffers names eight boxes with it


@dataclass(frozen=True, slots=True)
class OfferBookCalls:
    """Builds calls of one OfferBook app.

    A new offer's id is the side's total at the time when its call runs. Builders take the total of now as `offer_id` or
    `child_id` and name a few later ids too, so that a call does not fail because others were quicker.
    """

    client: OfferBookClient
    kwh_receipt_id: int
    """App id of the KWhReceipt that the app draws from."""

    # --- credit and consent -------------------------------------------------------------------------------------------

    def mint_energy(self, sender: str, args: MintEnergyArgs) -> Call:
        """Turn metered energy into its producer's credit.

        Args:
            sender: the operator.
            args: producer, epoch, energy.
        """
        box = self._account_box(args.producer)
        return Call(
            self.client.params.mint_energy(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=MINT_ENERGY_FEE,
                    box_references=[
                        self._reference(box.name),
                        BoxReference(self.kwh_receipt_id, ledger_box_name(args.producer, args.epochId)),
                    ],
                    app_references=[self.kwh_receipt_id],
                ),
            ),
            creates=(box,),
        )

    def transfer_energy(self, sender: str, receiver: str, amount_wh: int, *, opens_account: bool) -> Call:
        """`[deposit, transferEnergy]`: give available credit to another account.

        Args:
            sender: whose credit.
            receiver: who gets it.
            amount_wh: credit in Wh.
            opens_account: whether the receiver has no account box yet.
        """
        return self._with_deposit(
            "transferEnergy",
            _opening(TRANSFER_ENERGY_FEE, opens_account=opens_account),
            self.deposit(sender, cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0, f'{{"account":"{receiver}"}}'),
            [receiver, amount_wh],
            [account_box_name(sender), account_box_name(receiver)],
            app_references=[self.kwh_receipt_id],
        )

    def consume_energy(self, sender: str, args: ConsumeEnergyArgs) -> Call:
        """Use up available credit of the sender."""
        return Call(
            self.client.params.consume_energy(
                args=args, params=self._common(sender, CONSUME_ENERGY_FEE, [account_box_name(sender)])
            )
        )

    def set_trading_terms(self, sender: str, terms: TradingTerms, *, opens_account: bool) -> Call:
        """`[deposit, setTradingTerms]`: say what the operator may do for the sender in one-sided matches.

        Args:
            sender: whose terms.
            terms: price limits in EUR per kWh with 8 decimals, Wh, and expiry; all zero takes the consent back.
            opens_account: whether the sender has no account box yet.
        """
        return self._with_deposit(
            "setTradingTerms",
            _opening(SET_TRADING_TERMS_FEE, opens_account=opens_account),
            self.deposit(sender, cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0, f'{{"account":"{sender}"}}'),
            [terms.min_sell_price, terms.sell_wh, terms.max_buy_price, terms.buy_wh, terms.expiry_ts],
            [account_box_name(sender)],
        )

    def close_trading_account(self, sender: str) -> Call:
        """Remove the sender's empty account."""
        params = self._common(sender, CLOSE_TRADING_ACCOUNT_FEE, [account_box_name(sender)])
        return Call(self.client.params.close_trading_account(params=params))

    # --- sell offers --------------------------------------------------------------------------------------------------

    def create_energy_offer(
        self, sender: str, amount_wh: int, price_per_kwh: int, offer_id: int, *, expiry_ts: int = 0
    ) -> Call:
        """`[deposit, createEnergyOffer]`: offer energy.

        Args:
            sender: the seller.
            amount_wh: energy in Wh.
            price_per_kwh: EUR per kWh with 8 decimals.
            offer_id: the id that it will get: the app's `sell_total`.
            expiry_ts: Unix time of the last second in which it may be matched; 0 for no end.
        """
        return self._with_deposit(
            "createEnergyOffer",
            CREATE_ENERGY_OFFER_FEE,
            self.deposit(sender, cfg.OFFER_MBR_MICROALGO, f'{{"sell":{offer_id}}}'),
            [amount_wh, price_per_kwh, expiry_ts],
            [account_box_name(sender), *_offer_names(sell_offer_box_name, offer_id, SPARE_IDS)],
        )

    def cancel_energy_offer(self, sender: str, args: CancelEnergyOfferArgs, seller: str) -> Call:
        """Withdraw a sell offer.

        Args:
            sender: its seller, or the operator.
            args: the offer.
            seller: who made it.
        """
        return Call(
            self.client.params.cancel_energy_offer(
                args=args,
                params=self._common(
                    sender,
                    CANCEL_ENERGY_OFFER_FEE,
                    [sell_offer_box_name(args.offerId), account_box_name(seller)],
                ),
            )
        )

    def match_energy_offer(self, sender: str, args: MatchEnergyOfferArgs, seller: str, child_id: int | None) -> Call:
        """Sell energy of an offer to a buyer whose terms allow it.

        Args:
            sender: the operator.
            args: offer, buyer, energy.
            seller: who made the offer.
            child_id: the app's `sell_total` when the match is partial; None when it is full.
        """
        return Call(
            self.client.params.match_energy_offer(
                args=args,
                params=self._common(
                    sender,
                    MATCH_ENERGY_OFFER_FEE,
                    [
                        sell_offer_box_name(args.offerId),
                        account_box_name(seller),
                        account_box_name(args.buyer),
                        *_offer_names(sell_offer_box_name, child_id, SPARE_IDS),
                    ],
                ),
            ),
            creates=self._children(sell_offer_box_name, child_id),
        )

    def prune_offer(self, sender: str, args: PruneOfferArgs, refund_to: str | None) -> Call:
        """Remove the record of a closed sell offer.

        Args:
            sender: anyone.
            args: the offer.
            refund_to: its seller; None for the child of a partial match (`paidByFloat`), which refunds nobody.
        """
        return Call(
            self.client.params.prune_offer(
                args=args, params=self._prune(sender, sell_offer_box_name(args.offerId), refund_to)
            )
        )

    # --- buy offers ---------------------------------------------------------------------------------------------------

    def create_energy_buy_offer(
        self,
        sender: str,
        amount_wh: int,
        max_price_per_kwh: int,
        offer_id: int,
        *,
        opens_account: bool,
        expiry_ts: int = 0,
    ) -> Call:
        """`[deposit, createEnergyBuyOffer]`: ask for energy.

        Args:
            sender: the buyer.
            amount_wh: energy in Wh.
            max_price_per_kwh: EUR per kWh with 8 decimals.
            offer_id: the id that it will get: the app's `buy_total`.
            opens_account: whether the buyer has no account box yet.
            expiry_ts: Unix time of the last second in which it may be matched; 0 for no end.
        """
        deposit = cfg.OFFER_MBR_MICROALGO + (cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0)
        return self._with_deposit(
            "createEnergyBuyOffer",
            _opening(CREATE_ENERGY_BUY_OFFER_FEE, opens_account=opens_account),
            self.deposit(sender, deposit, f'{{"buy":{offer_id}}}'),
            [amount_wh, max_price_per_kwh, expiry_ts],
            [account_box_name(sender), *_offer_names(buy_offer_box_name, offer_id, SPARE_IDS)],
        )

    def cancel_energy_buy_offer(self, sender: str, args: CancelEnergyBuyOfferArgs, buyer: str) -> Call:
        """Withdraw a buy offer.

        Args:
            sender: its buyer, or the operator.
            args: the offer.
            buyer: who made it.
        """
        return Call(
            self.client.params.cancel_energy_buy_offer(
                args=args,
                params=self._common(
                    sender,
                    CANCEL_ENERGY_BUY_OFFER_FEE,
                    [buy_offer_box_name(args.offerId), account_box_name(buyer)],
                ),
            )
        )

    def match_energy_buy_offer(
        self, sender: str, args: MatchEnergyBuyOfferArgs, buyer: str, child_id: int | None
    ) -> Call:
        """Serve a buy offer from a seller whose terms allow it.

        Args:
            sender: the operator.
            args: offer, seller, energy.
            buyer: who made the offer.
            child_id: the app's `buy_total` when the match is partial; None when it is full.
        """
        return Call(
            self.client.params.match_energy_buy_offer(
                args=args,
                params=self._common(
                    sender,
                    MATCH_ENERGY_BUY_OFFER_FEE,
                    [
                        buy_offer_box_name(args.offerId),
                        account_box_name(buyer),
                        account_box_name(args.seller),
                        *_offer_names(buy_offer_box_name, child_id, SPARE_IDS),
                    ],
                ),
            ),
            creates=self._children(buy_offer_box_name, child_id),
        )

    def prune_buy_offer(self, sender: str, args: PruneBuyOfferArgs, refund_to: str | None) -> Call:
        """Remove the record of a closed buy offer.

        Args:
            sender: anyone.
            args: the offer.
            refund_to: its buyer; None for the child of a partial match (`paidByFloat`), which refunds nobody.
        """
        return Call(
            self.client.params.prune_buy_offer(
                args=args, params=self._prune(sender, buy_offer_box_name(args.offerId), refund_to)
            )
        )

    # --- both sides ---------------------------------------------------------------------------------------------------

    def match_offers(
        self,
        sender: str,
        args: MatchOffersArgs,
        seller: str,
        buyer: str,
        *,
        sell_child_id: int | None,
        buy_child_id: int | None,
        spare_ids: int = SPARE_IDS_BOTH_SIDES,
    ) -> Call:
        """Match a sell offer with a buy offer.

        Args:
            sender: the operator.
            args: both offers, energy.
            seller: who made the sell offer.
            buyer: who made the buy offer.
            sell_child_id: the app's `sell_total` when the sell offer is matched in part; None when in full.
            buy_child_id: the app's `buy_total` when the buy offer is matched in part; None when in full.
            spare_ids: later ids that are named for each child. With 0 the call fails when another client makes an offer
                first: what stands behind it in the group may rely on the child's id.
        """
        return Call(
            self.client.params.match_offers(
                args=args,
                params=self._common(
                    sender,
                    MATCH_OFFERS_FEE,
                    [
                        sell_offer_box_name(args.sellId),
                        buy_offer_box_name(args.buyId),
                        account_box_name(seller),
                        account_box_name(buyer),
                        *_offer_names(sell_offer_box_name, sell_child_id, spare_ids),
                        *_offer_names(buy_offer_box_name, buy_child_id, spare_ids),
                    ],
                ),
            ),
            creates=(
                *self._children(sell_offer_box_name, sell_child_id),
                *self._children(buy_offer_box_name, buy_child_id),
            ),
        )

    def set_grid_price(self, sender: str, args: SetGridPriceArgs) -> Call:
        """Publish the grid's reference price."""
        return Call(self.client.params.set_grid_price(args=args, params=self._common(sender, SET_GRID_PRICE_FEE, [])))

    def withdraw_surplus(self, sender: str, args: WithdrawSurplusArgs) -> Call:
        """Pay ALGO that the app does not need to the admin.

        Args:
            sender: the admin.
            args: microALGO.
        """
        params = self._common(sender, WITHDRAW_SURPLUS_FEE, [])
        return Call(self.client.params.withdraw_surplus(args=args, params=params))

    # --- queries: offers ----------------------------------------------------------------------------------------------

    def get_active_offers(self, sender: str, args: GetActiveOffersArgs) -> Call:
        """Read the active ones among at most 8 sell offers."""
        params = self._page(sender, sell_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_active_offers(args=args, params=params))

    def get_offers_by_seller(self, sender: str, args: GetOffersBySellerArgs) -> Call:
        """Read a seller's among at most 8 sell offers."""
        params = self._page(sender, sell_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_offers_by_seller(args=args, params=params))

    def get_all_offers(self, sender: str, args: GetAllOffersArgs) -> Call:
        """Read at most 8 sell offers."""
        params = self._page(sender, sell_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_all_offers(args=args, params=params))

    def get_offer_by_id(self, sender: str, args: GetOfferByIdArgs) -> Call:
        """Read a sell offer."""
        params = self._common(sender, QUERY_FEE, [sell_offer_box_name(args.offerId)])
        return Call(self.client.params.get_offer_by_id(args=args, params=params))

    def get_active_offers_count(self, sender: str) -> Call:
        """Read how many sell offers are active."""
        return Call(self.client.params.get_active_offers_count(params=self._common(sender, QUERY_FEE, [])))

    def get_total_offers_count(self, sender: str) -> Call:
        """Read how many sell offers were ever made."""
        return Call(self.client.params.get_total_offers_count(params=self._common(sender, QUERY_FEE, [])))

    def get_seller_offers_count(self, sender: str, args: GetSellerOffersCountArgs) -> Call:
        """Read how many sell offers a seller ever had."""
        params = self._common(sender, QUERY_FEE, [account_box_name(args.seller)])
        return Call(self.client.params.get_seller_offers_count(args=args, params=params))

    def get_active_buy_offers(self, sender: str, args: GetActiveBuyOffersArgs) -> Call:
        """Read the active ones among at most 8 buy offers."""
        params = self._page(sender, buy_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_active_buy_offers(args=args, params=params))

    def get_buy_offers_by_buyer(self, sender: str, args: GetBuyOffersByBuyerArgs) -> Call:
        """Read a buyer's among at most 8 buy offers."""
        params = self._page(sender, buy_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_buy_offers_by_buyer(args=args, params=params))

    def get_all_buy_offers(self, sender: str, args: GetAllBuyOffersArgs) -> Call:
        """Read at most 8 buy offers."""
        params = self._page(sender, buy_offer_box_name, args.offset, args.limit)
        return Call(self.client.params.get_all_buy_offers(args=args, params=params))

    def get_buy_offer_by_id(self, sender: str, args: GetBuyOfferByIdArgs) -> Call:
        """Read a buy offer."""
        params = self._common(sender, QUERY_FEE, [buy_offer_box_name(args.offerId)])
        return Call(self.client.params.get_buy_offer_by_id(args=args, params=params))

    def get_active_buy_offers_count(self, sender: str) -> Call:
        """Read how many buy offers are active."""
        return Call(self.client.params.get_active_buy_offers_count(params=self._common(sender, QUERY_FEE, [])))

    def get_total_buy_offers_count(self, sender: str) -> Call:
        """Read how many buy offers were ever made."""
        return Call(self.client.params.get_total_buy_offers_count(params=self._common(sender, QUERY_FEE, [])))

    def get_buyer_offers_count(self, sender: str, args: GetBuyerOffersCountArgs) -> Call:
        """Read how many buy offers a buyer ever had."""
        params = self._common(sender, QUERY_FEE, [account_box_name(args.buyer)])
        return Call(self.client.params.get_buyer_offers_count(args=args, params=params))

    # --- queries: accounts --------------------------------------------------------------------------------------------

    def get_virtual_balance(self, sender: str, args: GetVirtualBalanceArgs) -> Call:
        """Read an account's credit, in SPARK."""
        return Call(self.client.params.get_virtual_balance(args=args, params=self._account_query(sender, args.user)))

    def get_locked_balance(self, sender: str, args: GetLockedBalanceArgs) -> Call:
        """Read an account's locked credit, in SPARK."""
        return Call(self.client.params.get_locked_balance(args=args, params=self._account_query(sender, args.user)))

    def get_available_balance(self, sender: str, args: GetAvailableBalanceArgs) -> Call:
        """Read an account's available credit, in SPARK."""
        return Call(self.client.params.get_available_balance(args=args, params=self._account_query(sender, args.user)))

    def get_virtual_balance_in_wh(self, sender: str, args: GetVirtualBalanceInWhArgs) -> Call:
        """Read an account's credit, in Wh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_virtual_balance_in_wh(args=args, params=params))

    def get_locked_balance_in_wh(self, sender: str, args: GetLockedBalanceInWhArgs) -> Call:
        """Read an account's locked credit, in Wh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_locked_balance_in_wh(args=args, params=params))

    def get_available_balance_in_wh(self, sender: str, args: GetAvailableBalanceInWhArgs) -> Call:
        """Read an account's available credit, in Wh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_available_balance_in_wh(args=args, params=params))

    def get_virtual_balance_in_kwh(self, sender: str, args: GetVirtualBalanceInKwhArgs) -> Call:
        """Read an account's credit, in whole kWh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_virtual_balance_in_kwh(args=args, params=params))

    def get_locked_balance_in_kwh(self, sender: str, args: GetLockedBalanceInKwhArgs) -> Call:
        """Read an account's locked credit, in whole kWh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_locked_balance_in_kwh(args=args, params=params))

    def get_available_balance_in_kwh(self, sender: str, args: GetAvailableBalanceInKwhArgs) -> Call:
        """Read an account's available credit, in whole kWh."""
        params = self._account_query(sender, args.user)
        return Call(self.client.params.get_available_balance_in_kwh(args=args, params=params))

    def get_trading_terms(self, sender: str, args: GetTradingTermsArgs) -> Call:
        """Read an account's trading terms."""
        return Call(self.client.params.get_trading_terms(args=args, params=self._account_query(sender, args.account)))

    def get_grid_price(self, sender: str) -> Call:
        """Read the grid's reference price."""
        return Call(self.client.params.get_grid_price(params=self._common(sender, QUERY_FEE, [])))

    # --- queries: deposits --------------------------------------------------------------------------------------------

    def create_energy_buy_offer_mbr(self, sender: str, args: CreateEnergyBuyOfferMbrArgs) -> Call:
        """Read the deposit of a buyer's next buy offer."""
        params = self._account_query(sender, args.buyer)
        return Call(self.client.params.create_energy_buy_offer_mbr(args=args, params=params))

    def set_trading_terms_mbr(self, sender: str, args: SetTradingTermsMbrArgs) -> Call:
        """Read the deposit of an account's trading terms."""
        params = self._account_query(sender, args.account)
        return Call(self.client.params.set_trading_terms_mbr(args=args, params=params))

    def transfer_energy_mbr(self, sender: str, args: TransferEnergyMbrArgs) -> Call:
        """Read the deposit of a transfer to a receiver."""
        params = self._account_query(sender, args.receiver)
        return Call(self.client.params.transfer_energy_mbr(args=args, params=params))

    def deposit(self, sender: str, microalgo: int, purpose: str) -> PaymentParams:
        """The payment that stands directly before a call which makes a box.

        To the ledger two payments with equal fields are one and the same transaction, also inside a group: the note
        (ARC-2) tells the deposits of two calls apart.

        Args:
            sender: who calls.
            microalgo: the deposit, 0 where no box is missing.
            purpose: JSON that names the box.
        """
        return PaymentParams(
            sender=sender,
            receiver=self.client.app_address,
            amount=AlgoAmount.from_micro_algo(microalgo),
            note=f'gridpact:j{{"storage":{purpose}}}'.encode(),
            static_fee=DEPOSIT_FEE,
        )

    # --- inside -------------------------------------------------------------------------------------------------------

    def _with_deposit(
        self,
        method: str,
        static_fee: AlgoAmount,
        deposit: PaymentParams,
        arguments: Sequence[Any],
        boxes: Iterable[bytes],
        app_references: Sequence[int] = (),
    ) -> Call:
        # The typed client takes a finished transaction only. The composer takes its parameters too, and makes both
        # transactions when the group is built: nothing is asked of the node before.
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self.client.app_client.app_spec.get_arc56_method(method).to_abi_method(),
                args=[deposit, *arguments],
                sender=deposit.sender,
                static_fee=static_fee,
                box_references=[self._reference(name) for name in boxes],
                app_references=list(app_references),
            )
        )

    def _common(
        self, sender: str, static_fee: AlgoAmount, boxes: Iterable[bytes], accounts: Sequence[str] = ()
    ) -> CommonAppCallParams:
        return CommonAppCallParams(
            sender=sender,
            static_fee=static_fee,
            box_references=[self._reference(name) for name in boxes],
            account_references=list(accounts),
        )

    def _prune(self, sender: str, box_name: bytes, refund_to: str | None) -> CommonAppCallParams:
        if refund_to is None:
            return self._common(sender, PRUNE_CHILD_FEE, [box_name])
        return self._common(sender, PRUNE_FEE, [box_name], [refund_to])

    def _account_query(self, sender: str, account: str) -> CommonAppCallParams:
        return self._common(sender, QUERY_FEE, [account_box_name(account)])

    def _page(self, sender: str, name: Callable[[int], bytes], offset: int, limit: int) -> CommonAppCallParams:
        return self._common(
            sender, QUERY_FEE, [name(offer_id) for offer_id in range(offset, offset + min(limit, cfg.PAGE_SIZE))]
        )

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)

    def _account_box(self, address: str) -> Box:
        return Box(self.client.app_id, account_box_name(address), TradingAccount.SIZE)

    def _children(self, name: Callable[[int], bytes], child_id: int | None) -> tuple[Box, ...]:
        return () if child_id is None else (Box(self.client.app_id, name(child_id), Offer.SIZE, is_new=True),)


def _opening(static_fee: AlgoAmount, *, opens_account: bool) -> AlgoAmount:
    # Others may open the account first: then its deposit comes back by an inner payment.
    return static_fee + OPENING_FEE if opens_account else static_fee


def _offer_names(name: Callable[[int], bytes], first_id: int | None, spare: int) -> list[bytes]:
    """The box that is made next on a side, and those that would be if others were quicker; none for `None`."""
    return [] if first_id is None else [name(offer_id) for offer_id in range(first_id, first_id + 1 + spare)]
