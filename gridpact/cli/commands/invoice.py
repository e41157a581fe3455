"""`gridpact invoice`: invoices, and their payment.

What a single command needs beside the lists is imported by it: a list of invoices starts without.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gridpact import units as fmt
from gridpact.addresses import AddressBook
from gridpact.billing.read import Invoice as Held
from gridpact.billing.read import InvoiceId, InvoiceStatus, Note
from gridpact.chain.assets import assets
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, document, documents, figure, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, ID_OPTION, INVOICE, Invoice, parser, whole_number
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.units import Asset

if TYPE_CHECKING:
    from gridpact.cli.trail import Entry
    from gridpact.history.events import Event

NO_INVOICE: Final = "There is no invoice."


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Invoices, and their payment.", no_args_is_help=True)
    reads(noun, "list")(list_invoices)
    reads(noun, "show")(show)
    writes(noun, "pay", Role.BUYER)(pay)
    writes(noun, "void", Role.OPERATOR)(void)
    writes(noun, "correct", Role.OPERATOR)(correct)
    reads(noun, "notes")(list_notes)
    writes(noun, "settle-note", Role.BUYER)(settle_note)
    writes(noun, "apply-credit", Role.OPERATOR)(apply_credit)
    writes(noun, "release-credit", Role.OPERATOR)(release_credit)
    writes(noun, "void-note", Role.OPERATOR)(void_note)
    writes(noun, "charge-interest", Role.OPERATOR)(charge_interest)
    writes(noun, "bill-shortfall", Role.OPERATOR)(bill_shortfall)
    app.add_typer(noun, name="invoice")


def invoice_columns(units: Mapping[int, Asset], now_ts: int, book: AddressBook) -> list[Column[Held]]:
    """The figures of an invoice.

    Args:
        units: settlement assets by id.
        now_ts: the chain's clock.
        book: names of accounts.
    """

    def price(one: Held) -> str:
        return fmt.price(one.price_per_kwh, units[one.asset_id])

    def amount(one: Held) -> str:
        return fmt.money(one.amount, units[one.asset_id])

    return [
        Column("", _name, "Invoice"),
        Column("agreement", lambda one: one.agreement_id),
        figure("epoch", lambda one: one.epoch_id, "Month", fmt.epoch, "epoch_text"),
        Column("revision", lambda one: one.revision),
        figure("kwh", lambda one: one.kwh, ">Energy", fmt.energy_kwh, "kwh_text"),
        Column("price_per_kwh", lambda one: one.price_per_kwh, ">Price", price, "price_text"),
        Column("amount", lambda one: one.amount, ">Amount", amount, "amount_text"),
        Column("asset", lambda one: one.asset_id),
        Column("treasury", lambda one: one.treasury),
        Column("issued_ts", lambda one: one.issued_ts),
        figure("due_ts", lambda one: one.due_ts, "Due", fmt.date, "due_text"),
        Column("status", lambda one: one.status_at(now_ts).value, "Status"),
        Column("days_late", lambda one: one.days_late(now_ts), "Late", lambda one: _late(one, now_ts)),
        Column("issued_late", lambda one: one.was_issued_late),
        Column("paid_ts", lambda one: one.paid_ts),
        Column("paid_round", lambda one: one.paid_round),
        Column("buyer", lambda one: one.buyer, "Buyer", lambda one: book.short(one.buyer)),
    ]


def _name(invoice: Held) -> str:
    return f"{invoice.agreement_id}/{invoice.epoch_id}"


def list_invoices(
    session: Session,
    agreement: Annotated[int | None, typer.Option("--agreement", help="Only of this agreement.", **ID_OPTION)] = None,
    epoch: Annotated[int | None, typer.Option("--epoch", help="Only of this month.", **EPOCH_OPTION)] = None,
    first: Annotated[int | None, typer.Option("--from", help="Of this month and later ones.", **EPOCH_OPTION)] = None,
    last: Annotated[int | None, typer.Option("--to", help="Of this month and earlier ones.", **EPOCH_OPTION)] = None,
    buyer: Annotated[
        list[str] | None, typer.Option("--buyer", help="Only of this buyer; may be repeated.", metavar="ACCOUNT")
    ] = None,
    status: Annotated[
        list[InvoiceStatus] | None, typer.Option("--status", help="Only those that stand so; may be repeated.")
    ] = None,
    unpaid: Annotated[bool, typer.Option("--unpaid", help="Only those that wait for payment.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose due day has passed.")] = False,
    text: Annotated[
        str,
        typer.Option("--text", help="Only those that say this: AGREEMENT/EPOCH, or part of an account."),
    ] = "",
) -> Answer:
    """List invoices. With a history (`gridpact history sync`), --text also finds transaction ids and reason hashes.

    Example: gridpact invoice list --unpaid
    """
    wanted = InvoiceQuery(
        agreement=agreement,
        first_epoch=first if epoch is None else epoch,
        last_epoch=last if epoch is None else epoch,
        buyers=[session.account(one, "buyer") for one in buyer or ()],
        statuses=[
            *(status or ()),
            *((InvoiceStatus.ISSUED, InvoiceStatus.OVERDUE) if unpaid else ()),
            *((InvoiceStatus.OVERDUE,) if overdue else ()),
        ],
        text=text,
    )
    now = session.connection.now()
    invoices = find_invoices(session.deployment, wanted, now)
    units = assets(session.connection.algod, {one.asset_id for one in invoices})
    sums = [_sum(invoices, asset_id, now) for asset_id in units]
    columns = invoice_columns(units, now, session.book)
    body = [listing(columns, invoices, NO_INVOICE)]
    if invoices:
        body += ["", listing(_sum_columns(units), sums, "")]
    return Answer({"invoices": documents(columns, invoices), "sums": documents(_sum_columns(units), sums)}, body)


def _late(invoice: Held, now_ts: int) -> str:
    days = invoice.days_late(now_ts)
    late = f"{days:,} day{'' if days == 1 else 's'}" if days else ""
    issued = "issued after it was due" if invoice.was_issued_late and invoice.is_live else ""
    return ", ".join(part for part in (late, issued) if part)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the invoices in one asset come to, in its base units. Voided ones ask for nothing."""

    asset_id: int
    invoices: int
    amount: int
    paid: int
    unpaid: int
    overdue: int


