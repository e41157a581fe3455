"""Accounts that a block changed and the program does not print.

The program prints the accounts that a block's own transactions name. It leaves out those that only inner transactions
touch, applications' accounts above all, and some creators whose application or asset was changed by somebody else.
Their changes are followed here, from the state before the block. What transactions did is certain: the ledger has
accepted them.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from localnet.engine.blocks import Tree

_OPT_IN = 1
_CLOSE_OUT = 2
_CLEAR_STATE = 3
_UPDATE_APP = 4
_DELETE_APP = 5
_DELETE_KEY = 3
_SET_BYTES = 1
_TEAL_BYTES, _TEAL_UINT = 1, 2
_ASSET_ROLES = ("m", "r", "f", "c")
_PARTICIPATION = {
    "votekey": "vote",
    "selkey": "sel",
    "sprfkey": "stprf",
    "votefst": "voteFst",
    "votelst": "voteLst",
    "votekd": "voteKD",
}

FindCreator = Callable[[int], bytes | None]
"""Who created an application or asset that exists before the block."""


def called_apps(block: Tree) -> Iterator[int]:
    """The applications that a block's transactions created or called, inner ones included."""
    for signed in _all_transactions(block.get("txns") or ()):
        if signed["txn"]["type"] == "appl":
            yield signed["txn"].get("apid") or signed["apid"]


def follow(
    block: Tree, printed: Mapping[bytes, Tree], before: Mapping[bytes, Tree], creator_of: FindCreator
) -> dict[bytes, Tree]:
    """The accounts that the block changed and that are not among the printed ones.

    Args:
        printed: what the program printed, after the block.
        before: all accounts before the block.
        creator_of: tells creators before the block.
    """
    follower = _Follower(printed, before, creator_of)
    for signed in block.get("txns") or ():
        follower.apply(signed)
    return follower.changed


def _inner(signed: Tree) -> list[Tree]:
    inner: list[Tree] = (signed.get("dt") or {}).get("itx") or []
    return inner


def _all_transactions(transactions: Any) -> Iterator[Tree]:  # noqa: ANN401 - a list from msgpack
    for signed in transactions:
        yield signed
        yield from _all_transactions(_inner(signed))


