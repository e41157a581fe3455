"""The offer book in plain Python: what every call must do, without the chain.

Each method of `Model` raises `RefusedError` before it changes anything, or changes the state and returns the events.
"""

from dataclasses import asdict, dataclass, field, replace

from gridpact.contracts.offer_book_client import Offer, TradingAccount, TradingTerms
from smart_contracts.interfaces.config import NO_REFERENCE
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import ACCOUNT_MBR, EPOCH, NO_ACCOUNT, OFFER_MBR
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

    def is_empty(self, address: str) -> bool:
        """Whether an account is there that holds no credit, and waits for none."""
        account = self.accounts.get(address)
        return account is not None and (account.virtualWh, account.openBuyOffers) == (0, 0)

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
        self._open_account(producer, paid_by_float=True)
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
        require(deposit >= self.account_mbr(receiver), err.MBR_NOT_PAID)
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

    def set_terms(self, sender: str, terms: TradingTerms, deposit: int, now: int) -> Events:
        require(terms.sellWh == 0 or terms.minSellPrice > 0, err.INVALID_AMOUNT)
        require(terms.buyWh == 0 or terms.maxBuyPrice > 0, err.INVALID_AMOUNT)
        require(not is_past(terms.expiryTs, now), err.INVALID_EXPIRY)
        require(deposit >= self.account_mbr(sender), err.MBR_NOT_PAID)
        self._open_account(sender)
        self.accounts[sender] = replace(
            self.accounts[sender],
            minSellPrice=terms.minSellPrice,
            sellWh=terms.sellWh,
            maxBuyPrice=terms.maxBuyPrice,
            buyWh=terms.buyWh,
            termsExpiryTs=terms.expiryTs,
        )
        return [("TradingTermsSet", {"account": sender, **asdict(terms), "timestamp": ANY_TIME})]

    def close_account(self, sender: str) -> Events:
        require(sender in self.accounts, err.ACCOUNT_NOT_FOUND)
        account = self.accounts[sender]
        open_buys = [one for one in self.buys.values() if (one.maker, one.status) == (sender, cfg.STATUS_ACTIVE)]
        require(account.virtualWh == 0 and not open_buys, err.ACCOUNT_NOT_EMPTY)
        del self.accounts[sender]
        self.minimum_balance -= ACCOUNT_MBR
        refund = 0 if account.paidByFloat else ACCOUNT_MBR
        self.balance -= refund
        return [("TradingAccountClosed", {"account": sender, "refundMicroalgo": refund, "timestamp": ANY_TIME})]

    # --- offers -------------------------------------------------------------------------------------------------------

    def create_sell(self, sender: str, wh: int, price: int, expiry_ts: int, deposit: int, now: int) -> Events:
        require(not self.paused, err.IS_PAUSED)
        require(wh > 0 and price > 0, err.INVALID_AMOUNT)
        require(not is_past(expiry_ts, now), err.INVALID_EXPIRY)
        require(self.account(sender).producedWh > 0, err.NOT_A_PRODUCER)
        require(wh <= self.available_wh(sender), err.INSUFFICIENT_AVAILABLE_BALANCE)
        require(deposit >= OFFER_MBR, err.MBR_NOT_PAID)
        self._change(sender, lockedWh=wh)
        return self._open_sell(_offer(sender, wh, price, now, expiry_ts))

    def create_buy(self, sender: str, wh: int, price: int, expiry_ts: int, deposit: int, now: int) -> Events:
        require(not self.paused, err.IS_PAUSED)
        require(wh > 0 and price > 0, err.INVALID_AMOUNT)
        require(not is_past(expiry_ts, now), err.INVALID_EXPIRY)
        require(deposit >= OFFER_MBR + self.account_mbr(sender), err.MBR_NOT_PAID)
        self._open_account(sender)
        self._change(sender, openBuyOffers=1)
        return self._open_buy(_offer(sender, wh, price, now, expiry_ts))

    def cancel_sell(self, sender: str, offer_id: int) -> Events:
        offer = self._active_sell(offer_id)
        require(sender in (offer.maker, self.operator), err.NOT_OFFER_SELLER)
        require(sender == offer.maker or not self.paused, err.IS_PAUSED)
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
        require(sender == offer.maker or not self.paused, err.IS_PAUSED)
        self._change(offer.maker, openBuyOffers=-1)
        self.buys[offer_id] = replace(offer, status=cfg.STATUS_CANCELLED)
        return [
            (
                "BuyOfferCancelled",
                {"offerId": offer_id, "buyer": offer.maker, "amountWh": offer.amountWh, "timestamp": ANY_TIME},
            )
        ]

    def match_sell(self, sender: str, offer_id: int, buyer: str, wh: int, now: int) -> Events:
        self._operator_only(sender)
        offer = self._active_sell(offer_id)
        require(not is_past(offer.expiryTs, now), err.OFFER_EXPIRED)
        require(0 < wh <= offer.amountWh, err.INVALID_AMOUNT)
        require(buyer != offer.maker, err.SELF_MATCH)
        terms = self.account(buyer)
        require(offer.pricePerKwh <= terms.maxBuyPrice and wh <= terms.buyWh, err.NO_BUYER_CONSENT)
        require(not is_past(terms.termsExpiryTs, now), err.NO_BUYER_CONSENT)
        self.trades.append(
            Trade(offer.pricePerKwh, wh, offer.pricePerKwh, terms.maxBuyPrice, offer.amountWh, terms.buyWh)
        )
        self._change(buyer, virtualWh=wh, buyWh=-wh)
        return self._close_sell(offer_id, offer, buyer, wh, used_terms=True)

    def match_buy(self, sender: str, offer_id: int, seller: str, wh: int, now: int) -> Events:
        self._operator_only(sender)
        offer = self._active_buy(offer_id)
        require(not is_past(offer.expiryTs, now), err.BUY_OFFER_EXPIRED)
        require(0 < wh <= offer.amountWh, err.INVALID_AMOUNT)
        require(seller != offer.maker, err.SELF_MATCH)
        terms = self.account(seller)
        require(terms.minSellPrice <= offer.pricePerKwh and wh <= terms.sellWh, err.NO_SELLER_CONSENT)
        require(not is_past(terms.termsExpiryTs, now), err.NO_SELLER_CONSENT)
        require(wh <= self.available_wh(seller), err.INSUFFICIENT_SELLER_BALANCE)
        self.trades.append(
            Trade(terms.minSellPrice, wh, terms.minSellPrice, offer.pricePerKwh, terms.sellWh, offer.amountWh)
        )
        self._change(seller, virtualWh=-wh, sellWh=-wh)
        return self._close_buy(offer_id, offer, seller, wh, terms.minSellPrice, used_terms=True)

    def match_both(self, sender: str, sell_id: int, buy_id: int, wh: int, now: int) -> Events:
        self._operator_only(sender)
        sell = self._active_sell(sell_id)
        require(not is_past(sell.expiryTs, now), err.OFFER_EXPIRED)
        buy = self._active_buy(buy_id)
        require(not is_past(buy.expiryTs, now), err.BUY_OFFER_EXPIRED)
        require(0 < wh <= min(sell.amountWh, buy.amountWh), err.INVALID_AMOUNT)
        require(sell.maker != buy.maker, err.SELF_MATCH)
        require(sell.pricePerKwh <= buy.pricePerKwh, err.PRICE_CROSS)
        self.trades.append(Trade(sell.pricePerKwh, wh, sell.pricePerKwh, buy.pricePerKwh, sell.amountWh, buy.amountWh))
        return [
            *self._close_sell(sell_id, sell, buy.maker, wh, used_terms=False),
            *self._close_buy(buy_id, buy, sell.maker, wh, sell.pricePerKwh, used_terms=False),
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

    def withdraw(self, sender: str, admin: str, microalgo: int) -> Events:
        require(sender == admin, err.NOT_ADMIN)
        require(microalgo > 0, err.INVALID_AMOUNT)
        require(microalgo <= self.balance - self.minimum_balance, err.OVER_SURPLUS)
        self.balance -= microalgo
        return [("SurplusWithdrawn", {"admin": sender, "amountMicroalgo": microalgo, "timestamp": ANY_TIME})]

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

    def _open_account(self, address: str, *, paid_by_float: bool = False) -> None:
        if address not in self.accounts:
            self.accounts[address] = replace(NO_ACCOUNT, paidByFloat=paid_by_float)
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

    def _open_sell(self, offer: Offer, parent_id: int | None = None) -> Events:
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
                    "parentId": offer_id if parent_id is None else parent_id,
                    "sinceTs": offer.sinceTs,
                    "expiryTs": offer.expiryTs,
                },
            )
        ]

    def _open_buy(self, offer: Offer, parent_id: int | None = None) -> Events:
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
                    "parentId": offer_id if parent_id is None else parent_id,
                    "sinceTs": offer.sinceTs,
                    "expiryTs": offer.expiryTs,
                },
            )
        ]

    def _close_sell(self, offer_id: int, offer: Offer, buyer: str, wh: int, *, used_terms: bool) -> Events:
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
                "usedTerms": used_terms,
            },
        )
        if is_full:
            return [matched, ("OfferCompleted", {"offerId": offer_id, "seller": offer.maker, "timestamp": ANY_TIME})]
        return [matched, *self._open_sell(_child(offer, wh), offer_id)]

    def _close_buy(self, offer_id: int, offer: Offer, seller: str, wh: int, price: int, *, used_terms: bool) -> Events:
        is_full = wh == offer.amountWh
        self._change(offer.maker, virtualWh=wh, openBuyOffers=-1 if is_full else 0)
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
                "usedTerms": used_terms,
            },
        )
        if is_full:
            return [matched, ("BuyOfferCompleted", {"offerId": offer_id, "buyer": offer.maker, "timestamp": ANY_TIME})]
        return [matched, *self._open_buy(_child(offer, wh), offer_id)]


def is_past(expiry_ts: int, now: int) -> bool:
    return 0 < expiry_ts < now


def _child(offer: Offer, wh: int) -> Offer:
    return replace(offer, amountWh=offer.amountWh - wh, paidByFloat=True)


def _offer(maker: str, wh: int, price: int, now: int, expiry_ts: int) -> Offer:
    return Offer(
        maker=maker,
        amountWh=wh,
        pricePerKwh=price,
        sinceTs=now,
        matchedWh=0,
        childId=0,
        status=cfg.STATUS_ACTIVE,
        paidByFloat=False,
        expiryTs=expiry_ts,
    )


def _closed(offer: Offer, wh: int, child_id: int) -> Offer:
    status = cfg.STATUS_COMPLETED if wh == offer.amountWh else cfg.STATUS_PARTIALLY_FILLED
    return replace(offer, matchedWh=wh, childId=child_id, status=status)
