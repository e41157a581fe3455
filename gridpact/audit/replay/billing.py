"""PPA: an invoice is kWh times the agreement's price, its energy is drawn once, and it is paid once."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar, Final

from algosdk import abi

from gridpact.audit.findings import Findings, Kind, Rule, Subject
from gridpact.audit.replay.app import Replay, Told, ids, on
from gridpact.chain.specs import Contract
from gridpact.contracts.ppa_layout import Agreement, AgreementTerms, GlobalState, Invoice, Note

ISSUED: Final = 10
PAID: Final = 20
VOID: Final = 30
WH_PER_KWH: Final = 1_000

CREDIT: Final = 1
DEBIT: Final = 2
INTEREST: Final = 3
SHORTFALL: Final = 4

OPEN: Final = 10
APPLIED: Final = 15
SETTLED: Final = 20
NOTE_VOID: Final = 30

ONE_IN_BPS: Final = 10_000
DAYS_A_YEAR: Final = 365
SECONDS_A_DAY: Final = 86_400
INVOICE_FIELDS: Final = {
    "kwh": "kwh",
    "pricePerKwh": "price_per_kwh",
    "amount": "amount",
    "assetId": "asset_id",
    "buyer": "buyer",
    "treasury": "treasury",
    "dueTs": "due_ts",
    "revision": "revision",
}
"""What each event of an invoice repeats: its field, and the invoice's."""


def due_ts(epoch_id: int, due_day: int) -> int:
    """23:59:59 UTC of the due day of the month after the epoch."""
    year, month = divmod(epoch_id, 100)
    year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return int(datetime(year, month, due_day, 23, 59, 59, tzinfo=UTC).timestamp())


def price_of(terms: AgreementTerms, epoch_id: int) -> int:
    """The price of a month."""
    return escalated(terms.price_per_kwh, terms.escalator_bps, full_years(terms.first_epoch, epoch_id))


def full_years(first_epoch: int, epoch_id: int) -> int:
    """Years between two months that are over."""
    return (_month(epoch_id) - _month(first_epoch)) // 12


def escalated(price: int, bps: int, years: int) -> int:
    """Compounded from the base price for each full year, and rounded once, half up."""
    risen: int = (ONE_IN_BPS + bps) ** years
    whole: int = ONE_IN_BPS**years
    return (2 * price * risen + whole) // (2 * whole)


def interest(invoice: Invoice, bps: int) -> int:
    """Simple interest on what was paid late, actual/365, by whole days (UTC), rounded down."""
    days = invoice.paid_ts // SECONDS_A_DAY - invoice.due_ts // SECONDS_A_DAY
    return (invoice.amount - invoice.applied_amount) * bps * days // (ONE_IN_BPS * DAYS_A_YEAR)


@dataclass(slots=True)
class Income:
    """What one treasury got in one asset, in base units."""

    treasury: str
    asset_id: int
    received: int = 0
    """For invoices, and for notes that charge something."""
    refunded: int = 0
    """For credit notes."""
    payments: int = 0
    """Both ways."""


