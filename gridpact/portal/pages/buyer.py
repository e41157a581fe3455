"""PPA Buyer Portal: a buyer's invoices, and their payment."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from gridpact.billing.read import Invoice, InvoiceStatus
from gridpact.chain.assets import assets
from gridpact.chain.keys import NotAnAddress, require_address
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.portal import words
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.units import ALGO, Asset


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
    return page(
        request,
        moment,
        "buyer.html",
        title="PPA Buyer Portal",
        address=text,
        problem=problem,
        cards=cards,
        units=units,
    )


def _cards(moment: Moment, buyer: str) -> tuple[list[Card], dict[int, Asset]]:
    """Newest month first; of a month, those that wait for payment before the others."""
    found = find_invoices(moment.deployment, InvoiceQuery(buyers=[buyer]), moment.now_ts)
    units = assets(moment.connection.algod, {one.asset_id for one in found})
    cards = [Card(one, one.status_at(moment.now_ts), units[one.asset_id]) for one in found]
    cards.sort(key=lambda card: (-card.invoice.epoch_id, not card.invoice.is_payable, card.invoice.agreement_id))
    return cards, units