class _Follower:
    def __init__(self, printed: Mapping[bytes, Tree], before: Mapping[bytes, Tree], creator_of: FindCreator) -> None:
        self._printed = printed
        self._before = before
        self._creator_before = creator_of
        self._created: dict[int, bytes] = {}
        self.changed: dict[bytes, Tree] = {}

    def apply(self, signed: Tree) -> None:
        """Follow a transaction and those that it made."""
        txn = signed["txn"]
        self._add(txn["snd"], "algo", -txn.get("fee", 0))
        if "rekey" in txn:
            _set(self._account(txn["snd"]), "spend", b"" if txn["rekey"] == txn["snd"] else txn["rekey"])
        match txn["type"]:
            case "pay":
                self._pay(signed)
            case "keyreg":
                self._register_keys(txn)
            case "acfg":
                self._configure_asset(signed)
            case "axfer":
                self._transfer(signed)
            case "afrz":
                holding = self._account(txn["fadd"]).get("asset", {}).get(txn["faid"], {})
                _set(holding, "f", txn.get("afrz", False))
            case "appl":
                self._call(signed)

    def _account(self, address: bytes) -> Tree:
        """The account to be changed. Nothing need be done to a printed one: it gets a map that is thrown away."""
        if address in self._printed:
            return {}
        if address not in self.changed:
            self.changed[address] = deepcopy(self._before.get(address, {}))
        return self.changed[address]

    def _creator(self, id_: int) -> bytes:
        return self._created.get(id_) or self._creator_before(id_) or b""

    def _params(self, kind: str, id_: int) -> Tree:
        creator = self._creator(id_)
        account = self._printed.get(creator) or self.changed.get(creator) or self._before.get(creator, {})
        params: Tree = account.get(kind, {}).get(id_, {})
        return params

    def _add(self, address: bytes, field: str, amount: int) -> None:
        if amount:
            account = self._account(address)
            _set(account, field, account.get(field, 0) + amount)

    # --- ALGO

    def _pay(self, signed: Tree) -> None:
        txn = signed["txn"]
        sender, amount, remainder = txn["snd"], txn.get("amt", 0), signed.get("ca", 0)
        self._add(sender, "algo", -amount - remainder)
        self._add(txn.get("rcv", bytes(32)), "algo", amount)
        if "close" in txn:
            self._add(txn["close"], "algo", remainder)
            self._account(sender).clear()

    def _register_keys(self, txn: Tree) -> None:
        account = self._account(txn["snd"])
        for field, name in _PARTICIPATION.items():
            _set(account, name, txn.get(field))
        _set(account, "onl", 2 if txn.get("nonpart") else 1 if "votekey" in txn else 0)

    # --- assets

    def _configure_asset(self, signed: Tree) -> None:
        txn = signed["txn"]
        asset, params = txn.get("caid", 0), txn.get("apar")
        if not asset:
            asset, creator = signed["caid"], txn["snd"]
            self._created[asset] = creator
            account = self._account(creator)
            account.setdefault("apar", {})[asset] = dict(params or {})
            account.setdefault("asset", {})[asset] = {"a": params["t"]} if params and "t" in params else {}
            return
        account = self._account(self._creator(asset))
        if params:
            held = account.get("apar", {}).get(asset, {})
            for role in _ASSET_ROLES:
                _set(held, role, params.get(role))
        else:
            for kind in ("apar", "asset"):
                _drop(account, kind, asset)

    def _transfer(self, signed: Tree) -> None:
        txn = signed["txn"]
        asset, sender, amount, remainder = txn["xaid"], txn["snd"], txn.get("aamt", 0), signed.get("aca", 0)
        receiver = txn.get("arcv", bytes(32))
        if receiver == sender and not amount and "asnd" not in txn:
            frozen = self._params("apar", asset).get("df", False)
            self._account(sender).setdefault("asset", {}).setdefault(asset, {"f": True} if frozen else {})
        self._hold(txn.get("asnd", sender), asset, -amount)
        self._hold(receiver, asset, amount)
        if "aclose" in txn:
            self._hold(txn["aclose"], asset, remainder)
            _drop(self._account(sender), "asset", asset)

    def _hold(self, address: bytes, asset: int, amount: int) -> None:
        if amount:
            holding = self._account(address).setdefault("asset", {}).setdefault(asset, {})
            _set(holding, "a", holding.get("a", 0) + amount)

    # --- applications

    def _call(self, signed: Tree) -> None:
        txn = signed["txn"]
        app, completion, sender = txn.get("apid", 0), txn.get("apan", 0), txn["snd"]
        if not app:
            app = signed["apid"]
            self._create_app(app, txn)
        if completion == _OPT_IN:
            schema = self._params("appp", app).get("lsch", {})
            self._account(sender).setdefault("appl", {})[app] = {"hsch": dict(schema)} if schema else {}
            self._count(sender, schema, 1)
        self._change_state(signed, app)
        for inner in _inner(signed):
            self.apply(inner)
        if completion in (_CLOSE_OUT, _CLEAR_STATE):
            closed = _drop(self._account(sender), "appl", app)
            self._count(sender, closed.get("hsch", {}), -1)
        elif completion == _UPDATE_APP:
            params = self._account(self._creator(app)).get("appp", {}).get(app, {})
            params |= {"approv": txn["apap"], "clearp": txn["apsu"]}
        elif completion == _DELETE_APP:
            creator = self._creator(app)
            deleted = _drop(self._account(creator), "appp", app)
            self._count(creator, deleted.get("gsch", {}), -1)
            self._add(creator, "teap", -deleted.get("epp", 0))

    def _create_app(self, app: int, txn: Tree) -> None:
        creator = self._created[app] = txn["snd"]
        fields = {"approv": "apap", "clearp": "apsu", "gsch": "apgs", "lsch": "apls", "epp": "apep"}
        params = {name: txn[field] for name, field in fields.items() if txn.get(field)}
        self._account(creator).setdefault("appp", {})[app] = params
        self._count(creator, params.get("gsch", {}), 1)
        self._add(creator, "teap", params.get("epp", 0))

    def _change_state(self, signed: Tree, app: int) -> None:
        txn, changes = signed["txn"], signed.get("dt") or {}
        if changes.get("gd"):
            params = self._account(self._creator(app)).get("appp", {}).get(app, {})
            _apply_delta(params, "gs", changes["gd"])
        accounts = [txn["snd"], *(txn.get("apat") or ()), *(changes.get("sa") or ())]
        for index, delta in (changes.get("ld") or {}).items():
            _apply_delta(self._account(accounts[index]).get("appl", {}).get(app, {}), "tkv", delta)

    def _count(self, address: bytes, schema: Tree, sign: int) -> None:
        """Keep the total of an account's schemas."""
        account = self._account(address)
        total = account.setdefault("tsch", {})
        for key, number in schema.items():
            _set(total, key, total.get(key, 0) + sign * number)
        if not total:
            del account["tsch"]


def _apply_delta(holder: Tree, name: str, delta: Tree) -> None:
    """Change global (``gs``) or local (``tkv``) state."""
    values = holder.setdefault(name, {})
    for key, change in delta.items():
        if change.get("at") == _DELETE_KEY:
            values.pop(key, None)
        elif change.get("at") == _SET_BYTES:
            values[key] = {"tb": change.get("bs", ""), "tt": _TEAL_BYTES}
        else:
            values[key] = {"tt": _TEAL_UINT, "ui": change.get("ui", 0)}
    if not values:
        del holder[name]


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
