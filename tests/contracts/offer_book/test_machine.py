"""Random calls against the contract and against a plain Python model: both must do the same, event by event.

After every group the book's state is compared with the model's, and the invariants are checked on what was read from
chain. A program can change only the boxes that its call references, so these are read again each time; at the end of a
run all of them are.
"""

import base64
from collections.abc import Callable
from typing import Final

import pytest
from algokit_utils import AlgoAmount, BoxReference, PaymentParams
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from gridpact.chain.call import Call, fee
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
from tests.support.errors import raises
from tests.support.events import expect_events
from tests.support.full_state import boxes_of
from tests.support.structs import as_layout
from tests.support.world import Ledger, World, call_of, deploy

EXAMPLES: Final = 7
STEPS: Final = 100
LEAST_STEPS: Final = 500

# Few values, so that equal prices, exact fits and one-too-many happen often.
AMOUNTS_WH: Final = st.sampled_from([2, 1, 3, 5, 8, 13, 2, 1, 3, 5, 8, 13, 100, 0, 1_000])
PRICES: Final = st.sampled_from([10, 11, 12, 13] * 3 + [0])
ALLOWED_WH: Final = st.sampled_from([1_000, 100, 13, 0])
TRADERS: Final = st.sampled_from(["producer", "holder_a", "consumer", "buyer"])
SELLERS: Final = st.sampled_from(["producer", "holder_a", "producer", "holder_a", "consumer"])
# The operator is who should match; now and then somebody else tries.
MATCHERS: Final = st.sampled_from(["operator"] * 14 + ["outsider", "producer"])
CANCELLERS: Final = st.sampled_from(["maker", "maker", "operator", "outsider", "producer"])
DEPOSIT_ERRORS: Final = st.sampled_from([0] * 10 + [-1, 1, OFFER_MBR])
# Seconds from now to the end of an offer or of terms; None is no end.
LIVES_S: Final = st.sampled_from([None] * 8 + [0, 50, 500, -1])
METERS: Final = {"producer": 1, "holder_a": 2}


