"""Why a deployment is refused, or not found."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from gridpact.chain.specs import Contract
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError

# --- deploy -----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoDeployer(GridPactError):
    """Nobody is named who deploys."""

    network: str


@dataclass(eq=False)
class OtherConsumer(GridPactError):
    """KWhReceipt names another app, and a consumer is set once."""

    contract_error: ClassVar[str] = err.ALREADY_SET
    contract: Contract
    known_app_id: int
    app_id: int


# --- where it is ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotDeployedError(GridPactError):
    """The apps are not on this network."""

    network: str


@dataclass(eq=False)
class NotWired(GridPactError):
    """The apps are not all there, or KWhReceipt does not know them yet."""

    kwh_receipt_id: int
    missing: tuple[Contract, ...]


@dataclass(eq=False)
class InvalidAppId(GridPactError):
    """The environment names something that is no app id."""

    variable: str
    text: str


@dataclass(eq=False)
class NotKWhReceipt(GridPactError):
    """The environment names an app that is not a KWhReceipt."""

    variable: str
    app_id: int


@dataclass(eq=False)
class RecordUnreadable(GridPactError):
    """The record of deployments cannot be read."""

    path: Path
    why: str


@dataclass(eq=False)
class RecordDamaged(GridPactError):
    """The record of deployments is no such record."""

    path: Path


@dataclass(eq=False)
class RecordUnwritable(GridPactError):
    """The apps are deployed, but their record cannot be written."""

    path: Path
    why: str
    kwh_receipt_id: int


# --- roles ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotProposed(GridPactError):
    """Somebody else, or nobody, is proposed as the admin."""

    contract_error: ClassVar[str] = err.NOT_PROPOSED
    account: str
    contract: Contract


# --- before a deposit -------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotBilled(GridPactError):
    """Agreements that cover a month have no invoice for it: a deposit would take their energy for ever."""

    epoch_id: int
    agreements: tuple[int, ...]
    remaining_wh: int


@dataclass(eq=False)
class NewerMonthWaits(GridPactError):
    """A newer month is final, and nothing was deposited for it."""

    epoch_id: int
    newer_epoch: int


@dataclass(eq=False)
class EvidenceChanged(GridPactError):
    """A file of evidence was changed: it is not what its hash on chain stands for."""

    path: Path
