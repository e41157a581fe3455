"""Agreements, invoices and notes."""

from typing import Final

from gridpact.billing import agreements, invoices, notes
from gridpact.billing.invoices import Allocation
from gridpact.billing.read import InvoiceId
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.work import Work
from gridpact.contracts import ppa_config as cfg
from gridpact.deployment.record import Deployment
from gridpact.portal.errors import FieldMissing
from gridpact.portal.form import Form, whole

BPS_DECIMALS: Final = 2
"""A basis point is a hundredth of a percent."""
KWH_OF: Final = "kwh_"
"""What the field of an agreement's energy begins with."""


def agree(deployment: Deployment, sender: str, form: Form) -> Work:
    """A new agreement."""
    asset = read_asset(deployment.connection.algod, form.whole_or("asset", 0))
    wanted = agreements.terms(
        buyer=form.address("buyer"),
        treasury=form.address("treasury"),
        price_per_kwh=form.units("price", asset.decimals),
        first_epoch=form.whole("first_epoch"),
        last_epoch=form.whole("last_epoch"),
        asset_id=asset.asset_id,
        cap_kwh=form.whole_or("cap_kwh", 0),
        due_day=form.whole_or("due_day", 15),
        contract_hash=form.document("contract") if form.given("contract") else bytes(32),
        escalator_bps=form.units_or("escalator", BPS_DECIMALS, 0),
        minimum_kwh=form.whole_or("minimum_kwh", 0),
        late_interest_bps=form.units_or("late_interest", BPS_DECIMALS, 0),
        requires_acceptance=form.given("requires_acceptance") == "true",
    )
    return agreements.create(deployment.billing, sender, wanted, another=form.is_on("another"))


def accept(deployment: Deployment, _sender: str, form: Form) -> Work:
    """An agreement's terms, accepted by its buyer."""
    return agreements.accept(deployment.billing, form.whole("agreement"))


def end(deployment: Deployment, sender: str, form: Form) -> Work:
    """An agreement that ends earlier."""
    return agreements.end(deployment.billing, sender, form.whole("agreement"), form.whole("last_epoch"))


def allocate(deployment: Deployment, sender: str, form: Form) -> Work:
    """Energy for agreements, and their invoices. `kwh_3` is agreement 3's; who is left empty gets none."""
    filled = (name.removeprefix(KWH_OF) for name in form.fields if name.startswith(KWH_OF) and form.given(name))
    plan = [Allocation(whole("agreement", one), form.whole(f"{KWH_OF}{one}")) for one in filled]
    if not plan:
        raise FieldMissing("energy")
    expected = form.whole_or("expected_kwh", -1)
    return invoices.allocate(
        deployment.billing,
        deployment.production,
        sender,
        form.whole("epoch"),
        plan,
        None if expected < 0 else expected,
    )


def pay(deployment: Deployment, sender: str, form: Form) -> Work:
    """Invoices of one buyer."""
    return invoices.pay(deployment.billing, _invoices(form), sender)


def void(deployment: Deployment, sender: str, form: Form) -> Work:
    """An unpaid invoice, taken back."""
    return invoices.void(deployment.billing, sender, *_invoices(form)[0], form.reason())


def correct(deployment: Deployment, sender: str, form: Form) -> Work:
    """A paid invoice, corrected by a credit or a debit note."""
    kwh = form.whole("kwh")
    change_kwh = -kwh if form.whole("kind") == cfg.NOTE_CREDIT else kwh
    invoice_id = _invoices(form)[0]
    return notes.correct(deployment.billing, deployment.production, sender, invoice_id, change_kwh, form.reason())


def settle_note(deployment: Deployment, _sender: str, form: Form) -> Work:
    """A note, paid by who owes it."""
    return notes.settle(deployment.billing, _invoices(form)[0], form.whole("note"))


def apply_credit(deployment: Deployment, sender: str, form: Form) -> Work:
    """A credit, set against an unpaid invoice."""
    return notes.apply_credit(
        deployment.billing, sender, _invoices(form)[0], form.whole("note"), form.whole("to_epoch")
    )


def release_credit(deployment: Deployment, sender: str, form: Form) -> Work:
    """A credit that is set against an unpaid invoice, opened again."""
    return notes.release_credit(deployment.billing, sender, _invoices(form)[0], form.whole("note"))


def void_note(deployment: Deployment, sender: str, form: Form) -> Work:
    """An open note, taken back. It is named with its invoice: `3/202602/1`."""
    agreement, epoch, number = (form.text("note") + "//").split("/")[:3]
    invoice_id = InvoiceId(whole("note", agreement), whole("note", epoch))
    return notes.void(deployment.billing, sender, invoice_id, whole("note", number), form.reason())


def charge_interest(deployment: Deployment, sender: str, form: Form) -> Work:
    """Late interest of an invoice; anybody may charge it."""
    return notes.charge_interest(deployment.billing, sender, _invoices(form)[0])


def bill_shortfall(deployment: Deployment, sender: str, form: Form) -> Work:
    """What an invoice is below its agreement's minimum; all of it, where no energy is named."""
    kwh = form.whole("kwh") if form.given("kwh") else None
    return notes.bill_shortfall(deployment.billing, sender, _invoices(form)[0], kwh, form.reason())


def _invoices(form: Form) -> list[InvoiceId]:
    """The invoices that were chosen."""
    pairs = (name.partition("/") for name in form.many("invoices"))
    return [InvoiceId(whole("invoices", agreement), whole("invoices", epoch)) for agreement, _, epoch in pairs]
