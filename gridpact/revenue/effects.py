"""What the vault changes. Units are base units of the kW token: 1 kW is 1,000."""

from dataclasses import dataclass

from gridpact.chain.work import Effect


@dataclass(frozen=True, slots=True)
class KwTokenCreated(Effect):
    """The kW token exists: frozen by default, moved by the vault only."""

    asset_id: int | None = None
    """None where it is still to be made."""


@dataclass(frozen=True, slots=True)
class OptedIn(Effect):
    """An account may hold kW tokens."""

    holder: str
    asset_id: int
    minimum_microalgo: int
    """What the holding adds to the account's minimum balance."""


@dataclass(frozen=True, slots=True)
class UnitsIssued(Effect):
    """A holder got new units."""

    holder: str
    units: int
    issued_units: int
    """All that are issued then."""


@dataclass(frozen=True, slots=True)
class IssuanceClosed(Effect):
    """The supply is fixed."""

    supply_units: int


@dataclass(frozen=True, slots=True)
class UnitsTransferred(Effect):
    """Units moved from one holder to another."""

    sender: str
    receiver: str
    units: int
    storage_microalgo: int


@dataclass(frozen=True, slots=True)
class UnitsHandedOut(Effect):
    """Units of the vault's own line moved to a holder."""

    receiver: str
    units: int
    storage_microalgo: int


@dataclass(frozen=True, slots=True)
class HolderSynced(Effect):
    """The book knows what a holder has closed out to the vault."""

    holder: str
    units: int
    """What moves to the vault's own line; where nothing does, what the holder has."""
    storage_microalgo: int = 0


@dataclass(frozen=True, slots=True)
class RevenueDeposited(Effect):
    """A month's net revenue belongs to the holders."""

    deposit_id: int
    epoch_id: int
    amount_microalgo: int
    energy_wh: int = 0
    """What it draws; and what each kW gets, and what is left of the division."""
    per_kw_microalgo: int = 0
    carried_microalgo: int = 0


@dataclass(frozen=True, slots=True)
class RevenueClaimed(Effect):
    """A holder was paid a share. The vault's own share is carried over."""

    holder: str
    is_vault: bool
    deposit_id: int
    epoch_id: int
    units: int
    amount_microalgo: int


@dataclass(frozen=True, slots=True)
class NoShare(Effect):
    """A holder had no units at a deposit's record date: there is nothing to pay."""

    holder: str
    deposit_id: int
    epoch_id: int


@dataclass(frozen=True, slots=True)
class NoDeposits(Effect):
    """Nothing was deposited yet."""
