"""One LocalNet with one history, which the tests of this folder only read."""

import http.client
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from algosdk import account, encoding, logic, transaction
from algosdk.atomic_transaction_composer import (
    AccountTransactionSigner,
    LogicSigTransactionSigner,
    MultisigTransactionSigner,
    TransactionSigner,
)

from localnet.testing import LocalNet

FEE = 1000
TEAL = (Path(__file__).parent / "recorder.teal").read_text()
APPROVE_TEAL = "#pragma version 10\nint 1"


def base64(data: bytes) -> str:
    return b64encode(data).decode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: Any


class Chain:
    """A client of one LocalNet's three services."""

    def __init__(self, localnet: LocalNet) -> None:
        self.localnet = localnet

    def request(
        self, service: str, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        link = http.client.HTTPConnection("localhost", self.localnet.ports[service], timeout=30)
        token = {"algod": "X-Algo-API-Token", "kmd": "X-KMD-API-Token", "indexer": "X-Indexer-API-Token"}[service]
        try:
            link.request(method, path, body, {token: "a" * 64, **(headers or {})})
            answer = link.getresponse()
            text = answer.read()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, json.loads(text) if text else None)
        finally:
            link.close()

    def algod(self, method: str, path: str, body: bytes | None = None) -> Any:
        answer = self.request("algod", method, path, body)
        assert answer.status == 200, answer.body
        return answer.body

    def ask(self, path: str, **query: object) -> Answer:
        """Ask the indexer; underscores in names stand for hyphens."""
        named = {name.replace("_", "-"): str(value) for name, value in query.items()}
        return self.request("indexer", "GET", f"{path}?{urlencode(named)}" if named else path)

    def get(self, path: str, **query: object) -> dict[str, Any]:
        """The indexer's answer to a request that must succeed."""
        answer = self.ask(path, **query)
        assert answer.status == 200, answer.body
        body: dict[str, Any] = answer.body
        return body

    def refusal(self, path: str, **query: object) -> tuple[int, str]:
        """Status and message of a request that must be refused."""
        answer = self.ask(path, **query)
        assert answer.body.keys() == {"message"}
        return answer.status, answer.body["message"]

    def ids(self, path: str = "/v2/transactions", **query: object) -> list[str]:
        """The ids of the transactions that a search finds."""
        return [one["id"] for one in self.get(path, **query)["transactions"]]

    # --- writing

    def params(self, fee: int = FEE) -> transaction.SuggestedParams:
        now = self.algod("GET", "/v2/transactions/params")
        return transaction.SuggestedParams(
            fee, now["last-round"], now["last-round"] + 1000, now["genesis-hash"], now["genesis-id"], flat_fee=True
        )

    def compiled(self, teal: str) -> bytes:
        return b64decode(self.algod("POST", "/v2/teal/compile", teal.encode())["result"])

    def send(self, signer: TransactionSigner, *txns: transaction.Transaction) -> dict[str, Any]:
        """Send one transaction or a group; returns what algod says of the first."""
        if len(txns) > 1:
            transaction.assign_group_id(list(txns))
        return self.send_signed(signer.sign_transactions(list(txns), list(range(len(txns)))))

    def send_signed(self, signed: Sequence[Any]) -> dict[str, Any]:
        """Send signed transactions; returns what algod says of the first."""
        encoded = b"".join(b64decode(encoding.msgpack_encode(one)) for one in signed)
        txid = self.algod("POST", "/v2/transactions", encoded)["txId"]
        confirmed: dict[str, Any] = self.algod("GET", f"/v2/transactions/pending/{txid}")
        return confirmed


@dataclass(frozen=True)
class Person:
    """An account and what signs for it."""

    address: str
    signer: TransactionSigner
    private_key: str = ""

    @property
    def public_key(self) -> bytes:
        return bytes(encoding.decode_address(self.address))


def new_person() -> Person:
    private_key, address = account.generate_account()
    return Person(address, AccountTransactionSigner(private_key), private_key)


