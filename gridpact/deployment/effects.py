"""What a deployment changes, and who governs it."""

from dataclasses import dataclass

from gridpact.chain.events import Promised, Value
from gridpact.chain.specs import Contract
from gridpact.chain.work import Effect

# --- deploy -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountsMade(Effect):
    """The LocalNet has the accounts that deploy and operate."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountFunded(Effect):
    """An account of the LocalNet got some ALGO."""

    name: str
    address: str
    amount_microalgo: int


@dataclass(frozen=True, slots=True)
class AppCreated(Effect):
    """A contract is on chain."""

    contract: Contract
    app_id: int | None = None
    """None where it is still to be created."""


@dataclass(frozen=True, slots=True)
class AppFunded(Effect):
    """An app has its minimum balance."""

    contract: Contract
    amount_microalgo: int | None = None
    """None where it is known only once the app is there."""


@dataclass(frozen=True, slots=True)
class ConsumerSet(Effect):
    """An app may draw energy from KWhReceipt, permanently."""

    contract: Contract

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(Contract.KWH_RECEIPT, "ConsumerSet"),)


@dataclass(frozen=True, slots=True)
class OperatorNamed(Effect):
    """The deployer handed an app over to its operator."""

    contract: Contract
    operator: str | None = None
    """None where it is known only once the app is there."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {} if self.operator is None else {"operator": self.operator}
        return (Promised(self.contract, "OperatorChanged", fields),)


# --- roles ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdminProposed(Effect):
    """Somebody may accept the admin's role, or has it already."""

    contract: Contract
    admin: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(self.contract, "AdminProposed", {"proposedAdmin": self.admin}),)


@dataclass(frozen=True, slots=True)
class AdminChanged(Effect):
    """An app has another admin."""

    contract: Contract
    admin: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(self.contract, "AdminChanged", {"admin": self.admin}),)


@dataclass(frozen=True, slots=True)
class OperatorChanged(Effect):
    """An app has another operator."""

    contract: Contract
    operator: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(self.contract, "OperatorChanged", {"operator": self.operator}),)


@dataclass(frozen=True, slots=True)
class Paused(Effect):
    """The operator's work stops."""

    contract: Contract

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(self.contract, "Paused"),)


@dataclass(frozen=True, slots=True)
class Unpaused(Effect):
    """The operator's work goes on."""

    contract: Contract

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (Promised(self.contract, "Unpaused"),)
