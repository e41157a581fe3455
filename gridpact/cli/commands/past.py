"""Lists of what happened: payments, claims, and offers whose records are gone from the chain.

They come from the history where one is kept, else from the chain, which is then read from its beginning.
"""

from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.chain.assets import assets
from gridpact.cli.output import Answer, table
from gridpact.cli.session import Session
from gridpact.history.place import lists_of
from gridpact.history.tables import OfferState, Side

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
    document = [
        {
            "agreement": one.agreement_id,
            "epoch": one.epoch_id,
            "revision": one.revision,
            "amount": one.amount,
            "amount_text": fmt.money(one.amount, units[one.asset_id]),
            "asset": one.asset_id,
            "buyer": one.buyer,
            "treasury": one.treasury,
            "paid_ts": one.paid_ts,
            "round": one.round,
            "transaction": one.txid,
            "payment": one.payment_txid,
        }
        for one in found
    ]
    rows = [
        (
            f"{one.agreement_id}/{one.epoch_id}",
            fmt.moment(one.paid_ts),
            fmt.money(one.amount, units[one.asset_id]),
            session.book.short(one.buyer),
            one.payment_txid,
        )
        for one in found
    ]
    shown = table(["Invoice", "Paid", ">Amount", "Buyer", "Payment"], rows) if rows else "Nothing was paid."
    return Answer({"payments": document}, [shown])


def claims(session: Session, account: Accounts = None, limit: Limit = None, skip: Skip = 0) -> Answer:
    """List what holders got of the deposits, oldest first.

    Example: gridpact history claims --account HOLDER_1
    """
    found = lists_of(session.deployment).claims(_addresses(session, account), limit=limit, skip=skip)
    document = [
        {
            "holder": one.holder,
            "deposit": one.deposit_id,
            "epoch": one.epoch_id,
            "units": one.units,
            "amount_microalgo": one.amount_microalgo,
            "amount_text": fmt.money(one.amount_microalgo),
            "claimed_ts": one.claimed_ts,
            "transaction": one.txid,
        }
        for one in found
    ]
    rows = [
        (
            one.deposit_id,
            fmt.epoch(one.epoch_id),
            fmt.moment(one.claimed_ts),
            fmt.money(one.amount_microalgo),
            one.holder,
        )
        for one in found
    ]
    shown = table([">Deposit", "Month", "Claimed", ">Amount", "Holder"], rows) if rows else "Nothing was claimed."
    return Answer({"claims": document}, [shown])


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
    document = [
        {
            "side": one.side,
            "offer": one.offer_id,
            "maker": one.maker,
            "amount_wh": one.amount_wh,
            "price_per_kwh": one.price_per_kwh,
            "price_text": fmt.eur_price(one.price_per_kwh),
            "since_ts": one.since_ts,
            "parent": one.parent_id,
            "child": one.child_id,
            "matched_wh": one.matched_wh,
            "state": one.state,
            "closed_ts": one.closed_ts,
            "pruned_ts": one.pruned_ts,
            "refund_microalgo": one.refund_microalgo,
        }
        for one in found
    ]
    rows = [
        (
            one.side,
            one.offer_id,
            fmt.energy_wh(one.amount_wh),
            fmt.eur_price(one.price_per_kwh),
            one.state,
            "" if one.pruned_ts is None else fmt.moment(one.pruned_ts),
            session.book.short(one.maker),
        )
        for one in found
    ]
    columns = ["Side", ">Offer", ">Energy", ">Price", "State", "Pruned", "Maker"]
    return Answer({"offers": document}, [table(columns, rows) if rows else "No offer was ever made."])


def _addresses(session: Session, accounts: list[str] | None) -> list[str]:
    return [session.account(one) for one in accounts or ()]
