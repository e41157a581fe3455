"""`gridpact market`: the plan that clears the market, its execution, and its trades. Also `query:transactions`."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.chain.keys import Role
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.cli.commands.offer import COUNT, DEFAULT_LIMIT, PANEL
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts, talk
from gridpact.cli.receipts import lines
from gridpact.cli.rows import Column, documents, figure, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import ALGO_OPTION
from gridpact.deployment.record import Deployment
from gridpact.history.place import kept_lists_of
from gridpact.market import surplus
from gridpact.market.book import MarketPlan, OpenBook, plan_market
from gridpact.market.clearing import Clearing, Executed, clear
from gridpact.market.effects import Match
from gridpact.market.trades import Trade, trades
from gridpact.units import EUR_DECIMALS

WELFARE_DECIMALS: Final = EUR_DECIMALS + 3
"""Wh x price: 10^11 are 1 EUR."""
SHOWN: Final = 100

Show = Annotated[int, typer.Option("--show", help="Matches to show; --json has all.", min=0)]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Matching of sell and buy offers.", no_args_is_help=True)
    reads(noun, "plan")(plan)
    writes(noun, "match", Role.OPERATOR, matched, preview)(match)
    reads(noun, "transactions")(transactions)
    writes(noun, "withdraw", Role.ADMIN)(withdraw)
    reads(app, "query:transactions", panel=PANEL)(transactions)
    app.add_typer(noun, name="market")


# --- matching ---------------------------------------------------------------------------------------------------------


def plan(session: Session, shown: Show = SHOWN) -> Answer:
    """Show the matches that clear the market: greatest welfare, then most energy, lowest sell with highest buy first.

    Example: gridpact market plan
    """
    found = plan_market(OpenBook.read(session.deployment.market))
    return Answer(plan_document(found), _plan_body(found, shown))


def match(session: Session) -> Work:
    """Clear the market: match all offers that cross, in atomic groups. The operator signs.

    It can be stopped at any time and run again: it goes on where it stopped, to the same end. Offers that change
    meanwhile are planned anew.

    Example: gridpact market match --yes
    """
    market = session.deployment.market
    return clear(market, session.sender(market.state().roles.operator))


def withdraw(
    session: Session,
    amount: Annotated[
        int | None, typer.Option("--amount", help="How much; by default all that is spare.", **ALGO_OPTION)
    ] = None,
) -> Work:
    """Pay ALGO that the offer book does not need to the admin, who signs. Every storage deposit stays.

    It is what the deposits of new offers after partial matches would be taken from next.

    Example: gridpact market withdraw --amount 0.5
    """
    market = session.deployment.market
    sender = session.sender(market.state().roles.admin)
    return surplus.withdraw(market, sender, surplus.surplus_microalgo(market) if amount is None else amount)


def preview(work: Work) -> Answer:
    """The plan."""
    assert isinstance(work, Clearing), "what `match` returns"
    plan = work.plan
    size = f"{_counted(len(plan.matches), 'pair')} of offers in {_counted(len(plan.groups), 'atomic group')}"
    summary = f"Match {size}: {fmt.energy(plan.traded_wh)}, welfare {_eur(plan.welfare)}"
    return Answer(plan_document(plan), [*_plan_body(plan, SHOWN), *([summary] if plan.groups else [])])


def matched(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What was matched."""
    done = [Executed.of(step, confirmed) for step, confirmed in sent]
    matches = [one for step in done for one in step.matches]
    energy, welfare = sum(one.amount_wh for one in matches), sum(one.welfare for one in matches)
    size = f"{_counted(len(matches), 'pair')} of offers in {_counted(len(done), 'atomic group')}"
    body: list[RenderableType] = [
        _match_table(matches, SHOWN),
        f"Matched {size}: {fmt.energy(energy)}, welfare {_eur(welfare)}.",
    ]
    return Answer({"executed": _executed_document(done)}, body)


def plan_document(found: MarketPlan) -> dict[str, object]:
    """A plan for programs."""
    return {
        "open_sell_offers": found.open_sells,
        "open_buy_offers": found.open_buys,
        "pairs": len(found.matches),
        "traded_wh": found.traded_wh,
        "traded_text": fmt.energy(found.traded_wh),
        # Welfare may be beyond 64 bits.
        "welfare": str(found.welfare),
        "welfare_text": _eur(found.welfare),
        "fees_microalgo": found.fees_microalgo,
        "deposits_microalgo": found.deposits_microalgo,
        "groups": [documents(MATCH, group) for group in found.groups],
        "own_volume": None
        if found.own_volume is None
        else {
            "account": found.own_account,
            "barred_wh": found.own_volume.barred_wh,
            "left_wh": found.own_volume.left_wh,
            "welfare_forgone": str(found.own_volume.welfare_forgone),
        },
    }


def _plan_body(found: MarketPlan, shown: int) -> list[RenderableType]:
    summary: list[tuple[str, object]] = [
        ("Open offers", f"{found.open_sells:,} sell, {found.open_buys:,} buy"),
        ("Pairs", f"{len(found.matches):,} in {_counted(len(found.groups), 'atomic group')}"),
        ("Energy", fmt.energy(found.traded_wh)),
        ("Welfare", _eur(found.welfare)),
        ("Fees", fmt.money(found.fees_microalgo)),
        ("Deposits", fmt.money(found.deposits_microalgo)),
    ]
    body: list[RenderableType] = []
    if found.matches:
        body += [_match_table(found.matches, shown), ""]
    body.append(facts(summary))
    if found.own_volume is not None:
        own = found.own_volume
        body.append(
            f"{found.own_account} would trade {fmt.energy(own.barred_wh)} with itself, which is barred: "
            f"{fmt.energy(own.left_wh)} stay open on both sides, welfare forgone {_eur(own.welfare_forgone)}."
        )
    return body


