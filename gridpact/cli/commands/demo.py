"""`gridpact demo`: the example month, end to end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.chain.connection import Connection, NoNodeError
from gridpact.chain.work import Replanned, Work
from gridpact.cli import words
from gridpact.cli.errors import LocalNetDidNotStart
from gridpact.cli.help import Command
from gridpact.cli.options import JsonOption, Options, YesOption
from gridpact.cli.output import Answer, facts, show, table, talk
from gridpact.cli.run import confirm, guarded
from gridpact.cli.session import Program, Session
from gridpact.cli.words.names import DeploymentNames
from gridpact.deployment import deploy as deployment
from gridpact.deployment.record import Deployment, find_receipt
from gridpact.example import READINGS
from gridpact.example.month import PLAN, Books, ExampleMonth, Outcome, Plan, check_beginning
from gridpact.market.effects import Match
from gridpact.market.read import Offer
from gridpact.production.readings import parse

STOP: Final = "python -m localnet stop"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", cls=Command)(demo)


def demo(
    ctx: typer.Context,
    readings: Annotated[
        Path, typer.Option("--readings", help="The month's interval readings (CSV).", exists=True, dir_okay=False)
    ] = READINGS,
    company_a_kwh: Annotated[
        int, typer.Option("--company-a-kwh", min=1, help="Energy for Company A, in kWh.")
    ] = PLAN.buyers[0].kwh,
    company_b_kwh: Annotated[
        int, typer.Option("--company-b-kwh", min=1, help="Energy for Company B, in kWh.")
    ] = PLAN.buyers[1].kwh,
    scale: Annotated[
        int, typer.Option("--scale", min=1, help="Divide all prices by this: on TestNet nobody has 15,000 ALGO.")
    ] = 1,
    json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Run the example month: readings, invoices, atomic payments, revenue, claims.

    Uses the LocalNet that answers, else starts the embedded one. Does only what is missing: a second run sends nothing.

    Example: gridpact demo
    """
    session = Session(ctx.find_object(Program) or Program(), Options(json=json, yes=yes))
    first, second = PLAN.buyers
    plan = PLAN.with_kwh(first.name, company_a_kwh).with_kwh(second.name, company_b_kwh).scaled(scale)
    guarded(session, lambda: _run(session, readings, plan))


def ensure(session: Session) -> None:
    """Do the example month where a LocalNet has no deployment; start the embedded one where none answers."""
    connection, _ = _connection(session)
    if connection.is_localnet and find_receipt(connection) is None:
        _run(session, READINGS, PLAN)


def _run(session: Session, readings: Path, plan: Plan) -> None:
    connection, was_started = _connection(session)
    parsed = parse(readings.read_bytes())
    check_beginning(connection, plan, parsed)
    if not connection.is_localnet:
        confirm(connection, ["Deploy what is missing, and run the example month"], session.options, session.program)
    session.is_sending = True
    month = ExampleMonth(_deployed(connection), parsed, plan)
    names = DeploymentNames(month.deployment)
    sent = sum(_do(work, names) for work in month.steps())
    sent += sum(_do(work, names) for work in month.correction_steps())
    sent += sum(_do(work, names) for work in month.market_steps())
    sent += sum(_say(matches) for matches in month.matches())
    outcome, books = month.outcome(), month.books()
    document = _document(month, outcome) | {
        "correction": _correction_document(outcome),
        "market": _market_document(books),
        "transactions_sent": sent,
        "last_round": connection.last_round(),
    }
    tables = [
        *_tables(month, outcome),
        *_correction_tables(month, outcome),
        *_market_tables(books),
        *_ending(month, outcome, sent),
    ]
    if was_started:
        tables.append(f"The LocalNet goes on running; stop it with `{STOP}`.")
    show(Answer(document, tables), as_json=session.options.json)


