"""Small arithmetic on chain."""

from algopy import UInt64, subroutine


@subroutine
def min_of(a: UInt64, b: UInt64) -> UInt64:
    """The smaller of two numbers."""
    return a if a < b else b
