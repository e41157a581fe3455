"""The portal's pictures: what is drawn are the figures, in proportion, and the words beside it say the same."""

import re
from collections.abc import Sequence
from dataclasses import fields as fields_of
from typing import Any, Final
from xml.etree import ElementTree

import numpy as np
import pytest

from gridpact.billing.read import Invoice
from gridpact.contracts import ppa_config as cfg
from gridpact.market.read import OpenOffers, Side
from gridpact.portal.pages.console import AGES_DAYS, Month, receivables
from gridpact.portal.pages.market import levels
from gridpact.portal.pictures import HEIGHT, MOST_COLOURS, WIDTH, bar, columns, depth
from gridpact.portal.replies import environment
from gridpact.production.read import Ledger
from gridpact.units import ALGO, Asset, number

DAY_S: Final = 86_400
NOW_TS: Final = 1_800_000_000
DOLLAR: Final = Asset(7, "USDC", 2)


def drawn(macro: str, *arguments: object) -> tuple[ElementTree.Element, str]:
    """A picture as the page has it, and the words under it."""
    html = str(getattr(environment().get_template("pictures.html").module, macro)(*arguments))
    svg = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    caption = re.search(r"<figcaption>(.*)</figcaption>", html, re.DOTALL)
    assert svg is not None
    assert caption is not None
    return ElementTree.fromstring(svg[0]), " ".join(re.sub(r"<[^>]*>", "", caption[1]).split())


def boxes(svg: ElementTree.Element) -> list[dict[str, float]]:
    """Its rectangles."""
    return [{name: float(one.attrib[name]) for name in ("x", "y", "width", "height")} for one in svg.iter("rect")]


def ledger(**wh: int) -> Ledger:
    """A month's ledger."""
    nothing = dict.fromkeys(("deficit_wh", "minted_wh", "readings", "finalized_ts", "signed_wh", "manual_wh"), 0)
    return Ledger(producer="", epoch_id=202602, **{**nothing, **wh})


def invoice(amount: int, days_late: int, asset_id: int = 0, **changes: int) -> Invoice:
    """An unpaid invoice that is so many days late; below 0 it is not due."""
    hints = {name: b"" if "hash" in name else 0 for name in (one.name for one in fields_of(Invoice))}
    fields: dict[str, Any] = {
        **hints,
        "status": cfg.INVOICE_ISSUED,
        "amount": amount,
        "asset_id": asset_id,
        "due_ts": NOW_TS - days_late * DAY_S,
        **changes,
    }
    return Invoice(**fields)


def test_bar_fills_its_width_and_leaves_out_nothing_of_value() -> None:
    parts = bar([("a", 3, "3 kWh"), ("none", 0, "0 kWh"), ("b", 1, "1 kWh")])
    assert [(one.name, one.x, one.width) for one in parts] == [("a", 0.0, 450.0), ("b", 450.0, 150.0)]
    assert sum(one.width for one in parts) == WIDTH


def test_bar_of_nothing_is_empty() -> None:
    assert bar([("a", 0, "0 kWh")]) == []


def test_depth_steps_from_the_best_price_outwards() -> None:
    book = depth([(10, 100), (20, 400)], [(15, 200)])
    assert book is not None
    assert (book.lowest, book.highest, book.most_wh) == (10, 20, 400)
    assert book.sells == f"0.0,{HEIGHT:.1f} 0.0,150.0 600.0,150.0 600.0,0.0 600.0,0.0"
    assert book.buys == f"300.0,{HEIGHT:.1f} 300.0,100.0 0.0,100.0"


def test_depth_of_an_empty_book() -> None:
    assert depth([], []) is None


def test_depth_of_one_price() -> None:
    book = depth([(10, 100)], [])
    assert book is not None
    assert book.buys == ""


# --- as the pages have them -------------------------------------------------------------------------------------------


def test_energy_of_a_month_is_drawn_in_proportion() -> None:
    held = ledger(recorded_wh=125_000_000, ppa_wh=75_000_000, vault_wh=20_000_000, remaining_wh=30_000_000)
    month = Month(202602, True, held, (), (), (), None)  # type: ignore[arg-type]
    svg, caption = drawn("bar", month.energy, "Where the energy is")
    widths = [one["width"] for one in boxes(svg)]
    assert widths == [WIDTH * part / 125 for part in (75, 20, 30)]
    assert [one["x"] for one in boxes(svg)] == [0, widths[0], widths[0] + widths[1]]
    said = "Where the energy is: PPA 75,000 kWh, Holders 20,000 kWh, Left 30,000 kWh"
    assert svg.attrib["aria-label"] == said
    assert caption.replace(" Holders", ", Holders").replace(" Left", ", Left") == said


def test_energy_of_nothing_is_not_drawn() -> None:
    month = Month(202602, True, None, (), (), (), None)  # type: ignore[arg-type]
    assert month.energy == []
    assert str(environment().get_template("pictures.html").module.bar([], "Nothing")).strip() == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("days_late", "age"), [(-3, 0), (0, 0), (1, 1), (30, 1), (31, 31), (60, 31), (61, 61), (4_000, 61)]
)
def test_age_of_a_receivable(days_late: int, age: int) -> None:
    (one,) = receivables([invoice(5, days_late)], {0: ALGO}, NOW_TS)
    assert [(row.days_late, row.invoices, row.amount) for row in one.ages if row.invoices] == [(age, 1, 5)]
    assert [row.age for row in one.ages] == list(AGES_DAYS.values())


