"""Notes: corrections of paid invoices, charges on top of them, and their settlement."""

from gridpact import contracts
from gridpact.billing.app import Billing
from gridpact.billing.effects import (
    CreditApplied,
    CreditReleased,
    InterestCharged,
    NoteIssued,
    NotePaid,
    NoteVoided,
    ShortfallBilled,
)
from gridpact.billing.errors import (
    CreditAboveInvoice,
    CreditTooLarge,
    InvoiceIsPaid,
    InvoiceNotFound,
    InvoiceNotPaid,
    InvoiceWasVoided,
    NoLateInterest,
    NoteIsClosed,
    NoteNotACredit,
    NoteNotFound,
    NothingCorrected,
    NothingToChargeYet,
    ShortfallTooSmall,
)
from gridpact.billing.prices import days_late, late_interest
from gridpact.billing.read import Agreement, Invoice, InvoiceId, Note
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.assets import require_funds
from gridpact.chain.work import Work
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts.units import WH_PER_KWH
from gridpact.evidence import sha256
from gridpact.production.app import Production
from gridpact.units import Asset


def correct(
    billing: Billing, production: Production, sender: str, invoice_id: InvoiceId, change_kwh: int, reason: str
) -> Work:
    """Correct a paid invoice: a credit for energy that was too much, a debit for energy that was too little.

    Args:
        sender: the operator.
        invoice_id: the invoice.
        change_kwh: kWh added to the invoice; below 0 taken away.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        InvoiceNotFound, InvoiceNotPaid, NothingCorrected: of the invoice.
        CreditAboveInvoice: more is taken away than the invoice has left.
    """
    invoice = _paid_invoice(billing, invoice_id)
    if change_kwh == 0:
        raise NothingCorrected(invoice_id)
    is_credit, kwh = change_kwh < 0, abs(change_kwh)
    left_kwh = invoice.kwh - invoice.credited_kwh
    if is_credit and kwh > left_kwh:
        raise CreditAboveInvoice(invoice_id, left_kwh, kwh)
    ledger = production.final_ledger(invoice_id.epoch_id)
    moved_wh = kwh * WH_PER_KWH
    cured_wh = min(ledger.deficit_wh, moved_wh) if is_credit else 0
    parties = (invoice.treasury, invoice.buyer) if is_credit else (invoice.buyer, invoice.treasury)
    effect = NoteIssued(
        invoice=invoice_id,
        number=invoice.notes + 1,
        is_credit=is_credit,
        kwh=kwh,
        amount=kwh * invoice.price_per_kwh,
        asset=read_asset(billing.connection.algod, invoice.asset_id),
        payer=parties[0],
        payee=parties[1],
        reason=reason,
        cured_wh=cured_wh,
        remaining_wh=ledger.remaining_wh + moved_wh - cured_wh if is_credit else ledger.remaining_wh - moved_wh,
    )
    arguments = contracts.ppa_client.IssueNoteArgs(
        agreementId=invoice.agreement_id,
        epochId=invoice.epoch_id,
        kind=cfg.NOTE_CREDIT if is_credit else cfg.NOTE_DEBIT,
        kWhAmount=kwh,
        reasonHash=sha256(reason.encode()),
    )
    call = billing.calls.issue_note(sender, arguments, effect.number)
    return Work.one(sender, effect, billing.group().add(call))


def settle(billing: Billing, invoice_id: InvoiceId, number: int) -> Work:
    """Pay a note: a credit by the treasury, every other one by the buyer. One that is paid is done.

    Args:
        invoice_id: the invoice.
        number: of the note on it.

    Raises:
        InvoiceNotFound, NoteNotFound: there is none.
        NoteIsClosed: it was voided, or is set against another invoice.
        NotEnoughFunds: the payer has too little.
    """
    invoice = _invoice(billing, invoice_id)
    note = _note(billing, invoice_id, number)
    payer, payee = (invoice.buyer, invoice.treasury)
    if note.is_credit:
        payer, payee = payee, payer
    asset = read_asset(billing.connection.algod, invoice.asset_id)
    effect = NotePaid(invoice_id, number, note.amount, asset, payee, note.settled_ts)
    if note.status == cfg.NOTE_SETTLED:
        return Work(payer, done=(effect,))
    if not note.is_open:
        raise NoteIsClosed(invoice_id, number, note.applied_epoch)
    require_funds(billing.connection.algod, payer, note.amount, asset)
    call = billing.calls.note_settlement(invoice.agreement_id, invoice.epoch_id, number, note, invoice)
    return Work.one(payer, effect, billing.group().add(call))


