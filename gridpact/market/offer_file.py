"""Offers from a file: CSV, TOML or JSON, with the columns `amount_wh` and `price`."""

from dataclasses import dataclass
from typing import Final

from gridpact.errors import GridPactError, Problem
from gridpact.rows import Column, RowRefused, RowsRefused, read
from gridpact.units import EUR_DECIMALS, base_units

ROW: Final = "offer"


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer that a file asks for. The price is EUR per kWh with 8 decimals."""

    amount_wh: int
    price_per_kwh: int


@dataclass(eq=False)
class NothingOffered(GridPactError):
    """An amount or a price is 0."""

    what: str


def parse(content: bytes, suffix: str) -> list[OfferRow]:
    """The offers of a file, in its order. Equal rows are as many offers.

    Args:
        content: the file.
        suffix: of its name: .csv, .toml or .json.

    Raises:
        RowsRefused: with everything that is wrong.
    """
    columns = {
        "amount_wh": Column(lambda text: base_units(text, 0, "energy")),
        "price": Column(lambda text: base_units(text, EUR_DECIMALS, "price")),
    }
    rows = read(content, suffix, ROW, columns)
    problems: list[Problem] = [
        RowRefused(row.place, name, NothingOffered(name)) for row in rows for name in columns if not row.values[name]
    ]
    if problems:
        raise RowsRefused(tuple(problems))
    return [OfferRow(row.values["amount_wh"], row.values["price"]) for row in rows]
