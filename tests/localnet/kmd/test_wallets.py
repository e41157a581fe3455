"""Wallets and their handles."""

from base64 import b64encode
from collections.abc import Callable

import pytest

from localnet.kmd.handles import LIFETIME_S, HandleError, Handles
from localnet.kmd.keys import WalletSecrets
from localnet.kmd.wallets import DEFAULT_WALLET_NAME, UnlockedWallet
from tests.localnet.kmd.conftest import PASSWORD, GenesisOnly, Kmd, Wallet, create_wallet, key_pair, open_wallet

WRONG_PASSWORD = "error decrypting. wrong password?"
UNKNOWN_HANDLE = f"{'0' * 16}.{'0' * 64}"


def shown(wallet_id: str, name: str) -> dict[str, object]:
    return {
        "driver_name": "sqlite",
        "driver_version": 1,
        "id": wallet_id,
        "mnemonic_ux": False,
        "name": name,
        "supported_txs": ["pay", "keyreg"],
    }


def default_wallet(kmd: Kmd) -> Wallet:
    listed = kmd.made("GET", "/v1/wallets")["wallets"]
    return open_wallet(kmd, next(one["id"] for one in listed if one["name"] == DEFAULT_WALLET_NAME), "")


# --- the default wallet


def test_a_fresh_chain_has_the_default_wallet_with_its_accounts(kmd: Kmd, genesis_addresses: list[str]) -> None:
    assert [one["name"] for one in kmd.made("GET", "/v1/wallets")["wallets"]] == [DEFAULT_WALLET_NAME]
    assert default_wallet(kmd).addresses() == genesis_addresses


def test_a_restart_makes_no_second_default_wallet(kmd: Kmd, ledger: GenesisOnly, genesis_addresses: list[str]) -> None:
    restarted = Kmd(kmd.folder, ledger)
    with restarted.http:
        assert len(restarted.made("GET", "/v1/wallets")["wallets"]) == 1
        assert default_wallet(restarted).addresses() == genesis_addresses


def test_after_a_reset_it_holds_the_new_accounts_too(kmd: Kmd, ledger: GenesisOnly) -> None:
    address, private_key = key_pair(9)
    ledger.genesis_accounts = [("Wallet1", address, private_key, 10**15)]
    for reset in ledger.resets:
        reset()
    exported = kmd.made("POST", "/v1/key/list", **default_wallet(kmd).request())["addresses"]
    assert len(exported) == 4


# --- wallets


def test_a_created_wallet_is_listed(kmd: Kmd) -> None:
    answer = kmd.made("POST", "/v1/wallet", wallet_driver_name="sqlite", wallet_name="mine", wallet_password=PASSWORD)
    assert answer == {"wallet": shown(answer["wallet"]["id"], "mine")}
    assert answer["wallet"] in kmd.made("GET", "/v1/wallets")["wallets"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"wallet_name": DEFAULT_WALLET_NAME}, "wallet with same name already exists"),
        ({"wallet_driver_name": "paper"}, "unknown wallet driver"),
        ({"wallet_driver_name": ""}, "unknown wallet driver"),
        ({"wallet_name": "n" * 65}, "wallet name too long, must be <= 64 bytes"),
        ({"master_derivation_key": "AAAA"}, "could not decode request body"),
    ],
)
def test_creation_is_refused(kmd: Kmd, fields: dict[str, str], message: str) -> None:
    request = {"wallet_driver_name": "sqlite", "wallet_name": "new", "wallet_password": ""} | fields
    assert kmd.refusal("POST", "/v1/wallet", **request) == (400, message)
    assert len(kmd.made("GET", "/v1/wallets")["wallets"]) == 1


def test_a_nameless_wallet_is_called_by_its_id(kmd: Kmd) -> None:
    made = create_wallet(kmd, "")
    assert shown(made.id, made.id) in kmd.made("GET", "/v1/wallets")["wallets"]


def test_rename(kmd: Kmd, wallet: Wallet) -> None:
    request = {"wallet_id": wallet.id, "wallet_password": PASSWORD, "wallet_name": "renamed"}
    assert kmd.made("POST", "/v1/wallet/rename", **request) == {"wallet": shown(wallet.id, "renamed")}
    assert shown(wallet.id, "renamed") in kmd.made("GET", "/v1/wallets")["wallets"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"wallet_password": "wrong"}, WRONG_PASSWORD),
        ({"wallet_name": DEFAULT_WALLET_NAME}, "wallet with same name already exists"),
        ({"wallet_id": "0" * 32}, "wallet not found"),
    ],
)
def test_rename_is_refused(kmd: Kmd, wallet: Wallet, fields: dict[str, str], message: str) -> None:
    request = {"wallet_id": wallet.id, "wallet_password": PASSWORD, "wallet_name": "renamed"} | fields
    assert kmd.refusal("POST", "/v1/wallet/rename", **request) == (400, message)


