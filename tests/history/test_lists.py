"""Lists give what a plain search through the events gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from algosdk import encoding

from gridpact.chain.specs import Contract
from gridpact.history.database import Database
from gridpact.history.events import Cursor, Wanted
from gridpact.history.feed import happened
from gridpact.history.lists import InvoiceSearch, Lists
from gridpact.history.tables import Claim, EventRow, Invoice, OfferState, Reading, Side, Status, Trade
from tests.history.stored_chain import APPS, FIRST_TS, Node, Story
from tests.history.support import history_of, source_of

LATER_TS = FIRST_TS + 31 * 86_400


@pytest.fixture(scope="module")
def told() -> Story:
    story = Story(seed=5)
    story.tell(1_500)
    return story


@pytest.fixture(scope="module")
def address(told: Story) -> Iterator[str]:
    with Node(told.chain).serving() as node:
        yield node.address


@pytest.fixture(scope="module")
def database(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.in_file(tmp_path_factory.mktemp("lists") / "history.sqlite")
    history_of(database, address).sync()
    yield database
    database.close()


@pytest.fixture(scope="module")
def events(database: Database) -> list[EventRow]:
    found = Lists(database).events()
    assert len(found) >= 1_500
    return found


def named(events: list[EventRow], *names: str) -> list[dict[str, Any]]:
    return [dict(event.fields) for event in events if event.name in names]


def person(told: Story, index: int) -> str:
    return str(encoding.encode_address(told.people[index]))


def key(invoice: Invoice) -> tuple[int, int, int]:
    return invoice.epoch_id, invoice.agreement_id, invoice.revision


def test_invoices(database: Database, events: list[EventRow], told: Story) -> None:
    lists = Lists(database)
    issued = named(events, "InvoiceIssued")
    every = sorted((event["epochId"], event["agreementId"], event["revision"]) for event in issued)
    assert [key(one) for one in lists.invoices(InvoiceSearch(all_revisions=True))] == every
    assert any(revision > 1 for _, _, revision in every)

    latest = {(epoch, agreement): revision for epoch, agreement, revision in every}
    assert {key(one)[:2]: one.revision for one in lists.invoices()} == latest

    buyer = person(told, 2)
    mine = lists.invoices(InvoiceSearch(buyers=[buyer]))
    assert {one.buyer for one in mine} == {buyer}
    assert len(mine) == len({(e["epochId"]) for e in issued if e["buyer"] == buyer})

    paid = {(e["epochId"], e["agreementId"], e["revision"]) for e in named(events, "InvoicePaid")}
    assert {key(one) for one in lists.invoices(InvoiceSearch(statuses=[Status.PAID]))} == paid
    voided = {(e["epochId"], e["agreementId"], e["revision"]) for e in named(events, "InvoiceVoided")}
    void = lists.invoices(InvoiceSearch(statuses=[Status.VOID], all_revisions=True))
    assert {key(one) for one in void} == voided
    assert all(one.void_reason_hash and one.voided_ts for one in void)

    assert lists.invoices(InvoiceSearch(overdue_at_ts=FIRST_TS)) == []
    overdue = lists.invoices(InvoiceSearch(overdue_at_ts=LATER_TS))
    assert {key(one) for one in overdue} == set(every) - paid - voided

    some = lists.invoices(InvoiceSearch(first_epoch=202_603, last_epoch=202_705))
    assert {one.epoch_id for one in some} == {epoch for epoch, _ in latest if 202_603 <= epoch <= 202_705}
    page = lists.invoices(limit=5, skip=3)
    assert [key(one) for one in page] == [key(one) for one in lists.invoices()][3:8]


def test_text_finds_invoices(database: Database, events: list[EventRow], told: Story) -> None:
    lists = Lists(database)
    [epoch, agreement] = next((e["epochId"], e["agreementId"]) for e in named(events, "InvoiceIssued"))
    assert {key(one)[:2] for one in lists.invoices(InvoiceSearch(text=f"{agreement}/{epoch}"))} == {(epoch, agreement)}
    some_of_it = person(told, 3)[7:20]
    assert {one.buyer for one in lists.invoices(InvoiceSearch(text=some_of_it.lower()))} == {person(told, 3)}
    paid = next(event for event in events if event.name == "InvoicePaid")
    [found] = lists.invoices(InvoiceSearch(text=paid.txid[:20]))
    assert (found.agreement_id, found.epoch_id) == (paid.fields["agreementId"], paid.fields["epochId"])
    voided = next(event for event in events if event.name == "InvoiceVoided")
    [void] = lists.invoices(InvoiceSearch(text=str(voided.fields["reasonHash"]), all_revisions=True))
    assert void.status == Status.VOID
    assert lists.invoices(InvoiceSearch(text="no such thing")) == []
    assert lists.invoices(InvoiceSearch(text="%")) == [], "a sign of the database's own means nothing"


def test_revisions(database: Database, events: list[EventRow]) -> None:
    again = next(e for e in named(events, "InvoiceIssued") if e["revision"] == 2)
    revisions = Lists(database).revisions(again["agreementId"], again["epochId"])
    assert [one.revision for one in revisions] == list(range(1, len(revisions) + 1))
    assert [one.is_latest for one in revisions] == [False] * (len(revisions) - 1) + [True]
    assert all(one.status == Status.VOID for one in revisions[:-1])


def test_payments_and_what_was_moved(database: Database, events: list[EventRow], told: Story) -> None:
    buyer = person(told, 1)
    payments = Lists(database).payments([buyer])
    paid = [event for event in events if event.name == "InvoicePaid" and event.fields["buyer"] == buyer]
    assert [(one.txid, one.amount, one.epoch_id) for one in payments] == [
        (event.txid, event.fields["amount"], event.fields["epochId"]) for event in paid
    ]
    assert all(one.payment_txid != one.txid for one in payments), "the payment is another one of the group"
    [one] = Lists(database).payments(invoice=(payments[0].agreement_id, payments[0].epoch_id))
    assert one.event_id == payments[0].event_id


def test_claims_and_deposits(database: Database, events: list[EventRow], told: Story) -> None:
    holder = person(told, 0)
    claims: list[Claim] = Lists(database).claims([holder])
    told_of = [e for e in named(events, "RevenueClaimed") if e["holder"] == holder]
    assert [(one.deposit_id, one.amount_microalgo) for one in claims] == [
        (e["depositId"], e["amountMicroalgo"]) for e in told_of
    ]


def test_offers(database: Database, events: list[EventRow], told: Story) -> None:
    lists = Lists(database)
    sells = lists.offers(Side.SELL)
    assert [one.offer_id for one in sells] == [e["offerId"] for e in named(events, "OfferCreated")]
    assert {one.offer_id for one in sells if one.pruned_ts} == {e["offerId"] for e in named(events, "OfferPruned")}
    cancelled = {e["offerId"] for e in named(events, "OfferCancelled")}
    assert {one.offer_id for one in lists.offers(Side.SELL, states=[OfferState.CANCELLED])} == cancelled
    by_id = {one.offer_id: one for one in sells}
    split = [one for one in sells if one.state == OfferState.PARTIALLY_FILLED]
    assert split
    for parent in split:
        assert parent.child_id is not None
        child = by_id[parent.child_id]
        assert child.parent_id == parent.offer_id
        assert child.amount_wh == parent.amount_wh - parent.matched_wh
        assert child.since_ts == parent.since_ts
    mine = lists.offers(makers=[person(told, 4)])
    assert {one.maker for one in mine} == {person(told, 4)}
    assert {one.side for one in mine} == {Side.SELL, Side.BUY}


def test_trades(database: Database, events: list[EventRow], told: Story) -> None:
    lists = Lists(database)
    trades: list[Trade] = lists.trades()
    two_sided = [one for one in trades if one.buy_id is not None]
    assert len(trades) == len(named(events, "OfferMatched"))
    assert len(two_sided) == len(named(events, "BuyOfferMatched"))
    assert sum(one.amount_wh for one in trades) == sum(e["amountWh"] for e in named(events, "OfferMatched"))
    me = person(told, 1)
    mine = [one.event_id for one in trades if me in (one.seller, one.buyer)]
    assert [one.event_id for one in lists.trades([me], newest_first=True)] == mine[::-1]
    assert [one.event_id for one in lists.trades([me], limit=2, skip=1)] == mine[1:3]


def test_readings(database: Database, events: list[EventRow]) -> None:
    with database.read() as session:
        readings = {(one.epoch_id, one.meter_id, one.interval_id): one for one in session.query(Reading)}
    assert len(readings) == len(named(events, "ProductionRecorded"))
    net = {
        (e["epochId"], e["meterId"], e["intervalId"]): (e["netWh"], e["revision"])
        for e in named(events, "ProductionRestated")
    }
    assert net
    assert net == {place: (one.net_wh, one.restatements) for place, one in readings.items() if one.restatements}


WANTED = [
    Wanted(),
    Wanted(contracts=[Contract.PPA, Contract.OFFER_BOOK]),
    Wanted(names=["InvoicePaid", "OfferCreated"]),
    Wanted(epochs=[202_603]),
    Wanted(contracts=[Contract.KWH_RECEIPT], epochs=[202_604, 202_605], names=["ProductionRecorded"]),
]


@pytest.mark.parametrize("wanted", [*WANTED, "people"])
def test_events_and_the_feed_agree(database: Database, address: str, told: Story, wanted: Wanted | str) -> None:
    """With and without a database, with each filter, from any place on."""
    if isinstance(wanted, str):
        wanted = Wanted(accounts=[person(told, 2), person(told, 3)])
    lists, source = Lists(database), source_of(address)
    middle = lists.events(wanted)[len(lists.events(wanted)) // 2]
    places = [
        Cursor.before(1),
        Cursor.before(middle.round),
        Cursor(middle.round, middle.position, middle.ordinal),
    ]
    for since in places:
        stored = lists.events(wanted, since)
        read = list(happened(source, APPS, since, wanted))
        assert [(one.round, one.position, one.ordinal, one.name, one.fields) for one in stored] == [
            (one.cursor.round, one.cursor.position, one.cursor.ordinal, one.name, one.fields) for one in read
        ]
        assert read
        assert [one.id for one in lists.events(wanted, since, limit=3)] == [one.id for one in stored[:3]]


def test_a_buyer_among_many_costs_what_it_costs_among_few(tmp_path: Path) -> None:
    """The steps of the search do not depend on how many others were billed."""
    steps = {}
    for others in (10, 1_000):
        story = Story(seed=6)
        me = story.people[0]
        for number in range(others):
            story.bill(number + 2, 202_601, story.people[1], paid=False)
        for number in range(12):
            story.bill(1, 202_601 + number, me, paid=True)
        with Node(story.chain).serving() as node:
            database = Database.in_file(tmp_path / str(others))
            history_of(database, node.address).sync()
        steps[others] = steps_of(database, InvoiceSearch(buyers=[str(encoding.encode_address(me))]))
        database.close()
    assert steps[1_000] <= 1.3 * steps[10]


def steps_of(database: Database, search: InvoiceSearch) -> int:
    """How many instructions of SQLite's machine a search takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with database.read() as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(count, 1)
    found = Lists(database).invoices(search)
    driver.set_progress_handler(None, 1)
    assert len(found) == 12
    return counted
