"""Sell and buy offers: created, matched one-sidedly, cancelled, pruned.

What the contract checks is left to the contract: its refusals carry the names that people know. Creating makes a new
offer each time. Matching and cancelling close what they name: run again, they are refused and change nothing.
"""

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain.call import Call
from gridpact.chain.errors import LedgerError
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.errors import GridPactError
from gridpact.market.app import Market
from gridpact.market.effects import OfferCancelled, OfferCreated, OfferMatched, OfferPruned, RowsImported
from gridpact.market.errors import CreditTooSmall
from gridpact.market.offer_file import OfferRow
from gridpact.market.read import Account, Offer, Side
from gridpact.market.terms import NO_TERMS, require_expiry, setting

PRUNED_A_GROUP: Final = 8
CREATED: Final = ("OfferCreated", "BuyOfferCreated")
CREATED_A_GROUP: Final = 7
"""Two transactions each: 14 of the 16 that fit a group. Part of the keys of what was done: never change it."""


def create_offer(market: Market, seller: str, amount_wh: int, price_per_kwh: int, expiry_ts: int = 0) -> Work:
    """Offer energy. Each run makes another offer.

    Args:
        seller: a registered producer, who signs.
        amount_wh: energy in Wh.
        price_per_kwh: EUR per kWh with 8 decimals.
        expiry_ts: Unix time of the last second in which it may be matched; 0 for no end.

    Raises:
        ExpiryTooFar: it would end after all years.
    """
    require_expiry(expiry_ts)
    offer_id = market.state().sell_total
    call = market.calls.create_energy_offer(seller, amount_wh, price_per_kwh, offer_id, expiry_ts=expiry_ts)
    effect = OfferCreated(Side.SELL, seller, amount_wh, price_per_kwh, cfg.OFFER_MBR_MICROALGO, expiry_ts)
    return Work.one(seller, effect, market.group().add(call))


def create_buy_offer(market: Market, buyer: str, amount_wh: int, max_price_per_kwh: int, expiry_ts: int = 0) -> Work:
    """Ask for energy. Each run makes another offer.

    Args:
        buyer: anybody; signs.
        amount_wh: energy in Wh.
        max_price_per_kwh: EUR per kWh with 8 decimals.
        expiry_ts: Unix time of the last second in which it may be matched; 0 for no end.

    Raises:
        ExpiryTooFar: it would end after all years.
    """
    require_expiry(expiry_ts)
    reader = market
    offer_id = reader.state().buy_total
    opens_account = not reader.account(buyer).exists
    call = market.calls.create_energy_buy_offer(
        buyer, amount_wh, max_price_per_kwh, offer_id, opens_account=opens_account, expiry_ts=expiry_ts
    )
    storage = cfg.OFFER_MBR_MICROALGO + (cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0)
    effect = OfferCreated(Side.BUY, buyer, amount_wh, max_price_per_kwh, storage, expiry_ts)
    return Work.one(buyer, effect, market.group().add(call))


def create_all(market: Market, side: Side, maker: str, rows: Sequence[OfferRow], landed: Collection[str] = ()) -> Work:
    """Create the offers of a file, seven in one atomic group.

    Nothing on chain tells an offer of the file from another one with the same figures: what was done is known by the
    keys of the steps, the numbers of their rows.

    Args:
        side: of all of them.
        maker: who offers, and signs.
        rows: in the order in which they are created.
        landed: the keys of the steps that were done before.

    Raises:
        CreditTooSmall: the rows sell more than the maker has available.
    """
    planned_round = market.connection.last_round()
    account = market.account(maker)
    first_id = market.state().total(side)
    batches = list(batched(enumerate(rows, 1), CREATED_A_GROUP))
    missing = [batch for batch in batches if _key(batch) not in landed]
    wanted_wh = sum(row.amount_wh for batch in missing for _, row in batch)
    if side is Side.SELL and wanted_wh > account.available_wh:
        raise CreditTooSmall(maker, wanted_wh, account.available_wh)
    steps, ids, opens_account = [], itertools.count(first_id), side is Side.BUY and not account.exists
    for batch in missing:
        group = market.group()
        effects = []
        for _, row in batch:
            if side is Side.SELL:
                call = market.calls.create_energy_offer(maker, row.amount_wh, row.price_per_kwh, next(ids))
            else:
                call = market.calls.create_energy_buy_offer(
                    maker, row.amount_wh, row.price_per_kwh, next(ids), opens_account=opens_account
                )
            storage = cfg.OFFER_MBR_MICROALGO + (cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0)
            opens_account = False
            group.add(call)
            effects.append(OfferCreated(side, maker, row.amount_wh, row.price_per_kwh, storage))
        steps.append(Step(tuple(effects), group, _key(batch)))
    done = tuple(RowsImported(batch[0][0], batch[-1][0]) for batch in batches if _key(batch) in landed)
    return Work(maker, tuple(steps), done, _Importing(market, side, maker, tuple(rows), set(landed), planned_round))


