"""The calendar subroutines, run by the emulator, against Python's calendar."""

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from algopy import UInt64
from algopy_testing import AlgopyTestContext, algopy_testing_context
from hypothesis import given
from hypothesis import strategies as st

from smart_contracts.shared import calendar as subject
from smart_contracts.shared import errors as err

EPOCHS = st.builds(lambda year, month: year * 100 + month, st.integers(2000, 2999), st.integers(1, 12))


@pytest.fixture(autouse=True, scope="module")
def emulator() -> Iterator[AlgopyTestContext]:
    with algopy_testing_context() as context:
        yield context


def first_second(epoch_id: int) -> datetime:
    return datetime(epoch_id // 100, epoch_id % 100, 1, tzinfo=UTC)


def last_second(epoch_id: int) -> datetime:
    year, month = divmod(epoch_id, 100)
    return datetime(year, month, calendar.monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC)


@given(EPOCHS)
def test_epoch_start_ts(epoch_id: int) -> None:
    assert subject.epoch_start_ts(UInt64(epoch_id)) == int(first_second(epoch_id).timestamp())


@given(EPOCHS)
def test_epoch_end_ts(epoch_id: int) -> None:
    assert subject.epoch_end_ts(UInt64(epoch_id)) == int(last_second(epoch_id).timestamp())


@given(EPOCHS, st.integers(1, 28))
def test_due_ts(epoch_id: int, due_day: int) -> None:
    following = last_second(epoch_id) + timedelta(seconds=1)
    due = following.replace(day=due_day, hour=23, minute=59, second=59)
    assert subject.due_ts(UInt64(epoch_id), UInt64(due_day)) == int(due.timestamp())


def test_due_ts_of_the_example_month() -> None:
    due = datetime.fromtimestamp(int(subject.due_ts(UInt64(202602), UInt64(15))), UTC)
    assert due == datetime(2026, 3, 15, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("epoch_id", "days"), [(202402, 29), (202302, 28), (200002, 29), (210002, 28), (240002, 29), (202312, 31)]
)
def test_length_of_a_month(epoch_id: int, days: int) -> None:
    start, after = subject.epoch_start_ts(UInt64(epoch_id)), subject.next_epoch_start_ts(UInt64(epoch_id))
    assert after - start == days * 86_400


@given(EPOCHS)
def test_require_epoch(epoch_id: int) -> None:
    subject.require_epoch(UInt64(epoch_id))


@pytest.mark.parametrize("epoch_id", [0, 1, 199912, 200000, 200013, 299913, 300001, 20260201, 2**64 - 1])
def test_require_epoch_invalid_epoch(epoch_id: int) -> None:
    with pytest.raises(AssertionError, match=f"^{err.INVALID_EPOCH}$"):
        subject.require_epoch(UInt64(epoch_id))