def _sum(invoices: Sequence[Held], asset_id: int, now_ts: int) -> _Sum:
    live = [one for one in invoices if one.is_live and one.asset_id == asset_id]
    return _Sum(
        asset_id=asset_id,
        invoices=len(live),
        amount=sum(one.amount for one in live),
        paid=sum(one.amount for one in live if one.is_paid),
        unpaid=sum(one.amount for one in live if not one.is_paid),
        overdue=sum(one.amount for one in live if one.status_at(now_ts) is InvoiceStatus.OVERDUE),
    )


def _sum_columns(units: Mapping[int, Asset]) -> list[Column[_Sum]]:
    def money(amount: Callable[[_Sum], int]) -> Callable[[_Sum], str]:
        return lambda one: fmt.money(amount(one), units[one.asset_id])

    return [
        Column("asset", lambda one: one.asset_id),
        Column("invoices", lambda one: one.invoices, ">Invoices"),
        Column("amount", lambda one: one.amount, ">Amount", money(lambda one: one.amount)),
        Column("paid_amount", lambda one: one.paid, ">Paid", money(lambda one: one.paid)),
        Column("unpaid_amount", lambda one: one.unpaid, ">Unpaid", money(lambda one: one.unpaid)),
        Column("overdue_amount", lambda one: one.overdue, ">Overdue", money(lambda one: one.overdue)),
    ]


def show(session: Session, invoice: Invoice) -> Answer:
    """Show an invoice, and all that happened to it: revisions, payment, notes, each with transaction and reason.

    Example: gridpact invoice show 1/202602
    """
    held = session.deployment.billing.invoice(*invoice)
    if held is None:
        from gridpact.billing.errors import InvoiceNotFound

        raise InvoiceNotFound(invoice)
    asset = assets(session.connection.algod, {held.asset_id})[held.asset_id]
    now = session.connection.now()
    pairs = [
        ("Invoice", f"{held.agreement_id}/{held.epoch_id}, revision {held.revision}"),
        ("Month", fmt.epoch(held.epoch_id)),
        ("Energy", fmt.energy_kwh(held.kwh)),
        ("Price", fmt.price(held.price_per_kwh, asset)),
        ("Amount", fmt.money(held.amount, asset)),
        ("Due", fmt.date(held.due_ts)),
        ("Status", held.status_at(now).value),
        *([("Late", late)] if (late := _late(held, now)) else []),
        *([("Paid", f"{fmt.moment(held.paid_ts)}, round {held.paid_round:,}")] if held.is_paid else []),
        ("Buyer", session.book.both(held.buyer)),
        ("Treasury", session.book.both(held.treasury)),
        ("Issued", fmt.moment(held.issued_ts)),
    ]
    columns = invoice_columns({asset.asset_id: asset}, now, session.book)
    from gridpact.cli import trail

    past = _past(session, invoice)
    return Answer({**document(columns, held), "past": trail.document(past)}, [facts(pairs), *trail.shown(past)])


