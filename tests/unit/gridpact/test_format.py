"""One formatter each for energy, money, dates, addresses; and its inverse for what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridpact import units as fmt
from gridpact.cli.words.kinds import listed
from gridpact.units import Asset

USDC = Asset(31_566_704, "USDC (asset 31566704)", 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (fmt.energy(125_000_000), "125,000 kWh"),
        (fmt.energy(437), "0.437 kWh"),
        (fmt.energy(-1_500), "-1.5 kWh"),
        (fmt.energy(0), "0 kWh"),
        (fmt.energy_kwh(75_000), "75,000 kWh"),
        (fmt.energy_wh(1_500), "1500 Wh (1.5 kWh)"),
        (fmt.power(500_000), "500 kW"),
        (fmt.power(1), "0.001 kW"),
        (fmt.money(9_000_000_000), "9,000 ALGO"),
        (fmt.money(1), "0.000001 ALGO"),
        (fmt.money(2**64 - 1), "18,446,744,073,709.551615 ALGO"),
        (fmt.money(1_234_500, USDC), "1.2345 USDC (asset 31566704)"),
        (fmt.price(120_000), "0.12 ALGO/kWh"),
        (fmt.eur_price(15_000_000), "0.15 EUR/kWh"),
        (fmt.percent(105, 125), "84 %"),
        (fmt.percent(1, 3), "33.33 %"),
        (fmt.percent(2, 3), "66.67 %"),
        (fmt.percent(5, 0), "0 %"),
        (fmt.date(1_773_619_199), "March 15, 2026"),
        (fmt.moment(1_773_619_199), "March 15, 2026, 23:59:59 UTC"),
        (fmt.epoch(202602), "February 2026"),
        (fmt.short("A" * 54 + "WXYZ"), "AAAA…WXYZ"),
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_written(text: str, expected: str) -> None:
    assert text == expected


def test_nothing_is_written_with_a_dollar_sign() -> None:
    assert "$" not in fmt.money(9_000_000_000) + fmt.price(120_000) + fmt.eur_price(15_000_000)


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [("3000", 6, 3_000_000_000), ("0.12", 6, 120_000), (".5", 3, 500), ("1.", 0, 1), ("0", 6, 0), ("1.50", 1, 15)],
)
def test_base_units(text: str, decimals: int, expected: int) -> None:
    assert fmt.base_units(text, decimals) == expected


@pytest.mark.parametrize("text", ["", ".", "-1", "+1", "1e3", "1,000", "0x10", "nan", "inf", "1.2.3", "１", "1 0"])
def test_base_units_refuses_what_is_no_plain_number(text: str) -> None:
    with pytest.raises(fmt.NotANumber):
        fmt.base_units(text, 6)


def test_base_units_refuses_decimals_that_the_unit_has_not() -> None:
    with pytest.raises(fmt.TooManyDecimals):
        fmt.base_units("0.0000001", 6)


def test_base_units_refuses_what_the_ledger_cannot_count() -> None:
    assert fmt.base_units("18446744073709.551615", 6) == 2**64 - 1
    with pytest.raises(fmt.TooLarge):
        fmt.base_units("18446744073709.551616", 6)


@given(st.integers(0, 2**64 - 1), st.integers(0, 19))
def test_what_is_written_reads_back(units: int, decimals: int) -> None:
    assert fmt.base_units(fmt.number(units, decimals).replace(",", ""), decimals) == units


@pytest.mark.parametrize("text", ["3000", "2", "0.12", "18446744073709551615"])
def test_a_number_whose_decimals_are_not_known_yet(text: str) -> None:
    """An amount in an asset is bounded by the asset, not before it is read."""
    assert fmt.require_number(text) == text


@pytest.mark.parametrize("text", ["", ".", "1e3", "1,5", "-1", "three"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(fmt.NotANumber):
        fmt.require_number(text)
