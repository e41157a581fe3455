"""Small arithmetic of the contracts, run by the emulator."""

from algopy import UInt64
from algopy_testing import algopy_testing_context
from hypothesis import given
from hypothesis import strategies as st

from smart_contracts.shared.numbers import min_of

UINT64 = st.integers(0, 2**64 - 1)


@given(UINT64, UINT64)
def test_min_of(a: int, b: int) -> None:
    with algopy_testing_context():
        assert min_of(UInt64(a), UInt64(b)) == min(a, b)
