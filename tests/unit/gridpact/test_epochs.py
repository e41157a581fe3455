"""Months off chain."""

import pytest

from gridpact import epochs


def test_bounds_of_february_2026() -> None:
    assert epochs.epoch_start_ts(202602) == 1_769_904_000
    assert epochs.epoch_end_ts(202602) == 1_772_323_199
    assert epochs.days_in(202602) == 28


@pytest.mark.parametrize(("epoch_id", "following"), [(202602, 202603), (202512, 202601), (299911, 299912)])
def test_next_epoch(epoch_id: int, following: int) -> None:
    assert epochs.next_epoch(epoch_id) == following
    assert epochs.epoch_start_ts(following) == epochs.epoch_end_ts(epoch_id) + 1


@pytest.mark.parametrize("epoch_id", [0, 202600, 202613, 199912, 300001, 20262, 2026020])
def test_require_epoch_refuses(epoch_id: int) -> None:
    with pytest.raises(epochs.NotAnEpoch):
        epochs.require_epoch(epoch_id)
