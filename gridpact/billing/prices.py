"""Prices over time and late interest, as the contract computes them: exact, rounded once."""

from gridpact.contracts import ppa_config as cfg
from gridpact.contracts.units import SECONDS_PER_DAY


def contract_year(first_epoch: int, epoch_id: int) -> int:
    """The year of an agreement that a month is in: 1 for the first twelve months.

    Args:
        first_epoch: the agreement's first month, YYYYMM.
        epoch_id: the month, not before it.
    """
    return (_months(epoch_id) - _months(first_epoch)) // cfg.MONTHS_OF_YEAR + 1


def price_in(base_price: int, escalator_bps: int, year: int) -> int:
    """The price of a contract year: compounded from the base price, and rounded once, half up.

    Args:
        base_price: base units of the settlement asset per kWh.
        escalator_bps: yearly rise in basis points.
        year: of the contract, from 1.
    """
    risen: int = base_price * (cfg.BPS_OF_ONE + escalator_bps) ** (year - 1)
    whole: int = cfg.BPS_OF_ONE ** (year - 1)
    return (2 * risen + whole) // (2 * whole)


def late_interest(amount: int, bps: int, due_ts: int, paid_ts: int) -> int:
    """Simple interest, actual/365, rounded down.

    Args:
        amount: what was paid late, in base units.
        bps: yearly interest in basis points.
        due_ts: when it was due.
        paid_ts: when it was paid.
    """
    return amount * bps * days_late(due_ts, paid_ts) // (cfg.BPS_OF_ONE * cfg.DAYS_OF_YEAR)


def days_late(due_ts: int, paid_ts: int) -> int:
    """Whole days (UTC) from the due day to the day of payment; 0 where it was paid in time."""
    return max(paid_ts // SECONDS_PER_DAY - due_ts // SECONDS_PER_DAY, 0)


def _months(epoch_id: int) -> int:
    return epoch_id // 100 * cfg.MONTHS_OF_YEAR + epoch_id % 100