def _past(session: Session, invoice: InvoiceId) -> "list[Entry] | None":
    """Every revision of an invoice, its void, payment and notes, and the credits that were set against it."""
    from gridpact.chain.specs import Contract
    from gridpact.cli.trail import trail_beside
    from gridpact.history.events import Wanted

    wanted = Wanted(contracts=[Contract.PPA])
    agreement_id, epoch_id = invoice

    def is_of(event: "Event") -> bool:
        fields = event.fields
        months = (fields.get("epochId"), fields.get("toEpochId"))
        return fields.get("agreementId") == agreement_id and epoch_id in months

    return trail_beside(session, wanted, is_of)


def pay(
    session: Session,
    invoices: Annotated[list[InvoiceId], typer.Argument(**INVOICE, help="One to eight invoices of one buyer.")],
) -> Work:
    """Pay invoices of one buyer in one atomic group: each payment with its settlement.

    Signs the buyer: BUYER_MNEMONIC, --mnemonic-env, or on a LocalNet the wallet that holds the buyer's account.

    Example: gridpact invoice pay 1/202602 1/202603
    """
    from gridpact.billing import invoices as billing

    deployment = session.deployment
    if session.options.source.account(session.connection) is None:
        return billing.pay(deployment.billing, invoices)
    buyers = {invoice.buyer for invoice in deployment.billing.invoices_of(invoices) if invoice is not None}
    return billing.pay(deployment.billing, invoices, session.sender(buyers.pop()) if len(buyers) == 1 else None)


def void(
    session: Session,
    invoice: Invoice,
    reason: Annotated[str, typer.Option("--reason", help="Why; its SHA-256 goes on chain.")],
) -> Work:
    """Take an unpaid invoice back; its energy returns to the month, and can be allocated again.

    Example: gridpact invoice void 1/202602 --reason "wrong split"
    """
    from gridpact.billing import invoices as billing

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    agreement_id, epoch_id = invoice
    session.keep_reason(reason)
    return billing.void(deployment.billing, sender, agreement_id, epoch_id, reason)


NoteNumber = Annotated[int, typer.Argument(parser=parser(whole_number), metavar="NOTE", help="The note's number.")]


def correct(
    session: Session,
    invoice: Invoice,
    kwh: Annotated[int, typer.Option("--kwh", help="Energy that the invoice has too little; below 0, too much.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; its SHA-256 goes on chain.")],
) -> Work:
    """Correct a paid invoice by a credit or a debit note. --dry-run shows what it does to energy and money.

    Example: gridpact invoice correct 1/202602 --kwh -530 --reason "meter-1 read 2 % high"
    """
    from gridpact.billing import notes

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    session.keep_reason(reason)
    return notes.correct(deployment.billing, deployment.production, sender, InvoiceId(*invoice), kwh, reason)


def list_notes(session: Session, invoice: Invoice) -> Answer:
    """List the notes on an invoice.

    Example: gridpact invoice notes 1/202602
    """
    from gridpact.billing.errors import InvoiceNotFound

    invoice_id = InvoiceId(*invoice)
    held = session.deployment.billing.invoice(*invoice_id)
    if held is None:
        raise InvoiceNotFound(invoice_id)
    asset = assets(session.connection.algod, {held.asset_id})[held.asset_id]
    notes = session.deployment.billing.notes(invoice_id)
    columns = _note_columns(held, asset)
    return Answer({"notes": documents(columns, notes)}, [listing(columns, notes, f"Invoice {invoice_id} has no note.")])


