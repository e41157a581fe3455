"""`gridpact market`: the plan, its execution, what others do meanwhile, and the trades."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from algokit_utils import AlgoAmount, PaymentParams
from algosdk.transaction import PaymentTxn, retrieve_from_file, write_to_file
from rich.console import Console

from gridpact.chain.connection import connect
from gridpact.chain.errors import ContractError
from gridpact.chain.group import Group, Paid
from gridpact.chain.sending import SignedGroup
from gridpact.chain.state import spare_microalgo
from gridpact.chain.work import Replanned
from gridpact.cli import output
from gridpact.contracts.offer_book_config import OFFER_MBR_MICROALGO
from gridpact.deployment.record import Deployment, find
from gridpact.market import clearing
from gridpact.market.book import OpenBook, plan_market
from gridpact.market.clearing import SMALL_GROUP, Executed, clear
from gridpact.market.read import Side, Status
from smart_contracts.shared import errors as err
from tests.cli.offers.conftest import Market
from tests.contracts.offer_book import calls as book_calls
from tests.contracts.offer_book import states as book_states

CENT = 1_000_000


def _example(market: Market) -> None:
    """Sells 0.15, 0.18, 0.12; buys 0.20, 0.16, 0.25; 1 kWh each."""
    for cents, name in ((15, "PRODUCER"), (18, "SECOND"), (12, "THIRD")):
        market.producer(1_000, name)
        market.sell(1_000, cents * CENT, name)
    for cents, name in ((20, "CONSUMER"), (16, "OUTSIDER"), (25, "OPERATOR")):
        market.buy(1_000, cents * CENT, name)


def test_the_example_is_planned_and_matched(market: Market) -> None:
    """0.12 with 0.25, 0.15 with 0.20: two matches, welfare 0.18 EUR; 0.18 and 0.16 stay open."""
    _example(market)
    plan = market.run("market", "plan", "--json").document
    (group,) = plan["groups"]
    assert [(one["sell_id"], one["buy_id"], one["amount_wh"], one["price_text"]) for one in group] == [
        (2, 2, 1_000, "0.12 EUR/kWh"),
        (0, 0, 1_000, "0.15 EUR/kWh"),
    ]
    assert (plan["pairs"], plan["traded_wh"], plan["welfare_text"]) == (2, 2_000, "0.18 EUR")
    assert (plan["fees_microalgo"], plan["deposits_microalgo"], plan["own_volume"]) == (2_000, 0, None)
    shown = market.run("market", "plan")
    assert "Welfare      0.18 EUR" in shown.lines
    assert "Deposits     0 ALGO" in shown.lines
    ran = market.do("market", "match")
    assert "Matched 2 pairs of offers in 1 atomic group: 2 kWh, welfare 0.18 EUR." in ran.lines
    assert ran.lines[-1] == "Fees 0.002 ALGO, storage deposits 0 ALGO."
    assert market.run("query:offers").values("Price") == ["0.18 EUR/kWh (18000000 smallest units)"]
    assert market.run("query:buy-offers").values("Max Price") == ["0.16 EUR/kWh (16000000 smallest units)"]
    again = market.do("market", "match")
    assert again.lines[-1] == "Nothing to do."
    transactions = market.run("query:transactions")
    assert (transactions.values("Offer ID"), transactions.values("Buy Offer ID")) == (["2", "0"], ["2", "0"])
    assert transactions.values("Total Value") == ["0.12 EUR", "0.15 EUR"]


def test_a_dry_run_shows_the_plan_and_sends_nothing(market: Market) -> None:
    """The plan with fees and deposits, the first group simulated; nothing without `--yes` either."""
    market.producer(3_000)
    market.sell(3_000, 12 * CENT)
    market.buy(1_000, 20 * CENT)
    ran = market.run("market", "match", "--dry-run")
    assert "Fees         0.002 ALGO" in ran.lines
    assert "Deposits     0.0389 ALGO" in ran.lines
    assert ran.lines[-1] == "Simulated only: nothing was sent."
    assert market.run("market", "match", "--dry-run", "--json").document["dry_run"] is True
    asked = market.run("market", "match", code=2)
    assert "Match 1 pair of offers in 1 atomic group: 1 kWh, welfare 0.08 EUR" in asked.stderr
    assert market.reader.state().trades == 0


def test_own_volume_is_named(market: Market) -> None:
    """Who would trade only with himself is named, with the volume that stays."""
    market.producer(1_000)
    market.sell(700, 12 * CENT)
    market.buy(500, 20 * CENT, name="PRODUCER")
    ran = market.do("market", "match")
    own = f"{market.address('PRODUCER')} would trade 0.5 kWh with itself, which is barred: 0.5 kWh stay open"
    assert any(line.startswith(own) for line in ran.lines)
    assert ran.lines[-1] == "Nothing to do."
    assert market.run("market", "plan", "--json").document["own_volume"]["left_wh"] == 500


def test_groups_are_written_signed_elsewhere_and_submitted(market: Market, tmp_path: Path) -> None:
    """`--out` writes the groups; signed and submitted, they match."""
    _example(market)
    unsigned, signed = tmp_path / "unsigned", tmp_path / "signed"
    market.run("market", "match", "--out", str(unsigned))
    transactions = retrieve_from_file(str(unsigned))
    signer = market.world.operator.signer
    write_to_file(signer.sign_transactions(transactions, list(range(len(transactions)))), str(signed))
    market.do("submit", str(signed))
    assert market.reader.state().trades == 2


def test_transactions_count_trades(market: Market) -> None:
    """Offset and limit count trades, oldest first; the same from the blocks where no indexer is named."""
    market.producer(1_000)
    for wh in (100, 200, 300, 400):
        market.sell(wh, 12 * CENT)
        market.buy(wh, 13 * CENT)
    market.do("market", "match")
    whole = market.run("query:transactions", "--json").document
    assert [one["amount_wh"] for one in whole["transactions"]] == [100, 200, 300, 400]
    assert (whole["total_transactions"], whole["total_wh"], whole["more"]) == (4, 1_000, False)
    page = market.run("query:transactions", OFFSET="1", LIMIT="2")
    assert page.lines[0] == "📊 Found 2 transactions, from number 2 on:"
    assert page.values("Amount") == ["200 Wh (0.2 kWh)", "300 Wh (0.3 kWh)"]
    assert page.value("More follow") == "OFFSET=3"
    assert page.lines[-3:] == [
        "📈 Transaction Statistics:",
        "Total Transactions: 4",
        "Total Energy: 1000 Wh (1 kWh)",
    ]
    blocks = market.run("market", "transactions", "--json", INDEXER_SERVER="", INDEXER_PORT="").document
    assert blocks == whole


def test_progress_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal a bar with the number of groups; elsewhere a line for each. Never on standard output."""
    terminal = StringIO()
    monkeypatch.setattr(output, "console", lambda **_: Console(file=terminal, force_terminal=True, width=100))
    with output.progress(100) as advance:
        advance("group 1 in round 7")
    assert "1/100" in terminal.getvalue()
    assert "group 1 in round 7" in terminal.getvalue()
    monkeypatch.undo()
    with output.progress(100) as advance:
        advance("group 1 in round 7")
    assert capsys.readouterr() == ("", "✓ group 1 in round 7\n")


