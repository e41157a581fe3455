"""The steps of a month: record, finalize, allocate, pay, deposit, claim, and their corrections.

Each function reads the chain, checks everything as a whole, and returns the work that is missing: what is there already
becomes no transaction. Running the same step again after a crash at any point finishes it and does nothing twice.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final

from gridpact import format as fmt
from gridpact.calls.kwh_receipt import PROJECT
from gridpact.deployments import Deployment
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.errors import GridPactError
from gridpact.format import MAX_UINT64, Asset
from gridpact.read.assets import assets, spendable
from gridpact.read.ppa import Agreement, Invoice
from gridpact.read.receipt import Ledger, Meter, Reading
from gridpact.read.vault import Share, Vault
from gridpact.readings import MeterMonth, Readings
from gridpact.work import Step, Work
from smart_contracts.artifacts.kwh_receipt.kwh_receipt_client import (
    AnchorReportArgs,
    FinalizeEpochArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
    RestateReadingArgs,
)
from smart_contracts.artifacts.ppa.ppa_client import AllocateProductionArgs, VoidInvoiceArgs
from smart_contracts.artifacts.revenue_vault.revenue_vault_client import ClaimArgs
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.shared.units import SECONDS_PER_DAY, WH_PER_KWH

MONTH_INTERVAL: Final = 1
"""The interval id of a reading that sums up a meter's month."""
LABEL_BYTES: Final = 32
NO_KEY: Final = bytes(32)
METERS_A_GROUP: Final = 7
"""Two calls each, and one top-up: 15 of the 16 transactions that fit a group."""
ALLOCATIONS_A_GROUP: Final = 8
INVOICES_A_GROUP: Final = 8
CLAIMS_A_GROUP: Final = 8


@dataclass(frozen=True, slots=True)
class Allocation:
    """Energy of an epoch for one agreement."""

    agreement_id: int
    kwh: int


# --- meters and readings ----------------------------------------------------------------------------------------------


def register_meter(deployment: Deployment, sender: str, label: str, capacity_w: int, producer: str = PROJECT) -> Work:
    """Register a meter. One of this name that belongs to the same producer is left as it is.

    Args:
        deployment: the apps.
        sender: the operator.
        label: the meter's name.
        capacity_w: rated power in W; 0 when it is not known.
        producer: whose it is; by default the project's.

    Raises:
        GridPactError: the name does not fit, or is another producer's meter.
    """
    meters = deployment.receipt.meters()
    known = next((meter for meter in meters if meter.label == label), None)
    if known is not None and known.producer != producer:
        msg = f"Meter {label} is registered (id {known.meter_id}) for {_owner(known.producer)}."
        raise GridPactError(msg, "Choose another name.")
    if known is not None:
        return Work(sender, done=(f"Meter {label} is registered as id {known.meter_id}.",))
    meter_id = len(meters) + 1
    arguments = RegisterMeterArgs(producer=producer, capacityW=capacity_w, label=_label(label), publicKey=NO_KEY)
    effect = f"Register meter {label} as id {meter_id} of {_owner(producer)}"
    if capacity_w:
        effect += f", {fmt.power(capacity_w)}"
    group = deployment.group().add(deployment.receipt_calls.register_meter(sender, arguments, meter_id))
    return Work(sender, (Step((effect,), group),))


