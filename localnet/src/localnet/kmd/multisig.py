"""Multisig accounts: their addresses, and signatures that several wallets put together."""

import hashlib
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from localnet.kmd import keys
from localnet.kmd.wallets import MultisigAccount, WalletError

VERSION = 1
MAX_KEYS = 255

Multisig = dict[str, Any]
"""A multisig signature with its wire keys: ``{"subsig": [{"pk", "s"?}], "thr", "v"}``."""


def address(account: MultisigAccount) -> bytes:
    """The 32 bytes of a multisig address.

    Raises:
        WalletError: when version, threshold or number of keys make no account.
    """
    if account.version != VERSION:
        raise WalletError("unknown version != 1")
    if not 0 < account.threshold <= len(account.public_keys) <= MAX_KEYS:
        raise WalletError("invalid threshold")
    preimage = b"MultisigAddr" + bytes([account.version, account.threshold]) + b"".join(account.public_keys)
    return hashlib.new("sha512_256", preimage).digest()


def unsigned(account: MultisigAccount) -> Multisig:
    """A multisig without any signature."""
    return {
        "subsig": [{"pk": public_key} for public_key in account.public_keys],
        "thr": account.threshold,
        "v": account.version,
    }


def account_of(partial: Multisig) -> MultisigAccount:
    """The account that a partial multisig belongs to."""
    return MultisigAccount(partial["v"], partial["thr"], tuple(one["pk"] for one in partial["subsig"]))


def add_signature(partial: Multisig, seed: bytes, message: bytes) -> Multisig:
    """The multisig with one signature more.

    Raises:
        WalletError: when the key is none of the account's, or a signature in ``partial`` is not of this message.
    """
    signer = keys.public_key(seed)
    if all(one["pk"] != signer for one in partial["subsig"]):
        raise WalletError("given key is not a possible signer for this multisig")
    signature = keys.sign(seed, message)
    for one in partial["subsig"]:
        if one.get("s") and not _fits(one["pk"], message, one["s"]):
            raise WalletError("invalid subsig")
    signed = [{**one, "s": signature} if one["pk"] == signer else one for one in partial["subsig"]]
    return {**partial, "subsig": signed}


def _fits(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public_key).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
