"""`gridpact market match` on 100 crossing pairs, killed with `kill -9` after request after request, and run again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from gridpact.chain.outbox import FOLDER
from gridpact.market.book import OpenBook, plan_market
from gridpact.market.read import Side
from localnet.testing import LocalNet
from tests.cli.killing_proxy import KILLED, KillingProxy
from tests.cli.offers.conftest import ROLES, Market
from tests.contracts.offer_book import calls as book_calls

CENT: Final = 1_000_000
SELLERS: Final = ("PRODUCER", "SECOND", "THIRD")
BUYERS: Final = ("CONSUMER", "OUTSIDER", "OPERATOR")
SELLS: Final = 50
BUYS: Final = 51
PAIRS: Final = 100
COMMAND: Final = ["market", "match", "--yes"]
STRIDE: Final = 15

type Book = dict[tuple[str, int | str], tuple[object, ...]]
"""Every offer with its status and child, every account with its credit; accounts by their names."""


def _crossing(market: Market) -> None:
    """50 sells and 51 buys whose ends never coincide: 100 pairs, and nearly each leaves a child."""
    for name in SELLERS:
        market.producer(50_000, name)
    sell_wh = [1_020 + 2 * number for number in range(SELLS)]
    buy_wh = [1_001 + 2 * number for number in range(BUYS - 1)]
    buy_wh.append(sum(sell_wh) - sum(buy_wh))
    world = market.world
    sells = [
        book_calls.sell(
            world, wh, (10 + number % 5) * CENT, offer_id=number, seller=market.address(SELLERS[number % 3])
        )
        for number, wh in enumerate(sell_wh)
    ]
    buys = [
        book_calls.buy(
            world,
            wh,
            (16 + number % 4) * CENT,
            offer_id=number,
            buyer=market.address(BUYERS[number % 3]),
            opens_account=number < len(BUYERS),
        )
        for number, wh in enumerate(buy_wh)
    ]
    for calls in (sells, buys):
        for start in range(0, len(calls), 8):
            world.send(*calls[start : start + 8])


@pytest.fixture(scope="module")
def crossing(fresh: Callable[[], Market], localnet: LocalNet | None) -> Callable[[], Market]:
    """Gives a market with 100 crossing pairs, always the same."""
    if localnet is None:

        def build() -> Market:
            market = fresh()
            _crossing(market)
            return market

        return build
    market = fresh()
    _crossing(market)
    snapshot = localnet.snapshot()

    def restore() -> Market:
        localnet.restore(snapshot)
        return market

    return restore


def _book(market: Market) -> Book:
    names = {market.address(name): name for name in ROLES}
    book: Book = {
        (side.value, one.offer_id): (
            names[one.maker],
            one.amount_wh,
            one.price_per_kwh,
            one.status,
            one.matched_wh,
            one.child_id,
            one.is_child,
        )
        for side in Side
        for one in market.reader.offers(side)
    }
    for address, name in names.items():
        account = market.reader.account(address)
        book["account", name] = (account.virtual_wh, account.locked_wh, account.sell_offers, account.buy_offers)
    return book


@pytest.mark.timeout(900)
def test_a_run_that_is_killed_is_finished_by_the_next(
    crossing: Callable[[], Market], localnet: LocalNet | None, tmp_path: Path
) -> None:
    """Killed after every request up to the end of the second group, after each later group, and at strides between.

    Where two kills leave the same chain and as many groups written down, what the next run makes of it is looked at
    once: it knows nothing else.
    """
    market = crossing()
    plan = plan_market(OpenBook.of(*market.reader.open_offers()))
    assert len(plan.matches) == PAIRS
    assert sum(match.children for match in plan.matches) == PAIRS - 1
    with KillingProxy(market.algod) as proxy:
        assert proxy.run(COMMAND, market.environment, tmp_path) == 0
        undisturbed, requests = _book(market), list(proxy.log)
        counters = market.reader.state()
        assert (counters.trades, counters.traded_wh) == (PAIRS, plan.traded_wh)
        sends = [number for number, (method, _) in enumerate(requests, 1) if method == "POST"]
        assert len(sends) == len(plan.groups) == 7
        positions = sorted({*range(1, sends[1] + 1), *sends, *range(sends[1], len(requests), STRIDE)})
        if localnet is None:
            # Every position has a deployment of its own there.
            positions = [1, sends[0], sends[0] + 1, sends[3]]
        ends: dict[tuple[frozenset[tuple[object, ...]], int], Book] = {}
        is_untouched = False
        for position in positions:
            if not is_untouched:
                market = crossing()
            folder = tmp_path / str(position)
            folder.mkdir()
            assert proxy.run(COMMAND, _in(folder, market), folder, kill_after=position) == KILLED
            assert len(proxy.log) == position
            groups = sum(send <= position for send in sends)
            assert market.reader.state().trades == sum(len(group) for group in plan.groups[:groups])
            left = (frozenset(_book(market).items()), _written_down(folder))
            is_untouched = groups == 0 and left in ends
            if left not in ends:
                assert proxy.run(COMMAND, _in(folder, market), folder) == 0
                ends[left] = _book(market)
            assert ends[left] == undisturbed
        states = {sum(send <= position for send in sends) for position in positions}
        assert len({chain for chain, _ in ends}) == len(states)


def _in(folder: Path, market: Market) -> dict[str, str]:
    """The environment, with the records in a folder of their own."""
    return market.environment | {"GRIDPACT_DEPLOYMENTS": str(folder / "deployments.json")}


def _written_down(folder: Path) -> int:
    """How many groups a run has left in its outbox."""
    files = (folder / FOLDER).glob("*.json")
    return sum(len(json.loads(path.read_text())["groups"]) for path in files)


def test_a_run_that_is_killed_again_and_again(crossing: Callable[[], Market], tmp_path: Path) -> None:
    """Every run is killed right after its first group: each goes on where the last one stopped."""
    market = crossing()
    with KillingProxy(market.algod) as proxy:
        assert proxy.run(COMMAND, market.environment, tmp_path) == 0
        undisturbed = _book(market)
        market = crossing()
        runs = 0
        while proxy.run(COMMAND, market.environment, tmp_path, kill_after_sends=1) == KILLED:
            runs += 1
            assert runs < 20
        assert runs == 7
        assert _book(market) == undisturbed
