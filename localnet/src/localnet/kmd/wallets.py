"""Wallets on disk: one SQLite database in the LocalNet's folder.

Names and ids are values in its tables and never part of a path, so that no request can reach another file.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from localnet.kmd import keys
from localnet.kmd.keys import SealedWallet, WalletSecrets, WrongPasswordError

DATABASE_NAME = "kmd.sqlite"
MAX_NAME_BYTES = 64
DEFAULT_WALLET_NAME = "unencrypted-default-wallet"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS wallets (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    salt BLOB NOT NULL,
    scrypt_n INTEGER NOT NULL,
    secrets BLOB NOT NULL,
    last_index INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS keys (
    wallet TEXT NOT NULL REFERENCES wallets (id),
    address BLOB NOT NULL,
    seed BLOB NOT NULL,
    PRIMARY KEY (wallet, address)
);
CREATE TABLE IF NOT EXISTS multisigs (
    wallet TEXT NOT NULL REFERENCES wallets (id),
    address BLOB NOT NULL,
    version INTEGER NOT NULL,
    threshold INTEGER NOT NULL,
    public_keys BLOB NOT NULL,
    PRIMARY KEY (wallet, address)
);
"""


class WalletError(Exception):
    """A refusal in KMD's words."""


@dataclass(frozen=True)
class WalletInfo:
    """A wallet as it is listed."""

    id: str
    name: str


@dataclass(frozen=True)
class UnlockedWallet:
    """A wallet with its secrets, as long as a handle is open."""

    id: str
    secrets: WalletSecrets


@dataclass(frozen=True)
class MultisigAccount:
    """What a multisig address is the hash of."""

    version: int
    threshold: int
    public_keys: tuple[bytes, ...]


