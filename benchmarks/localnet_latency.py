"""How fast the embedded LocalNet starts and answers: ``python -m benchmarks.localnet_latency [TRANSACTIONS ...]``.

It measures on a LocalNet of its own with 100 boxes, over HTTP with a connection that stays open, as algosdk does not do
but other clients do: the time of starting a connection is the client's. It does so with 0, 1,000 and 5,000 transactions
behind it, or with as many as the arguments say; those of the boxes and of the measurements come on top.
"""

import argparse
import http.client
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgpack
from algosdk import encoding, transaction
from algosdk.atomic_transaction_composer import AccountTransactionSigner
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.node import as_dict
from localnet import instance
from localnet.engine import genesis

_TOKEN = "a" * 64
_SAMPLES = 100
_WARM_PAUSE_S = 0.25
_BOXES = 100
_HISTORIES = (0, 1_000, 5_000)
_LARGEST_GROUP = 16
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
    """A client of the LocalNet under measurement."""

    def __init__(self, ports: dict[str, int]) -> None:
        self._algod = http.client.HTTPConnection("127.0.0.1", ports["algod"])
        self._indexer = http.client.HTTPConnection("127.0.0.1", ports["indexer"])
        self._client = AlgodClient(_TOKEN, f"http://127.0.0.1:{ports['algod']}")
        wallet = genesis.ACCOUNTS[0]
        self.sender = encoding.encode_address(wallet.address)
        self._snapshot = ""
        self._signer = AccountTransactionSigner(b64encode(wallet.private_key).decode())

    def payment(self) -> bytes:
        """A signed payment that differs from all before."""
        return self.signed(self._unsigned_payment())

    def _unsigned_payment(self) -> transaction.PaymentTxn:
        params = self._client.suggested_params()
        params.flat_fee, params.fee = True, 1000
        return transaction.PaymentTxn(self.sender, params, self.sender, 0, note=secrets.token_bytes(8))

    def signed(self, txn: transaction.Transaction) -> bytes:
        """A transaction, signed and encoded."""
        return b64decode(encoding.msgpack_encode(self._signer.sign_transactions([txn], [0])[0]))

    def post(self, path: str, body: bytes) -> float:
        """Seconds that algod took for a request; refuses all but 200."""
        return _timed(self._algod, "POST", path, body)

    def grow(self, transactions: int) -> None:
        """Confirm so many payments, in groups as large as possible."""
        for done in range(0, transactions, _LARGEST_GROUP):
            group = [self._unsigned_payment() for _ in range(min(_LARGEST_GROUP, transactions - done))]
            if len(group) > 1:
                transaction.assign_group_id(group)
            self.post("/v2/transactions", b"".join(map(self.signed, group)))

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
        app = int(as_dict(self._client.pending_transaction_info(txid))["application-index"])
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
        txn = msgpack.unpackb(self.payment(), raw=False)
        body = msgpack.packb({"txn-groups": [{"txns": [txn]}]})
        return self.post("/v2/transactions/simulate", body)

    def read_account(self) -> float:
        """Seconds for an account, long after the last block."""
        return _timed(self._algod, "GET", f"/v2/accounts/{self.sender}")

    def read_after_block(self) -> float:
        """Seconds for an account, right after a block: the program prints the whole state first."""
        self.submit()
        return self.read_account()

    def keep(self) -> None:
        """Keep a snapshot, for `restore`."""
        self._snapshot = f"bench-{secrets.token_hex(4)}"
        self.post(f"/x/snapshot/{self._snapshot}", b"")

    def restore(self) -> float:
        """Seconds to go back to what was kept."""
        return self.post(f"/x/restore/{self._snapshot}", b"")

    def search(self) -> float:
        """Seconds for the indexer's ten first transactions of an account."""
        return _timed(self._indexer, "GET", f"/v2/transactions?address={self.sender}&limit=10")


def _timed(link: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None) -> float:
    began = time.perf_counter()
    link.request(method, path, body, {"X-Algo-API-Token": _TOKEN})
    answer = link.getresponse()
    text = answer.read()
    took = time.perf_counter() - began
    if answer.status != http.client.OK:
        raise RuntimeError(text.decode())
    return took


def median_ms(measure: Callable[[], float], samples: int, pause_s: float = 0.0) -> float:
    """The median of many measurements, in milliseconds."""
    times = []
    for _ in range(samples):
        time.sleep(pause_s)
        times.append(measure())
    return statistics.median(times) * 1000


@contextmanager
def started(folder: Path) -> Iterator[tuple[float, Bench]]:
    """Milliseconds that ``python -m localnet start`` takes on a state folder, and a client of what was started."""
    where = [f"--data-dir={folder}", "--algod-port=0", "--kmd-port=0", "--indexer-port=0"]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "localnet", "start", *where], check=True, capture_output=True)
    took = time.perf_counter() - began
    try:
        here = instance.running(folder)
        if here is None:
            raise RuntimeError("the LocalNet that was started has ended")
        yield took * 1000, Bench(here.ports)
    finally:
        subprocess.run([sys.executable, "-m", "localnet", "stop", *where], check=True, capture_output=True)


def measured(bench: Bench, samples: int) -> dict[str, float]:
    """The medians of everything but the start, in milliseconds."""
    bench.keep()
    return {
        "submit, warm": median_ms(bench.submit, samples, _WARM_PAUSE_S),
        "submit, back to back": median_ms(bench.submit, samples),
        "simulate, warm": median_ms(bench.simulate, samples, _WARM_PAUSE_S),
        "simulate, back to back": median_ms(bench.simulate, samples),
        "read an account": median_ms(bench.read_account, samples),
        "read it right after a block": median_ms(bench.read_after_block, samples),
        "search the indexer": median_ms(bench.search, samples),
        "restore a snapshot": median_ms(bench.restore, samples),
    }


def table(columns: dict[int, dict[str, float]]) -> str:
    """One row for each measurement, one column for each history."""
    histories = sorted(columns)
    lines = [f"{'ms, with transactions behind':<30}" + "".join(f"{history:>10,}" for history in histories)]
    lines += [
        f"{name:<30}" + "".join(f"{columns[history][name]:>10.1f}" for history in histories)
        for name in columns[histories[0]]
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.localnet_latency", description=__doc__)
    parser.add_argument("transactions", nargs="*", type=int, default=_HISTORIES, help="default: 0 1000 5000")
    parser.add_argument(
        "--samples", type=int, default=_SAMPLES, help="measurements for each median, default %(default)s"
    )
    options = parser.parse_args()
    histories = sorted(set(options.transactions))
    columns: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        behind = 0
        for history in histories:
            if history > behind:
                with started(folder) as (_, bench):
                    bench.grow(history - behind)
                behind = history
            with started(folder) as (start_ms, bench):
                if not columns:
                    bench.make_boxes()
                columns[history] = {"start": start_ms} | measured(bench, options.samples)
    print(table(columns))


if __name__ == "__main__":
    main()
