"""Keys: generated, imported, exported, deleted."""

from base64 import b64decode, b64encode

import pytest
from algosdk import account
from algosdk.encoding import encode_address

from localnet.kmd.keys import WalletSecrets, WrongPasswordError, derived_seed, open_wallet, public_key, seal_wallet
from tests.localnet.kmd.conftest import PASSWORD, Kmd, Wallet, create_wallet, key_pair

STRANGER, STRANGERS_KEY = key_pair(77)


def test_an_empty_wallet_lists_nothing(kmd: Kmd, wallet: Wallet) -> None:
    assert kmd.made("POST", "/v1/key/list", **wallet.request()) == {}


def test_generated_keys_are_listed_in_their_order(wallet: Wallet) -> None:
    made = [wallet.key() for _ in range(3)]
    assert wallet.addresses() == made
    assert len(set(made)) == 3


def test_a_wallet_shows_no_mnemonic(kmd: Kmd, wallet: Wallet) -> None:
    refused = kmd.refusal("POST", "/v1/key", **wallet.request(display_mnemonic=True))
    assert refused == (400, "sqlite wallet driver cannot display mnemonics")
    assert wallet.addresses() == []


def test_export_gives_seed_and_public_key(kmd: Kmd, wallet: Wallet) -> None:
    address = wallet.key()
    exported = kmd.made("POST", "/v1/key/export", **wallet.guarded(address=address))["private_key"]
    assert len(b64decode(exported)) == 64
    assert account.address_from_private_key(exported) == address


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"address": encode_address(STRANGER)}, "key does not exist in this wallet"),
        ({"address": "NOBODY"}, "could not decode address"),
        ({"address": ""}, "could not decode address"),
        ({"address": encode_address(STRANGER), "wallet_password": "wrong"}, "error decrypting. wrong password?"),
    ],
)
def test_export_is_refused(kmd: Kmd, wallet: Wallet, fields: dict[str, str], message: str) -> None:
    assert kmd.refusal("POST", "/v1/key/export", **wallet.guarded(**fields)) == (400, message)


def test_import_and_export_are_inverse(kmd: Kmd, wallet: Wallet) -> None:
    address = wallet.import_key(STRANGERS_KEY)
    assert address == encode_address(STRANGER)
    assert wallet.addresses() == [address]
    exported = kmd.made("POST", "/v1/key/export", **wallet.guarded(address=address))["private_key"]
    assert b64decode(exported) == STRANGERS_KEY


@pytest.mark.parametrize(
    ("private_key", "message"),
    [
        (STRANGERS_KEY, "key already exists in wallet"),
        (STRANGERS_KEY[:32] + bytes(32), "could not convert secret key to public key"),
        (STRANGERS_KEY[:63], "could not decode request body"),
        (b"", "could not convert secret key to public key"),
    ],
)
def test_import_is_refused(kmd: Kmd, wallet: Wallet, private_key: bytes, message: str) -> None:
    wallet.import_key(STRANGERS_KEY)
    fields = wallet.request(private_key=b64encode(private_key).decode())
    assert kmd.refusal("POST", "/v1/key/import", **fields) == (400, message)


def test_a_deleted_key_is_gone_and_its_index_not_used_again(kmd: Kmd, wallet: Wallet) -> None:
    first = wallet.key()
    assert kmd.made("DELETE", "/v1/key", **wallet.guarded(address=first)) == {}
    assert wallet.addresses() == []
    assert wallet.key() != first


def test_deleting_an_unknown_key_changes_nothing(kmd: Kmd, wallet: Wallet) -> None:
    kept = wallet.key()
    assert kmd.made("DELETE", "/v1/key", **wallet.guarded(address=encode_address(STRANGER))) == {}
    assert wallet.addresses() == [kept]


def test_deletion_needs_the_password(kmd: Kmd, wallet: Wallet) -> None:
    kept = wallet.key()
    refused = kmd.refusal("DELETE", "/v1/key", **wallet.guarded(address=kept, wallet_password="wrong"))
    assert refused == (400, "error decrypting. wrong password?")
    assert wallet.addresses() == [kept]


def test_keys_of_one_wallet_are_closed_to_another(kmd: Kmd, wallet: Wallet) -> None:
    address = wallet.key()
    other = create_wallet(kmd, "other")
    refused = kmd.refusal("POST", "/v1/key/export", **other.guarded(address=address))
    assert refused == (400, "key does not exist in this wallet")


def test_the_master_key_recovers_the_generated_keys(kmd: Kmd, wallet: Wallet) -> None:
    made = [wallet.key(), wallet.key()]
    master = kmd.made("POST", "/v1/master-key/export", **wallet.guarded())["master_derivation_key"]
    recovered = create_wallet(kmd, "recovered", "another password", master_derivation_key=master)
    assert [recovered.key(), recovered.key()] == made


def test_the_master_key_needs_the_password(kmd: Kmd, wallet: Wallet) -> None:
    refused = kmd.refusal("POST", "/v1/master-key/export", **wallet.guarded(wallet_password="wrong"))
    assert refused == (400, "error decrypting. wrong password?")


def test_generation_steps_over_a_key_that_was_imported(kmd: Kmd, wallet: Wallet) -> None:
    master = b64decode(kmd.made("POST", "/v1/master-key/export", **wallet.guarded())["master_derivation_key"])
    first, second = derived_seed(master, 1), derived_seed(master, 2)
    wallet.import_key(first + public_key(first))
    assert wallet.key() == encode_address(public_key(second))


def test_secrets_open_only_with_their_password() -> None:
    secrets = WalletSecrets(b"e" * 32, b"d" * 32)
    for password in (PASSWORD, ""):
        sealed = seal_wallet(secrets, password)
        assert open_wallet(sealed, password) == secrets
        with pytest.raises(WrongPasswordError):
            open_wallet(sealed, password + "x")