def record(deployment: Deployment, sender: str, readings: Readings, *, register: bool = False) -> Work:
    """Record each meter's total of the month, with the hash of the file that it came from.

    Args:
        deployment: the apps.
        sender: the operator.
        readings: a file of readings.
        register: register meters that are not, for the project and without a capacity.

    Raises:
        GridPactError: a meter is not registered, or something else was recorded for it.
    """
    epoch_id = readings.epoch_id
    meters = {meter.label: meter for meter in deployment.receipt.meters()}
    unknown = [month.label for month in readings.meters if month.label not in meters]
    if unknown and not register:
        msg = f"{fmt.listed(unknown)} {'is' if len(unknown) == 1 else 'are'} not registered."
        raise GridPactError(msg, "Register them with `gridpact meter register`, or import with --register.")
    now = deployment.connection.now()
    if epoch_start_ts(epoch_id) > now:
        msg = f"{fmt.epoch(epoch_id)} has not begun by the chain's clock ({fmt.moment(now)})."
        raise GridPactError(msg, "Check the file's month.")
    ids = {label: meter.meter_id for label, meter in meters.items()}
    ids.update(zip(unknown, range(len(meters) + 1, len(meters) + len(unknown) + 1), strict=True))
    recorded = _recorded(
        deployment, epoch_id, [meters[month.label] for month in readings.meters if month.label in meters]
    )
    done: list[str] = []
    missing: list[MeterMonth] = []
    for month in readings.meters:
        reading = recorded.get(ids[month.label])
        if reading is None:
            missing.append(month)
        elif (reading.wh, reading.source_hash) == (month.wh, readings.source_hash):
            done.append(f"{month.label}: {fmt.energy(month.wh)} of {fmt.epoch(epoch_id)} are recorded.")
        else:
            msg = (
                f"{month.label} has {fmt.energy(reading.wh)} recorded for {fmt.epoch(epoch_id)} from the file with "
                f"SHA-256 {reading.source_hash.hex()[:16]}…, not this file's {fmt.energy(month.wh)}."
            )
            raise GridPactError(msg, "A record is never changed: correct it with `gridpact epoch restate`.")
    producers = {label: meter.producer for label, meter in meters.items()}
    for_project = [month.label for month in missing if producers.get(month.label, PROJECT) == PROJECT]
    ledger = deployment.receipt.ledger(epoch_id)
    if for_project and ledger is not None and ledger.is_final:
        msg = f"{fmt.epoch(epoch_id)} is final: nothing more can be recorded for {fmt.listed(for_project)}."
        raise GridPactError(msg, "Correct it with `gridpact epoch restate`.")
    steps = [
        _record_step(deployment, sender, readings, batch, ids, producers) for batch in batched(missing, METERS_A_GROUP)
    ]
    return Work(sender, tuple(steps), tuple(done))


def _record_step(
    deployment: Deployment,
    sender: str,
    readings: Readings,
    months: Sequence[MeterMonth],
    ids: dict[str, int],
    producers: dict[str, str],
) -> Step:
    calls = deployment.receipt_calls
    group = deployment.group()
    effects = []
    for month in months:
        if month.label not in producers:
            arguments = RegisterMeterArgs(producer=PROJECT, capacityW=0, label=_label(month.label), publicKey=NO_KEY)
            group.add(calls.register_meter(sender, arguments, ids[month.label]))
            effects.append(f"Register meter {month.label} as id {ids[month.label]} of the project")
    for month in months:
        reading = RecordReadingArgs(
            epochId=readings.epoch_id,
            meterId=ids[month.label],
            intervalId=MONTH_INTERVAL,
            wh=month.wh,
            quality=month.quality.code,
            startTs=month.start_ts,
            endTs=month.end_ts,
            sourceHash=readings.source_hash,
        )
        group.add(calls.record_reading(sender, reading, producers.get(month.label, PROJECT)))
        filled = f" ({month.filled} of its intervals filled with {fmt.energy(month.filled_wh)})" if month.filled else ""
        effects.append(
            f"Record {fmt.energy(month.wh)} of {fmt.epoch(readings.epoch_id)} for {month.label}, "
            f"{month.quality.value}{filled}"
        )
    return Step(tuple(effects), group)


def _recorded(deployment: Deployment, epoch_id: int, meters: Iterable[Meter]) -> dict[int, Reading]:
    found = (deployment.receipt.reading(epoch_id, meter.meter_id, MONTH_INTERVAL) for meter in meters)
    return {reading.meter_id: reading for reading in found if reading is not None}


