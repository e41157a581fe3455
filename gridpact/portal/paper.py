"""An invoice with its notes as PDF: one A4 page, text that can be selected, and nothing that is not on the page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from gridpact.portal.pages.bills import Card, NoteRow
from gridpact.portal.site import Moment
from gridpact.units import Asset, date, energy_kwh, epoch, money, price
from gridpact.units import moment as moment_of

FONT: Final = "Helvetica"
MARGIN_MM: Final = 20
NAMES_MM: Final = 45
MOST_NOTES: Final = 20
"""That fit the page; what is more is counted."""


def invoice_pdf(card: Card, moment: Moment) -> bytes:
    """The document.

    Args:
        card: the invoice.
        moment: the chain that it was read from.
    """
    one = card.invoice
    paper = FPDF(format="A4")
    paper.set_creation_date(datetime.fromtimestamp(moment.now_ts, UTC))
    paper.set_title(f"Invoice {one.invoice_id}")
    paper.set_margin(MARGIN_MM)
    paper.add_page()
    paper.set_font(FONT, "B", 18)
    _line(paper, f"Invoice - {epoch(one.epoch_id)}", height=12)
    paper.set_font(FONT, "", 10)
    _facts(paper, _about(card))
    if card.notes:
        _notes(paper, card.notes)
    paper.ln(6)
    paper.set_font(FONT, "", 9)
    contract = f"app {moment.deployment.billing.app_id}, invoice {one.invoice_id}, revision {one.revision}"
    read = f"Read from {moment.connection.network} ({contract}) in round {moment.round:,}, where anybody can check it."
    paper.multi_cell(0, 5, _latin(read))
    return bytes(paper.output())


def _about(card: Card) -> list[tuple[str, str]]:
    one, asset = card.invoice, _named(card.asset)
    applied = [("Credits applied", money(one.applied_amount, asset))] if one.applied_amount else []
    paid = [("Paid", f"{moment_of(one.paid_ts)}, round {one.paid_round:,}")] if one.is_paid else []
    return [
        ("Invoice", f"{one.invoice_id}, revision {one.revision}"),
        ("Status", card.status.value),
        ("Buyer", one.buyer),
        ("Payable to", one.treasury),
        ("Issued", date(one.issued_ts)),
        ("kWh Purchased", energy_kwh(one.kwh)),
        ("Price", price(one.price_per_kwh, asset)),
        ("Amount", money(one.amount, asset)),
        *applied,
        ("Total Paid" if one.is_paid else "Total Due", money(one.due_amount, asset)),
        ("Due Date", date(one.due_ts)),
        *paid,
    ]


def _notes(paper: FPDF, notes: Sequence[NoteRow]) -> None:
    paper.ln(4)
    paper.set_font(FONT, "B", 12)
    _line(paper, "Notes on this invoice", height=8)
    paper.set_font(FONT, "", 10)
    rows = [
        (
            str(row.note.number),
            row.kind,
            energy_kwh(row.note.kwh) if row.note.kwh else "none",
            money(row.note.amount, _named(row.asset)),
            row.state,
            "treasury" if row.note.is_credit else "buyer",
        )
        for row in notes[:MOST_NOTES]
    ]
    with paper.table(
        headings_style=FontFace(emphasis="BOLD"),
        text_align=("RIGHT", "LEFT", "RIGHT", "RIGHT", "LEFT", "LEFT"),
        col_widths=(10, 28, 32, 45, 25, 20),
        line_height=6,
    ) as table:
        for cells in (("Note", "Kind", "Energy", "Amount", "Status", "Owed by"), *rows):
            table.row([_latin(cell) for cell in cells])
    if len(notes) > MOST_NOTES:
        _line(paper, f"{len(notes) - MOST_NOTES} more are not shown.", height=6)


def _facts(paper: FPDF, facts: Sequence[tuple[str, str]]) -> None:
    for name, value in facts:
        paper.cell(NAMES_MM, 7, _latin(name))
        paper.set_font(FONT, "", 8 if len(value) > 50 else 10)
        _line(paper, value, height=7)
        paper.set_font(FONT, "", 10)


def _line(paper: FPDF, text: str, *, height: int) -> None:
    paper.cell(0, height, _latin(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _named(asset: Asset) -> Asset:
    """An asset whose unit the page's font can write: else its id stands for it."""
    if _latin(asset.unit) == asset.unit:
        return asset
    return Asset(asset.asset_id, f"of asset {asset.asset_id}", asset.decimals)


def _latin(text: str) -> str:
    """What the fonts that every reader has can write."""
    return text.encode("latin-1", "replace").decode("latin-1")
