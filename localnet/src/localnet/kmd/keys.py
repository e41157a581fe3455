"""The cryptography of a wallet: sealing under a password, deriving keys, signing.

A wallet has two random secrets of 32 bytes, sealed together under its password: one seals each stored key, from the
other each generated key is derived by its index. The derivation is KMD's own, so that a master derivation key moved
to or from another KMD gives the same addresses.
"""

import hashlib
import hmac
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.signing import SigningKey
from nacl.utils import random

SECRET_BYTES = 32
SALT_BYTES = 32
PRIVATE_KEY_BYTES = 64
_SCRYPT_R = 8
_SCRYPT_P = 1
_SCRYPT_N = 2**14
_SCRYPT_N_NO_PASSWORD = 2  # a wallet without a password protects nothing: its cost would buy only waiting


class WrongPasswordError(Exception):
    """The password does not open the wallet."""


@dataclass(frozen=True)
class WalletSecrets:
    """What an unlocked wallet knows.

    Attributes:
        encryption_key: seals the stored keys.
        derivation_key: the master derivation key.
    """

    encryption_key: bytes
    derivation_key: bytes


@dataclass(frozen=True)
class SealedWallet:
    """The secrets of a wallet as they are stored."""

    salt: bytes
    scrypt_n: int
    ciphertext: bytes


def new_secrets(derivation_key: bytes | None = None) -> WalletSecrets:
    """The secrets of a new wallet, recovered from ``derivation_key`` when given."""
    return WalletSecrets(random(SECRET_BYTES), derivation_key or random(SECRET_BYTES))


def seal_wallet(secrets: WalletSecrets, password: str) -> SealedWallet:
    """Seal a wallet's secrets under its password."""
    salt = random(SALT_BYTES)
    scrypt_n = _SCRYPT_N if password else _SCRYPT_N_NO_PASSWORD
    box = SecretBox(_password_key(password, salt, scrypt_n))
    return SealedWallet(salt, scrypt_n, bytes(box.encrypt(secrets.encryption_key + secrets.derivation_key)))


def open_wallet(sealed: SealedWallet, password: str) -> WalletSecrets:
    """The secrets of a wallet.

    Raises:
        WrongPasswordError: when the password is not the wallet's.
    """
    box = SecretBox(_password_key(password, sealed.salt, sealed.scrypt_n))
    try:
        opened = box.decrypt(sealed.ciphertext)
    except CryptoError:
        raise WrongPasswordError from None
    return WalletSecrets(opened[:SECRET_BYTES], opened[SECRET_BYTES:])


def _password_key(password: str, salt: bytes, scrypt_n: int) -> bytes:
    memory_bytes = 2 * 128 * scrypt_n * _SCRYPT_R + 2**20
    return hashlib.scrypt(
        password.encode(), salt=salt, n=scrypt_n, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=memory_bytes, dklen=SECRET_BYTES
    )


def seal_seed(seed: bytes, encryption_key: bytes) -> bytes:
    """A key's seed as it is stored."""
    return bytes(SecretBox(encryption_key).encrypt(seed))


def open_seed(sealed: bytes, encryption_key: bytes) -> bytes:
    """The seed of a stored key."""
    return SecretBox(encryption_key).decrypt(sealed)


def derived_seed(derivation_key: bytes, index: int) -> bytes:
    """The seed of the generated key number ``index``: one block of HKDF-Expand over SHA-512/256."""
    info = f"AlgorandDeterministicKey-{index}".encode()
    return hmac.new(derivation_key, info + b"\x01", "sha512_256").digest()


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the address that a seed controls."""
    return bytes(SigningKey(seed).verify_key)


def private_key(seed: bytes) -> bytes:
    """Seed and public key, 64 bytes, as clients keep a private key."""
    return seed + public_key(seed)


def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature of ``message``, 64 bytes."""
    return SigningKey(seed).sign(message).signature
