"""How energy, money, dates and addresses are written: one formatter each, for commands, pages and documents."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from gridpact.contracts.units import WH_PER_KWH
from gridpact.errors import GridPactError

EUR_DECIMALS: Final = 8
"""Offer prices are EUR per kWh with 8 decimals."""
MAX_UINT64: Final = 2**64 - 1
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Asset:
    """What an amount is counted in."""

    asset_id: int
    unit: str
    decimals: int

    @property
    def is_algo(self) -> bool:
        """Whether it is ALGO, which is no asset on the ledger."""
        return self.asset_id == 0


ALGO: Final = Asset(0, "ALGO", 6)
KW_TOKEN_DECIMALS: Final = 3
UNITS_PER_KW: Final = 10**KW_TOKEN_DECIMALS


def number(units: int, decimals: int = 0) -> str:
    """A number of base units, grouped by thousands, without trailing zeros: `number(1234500, 3)` is 1,234.5."""
    whole, fraction = divmod(abs(units), 10**decimals)
    text = f"{whole:,}"
    digits = str(fraction).rjust(decimals, "0").rstrip("0") if fraction else ""
    return f"{'-' if units < 0 else ''}{text}{'.' + digits if digits else ''}"


def energy(wh: int) -> str:
    """Energy in kWh, exact: 125,000 kWh, 0.437 kWh.

    Args:
        wh: whole Wh.
    """
    return f"{number(wh, 3)} kWh"


def energy_kwh(kwh: int) -> str:
    """Energy in kWh, exact.

    Args:
        kwh: whole kWh.
    """
    return energy(kwh * WH_PER_KWH)


def energy_wh(wh: int) -> str:
    """Energy as offers count it, in Wh and kWh: 1500 Wh (1.5 kWh)."""
    return f"{wh} Wh ({energy(wh)})"


def power(watts: int) -> str:
    """Power, or units of the kW token, in kW: 500 kW."""
    return f"{number(watts, KW_TOKEN_DECIMALS)} kW"


def money(amount: int, asset: Asset = ALGO) -> str:
    """An amount with its unit: 9,000 ALGO.

    Args:
        amount: base units (ALGO: microALGO).
        asset: what they are units of.
    """
    return f"{number(amount, asset.decimals)} {asset.unit}"


def price(amount: int, asset: Asset = ALGO) -> str:
    """A price per kWh: 0.12 ALGO/kWh.

    Args:
        amount: base units per kWh.
        asset: what they are units of.
    """
    return f"{money(amount, asset)}/kWh"


def eur(units: int, decimals: int = EUR_DECIMALS) -> str:
    """An amount in EUR with at least two decimals: 0.20 EUR.

    Args:
        units: base units.
        decimals: of the base unit.
    """
    whole, _, fraction = number(units, decimals).partition(".")
    return f"{whole}.{fraction:0<2} EUR"


def eur_price(units: int) -> str:
    """An offer's price: 0.20 EUR/kWh.

    Args:
        units: EUR per kWh with 8 decimals (20,000,000 is 0.20).
    """
    return f"{eur(units)}/kWh"


def percent(part: int, whole: int) -> str:
    """A share with at most two decimals, rounded half up: 80 %. Nothing of nothing is 0 %."""
    if whole == 0:
        return "0 %"
    return f"{number((part * 20_000 + whole) // (whole * 2), 2)} %"


LAST_SECOND: Final = 253_402_300_799
"""Of the year 9999, in Unix time. Contracts take later ones, from anybody, such as milliseconds taken for seconds."""
AFTER_ALL_YEARS: Final = "after the year 9999"


def date(ts: int) -> str:
    """A day in UTC: March 15, 2026.

    Args:
        ts: Unix time.
    """
    if ts > LAST_SECOND:
        return AFTER_ALL_YEARS
    moment = datetime.fromtimestamp(ts, UTC)
    return f"{MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def moment(ts: int) -> str:
    """A second in UTC: March 15, 2026, 23:59:59 UTC.

    Args:
        ts: Unix time.
    """
    if ts > LAST_SECOND:
        return AFTER_ALL_YEARS
    return f"{date(ts)}, {datetime.fromtimestamp(ts, UTC):%H:%M:%S} UTC"


def iso(ts: int) -> str:
    """A second in UTC as programs write it: 2026-03-15T23:59:59.000Z.

    Args:
        ts: Unix time.
    """
    if ts > LAST_SECOND:
        return AFTER_ALL_YEARS
    return f"{datetime.fromtimestamp(ts, UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def epoch(epoch_id: int) -> str:
    """A month: February 2026.

    Args:
        epoch_id: YYYYMM.
    """
    year, month = divmod(epoch_id, 100)
    return f"{MONTHS[month - 1]} {year}"


def short(address: str) -> str:
    """An address by both its ends: ABCD…WXYZ."""
    return f"{address[:4]}…{address[-4:]}"


def base_units(text: str, decimals: int, what: str = "amount") -> int:
    """The base units of a decimal number that somebody wrote: `base_units("0.12", 6)` is 120,000.

    Args:
        text: digits with at most one point. No sign, no exponent, no thousands separator.
        decimals: decimals of the unit.
        what: what the number is, for the refusal: `amount`, `price`, `energy`.

    Raises:
        NotANumber: it is no such number.
        TooManyDecimals: it has more decimals than the unit.
        TooLarge: it is beyond 2^64-1 base units.
    """
    match = _number(text, what)
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > decimals:
        raise TooManyDecimals(text, what, decimals)
    units = int((match["whole"] or "0") + fraction.ljust(decimals, "0"))
    if units > MAX_UINT64:
        raise TooLarge(text, what)
    return units


def require_number(text: str, what: str = "amount") -> str:
    """The text itself, for whoever does not know yet how many decimals it may have.

    Raises:
        NotANumber: it is no plain decimal number.
    """
    _number(text, what)
    return text


def _number(text: str, what: str) -> re.Match[str]:
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise NotANumber(text, what)
    return match


@dataclass(eq=False)
class UnitsError(GridPactError):
    """A number that somebody wrote, and that cannot be taken."""

    text: str
    what: str
    """What the number is: `amount`, `price`, `energy`."""


@dataclass(eq=False)
class NotANumber(UnitsError):
    """It is no decimal number."""


@dataclass(eq=False)
class TooManyDecimals(UnitsError):
    """It has more decimals than its unit."""

    decimals: int


@dataclass(eq=False)
class TooLarge(UnitsError):
    """The ledger counts no such amount."""


_NUMBER: Final = re.compile(r"(?=.*\d)(?P<whole>\d{0,30})(?:\.(?P<fraction>\d{0,30}))?", re.ASCII)
