"""The schedule: groups that fit the ledger, children with their new ids, and a rest that does not depend on the run."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from algosdk import encoding

from gridpact.chain.group import MAX_GROUP_SIZE
from gridpact.market.book import OpenBook, plan_market, schedule
from gridpact.market.effects import Match
from gridpact.market.read import OpenOffers, Side, offer_layout
from smart_contracts.offer_book import config as cfg

CENT = 1_000_000  # 0.01 EUR/kWh


@dataclass(frozen=True)
class Stored:
    """An offer in the model of the chain."""

    maker: int
    amount_wh: int
    price: int
    since_ts: int
    is_child: bool = False
    is_open: bool = True


@dataclass
class Chain:
    """What the contract does with matches, in plain Python."""

    sells: list[Stored]
    buys: list[Stored]

    def book(self) -> OpenBook:
        """The book as it is read: open offers only, by id."""
        return OpenBook.of(_open(Side.SELL, self.sells), _open(Side.BUY, self.buys))

    def execute(self, group: Iterable[Match]) -> None:
        """Match as the contract does; ids, accounts and prices must be those of the open offers."""
        for match in group:
            sell, buy = self.sells[match.sell_id], self.buys[match.buy_id]
            assert sell.is_open
            assert buy.is_open
            assert (match.seller, match.buyer) == (_address(sell.maker), _address(buy.maker))
            assert sell.maker != buy.maker
            assert match.price_per_kwh == sell.price <= buy.price
            assert match.welfare == match.amount_wh * (buy.price - sell.price)
            assert match.sell_child_id == _fill(self.sells, match.sell_id, match.amount_wh)
            assert match.buy_child_id == _fill(self.buys, match.buy_id, match.amount_wh)

    def copy(self) -> "Chain":
        """A chain that goes on by itself."""
        return Chain(list(self.sells), list(self.buys))


def _fill(offers: list[Stored], offer_id: int, wh: int) -> int | None:
    offer = offers[offer_id]
    assert 0 < wh <= offer.amount_wh
    offers[offer_id] = replace(offer, is_open=False)
    if wh == offer.amount_wh:
        return None
    offers.append(replace(offer, amount_wh=offer.amount_wh - wh, is_child=True))
    return len(offers) - 1


def _address(maker: int) -> str:
    return str(encoding.encode_address(bytes([255 - maker]) * 32))


def _open(side: Side, offers: list[Stored]) -> OpenOffers:
    ids = [offer_id for offer_id, offer in enumerate(offers) if offer.is_open]
    rows = np.zeros(len(ids), offer_layout())
    for row, offer_id in enumerate(ids):
        offer = offers[offer_id]
        rows[row] = (
            np.void(encoding.decode_address(_address(offer.maker))),
            offer.amount_wh,
            offer.price,
            offer.since_ts,
            0,
            0,
            cfg.STATUS_ACTIVE,
            0x80 if offer.is_child else 0,
            0,
        )
    return OpenOffers(side, len(offers), np.array(ids, np.uint64), rows)


def _random_chain(seed: int, most: int = 14) -> Chain:
    """A book with equal prices, equal times, accounts on both sides, and children of earlier matches."""
    rng = random.Random(seed)
    makers, prices, times = rng.choice([2, 3, 6]), rng.choice([2, 4, 9]), rng.choice([1, 3])

    def side() -> list[Stored]:
        return [
            Stored(
                maker=rng.randrange(makers),
                amount_wh=rng.choice([1, 2, 3, 5, 8]) * rng.choice([1, 100]),
                price=(10 + rng.randrange(prices)) * CENT,
                since_ts=rng.randrange(times),
                is_child=rng.random() < 0.3,
                is_open=rng.random() < 0.9,
            )
            for _ in range(rng.randint(0, most))
        ]

    return Chain(side(), side())


def _finish(chain: Chain, most: int = MAX_GROUP_SIZE) -> Chain:
    for group in schedule(chain.book(), most):
        chain.execute(group)
    return chain


@pytest.mark.parametrize("most", [2, 3, 5, 16])
def test_what_a_run_leaves_does_not_depend_on_where_it_was_cut_off(most: int) -> None:
    """After any group, a new run on the book as it is read then ends as the undisturbed one: offers, ids, children."""
    cuts = 0
    for seed in range(50 * most, 50 * most + 50):
        start = _random_chain(seed, most=40 if most == 16 else 14)
        undisturbed = _finish(start.copy(), most)
        cut_off = start.copy()
        for group in schedule(start.book(), most):
            cut_off.execute(group)
            cuts += 1
            assert _finish(cut_off.copy(), most) == undisturbed
    assert cuts > 80


def test_nothing_is_lost_by_planning_the_rest_anew() -> None:
    """Welfare and energy of all groups are those of the plan for the whole book; nothing crosses afterwards."""
    for seed in range(150):
        chain = _random_chain(seed, most=30)
        whole, _, _ = chain.book().plan()
        plan = plan_market(chain.book())
        assert (plan.welfare, plan.traded_wh) == (whole.welfare, whole.traded_wh)
        left, _, _ = _finish(chain).book().plan()
        assert len(left) == 0


def test_groups_fit_the_ledger() -> None:
    """16 transactions at most: 16 full matches, or 15 calls with a top-up."""
    full = [Stored(0, 10, 12 * CENT, 0) for _ in range(40)]
    wanted = [Stored(1, 10, 13 * CENT, 0) for _ in range(40)]
    assert [len(group) for group in schedule(Chain(full, wanted).book())] == [16, 16, 8]
    one = [Stored(0, 1_000, 12 * CENT, 0)]
    assert [len(group) for group in schedule(Chain(one, wanted).book())] == [15, 15, 10]
    for seed in range(40):
        for group in schedule(_random_chain(seed, most=60).book()):
            assert len(group) + any(match.children for match in group) <= MAX_GROUP_SIZE


def test_small_groups_for_a_busy_market() -> None:
    """Two transactions at most: no match relies on the child of another one in its group."""
    for seed in range(60):
        for group in schedule(_random_chain(seed).book(), most=2):
            assert len(group) + any(match.children for match in group) <= 2


def test_a_child_keeps_its_parents_place() -> None:
    """Three sells of one price and second: what the first match leaves is served before the other two."""
    sells = [Stored(0, 300, 12 * CENT, 0), Stored(1, 300, 12 * CENT, 0), Stored(2, 300, 12 * CENT, 0)]
    chain = Chain(sells, [Stored(3, 100, 13 * CENT, 0)])
    first = list(schedule(chain.book()))
    assert [(match.sell_id, match.sell_child_id) for match in first[0]] == [(0, 3)]
    chain.execute(first[0])
    chain.buys.append(Stored(3, 400, 13 * CENT, 1))
    second = list(schedule(chain.book()))
    assert [(match.sell_id, match.amount_wh) for match in second[0]] == [(3, 200), (1, 200)]


def test_fees_and_deposits_are_those_of_the_groups() -> None:
    """Each call and each top-up pays 1,000 microALGO; each child's box 38,900."""
    one = [Stored(0, 1_000, 12 * CENT, 0)]
    wanted = [Stored(1, 10, 13 * CENT, 0) for _ in range(20)]
    plan = plan_market(Chain(one, wanted).book())
    assert [len(group) for group in plan.groups] == [15, 5]
    assert plan.fees_microalgo == (16 + 6) * 1_000
    assert plan.deposits_microalgo == 20 * 38_900
    assert (plan.open_sells, plan.open_buys) == (1, 20)
    assert plan.own_account is None


