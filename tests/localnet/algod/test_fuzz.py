"""Whatever a client sends, algod answers in its own form, below 500, and the chain stays."""

import http.client
import json
import random
from base64 import b64decode
from urllib.parse import quote

import msgpack
import pytest

from localnet.testing import LocalNet
from tests.localnet.client import TOKEN, Algod, signed

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

FIXED_PATHS = [
    "/", "//", "/health", "/ready", "/versions", "/genesis", "/metrics", "/swagger.json", "/v2", "/v2/status", "/v2/",
    "/v2/ledger/supply", "/v2/transactions/params", "/v2/devmode/blocks/offset", "/x/snapshot", "/v2/../v2/status",
]  # fmt: skip
BODY_PATHS = ["/v2/transactions", "/v2/transactions/simulate", "/v2/teal/compile", "/v2/teal/disassemble"]
BODY_PATHS += ["/v2/teal/dryrun", "/v2/transactions/async", "/x/snapshot/a/b", "/x/restore/a"]
QUERY_NAMES = ["format", "limit", "next", "name", "prefix", "max", "exclude", "header-only", "round", "sourcemap", "é"]
METHODS = ["GET"] * 6 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
TREE_KEYS = [
    "txn-groups",
    "txns",
    "txn",
    "sig",
    "msig",
    "lsig",
    "type",
    "snd",
    "amt",
    "round",
    "allow-more-logging",
    "",
]
RANDOM_REQUESTS = 5000


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


def any_tree(dice: random.Random, depth: int = 4) -> object:
    """What JSON and msgpack can say, with the keys that algod looks for."""
    match dice.randrange(4 if depth else 2):
        case 0:
            return dice.choice([None, True, 0, 1, -1, 2**64 - 1, 1.5, 1e300])
        case 1:
            return dice.choice(VALUES)
        case 2:
            return [any_tree(dice, depth - 1) for _ in range(dice.randrange(3))]
        case _:
            return {dice.choice(TREE_KEYS): any_tree(dice, depth - 1) for _ in range(dice.randrange(1, 4))}


def any_body(dice: random.Random) -> bytes:
    """A body of any kind."""
    match dice.randrange(4):
        case 0:
            return dice.randbytes(dice.randrange(200))
        case 1:
            return json.dumps(any_tree(dice)).encode()
        case 2:
            return bytes(msgpack.packb(any_tree(dice)))
        case _:
            return json.dumps({"txn-groups": [{"txns": [any_tree(dice)]}]}).encode()


def any_request(dice: random.Random) -> tuple[str, str, bytes | None]:
    """Method, path with query, and body."""
    if dice.random() < 0.3:
        return "POST", dice.choice(BODY_PATHS), any_body(dice)
    path = dice.choice([*PATHS[:-1], *FIXED_PATHS])
    while "{}" in path:
        value = dice.choice(VALUES) if dice.random() < 0.8 else dice.randbytes(dice.randrange(30)).decode("latin-1")
        path = path.replace("{}", quote(value, safe=""), 1)
    pairs = [f"{quote(dice.choice(QUERY_NAMES))}={quote(dice.choice(VALUES))}" for _ in range(dice.randrange(3))]
    joint = "&" if "?" in path else "?"
    return dice.choice(METHODS), path + joint * bool(pairs) + "&".join(pairs), None


def test_any_request_is_answered(net: LocalNet, algod: Algod) -> None:
    dice = random.Random(3)
    before = settled(algod)
    link = http.client.HTTPConnection("127.0.0.1", net.ports["algod"], timeout=120)
    for _ in range(RANDOM_REQUESTS):
        method, target, body = any_request(dice)
        link.request(method, target, body, {"X-Algo-API-Token": TOKEN})
        answer = link.getresponse()
        told = answer.read()
        assert answer.status < 500, (method, target, body, told)
        if answer.status >= 400 and method != "HEAD":
            assert isinstance(json.loads(told)["message"], str)
    link.close()
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
    whole = msgpack.unpackb(signed(algod.payment("kinds")), raw=False)
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
