"""Raw HTTP to a LocalNet, and transactions of its dispenser."""

import http.client
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from algosdk import encoding, transaction
from algosdk.atomic_transaction_composer import AccountTransactionSigner

from localnet.engine import genesis
from localnet.testing import LocalNet

TOKEN = "a" * 64
DISPENSER = encoding.encode_address(genesis.ACCOUNTS[0].address)
DISPENSER_KEY = b64encode(genesis.ACCOUNTS[0].private_key).decode()
FEE = 1000


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def tree(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def message(self) -> str:
        """The error text."""
        return str(self.tree["message"])


class Algod:
    """algod's API of one LocalNet, each request on a connection of its own."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._address = (host, port)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        token: str | None = TOKEN,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """The answer to one request."""
        sent = dict(headers or {})
        if token is not None:
            sent["X-Algo-API-Token"] = token
        link = http.client.HTTPConnection(*self._address, timeout=60)
        try:
            link.request(method, path, body, sent)
            answer = link.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            link.close()

    def get(self, path: str) -> Any:
        """The JSON of a GET that must succeed."""
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.body
        return answer.tree

    @property
    def last_round(self) -> int:
        """The newest round."""
        return int(self.get("/v2/status")["last-round"])

    def params(self, fee: int = FEE, **changes: Any) -> transaction.SuggestedParams:
        """Parameters with a flat fee."""
        now = self.get("/v2/transactions/params")
        fields = {
            "fee": fee,
            "first": now["last-round"],
            "last": now["last-round"] + 1000,
            "gh": now["genesis-hash"],
            "gen": now["genesis-id"],
            "flat_fee": True,
        }
        return transaction.SuggestedParams(**(fields | changes))

    def payment(
        self, note: str = "", *, receiver: str = DISPENSER, amount: int = 0, fee: int = FEE, **changes: Any
    ) -> transaction.PaymentTxn:
        """A payment of the dispenser."""
        return transaction.PaymentTxn(DISPENSER, self.params(fee, **changes), receiver, amount, note=note.encode())

    def send(self, *txns: transaction.Transaction, key: str = DISPENSER_KEY) -> Answer:
        """The answer to the group, signed by one key."""
        return self.ask("POST", "/v2/transactions", signed(*txns, key=key))

    def confirm(self, *txns: transaction.Transaction, key: str = DISPENSER_KEY) -> dict[str, Any]:
        """What the first transaction of a group did."""
        answer = self.send(*txns, key=key)
        assert answer.status == 200, answer.body
        path = f"/v2/transactions/pending/{txns[0].get_txid()}"
        while not (found := self.get(path)).get("confirmed-round"):
            assert not found["pool-error"], found["pool-error"]
            self.get(f"/v2/status/wait-for-block-after/{self.last_round}")
        return dict(found)

    def compiled(self, teal: str) -> bytes:
        """TEAL to bytecode."""
        answer = self.ask("POST", "/v2/teal/compile", teal.encode())
        assert answer.status == 200, answer.body
        return b64decode(answer.tree["result"])

    def create_app(self, teal: str, *, global_uints: int = 0) -> int:
        """The id of a new application of the dispenser, with so many numbers as its state."""
        create = transaction.ApplicationCreateTxn(
            DISPENSER,
            self.params(),
            transaction.OnComplete.NoOpOC,
            self.compiled(teal),
            self.compiled("#pragma version 10\nint 1"),
            transaction.StateSchema(global_uints, 0),
            transaction.StateSchema(0, 0),
        )
        return int(self.confirm(create)["application-index"])

    def call(self, app_id: int, *arguments: bytes, fee: int = FEE, **more: Any) -> transaction.ApplicationNoOpTxn:
        """A call by the dispenser."""
        return transaction.ApplicationNoOpTxn(DISPENSER, self.params(fee), app_id, list(arguments), **more)

    def simulate(
        self, *txns: transaction.Transaction, signers: Mapping[int, str] | None = None, **options: Any
    ) -> dict[str, Any]:
        """The group of a simulation without signatures.

        Args:
            txns: the group.
            signers: by position, whom transactions name as their signers.
            options: of the simulation.
        """
        unsigned: list[dict[str, Any]] = [{"txn": txn.dictify()} for txn in txns]
        for at, address in (signers or {}).items():
            unsigned[at]["sgnr"] = encoding.decode_address(address)
        request = {
            "txn-groups": [{"txns": unsigned}],
            "allow-empty-signatures": True,
            **{name.replace("_", "-"): value for name, value in options.items()},
        }
        answer = self.ask("POST", "/v2/transactions/simulate", b64decode(encoding.msgpack_encode(request)))
        assert answer.status == 200, answer.body
        return dict(answer.tree["txn-groups"][0])

    def txids_by_round(self) -> dict[int, list[str]]:
        """Transaction ids of all blocks behind the first, by round."""
        return {
            round_: self.get(f"/v2/blocks/{round_}/txids")["blockTxids"] for round_ in range(2, self.last_round + 1)
        }


def algod_of(net: LocalNet) -> Algod:
    """algod's API of a LocalNet."""
    return Algod(net.ports["algod"])


def signed(*txns: transaction.Transaction, key: str = DISPENSER_KEY) -> bytes:
    """The group, signed by one key, as algod takes it; group ids are set when there are several."""
    if len(txns) > 1 and not txns[0].group:
        transaction.assign_group_id(list(txns))
    whole = AccountTransactionSigner(key).sign_transactions(list(txns), list(range(len(txns))))
    return b"".join(b64decode(encoding.msgpack_encode(one)) for one in whole)


def grouped(*txns: transaction.Transaction) -> Sequence[transaction.Transaction]:
    """The transactions with their group id."""
    return list(transaction.assign_group_id(list(txns)))