def restate(
    deployment: Deployment, sender: str, epoch_id: int, meter_id: int, interval_id: int, net_wh: int, reason: str
) -> Work:
    """Correct a reading to a new figure, by a new record beside it. Nothing is done when that is its figure.

    Args:
        deployment: the apps.
        sender: the operator.
        epoch_id: month, YYYYMM.
        meter_id: the meter; 0 for a project reading without one.
        interval_id: the reading's interval.
        net_wh: what the reading shall be, in Wh.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        GridPactError: there is no such reading.
    """
    readings = deployment.receipt.readings(epoch_id)
    reading = next((one for one in readings if (one.meter_id, one.interval_id) == (meter_id, interval_id)), None)
    if reading is None:
        msg = f"Nothing was recorded for meter {meter_id}, interval {interval_id} in {fmt.epoch(epoch_id)}."
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
    change_wh = net_wh - reading.net_wh
    if change_wh == 0:
        return Work(sender, done=(f"The reading is {fmt.energy(net_wh)}.",))
    producer = PROJECT
    if meter_id != receipt_cfg.NO_METER:
        producer = next(meter.producer for meter in deployment.receipt.meters() if meter.meter_id == meter_id)
    arguments = RestateReadingArgs(
        epochId=epoch_id,
        meterId=meter_id,
        intervalId=interval_id,
        revision=len(reading.restatements) + 1,
        increase=change_wh > 0,
        wh=abs(change_wh),
        reasonHash=sha256(reason.encode()),
    )
    effect = (
        f"Restate meter {meter_id} in {fmt.epoch(epoch_id)} from {fmt.energy(reading.net_wh)} to {fmt.energy(net_wh)} "
        f"(revision {arguments.revision}): {reason}"
    )
    ledger = deployment.receipt.ledger(epoch_id, producer)
    if ledger is not None and -change_wh > ledger.remaining_wh:
        deficit = ledger.deficit_wh - change_wh - ledger.remaining_wh
        effect += f"; it leaves a deficit of {fmt.energy(deficit)}, and stops every draw until it is filled"
    group = deployment.group().add(deployment.receipt_calls.restate_reading(sender, arguments, producer))
    return Work(sender, (Step((effect,), group),))


def finalize(deployment: Deployment, sender: str, epoch_id: int, expected_wh: int | None = None) -> Work:
    """Close the project's ledger of an epoch.

    Args:
        deployment: the apps.
        sender: the operator.
        epoch_id: month, YYYYMM.
        expected_wh: the total that the operator expects; by default the recorded one, which is shown beforehand.

    Raises:
        GridPactError: nothing was recorded, the month is not over, or the total is another one.
    """
    ledger = _ledger(deployment, epoch_id)
    if expected_wh not in (None, ledger.recorded_wh):
        msg = (
            f"{fmt.epoch(epoch_id)} has {fmt.energy(ledger.recorded_wh)} recorded, not {fmt.energy(expected_wh or 0)}."
        )
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
    if ledger.is_final:
        done = f"{fmt.epoch(epoch_id)} is final since {fmt.moment(ledger.finalized_ts)}."
        return Work(sender, done=(done,))
    now = deployment.connection.now()
    if now <= epoch_end_ts(epoch_id):
        msg = f"{fmt.epoch(epoch_id)} is not over by the chain's clock ({fmt.moment(now)})."
        raise GridPactError(msg, f"Wait until {fmt.moment(epoch_end_ts(epoch_id) + 1)}.")
    arguments = FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=ledger.recorded_wh)
    group = deployment.group().add(deployment.receipt_calls.finalize_epoch(sender, arguments))
    effect = f"Finalize {fmt.epoch(epoch_id)} with {fmt.energy(ledger.recorded_wh)}: no reading enters it afterwards"
    return Work(sender, (Step((effect,), group),))


def anchor(deployment: Deployment, sender: str, epoch_id: int, report_hash: bytes) -> Work:
    """Publish the hash of the month-end report. It is an event without state: each run publishes it once more.

    Args:
        deployment: the apps.
        sender: the operator.
        epoch_id: month, YYYYMM.
        report_hash: SHA-256 of the report.

    Raises:
        GridPactError: the epoch is not final.
    """
    _final_ledger(deployment, epoch_id)
    arguments = AnchorReportArgs(epochId=epoch_id, reportHash=report_hash)
    group = deployment.group().add(deployment.receipt_calls.anchor_report(sender, arguments))
    effect = f"Anchor the report of {fmt.epoch(epoch_id)} with SHA-256 {report_hash.hex()}"
    return Work(sender, (Step((effect,), group),))