def apply_credit(billing: Billing, sender: str, invoice_id: InvoiceId, number: int, to_epoch_id: int) -> Work:
    """Set an open credit against an unpaid invoice of the same agreement. Where that was done, nothing is left to do.

    Args:
        sender: the operator.
        invoice_id: the credited invoice.
        number: of the credit on it.
        to_epoch_id: month of the invoice that is due less, YYYYMM.

    Raises:
        InvoiceNotFound, NoteNotFound: there is none.
        NoteNotACredit: it is a charge.
        NoteIsClosed: it is paid, voided, or set against another invoice.
        InvoiceIsPaid, InvoiceWasVoided: nothing is due of the other invoice.
        CreditTooLarge: the credit is more than is due.
    """
    credited = _invoice(billing, invoice_id)
    note = _note(billing, invoice_id, number)
    if not note.is_credit:
        raise NoteNotACredit(invoice_id, number)
    target = _invoice(billing, InvoiceId(invoice_id.agreement_id, to_epoch_id))
    asset = read_asset(billing.connection.algod, credited.asset_id)
    if note.status == cfg.NOTE_APPLIED and note.applied_epoch == to_epoch_id:
        effect = CreditApplied(invoice_id, number, target.invoice_id, note.amount, target.due_amount, asset)
        return Work(sender, done=(effect,))
    if not note.is_open:
        raise NoteIsClosed(invoice_id, number, note.applied_epoch)
    if not target.is_live:
        raise InvoiceWasVoided(target.invoice_id)
    if target.is_paid:
        raise InvoiceIsPaid(target.invoice_id, target.paid_ts)
    due = target.due_amount - note.amount
    if due < 0:
        raise CreditTooLarge(invoice_id, number, note.amount, target.due_amount, asset)
    effect = CreditApplied(invoice_id, number, target.invoice_id, note.amount, due, asset)
    arguments = contracts.ppa_client.ApplyCreditArgs(
        agreementId=invoice_id.agreement_id, epochId=invoice_id.epoch_id, note=number, toEpochId=to_epoch_id
    )
    return Work.one(sender, effect, billing.group().add(billing.calls.apply_credit(sender, arguments)))


def release_credit(billing: Billing, sender: str, invoice_id: InvoiceId, number: int) -> Work:
    """Open a credit again that is set against an unpaid invoice. Where it is open, nothing is left to do.

    Args:
        sender: the operator.
        invoice_id: the credited invoice.
        number: of the credit on it.

    Raises:
        InvoiceNotFound, NoteNotFound: there is none.
        NoteNotACredit: it is a charge.
        NoteIsClosed: it is paid or voided.
        InvoiceIsPaid: the invoice that it is set against is paid.
    """
    credited = _invoice(billing, invoice_id)
    note = _note(billing, invoice_id, number)
    if not note.is_credit:
        raise NoteNotACredit(invoice_id, number)
    asset = read_asset(billing.connection.algod, credited.asset_id)
    if note.is_open:
        return Work(sender, done=(CreditReleased(invoice_id, number, 0, note.amount, 0, asset),))
    if note.status != cfg.NOTE_APPLIED:
        raise NoteIsClosed(invoice_id, number, 0)
    target = _invoice(billing, InvoiceId(invoice_id.agreement_id, note.applied_epoch))
    if target.is_paid:
        raise InvoiceIsPaid(target.invoice_id, target.paid_ts)
    due = target.due_amount + note.amount
    effect = CreditReleased(invoice_id, number, note.applied_epoch, note.amount, due, asset)
    arguments = contracts.ppa_client.ReleaseCreditArgs(
        agreementId=invoice_id.agreement_id, epochId=invoice_id.epoch_id, note=number
    )
    call = billing.calls.release_credit(sender, arguments, note.applied_epoch)
    return Work.one(sender, effect, billing.group().add(call))


def void(billing: Billing, sender: str, invoice_id: InvoiceId, number: int, reason: str) -> Work:
    """Take an open note back, and its energy with it. Late interest that is taken back is not charged again.

    Args:
        sender: the operator.
        invoice_id: the invoice.
        number: of the note on it.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        InvoiceNotFound, NoteNotFound: there is none.
        NoteIsClosed: it is paid, or set against an invoice.
    """
    invoice = _invoice(billing, invoice_id)
    note = _note(billing, invoice_id, number)
    asset = read_asset(billing.connection.algod, invoice.asset_id)
    effect = NoteVoided(invoice_id, number, note.what, note.kwh, note.amount, asset, reason)
    if note.status == cfg.NOTE_VOID:
        return Work(sender, done=(effect,))
    if not note.is_open:
        raise NoteIsClosed(invoice_id, number, note.applied_epoch)
    arguments = contracts.ppa_client.VoidNoteArgs(
        agreementId=invoice_id.agreement_id,
        epochId=invoice_id.epoch_id,
        note=number,
        reasonHash=sha256(reason.encode()),
    )
    return Work.one(sender, effect, billing.group().add(billing.calls.void_note(sender, arguments, note.kind)))


