"""Who governs an app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from algosdk.constants import ZERO_ADDRESS

from gridpact.chain.layout import decode_state


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of one app, and whether it is paused."""

    admin: str
    proposed_admin: str | None
    """Who may accept the admin's role; None when nobody is proposed."""
    operator: str
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """The keys of the global state that all four apps have."""

    admin: str
    proposed_admin: str
    operator: str
    paused: int


class Governed(Protocol):
    """A global state with these keys."""

    @property
    def admin(self) -> str: ...
    @property
    def proposed_admin(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def paused(self) -> int: ...


def roles(state: Mapping[str, int | bytes]) -> Roles:
    """The roles in an app's global state."""
    return roles_of(decode_state(Governance, state))


def roles_of(state: Governed) -> Roles:
    """The roles in an app's global state, decoded."""
    return Roles(
        admin=state.admin,
        proposed_admin=None if state.proposed_admin == ZERO_ADDRESS else state.proposed_admin,
        operator=state.operator,
        paused=bool(state.paused),
    )
