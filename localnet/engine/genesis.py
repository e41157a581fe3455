"""How a new chain begins: funded accounts, the network's name, where ids start."""

import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgpack
from nacl.signing import SigningKey

from localnet.engine.blocks import TRACKER_FILE, BlockFile

NETWORK = "dockernet"
GENESIS_ID = f"{NETWORK}-v1"
"""One of the three names by which clients recognise a LocalNet."""

GENESIS_HASH = bytes.fromhex("9b0108e3f2512d361fd9017a9c078a60e38d52c544e93c57ebd839a9b9df7740")
"""A constant of the ledger program."""

FEE_SINK = bytes.fromhex("bc43677cb44fdae0fa6e585a462de7311bf7d9d26b67441b5fe0dc02db3ceef6")
REWARDS_POOL = bytes.fromhex("850b7b582e6b3c366ce25bc0ae2f104ea33f9fb9b6f437f6101f5a3c405a703c")

FUNDS_MICROALGO = 4_000_000_000_000_000
"""What each genesis account has, as on AlgoKit's LocalNet: 4,000,000,000 ALGO."""

_MICROALGO_PER_REWARD_UNIT = 1_000_000
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
        blocks.patch(1, gen=GENESIS_ID, tc=_FIRST_COUNTER)
    finally:
        blocks.close()


def _fund(folder: Path) -> None:
    database = sqlite3.connect(folder / "ledger" / TRACKER_FILE)
    try:
        with database:
            for account in ACCOUNTS:
                database.execute(
                    "INSERT INTO accountbase (address, data) VALUES (?, ?)",
                    (account.address, msgpack.packb({"b": FUNDS_MICROALGO})),
                )
            total = FUNDS_MICROALGO * len(ACCOUNTS)
            database.execute(
                "UPDATE accounttotals SET offline = offline + ?, offlinerewardunits = offlinerewardunits + ?"
                " WHERE id = ''",
                (total, total // _MICROALGO_PER_REWARD_UNIT),
            )
    finally:
        database.close()
