"""What a deployment and its network stand on, looked at part by part: nothing is changed.

Each part ends in findings. A finding is data: what was seen, or the refusal that was met instead.
"""

import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import Final

from algosdk.logic import get_application_address

from gridpact.chain.connection import NETWORK_FAILURES, Connection, explain
from gridpact.chain.keys import Role, mnemonic_account, wallets
from gridpact.chain.node import as_dict
from gridpact.chain.programs import Programs
from gridpact.chain.roles import roles
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params, global_state
from gridpact.deployment.record import Deployment
from gridpact.errors import GridPactError
from gridpact.settings import KEY_SUFFIX

CLOCK_TOLERANCE_S: Final = 300
"""How far a public network's newest block may be from this machine's clock, in seconds."""
INDEXER_TOLERANCE_ROUNDS: Final = 10
"""How many rounds an indexer may be behind."""
LOW_MICROALGO: Final = 100_000
"""What an account that sends should have beside its minimum balance, in microALGO: some fees and a storage deposit."""


class Part(StrEnum):
    """What is looked at."""

    SETTINGS = "settings"
    VERSIONS = "versions"
    NODE = "node"
    CLOCK = "clock"
    INDEXER = "indexer"
    KMD = "KMD"
    APPS = "apps"
    PROGRAMS = "programs"
    BALANCES = "balances"
    KEYS = "keys"


class Health(StrEnum):
    """How it is."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    """It may be meant; something may fail."""
    BAD = "bad"
    """Something fails, or must not be used."""


class Fact:
    """Something that was seen. The kinds are frozen dataclasses."""

    __slots__ = ()

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.GOOD


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen in a part, or the refusal that was met instead."""

    part: Part
    fact: Fact | None = None
    refusal: GridPactError | None = None

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.BAD if self.fact is None else self.fact.health


@dataclass(frozen=True, slots=True)
class Versions(Fact):
    """What runs here."""

    gridpact: str
    python: str
    algokit_utils: str


@dataclass(frozen=True, slots=True)
class Node(Fact):
    """algod answers, and takes the token."""

    address: str
    network: str
    genesis_id: str
    last_round: int
    version: str


@dataclass(frozen=True, slots=True)
class Clock(Fact):
    """The network's time beside this machine's."""

    chain_ts: int
    own_ts: int
    is_localnet: bool

    @property
    def health(self) -> Health:
        """A LocalNet's clock goes as it was set."""
        is_near = abs(self.own_ts - self.chain_ts) <= CLOCK_TOLERANCE_S
        return Health.GOOD if is_near or self.is_localnet else Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Indexer(Fact):
    """How far the indexer is."""

    indexer_round: int
    network_round: int

    @property
    def health(self) -> Health:
        """How it is."""
        is_near = self.network_round - self.indexer_round <= INDEXER_TOLERANCE_ROUNDS
        return Health.GOOD if is_near else Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class NoIndexer(Fact):
    """None is named."""

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Kmd(Fact):
    """KMD answers."""

    wallets: int


@dataclass(frozen=True, slots=True)
class NoKmd(Fact):
    """A LocalNet, and no KMD is named."""

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class AppsFound(Fact):
    """The four apps are there, and know one another."""

    app_ids: tuple[tuple[Contract, int], ...]


@dataclass(frozen=True, slots=True)
class AppPaused(Fact):
    """An app is paused."""

    contract: Contract
    app_id: int

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class AppPrograms(Fact):
    """An app's programs, compared with this version's."""

    contract: Contract
    app_id: int
    admin: str
    programs: Programs

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.GOOD if self.programs.is_ours else Health.BAD


@dataclass(frozen=True, slots=True)
class Balance(Fact):
    """An account's balance beside its minimum, both in microALGO."""

    holder: str
    """A contract's name, or a role."""
    address: str
    balance_microalgo: int
    minimum_microalgo: int
    spare_microalgo: int
    """What it should have beyond its minimum."""

    @property
    def health(self) -> Health:
        """How it is."""
        if self.balance_microalgo < self.minimum_microalgo:
            return Health.BAD
        has_spare = self.balance_microalgo - self.minimum_microalgo >= self.spare_microalgo
        return Health.GOOD if has_spare else Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Key(Fact):
    """A mnemonic of the environment."""

    variable: str
    address: str
    belongs_to: str | None
    """Who has this role on chain, where it is somebody else; None otherwise."""

    @property
    def health(self) -> Health:
        """How it is."""
        return Health.GOOD if self.belongs_to is None else Health.DOUBTFUL


