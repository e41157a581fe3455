"""The four apps on a ledger, and the program run against them."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from algokit_utils import AlgorandClient, SigningAccount
from algosdk import mnemonic
from typer.testing import CliRunner

from gridpact.chain.state import spare_microalgo
from gridpact.cli.app import app
from gridpact.market.read import MarketReader
from gridpact.production.read import ProductionReader
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of, connect
from tests.contracts.offer_book import calls as book_calls
from tests.support.world import World

ROLES = {
    "OPERATOR": "operator",
    "PRODUCER": "producer",
    "CONSUMER": "consumer",
    "SECOND": "holder_a",
    "THIRD": "holder_b",
    "OUTSIDER": "outsider",
}
"""`<NAME>_MNEMONIC` in the environment, and who in the world it is."""

VARIABLES = (
    "OFFER_AMOUNT_WH",
    "OFFER_PRICE_PER_KWH",
    "OFFER_ID",
    "BUYER_ADDRESS",
    "MATCH_AMOUNT_WH",
    "QUERY_TYPE",
    "SELLER_ADDRESS",
    "OFFSET",
    "LIMIT",
    "BUY_OFFER_AMOUNT_WH",
    "BUY_OFFER_MAX_PRICE_PER_KWH",
    "BUY_OFFER_ID",
)
"""What the commands read from the environment."""


@dataclass(frozen=True)
class Ran:
    """What one run of the program gave."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        """Lines of the standard output without their indentation, empty ones left out."""
        return [line.strip() for line in self.stdout.splitlines() if line.strip()]

    @property
    def document(self) -> Any:
        """The JSON document on the standard output."""
        return json.loads(self.stdout)

    def values(self, label: str) -> list[str]:
        """The values of a printed field, `Label: value`, in order."""
        return [line.removeprefix(f"{label}: ") for line in self.lines if line.startswith(f"{label}: ")]

    def value(self, label: str) -> str:
        """The value of a field that is printed once."""
        (value,) = self.values(label)
        return value


@dataclass(frozen=True)
class Market:
    """The apps, the accounts, and the program."""

    world: World
    environment: dict[str, str]

    def run(self, *arguments: str, code: int | None = 0, **environment: str) -> Ran:
        """Run the program in this process.

        Args:
            arguments: of the command line.
            code: the exit code that is expected; None for any.
            environment: besides the network and the keys.
        """
        result = CliRunner().invoke(app, list(arguments), env=self.environment | environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert code in (None, ran.exit_code), f"exit code {ran.exit_code}\n{ran.stdout}\n{ran.stderr}"
        return ran

    def do(self, *arguments: str, code: int | None = 0, **environment: str) -> Ran:
        """Run a command that writes, without being asked."""
        return self.run(*arguments, "--yes", code=code, **environment)

    def address(self, name: str) -> str:
        """The address of one of the roles."""
        account: SigningAccount = getattr(self.world, ROLES[name])
        return account.address

    @property
    def algod(self) -> str:
        """Where the node is."""
        return f"{self.environment['ALGOD_SERVER']}:{self.environment['ALGOD_PORT']}"

    @property
    def reader(self) -> MarketReader:
        """Reads the book."""
        return MarketReader(self.world.connection, self.world.book.app_id)

    def producer(self, wh: int = 5_000, name: str = "PRODUCER") -> None:
        """Let somebody have a meter, a reading of it, and all of it as credit."""
        account: SigningAccount = getattr(self.world, ROLES[name])
        meter_id = ProductionReader(self.world.connection, self.world.receipt.app_id).state().meter_count + 1
        self.world.send(
            *book_calls.metered(self.world, account, wh, meter_id=meter_id),
            book_calls.mint(self.world, wh, producer=account.address),
        )

    def sell(self, wh: int = 1_000, units: int = book_calls.SELL_PRICE, name: str = "PRODUCER") -> None:
        """Somebody offers energy."""
        offer_id = self.reader.state().sell_total
        self.world.send(book_calls.sell(self.world, wh, units, offer_id=offer_id, seller=self.address(name)))

    def buy(self, wh: int = 1_000, units: int = book_calls.BUY_PRICE, name: str = "CONSUMER") -> None:
        """Somebody asks for energy."""
        opens = not self.reader.account(self.address(name)).exists
        offer_id = self.reader.state().buy_total
        call = book_calls.buy(self.world, wh, units, offer_id=offer_id, buyer=self.address(name), opens_account=opens)
        self.world.send(call)


def environment_of(world: World) -> dict[str, str]:
    """The environment in which the program finds a world's apps and keys."""
    keys = {
        f"{name}_MNEMONIC": mnemonic.from_private_key(getattr(world, attribute).private_key)
        for name, attribute in ROLES.items()
    }
    # Columns enough that no line is folded.
    return {"GRIDPACT_APP_ID": str(world.receipt.app_id), "TERMINAL_WIDTH": "200", **keys}


def deployed(algorand: AlgorandClient) -> World:
    """A world with all four apps on chain; the book has its minimum balance, as `gridpact deploy` gives it."""
    world = World(connect(algorand))
    for app_name in ("receipt", "ppa", "vault", "book"):
        getattr(world, app_name)
    spare = spare_microalgo(algorand.client.algod, world.book.app_address)
    world.send(book_calls.withdraw(world, spare))
    return world


@pytest.fixture(scope="module")
def localnet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNet | None]:
    """An embedded LocalNet; None where the environment names another one, which has no snapshots."""
    if os.environ.get("ALGOD_SERVER"):
        yield None
        return
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet"), on_demand=True) as spawned:
        yield spawned


@pytest.fixture(scope="module")
def fresh(localnet: LocalNet | None) -> Callable[[], Market]:
    """Gives a market in which nothing has happened: from a snapshot, or deployed anew."""
    if localnet is None:

        def deploy() -> Market:
            world = deployed(AlgorandClient.from_environment())
            named = {name: value for name, value in os.environ.items() if name.startswith(("ALGOD_", "INDEXER_"))}
            return Market(world, named | environment_of(world))

        return deploy
    world = deployed(client_of(localnet))
    snapshot = localnet.snapshot()
    market = Market(world, localnet.environment | environment_of(world))

    def restore() -> Market:
        localnet.restore(snapshot)
        return market

    return restore


@pytest.fixture
def market(fresh: Callable[[], Market], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Market:
    """A market in which nothing has happened. The program runs in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return fresh()
