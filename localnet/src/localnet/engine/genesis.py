"""How a new chain begins: funded accounts, the network's name, where ids start."""

import sqlite3
from dataclasses import dataclass
from hashlib import sha256, sha512
from pathlib import Path

from algosdk import encoding
from nacl.signing import SigningKey

from localnet.engine.blocks import TRACKER_FILE, BlockFile, pack_canonical, unpack

NETWORK = "dockernet"
GENESIS_ID = f"{NETWORK}-v1"
"""One of the three names by which clients recognise a LocalNet."""

GENESIS_HASH = bytes.fromhex("9b0108e3f2512d361fd9017a9c078a60e38d52c544e93c57ebd839a9b9df7740")
"""A constant of the ledger program."""

FEE_SINK = bytes.fromhex("bc43677cb44fdae0fa6e585a462de7311bf7d9d26b67441b5fe0dc02db3ceef6")
REWARDS_POOL = bytes.fromhex("850b7b582e6b3c366ce25bc0ae2f104ea33f9fb9b6f437f6101f5a3c405a703c")
POOLS = (FEE_SINK, REWARDS_POOL)

FUNDS_MICROALGO = 4_000_000_000_000_000
"""What each genesis account has, as on AlgoKit's LocalNet: 4,000,000,000 ALGO."""

_MICROALGO_PER_REWARD_UNIT = 1_000_000
_REWARDS_RECALCULATION_ROUND = 500_000
_SEED = sha256(GENESIS_ID.encode()).digest()
_EMPTY_COMMITMENT = bytes(encoding.checksum(b"PF\xc0"))
_ONLINE = 1
_VOTE_LAST_VALID = 3_000_000
_VOTE_KEY_DILUTION = 10_000
_FIRST_COUNTER = 256  # asset and application ids up to 255 collide with the AVM's reference indices


@dataclass(frozen=True)
class GenesisAccount:
    """A funded account whose key every LocalNet knows.

    Attributes:
        name: the comment in the genesis file; ``Wallet1`` is the dispenser.
        address: 32 bytes.
        private_key: 64 bytes, the seed and the public key.
    """

    name: str
    address: bytes
    private_key: bytes


def _account(name: str) -> GenesisAccount:
    # The same keys in each chain: addresses in a project's configuration outlive a reset.
    key = SigningKey(sha256(f"{GENESIS_ID} {name}".encode()).digest())
    public_key = bytes(key.verify_key)
    return GenesisAccount(name, public_key, bytes(key) + public_key)


ACCOUNTS = tuple(_account(name) for name in ("Wallet1", "Wallet2", "Wallet3"))


def complete(folder: Path) -> None:
    """Fund the accounts and name the network in a ledger that was just initialised."""
    _fund(folder)
    blocks = BlockFile(folder)
    try:
        shared = {"gen": GENESIS_ID, "rwcalr": _REWARDS_RECALCULATION_ROUND, "tc": _FIRST_COUNTER}
        blocks.patch(0, **shared, seed=_SEED, txn=_EMPTY_COMMITMENT)
        blocks.patch(1, **shared)
    finally:
        blocks.close()


def _fund(folder: Path) -> None:
    total = FUNDS_MICROALGO * len(ACCOUNTS)
    database = sqlite3.connect(folder / "ledger" / TRACKER_FILE)
    try:
        with database:
            for account in ACCOUNTS:
                voting = _participation(account)
                # Field names of go-algorand's base account and base online account data.
                base = {"a": _ONLINE, "b": FUNDS_MICROALGO, **voting}
                online = {**voting, "Y": FUNDS_MICROALGO}
                database.execute(
                    "INSERT INTO accountbase (address, data, normalizedonlinebalance) VALUES (?, ?, ?)",
                    (account.address, pack_canonical(base), FUNDS_MICROALGO),
                )
                database.execute(
                    "INSERT INTO onlineaccounts (address, updround, normalizedonlinebalance, votelastvalid, data)"
                    " VALUES (?, 0, ?, ?, ?)",
                    (account.address, FUNDS_MICROALGO, _VOTE_LAST_VALID, pack_canonical(online)),
                )
            database.execute(
                "UPDATE accounttotals SET online = online + ?, onlinerewardunits = onlinerewardunits + ? WHERE id = ''",
                (total, total // _MICROALGO_PER_REWARD_UNIT),
            )
            (params,) = database.execute("SELECT data FROM onlineroundparamstail WHERE rnd = 0").fetchone()
            database.execute(
                "UPDATE onlineroundparamstail SET data = ? WHERE rnd = 0",
                (pack_canonical(unpack(params) | {"online": total}),),
            )
    finally:
        database.close()


def _participation(account: GenesisAccount) -> dict[str, object]:
    """Registered participation keys. Nobody has their private part: this chain needs no votes."""

    def key(purpose: str, size: int) -> bytes:
        return sha512(account.address + purpose.encode()).digest()[:size]

    return {
        "A": key("vote", 32),
        "B": key("selection", 32),
        "D": _VOTE_LAST_VALID,
        "E": _VOTE_KEY_DILUTION,
        "F": key("state proof", 64),
    }
