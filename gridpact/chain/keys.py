"""Who signs.

A key comes from a mnemonic in the environment (`OPERATOR_MNEMONIC`, `BUYER_MNEMONIC`, … or a variable that is named),
or, on a LocalNet, from KMD, where wallets without a password are no secret. Everywhere else nothing is signed here: the
group is written to a file, and comes back signed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from algosdk import encoding

from gridpact.chain.assets import microalgo
from gridpact.chain.connection import Connection
from gridpact.chain.errors import NoKeyError
from gridpact.chain.kmd import WalletLocked, WalletNotFound
from gridpact.chain.mnemonics import private_key
from gridpact.chain.node import as_dict
from gridpact.errors import GridPactError

if TYPE_CHECKING:
    from algokit_utils import SigningAccount

DEFAULT_WALLET: Final = "unencrypted-default-wallet"
"""KMD's wallet of the genesis accounts, on every LocalNet."""
PURSE_MICROALGO: Final = 1_000_000_000
"""What an account gets that is made on a LocalNet: 1,000 ALGO, as AlgoKit gives."""


class Role(StrEnum):
    """Who somebody is to the contracts. `<ROLE>_MNEMONIC` holds the key; on a LocalNet the wallet of that name does."""

    DEPLOYER = "DEPLOYER"
    ADMIN = "ADMIN"
    OPERATOR = "OPERATOR"
    TREASURY = "TREASURY"
    BUYER = "BUYER"
    HOLDER = "HOLDER"
    PRODUCER = "PRODUCER"
    CONSUMER = "CONSUMER"

    @property
    def variable(self) -> str:
        """The environment variable of its mnemonic."""
        return f"{self.value}_MNEMONIC"


@dataclass(eq=False)
class TwoKeysNamed(NoKeyError):
    """A wallet and a mnemonic were both named."""


@dataclass(eq=False)
class VariableNotSet(NoKeyError):
    """The environment variable that was named holds nothing."""

    variable: str


@dataclass(eq=False)
class WordsInsteadOfName(NoKeyError):
    """The words of a key were given where the name of their variable belongs. They are never repeated."""


@dataclass(eq=False)
class WrongKey(NoKeyError):
    """The key belongs to another account."""

    address: str
    needed: str


@dataclass(eq=False)
class KeyMissing(NoKeyError):
    """Nobody has said where the key of an account is."""

    address: str
    role: Role


@dataclass(eq=False)
class Rekeyed(NoKeyError):
    """An account signs with another account's key since it was rekeyed."""

    address: str
    authority: str
    """Whose key it is."""


@dataclass(eq=False)
class NotAnAddress(GridPactError):
    """A text is no address, or its checksum is wrong."""

    text: str
    what: str
    """Whose address it should be: `buyer`, `treasury`."""


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where to find the signing key. At most one of the two is given."""

    wallet: str | None = None
    """A KMD wallet of a LocalNet."""
    mnemonic_env: str | None = None
    """An environment variable that holds a mnemonic."""

    def account(self, connection: Connection) -> SigningAccount | None:
        """The account that was named; None where none was.

        Raises:
            NoKeyError: it is not there.
        """
        if self.wallet is not None and self.mnemonic_env is not None:
            raise TwoKeysNamed
        if self.mnemonic_env is not None:
            if len(self.mnemonic_env.split()) > 1:
                raise WordsInsteadOfName
            account = mnemonic_account(self.mnemonic_env)
            if account is None:
                raise VariableNotSet(self.mnemonic_env)
            return account
        if self.wallet is not None:
            return _existing_wallet_account(connection, self.wallet)
        return None


def sign_as(connection: Connection, address: str, role: Role, source: KeySource | None = None) -> None:
    """Let the connection sign for an account; a rekeyed one signs with its authorising key.

    Args:
        connection: the network.
        address: whose signature is needed.
        role: who they are: `<ROLE>_MNEMONIC` is tried first, then, on a LocalNet, every wallet of KMD.
        source: the key that was named instead.

    Raises:
        NoKeyError: the key is not there, or it is another account's.
    """
    authority = authority_of(connection, address)
    account = (source or KeySource()).account(connection) or _key_of(connection, address, authority, role)
    if account.address != authority:
        raise _wrong(account, address, authority)
    connection.algorand.account.set_signer(address, account.signer)


def sign_with(connection: Connection, account: SigningAccount) -> None:
    """Let the connection sign for an account whose own key is here.

    Raises:
        Rekeyed: another key signs for it.
    """
    authority = authority_of(connection, account.address)
    if authority != account.address:
        raise Rekeyed(account.address, authority)
    connection.algorand.account.set_signer_from_account(account)


def authority_of(connection: Connection, address: str) -> str:
    """Whose key signs for an account: its own, or the one that it was rekeyed to."""
    return str(as_dict(connection.algod.account_info(address, exclude="all")).get("auth-addr") or address)


def mnemonic_account(variable: str) -> SigningAccount | None:
    """The account of the mnemonic in an environment variable; None where it is not set.

    Raises:
        NoKeyError: the words are no mnemonic. They are never repeated.
    """
    words = os.environ.get(variable, "").strip()
    return _account(private_key(variable, words)) if words else None


def _account(private_key: str) -> SigningAccount:
    from algokit_utils import SigningAccount

    return SigningAccount(private_key=private_key)


def deployer_address(connection: Connection) -> str | None:
    """Who deploys: `DEPLOYER_ADDRESS`, `DEPLOYER_MNEMONIC`, or a LocalNet's wallet DEPLOYER. None: unknown."""
    named = os.environ.get("DEPLOYER_ADDRESS")
    if named:
        return require_address(named, "DEPLOYER_ADDRESS")
    account = mnemonic_account(Role.DEPLOYER.variable)
    if account is None and connection.is_localnet:
        account = wallet_account(connection, Role.DEPLOYER.value)
    return None if account is None else account.address


