"""A KMD over a folder, as one client sees it."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from algosdk.encoding import encode_address
from httpx import Response
from nacl.signing import SigningKey

from localnet.kmd.app import create_kmd_app
from tests.localnet.asgi_client import AsgiClient

TOKEN = "a" * 64
PASSWORD = "open sesame"


def key_pair(number: int) -> tuple[bytes, bytes]:
    """Address and private key of a made-up account."""
    key = SigningKey(number.to_bytes(32, "big"))
    address = bytes(key.verify_key)
    return address, bytes(key) + address


@dataclass
class GenesisOnly:
    """The part of a ledger that KMD reads."""

    genesis_accounts: list[tuple[str, bytes, bytes, int]]
    resets: list[Callable[[], None]] = field(default_factory=list)

    def on_reset(self, listener: Callable[[], None]) -> None:
        self.resets.append(listener)


class Kmd:
    """A client of one KMD."""

    def __init__(self, folder: Path, ledger: GenesisOnly) -> None:
        self.folder = folder
        self.ledger = ledger
        self.http = AsgiClient(create_kmd_app(folder, ledger, TOKEN))

    def ask(self, method: str, path: str, **fields: object) -> Response:
        """Send a request with a JSON body, when there are fields."""
        return self.http.request(method, path, headers={"X-KMD-API-Token": TOKEN}, fields=fields or None)

    def send(
        self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        """Send anything, with the right token."""
        return self.http.request(method, path, headers={"X-KMD-API-Token": TOKEN} | (headers or {}), body=body)

    def made(self, method: str, path: str, **fields: object) -> dict[str, Any]:
        """The answer to a request that must succeed."""
        answer = self.ask(method, path, **fields)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def refusal(self, method: str, path: str, **fields: object) -> tuple[int, str]:
        """Status and message of a request that must be refused."""
        answer = self.ask(method, path, **fields)
        assert answer.json().keys() == {"error", "message"}
        assert answer.json()["error"] is True
        return answer.status_code, answer.json()["message"]


@dataclass
class Wallet:
    """A wallet with an open handle."""

    kmd: Kmd
    id: str
    handle: str
    password: str = PASSWORD

    def request(self, **fields: object) -> dict[str, Any]:
        """The fields of a request that needs the handle."""
        return {"wallet_handle_token": self.handle} | fields

    def guarded(self, **fields: object) -> dict[str, Any]:
        """The fields of a request that needs handle and password."""
        return self.request(wallet_password=self.password) | fields

    def key(self) -> str:
        """The address of a new key."""
        return str(self.kmd.made("POST", "/v1/key", **self.request())["address"])

    def addresses(self) -> list[str]:
        """The addresses of its keys."""
        listed: list[str] = self.kmd.made("POST", "/v1/key/list", **self.request()).get("addresses", [])
        return listed

    def import_key(self, private_key: bytes) -> str:
        """Import a key; returns its address."""
        fields = self.request(private_key=b64encode(private_key).decode())
        return str(self.kmd.made("POST", "/v1/key/import", **fields)["address"])


def open_wallet(kmd: Kmd, wallet_id: str, password: str = PASSWORD) -> Wallet:
    """An existing wallet with a new handle."""
    answer = kmd.made("POST", "/v1/wallet/init", wallet_id=wallet_id, wallet_password=password)
    return Wallet(kmd, wallet_id, answer["wallet_handle_token"], password)


def create_wallet(kmd: Kmd, name: str = "wallet", password: str = PASSWORD, **fields: object) -> Wallet:
    """A new wallet with a handle."""
    made = kmd.made(
        "POST", "/v1/wallet", wallet_driver_name="sqlite", wallet_name=name, wallet_password=password, **fields
    )
    return open_wallet(kmd, made["wallet"]["id"], password)


@pytest.fixture
def ledger() -> GenesisOnly:
    named = [(f"Wallet{number}", *key_pair(number)) for number in (1, 2, 3)]
    return GenesisOnly([(name, address, private, 10**15) for name, address, private in named])


@pytest.fixture
def kmd(tmp_path: Path, ledger: GenesisOnly) -> Iterator[Kmd]:
    kmd = Kmd(tmp_path / "kmd", ledger)
    with kmd.http:
        yield kmd


@pytest.fixture
def wallet(kmd: Kmd) -> Wallet:
    return create_wallet(kmd)


@pytest.fixture
def genesis_addresses(ledger: GenesisOnly) -> list[str]:
    return [encode_address(address) for _name, address, _private, _funds in ledger.genesis_accounts]