def dispenser(chain: Chain) -> Person:
    """The genesis account with its key from KMD."""

    def kmd(method: str, path: str, **fields: str) -> dict[str, Any]:
        answer = chain.request("kmd", method, path, json.dumps(fields).encode() if fields else None)
        assert answer.status == 200, answer.body
        body: dict[str, Any] = answer.body
        return body

    [wallet] = kmd("GET", "/v1/wallets")["wallets"]
    handle = kmd("POST", "/v1/wallet/init", wallet_id=wallet["id"], wallet_password="")["wallet_handle_token"]
    address = kmd("POST", "/v1/key/list", wallet_handle_token=handle)["addresses"][0]
    exported = kmd("POST", "/v1/key/export", wallet_handle_token=handle, wallet_password="", address=address)
    return Person(address, AccountTransactionSigner(exported["private_key"]), exported["private_key"])


@dataclass
class History:
    """What happened, in this order; ids and rounds by name."""

    chain: Chain
    people: dict[str, Person] = field(default_factory=dict)
    txns: dict[str, transaction.Transaction] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    recorder: int = 0
    inner: int = 0
    gone_app: int = 0
    asset: int = 0
    gone_asset: int = 0

    def id(self, name: str) -> str:
        return str(self.txns[name].get_txid())

    def group_of(self, name: str) -> bytes:
        """The id of a transaction's group."""
        group = self.txns[name].group
        assert group is not None, f"{name} is in no group"
        return bytes(group)

    def names(self, ids: Sequence[str]) -> list[str]:
        """The names of transactions by their ids."""
        named = {self.id(name): name for name in self.txns}
        return [named[one] for one in ids]

    def found(self, path: str = "/v2/transactions", **query: object) -> list[str]:
        """The names of the transactions that a search finds."""
        return self.names(self.chain.ids(path, **query))

    def happens(self, name: str, signer: Person, *txns: transaction.Transaction) -> dict[str, Any]:
        confirmed = self.chain.send(signer.signer, *txns)
        for at, txn in enumerate(txns):
            full = name if len(txns) == 1 else f"{name}-{at}"
            self.txns[full] = txn
            self.rounds[full] = confirmed["confirmed-round"]
        return confirmed

    def pay(self, sender: Person, receiver: str, amount: int, **more: Any) -> transaction.PaymentTxn:
        return transaction.PaymentTxn(sender.address, self.chain.params(), receiver, amount, **more)

    def person(self, name: str, microalgo: int) -> Person:
        made = self.people[name] = new_person()
        if microalgo:
            bank = self.people["bank"]
            self.happens(f"fund-{name}", bank, self.pay(bank, made.address, microalgo))
        return made

    def create_app(self, name: str, creator: Person, teal: str) -> int:
        create = transaction.ApplicationCreateTxn(
            creator.address,
            self.chain.params(),
            transaction.OnComplete.NoOpOC,
            self.chain.compiled(teal),
            self.chain.compiled(APPROVE_TEAL),
            transaction.StateSchema(1, 1),
            transaction.StateSchema(1, 0),
        )
        return int(self.happens(name, creator, create)["application-index"])

    def create_asset(self, name: str, creator: Person, unit: str) -> int:
        create = transaction.AssetConfigTxn(
            creator.address,
            self.chain.params(),
            total=1000,
            decimals=2,
            unit_name=unit,
            asset_name="Kilowatt share",
            url="https://asset.example",
            metadata_hash=b"m" * 32,
            manager=creator.address,
            freeze=creator.address,
            strict_empty_address_check=False,
        )
        return int(self.happens(name, creator, create)["asset-index"])

    def call(
        self,
        app: int,
        sender: Person,
        *arguments: bytes | int,
        fee: int = FEE,
        **more: Any,
    ) -> transaction.ApplicationNoOpTxn:
        encoded = [one.to_bytes(8, "big") if isinstance(one, int) else one for one in arguments]
        return transaction.ApplicationNoOpTxn(sender.address, self.chain.params(fee), app, encoded, **more)