class BillingReplay(Replay):
    """Agreements, invoices, settlements.

    Attributes:
        income: of each treasury in each asset, by the payments that moved.
    """

    contract: ClassVar = Contract.PPA
    keys: ClassVar = GlobalState
    names: ClassVar = {b"a": Kind.AGREEMENT, b"i": Kind.INVOICE, b"n": Kind.NOTE}

    def __init__(self, findings: Findings, app_id: int) -> None:
        """An app that does not exist yet."""
        super().__init__(findings, app_id)
        self.income: Final[dict[tuple[str, int], Income]] = {}

    @on("AgreementCreated")
    def agreement_created(self, told: Told) -> None:
        """Ids count from 1; terms are never edited."""
        self.by_operator(told)
        self.add("agreement_count", 1)
        agreement_id = told.number("agreementId")
        self.expect(Rule.EVENT, _agreement(told), "agreementId", self.state["agreement_count"], agreement_id, told)
        terms = AgreementTerms(
            buyer=told.text("buyer"),
            treasury=told.text("treasury"),
            asset_id=told.number("assetId"),
            price_per_kwh=told.number("pricePerKwh"),
            escalator_bps=told.number("escalatorBps"),
            minimum_kwh=told.number("minimumKwh"),
            late_interest_bps=told.number("lateInterestBps"),
            first_epoch=told.number("firstEpoch"),
            last_epoch=told.number("lastEpoch"),
            cap_kwh=told.number("capKwh"),
            due_day=told.number("dueDay"),
            contract_hash=told.raw("contractHash"),
            requires_acceptance=told.flag("requiresAcceptance"),
        )
        self.boxes[b"a" + ids(agreement_id)] = Agreement(
            terms=terms,
            last_epoch=terms.last_epoch,
            allocated_kwh=0,
            invoiced_amount=0,
            paid_amount=0,
            invoices=0,
            paid_invoices=0,
            credited_amount=0,
            debited_amount=0,
            accepted_ts=0,
        )

    @on("AgreementAccepted")
    def agreement_accepted(self, told: Told) -> None:
        """By the buyer."""
        name = b"a" + ids(told.number("agreementId"))
        before: Agreement | None = self.change(name, _agreement(told), told, accepted_ts=told.ts)
        if before is not None:
            buyer, sender = before.terms.buyer, told.call.transaction.sender
            self.expect(Rule.EVENT, _agreement(told), "buyer", (buyer, buyer), (told.text("buyer"), sender), told)
            terms_hash = sha256(_encoded(before.terms)).digest()
            self.expect(Rule.EVENT, _agreement(told), "termsHash", terms_hash, told.raw("termsHash"), told)
            self.expect(Rule.ORDER, _agreement(told), "accepted before", 0, before.accepted_ts, told)

    @on("AgreementEnded")
    def agreement_ended(self, told: Told) -> None:
        """Earlier than it was."""
        self.by_operator(told)
        subject = _agreement(told)
        before: Agreement | None = self.change(
            b"a" + ids(told.number("agreementId")), subject, told, last_epoch=told.number("lastEpoch")
        )
        if before is not None:
            found = told.number("previousLastEpoch")
            self.expect(Rule.EVENT, subject, "previousLastEpoch", before.last_epoch, found, told)
            self.must(Rule.EVENT, subject, "earlier", told, holds=told.number("lastEpoch") < before.last_epoch)

    @on("InvoiceIssued")
    def invoice_issued(self, told: Told) -> None:
        """One live invoice for each agreement and month, of energy that KWhReceipt gave for it."""
        self.by_operator(told)
        name, subject = b"i" + _key(told), _invoice(told)
        agreement: Agreement | None = self.boxes.get(b"a" + ids(told.number("agreementId")))
        if not self.must(Rule.ORDER, subject, "agreement", told, holds=agreement is not None) or agreement is None:
            return
        before: Invoice | None = self.boxes.get(name)
        if before is not None:
            self.expect(Rule.ORDER, subject, "status before", VOID, before.status, told)
            self.add("void_invoices", -1)
        terms, kwh = agreement.terms, told.number("kwh")
        price = price_of(terms, told.number("epochId"))
        is_accepted = not terms.requires_acceptance or agreement.accepted_ts > 0
        self.must(Rule.EVENT, subject, "accepted by the buyer", told, holds=is_accepted)
        is_covered = terms.first_epoch <= told.number("epochId") <= agreement.last_epoch
        self.must(Rule.EVENT, subject, "covered by the agreement", told, holds=is_covered)
        self.must(Rule.EVENT, subject, "below the cap", told, holds=not terms.cap_kwh or kwh <= terms.cap_kwh)
        invoice = Invoice(
            kwh=kwh,
            price_per_kwh=price,
            amount=kwh * price,
            asset_id=terms.asset_id,
            buyer=terms.buyer,
            treasury=terms.treasury,
            issued_ts=told.ts,
            due_ts=due_ts(told.number("epochId"), terms.due_day),
            status=ISSUED,
            revision=1 if before is None else before.revision + 1,
            notes=0,
            paid_ts=0,
            paid_round=0,
            shortfall_kwh=max(0, terms.minimum_kwh - kwh),
            applied_amount=0,
            credited_kwh=0,
            credited_amount=0,
            debited_kwh=0,
            debited_amount=0,
            billed_shortfall_kwh=0,
            settled_notes=0,
            interest_note=0,
        )
        self._repeats(told, invoice)
        self.expect(Rule.EVENT, subject, "shortfallKwh", invoice.shortfall_kwh, told.number("shortfallKwh"), told)
        self._drew("EnergyDrawn", told, kwh)
        self.boxes[name] = invoice
        self._bill(told, kwh, invoice.amount, 1)
        self.add("allocated_kwh", kwh)
        self.add("issued_invoices", 1)

    @on("InvoiceVoided")
    def invoice_voided(self, told: Told) -> None:
        """An unpaid one; its energy goes back."""
        self.by_operator(told)
        before = self._close(told, status=VOID)
        if before is None:
            return
        repeated = (before.issued_ts, before.notes, before.shortfall_kwh)
        found = tuple(told.number(field) for field in ("issuedTs", "notes", "shortfallKwh"))
        self.expect(Rule.EVENT, _invoice(told), "issuedTs, notes, shortfallKwh", repeated, found, told)
        self._drew("EnergyReturned", told, before.kwh)
        self._bill(told, -before.kwh, -before.amount, -1)
        self.add("allocated_kwh", -before.kwh)
        self.add("issued_invoices", -1)
        self.add("void_invoices", 1)

    @on("InvoicePaid")
    def invoice_paid(self, told: Told) -> None:
        """By the payment directly before it, from buyer to treasury, of the exact amount."""
        before = self._close(told, status=PAID, paid_ts=told.ts, paid_round=told.number("paidRound"))
        if before is None:
            return
        self.expect(Rule.EVENT, _invoice(told), "paidRound", told.call.root.round, told.number("paidRound"), told)
        applied = told.number("appliedAmount")
        self.expect(Rule.EVENT, _invoice(told), "appliedAmount", before.applied_amount, applied, told)
        due = before.amount - before.applied_amount
        # What credits cover whole is paid by the operator's call that applied the last of them.
        if due:
            self.expect(Rule.PAYMENT, _invoice(told), "caller", before.buyer, told.call.transaction.sender, told)
            self.paid(told, _invoice(told), before.asset_id, before.buyer, before.treasury, due)
            self._received(told)
        name = b"a" + ids(told.number("agreementId"))
        agreement: Agreement = self.boxes[name]
        self.boxes[name] = replace(
            agreement,
            paid_amount=agreement.paid_amount + before.amount,
            paid_invoices=agreement.paid_invoices + 1,
        )
        self.add("issued_invoices", -1)
        self.add("paid_invoices", 1)

    # --- notes ------------------------------------------------------------------------------------------------------

    @on("NoteIssued")
    def note_issued(self, told: Told) -> None:
        """On a paid invoice, at its price; a credit is never more than what is left of it."""
        invoice: Invoice | None = self.boxes.get(b"i" + _key(told))
        subject, kind, kwh, amount = _note(told), told.number("kind"), told.number("kwh"), told.number("amount")
        is_paid = invoice is not None and invoice.status == PAID
        if not self.must(Rule.ORDER, subject, "invoice paid", told, holds=is_paid) or invoice is None:
            return
        agreement: Agreement = self.boxes[b"a" + ids(told.number("agreementId"))]
        self.expect(Rule.EVENT, subject, "note", invoice.notes + 1, told.number("note"), told)
        self.expect(Rule.EVENT, subject, "assetId", invoice.asset_id, told.number("assetId"), told)
        parties = _parties(invoice, kind)
        self.expect(Rule.EVENT, subject, "payer and payee", parties, (told.text("payer"), told.text("payee")), told)
        due = kwh * invoice.price_per_kwh
        changes: dict[str, int] = {}
        if kind == INTEREST:
            due = interest(invoice, agreement.terms.late_interest_bps)
            self.must(Rule.ORDER, subject, "once", told, holds=not invoice.interest_note)
            changes["interest_note"] = told.number("note")
        else:
            self.by_operator(told)
        self.expect(Rule.EVENT, subject, "amount", due, amount, told)
        if kind == CREDIT:
            is_within = kwh <= invoice.kwh - invoice.credited_kwh
            self.must(Rule.EVENT, subject, "within its invoice", told, holds=is_within)
        cap_kwh = agreement.terms.cap_kwh
        if kind == DEBIT and cap_kwh:
            net_kwh = invoice.kwh - invoice.credited_kwh + invoice.debited_kwh + kwh
            self.must(Rule.EVENT, subject, "below the cap", told, holds=net_kwh <= cap_kwh)
        if kind == SHORTFALL:
            is_within = kwh <= invoice.shortfall_kwh - invoice.billed_shortfall_kwh
            self.must(Rule.EVENT, subject, "within the shortfall", told, holds=is_within)
        self._count_note(told, invoice, kind, kwh, amount, notes=invoice.notes + 1, **changes)
        self.boxes[b"n" + _note_key(told)] = Note(
            kind=kind,
            kwh=kwh,
            amount=amount,
            status=OPEN,
            reason_hash=told.raw("reasonHash"),
            issued_ts=told.ts,
            settled_ts=0,
            settled_round=0,
            applied_epoch=0,
        )

    @on("NoteSettled")
    def note_settled(self, told: Told) -> None:
        """By the payment directly before it, of the exact amount, from its payer to its payee."""
        changes = {"status": SETTLED, "settled_ts": told.ts, "settled_round": told.number("settledRound")}
        before = self._take_note(told, OPEN, **changes)
        invoice: Invoice | None = self.boxes.get(b"i" + _key(told))
        if before is None or invoice is None:
            return
        subject = _note(told)
        self.expect(Rule.EVENT, subject, "settledRound", told.call.root.round, told.number("settledRound"), told)
        payer, payee = _parties(invoice, before.kind)
        repeated = (before.kind, before.amount, invoice.asset_id, payer, payee)
        found = tuple(told.event.fields[field] for field in ("kind", "amount", "assetId", "payer", "payee"))
        self.expect(Rule.EVENT, subject, "kind, amount, assetId, payer, payee", repeated, found, told)
        self.expect(Rule.PAYMENT, subject, "caller", payer, told.call.transaction.sender, told)
        self.paid(told, subject, invoice.asset_id, payer, payee, before.amount)
        if before.kind == CREDIT:
            self._refunded(told)
        else:
            self._received(told)
        self.boxes[b"i" + _key(told)] = replace(invoice, settled_notes=invoice.settled_notes + 1)

    @on("NoteVoided")
    def note_voided(self, told: Told) -> None:
        """An open one; its energy goes back where it came from."""
        self.by_operator(told)
        before = self._take_note(told, OPEN, status=NOTE_VOID)
        invoice: Invoice | None = self.boxes.get(b"i" + _key(told))
        if before is not None and invoice is not None:
            repeated = (before.kind, before.kwh, before.amount)
            found = tuple(told.number(field) for field in ("kind", "kwh", "amount"))
            self.expect(Rule.EVENT, _note(told), "kind, kwh, amount", repeated, found, told)
            self._count_note(told, invoice, before.kind, -before.kwh, -before.amount)

    @on("CreditApplied")
    def credit_applied(self, told: Told) -> None:
        """An open credit against an unpaid invoice of the same agreement, at most what is due of it."""
        self.by_operator(told)
        before = self._take_note(told, OPEN, status=APPLIED, applied_epoch=told.number("toEpochId"))
        if before is not None:
            self.expect(Rule.EVENT, _note(told), "kind", CREDIT, before.kind, told)
            self._apply(told, before, before.amount, 1)

    @on("CreditReleased")
    def credit_released(self, told: Told) -> None:
        """One that was applied to an invoice which is not paid yet."""
        self.by_operator(told)
        before = self._take_note(told, APPLIED, status=OPEN, applied_epoch=0)
        if before is not None:
            self.expect(Rule.EVENT, _note(told), "toEpochId", before.applied_epoch, told.number("toEpochId"), told)
            self._apply(told, before, -before.amount, -1)

    def _apply(self, told: Told, note: Note, amount: int, notes: int) -> None:
        self.expect(Rule.EVENT, _note(told), "amount", note.amount, told.number("amount"), told)
        credited: Invoice = self.boxes[b"i" + _key(told)]
        self.boxes[b"i" + _key(told)] = replace(credited, settled_notes=credited.settled_notes + notes)
        name = b"i" + ids(told.number("agreementId"), told.number("toEpochId"))
        other: Invoice | None = self.boxes.get(name)
        is_unpaid = other is not None and other.status == ISSUED
        if self.must(Rule.ORDER, _note(told), "against an unpaid invoice", told, holds=is_unpaid) and other is not None:
            self.boxes[name] = replace(other, applied_amount=other.applied_amount + amount)
            due = other.amount - other.applied_amount - amount
            self.expect(Rule.EVENT, _note(told), "dueAmount", due, told.number("dueAmount"), told)
            self.must(Rule.EVENT, _note(told), "within what is due", told, holds=due >= 0)

    def _take_note(self, told: Told, was: int, **changes: object) -> Note | None:
        before: Note | None = self.change(b"n" + _note_key(told), _note(told), told, **changes)
        if before is not None:
            self.expect(Rule.ORDER, _note(told), "status before", was, before.status, told)
        return before

    def _count_note(self, told: Told, invoice: Invoice, kind: int, kwh: int, amount: int, **changes: int) -> None:
        """What a note adds to its invoice and its agreement; less where it is voided. Energy moves with it."""
        side = "credited" if kind == CREDIT else "debited"
        changes |= {f"{side}_amount": getattr(invoice, f"{side}_amount") + amount}
        if kind in (CREDIT, DEBIT):
            changes |= {f"{side}_kwh": getattr(invoice, f"{side}_kwh") + kwh}
        if kind == SHORTFALL:
            changes |= {"billed_shortfall_kwh": invoice.billed_shortfall_kwh + kwh}
        more: dict[str, Any] = changes
        self.boxes[b"i" + _key(told)] = replace(invoice, **more)
        drawn = {CREDIT: -kwh, DEBIT: kwh}.get(kind, 0)
        if drawn:
            self._drew("EnergyDrawn" if drawn > 0 else "EnergyReturned", told, abs(drawn), _note(told))
        name = b"a" + ids(told.number("agreementId"))
        agreement: Agreement = self.boxes[name]
        sums = {f"{side}_amount": getattr(agreement, f"{side}_amount") + amount}
        self.boxes[name] = replace(agreement, allocated_kwh=agreement.allocated_kwh + drawn, **sums)
        self.add("allocated_kwh", drawn)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _received(self, told: Told) -> None:
        """Whoever the payment went to, got it."""
        payment = told.call.before
        if payment is not None and payment.receiver is not None:
            self._income(payment.receiver, payment.asset_id).received += payment.amount

    def _refunded(self, told: Told) -> None:
        payment = told.call.before
        if payment is not None:
            self._income(payment.sender, payment.asset_id).refunded += payment.amount

    def _income(self, treasury: str, asset_id: int) -> Income:
        income = self.income.setdefault((treasury, asset_id), Income(treasury, asset_id))
        income.payments += 1
        return income

    def _close(self, told: Told, **changes: object) -> Invoice | None:
        """An issued invoice gets its end; its event repeats what it pinned."""
        before: Invoice | None = self.change(b"i" + _key(told), _invoice(told), told, **changes)
        if before is not None:
            self.expect(Rule.ORDER, _invoice(told), "status before", ISSUED, before.status, told)
            self._repeats(told, before)
        return before

    def _repeats(self, told: Told, invoice: Invoice) -> None:
        for field, pinned in INVOICE_FIELDS.items():
            found = told.event.fields[field]
            self.expect(Rule.EVENT, _invoice(told), field, getattr(invoice, pinned), found, told)

    def _drew(self, event: str, told: Told, kwh: int, subject: Subject | None = None) -> None:
        names = ("reference", "epochId", "wh")
        moved = [tuple(one.number(name) for name in names) for one in told.call.inner_events(event)]
        due = [(told.number("agreementId"), told.number("epochId"), kwh * WH_PER_KWH)]
        self.expect(Rule.DRAW, subject or _invoice(told), event, due, moved, told)

    def _bill(self, told: Told, kwh: int, amount: int, invoices: int) -> None:
        name = b"a" + ids(told.number("agreementId"))
        agreement: Agreement = self.boxes[name]
        self.boxes[name] = replace(
            agreement,
            allocated_kwh=agreement.allocated_kwh + kwh,
            invoiced_amount=agreement.invoiced_amount + amount,
            invoices=agreement.invoices + invoices,
        )


def _encoded(terms: AgreementTerms) -> bytes:
    """As they stand in the box."""
    values = [getattr(terms, field.name) for field in fields(terms)]
    return bytes(abi.ABIType.from_string(terms.ABI).encode(values))


def _key(told: Told) -> bytes:
    return ids(told.number("agreementId"), told.number("epochId"))


def _note_key(told: Told) -> bytes:
    return ids(told.number("agreementId"), told.number("epochId"), told.number("note"))


def _parties(invoice: Invoice, kind: int) -> tuple[str, str]:
    """Who pays whom for a note."""
    return (invoice.treasury, invoice.buyer) if kind == CREDIT else (invoice.buyer, invoice.treasury)


def _month(epoch_id: int) -> int:
    year, month = divmod(epoch_id, 100)
    return year * 12 + month


def _note(told: Told) -> Subject:
    return Subject(Kind.NOTE, f"{told.number('agreementId')}/{told.number('epochId')}/{told.number('note')}")


def _agreement(told: Told) -> Subject:
    return Subject(Kind.AGREEMENT, str(told.number("agreementId")))


def _invoice(told: Told) -> Subject:
    return Subject(Kind.INVOICE, f"{told.number('agreementId')}/{told.number('epochId')}")
