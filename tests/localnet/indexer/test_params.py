"""The texts by which values are refused, where the services of others cannot be asked in a test."""

from datetime import UTC, datetime

import pytest

from localnet.http import ApiError
from localnet.indexer import params

TIME_REFUSED = "Invalid format for parameter after-time: error parsing '{0}' as RFC3339 or 2006-01-02 time: {1}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-02-03", datetime(2026, 2, 3, tzinfo=UTC)),
        ("2026-02-03T04:05:06Z", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("2026-02-03T04:05:06.123456789Z", datetime(2026, 2, 3, 4, 5, 6, 123456, tzinfo=UTC)),
        ("2026-02-03T04:05:06+02:00", datetime(2026, 2, 3, 2, 5, 6, tzinfo=UTC)),
    ],
)
def test_times(text: str, when: datetime) -> None:
    assert params.time({"after-time": text}, "after-time") == when


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026", 'parsing time "2026" as "2006-01-02": cannot parse "" as "-"'),
        ("2026-x", 'parsing time "2026-x" as "2006-01-02": cannot parse "x" as "01"'),
        ("2026-13-01", 'parsing time "2026-13-01": month out of range'),
        ("2026-02-30", 'parsing time "2026-02-30": day out of range'),
        ("2026-02-03 04:05", 'parsing time "2026-02-03 04:05": extra text: " 04:05"'),
        ("", 'parsing time "" as "2006-01-02": cannot parse "" as "2006"'),
    ],
)
def test_times_refused(text: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        params.time({"after-time": text}, "after-time")
    assert (refused.value.status, refused.value.message) == (400, TIME_REFUSED.format(text, why))


@pytest.mark.parametrize(
    ("text", "at"),
    [("zzz", 0), ("AAAAzz", 4), ("A+AA", 1), ("AAA=A", 3), ("A===", 1), ("AAA==", 4), ("AA=", 3)],
)
def test_where_base64_ends(text: str, at: int) -> None:
    with pytest.raises(ValueError, match=rf"^name\(\) decode err: illegal base64 data at input byte {at}$"):
        params.decode_token(text, 3, "name")


def test_tokens_have_one_size() -> None:
    assert params.decode_token("AAEC", 3, "name") == bytes(range(3))
    with pytest.raises(ValueError, match=r"^name\(\) bad next token b: 0001$"):
        params.decode_token("AAE=", 3, "name")


def test_limits() -> None:
    assert [params.limit(query, 10, 100) for query in ({}, {"limit": "7"}, {"limit": "1000"}, {"limit": "0"})] == [
        10,
        7,
        100,
        100,
    ]