def build(chain: Chain) -> History:
    made = History(chain)
    bank = made.people["bank"] = dispenser(chain)
    alice, bob = made.person("alice", 20_000_000), made.person("bob", 10_000_000)
    carol = made.person("carol", 0)
    dave, erin = made.person("dave", 1_000_000), made.person("erin", 1_000_000)
    params = chain.params

    made.recorder = made.create_app("create-recorder", alice, TEAL)
    made.inner = made.create_app("create-inner", alice, TEAL)
    made.gone_app = made.create_app("create-gone-app", alice, APPROVE_TEAL)
    made.asset = made.create_asset("create-asset", alice, "kW")
    made.gone_asset = made.create_asset("create-gone-asset", alice, "GONE")
    for name, app in (("recorder", made.recorder), ("inner", made.inner)):
        made.happens(f"fund-{name}", alice, made.pay(alice, logic.get_application_address(app), 2_000_000))

    made.happens("pay-bob", alice, made.pay(alice, bob.address, 1_000_001, note=b"history:1", lease=b"l" * 32))
    made.happens("pay-alice", bob, made.pay(bob, alice.address, 200_002, note=b"history:2"))
    opt_in = transaction.AssetTransferTxn(bob.address, params(), bob.address, 0, made.asset)
    made.happens("opt-in-asset", bob, opt_in)
    send = transaction.AssetTransferTxn(alice.address, params(), bob.address, 30, made.asset)
    made.happens("send-asset", alice, send)
    freeze = transaction.AssetFreezeTxn(alice.address, params(), made.asset, bob.address, True)
    made.happens("freeze", alice, freeze)
    made.happens("opt-in-app", bob, transaction.ApplicationOptInTxn(bob.address, params(), made.recorder))
    made.happens("set", alice, made.call(made.recorder, alice, b"set", 42, b"metered"))
    made.happens("log", bob, made.call(made.recorder, bob, b"log", b"\x01\x02"))
    made.happens("score", alice, made.call(made.recorder, alice, b"score", 9, accounts=[bob.address]))
    inner_pay = made.call(made.recorder, alice, b"pay", 300_003, fee=2 * FEE, accounts=[carol.address])
    made.happens("inner-pay", alice, inner_pay)
    inner_call = made.call(made.recorder, alice, b"call", b"inside", fee=2 * FEE, foreign_apps=[made.inner])
    made.happens("inner-call", alice, inner_call)
    nested = made.call(
        made.recorder, alice, b"relay", 4, fee=3 * FEE, accounts=[carol.address], foreign_apps=[made.inner]
    )
    made.happens("nested", alice, nested)
    for key in range(3):
        row = b"row" + bytes([key])
        put = made.call(made.recorder, alice, b"box", row, b"v%d" % key, boxes=[(0, row)])
        made.happens(f"box-{key}", alice, put)
    made.happens("pair", alice, made.pay(alice, bob.address, 11), made.pay(alice, carol.address, 12))
    made.happens("close", dave, made.pay(dave, bob.address, 13, close_remainder_to=alice.address))
    made.happens("rekey", erin, made.pay(erin, erin.address, 0, rekey_to=alice.address))
    made.happens("by-alice", alice, made.pay(erin, bob.address, 14))
    made.happens("offline", bob, transaction.KeyregOfflineTxn(bob.address, params()))
    made.happens("delete-app", alice, transaction.ApplicationDeleteTxn(alice.address, params(), made.gone_app))
    made.happens("destroy-asset", alice, transaction.AssetDestroyTxn(alice.address, params(), made.gone_asset))
    program = transaction.LogicSigAccount(chain.compiled(APPROVE_TEAL), [b"argument"])
    contract = made.people["contract"] = Person(program.address(), LogicSigTransactionSigner(program))
    shared = transaction.Multisig(1, 2, [alice.address, bob.address, carol.address])
    several = made.people["several"] = Person(
        shared.address(), MultisigTransactionSigner(shared, [alice.private_key, bob.private_key])
    )
    for name, who in (("contract", contract), ("several", several)):
        made.happens(f"fund-{name}", bank, made.pay(bank, who.address, 500_000))
        made.happens(f"pay-from-{name}", who, made.pay(who, bank.address, 15))
    return made


@pytest.fixture(scope="package")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    with LocalNet.spawn(tmp_path_factory.mktemp("indexer")) as localnet:
        yield build(Chain(localnet))


@pytest.fixture(scope="package")
def chain(history: History) -> Chain:
    return history.chain
