"""One invoice with its notes, computed again from the month's readings: a page, a PDF, and the payment's receipt."""

from starlette.requests import Request
from starlette.responses import Response

from gridpact.billing.errors import InvoiceNotFound
from gridpact.billing.read import Invoice, InvoiceId
from gridpact.history.place import lists_of
from gridpact.portal.pages.bills import Card, cards, units_of
from gridpact.portal.replies import page
from gridpact.portal.site import Moment, explorer_of
from gridpact.production.boxes import PROJECT


def show(request: Request, moment: Moment) -> Response:
    """The page.

    Raises:
        InvoiceNotFound: there is no such invoice.
    """
    card = _card(request, moment)
    epoch_id = card.invoice.epoch_id
    production = moment.deployment.production
    ledger = production.ledger(epoch_id)
    project = {meter.meter_id for meter in production.meters() if meter.producer == PROJECT} | {0}
    readings_wh = [one.net_wh for one in production.readings(epoch_id) if one.meter_id in project]
    return page(
        request,
        moment,
        "invoice.html",
        title=f"Invoice {card.invoice.invoice_id}",
        card=card,
        interest=card.late_interest,
        bill=card.bill(readings_wh, 0 if ledger is None else ledger.recorded_wh),
        units={card.asset.asset_id: card.asset},
    )


def document(request: Request, moment: Moment) -> Response:
    """The same as PDF.

    Raises:
        InvoiceNotFound: there is no such invoice.
    """
    from gridpact.portal.paper import invoice_pdf  # the library that writes it is loaded for nothing else

    card = _card(request, moment)
    one = card.invoice
    name = f"invoice-{one.agreement_id}-{one.epoch_id}.pdf"
    return Response(
        invoice_pdf(card, moment),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def receipt(request: Request, moment: Moment) -> Response:
    """What proves a payment: its transaction, its round, and both parties.

    Raises:
        InvoiceNotFound: there is no such invoice, or it is not paid.
    """
    card = _card(request, moment)
    name = card.invoice.invoice_id
    if not card.invoice.is_paid:
        raise InvoiceNotFound(name)
    payments = lists_of(moment.deployment).payments(invoice=(name.agreement_id, name.epoch_id))
    return page(
        request,
        moment,
        "receipt.html",
        title=f"Receipt for invoice {name}",
        card=card,
        payment=payments[-1] if payments else None,
        explorer=explorer_of(moment.connection),
        units={card.asset.asset_id: card.asset},
    )


def _card(request: Request, moment: Moment) -> Card:
    name = InvoiceId(int(request.path_params["agreement"]), int(request.path_params["epoch"]))
    held: Invoice | None = moment.deployment.billing.invoice(*name)
    if held is None:
        raise InvoiceNotFound(name)
    return cards(moment, [held], units_of(moment, [held.asset_id]))[0]
