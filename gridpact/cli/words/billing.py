"""Agreements and invoices in words."""

from typing import Final

from gridpact import units as fmt
from gridpact.billing import errors
from gridpact.billing.effects import (
    AgreementAccepted,
    AgreementCreated,
    AgreementEnded,
    AgreementKept,
    AssetOptedIn,
    CreditApplied,
    CreditReleased,
    InterestCharged,
    InvoiceIssued,
    InvoicePaid,
    InvoiceVoided,
    NoteIssued,
    NotePaid,
    NoteVoided,
    ShortfallBilled,
)
from gridpact.billing.read import NOTE_KINDS, InvoiceId, NoteKind
from gridpact.chain.events import Event
from gridpact.cli.words.kinds import (
    Names,
    Phrase,
    Told,
    already,
    counted,
    fault,
    intent,
    listed,
    once_more,
    refusal,
    tells,
)
from gridpact.contracts import ppa_config as cfg

NOTES: Final = {
    NoteKind.CREDIT: "credit note",
    NoteKind.DEBIT: "debit note",
    NoteKind.INTEREST: "late interest",
    NoteKind.SHORTFALL: "shortfall",
}
"""What each kind of note is called."""

# --- effects ----------------------------------------------------------------------------------------------------------


@intent.register
def _(effect: AgreementCreated) -> Phrase:
    price = fmt.price(effect.price_per_kwh, effect.asset)
    terms = _terms(effect.first_epoch, effect.last_epoch, effect.cap_kwh, effect.due_day, effect.treasury)
    hands = _hands(effect)
    return Phrase("create", f"agreement {effect.agreement_id}: {effect.buyer} buys at {price} {terms}{hands}")


@already.register
def _(effect: AgreementCreated) -> str:
    return f"Agreement {effect.agreement_id} is identical."


@once_more.register
def _(effect: AgreementCreated) -> str:
    return "Add --another to create one more."


@intent.register
def _(effect: AgreementKept) -> Phrase:
    return Phrase("keep", f"agreement {effect.agreement_id}")


@already.register
def _(effect: AgreementKept) -> str:
    return f"Agreement {effect.agreement_id} has the terms of its row."


@intent.register
def _(effect: AssetOptedIn) -> Phrase:
    reserved = f"{fmt.money(effect.minimum_microalgo)} more of the account's minimum balance"
    return Phrase("opt in", f"to {effect.asset.unit}, which takes {reserved}", "opted in")


@already.register
def _(effect: AssetOptedIn) -> str:
    return f"{effect.holder} may hold {effect.asset.unit} already."


@intent.register
def _(effect: AgreementEnded) -> Phrase:
    instead = f"{fmt.epoch(effect.last_epoch)} instead of {fmt.epoch(effect.previous_last_epoch)}"
    return Phrase("end", f"agreement {effect.agreement_id} with {instead}; issued invoices stay payable")


@already.register
def _(effect: AgreementEnded) -> str:
    return f"Agreement {effect.agreement_id} ends with {fmt.epoch(effect.last_epoch)}."


@intent.register
def _(effect: InvoiceIssued) -> Phrase:
    agreement_id, epoch_id = effect.invoice
    passed = ", already past" if effect.issued_ts > effect.due_ts else ""
    invoice = f"invoice over {fmt.money(effect.amount, effect.asset)}, due {fmt.date(effect.due_ts)}{passed}"
    to = f"agreement {agreement_id} ({effect.buyer})"
    return Phrase("allocate", f"{fmt.energy_kwh(effect.kwh)} of {fmt.epoch(epoch_id)} to {to}: {invoice}")


@already.register
def _(effect: InvoiceIssued) -> str:
    agreement_id, epoch_id = effect.invoice
    return f"Agreement {agreement_id} has its {fmt.energy_kwh(effect.kwh)} of {fmt.epoch(epoch_id)}."


@intent.register
def _(effect: InvoicePaid) -> Phrase:
    due = fmt.money(effect.amount - effect.applied_amount, effect.asset)
    return Phrase("pay", f"{due} to {effect.treasury} for invoice {effect.invoice}{_covered(effect)}")


@already.register
def _(effect: InvoicePaid) -> str:
    amount = fmt.money(effect.amount, effect.asset)
    return f"Invoice {effect.invoice} over {amount} was paid on {fmt.date(effect.paid_ts)}."


@intent.register
def _(effect: InvoiceVoided) -> Phrase:
    return Phrase("void", f"invoice {effect.invoice} over {fmt.energy_kwh(effect.kwh)}: {effect.reason}")


@already.register
def _(effect: InvoiceVoided) -> str:
    return f"Invoice {effect.invoice} is void."


@intent.register
def _(effect: AgreementAccepted) -> Phrase:
    return Phrase("accept", f"agreement {effect.agreement_id}: terms {effect.terms_hash.hex()}")


@already.register
def _(effect: AgreementAccepted) -> str:
    return f"Agreement {effect.agreement_id} was accepted on {fmt.date(effect.accepted_ts)}."


@intent.register
def _(effect: NoteIssued) -> Phrase:
    money, month = fmt.money(effect.amount, effect.asset), fmt.epoch(effect.invoice.epoch_id)
    kind, moves = ("credit", "return to") if effect.is_credit else ("debit", "are drawn from")
    cured = f", {fmt.energy(effect.cured_wh)} of it fill its deficit" if effect.cured_wh else ""
    return Phrase(
        "issue",
        f"{kind} note {effect.invoice}/{effect.number}: {fmt.energy_kwh(effect.kwh)} {moves} {month}"
        f"{cured}, which then has {fmt.energy(effect.remaining_wh)} left; {effect.payer} owes {effect.payee} {money}: "
        f"{effect.reason}",
    )


@already.register
def _(effect: NoteIssued) -> str:
    return f"Invoice {effect.invoice} has its note {effect.number}."


@intent.register
def _(effect: NotePaid) -> Phrase:
    money = fmt.money(effect.amount, effect.asset)
    return Phrase("pay", f"{money} to {effect.payee} for note {effect.invoice}/{effect.number}")


@already.register
def _(effect: NotePaid) -> str:
    return f"Note {effect.invoice}/{effect.number} was paid on {fmt.date(effect.settled_ts)}."


@intent.register
def _(effect: CreditApplied) -> Phrase:
    credit, due = fmt.money(effect.amount, effect.asset), fmt.money(effect.due_amount, effect.asset)
    then = f"{due} stay due" if effect.due_amount else "it is paid then"
    return Phrase("set", f"credit {effect.invoice}/{effect.number} of {credit} against invoice {effect.to}: {then}")


@already.register
def _(effect: CreditApplied) -> str:
    return f"Credit {effect.invoice}/{effect.number} is set against invoice {effect.to}."


@intent.register
def _(effect: CreditReleased) -> Phrase:
    credit, due = fmt.money(effect.amount, effect.asset), fmt.money(effect.due_amount, effect.asset)
    target = InvoiceId(effect.invoice.agreement_id, effect.epoch_id)
    note = f"{effect.invoice}/{effect.number}"
    return Phrase("release", f"credit {note} of {credit} from invoice {target}, which is then due with {due}")


@already.register
def _(effect: CreditReleased) -> str:
    return f"Credit {effect.invoice}/{effect.number} is set against no invoice."


@intent.register
def _(effect: NoteVoided) -> Phrase:
    money, month = fmt.money(effect.amount, effect.asset), fmt.epoch(effect.invoice.epoch_id)
    moves = {NoteKind.CREDIT: f" are drawn from {month} again", NoteKind.DEBIT: f" return to {month}"}.get(effect.kind)
    energy = f"; {fmt.energy_kwh(effect.kwh)}{moves}" if moves else ""
    kind = NOTES[effect.kind]
    return Phrase("void", f"{kind} {effect.invoice}/{effect.number} over {money}{energy}: {effect.reason}")


@already.register
def _(effect: NoteVoided) -> str:
    return f"Note {effect.invoice}/{effect.number} is void."


@intent.register
def _(effect: InterestCharged) -> Phrase:
    paid, money = fmt.money(effect.paid_amount, effect.asset), fmt.money(effect.amount, effect.asset)
    late = f"{paid} paid {counted(effect.days_late, 'day')} late at {_rate(effect.bps)} a year"
    return Phrase(
        "charge", f"late interest on invoice {effect.invoice}: {late}; {effect.payer} owes {effect.payee} {money}"
    )


@already.register
def _(effect: InterestCharged) -> str:
    return f"The late interest of invoice {effect.invoice} is charged by note {effect.number}."


