"""Accounts that a block changed and the program does not print: those that only inner transactions touch.

The program prints the accounts that a block's own transactions name and all creators. An application's account that
pays, receives, opts in or closes by an inner transaction is in neither group, so its changes are followed here, from
the state before the block. What the inner transactions did is certain: the ledger has accepted them.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from localnet.engine.blocks import Tree

_OPT_IN = 1
_CLOSE_OUT = 2
_CLEAR_STATE = 3
_DELETE_APP = 5
_DELETE_KEY = 3
_SET_BYTES = 1
_TEAL_BYTES, _TEAL_UINT = 1, 2

FindParams = Callable[[int], Tree]
"""The parameters of an application or asset by its id, empty when it does not exist."""


def called_apps(block: Tree) -> Iterator[int]:
    """The applications that a block's transactions created or called, inner ones included."""
    for signed in _all_transactions(block.get("txns") or ()):
        if signed["txn"]["type"] == "appl":
            yield signed["txn"].get("apid") or signed["apid"]


def follow(
    block: Tree, printed: Mapping[bytes, Tree], before: Mapping[bytes, Tree], params_of: FindParams
) -> dict[bytes, Tree]:
    """The accounts that the block's inner transactions changed and that are not among the printed ones.

    Args:
        before: all accounts before the block.
        params_of: parameters after the block; those of what it deleted are not needed.
    """
    follower = _Follower(printed, before, params_of)
    for signed in block.get("txns") or ():
        for inner in _inner(signed):
            follower.apply(inner)
    return follower.changed


def _inner(signed: Tree) -> list[Tree]:
    inner: list[Tree] = (signed.get("dt") or {}).get("itx") or []
    return inner


def _all_transactions(transactions: Any) -> Iterator[Tree]:  # noqa: ANN401 - a list from msgpack
    for signed in transactions:
        yield signed
        yield from _all_transactions(_inner(signed))


