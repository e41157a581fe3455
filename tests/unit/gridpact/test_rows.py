"""Rows for people and for programs, and groups of options."""

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer

from gridpact.cli.options import Options, arguments_of, parameters, taken
from gridpact.cli.rows import Column, documents, figure, listing
from gridpact.cli.tables import Listing

PRICES: list[Column[int]] = [
    Column("price", lambda one: one, ">Price", lambda one: f"{one / 100:.2f} EUR", "price_text"),
    Column("is_high", lambda one: one > 100),
    Column("", lambda one: "*" * (one // 100), "Stars"),
]


def test_documents_have_value_and_text_of_a_column() -> None:
    assert documents(PRICES, [250]) == [{"price": 250, "price_text": "2.50 EUR", "is_high": True}]


def test_listing_shows_the_columns_with_a_heading() -> None:
    shown = listing(PRICES, [250, 99], "no price")
    assert isinstance(shown, Listing)
    assert (shown.headings, shown.is_right) == (["Price", "Stars"], [True, False])
    assert shown.rows == [["2.50 EUR", "**"], ["0.99 EUR", ""]]


def test_listing_without_rows_says_so() -> None:
    assert listing(PRICES, [], "no price") == "no price"


@dataclass(frozen=True, slots=True)
class _Place:
    street: Annotated[str, typer.Option("--street")]
    number: Annotated[int, typer.Option("--number")] = 1


def _write(session: object, place: _Place, name: str = "") -> tuple[object, _Place, str]:
    return session, place, name


def test_parameters_show_the_options_of_a_group() -> None:
    shown = {one.name: one for one in parameters(_write, Options)}
    assert list(shown)[:5] == ["ctx", "street", "number", "name", "json"]
    assert shown["street"].default is shown["street"].empty
    assert shown["number"].default == 1
    assert "dry_run" in shown


@pytest.mark.parametrize("name", ["", "north"])
def test_arguments_of_gives_the_group_to_the_command(name: str) -> None:
    given = {"street": "Mill Lane", "number": 7, "name": name, "json": True}
    assert taken(_Place, dict(given)) == _Place("Mill Lane", 7)
    del given["json"]
    assert _write(None, **arguments_of(_write, given)) == (None, _Place("Mill Lane", 7), name)


def test_figure_shows_its_value() -> None:
    column: Column[list[int]] = figure("sum", lambda row: sum(row), ">Sum", "{} Wh".format, "sum_text")
    assert documents([column], [[1, 2]]) == [{"sum": 3, "sum_text": "3 Wh"}]