def _connection(session: Session) -> tuple[Connection, bool]:
    """The network that answers; the embedded LocalNet where none does and none is named. And whether it was started."""
    try:
        return session.connection, False
    except NoNodeError:
        if os.environ.get("ALGOD_SERVER"):
            raise
    talk("No LocalNet answers: starting the embedded one.")
    started = subprocess.run(
        [sys.executable, "-m", "localnet", "start"], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if started.returncode != 0:
        said = (started.stderr or started.stdout).strip().splitlines()
        raise LocalNetDidNotStart(said[-1] if said else "")
    return session.connection, True


def _deployed(connection: Connection) -> Deployment:
    for step in deployment.deploy(connection):
        if isinstance(step, Deployment):
            return step
        talk(f"✓ {words.done(step.effect)}")
    msg = "a deployment ends with its apps"
    raise AssertionError(msg)


def _do(work: Work, names: DeploymentNames) -> int:
    """Do what is missing of one step, and say so; the number of transactions."""
    for text in words.there(work.done, with_advice=False):
        talk(f"· {text}")
    sent = 0
    for one in work.run():
        assert not isinstance(one, Replanned), "nobody else works on the example"
        step, group = one
        for text in words.told(step.effects, group.events, names):
            talk(f"✓ {text}")
        sent += len(group.tx_ids)
    return sent


def _say(matches: tuple[Match, ...]) -> int:
    """Say which offers met; the number of transactions."""
    for match in matches:
        talk(
            f"✓ Match {fmt.energy_wh(match.amount_wh)} of offer {match.sell_id} with buy offer {match.buy_id} "
            f"at {fmt.eur_price(match.price_per_kwh)}"
        )
    return len(matches)


# --- what the chain says ----------------------------------------------------------------------------------------------


def _tables(month: ExampleMonth, outcome: Outcome) -> list[RenderableType]:
    first, vault = outcome.first, outcome.vault
    now = month.connection.now()
    epoch = fmt.epoch(month.epoch_id)
    invoices = [
        (
            buyer.title,
            fmt.energy_kwh(invoice.kwh),
            fmt.price(invoice.price_per_kwh),
            fmt.money(invoice.amount),
            fmt.date(invoice.due_ts),
            str(invoice.status_at(now)).upper(),
        )
        for buyer, invoice in zip(month.plan.buyers, outcome.invoices, strict=True)
    ]
    holders = [
        (
            name,
            fmt.power(holder.units),
            fmt.money(holder.paid_microalgo),
            fmt.money(outcome.balances_microalgo[holder.address]),
        )
        for (name, _), holder in zip(month.plan.holders_kw, outcome.holders, strict=True)
    ]
    split = [
        (
            "PPA sales",
            fmt.energy(first.ppa_wh),
            fmt.percent(first.ppa_wh, first.recorded_wh),
            fmt.money(outcome.ppa_microalgo),
            fmt.percent(outcome.ppa_microalgo, outcome.total_microalgo),
        ),
        (
            "Token holders",
            fmt.energy(first.holders_wh),
            fmt.percent(first.holders_wh, first.recorded_wh),
            fmt.money(outcome.deposited_microalgo),
            fmt.percent(outcome.deposited_microalgo, outcome.total_microalgo),
        ),
        ("Total", fmt.energy(first.recorded_wh), "", fmt.money(outcome.total_microalgo), ""),
    ]
    return [
        "",
        table(["Buyer", ">Energy", ">Price", ">Amount", "Due", "Status"], invoices, f"{epoch}: invoices"),
        "",
        table(["Holder", ">Owns", ">Claimed", ">Balance"], holders, f"{epoch}: net revenue"),
        facts(
            [
                ("Recorded", fmt.energy(first.recorded_wh)),
                ("Left to holders", fmt.energy(first.holders_wh)),
                ("Deposited", fmt.money(outcome.deposited_microalgo)),
                ("Claimed", fmt.money(vault.paid_microalgo)),
                ("Still owed", fmt.money(vault.owed_microalgo)),
                ("Carried", fmt.money(vault.carried_microalgo)),
            ]
        ),
        "",
        table(
            ["Where it went", ">Energy", ">By energy", ">Revenue", ">By revenue"],
            split,
            f"{epoch}: final distribution, read from chain",
        ),
    ]


def _correction_tables(month: ExampleMonth, outcome: Outcome) -> list[RenderableType]:
    ledger, reading, correction = outcome.ledger, outcome.correction.reading, outcome.correction
    epoch = fmt.epoch(ledger.epoch_id)
    titles = {one.invoice_id: buyer.title for buyer, one in zip(month.plan.buyers, outcome.invoices, strict=True)}
    notes = [
        (
            f"{one.invoice_id}/{one.number}",
            titles[one.invoice_id],
            fmt.energy_kwh(one.kwh),
            fmt.money(one.amount),
            one.stands.value,
        )
        for one in correction.notes
    ]
    ppa_microalgo = outcome.ppa_microalgo - outcome.refunded_microalgo
    split = [
        (
            "PPA sales",
            fmt.energy(ledger.ppa_wh),
            fmt.percent(ledger.ppa_wh, ledger.recorded_wh),
            fmt.money(ppa_microalgo),
        ),
        (
            "Token holders",
            fmt.energy(ledger.vault_wh),
            fmt.percent(ledger.vault_wh, ledger.recorded_wh),
            fmt.money(outcome.deposited_microalgo),
        ),
        ("Total", fmt.energy(ledger.recorded_wh), "", fmt.money(ppa_microalgo + outcome.deposited_microalgo)),
    ]
    return [
        "",
        table(
            ["Meter", ">First recorded", ">Restated by", ">Reading now"],
            [
                (
                    correction.meter.label,
                    fmt.energy(reading.wh),
                    fmt.energy(reading.net_wh - reading.wh),
                    fmt.energy(reading.net_wh),
                )
            ],
            f"{epoch}: a correction after payment",
        ),
        "",
        table(["Credit note", "Buyer", ">Energy", ">Refund", "Status"], notes, f"{epoch}: credit notes"),
        "",
        table(
            ["Where it went", ">Energy", ">By energy", ">Revenue"],
            split,
            f"{epoch}: after the correction, read from chain",
        ),
        facts(
            [
                ("Returned by the vault", fmt.energy(correction.returned_wh)),
                ("Deficit", fmt.energy(ledger.deficit_wh)),
                ("Treasury's balance", fmt.money(outcome.balances_microalgo[outcome.treasury])),
            ]
        ),
    ]


def _correction_document(outcome: Outcome) -> dict[str, object]:
    ledger, correction = outcome.ledger, outcome.correction
    return {
        "meter": correction.meter.label,
        "first_wh": correction.reading.wh,
        "net_wh": correction.reading.net_wh,
        "notes": [
            {
                "agreement": one.invoice_id.agreement_id,
                "note": one.number,
                "kwh": one.kwh,
                "amount_microalgo": one.amount,
                "status": one.stands.value,
            }
            for one in correction.notes
        ],
        "returned_wh": correction.returned_wh,
        "energy_wh": {
            "recorded": ledger.recorded_wh,
            "ppa": ledger.ppa_wh,
            "holders": ledger.vault_wh,
            "remaining": ledger.remaining_wh,
            "deficit": ledger.deficit_wh,
        },
        "revenue_microalgo": {
            "ppa": outcome.ppa_microalgo - outcome.refunded_microalgo,
            "refunded": outcome.refunded_microalgo,
            "deposited": outcome.deposited_microalgo,
        },
    }


def _market_tables(books: Books) -> list[RenderableType]:
    def rows(offers: tuple[Offer, ...]) -> list[tuple[object, ...]]:
        return [
            (
                one.offer_id,
                fmt.short(one.maker),
                one.amount_wh,
                fmt.eur_price(one.price_per_kwh),
                one.matched_wh,
                str(one.status),
            )
            for one in offers
        ]

    def columns(maker: str, price: str) -> list[str]:
        return [">Offer", maker, ">Wh", f">{price}", ">Matched Wh", "Status"]

    return [
        "",
        table(columns("Seller", "Price"), rows(books.sells), "Offer book: sell offers"),
        "",
        table(columns("Buyer", "Max price"), rows(books.buys), "Offer book: buy offers"),
        facts(
            [
                ("Minted", fmt.energy_wh(books.counters.minted_wh)),
                ("Traded", f"{fmt.energy_wh(books.counters.traded_wh)} in {books.counters.trades} matches"),
            ]
        ),
    ]


def _ending(month: ExampleMonth, outcome: Outcome, sent: int) -> list[RenderableType]:
    return [
        "",
        table(["Figure", "Where it stands", "Read it with"], _sources(month, outcome), "Check it"),
        "",
        f"{sent} transactions were sent." if sent else "Nothing was missing: no transaction was sent.",
    ]


def _sources(month: ExampleMonth, outcome: Outcome) -> list[tuple[str, str, str]]:
    """Where each figure can be checked."""
    ids = month.deployment.app_ids
    receipt, ppa, vault, offer_book = ids.values()
    epoch_id = outcome.ledger.epoch_id
    return [
        ("Energy", f"app {receipt}, box of the project's ledger of {epoch_id}", f"gridpact epoch show {epoch_id}"),
        *(
            (
                f"Invoice of {buyer.title}",
                f"app {ppa}, box of invoice {one.agreement_id}/{one.epoch_id}",
                f"gridpact invoice show {one.agreement_id}/{one.epoch_id}",
            )
            for buyer, one in zip(month.plan.buyers, outcome.invoices, strict=True)
        ),
        ("Deposit, claims, carry", f"app {vault}, counters and boxes", "gridpact vault show"),
        ("Offers", f"app {offer_book}, boxes of offers and accounts", "gridpact query:offers"),
        ("Balances", "accounts", f"{month.connection.address}/v2/accounts/{outcome.treasury}"),
    ]


def _market_document(books: Books) -> dict[str, object]:
    def side(offers: tuple[Offer, ...]) -> list[dict[str, object]]:
        return [
            {
                "id": one.offer_id,
                "maker": one.maker,
                "amount_wh": one.amount_wh,
                "price": one.price_per_kwh,
                "matched_wh": one.matched_wh,
                "status": str(one.status),
            }
            for one in offers
        ]

    return {
        "sell_offers": side(books.sells),
        "buy_offers": side(books.buys),
        "minted_wh": books.counters.minted_wh,
        "traded_wh": books.counters.traded_wh,
        "trades": books.counters.trades,
    }


def _document(month: ExampleMonth, outcome: Outcome) -> dict[str, object]:
    first, vault = outcome.first, outcome.vault
    return {
        "network": month.connection.network,
        "epoch": month.epoch_id,
        "apps": {contract.value: app_id for contract, app_id in month.deployment.app_ids.items()},
        "energy_wh": {
            "recorded": first.recorded_wh,
            "ppa": first.ppa_wh,
            "holders": first.holders_wh,
            "remaining": first.remaining_wh,
        },
        "invoices": [
            {
                "buyer": buyer.title,
                "address": invoice.buyer,
                "agreement": invoice.agreement_id,
                "kwh": invoice.kwh,
                "price_microalgo": invoice.price_per_kwh,
                "amount_microalgo": invoice.amount,
                "due": fmt.date(invoice.due_ts),
                "due_ts": invoice.due_ts,
                "status": str(invoice.status_at(month.connection.now())).upper(),
            }
            for buyer, invoice in zip(month.plan.buyers, outcome.invoices, strict=True)
        ],
        "revenue_microalgo": {
            "ppa": outcome.ppa_microalgo,
            "deposited": outcome.deposited_microalgo,
            "claimed": vault.paid_microalgo,
            "owed": vault.owed_microalgo,
            "carried": vault.carried_microalgo,
            "total": outcome.total_microalgo,
        },
        "share_by_revenue": {
            "ppa": fmt.percent(outcome.ppa_microalgo, outcome.total_microalgo),
            "holders": fmt.percent(outcome.deposited_microalgo, outcome.total_microalgo),
        },
        "share_by_energy": {
            "ppa": fmt.percent(first.ppa_wh, first.recorded_wh),
            "holders": fmt.percent(first.holders_wh, first.recorded_wh),
        },
        "holders": [
            {
                "name": name,
                "address": holder.address,
                "kw": holder.units // fmt.UNITS_PER_KW,
                "claimed_microalgo": holder.paid_microalgo,
                "balance_microalgo": outcome.balances_microalgo[holder.address],
            }
            for (name, _), holder in zip(month.plan.holders_kw, outcome.holders, strict=True)
        ],
        "treasury": {
            "address": outcome.treasury,
            "balance_microalgo": outcome.balances_microalgo[outcome.treasury],
        },
    }
