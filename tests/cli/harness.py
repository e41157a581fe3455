"""The program `gridpact` in this process, on a deployment of its own."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algokit_utils import AlgoAmount, AlgorandClient, PaymentParams, SigningAccount
from algosdk import mnemonic
from algosdk.account import generate_account
from typer.testing import CliRunner

from gridpact.chain.node import as_dict
from gridpact.cli.app import app
from gridpact.cli.output import PIPED_WIDTH, WIDTH_VARIABLE
from gridpact.units import short
from tests.support.checkpoints import Checkpointed, Checkpoints, checkpoint
from tests.support.full_state import FullState

READINGS = Path(__file__).parents[2] / "data" / "readings-202602.csv"
STAKES_ALGO = {
    "DEPLOYER": 100,
    "OPERATOR": 5_000,
    "TREASURY": 1,
    "BUYER_A": 10_000,
    "BUYER_B": 10_000,
    "HOLDER_1": 10,
    "HOLDER_2": 10,
    "HOLDER_3": 10,
    "OUTSIDER": 10,
}
EPOCH = "202602"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    exit_code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """What `--json` printed."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def sentence(self) -> str:
        """The first line of what it said on standard error."""
        return self.err.splitlines()[0] if self.err else ""


class Cli(Checkpointed):
    """The commands in one folder, and the accounts whose keys are in their environment.

    Attributes:
        folder: where the record of deployments is, and what commands write.
        accounts: by name; the mnemonic of each is in `<NAME>_MNEMONIC`.
    """

    accounts: dict[str, SigningAccount]

    def __init__(
        self, algorand: AlgorandClient, network: Mapping[str, str], folder: Path, checkpoints: Checkpoints | None = None
    ) -> None:
        """Fresh, funded accounts on a LocalNet; nothing is deployed.

        Args:
            algorand: a connection to it.
            network: what the commands find it by.
            folder: an empty folder.
            checkpoints: of the LocalNet, where it can go back.
        """
        super().__init__(checkpoints)
        self._algorand = algorand
        self._network = network
        self.folder = folder
        self._app_ids: dict[str, int] = {}
        self.begin((Cli,), self._fund)

    def _fund(self) -> None:
        dispenser = self.algorand.account.localnet_dispenser()
        self.accounts = {name: SigningAccount(private_key=generate_account()[0]) for name in STAKES_ALGO}
        group = self.algorand.new_group()
        for name, stake in STAKES_ALGO.items():
            group.add_payment(
                PaymentParams(sender=dispenser.address, receiver=self.address(name), amount=AlgoAmount.from_algo(stake))
            )
        group.send({"suppress_log": True})

    def contents(self) -> dict[str, Any]:
        """Accounts, app ids, and what the commands wrote."""
        return {
            "accounts": self.accounts,
            "_app_ids": dict(self._app_ids),
            "files": {
                path.relative_to(self.folder): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
            },
        }

    def take_over(self, contents: dict[str, Any]) -> None:
        """Be what was kept, in this test's folder."""
        self.accounts, self._app_ids = contents["accounts"], dict(contents["_app_ids"])
        for path, content in contents["files"].items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)

    @property
    def algorand(self) -> AlgorandClient:
        """The connection, at the stage where this stands."""
        self.settle()
        return self._algorand

    @property
    def environment(self) -> dict[str, str]:
        """Where the commands run."""
        keys = {f"{name}_MNEMONIC": mnemonic.from_private_key(one.private_key) for name, one in self.accounts.items()}
        record = {"GRIDPACT_DEPLOYMENTS": str(self.folder / "deployments.json")}
        # As wide as a pipe, whatever width the runner of the tests was started with.
        width = {WIDTH_VARIABLE: str(PIPED_WIDTH)}
        return {**self._network, **keys, **record, **width}

    def run(self, *arguments: str, typed: str | bytes = "", **environment: str) -> Outcome:
        """Run a command."""
        self.settle()
        before = dict(os.environ)
        try:
            result = CliRunner().invoke(app, list(arguments), input=typed, env={**self.environment, **environment})
        finally:  # what the project's files said was for this run
            os.environ.clear()
            os.environ.update(before)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    def done(self, *arguments: str, **environment: str) -> Outcome:
        """Run a command that has to succeed, without asking where it writes."""
        outcome = self.run(*arguments, **environment)
        assert outcome.exit_code == 0, f"{' '.join(arguments)}: {outcome.err}{outcome.out}"
        return outcome

    def read(self, *arguments: str, **environment: str) -> dict[str, Any]:
        """What a command shows, as its document."""
        return self.done(*arguments, "--json", **environment).document

    def address(self, name: str) -> str:
        """An account's address."""
        return self.accounts[name].address

    def as_(self, name: str) -> tuple[str, str]:
        """The option that signs with an account's key."""
        return "--mnemonic-env", f"{name}_MNEMONIC"

    @property
    def last_round(self) -> int:
        """The newest round."""
        return int(as_dict(self.algorand.client.algod.status())["last-round"])

    def app_ids(self) -> dict[str, int]:
        """App ids by name."""
        if not self._app_ids:
            self._app_ids = {one["name"]: one["id"] for one in self.read("status")["apps"]}
        return self._app_ids

    def full_state(self) -> FullState:
        """Everything that a refused command could have changed."""
        return FullState.take(
            self.algorand, self.app_ids().values(), [account.address for account in self.accounts.values()]
        )

    def plain(self, text: str) -> str:
        """An output without what differs from run to run: addresses, ids, rounds, times, and the width of columns."""
        for name, account in self.accounts.items():
            text = text.replace(account.address, f"<{name}>").replace(short(account.address), f"<{name}>")
        for name, app_id in self.app_ids().items():
            text = re.sub(rf"\b{app_id}\b", f"<{name}>", text)
        text = re.sub(r"\b[\d,]+ days?\b", "<DAYS>", text)
        text = re.sub(r"\basset \d+\b", "asset <KW>", text)
        text = re.sub(r"\b[A-Z2-7]{52}\b", "<TX>", text)
        text = re.sub(r"(?i)\b(round|rounds?:?) +[\d,]+", r"\1 <ROUND>", text)
        text = re.sub(r"(?m)^ *\d+(  (?:Allocated|Paid|Voided|Issued) )", r"  <ROUND>\1", text)
        text = re.sub(r"(?<!February )(?<!March )[A-Z][a-z]+ \d+, \d{4}, \d\d:\d\d:\d\d UTC", "<TIME>", text)
        text = re.sub(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "<TIME>", text)
        text = re.sub(r" {2,}", "  ", text)
        return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


