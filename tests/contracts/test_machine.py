"""A random life of a project against a plain model: production, agreements and revenue, group by group.

The model is written from the specification, in dictionaries. After every group the chain must equal the model: every
ledger, every invoice and note, every line of the book, every counter, and every balance. And what must hold, holds:
each Wh is in one place, across ledger, invoices and notes; no reading counts twice; what an agreement billed, less
credits and with charges, is settled or open; in each asset deposited = paid + owed + carried.
"""

import calendar
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar, Final

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

from gridpact.billing.boxes import agreement_box_name, invoice_box_name, note_box_name
from gridpact.chain.group import Item
from gridpact.chain.layout import decode
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordReadingArgs
from gridpact.contracts.ppa_client import ApplyCreditArgs, ReleaseCreditArgs, VoidNoteArgs
from gridpact.contracts.ppa_layout import Agreement
from gridpact.epochs import epoch_end_ts, epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.production.read import Quality
from gridpact.production.signed import MeterRead, Place, public_key, sign
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, deposit_box_name, holder_box_name
from gridpact.revenue.sale import Sale
from smart_contracts.interfaces.config import ALL_REMAINING
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as ppa_cfg
from smart_contracts.revenue_vault import config as vault_cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.kwh_receipt import states as receipt_states
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.ppa import expect as ppa_expect
from tests.contracts.ppa import states as ppa_states
from tests.contracts.revenue_vault import calls as vault_calls
from tests.contracts.revenue_vault import expect as vault_expect
from tests.contracts.revenue_vault import states as vault_states
from tests.support.boxes import decode_struct
from tests.support.checkpoints import checkpoint
from tests.support.errors import raises
from tests.support.full_state import boxes_of
from tests.support.world import Ledger, World, genesis_hash

EXAMPLES: Final = 7
STEPS: Final = 90
"""At least 500 groups in all."""

PRICES: Final = (120_000, 100_000)
UNITS: Final = (500_000, 300_000, 200_000)
STATUSES: Final = (ppa_cfg.NOTE_OPEN, ppa_cfg.NOTE_APPLIED, ppa_cfg.NOTE_SETTLED, ppa_cfg.NOTE_VOID)
ISSUED: Final = ppa_cfg.INVOICE_ISSUED
NOT_UNPAID: Final = {ppa_cfg.INVOICE_PAID: err.ALREADY_PAID, ppa_cfg.INVOICE_VOID: err.INVOICE_IS_VOID}
MUST_HAPPEN: Final = {"manual", "signed", "applied", "released"} | {
    *(f"note {kind}" for kind in (1, 2, 3, 4)),
    *(f"settled {kind}" for kind in (1, 2)),
    *(f"void {kind}" for kind in (1, 2)),
}
"""What must have succeeded at least once in all the lives together."""
METERS: Final = (1, 2)
"""The project's, and the prosumer's."""
SEEDS: Final = {1: bytes(range(32)), 2: bytes(range(1, 33))}
"""The meters' keys."""
CAPACITY_W: Final = 5_000_000
BILLED: Final = (202601, 202602)
READ_WH: Final = 5_000_000
"""Of the project, in the first hour of each of the two."""
NOTED: Final = (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_DEBIT)
NOTED_KWH: Final = 100
"""Of each note on the first month's invoices."""
BILLED_KWH: Final = {1: 1_000, 2: 1_500}
LATE_INTEREST_BPS: Final = {1: 0, 2: 800}
MINIMUM_KWH: Final = {1: 0, 2: 2_000}
NOT_OPEN: Final = {
    ppa_cfg.NOTE_VOID: err.NOTE_IS_VOID,
    ppa_cfg.NOTE_SETTLED: err.NOTE_SETTLED,
    ppa_cfg.NOTE_APPLIED: err.CREDIT_APPLIED,
}


@dataclass
class LedgerModel:
    recorded: int = 0
    deficit: int = 0
    ppa: int = 0
    vault: int = 0
    remaining: int = 0
    readings: int = 0
    final: bool = False
    signed: int = 0
    manual: int = 0

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
class NoteModel:
    kind: int
    kwh: int
    amount: int
    status: int = ppa_cfg.NOTE_OPEN
    applied_epoch: int = 0

    @property
    def is_live(self) -> bool:
        return self.status != ppa_cfg.NOTE_VOID


