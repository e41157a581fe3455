"""PPA Buyer Portal: a buyer's invoices and notes, and their payment; agreements to accept."""

import csv
import io
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from gridpact.billing.agreements import terms_hash
from gridpact.billing.read import Agreement, Invoice
from gridpact.chain.keys import NotAnAddress, require_address
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.portal import words
from gridpact.portal.pages.bills import Card, NoteRow, cards, units_of
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.units import ALGO, Asset, iso, number

CARDS_A_PAGE = 24
MOST_AGREEMENTS = 24


def show(request: Request, moment: Moment) -> Response:
    """The page of one buyer; without an address, the question for it."""
    text = request.query_params.get("address", "").strip()
    problem = None
    found: list[Invoice] = []
    agreements: list[Agreement] = []
    if text:
        try:
            found = _invoices(moment, require_address(text))
        except NotAnAddress as error:
            problem = words.refusal(error)
        else:
            agreements = _agreements(moment, text)
    turned = _turned(request, len(found))
    some = found[(turned - 1) * CARDS_A_PAGE : turned * CARDS_A_PAGE]
    listed = agreements[:MOST_AGREEMENTS]
    units = units_of(moment, [*(one.asset_id for one in some), *(one.terms.asset_id for one in listed)])
    shown = cards(moment, some, units, {one.agreement_id: one for one in agreements})
    return page(
        request,
        moment,
        "buyer.html",
        title="PPA Buyer Portal",
        address=text,
        problem=problem,
        cards=shown,
        count=len(found),
        turned=turned,
        turns=_turns(len(found)),
        payable=[card for card in shown if card.invoice.is_payable],
        agreements=[(one, terms_hash(one.terms).hex()) for one in listed],
        more_agreements=len(agreements) - len(listed),
        units=units,
    )


def _turns(invoices: int) -> int:
    """Pages that so many cards take."""
    return max(1, -(-invoices // CARDS_A_PAGE))


def _turned(request: Request, invoices: int) -> int:
    """The page that was asked for, of those that there are."""
    text = request.query_params.get("page", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(wanted, 1), _turns(invoices))


def _invoices(moment: Moment, buyer: str) -> list[Invoice]:
    """Newest month first; of a month, those that wait for payment before the others."""
    found = find_invoices(moment.deployment, InvoiceQuery(buyers=[buyer]), moment.now_ts)
    return sorted(found, key=lambda one: (-one.epoch_id, not one.is_payable, one.agreement_id))


def _agreements(moment: Moment, buyer: str) -> list[Agreement]:
    """A buyer's agreements: those that wait for their acceptance first, then the newest."""
    found = [one for one in moment.deployment.billing.agreements().values() if one.terms.buyer == buyer]
    return sorted(found, key=lambda one: (not one.terms.requires_acceptance or one.accepted_ts > 0, -one.agreement_id))


COLUMNS = (
    "invoice",
    "month",
    "energy_kwh",
    "price_per_kwh",
    "amount",
    "unit",
    "due",
    "status",
    "paid",
    "treasury",
    "note",
    "kind",
    "to_pay",
)


def export(request: Request, moment: Moment) -> Response:
    """A buyer's invoices and notes as CSV: figures without thousands separators, times in UTC (ISO 8601).

    A note follows its invoice; what the treasury owes is negative.

    Raises:
        NotAnAddress: there is no such buyer.
    """
    buyer = require_address(request.query_params.get("address", "").strip(), "buyer")
    found = _invoices(moment, buyer)
    units = units_of(moment, (one.asset_id for one in found))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for card in cards(moment, found, units):
        writer.writerow(_invoice_row(card))
        writer.writerows(_note_row(row) for row in card.notes)
    headers = {"Content-Disposition": f'attachment; filename="invoices-{buyer[:8]}.csv"'}
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _invoice_row(card: Card) -> Sequence[object]:
    one = card.invoice
    return (
        str(one.invoice_id),
        one.epoch_id,
        one.kwh,
        _plain(one.price_per_kwh, card.asset),
        _plain(one.amount, card.asset),
        card.asset.unit,
        iso(one.due_ts),
        card.status.value,
        iso(one.paid_ts) if one.is_paid else "",
        one.treasury,
        "",
        "invoice",
        _plain(one.due_amount if one.is_payable else 0, card.asset),
    )


def _note_row(row: NoteRow) -> Sequence[object]:
    note, sign = row.note, "-" if row.note.is_credit else ""
    return (
        str(note.invoice_id),
        note.invoice_id.epoch_id,
        f"{sign}{note.kwh}",
        _plain(row.invoice.price_per_kwh, row.asset),
        f"{sign}{_plain(note.amount, row.asset)}",
        row.asset.unit,
        "",
        row.state,
        iso(note.settled_ts) if note.settled_ts else "",
        row.invoice.treasury,
        note.number,
        row.kind,
        f"{sign}{_plain(note.amount, row.asset)}" if note.is_open else _plain(0, row.asset),
    )


def _plain(amount: int, asset: Asset = ALGO) -> str:
    return number(amount, asset.decimals).replace(",", "")
