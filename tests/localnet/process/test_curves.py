"""Programs that check ECDSA signatures: they need tables without which the ledger program starts."""

import hashlib
from pathlib import Path

import pytest
from algosdk import transaction

from localnet.testing import LocalNet
from tests.localnet.client import Algod, algod_of, grouped

DIGEST = hashlib.sha256(b"GridPact").digest()
R = bytes.fromhex("caa89dbaef637d3cccf8d870a534b367d0952c6fcd7d7e47f929ebd635691af3")
S = bytes.fromhex("11e67dd54c9fc353c98168e669de29bba7861f3c137efb65f318fbfc8fd8e065")
KEY = (
    bytes.fromhex("dbfbdbe230cda8b9ca5425a58f700639616cc4dd75271c0248490a390c3242d1"),
    bytes.fromhex("4ff7f0017d0ccfd3af868f5a7f5a252eec8847e7ba56091c2842c40eec478d66"),
)
"""A signature over the digest, and whose it is: made by another implementation."""
CHECKS = f"""#pragma version 10
txn NumAppArgs
int 1
!=
bnz done
byte 0x{DIGEST.hex()}
txna ApplicationArgs 0
byte 0x{S.hex()}
byte 0x{KEY[0].hex()}
byte 0x{KEY[1].hex()}
ecdsa_verify Secp256k1
assert
byte 0x{DIGEST.hex()}
int 0
txna ApplicationArgs 0
byte 0x{S.hex()}
ecdsa_pk_recover Secp256k1
concat
log
done:
int 1
"""
CALLS = 6
"""The two opcodes cost 3,700 of the 700 that each call brings."""


def group(algod: Algod, app: int, r: bytes) -> list[transaction.Transaction]:
    others = [algod.call(app, b"budget", number.to_bytes(1, "big")) for number in range(1, CALLS)]
    return [algod.call(app, r), *others]


@pytest.mark.parametrize("block_seconds", [0.0, 0.2])
def test_a_signature_is_checked(tmp_path: Path, block_seconds: float) -> None:
    with LocalNet.spawn(tmp_path, block_seconds=block_seconds) as net:
        algod = algod_of(net)
        app = algod.create_app(CHECKS)
        for _ in range(2):  # the first time, and when it is known that this chain needs the tables
            tried = algod.simulate(*grouped(*group(algod, app, R)))
            assert "failure-message" not in tried
            assert tried["app-budget-consumed"] > CALLS * 600
            done = algod.confirm(*group(algod, app, R))
            assert len(done["logs"]) == 1
            refused = algod.send(*group(algod, app, bytes([1]) * 32))
            assert refused.status == 400
            assert "assert failed" in refused.message
            assert "assert failed" in algod.simulate(*grouped(*group(algod, app, bytes([1]) * 32)))["failure-message"]
