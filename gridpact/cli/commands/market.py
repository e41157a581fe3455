"""`gridpact market`: the plan that clears the market, its execution, and its trades. Also `query:transactions`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer
from algosdk.transaction import write_to_file
from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gridpact import units as fmt
from gridpact.chain.errors import GridPactError
from gridpact.chain.keys import KeySource, Role, sign_as
from gridpact.cli.commands.offer import COUNT, DEFAULT_LIMIT, PANEL
from gridpact.cli.output import Answer, console, facts, show, table, talk
from gridpact.cli.receipts import lines
from gridpact.cli.run import (
    DryRunOption,
    JsonOption,
    MnemonicOption,
    OutOption,
    WalletOption,
    YesOption,
    confirm,
    guarded,
    reads,
)
from gridpact.cli.session import Options, Program, Session
from gridpact.market.book import MarketPlan, Match, OpenBook, plan_market
from gridpact.market.clearing import Executed, execute, group_of
from gridpact.market.trades import Trade, trades
from gridpact.units import EUR_DECIMALS

WELFARE_DECIMALS: Final = EUR_DECIMALS + 3
"""Wh x price: 10^11 are 1 EUR."""
SHOWN: Final = 100

Show = Annotated[int, typer.Option("--show", help="Matches to show; --json has all.", min=0)]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(help="Matching of sell and buy offers.", no_args_is_help=True)
    reads(noun, "plan")(plan)
    noun.command("match")(match)
    reads(noun, "transactions")(transactions)
    reads(app, "query:transactions", rich_help_panel=PANEL)(transactions)
    app.add_typer(noun, name="market")


# --- matching ---------------------------------------------------------------------------------------------------------


def plan(session: Session, shown: Show = SHOWN) -> Answer:
    """Show the matches that clear the market: greatest welfare, then most energy, lowest sell with highest buy first.

    Example: gridpact market plan
    """
    found = plan_market(OpenBook.read(session.deployment.market))
    return Answer(plan_document(found), _plan_body(found, shown))


def match(
    ctx: typer.Context,
    shown: Show = SHOWN,
    json: JsonOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    out: OutOption = None,
    wallet: WalletOption = None,
    mnemonic_env: MnemonicOption = None,
) -> None:
    """Clear the market: match all offers that cross, in atomic groups. The operator signs.

    It can be stopped at any time and run again: it goes on where it stopped, to the same end. Offers that change
    meanwhile are planned anew. With --out only the first group is written: the next ones depend on it.

    Example: gridpact market match --yes
    """
    options = Options(json=json, dry_run=dry_run, yes=yes, out=out, source=KeySource(wallet, mnemonic_env))
    session = Session(ctx.find_object(Program) or Program(), options, Role.OPERATOR)
    guarded(session, lambda: _match(session, shown))


def _match(session: Session, shown: int) -> None:
    deployment, options = session.deployment, session.options
    sender = session.sender(deployment.market.state().roles.operator)
    book = OpenBook.read(deployment.market)
    found = plan_market(book)
    if not found.groups:
        document = {**plan_document(found), "executed": _executed_document([])}
        show(Answer(document, [*_plan_body(found, shown), "Nothing to do."]), as_json=options.json)
    elif options.out is not None:
        _write_out(session, sender, found, options.out)
    elif options.dry_run:
        # Later groups rely on offers that the first one makes: they cannot be simulated before it is on chain.
        group_of(deployment.market, sender, found.groups[0]).simulate()
        note = f"Simulated the first of {len(found.groups)} groups: nothing was sent."
        show(Answer({**plan_document(found), "dry_run": True}, [*_plan_body(found, shown), note]), as_json=options.json)
    else:
        _send(session, sender, book, found, shown)


def _send(session: Session, sender: str, book: OpenBook, found: MarketPlan, shown: int) -> None:
    options, connection = session.options, session.connection
    if not options.yes:
        for part in _plan_body(found, shown):
            console(stderr=True).print(part)
    size = f"{_counted(len(found.matches), 'pair')} of offers in {_counted(len(found.groups), 'atomic group')}"
    effects = [
        f"Match {size}: {fmt.energy(found.traded_wh)}, welfare {_eur(found.welfare)}",
        f"Fees {fmt.money(found.fees_microalgo)}, storage deposits {fmt.money(found.deposits_microalgo)}",
        "Offers that change meanwhile are planned anew",
    ]
    confirm(connection, effects, options, session.program)
    sign_as(connection, sender, session.role, options.source)
    done: list[Executed] = []
    try:
        with matching_progress(len(found.matches)) as advance:
            for step in execute(session.deployment.market, sender, book):
                if isinstance(step, Executed):
                    done.append(step)
                    advance(len(step.matches), f"group {len(done)} in round {step.sent.round:,}")
                else:
                    talk(f"Planned anew: {step.why}")
    except GridPactError:
        if done:
            talk(f"{_counted(len(done), 'group')} done, and they stand; the same command goes on from there.")
        raise
    matches = [one for step in done for one in step.matches]
    energy, welfare = sum(one.amount_wh for one in matches), sum(one.welfare for one in matches)
    fees, deposits = sum(step.fees_microalgo for step in done), sum(step.deposits_microalgo for step in done)
    size = f"{_counted(len(matches), 'pair')} of offers in {_counted(len(done), 'atomic group')}"
    body: list[RenderableType] = [
        _match_table(matches, shown),
        f"Matched {size}: {fmt.energy(energy)}, welfare {_eur(welfare)}.",
        f"Fees {fmt.money(fees)}, storage deposits {fmt.money(deposits)}.",
    ]
    document = {**plan_document(found), "executed": _executed_document(done)}
    show(Answer(document, body), as_json=options.json)


def _write_out(session: Session, sender: str, found: MarketPlan, path: Path) -> None:
    first = found.groups[0]
    unsigned = group_of(session.deployment.market, sender, first).unsigned()
    try:
        write_to_file(unsigned, str(path))
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise GridPactError(msg, "Choose another file.") from error
    last_valid = min(int(transaction.last_valid_round) for transaction in unsigned)
    written = f"{len(unsigned)} unsigned transactions of {sender}, group 1 of {len(found.groups)}"
    sign = f"Sign them (`algokit task sign -a ACCOUNT -f {path} -o SIGNED`), run `gridpact submit SIGNED`"
    body = [
        _match_table(first, len(first)),
        f"Wrote {written}, to {path}. They are valid until round {last_valid}.",
        f"{sign}, then this command again for the rest.",
    ]
    document = {**plan_document(found), "file": str(path), "last_valid_round": last_valid}
    show(Answer(document, body), as_json=session.options.json)


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
        "groups": [[_match_document(one) for one in group] for group in found.groups],
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
    rows = [
        (
            number,
            one.sell_id,
            one.buy_id,
            fmt.short(one.seller),
            fmt.short(one.buyer),
            f"{one.amount_wh:,}",
            fmt.eur_price(one.price_per_kwh),
            _eur(one.welfare),
            ", ".join(
                f"{side} {child}"
                for side, child in (("sell", one.sell_child_id), ("buy", one.buy_child_id))
                if child is not None
            ),
        )
        for number, one in enumerate(matches[:shown], 1)
    ]
    more = f" (the first {shown} of {len(matches):,})" if len(matches) > shown else ""
    columns = [">#", ">Sell", ">Buy", "Seller", "Buyer", ">Wh", ">Price", ">Welfare", "Rest"]
    return table(columns, rows, title=f"Matches{more}")


def _match_document(one: Match) -> dict[str, object]:
    return {
        "sell_id": one.sell_id,
        "buy_id": one.buy_id,
        "seller": one.seller,
        "buyer": one.buyer,
        "amount_wh": one.amount_wh,
        "price_per_kwh": one.price_per_kwh,
        "price_text": fmt.eur_price(one.price_per_kwh),
        "welfare": str(one.welfare),
        "sell_child_id": one.sell_child_id,
        "buy_child_id": one.buy_child_id,
    }


def _executed_document(done: Sequence[Executed]) -> list[dict[str, object]]:
    return [
        {
            "round": step.sent.round,
            "fees_microalgo": step.fees_microalgo,
            "deposits_microalgo": step.deposits_microalgo,
            "transactions": list(step.sent.tx_ids),
            "matches": [_match_document(one) for one in step.matches],
        }
        for step in done
    ]


@contextmanager
def matching_progress(total: int) -> Iterator[Callable[[int, str], None]]:
    """A bar on a terminal, a line for each group elsewhere."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield lambda _count, text: talk(f"✓ {text}")
        return
    text = TextColumn("{task.fields[text]}")
    with Progress(
        TextColumn("Matching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), text, console=err
    ) as bar:
        task = bar.add_task("match", total=total, text="")
        yield lambda count, text: bar.update(task, advance=count, text=text)


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
    found = list(islice(trades(deployment.market), offset, offset + limit))
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