@intent.register
def _(effect: ShortfallBilled) -> Phrase:
    kwh, money = fmt.energy_kwh(effect.kwh), fmt.money(effect.amount, effect.asset)
    owed = f"{effect.payer} owes {effect.payee} {money}"
    return Phrase("bill", f"a shortfall of {kwh} on invoice {effect.invoice}: {owed}: {effect.reason}")


@already.register
def _(effect: ShortfallBilled) -> str:
    return f"The whole shortfall of invoice {effect.invoice} is billed."


# --- events -----------------------------------------------------------------------------------------------------------


@tells("AgreementCreated")
def _(event: Event, names: Names) -> str:
    price = fmt.price(event.number("pricePerKwh"), names.asset(event.number("assetId")))
    terms = _terms(
        event.number("firstEpoch"),
        event.number("lastEpoch"),
        event.number("capKwh"),
        event.number("dueDay"),
        event.text("treasury"),
    )
    return f"Created agreement {event.number('agreementId')}: {event.text('buyer')} buys at {price} {terms}."


@tells("AgreementEnded")
def _(event: Event, names: Names) -> str:
    last, previous = fmt.epoch(event.number("lastEpoch")), fmt.epoch(event.number("previousLastEpoch"))
    return f"Ended agreement {event.number('agreementId')} with {last} instead of {previous}."


@tells("InvoiceIssued")
def _(event: Event, names: Names) -> str:
    energy = f"{fmt.energy_kwh(event.number('kwh'))} of {fmt.epoch(event.number('epochId'))}"
    due = fmt.date(event.number("dueTs"))
    passed = ", already past" if event.number("timestamp") > event.number("dueTs") else ""
    return (
        f"Allocated {energy} to agreement {event.number('agreementId')} ({fmt.short(event.text('buyer'))}): "
        f"invoice {_name(event)} over {_amount(event, names)}, due {due}{passed}."
    )


@tells("InvoicePaid")
def _(event: Event, names: Names) -> str:
    asset, covered = names.asset(event.number("assetId")), event.number("appliedAmount")
    due = fmt.money(event.number("amount") - covered, asset)
    by_credits = f"; credits covered {fmt.money(covered, asset)} of it" if covered else ""
    return f"Paid {due} to {event.text('treasury')} for invoice {_name(event)}{by_credits}."


@tells("InvoiceVoided")
def _(event: Event, names: Names) -> str:
    energy, month = fmt.energy_kwh(event.number("kwh")), fmt.epoch(event.number("epochId"))
    return f"Voided invoice {_name(event)}: {energy} returned to {month}."


@tells("AgreementAccepted")
def _(event: Event, names: Names) -> str:
    terms = event.raw("termsHash").hex()
    return f"Accepted agreement {event.number('agreementId')} as {event.text('buyer')}: terms {terms}."


@tells("NoteIssued")
def _(event: Event, names: Names) -> str:
    kwh = event.number("kwh")
    over = f" over {fmt.energy_kwh(kwh)}" if kwh else ""
    return (
        f"Issued {NOTES[NOTE_KINDS[event.number('kind')]]} {_note(event)}{over}: "
        f"{_amount(event, names)} from {event.text('payer')} to {event.text('payee')}."
    )


@tells("NoteSettled")
def _(event: Event, names: Names) -> str:
    return f"Paid {_amount(event, names)} to {event.text('payee')} for note {_note(event)}."


@tells("NoteVoided")
def _(event: Event, names: Names) -> str:
    return f"Voided {NOTES[NOTE_KINDS[event.number('kind')]]} {_note(event)}."


@tells("CreditApplied")
def _(event: Event, names: Names) -> str:
    to = InvoiceId(event.number("agreementId"), event.number("toEpochId"))
    left = "nothing" if event.number("dueAmount") == 0 else "less"
    return f"Set credit {_note(event)} against invoice {to}: {left} is due on it now."


@tells("CreditReleased")
def _(event: Event, names: Names) -> str:
    to = InvoiceId(event.number("agreementId"), event.number("toEpochId"))
    return f"Released credit {_note(event)} from invoice {to}: it is open again."


# --- refusals: agreements ---------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.AgreementNotFound) -> Told:
    return Told(f"There is no agreement {error.agreement_id}.", "See `gridpact agreement list`.")


@refusal.register
def _(error: errors.AgreementEndsEarlier) -> Told:
    return Told(
        f"Agreement {error.agreement_id} already ends with {fmt.epoch(error.last_epoch)}.",
        "An agreement is never extended: create the next one.",
    )