# --- allocation and invoices ------------------------------------------------------------------------------------------


def allocate(
    deployment: Deployment,
    sender: str,
    epoch_id: int,
    allocations: Sequence[Allocation],
    expected_total_kwh: int | None = None,
) -> Work:
    """Give energy of a final epoch to agreements and issue their invoices, eight in one atomic group.

    The plan is checked as a whole before the first group is sent. An agreement that has its invoice with the same
    energy is done.

    Args:
        deployment: the apps.
        sender: the operator.
        epoch_id: month, YYYYMM.
        allocations: the plan.
        expected_total_kwh: the project's recorded total in whole kWh; by default the recorded one.

    Raises:
        GridPactError: with everything that is wrong with the plan.
    """
    ledger = _final_ledger(deployment, epoch_id)
    if expected_total_kwh not in (None, ledger.recorded_kwh):
        msg = (
            f"{fmt.epoch(epoch_id)} has {fmt.energy_kwh(ledger.recorded_kwh)} recorded, "
            f"not {fmt.energy_kwh(expected_total_kwh or 0)}."
        )
        raise GridPactError(msg, f"See `gridpact epoch show {epoch_id}`.")
    agreements = deployment.ppa.agreements(dict.fromkeys(one.agreement_id for one in allocations))
    invoices = dict(
        zip(
            agreements,
            deployment.ppa.invoices_of((agreement_id, epoch_id) for agreement_id in agreements),
            strict=True,
        )
    )
    live = {agreement_id: one for agreement_id, one in invoices.items() if one is not None and one.is_live}
    done = [one for one in allocations if one.agreement_id in live and live[one.agreement_id].kwh == one.kwh]
    missing = [one for one in allocations if one not in done]
    problems = _plan_problems(epoch_id, ledger, allocations, missing, agreements, live)
    if problems:
        raise GridPactError("\n".join(problems), "Nothing was allocated.")
    units = assets(deployment.connection.algod, {agreement.terms.assetId for agreement in agreements.values()})
    steps = []
    for batch in batched(missing, ALLOCATIONS_A_GROUP):
        group = deployment.group()
        effects = []
        for one in batch:
            arguments = AllocateProductionArgs(
                epochId=epoch_id,
                agreementId=one.agreement_id,
                kWhAmount=one.kwh,
                expectedTotalGeneration=ledger.recorded_kwh,
            )
            group.add(deployment.ppa_calls.allocate_production(sender, arguments))
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


def void(deployment: Deployment, sender: str, agreement_id: int, epoch_id: int, reason: str) -> Work:
    """Take an unpaid invoice back; its energy returns to the epoch.

    Args:
        deployment: the apps.
        sender: the operator.
        agreement_id: the agreement.
        epoch_id: month, YYYYMM.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        GridPactError: there is no such invoice, or it was paid.
    """
    invoice = _invoice(deployment, agreement_id, epoch_id)
    if not invoice.is_live:
        return Work(sender, done=(f"{invoice_name(invoice)} was voided.",))
    if invoice.is_paid:
        msg = f"{invoice_name(invoice)} was paid on {fmt.date(invoice.stored.paidTs)} and cannot be voided."
        raise GridPactError(msg, f"See `gridpact invoice show {agreement_id}/{epoch_id}`.")
    arguments = VoidInvoiceArgs(agreementId=agreement_id, epochId=epoch_id, reasonHash=sha256(reason.encode()))
    group = deployment.group().add(deployment.ppa_calls.void_invoice(sender, arguments))
    effect = f"Void {invoice_name(invoice)} over {fmt.energy_kwh(invoice.kwh)}: {reason}"
    return Work(sender, (Step((effect,), group),))


