"""`gridpact terms`: what the operator may do for an account in one-sided matches."""

from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.commands.offer import EUR, EXPIRY, WH
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.words.market import terms as words_of
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.market import terms as trading_terms

Account = Annotated[
    str | None, typer.Option("--account", metavar="ACCOUNT", help="Whose terms, and who signs; by default the key's.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(
        cls=Noun, help="Consent to one-sided matches: price limits, and Wh still allowed.", no_args_is_help=True
    )
    writes(noun, "set", Role.CONSUMER)(set_terms)
    writes(noun, "clear", Role.CONSUMER)(clear)
    writes(noun, "close-account", Role.CONSUMER)(close_account)
    reads(noun, "show")(show)
    app.add_typer(noun, name="terms")


def set_terms(
    session: Session,
    sell_wh: Annotated[int | None, typer.Option("--sell-wh", help="Energy that may be sold for you.", **WH)] = None,
    min_sell_price: Annotated[
        int | None, typer.Option("--min-sell-price", help="What a kWh is sold for: 0.15.", **EUR)
    ] = None,
    buy_wh: Annotated[int | None, typer.Option("--buy-wh", help="Energy that may be bought for you.", **WH)] = None,
    max_buy_price: Annotated[
        int | None, typer.Option("--max-buy-price", help="The most that a kWh may cost: 0.20.", **EUR)
    ] = None,
    expiry_ts: Annotated[
        int | None, typer.Option("--expiry-ts", help="The last second in which it holds; 0 for no end.", **EXPIRY)
    ] = None,
    account: Account = None,
) -> Work:
    """Let the operator sell or buy for an account, within a price and an amount. What is not named stays as it is.

    Each match uses up the Wh that it trades; the same command, run again, allows them anew.

    Example: gridpact terms set --buy-wh 2000 --max-buy-price 0.20
    """
    if all(value is None for value in (sell_wh, min_sell_price, buy_wh, max_buy_price, expiry_ts)):
        msg = "Name what is allowed: --sell-wh with --min-sell-price, or --buy-wh with --max-buy-price."
        raise typer.BadParameter(msg)
    deployment = session.deployment
    owner = session.own_account(Role.CONSUMER, account)
    known = deployment.market.account(owner).terms
    terms = TradingTerms(
        min_sell_price=known.min_sell_price if min_sell_price is None else min_sell_price,
        sell_wh=known.sell_wh if sell_wh is None else sell_wh,
        max_buy_price=known.max_buy_price if max_buy_price is None else max_buy_price,
        buy_wh=known.buy_wh if buy_wh is None else buy_wh,
        expiry_ts=known.expiry_ts if expiry_ts is None else expiry_ts,
    )
    return trading_terms.set_terms(deployment.market, owner, terms)


def clear(session: Session, account: Account = None) -> Work:
    """Take the consent back: the operator may do nothing for the account. Offers stand.

    Example: gridpact terms clear
    """
    owner = session.own_account(Role.CONSUMER, account)
    return trading_terms.set_terms(session.deployment.market, owner, trading_terms.NO_TERMS)


def close_account(session: Session, account: Account = None) -> Work:
    """Remove an account's empty line in the offer book, with its terms. Its storage deposit comes back.

    Example: gridpact terms close-account
    """
    return trading_terms.close_account(session.deployment.market, session.own_account(Role.CONSUMER, account))


def show(
    session: Session,
    account: Annotated[
        str | None, typer.Option("--account", metavar="ACCOUNT", help="Whose terms; by default the consumer's.")
    ] = None,
) -> Answer:
    """Show what the operator may still do for an account.

    Example: gridpact terms show --account CONSUMER
    """
    owner = session.own_account(Role.CONSUMER, account)
    terms = session.deployment.market.account(owner).terms
    document = {
        "account": owner,
        "min_sell_price": terms.min_sell_price,
        "sell_wh": terms.sell_wh,
        "max_buy_price": terms.max_buy_price,
        "buy_wh": terms.buy_wh,
        "expiry_ts": terms.expiry_ts,
        "text": words_of(terms.sell_wh, terms.min_sell_price, terms.buy_wh, terms.max_buy_price, terms.expiry_ts),
    }
    rows = [
        ("Account", owner),
        ("May sell", fmt.energy_wh(terms.sell_wh)),
        ("At", fmt.eur_price(terms.min_sell_price)),
        ("May buy", fmt.energy_wh(terms.buy_wh)),
        ("At most at", fmt.eur_price(terms.max_buy_price)),
        ("Until", fmt.moment(terms.expiry_ts) if terms.expiry_ts else "no end"),
    ]
    return Answer(document, [facts(rows)])