# --- what others do meanwhile -----------------------------------------------------------------------------------------


@pytest.fixture
def deployment(market: Market, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """The apps, with the operator as signer."""
    for name, value in market.environment.items():
        monkeypatch.setenv(name, value)
    found = find(connect())
    found.connection.algorand.account.set_signer_from_account(market.world.operator)
    return found


def _many(market: Market, sell_wh: list[int], buy_wh: list[int]) -> None:
    market.producer(sum(sell_wh))
    opens = not market.reader.account(market.address("CONSUMER")).exists
    sells = [book_calls.sell(market.world, wh, 12 * CENT, offer_id=number) for number, wh in enumerate(sell_wh)]
    buys = [
        book_calls.buy(market.world, wh, 13 * CENT, offer_id=number, opens_account=opens and not number)
        for number, wh in enumerate(buy_wh)
    ]
    for calls in (sells, buys):
        for start in range(0, len(calls), 8):
            market.world.send(*calls[start : start + 8])


def _nothing_crosses(deployment: Deployment) -> bool:
    return not plan_market(OpenBook.read(deployment.market)).groups


def test_an_offer_that_is_cancelled_between_two_groups(market: Market, deployment: Deployment) -> None:
    """The group that names it is refused as a whole; the rest is planned anew."""
    _many(market, [100] * 20, [100] * 20)
    operator = market.address("OPERATOR")
    steps = clear(deployment.market, operator).run()
    first = next(steps)
    assert not isinstance(first, Replanned)
    assert len(first[0].effects) == 16
    market.do("cancel:offer", OFFER_ID="17")
    rest = list(steps)
    assert isinstance(rest[0], Replanned)
    assert isinstance(rest[0].why, ContractError)
    assert rest[0].why.name == err.OFFER_NOT_ACTIVE
    assert [len(one[0].effects) for one in rest if not isinstance(one, Replanned)] == [3]
    assert market.reader.state().trades == 19
    assert market.reader.existing(Side.BUY, 19).status is Status.ACTIVE
    assert _nothing_crosses(deployment)


def _interrupted(monkeypatch: pytest.MonkeyPatch, interrupt: Callable[[int], None]) -> list[Group]:
    """Call `interrupt` with the number of the group, from 0, before each group is signed; the groups as they come."""
    groups: list[Group] = []
    sign = Group.sign

    def interrupted(group: Group, paid: Paid | None = None) -> SignedGroup:
        if paid is not None:  # a group of a run, not one of those that the tests send
            groups.append(group)
            interrupt(len(groups) - 1)
        return sign(group, paid)

    monkeypatch.setattr(Group, "sign", interrupted)
    return groups


@pytest.mark.parametrize("side", ["sell", "buy"])
def test_an_offer_that_takes_a_planned_id(
    market: Market, deployment: Deployment, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    """Matches rely on children of the same group, and another client's offer takes the first child's id."""
    one, many = [900], [300, 200, 100]
    _many(market, *((one, many) if side == "sell" else (many, one)))
    market.producer(5_000, "SECOND")

    def interrupt(number: int) -> None:
        if number == 0 and side == "sell":
            market.sell(5_000, 1 * CENT, name="SECOND")
        elif number == 0:
            market.buy(5_000, 99 * CENT, name="SECOND")

    groups = _interrupted(monkeypatch, interrupt)
    before = market.reader.state()
    steps = clear(deployment.market, market.address("OPERATOR")).run()
    replanned = next(steps)
    assert isinstance(replanned, Replanned)
    assert market.reader.state().trades == before.trades
    rest = list(steps)
    assert not any(isinstance(one, Replanned) for one in rest)
    assert len(groups) == 1 + len(rest)
    # What came between is the best offer now: the new plan serves it first.
    assert market.reader.existing(
        Side.SELL if side == "sell" else Side.BUY, len(one if side == "sell" else [0])
    ).matched_wh
    assert _nothing_crosses(deployment)


def test_a_market_that_never_rests(market: Market, deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody makes an offer before every group: small groups that name later ids get through nevertheless."""
    _many(market, [500], [100, 100, 100])
    market.producer(1_000, "SECOND")
    groups = _interrupted(monkeypatch, lambda number: market.sell(1, 90 * CENT + number, name="SECOND"))
    done = list(clear(deployment.market, market.address("OPERATOR")).run())
    assert sum(len(one[0].effects) for one in done if not isinstance(one, Replanned)) == 3
    assert len(groups) > 3
    assert _nothing_crosses(deployment)


def test_a_pause_is_not_waited_for(market: Market, deployment: Deployment) -> None:
    """What planning anew cannot mend is raised at once."""
    _many(market, [100], [100])
    book_states.pause(market.world)
    steps = clear(deployment.market, market.address("OPERATOR")).run()
    with pytest.raises(ContractError) as refused:
        next(steps)
    assert refused.value.name == err.IS_PAUSED


def test_what_the_book_has_to_spare_pays_for_children_first(
    market: Market, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No microALGO is spent twice among groups that are on their way together; where somebody else takes it, the rest
    of the market is planned anew."""
    _many(market, [500], [100, 100, 100, 100])
    gift, child = 50_000, OFFER_MBR_MICROALGO
    _give_to_the_book(market, gift)
    plan = plan_market(OpenBook.read(deployment.market), SMALL_GROUP)
    assert (len(plan.groups), plan.deposits_microalgo, plan.fees_microalgo) == (4, 4 * child - gift, 7_000)

    def interrupt(number: int) -> None:
        if number == 3:
            _give_to_the_book(market, gift)
        if number == 1:
            market.world.send(book_calls.withdraw(market.world, gift - child))

    groups = _interrupted(monkeypatch, interrupt)
    monkeypatch.setattr(clearing, "MAX_GROUP_SIZE", SMALL_GROUP)
    steps = list(clear(deployment.market, market.address("OPERATOR")).run())
    sent = [Executed.of(*one) for one in steps if not isinstance(one, Replanned)]
    assert [one.deposits_microalgo for one in sent] == [0, child, child, child]
    assert [isinstance(one, Replanned) for one in steps] == [False, True, False, False, False]
    assert len(groups) == 5
    assert market.reader.state().trades == 4
    assert spare_microalgo(deployment.connection.algod, deployment.market.address) == gift


def test_groups_that_are_written_spend_nothing_twice(
    market: Market, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one group takes of what the book has to spare, those behind it pay for; signed elsewhere, all are done."""
    _many(market, [500], [100, 100, 100])
    _give_to_the_book(market, 50_000)
    monkeypatch.setattr(clearing, "MAX_GROUP_SIZE", SMALL_GROUP)
    unsigned, signed = tmp_path / "unsigned", tmp_path / "signed"
    market.run("market", "match", "--out", str(unsigned))
    transactions = retrieve_from_file(str(unsigned))
    paid = [one.amt for one in transactions if isinstance(one, PaymentTxn)]
    assert paid == [2 * OFFER_MBR_MICROALGO - 50_000, OFFER_MBR_MICROALGO]
    signer = market.world.operator.signer
    write_to_file(signer.sign_transactions(transactions, list(range(len(transactions)))), str(signed))
    market.do("submit", str(signed))
    assert market.reader.state().trades == 3


def _give_to_the_book(market: Market, microalgo: int) -> None:
    market.world.send(
        PaymentParams(
            sender=market.world.outsider.address,
            receiver=market.world.book.app_address,
            amount=AlgoAmount.from_micro_algo(microalgo),
        )
    )