def _match_table(matches: Sequence[Match], shown: int) -> RenderableType:
    more = f" (the first {shown} of {len(matches):,})" if len(matches) > shown else ""
    return listing(MATCH, matches[:shown], "", title=f"Matches{more}")


def _rests(one: Match) -> str:
    rests = (("sell", one.sell_child_id), ("buy", one.buy_child_id))
    return ", ".join(f"{side} {child}" for side, child in rests if child is not None)


MATCH: Final[list[Column[Match]]] = [
    Column("sell_id", lambda one: one.sell_id, ">Sell"),
    Column("buy_id", lambda one: one.buy_id, ">Buy"),
    figure("seller", lambda one: one.seller, "Seller", fmt.short),
    figure("buyer", lambda one: one.buyer, "Buyer", fmt.short),
    Column("amount_wh", lambda one: one.amount_wh, ">Wh", lambda one: f"{one.amount_wh:,}"),
    figure("price_per_kwh", lambda one: one.price_per_kwh, ">Price", fmt.eur_price, "price_text"),
    Column("welfare", lambda one: str(one.welfare), ">Welfare", lambda one: _eur(one.welfare)),
    Column("sell_child_id", lambda one: one.sell_child_id),
    Column("buy_child_id", lambda one: one.buy_child_id),
    Column("", _rests, "Rest"),
]
"""The figures of a match of two offers."""


def _executed_document(done: Sequence[Executed]) -> list[dict[str, object]]:
    return [
        {
            "round": step.sent.round,
            "fees_microalgo": step.fees_microalgo,
            "deposits_microalgo": step.deposits_microalgo,
            "transactions": list(step.sent.tx_ids),
            "matches": documents(MATCH, step.matches),
        }
        for step in done
    ]


# --- trades -----------------------------------------------------------------------------------------------------------


def transactions(
    session: Session,
    offset: Annotated[int, typer.Option("--offset", envvar="OFFSET", help="Trades to pass over.", **COUNT)] = 0,
    limit: Annotated[int, typer.Option("--limit", envvar="LIMIT", help="Trades to show.", **COUNT)] = DEFAULT_LIMIT,
) -> Answer:
    """Show the trades of the market, oldest first. Offset and limit count trades.

    Example: OFFSET=10 LIMIT=10 gridpact query:transactions
    """
    deployment = session.deployment
    counters = deployment.market.state()
    found = _trades(deployment, offset, limit)
    missing = min(counters.trades, offset + limit) - offset - len(found)
    if missing > 0:
        talk(f"The history is {_counted(missing, 'trade')} behind the chain: the indexer lags.")
    where = f", from number {offset + 1} on" if offset else ""
    body: list[RenderableType] = [f"📊 Found {_counted(len(found), 'transaction')}{where}:"]
    for number, trade in enumerate(found, offset + 1):
        body += ["", f"--- Transaction #{number} ---", *lines(_trade_lines(trade))]
    if counters.trades > offset + len(found):
        body += ["", f"More follow: OFFSET={offset + len(found)}"]
    totals = [("Total Transactions", counters.trades), ("Total Energy", fmt.energy_wh(counters.traded_wh))]
    body += ["", "📈 Transaction Statistics:", *lines(totals)]
    document = {
        "transactions": [_trade_document(trade) for trade in found],
        "offset": offset,
        "more": counters.trades > offset + len(found),
        "total_transactions": counters.trades,
        "total_wh": counters.traded_wh,
    }
    return Answer(document, body)


def _trades(deployment: Deployment, offset: int, limit: int) -> list[Trade]:
    """From the history where one is kept, else from the chain."""
    lists = kept_lists_of(deployment)
    if lists is None:
        return list(islice(trades(deployment.market), offset, offset + limit))
    return [
        Trade(one.txid, one.sell_id, one.buy_id, one.seller, one.buyer, one.amount_wh, one.price_per_kwh, one.ts)
        for one in lists.trades(limit=limit, skip=offset)
    ]


def _trade_lines(trade: Trade) -> list[tuple[str, object]]:
    return [
        ("Transaction ID", trade.tx_id),
        *([("Offer ID", trade.sell_id)] if trade.sell_id is not None else []),
        *([("Buy Offer ID", trade.buy_id)] if trade.buy_id is not None else []),
        ("Seller", trade.seller),
        ("Buyer", trade.buyer),
        ("Amount", fmt.energy_wh(trade.amount_wh)),
        ("Price", fmt.eur_price(trade.price_per_kwh)),
        ("Total Value", _eur(trade.value)),
        ("Timestamp", fmt.iso(trade.ts)),
    ]


def _trade_document(trade: Trade) -> dict[str, object]:
    return {
        "transaction": trade.tx_id,
        "offer_id": trade.sell_id,
        "buy_offer_id": trade.buy_id,
        "seller": trade.seller,
        "buyer": trade.buyer,
        "amount_wh": trade.amount_wh,
        "amount_text": fmt.energy_wh(trade.amount_wh),
        "price_per_kwh": trade.price_per_kwh,
        "price_text": fmt.eur_price(trade.price_per_kwh),
        "value_text": _eur(trade.value),
        "timestamp_ts": trade.ts,
        "timestamp": fmt.iso(trade.ts),
    }


def _eur(units: int) -> str:
    return fmt.eur(units, WELFARE_DECIMALS)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
