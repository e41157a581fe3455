"""The connection to a network: algod, and beside it indexer and KMD where there are any.

The environment says where, with AlgoKit's variables (`ALGOD_SERVER`, `ALGOD_PORT`, `ALGOD_TOKEN`, `INDEXER_*`,
`KMD_*`). Where it says nothing, it is AlgoKit LocalNet's default ports. Where it names algod, indexer and KMD are only
what it names beside it: KMD's default port may be another chain's.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from algosdk.error import AlgodHTTPError, AlgodResponseError, IndexerHTTPError, KMDHTTPError
from algosdk.kmd import KMDClient
from algosdk.v2client.algod import AlgodClient
from algosdk.v2client.indexer import IndexerClient

from gridpact.chain.errors import LedgerError
from gridpact.chain.kmd import KmdNotNamed, NoKmd, Wallets
from gridpact.chain.node import NOT_FOUND, as_dict
from gridpact.errors import GridPactError
from gridpact.settings import LOCALNET, SERVER_VARIABLE, check_places

if TYPE_CHECKING:
    from algokit_utils import AlgorandClient

MAINNET: Final = "mainnet"
PUBLIC_NETWORKS: Final = {"testnet-v1.0": "testnet", "mainnet-v1.0": MAINNET, "betanet-v1.0": "betanet"}
LOCALNET_GENESIS_IDS: Final = frozenset({"devnet-v1", "sandnet-v1", "dockernet-v1"})
LOCALNET_SERVER: Final = "http://localhost"
LOCALNET_PORTS: Final = ("4001", "8980", "4002")
"""Of algod, indexer and KMD."""
LOCALNET_TOKEN: Final = "a" * 64

TRANSACTION_BYTES: Final = 1_000
"""No signed call of the contracts, with all its references, is longer."""
THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
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

    proxy: str = ""
    """Through which it was asked; empty: directly."""


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
class NoIndexerError(GridPactError):
    """Nothing answers where the indexer should."""

    address: str
    why: str
    proxy: str = ""
    """Through which it was asked; empty: directly."""


@dataclass(eq=False)
class NoKmdError(GridPactError):
    """Nothing answers where KMD should."""

    address: str
    why: str
    proxy: str = ""
    """Through which it was asked; empty: directly."""


@dataclass(eq=False)
class IndexerFailure(GridPactError):
    """The indexer refuses."""

    why: str


@dataclass(eq=False)
class IndexerNotNamed(GridPactError):
    """An indexer is needed, and none is configured beside algod."""


@dataclass(eq=False)
class OtherChain(GridPactError):
    """The indexer is another network's than algod."""

    indexer_genesis: str
    indexer_round: int
    algod_genesis: str


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
class Service:
    """Where one of a network's services is."""

    server: str
    port: str
    token: str

    @property
    def url(self) -> str:
        """Its address: the port stands behind the host, also where a path follows, and counts where that has none."""
        server = self.server.rstrip("/")
        if not self.port or not is_address(server):
            return server
        parts = urlsplit(server)
        return server if parts.port else parts._replace(netloc=f"{parts.netloc}:{self.port}").geturl()


@dataclass(frozen=True, slots=True)
class Services:
    """Where a network is."""

    algod: Service
    indexer: Service | None
    kmd: Service | None


