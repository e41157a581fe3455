"""A random life of a project against a plain model: production, agreements and revenue, group by group.

The model is written from the specification, in dictionaries. After every group the chain must equal the model: every
ledger, every invoice, every line of the book, every counter, and every balance.
"""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from algokit_utils import SigningAccount
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gridpact.billing.boxes import agreement_box_name, invoice_box_name
from gridpact.chain.group import Item
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordReadingArgs
from gridpact.epochs import epoch_end_ts, epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, deposit_box_name, holder_box_name
from gridpact.revenue.sale import Sale
from smart_contracts.interfaces.config import ALL_REMAINING
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as ppa_cfg
from smart_contracts.revenue_vault import config as vault_cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt import ladder as receipt
from tests.contracts.ppa import ladder as ppa
from tests.contracts.revenue_vault import ladder as vault
from tests.support.boxes import decode_struct
from tests.support.errors import raises
from tests.support.snapshot import boxes_of
from tests.support.stages import stage
from tests.support.world import Ledger, World

EXAMPLES: Final = 7
STEPS: Final = 90
"""At least 500 groups in all."""

PRICES: Final = (120_000, 100_000)
UNITS: Final = (500_000, 300_000, 200_000)
NOT_UNPAID: Final = {ppa_cfg.INVOICE_PAID: err.ALREADY_PAID, ppa_cfg.INVOICE_VOID: err.INVOICE_IS_VOID}
METERS: Final = (1, 2)
"""The project's, and the prosumer's."""


@dataclass
class LedgerModel:
    recorded: int = 0
    deficit: int = 0
    ppa: int = 0
    vault: int = 0
    remaining: int = 0
    readings: int = 0
    final: bool = False

    def add(self, wh: int) -> None:
        """Energy comes in: it fills the deficit first."""
        filled = min(self.deficit, wh)
        self.deficit -= filled
        self.remaining += wh - filled

    def take(self, wh: int) -> None:
        """Energy is restated away: what does not remain becomes a deficit."""
        taken = min(self.remaining, wh)
        self.remaining -= taken
        self.deficit += wh - taken


@dataclass
class InvoiceModel:
    kwh: int
    amount: int
    status: int
    revision: int


@dataclass
class LineModel:
    """A line of the vault's book: (since, units), oldest first."""

    points: list[tuple[int, int]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    paid: int = 0

    @property
    def units(self) -> int:
        return self.points[-1][1] if self.points else 0

    def move(self, change: int, at: int) -> None:
        units = self.units + change
        # One checkpoint a month: between two of one month there is no record date.
        if self.points and self.points[-1][0] >= epoch_start_ts(epoch_of(at)):
            self.points[-1] = (at, units)
        else:
            self.points.append((at, units))

    def at(self, ts: int) -> tuple[int, int]:
        """(index, units) of the checkpoint that holds a moment."""
        index = max((i for i, (since, _) in enumerate(self.points) if since <= ts), default=None)
        return (0, 0) if index is None else (index, self.points[index][1])


@dataclass
class DepositModel:
    epoch: int
    record_ts: int
    per_unit: int
    net: int
    asset_id: int
    drawn: int
    returned: int = 0


@stage
def found(world: World) -> tuple[int, int]:
    """Two meters, two agreements, the kW tokens in three hands, and two assets that revenue may come in.

    All holders can get the first of the assets, and all but one the second.
    """
    for number, producer in zip(METERS, (PROJECT, world.producer.address), strict=True):
        assert receipt.register_meter(world, producer, f"meter-{number}") == number
    world.send(
        ppa.create_agreement(world, 1),
        ppa.create_agreement(world, 2, buyer=world.buyer_b.address, pricePerKwh=PRICES[1]),
    )
    vault.open_for_revenue(world, UNITS)
    holders = (world.holder_a, world.holder_b, world.holder_c)
    first = world.asset(world.treasury, world.operator, *holders)
    second = world.asset(world.treasury, world.operator, *holders[:2])
    world.send(vault.opt_in_asset(world, first), vault.opt_in_asset(world, second))
    return first, second


class ProjectMachine(RuleBasedStateMachine):
    """One project."""

    ledger: Ledger
    groups = 0

    @initialize()
    def deploy(self) -> None:
        world = self.world = World(self.ledger)
        operator = world.operator.address
        first, second = found(world)
        self.assets = (vault_cfg.ALGO, first, second)
        self.holders = [world.holder_a, world.holder_b, world.holder_c]
        self.epochs = [202601, 202602]
        self.ledgers: dict[tuple[str, int], LedgerModel] = {}
        self.net: dict[tuple[int, int, int], list[int]] = {}
        self.invoices: dict[tuple[int, int], InvoiceModel] = {}
        self.lines = {
            holder.address: LineModel([(0, units)]) for holder, units in zip(self.holders, UNITS, strict=True)
        }
        self.lines[vault.vault(world)] = LineModel()
        self.live = {holder.address: units for holder, units in zip(self.holders, UNITS, strict=True)}
        self.opted_in = {holder.address for holder in self.holders}
        self.deposits: list[DepositModel] = []
        self.money = {asset_id: {"deposited": 0, "paid": 0, "owed": 0, "carried": 0} for asset_id in self.assets}
        self.last_epoch = 0
        self.treasury_start = world.balance(world.treasury.address)
        self.treasury_income = 0
        self.spare_start = self._spare()
        self.gifts = 0
        self.read_until: dict[int, int] = {}
        self.buyers = {1: world.buyer, 2: world.buyer_b}
        self.operator = operator

    # --- production ---------------------------------------------------------------------------------------------------

    @rule(meter=st.sampled_from(METERS), data=st.data(), interval=st.integers(1, 4), wh=st.integers(0, 5_000_000))
    def record(self, meter: int, data: st.DataObject, interval: int, wh: int) -> None:
        epoch = data.draw(st.sampled_from(self.epochs))
        producer = self._producer(meter)
        model = self.ledgers.get((producer, epoch), LedgerModel())
        start = int(datetime(epoch // 100, epoch % 100, 1, tzinfo=UTC).timestamp()) + (interval - 1) * 3_600
        refusal = None
        if (epoch, meter, interval) in self.net:
            refusal = err.ALREADY_RECORDED
        elif start < self.read_until.get(meter, 0):
            refusal = err.READING_OVERLAP
        elif wh > receipt.CAPACITY_W:  # in the hour that the reading is of
            refusal = err.OVER_CAPACITY
        elif model.final:
            refusal = err.EPOCH_FINAL
        args = RecordReadingArgs(
            epochId=epoch,
            meterId=meter,
            intervalId=interval,
            wh=wh,
            quality=receipt_cfg.QUALITY_ACTUAL,
            startTs=start,
            endTs=start + 3_600,
            sourceHash=bytes(32),
        )
        with self._expected(refusal):
            self._send(self.world.receipt_calls.record_reading(self.operator, args, producer))
        if refusal is None:
            model.recorded += wh
            model.readings += 1
            model.add(wh)
            self.ledgers[producer, epoch] = model
            self.net[epoch, meter, interval] = [wh]
            self.read_until[meter] = start + 3_600

    @precondition(lambda self: self.net)
    @rule(data=st.data(), increase=st.booleans(), wh=st.integers(1, 5_000_000))
    def restate(self, data: st.DataObject, increase: bool, wh: int) -> None:
        epoch, meter, interval = key = data.draw(st.sampled_from(sorted(self.net)))
        history = self.net[key]
        refusal = None if increase or wh <= history[-1] else err.INVALID_AMOUNT
        args = receipt.restatement(
            epochId=epoch, meterId=meter, intervalId=interval, revision=len(history), increase=increase, wh=wh
        )
        producer = self._producer(meter)
        with self._expected(refusal):
            self._send(self.world.receipt_calls.restate_reading(self.operator, args, producer))
        if refusal is None:
            model = self.ledgers[producer, epoch]
            model.recorded += wh if increase else -wh
            (model.add if increase else model.take)(wh)
            history.append(history[-1] + (wh if increase else -wh))

    @rule(data=st.data())
    def finalize(self, data: st.DataObject) -> None:
        epoch = data.draw(st.sampled_from(self.epochs))
        model = self.ledgers.get((PROJECT, epoch))
        refusal = None
        if model is None:
            refusal = err.EPOCH_NOT_FOUND
        elif model.final:
            refusal = err.EPOCH_FINAL
        total = model.recorded if model else 0
        args = FinalizeEpochArgs(epochId=epoch, expectedTotalWh=total)
        with self._expected(refusal):
            self._send(self.world.receipt_calls.finalize_epoch(self.operator, args))
        if model is not None:
            model.final = True

    @precondition(lambda self: len(self.epochs) < 4)
    @rule()
    def next_month(self) -> None:
        """The chain's current month ends, and can be recorded and shared out."""
        now = datetime.fromtimestamp(self.world.clock.now(), UTC)
        last_day = calendar.monthrange(now.year, now.month)[1]
        end = datetime(now.year, now.month, last_day, 23, 59, 59, tzinfo=UTC)
        self.world.clock.advance_to(int(end.timestamp()) + 1)
        self.epochs.append(now.year * 100 + now.month)

    # --- agreements ---------------------------------------------------------------------------------------------------

    @rule(data=st.data(), agreement=st.sampled_from([1, 2]), kwh=st.integers(1, 4_000))
    def allocate(self, data: st.DataObject, agreement: int, kwh: int) -> None:
        epoch = data.draw(st.sampled_from(self.epochs))
        model = self.ledgers.get((PROJECT, epoch))
        old = self.invoices.get((agreement, epoch))
        refusal = None
        if old is not None and old.status != ppa_cfg.INVOICE_VOID:
            refusal = err.ALREADY_ALLOCATED
        elif model is None:
            refusal = err.EPOCH_NOT_FOUND
        elif not model.final:
            refusal = err.EPOCH_NOT_FINAL
        elif model.deficit:
            refusal = err.LEDGER_IN_DEFICIT
        elif kwh * 1_000 > model.remaining:
            refusal = err.OVER_DRAWN
        total_kwh = model.recorded // 1_000 if model else 0
        call = ppa.allocate(self.world, kwh, agreement_id=agreement, epoch_id=epoch, total_kwh=total_kwh)
        with self._expected(refusal):
            self._send(call)
        if refusal is None and model is not None:
            model.remaining -= kwh * 1_000
            model.ppa += kwh * 1_000
            revision = old.revision + 1 if old else 1
            self.invoices[agreement, epoch] = InvoiceModel(
                kwh, kwh * PRICES[agreement - 1], ppa_cfg.INVOICE_ISSUED, revision
            )

    @precondition(lambda self: self.invoices)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        agreement, epoch = key = data.draw(st.sampled_from(sorted(self.invoices)))
        invoice = self.invoices[key]
        refusal = {ppa_cfg.INVOICE_PAID: err.ALREADY_PAID, ppa_cfg.INVOICE_VOID: err.INVOICE_IS_VOID}.get(
            invoice.status
        )
        with self._expected(refusal):
            self._send(ppa.void(self.world, agreement_id=agreement, epoch_id=epoch))
        if refusal is None:
            model = self.ledgers[PROJECT, epoch]
            model.ppa -= invoice.kwh * 1_000
            model.add(invoice.kwh * 1_000)
            invoice.status = ppa_cfg.INVOICE_VOID

    @precondition(lambda self: self.invoices)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        agreement, epoch = key = data.draw(st.sampled_from(sorted(self.invoices)))
        invoice = self.invoices[key]
        refusal = {ppa_cfg.INVOICE_PAID: err.ALREADY_PAID, ppa_cfg.INVOICE_VOID: err.INVOICE_IS_VOID}.get(
            invoice.status
        )
        with self._expected(refusal):
            self._send(ppa.settle(self.world, ppa.bill_of(self.world, agreement, epoch)))
        if refusal is None:
            invoice.status = ppa_cfg.INVOICE_PAID
            self.treasury_income += invoice.amount

    # --- revenue ------------------------------------------------------------------------------------------------------

    @rule(data=st.data(), amount=st.integers(1, 5_000_000_000), what=st.integers(0, 2))
    def deposit(self, data: st.DataObject, amount: int, what: int) -> None:
        """The operator deposits in ALGO or in an asset, for all that remains, for nothing, or for a part."""
        asset_id = self.assets[what]
        epoch = data.draw(st.sampled_from(self.epochs))
        wh = data.draw(st.sampled_from([ALL_REMAINING, ALL_REMAINING, 0, 1, 1_000_000]))
        model = self.ledgers.get((PROJECT, epoch))
        refusal = None
        if epoch < self.last_epoch:
            refusal = err.EPOCH_OUT_OF_ORDER
        elif model is None:
            refusal = err.EPOCH_NOT_FOUND
        elif not model.final:
            refusal = err.EPOCH_NOT_FINAL
        elif wh not in (0, ALL_REMAINING) and model.deficit:
            refusal = err.LEDGER_IN_DEFICIT
        elif wh != ALL_REMAINING and wh > model.remaining:
            refusal = err.OVER_DRAWN
        with self._expected(refusal):
            self._send(vault.deposit(self.world, amount, epoch_id=epoch, asset_id=asset_id, sale=Sale(energy_wh=wh)))
        if refusal is None and model is not None:
            drawn = model.remaining if wh == ALL_REMAINING else wh
            model.vault += drawn
            model.remaining -= drawn
            supply = sum(UNITS)
            money = self.money[asset_id]
            shared = amount + money["carried"]
            money["deposited"] += amount
            money["owed"] += shared - shared % supply
            money["carried"] = shared % supply
            record_ts = epoch_end_ts(epoch)
            self.last_epoch = epoch
            self.deposits.append(DepositModel(epoch, record_ts, shared // supply, amount, asset_id, drawn))

    @precondition(lambda self: self.deposits)
    @rule(data=st.data())
    def return_energy(self, data: st.DataObject) -> None:
        """The operator gives energy of a deposit back, sometimes too much."""
        number = data.draw(st.integers(1, len(self.deposits)))
        deposit = self.deposits[number - 1]
        there = deposit.drawn - deposit.returned
        wh = data.draw(st.sampled_from([there, there // 2, there + 1]))
        refusal = err.INVALID_AMOUNT if wh == 0 else err.OVER_DRAWN if wh > there else None
        with self._expected(refusal):
            self._send(vault.return_energy(self.world, wh, number, epoch_id=deposit.epoch))
        if refusal is None:
            deposit.returned += wh
            ledger = self.ledgers[PROJECT, deposit.epoch]
            ledger.vault -= wh
            ledger.add(wh)

    @precondition(lambda self: self.deposits)
    @rule(data=st.data(), who=st.integers(0, 3), wrong=st.booleans())
    def claim(self, data: st.DataObject, who: int, wrong: bool) -> None:
        """A stranger claims for a holder or for the vault's own line, sometimes with a wrong checkpoint."""
        number = data.draw(st.integers(1, len(self.deposits)))
        model = self.deposits[number - 1]
        address = list(self.lines)[who]
        line = self.lines[address]
        index, units = line.at(model.record_ts)
        amount = units * model.per_unit
        refusal = None
        if not line.points:
            refusal = err.NOTHING_TO_CLAIM
        elif number in line.claimed:
            refusal = err.ALREADY_CLAIMED
        elif wrong:
            index += 1
            refusal = err.WRONG_CHECKPOINT
        elif amount == 0:
            refusal = err.NOTHING_TO_CLAIM
        elif (address, model.asset_id) == (self.holders[2].address, self.assets[2]):
            refusal = err.NOT_OPTED_IN
        with self._expected(refusal):
            self._send(vault.claim(self.world, address, number, index, asset_id=model.asset_id))
        if refusal is None:
            line.claimed.add(number)
            money = self.money[model.asset_id]
            money["owed"] -= amount
            if address == vault.vault(self.world):
                money["carried"] += amount
            else:
                money["paid"] += amount
                line.paid += amount if model.asset_id == vault_cfg.ALGO else 0

    @rule(giver=st.integers(0, 2), taker=st.integers(0, 2), units=st.integers(1, 400_000))
    def transfer(self, giver: int, taker: int, units: int) -> None:
        sender, receiver = self.holders[giver], self.holders[taker]
        refusal = None
        if giver == taker:
            refusal = err.SELF_TRANSFER
        elif units > self.live[sender.address]:
            refusal = err.INSUFFICIENT_BALANCE
        elif receiver.address not in self.opted_in:
            refusal = err.NOT_OPTED_IN
        at = self.world.clock.now()
        call = vault.transfer(self.world, sender, receiver.address, units)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self._move(sender.address, receiver.address, units, at)
            self.live[sender.address] -= units
            self.live[receiver.address] += units

    @rule(who=st.integers(0, 2))
    def close_out(self, who: int) -> None:
        """A holder closes out to the vault, and no program runs; or opts in again."""
        holder: SigningAccount = self.holders[who]
        if holder.address in self.opted_in:
            self._send(vault.close_out(self.world, holder))
            self.opted_in.remove(holder.address)
            self.live[holder.address] = 0
        else:
            self._send(vault.opt_in(self.world, holder))
            self.opted_in.add(holder.address)

    @rule(who=st.integers(0, 2))
    def sync(self, who: int) -> None:
        address = self.holders[who].address
        missing = self.lines[address].units - self.live[address]
        at = self.world.clock.now()
        refusal = None if missing else err.NOTHING_TO_SYNC
        call = vault.sync(self.world, address)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self._move(address, vault.vault(self.world), missing, at)

    @rule(who=st.integers(0, 2), units=st.integers(1, 400_000))
    def hand_out(self, who: int, units: int) -> None:
        address = self.holders[who].address
        own = vault.vault(self.world)
        refusal = None
        if units > self.lines[own].units:
            refusal = err.INSUFFICIENT_BALANCE
        elif address not in self.opted_in:
            refusal = err.NOT_OPTED_IN
        at = self.world.clock.now()
        call = vault.hand_out(self.world, address, units)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self._move(own, address, units, at)
            self.live[address] += units

    @rule(microalgo=st.integers(1, 5_000_000))
    def gift(self, microalgo: int) -> None:
        """ALGO that no method asked for changes nothing."""
        self._send(vault.gift(self.world, microalgo))
        self.gifts += microalgo

    @rule(more=st.integers(0, 1), part=st.integers(1, 3))
    def withdraw(self, more: int, part: int) -> None:
        """The admin takes what is spare, or asks for 1 microALGO of what is not."""
        microalgo = self._spare() // part + (more if part == 1 else 0)
        refusal = err.INVALID_AMOUNT if microalgo == 0 else err.OVER_SURPLUS if microalgo > self._spare() else None
        with self._expected(refusal):
            self._send(vault.withdraw(self.world, microalgo))
        if refusal is None:
            self.gifts -= microalgo

    # --- what must hold after every group -----------------------------------------------------------------------------

    @invariant()
    def chain_agrees(self) -> None:
        if not hasattr(self, "world"):
            return
        world = self.world
        self._ledgers_agree(boxes_of(world.algorand, world.receipt.app_id))
        self._invoices_agree(boxes_of(world.algorand, world.ppa.app_id))
        self._revenue_agrees(boxes_of(world.algorand, world.vault.app_id))

    def _ledgers_agree(self, boxes: dict[bytes, bytes]) -> None:
        """Each Wh is in exactly one place, and the recorded total is the sum of readings and restatements."""
        seen = {}
        for (producer, epoch), model in self.ledgers.items():
            fields: dict[str, Any] = decode_struct(
                Contract.KWH_RECEIPT, "EpochLedger", boxes[ledger_box_name(producer, epoch)]
            )
            parts = fields["ppaWh"] + fields["mintedWh"] + fields["vaultWh"] + fields["remainingWh"]
            assert fields["recordedWh"] + fields["deficitWh"] == parts
            seen[producer, epoch] = LedgerModel(
                fields["recordedWh"],
                fields["deficitWh"],
                fields["ppaWh"],
                fields["vaultWh"],
                fields["remainingWh"],
                fields["readings"],
                final=fields["finalizedTs"] > 0,
            )
            recorded = sum(
                history[-1]
                for (month, meter, _), history in self.net.items()
                if month == epoch and self._producer(meter) == producer
            )
            assert fields["recordedWh"] == recorded
            assert not (model.deficit and model.remaining)
        assert seen == self.ledgers

    def _invoices_agree(self, boxes: dict[bytes, bytes]) -> None:
        """Live invoices are PPA's part of each month; what was paid stays paid, and is the treasury's income."""
        assert len(boxes) == len(self.invoices) + 2
        for (agreement, epoch), model in self.invoices.items():
            fields = decode_struct(Contract.PPA, "Invoice", boxes[invoice_box_name(agreement, epoch)])
            seen = (fields["kwh"], fields["amount"], fields["status"], fields["revision"])
            assert seen == (model.kwh, model.amount, model.status, model.revision)
        for epoch in self.epochs:
            live = [i.kwh for (_, e), i in self.invoices.items() if e == epoch and i.status != ppa_cfg.INVOICE_VOID]
            assert sum(live) * 1_000 == self.ledgers.get((PROJECT, epoch), LedgerModel()).ppa
        assert all(agreement_box_name(number) in boxes for number in (1, 2))
        income = self.world.balance(self.world.treasury.address) - self.treasury_start
        assert income == self.treasury_income
        assert income == sum(i.amount for i in self.invoices.values() if i.status == ppa_cfg.INVOICE_PAID)

    def _revenue_agrees(self, boxes: dict[bytes, bytes]) -> None:
        """The book adds up to the supply, the money to the deposits, and the vault's ALGO covers what it promises."""
        names = {deposit_box_name(number) for number in range(1, len(self.deposits) + 1)}
        names |= {asset_box_name(asset_id) for asset_id in self.assets[1:]}
        for address, model in self.lines.items():
            if not model.points:
                continue
            line: dict[str, Any] = decode_struct(Contract.REVENUE_VAULT, "Holder", boxes[holder_box_name(address)])
            ended = [checkpoint_box_name(address, index) for index in range(line["checkpointCount"] - 1)]
            points = [decode_struct(Contract.REVENUE_VAULT, "Checkpoint", boxes[name]) for name in ended] + [line]
            assert [(point["sinceTs"], point["units"]) for point in points] == model.points
            assert line["paidMicroalgo"] == model.paid
            names |= {holder_box_name(address), *ended}
        assert set(boxes) == names
        assert sum(model.units for model in self.lines.values()) == sum(UNITS)
        assert all(self.live[holder.address] <= self.lines[holder.address].units for holder in self.holders)
        for number, deposit in enumerate(self.deposits, 1):
            fields = decode_struct(Contract.REVENUE_VAULT, "Deposit", boxes[deposit_box_name(number)])
            assert (fields["recordTs"], fields["perUnitMicroalgo"]) == (deposit.record_ts, deposit.per_unit)
            assert (fields["energyWh"], fields["returnedWh"]) == (deposit.drawn, deposit.returned)
        for asset_id, money in self.money.items():
            is_algo = asset_id == vault_cfg.ALGO
            assert (vault.money(self.world) if is_algo else vault.revenue_in(self.world, asset_id)) == money
            assert money["paid"] + money["owed"] + money["carried"] == money["deposited"]
            own = [deposit.net for deposit in self.deposits if deposit.asset_id == asset_id]
            assert money["deposited"] == sum(own)
            if not is_algo:
                held = vault.held(self.world, vault.vault(self.world), asset_id)
                assert held == money["owed"] + money["carried"]
        # What is neither promised nor storage never moves, gifts apart: every box was paid for.
        spare = self._spare()
        assert spare == self.spare_start + self.gifts
        assert spare >= 0

    # --- inside -------------------------------------------------------------------------------------------------------

    def _producer(self, meter: int) -> str:
        return PROJECT if meter == METERS[0] else self.world.producer.address

    def _move(self, giver: str, taker: str, units: int, at: int) -> None:
        self.lines[giver].move(-units, at)
        self.lines[taker].move(units, at)

    def _spare(self) -> int:
        """The vault's microALGO above its boxes, its assets and what it owes."""
        account = as_dict(self.world.algorand.client.algod.account_info(vault.vault(self.world)))
        promised = vault.money(self.world)
        return int(account["amount"]) - int(account["min-balance"]) - promised["owed"] - promised["carried"]

    def _send(self, *items: Item) -> Sent:
        type(self).groups += 1
        return self.world.send(*items)

    @contextmanager
    def _expected(self, refusal: str | None) -> Iterator[None]:
        if refusal is None:
            yield
            return
        with raises(refusal):
            yield


def test_random_projects(ledger: Ledger) -> None:
    ProjectMachine.ledger = ledger
    ProjectMachine.groups = 0
    run_state_machine_as_test(
        ProjectMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert ProjectMachine.groups >= 500


# About two minutes on two quiet cores.
pytestmark = pytest.mark.timeout(900)
