"""Proof for one party: the chain of figures from readings to an amount, each with where it stands on chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from algosdk import constants

from gridpact.audit.errors import NothingToProve
from gridpact.audit.past import Call
from gridpact.audit.replay.billing import CREDIT, INTEREST, SECONDS_A_DAY, escalated, full_years
from gridpact.epochs import epoch_end_ts
from gridpact.history.events import Event


class Part(StrEnum):
    """What a step of a proof shows."""

    READING = "reading"
    RESTATEMENT = "restatement"
    TOTAL = "total"
    """The month's energy: the sum of the readings, as closed."""
    TERMS = "terms"
    """What was agreed."""
    PRICE = "price"
    """A month's price by the terms: the base price, compounded for each full year and rounded once."""
    INVOICE = "invoice"
    VOID = "void"
    NOTE = "note"
    INTEREST = "interest"
    """A note of late interest."""
    CREDIT = "credit"
    """A credit that was set against the invoice, or taken off it again; what is due then."""
    PAYMENT = "payment"
    """What was paid for the invoice, less the credits that were set against it."""
    SETTLED = "settled"
    """What was paid for a note."""
    BALANCE = "balance"
    """What the buyer paid for the month in all, less what came back."""
    DRAWN = "drawn"
    """What was taken out of the month's energy before."""
    DEPOSIT = "deposit"
    UNITS = "units"
    """What a holder had at the record date."""
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a proof.

    Attributes:
        part: what it shows.
        event: that says it; None for a figure that is computed of those before.
        terms: the figures that it is computed from, as they are multiplied or added.
        result: the figure.
        txid: of the transaction that moved the money, where one did.
    """

    part: Part
    event: Event | None
    terms: tuple[int, ...] = ()
    result: int | None = None
    txid: str | None = None


def prove_invoice(calls: Iterable[Call], agreement_id: int, epoch_id: int) -> list[Step]:
    """From the month's readings to the invoice and its payment.

    Args:
        calls: the whole past of the apps, in its order.
        agreement_id: the agreement.
        epoch_id: month, YYYYMM.

    Raises:
        NothingToProve: there is no such invoice.
    """
    known = list(calls)
    steps = list(_production([event for call in known for event in call.events], epoch_id))
    bill = _Bill(agreement_id, epoch_id)
    for call in known:
        for event in call.events:
            if event.fields.get("agreementId") == agreement_id:
                steps += bill.steps(event, call)
    if bill.invoice is None:
        raise NothingToProve("invoice", f"{agreement_id}/{epoch_id}")
    return [*steps, Step(Part.BALANCE, None, tuple(bill.moved), sum(bill.moved))]


class _Bill:
    """What one agreement's past says of one month."""

    def __init__(self, agreement_id: int, epoch_id: int) -> None:
        self._key = agreement_id, epoch_id
        self._terms: Event | None = None
        self.invoice: Event | None = None
        self._paid: Event | None = None
        self.moved: list[int] = []
        """Payments of the buyer, and below zero those to them."""

    def steps(self, event: Event, call: Call) -> Iterator[Step]:
        """What an event of the agreement adds."""
        if event.name in _TERMS:
            self._terms = event if event.name == "AgreementCreated" else self._terms
            yield Step(Part.TERMS, event)
        elif event.fields.get("toEpochId") == self._key[1]:
            yield from self._credit(event)
        elif event.epoch_id == self._key[1]:
            yield from self._of_month(event, call)

    def _of_month(self, event: Event, call: Call) -> Iterator[Step]:
        match event.name:
            case "InvoiceIssued":
                self.invoice = event
                yield from self._price()
                kwh, price = event.number("kwh"), event.number("pricePerKwh")
                yield Step(Part.INVOICE, event, (kwh, price), kwh * price)
            case "InvoiceVoided":
                yield Step(Part.VOID, event)
            case "InvoicePaid":
                self._paid = event
                amount, applied = event.number("amount"), event.number("appliedAmount")
                self.moved.append(amount - applied)
                yield Step(Part.PAYMENT, event, (amount, -applied), amount - applied, call.before_txid)
            case "NoteIssued":
                yield self._note(event)
            case "NoteSettled":
                amount = event.number("amount") * (-1 if event.number("kind") == CREDIT else 1)
                self.moved.append(amount)
                yield Step(Part.SETTLED, event, (amount,), amount, call.before_txid)
            case _:
                yield Step(Part.NOTE, event)

    def _price(self) -> Iterator[Step]:
        """Where the agreement has an escalator: the month's price."""
        terms = self._terms
        if terms is not None and terms.number("escalatorBps"):
            years = full_years(terms.number("firstEpoch"), self._key[1])
            computed = escalated(terms.number("pricePerKwh"), terms.number("escalatorBps"), years)
            yield Step(Part.PRICE, None, (terms.number("pricePerKwh"), terms.number("escalatorBps"), years), computed)

    def _note(self, event: Event) -> Step:
        kind, amount = event.number("kind"), event.number("amount")
        if kind == INTEREST and self._paid is not None and self._terms is not None:
            paid = self._paid.number("amount") - self._paid.number("appliedAmount")
            days = self._paid.ts // SECONDS_A_DAY - self._paid.number("dueTs") // SECONDS_A_DAY
            return Step(Part.INTEREST, event, (paid, self._terms.number("lateInterestBps"), days), amount)
        price = 0 if self.invoice is None else self.invoice.number("pricePerKwh")
        return Step(Part.NOTE, event, (event.number("kwh"), price), amount)

    def _credit(self, event: Event) -> Iterator[Step]:
        if event.name in ("CreditApplied", "CreditReleased"):
            sign = -1 if event.name == "CreditApplied" else 1
            due, amount = event.number("dueAmount"), event.number("amount")
            yield Step(Part.CREDIT, event, (due - sign * amount, sign * amount), due)


