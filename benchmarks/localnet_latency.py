"""How fast the embedded LocalNet starts and answers: ``python -m benchmarks.localnet_latency``.

It measures on a LocalNet of its own with 100 boxes, over HTTP with a connection that stays open, as algosdk does not do
but other clients do: the time of starting a connection is the client's.
"""

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from algosdk import encoding, transaction
from algosdk.atomic_transaction_composer import AccountTransactionSigner
from algosdk.v2client.algod import AlgodClient

from localnet.engine import genesis
from localnet.testing import LocalNet

_TOKEN = "a" * 64
_SAMPLES = 100
_WARM_PAUSE_S = 0.25
_BOXES = 100
_BOXES_TEAL = """#pragma version 10
txn ApplicationID
bz done
txn ApplicationArgs 0
pushint 32
box_create
pop
done:
pushint 1
"""


class Bench:
    """One LocalNet under measurement."""

    def __init__(self, net: LocalNet) -> None:
        self._net = net
        self._link = http.client.HTTPConnection("127.0.0.1", net.ports["algod"])
        self._client = AlgodClient(_TOKEN, f"http://127.0.0.1:{net.ports['algod']}")
        wallet = genesis.ACCOUNTS[0]
        self.sender = encoding.encode_address(wallet.address)
        self._signer = AccountTransactionSigner(b64encode(wallet.private_key).decode())
        self._count = 0

    def payment(self) -> bytes:
        """A signed payment that differs from all before."""
        self._count += 1
        params = self._client.suggested_params()
        params.flat_fee, params.fee = True, 1000
        return self.signed(transaction.PaymentTxn(self.sender, params, self.sender, 0, note=str(self._count).encode()))

    def signed(self, txn: transaction.Transaction) -> bytes:
        """A transaction, signed and encoded."""
        return b64decode(encoding.msgpack_encode(self._signer.sign_transactions([txn], [0])[0]))

    def post(self, path: str, body: bytes) -> float:
        """Seconds that a request took; refuses all but 200."""
        began = time.perf_counter()
        self._link.request("POST", path, body, {"X-Algo-API-Token": _TOKEN})
        answer = self._link.getresponse()
        text = answer.read()
        took = time.perf_counter() - began
        if answer.status != http.client.OK:
            raise RuntimeError(text.decode())
        return took

    def make_boxes(self) -> None:
        """An application with boxes."""
        program = b64decode(self._client.compile(_BOXES_TEAL)["result"])
        schema = transaction.StateSchema(0, 0)
        create = transaction.ApplicationCreateTxn(
            self.sender,
            self._client.suggested_params(),
            transaction.OnComplete.NoOpOC,
            program,
            program,
            schema,
            schema,
        )
        txid = create.get_txid()
        self.post("/v2/transactions", self.signed(create))
        app = self._client.pending_transaction_info(txid)["application-index"]
        address = encoding.encode_address(encoding.checksum(b"appID" + app.to_bytes(8)))
        fund = transaction.PaymentTxn(self.sender, self._client.suggested_params(), address, 100_000_000)
        self.post("/v2/transactions", self.signed(fund))
        for number in range(0, _BOXES, 10):
            calls = [
                transaction.ApplicationNoOpTxn(
                    self.sender, self._client.suggested_params(), app, [bytes([box])], boxes=[(0, bytes([box]))]
                )
                for box in range(number, number + 10)
            ]
            self.post("/v2/transactions", b"".join(map(self.signed, transaction.assign_group_id(calls))))

    def submit(self) -> float:
        """Seconds for one payment."""
        return self.post("/v2/transactions", self.payment())

    def simulate(self) -> float:
        """Seconds for one simulated payment."""
        txn = encoding.msgpack.unpackb(self.payment(), raw=False)
        body = encoding.msgpack.packb({"txn-groups": [{"txns": [txn]}]})
        return self.post("/v2/transactions/simulate", body)


def median_ms(measure: Callable[[], float], pause_s: float) -> float:
    """The median of many measurements, in milliseconds."""
    times = []
    for _ in range(_SAMPLES):
        time.sleep(pause_s)
        times.append(measure())
    return statistics.median(times) * 1000


def start_ms(folder: Path) -> float:
    """How long ``python -m localnet start`` takes on a new state folder, in milliseconds."""
    where = [f"--data-dir={folder}", "--algod-port=0", "--kmd-port=0", "--indexer-port=0"]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "localnet", "start", *where], check=True, capture_output=True)
    took = time.perf_counter() - began
    subprocess.run([sys.executable, "-m", "localnet", "stop", *where], check=True, capture_output=True)
    return took * 1000


def main() -> None:
    """Measure and print JSON."""
    with tempfile.TemporaryDirectory() as folder:
        started = start_ms(Path(folder) / "start")
        with LocalNet.spawn(Path(folder) / "net") as net:
            bench = Bench(net)
            bench.make_boxes()
            results = {
                "start_ms": started,
                "submit_warm_ms": median_ms(bench.submit, _WARM_PAUSE_S),
                "submit_back_to_back_ms": median_ms(bench.submit, 0),
                "simulate_warm_ms": median_ms(bench.simulate, _WARM_PAUSE_S),
                "simulate_back_to_back_ms": median_ms(bench.simulate, 0),
            }
    print(json.dumps({name: round(value, 1) for name, value in results.items()}, indent=2))


if __name__ == "__main__":
    main()
