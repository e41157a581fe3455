"""Accounts and boxes: what the program prints after a block, and what its tracker database holds."""

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgpack
from algosdk import encoding

from localnet.engine import unprinted
from localnet.engine.blocks import TRACKER_FILE, Tree, unpack
from localnet.engine.genesis import POOLS

_BOX_PREFIX = b"bx:"
_APP_ID_END = len(_BOX_PREFIX) + 8

_NOT_HOLDING = 1
_OWNERSHIP = 2
_EMPTY_ASSET = 4
_EMPTY_APP = 8

_BASE_FIELDS = {
    "a": "onl",
    "b": "algo",
    "c": "ebase",
    "d": "ern",
    "e": "spend",
    "h": "teap",
    "m": "tbx",
    "n": "tbxb",
    "A": "vote",
    "B": "sel",
    "C": "voteFst",
    "D": "voteLst",
    "E": "voteKD",
    "F": "stprf",
}
_ASSET_PARAMS = {
    "a": "t",
    "b": "dc",
    "c": "df",
    "d": "un",
    "e": "an",
    "f": "au",
    "g": "am",
    "h": "m",
    "i": "r",
    "j": "f",
    "k": "c",
}
_HOLDING = {"l": "a", "m": "f"}
_LOCAL_SCHEMA = {"n": "nui", "o": "nbs"}
_APP_LOCAL_SCHEMA = {"t": "nui", "u": "nbs"}
_APP_GLOBAL_SCHEMA = {"v": "nui", "w": "nbs"}


class State:
    """All accounts and boxes after one round.

    Accounts are go-algorand's ``basics.AccountData`` as decoded msgpack (``algo``, ``asset``, ``apar``, ``appl``,
    ``appp``, ``spend``, ...). Boxes are decoded only when somebody asks.
    """

    def __init__(self) -> None:
        self.accounts: dict[bytes, Tree] = {}
        self._creators: dict[int, bytes] = {}
        self._created_by: dict[bytes, frozenset[int]] = {}
        self._raw_boxes: bytes | None = None
        self._boxes: dict[int, dict[bytes, bytes]] = {}
        self._apps_by_account: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def copy(self) -> "State":
        """The same state, to be continued on its own: accounts and boxes are replaced, never changed in place."""
        other = State()
        other.accounts = dict(self.accounts)
        other._creators = dict(self._creators)
        other._created_by = dict(self._created_by)
        other._apps_by_account = dict(self._apps_by_account)
        with self._lock:
            other._raw_boxes, other._boxes = self._raw_boxes, self._boxes
        return other

    def set_account(self, address: bytes, account: Tree) -> None:
        """Replace what is known of an account; an empty one is forgotten."""
        if account:
            self.accounts[address] = account
        else:
            self.accounts.pop(address, None)
        created = frozenset([*account.get("appp", ()), *account.get("apar", ())])
        before = self._created_by.get(address, frozenset())
        if created != before:
            for gone in before - created:
                self._creators.pop(gone, None)
            for new in created - before:
                self._creators[new] = address
            self._created_by[address] = created

    def creator(self, id_: int) -> bytes | None:
        """Who created an application or asset that still exists."""
        return self._creators.get(id_)

    def app_ids(self) -> list[int]:
        """The applications that exist, newest first."""
        apps = [id_ for id_, creator in self._creators.items() if id_ in self.accounts[creator].get("appp", ())]
        return sorted(apps, reverse=True)

    def boxes(self, app_id: int) -> Mapping[bytes, bytes]:
        """Name to value of an application's boxes."""
        with self._lock:
            if self._raw_boxes is not None:
                self._boxes = _grouped(unpack(self._raw_boxes))
                self._raw_boxes = None
            return self._boxes.get(app_id, {})

    def take_printed(self, output: bytes) -> None:
        """Take over what the program printed after a block: the block, the touched accounts, all boxes."""
        unpacker = msgpack.Unpacker(
            raw=False, strict_map_key=False, unicode_errors="surrogateescape", max_buffer_size=len(output) + 1
        )
        unpacker.feed(output)
        block, printed = unpacker.unpack(), unpacker.unpack()
        changed = unprinted.follow(block, printed, self.accounts, self.creator)
        for address, account in (*printed.items(), *changed.items()):
            self.set_account(address, account)
        with self._lock:
            self._raw_boxes = output[unpacker.tell() :]
            for app_id in unprinted.called_apps(block):
                self._apps_by_account[app_address(app_id)] = app_id

    def account(self, address: bytes) -> Tree:
        """An account, empty when it is unknown."""
        account = self.accounts.get(address, {})
        app_id = self._apps_by_account.get(address)
        if app_id is None or not account:
            return account
        # A call that makes or deletes boxes changes its application's account, which the program does not print.
        boxes = self.boxes(app_id)
        counted = {"tbx": len(boxes), "tbxb": sum(len(name) + len(value) for name, value in boxes.items())}
        rest = {key: value for key, value in account.items() if key not in counted}
        return rest | {key: value for key, value in counted.items() if value}