@dataclass(frozen=True, slots=True)
class _Importing:
    """The rest of a file, where others' offers took more ids than the calls have to spare."""

    market: Market
    side: Side
    maker: str
    rows: tuple[OfferRow, ...]
    landed: set[str]
    planned_round: int

    def is_change(self, error: GridPactError) -> bool:
        """Whether the ledger missed the box of an id."""
        return isinstance(error, LedgerError) and "invalid Box reference" in error.node_text

    def holds(self, step: Step, sent: Sent) -> bool:
        """Always, where it made its offers: what others' offers shift too far is refused, and planned again then."""
        self.landed.add(step.key)
        return sum(event.name in CREATED for event in sent.events) == len(step.effects)

    def again(self, failures: int) -> Work:
        """What is still missing. After a refusal, what others made may still wait for its block: one passes before."""
        connection = self.market.connection
        if failures and connection.last_round() == self.planned_round:
            connection.algod.status_after_block(self.planned_round)
        return create_all(self.market, self.side, self.maker, self.rows, self.landed)


def _key(batch: Sequence[tuple[int, OfferRow]]) -> str:
    return f"{batch[0][0]}-{batch[-1][0]}"


def match_offer(
    market: Market, sender: str, offer_id: int, buyer: str, amount_wh: int, *, consents: bool = False
) -> Work:
    """Sell energy of an offer to a buyer whose trading terms allow it, at the offer's price.

    Args:
        sender: the operator.
        offer_id: the sell offer.
        buyer: who gets the energy.
        amount_wh: energy in Wh; less than the offer's opens a child with the rest.
        consents: whether the buyer signs too: terms that do not allow the match are set first, in the same group.

    Raises:
        ContractError: there is no such offer.
    """
    reader = market
    offer = reader.existing(Side.SELL, offer_id)
    child_id = reader.state().sell_total if _is_partial(offer, amount_wh) else None
    call = market.calls.match_energy_offer(
        sender,
        contracts.offer_book_client.MatchEnergyOfferArgs(offerId=offer_id, buyer=buyer, amountWh=amount_wh),
        offer.maker,
        child_id,
    )
    effect = _match(offer, buyer, amount_wh, offer.price_per_kwh)
    other = reader.account(buyer)
    terms = _buying(_held(market, other.terms), amount_wh, offer.price_per_kwh) if consents else other.terms
    return _work(market, sender, other, terms, effect, call)


def match_buy_offer(
    market: Market, sender: str, offer_id: int, seller: str, amount_wh: int, *, consents: bool = False
) -> Work:
    """Serve a buy offer from a seller whose trading terms allow it, at the seller's price.

    Args:
        sender: the operator.
        offer_id: the buy offer.
        seller: who gives the energy.
        amount_wh: energy in Wh; less than the offer's opens a child with the rest.
        consents: whether the seller signs too: terms that do not allow the match are set first, in the same group.

    Raises:
        ContractError: there is no such offer.
    """
    reader = market
    offer = reader.existing(Side.BUY, offer_id)
    child_id = reader.state().buy_total if _is_partial(offer, amount_wh) else None
    call = market.calls.match_energy_buy_offer(
        sender,
        contracts.offer_book_client.MatchEnergyBuyOfferArgs(offerId=offer_id, seller=seller, amountWh=amount_wh),
        offer.maker,
        child_id,
    )
    other = reader.account(seller)
    terms = _selling(_held(market, other.terms), amount_wh, offer.price_per_kwh) if consents else other.terms
    return _work(market, sender, other, terms, _match(offer, seller, amount_wh, terms.min_sell_price), call)


