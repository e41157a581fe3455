"""KMD's HTTP: tokens, paths, bodies, browsers, and what stays inside its folder."""

import sqlite3
from base64 import b64decode
from pathlib import Path

import pytest

from localnet.kmd.wallets import DATABASE_NAME
from tests.localnet.kmd.conftest import PASSWORD, TOKEN, GenesisOnly, Kmd, Wallet, create_wallet, open_wallet


def test_versions_need_no_token(kmd: Kmd) -> None:
    answer = kmd.http.request("GET", "/versions")
    assert (answer.status_code, answer.json()) == (200, {"versions": ["v1"]})


@pytest.mark.parametrize("token", [None, "b" * 64, TOKEN[:-1]])
def test_a_missing_or_wrong_token_is_refused(kmd: Kmd, token: str | None) -> None:
    headers = {"X-KMD-API-Token": token} if token else {}
    answer = kmd.http.request("GET", "/v1/wallets", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"error": True, "message": "invalid API token"}


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nothing-here"), ("PUT", "/v1/wallets"), ("GET", "/v1")])
def test_unknown_paths_and_methods_are_not_found(kmd: Kmd, method: str, path: str) -> None:
    answer = kmd.ask(method, path)
    assert (answer.status_code, answer.text) == (404, "404 page not found\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b'{"wallet_id": 1}',
        b'{"zebra": 1}',
        b'{"wallet_id": "x", "wallet_id_": ""}',
        b"\xff",
        b"[" * 5000,
    ],
)
def test_an_unreadable_body_is_refused(kmd: Kmd, body: bytes) -> None:
    answer = kmd.send("POST", "/v1/wallet/init", body=body)
    assert answer.status_code == 400
    assert answer.json() == {"error": True, "message": "could not decode request body"}


def test_json_is_read_whatever_its_label(wallet: Wallet) -> None:
    """Python's SDK leaves urllib's default content type on its JSON."""
    body = f'{{"wallet_handle_token": "{wallet.handle}"}}'
    labels = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = wallet.kmd.send("POST", "/v1/key/list", body=body.encode(), headers=labels)
    assert (answer.status_code, answer.json()) == (200, {})


def test_browsers_may_read_and_reach_a_private_address(kmd: Kmd) -> None:
    origin = "https://wallet.example"
    answer = kmd.ask("GET", "/v1/wallets")
    assert answer.headers["access-control-allow-origin"]
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-kmd-api-token,content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    preflight = kmd.send("OPTIONS", "/v1/wallet/init", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == origin
    assert preflight.headers["access-control-allow-private-network"] == "true"
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert "x-kmd-api-token" in allowed
    assert "content-type" in allowed
    assert all(method in preflight.headers["access-control-allow-methods"] for method in ("GET", "POST", "DELETE"))


HOSTILE_NAMES = ["../outside", "/etc/passwd", "..\\outside", "name\0hidden", "'; DROP TABLE keys; --"]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_names_are_never_paths(kmd: Kmd, tmp_path: Path, name: str) -> None:
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    made = create_wallet(kmd, name)
    made.key()
    listed = kmd.made("GET", "/v1/wallets")["wallets"]
    assert [one["name"] for one in listed if one["id"] == made.id] == [name]
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


def test_a_name_that_is_no_text_is_replaced(kmd: Kmd) -> None:
    body = b'{"wallet_driver_name": "sqlite", "wallet_name": "half \\ud800", "wallet_password": ""}'
    answer = kmd.send("POST", "/v1/wallet", body=body)
    assert answer.json()["wallet"]["name"] == "half \ufffd"


@pytest.mark.parametrize("wallet_id", HOSTILE_NAMES)
def test_ids_are_never_paths(kmd: Kmd, wallet_id: str) -> None:
    refused = kmd.refusal("POST", "/v1/wallet/init", wallet_id=wallet_id, wallet_password="")
    assert refused == (400, "wallet not found")


@pytest.mark.parametrize(
    "path", ["/v1/../../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1/wallets%00", "//v1/wallets"]
)
def test_paths_lead_nowhere(kmd: Kmd, path: str) -> None:
    assert kmd.send("GET", path).status_code == 404


def test_only_the_owner_may_read_the_database(kmd: Kmd) -> None:
    assert (kmd.folder / DATABASE_NAME).stat().st_mode & 0o077 == 0


def test_wallets_and_keys_survive_a_restart(kmd: Kmd, ledger: GenesisOnly) -> None:
    wallet = create_wallet(kmd)
    before = [wallet.key(), wallet.key()]
    restarted = Kmd(kmd.folder, ledger)
    with restarted.http:
        assert restarted.refusal("POST", "/v1/key/list", **wallet.request()) == (401, "handle does not exist")
        again = open_wallet(restarted, wallet.id)
        assert again.addresses() == before
        third = again.key()
    assert third not in before


def test_private_keys_are_not_readable_on_disk(kmd: Kmd) -> None:
    wallet = create_wallet(kmd)
    exported = kmd.made("POST", "/v1/key/export", **wallet.guarded(address=wallet.key()))
    master = kmd.made("POST", "/v1/master-key/export", **wallet.guarded())
    assert exported["private_key"]
    assert master["master_derivation_key"]
    stored = (kmd.folder / DATABASE_NAME).read_bytes()
    for secret in (exported["private_key"], master["master_derivation_key"]):
        assert b64decode(secret)[:32] not in stored
    assert PASSWORD.encode() not in stored


def test_a_failing_database_is_a_clear_error(kmd: Kmd, wallet: Wallet) -> None:
    other = sqlite3.connect(kmd.folder / DATABASE_NAME)
    other.execute("DROP TABLE keys")
    other.commit()
    other.close()
    status, message = kmd.refusal("POST", "/v1/key", **wallet.request())
    assert status == 500
    assert message.startswith("database error: ")