@dataclass
class InvoiceModel:
    kwh: int
    amount: int
    status: int
    revision: int
    shortfall: int = 0
    applied: int = 0
    paid_ts: int = 0
    interest_note: int = 0
    notes: list[NoteModel] = field(default_factory=list)

    @property
    def due(self) -> int:
        """What is to be paid, or was."""
        return self.amount - self.applied

    def kwh_of(self, kind: int) -> int:
        return sum(note.kwh for note in self.notes if note.is_live and note.kind == kind)

    def sum_of(self, *, credit: bool, among: Container[int] = STATUSES) -> int:
        """Of the live credits, or of the charges."""
        live = (note for note in self.notes if note.is_live and note.status in among)
        return sum(note.amount for note in live if (note.kind == ppa_cfg.NOTE_CREDIT) == credit)

    @property
    def allocated(self) -> int:
        """kWh that are PPA's for this invoice."""
        if self.status == ppa_cfg.INVOICE_VOID:
            return 0
        return self.kwh - self.kwh_of(ppa_cfg.NOTE_CREDIT) + self.kwh_of(ppa_cfg.NOTE_DEBIT)


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


@checkpoint
def found(world: World) -> tuple[int, int]:
    """Two meters that sign, two agreements, the kW tokens in three hands, and two assets that revenue may come in.

    Two months were read and billed. The first is paid and was corrected: one credit of each invoice is set against the
    second month's, a credit and a debit are open.
    All holders can get the first of the assets, and all but one the second.
    """
    for number, producer in zip(METERS, (PROJECT, world.producer.address), strict=True):
        key = public_key(SEEDS[number])
        name = f"meter-{number}"
        assert receipt_states.register_meter(world, producer, name, capacity_w=CAPACITY_W, public_key=key) == number
    world.send(
        ppa_calls.create_agreement(world, 1),
        ppa_calls.create_agreement(
            world,
            2,
            buyer=world.buyer_b.address,
            pricePerKwh=PRICES[1],
            minimumKwh=MINIMUM_KWH[2],
            lateInterestBps=LATE_INTEREST_BPS[2],
        ),
    )
    for epoch in BILLED:
        start = epoch_start_ts(epoch)
        receipt_calls.record_reading(world, METERS[0], epochId=epoch, wh=READ_WH, startTs=start, endTs=start + 3_600)
        receipt_states.finalize(world, READ_WH, epoch)
        for agreement, kwh in BILLED_KWH.items():
            total_kwh = READ_WH // 1_000
            world.send(ppa_calls.allocate(world, kwh, agreement_id=agreement, epoch_id=epoch, total_kwh=total_kwh))
    world.send(*(ppa_calls.settle(world, ppa_expect.bill_of(world, agreement, BILLED[0])) for agreement in BILLED_KWH))
    for agreement in BILLED_KWH:
        for number, kind in enumerate(NOTED, 1):
            world.send(
                ppa_calls.note(world, kind, NOTED_KWH, number=number, agreement_id=agreement, epoch_id=BILLED[0])
            )
        args = ApplyCreditArgs(agreementId=agreement, epochId=BILLED[0], note=1, toEpochId=BILLED[1])
        world.send(world.ppa_calls.apply_credit(world.operator.address, args))
    vault_states.open_for_revenue(world, UNITS)
    holders = (world.holder_a, world.holder_b, world.holder_c)
    first = world.asset(world.treasury, world.operator, *holders)
    second = world.asset(world.treasury, world.operator, *holders[:2])
    world.send(vault_calls.opt_in_asset(world, first), vault_calls.opt_in_asset(world, second))
    return first, second


class ProjectMachine(RuleBasedStateMachine):
    """One project."""

    ledger: Ledger
    groups = 0
    done: ClassVar[Counter[str]] = Counter()
    """What succeeded, and how often."""

    @initialize()
    def deploy(self) -> None:
        world = self.world = World(self.ledger)
        operator = world.operator.address
        first, second = found(world)
        self.assets = (vault_cfg.ALGO, first, second)
        self.holders = [world.holder_a, world.holder_b, world.holder_c]
        self.epochs = [*BILLED, 202603]
        self.ledgers: dict[tuple[str, int], LedgerModel] = {}
        self.net: dict[tuple[int, int, int], list[int]] = {}
        self.invoices: dict[tuple[int, int], InvoiceModel] = {}
        self.lines = {
            holder.address: LineModel([(0, units)]) for holder, units in zip(self.holders, UNITS, strict=True)
        }
        self.lines[vault_expect.vault(world)] = LineModel()
        self.live = {holder.address: units for holder, units in zip(self.holders, UNITS, strict=True)}
        self.opted_in = {holder.address for holder in self.holders}
        self.deposits: list[DepositModel] = []
        self.money = {asset_id: {"deposited": 0, "paid": 0, "owed": 0, "carried": 0} for asset_id in self.assets}
        self.last_epoch = 0
        self.treasury_fees = 0
        # What the buyer of each agreement has paid, less what came back.
        self.settled = {agreement: kwh * PRICES[agreement - 1] for agreement, kwh in BILLED_KWH.items()}
        self.treasury_start = world.balance(world.treasury.address) - sum(self.settled.values())
        self.spare_start = self._spare()
        self.gifts = 0
        self.round = 0
        self.read_until: dict[int, int] = {}
        self.sequences = dict.fromkeys(METERS, 0)
        self._begin()
        self.buyers = {1: world.buyer, 2: world.buyer_b}
        self.operator = operator

    def _begin(self) -> None:
        """What `found` has left."""
        for epoch in BILLED:
            billed_wh = sum(BILLED_KWH.values()) * 1_000
            if epoch == BILLED[0]:
                # Two credits and a debit on each invoice.
                billed_wh -= len(BILLED_KWH) * NOTED_KWH * 1_000
            self.net[epoch, METERS[0], 1] = [READ_WH]
            self.read_until[METERS[0]] = epoch_start_ts(epoch) + 3_600
            self.ledgers[PROJECT, epoch] = LedgerModel(
                READ_WH, 0, billed_wh, 0, READ_WH - billed_wh, 1, final=True, manual=READ_WH
            )
            for agreement, kwh in BILLED_KWH.items():
                amount, shortfall = kwh * PRICES[agreement - 1], max(0, MINIMUM_KWH[agreement] - kwh)
                applied = NOTED_KWH * PRICES[agreement - 1] if epoch == BILLED[1] else 0
                invoice = InvoiceModel(kwh, amount, ISSUED, 1, shortfall, applied)
                if epoch == BILLED[0]:
                    invoice.status = ppa_cfg.INVOICE_PAID
                    invoice.paid_ts = ppa_expect.invoice_of(self.world, agreement, epoch).paidTs
                    price = PRICES[agreement - 1]
                    invoice.notes = [NoteModel(kind, NOTED_KWH, NOTED_KWH * price) for kind in NOTED]
                    invoice.notes[0].status, invoice.notes[0].applied_epoch = ppa_cfg.NOTE_APPLIED, BILLED[1]
                self.invoices[agreement, epoch] = invoice

    # --- production ---------------------------------------------------------------------------------------------------

    @rule(
        meter=st.sampled_from(METERS),
        data=st.data(),
        interval=st.integers(1, 4),
        wh=st.integers(0, CAPACITY_W + 500_000),
        how=st.sampled_from(["manual", "manual", "signed", "signed", "replayed", "forged"]),
    )
    def record(self, meter: int, data: st.DataObject, interval: int, wh: int, how: str) -> None:
        """The operator records a reading, or a stranger brings one that the meter has signed, or says so."""
        epoch = data.draw(st.sampled_from(self.epochs))
        producer = self._producer(meter)
        model = self.ledgers.get((producer, epoch), LedgerModel())
        start = int(datetime(epoch // 100, epoch % 100, 1, tzinfo=UTC).timestamp()) + (interval - 1) * 3_600
        refusal = None
        if how == "replayed":
            refusal = err.INVALID_SEQUENCE
        elif how == "forged":
            refusal = err.INVALID_SIGNATURE
        elif (epoch, meter, interval) in self.net:
            refusal = err.ALREADY_RECORDED
        elif start < self.read_until.get(meter, 0):
            refusal = err.READING_OVERLAP
        elif wh > CAPACITY_W:  # in the hour that the reading is of
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
            sourceHash=receipt_calls.SOURCE_HASH,
        )
        sequence = self.sequences[meter] + (how != "replayed")
        with self._expected(refusal):
            if how == "manual":
                self._send(self.world.receipt_calls.record_reading(self.operator, args, producer))
            else:
                self._send(*self._signed(args, producer, sequence, SEEDS[3 - meter if how == "forged" else meter]))
        if refusal is None:
            self.done[how] += 1
            model.recorded += wh
            model.readings += 1
            if how == "manual":
                model.manual += wh
            else:
                model.signed += wh
                self.sequences[meter] = sequence
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
        args = receipt_calls.restatement(
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

    @precondition(lambda self: len(self.epochs) < 5)
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
        call = ppa_calls.allocate(self.world, kwh, agreement_id=agreement, epoch_id=epoch, total_kwh=total_kwh)
        with self._expected(refusal):
            self._send(call)
        if refusal is None and model is not None:
            model.remaining -= kwh * 1_000
            model.ppa += kwh * 1_000
            revision = old.revision + 1 if old else 1
            self.invoices[agreement, epoch] = InvoiceModel(
                kwh,
                kwh * PRICES[agreement - 1],
                ppa_cfg.INVOICE_ISSUED,
                revision,
                shortfall=max(0, MINIMUM_KWH[agreement] - kwh),
            )

    @precondition(lambda self: self.invoices)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        agreement, epoch = key = data.draw(st.sampled_from(sorted(self.invoices)))
        invoice = self.invoices[key]
        refusal = NOT_UNPAID.get(invoice.status, err.CREDIT_APPLIED if invoice.applied else None)
        with self._expected(refusal):
            self._send(ppa_calls.void(self.world, agreement_id=agreement, epoch_id=epoch))
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
        refusal = NOT_UNPAID.get(invoice.status)
        at = self.world.clock.now()
        with self._expected(refusal):
            self._send(ppa_calls.settle(self.world, ppa_expect.bill_of(self.world, agreement, epoch)))
        if refusal is None:
            invoice.status = ppa_cfg.INVOICE_PAID
            invoice.paid_ts = at
            self.settled[agreement] += invoice.due

    # --- corrections --------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.invoices)
    @rule(
        data=st.data(),
        kind=st.sampled_from([ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_DEBIT, ppa_cfg.NOTE_SHORTFALL]),
        part=st.sampled_from([1, 3, 10]),
        excess=st.sampled_from([0, 0, 0, 1]),
    )
    def note(self, data: st.DataObject, kind: int, part: int, excess: int) -> None:
        """The operator corrects an invoice by all that can be corrected, by a part of it, or by too much."""
        paid = [key for key, one in self.invoices.items() if one.status == ppa_cfg.INVOICE_PAID]
        agreement, epoch = key = data.draw(st.sampled_from(sorted([*self.invoices, *paid, *paid])))
        invoice, ledger = self.invoices[key], self.ledgers[PROJECT, epoch]
        there = {
            ppa_cfg.NOTE_CREDIT: invoice.kwh - invoice.kwh_of(ppa_cfg.NOTE_CREDIT),
            ppa_cfg.NOTE_DEBIT: ledger.remaining // 1_000,
            ppa_cfg.NOTE_SHORTFALL: invoice.shortfall - invoice.kwh_of(ppa_cfg.NOTE_SHORTFALL),
        }[kind]
        kwh = max(1, there // part) if not excess else there + 1
        refusal = None
        if invoice.status != ppa_cfg.INVOICE_PAID:
            refusal = err.NOT_PAID
        elif kind == ppa_cfg.NOTE_DEBIT and ledger.deficit:
            refusal = err.LEDGER_IN_DEFICIT
        elif kwh > there:
            refusal = {ppa_cfg.NOTE_CREDIT: err.OVER_CREDITED, ppa_cfg.NOTE_DEBIT: err.OVER_DRAWN}.get(
                kind, err.OVER_SHORTFALL
            )
        number = len(invoice.notes) + 1
        call = ppa_calls.note(self.world, kind, kwh, number=number, agreement_id=agreement, epoch_id=epoch)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self.done[f"note {kind}"] += 1
            self.done["cured"] += kind == ppa_cfg.NOTE_CREDIT and ledger.deficit > 0
            invoice.notes.append(NoteModel(kind, kwh, kwh * PRICES[agreement - 1]))
            self._move_energy(epoch, {ppa_cfg.NOTE_CREDIT: -kwh, ppa_cfg.NOTE_DEBIT: kwh}.get(kind, 0))

    @precondition(lambda self: self.invoices)
    @rule(data=st.data())
    def interest(self, data: st.DataObject) -> None:
        """A stranger charges late interest, once, where some is due."""
        agreement, epoch = key = data.draw(st.sampled_from(sorted(self.invoices)))
        invoice = self.invoices[key]
        due_ts = epoch_end_ts(epoch) + 15 * 86_400
        days = invoice.paid_ts // 86_400 - due_ts // 86_400
        amount = invoice.due * LATE_INTEREST_BPS[agreement] * days // 3_650_000
        refusal = None
        if invoice.status != ppa_cfg.INVOICE_PAID:
            refusal = err.NOT_PAID
        elif invoice.interest_note:
            refusal = err.ALREADY_SET
        elif amount <= 0:
            refusal = err.NOT_LATE
        number = len(invoice.notes) + 1
        with self._expected(refusal):
            self._send(ppa_calls.interest(self.world, number=number, agreement_id=agreement, epoch_id=epoch))
        if refusal is None:
            self.done[f"note {ppa_cfg.NOTE_INTEREST}"] += 1
            invoice.interest_note = number
            invoice.notes.append(NoteModel(ppa_cfg.NOTE_INTEREST, 0, amount))

    @precondition(lambda self: self._notes())
    @rule(data=st.data())
    def settle_note(self, data: st.DataObject) -> None:
        """The buyer pays a charge, the treasury a credit."""
        agreement, epoch, number, note = data.draw(st.sampled_from(self._notes()))
        refusal = NOT_OPEN.get(note.status)
        call = ppa_states.settle_note(self.world, number, agreement_id=agreement, epoch_id=epoch)
        with self._expected(refusal):
            sent = self._send(call)
        if refusal is None:
            self.done[f"settled {note.kind}"] += 1
            note.status = ppa_cfg.NOTE_SETTLED
            if note.kind == ppa_cfg.NOTE_CREDIT:
                self.settled[agreement] -= note.amount
                self.treasury_fees += sum(one["txn"]["txn"].get("fee", 0) for one in sent.confirmations)
            else:
                self.settled[agreement] += note.amount

    @precondition(lambda self: self._notes())
    @rule(data=st.data())
    def apply_credit(self, data: st.DataObject) -> None:
        """The operator sets a credit against another invoice of the agreement; what leaves nothing due pays it."""
        credits_open = [
            one for one in self._notes() if (one[-1].kind, one[-1].status) == (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_OPEN)
        ]
        agreement, epoch, number, note = data.draw(st.sampled_from([*self._notes(), *credits_open, *credits_open]))
        unpaid = [
            month for (number, month), one in self.invoices.items() if number == agreement and one.status == ISSUED
        ]
        to_epoch = data.draw(st.sampled_from([*self.epochs, *unpaid, *unpaid]))
        other = self.invoices.get((agreement, to_epoch))
        refusal = NOT_OPEN.get(note.status)
        if refusal is None:
            if note.kind != ppa_cfg.NOTE_CREDIT:
                refusal = err.INVALID_KIND
            elif other is None:
                refusal = err.INVOICE_NOT_FOUND
            elif other.status in NOT_UNPAID:
                refusal = NOT_UNPAID[other.status]
            elif note.amount > other.due:
                refusal = err.OVER_CREDITED
        at = self.world.clock.now()
        args = ApplyCreditArgs(agreementId=agreement, epochId=epoch, note=number, toEpochId=to_epoch)
        with self._expected(refusal):
            self._send(self.world.ppa_calls.apply_credit(self.operator, args))
        if refusal is None and other is not None:
            note.status, note.applied_epoch = ppa_cfg.NOTE_APPLIED, to_epoch
            other.applied += note.amount
            self.done["applied"] += 1
            if other.due == 0:
                self.done["paid by credit"] += 1
                other.status, other.paid_ts = ppa_cfg.INVOICE_PAID, at

    @precondition(lambda self: any(note.status == ppa_cfg.NOTE_APPLIED for *_, note in self._notes()))
    @rule(data=st.data())
    def release_credit(self, data: st.DataObject) -> None:
        """The operator opens a credit again that is set against an invoice."""
        applied = [one for one in self._notes() if one[-1].status == ppa_cfg.NOTE_APPLIED]
        agreement, epoch, number, note = data.draw(st.sampled_from(applied))
        other = self.invoices[agreement, note.applied_epoch]
        refusal = NOT_UNPAID.get(other.status)
        args = ReleaseCreditArgs(agreementId=agreement, epochId=epoch, note=number)
        with self._expected(refusal):
            self._send(self.world.ppa_calls.release_credit(self.operator, args, note.applied_epoch))
        if refusal is None:
            self.done["released"] += 1
            other.applied -= note.amount
            note.status, note.applied_epoch = ppa_cfg.NOTE_OPEN, 0

    @precondition(lambda self: self._notes())
    @rule(data=st.data())
    def void_note(self, data: st.DataObject) -> None:
        """The operator takes a note back, and its energy with it."""
        agreement, epoch, number, note = data.draw(st.sampled_from(self._notes()))
        ledger = self.ledgers[PROJECT, epoch]
        refusal = NOT_OPEN.get(note.status)
        if refusal is None and note.kind == ppa_cfg.NOTE_CREDIT:
            if ledger.deficit:
                refusal = err.LEDGER_IN_DEFICIT
            elif note.kwh * 1_000 > ledger.remaining:
                refusal = err.OVER_DRAWN
        args = VoidNoteArgs(agreementId=agreement, epochId=epoch, note=number, reasonHash=ppa_calls.REASON_HASH)
        with self._expected(refusal):
            self._send(self.world.ppa_calls.void_note(self.operator, args, note.kind))
        if refusal is None:
            self.done[f"void {note.kind}"] += 1
            note.status = ppa_cfg.NOTE_VOID
            self._move_energy(epoch, {ppa_cfg.NOTE_CREDIT: note.kwh, ppa_cfg.NOTE_DEBIT: -note.kwh}.get(note.kind, 0))

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
            self._send(
                vault_calls.deposit(self.world, amount, epoch_id=epoch, asset_id=asset_id, sale=Sale(energy_wh=wh))
            )
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
            self._send(vault_calls.return_energy(self.world, wh, number, epoch_id=deposit.epoch))
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
            self._send(vault_states.claim(self.world, address, number, index, asset_id=model.asset_id))
        if refusal is None:
            line.claimed.add(number)
            money = self.money[model.asset_id]
            money["owed"] -= amount
            if address == vault_expect.vault(self.world):
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
        call = vault_states.transfer(self.world, sender, receiver.address, units)
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
            self._send(vault_states.close_out(self.world, holder))
            self.opted_in.remove(holder.address)
            self.live[holder.address] = 0
        else:
            self._send(vault_calls.opt_in(self.world, holder))
            self.opted_in.add(holder.address)

    @rule(who=st.integers(0, 2))
    def sync(self, who: int) -> None:
        address = self.holders[who].address
        missing = self.lines[address].units - self.live[address]
        at = self.world.clock.now()
        refusal = None if missing else err.NOTHING_TO_SYNC
        call = vault_states.sync(self.world, address)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self._move(address, vault_expect.vault(self.world), missing, at)

    @rule(who=st.integers(0, 2), units=st.integers(1, 400_000))
    def hand_out(self, who: int, units: int) -> None:
        address = self.holders[who].address
        own = vault_expect.vault(self.world)
        refusal = None
        if units > self.lines[own].units:
            refusal = err.INSUFFICIENT_BALANCE
        elif address not in self.opted_in:
            refusal = err.NOT_OPTED_IN
        at = self.world.clock.now()
        call = vault_states.hand_out(self.world, address, units)
        with self._expected(refusal):
            self._send(call)
        if refusal is None:
            self._move(own, address, units, at)
            self.live[address] += units

    @rule(microalgo=st.integers(1, 5_000_000))
    def gift(self, microalgo: int) -> None:
        """ALGO that no method asked for changes nothing."""
        self._send(vault_states.gift(self.world, microalgo))
        self.gifts += microalgo

    @rule(more=st.integers(0, 1), part=st.integers(1, 3))
    def withdraw(self, more: int, part: int) -> None:
        """The admin takes what is spare, or asks for 1 microALGO of what is not."""
        microalgo = self._spare() // part + (more if part == 1 else 0)
        refusal = err.INVALID_AMOUNT if microalgo == 0 else err.OVER_SURPLUS if microalgo > self._spare() else None
        with self._expected(refusal):
            self._send(vault_calls.withdraw(self.world, microalgo))
        if refusal is None:
            self.gifts -= microalgo

    # --- what must hold after every group -----------------------------------------------------------------------------

    @invariant()
    def chain_agrees(self) -> None:
        if not hasattr(self, "world"):
            return
        world = self.world
        round_ = int(as_dict(world.algorand.client.algod.status())["last-round"])
        if round_ == self.round:
            return  # without a block nothing changes
        self.round = round_
        self._ledgers_agree(boxes_of(world.algorand, world.receipt.app_id))
        self._invoices_agree(boxes_of(world.algorand, world.ppa.app_id))
        self._revenue_agrees(boxes_of(world.algorand, world.vault.app_id))

    def _ledgers_agree(self, boxes: dict[bytes, bytes]) -> None:
        """Each Wh is in exactly one place, and the recorded total is the sum of readings and restatements."""
        seen = {}
        for (producer, epoch), model in self.ledgers.items():
            fields = fields_of(Contract.KWH_RECEIPT, "EpochLedger", boxes[ledger_box_name(producer, epoch)])
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
                signed=fields["signedWh"],
                manual=fields["manualWh"],
            )
            recorded = sum(
                history[-1]
                for (month, meter, _), history in self.net.items()
                if month == epoch and self._producer(meter) == producer
            )
            assert fields["recordedWh"] == recorded
            counted = sum(
                history[0]
                for (month, meter, _), history in self.net.items()
                if month == epoch and self._producer(meter) == producer
            )
            assert fields["signedWh"] + fields["manualWh"] == counted
            assert not (model.deficit and model.remaining)
        assert seen == self.ledgers

    def _invoices_agree(self, boxes: dict[bytes, bytes]) -> None:
        """Live invoices and notes are PPA's part of each month; what was paid is the treasury's income."""
        assert len(boxes) == len(self.invoices) + len(self._notes()) + 2
        for (agreement, epoch), model in self.invoices.items():
            fields = fields_of(Contract.PPA, "Invoice", boxes[invoice_box_name(agreement, epoch)])
            assert {key: fields[key] for key in _counted(model)} == _counted(model)
        for agreement, epoch, number, note in self._notes():
            fields = fields_of(Contract.PPA, "Note", boxes[note_box_name(agreement, epoch, number)])
            seen = (fields["kind"], fields["kwh"], fields["amount"], fields["status"], fields["appliedEpoch"])
            assert seen == (note.kind, note.kwh, note.amount, note.status, note.applied_epoch)
        for epoch in self.epochs:
            live = sum(invoice.allocated for (_, month), invoice in self.invoices.items() if month == epoch)
            assert live * 1_000 == self.ledgers.get((PROJECT, epoch), LedgerModel()).ppa
        for agreement in self.buyers:
            self._agreement_adds_up(agreement, boxes[agreement_box_name(agreement)])
        income = self.world.balance(self.world.treasury.address) - self.treasury_start
        assert income == sum(self.settled.values()) - self.treasury_fees

    def _agreement_adds_up(self, agreement: int, box: bytes) -> None:
        """Billed less credited and with charges is settled or open."""
        seen = decode(Agreement, box)
        own = [invoice for (number, _), invoice in self.invoices.items() if number == agreement]
        unpaid = sum(invoice.due for invoice in own if invoice.status == ppa_cfg.INVOICE_ISSUED)
        still_open = (ppa_cfg.NOTE_OPEN,)
        charged = sum(invoice.sum_of(credit=False, among=still_open) for invoice in own)
        credited = sum(invoice.sum_of(credit=True, among=still_open) for invoice in own)
        total = seen.invoiced_amount - seen.credited_amount + seen.debited_amount
        assert total == self.settled[agreement] + unpaid + charged - credited
        assert seen.allocated_kwh == sum(invoice.allocated for invoice in own)

    def _revenue_agrees(self, boxes: dict[bytes, bytes]) -> None:
        """The book adds up to the supply, the money to the deposits, and the vault's ALGO covers what it promises."""
        names = {deposit_box_name(number) for number in range(1, len(self.deposits) + 1)}
        names |= {asset_box_name(asset_id) for asset_id in self.assets[1:]}
        for address, model in self.lines.items():
            if not model.points:
                continue
            line = fields_of(Contract.REVENUE_VAULT, "Holder", boxes[holder_box_name(address)])
            ended = [checkpoint_box_name(address, index) for index in range(line["checkpointCount"] - 1)]
            points = [fields_of(Contract.REVENUE_VAULT, "Checkpoint", boxes[name]) for name in ended] + [line]
            assert [(point["sinceTs"], point["units"]) for point in points] == model.points
            assert line["paidMicroalgo"] == model.paid
            names |= {holder_box_name(address), *ended}
        assert set(boxes) == names
        assert sum(model.units for model in self.lines.values()) == sum(UNITS)
        assert all(self.live[holder.address] <= self.lines[holder.address].units for holder in self.holders)
        for number, deposit in enumerate(self.deposits, 1):
            fields = fields_of(Contract.REVENUE_VAULT, "Deposit", boxes[deposit_box_name(number)])
            assert (fields["recordTs"], fields["perUnitMicroalgo"]) == (deposit.record_ts, deposit.per_unit)
            assert (fields["energyWh"], fields["returnedWh"]) == (deposit.drawn, deposit.returned)
        account, in_algo = self._account(), vault_expect.money(self.world)
        held = {one["asset-id"]: one["amount"] for one in account["assets"]}
        for asset_id, money in self.money.items():
            is_algo = asset_id == vault_cfg.ALGO
            revenue = boxes.get(asset_box_name(asset_id), b"")
            assert (in_algo if is_algo else fields_of(Contract.REVENUE_VAULT, "AssetRevenue", revenue)) == money
            assert money["paid"] + money["owed"] + money["carried"] == money["deposited"]
            own = [deposit.net for deposit in self.deposits if deposit.asset_id == asset_id]
            assert money["deposited"] == sum(own)
            if not is_algo:
                assert held[asset_id] == money["owed"] + money["carried"]
        # What is neither promised nor storage never moves, gifts apart: every box was paid for.
        spare = _spare(account, in_algo)
        assert spare == self.spare_start + self.gifts
        assert spare >= 0

    # --- inside -------------------------------------------------------------------------------------------------------

    def _notes(self) -> list[tuple[int, int, int, NoteModel]]:
        """(agreement, epoch, number, note) of all notes."""
        return [
            (agreement, epoch, number, note)
            for (agreement, epoch), invoice in sorted(self.invoices.items(), key=lambda entry: entry[0])
            for number, note in enumerate(invoice.notes, 1)
        ]

    def _move_energy(self, epoch: int, kwh: int) -> None:
        """PPA draws from the project's ledger, or gives back where it is negative."""
        ledger = self.ledgers[PROJECT, epoch]
        ledger.ppa += kwh * 1_000
        if kwh > 0:
            ledger.remaining -= kwh * 1_000
        else:
            ledger.add(-kwh * 1_000)

    def _signed(self, args: RecordReadingArgs, producer: str, sequence: int, seed: bytes) -> list[Item]:
        """A stranger's calls with a reading that this key has signed."""
        reading = MeterRead(
            epoch_id=args.epochId,
            meter_id=args.meterId,
            interval_id=args.intervalId,
            wh=args.wh,
            quality=Quality.ACTUAL,
            start_ts=args.startTs,
            end_ts=args.endTs,
            source_hash=receipt_calls.SOURCE_HASH,
            sequence=sequence,
        )
        place = Place(genesis_hash(self.world.algorand), self.world.receipt.app_id)
        deposit = receipt_cfg.READING_MBR_MICROALGO
        if (producer, args.epochId) not in self.ledgers:
            deposit += receipt_cfg.LEDGER_MBR_MICROALGO
        if producer not in {one for one, _ in self.ledgers}:
            deposit += receipt_cfg.TOTAL_MBR_MICROALGO
        signature = sign(reading, place, seed).signature
        stranger = self.world.outsider.address
        return [*self.world.receipt_calls.record_signed_reading(stranger, args, sequence, signature, producer, deposit)]

    def _producer(self, meter: int) -> str:
        return PROJECT if meter == METERS[0] else self.world.producer.address

    def _move(self, giver: str, taker: str, units: int, at: int) -> None:
        self.lines[giver].move(-units, at)
        self.lines[taker].move(units, at)

    def _spare(self) -> int:
        """The vault's microALGO above its boxes, its assets and what it owes."""
        return _spare(self._account(), vault_expect.money(self.world))

    def _account(self) -> dict[str, Any]:
        """The vault's account."""
        return as_dict(self.world.algorand.client.algod.account_info(vault_expect.vault(self.world)))

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


@lru_cache(4_096)
def fields_of(contract: Contract, struct: str, box: bytes) -> Mapping[str, Any]:
    """The fields of a box. Most boxes are as they were when they were read last."""
    return decode_struct(contract, struct, box)


def _spare(account: Mapping[str, Any], promised: Mapping[str, int]) -> int:
    return int(account["amount"]) - int(account["min-balance"]) - promised["owed"] - promised["carried"]


def _counted(invoice: InvoiceModel) -> dict[str, int]:
    """The fields of an invoice's box that its life changes."""
    done = (ppa_cfg.NOTE_SETTLED, ppa_cfg.NOTE_APPLIED)
    return {
        "kwh": invoice.kwh,
        "amount": invoice.amount,
        "status": invoice.status,
        "revision": invoice.revision,
        "shortfallKwh": invoice.shortfall,
        "appliedAmount": invoice.applied,
        "paidTs": invoice.paid_ts,
        "notes": len(invoice.notes),
        "creditedKwh": invoice.kwh_of(ppa_cfg.NOTE_CREDIT),
        "creditedAmount": invoice.sum_of(credit=True),
        "debitedKwh": invoice.kwh_of(ppa_cfg.NOTE_DEBIT),
        "debitedAmount": invoice.sum_of(credit=False),
        "billedShortfallKwh": invoice.kwh_of(ppa_cfg.NOTE_SHORTFALL),
        "settledNotes": sum(note.status in done for note in invoice.notes),
        "interestNote": invoice.interest_note,
    }


def test_random_projects(ledger: Ledger) -> None:
    ProjectMachine.ledger = ledger
    ProjectMachine.groups = 0
    ProjectMachine.done.clear()
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
    assert {name for name, times in ProjectMachine.done.items() if times} >= MUST_HAPPEN


# About a minute on two quiet cores.
pytestmark = pytest.mark.timeout(900)