# --- charges ----------------------------------------------------------------------------------------------------------


def charge_interest(billing: Billing, sender: str, invoice_id: InvoiceId) -> Work:
    """Charge the late interest of a paid invoice. It is charged once: where that was done, nothing is left to do.

    Args:
        sender: anybody; puts the note's storage deposit down.
        invoice_id: the invoice.

    Raises:
        InvoiceNotFound, NothingToChargeYet: of the invoice.
        NoLateInterest: none is due.
    """
    invoice = _invoice(billing, invoice_id)
    agreement = billing.agreements([invoice.agreement_id])[invoice.agreement_id]
    effect = interest(invoice, agreement, read_asset(billing.connection.algod, invoice.asset_id))
    if invoice.interest_note:
        return Work(sender, done=(effect,))
    if not invoice.is_paid:
        raise NothingToChargeYet(invoice_id)
    if not effect.amount:
        raise NoLateInterest(invoice_id, effect.days_late, effect.bps)
    call = billing.calls.issue_interest(sender, *invoice_id, effect.number)
    return Work.one(sender, effect, billing.group().add(call))


def interest(invoice: Invoice, agreement: Agreement, asset: Asset) -> InterestCharged:
    """The late interest of an invoice, charged or not; its amount is 0 where none is due.

    Args:
        invoice: the invoice.
        agreement: its agreement.
        asset: what it is paid in.
    """
    paid, bps = invoice.due_amount, agreement.terms.late_interest_bps
    return InterestCharged(
        invoice=invoice.invoice_id,
        number=invoice.interest_note or invoice.notes + 1,
        paid_amount=paid,
        days_late=days_late(invoice.due_ts, invoice.paid_ts),
        bps=bps,
        amount=late_interest(paid, bps, invoice.due_ts, invoice.paid_ts),
        asset=asset,
        payer=invoice.buyer,
        payee=invoice.treasury,
    )


def bill_shortfall(billing: Billing, sender: str, invoice_id: InvoiceId, kwh: int | None, reason: str) -> Work:
    """Bill what a paid invoice is below the agreement's minimum, at the invoice's price. No energy moves.

    Args:
        sender: the operator.
        invoice_id: the invoice.
        kwh: how much of it; None is all that is not billed. Where all of it is, nothing is left to do.
        reason: the written reason; its SHA-256 goes on chain.

    Raises:
        InvoiceNotFound, NothingToChargeYet: of the invoice.
        ShortfallTooSmall: the shortfall has less left.
    """
    invoice = _invoice(billing, invoice_id)
    if not invoice.is_paid:
        raise NothingToChargeYet(invoice_id)
    left_kwh = invoice.unbilled_shortfall_kwh
    wanted_kwh = left_kwh if kwh is None else kwh
    effect = ShortfallBilled(
        invoice=invoice_id,
        number=invoice.notes + 1,
        kwh=wanted_kwh,
        amount=wanted_kwh * invoice.price_per_kwh,
        asset=read_asset(billing.connection.algod, invoice.asset_id),
        payer=invoice.buyer,
        payee=invoice.treasury,
        reason=reason,
    )
    if kwh is None and invoice.shortfall_kwh and not left_kwh:
        return Work(sender, done=(effect,))
    if not 0 < wanted_kwh <= left_kwh:
        raise ShortfallTooSmall(invoice_id, left_kwh, wanted_kwh)
    arguments = contracts.ppa_client.IssueNoteArgs(
        agreementId=invoice.agreement_id,
        epochId=invoice.epoch_id,
        kind=cfg.NOTE_SHORTFALL,
        kWhAmount=wanted_kwh,
        reasonHash=sha256(reason.encode()),
    )
    call = billing.calls.issue_note(sender, arguments, effect.number)
    return Work.one(sender, effect, billing.group().add(call))


# --- inside -----------------------------------------------------------------------------------------------------------


def _invoice(billing: Billing, invoice_id: InvoiceId) -> Invoice:
    invoice = billing.invoice(*invoice_id)
    if invoice is None:
        raise InvoiceNotFound(invoice_id)
    return invoice


def _paid_invoice(billing: Billing, invoice_id: InvoiceId) -> Invoice:
    invoice = _invoice(billing, invoice_id)
    if not invoice.is_paid:
        raise InvoiceNotPaid(invoice_id)
    return invoice


def _note(billing: Billing, invoice_id: InvoiceId, number: int) -> Note:
    note = billing.note(invoice_id, number)
    if note is None:
        raise NoteNotFound(invoice_id, number)
    return note