def prove_claim(calls: Iterable[Call], holder: str, deposit_id: int) -> list[Step]:
    """From the month's readings over what was allocated to the holder's share of a deposit.

    Args:
        calls: the whole past of the apps, in its order.
        holder: who held.
        deposit_id: the deposit.

    Raises:
        NothingToProve: there is no such deposit.
    """
    past = [event for call in calls for event in call.events]
    deposits = [one for one in past if one.name == "RevenueDeposited" and one.number("depositId") == deposit_id]
    if not deposits:
        raise NothingToProve("deposit", str(deposit_id))
    [deposit] = deposits
    epoch_id = deposit.number("epochId")
    steps = list(_production(past, epoch_id))
    moved = [one for one in past if one.epoch_id == epoch_id and one.name in ("EnergyDrawn", "EnergyReturned")]
    of_project = [one for one in moved if one.text("producer") == _PROJECT and one.cursor <= deposit.cursor]
    steps += [Step(Part.DRAWN, one) for one in of_project]
    steps.append(Step(Part.DEPOSIT, deposit))
    units = 0
    is_issuing = True  # what moves before issuance is closed, counts from time 0
    for one in past:
        is_issuing = is_issuing and one.name != "IssuanceClosed"
        after = _units_after(one, holder)
        if after is not None and (is_issuing or one.ts <= epoch_end_ts(epoch_id)):
            units = after
            steps.append(Step(Part.UNITS, one, result=units))
    claims = [
        one
        for one in past
        if one.name == "RevenueClaimed" and one.text("holder") == holder and one.number("depositId") == deposit_id
    ]
    per_unit = deposit.number("perUnitMicroalgo")
    steps += [Step(Part.CLAIM, one, (units, per_unit), units * per_unit) for one in claims]
    if not claims:
        steps.append(Step(Part.CLAIM, None, (units, per_unit), units * per_unit))
    return steps


def _production(past: Iterable[Event], epoch_id: int) -> Iterator[Step]:
    """The project's readings of a month and their sum."""
    total_wh = 0
    parts: list[int] = []
    for one in past:
        if one.epoch_id != epoch_id:
            continue
        if one.name == "ProductionRecorded" and one.text("producer") == _PROJECT:
            parts.append(one.number("wh"))
            yield Step(Part.READING, one, result=one.number("wh"))
        elif one.name == "ProductionRestated" and one.text("producer") == _PROJECT:
            parts.append(one.number("wh") * (1 if one.fields["increase"] else -1))
            yield Step(Part.RESTATEMENT, one, result=one.number("netWh"))
        elif one.name == "EpochFinalized":
            total_wh = one.number("totalWh")
            yield Step(Part.TOTAL, one, tuple(parts), total_wh)


def _units_after(event: Event, holder: str) -> int | None:
    """A holder's units after an event, None where it is about somebody else."""
    match event.name:
        case "UnitsIssued" | "HolderSynced" if event.text("holder") == holder:
            return event.number("holderUnits")
        case "UnitsTransferred" if event.text("sender") == holder:
            return event.number("senderUnits")
        case "UnitsTransferred" if event.text("receiver") == holder:
            return event.number("receiverUnits")
    return None


_TERMS = ("AgreementCreated", "AgreementAccepted", "AgreementEnded")
_PROJECT = str(constants.ZERO_ADDRESS)