class WalletStore:
    """All wallets of one LocalNet. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / DATABASE_NAME
        path.touch(mode=0o600)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the database; every change was written when it was made."""
        with self._lock:
            self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all or nothing, also when the process is killed."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    # --- wallets

    def wallets(self) -> list[WalletInfo]:
        """All wallets, oldest first."""
        with self._reading() as database:
            return [WalletInfo(*row) for row in database.execute("SELECT id, name FROM wallets ORDER BY rowid")]

    def wallet(self, wallet_id: str) -> WalletInfo:
        """One wallet.

        Raises:
            WalletError: when there is none of this id.
        """
        with self._reading() as database:
            row = database.execute("SELECT id, name FROM wallets WHERE id = ?", [wallet_id]).fetchone()
        if row is None:
            raise WalletError("wallet not found")
        return WalletInfo(*row)

    def create(self, name: str, password: str, derivation_key: bytes | None = None) -> WalletInfo:
        """Create a wallet; without a name it is called by its id.

        Raises:
            WalletError: when the name is taken or too long.
        """
        made = WalletInfo(token_hex(16), name)
        if not name:
            made = WalletInfo(made.id, made.id)
        _check_name(made.name)
        sealed = keys.seal_wallet(keys.new_secrets(derivation_key), password)
        with self._writing() as database:
            _check_unused(database, made.name)
            database.execute(
                "INSERT INTO wallets (id, name, salt, scrypt_n, secrets) VALUES (?, ?, ?, ?, ?)",
                [made.id, made.name, sealed.salt, sealed.scrypt_n, sealed.ciphertext],
            )
        return made

    def rename(self, wallet_id: str, password: str, name: str) -> WalletInfo:
        """Give a wallet another name.

        Raises:
            WalletError: when the wallet is unknown, the password wrong, or the name taken or too long.
        """
        self.unlock(wallet_id, password)
        _check_name(name)
        with self._writing() as database:
            _check_unused(database, name)
            database.execute("UPDATE wallets SET name = ? WHERE id = ?", [name, wallet_id])
        return WalletInfo(wallet_id, name)

    def unlock(self, wallet_id: str, password: str) -> UnlockedWallet:
        """The wallet with its secrets.

        Raises:
            WalletError: when the wallet is unknown or the password wrong.
        """
        self.wallet(wallet_id)
        with self._reading() as database:
            salt, scrypt_n, ciphertext = database.execute(
                "SELECT salt, scrypt_n, secrets FROM wallets WHERE id = ?", [wallet_id]
            ).fetchone()
        try:
            return UnlockedWallet(wallet_id, keys.open_wallet(SealedWallet(salt, scrypt_n, ciphertext), password))
        except WrongPasswordError:
            raise WalletError("error decrypting. wrong password?") from None

    # --- keys

    def addresses(self, wallet: UnlockedWallet) -> list[bytes]:
        """The public keys whose private keys the wallet holds, oldest first."""
        with self._reading() as database:
            rows = database.execute("SELECT address FROM keys WHERE wallet = ? ORDER BY rowid", [wallet.id])
            return [address for (address,) in rows]

    def generate(self, wallet: UnlockedWallet) -> bytes:
        """Derive the wallet's next key and store it; returns its public key.

        An index is never used twice, also after its key was deleted.
        """
        with self._writing() as database:
            (index,) = database.execute("SELECT last_index FROM wallets WHERE id = ?", [wallet.id]).fetchone()
            while True:
                index += 1
                seed = keys.derived_seed(wallet.secrets.derivation_key, index)
                address = keys.public_key(seed)
                if not _holds(database, wallet, address):
                    break
            _insert_key(database, wallet, seed)
            database.execute("UPDATE wallets SET last_index = ? WHERE id = ?", [index, wallet.id])
        return address

    def import_key(self, wallet: UnlockedWallet, private_key: bytes) -> bytes:
        """Store a key that was made elsewhere; returns its public key.

        Raises:
            WalletError: when the wallet has it already, or when its two halves do not fit.
        """
        seed = private_key[: keys.SECRET_BYTES]
        address = keys.public_key(seed)
        if address != private_key[keys.SECRET_BYTES :]:
            raise WalletError("could not convert secret key to public key")
        with self._writing() as database:
            if _holds(database, wallet, address):
                raise WalletError("key already exists in wallet")
            _insert_key(database, wallet, seed)
        return address

    def seed(self, wallet: UnlockedWallet, address: bytes) -> bytes:
        """The seed of a key.

        Raises:
            WalletError: when the wallet does not hold it.
        """
        with self._reading() as database:
            row = database.execute(
                "SELECT seed FROM keys WHERE wallet = ? AND address = ?", [wallet.id, address]
            ).fetchone()
        if row is None:
            raise WalletError("key does not exist in this wallet")
        return keys.open_seed(row[0], wallet.secrets.encryption_key)

    def delete_key(self, wallet: UnlockedWallet, address: bytes) -> None:
        """Forget a key; nothing happens when the wallet does not hold it."""
        with self._writing() as database:
            database.execute("DELETE FROM keys WHERE wallet = ? AND address = ?", [wallet.id, address])

    # --- multisig accounts

    def multisig_addresses(self, wallet: UnlockedWallet) -> list[bytes]:
        """The multisig addresses that the wallet knows, oldest first."""
        with self._reading() as database:
            rows = database.execute("SELECT address FROM multisigs WHERE wallet = ? ORDER BY rowid", [wallet.id])
            return [address for (address,) in rows]

    def import_multisig(self, wallet: UnlockedWallet, address: bytes, account: MultisigAccount) -> None:
        """Remember what a multisig address is made of.

        Raises:
            WalletError: when the wallet knows it already.
        """
        row = [wallet.id, address, account.version, account.threshold, b"".join(account.public_keys)]
        with self._writing() as database:
            try:
                database.execute("INSERT INTO multisigs VALUES (?, ?, ?, ?, ?)", row)
            except sqlite3.IntegrityError:
                raise WalletError("key already exists in wallet") from None

    def multisig(self, wallet: UnlockedWallet, address: bytes) -> MultisigAccount:
        """What a multisig address is made of.

        Raises:
            WalletError: when the wallet does not know it.
        """
        with self._reading() as database:
            row = database.execute(
                "SELECT version, threshold, public_keys FROM multisigs WHERE wallet = ? AND address = ?",
                [wallet.id, address],
            ).fetchone()
        if row is None:
            raise WalletError("key does not exist in this wallet")
        version, threshold, joined = row
        size = keys.SECRET_BYTES
        return MultisigAccount(version, threshold, tuple(joined[at : at + size] for at in range(0, len(joined), size)))

    def delete_multisig(self, wallet: UnlockedWallet, address: bytes) -> None:
        """Forget a multisig address."""
        with self._writing() as database:
            database.execute("DELETE FROM multisigs WHERE wallet = ? AND address = ?", [wallet.id, address])

    # --- a fresh chain

    def ensure_default_wallet(self, private_keys: list[bytes]) -> None:
        """Make sure that the default wallet exists, without a password, and holds these keys."""
        found = [one for one in self.wallets() if one.name == DEFAULT_WALLET_NAME]
        default = found[0] if found else self.create(DEFAULT_WALLET_NAME, "")
        wallet = self.unlock(default.id, "")
        held = set(self.addresses(wallet))
        for private_key in private_keys:
            if private_key[keys.SECRET_BYTES :] not in held:
                self.import_key(wallet, private_key)


def _check_name(name: str) -> None:
    if len(name.encode()) > MAX_NAME_BYTES:
        raise WalletError(f"wallet name too long, must be <= {MAX_NAME_BYTES} bytes")


def _check_unused(database: sqlite3.Connection, name: str) -> None:
    if database.execute("SELECT 1 FROM wallets WHERE name = ?", [name]).fetchone():
        raise WalletError("wallet with same name already exists")


def _holds(database: sqlite3.Connection, wallet: UnlockedWallet, address: bytes) -> bool:
    row = database.execute("SELECT 1 FROM keys WHERE wallet = ? AND address = ?", [wallet.id, address]).fetchone()
    return row is not None


def _insert_key(database: sqlite3.Connection, wallet: UnlockedWallet, seed: bytes) -> None:
    sealed = keys.seal_seed(seed, wallet.secrets.encryption_key)
    database.execute("INSERT INTO keys VALUES (?, ?, ?)", [wallet.id, keys.public_key(seed), sealed])
