"""Whatever a client sends, algod answers in its own form, below 500, and the chain stays."""

import json
import random
from base64 import b64decode
from urllib.parse import quote

import msgpack
import pytest
from algosdk import encoding

from tests.localnet.client import Algod, signed

PATHS = [
    "/v2/accounts/{}",
    "/v2/accounts/{}/assets",
    "/v2/accounts/{}/assets/{}",
    "/v2/accounts/{}/applications",
    "/v2/accounts/{}/applications/{}",
    "/v2/accounts/{}/transactions/pending",
    "/v2/applications/{}",
    "/v2/applications/{}/box?name={}",
    "/v2/applications/{}/boxes?limit={}&next={}&prefix={}",
    "/v2/applications/{}/boxes?max={}",
    "/v2/assets/{}",
    "/v2/blocks/{}",
    "/v2/blocks/{}/hash",
    "/v2/blocks/{}/logs",
    "/v2/blocks/{}/txids?format={}",
    "/v2/transactions/pending/{}?format={}",
    "/v2/transactions/pending?max={}",
    "/x/restore/{}",
]
VALUES = [
    "", "0", "-1", "1", "256", "18446744073709551615", "18446744073709551616", "9" * 5000, "1e3", "0x10", "٣", "abc",
    "A" * 58, "a" * 58, "b64:AAAA", "b64:???", "str:", "int:9", "int:-9", "addr:x", "abi:uint64:1", "abi:(:", "b32:A",
    "plain", "%00", "../../etc/passwd", "json", "msgpack", "true", "é", "\u202e", "A" * 3000,
]  # fmt: skip


def settled(algod: Algod) -> tuple[int, str]:
    """The chain as a client sees it."""
    return algod.last_round, algod.get(f"/v2/blocks/{algod.last_round}/hash")["blockHash"]


def test_any_value_in_any_path(algod: Algod) -> None:
    dice = random.Random(1)
    before = settled(algod)
    for path in PATHS:
        for value in VALUES:
            others = iter([value, dice.choice(VALUES), dice.choice(VALUES), dice.choice(VALUES)])
            filled = path
            while "{}" in filled:
                filled = filled.replace("{}", quote(next(others), safe=""), 1)
            answer = algod.ask("GET" if not filled.startswith("/x/") else "POST", filled)
            assert answer.status < 500, (filled[:200], answer.body)
            if answer.status >= 400:
                assert isinstance(answer.tree["message"], str)
    assert settled(algod) == before


def damaged(dice: random.Random, data: bytes) -> bytes:
    """Bytes with some changed, removed or repeated."""
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[at] = dice.randrange(256)
            case 1:
                del changed[at:]
                changed += b"\x00" * (not changed)
            case 2:
                changed[at:at] = bytes(dice.randrange(256) for _ in range(3))
            case _:
                changed += changed[at:]
    return bytes(changed)


@pytest.mark.parametrize("path", ["/v2/transactions", "/v2/transactions/simulate"])
def test_damaged_transactions_are_refused(algod: Algod, path: str) -> None:
    dice = random.Random(2)
    group = signed(algod.payment("a"), algod.payment("b"))
    if path.endswith("simulate"):
        txns = list(msgpack.Unpacker(iter_of(group), raw=False))
        group = msgpack.packb({"txn-groups": [{"txns": txns}]})
    before = settled(algod)
    for _ in range(60):
        body = damaged(dice, group)
        if body == group:
            continue
        answer = algod.ask("POST", path, body)
        assert answer.status < 500, (body.hex(), answer.body)
        assert answer.status == 400 or path.endswith("simulate"), (body.hex(), answer.body)
    assert settled(algod) == before


def iter_of(data: bytes) -> "Reader":
    """A file-like object for the unpacker."""
    return Reader(data)


class Reader:
    """Bytes to read."""

    def __init__(self, data: bytes) -> None:
        self._left = data

    def read(self, size: int) -> bytes:
        """The next bytes."""
        part, self._left = self._left[:size], self._left[size:]
        return part


WRONG_KINDS: list[object] = [None, True, -1, 2**64 - 1, 1.5, "", "text", b"", b"\x00" * 40, [], [[]], {}, {"a": {}}]
FIELDS = ["type", "snd", "rcv", "amt", "fee", "fv", "lv", "gh", "gen", "grp", "note", "lx", "apid", "apaa", "apat"]
FIELDS += ["apbx", "apar", "apan", "zebra"]


@pytest.mark.parametrize("path", ["/v2/transactions", "/v2/transactions/simulate"])
def test_fields_of_the_wrong_kind_are_refused(algod: Algod, path: str) -> None:
    before = settled(algod)
    whole = encoding.msgpack.unpackb(signed(algod.payment("kinds")), raw=False)
    for field in FIELDS:
        for value in WRONG_KINDS[:: 3 if path.endswith("simulate") else 2]:
            broken = {**whole, "txn": {**whole["txn"], field: value}}
            request: object = {"txn-groups": [{"txns": [broken]}]} if path.endswith("simulate") else broken
            answer = algod.ask("POST", path, msgpack.packb(request))
            assert answer.status < 500, (field, value, answer.body)
    # A broken field that equals its zero value is as good as absent, so at most the payment itself was made.
    last, _ = settled(algod)
    assert last - before[0] <= 1


@pytest.mark.parametrize(
    "request_",
    [
        [],
        {},
        {"txn-groups": {}},
        {"txn-groups": [None]},
        {"txn-groups": [{"txns": None}]},
        {"txn-groups": [{"txns": [None]}]},
        {"txn-groups": [{"txns": [{}]}]},
        {"txn-groups": [{"txns": [{"txn": {"snd": 5}}]}]},
        {"txn-groups": [{"txns": [{"txn": {"type": "pay"}}]}], "extra-opcode-budget": "much"},
        {"txn-groups": [{"txns": [{"txn": {"type": "pay"}}]}], "extra-opcode-budget": -5},
        {"txn-groups": [{"txns": [{"txn": {"type": "pay"}}]}], "exec-trace-config": 7},
        {"txn-groups": [{"txns": [{"txn": {"type": "pay"}}]}], "round": "last"},
        {"txn-groups": [{"txns": [{"txn": 3}]}]},
        {"txn-groups": [{"txns": 3}]},
    ],
)
def test_simulations_of_any_shape(algod: Algod, request_: object) -> None:
    for body in (json.dumps(request_).encode(), msgpack.packb(request_)):
        answer = algod.ask("POST", "/v2/transactions/simulate", body)
        assert answer.status < 500, answer.body


def test_teal_of_any_kind(algod: Algod) -> None:
    for source in (b"", b"\x00", b"\xff\xfe", b"#pragma version 10\n" + b"int 1\n" * 5000, b"int " + b"9" * 10_000):
        assert algod.ask("POST", "/v2/teal/compile", source).status < 500
    for program in (b"", b"\x0a", b"\x0a\x81", b"\x0a\x26\xff", b"\xff" * 20, b64decode("CoEBQw==")):
        assert algod.ask("POST", "/v2/teal/disassemble", program).status < 500