def test_a_wallet_opens_only_with_its_password(kmd: Kmd, wallet: Wallet) -> None:
    for wrong in ("wrong", "", PASSWORD + " "):
        refused = kmd.refusal("POST", "/v1/wallet/init", wallet_id=wallet.id, wallet_password=wrong)
        assert refused == (401, WRONG_PASSWORD)


# --- handles


def test_info_and_renew_tell_the_time_left(kmd: Kmd, wallet: Wallet) -> None:
    for path in ("/v1/wallet/info", "/v1/wallet/renew"):
        answer = kmd.made("POST", path, **wallet.request())["wallet_handle"]
        assert LIFETIME_S - 2 <= answer.pop("expires_seconds") <= LIFETIME_S
        assert answer == {"wallet": shown(wallet.id, "wallet")}


def test_a_released_handle_opens_nothing(kmd: Kmd, wallet: Wallet) -> None:
    assert kmd.made("POST", "/v1/wallet/release", **wallet.request()) == {}
    assert kmd.refusal("POST", "/v1/key/list", **wallet.request()) == (401, "handle does not exist")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _handle: UNKNOWN_HANDLE, "handle does not exist"),
        (lambda _handle: "handle", "wrong number of token parts"),
        (lambda _handle: "", "wrong number of token parts"),
        (lambda _handle: "a.b", "invalid wallet handle id"),
        (lambda handle: handle[:-1], "invalid wallet handle secret"),
        (lambda handle: f"{handle[:17]}{'0' * 64}", "invalid token"),
    ],
)
def test_a_wrong_handle_opens_nothing(kmd: Kmd, wallet: Wallet, change: Callable[[str], str], message: str) -> None:
    for path in ("/v1/key/list", "/v1/key", "/v1/wallet/info", "/v1/wallet/renew", "/v1/wallet/release"):
        refused = kmd.refusal("POST", path, wallet_handle_token=change(wallet.handle))
        assert refused == (401, message), path


def test_every_request_of_a_wallet_needs_its_handle(kmd: Kmd, wallet: Wallet) -> None:
    requests: list[tuple[str, str, dict[str, object]]] = [
        ("POST", "/v1/master-key/export", {}),
        ("DELETE", "/v1/key", {"address": wallet.key()}),
        ("POST", "/v1/key/export", {"address": wallet.key()}),
        ("POST", "/v1/key/import", {"private_key": b64encode(key_pair(5)[1]).decode()}),
        ("POST", "/v1/transaction/sign", {"transaction": "gA=="}),
        ("POST", "/v1/program/sign", {"data": "AQ==", "address": wallet.key()}),
        ("POST", "/v1/multisig/list", {}),
        ("POST", "/v1/multisig/import", {"multisig_version": 1, "threshold": 1, "pks": []}),
        ("POST", "/v1/multisig/export", {"address": wallet.key()}),
        ("DELETE", "/v1/multisig", {"address": wallet.key()}),
        ("POST", "/v1/multisig/sign", {"transaction": "gA=="}),
        ("POST", "/v1/multisig/signprogram", {"data": "AQ==", "address": wallet.key()}),
    ]
    for method, path, fields in requests:
        refused = kmd.refusal(method, path, wallet_handle_token=UNKNOWN_HANDLE, **fields)
        assert refused == (401, "handle does not exist"), path


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_handle_lives_a_minute_and_renewal_adds_one() -> None:
    clock = Clock()
    handles = Handles(clock)
    wallet = UnlockedWallet("id", WalletSecrets(b"", b""))
    token = handles.open(wallet, PASSWORD)
    clock.now_s += LIFETIME_S - 1
    assert handles.wallet(token) == wallet
    assert handles.seconds_left(token) == 1
    handles.renew(token)
    assert handles.seconds_left(token) == LIFETIME_S
    clock.now_s += LIFETIME_S + 1
    with pytest.raises(HandleError, match="handle expired"):
        handles.wallet(token)
    with pytest.raises(HandleError, match="handle does not exist"):
        handles.wallet(token)


def test_handles_left_open_are_swept() -> None:
    clock = Clock()
    handles = Handles(clock)
    wallet = UnlockedWallet("id", WalletSecrets(b"", b""))
    left = handles.open(wallet, PASSWORD)
    clock.now_s += 2 * LIFETIME_S + 1
    handles.open(wallet, PASSWORD)
    with pytest.raises(HandleError, match="handle does not exist"):
        handles.wallet(left)