@refusal.register
def _(error: errors.TermsRefused) -> Told:
    return Told(" ".join(map(fault, error.problems)), "See `gridpact agreement create --help`.")


@fault.register
def _(problem: errors.LastBeforeFirst) -> str:
    last, first = fmt.epoch(problem.last_epoch), fmt.epoch(problem.first_epoch)
    return f"The last epoch, {last}, is before the first, {first}."


@fault.register
def _(problem: errors.NoPrice) -> str:
    return "The price must be above 0."


@fault.register
def _(problem: errors.DueDayOutOfRange) -> str:
    return f"The due day is {problem.earliest} to {problem.latest}, not {problem.due_day}."


@fault.register
def _(problem: errors.EscalatorOutOfRange) -> str:
    return f"The price rises by at most {_rate(problem.most_bps)} a year, not by {_rate(problem.bps)}."


@fault.register
def _(problem: errors.TooManyYears) -> str:
    return f"An agreement whose price rises lasts at most {problem.most_years} years."


@fault.register
def _(problem: errors.InterestOutOfRange) -> str:
    return f"Late interest is at most {_rate(problem.most_bps)} a year, not {_rate(problem.bps)}."


@fault.register
def _(problem: errors.MinimumAboveCap) -> str:
    minimum, cap = fmt.energy_kwh(problem.minimum_kwh), fmt.energy_kwh(problem.cap_kwh)
    return f"The minimum of {minimum} is above the cap of {cap}."


@fault.register
def _(problem: errors.BuyerIsTreasury) -> str:
    return "Buyer and treasury are the same account."


# --- refusals: allocations --------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.AllocationRefused) -> Told:
    return Told("\n".join(map(fault, error.problems)), "Nothing was allocated.")


@fault.register
def _(problem: errors.NothingPlanned) -> str:
    return "The plan is empty."


@fault.register
def _(problem: errors.PlannedTwice) -> str:
    return f"Agreement {problem.agreement_id} is in the plan twice."


@fault.register
def _(problem: errors.UnknownAgreement) -> str:
    return f"There is no agreement {problem.agreement_id}."


@fault.register
def _(problem: errors.InvoiceInTheWay) -> str:
    agreement_id, epoch_id = problem.invoice
    energy = fmt.energy_kwh(problem.kwh)
    return f"Agreement {agreement_id} has an invoice over {energy} for {fmt.epoch(epoch_id)}; void it first."


@fault.register
def _(problem: errors.EpochNotCovered) -> str:
    span = f"{fmt.epoch(problem.first_epoch)} to {fmt.epoch(problem.last_epoch)}"
    return f"Agreement {problem.agreement_id} covers {span}, not {fmt.epoch(problem.epoch_id)}."


@fault.register
def _(problem: errors.NoEnergyPlanned) -> str:
    return f"Agreement {problem.agreement_id} would receive no energy."


@fault.register
def _(problem: errors.AboveCap) -> str:
    return f"Agreement {problem.agreement_id} takes at most {fmt.energy_kwh(problem.cap_kwh)} an epoch."


@fault.register
def _(problem: errors.AmountOverflows) -> str:
    return f"Agreement {problem.agreement_id}: the amount is beyond what the ledger counts."


@fault.register
def _(problem: errors.MonthInDeficit) -> str:
    return f"{fmt.epoch(problem.epoch_id)} has a deficit of {fmt.energy(problem.deficit_wh)}: nothing can be drawn."


@fault.register
def _(problem: errors.MoreThanRemains) -> str:
    left = f"{fmt.energy(problem.remaining_wh)} remain of {fmt.epoch(problem.epoch_id)}"
    return f"The plan takes {fmt.energy(problem.wanted_wh)}, but {left}."


# --- refusals: plan files ---------------------------------------------------------------------------------------------

CORRECT_THE_PLAN = "Correct the plan; nothing was allocated."


@refusal.register
def _(error: errors.PlanFileRefused) -> Told:
    found = list(map(fault, error.problems))
    if len(found) == 1:
        return Told(f"The plan cannot be read: {found[0]}.", CORRECT_THE_PLAN)
    return Told(f"The plan has {len(found)} problems:\n  " + "\n  ".join(found), CORRECT_THE_PLAN)


@refusal.register
def _(error: errors.PlanOfAnotherEpoch) -> Told:
    return Told(f"The plan is for {fmt.epoch(error.planned)}, not for {fmt.epoch(error.epoch_id)}.", CORRECT_THE_PLAN)


