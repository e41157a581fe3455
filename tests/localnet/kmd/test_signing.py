"""Signatures over transactions and programs, compared with the Python SDK's own."""

from base64 import b64decode, b64encode
from typing import Any

import msgpack
import pytest
from algosdk import encoding, transaction
from algosdk.atomic_transaction_composer import AccountTransactionSigner, MultisigTransactionSigner
from algosdk.encoding import encode_address
from nacl.signing import VerifyKey

from tests.localnet.kmd.conftest import TOKEN, Kmd, Wallet, create_wallet, key_pair

GENESIS_HASH = b64encode(b"\x07" * 32).decode()


def params() -> transaction.SuggestedParams:
    return transaction.SuggestedParams(1000, 1, 1001, GENESIS_HASH, gen="dockernet-v1", flat_fee=True)


def payment(sender: str, note: bytes | None = None) -> transaction.PaymentTxn:
    return transaction.PaymentTxn(sender, params(), sender, 1, note=note)


def packed(txn: transaction.Transaction) -> str:
    return str(encoding.msgpack_encode(txn))


def private_key_of(wallet: Wallet, address: str) -> str:
    exported = wallet.kmd.made("POST", "/v1/key/export", **wallet.guarded(address=address))
    return str(exported["private_key"])


def as_the_sdk_signs(txn: transaction.Transaction, private_key: str) -> str:
    [expected] = AccountTransactionSigner(private_key).sign_transactions([txn], [0])
    return str(encoding.msgpack_encode(expected))


def as_the_sdk_cosigns(
    txn: transaction.Transaction, account: transaction.Multisig, private_keys: list[str]
) -> dict[str, Any]:
    [expected] = MultisigTransactionSigner(account, private_keys).sign_transactions([txn], [0])
    assert isinstance(expected, transaction.MultisigTransaction)
    multisig: dict[str, Any] = expected.multisig.json_dictify()
    return multisig


def signed(wallet: Wallet, txn: transaction.Transaction, **more: object) -> str:
    fields = wallet.guarded(transaction=packed(txn), **more)
    return str(wallet.kmd.made("POST", "/v1/transaction/sign", **fields)["signed_transaction"])


@pytest.mark.parametrize("note", [None, b"", bytes(32), b"\x00text\xff"])
def test_signs_as_the_sdk_does(wallet: Wallet, note: bytes | None) -> None:
    address = wallet.key()
    txn = payment(address, note=note)
    assert signed(wallet, txn) == as_the_sdk_signs(txn, private_key_of(wallet, address))


def test_signs_every_kind_of_transaction(wallet: Wallet) -> None:
    address = wallet.key()
    txns = [
        transaction.AssetConfigTxn(address, params(), total=1, strict_empty_address_check=False, asset_name="kW"),
        transaction.AssetTransferTxn(address, params(), address, 0, 7),
        transaction.AssetFreezeTxn(address, params(), 7, address, True),
        transaction.KeyregOfflineTxn(address, params()),
        transaction.ApplicationNoOpTxn(
            address, params(), 9, [b"", bytes(8), b"x" * 40], [address], [9], [7], boxes=[(0, b""), (9, bytes(4))]
        ),
    ]
    for txn in txns:
        assert signed(wallet, txn) == as_the_sdk_signs(txn, private_key_of(wallet, address)), txn.type


def test_signs_what_is_not_canonical_as_if_it_were(wallet: Wallet) -> None:
    address = wallet.key()
    txn = payment(address)
    loose = {"zzz": 0, **dict(reversed(txn.dictify().items())), "close": bytes(32)}
    fields = wallet.guarded(transaction=b64encode(msgpack.packb(loose)).decode())
    answer = wallet.kmd.made("POST", "/v1/transaction/sign", **fields)["signed_transaction"]
    assert answer == as_the_sdk_signs(txn, private_key_of(wallet, address))


def test_signs_for_a_rekeyed_sender_with_the_named_key(wallet: Wallet) -> None:
    signer, sender = wallet.key(), encode_address(key_pair(3)[0])
    txn = payment(sender)
    expected = as_the_sdk_signs(txn, private_key_of(wallet, signer))
    in_base64 = b64encode(encoding.decode_address(signer)).decode()
    assert signed(wallet, txn, public_key=in_base64) == expected
    assert signed(wallet, txn, public_key=signer) == expected


