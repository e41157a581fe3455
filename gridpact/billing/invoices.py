"""Allocate energy, which issues invoices; void them; pay them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final

from gridpact import units as fmt
from gridpact.billing.app import Billing
from gridpact.billing.effects import InvoiceVoided
from gridpact.billing.errors import InvoiceIsPaid, InvoiceNotFound
from gridpact.billing.read import Agreement, Invoice, InvoiceId
from gridpact.chain.assets import assets, require_funds
from gridpact.chain.errors import GridPactError
from gridpact.chain.work import Step, Work
from gridpact.contracts.ppa_client import AllocateProductionArgs, VoidInvoiceArgs
from gridpact.contracts.units import SECONDS_PER_DAY, WH_PER_KWH
from gridpact.epochs import epoch_end_ts
from gridpact.evidence import sha256
from gridpact.production.actions import final_ledger
from gridpact.production.app import Production
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
        GridPactError: with everything that is wrong with the plan.
    """
    ledger = final_ledger(production, epoch_id)
    if expected_total_kwh not in (None, ledger.recorded_kwh):
        msg = (
            f"{fmt.epoch(epoch_id)} has {fmt.energy_kwh(ledger.recorded_kwh)} recorded, "
            f"not {fmt.energy_kwh(expected_total_kwh or 0)}."
        )
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
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
    problems = _plan_problems(epoch_id, ledger, allocations, missing, agreements, live)
    if problems:
        raise GridPactError("\n".join(problems), "Nothing was allocated.")
    units = assets(billing.connection.algod, {agreement.terms.assetId for agreement in agreements.values()})
    steps = []
    for batch in batched(missing, ALLOCATIONS_A_GROUP):
        group = billing.group()
        effects = []
        for one in batch:
            arguments = AllocateProductionArgs(
                epochId=epoch_id,
                agreementId=one.agreement_id,
                kWhAmount=one.kwh,
                expectedTotalGeneration=ledger.recorded_kwh,
            )
            group.add(billing.calls.allocate_production(sender, arguments))
            effects.append(_allocation_effect(epoch_id, one, agreements[one.agreement_id], units))
        steps.append(Step(tuple(effects), group))
    already = tuple(
        f"Agreement {one.agreement_id} has its {fmt.energy_kwh(one.kwh)} of {fmt.epoch(epoch_id)}." for one in done
    )
    return Work(sender, tuple(steps), already)


def _plan_problems(
    epoch_id: int,
    ledger: Ledger,
    allocations: Sequence[Allocation],
    missing: Sequence[Allocation],
    agreements: dict[int, Agreement],
    live: dict[int, Invoice],
) -> list[str]:
    problems = []
    if not allocations:
        problems.append("The plan is empty.")
    ids = [one.agreement_id for one in allocations]
    problems += [f"Agreement {one} is in the plan twice." for one in dict.fromkeys(ids) if ids.count(one) > 1]
    for one in missing:
        agreement = agreements.get(one.agreement_id)
        if agreement is None:
            problems.append(f"There is no agreement {one.agreement_id}.")
        else:
            problems += _allocation_problems(epoch_id, one, agreement, live.get(one.agreement_id))
    if missing and ledger.deficit_wh:
        problems.append(
            f"{fmt.epoch(epoch_id)} has a deficit of {fmt.energy(ledger.deficit_wh)}: nothing can be drawn."
        )
    wanted_wh = sum(one.kwh for one in missing) * WH_PER_KWH
    if wanted_wh > ledger.remaining_wh:
        problems.append(
            f"The plan takes {fmt.energy(wanted_wh)}, but {fmt.energy(ledger.remaining_wh)} remain "
            f"of {fmt.epoch(epoch_id)}."
        )
    return problems


def _allocation_problems(epoch_id: int, one: Allocation, agreement: Agreement, live: Invoice | None) -> list[str]:
    name = f"Agreement {one.agreement_id}"
    terms = agreement.terms
    problems = []
    if live is not None:
        problems.append(
            f"{name} has an invoice over {fmt.energy_kwh(live.kwh)} for {fmt.epoch(epoch_id)}; void it first."
        )
    if not agreement.covers(epoch_id):
        span = f"{fmt.epoch(terms.firstEpoch)} to {fmt.epoch(agreement.last_epoch)}"
        problems.append(f"{name} covers {span}, not {fmt.epoch(epoch_id)}.")
    if one.kwh == 0:
        problems.append(f"{name} is to get no energy.")
    if terms.capKwh and one.kwh > terms.capKwh:
        problems.append(f"{name} takes at most {fmt.energy_kwh(terms.capKwh)} an epoch.")
    if one.kwh * terms.pricePerKwh + agreement.invoiced_amount > MAX_UINT64:
        problems.append(f"{name}: the amount is beyond what the ledger counts.")
    return problems


