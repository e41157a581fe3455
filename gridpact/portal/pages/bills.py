"""Invoices and notes as the pages show them, with what the page compares before a wallet signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gridpact.billing.effects import InterestCharged
from gridpact.billing.notes import interest
from gridpact.billing.read import Agreement, Invoice, InvoiceId, InvoiceStatus, Note
from gridpact.chain.assets import assets
from gridpact.chain.errors import AssetNotFound
from gridpact.cli.words.billing import NOTES
from gridpact.portal.site import Moment
from gridpact.units import ALGO, Asset


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on an invoice."""

    note: Note
    invoice: Invoice
    asset: Asset

    @property
    def kind(self) -> str:
        """What it is."""
        return NOTES[self.note.what]

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.note.stands.value

    @property
    def payer(self) -> str:
        """Who owes it."""
        return self.invoice.treasury if self.note.is_credit else self.invoice.buyer

    @property
    def payee(self) -> str:
        """Who gets it."""
        return self.invoice.buyer if self.note.is_credit else self.invoice.treasury

    @property
    def shown(self) -> dict[str, object]:
        """What the group that settles it holds."""
        method = "settleNote" if self.asset.is_algo else "settleNoteAsset"
        args = _name(self.invoice) | {"note": str(self.note.number)}
        payment = {"receiver": self.payee, "amount": str(self.note.amount), "assetId": str(self.asset.asset_id)}
        return {"calls": [{"contract": "PPA", "method": method, "args": args}], "payments": [payment]}


@dataclass(frozen=True, slots=True)
class Card:
    """An invoice."""

    invoice: Invoice
    status: InvoiceStatus
    asset: Asset
    agreement: Agreement
    notes: Sequence[NoteRow] = ()

    @property
    def shown(self) -> dict[str, object]:
        """What the group that pays it holds."""
        held = self.invoice
        method = "settlePayment" if self.asset.is_algo else "settlePaymentAsset"
        payment = {"receiver": held.treasury, "amount": str(held.due_amount), "assetId": str(held.asset_id)}
        return {"calls": [{"contract": "PPA", "method": method, "args": _name(held)}], "payments": [payment]}

    @property
    def late_interest(self) -> InterestCharged | None:
        """What can be charged because it was paid late; None where nothing can, or it was charged."""
        held = self.invoice
        if not held.is_paid or held.interest_note:
            return None
        found = interest(held, self.agreement, self.asset)
        return found if found.amount else None

    def bill(self, readings_wh: Sequence[int] | None = None, recorded_wh: int = 0) -> dict[str, object]:
        """What the page computes again. Amounts are texts: they may be larger than a script's numbers.

        Args:
            readings_wh: the month's readings, where the page shows them.
            recorded_wh: their total, from which energy is allocated.
        """
        held, terms = self.invoice, self.agreement.terms
        readings = (
            None if readings_wh is None else {"wh": [str(one) for one in readings_wh], "recordedWh": str(recorded_wh)}
        )
        return {
            "kwh": str(held.kwh),
            "price": str(held.price_per_kwh),
            "amount": str(held.amount),
            "due": str(held.due_amount),
            "credits": str(held.applied_amount),
            "epoch": held.epoch_id,
            "unit": {"unit": self.asset.unit, "decimals": self.asset.decimals},
            "terms": {
                "price": str(terms.price_per_kwh),
                "escalatorBps": str(terms.escalator_bps),
                "firstEpoch": terms.first_epoch,
            },
            "readings": readings,
        }


def cards(
    moment: Moment,
    invoices: Sequence[Invoice],
    units: Mapping[int, Asset],
    known: Mapping[int, Agreement] | None = None,
) -> list[Card]:
    """Invoices with their agreements and notes.

    Args:
        moment: the chain.
        invoices: in the order of the cards.
        units: of their assets.
        known: their agreements, where they were read before.
    """
    wanted = dict.fromkeys(one.agreement_id for one in invoices)
    agreements = moment.deployment.billing.agreements(wanted) if known is None else known
    notes = note_rows(moment, invoices, units)
    return [
        Card(
            invoice=one,
            status=one.status_at(moment.now_ts),
            asset=units[one.asset_id],
            agreement=agreements[one.agreement_id],
            notes=notes.get(one.invoice_id, ()),
        )
        for one in invoices
    ]


def note_rows(
    moment: Moment, invoices: Iterable[Invoice], units: Mapping[int, Asset]
) -> dict[InvoiceId, list[NoteRow]]:
    """The notes of invoices that have some."""
    noted = [one for one in invoices if one.notes]
    if not noted:
        return {}
    found = moment.deployment.billing.notes_of(noted)
    return {
        one.invoice_id: [NoteRow(note, one, units[one.asset_id]) for note in found.get(one.invoice_id, ())]
        for one in noted
    }


def units_of(moment: Moment, asset_ids: Iterable[int]) -> dict[int, Asset]:
    """Units by id, ALGO among them. An asset that was destroyed is shown by its id: one broken row empties no list."""
    units = {ALGO.asset_id: ALGO}
    for asset_id in set(asset_ids):
        try:
            units |= assets(moment.connection.algod, {asset_id})
        except AssetNotFound:
            units[asset_id] = Asset(asset_id, f"base units of asset {asset_id}", 0)
    return units


def _name(invoice: Invoice) -> dict[str, str]:
    return {"agreementId": str(invoice.agreement_id), "epochId": str(invoice.epoch_id)}
