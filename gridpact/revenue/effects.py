"""What the vault changes. Units are base units of the kW token: 1 kW is 1,000."""

from dataclasses import dataclass

from gridpact.chain.events import Promised, Value
from gridpact.chain.specs import Contract
from gridpact.chain.work import Effect
from gridpact.units import ALGO, Asset


@dataclass(frozen=True, slots=True)
class KwTokenCreated(Effect):
    """The kW token exists: frozen by default, moved by the vault only."""

    asset_id: int | None = None
    """None where it is still to be made."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(Contract.REVENUE_VAULT, "KwTokenCreated"),)


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

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "holder": self.holder,
            "units": self.units,
        }
        return (Promised(Contract.REVENUE_VAULT, "UnitsIssued", fields),)


@dataclass(frozen=True, slots=True)
class IssuanceClosed(Effect):
    """The supply is fixed."""

    supply_units: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "supplyUnits": self.supply_units,
        }
        return (Promised(Contract.REVENUE_VAULT, "IssuanceClosed", fields),)


@dataclass(frozen=True, slots=True)
class UnitsTransferred(Effect):
    """Units moved from one holder to another."""

    sender: str
    receiver: str
    units: int
    storage_microalgo: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "sender": self.sender,
            "receiver": self.receiver,
            "units": self.units,
        }
        return (Promised(Contract.REVENUE_VAULT, "UnitsTransferred", fields),)


@dataclass(frozen=True, slots=True)
class UnitsHandedOut(Effect):
    """Units of the vault's own line moved to a holder."""

    receiver: str
    units: int
    storage_microalgo: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "receiver": self.receiver,
            "units": self.units,
        }
        return (Promised(Contract.REVENUE_VAULT, "UnitsTransferred", fields),)


@dataclass(frozen=True, slots=True)
class HolderSynced(Effect):
    """The book knows what a holder has closed out to the vault."""

    holder: str
    units: int
    """What moves to the vault's own line; where nothing does, what the holder has."""
    storage_microalgo: int = 0

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "holder": self.holder,
            "units": self.units,
        }
        return (Promised(Contract.REVENUE_VAULT, "HolderSynced", fields),)


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
    asset: Asset = ALGO
    """What it is paid in. Amounts are in its base units."""
    price_per_kwh: int = 0
    """What the energy was sold for; 0 where it is not said."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "depositId": self.deposit_id,
            "epochId": self.epoch_id,
            "netAmountMicroalgo": self.amount_microalgo,
            "assetId": self.asset.asset_id,
            "pricePerKwh": self.price_per_kwh,
        }
        return (Promised(Contract.REVENUE_VAULT, "RevenueDeposited", fields),)


@dataclass(frozen=True, slots=True)
class RevenueClaimed(Effect):
    """A holder was paid a share. The vault's own share is carried over."""

    holder: str
    is_vault: bool
    deposit_id: int
    epoch_id: int
    units: int
    amount_microalgo: int
    asset: Asset = ALGO
    """What it is paid in. The amount is in its base units."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "holder": self.holder,
            "depositId": self.deposit_id,
            "epochId": self.epoch_id,
            "units": self.units,
            "amountMicroalgo": self.amount_microalgo,
        }
        return (Promised(Contract.REVENUE_VAULT, "RevenueClaimed", fields),)


@dataclass(frozen=True, slots=True)
class AssetOptedIn(Effect):
    """Net revenue may be deposited in an asset."""

    asset: Asset
    storage_microalgo: int = 0

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(Contract.REVENUE_VAULT, "AssetOptedIn", {"assetId": self.asset.asset_id}),)


@dataclass(frozen=True, slots=True)
class EnergyReturned(Effect):
    """Energy that a deposit drew goes back to the project's ledger."""

    deposit_id: int
    epoch_id: int
    wh: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {"depositId": self.deposit_id, "epochId": self.epoch_id, "wh": self.wh}
        return (Promised(Contract.REVENUE_VAULT, "DepositEnergyReturned", fields),)


@dataclass(frozen=True, slots=True)
class VaultSurplusWithdrawn(Effect):
    """The admin takes ALGO that the vault does not need."""

    admin: str
    amount_microalgo: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {"admin": self.admin, "amountMicroalgo": self.amount_microalgo}
        return (Promised(Contract.REVENUE_VAULT, "SurplusWithdrawn", fields),)


@dataclass(frozen=True, slots=True)
class NotOptedInToAsset(Effect):
    """A holder has not opted in to a deposit's asset: the share waits, and stops nobody else's."""

    holder: str
    deposit_id: int
    epoch_id: int
    amount: int
    """In base units of the asset."""
    asset: Asset


@dataclass(frozen=True, slots=True)
class NoShare(Effect):
    """A holder had no units at a deposit's record date: there is nothing to pay."""

    holder: str
    deposit_id: int
    epoch_id: int


@dataclass(frozen=True, slots=True)
class NoDeposits(Effect):
    """Nothing was deposited yet."""
