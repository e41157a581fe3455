"""Answers of algod and indexer: with a type, and with what their codes mean."""

from typing import Any, Final

BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404
AT_ONCE: Final = 8
"""Requests in flight at a time: enough to hide a distant node's latency, too few to trouble a near one."""


def as_dict(answer: object) -> dict[str, Any]:
    """A node's JSON object. algosdk declares its answers as bytes or dictionaries alike.

    Raises:
        TypeError: the node answered something else.
    """
    if not isinstance(answer, dict):
        msg = f"the node answered {type(answer).__name__} where an object was expected"
        raise TypeError(msg)
    return answer
