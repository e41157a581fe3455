"""Trading terms: what the operator may do for an account in one-sided matches."""

from gridpact import units as fmt
from gridpact.chain.work import Step, Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_client import TradingTerms
from gridpact.market.app import Market

NO_TERMS = TradingTerms(minSellPrice=0, sellWh=0, maxBuyPrice=0, buyWh=0)


def set_terms(market: Market, account: str, terms: TradingTerms) -> Work:
    """Say what may be done, in place of what was said before. Terms that stand already are left as they are.

    Args:
        account: whose terms; signs.
        terms: price limits in EUR per kWh with 8 decimals, and Wh; all zero takes the consent back.
    """
    known = market.account(account)
    if known.terms == terms:
        return Work(account, done=(f"{account}: {summary(terms)}.",))
    call = market.calls.set_trading_terms(account, terms, opens_account=not known.exists)
    storage = "" if known.exists else f"; storage {fmt.money(cfg.ACCOUNT_MBR_MICROALGO)}"
    effect = f"Let the operator act for {account}: {summary(terms)}{storage}"
    return Work(account, (Step((effect,), market.group().add(call)),))


def summary(terms: TradingTerms) -> str:
    """Terms in a sentence."""
    sell = f"sell up to {fmt.energy_wh(terms.sellWh)} at {fmt.eur_price(terms.minSellPrice)}" if terms.sellWh else ""
    buy = f"buy up to {fmt.energy_wh(terms.buyWh)} at {fmt.eur_price(terms.maxBuyPrice)} or less" if terms.buyWh else ""
    return ", ".join(filter(None, (sell, buy))) or "nothing is allowed"