def test_signs_in_parallel_with_one_handle(wallet: Wallet) -> None:
    """Wallet providers sign the transactions of a group at once."""
    address = wallet.key()
    private_key = private_key_of(wallet, address)
    txns = [payment(address, note=bytes([number])) for number in range(8)]
    http, headers = wallet.kmd.http, {"X-KMD-API-Token": TOKEN}
    bodies = [wallet.guarded(transaction=packed(txn)) for txn in txns]
    answers = http.send_all(
        [http.prepare("POST", "/v1/transaction/sign", headers=headers, fields=body) for body in bodies]
    )
    assert [answer.json()["signed_transaction"] for answer in answers] == [
        as_the_sdk_signs(txn, private_key) for txn in txns
    ]


def test_a_sender_without_key_is_refused(kmd: Kmd, wallet: Wallet) -> None:
    fields = wallet.guarded(transaction=packed(payment(encode_address(key_pair(3)[0]))))
    assert kmd.refusal("POST", "/v1/transaction/sign", **fields) == (400, "key does not exist in this wallet")


def test_a_wrong_password_signs_nothing(kmd: Kmd, wallet: Wallet) -> None:
    fields = wallet.guarded(transaction=packed(payment(wallet.key())), wallet_password="wrong")
    assert kmd.refusal("POST", "/v1/transaction/sign", **fields) == (400, "error decrypting. wrong password?")


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"garbage",
        b"\x81" * 3000,
        b"\x91" * 600 + b"\x01",
        *(
            msgpack.packb(tree)
            for tree in ([1], {1: 2}, {"snd": "text"}, {"snd": b"short"}, {"apar": {b"a": 1, "b": 2}})
        ),
    ],
)
def test_garbage_is_no_transaction(kmd: Kmd, wallet: Wallet, garbage: bytes) -> None:
    fields = wallet.guarded(transaction=b64encode(garbage).decode())
    assert kmd.refusal("POST", "/v1/transaction/sign", **fields) == (400, "could not decode transaction")


def test_program_signature_delegates_the_account(kmd: Kmd, wallet: Wallet) -> None:
    program = b"\x06\x81\x01"
    address = wallet.key()
    answer = kmd.made("POST", "/v1/program/sign", **wallet.guarded(data=b64encode(program).decode(), address=address))
    assert answer.keys() == {"sig"}
    VerifyKey(encoding.decode_address(address)).verify(b"Program" + program, b64decode(answer["sig"]))


# --- multisig accounts


def cosigners(kmd: Kmd) -> tuple[Wallet, list[str], transaction.Multisig]:
    """A wallet that holds two of the three keys of a 2-of-3 account and knows the account."""
    wallet = create_wallet(kmd, "cosigner")
    addresses = [wallet.key(), wallet.key(), encode_address(key_pair(8)[0])]
    return wallet, addresses, transaction.Multisig(1, 2, addresses)


def import_multisig(wallet: Wallet, account: transaction.Multisig) -> str:
    answer = wallet.kmd.made(
        "POST",
        "/v1/multisig/import",
        **wallet.request(
            multisig_version=account.version,
            threshold=account.threshold,
            pks=[b64encode(one.public_key).decode() for one in account.subsigs],
        ),
    )
    return str(answer["address"])


def test_multisig_accounts_are_kept(kmd: Kmd) -> None:
    wallet, addresses, account = cosigners(kmd)
    assert kmd.made("POST", "/v1/multisig/list", **wallet.request()) == {}
    assert import_multisig(wallet, account) == account.address()
    assert kmd.made("POST", "/v1/multisig/list", **wallet.request()) == {"addresses": [account.address()]}
    exported = kmd.made("POST", "/v1/multisig/export", **wallet.request(address=account.address()))
    assert [encode_address(b64decode(key)) for key in exported.pop("pks")] == addresses
    assert exported == {"multisig_version": 1, "threshold": 2}
    assert kmd.made("DELETE", "/v1/multisig", **wallet.guarded(address=account.address())) == {}
    assert kmd.made("POST", "/v1/multisig/list", **wallet.request()) == {}


def test_an_imported_multisig_is_refused_a_second_time(kmd: Kmd) -> None:
    wallet, _addresses, account = cosigners(kmd)
    import_multisig(wallet, account)
    pks = [b64encode(one.public_key).decode() for one in account.subsigs]
    fields = wallet.request(multisig_version=1, threshold=2, pks=pks)
    assert kmd.refusal("POST", "/v1/multisig/import", **fields) == (400, "key already exists in wallet")