@dataclass(frozen=True)
class Connection:
    """A network that answered."""

    network: str
    """localnet, testnet, mainnet, betanet; the genesis id of any other."""
    genesis_id: str
    genesis_hash: str
    address: str
    """Where algod is."""

    algod: AlgodClient
    """The node."""
    named_indexer: IndexerClient | None = None
    """The indexer as it is named: `indexer` was asked whether it is this network's."""
    kmd: KMDClient | None = None
    """Named beside algod; None where it is not."""

    @classmethod
    def over(
        cls, algorand: AlgorandClient, network: str, genesis_id: str = "", genesis_hash: str = "", address: str = ""
    ) -> Connection:
        """The network of a client that is there already, with the keys that it has; without KMD."""
        clients = algorand.client
        connection = cls(network, genesis_id, genesis_hash, address, clients.algod, clients.indexer_if_present)
        vars(connection)["algorand"] = algorand  # as `cached_property` keeps it
        return connection

    @cached_property
    def algorand(self) -> AlgorandClient:
        """What signs and sends.

        It is loaded with the first use: algokit_utils takes a second of processor time, and most commands only read.
        Suggested parameters are never reused: two equal calls in two rounds are two transactions.
        """
        from algokit_utils import AlgorandClient

        algorand = AlgorandClient.from_clients(self.algod, self.named_indexer, self.kmd)
        algorand.set_suggested_params_cache_timeout(0)
        return algorand

    @property
    def has_indexer(self) -> bool:
        """Whether an indexer is named."""
        return self.named_indexer is not None

    @property
    def has_kmd(self) -> bool:
        """Whether KMD is named, beside algod."""
        return self.kmd is not None

    @cached_property
    def wallets(self) -> Wallets:
        """KMD's wallets, each opened once.

        Raises:
            NoKmd: it is no LocalNet.
            KmdNotNamed: no KMD is named.
        """
        if not self.is_localnet:
            raise NoKmd(self.network)
        if self.kmd is None:
            raise KmdNotNamed
        return Wallets(self.kmd)

    @cached_property
    def indexer(self) -> IndexerClient:
        """The indexer, which was asked once whether it is this network's.

        Raises:
            IndexerNotNamed: there is none.
            OtherChain: it is another network's.
        """
        indexer = self.named_indexer
        if indexer is None:
            raise IndexerNotNamed
        round_ = int(as_dict(indexer.health())["round"])
        newest = as_dict(indexer.block_info(round_num=round_, header_only=True))
        if newest["genesis-hash"] != self.genesis_hash or (self.is_localnet and not self._has_block(newest)):
            raise OtherChain(str(newest["genesis-id"]), round_, self.genesis_id)
        return indexer

    def _has_block(self, theirs: Mapping[str, Any]) -> bool:
        """Whether algod has a block of the indexer's: LocalNets may have one genesis in common."""
        try:
            ours = as_dict(self.algod.block_info(int(theirs["round"])))["block"]
        except AlgodHTTPError as error:
            if error.code == NOT_FOUND:
                return False
            raise
        return bool(ours.get("ts", 0) == theirs["timestamp"])

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
            IndexerNotNamed, OtherChain: there is no indexer of this network.
        """
        wanted = self.last_round()
        deadline = time.monotonic() + patience_s
        while (there := int(as_dict(self.indexer.health())["round"])) < wanted:
            if time.monotonic() >= deadline:
                raise LaggingIndexerError(there, wanted)
            time.sleep(INDEXER_POLL_S)

    def suggested_fee_microalgo(self) -> int:
        """What the node suggests for a transaction of the contracts now: the least one, but on a congested network."""
        suggested = self.algod.suggested_params()
        # algosdk gives the price of a byte here; it is 0 where there is room in the blocks.
        return max(int(suggested.min_fee), int(suggested.fee) * TRANSACTION_BYTES)

    def now(self) -> int:
        """Unix time of the newest block: what contracts see as the time in the next one."""
        block = as_dict(self.algod.block_info(self.last_round()))["block"]
        return int(block.get("ts", 0))


def connect() -> Connection:
    """Connect to the network that the environment names.

    Raises:
        NoNodeError: nothing answers, or what answers is no algod.
        WrongTokenError: the node refuses the API token.
        ServerEmpty, ServicesApart: the environment does not name a network's services together.
    """
    places = services(os.environ)
    node, address = places.algod, places.algod.url
    if not is_address(node.server):
        raise BadAddressError(node.server, "")
    for place in (places.algod, places.indexer, places.kmd):
        if place is not None:
            _go_direct_on_this_machine(place.url)
    algod = _Algod(node.token, address, {"X-Algo-API-Token": node.token})
    try:
        parameters = algod.suggested_params()
        genesis_id, genesis_hash = str(parameters.gen), str(parameters.gh)
    except NETWORK_FAILURES as error:
        raise explain(error, address) from error
    except (KeyError, TypeError, ValueError) as error:
        raise NotANodeError(address, "") from error
    index, kmd = places.indexer, places.kmd
    indexer = _Indexer(index.token, index.url, {"X-Indexer-API-Token": index.token}) if index else None  # type: ignore[no-untyped-call]
    return Connection(
        network=_network(genesis_id),
        genesis_id=genesis_id,
        genesis_hash=genesis_hash,
        address=address,
        algod=algod,
        named_indexer=indexer,
        kmd=_Kmd(kmd.token, kmd.url) if kmd else None,  # type: ignore[no-untyped-call]
    )


def services(environment: Mapping[str, str]) -> Services:
    """Where algod, indexer and KMD are: all as the environment names them, or all on a LocalNet's default ports.

    Raises:
        ServerEmpty, ServicesApart: algod's server is not named, and something else is.
    """
    check_places([(None, environment)])
    if SERVER_VARIABLE not in environment:
        return Services(*(Service(LOCALNET_SERVER, port, LOCALNET_TOKEN) for port in LOCALNET_PORTS))
    algod = _service(environment, "ALGOD")
    assert algod is not None, "its server is named"
    # KMD may stand at algod's server, with its token, as AlgoKit has it; but only where it is named at all.
    return Services(algod, _service(environment, "INDEXER"), _service(environment, "KMD", algod))


def _service(environment: Mapping[str, str], name: str, beside: Service | None = None) -> Service | None:
    server, port, token = (environment.get(f"{name}_{what}", "") for what in ("SERVER", "PORT", "TOKEN"))
    if beside is not None and port:
        server, token = server or beside.server, token or beside.token
    return Service(server, port, token) if server else None


def is_address(text: str) -> bool:
    """Whether something is an http address with a host, and a port that is one where it has any."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an open bracket, or a port that is no number
        return False


