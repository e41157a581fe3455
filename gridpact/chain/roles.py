"""Who governs an app."""

from collections.abc import Mapping
from dataclasses import dataclass

from algosdk.constants import ZERO_ADDRESS

from gridpact.chain.state import address, uint


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of one app, and whether it is paused."""

    admin: str
    proposed_admin: str | None
    """Who may accept the admin's role; None when nobody is proposed."""
    operator: str
    paused: bool


def roles(state: Mapping[str, int | bytes]) -> Roles:
    """The roles in an app's global state."""
    proposed = address(state, "proposed_admin")
    return Roles(
        admin=address(state, "admin"),
        proposed_admin=None if proposed == ZERO_ADDRESS else proposed,
        operator=address(state, "operator"),
        paused=bool(uint(state, "paused")),
    )