class _Follower:
    def __init__(self, printed: Mapping[bytes, Tree], before: Mapping[bytes, Tree], params_of: FindParams) -> None:
        self._printed = printed
        self._before = before
        self._params_of = params_of
        self.changed: dict[bytes, Tree] = {}

    def apply(self, signed: Tree) -> None:
        """Follow an inner transaction and those that it made."""
        txn = signed["txn"]
        self._add(txn["snd"], "algo", -txn.get("fee", 0))
        if "rekey" in txn:
            self._rekey(txn)
        match txn["type"]:
            case "pay":
                self._pay(signed)
            case "axfer":
                self._transfer(signed)
            case "afrz":
                holding = self._account(txn["fadd"]).get("asset", {}).get(txn["faid"], {})
                _set(holding, "f", txn.get("afrz", False))
            case "acfg" if txn.get("caid") and not txn.get("apar"):
                for kind in ("apar", "asset"):
                    _drop(self._account(txn["snd"]), kind, txn["caid"])
            case "appl":
                self._call(signed)

    def _account(self, address: bytes) -> Tree:
        """The account to be changed; one that was printed needs no change and gets a copy that is thrown away."""
        if address in self._printed:
            return deepcopy(self._printed[address])
        if address not in self.changed:
            self.changed[address] = deepcopy(self._before.get(address, {}))
        return self.changed[address]

    def _add(self, address: bytes, field: str, amount: int) -> None:
        if amount:
            account = self._account(address)
            _set(account, field, account.get(field, 0) + amount)

    def _rekey(self, txn: Tree) -> None:
        account = self._account(txn["snd"])
        _set(account, "spend", b"" if txn["rekey"] == txn["snd"] else txn["rekey"])

    def _pay(self, signed: Tree) -> None:
        txn = signed["txn"]
        sender, amount, remainder = txn["snd"], txn.get("amt", 0), signed.get("ca", 0)
        self._add(sender, "algo", -amount - remainder)
        self._add(txn.get("rcv", bytes(32)), "algo", amount)
        if "close" in txn:
            self._add(txn["close"], "algo", remainder)
            self._account(sender).clear()

    def _transfer(self, signed: Tree) -> None:
        txn = signed["txn"]
        asset, sender, amount, remainder = txn["xaid"], txn["snd"], txn.get("aamt", 0), signed.get("aca", 0)
        receiver = txn.get("arcv", bytes(32))
        held = self._account(sender).get("asset", {})
        if receiver == sender and not amount and "asnd" not in txn and asset not in held:
            frozen = self._params_of(asset).get("df", False)
            self._account(sender).setdefault("asset", {})[asset] = {"f": True} if frozen else {}
        self._hold(txn.get("asnd", sender), asset, -amount)
        self._hold(receiver, asset, amount)
        if "aclose" in txn:
            self._hold(txn["aclose"], asset, remainder)
            _drop(self._account(sender), "asset", asset)

    def _hold(self, address: bytes, asset: int, amount: int) -> None:
        if amount:
            holding = self._account(address).setdefault("asset", {}).setdefault(asset, {})
            _set(holding, "a", holding.get("a", 0) + amount)

    def _call(self, signed: Tree) -> None:
        txn = signed["txn"]
        app, completion, sender = txn.get("apid") or signed["apid"], txn.get("apan", 0), txn["snd"]
        if completion == _OPT_IN:
            schema = self._params_of(app).get("lsch", {})
            self._account(sender).setdefault("appl", {})[app] = {"hsch": dict(schema)} if schema else {}
            self._count(sender, schema, 1)
        changes = signed.get("dt") or {}
        accounts = [sender, *(txn.get("apat") or ()), *(changes.get("sa") or ())]
        for index, delta in (changes.get("ld") or {}).items():
            _apply_delta(self._account(accounts[index]).get("appl", {}).get(app, {}), delta)
        for inner in _inner(signed):
            self.apply(inner)
        if completion in (_CLOSE_OUT, _CLEAR_STATE):
            closed = _drop(self._account(sender), "appl", app)
            self._count(sender, closed.get("hsch", {}), -1)
        elif completion == _DELETE_APP:
            self._forget_app(app)

    def _forget_app(self, app: int) -> None:
        """Of a creator that was not printed this was the only creation."""
        creator = next((one for one, account in self._before.items() if app in account.get("appp", {})), None)
        if creator is None:
            return
        deleted = _drop(self._account(creator), "appp", app)
        self._count(creator, deleted.get("gsch", {}), -1)
        self._add(creator, "teap", -deleted.get("epp", 0))

    def _count(self, address: bytes, schema: Tree, sign: int) -> None:
        """Keep the total of an account's schemas."""
        account = self._account(address)
        total = account.setdefault("tsch", {})
        for key, number in schema.items():
            _set(total, key, total.get(key, 0) + sign * number)
        if not total:
            del account["tsch"]


def _apply_delta(local: Tree, delta: Tree) -> None:
    values = local.setdefault("tkv", {})
    for key, change in delta.items():
        if change.get("at") == _DELETE_KEY:
            values.pop(key, None)
        elif change.get("at") == _SET_BYTES:
            values[key] = {"tb": change.get("bs", ""), "tt": _TEAL_BYTES}
        else:
            values[key] = {"tt": _TEAL_UINT, "ui": change.get("ui", 0)}
    if not values:
        del local["tkv"]


def _set(tree: Tree, key: str, value: object) -> None:
    """Go leaves out zero values."""
    if value:
        tree[key] = value
    else:
        tree.pop(key, None)


def _drop(account: Tree, kind: str, id_: int) -> Tree:
    """Remove one entry of a map, and the map when it is empty; returns the entry."""
    entries = account.get(kind, {})
    dropped: Tree = entries.pop(id_, {})
    if not entries:
        account.pop(kind, None)
    return dropped
