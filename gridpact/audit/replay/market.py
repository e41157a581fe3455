"""OfferBook: credit comes from metered energy, what is offered is locked, and a trade takes the best offer first."""

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from gridpact.audit.findings import Findings, Kind, Place, Rule, Subject
from gridpact.audit.replay.app import Replay, Told, deposit_of, ids, key_of, on
from gridpact.chain.specs import Contract
from gridpact.contracts.offer_book_layout import GlobalState, Offer, TradingAccount
from gridpact.history.events import Event

ACTIVE: Final = 0
CANCELLED: Final = 1
COMPLETED: Final = 2
PARTIALLY_FILLED: Final = 3

EMPTY: Final = TradingAccount(
    virtual_wh=0,
    locked_wh=0,
    produced_wh=0,
    min_sell_price=0,
    sell_wh=0,
    max_buy_price=0,
    buy_wh=0,
    sell_offers=0,
    buy_offers=0,
    terms_expiry_ts=0,
    open_buy_offers=0,
    paid_by_float=False,
)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A trade that took one offer where a better or an older one stood open."""

    taken: Subject
    better: Subject
    place: Place


@dataclass(frozen=True, slots=True)
class Side:
    """One half of the book, by its names."""

    prefix: bytes
    kind: Kind
    maker: str
    """The event field that names it."""
    price: str
    created: str
    """The event of a new one."""
    completed: str
    """And of one that was matched in full."""
    total: str
    active: str
    best: int
    """1 where the lowest price is the best, -1 where the highest is."""

    def subject(self, offer_id: int) -> Subject:
        """One offer."""
        return Subject(self.kind, str(offer_id))

    def rank(self, offer_id: int, offer: Offer) -> "Rank":
        """Where an offer stands in this half of the book."""
        return self.best * offer.price_per_kwh, offer.since_ts, offer_id


type Rank = tuple[int, int, int]
"""An open offer's place in its half of the book: the price, less is better; since when; its id."""


SELL: Final = Side(
    b"s", Kind.SELL_OFFER, "seller", "pricePerKwh", "OfferCreated", "OfferCompleted", "sell_total", "sell_active", 1
)
BUY: Final = Side(
    b"b",
    Kind.BUY_OFFER,
    "buyer",
    "maxPricePerKwh",
    "BuyOfferCreated",
    "BuyOfferCompleted",
    "buy_total",
    "buy_active",
    -1,
)


