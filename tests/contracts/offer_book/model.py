"""The offer book in plain Python: what every call must do, without the chain.

Each method of `Model` raises `RefusedError` before it changes anything, or changes the state and returns the events.
"""

from dataclasses import dataclass, field, replace

from gridpact.contracts.offer_book_client import Offer, TradingAccount
from smart_contracts.interfaces.config import NO_REFERENCE
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.ladder import ACCOUNT_MBR, EPOCH, NO_ACCOUNT, OFFER_MBR
from tests.support.events import ANY_TIME, Expected

Events = list[Expected]


class RefusedError(Exception):
    """The contract must refuse with this error."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def require(condition: bool, name: str) -> None:
    if not condition:
        raise RefusedError(name)


@dataclass
class Ledger:
    """A producer's energy, as KWhReceipt keeps it."""

    recorded_wh: int = 0
    deficit_wh: int = 0
    minted_wh: int = 0
    remaining_wh: int = 0


@dataclass
class Trade:
    """What both sides had agreed to when the operator matched them."""

    price: int
    wh: int
    least_price: int
    most_price: int
    sell_wh: int
    buy_wh: int


@dataclass
class Model:
    """State of the book, its money, and the ledgers that it draws from."""

    operator: str
    balance: int
    """microALGO of the app's account."""
    minimum_balance: int
    accounts: dict[str, TradingAccount] = field(default_factory=dict)
    sells: dict[int, Offer] = field(default_factory=dict)
    buys: dict[int, Offer] = field(default_factory=dict)
    sell_total: int = 0
    buy_total: int = 0
    minted_wh: int = 0
    consumed_wh: int = 0
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    trades: list[Trade] = field(default_factory=list)
    paused: bool = False
    grid_price: int = 0

    # --- reading ------------------------------------------------------------------------------------------------------

    def account(self, address: str) -> TradingAccount:
        return self.accounts.get(address, NO_ACCOUNT)

    def available_wh(self, address: str) -> int:
        return self.account(address).virtualWh - self.account(address).lockedWh

    def account_mbr(self, address: str) -> int:
        return 0 if address in self.accounts else ACCOUNT_MBR

    # --- production ---------------------------------------------------------------------------------------------------

    def record(self, producer: str, wh: int) -> None:
        ledger = self.ledgers.setdefault(producer, Ledger())
        ledger.recorded_wh += wh
        filled_wh = min(ledger.deficit_wh, wh)
        ledger.deficit_wh -= filled_wh
        ledger.remaining_wh += wh - filled_wh

    def restate_down(self, producer: str, wh: int) -> None:
        ledger = self.ledgers[producer]
        ledger.recorded_wh -= wh
        taken_wh = min(ledger.remaining_wh, wh)
        ledger.remaining_wh -= taken_wh
        ledger.deficit_wh += wh - taken_wh

    # --- credit and consent -------------------------------------------------------------------------------------------

    def mint(self, sender: str, producer: str, wh: int) -> Events:
        self._operator_only(sender)
        require(wh > 0, err.INVALID_AMOUNT)
        require(producer in self.ledgers, err.EPOCH_NOT_FOUND)
        ledger = self.ledgers[producer]
        require(ledger.deficit_wh == 0, err.LEDGER_IN_DEFICIT)
        require(wh <= ledger.remaining_wh, err.OVER_DRAWN)
        ledger.remaining_wh -= wh
        ledger.minted_wh += wh
        self._open_account(producer)
        self._change(producer, virtualWh=wh, producedWh=wh)
        self.minted_wh += wh
        return [
            (
                "EnergyDrawn",
                {
                    "producer": producer,
                    "epochId": EPOCH,
                    "consumer": receipt_cfg.CONSUMER_OFFER_BOOK,
                    "wh": wh,
                    "remainingWh": ledger.remaining_wh,
                    "reference": NO_REFERENCE,
                    "timestamp": ANY_TIME,
                },
            ),
            ("EnergyMinted", {"producer": producer, "epochId": EPOCH, "amountWh": wh, "timestamp": ANY_TIME}),
        ]

    def transfer(self, sender: str, receiver: str, wh: int, deposit: int) -> Events:
        require(receiver != sender, err.SELF_TRANSFER)
        require(wh > 0, err.INVALID_AMOUNT)
        require(wh <= self.available_wh(sender), err.INSUFFICIENT_AVAILABLE_BALANCE)
        require(deposit == self.account_mbr(receiver), err.MBR_NOT_PAID)
        self._open_account(receiver)
        self._change(sender, virtualWh=-wh)
        self._change(receiver, virtualWh=wh)
        return [
            (
                "EnergyTransferred",
                {"sender": sender, "receiver": receiver, "amountWh": wh, "timestamp": ANY_TIME},
            )
        ]

    def consume(self, sender: str, wh: int) -> Events:
        require(wh > 0, err.INVALID_AMOUNT)
        require(wh <= self.available_wh(sender), err.INSUFFICIENT_AVAILABLE_BALANCE)
        self._change(sender, virtualWh=-wh)
        self.consumed_wh += wh
        return [("EnergyConsumed", {"account": sender, "amountWh": wh, "timestamp": ANY_TIME})]

    def set_terms(self, sender: str, terms: dict[str, int], deposit: int) -> Events:
        require(terms["sellWh"] == 0 or terms["minSellPrice"] > 0, err.INVALID_AMOUNT)
        require(terms["buyWh"] == 0 or terms["maxBuyPrice"] > 0, err.INVALID_AMOUNT)
        require(deposit == self.account_mbr(sender), err.MBR_NOT_PAID)
        self._open_account(sender)
        self.accounts[sender] = replace(self.accounts[sender], **terms)
        return [("TradingTermsSet", {"account": sender, **terms, "timestamp": ANY_TIME})]

    # --- offers -------------------------------------------------------------------------------------------------------

    def create_sell(self, sender: str, wh: int, price: int, deposit: int, now: int) -> Events:
        require(not self.paused, err.IS_PAUSED)
        require(wh > 0 and price > 0, err.INVALID_AMOUNT)
        require(self.account(sender).producedWh > 0, err.NOT_A_PRODUCER)
        require(wh <= self.available_wh(sender), err.INSUFFICIENT_AVAILABLE_BALANCE)
        require(deposit == OFFER_MBR, err.MBR_NOT_PAID)
        self._change(sender, lockedWh=wh)
        return self._open_sell(_offer(sender, wh, price, now))

    def create_buy(self, sender: str, wh: int, price: int, deposit: int, now: int) -> Events:
        require(not self.paused, err.IS_PAUSED)
        require(wh > 0 and price > 0, err.INVALID_AMOUNT)
        require(deposit == OFFER_MBR + self.account_mbr(sender), err.MBR_NOT_PAID)
        self._open_account(sender)
        return self._open_buy(_offer(sender, wh, price, now))

    def cancel_sell(self, sender: str, offer_id: int) -> Events:
        offer = self._active_sell(offer_id)
        require(sender in (offer.maker, self.operator), err.NOT_OFFER_SELLER)
        self._change(offer.maker, lockedWh=-offer.amountWh)
        self.sells[offer_id] = replace(offer, status=cfg.STATUS_CANCELLED)
        return [
            (
                "OfferCancelled",
                {"offerId": offer_id, "seller": offer.maker, "amountWh": offer.amountWh, "timestamp": ANY_TIME},
            )
        ]

    def cancel_buy(self, sender: str, offer_id: int) -> Events:
        offer = self._active_buy(offer_id)
        require(sender in (offer.maker, self.operator), err.NOT_BUY_OFFER_BUYER)
        self.buys[offer_id] = replace(offer, status=cfg.STATUS_CANCELLED)
        return [
            (
                "BuyOfferCancelled",
                {"offerId": offer_id, "buyer": offer.maker, "amountWh": offer.amountWh, "timestamp": ANY_TIME},
            )
        ]

    def match_sell(self, sender: str, offer_id: int, buyer: str, wh: int) -> Events:
        self._operator_only(sender)
        offer = self._active_sell(offer_id)
        require(0 < wh <= offer.amountWh, err.INVALID_AMOUNT)
        require(buyer != offer.maker, err.SELF_MATCH)
        terms = self.account(buyer)
        require(offer.pricePerKwh <= terms.maxBuyPrice and wh <= terms.buyWh, err.NO_BUYER_CONSENT)
        self.trades.append(
            Trade(offer.pricePerKwh, wh, offer.pricePerKwh, terms.maxBuyPrice, offer.amountWh, terms.buyWh)
        )
        self._change(buyer, virtualWh=wh, buyWh=-wh)
        return self._close_sell(offer_id, offer, buyer, wh)

    def match_buy(self, sender: str, offer_id: int, seller: str, wh: int) -> Events:
        self._operator_only(sender)
        offer = self._active_buy(offer_id)
        require(0 < wh <= offer.amountWh, err.INVALID_AMOUNT)
        require(seller != offer.maker, err.SELF_MATCH)
        terms = self.account(seller)
        require(terms.minSellPrice <= offer.pricePerKwh and wh <= terms.sellWh, err.NO_SELLER_CONSENT)
        require(wh <= self.available_wh(seller), err.INSUFFICIENT_SELLER_BALANCE)
        self.trades.append(
            Trade(terms.minSellPrice, wh, terms.minSellPrice, offer.pricePerKwh, terms.sellWh, offer.amountWh)
        )
        self._change(seller, virtualWh=-wh, sellWh=-wh)
        self._change(offer.maker, virtualWh=wh)
        return self._close_buy(offer_id, offer, seller, wh, terms.minSellPrice)

    def match_both(self, sender: str, sell_id: int, buy_id: int, wh: int) -> Events:
        self._operator_only(sender)
        sell = self._active_sell(sell_id)
        buy = self._active_buy(buy_id)
        require(0 < wh <= min(sell.amountWh, buy.amountWh), err.INVALID_AMOUNT)
        require(sell.maker != buy.maker, err.SELF_MATCH)
        require(sell.pricePerKwh <= buy.pricePerKwh, err.PRICE_CROSS)
        self.trades.append(Trade(sell.pricePerKwh, wh, sell.pricePerKwh, buy.pricePerKwh, sell.amountWh, buy.amountWh))
        self._change(buy.maker, virtualWh=wh)
        return [
            *self._close_sell(sell_id, sell, buy.maker, wh),
            *self._close_buy(buy_id, buy, sell.maker, wh, sell.pricePerKwh),
        ]

    # --- records, reference price, pause, gifts -----------------------------------------------------------------------

    def prune_sell(self, offer_id: int) -> Events:
        require(offer_id in self.sells, err.INVALID_OFFER_ID)
        offer = self.sells[offer_id]
        require(offer.status != cfg.STATUS_ACTIVE, err.OFFER_STILL_ACTIVE)
        del self.sells[offer_id]
        return [
            (
                "OfferPruned",
                {
                    "offerId": offer_id,
                    "seller": offer.maker,
                    "refundMicroalgo": self._release(offer),
                    "timestamp": ANY_TIME,
                },
            )
        ]

    def prune_buy(self, offer_id: int) -> Events:
        require(offer_id in self.buys, err.INVALID_BUY_OFFER_ID)
        offer = self.buys[offer_id]
        require(offer.status != cfg.STATUS_ACTIVE, err.OFFER_STILL_ACTIVE)
        del self.buys[offer_id]
        return [
            (
                "BuyOfferPruned",
                {
                    "offerId": offer_id,
                    "buyer": offer.maker,
                    "refundMicroalgo": self._release(offer),
                    "timestamp": ANY_TIME,
                },
            )
        ]

    def set_grid_price(self, sender: str, price: int) -> Events:
        self._operator_only(sender)
        require(price > 0, err.INVALID_AMOUNT)
        self.grid_price = price
        return [("GridPriceSet", {"pricePerKwh": price, "timestamp": ANY_TIME})]

    def gift(self, microalgo: int) -> None:
        self.balance += microalgo

    # --- inside -------------------------------------------------------------------------------------------------------

    def _operator_only(self, sender: str) -> None:
        require(sender == self.operator, err.NOT_OWNER)
        require(not self.paused, err.IS_PAUSED)

    def _active_sell(self, offer_id: int) -> Offer:
        require(offer_id in self.sells, err.INVALID_OFFER_ID)
        require(self.sells[offer_id].status == cfg.STATUS_ACTIVE, err.OFFER_NOT_ACTIVE)
        return self.sells[offer_id]

    def _active_buy(self, offer_id: int) -> Offer:
        require(offer_id in self.buys, err.INVALID_BUY_OFFER_ID)
        require(self.buys[offer_id].status == cfg.STATUS_ACTIVE, err.BUY_OFFER_NOT_ACTIVE)
        return self.buys[offer_id]

    def _change(self, address: str, **deltas: int) -> None:
        account = self.accounts[address]
        changed = {name: getattr(account, name) + delta for name, delta in deltas.items()}
        self.accounts[address] = replace(account, **changed)

    def _open_account(self, address: str) -> None:
        if address not in self.accounts:
            self.accounts[address] = NO_ACCOUNT
            self._deposit(ACCOUNT_MBR)

    def _deposit(self, microalgo: int) -> None:
        self.balance += microalgo
        self.minimum_balance += microalgo

    def _release(self, offer: Offer) -> int:
        """Free an offer's deposit; returns what its maker gets back."""
        self.minimum_balance -= OFFER_MBR
        if offer.paidByFloat:
            return 0
        self.balance -= OFFER_MBR
        return OFFER_MBR

    def _open_sell(self, offer: Offer) -> Events:
        offer_id = self.sell_total
        self.sell_total += 1
        self.sells[offer_id] = offer
        self._change(offer.maker, sellOffers=1)
        self._deposit(OFFER_MBR)
        return [
            (
                "OfferCreated",
                {
                    "offerId": offer_id,
                    "seller": offer.maker,
                    "amountWh": offer.amountWh,
                    "pricePerKwh": offer.pricePerKwh,
                    "timestamp": ANY_TIME,
                },
            )
        ]

    def _open_buy(self, offer: Offer) -> Events:
        offer_id = self.buy_total
        self.buy_total += 1
        self.buys[offer_id] = offer
        self._change(offer.maker, buyOffers=1)
        self._deposit(OFFER_MBR)
        return [
            (
                "BuyOfferCreated",
                {
                    "offerId": offer_id,
                    "buyer": offer.maker,
                    "amountWh": offer.amountWh,
                    "maxPricePerKwh": offer.pricePerKwh,
                    "timestamp": ANY_TIME,
                },
            )
        ]

    def _close_sell(self, offer_id: int, offer: Offer, buyer: str, wh: int) -> Events:
        self._change(offer.maker, virtualWh=-wh, lockedWh=-wh)
        is_full = wh == offer.amountWh
        child_id = 0 if is_full else self.sell_total
        self.sells[offer_id] = _closed(offer, wh, child_id)
        matched: Expected = (
            "OfferMatched",
            {
                "offerId": offer_id,
                "seller": offer.maker,
                "buyer": buyer,
                "amountWh": wh,
                "pricePerKwh": offer.pricePerKwh,
                "timestamp": ANY_TIME,
                "newOfferId": child_id,
            },
        )
        if is_full:
            return [matched, ("OfferCompleted", {"offerId": offer_id, "seller": offer.maker, "timestamp": ANY_TIME})]
        return [matched, *self._open_sell(replace(offer, amountWh=offer.amountWh - wh, paidByFloat=True))]

    def _close_buy(self, offer_id: int, offer: Offer, seller: str, wh: int, price: int) -> Events:
        is_full = wh == offer.amountWh
        child_id = 0 if is_full else self.buy_total
        self.buys[offer_id] = _closed(offer, wh, child_id)
        matched: Expected = (
            "BuyOfferMatched",
            {
                "offerId": offer_id,
                "buyer": offer.maker,
                "seller": seller,
                "amountWh": wh,
                "timestamp": ANY_TIME,
                "newOfferId": child_id,
                "pricePerKwh": price,
            },
        )
        if is_full:
            return [matched, ("BuyOfferCompleted", {"offerId": offer_id, "buyer": offer.maker, "timestamp": ANY_TIME})]
        return [matched, *self._open_buy(replace(offer, amountWh=offer.amountWh - wh, paidByFloat=True))]


def _offer(maker: str, wh: int, price: int, now: int) -> Offer:
    return Offer(
        maker=maker,
        amountWh=wh,
        pricePerKwh=price,
        sinceTs=now,
        matchedWh=0,
        childId=0,
        status=cfg.STATUS_ACTIVE,
        paidByFloat=False,
    )


def _closed(offer: Offer, wh: int, child_id: int) -> Offer:
    status = cfg.STATUS_COMPLETED if wh == offer.amountWh else cfg.STATUS_PARTIALLY_FILLED
    return replace(offer, matchedWh=wh, childId=child_id, status=status)
