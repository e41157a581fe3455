"""Agreements and invoices in words."""

from gridpact import units as fmt
from gridpact.billing.effects import InvoiceVoided
from gridpact.billing.errors import InvoiceIsPaid, InvoiceNotFound
from gridpact.billing.read import InvoiceId
from gridpact.chain.events import Event
from gridpact.cli.words.kinds import Phrase, Told, Units, already, intent, refusal, tells


@intent.register
def _(effect: InvoiceVoided) -> Phrase:
    return Phrase("void", f"invoice {effect.invoice} over {fmt.energy_kwh(effect.kwh)}: {effect.reason}")


@already.register
def _(effect: InvoiceVoided) -> str:
    return f"Invoice {effect.invoice} is void."


@tells("InvoiceVoided")
def _(event: Event, units: Units) -> str:
    return f"Voided invoice {_name(event)}: {fmt.energy_kwh(event.number('kwh'))} returned to the month."


@refusal.register
def _(error: InvoiceNotFound) -> Told:
    return Told(f"There is no invoice {error.invoice}.", "See `gridpact invoice list`.")


@refusal.register
def _(error: InvoiceIsPaid) -> Told:
    return Told(
        f"Invoice {error.invoice} was paid on {fmt.date(error.paid_ts)} and cannot be voided.",
        f"See `gridpact invoice show {error.invoice}`.",
    )


def _name(event: Event) -> InvoiceId:
    return InvoiceId(event.number("agreementId"), event.number("epochId"))
