"""Why the vault refuses. Units are base units of the kW token: 1 kW is 1,000."""

from dataclasses import dataclass
from typing import ClassVar

from gridpact.contracts import errors as err
from gridpact.errors import GridPactError


@dataclass(eq=False)
class NoKwToken(GridPactError):
    """The kW token was not made yet."""

    contract_error: ClassVar[str] = err.NOTHING_ISSUED


@dataclass(eq=False)
class IssuanceIsOpen(GridPactError):
    """Units can still be issued: nothing is transferred, deposited or claimed."""

    contract_error: ClassVar[str] = err.ISSUANCE_OPEN


@dataclass(eq=False)
class IssuanceIsClosed(GridPactError):
    """The supply is fixed."""

    contract_error: ClassVar[str] = err.ISSUANCE_IS_CLOSED
    supply_units: int


@dataclass(eq=False)
class NothingIssued(GridPactError):
    """No holder has units."""

    contract_error: ClassVar[str] = err.NOTHING_ISSUED


@dataclass(eq=False)
class NoUnits(GridPactError):
    """An amount of no units."""

    contract_error: ClassVar[str] = err.INVALID_AMOUNT


@dataclass(eq=False)
class NotOptedIn(GridPactError):
    """The receiver may not hold kW tokens."""

    contract_error: ClassVar[str] = err.NOT_OPTED_IN
    holder: str
    asset_id: int


@dataclass(eq=False)
class TooFewUnits(GridPactError):
    """A holder has fewer units."""

    contract_error: ClassVar[str] = err.INSUFFICIENT_BALANCE
    holder: str
    held_units: int
    wanted_units: int


@dataclass(eq=False)
class VaultHasTooFewUnits(GridPactError):
    """The vault's own line has fewer units."""

    contract_error: ClassVar[str] = err.INSUFFICIENT_BALANCE
    held_units: int
    wanted_units: int


@dataclass(eq=False)
class TransferToOneself(GridPactError):
    """Giver and receiver are one account."""

    contract_error: ClassVar[str] = err.SELF_TRANSFER
    account: str


@dataclass(eq=False)
class NoRevenue(GridPactError):
    """A deposit of nothing."""

    contract_error: ClassVar[str] = err.INVALID_AMOUNT


@dataclass(eq=False)
class EpochOutOfOrder(GridPactError):
    """A deposit for an earlier month than the last deposit's."""

    contract_error: ClassVar[str] = err.EPOCH_OUT_OF_ORDER
    epoch_id: int
    last_epoch: int


@dataclass(eq=False)
class AssetNotAccepted(GridPactError):
    """The vault has not opted in to the asset."""

    contract_error: ClassVar[str] = err.WRONG_ASSET
    asset_id: int


@dataclass(eq=False)
class TooLittleEnergy(GridPactError):
    """Less energy is there than a deposit should draw, or return."""

    contract_error: ClassVar[str] = err.OVER_DRAWN
    epoch_id: int
    there_wh: int
    wanted_wh: int


@dataclass(eq=False)
class DepositNotFound(GridPactError):
    """There is no deposit of this number."""

    contract_error: ClassVar[str] = err.INVALID_DEPOSIT
    deposit_id: int
