"""Exactly these events, with exactly these fields."""

from collections.abc import Mapping
from typing import Final

from algosdk.v2client.algod import AlgodClient

from gridpact.chain.events import Value
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent


class _AnyTime:
    """Stands for the chain's clock when the group ran."""

    def __repr__(self) -> str:
        return "ANY_TIME"


ANY_TIME: Final = _AnyTime()
"""The time of the block before the group's: what `Global.latest_timestamp` gives inside it."""

Expected = tuple[str, Mapping[str, Value | _AnyTime]]


def expect_events(sent: Sent, *expected: Expected) -> None:
    """Assert that a group emitted exactly these events, in this order, with all their fields.

    Args:
        sent: the confirmed group.
        expected: (name, fields) of each event, those of inner calls before those of the call that made them.
    """
    ts: int | None = None
    seen = [(event.name, dict(event.fields)) for event in sent.events]
    assert [name for name, _ in seen] == [name for name, _ in expected]
    for (name, fields), (_, wanted) in zip(seen, expected, strict=True):
        assert fields.keys() == wanted.keys(), name
        for field, value in wanted.items():
            if isinstance(value, _AnyTime):
                ts = sent_at(sent) if ts is None else ts
                assert fields[field] == ts, f"{name}.{field}"
            else:
                assert fields[field] == value, f"{name}.{field}"


def sent_at(sent: Sent) -> int:
    """The chain's clock inside the group: the time of the block before its own."""
    assert sent.algod is not None
    return block_ts(sent.algod, sent.round - 1)


def block_ts(algod: AlgodClient, round_number: int) -> int:
    """Unix time of a block."""
    return int(as_dict(algod.block_info(round_number))["block"]["ts"])
