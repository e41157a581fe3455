"""Trading terms: what the operator may do for an account in one-sided matches."""

from gridpact.chain.work import Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_client import TradingTerms
from gridpact.market.app import Market
from gridpact.market.effects import TermsSet

NO_TERMS = TradingTerms(minSellPrice=0, sellWh=0, maxBuyPrice=0, buyWh=0)


def set_terms(market: Market, account: str, terms: TradingTerms) -> Work:
    """Say what may be done, in place of what was said before. Terms that stand already are left as they are.

    Args:
        account: whose terms; signs.
        terms: price limits in EUR per kWh with 8 decimals, and Wh; all zero takes the consent back.
    """
    known = market.account(account)
    effect = TermsSet(
        account=account,
        sell_wh=terms.sellWh,
        min_sell_price=terms.minSellPrice,
        buy_wh=terms.buyWh,
        max_buy_price=terms.maxBuyPrice,
        storage_microalgo=0 if known.exists else cfg.ACCOUNT_MBR_MICROALGO,
    )
    if known.terms == terms:
        return Work(account, done=(effect,))
    call = market.calls.set_trading_terms(account, terms, opens_account=not known.exists)
    return Work.one(account, effect, market.group().add(call))
