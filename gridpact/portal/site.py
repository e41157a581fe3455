"""The network and the deployment that the pages show: found when they are first asked for, and again after a change."""

import os
import threading
from dataclasses import dataclass, field
from typing import Any, Final

from gridpact.chain.connection import NETWORK_FAILURES, Connection, connect, explain, services
from gridpact.chain.node import as_dict
from gridpact.deployment.record import Deployment, find
from gridpact.errors import GridPactError
from gridpact.portal.errors import OtherNetwork

EXPLORERS = {"testnet": "https://lora.algokit.io/testnet", "mainnet": "https://lora.algokit.io/mainnet"}
"""Where transactions of a public network can be looked at. A LocalNet has none that is always there."""


@dataclass(frozen=True, slots=True)
class Kmd:
    """Where a LocalNet's wallets are, for the page."""

    url: str
    token: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The chain as one page sees it."""

    deployment: Deployment
    round: int
    now_ts: int

    @property
    def connection(self) -> Connection:
        """The network."""
        return self.deployment.connection

    @property
    def chain(self) -> str:
        """What tells this deployment on this chain from every other."""
        return f"{self.connection.genesis_hash}/{self.deployment.production.app_id}"


@dataclass
class Site:
    """What the portal serves. Its pages may run in several threads."""

    network: str | None = None
    """The network that the portal was started for; None takes any."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _found: Moment | None = None

    def moment(self) -> Moment:
        """The chain now.

        Raises:
            GridPactError: the node does not answer, is on another network, or has no deployment.
        """
        try:
            return self._moment()
        except GridPactError:
            self._found = None
            raise
        except NETWORK_FAILURES as error:
            address = "" if self._found is None else self._found.connection.address
            self._found = None
            raise explain(error, address) from error

    def _moment(self) -> Moment:
        with self._lock:
            found = self._found
            if found is not None:
                last = found.connection.last_round()
                # A LocalNet that was reset begins again: what was found on it is gone.
                if last >= found.round and _is_same(found.connection):
                    now_ts = found.now_ts if last == found.round else _time_of(found.connection, last)
                    self._found = Moment(found.deployment, last, now_ts)
                    return self._found
            connection = connect()
            if self.network is not None and self.network != connection.network:
                raise OtherNetwork(connection.address, connection.network, self.network)
            deployment = find(connection)
            last = connection.last_round()
            self._found = Moment(deployment, last, _time_of(connection, last))
            return self._found


PUBLIC: Final = ("testnet", "mainnet")
"""Networks whose people use Pera, Defly and Lute."""


@dataclass(frozen=True, slots=True)
class PublicWallets:
    """The wallets of a public network, for the page."""

    network: str


type Wallets = Kmd | PublicWallets | None
"""What can be connected on a network."""


def wallets_of(connection: Connection) -> Wallets:
    """The wallets of a network, by its genesis: KMD on a LocalNet only, whatever the environment says."""
    if connection.network in PUBLIC:
        return PublicWallets(connection.network)
    if not connection.is_localnet:
        return None
    at = services(os.environ).kmd
    return None if at is None else Kmd(at.url, at.token)


def explorer_of(connection: Connection) -> str | None:
    """Where a transaction can be looked at; `GRIDPACT_EXPLORER` names another place."""
    return os.environ.get("GRIDPACT_EXPLORER") or EXPLORERS.get(connection.network)


def _is_same(connection: Connection) -> bool:
    return str(connection.algod.suggested_params().gh) == connection.genesis_hash


def _time_of(connection: Connection, last_round: int) -> int:
    block: dict[str, Any] = as_dict(connection.algod.block_info(last_round))["block"]
    return int(block.get("ts", 0))
