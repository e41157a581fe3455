"""Allocate energy, which issues invoices; void them; pay them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

from gridpact import contracts
from gridpact.billing.app import Billing
from gridpact.billing.effects import InvoiceIssued, InvoicePaid, InvoiceVoided
from gridpact.billing.errors import (
    AboveCap,
    AllocationRefused,
    AmountOverflows,
    EpochNotCovered,
    InvoiceInTheWay,
    InvoiceIsPaid,
    InvoiceNotFound,
    InvoicesAtOnce,
    InvoiceWasVoided,
    MonthInDeficit,
    MoreThanRemains,
    NoEnergyPlanned,
    NothingPlanned,
    NotTheBuyer,
    PlannedTwice,
    SeveralBuyers,
    UnknownAgreement,
)
from gridpact.billing.read import Agreement, Invoice, InvoiceId
from gridpact.chain.assets import assets, require_funds
from gridpact.chain.work import Step, Work
from gridpact.contracts.units import SECONDS_PER_DAY, WH_PER_KWH
from gridpact.epochs import epoch_end_ts
from gridpact.errors import Problem
from gridpact.evidence import sha256
from gridpact.production.app import Production
from gridpact.production.errors import TotalDiffers
from gridpact.production.read import Ledger
from gridpact.units import MAX_UINT64, Asset

ALLOCATIONS_A_GROUP: Final = 8
INVOICES_A_GROUP: Final = 8


@dataclass(frozen=True, slots=True)
class Allocation:
    """Energy of an epoch for one agreement."""

    agreement_id: int
    kwh: int


def allocate(
    billing: Billing,
    production: Production,
    sender: str,
    epoch_id: int,
    allocations: Sequence[Allocation],
    expected_total_kwh: int | None = None,
) -> Work:
    """Give energy of a final epoch to agreements and issue their invoices, eight in one atomic group.

    The plan is checked as a whole before the first group is sent. An agreement that has its invoice with the same
    energy is done.

    Args:
        sender: the operator.
        epoch_id: month, YYYYMM.
        allocations: the plan.
        expected_total_kwh: the project's recorded total in whole kWh; by default the recorded one.

    Raises:
        EpochNotFinal: readings may still come in.
        TotalDiffers: another total is recorded, and something is still to be allocated.
        AllocationRefused: with everything that is wrong with the plan.
    """
    ledger = production.final_ledger(epoch_id)
    agreements = billing.agreements(dict.fromkeys(one.agreement_id for one in allocations))
    invoices = dict(
        zip(
            agreements,
            billing.invoices_of((agreement_id, epoch_id) for agreement_id in agreements),
            strict=True,
        )
    )
    live = {agreement_id: one for agreement_id, one in invoices.items() if one is not None and one.is_live}
    done = [one for one in allocations if one.agreement_id in live and live[one.agreement_id].kwh == one.kwh]
    missing = [one for one in allocations if one not in done]
    # Where all is allocated, a later restatement asks for notes, and for no other allocation.
    is_done = bool(done) and not missing
    if expected_total_kwh is not None and expected_total_kwh != ledger.recorded_kwh and not is_done:
        raise TotalDiffers(epoch_id, ledger.recorded_kwh * WH_PER_KWH, expected_total_kwh * WH_PER_KWH)
    problems = _plan_problems(epoch_id, ledger, allocations, missing, agreements, live)
    if problems:
        raise AllocationRefused(tuple(problems))
    units = assets(billing.connection.algod, {agreement.terms.asset_id for agreement in agreements.values()})
    now = billing.connection.now()
    steps = []
    for batch in batched(missing, ALLOCATIONS_A_GROUP):
        group = billing.group()
        effects = []
        for one in batch:
            arguments = contracts.ppa_client.AllocateProductionArgs(
                epochId=epoch_id,
                agreementId=one.agreement_id,
                kWhAmount=one.kwh,
                expectedTotalGeneration=ledger.recorded_kwh,
            )
            group.add(billing.calls.allocate_production(sender, arguments))
            effect = _allocation_effect(epoch_id, one, agreements[one.agreement_id], units)
            effects.append(replace(effect, issued_ts=now))
        steps.append(Step(tuple(effects), group))
    already = tuple(_allocation_effect(epoch_id, one, agreements[one.agreement_id], units) for one in done)
    return Work(sender, tuple(steps), already)


def _plan_problems(
    epoch_id: int,
    ledger: Ledger,
    allocations: Sequence[Allocation],
    missing: Sequence[Allocation],
    agreements: dict[int, Agreement],
    live: dict[int, Invoice],
) -> list[Problem]:
    problems: list[Problem] = []
    if not allocations:
        problems.append(NothingPlanned())
    ids = [one.agreement_id for one in allocations]
    problems += [PlannedTwice(one) for one in dict.fromkeys(ids) if ids.count(one) > 1]
    for one in missing:
        agreement = agreements.get(one.agreement_id)
        if agreement is None:
            problems.append(UnknownAgreement(one.agreement_id))
        else:
            problems += _allocation_problems(epoch_id, one, agreement, live.get(one.agreement_id))
    if missing and ledger.deficit_wh:
        problems.append(MonthInDeficit(epoch_id, ledger.deficit_wh))
    wanted_wh = sum(one.kwh for one in missing) * WH_PER_KWH
    if wanted_wh > ledger.remaining_wh:
        problems.append(MoreThanRemains(epoch_id, wanted_wh, ledger.remaining_wh))
    return problems


def _allocation_problems(epoch_id: int, one: Allocation, agreement: Agreement, live: Invoice | None) -> list[Problem]:
    terms = agreement.terms
    problems: list[Problem] = []
    if live is not None:
        problems.append(InvoiceInTheWay(live.invoice_id, live.kwh))
    if not agreement.covers(epoch_id):
        problems.append(EpochNotCovered(one.agreement_id, epoch_id, terms.first_epoch, agreement.last_epoch))
    if one.kwh == 0:
        problems.append(NoEnergyPlanned(one.agreement_id))
    if terms.cap_kwh and one.kwh > terms.cap_kwh:
        problems.append(AboveCap(one.agreement_id, terms.cap_kwh))
    if one.kwh * agreement.price_in(epoch_id) + agreement.invoiced_amount > MAX_UINT64:
        problems.append(AmountOverflows(one.agreement_id))
    return problems


def _allocation_effect(epoch_id: int, one: Allocation, agreement: Agreement, units: dict[int, Asset]) -> InvoiceIssued:
    terms = agreement.terms
    return InvoiceIssued(
        invoice=InvoiceId(one.agreement_id, epoch_id),
        buyer=terms.buyer,
        kwh=one.kwh,
        amount=one.kwh * agreement.price_in(epoch_id),
        asset=units[terms.asset_id],
        due_ts=epoch_end_ts(epoch_id) + terms.due_day * SECONDS_PER_DAY,
    )


def void(billing: Billing, sender: str, agreement_id: int, epoch_id: int, reason: str) -> Work:
    """Take an unpaid invoice back; its energy returns to the epoch.

    Args:
        sender: the operator.
        agreement_id: the agreement.
        epoch_id: month, YYYYMM.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        InvoiceNotFound: there is no such invoice.
        InvoiceIsPaid: it was paid.
    """
    invoice = _invoice(billing, agreement_id, epoch_id)
    effect = InvoiceVoided(invoice.invoice_id, invoice.kwh, reason)
    if not invoice.is_live:
        return Work(sender, done=(effect,))
    if invoice.is_paid:
        raise InvoiceIsPaid(invoice.invoice_id, invoice.paid_ts)
    arguments = contracts.ppa_client.VoidInvoiceArgs(
        agreementId=agreement_id, epochId=epoch_id, reasonHash=sha256(reason.encode())
    )
    group = billing.group().add(billing.calls.void_invoice(sender, arguments))
    return Work.one(sender, effect, group)


def pay(billing: Billing, pairs: Sequence[tuple[int, int]], buyer: str | None = None) -> Work:
    """Pay invoices of one buyer in one atomic group of payments and settlements.

    Args:
        pairs: (agreement, epoch) of up to eight invoices. Those that are paid are done.
        buyer: who pays; by default the buyer that the invoices name.

    Raises:
        InvoiceNotFound, InvoiceWasVoided, NotTheBuyer: of one of them.
        SeveralBuyers: they are not one buyer's.
        NotEnoughFunds: the buyer has too little.
    """
    wanted = list(dict.fromkeys(pairs))
    if not wanted or len(wanted) > INVOICES_A_GROUP:
        raise InvoicesAtOnce(len(wanted), INVOICES_A_GROUP)
    invoices = [_invoice(billing, *pair) for pair in wanted]
    void_ones = [invoice for invoice in invoices if not invoice.is_live]
    if void_ones:
        raise InvoiceWasVoided(void_ones[0].invoice_id)
    buyers = {invoice.buyer for invoice in invoices}
    if len(buyers) > 1:
        raise SeveralBuyers(tuple(sorted(buyers)))
    payer = buyer or buyers.pop()
    if payer != invoices[0].buyer:
        raise NotTheBuyer(invoices[0].invoice_id, invoices[0].buyer, payer)
    units = assets(billing.connection.algod, {invoice.asset_id for invoice in invoices})
    open_ones = [invoice for invoice in invoices if invoice.is_payable]
    done = tuple(_payment_effect(invoice, units) for invoice in invoices if invoice.is_paid)
    if not open_ones:
        return Work(payer, done=done)
    for asset in units.values():
        due = sum(invoice.due_amount for invoice in open_ones if invoice.asset_id == asset.asset_id)
        require_funds(billing.connection.algod, payer, due, asset)
    group = billing.group()
    for invoice in open_ones:
        group.add(billing.calls.settlement(invoice.agreement_id, invoice.epoch_id, invoice))
    effects = tuple(_payment_effect(invoice, units) for invoice in open_ones)
    return Work(payer, (Step(effects, group),), done)


def _payment_effect(invoice: Invoice, units: dict[int, Asset]) -> InvoicePaid:
    asset = units[invoice.asset_id]
    return InvoicePaid(
        invoice.invoice_id, invoice.amount, asset, invoice.treasury, invoice.paid_ts, invoice.applied_amount
    )


def _invoice(billing: Billing, agreement_id: int, epoch_id: int) -> Invoice:
    invoice = billing.invoice(agreement_id, epoch_id)
    if invoice is None:
        raise InvoiceNotFound(InvoiceId(agreement_id, epoch_id))
    return invoice
