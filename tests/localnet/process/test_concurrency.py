"""Four clients at once and a LocalNet that is killed under them: each group happens once and whole, or not at all."""

import http.client
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from algosdk import account, transaction

from localnet.testing import LocalNet
from tests.localnet.client import DISPENSER, FEE, Algod, Answer, algod_of, signed

CLIENTS = 4
GROUPS_A_CLIENT = 250
REFUSED_A_CLIENT = GROUPS_A_CLIENT // 10
KILLS = 10
GROUPS_A_KILL = (CLIENTS * GROUPS_A_CLIENT - 20) // KILLS
SIZES = (1, 1, 1, 1, 2, 2, 3, 4)  # transactions of a group
FUNDS_MICROALGO = 100_000_000
ASSET_UNITS = 1_000_000
PATIENCE_S = 60.0
POLL_S = 0.01
COUNTER_TEAL = """#pragma version 10
txn ApplicationID
bz done
txn ApplicationArgs 0
byte "fail"
!=
assert
byte "calls"
byte "calls"
app_global_get
int 1
+
app_global_put
done:
int 1
"""
REFUSALS = {
    "overspend": "overspend (account ",
    "failing application": "logic eval error: assert failed",
    "bad group": "transactionGroup: incomplete group",
}


@dataclass
class Holdings:
    """What the model expects: microalgo and asset units by address, and calls counted by the application."""

    microalgo: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    def apply(self, txn: transaction.Transaction) -> None:
        """Change the holdings as a confirmed transaction does."""
        self.microalgo[txn.sender] -= txn.fee
        match txn:
            case transaction.PaymentTxn():
                self.microalgo[txn.sender] -= txn.amt
                self.microalgo[txn.receiver] += txn.amt
            case transaction.AssetTransferTxn():
                self.units[txn.sender] -= txn.amount
                self.units[txn.receiver] += txn.amount
            case _:
                self.calls += 1


@dataclass(frozen=True)
class Group:
    """A signed group as it is sent, however often.

    Attributes:
        txns: its transactions; of a bad group, those that are sent.
        body: the request.
        refusal: why algod must refuse it, empty when it must not.
    """

    txns: tuple[transaction.Transaction, ...]
    body: bytes
    refusal: str

    @property
    def txids(self) -> list[str]:
        """Its transaction ids in order."""
        return [txn.get_txid() for txn in self.txns]


class Market:
    """Accounts that hold Algos and one asset, and an application that counts its calls."""

    def __init__(self, algod: Algod) -> None:
        self.accounts = [account.generate_account() for _ in range(CLIENTS)]
        self.addresses = [address for _key, address in self.accounts]
        self.app = algod.create_app(COUNTER_TEAL, global_uints=1)
        create = transaction.AssetConfigTxn(
            DISPENSER,
            algod.params(),
            total=CLIENTS * ASSET_UNITS,
            decimals=0,
            default_frozen=False,
            strict_empty_address_check=False,
        )
        self.asset = int(algod.confirm(create)["asset-index"])
        for key, address in self.accounts:
            algod.confirm(algod.payment(receiver=address, amount=FUNDS_MICROALGO))
            algod.confirm(transaction.AssetOptInTxn(address, algod.params(), self.asset), key=key)
            algod.confirm(transaction.AssetTransferTxn(DISPENSER, algod.params(), address, ASSET_UNITS, self.asset))
        self.params = algod.params()
        self.first_round = algod.last_round

    def holdings(self, algod: Algod) -> Holdings:
        """What algod says."""
        told = {address: algod.get(f"/v2/accounts/{address}") for address in self.addresses}
        [calls] = algod.get(f"/v2/applications/{self.app}")["params"].get("global-state", [{"value": {"uint": 0}}])
        return Holdings(
            Counter({address: one["amount"] for address, one in told.items()}),
            Counter({address: one["assets"][0]["amount"] for address, one in told.items()}),
            calls["value"]["uint"],
        )

    def group(self, dice: random.Random, client: int, number: int, refusal: str) -> Group:
        """A group of one client that no other group equals."""
        key, sender = self.accounts[client]
        size = dice.choice(SIZES) if refusal != "bad group" else 2
        txns = [self._transaction(dice, sender, f"{client} {number} {at}") for at in range(size)]
        at = dice.randrange(size)
        if refusal == "overspend":
            txns[at] = self._payment(sender, dice.choice(self.addresses), 10**15, f"{client} {number} {at}")
        elif refusal == "failing application":
            txns[at] = self._call(sender, b"fail", f"{client} {number} {at}")
        if size > 1:
            transaction.assign_group_id(txns)
        if refusal == "bad group":
            del txns[at]
        return Group(tuple(txns), signed(*txns, key=key), refusal)

    def _transaction(self, dice: random.Random, sender: str, note: str) -> transaction.Transaction:
        receiver = dice.choice(self.addresses)
        match dice.randrange(3):
            case 0:
                return self._payment(sender, receiver, dice.randrange(10_000), note)
            case 1:
                return transaction.AssetTransferTxn(
                    sender, self.params, receiver, dice.randrange(100), self.asset, note=note.encode()
                )
            case _:
                return self._call(sender, b"count", note)

    def _payment(self, sender: str, receiver: str, amount: int, note: str) -> transaction.PaymentTxn:
        return transaction.PaymentTxn(sender, self.params, receiver, amount, note=note.encode())

    def _call(self, sender: str, argument: bytes, note: str) -> transaction.ApplicationNoOpTxn:
        return transaction.ApplicationNoOpTxn(sender, self.params, self.app, [argument], note=note.encode())