@dataclass(frozen=True, slots=True)
class NoKeys(Fact):
    """The environment holds no mnemonic."""

    is_localnet: bool


def of_machine() -> Iterator[Finding]:
    """What runs here."""
    yield Finding(Part.VERSIONS, Versions(version("gridpact"), platform.python_version(), version("algokit-utils")))


def of_network(connection: Connection) -> Iterator[Finding]:
    """Node, clock, indexer, and a LocalNet's KMD."""
    yield from _tried(Part.NODE, lambda: [_node(connection)])
    yield from _tried(
        Part.CLOCK, lambda: [Clock(connection.now(), int(time.time()), is_localnet=connection.is_localnet)]
    )
    yield from _tried(Part.INDEXER, lambda: [_indexer(connection)])
    if connection.is_localnet:
        kmd: Callable[[], list[Fact]] = lambda: [Kmd(len(wallets(connection)))] if connection.has_kmd else [NoKmd()]  # noqa: E731
        yield from _tried(Part.KMD, kmd)


def of_apps(deployment: Deployment) -> Iterator[Finding]:
    """The apps, their programs, and what they and those who run them can pay."""
    yield Finding(Part.APPS, AppsFound(tuple(deployment.app_ids.items())))
    yield from _tried(Part.PROGRAMS, lambda: _programs(deployment))
    yield from _tried(Part.BALANCES, lambda: _balances(deployment))


def of_keys(connection: Connection | None, deployment: Deployment | None) -> Iterator[Finding]:
    """The mnemonics of the environment: whether they are such, and whose."""
    held = {} if deployment is None else _holders(deployment)
    variables = sorted(name for name, value in os.environ.items() if name.endswith(KEY_SUFFIX) and value.strip())
    for variable in variables:
        yield from _tried(Part.KEYS, lambda variable=variable: [_key(variable, held)])  # type: ignore[misc]
    if not variables:
        yield Finding(Part.KEYS, NoKeys(is_localnet=connection is not None and connection.is_localnet))


def _tried(part: Part, look: Callable[[], Iterable[Fact]]) -> Iterator[Finding]:
    try:
        yield from [Finding(part, fact) for fact in look()]
    except GridPactError as refusal:
        yield Finding(part, refusal=refusal)
    except NETWORK_FAILURES as failure:
        yield Finding(part, refusal=explain(failure))


def _node(connection: Connection) -> Node:
    build = as_dict(connection.algod.versions()).get("build") or {}
    number = ".".join(str(build.get(name, "?")) for name in ("major", "minor", "build_number"))
    return Node(connection.address, connection.network, connection.genesis_id, connection.last_round(), number)


def _indexer(connection: Connection) -> Fact:
    if not connection.has_indexer:
        return NoIndexer()
    return Indexer(int(as_dict(connection.indexer.health())["round"]), connection.last_round())


def _programs(deployment: Deployment) -> Iterator[Fact]:
    for contract, app_id in deployment.app_ids.items():
        held = roles(global_state(app_params(deployment.connection.algod, app_id)))
        yield AppPrograms(contract, app_id, held.admin, deployment.apps.programs(app_id))
        if held.paused:
            yield AppPaused(contract, app_id)


def _balances(deployment: Deployment) -> Iterator[Fact]:
    for contract, app_id in deployment.app_ids.items():
        yield _balance(deployment.connection, contract.value, str(get_application_address(app_id)), 0)
    seen: set[str] = set()
    for role, address in _holders(deployment).items():
        if address not in seen:
            yield _balance(deployment.connection, role.value.lower(), address, LOW_MICROALGO)
        seen.add(address)


def _balance(connection: Connection, holder: str, address: str, spare_microalgo: int) -> Balance:
    account = as_dict(connection.algod.account_info(address, exclude="all"))
    return Balance(holder, address, int(account["amount"]), int(account["min-balance"]), spare_microalgo)


def _holders(deployment: Deployment) -> dict[Role, str]:
    """Who has the roles of KWhReceipt."""
    held = roles(global_state(app_params(deployment.connection.algod, deployment.production.app_id)))
    return {Role.OPERATOR: held.operator, Role.ADMIN: held.admin}


def _key(variable: str, held: dict[Role, str]) -> Key:
    account = mnemonic_account(variable)
    assert account is not None, "the variable is set"
    needed = next((address for role, address in held.items() if role.variable == variable), account.address)
    return Key(variable, account.address, None if needed == account.address else needed)
