"""Invoices, each revision of them, what was paid, and their notes."""

from gridpact.contracts import ppa_config as cfg
from gridpact.history.projection.rows import Handler, Rows, Told
from gridpact.history.tables import Invoice, Note, Payment, Status


def issued(rows: Rows, told: Told) -> None:
    """An agreement was billed for a month."""
    epoch_id, agreement_id, revision = key = _key(told)
    if revision > 1:
        rows.get(Invoice, epoch_id, agreement_id, revision - 1).is_latest = False
    invoice = Invoice(
        epoch_id=epoch_id,
        agreement_id=agreement_id,
        revision=revision,
        is_latest=True,
        kwh=told.event.number("kwh"),
        price_per_kwh=told.event.number("pricePerKwh"),
        amount=told.event.number("amount"),
        asset_id=told.event.number("assetId"),
        buyer=told.event.text("buyer"),
        treasury=told.event.text("treasury"),
        issued_ts=told.ts,
        due_ts=told.event.number("dueTs"),
        status=Status.ISSUED,
        issued_event_id=told.event_id,
    )
    rows.add(invoice, *key)


def voided(rows: Rows, told: Told) -> None:
    """An invoice was taken back."""
    invoice = rows.get(Invoice, *_key(told))
    invoice.status = Status.VOID
    invoice.voided_ts = told.ts
    invoice.void_reason_hash = told.event.text("reasonHash")
    invoice.closed_event_id = told.event_id


def paid(rows: Rows, told: Told) -> None:
    """The buyer paid the treasury."""
    epoch_id, agreement_id, revision = key = _key(told)
    invoice = rows.get(Invoice, *key)
    invoice.status = Status.PAID
    invoice.paid_ts = told.ts
    invoice.paid_round = told.event.number("paidRound")
    invoice.closed_event_id = told.event_id
    due_amount = told.event.number("amount") - told.event.number("appliedAmount")
    if due_amount == 0:
        return  # credits cover it: nobody paid
    assert told.moved is not None  # the contract refuses a settlement without a payment
    payment = Payment(
        event_id=told.event_id,
        agreement_id=agreement_id,
        epoch_id=epoch_id,
        revision=revision,
        buyer=told.event.text("buyer"),
        treasury=told.event.text("treasury"),
        asset_id=told.event.number("assetId"),
        amount=due_amount,
        paid_ts=told.ts,
        round=told.event.cursor.round,
        txid=told.event.txid,
        payment_txid=told.moved.txid,
        payment_id=told.moved.transaction_id,
    )
    rows.add(payment, told.event_id)


def note_issued(rows: Rows, told: Told) -> None:
    """A paid invoice was corrected, or charged for."""
    epoch_id, agreement_id, number = key = _note_key(told)
    note = Note(
        epoch_id=epoch_id,
        agreement_id=agreement_id,
        number=number,
        kind=told.event.number("kind"),
        kwh=told.event.number("kwh"),
        amount=told.event.number("amount"),
        asset_id=told.event.number("assetId"),
        payer=told.event.text("payer"),
        payee=told.event.text("payee"),
        reason_hash=told.event.text("reasonHash"),
        issued_ts=told.ts,
        status=cfg.NOTE_OPEN,
        applied_epoch=0,
        issued_event_id=told.event_id,
    )
    rows.add(note, *key)


def note_settled(rows: Rows, told: Told) -> None:
    """The payer of a note paid its payee."""
    note = rows.get(Note, *_note_key(told))
    note.status = cfg.NOTE_SETTLED
    note.settled_ts = told.ts
    note.closed_event_id = told.event_id


def note_voided(rows: Rows, told: Told) -> None:
    """An open note was taken back."""
    note = rows.get(Note, *_note_key(told))
    note.status = cfg.NOTE_VOID
    note.closed_event_id = told.event_id


def credit_applied(rows: Rows, told: Told) -> None:
    """A credit was set against an unpaid invoice."""
    note = rows.get(Note, *_note_key(told))
    note.status = cfg.NOTE_APPLIED
    note.applied_epoch = told.event.number("toEpochId")
    note.closed_event_id = told.event_id


def credit_released(rows: Rows, told: Told) -> None:
    """A credit is open again."""
    note = rows.get(Note, *_note_key(told))
    note.status = cfg.NOTE_OPEN
    note.applied_epoch = 0
    note.closed_event_id = None


def _note_key(told: Told) -> tuple[int, int, int]:
    return told.event.number("epochId"), told.event.number("agreementId"), told.event.number("note")


def _key(told: Told) -> tuple[int, int, int]:
    return told.event.number("epochId"), told.event.number("agreementId"), told.event.number("revision")


HANDLERS: dict[str, Handler] = {
    "InvoiceIssued": issued,
    "InvoiceVoided": voided,
    "InvoicePaid": paid,
    "NoteIssued": note_issued,
    "NoteSettled": note_settled,
    "NoteVoided": note_voided,
    "CreditApplied": credit_applied,
    "CreditReleased": credit_released,
}
