"""What a node's refusal means: a contract's error by its name, or a reason of the ledger's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar, Final

from gridpact.chain.specs import Contract, spec
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError
from gridpact.units import Asset


@dataclass(eq=False)
class ContractError(GridPactError):
    """A contract refused a call."""

    is_final = True

    name: str
    """The error's name; for a check of the compiler's, its ARC-56 message."""
    app_id: int
    """The app whose program failed: the innermost one."""
    node_text: str
    """The node's message; empty where the library saw it coming."""

    @property
    def code(self) -> str:
        """The contract's name for it."""
        return self.name


class LedgerReason(StrEnum):
    """Why the ledger itself refuses a group."""

    TOO_LITTLE_ALGO = "too little ALGO"
    BELOW_MINIMUM = "below the minimum balance"
    NOT_OPTED_IN = "not opted in"
    TOO_LITTLE_OF_ASSET = "too little of an asset"
    THERE_ALREADY = "there already"
    EXPIRED = "expired"
    SIGNATURE = "signature"
    OTHER = "other"


LEDGER_REASONS: Final = (
    (r"overspend", LedgerReason.TOO_LITTLE_ALGO),
    (r"balance \d+ below min", LedgerReason.BELOW_MINIMUM),
    (r"must optin", LedgerReason.NOT_OPTED_IN),
    (r"underflow on subtracting", LedgerReason.TOO_LITTLE_OF_ASSET),
    (r"already in ledger", LedgerReason.THERE_ALREADY),
    (r"txn dead", LedgerReason.EXPIRED),
    (
        r"should have been authorized by|signedtxn has no sig|logic eval error: .*signature",
        LedgerReason.SIGNATURE,
    ),
)
"""What a node's message contains, and what it means; the first that fits."""


@dataclass(eq=False)
class LedgerError(GridPactError):
    """The ledger refused a group for a reason of its own: balance, signature, duplicate, validity, opt-in."""

    node_text: str
    is_final: bool = field(default=True, kw_only=True)

    @property
    def reason(self) -> LedgerReason:
        """What the node's message means."""
        return next((reason for text, reason in LEDGER_REASONS if re.search(text, self.node_text)), LedgerReason.OTHER)

    @property
    def detail(self) -> str:
        """The node's own words for it. A malformed transaction is printed whole before the reason: this is the rest."""
        return self.node_text.rpartition("} invalid : ")[2]


class NoKeyError(GridPactError):
    """There is no key for an account that has to sign."""


@dataclass(eq=False)
class FileUnreadable(GridPactError):
    """A file that somebody named cannot be read."""

    path: Path
    why: str


@dataclass(eq=False)
class FileUnwritable(GridPactError):
    """A file that somebody named cannot be written."""

    path: Path
    why: str


@dataclass(eq=False)
class FileExists(GridPactError):
    """A file that somebody named is there already: it is not overwritten unasked."""

    path: Path
    is_link: bool


@dataclass(eq=False)
class GroupTooLarge(GridPactError):
    """A group has more transactions than the ledger takes."""

    size: int
    most: int


@dataclass(eq=False)
class AppNotFoundError(GridPactError):
    """There is no such app on this network."""

    app_id: int


@dataclass(eq=False)
class OtherProgram(GridPactError):
    """An app on chain runs another program than the one of this version."""

    contract_error: ClassVar[str] = err.NOT_UPDATABLE
    contract: Contract
    app_id: int
    is_localnet: bool


@dataclass(eq=False)
class AssetNotFound(GridPactError):
    """There is no such asset on this network."""

    asset_id: int


@dataclass(eq=False)
class NotEnoughFunds(GridPactError):
    """An account cannot pay. Amounts are base units of the asset."""

    payer: str
    held: int
    due: int
    asset: Asset


# --- signed files -----------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoTransactions(GridPactError):
    """The file holds no transactions."""

    path: Path


@dataclass(eq=False)
class NotSigned(GridPactError):
    """Some of the file's transactions are not signed."""

    path: Path
    unsigned: int
    transactions: int


@dataclass(eq=False)
class NotGrouped(GridPactError):
    """The file holds several transactions that are in no group."""

    path: Path


@dataclass(eq=False)
class GroupNotWhole(GridPactError):
    """Transactions of a group are missing, or were changed."""

    path: Path


# --- the outbox -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OutboxUnwritable(GridPactError):
    """What is sent cannot be written down before; it was not sent."""

    folder: Path
    why: str


@dataclass(eq=False)
class OutboxUnreadable(GridPactError):
    """What an earlier run was sending cannot be read."""

    path: Path
    why: str


@dataclass(eq=False)
class OutboxDamaged(GridPactError):
    """What an earlier run has written down is no such thing; it was set aside."""

    path: Path
    aside: Path


# --- what a node says -------------------------------------------------------------------------------------------------

ERROR_NAMES: Final = frozenset(value for name, value in vars(err).items() if name.isupper())
"""Every error name that a contract can give."""

_FAILURE: Final = re.compile(r"app=(?P<app>\d+), pc=(?P<pc>\d+)")


def from_node_text(text: str, apps: Mapping[int, tuple[Contract, bytes]]) -> GridPactError:
    """What a node's refusal means.

    A failed call names app and program counter; in a chain of inner calls the innermost failure comes first in the
    text. The program counter is looked up in that app's ARC-56 document.

    Args:
        text: the node's message, or a simulation's failure message.
        apps: for each known app id its contract and its approval program as deployed.
    """
    failure = _FAILURE.search(text)
    if failure is not None:
        app_id = int(failure["app"])
        if app_id in apps:
            contract, program = apps[app_id]
            name = message_at(contract, program, int(failure["pc"]))
            if name is not None:
                return ContractError(name, app_id, text)
    return LedgerError(text)


def message_at(contract: Contract, program: bytes, pc: int) -> str | None:
    """The ARC-56 error message of a program counter, or None where the program can fail there without one.

    Args:
        contract: whose document to read.
        program: the approval program as deployed: template variables move its counters by the constant blocks.
        pc: program counter that the node named.
    """
    from algokit_utils.applications.app_client import get_constant_block_offset

    # The document counts from the first operation after the constant blocks; algokit's offset leaves the version byte
    # out.
    first_pc = get_constant_block_offset(program) + 1
    return _messages(contract).get(pc - first_pc)


@cache
def _messages(contract: Contract) -> dict[int, str]:
    source = spec(contract)["sourceInfo"]["approval"]
    if source["pcOffsetMethod"] != "cblocks":
        msg = f"{contract}: program counters are not relative to the constant blocks"
        raise ValueError(msg)
    return {
        counter: entry["errorMessage"]
        for entry in source["sourceInfo"]
        if "errorMessage" in entry
        for counter in entry["pc"]
    }
