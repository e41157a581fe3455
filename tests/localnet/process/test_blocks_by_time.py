"""A LocalNet that makes a block every so many seconds: a pool, several groups a block, refusals at submission."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from algosdk.transaction import Transaction

from localnet.testing import LocalNet
from tests.localnet.client import Algod, algod_of, grouped

BLOCK_S: Final = 1.0
PATIENCE_S: Final = 120.0
COUNTER: Final = """#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
btoi
byte "count"
app_global_get
==
assert
byte "count"
byte "count"
app_global_get
int 1
+
app_global_put
done:
int 1
"""
"""Counts, and takes only a call that names the present count: one of two equal calls is refused."""


@pytest.fixture
def net(tmp_path: Path) -> Iterator[LocalNet]:
    with LocalNet.spawn(tmp_path, block_seconds=BLOCK_S) as running:
        yield running


@pytest.fixture
def algod(net: LocalNet) -> Algod:
    return algod_of(net)


def sent(algod: Algod, *txns: Transaction) -> str:
    """Send a group that the node takes; the id of its first transaction."""
    answer = algod.send(*txns)
    assert answer.status == 200, answer.message
    txid: str = answer.tree["txId"]
    return txid


def pending(algod: Algod, txid: str) -> Any:
    return algod.get(f"/v2/transactions/pending/{txid}")


def settled(algod: Algod, txid: str) -> Any:
    """What became of a transaction, once it does not wait any more."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        found = pending(algod, txid)
        if found.get("confirmed-round") or found["pool-error"]:
            return found
        assert time.monotonic() < deadline, "it still waits"
        algod.get(f"/v2/status/wait-for-block-after/{algod.last_round}")


def number(value: int) -> bytes:
    return value.to_bytes(8, "big")


def test_groups_share_a_block_in_the_order_of_arrival(net: LocalNet, algod: Algod) -> None:
    net.hold_pool()
    groups = [list(grouped(algod.payment(f"{at} a"), algod.payment(f"{at} b"))) for at in range(5)]
    wanted = [txn.get_txid() for group in groups for txn in group]
    for group in groups:
        sent(algod, *group)
    assert algod.get("/v2/transactions/pending")["total-transactions"] == len(wanted)
    net.release_pool()
    round_ = settled(algod, wanted[0])["confirmed-round"]
    assert algod.get(f"/v2/blocks/{round_}/txids")["blockTxids"] == wanted
    assert algod.get("/v2/transactions/pending") == {"top-transactions": [], "total-transactions": 0}


def test_blocks_are_made_without_transactions(algod: Algod) -> None:
    first = algod.last_round
    assert algod.get(f"/v2/status/wait-for-block-after/{first}")["last-round"] > first


def test_a_group_is_refused_at_submission_by_what_waits(net: LocalNet, algod: Algod) -> None:
    app_id = algod.create_app(COUNTER, global_uints=1)
    net.hold_pool()
    sent(algod, algod.call(app_id, number(0)))
    second = algod.send(algod.call(app_id, number(0), note=b"second"))
    assert second.status == 400
    assert "assert failed" in second.message
    third = sent(algod, algod.call(app_id, number(1)))
    net.release_pool()
    assert settled(algod, third)["confirmed-round"]


def test_a_transaction_that_waits_is_not_taken_twice(net: LocalNet, algod: Algod) -> None:
    net.hold_pool()
    payments = grouped(algod.payment("once"), algod.payment("once more"))
    txid = sent(algod, *payments)
    again = algod.send(*payments)
    assert again.status == 400
    assert f"transaction already in ledger: {txid}" in again.message
    assert "confirmed-round" not in pending(algod, txid)


def test_a_group_that_became_invalid_while_it_waited(net: LocalNet, algod: Algod) -> None:
    """The group before it is refused by the network: what relied on it is dropped with the program's reason."""
    app_id = algod.create_app(COUNTER, global_uints=1)
    net.hold_pool()
    net.refuse_next()
    first = sent(algod, algod.call(app_id, number(0)))
    second = sent(algod, algod.call(app_id, number(1)))
    third = sent(algod, algod.payment("goes its own way"))
    net.release_pool()
    assert settled(algod, first)["pool-error"] == "refused by the network"
    assert "assert failed" in settled(algod, second)["pool-error"]
    assert settled(algod, third)["confirmed-round"]


def test_an_expired_group_is_dropped(net: LocalNet, algod: Algod) -> None:
    net.hold_pool()
    payment = algod.payment("late", last=algod.last_round + 3)
    txid = sent(algod, payment)
    while algod.last_round < payment.last_valid_round:
        algod.get(f"/v2/status/wait-for-block-after/{algod.last_round}")
    other = sent(algod, algod.payment("in time"))
    dropped = settled(algod, txid)
    assert dropped["pool-error"].startswith("txn dead: round ")
    net.release_pool()
    assert settled(algod, other)["confirmed-round"]
    answer = algod.send(payment)
    assert answer.status == 400
    assert "txn dead" in answer.message


def test_a_lost_group_is_unknown(net: LocalNet, algod: Algod) -> None:
    net.lose_next()
    txid = sent(algod, algod.payment("lost"))
    answer = algod.ask("GET", f"/v2/transactions/pending/{txid}")
    assert answer.status == 404


def test_a_restart_forgets_what_waits(tmp_path: Path) -> None:
    """As a node does: the pool is in memory."""
    net = LocalNet.spawn(tmp_path, block_seconds=BLOCK_S)
    algod = algod_of(net)
    net.hold_pool()
    payment = algod.payment("forgotten")
    txid = sent(algod, payment)
    last = algod.last_round
    net.kill()
    with LocalNet.spawn(tmp_path, block_seconds=BLOCK_S) as restarted:
        algod = algod_of(restarted)
        assert algod.last_round >= last
        assert algod.ask("GET", f"/v2/transactions/pending/{txid}").status == 404
        assert settled(algod, sent(algod, payment))["confirmed-round"]


def test_reset_forgets_what_waits(net: LocalNet, algod: Algod) -> None:
    net.hold_pool()
    txid = sent(algod, algod.payment("of the old chain"))
    net.reset()
    assert algod.ask("GET", f"/v2/transactions/pending/{txid}").status == 404


def test_no_pool_where_each_group_gets_a_block(tmp_path: Path) -> None:
    with LocalNet.spawn(tmp_path) as net:
        answer = algod_of(net).ask("POST", "/x/pool/hold")
        assert answer.status == 400
        assert "--block-seconds" in answer.message