def app_address(app_id: int) -> bytes:
    """The account of an application, 32 bytes."""
    return bytes(encoding.checksum(b"appID" + app_id.to_bytes(8)))


def read_tracker(folder: Path) -> tuple[int, State]:
    """The round that the tracker database has reached (it lags behind the blocks) and everything in it."""
    database = sqlite3.connect(folder / "ledger" / TRACKER_FILE, timeout=10)
    try:
        (round_,) = database.execute("SELECT rnd FROM acctrounds WHERE id = 'acctbase'").fetchone()
        addresses: dict[int, bytes] = {}
        accounts: dict[int, Tree] = {}
        for address_id, address, data in database.execute("SELECT addrid, address, data FROM accountbase"):
            addresses[address_id] = bytes(address)
            accounts[address_id] = _base(unpack(data))
        for address_id, id_, data in database.execute("SELECT addrid, aidx, data FROM resources"):
            _add_resource(accounts[address_id], int(id_), unpack(data))
        state = State()
        for address_id, account in accounts.items():
            if addresses[address_id] in POOLS:  # the program does not print them, so they would grow old here
                continue
            state.set_account(addresses[address_id], account)
        state._boxes = _grouped(database.execute("SELECT key, value FROM kvstore"))
        return int(round_), state
    finally:
        database.close()


def read_account(folder: Path, address: bytes) -> Tree:
    """One account without its assets and applications, as the tracker database has it."""
    database = sqlite3.connect(folder / "ledger" / TRACKER_FILE, timeout=10)
    try:
        row = database.execute("SELECT data FROM accountbase WHERE address = ?", (address,)).fetchone()
        return {} if row is None else _base(unpack(row[0]))
    finally:
        database.close()


def read_supply(folder: Path) -> tuple[int, int]:
    """Microalgo online, and in total without accounts that do not participate."""
    database = sqlite3.connect(folder / "ledger" / TRACKER_FILE, timeout=10)
    try:
        online, offline = database.execute("SELECT online, offline FROM accounttotals WHERE id = ''").fetchone()
        return int(online), int(online) + int(offline)
    finally:
        database.close()


def _grouped(entries: Any) -> dict[int, dict[bytes, bytes]]:  # noqa: ANN401 - a mapping or rows, both are pairs
    pairs = entries.items() if isinstance(entries, dict) else entries
    apps: dict[int, dict[bytes, bytes]] = {}
    for key, value in pairs:
        name = _as_bytes(key)
        if name.startswith(_BOX_PREFIX):
            app_id = int.from_bytes(name[len(_BOX_PREFIX) : _APP_ID_END])
            apps.setdefault(app_id, {})[name[_APP_ID_END:]] = _as_bytes(value)
    return apps


def _as_bytes(value: bytes | str | None) -> bytes:
    if value is None:
        return b""
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)


def _base(data: Tree) -> Tree:
    account = _renamed(data, _BASE_FIELDS)
    schema = _renamed(data, {"f": "nui", "g": "nbs"})
    if schema:
        account["tsch"] = schema
    return account


def _add_resource(account: Tree, id_: int, data: Tree) -> None:
    """Sort a row of the resources table into an account, by go-algorand's rules for its flags."""
    flags = data.get("y", 0)
    is_app = bool(flags & _EMPTY_APP) or any(key in data for key in "nopqrstuvwx")
    is_asset = bool(flags & _EMPTY_ASSET) or any(key in data for key in "abcdefghijklm") or not is_app
    holding, owning = not flags & _NOT_HOLDING, bool(flags & _OWNERSHIP)
    if is_asset:
        if holding:
            account.setdefault("asset", {})[id_] = _renamed(data, _HOLDING)
        if owning:
            account.setdefault("apar", {})[id_] = _renamed(data, _ASSET_PARAMS)
    if is_app:
        if holding:
            local = {"hsch": _renamed(data, _LOCAL_SCHEMA), "tkv": data.get("p")}
            account.setdefault("appl", {})[id_] = {key: value for key, value in local.items() if value}
        if owning:
            app = {
                "approv": data.get("q"),
                "clearp": data.get("r"),
                "gs": data.get("s"),
                "lsch": _renamed(data, _APP_LOCAL_SCHEMA),
                "gsch": _renamed(data, _APP_GLOBAL_SCHEMA),
                "epp": data.get("x"),
            }
            account.setdefault("appp", {})[id_] = {key: value for key, value in app.items() if value}


def _renamed(data: Tree, names: Mapping[str, str]) -> Tree:
    return {name: data[key] for key, name in names.items() if key in data}