def explain(error: Exception, address: str = "") -> GridPactError:
    """What a failure of the connection means.

    Args:
        error: one of `NETWORK_FAILURES`.
        address: the node, where it is known.
    """
    if isinstance(error, _Unanswered):
        return error.kind(error.address, error.why, error.proxy)
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
        return NoNodeError(address, _reason(error))
    return NotANodeError(address, "")


def is_localnet(algod: AlgodClient) -> bool:
    """Whether a node is a LocalNet's."""
    return _network(str(algod.suggested_params().gen)) == LOCALNET


class _Unanswered(ConnectionError):
    """A service does not answer: which one, and where."""

    def __init__(self, kind: type[NoNodeError | NoIndexerError | NoKmdError], address: str, why: str) -> None:
        super().__init__(why)
        self.kind, self.address, self.why = kind, address, why
        self.proxy = proxy_of(address)


class _Algod(AlgodClient):
    """algod, whose failures say that they are its own."""

    def algod_request(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as algosdk's
        with _asked(NoNodeError, self.algod_address):
            return super().algod_request(*arguments, **options)


class _Indexer(IndexerClient):
    """The indexer, whose failures say that they are its own."""

    def indexer_request(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as algosdk's
        with _asked(NoIndexerError, self.indexer_address):
            return super().indexer_request(*arguments, **options)  # type: ignore[no-untyped-call]


class _Kmd(KMDClient):
    """KMD, whose failures say that they are its own."""

    def kmd_request(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as algosdk's
        with _asked(NoKmdError, self.kmd_address):
            return super().kmd_request(*arguments, **options)  # type: ignore[no-untyped-call]


@contextmanager
def _asked(kind: type[NoNodeError | NoIndexerError | NoKmdError], address: str) -> Iterator[None]:
    try:
        yield
    except (URLError, ConnectionError, TimeoutError, http.client.HTTPException) as error:
        raise _Unanswered(kind, address, _reason(error)) from error


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__


def proxy_of(address: str) -> str:
    """The proxy through which an address is asked; empty where there is none."""
    parts = urlsplit(address)
    if proxy_bypass(parts.hostname or ""):
        return ""
    return getproxies().get(parts.scheme, "")


def _go_direct_on_this_machine(address: str) -> None:
    """Ask services on this machine without the proxy that the environment names for others: it cannot reach them."""
    host = urlsplit(address).hostname or ""
    if host in THIS_MACHINE and proxy_of(address):
        others = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
        os.environ["no_proxy"] = ",".join(filter(None, (others, host)))


def _network(genesis_id: str) -> str:
    if genesis_id in LOCALNET_GENESIS_IDS:
        return LOCALNET
    return PUBLIC_NETWORKS.get(genesis_id, genesis_id)
