"""The columns: what they refuse, and that they cannot be changed."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from gridpact.market.matching import MAX_AMOUNT_WH, MAX_OFFERS, MAX_PRICE_PER_KWH, OfferColumns, index_accounts


def three_offers() -> OfferColumns:
    return OfferColumns.from_rows([(7, 0, 1000, 15_000_000, 3), (2, 1, 500, 0, 1), (5, 0, 1, 12_000_000, 2)])


def test_rows_become_typed_columns() -> None:
    book = three_offers()
    assert len(book) == 3
    assert book.offer_id.tolist() == [7, 2, 5]
    assert book.maker.tolist() == [0, 1, 0]
    assert book.amount_wh.tolist() == [1000, 500, 1]
    assert book.price_per_kwh.tolist() == [15_000_000, 0, 12_000_000]
    assert book.since_ts.tolist() == [3, 1, 2]
    assert [getattr(book, field.name).dtype.name for field in fields(book)] == [
        "uint64",
        "int64",
        "uint64",
        "uint64",
        "uint64",
    ]


def test_no_rows_are_an_empty_book() -> None:
    assert len(OfferColumns.from_rows([])) == 0


def test_the_bounds_themselves_are_accepted() -> None:
    book = OfferColumns.from_rows([(2**64 - 1, 2**63 - 1, MAX_AMOUNT_WH, MAX_PRICE_PER_KWH, 2**64 - 1)])
    assert book.amount_wh[0] == 10**12
    assert book.price_per_kwh[0] == 10**11


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("amount_wh", 0, "amount_wh must be 1 to 1000000000000"),
        ("amount_wh", MAX_AMOUNT_WH + 1, "amount_wh must be 1 to 1000000000000"),
        ("price_per_kwh", MAX_PRICE_PER_KWH + 1, "price_per_kwh must be at most 100000000000"),
        ("maker", -1, "maker must not be negative"),
        ("offer_id", 7, "an offer_id stands twice on one side"),
    ],
)
def test_values_out_of_bounds_are_refused(column: str, value: int, message: str) -> None:
    book = three_offers()
    values = getattr(book, column).copy()
    values[1] = value
    with pytest.raises(ValueError, match=message):
        replace(book, **{column: values})


@pytest.mark.parametrize("column", [field.name for field in fields(OfferColumns)])
def test_another_type_is_refused(column: str) -> None:
    book = three_offers()
    with pytest.raises(TypeError, match=f"{column} must be a NumPy array of u?int64, not float64"):
        replace(book, **{column: getattr(book, column).astype(np.float64)})
    with pytest.raises(TypeError, match=f"{column} must be a NumPy array of u?int64, not list"):
        replace(book, **{column: getattr(book, column).tolist()})


@pytest.mark.parametrize("column", [field.name for field in fields(OfferColumns)])
def test_another_shape_is_refused(column: str) -> None:
    book = three_offers()
    with pytest.raises(ValueError, match="every column needs one value an offer"):
        replace(book, **{column: getattr(book, column)[:2]})
    with pytest.raises(ValueError, match="every column needs one value an offer"):
        replace(book, **{column: getattr(book, column).reshape(3, 1)})


def test_more_offers_than_can_be_summed_are_refused() -> None:
    ids = np.arange(MAX_OFFERS + 1, dtype=np.uint64)
    ones = np.ones(MAX_OFFERS + 1, np.uint64)
    with pytest.raises(ValueError, match=f"at most {MAX_OFFERS}"):
        OfferColumns(ids, np.zeros(MAX_OFFERS + 1, np.int64), ones, ones, ones)


def test_a_book_cannot_be_changed_and_leaves_its_arrays_alone() -> None:
    amounts = np.array([1, 2], np.uint64)
    one = np.ones(2, np.uint64)
    book = OfferColumns(np.arange(2, dtype=np.uint64), np.zeros(2, np.int64), amounts, one, one)
    with pytest.raises(ValueError, match="read-only"):
        book.amount_wh[0] = 3
    with pytest.raises(FrozenInstanceError):
        book.amount_wh = one  # type: ignore[misc]
    assert amounts.flags.writeable


def test_the_same_account_has_the_same_index_on_both_sides() -> None:
    accounts, sell_makers, buy_makers = index_accounts(["B", "A", "B"], ["C", "A"])
    assert accounts == ["B", "A", "C"]
    assert sell_makers.tolist() == [0, 1, 0]
    assert buy_makers.tolist() == [2, 1]
    assert sell_makers.dtype == buy_makers.dtype == np.int64