class MarketReplay(Replay):
    """Credit, consent, offers, trades.

    Attributes:
        passed_over: trades that did not take the best offer. The operator may do so; an auditor asks why.
    """

    contract: ClassVar = Contract.OFFER_BOOK
    keys: ClassVar = GlobalState
    names: ClassVar = {b"a": Kind.ACCOUNT, b"s": Kind.SELL_OFFER, b"b": Kind.BUY_OFFER}

    def __init__(self, findings: Findings, app_id: int) -> None:
        """An app that does not exist yet."""
        super().__init__(findings, app_id)
        self.passed_over: Final[list[PassedOver]] = []
        self._open: Final[dict[bytes, list[Rank]]] = {SELL.prefix: [], BUY.prefix: []}

    # --- credit -------------------------------------------------------------------------------------------------------

    @on("EnergyMinted")
    def energy_minted(self, told: Told) -> None:
        """As much as KWhReceipt gave of the producer's own ledger."""
        self.by_operator(told)
        producer, wh = told.text("producer"), told.number("amountWh")
        drawn = [(one.text("producer"), one.number("epochId"), one.number("wh")) for one in self._drawn(told)]
        self.expect(Rule.DRAW, _account(producer), "EnergyDrawn", [(producer, told.number("epochId"), wh)], drawn, told)
        is_new = _name(producer) not in self.boxes
        self._change(producer, virtual_wh=wh, produced_wh=wh)
        if is_new:
            self.boxes[_name(producer)] = replace(self.boxes[_name(producer)], paid_by_float=True)
        self.add("minted_wh", wh)

    @on("EnergyTransferred")
    def energy_transferred(self, told: Told) -> None:
        """Of credit that is not locked."""
        self._take(told, told.text("sender"))
        self._change(told.text("receiver"), virtual_wh=told.number("amountWh"))

    @on("EnergyConsumed")
    def energy_consumed(self, told: Told) -> None:
        """Of credit that is not locked."""
        self._take(told, told.text("account"))
        self.add("consumed_wh", told.number("amountWh"))

    @on("TradingTermsSet")
    def trading_terms_set(self, told: Told) -> None:
        """By the account itself, in place of what it said before."""
        address = told.text("account")
        self.expect(Rule.EVENT, _account(address), "caller", address, told.call.transaction.sender, told)
        self.boxes[_name(address)] = replace(
            self._held(address),
            min_sell_price=told.number("minSellPrice"),
            sell_wh=told.number("sellWh"),
            max_buy_price=told.number("maxBuyPrice"),
            buy_wh=told.number("buyWh"),
            terms_expiry_ts=told.number("expiryTs"),
        )

    @on("TradingAccountClosed")
    def trading_account_closed(self, told: Told) -> None:
        """An empty one; its deposit goes to its owner, unless a top-up had paid it."""
        address = told.text("account")
        account: TradingAccount = self.boxes.pop(_name(address), EMPTY)
        left = (account.virtual_wh, account.locked_wh, account.open_buy_offers)
        self.expect(Rule.EVENT, _account(address), "empty", (0, 0, 0), left, told)
        self._refunded(told, _account(address), address, _name(address), account)
        self.expect(Rule.EVENT, _account(address), "caller", address, told.call.transaction.sender, told)

    # --- offers -------------------------------------------------------------------------------------------------------

    @on("OfferCreated")
    def offer_created(self, told: Told) -> None:
        """Its energy is locked; a child's is locked already."""
        if self._created(told, SELL):
            self._change(told.text("seller"), locked_wh=told.number("amountWh"), sell_offers=1)
            self._require_available(told, told.text("seller"))
        else:
            self._change(told.text("seller"), sell_offers=1)

    @on("BuyOfferCreated")
    def buy_offer_created(self, told: Told) -> None:
        """It locks nothing."""
        self._created(told, BUY)
        self._change(told.text("buyer"), buy_offers=1, open_buy_offers=1)

    @on("OfferCancelled")
    def offer_cancelled(self, told: Told) -> None:
        """Its energy is free."""
        offer = self._close(told, SELL, status=CANCELLED)
        if offer is not None:
            self._cancelled(told, SELL, offer)
            self._change(offer.maker, locked_wh=-offer.amount_wh)

    @on("BuyOfferCancelled")
    def buy_offer_cancelled(self, told: Told) -> None:
        """Nothing was locked."""
        offer = self._close(told, BUY, status=CANCELLED)
        if offer is not None:
            self._cancelled(told, BUY, offer)
            self._change(offer.maker, open_buy_offers=-1)

    @on("OfferMatched")
    def offer_matched(self, told: Told) -> None:
        """At the offer's price. One trade is told by each offer in it."""
        offer = self._matched(told, SELL)
        if offer is None:
            return
        wh = told.number("amountWh")
        self.expect(Rule.EVENT, _sell(told), "price", offer.price_per_kwh, told.number("pricePerKwh"), told)
        self._change(offer.maker, virtual_wh=-wh, locked_wh=-wh)
        self._is_one_trade(told, "BuyOfferMatched")
        if told.flag("usedTerms"):
            self._use_terms(told, told.text("buyer"), offer.price_per_kwh, buys=True)
            self._change(told.text("buyer"), virtual_wh=wh, buy_wh=-wh)
        self._trade(wh)

    @on("BuyOfferMatched")
    def buy_offer_matched(self, told: Told) -> None:
        """At the seller's price, at most the offer's."""
        offer = self._matched(told, BUY)
        if offer is None:
            return
        wh, price = told.number("amountWh"), told.number("pricePerKwh")
        self.must(Rule.EVENT, _buy(told), "price within the maximum", told, holds=price <= offer.price_per_kwh)
        self._change(offer.maker, virtual_wh=wh, open_buy_offers=-1)
        self._is_one_trade(told, "OfferMatched")
        if told.flag("usedTerms"):
            self._use_terms(told, told.text("seller"), price, buys=False)
            self._change(told.text("seller"), virtual_wh=-wh, sell_wh=-wh)
            self._require_available(told, told.text("seller"))
            self._trade(wh)

    @on("OfferCompleted")
    def offer_completed(self, told: Told) -> None:
        """Matched in full, in the same call."""
        self._completed(told, SELL)

    @on("BuyOfferCompleted")
    def buy_offer_completed(self, told: Told) -> None:
        """Matched in full, in the same call."""
        self._completed(told, BUY)

    @on("OfferPruned")
    def offer_pruned(self, told: Told) -> None:
        """A closed one; its deposit goes to its maker, unless a top-up had paid it."""
        self._pruned(told, SELL)

    @on("BuyOfferPruned")
    def buy_offer_pruned(self, told: Told) -> None:
        """A closed one; its deposit goes to its maker, unless a top-up had paid it."""
        self._pruned(told, BUY)

    @on("GridPriceSet")
    def grid_price_set(self, told: Told) -> None:
        """No trade depends on it."""
        self.by_operator(told)
        self.state["grid_price"] = told.number("pricePerKwh")

    # --- inside -------------------------------------------------------------------------------------------------------

    def _created(self, told: Told, side: Side) -> bool:
        """A new offer; whether its maker created it, and no partial match."""
        offer_id, parent_id = told.number("offerId"), told.number("parentId")
        subject = side.subject(offer_id)
        self.expect(Rule.EVENT, subject, "offerId", self.number(side.total), offer_id, told)
        parent: Offer | None = None if parent_id == offer_id else self.boxes.get(side.prefix + ids(parent_id))
        is_first = parent_id == offer_id
        if parent is None:
            self.must(Rule.ORDER, subject, "parent", told, holds=is_first)
            self.expect(Rule.EVENT, subject, "caller", told.text(side.maker), told.call.transaction.sender, told)
            self.expect(Rule.EVENT, subject, "sinceTs", told.ts, told.number("sinceTs"), told)
        else:
            made = (parent.child_id, parent.maker, parent.amount_wh - parent.matched_wh, parent.price_per_kwh)
            found = (offer_id, told.text(side.maker), told.number("amountWh"), told.number(side.price))
            self.expect(Rule.EVENT, subject, "what its parent left", made, found, told)
            self.expect(Rule.EVENT, subject, "sinceTs", parent.since_ts, told.number("sinceTs"), told)
            self.expect(Rule.EVENT, subject, "expiryTs", parent.expiry_ts, told.number("expiryTs"), told)
        offer = Offer(
            maker=told.text(side.maker),
            amount_wh=told.number("amountWh"),
            price_per_kwh=told.number(side.price),
            since_ts=told.number("sinceTs"),
            matched_wh=0,
            child_id=0,
            status=ACTIVE,
            paid_by_float=not is_first,
            expiry_ts=told.number("expiryTs"),
        )
        self.boxes[side.prefix + ids(offer_id)] = offer
        insort(self._open[side.prefix], side.rank(offer_id, offer))
        self.state[side.total] = offer_id + 1
        self.add(side.active, 1)
        return is_first

    def _cancelled(self, told: Told, side: Side, offer: Offer) -> None:
        """By its maker or the operator, and whole."""
        subject, sender = side.subject(told.number("offerId")), told.call.transaction.sender
        is_allowed = sender in (offer.maker, self.state.get("operator"))
        self.must(Rule.EVENT, subject, "by its maker or the operator", told, holds=is_allowed)
        self.expect(Rule.EVENT, subject, "amountWh", offer.amount_wh, told.number("amountWh"), told)

    def _completed(self, told: Told, side: Side) -> None:
        offer: Offer | None = self.boxes.get(side.prefix + ids(told.number("offerId")))
        subject, found = side.subject(told.number("offerId")), (told.text(side.maker),)
        before = _before(told)
        is_next = before is not None and before.name.endswith("Matched")
        self.must(Rule.ORDER, subject, "directly after its match", told, holds=is_next)
        expected = (COMPLETED, () if offer is None else (offer.maker,))
        self.expect(Rule.ORDER, subject, "status", expected, (None if offer is None else offer.status, found), told)

    def _is_one_trade(self, told: Told, other: str) -> None:
        """With the other side's offer in it, both tell the same; without, the terms of that side were used."""
        same = ("seller", "buyer", "amountWh", "pricePerKwh", "usedTerms")
        sides = [one for one in told.call.events if one.name == other]
        expected = [] if told.flag("usedTerms") else [[told.event.fields[field] for field in same]]
        found = [[one.fields[field] for field in same] for one in sides]
        side = SELL if told.event.name == "OfferMatched" else BUY
        self.expect(Rule.EVENT, side.subject(told.number("offerId")), "other side of the trade", expected, found, told)

    def _close(self, told: Told, side: Side, **changes: object) -> Offer | None:
        offer_id = told.number("offerId")
        before: Offer | None = self.change(side.prefix + ids(offer_id), side.subject(offer_id), told, **changes)
        if before is not None:
            self.expect(Rule.ORDER, side.subject(offer_id), "status before", ACTIVE, before.status, told)
            self.expect(Rule.EVENT, side.subject(offer_id), side.maker, before.maker, told.text(side.maker), told)
            self._remove(side, side.rank(offer_id, before))
            self.add(side.active, -1)
        return before

    def _matched(self, told: Told, side: Side) -> Offer | None:
        self.by_operator(told)
        offer_id, wh, child_id = told.number("offerId"), told.number("amountWh"), told.number("newOfferId")
        before: Offer | None = self.boxes.get(side.prefix + ids(offer_id))
        is_partial = before is not None and wh < before.amount_wh
        status = PARTIALLY_FILLED if is_partial else COMPLETED
        offer = self._close(told, side, matched_wh=wh, child_id=child_id, status=status)
        if offer is None:
            return None
        subject = side.subject(offer_id)
        self.must(Rule.EVENT, subject, "amount", told, holds=0 < wh <= offer.amount_wh)
        self.expect(Rule.EVENT, subject, "newOfferId", self.number(side.total) if is_partial else 0, child_id, told)
        self.must(Rule.EVENT, subject, "expiry", told, holds=not offer.expiry_ts or told.ts <= offer.expiry_ts)
        after = _after(told)
        ended = None if after is None else (after.name, after.number("offerId"))
        expected = (side.created, child_id) if is_partial else (side.completed, offer_id)
        self.expect(Rule.ORDER, subject, "directly after its match", expected, ended, told)
        self._look_for_better(told, side, offer)
        return offer

    def _look_for_better(self, told: Told, side: Side, taken: Offer) -> None:
        """Open offers of others that stood before the one that was taken: a better price, or the same and older."""
        self.findings.checked[Rule.MATCH] += 1
        counterparty = told.text("buyer" if side is SELL else "seller")
        limit = side.rank(0, taken)[:2]
        for rank in [*self._open[side.prefix][: bisect_left(self._open[side.prefix], (*limit, -1))]]:
            offer: Offer = self.boxes[side.prefix + ids(rank[-1])]
            if offer.expiry_ts and offer.expiry_ts < told.ts:
                self._remove(side, rank)  # time goes one way: it is never looked at again
            elif offer.maker != counterparty:
                self.passed_over.append(
                    PassedOver(side.subject(told.number("offerId")), side.subject(rank[-1]), told.place)
                )
                return

    def _look_past_terms(self, told: Told, side: Side, limit: int) -> None:
        """Offers of the side that terms stood in for: one with a better price than the terms' was passed over."""
        self.findings.checked[Rule.MATCH] += 1
        taken = (SELL if side is BUY else BUY).subject(told.number("offerId"))
        other = told.text("seller" if side is BUY else "buyer")
        ranks = self._open[side.prefix]
        for _, _, offer_id in ranks[: bisect_left(ranks, (side.best * limit, 0, -1))]:
            offer: Offer = self.boxes[side.prefix + ids(offer_id)]
            if offer.maker != other and not (offer.expiry_ts and offer.expiry_ts < told.ts):
                self.passed_over.append(PassedOver(taken, side.subject(offer_id), told.place))
                return

    def _remove(self, side: Side, rank: Rank) -> None:
        ranks = self._open[side.prefix]
        at = bisect_left(ranks, rank)
        if ranks[at : at + 1] == [rank]:
            del ranks[at]

    def _use_terms(self, told: Told, address: str, price: int, *, buys: bool) -> None:
        account, wh = self._held(address), told.number("amountWh")
        allowed_wh = account.buy_wh if buys else account.sell_wh
        is_price_allowed = price <= account.max_buy_price if buys else price == account.min_sell_price
        is_in_time = not account.terms_expiry_ts or told.ts <= account.terms_expiry_ts
        found = (wh <= allowed_wh, is_price_allowed, is_in_time)
        self.expect(Rule.EVENT, _account(address), "consent", (True, True, True), found, told)
        self._look_past_terms(told, BUY if buys else SELL, account.max_buy_price if buys else account.min_sell_price)

    def _trade(self, wh: int) -> None:
        self.add("traded_wh", wh)
        self.add("trades", 1)

    def _pruned(self, told: Told, side: Side) -> None:
        offer_id = told.number("offerId")
        offer: Offer | None = self.boxes.pop(side.prefix + ids(offer_id), None)
        subject = side.subject(offer_id)
        if self.must(Rule.ORDER, subject, "exists", told, holds=offer is not None) and offer is not None:
            self.must(Rule.ORDER, subject, "closed", told, holds=offer.status != ACTIVE)
            self.expect(Rule.EVENT, subject, side.maker, offer.maker, told.text(side.maker), told)
            self._refunded(told, subject, offer.maker, side.prefix + ids(offer_id), offer)

    def _refunded(self, told: Told, subject: Subject, owner: str, name: bytes, removed: Offer | TradingAccount) -> None:
        """The removed box's deposit, unless the app itself had paid it."""
        refund = 0 if removed.paid_by_float else deposit_of(name, removed)
        self.expect(Rule.EVENT, subject, "refundMicroalgo", refund, told.number("refundMicroalgo"), told)
        paid = [(one.receiver, one.asset_id, one.amount) for one in told.call.payments]
        self.expect(Rule.PAYMENT, subject, "refund", [(owner, 0, refund)] if refund else [], paid, told)

    def _take(self, told: Told, address: str) -> None:
        self.expect(Rule.EVENT, _account(address), "caller", address, told.call.transaction.sender, told)
        self._change(address, virtual_wh=-told.number("amountWh"))
        self._require_available(told, address)

    def _require_available(self, told: Told, address: str) -> None:
        account = self._held(address)
        self.must(Rule.EVENT, _account(address), "enough credit", told, holds=account.virtual_wh >= account.locked_wh)

    def _change(self, address: str, **more: int) -> None:
        account = self._held(address)
        self.boxes[_name(address)] = replace(
            account, **{field: getattr(account, field) + amount for field, amount in more.items()}
        )

    def _held(self, address: str) -> TradingAccount:
        account: TradingAccount = self.boxes.get(_name(address), EMPTY)
        return account

    def _drawn(self, told: Told) -> list[Event]:
        return told.call.inner_events("EnergyDrawn")


def _before(told: Told) -> Event | None:
    """The event that the same call logged directly before."""
    at = told.call.events.index(told.event)
    return told.call.events[at - 1] if at else None


def _after(told: Told) -> Event | None:
    """The event that the same call logged directly after."""
    return next(iter(told.call.events[told.call.events.index(told.event) + 1 :]), None)


def _name(address: str) -> bytes:
    return b"a" + key_of(address)


def _account(address: str) -> Subject:
    return Subject(Kind.ACCOUNT, address)


def _sell(told: Told) -> Subject:
    return SELL.subject(told.number("offerId"))


def _buy(told: Told) -> Subject:
    return BUY.subject(told.number("offerId"))