def pay(deployment: Deployment, pairs: Sequence[tuple[int, int]], buyer: str | None = None) -> Work:
    """Pay invoices of one buyer in one atomic group of payments and settlements.

    Args:
        deployment: the apps.
        pairs: (agreement, epoch) of up to eight invoices. Those that are paid are done.
        buyer: who pays; by default the buyer that the invoices name.

    Raises:
        GridPactError: an invoice does not exist, was voided, or is another buyer's.
    """
    wanted = list(dict.fromkeys(pairs))
    if not wanted or len(wanted) > INVOICES_A_GROUP:
        msg = f"One group pays 1 to {INVOICES_A_GROUP} invoices, not {len(wanted)}."
        raise GridPactError(msg, "Name fewer invoices.")
    invoices = [_invoice(deployment, *pair) for pair in wanted]
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
    units = assets(deployment.connection.algod, {invoice.stored.assetId for invoice in invoices})
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
        _require_funds(deployment, payer, due, asset)
    group = deployment.group()
    effects = []
    for invoice in open_ones:
        group.add(deployment.ppa_calls.settlement(invoice.agreement_id, invoice.epoch_id, invoice.stored))
        amount = fmt.money(invoice.amount, units[invoice.stored.assetId])
        effects.append(f"Pay {amount} to {invoice.stored.treasury} for {invoice_name(invoice)}")
    return Work(payer, (Step(tuple(effects), group),), done)


# --- net revenue ------------------------------------------------------------------------------------------------------


def deposit(
    deployment: Deployment, sender: str, epoch_id: int, net_amount_microalgo: int, *, again: bool = False
) -> Work:
    """Deposit an epoch's net revenue for the holders.

    A deposit of the same amount for the same epoch is taken for this one, unless it is meant once more.

    Args:
        deployment: the apps.
        sender: the operator.
        epoch_id: month, YYYYMM.
        net_amount_microalgo: net revenue in microALGO.
        again: deposit even where an equal deposit was made.

    Raises:
        GridPactError: issuance is open, the epoch is not final, or there is no amount.
    """
    vault = deployment.vault.vault()
    deposits = deployment.vault.deposits()
    equal = [one for one in deposits if (one.epoch_id, one.net_amount_microalgo) == (epoch_id, net_amount_microalgo)]
    amount = fmt.money(net_amount_microalgo)
    if equal and not again:
        done = f"{amount} for {fmt.epoch(epoch_id)} were deposited as number {equal[-1].deposit_id}."
        return Work(sender, done=(done, "Add --again to deposit the same once more."))
    if net_amount_microalgo == 0:
        msg = "There is no revenue to deposit."
        raise GridPactError(msg, "Name an amount above 0.")
    require_closed_issuance(vault)
    ledger = _final_ledger(deployment, epoch_id)
    _require_funds(deployment, sender, net_amount_microalgo, fmt.ALGO)
    deposit_id = vault.deposit_count + 1
    calls = deployment.vault_calls(vault.kw_token_id)
    payment = calls.revenue_payment(sender, epoch_id, net_amount_microalgo, deposit_id)
    group = deployment.group().add(
        calls.deposit_net_revenue(sender, payment, epoch_id, net_amount_microalgo, deposit_id)
    )
    shared = net_amount_microalgo + vault.carried_microalgo
    per_kw = shared // vault.supply_units * 1_000
    effect = (
        f"Deposit {amount} for {fmt.epoch(epoch_id)} as number {deposit_id}, "
        f"with the {fmt.energy(ledger.remaining_wh)} that remain: {fmt.money(per_kw)} for each kW, "
        f"{fmt.money(shared % vault.supply_units)} carried"
    )
    return Work(sender, (Step((effect,), group),))


def claim(
    deployment: Deployment, sender: str, holders: Sequence[str], deposit_ids: Sequence[int] | None = None
) -> Work:
    """Pay holders their shares, eight in one atomic group. Anybody may send it; the holders are paid.

    Args:
        deployment: the apps.
        sender: who pays the fees.
        holders: whose shares. The vault's own goes to the carry.
        deposit_ids: of these deposits; of all by default.

    Raises:
        GridPactError: there is no such deposit.
    """
    vault = deployment.vault.vault()
    deposits = deployment.vault.deposits()
    if deposit_ids is not None:
        known = {one.deposit_id for one in deposits}
        for deposit_id in deposit_ids:
            if deposit_id not in known:
                msg = f"There is no deposit {deposit_id}."
                raise GridPactError(msg, "See `gridpact vault show`.")
        deposits = [one for one in deposits if one.deposit_id in deposit_ids]
    shares = [share for holder in holders for share in deployment.vault.shares(holder, deposits)]
    calls = deployment.vault_calls(vault.kw_token_id)
    steps = []
    for batch in batched([share for share in shares if share.is_claimable], CLAIMS_A_GROUP):
        group = deployment.group()
        for share in batch:
            arguments = ClaimArgs(
                holder=share.holder, depositId=share.deposit.deposit_id, checkpointIndex=share.checkpoint_index
            )
            group.add(calls.claim(sender, arguments))
        steps.append(Step(tuple(_claim_effect(share, vault) for share in batch), group))
    done = [_claimed_text(share) for share in shares if not share.is_claimable]
    return Work(sender, tuple(steps), tuple(done) or (() if steps else ("There is no deposit to claim.",)))