# --- states: each stands on the ones before it ------------------------------------------------------------------------


@checkpoint
def deployed(cli: Cli) -> None:
    """The apps are there."""
    cli.done("deploy", "--yes")
    cli.app_ids()  # asked once for all tests that start here


@checkpoint
def recorded(cli: Cli) -> None:
    """The example month's readings are recorded."""
    deployed(cli)
    cli.done("meter", "import", str(READINGS), "--register", "--yes")


@checkpoint
def finalized(cli: Cli) -> None:
    """The month is final; two agreements wait for energy."""
    recorded(cli)
    cli.done("epoch", "finalize", EPOCH, "--expect", "125000", "--yes")
    for buyer, price in (("BUYER_A", "0.12"), ("BUYER_B", "0.1")):
        agree(cli, buyer, price)


def agree(cli: Cli, buyer: str, price: str, *options: str) -> None:
    """Create an agreement."""
    parties = ("--buyer", cli.address(buyer), "--treasury", cli.address("TREASURY"))
    cli.done("agreement", "create", *parties, "--price", price, "--from", EPOCH, "--to", "202701", *options, "--yes")


@checkpoint
def allocated(cli: Cli) -> None:
    """Both agreements have their invoice."""
    finalized(cli)
    cli.done("allocate", EPOCH, "1", "75000", "--yes")
    cli.done("allocate", EPOCH, "2", "30000", "--yes")


@checkpoint
def issued(cli: Cli) -> None:
    """1,000 kW are in three hands, and issuance is closed."""
    cli.done("vault", "bootstrap", "--yes")
    for holder, kw in (("HOLDER_1", "500"), ("HOLDER_2", "300"), ("HOLDER_3", "200")):
        cli.done("vault", "opt-in", *cli.as_(holder), "--yes")
        cli.done("vault", "issue", cli.address(holder), kw, "--yes")
    cli.done("vault", "close-issuance", "--yes")
