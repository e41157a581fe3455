"""Trading terms: what the operator may do for an account in one-sided matches."""

from gridpact.chain.call import Call
from gridpact.chain.work import Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.market.app import Market
from gridpact.market.effects import AccountClosed, TermsSet
from gridpact.market.errors import ExpiryTooFar
from gridpact.market.read import Account
from gridpact.units import LAST_SECOND

NO_TERMS = TradingTerms(min_sell_price=0, sell_wh=0, max_buy_price=0, buy_wh=0, expiry_ts=0)


def require_expiry(expiry_ts: int) -> None:
    """Refuse an end that no calendar has; one that is past is the contract's to refuse.

    Args:
        expiry_ts: Unix time; 0 for no end.

    Raises:
        ExpiryTooFar: it is after the year 9999.
    """
    if expiry_ts > LAST_SECOND:
        raise ExpiryTooFar(expiry_ts)


def set_terms(market: Market, account: str, terms: TradingTerms) -> Work:
    """Say what may be done, in place of what was said before. Terms that stand already are left as they are.

    Args:
        account: whose terms; signs.
        terms: price limits in EUR per kWh with 8 decimals, Wh, and expiry; all zero takes the consent back.

    Raises:
        ExpiryTooFar: they would end after all years.
    """
    require_expiry(terms.expiry_ts)
    known = market.account(account)
    effect, call = setting(market, known, terms)
    if known.terms == terms:
        return Work(account, done=(effect,))
    return Work.one(account, effect, market.group().add(call))


def setting(market: Market, account: Account, terms: TradingTerms) -> tuple[TermsSet, Call]:
    """The call that sets an account's terms, for a group that relies on them too.

    Args:
        account: whose terms, as it stands; signs.
        terms: what may be done from then on.
    """
    effect = TermsSet(
        account=account.address,
        sell_wh=terms.sell_wh,
        min_sell_price=terms.min_sell_price,
        buy_wh=terms.buy_wh,
        max_buy_price=terms.max_buy_price,
        storage_microalgo=0 if account.exists else cfg.ACCOUNT_MBR_MICROALGO,
        expiry_ts=terms.expiry_ts,
    )
    return effect, market.calls.set_trading_terms(account.address, terms, opens_account=not account.exists)


def close_account(market: Market, account: str) -> Work:
    """Remove an empty trading account, with its terms and its counts of offers; its deposit comes back.

    Args:
        account: whose; signs. An account that is not there is done.
    """
    known = market.account(account)
    if not known.exists:
        return Work(account, done=(AccountClosed(account, 0),))
    effect = AccountClosed(account, 0 if known.paid_by_float else cfg.ACCOUNT_MBR_MICROALGO)
    return Work.one(account, effect, market.group().add(market.calls.close_trading_account(account)))