def _allocation_effect(epoch_id: int, one: Allocation, agreement: Agreement, units: dict[int, Asset]) -> str:
    terms = agreement.terms
    asset = units[terms.assetId]
    due = epoch_end_ts(epoch_id) + terms.dueDay * SECONDS_PER_DAY
    return (
        f"Allocate {fmt.energy_kwh(one.kwh)} of {fmt.epoch(epoch_id)} to agreement {one.agreement_id} "
        f"({fmt.short(terms.buyer)}): invoice over {fmt.money(one.kwh * terms.pricePerKwh, asset)}, due {fmt.date(due)}"
    )


def void(billing: Billing, sender: str, agreement_id: int, epoch_id: int, reason: str) -> Work:
    """Take an unpaid invoice back; its energy returns to the epoch.

    Args:
        sender: the operator.
        agreement_id: the agreement.
        epoch_id: month, YYYYMM.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        GridPactError: there is no such invoice, or it was paid.
    """
    invoice = _invoice(billing, agreement_id, epoch_id)
    effect = InvoiceVoided(invoice.invoice_id, invoice.kwh, reason)
    if not invoice.is_live:
        return Work(sender, done=(effect,))
    if invoice.is_paid:
        raise InvoiceIsPaid(invoice.invoice_id, invoice.stored.paidTs)
    arguments = VoidInvoiceArgs(agreementId=agreement_id, epochId=epoch_id, reasonHash=sha256(reason.encode()))
    group = billing.group().add(billing.calls.void_invoice(sender, arguments))
    return Work.one(sender, effect, group)


def pay(billing: Billing, pairs: Sequence[tuple[int, int]], buyer: str | None = None) -> Work:
    """Pay invoices of one buyer in one atomic group of payments and settlements.

    Args:
        pairs: (agreement, epoch) of up to eight invoices. Those that are paid are done.
        buyer: who pays; by default the buyer that the invoices name.

    Raises:
        GridPactError: an invoice does not exist, was voided, or is another buyer's.
    """
    wanted = list(dict.fromkeys(pairs))
    if not wanted or len(wanted) > INVOICES_A_GROUP:
        msg = f"One group pays 1 to {INVOICES_A_GROUP} invoices, not {len(wanted)}."
        raise GridPactError(msg, "Name fewer invoices.")
    invoices = [_invoice(billing, *pair) for pair in wanted]
    void_ones = [invoice for invoice in invoices if not invoice.is_live]
    if void_ones:
        msg = f"{invoice_name(void_ones[0])} was voided: there is nothing to pay."
        raise GridPactError(msg, "See `gridpact invoice list`.")
    buyers = {invoice.buyer for invoice in invoices}
    if len(buyers) > 1:
        msg = f"These invoices have {len(buyers)} buyers; one group is paid by one."
        raise GridPactError(msg, "Pay each buyer's invoices with a command of their own.")
    payer = buyer or buyers.pop()
    if payer != invoices[0].buyer:
        msg = f"{invoice_name(invoices[0])} is {invoices[0].buyer}'s, not {payer}'s."
        raise GridPactError(msg, "Use the buyer's key.")
    units = assets(billing.connection.algod, {invoice.stored.assetId for invoice in invoices})
    open_ones = [invoice for invoice in invoices if invoice.is_payable]
    done = tuple(
        f"{invoice_name(invoice)} over {fmt.money(invoice.amount, units[invoice.stored.assetId])} was paid on "
        f"{fmt.date(invoice.stored.paidTs)}."
        for invoice in invoices
        if invoice.is_paid
    )
    if not open_ones:
        return Work(payer, done=done)
    for asset in units.values():
        due = sum(invoice.amount for invoice in open_ones if invoice.stored.assetId == asset.asset_id)
        require_funds(billing.connection.algod, payer, due, asset)
    group = billing.group()
    effects = []
    for invoice in open_ones:
        group.add(billing.calls.settlement(invoice.agreement_id, invoice.epoch_id, invoice.stored))
        amount = fmt.money(invoice.amount, units[invoice.stored.assetId])
        effects.append(f"Pay {amount} to {invoice.stored.treasury} for {invoice_name(invoice)}")
    return Work(payer, (Step(tuple(effects), group),), done)


def invoice_name(invoice: Invoice) -> str:
    """An invoice in a sentence."""
    return f"invoice {invoice.agreement_id}/{invoice.epoch_id}"


def _invoice(billing: Billing, agreement_id: int, epoch_id: int) -> Invoice:
    invoice = billing.invoice(agreement_id, epoch_id)
    if invoice is None:
        raise InvoiceNotFound(InvoiceId(agreement_id, epoch_id))
    return invoice
