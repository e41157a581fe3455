"""Lists of what happened: payments, claims, and offers whose records are gone from the chain.

They come from the history where one is kept, else from the chain, which is then read from its beginning.
"""

from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.assets import assets
from gridpact.cli.output import Answer
from gridpact.cli.rows import Column, documents, figure, listing
from gridpact.cli.session import Session
from gridpact.history.place import lists_of
from gridpact.history.tables import Claim, OfferState, Payment, Side
from gridpact.history.tables import Offer as PastOffer

Accounts = Annotated[
    list[str] | None, typer.Option("--account", help="Only of this account; may be repeated.", metavar="ACCOUNT")
]
Limit = Annotated[int | None, typer.Option("--limit", help="At most so many.", min=1)]
Skip = Annotated[int, typer.Option("--skip", help="Leave so many first ones out.", min=0)]


def payments(session: Session, account: Accounts = None, limit: Limit = None, skip: Skip = 0) -> Answer:
    """List what buyers paid, oldest first.

    Example: gridpact history payments --account BUYER_A
    """
    found = lists_of(session.deployment).payments(_addresses(session, account), limit=limit, skip=skip)
    units = assets(session.connection.algod, {one.asset_id for one in found})

    def money(one: Payment) -> str:
        return fmt.money(one.amount, units[one.asset_id])

    columns: list[Column[Payment]] = [
        Column("", lambda one: f"{one.agreement_id}/{one.epoch_id}", "Invoice"),
        Column("agreement", lambda one: one.agreement_id),
        Column("epoch", lambda one: one.epoch_id),
        Column("revision", lambda one: one.revision),
        figure("paid_ts", lambda one: one.paid_ts, "Paid", fmt.moment),
        Column("amount", lambda one: one.amount, ">Amount", money, "amount_text"),
        Column("asset", lambda one: one.asset_id),
        Column("buyer", lambda one: one.buyer, "Buyer", lambda one: session.book.short(one.buyer)),
        Column("treasury", lambda one: one.treasury),
        Column("round", lambda one: one.round),
        Column("transaction", lambda one: one.txid),
        Column("payment", lambda one: one.payment_txid, "Payment"),
    ]
    return Answer({"payments": documents(columns, found)}, [listing(columns, found, "Nothing was paid.")])


def claims(session: Session, account: Accounts = None, limit: Limit = None, skip: Skip = 0) -> Answer:
    """List what holders got of the deposits, oldest first.

    Example: gridpact history claims --account HOLDER_1
    """
    found = lists_of(session.deployment).claims(_addresses(session, account), limit=limit, skip=skip)
    columns: list[Column[Claim]] = [
        Column("deposit", lambda one: one.deposit_id, ">Deposit"),
        figure("epoch", lambda one: one.epoch_id, "Month", fmt.epoch),
        figure("claimed_ts", lambda one: one.claimed_ts, "Claimed", fmt.moment),
        Column("units", lambda one: one.units),
        figure("amount_microalgo", lambda one: one.amount_microalgo, ">Amount", fmt.money, "amount_text"),
        Column("holder", lambda one: one.holder, "Holder"),
        Column("transaction", lambda one: one.txid),
    ]
    return Answer({"claims": documents(columns, found)}, [listing(columns, found, "Nothing was claimed.")])


def offers(
    session: Session,
    side: Annotated[Side | None, typer.Option("--side", help="Only of this side.")] = None,
    state: Annotated[
        list[OfferState] | None, typer.Option("--state", help="Only those that stand so; may be repeated.")
    ] = None,
    account: Accounts = None,
    limit: Limit = None,
    skip: Skip = 0,
) -> Answer:
    """List all offers ever made, also those whose records were pruned from the chain.

    Example: gridpact history offers --side sell --state CANCELLED
    """
    found = lists_of(session.deployment).offers(side, _addresses(session, account), state or (), limit, skip)

    def pruned(one: PastOffer) -> str:
        return "" if one.pruned_ts is None else fmt.moment(one.pruned_ts)

    def price(one: PastOffer) -> str:
        return fmt.eur_price(one.price_per_kwh)

    columns: list[Column[PastOffer]] = [
        Column("side", lambda one: one.side, "Side"),
        Column("offer", lambda one: one.offer_id, ">Offer"),
        figure("amount_wh", lambda one: one.amount_wh, ">Energy", fmt.energy_wh),
        Column("price_per_kwh", lambda one: one.price_per_kwh, ">Price", price, "price_text"),
        Column("since_ts", lambda one: one.since_ts),
        Column("parent", lambda one: one.parent_id),
        Column("child", lambda one: one.child_id),
        Column("matched_wh", lambda one: one.matched_wh),
        Column("state", lambda one: one.state, "State"),
        Column("closed_ts", lambda one: one.closed_ts),
        Column("pruned_ts", lambda one: one.pruned_ts, "Pruned", pruned),
        Column("refund_microalgo", lambda one: one.refund_microalgo),
        Column("maker", lambda one: one.maker, "Maker", lambda one: session.book.short(one.maker)),
    ]
    return Answer({"offers": documents(columns, found)}, [listing(columns, found, "No offer was ever made.")])


def _addresses(session: Session, accounts: list[str] | None) -> list[str]:
    return [session.account(one) for one in accounts or ()]
