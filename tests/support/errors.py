"""One helper for every expected refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gridpact.chain.errors import ContractError


@contextmanager
def raises(name: str) -> Iterator[None]:
    """Expect a contract to refuse with exactly this error.

    The name is taken from the ARC-56 document at the program counter of the innermost failure, never from the text
    around it: a neighbour's assert, or a panic of the machine, does not pass.

    Args:
        name: a constant of `smart_contracts.shared.errors`, or the ARC-56 message of a check that the compiler made.
    """
    with pytest.raises(ContractError) as caught:
        yield
    assert caught.value.name == name, f"expected {name}, got {caught.value.name}: {caught.value.node_text}"
