"""Sell and buy offers: created, matched one-sidedly, cancelled, pruned.

What the contract checks is left to the contract: its refusals carry the names that people know. Creating makes a new
offer each time. Matching and cancelling close what they name: run again, they are refused and change nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.chain.call import Call
from gridpact.chain.work import Step, Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.market.app import Market
from gridpact.market.effects import OfferCancelled, OfferCreated, OfferMatched, OfferPruned
from gridpact.market.read import Account, Offer, Side
from gridpact.market.terms import setting

PRUNED_A_GROUP: Final = 8


def create_offer(market: Market, seller: str, amount_wh: int, price_per_kwh: int) -> Work:
    """Offer energy. Each run makes another offer.

    Args:
        seller: a registered producer, who signs.
        amount_wh: energy in Wh.
        price_per_kwh: EUR per kWh with 8 decimals.
    """
    offer_id = market.state().sell_total
    call = market.calls.create_energy_offer(seller, amount_wh, price_per_kwh, offer_id)
    effect = OfferCreated(Side.SELL, seller, amount_wh, price_per_kwh, cfg.OFFER_MBR_MICROALGO)
    return Work.one(seller, effect, market.group().add(call))


def create_buy_offer(market: Market, buyer: str, amount_wh: int, max_price_per_kwh: int) -> Work:
    """Ask for energy. Each run makes another offer.

    Args:
        buyer: anybody; signs.
        amount_wh: energy in Wh.
        max_price_per_kwh: EUR per kWh with 8 decimals.
    """
    reader = market
    offer_id = reader.state().buy_total
    opens_account = not reader.account(buyer).exists
    call = market.calls.create_energy_buy_offer(
        buyer, amount_wh, max_price_per_kwh, offer_id, opens_account=opens_account
    )
    storage = cfg.OFFER_MBR_MICROALGO + (cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0)
    effect = OfferCreated(Side.BUY, buyer, amount_wh, max_price_per_kwh, storage)
    return Work.one(buyer, effect, market.group().add(call))


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
    terms = _buying(other.terms, amount_wh, offer.price_per_kwh) if consents else other.terms
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
    terms = _selling(other.terms, amount_wh, offer.price_per_kwh) if consents else other.terms
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
            sender, contracts.offer_book_client.CancelEnergyBuyOfferArgs(offerId=offer.offer_id)
        )
    effect = OfferCancelled(offer.side, offer.offer_id, offer.maker, offer.amount_wh)
    return Work.one(sender, effect, market.group().add(call))


def prune(market: Market, sender: str, side: Side, offer_ids: Sequence[int]) -> Work:
    """Remove the records of closed offers, eight in one atomic group. Their makers get their deposits back.

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
    steps = []
    for batch in batched((offer_id for offer_id in wanted if offer_id not in done), PRUNED_A_GROUP):
        group = market.group()
        effects = []
        for offer_id in batch:
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
        steps.append(Step(tuple(effects), group))
    return Work(sender, tuple(steps), tuple(OfferPruned(side, one) for one in done))


def _buying(known: TradingTerms, amount_wh: int, price_per_kwh: int) -> TradingTerms:
    """Terms that allow a purchase: those that are known, as far as they do."""
    return replace(known, buy_wh=max(known.buy_wh, amount_wh), max_buy_price=max(known.max_buy_price, price_per_kwh))


def _selling(known: TradingTerms, amount_wh: int, max_price_per_kwh: int) -> TradingTerms:
    """Terms that allow a sale: those that are known, else at the most that the buyer pays."""
    if known.sell_wh >= amount_wh and known.min_sell_price <= max_price_per_kwh:
        return known
    return replace(known, sell_wh=max(known.sell_wh, amount_wh), min_sell_price=max_price_per_kwh)


def _work(market: Market, sender: str, other: Account, terms: TradingTerms, match: OfferMatched, call: Call) -> Work:
    """A match, after the other side's consent where that is missing."""
    if terms == other.terms:
        return Work.one(sender, match, market.group().add(call))
    consent, setting_terms = setting(market, other, terms)
    return Work(sender, (Step((consent, match), market.group().add(setting_terms, call)),))


def _is_partial(offer: Offer, amount_wh: int) -> bool:
    return amount_wh < offer.amount_wh


def _match(offer: Offer, other: str, amount_wh: int, price_per_kwh: int) -> OfferMatched:
    rest_wh = max(offer.amount_wh - amount_wh, 0)
    storage = cfg.OFFER_MBR_MICROALGO if rest_wh else 0
    return OfferMatched(offer.side, offer.offer_id, other, amount_wh, price_per_kwh, rest_wh, storage)