def test_receivables_are_drawn_in_proportion_for_each_asset() -> None:
    """What is paid or voided is none; a credit that is set against an invoice makes it smaller."""
    owed = [
        invoice(3_000_000, -1),
        invoice(4_000_000, 40, applied_amount=1_000_000),
        invoice(2_000_000, 90),
        invoice(9_000_000, 90, status=cfg.INVOICE_PAID),
        invoice(9_000_000, 90, status=cfg.INVOICE_VOID),
        invoice(1_250, 2, DOLLAR.asset_id),
    ]
    in_algo, in_dollar = receivables(owed, {0: ALGO, DOLLAR.asset_id: DOLLAR}, NOW_TS)
    svg, caption = drawn("bar", in_algo.picture, "Receivables")
    assert [one["width"] for one in boxes(svg)] == [WIDTH * part / 8 for part in (3, 3, 2)]
    assert caption == "Receivables: not due yet 3 ALGO 31 to 60 days late 3 ALGO more than 60 days late 2 ALGO"
    assert [(row.invoices, row.amount) for row in in_algo.ages] == [
        (1, 3_000_000),
        (0, 0),
        (1, 3_000_000),
        (1, 2_000_000),
    ]
    svg, caption = drawn("bar", in_dollar.picture, "Receivables")
    assert [one["width"] for one in boxes(svg)] == [WIDTH]
    assert caption == "Receivables: 1 to 30 days late 12.5 USDC"


def test_columns_stand_on_one_another() -> None:
    """Three days of two meters: heights in proportion to the highest day; what is missing or below 0 has none."""
    series = [("roof", [3, 0, -4]), ("field", [1, 2])]
    picture = columns(series)
    assert picture is not None
    svg, caption = drawn("columns", picture, "Production")
    unit = HEIGHT / 4
    found = [(one["y"], one["height"]) for one in boxes(svg)]
    assert found == [(unit, 3 * unit), (0, unit), (2 * unit, 2 * unit)]
    assert [one["x"] // (WIDTH / 3) for one in boxes(svg)] == [0, 0, 1]
    assert caption == "Production, at most 0.004 kWh a day: roof field"
    assert "3 days, at most 0.004 kWh a day" in svg.attrib["aria-label"]


def test_columns_of_more_series_than_colours() -> None:
    """No two look alike: the last colour is that of all others together, and the sums stay."""
    picture = columns([(f"meter-{number}", [number, 1]) for number in range(1, 12)])
    assert picture is not None
    assert picture.names == [*(f"meter-{number}" for number in range(1, 8)), "4 others"]
    assert picture.most == sum(range(1, 12))
    svg, _ = drawn("columns", picture, "Production")
    assert len({one.attrib["class"] for one in svg.iter("rect")}) == MOST_COLOURS
    heights = [one["height"] for one in boxes(svg) if one["x"] < WIDTH / 2]
    assert sum(heights) == pytest.approx(HEIGHT, abs=0.1)


def test_no_columns_of_nothing() -> None:
    assert columns([("roof", [0, -1])]) is None
    assert columns([]) is None


def offers(side: Side, rows: Sequence[tuple[int, int]]) -> OpenOffers:
    """Open offers: price and energy of each."""
    made = np.array(rows, dtype=[("price_per_kwh", np.uint64), ("amount_wh", np.uint64)])
    return OpenOffers(side, len(rows), np.arange(len(rows), dtype=np.uint64), made)


def test_depth_is_drawn_from_the_figures_of_the_tables() -> None:
    sells = levels(offers(Side.SELL, [(20_000_000, 300), (15_000_000, 100), (20_000_000, 100)]))
    buys = levels(offers(Side.BUY, [(10_000_000, 200), (12_000_000, 50)]))
    assert [(one.price_per_kwh, one.offers, one.amount_wh, one.depth_wh) for one in sells] == [
        (15_000_000, 1, 100, 100),
        (20_000_000, 2, 400, 500),
    ]
    assert [(one.price_per_kwh, one.depth_wh) for one in buys] == [(12_000_000, 50), (10_000_000, 250)]
    book = depth(
        [(one.price_per_kwh, one.depth_wh) for one in sells], [(one.price_per_kwh, one.depth_wh) for one in buys]
    )
    svg, caption = drawn("depth", book)
    lines = [
        [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
        for line in svg.iter("polyline")
    ]

    def at(price: int, wh: int) -> tuple[float, float]:
        """Where a figure of the table is drawn: from 0.1 to 0.2 EUR, and up to 500 Wh."""
        return WIDTH * (price - 10_000_000) / 10_000_000, HEIGHT * (1 - wh / 500)

    assert lines[0] == [at(15_000_000, 0), at(15_000_000, 100), at(20_000_000, 100), at(20_000_000, 500), (WIDTH, 0)]
    assert lines[1] == [at(12_000_000, 0), at(12_000_000, 50), at(10_000_000, 50), at(10_000_000, 250), (0, HEIGHT / 2)]
    for text in (svg.attrib["aria-label"], caption):
        assert "0.1 to 0.2 EUR/kWh" in text
    assert f"at most {number(500, 3)} kWh" in caption