@pytest.mark.parametrize(
    ("spare", "fees", "deposits"),
    [
        (1, 22_000, 20 * 38_900 - 1),
        (15 * 38_900, 21_000, 5 * 38_900),
        (16 * 38_900, 21_000, 4 * 38_900),
        (20 * 38_900, 20_000, 0),
        (10**9, 20_000, 0),
    ],
)
def test_what_the_app_has_to_spare_pays_for_the_first_groups(spare: int, fees: int, deposits: int) -> None:
    """A group that needs nothing more has no top-up, and its fee neither."""
    book = Chain([Stored(0, 1_000, 12 * CENT, 0)], [Stored(1, 10, 13 * CENT, 0) for _ in range(20)]).book()
    plan = plan_market(replace(book, spare_microalgo=spare))
    assert (plan.fees_microalgo, plan.deposits_microalgo) == (fees, deposits)


def test_the_account_that_would_trade_with_itself_is_named() -> None:
    """One account on both sides, nobody else: nothing is matched, and the plan says whose volume stays."""
    plan = plan_market(Chain([Stored(4, 500, 10 * CENT, 0)], [Stored(4, 700, 20 * CENT, 0)]).book())
    assert plan.groups == ()
    assert plan.own_account == _address(4)
    assert plan.own_volume is not None
    assert plan.own_volume.left_wh == 500


def test_an_empty_book_has_an_empty_plan() -> None:
    """No offer, no match."""
    plan = plan_market(Chain([], []).book())
    assert (plan.groups, plan.traded_wh, plan.welfare, plan.fees_microalgo) == ((), 0, 0, 0)
