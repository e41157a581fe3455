"""PPA Buyer Portal: a buyer's invoices, and their payment."""

import csv
import io
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from gridpact.billing.errors import InvoiceNotFound
from gridpact.billing.read import Invoice, InvoiceId, InvoiceStatus
from gridpact.chain.assets import assets
from gridpact.chain.keys import NotAnAddress, require_address
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.history.place import lists_of
from gridpact.portal import words
from gridpact.portal.replies import page
from gridpact.portal.site import Moment, explorer_of
from gridpact.units import ALGO, Asset, iso, number

CARDS_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """An invoice as the page shows it."""

    invoice: Invoice
    status: InvoiceStatus
    asset: Asset

    @property
    def shown(self) -> dict[str, object]:
        """What the group that pays it holds, for the page to compare."""
        held = self.invoice
        method = "settlePayment" if self.asset.is_algo else "settlePaymentAsset"
        name = {"agreementId": str(self.invoice.agreement_id), "epochId": str(self.invoice.epoch_id)}
        payment = {"receiver": held.treasury, "amount": str(held.amount), "assetId": str(held.asset_id)}
        return {"calls": [{"contract": "PPA", "method": method, "args": name}], "payments": [payment]}


def show(request: Request, moment: Moment) -> Response:
    """The page of one buyer; without an address, the question for it."""
    text = request.query_params.get("address", "").strip()
    problem = None
    cards: list[Card] = []
    units = {ALGO.asset_id: ALGO}
    if text:
        try:
            cards, units = _cards(moment, require_address(text))
        except NotAnAddress as error:
            problem = words.refusal(error)
    turned = _turned(request, len(cards))
    shown = cards[(turned - 1) * CARDS_A_PAGE : turned * CARDS_A_PAGE]
    return page(
        request,
        moment,
        "buyer.html",
        title="PPA Buyer Portal",
        address=text,
        problem=problem,
        cards=shown,
        count=len(cards),
        turned=turned,
        turns=_turns(len(cards)),
        payable=[card for card in shown if card.invoice.is_payable],
        units=units,
    )


def _turns(cards: int) -> int:
    """Pages that so many cards take."""
    return max(1, -(-cards // CARDS_A_PAGE))


def _turned(request: Request, cards: int) -> int:
    """The page that was asked for, of those that there are."""
    text = request.query_params.get("page", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(wanted, 1), _turns(cards))


def _cards(moment: Moment, buyer: str) -> tuple[list[Card], dict[int, Asset]]:
    """Newest month first; of a month, those that wait for payment before the others."""
    found = find_invoices(moment.deployment, InvoiceQuery(buyers=[buyer]), moment.now_ts)
    units = assets(moment.connection.algod, {one.asset_id for one in found})
    cards = [Card(one, one.status_at(moment.now_ts), units[one.asset_id]) for one in found]
    cards.sort(key=lambda card: (-card.invoice.epoch_id, not card.invoice.is_payable, card.invoice.agreement_id))
    return cards, units


COLUMNS = ("invoice", "month", "energy_kwh", "price_per_kwh", "amount", "unit", "due", "status", "paid", "treasury")


def export(request: Request, moment: Moment) -> Response:
    """A buyer's invoices as CSV: figures without thousands separators, times in UTC (ISO 8601).

    Raises:
        NotAnAddress: there is no such buyer.
    """
    buyer = require_address(request.query_params.get("address", "").strip(), "buyer")
    cards, _ = _cards(moment, buyer)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for card in cards:
        one = card.invoice
        writer.writerow(
            (
                str(one.invoice_id),
                one.epoch_id,
                one.kwh,
                number(one.price_per_kwh, card.asset.decimals).replace(",", ""),
                number(one.amount, card.asset.decimals).replace(",", ""),
                card.asset.unit,
                iso(one.due_ts),
                card.status.value,
                iso(one.paid_ts) if one.is_paid else "",
                one.treasury,
            )
        )
    headers = {"Content-Disposition": f'attachment; filename="invoices-{buyer[:8]}.csv"'}
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def receipt(request: Request, moment: Moment) -> Response:
    """What proves a payment: its transaction, its round, and both parties.

    Raises:
        InvoiceNotFound: there is no such invoice.
    """
    name = InvoiceId(int(request.path_params["agreement"]), int(request.path_params["epoch"]))
    held = moment.deployment.billing.invoice(*name)
    if held is None or not held.is_paid:
        raise InvoiceNotFound(name)
    units = assets(moment.connection.algod, {held.asset_id})
    payments = lists_of(moment.deployment).payments(invoice=(name.agreement_id, name.epoch_id))
    return page(
        request,
        moment,
        "receipt.html",
        title=f"Receipt for invoice {name}",
        card=Card(held, held.status_at(moment.now_ts), units[held.asset_id]),
        payment=payments[-1] if payments else None,
        explorer=explorer_of(moment.connection),
        units=units,
    )