def _note_columns(invoice: Held, asset: Asset) -> list[Column[Note]]:
    """The figures of an invoice's note."""

    def kwh(one: Note) -> str:
        return fmt.energy_kwh(one.kwh) if one.kwh else "none"

    def debtor(one: Note) -> str:
        return fmt.short(invoice.treasury if one.is_credit else invoice.buyer)

    return [
        Column("number", lambda one: one.number, ">Note"),
        Column("kind", lambda one: one.what.value, "Kind"),
        Column("kwh", lambda one: one.kwh, ">Energy", kwh),
        Column("amount", lambda one: one.amount, ">Amount", lambda one: fmt.money(one.amount, asset), "amount_text"),
        Column("status", lambda one: one.stands.value, "Status"),
        Column("applied_epoch", lambda one: one.applied_epoch),
        Column("issued_ts", lambda one: one.issued_ts),
        Column("settled_ts", lambda one: one.settled_ts),
        Column("reason_sha256", lambda one: one.reason_hash.hex()),
        Column("", debtor, "Owed by"),
    ]


def settle_note(session: Session, invoice: Invoice, note: NoteNumber) -> Work:
    """Pay a note: the treasury refunds a credit, the buyer pays every other one.

    Signs the payer: BUYER_MNEMONIC, --mnemonic-env, or on a LocalNet the wallet that holds the payer's account.

    Example: gridpact invoice settle-note 1/202602 1 --mnemonic-env TREASURY_MNEMONIC
    """
    from gridpact.billing import notes

    return notes.settle(session.deployment.billing, InvoiceId(*invoice), note)


def apply_credit(
    session: Session,
    invoice: Invoice,
    note: NoteNumber,
    to: Annotated[int, typer.Option("--to", help="Month of the unpaid invoice.", **EPOCH_OPTION)],
) -> Work:
    """Set an open credit against an unpaid invoice of the same agreement, which is due that much less.

    Example: gridpact invoice apply-credit 1/202602 1 --to 202603
    """
    from gridpact.billing import notes

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    return notes.apply_credit(deployment.billing, sender, InvoiceId(*invoice), note, to)


def release_credit(session: Session, invoice: Invoice, note: NoteNumber) -> Work:
    """Open a credit again that is set against an unpaid invoice, which is then due with that much more.

    Example: gridpact invoice release-credit 1/202602 1
    """
    from gridpact.billing import notes

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    return notes.release_credit(deployment.billing, sender, InvoiceId(*invoice), note)


def void_note(
    session: Session,
    invoice: Invoice,
    note: NoteNumber,
    reason: Annotated[str, typer.Option("--reason", help="Why; its SHA-256 goes on chain.")],
) -> Work:
    """Take an open note back, and its energy with it. Late interest that is taken back is not charged again.

    Example: gridpact invoice void-note 1/202602 1 --reason "meter-1 was right"
    """
    from gridpact.billing import notes

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    session.keep_reason(reason)
    return notes.void(deployment.billing, sender, InvoiceId(*invoice), note, reason)


def charge_interest(
    session: Session,
    invoice: Invoice,
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays; the operator by default.")
    ] = None,
) -> Work:
    """Charge the late interest of an invoice that was paid late, once. Anybody may.

    Example: gridpact invoice charge-interest 1/202602
    """
    from gridpact.billing import notes

    billing = session.deployment.billing
    sender = session.sender(billing.state().roles.operator) if payer is None else session.account(payer, "payer")
    return notes.charge_interest(billing, sender, InvoiceId(*invoice))


def bill_shortfall(
    session: Session,
    invoice: Invoice,
    reason: Annotated[str, typer.Option("--reason", help="Why; its SHA-256 goes on chain.")],
    kwh: Annotated[
        int | None, typer.Option("--kwh", help="How much of it, whole kWh; by default all that is not billed.", min=1)
    ] = None,
) -> Work:
    """Bill what a paid invoice is below the agreement's minimum, at the invoice's price. No energy moves.

    Example: gridpact invoice bill-shortfall 1/202602 --reason "less than the minimum was taken"
    """
    from gridpact.billing import notes

    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    session.keep_reason(reason)
    return notes.bill_shortfall(deployment.billing, sender, InvoiceId(*invoice), kwh, reason)