@fault.register
def _(problem: errors.EmptyPlan) -> str:
    return "it is empty"


@fault.register
def _(problem: errors.UnknownPlanFormat) -> str:
    return f"it must be a {listed(problem.known, 'or')} file, not {problem.suffix or 'one without a suffix'}"


@fault.register
def _(problem: errors.NotOfItsFormat) -> str:
    return f"it is not {problem.format} ({problem.detail})"


@fault.register
def _(problem: errors.WrongPlanColumns) -> str:
    return f"its first line must name the columns {listed(problem.columns)}"


@fault.register
def _(problem: errors.WrongPlanFieldCount) -> str:
    return f"line {problem.line}: {counted(problem.found, 'field')}, but the header names {problem.expected}"


PLAN_FAULTS = {
    errors.PlanFault.MISSING: "is missing",
    errors.PlanFault.UNKNOWN: "is unknown",
    errors.PlanFault.NOT_WHOLE: "must be a whole number above 0",
    errors.PlanFault.NOT_ENERGY: "must be a whole number above 0, a percentage such as 40%, or rest",
    errors.PlanFault.SECOND_REST: "cannot be the rest of the rest: one agreement gets it",
    errors.PlanFault.NOT_A_LIST: "must be a list",
    errors.PlanFault.NOT_A_TABLE: "must be a table",
}


@fault.register
def _(problem: errors.WrongPlanValue) -> str:
    what = f"{problem.field or 'it'} {PLAN_FAULTS[problem.fault]}"
    if problem.line is not None:
        return f"line {problem.line}: {what}"
    return what if problem.allocation is None else f"allocation {problem.allocation}: {what}"


# --- refusals: invoices -----------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.InvoiceNotFound) -> Told:
    return Told(f"There is no invoice {error.invoice}.", "See `gridpact invoice list`.")


@refusal.register
def _(error: errors.InvoiceIsPaid) -> Told:
    return Told(
        f"Invoice {error.invoice} was paid on {fmt.date(error.paid_ts)} and cannot be changed.",
        f"Correct it with `gridpact invoice correct {error.invoice} --kwh KWH --reason TEXT`, "
        "or see `gridpact invoice list --unpaid`.",
    )


@refusal.register
def _(error: errors.InvoiceWasVoided) -> Told:
    return Told(f"Invoice {error.invoice} was voided: there is nothing to pay.", "See `gridpact invoice list`.")


@refusal.register
def _(error: errors.InvoicesAtOnce) -> Told:
    return Told(f"One group pays 1 to {error.most} invoices, not {error.count}.", "Name fewer invoices.")


@refusal.register
def _(error: errors.SeveralBuyers) -> Told:
    return Told(
        f"These invoices have {len(error.buyers)} buyers, but one buyer pays a group.",
        "Pay each buyer's invoices separately.",
    )


@refusal.register
def _(error: errors.NotTheBuyer) -> Told:
    return Told(f"Invoice {error.invoice} is {error.buyer}'s, not {error.payer}'s.", "Use the buyer's key.")


@refusal.register
def _(error: errors.PartyIsApp) -> Told:
    return Told(
        f"The {error.what} is the account of {error.contract.value}, which nobody has the key to.",
        "Name an account that somebody has the key to.",
    )


@refusal.register
def _(error: errors.CannotHoldAsset) -> Told:
    return Told(
        f"The {error.what} {error.account} cannot hold {error.asset.unit}: it has not opted in, or is frozen.",
        f"Let it run `gridpact asset opt-in {error.asset.asset_id}`.",
    )


@refusal.register
def _(error: errors.BuyerControlsAsset) -> Told:
    return Told(
        f"The buyer {error.buyer} is {listed(error.roles)} of {error.asset.unit}, and could undo a payment.",
        "Name another settlement asset, or add --buyer-controls-asset.",
    )


# --- refusals: notes --------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.InvoiceNotPaid) -> Told:
    return Told(
        f"Invoice {error.invoice} is not paid, and a note corrects only a paid invoice.",
        f"Void it with `gridpact invoice void {error.invoice} --reason TEXT`, and allocate again.",
    )


@refusal.register
def _(error: errors.NothingToChargeYet) -> Told:
    return Told(
        f"Invoice {error.invoice} is not paid, and late interest and shortfall are charged only afterwards.",
        f"Let its buyer pay it first: `gridpact invoice pay {error.invoice}`.",
    )


