"""Prices over time and interest: exact, rounded once."""

from algopy import BigUInt, UInt64, op, subroutine

from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from smart_contracts.shared.units import SECONDS_PER_DAY


@subroutine
def months_between(first_epoch: UInt64, epoch: UInt64) -> UInt64:
    """Whole months from one epoch to a later one, both YYYYMM."""
    return (epoch // 100 * 12 + epoch % 100) - (first_epoch // 100 * 12 + first_epoch % 100)


@subroutine
def escalated_price(base_price: UInt64, bps: UInt64, years: UInt64) -> UInt64:
    """The base price after so many yearly rises: compounded from the base, and rounded once, half up.

    base x (10000 + bps)^years / 10000^years. Up to 39 rises of 1,999 basis points the numerator is wider than the 64
    bytes that one operand may have, so it is divided in two parts: what is above 32 bytes first.

    Raises:
        err.AMOUNT_TOO_LARGE: the price is beyond 2^64-1 base units.
    """
    half = years // 2
    rest = years - half
    factor = cfg.BPS_OF_ONE + bps
    half_divisor = _power(UInt64(cfg.BPS_OF_ONE), half)
    rest_divisor = _power(UInt64(cfg.BPS_OF_ONE), rest)
    # Twice the price, rounded down, is odd where the price is to be rounded up.
    doubled = (2 * BigUInt(base_price) * _power(factor, rest)) * _power(factor, half)
    # Rounding down in steps is rounding down once: floor(floor(a / b) / c) = floor(a / bc).
    price = (_quotient(doubled, half_divisor) // rest_divisor + 1) // 2
    assert price <= BigUInt(cfg.MAX_PRICE), err.AMOUNT_TOO_LARGE
    return op.btoi(price.bytes)


@subroutine
def late_interest(amount: UInt64, bps: UInt64, due_ts: UInt64, paid_ts: UInt64) -> UInt64:
    """Simple interest, actual/365: by whole days (UTC) from the due date to the day of payment, rounded down."""
    days = paid_ts // SECONDS_PER_DAY - due_ts // SECONDS_PER_DAY
    interest = BigUInt(amount) * (bps * days) // (cfg.BPS_OF_ONE * cfg.DAYS_OF_YEAR)
    assert interest <= BigUInt(cfg.MAX_PRICE), err.AMOUNT_TOO_LARGE
    return op.btoi(interest.bytes)


@subroutine
def _power(base: UInt64, exponent: UInt64) -> BigUInt:
    """A power of at most 11,999, up to the 20th: what fits 128 bits in one opcode, times the rest."""
    result = _power_of_few(base, exponent % cfg.POWERS_IN_128_BITS)
    if exponent >= cfg.POWERS_IN_128_BITS:
        many = _power_of_few(base, UInt64(cfg.POWERS_IN_128_BITS))
        result *= many
        if exponent >= 2 * cfg.POWERS_IN_128_BITS:
            result *= many
    return result


@subroutine
def _power_of_few(base: UInt64, exponent: UInt64) -> BigUInt:
    high, low = op.expw(base, exponent)
    return BigUInt.from_bytes(op.itob(high) + op.itob(low))


@subroutine
def _quotient(dividend: BigUInt, divisor: BigUInt) -> BigUInt:
    """The dividend, of up to 96 bytes, divided by at most 32 bytes."""
    length = dividend.bytes.length
    if length <= cfg.OPERAND_BYTES:
        return dividend // divisor
    low_at = length - cfg.LOW_BYTES
    high = BigUInt.from_bytes(op.substring(dividend.bytes, 0, low_at))
    low = op.substring(dividend.bytes, low_at, length)
    # What is left of the upper part goes in front of the lower one.
    lower = BigUInt.from_bytes((high % divisor).bytes + low) // divisor
    return BigUInt.from_bytes((high // divisor).bytes + op.bzero(cfg.LOW_BYTES)) + lower
