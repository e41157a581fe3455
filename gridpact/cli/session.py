"""What a command runs with: its options, the network, the deployment."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from gridpact.addresses import AddressBook
from gridpact.chain.connection import Connection, connect
from gridpact.chain.errors import NoKeyError
from gridpact.chain.keys import (
    Role,
    account_of,
    authority_of,
    ensure_wallet_account,
    mnemonic_account,
    sign_as,
    wallet_account,
)
from gridpact.chain.outbox import Outbox
from gridpact.chain.sending import Sent
from gridpact.cli import words
from gridpact.cli.errors import NobodyNamed, ReasonMissing, WrongNetwork
from gridpact.cli.options import Options
from gridpact.cli.output import Answer, talk
from gridpact.cli.words.defaults import account_filled
from gridpact.deployment import evidence_folder, meter_names
from gridpact.deployment.record import Deployment, find, record_path
from gridpact.settings import PROJECT_VARIABLE, Settings, project_folder
from gridpact.settings import read as read_settings

UNSIGNED_VALIDITY_ROUNDS: Final = 1_000
"""A group that is signed elsewhere has to live until it comes back: the ledger's longest span, about 45 minutes."""


@dataclass(frozen=True, slots=True)
class Program:
    """Options of the whole program, given before the command's name."""

    settings: Settings | None = None
    """None: of the environment alone."""
    verbose: bool = False

    @property
    def network(self) -> str | None:
        """The only network that may be used; None: any."""
        return None if self.settings is None else self.settings.network


@dataclass
class Session:
    """One run of one command."""

    program: Program
    options: Options
    role: Role = Role.OPERATOR
    """Who signs. A command may name another role than its usual one."""
    writes: bool = False
    """Whether the command sends transactions, unless its options say otherwise."""
    is_sending: bool = False
    """Whether something may be on its way to the chain by now."""
    sent: list[Sent] = field(default_factory=list)
    """The groups that are known to be confirmed."""
    landed: frozenset[str] = frozenset()
    """The keys of what earlier runs of this command have done; see `Outbox`."""
    beside: Answer = field(default_factory=lambda: Answer({}))
    """What the command says beside what it changes, in its document and below: before it asks, and once it is done."""

    @cached_property
    def connection(self) -> Connection:
        """The network, connected at first use.

        Raises:
            GridPactError: it does not answer, or it is not the one that was named, or the settings contradict each
                other.
        """
        found = self.program.settings
        if found is not None and found.refusal is not None:
            raise found.refusal
        if found is not None and found.leads_elsewhere:
            talk(words.led_elsewhere(found.leads_elsewhere, found.keys_outside))
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
        deployment = find(self.connection)
        meter_names.load(self.connection)
        fee = self.options.fee
        if fee is not None:
            deployment.apps.fee_microalgo = self.connection.suggested_fee_microalgo() if fee == "suggested" else fee
        return deployment

    def require_our_programs(self) -> None:
        """Whether the apps run this version's programs: asked once, before anything is signed.

        Raises:
            OtherProgram: one does not; on a LocalNet that may be allowed.
        """
        apps = self.deployment.apps
        if self.options.allow_other_programs and self.connection.is_localnet:
            for other in apps.others():
                talk(f"Warning: {words.refusal(other).sentence}")
            apps.allow_others = True
        apps.require_ours()

    def keep(self, content: bytes) -> None:
        """Keep what stands behind a hash that the command sends, unless it only tries.

        Args:
            content: the reason, or the report.

        Raises:
            FileUnwritable, FileUnreadable, EvidenceChanged: it cannot be kept.
        """
        if not self.options.dry_run:
            evidence_folder.keep(self.connection, content)

    def keep_reason(self, reason: str) -> None:
        """Keep a reason whose hash the command sends.

        Raises:
            ReasonMissing: it is blank.
            FileUnwritable, FileUnreadable, EvidenceChanged: it cannot be kept.
        """
        if not reason.strip():
            raise ReasonMissing
        self.keep(reason.encode())

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
        if account is None or authority_of(self.connection, on_chain) == account.address:
            return on_chain
        return account.address

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
        account = self.options.source.account(self.connection)
        return self.role_account(role) if account is None else account.address

    def role_account(self, role: Role) -> str:
        """Who has a role on this machine: `<ROLE>_MNEMONIC`, or a LocalNet's wallet of the role's name. A command that
        sends makes the wallet where it is missing, and fills it where it is empty.

        Raises:
            NobodyNamed: nobody has it.
        """
        account = mnemonic_account(role.variable)
        if account is None and self.connection.is_localnet:
            if self.writes and not self.options.dry_run and self.options.out is None:
                account, given = ensure_wallet_account(self.connection, role.value, at_least_microalgo=1)
                if given:
                    talk(account_filled(role.value, account.address, given))
            else:
                account = wallet_account(self.connection, role.value)
        if account is None:
            raise NobodyNamed(role)
        return account.address

    def may_sign(self, address: str, role: Role) -> bool:
        """Whether the key of somebody else than the sender is here, on a LocalNet; then it signs.

        Args:
            address: whose signature.
            role: who they are.
        """
        if not self.connection.is_localnet:
            return False
        try:
            sign_as(self.connection, address, role)
        except NoKeyError:
            return False
        return True

    def account(self, text: str, what: str = "account") -> str:
        """An address: as it is written, by its name in the address book, or on a LocalNet by the name of a wallet."""
        return self.book.address(text) or account_of(self.connection, text, what)

    @cached_property
    def book(self) -> AddressBook:
        """The project's address book.

        Raises:
            GridPactError: it is not as it should be.
        """
        return AddressBook.read(project_folder(), self.connection.network)


def load_environment(network: str | None, project: Path | None = None) -> Settings:
    """Read the project's files, and put what they say into the environment. What it says already, stays.

    Args:
        network: which one was named by an option or the environment.
        project: the project's folder, where an option names it.
    """
    if project is not None:
        os.environ[PROJECT_VARIABLE] = str(project.absolute())
    found = read_settings(network, os.environ)
    found.apply(os.environ)
    return found
