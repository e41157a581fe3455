"""Proof for one party: the chain of figures from readings to an amount, each with where it stands on chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from algosdk import constants

from gridpact.audit.errors import NothingToProve
from gridpact.audit.past import Call
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
    INVOICE = "invoice"
    VOID = "void"
    NOTE = "note"
    PAYMENT = "payment"
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
    """

    part: Part
    event: Event | None
    terms: tuple[int, ...] = ()
    result: int | None = None


def prove_invoice(calls: Iterable[Call], agreement_id: int, epoch_id: int) -> list[Step]:
    """From the month's readings to the invoice and its payment.

    Args:
        calls: the whole past of the apps, in its order.
        agreement_id: the agreement.
        epoch_id: month, YYYYMM.

    Raises:
        NothingToProve: there is no such invoice.
    """
    past = [event for call in calls for event in call.events]
    steps = list(_production(past, epoch_id))
    of_agreement = [one for one in past if one.fields.get("agreementId") == agreement_id]
    steps += [Step(Part.TERMS, one) for one in of_agreement if one.name in _TERMS]
    issued = False
    for one in of_agreement:
        if one.epoch_id != epoch_id:
            continue
        match one.name:
            case "InvoiceIssued":
                issued = True
                kwh, price = one.number("kwh"), one.number("pricePerKwh")
                steps.append(Step(Part.INVOICE, one, (kwh, price), kwh * price))
            case "InvoiceVoided":
                steps.append(Step(Part.VOID, one))
            case "InvoicePaid":
                steps.append(Step(Part.PAYMENT, one, result=one.number("amount")))
            case _:
                steps.append(Step(Part.NOTE, one))
    if not issued:
        raise NothingToProve("invoice", f"{agreement_id}/{epoch_id}")
    return steps


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