def _claim_effect(share: Share, vault: Vault) -> str:
    of_deposit = f"of deposit {share.deposit.deposit_id} ({fmt.epoch(share.deposit.epoch_id)})"
    units = f"for {fmt.power(share.units)}"
    if share.holder == vault.address:
        return f"Carry {fmt.money(share.amount_microalgo)} {of_deposit} over, {units} that came back to the vault"
    return f"Pay {fmt.money(share.amount_microalgo)} {of_deposit} to {share.holder} {units}"


def _claimed_text(share: Share) -> str:
    of_deposit = f"deposit {share.deposit.deposit_id} ({fmt.epoch(share.deposit.epoch_id)})"
    if share.is_claimed:
        return f"{fmt.short(share.holder)} was paid {fmt.money(share.amount_microalgo)} of {of_deposit}."
    return f"{fmt.short(share.holder)} has no share in {of_deposit}."


# --- inside -----------------------------------------------------------------------------------------------------------


def sha256(content: bytes) -> bytes:
    """SHA-256 of a reason, a report or a contract."""
    return hashlib.sha256(content).digest()


def invoice_name(invoice: Invoice) -> str:
    """An invoice in a sentence."""
    return f"invoice {invoice.agreement_id}/{invoice.epoch_id}"


def require_closed_issuance(vault: Vault) -> None:
    """Refuse while units can still be issued.

    Raises:
        GridPactError: issuance is open.
    """
    if not vault.is_issuance_closed:
        msg = "Issuance of the kW token is not closed."
        raise GridPactError(msg, "Close it with `gridpact vault close-issuance`.")


def _require_funds(deployment: Deployment, payer: str, amount: int, asset: Asset) -> None:
    held = spendable(deployment.connection.algod, payer, asset.asset_id)
    if held < amount:
        msg = f"{payer} can pay {fmt.money(held, asset)}; {fmt.money(amount, asset)} are due."
        raise GridPactError(msg, "Fund the account, then run the command again.")


def _ledger(deployment: Deployment, epoch_id: int) -> Ledger:
    ledger = deployment.receipt.ledger(epoch_id)
    if ledger is None:
        msg = f"Nothing was recorded for {fmt.epoch(epoch_id)}."
        raise GridPactError(msg, "Record it with `gridpact meter import`.")
    return ledger


def _final_ledger(deployment: Deployment, epoch_id: int) -> Ledger:
    ledger = _ledger(deployment, epoch_id)
    if not ledger.is_final:
        msg = f"{fmt.epoch(epoch_id)} is not final."
        raise GridPactError(msg, f"Close it with `gridpact epoch finalize {epoch_id}`.")
    return ledger


def _invoice(deployment: Deployment, agreement_id: int, epoch_id: int) -> Invoice:
    invoice = deployment.ppa.invoice(agreement_id, epoch_id)
    if invoice is None:
        msg = f"There is no invoice {agreement_id}/{epoch_id}."
        raise GridPactError(msg, "See `gridpact invoice list`.")
    return invoice


def _label(text: str) -> bytes:
    label = text.encode()
    if not label or len(label) > LABEL_BYTES or not text.isprintable():
        msg = f"The meter's name {text!r} is not 1 to {LABEL_BYTES} bytes of printable text."
        raise GridPactError(msg, "Choose another name.")
    return label.ljust(LABEL_BYTES, b"\0")


def _owner(producer: str) -> str:
    return "the project" if producer == PROJECT else producer
