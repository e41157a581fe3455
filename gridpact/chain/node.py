"""Answers of algod and indexer, with a type."""

from typing import Any


def as_dict(answer: object) -> dict[str, Any]:
    """A node's JSON object. algosdk declares its answers as bytes or dictionaries alike.

    Raises:
        TypeError: the node answered something else.
    """
    if not isinstance(answer, dict):
        msg = f"the node answered {type(answer).__name__} where an object was expected"
        raise TypeError(msg)
    return answer
