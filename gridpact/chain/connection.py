"""The connection to a network: algod, and beside it indexer and KMD where there are any.

The environment says where, with AlgoKit's variables (`ALGOD_SERVER`, `ALGOD_PORT`, `ALGOD_TOKEN`, `INDEXER_*`,
`KMD_*`). Where it says nothing, it is AlgoKit LocalNet's default ports.
"""

import http.client
import json
import os
import time
from dataclasses import dataclass
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit

from algokit_utils import AlgorandClient, ClientManager
from algosdk.error import AlgodHTTPError, AlgodResponseError, IndexerHTTPError, KMDHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.errors import LedgerError
from gridpact.chain.node import as_dict
from gridpact.errors import GridPactError

LOCALNET: Final = "localnet"
MAINNET: Final = "mainnet"
PUBLIC_NETWORKS: Final = {"testnet-v1.0": "testnet", "mainnet-v1.0": MAINNET, "betanet-v1.0": "betanet"}

INDEXER_PATIENCE_S: Final = 30.0
INDEXER_POLL_S: Final = 0.5

NETWORK_FAILURES: Final = (
    URLError,
    ConnectionError,
    TimeoutError,
    http.client.HTTPException,
    json.JSONDecodeError,
    AlgodHTTPError,
    AlgodResponseError,
    IndexerHTTPError,
    KMDHTTPError,
)
"""What the SDK raises when a node does not answer, or answers no."""


@dataclass(eq=False)
class NoNodeError(GridPactError):
    """Nothing answers where a node should."""

    address: str
    """Empty where it is not known."""
    why: str


@dataclass(eq=False)
class NotANodeError(NoNodeError):
    """What answers is not algod, or lacks what was requested; `why` is its own text."""


@dataclass(eq=False)
class BadAddressError(NoNodeError):
    """The node's address is none."""


@dataclass(eq=False)
class WrongTokenError(GridPactError):
    """The node refuses the API token."""

    address: str


@dataclass(eq=False)
class IndexerFailure(GridPactError):
    """The indexer refuses."""

    why: str


@dataclass(eq=False)
class KmdFailure(GridPactError):
    """KMD refuses."""

    why: str


@dataclass(eq=False)
class LaggingIndexerError(GridPactError):
    """The indexer does not know yet what the node knows."""

    indexer_round: int
    network_round: int


@dataclass(frozen=True, slots=True)
class Connection:
    """A network that answered."""

    algorand: AlgorandClient
    network: str
    """localnet, testnet, mainnet, betanet; the genesis id of any other."""
    genesis_id: str
    genesis_hash: str
    address: str
    """Where algod is."""

    @property
    def algod(self) -> AlgodClient:
        """The node."""
        return self.algorand.client.algod

    @property
    def is_localnet(self) -> bool:
        """Whether it is somebody's own test network, whose accounts KMD keeps."""
        return self.network == LOCALNET

    @property
    def is_mainnet(self) -> bool:
        """Whether real money is moved."""
        return self.network == MAINNET

    def last_round(self) -> int:
        """The newest round."""
        return int(as_dict(self.algod.status())["last-round"])

    def wait_for_indexer(self, patience_s: float = INDEXER_PATIENCE_S) -> None:
        """Wait until the indexer has the node's newest block: what is confirmed now is found from then on.

        Args:
            patience_s: how long to wait, in seconds.

        Raises:
            LaggingIndexerError: it takes longer.
        """
        wanted = self.last_round()
        deadline = time.monotonic() + patience_s
        while (there := int(as_dict(self.algorand.client.indexer.health())["round"])) < wanted:
            if time.monotonic() >= deadline:
                raise LaggingIndexerError(there, wanted)
            time.sleep(INDEXER_POLL_S)

    def now(self) -> int:
        """Unix time of the newest block: what contracts see as the time in the next one."""
        block = as_dict(self.algod.block_info(self.last_round()))["block"]
        return int(block.get("ts", 0))


def connect() -> Connection:
    """Connect to the network that the environment names.

    Suggested parameters are never reused: two equal calls in two rounds are two transactions.

    Raises:
        NoNodeError: nothing answers, or what answers is no algod.
        WrongTokenError: the node refuses the API token.
    """
    server = os.environ.get("ALGOD_SERVER")
    if server and urlsplit(server).scheme not in ("http", "https"):
        raise BadAddressError(server, "")
    address = ClientManager.get_config_from_environment_or_localnet().algod_config.full_url()
    algorand = AlgorandClient.from_environment()
    algorand.set_suggested_params_cache_timeout(0)
    try:
        parameters = algorand.client.algod.suggested_params()
        genesis_id, genesis_hash = str(parameters.gen), str(parameters.gh)
    except NETWORK_FAILURES as error:
        raise explain(error, address) from error
    except (KeyError, TypeError, ValueError) as error:
        raise NotANodeError(address, "") from error
    return Connection(algorand, _network(genesis_id), genesis_id, genesis_hash, address)


def explain(error: Exception, address: str = "") -> GridPactError:
    """What a failure of the connection means.

    Args:
        error: one of `NETWORK_FAILURES`.
        address: the node, where it is known.
    """
    if isinstance(error, AlgodHTTPError):
        if error.code == http.HTTPStatus.UNAUTHORIZED:
            return WrongTokenError(address)
        if error.code is None or error.code == http.HTTPStatus.NOT_FOUND:
            return NotANodeError(address, str(error))
        return LedgerError(str(error))
    if isinstance(error, IndexerHTTPError):
        return IndexerFailure(str(error))
    if isinstance(error, KMDHTTPError):
        return KmdFailure(str(error))
    if isinstance(error, URLError | ConnectionError | TimeoutError | http.client.HTTPException):
        reason = getattr(error, "reason", error)
        return NoNodeError(address, getattr(reason, "strerror", None) or str(reason) or type(reason).__name__)
    return NotANodeError(address, "")


def _network(genesis_id: str) -> str:
    if ClientManager.genesis_id_is_localnet(genesis_id):
        return LOCALNET
    return PUBLIC_NETWORKS.get(genesis_id, genesis_id)
