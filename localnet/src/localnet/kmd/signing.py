"""What a wallet signs: transactions and programs, alone or as one of several."""

import msgpack

from localnet.engine.blocks import Tree, pack_canonical
from localnet.engine.transactions import canonical
from localnet.kmd import keys, multisig
from localnet.kmd.multisig import Multisig
from localnet.kmd.wallets import UnlockedWallet, WalletError, WalletStore

Transaction = Tree
"""A decoded transaction with its wire keys."""

_ZERO_ADDRESS = bytes(32)


def decode_transaction(encoded: bytes) -> Transaction:
    """The transaction in its msgpack encoding.

    Raises:
        ValueError: when these bytes are none.
    """
    tree = msgpack.unpackb(encoded, raw=False, unicode_errors="surrogateescape", strict_map_key=True)
    if not isinstance(tree, dict):
        raise ValueError("no map of fields")
    try:
        _packed(tree)
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"no transaction: {error}") from None
    if not isinstance(tree.get("type", ""), str) or len(_sender(tree)) != len(_ZERO_ADDRESS):
        raise ValueError("no transaction")
    return tree


def _sender(txn: Transaction) -> bytes:
    sender = txn.get("snd", _ZERO_ADDRESS)
    if not isinstance(sender, bytes):
        raise ValueError("no sender")
    return sender


def sign_transaction(store: WalletStore, wallet: UnlockedWallet, txn: Transaction, signer: bytes) -> bytes:
    """The signed transaction in msgpack, signed by the key of ``signer``, by the sender's when that is empty.

    Raises:
        WalletError: when the wallet does not hold the key.
    """
    sender = _sender(txn)
    seed = store.seed(wallet, signer or sender)
    signed: Tree = {"sig": keys.sign(seed, _transaction_message(txn)), "txn": txn}
    if signer and signer != sender:
        signed["sgnr"] = signer
    return _packed(signed)


def sign_program(store: WalletStore, wallet: UnlockedWallet, program: bytes, address: bytes) -> bytes:
    """The signature that delegates ``address`` to a program, 64 bytes.

    Raises:
        WalletError: when the wallet does not hold the key.
    """
    return keys.sign(store.seed(wallet, address), b"Program" + program)


def multisign_transaction(
    store: WalletStore,
    wallet: UnlockedWallet,
    txn: Transaction,
    signer: bytes,
    partial: Multisig | None,
    authorized: bytes,
) -> bytes:
    """A transaction's multisig with the signature of ``signer`` added, in msgpack.

    Args:
        partial: the signatures so far; without any, the wallet must know the account.
        authorized: the multisig address when the sender is rekeyed to it, else empty.

    Raises:
        WalletError: when account or key are unknown or do not fit.
    """
    addresses = [_sender(txn)] + ([authorized] if authorized else [])
    message = _transaction_message(txn)
    return _multisign(store, wallet, message, signer, partial, addresses)


def multisign_program(
    store: WalletStore,
    wallet: UnlockedWallet,
    program: bytes,
    address: bytes,
    signer: bytes,
    partial: Multisig | None,
    *,
    legacy: bool,
) -> bytes:
    """A program's multisig with the signature of ``signer`` added, in msgpack.

    Args:
        legacy: sign the program alone, as before the account's address became part of the message.

    Raises:
        WalletError: when account or key are unknown or do not fit.
    """
    message = b"Program" + program if legacy else b"MsigProgram" + address + program
    return _multisign(store, wallet, message, signer, partial, [address])


def _multisign(
    store: WalletStore,
    wallet: UnlockedWallet,
    message: bytes,
    signer: bytes,
    partial: Multisig | None,
    addresses: list[bytes],
) -> bytes:
    if partial is None:
        partial = multisig.unsigned(store.multisig(wallet, addresses[-1]))
    elif multisig.address(multisig.account_of(partial)) not in addresses:
        raise WalletError("given multisig preimage hashes to neither Sender nor AuthAddr")
    return _packed(multisig.add_signature(partial, store.seed(wallet, signer), message))


def _packed(tree: Tree) -> bytes:
    return pack_canonical(canonical(tree))


def _transaction_message(txn: Transaction) -> bytes:
    return b"TX" + _packed(txn)