def cancel(market: Market, sender: str, offer: Offer) -> Work:
    """Withdraw an offer.

    Args:
        sender: its maker, or the operator.
        offer: the offer.
    """
    calls = market.calls
    if offer.side is Side.SELL:
        call = calls.cancel_energy_offer(
            sender, contracts.offer_book_client.CancelEnergyOfferArgs(offerId=offer.offer_id), offer.maker
        )
    else:
        call = calls.cancel_energy_buy_offer(
            sender, contracts.offer_book_client.CancelEnergyBuyOfferArgs(offerId=offer.offer_id), offer.maker
        )
    effect = OfferCancelled(offer.side, offer.offer_id, offer.maker, offer.amount_wh)
    return Work.one(sender, effect, market.group().add(call))


def prune(market: Market, sender: str, side: Side, offer_ids: Sequence[int]) -> Work:
    """Remove the records of closed offers, eight in one atomic group. Their makers get their deposits back. An offer
    that cannot be pruned keeps no other one.

    Args:
        sender: anybody; pays the fees.
        side: the offers' side.
        offer_ids: the offers. Those that were pruned are done; those that are open, or never were, the contract
            refuses.
    """
    reader = market
    wanted = list(dict.fromkeys(offer_ids))
    found = reader.offers_of(side, wanted)
    total = reader.state().total(side)
    done = [offer_id for offer_id in wanted if offer_id not in found and offer_id < total]
    missing = [offer_id for offer_id in wanted if offer_id not in done]
    steps = [_pruning(market, sender, side, found, batch) for batch in batched(missing, PRUNED_A_GROUP)]
    return Work(sender, tuple(steps), tuple(OfferPruned(side, one) for one in done))


def _buying(known: TradingTerms, amount_wh: int, price_per_kwh: int) -> TradingTerms:
    """Terms that allow a purchase: those that are known, as far as they do."""
    return replace(known, buy_wh=max(known.buy_wh, amount_wh), max_buy_price=max(known.max_buy_price, price_per_kwh))


def _selling(known: TradingTerms, amount_wh: int, max_price_per_kwh: int) -> TradingTerms:
    """Terms that allow a sale: those that are known, else at the most that the buyer pays."""
    if known.sell_wh >= amount_wh and known.min_sell_price <= max_price_per_kwh:
        return known
    return replace(known, sell_wh=max(known.sell_wh, amount_wh), min_sell_price=max_price_per_kwh)


def _held(market: Market, terms: TradingTerms) -> TradingTerms:
    """Terms as they hold now: what is past its expiry allows nothing."""
    if 0 < terms.expiry_ts < market.connection.now():
        return NO_TERMS
    return terms


def _work(market: Market, sender: str, other: Account, terms: TradingTerms, match: OfferMatched, call: Call) -> Work:
    """A match, after the other side's consent where that is missing."""
    if terms == other.terms:
        return Work.one(sender, match, market.group().add(call))
    consent, setting_terms = setting(market, other, terms)
    return Work(sender, (Step((consent, match), market.group().add(setting_terms, call)),))


def _pruning(market: Market, sender: str, side: Side, found: Mapping[int, Offer], offer_ids: Sequence[int]) -> Step:
    group = market.group()
    effects = []
    for offer_id in offer_ids:
        offer = found.get(offer_id)
        refund_to = None if offer is None or offer.is_child else offer.maker
        if side is Side.SELL:
            group.add(
                market.calls.prune_offer(
                    sender, contracts.offer_book_client.PruneOfferArgs(offerId=offer_id), refund_to
                )
            )
        else:
            arguments = contracts.offer_book_client.PruneBuyOfferArgs(offerId=offer_id)
            group.add(market.calls.prune_buy_offer(sender, arguments, refund_to))
        refund = cfg.OFFER_MBR_MICROALGO if refund_to else 0
        effects.append(OfferPruned(side, offer_id, refund_to, refund))

    def apart() -> list[Step]:
        return [_pruning(market, sender, side, found, [offer_id]) for offer_id in offer_ids]

    return Step(tuple(effects), group, apart=apart)


def _is_partial(offer: Offer, amount_wh: int) -> bool:
    return amount_wh < offer.amount_wh


def _match(offer: Offer, other: str, amount_wh: int, price_per_kwh: int) -> OfferMatched:
    rest_wh = max(offer.amount_wh - amount_wh, 0)
    storage = cfg.OFFER_MBR_MICROALGO if rest_wh else 0
    return OfferMatched(offer.side, offer.offer_id, other, amount_wh, price_per_kwh, rest_wh, storage)