class OfferBookMachine(RuleBasedStateMachine):
    """One deployment and its model. `ledger` is set by the test."""

    ledger: Ledger
    steps_taken = 0
    steps_accepted = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.ledger)
        deploy(self.world, Contract.OFFER_BOOK)
        balance, minimum_balance = self.balance()
        self.model = Model(self.world.operator.address, balance, minimum_balance)
        self.boxes: dict[bytes, bytes] = {}
        self.readings: dict[str, list[int]] = {"producer": [], "holder_a": []}
        self.revisions: dict[tuple[str, int], int] = {}

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
        return self.world.clock.now()

    def expiry(self, data: st.DataObject) -> int:
        """Some end, past ones included; mostly none."""
        life_s = data.draw(LIVES_S)
        return 0 if life_s is None else self.now() + life_s

    def both(self, call: Call, step: Callable[[], Events]) -> None:
        """Send the call, let the model take the same step: the same events, or the same refusal.

        Args:
            call: what is sent.
            step: the same call of the model.
        """
        type(self).steps_taken += 1
        try:
            events = step()
        except RefusedError as refusal:
            with raises(refusal.name):
                self.world.send(call)
        else:
            type(self).steps_accepted += 1
            expect_events(self.world.send(call), *events)
        self.reread(call)

    def reread(self, call: Call) -> None:
        """Read again the boxes that the call could have changed."""
        app_id, algod = self.world.book.app_id, self.world.algorand.client.algod
        listed = as_dict(algod.application_boxes(app_id))["boxes"]
        names = {base64.b64decode(box["name"]) for box in listed}
        changeable = {box.name for box in call.params.box_references or [] if isinstance(box, BoxReference)}
        kept = {name: value for name, value in self.boxes.items() if name in names - changeable}
        self.boxes = kept | {
            name: base64.b64decode(as_dict(algod.application_box_by_name(app_id, name))["value"])
            for name in names - kept.keys()
        }

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        """One rule for all calls: Hypothesis switches rules off for a whole run, and a market needs all of them."""
        weights = {
            self.create_sell: 4,
            self.create_buy: 4,
            self.match_both: 6,
            self.match_sell: 4,
            self.match_buy: 4,
            self.cancel_sell: 2,
            self.cancel_buy: 2,
            self.prune_sell: 2,
            self.prune_buy: 2,
            self.mint: 2,
            self.transfer: 2,
            self.consume: 2,
            self.set_terms: 3,
            self.close_account: 1,
            self.wait: 2,
            self.withdraw: 1,
            self.record: 1,
            self.restate_down: 1,
            self.set_grid_price: 1,
            self.gift: 1,
            (self.unpause if self.model.paused else self.pause): 10 if self.model.paused else 1,
        }
        action = data.draw(st.sampled_from([action for action, weight in weights.items() for _ in range(weight)]))
        action(data)

    # --- production ---------------------------------------------------------------------------------------------------

    @initialize()
    def register_meters(self) -> None:
        for role, meter_id in METERS.items():
            arguments = RegisterMeterArgs(
                producer=self.address(role), capacityW=0, label=bytes(32), publicKey=bytes(32)
            )
            self.world.send(self.world.receipt_calls.register_meter(self.model.operator, arguments, meter_id))
        for role in METERS:
            self._record(role, 500)
            self._mint(role, 400, "operator")
        for role in ("producer", "holder_a", "consumer"):
            self._set_terms(role, (10, 12), (1_000, 1_000), 0)

    def record(self, data: st.DataObject) -> None:
        self._record(data.draw(st.sampled_from(sorted(METERS))), data.draw(AMOUNTS_WH))

    def _record(self, role: str, wh: int) -> None:
        self.readings[role].append(wh)
        self.world.send(
            record_reading(
                self.world,
                getattr(self.world, role),
                wh,
                meter_id=METERS[role],
                interval_id=len(self.readings[role]),
            )
        )
        self.model.record(self.address(role), wh)
        self.check_ledgers()

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
        self.world.send(self.world.receipt_calls.restate_reading(self.model.operator, arguments, self.address(role)))
        self.readings[role][interval_id - 1] -= wh
        self.revisions[role, interval_id] = revision
        self.model.restate_down(self.address(role), wh)
        self.check_ledgers()

    # --- credit and consent -------------------------------------------------------------------------------------------

    def mint(self, data: st.DataObject) -> None:
        self._mint(data.draw(SELLERS), data.draw(AMOUNTS_WH), data.draw(MATCHERS))

    def _mint(self, role: str, wh: int, matcher: str) -> None:
        sender, producer = self.address(matcher), self.address(role)
        arguments = MintEnergyArgs(producer=producer, epochId=EPOCH, amountWh=wh)
        self.both(self.world.book_calls.mint_energy(sender, arguments), lambda: self.model.mint(sender, producer, wh))
        self.check_ledgers()

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
        self._set_terms(data.draw(TRADERS), prices, whs, data.draw(DEPOSIT_ERRORS), self.expiry(data))

    def _set_terms(
        self, role: str, prices: tuple[int, int], whs: tuple[int, int], off_by: int, expiry_ts: int = 0
    ) -> None:
        sender = self.address(role)
        terms = client.TradingTerms(
            minSellPrice=prices[0], sellWh=whs[0], maxBuyPrice=prices[1], buyWh=whs[1], expiryTs=expiry_ts
        )
        opens = sender not in self.model.accounts
        wanted = as_layout(TradingTerms, terms)
        call = self.world.book_calls.set_trading_terms(sender, wanted, opens_account=opens)
        call = spoiled(call, off_by)
        self.both(call, lambda: self.model.set_terms(sender, terms, deposit_of(call), self.now()))

    def close_account(self, data: st.DataObject) -> None:
        role = data.draw(TRADERS)
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
        to = data.draw(TRADERS)
        offer_id = some_id(data, self.model.sells, self.model.sell_total)
        wh = some_amount(data, self.model.sells.get(offer_id))
        sender, buyer = self.address(matcher), self.address(to)
        call = self.world.book_calls.match_energy_offer(
            sender,
            MatchEnergyOfferArgs(offerId=offer_id, buyer=buyer, amountWh=wh),
            maker_of(self.model.sells, offer_id, self.model.operator),
            child_id(self.model.sells.get(offer_id), wh, self.model.sell_total),
        )
        self.both(call, lambda: self.model.match_sell(sender, offer_id, buyer, wh, self.now()))

    def match_buy(self, data: st.DataObject) -> None:
        matcher = data.draw(MATCHERS)
        of = data.draw(TRADERS)
        offer_id = some_id(data, self.model.buys, self.model.buy_total)
        wh = some_amount(data, self.model.buys.get(offer_id))
        sender, seller = self.address(matcher), self.address(of)
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
        self.world.clock.advance_to(self.now() + data.draw(st.sampled_from([1, 50, 100])))

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
        self.world.send(
            PaymentParams(
                sender=self.world.outsider.address,
                receiver=self.world.book.app_address,
                amount=AlgoAmount.from_micro_algo(microalgo),
                static_fee=fee(1),
            )
        )
        self.model.gift(microalgo)

    def pause(self, _: st.DataObject) -> None:
        self.world.send(call_of(self.world.book, "pause", [], self.world.admin))
        self.model.paused = True

    def unpause(self, _: st.DataObject) -> None:
        self.world.send(call_of(self.world.book, "unpause", [], self.world.admin))
        self.model.paused = False

    # --- after every step ---------------------------------------------------------------------------------------------

    @invariant()
    def chain_is_the_model_and_the_invariants_hold(self) -> None:
        boxes = dict(self.boxes)
        accounts = {address: decode_account(boxes.pop(account_box_name(address))) for address in self.model.accounts}
        sells = {offer_id: decode_offer(boxes.pop(sell_offer_box_name(offer_id))) for offer_id in self.model.sells}
        buys = {offer_id: decode_offer(boxes.pop(buy_offer_box_name(offer_id))) for offer_id in self.model.buys}
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
        for trade in self.model.trades[-1:]:
            assert trade.least_price <= trade.price <= trade.most_price
            assert trade.wh <= min(trade.sell_wh, trade.buy_wh)

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

    def teardown(self) -> None:
        assert boxes_of(self.world.algorand, self.world.book.app_id) == self.boxes


# --- what is drawn ----------------------------------------------------------------------------------------------------


def some_id(data: st.DataObject, offers: dict[int, Offer], total: int, *, active: bool = True) -> int:
    """Mostly an active (or a closed) offer; else any that was ever made, or the first that was not."""
    wanted = [offer_id for offer_id, offer in offers.items() if (offer.status == cfg.STATUS_ACTIVE) == active]
    anything = st.integers(0, total)
    if not wanted:
        return data.draw(anything)
    offer_id: int = data.draw(st.one_of(*[st.sampled_from(wanted)] * 5, anything))
    return offer_id


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
