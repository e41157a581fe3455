"""The contracts' programs, as built, and whether an app on chain runs them.

The interface document (ARC-56) has the compiled programs, with its template variables at zero. They stand in the block
of integer constants at the program's start: filling them in changes these bytes only.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Final

from gridpact.chain.specs import Contract, spec

UPDATABLE: Final = "TMPL_UPDATABLE"
DELETABLE: Final = "TMPL_DELETABLE"

_INTCBLOCK: Final = 0x20
_MORE: Final = 0x80


@dataclass(frozen=True, slots=True)
class Programs:
    """An app's programs, compared with this version's."""

    is_ours: bool
    """Whether both are what was built from the contract."""
    updatable: bool | None
    """Whether the admin may replace them; None where they are not ours."""
    deletable: bool | None
    """Whether the admin may delete the app; None where they are not ours."""


def compare(contract: Contract, params: Mapping[str, Any]) -> Programs:
    """Whether an app runs the contract's programs, whatever it allows its admin.

    Args:
        contract: which one it should be.
        params: what `app_params` gives of the app.
    """
    there = base64.b64decode(params["approval-program"])
    if base64.b64decode(params["clear-state-program"]) == clear(contract):
        for updatable, deletable in product((False, True), repeat=2):
            if there == approval(contract, updatable=updatable, deletable=deletable):
                return Programs(is_ours=True, updatable=updatable, deletable=deletable)
    return Programs(is_ours=False, updatable=None, deletable=None)


@cache
def approval(contract: Contract, *, updatable: bool, deletable: bool) -> bytes:
    """The approval program, compiled.

    Args:
        contract: whose.
        updatable: whether the admin may replace it.
        deletable: whether the admin may delete the app.
    """
    program = bytearray(base64.b64decode(spec(contract)["byteCode"]["approval"]))
    places = _places(contract, bytes(program))
    for name, value in ((UPDATABLE, updatable), (DELETABLE, deletable)):
        program[places[name]] = value
    return bytes(program)


@cache
def clear(contract: Contract) -> bytes:
    """The clear-state program, compiled."""
    return base64.b64decode(spec(contract)["byteCode"]["clear"])


def _places(contract: Contract, program: bytes) -> dict[str, int]:
    """Where each template variable stands.

    Raises:
        ValueError: not all of them are zeros in the block of integer constants.
    """
    lines = base64.b64decode(spec(contract)["source"]["approval"]).decode().splitlines()
    constants = next(line.split()[1:] for line in lines if line.split()[:1] == ["intcblock"])
    version_end = 1
    count, place = _varuint(program, version_end + 1)
    places: dict[str, int] = {}
    if program[version_end] == _INTCBLOCK and count == len(constants):
        for constant in constants:
            value, following = _varuint(program, place)
            if constant.startswith("TMPL_") and value == 0:
                places[constant] = place
            place = following
    if places.keys() != {UPDATABLE, DELETABLE}:
        msg = f"{contract.value}: the template variables are not where they are expected"
        raise ValueError(msg)
    return places


def _varuint(program: bytes, place: int) -> tuple[int, int]:
    """A number at a place, and the place after it."""
    value = shift = 0
    while True:
        byte = program[place]
        value |= (byte & ~_MORE) << shift
        place, shift = place + 1, shift + 7
        if byte < _MORE:
            return value, place
