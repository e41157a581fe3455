"""What a command runs with: its options, the network, the deployment."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from dotenv import load_dotenv

from gridpact.chain.connection import Connection, connect
from gridpact.chain.keys import KeySource, Role, account_of, mnemonic_account, wallet_account
from gridpact.chain.outbox import Outbox
from gridpact.cli.errors import NobodyNamed, WrongNetwork
from gridpact.deployment.record import Deployment, find, record_path

UNSIGNED_VALIDITY_ROUNDS: Final = 1_000
"""A group that is signed elsewhere has to live until it comes back: the ledger's longest span, about 45 minutes."""


@dataclass(frozen=True, slots=True)
class Program:
    """Options of the whole program, given before the command's name."""

    network: str | None = None
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """Options that every command has; those below `json` where it writes."""

    json: bool = False
    dry_run: bool = False
    yes: bool = False
    out: Path | None = None
    source: KeySource = field(default_factory=KeySource)


@dataclass
class Session:
    """One run of one command."""

    program: Program
    options: Options
    role: Role = Role.OPERATOR
    """Who signs. A command may name another role than its usual one."""

    @cached_property
    def connection(self) -> Connection:
        """The network, connected at first use.

        Raises:
            GridPactError: it does not answer, or it is not the one that was named.
        """
        connection = connect()
        if self.program.network is not None and self.program.network != connection.network:
            raise WrongNetwork(connection.address, connection.network, self.program.network)
        if self.options.out is not None:
            connection.algorand.set_default_validity_window(UNSIGNED_VALIDITY_ROUNDS)
        return connection

    @cached_property
    def deployment(self) -> Deployment:
        """The apps, found at first use.

        Raises:
            NotDeployedError, NotWired: they are not all there.
        """
        return find(self.connection)

    def outbox(self, *command: str) -> Outbox:
        """Where this command writes down what it sends; the same for two runs of the same key with the same arguments.

        Args:
            command: its name and its arguments.
        """
        account = self.options.source.account(self.connection) or mnemonic_account(self.role.variable)
        signer = "" if account is None else account.address
        where = (self.connection.genesis_hash, str(self.deployment.production.app_id), signer)
        return Outbox(record_path(self.connection).parent, (*where, *command))

    def sender(self, on_chain: str) -> str:
        """Who sends: the key that was named, else the account that the chain names for this.

        Args:
            on_chain: who the chain says may do it.
        """
        account = self.options.source.account(self.connection)
        return on_chain if account is None else account.address

    def own_account(self, role: Role, named: str | None = None) -> str:
        """Whose command this is, where the chain does not say it: the key or account that was named, `<ROLE>_MNEMONIC`,
        or a LocalNet's wallet of the role's name.

        Args:
            role: who it is.
            named: an address, or on a LocalNet a wallet's name.

        Raises:
            NobodyNamed: nobody is named.
        """
        if named is not None:
            return self.account(named)
        account = self.options.source.account(self.connection) or mnemonic_account(role.variable)
        if account is None and self.connection.is_localnet:
            account = wallet_account(self.connection, role.value)
        if account is None:
            raise NobodyNamed(role)
        return account.address

    def account(self, text: str, what: str = "account") -> str:
        """An address, or on a LocalNet the name of a wallet."""
        return account_of(self.connection, text, what)


def load_environment(network: str | None, folder: Path) -> None:
    """Read `.env.<network>` and `.env`. What the environment says already, stays.

    Args:
        network: localnet, testnet, mainnet; None reads `.env` only.
        folder: where the files are.
    """
    if network is not None:
        load_dotenv(folder / f".env.{network}", override=False)
    load_dotenv(folder / ".env", override=False)