class Client:
    """Sends its groups one after the other, and never gives up on one.

    Attributes:
        settlements: each group with its final answer; None when its answer was lost and it is known afterwards.
        lost: groups whose answer was lost at least once.
    """

    def __init__(self, algod: Algod, groups: list[Group], start: threading.Barrier) -> None:
        self._algod = algod
        self._groups = groups
        self._start = start
        self.settlements: list[tuple[Group, Answer | None]] = []
        self.lost = 0

    def run(self) -> None:
        """Send all groups."""
        self._start.wait()
        for group in self._groups:
            self.settlements.append((group, self._settle(group)))

    def _settle(self, group: Group) -> Answer | None:
        try:
            return self._send(group)
        except (OSError, http.client.HTTPException):
            self.lost += 1
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if self._is_known(group):
                    return None
                return self._send(group)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, "the LocalNet does not come back"
                time.sleep(POLL_S)

    def _send(self, group: Group) -> Answer:
        return self._algod.ask("POST", "/v2/transactions", group.body)

    def _is_known(self, group: Group) -> bool:
        answer = self._algod.ask("GET", f"/v2/transactions/pending/{group.txids[0]}")
        assert answer.status in (200, 404), answer.body
        return answer.status == 200


def client_groups(market: Market, dice: random.Random, client: int) -> list[Group]:
    """What one client sends: a tenth must be refused, for each reason in turn."""
    refused_at = dict(
        zip(dice.sample(range(GROUPS_A_CLIENT), REFUSED_A_CLIENT), itertools.cycle(REFUSALS), strict=False)
    )
    return [market.group(dice, client, at, refused_at.get(at, "")) for at in range(GROUPS_A_CLIENT)]


def wait_until_settled(clients: list[Client], runs: list[Future[None]], count: int) -> None:
    """Until the clients together have so many answers."""
    seen, deadline = 0, time.monotonic() + PATIENCE_S
    while (settled := sum(len(client.settlements) for client in clients)) < count:
        for run in runs:
            if run.done():
                run.result()
        if settled > seen:
            seen, deadline = settled, time.monotonic() + PATIENCE_S
        assert time.monotonic() < deadline, "groups are not answered"
        time.sleep(POLL_S)


@contextmanager
def restartable(folder: Path) -> Iterator[list[LocalNet]]:
    """A list with the LocalNet of a folder, which is stopped at the end, whichever it is by then."""
    nets = [LocalNet.spawn(folder)]
    try:
        yield nets
    finally:
        nets[0].stop()


def assert_blocks_are_linked(algod: Algod) -> None:
    """Each round has one block, which names the hash of the one before."""
    for round_ in range(2, algod.last_round + 1):
        block = algod.get(f"/v2/blocks/{round_}?header-only=true")["block"]
        assert block["rnd"] == round_
        assert block["prev"] == f"blk-{algod.get(f'/v2/blocks/{round_ - 1}/hash')['blockHash']}"


@pytest.mark.timeout(1800)
def test_a_thousand_groups_survive_ten_kills(tmp_path: Path) -> None:
    dice = random.Random(1000)
    with restartable(tmp_path) as nets:
        ports = nets[0].ports
        algod = algod_of(nets[0])
        market = Market(algod)
        expected = market.holdings(algod)
        groups = [client_groups(market, dice, client) for client in range(CLIENTS)]
        start = threading.Barrier(CLIENTS)
        clients = [Client(algod, own, start) for own in groups]
        with ThreadPoolExecutor(CLIENTS) as pool:
            runs = [pool.submit(client.run) for client in clients]
            for kill in range(KILLS):
                wait_until_settled(clients, runs, kill * GROUPS_A_KILL + dice.randrange(1, GROUPS_A_KILL))
                time.sleep(dice.uniform(0, 0.1))
                nets[0].kill()
                nets[0] = LocalNet.spawn(tmp_path, ports)
            for run in runs:
                run.result()
        blocks = algod.txids_by_round()
        assert_blocks_are_linked(algod)
        told = market.holdings(algod)

    accepted = []
    for group, answer in itertools.chain.from_iterable(client.settlements for client in clients):
        if group.refusal:
            assert answer is not None, (group.refusal, "is in a block")
            assert (answer.status, REFUSALS[group.refusal] in answer.message) == (400, True), answer.body
        else:
            assert answer is None or answer.status == 200, answer.body
            accepted.append(group)
    assert len(accepted) == CLIENTS * (GROUPS_A_CLIENT - REFUSED_A_CLIENT)
    assert sum(client.lost for client in clients) >= KILLS // 2, "the kills came when nobody waited for an answer"
    made = [txids for round_, txids in blocks.items() if round_ > market.first_round]
    assert sorted(made) == sorted(group.txids for group in accepted)
    for group in accepted:
        for txn in group.txns:
            expected.apply(txn)
    assert told == expected
    assert sum(told.microalgo.values()) == CLIENTS * FUNDS_MICROALGO - FEE * (CLIENTS + sum(map(len, made)))
    assert sum(told.units.values()) == CLIENTS * ASSET_UNITS
