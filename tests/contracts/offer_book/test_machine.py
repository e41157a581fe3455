"""Random calls against the contract and against a plain Python model: both must do the same, event by event.

Some calls that must be accepted go together in one group; a call that must be refused is sent behind those that wait,
and takes all of them with it: nothing has changed, and they wait on. After every group that was accepted the book's
state is compared with the model's, and the invariants are checked on what was read from chain.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import pytest
from algokit_utils import AlgoAmount, PaymentParams
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from gridpact.chain.boxes import uint64
from gridpact.chain.call import Call, fee
from gridpact.chain.group import Item
from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract
from gridpact.contracts import offer_book_client as client
from gridpact.contracts.kwh_receipt_client import (
    EpochLedger,
    LedgerKey,
    RegisterMeterArgs,
    RestateReadingArgs,
)
from gridpact.contracts.offer_book_client import (
    CancelEnergyBuyOfferArgs,
    CancelEnergyOfferArgs,
    ConsumeEnergyArgs,
    MatchEnergyBuyOfferArgs,
    MatchEnergyOfferArgs,
    MatchOffersArgs,
    MintEnergyArgs,
    Offer,
    PruneBuyOfferArgs,
    PruneOfferArgs,
    SetGridPriceArgs,
)
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.market.boxes import account_box_name, buy_offer_box_name, sell_offer_box_name
from smart_contracts.offer_book import config as cfg
from tests.contracts.offer_book.calls import (
    EPOCH,
    OFFER_MBR,
    close_account,
    deposit_of,
    overpaid,
    record_reading,
    with_deposit,
    withdraw,
)
from tests.contracts.offer_book.expect import decode_account, decode_offer
from tests.contracts.offer_book.model import Events, Model, RefusedError
from tests.support.checkpoints import checkpoint
from tests.support.errors import raises
from tests.support.events import ANY_TIME, expect_events
from tests.support.full_state import boxes_of
from tests.support.structs import as_layout
from tests.support.world import Ledger, World, call_of, deploy

EXAMPLES: Final = 7
STEPS: Final = 100
LEAST_STEPS: Final = 500
TOGETHER: Final = 5
"""Accepted calls of a group, at most: each with its payment, and two top-ups before them."""

# Few values, so that equal prices, exact fits and one-too-many happen often.
AMOUNTS_WH: Final = st.sampled_from([2, 1, 3, 5, 8, 13, 2, 1, 3, 5, 8, 13, 100, 0, 1_000])
PRICES: Final = st.sampled_from([10, 11, 12, 13] * 3 + [0])
ALLOWED_WH: Final = st.sampled_from([1_000, 100, 13, 0])
ROLES: Final = ("producer", "holder_a", "consumer", "buyer")
TRADERS: Final = st.sampled_from(ROLES)
SELLERS: Final = st.sampled_from(["producer", "holder_a", "producer", "holder_a", "consumer"])
# The operator is who should match; now and then somebody else tries.
MATCHERS: Final = st.sampled_from(["operator"] * 14 + ["outsider", "producer"])
CANCELLERS: Final = st.sampled_from(["maker", "maker", "operator", "outsider", "producer"])
DEPOSIT_ERRORS: Final = st.sampled_from([0] * 10 + [-1, 1, OFFER_MBR])
# Seconds from now to the end of an offer or of terms; None is no end.
LIVES_S: Final = st.sampled_from([None] * 8 + [0, 50, 500, -1])
METERS: Final = {"producer": 1, "holder_a": 2}
READ_WH: Final = 500
FIRST_MINTED_WH: Final = 400
ALLOWING: Final = ("producer", "holder_a", "consumer")
FIRST_TERMS: Final = client.TradingTerms(minSellPrice=10, sellWh=1_000, maxBuyPrice=12, buyWh=1_000, expiryTs=0)

account_in: Final = lru_cache(decode_account)
offer_in: Final = lru_cache(1_024)(decode_offer)


@checkpoint
def open_market(world: World) -> None:
    """Two producers have read and minted energy, and they and the consumer let the operator trade for them."""
    deploy(world, Contract.OFFER_BOOK)
    operator = world.operator.address
    registered, read, minted = [], [], []
    for role, meter_id in METERS.items():
        producer = getattr(world, role)
        meter = RegisterMeterArgs(producer=producer.address, capacityW=0, label=bytes(32), publicKey=bytes(32))
        registered.append(world.receipt_calls.register_meter(operator, meter, meter_id))
        read.append(record_reading(world, producer, READ_WH, meter_id=meter_id, interval_id=1))
        credit = MintEnergyArgs(producer=producer.address, epochId=EPOCH, amountWh=FIRST_MINTED_WH)
        minted.append(world.book_calls.mint_energy(operator, credit))
    world.send(*registered, *read)
    terms = as_layout(TradingTerms, FIRST_TERMS)
    allowed = [
        world.book_calls.set_trading_terms(getattr(world, role).address, terms, opens_account=role not in METERS)
        for role in ALLOWING
    ]
    world.send(*minted, *allowed)


class OfferBookMachine(RuleBasedStateMachine):
    """One deployment and its model. `ledger` is set by the test."""

    ledger: Ledger
    steps_taken = 0
    steps_accepted = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.ledger)
        open_market(self.world)
        self.model = Model(self.world.operator.address, 0, 0)
        for role in METERS:
            self.model.record(self.address(role), READ_WH)
            self.model.mint(self.model.operator, self.address(role), FIRST_MINTED_WH)
        for role in ALLOWING:
            address = self.address(role)
            self.model.set_terms(address, FIRST_TERMS, self.model.account_mbr(address), self.world.clock.now())
        self.model.balance, self.model.minimum_balance = self.balance()
        self.readings: dict[str, list[int]] = {role: [READ_WH] for role in METERS}
        self.revisions: dict[tuple[str, int], int] = {}
        self.waiting: list[Item] = []
        """What the model did already, and the ledger is still to do, in one group."""
        self.told: Events = []
        """The events that it has to leave."""
        self.ts: int | None = None
        """Of the last block, where it is known."""
        self.check()

    # --- what is done on both sides -----------------------------------------------------------------------------------

    def address(self, role: str) -> str:
        address: str = getattr(self.world, role).address
        return address

    def balance(self) -> tuple[int, int]:
        """The book's microALGO and its minimum balance."""
        account = as_dict(self.world.algorand.client.algod.account_info(self.world.book.app_address))
        return account["amount"], account["min-balance"]

    def now(self) -> int:
        """The contract's time in the next block."""
        if self.ts is None:
            self.ts = self.world.clock.now()
        return self.ts

    def expiry(self, data: st.DataObject) -> int:
        """Some end, past ones included; mostly none."""
        life_s = data.draw(LIVES_S)
        return 0 if life_s is None else self.now() + life_s

    def trader(self, data: st.DataObject, offer: Offer | None) -> str:
        """Somebody to trade with; rarely the offer's own maker."""
        traders = [self.address(role) for role in ROLES]
        return data.draw(st.sampled_from([one for one in traders if offer is None or one != offer.maker] * 3 + traders))

    def empty_accounts(self) -> list[str]:
        """Who could close their account."""
        return [role for role in ROLES if self.model.is_empty(self.address(role))]

    def both(self, call: Call, step: Callable[[], Events]) -> None:
        """Send the call, let the model take the same step: the same events, or the same refusal.

        Args:
            call: what is sent.
            step: the same call of the model.
        """
        type(self).steps_taken += 1
        # A group holds no two transactions that are equal: each call has a number.
        call = replace(call, params=replace(call.params, note=uint64(self.steps_taken)))
        self.make_room(call)
        try:
            events = step()
        except RefusedError as refusal:
            with raises(refusal.name):
                self.world.send(*self.waiting, call)
        else:
            type(self).steps_accepted += 1
            self.waiting.append(call)
            self.told += events

    def make_room(self, item: Item) -> None:
        """Send what waits where the group is full, or holds an equal payment."""
        there = {one for waiting in self.waiting for one in payments_of(waiting)}
        if len(self.waiting) == TOGETHER or not there.isdisjoint(payments_of(item)):
            self.flush()

    def flush(self) -> None:
        """Send what waits, and compare."""
        if self.waiting:
            calls, events, self.waiting, self.told = self.waiting, self.told, [], []
            expect_events(self.world.send(*calls), *events)
            self.check()
            self.ts = None

    def alone(self, *items: Item) -> None:
        """Send what the model does not predict the events of, after all that waits."""
        self.flush()
        self.world.send(*items)
        self.ts = None

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        """One rule for all calls: Hypothesis switches rules off for a whole run, and a market needs all of them.

        What works on an offer waits for one. Ids of nothing are drawn nevertheless: see `some_id`.
        """
        open_sells, open_buys = ids_of(self.model.sells), ids_of(self.model.buys)
        weights = {
            self.create_sell: 4,
            self.create_buy: 4,
            self.match_both: 8 * bool(open_sells and open_buys),
            self.match_sell: 4 * bool(open_sells),
            self.match_buy: 4 * bool(open_buys),
            self.cancel_sell: 1 * bool(open_sells),
            self.cancel_buy: 1 * bool(open_buys),
            self.prune_sell: 2 * bool(ids_of(self.model.sells, active=False)),
            self.prune_buy: 2 * bool(ids_of(self.model.buys, active=False)),
            self.mint: 2,
            self.transfer: 2,
            self.consume: 2,
            self.set_terms: 3,
            self.close_account: 3 if self.empty_accounts() else 1,
            self.wait: 1,
            self.withdraw: 1,
            self.record: 1,
            self.restate_down: 1,
            self.set_grid_price: 1,
            self.gift: 1,
            (self.unpause if self.model.paused else self.pause): 20 if self.model.paused else 1,
        }
        action = data.draw(st.sampled_from([action for action, weight in weights.items() for _ in range(weight)]))
        action(data)

    # --- production ---------------------------------------------------------------------------------------------------

    def record(self, data: st.DataObject) -> None:
        role = data.draw(st.sampled_from(sorted(METERS)))
        wh = data.draw(AMOUNTS_WH)
        self.readings[role].append(wh)
        self.alone(
            record_reading(
                self.world,
                getattr(self.world, role),
                wh,
                meter_id=METERS[role],
                interval_id=len(self.readings[role]),
            )
        )
        self.model.record(self.address(role), wh)
        self.check()

    def restate_down(self, data: st.DataObject) -> None:
        role = data.draw(st.sampled_from(sorted(METERS)))
        intervals = [number for number, wh in enumerate(self.readings[role], 1) if wh > 0]
        if not intervals:
            return
        interval_id = data.draw(st.sampled_from(intervals))
        wh = data.draw(st.integers(1, self.readings[role][interval_id - 1]))
        revision = self.revisions.get((role, interval_id), 0) + 1
        arguments = RestateReadingArgs(
            epochId=EPOCH,
            meterId=METERS[role],
            intervalId=interval_id,
            revision=revision,
            increase=False,
            wh=wh,
            reasonHash=bytes(32),
        )
        self.alone(self.world.receipt_calls.restate_reading(self.model.operator, arguments, self.address(role)))
        self.readings[role][interval_id - 1] -= wh
        self.revisions[role, interval_id] = revision
        self.model.restate_down(self.address(role), wh)
        self.check()

    # --- credit and consent -------------------------------------------------------------------------------------------

    def mint(self, data: st.DataObject) -> None:
        producer = self.address(data.draw(SELLERS))
        wh = data.draw(AMOUNTS_WH)
        sender = self.address(data.draw(MATCHERS))
        arguments = MintEnergyArgs(producer=producer, epochId=EPOCH, amountWh=wh)
        if producer not in self.model.accounts:
            self.flush()  # whether there is a deposit to pay is read from chain
        self.both(self.world.book_calls.mint_energy(sender, arguments), lambda: self.model.mint(sender, producer, wh))

    def transfer(self, data: st.DataObject) -> None:
        role = data.draw(SELLERS)
        to = data.draw(TRADERS)
        wh = data.draw(AMOUNTS_WH)
        off_by = data.draw(DEPOSIT_ERRORS)
        sender, receiver = self.address(role), self.address(to)
        opens = receiver not in self.model.accounts
        call = spoiled(self.world.book_calls.transfer_energy(sender, receiver, wh, opens_account=opens), off_by)
        self.both(call, lambda: self.model.transfer(sender, receiver, wh, deposit_of(call)))

    def consume(self, data: st.DataObject) -> None:
        role = data.draw(SELLERS)
        wh = data.draw(AMOUNTS_WH)
        sender = self.address(role)
        self.both(
            self.world.book_calls.consume_energy(sender, ConsumeEnergyArgs(amountWh=wh)),
            lambda: self.model.consume(sender, wh),
        )

    def set_terms(self, data: st.DataObject) -> None:
        prices = data.draw(st.tuples(PRICES, PRICES))
        whs = data.draw(st.tuples(ALLOWED_WH, ALLOWED_WH))
        sender = self.address(data.draw(TRADERS))
        off_by = data.draw(DEPOSIT_ERRORS)
        expiry_ts = self.expiry(data)
        terms = client.TradingTerms(
            minSellPrice=prices[0], sellWh=whs[0], maxBuyPrice=prices[1], buyWh=whs[1], expiryTs=expiry_ts
        )
        opens = sender not in self.model.accounts
        wanted = as_layout(TradingTerms, terms)
        call = self.world.book_calls.set_trading_terms(sender, wanted, opens_account=opens)
        call = spoiled(call, off_by)
        self.both(call, lambda: self.model.set_terms(sender, terms, deposit_of(call), self.now()))

    def close_account(self, data: st.DataObject) -> None:
        role = data.draw(st.sampled_from([*self.empty_accounts() * 3, *ROLES]))
        sender = self.address(role)
        self.both(close_account(self.world, getattr(self.world, role)), lambda: self.model.close_account(sender))

    # --- offers -------------------------------------------------------------------------------------------------------

    def create_sell(self, data: st.DataObject) -> None:
        role = data.draw(SELLERS)
        wh = data.draw(AMOUNTS_WH)
        price = data.draw(PRICES)
        off_by = data.draw(DEPOSIT_ERRORS)
        sender = self.address(role)
        expiry_ts = self.expiry(data)
        call = self.world.book_calls.create_energy_offer(sender, wh, price, self.model.sell_total, expiry_ts=expiry_ts)
        call = spoiled(call, off_by)
        self.both(call, lambda: self.model.create_sell(sender, wh, price, expiry_ts, deposit_of(call), self.now()))

    def create_buy(self, data: st.DataObject) -> None:
        role = data.draw(TRADERS)
        wh = data.draw(AMOUNTS_WH)
        price = data.draw(PRICES)
        off_by = data.draw(DEPOSIT_ERRORS)
        sender = self.address(role)
        expiry_ts = self.expiry(data)
        opens = sender not in self.model.accounts
        call = self.world.book_calls.create_energy_buy_offer(
            sender, wh, price, self.model.buy_total, opens_account=opens, expiry_ts=expiry_ts
        )
        call = spoiled(call, off_by)
        self.both(call, lambda: self.model.create_buy(sender, wh, price, expiry_ts, deposit_of(call), self.now()))

    def cancel_sell(self, data: st.DataObject) -> None:
        role = data.draw(CANCELLERS)
        offer_id = some_id(data, self.model.sells, self.model.sell_total)
        seller = maker_of(self.model.sells, offer_id, self.model.operator)
        sender = seller if role == "maker" else self.address(role)
        self.both(
            self.world.book_calls.cancel_energy_offer(sender, CancelEnergyOfferArgs(offerId=offer_id), seller),
            lambda: self.model.cancel_sell(sender, offer_id),
        )

    def cancel_buy(self, data: st.DataObject) -> None:
        role = data.draw(CANCELLERS)
        offer_id = some_id(data, self.model.buys, self.model.buy_total)
        buyer = maker_of(self.model.buys, offer_id, self.model.operator)
        sender = buyer if role == "maker" else self.address(role)
        self.both(
            self.world.book_calls.cancel_energy_buy_offer(sender, CancelEnergyBuyOfferArgs(offerId=offer_id), buyer),
            lambda: self.model.cancel_buy(sender, offer_id),
        )

    def match_sell(self, data: st.DataObject) -> None:
        matcher = data.draw(MATCHERS)
        offer_id = some_id(data, self.model.sells, self.model.sell_total)
        wh = some_amount(data, self.model.sells.get(offer_id))
        sender, buyer = self.address(matcher), self.trader(data, self.model.sells.get(offer_id))
        call = self.world.book_calls.match_energy_offer(
            sender,
            MatchEnergyOfferArgs(offerId=offer_id, buyer=buyer, amountWh=wh),
            maker_of(self.model.sells, offer_id, self.model.operator),
            child_id(self.model.sells.get(offer_id), wh, self.model.sell_total),
        )
        self.both(call, lambda: self.model.match_sell(sender, offer_id, buyer, wh, self.now()))

    def match_buy(self, data: st.DataObject) -> None:
        matcher = data.draw(MATCHERS)
        offer_id = some_id(data, self.model.buys, self.model.buy_total)
        wh = some_amount(data, self.model.buys.get(offer_id))
        sender, seller = self.address(matcher), self.trader(data, self.model.buys.get(offer_id))
        call = self.world.book_calls.match_energy_buy_offer(
            sender,
            MatchEnergyBuyOfferArgs(offerId=offer_id, seller=seller, amountWh=wh),
            maker_of(self.model.buys, offer_id, self.model.operator),
            child_id(self.model.buys.get(offer_id), wh, self.model.buy_total),
        )
        self.both(call, lambda: self.model.match_buy(sender, offer_id, seller, wh, self.now()))

    def match_both(self, data: st.DataObject) -> None:
        matcher = data.draw(MATCHERS)
        sell_id = some_id(data, self.model.sells, self.model.sell_total)
        buy_id = some_id(data, self.model.buys, self.model.buy_total)
        sell, buy = self.model.sells.get(sell_id), self.model.buys.get(buy_id)
        smaller = min((offer for offer in (sell, buy) if offer), key=lambda offer: offer.amountWh, default=None)
        wh = some_amount(data, smaller)
        sender = self.address(matcher)
        call = self.world.book_calls.match_offers(
            sender,
            MatchOffersArgs(sellId=sell_id, buyId=buy_id, amountWh=wh),
            maker_of(self.model.sells, sell_id, self.model.operator),
            maker_of(self.model.buys, buy_id, self.model.operator),
            sell_child_id=child_id(sell, wh, self.model.sell_total),
            buy_child_id=child_id(buy, wh, self.model.buy_total),
        )
        self.both(call, lambda: self.model.match_both(sender, sell_id, buy_id, wh, self.now()))

    def prune_sell(self, data: st.DataObject) -> None:
        offer_id = some_id(data, self.model.sells, self.model.sell_total, active=False)
        call = self.world.book_calls.prune_offer(
            self.world.outsider.address, PruneOfferArgs(offerId=offer_id), refund_of(self.model.sells.get(offer_id))
        )
        self.both(call, lambda: self.model.prune_sell(offer_id))

    def prune_buy(self, data: st.DataObject) -> None:
        offer_id = some_id(data, self.model.buys, self.model.buy_total, active=False)
        call = self.world.book_calls.prune_buy_offer(
            self.world.outsider.address, PruneBuyOfferArgs(offerId=offer_id), refund_of(self.model.buys.get(offer_id))
        )
        self.both(call, lambda: self.model.prune_buy(offer_id))

    # --- the rest -----------------------------------------------------------------------------------------------------

    def set_grid_price(self, data: st.DataObject) -> None:
        matcher = data.draw(MATCHERS)
        price = data.draw(PRICES)
        sender = self.address(matcher)
        self.both(
            self.world.book_calls.set_grid_price(sender, SetGridPriceArgs(pricePerKwh=price)),
            lambda: self.model.set_grid_price(sender, price),
        )

    def wait(self, data: st.DataObject) -> None:
        seconds = data.draw(st.sampled_from([1, 50, 100]))
        self.flush()
        self.world.clock.advance_to(self.now() + seconds)
        self.ts = None

    def withdraw(self, data: st.DataObject) -> None:
        admin = self.world.admin
        caller = data.draw(st.sampled_from([admin] * 4 + [self.world.operator]))
        spare = self.model.balance - self.model.minimum_balance
        microalgo = data.draw(st.sampled_from([1, spare // 2, spare + 1]))
        self.both(
            withdraw(self.world, microalgo, caller),
            lambda: self.model.withdraw(caller.address, admin.address, microalgo),
        )

    def gift(self, data: st.DataObject) -> None:
        """Anybody may pay to the app; it changes the balance and nothing else."""
        microalgo = data.draw(st.sampled_from([1, 100_000]))
        payment = PaymentParams(
            sender=self.world.outsider.address,
            receiver=self.world.book.app_address,
            amount=AlgoAmount.from_micro_algo(microalgo),
            static_fee=fee(1),
        )
        self.make_room(payment)
        self.waiting.append(payment)
        self.model.gift(microalgo)

    def pause(self, _: st.DataObject) -> None:
        self.govern("pause", "Paused")
        self.model.paused = True

    def unpause(self, _: st.DataObject) -> None:
        self.govern("unpause", "Unpaused")
        self.model.paused = False

    def govern(self, method: str, event: str) -> None:
        call = call_of(self.world.book, method, [], self.world.admin)
        if event in {name for name, _ in self.told}:
            self.flush()
        self.make_room(call)
        self.waiting.append(call)
        self.told.append((event, {"admin": self.world.admin.address, "timestamp": ANY_TIME}))

    # --- after every group --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """The chain is the model, and the invariants hold."""
        boxes = boxes_of(self.world.algorand, self.world.book.app_id)
        accounts = {address: account_in(boxes.pop(account_box_name(address))) for address in self.model.accounts}
        sells = {offer_id: offer_in(boxes.pop(sell_offer_box_name(offer_id))) for offer_id in self.model.sells}
        buys = {offer_id: offer_in(boxes.pop(buy_offer_box_name(offer_id))) for offer_id in self.model.buys}
        assert boxes == {}, "a box that nobody should have made"
        assert (accounts, sells, buys) == (self.model.accounts, self.model.sells, self.model.buys)

        # The app's ALGO and its minimum balance change only with documented boxes, payouts and gifts.
        assert self.balance() == (self.model.balance, self.model.minimum_balance)

        state = self.world.book.state.global_state.get_all()
        for address, account in accounts.items():
            active_wh = [o.amountWh for o in sells.values() if o.maker == address and o.status == cfg.STATUS_ACTIVE]
            assert account.lockedWh == sum(active_wh)
            assert account.virtualWh >= account.lockedWh
        assert sum(account.virtualWh for account in accounts.values()) == state["minted_wh"] - state["consumed_wh"]
        assert state["sell_active"] == sum(offer.status == cfg.STATUS_ACTIVE for offer in sells.values())
        assert state["buy_active"] == sum(offer.status == cfg.STATUS_ACTIVE for offer in buys.values())
        assert (state["sell_total"], state["buy_total"]) == (self.model.sell_total, self.model.buy_total)
        assert (state["minted_wh"], state["consumed_wh"]) == (self.model.minted_wh, self.model.consumed_wh)
        assert state["traded_wh"] == sum(trade.wh for trade in self.model.trades)
        assert state["trades"] == len(self.model.trades)
        assert state["grid_price"] == self.model.grid_price
        for trade in self.model.trades[-TOGETHER:]:
            assert trade.least_price <= trade.price <= trade.most_price
            assert trade.wh <= min(trade.sell_wh, trade.buy_wh)
        self.check_ledgers()

    def teardown(self) -> None:
        self.flush()

    def check_ledgers(self) -> None:
        """Each Wh of a producer's ledger is in one place, and all credit was drawn from such a ledger."""
        minted_wh = 0
        for producer, expected in self.model.ledgers.items():
            key = LedgerKey(producer=producer, epoch_id=EPOCH)
            ledger: EpochLedger | None = self.world.receipt.state.box.ledgers.get_value(key)
            assert ledger is not None
            assert (ledger.recordedWh, ledger.deficitWh, ledger.mintedWh, ledger.remainingWh) == (
                expected.recorded_wh,
                expected.deficit_wh,
                expected.minted_wh,
                expected.remaining_wh,
            )
            assert (
                ledger.mintedWh + ledger.ppaWh + ledger.vaultWh + ledger.remainingWh
                == ledger.recordedWh + ledger.deficitWh
            )
            minted_wh += ledger.mintedWh
        assert minted_wh == self.model.minted_wh


# --- what is drawn ----------------------------------------------------------------------------------------------------


def some_id(data: st.DataObject, offers: dict[int, Offer], total: int, *, active: bool = True) -> int:
    """Mostly an active (or a closed) offer; else any that was ever made, or the first that was not."""
    wanted = ids_of(offers, active=active)
    offer_id: int = data.draw(st.sampled_from([*wanted * (1 + 4 * (total + 1) // len(wanted)), *range(total + 1)]))
    return offer_id


def ids_of(offers: dict[int, Offer], *, active: bool = True) -> list[int]:
    """The active offers, or the closed ones."""
    return [offer_id for offer_id, offer in offers.items() if (offer.status == cfg.STATUS_ACTIVE) == active]


def some_amount(data: st.DataObject, offer: Offer | None) -> int:
    """All of the offer, part of it, or one too many."""
    if offer is None:
        return data.draw(AMOUNTS_WH)
    whole = offer.amountWh
    return data.draw(
        st.sampled_from([whole, whole, 1, max(whole - 1, 1), (whole + 1) // 2, (whole + 1) // 2, whole + 1])
    )


def maker_of(offers: dict[int, Offer], offer_id: int, otherwise: str) -> str:
    return offers[offer_id].maker if offer_id in offers else otherwise


def child_id(offer: Offer | None, wh: int, total: int) -> int | None:
    return total if offer is not None and wh < offer.amountWh else None


def refund_of(offer: Offer | None) -> str | None:
    return None if offer is None or offer.paidByFloat else offer.maker


def payments_of(item: Item) -> Iterator[str]:
    """What tells a call's payment from others, or a payment."""
    arguments: Sequence[Any] = item.params.args or [] if isinstance(item, Call) else [item]
    for one in arguments:
        if isinstance(one, PaymentParams):
            yield f"{one.sender} {one.receiver} {one.amount.micro_algo} {one.note!r}"


def spoiled(call: Call, off_by: int) -> Call:
    """The call with its deposit changed by some microALGO, or as it is."""
    if off_by == 0 or deposit_of(call) + off_by < 0:
        return call
    if off_by > 0:
        return overpaid(call, off_by)
    return with_deposit(call, amount=AlgoAmount.from_micro_algo(deposit_of(call) + off_by))


@pytest.mark.timeout(900)
def test_machine(ledger: Ledger) -> None:
    class Machine(OfferBookMachine):
        pass

    Machine.ledger = ledger
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Machine.steps_taken >= LEAST_STEPS
    assert Machine.steps_accepted >= LEAST_STEPS // 3