@refusal.register
def _(error: errors.NoLateInterest) -> Told:
    if not error.bps:
        return Told(
            f"Agreement {error.invoice.agreement_id} asks for no late interest.",
            f"See `gridpact agreement show {error.invoice.agreement_id}`.",
        )
    why = "is less than the smallest unit of its asset" if error.days_late else "is none: it was paid in time"
    return Told(f"The late interest of invoice {error.invoice} {why}.", f"See `gridpact invoice show {error.invoice}`.")


@refusal.register
def _(error: errors.ShortfallTooSmall) -> Told:
    advice = f"See `gridpact invoice show {error.invoice}`."
    if not error.left_kwh:
        return Told(f"Invoice {error.invoice} has no shortfall to bill.", advice)
    left, wanted = fmt.energy_kwh(error.left_kwh), fmt.energy_kwh(error.kwh)
    return Told(f"Invoice {error.invoice} has a shortfall of {left} to bill, not {wanted}.", advice)


@refusal.register
def _(error: errors.NothingCorrected) -> Told:
    return Told(f"Invoice {error.invoice} would not change.", "Name kWh above or below 0.")


@refusal.register
def _(error: errors.CreditAboveInvoice) -> Told:
    left, wanted = fmt.energy_kwh(error.left_kwh), fmt.energy_kwh(error.kwh)
    return Told(
        f"Invoice {error.invoice} has {left} left to credit, not {wanted}.",
        f"See `gridpact invoice notes {error.invoice}`.",
    )


@refusal.register
def _(error: errors.NoteNotFound) -> Told:
    return Told(
        f"Invoice {error.invoice} has no note {error.number}.", f"See `gridpact invoice notes {error.invoice}`."
    )


@refusal.register
def _(error: errors.NoteNotACredit) -> Told:
    return Told(
        f"Note {error.invoice}/{error.number} is a charge, and only a credit is set against an invoice.",
        f"Let the buyer pay it with `gridpact invoice settle-note {error.invoice} {error.number}`.",
    )


@refusal.register
def _(error: errors.NoteIsClosed) -> Told:
    note = f"{error.invoice}/{error.number}"
    if error.applied_epoch:
        target = InvoiceId(error.invoice.agreement_id, error.applied_epoch)
        return Told(
            f"Note {note} is set against invoice {target}.",
            f"Release it while that is unpaid: `gridpact invoice release-credit {error.invoice} {error.number}`.",
        )
    return Told(f"Note {note} is closed.", f"See `gridpact invoice notes {error.invoice}`.")


@refusal.register
def _(error: errors.CreditTooLarge) -> Told:
    credit, due = fmt.money(error.amount, error.asset), fmt.money(error.due_amount, error.asset)
    return Told(
        f"The credit of {credit} is more than the {due} due.",
        f"Refund it with `gridpact invoice settle-note {error.invoice} {error.number}`, or name a larger invoice.",
    )


# --- inside -----------------------------------------------------------------------------------------------------------


def _terms(first_epoch: int, last_epoch: int, cap_kwh: int, due_day: int, treasury: str) -> str:
    cap = f", at most {fmt.energy_kwh(cap_kwh)} an epoch" if cap_kwh else ""
    span = f"from {fmt.epoch(first_epoch)} to {fmt.epoch(last_epoch)}"
    return f"{span}{cap}, due on day {due_day} of the following month, payable to {treasury}"


def _rate(bps: int) -> str:
    return fmt.percent(bps, cfg.BPS_OF_ONE)


def _name(event: Event) -> InvoiceId:
    return InvoiceId(event.number("agreementId"), event.number("epochId"))


def _note(event: Event) -> str:
    return f"{_name(event)}/{event.number('note')}"


def _covered(effect: InvoicePaid) -> str:
    return f"; credits cover {fmt.money(effect.applied_amount, effect.asset)} of it" if effect.applied_amount else ""


def _amount(event: Event, names: Names) -> str:
    return fmt.money(event.number("amount"), names.asset(event.number("assetId")))


def _hands(effect: AgreementCreated) -> str:
    """Who could freeze a payment, take it back, or name who can."""
    if not effect.asset.asset_id:
        return ""
    roles = effect.asset_roles
    named = (("manager", roles.manager), ("freeze", roles.freeze), ("clawback", roles.clawback))
    return "; its asset has " + listed(f"{name} {address or 'nobody'}" for name, address in named)