def require_address(text: str, what: str = "address") -> str:
    """An address, as it was written.

    Raises:
        NotAnAddress: it is none, or its checksum is wrong.
    """
    if not encoding.is_valid_address(text):
        raise NotAnAddress(text, what)
    return text


# --- LocalNet ---------------------------------------------------------------------------------------------------------


def wallets(connection: Connection) -> tuple[str, ...]:
    """Names of KMD's wallets on a LocalNet; none where no KMD is named."""
    if connection.is_localnet and not connection.has_kmd:
        return ()
    return connection.wallets.names


def wallet_account(connection: Connection, name: str) -> SigningAccount | None:
    """The first account of a wallet; None where there is no such wallet, or no account in it.

    Raises:
        WalletLocked: it has a password.
    """
    if name not in wallets(connection):
        return None
    accounts = connection.wallets.accounts(name)
    if accounts is None:
        raise WalletLocked(name)
    return accounts[0] if accounts else None


def account_of(connection: Connection, text: str, what: str = "account") -> str:
    """An address; on a LocalNet a wallet's name stands for its account.

    Raises:
        NotAnAddress, WalletNotFound: it is neither.
    """
    if encoding.is_valid_address(text) or not connection.is_localnet:
        return require_address(text, what)
    return _existing_wallet_account(connection, text).address


def ensure_wallet_account(connection: Connection, name: str, at_least_microalgo: int = 0) -> tuple[SigningAccount, int]:
    """An account in KMD, made where it is missing, with at least some ALGO from the LocalNet's dispenser.

    Args:
        connection: a LocalNet.
        name: the wallet.
        at_least_microalgo: an account that has less is filled up to this, but not to less than `PURSE_MICROALGO`.

    Returns:
        The account, and the microALGO that it was given: 0 when it had enough.
    """
    account = wallet_account(connection, name)
    if account is None:
        account = connection.wallets.create(name)
        at_least_microalgo = max(at_least_microalgo, PURSE_MICROALGO)
    return account, fund(connection, account.address, at_least_microalgo)


def fund(connection: Connection, address: str, at_least_microalgo: int) -> int:
    """Fill an account of a LocalNet up from its dispenser, when it has less than it should.

    Args:
        connection: a LocalNet.
        address: the account.
        at_least_microalgo: what it should have. It is filled up to this, but not to less than `PURSE_MICROALGO`, so
            that the next small payment does not make it short again.

    Returns:
        What it was given, in microALGO: 0 when it had enough.
    """
    balance = microalgo(connection.algod, address)
    if balance >= at_least_microalgo:
        return 0
    from algokit_utils import AlgoAmount, PaymentParams

    missing = max(at_least_microalgo, PURSE_MICROALGO) - balance
    dispenser = _dispenser(connection)
    connection.algorand.send.payment(
        PaymentParams(sender=dispenser.address, receiver=address, amount=AlgoAmount.from_micro_algo(missing)),
        {"suppress_log": True},
    )
    return missing


def _dispenser(connection: Connection) -> SigningAccount:
    """The genesis account that has most; the connection signs for it.

    Raises:
        WalletNotFound: KMD has none.
    """
    accounts = connection.wallets.accounts(DEFAULT_WALLET)
    if not accounts:
        raise WalletNotFound(DEFAULT_WALLET, connection.wallets.names)
    richest = max(accounts, key=lambda account: microalgo(connection.algod, account.address))
    connection.algorand.account.set_signer_from_account(richest)
    return richest


def _existing_wallet_account(connection: Connection, name: str) -> SigningAccount:
    account = wallet_account(connection, name)
    if account is None:
        raise WalletNotFound(name, tuple(one for one in connection.wallets.names if one != DEFAULT_WALLET))
    return account


def _key_of(connection: Connection, address: str, authority: str, role: Role) -> SigningAccount:
    own = mnemonic_account(role.variable)
    if own is not None:
        # Never passed over for a wallet: who sets it means it.
        return own
    deployer = mnemonic_account(Role.DEPLOYER.variable)
    if deployer is not None and deployer.address == authority:
        return deployer
    account = _search(connection, authority, role)
    if account is not None:
        return account
    raise KeyMissing(address, role) if authority == address else Rekeyed(address, authority)


def _search(connection: Connection, address: str, role: Role) -> SigningAccount | None:
    """A key in one of a LocalNet's wallets. Those with a password are skipped."""
    if not (connection.is_localnet and connection.has_kmd):
        return None
    # The role's own wallet most often has it; opening a wallet takes KMD a good while.
    for name in sorted(connection.wallets.names, key=lambda name: (name != role.value, name)):
        for account in connection.wallets.accounts(name) or ():
            if account.address == address:
                return account
    return None


def _wrong(account: SigningAccount, address: str, authority: str) -> NoKeyError:
    return WrongKey(account.address, address) if authority == address else Rekeyed(address, authority)
