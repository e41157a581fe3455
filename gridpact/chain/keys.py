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

from algosdk import encoding, mnemonic
from algosdk.error import WrongChecksumError, WrongMnemonicLengthError
from algosdk.kmd import KMDClient

from gridpact.chain.assets import microalgo
from gridpact.chain.connection import Connection
from gridpact.errors import GridPactError

if TYPE_CHECKING:
    from algokit_utils import SigningAccount

DEFAULT_WALLET: Final = "unencrypted-default-wallet"
"""KMD's wallet of the genesis accounts, on every LocalNet."""
PURSE_MICROALGO: Final = 1_000_000_000
"""What an account gets that is made on a LocalNet: 1,000 ALGO, as AlgoKit gives."""
NO_PASSWORD: Final = ""


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


class NoKeyError(GridPactError):
    """There is no key for an account that has to sign."""


@dataclass(eq=False)
class TwoKeysNamed(NoKeyError):
    """A wallet and a mnemonic were both named."""


@dataclass(eq=False)
class VariableNotSet(NoKeyError):
    """The environment variable that was named holds nothing."""

    variable: str


@dataclass(eq=False)
class NotAMnemonic(NoKeyError):
    """The environment variable holds no mnemonic. Its words are never repeated."""

    variable: str


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
class NoKmd(NoKeyError):
    """Wallets of KMD are used on a LocalNet only."""

    network: str


@dataclass(eq=False)
class KmdNotNamed(NoKeyError):
    """No KMD is named where the LocalNet's algod is."""


@dataclass(eq=False)
class WalletNotFound(NoKeyError):
    """The LocalNet has no wallet of this name."""

    name: str
    known: tuple[str, ...]


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
            account = mnemonic_account(self.mnemonic_env)
            if account is None:
                raise VariableNotSet(self.mnemonic_env)
            return account
        if self.wallet is not None:
            return _existing_wallet_account(connection, self.wallet)
        return None


def sign_as(connection: Connection, address: str, role: Role, source: KeySource | None = None) -> None:
    """Let the connection sign for an account.

    Args:
        connection: the network.
        address: whose signature is needed.
        role: who they are: `<ROLE>_MNEMONIC` is tried first, then, on a LocalNet, every wallet of KMD.
        source: the key that was named instead.

    Raises:
        NoKeyError: the key is not there, or it is another account's.
    """
    account = (source or KeySource()).account(connection) or _key_of(connection, address, role)
    if account.address != address:
        raise WrongKey(account.address, address)
    connection.algorand.account.set_signer_from_account(account)


def mnemonic_account(variable: str) -> SigningAccount | None:
    """The account of the mnemonic in an environment variable; None where it is not set.

    Raises:
        NoKeyError: the words are no mnemonic. They are never repeated.
    """
    words = os.environ.get(variable, "").strip()
    if not words:
        return None
    try:
        return _account(mnemonic.to_private_key(words))
    except (WrongChecksumError, WrongMnemonicLengthError, ValueError) as error:
        raise NotAMnemonic(variable) from error


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


def wallets(connection: Connection) -> dict[str, str]:
    """KMD's wallets on a LocalNet, name → id; none where no KMD is named."""
    if connection.is_localnet and connection.kmd is None:
        return {}
    return {str(wallet["name"]): str(wallet["id"]) for wallet in _kmd(connection).list_wallets()}


def wallet_account(connection: Connection, name: str) -> SigningAccount | None:
    """The first account of a wallet; None where there is no such wallet, or no account in it."""
    wallet_id = wallets(connection).get(name)
    if wallet_id is None:
        return None
    kmd = _kmd(connection)
    handle = kmd.init_wallet_handle(wallet_id, NO_PASSWORD)
    try:
        addresses = kmd.list_keys(handle)
        if not addresses:
            return None
        return _account(kmd.export_key(handle, NO_PASSWORD, addresses[0]))
    finally:
        kmd.release_wallet_handle(handle)


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
        kmd = _kmd(connection)
        wallet_id = wallets(connection).get(name) or str(kmd.create_wallet(name, NO_PASSWORD)["id"])
        handle = kmd.init_wallet_handle(wallet_id, NO_PASSWORD)
        try:
            address = kmd.generate_key(handle)
            account = _account(kmd.export_key(handle, NO_PASSWORD, address))
        finally:
            kmd.release_wallet_handle(handle)
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

    _kmd(connection)
    missing = max(at_least_microalgo, PURSE_MICROALGO) - balance
    dispenser = connection.algorand.account.localnet_dispenser()
    connection.algorand.send.payment(
        PaymentParams(sender=dispenser.address, receiver=address, amount=AlgoAmount.from_micro_algo(missing)),
        {"suppress_log": True},
    )
    return missing


def _kmd(connection: Connection) -> KMDClient:
    if not connection.is_localnet:
        raise NoKmd(connection.network)
    if connection.kmd is None:
        raise KmdNotNamed
    return connection.kmd


def _existing_wallet_account(connection: Connection, name: str) -> SigningAccount:
    _kmd(connection)
    account = wallet_account(connection, name)
    if account is None:
        raise WalletNotFound(name, tuple(sorted(set(wallets(connection)) - {DEFAULT_WALLET})))
    return account


def _key_of(connection: Connection, address: str, role: Role) -> SigningAccount:
    for variable in (role.variable, Role.DEPLOYER.variable):
        account = mnemonic_account(variable)
        if account is not None and (account.address == address or not connection.is_localnet):
            return account
    if connection.is_localnet:
        account = _search(connection, address, role)
        if account is not None:
            return account
    raise KeyMissing(address, role)


def _search(connection: Connection, address: str, role: Role) -> SigningAccount | None:
    if connection.kmd is None:
        return None
    kmd = _kmd(connection)
    # The role's own wallet most often has it; opening a wallet takes KMD a good while.
    for _, wallet_id in sorted(wallets(connection).items(), key=lambda wallet: (wallet[0] != role.value, wallet[0])):
        handle = kmd.init_wallet_handle(wallet_id, NO_PASSWORD)
        try:
            if address in kmd.list_keys(handle):
                return _account(kmd.export_key(handle, NO_PASSWORD, address))
        finally:
            kmd.release_wallet_handle(handle)
    return None