@pytest.mark.parametrize(
    ("version", "threshold", "message"),
    [(2, 1, "unknown version != 1"), (1, 0, "invalid threshold"), (1, 4, "invalid threshold")],
)
def test_what_is_no_multisig_is_refused(kmd: Kmd, version: int, threshold: int, message: str) -> None:
    wallet, addresses, _account = cosigners(kmd)
    pks = [b64encode(encoding.decode_address(one)).decode() for one in addresses]
    fields = wallet.request(multisig_version=version, threshold=threshold, pks=pks)
    assert kmd.refusal("POST", "/v1/multisig/import", **fields) == (400, message)


def multisign(wallet: Wallet, txn: transaction.Transaction, signer: str, **more: object) -> dict[str, Any]:
    return wallet.guarded(
        transaction=packed(txn), public_key=b64encode(encoding.decode_address(signer)).decode(), **more
    )


@pytest.mark.parametrize("known", [True, False])
def test_cosigners_complete_a_multisig_transaction(kmd: Kmd, known: bool) -> None:
    """The first signature from the wallet's own knowledge of the account, or from an empty multisig sent along."""
    wallet, addresses, account = cosigners(kmd)
    txn = payment(account.address())
    partial = None if known else account.json_dictify()
    if known:
        import_multisig(wallet, account)
    for signer in addresses[:2]:
        fields = multisign(wallet, txn, signer, **({"partial_multisig": partial} if partial else {}))
        answer = kmd.made("POST", "/v1/multisig/sign", **fields)["multisig"]
        partial = encoding.msgpack_decode(answer).json_dictify()
    assert partial == as_the_sdk_cosigns(txn, account, [private_key_of(wallet, one) for one in addresses[:2]])


def test_a_rekeyed_sender_is_signed_for_by_its_multisig(kmd: Kmd) -> None:
    wallet, addresses, account = cosigners(kmd)
    txn = payment(encode_address(key_pair(4)[0]))
    fields = multisign(wallet, txn, addresses[0], partial_multisig=account.json_dictify())
    refused = kmd.refusal("POST", "/v1/multisig/sign", **fields)
    assert refused == (400, "given multisig preimage hashes to neither Sender nor AuthAddr")
    authorized = b64encode(account.address_bytes()).decode()
    answer = kmd.made("POST", "/v1/multisig/sign", **fields, signer=authorized)["multisig"]
    expected = as_the_sdk_cosigns(txn, account, [private_key_of(wallet, addresses[0])])
    assert encoding.msgpack_decode(answer).json_dictify() == expected


def test_strangers_cannot_cosign(kmd: Kmd) -> None:
    wallet, addresses, account = cosigners(kmd)
    txn = payment(account.address())
    stranger = wallet.key()
    fields = multisign(wallet, txn, stranger, partial_multisig=account.json_dictify())
    refused = kmd.refusal("POST", "/v1/multisig/sign", **fields)
    assert refused == (400, "given key is not a possible signer for this multisig")
    absent = multisign(wallet, txn, addresses[2], partial_multisig=account.json_dictify())
    assert kmd.refusal("POST", "/v1/multisig/sign", **absent) == (400, "key does not exist in this wallet")
    unknown = multisign(wallet, txn, addresses[0])
    assert kmd.refusal("POST", "/v1/multisig/sign", **unknown) == (400, "key does not exist in this wallet")


def test_a_signature_of_something_else_is_not_carried_on(kmd: Kmd) -> None:
    wallet, addresses, account = cosigners(kmd)
    partial = account.json_dictify()
    partial["subsig"][1]["s"] = b64encode(bytes(63) + b"\x01").decode()
    fields = multisign(wallet, payment(account.address()), addresses[0], partial_multisig=partial)
    assert kmd.refusal("POST", "/v1/multisig/sign", **fields) == (400, "invalid subsig")


@pytest.mark.parametrize("legacy", [True, False])
def test_cosigners_sign_a_program(kmd: Kmd, legacy: bool) -> None:
    wallet, addresses, account = cosigners(kmd)
    import_multisig(wallet, account)
    program = b"\x06\x81\x01"
    fields = wallet.guarded(
        data=b64encode(program).decode(),
        address=account.address(),
        public_key=b64encode(encoding.decode_address(addresses[1])).decode(),
        use_legacy_msig=legacy,
    )
    answer = msgpack.unpackb(b64decode(kmd.made("POST", "/v1/multisig/signprogram", **fields)["multisig"]))
    assert [one["pk"] for one in answer["subsig"]] == [encoding.decode_address(one) for one in addresses]
    message = b"Program" + program if legacy else b"MsigProgram" + account.address_bytes() + program
    [signature] = [one["s"] for one in answer["subsig"] if "s" in one]
    VerifyKey(answer["subsig"][1]["pk"]).verify(message, signature)
