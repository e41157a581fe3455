"""Nothing that a request says reaches beyond the state folder, the token or the machine."""

import http.client
import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from localnet.testing import LocalNet
from tests.localnet.client import Algod, algod_of

OUTSIDE = "outside"
# Each would be the folder beside the state folder, or what is in it, if names were paths.
CLIMBING = [
    f"../../{OUTSIDE}",
    f"..%2F..%2F{OUTSIDE}",
    f"..%2f..%2f{OUTSIDE}",
    f"%2e%2e%2f%2e%2e%2f{OUTSIDE}",
    f"%2e%2e/%2e%2e/{OUTSIDE}",
    f"..%252F..%252F{OUTSIDE}",
    f"..%5C..%5C{OUTSIDE}",
    f"kept%2F..%2F..%2F..%2F{OUTSIDE}",
    f"kept/../../../{OUTSIDE}",
    f"kept%00/../../../{OUTSIDE}",
    f"..%2F..%2F{OUTSIDE}%00",
    f"%C0%AE%C0%AE%2F{OUTSIDE}",
]
UNUSABLE = ["..", ".", "%2e%2e", "kept%00", "%00", ".hidden", "a%20b", "a%0Ab", "draft.new", "~", "%7Eroot", "a" * 65]


class Neighbourhood:
    """A LocalNet, and beside its state folder a chain that nobody may restore."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.net = LocalNet.spawn(self.state)
        self.algod = algod_of(self.net)
        self.algod.confirm(self.algod.payment("kept"))
        self.net.snapshot("kept")
        shutil.copytree(self.state / "snapshots" / "kept", folder / OUTSIDE)
        self.algod.confirm(self.algod.payment("later"))

    def beyond(self) -> dict[str, bytes]:
        """Every file beside the state folder, with what is in it."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and self.state not in path.parents)
        return {str(path): path.read_bytes() for path in found}

    def chain(self) -> tuple[int, str, list[str]]:
        """The chain and its snapshots as a client sees them."""
        last = self.algod.last_round
        digest = self.algod.get(f"/v2/blocks/{last}/hash")["blockHash"]
        return last, digest, self.algod.get("/x/snapshot")["snapshots"]


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbourhood]:
    """One for all tests, which leave it as it is."""
    made = Neighbourhood(tmp_path_factory.mktemp("boundaries"))
    with made.net:
        yield made


@pytest.mark.parametrize("verb", ["snapshot", "restore"])
def test_snapshots_stay_in_their_folder(around: Neighbourhood, verb: str) -> None:
    before = (around.beyond(), around.chain())
    absolute = str(around.folder / OUTSIDE)
    for name in [*CLIMBING, *UNUSABLE, absolute, absolute.replace("/", "%2F"), absolute.replace("/", "%2f")[3:]]:
        answer = around.algod.ask("POST", f"/x/{verb}/{name}")
        assert answer.status in (400, 404), (name, answer.body)
        assert answer.message
    assert (around.beyond(), around.chain()) == before


def test_what_would_have_been_restored_is_a_chain(around: Neighbourhood) -> None:
    """The names above are refused for what they are, not because nothing is there."""
    shutil.copytree(around.folder / OUTSIDE, around.state / "snapshots" / "inside")
    before = around.chain()
    assert around.algod.ask("POST", "/x/restore/inside").status == 200
    assert around.algod.last_round == before[0] - 1


def ask_kmd(net: LocalNet, method: str, path: str, token: str, fields: object = None) -> tuple[int, Any]:
    """KMD's status and answer."""
    link = http.client.HTTPConnection("127.0.0.1", net.ports["kmd"], timeout=60)
    try:
        body = None if fields is None else json.dumps(fields)
        link.request(method, path, body, {"X-KMD-API-Token": token})
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        link.close()


@pytest.mark.parametrize("name", [f"../../{OUTSIDE}/wallet", "/tmp/../wallet", "wallet\0.sqlite", "..", "a/b/c"])
def test_wallets_stay_in_their_folder(around: Neighbourhood, name: str) -> None:
    before = (around.beyond(), sorted((around.state / "kmd").rglob("*")))
    fields = {"wallet_driver_name": "sqlite", "wallet_name": name, "wallet_password": ""}
    status, made = ask_kmd(around.net, "POST", "/v1/wallet", "a" * 64, fields)
    assert (status, made["wallet"]["name"]) == (200, name)
    opening = {"wallet_id": name, "wallet_password": ""}
    assert ask_kmd(around.net, "POST", "/v1/wallet/init", "a" * 64, opening)[0] == 400
    assert (around.beyond(), sorted((around.state / "kmd").rglob("*"))) == before


@pytest.mark.parametrize("token", ["", "b" * 64, "a" * 63, "a" * 65, "A" * 64])
def test_a_wrong_token_opens_nothing(around: Neighbourhood, token: str) -> None:
    before = around.chain()
    for method, path in (
        *(("GET", path) for path in ("/v2/status", "/v2/blocks/1", "/v2/transactions/params", "/x/snapshot")),
        *(("POST", path) for path in ("/v2/transactions", "/v2/transactions/simulate", "/v2/teal/compile")),
        *(("POST", path) for path in ("/v2/devmode/blocks/offset/9", "/x/time/9999999999", "/x/rounds/1", "/x/reset")),
        *(("POST", path) for path in ("/x/snapshot/other", "/x/restore/kept")),
        ("DELETE", "/x/time"),
    ):
        answer = around.algod.ask(method, path, b"" if method == "POST" else None, token=token)
        assert (answer.status, answer.message) == (401, "Invalid API Token"), (method, path)
    for method, path in (("GET", "/v1/wallets"), ("POST", "/v1/wallet/init"), ("POST", "/v1/key/export")):
        status, answer = ask_kmd(around.net, method, path, token, {})
        assert (status, answer["message"]) == (401, "invalid API token"), (method, path)
    assert around.chain() == before


@pytest.mark.parametrize("service", ["algod", "kmd", "indexer"])
def test_only_the_loopback_addresses_answer(around: Neighbourhood, service: str) -> None:
    """127.0.0.2 reaches whatever listens on all of the machine's addresses."""
    port = around.net.ports[service]
    assert Algod(port, "127.0.0.1").ask("GET", "/versions" if service == "kmd" else "/health").status == 200
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass
