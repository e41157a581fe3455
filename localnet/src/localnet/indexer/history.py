"""When accounts, assets, applications and their holdings came and went: what the ledger's state does not remember."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from localnet.engine.blocks import Tree
from localnet.indexer.values import ZERO_ADDRESS

OPT_IN = 1
CLOSE_OUT = 2
CLEAR_STATE = 3
DELETE = 5


@dataclass(slots=True)
class Life:
    """The life of an account, or of a holding or local state in an account.

    Attributes:
        opened: the first round in which it existed.
        closed: the last round after which it was gone, None when it never was. It may have come back since; what came
            back in the round in which it ended was never gone.
        live: whether it exists.
        frozen: of a holding, as it is or was when it was closed.
    """

    opened: int
    closed: int | None = None
    live: bool = True
    frozen: bool = False


@dataclass(slots=True)
class CreatedLife(Life):
    """The life of an asset or application."""

    creator: bytes = ZERO_ADDRESS


@dataclass
class Lives:
    """Holdings of assets, or local states of applications, from both sides."""

    of_account: dict[bytes, dict[int, Life]] = field(default_factory=lambda: defaultdict(dict))
    of_id: dict[int, dict[bytes, Life]] = field(default_factory=lambda: defaultdict(dict))

    def open(self, account: bytes, id_: int, round_: int, *, frozen: bool = False) -> None:
        """Begin a life, or resume one that ended."""
        life = self.of_account[account].get(id_)
        if life is None:
            life = self.of_account[account][id_] = self.of_id[id_][account] = Life(round_)
        elif life.live:
            return
        life.live, life.frozen = True, frozen

    def close(self, account: bytes, id_: int) -> Life | None:
        """End a life; None where there is none. The round is noted when its block is complete."""
        known = self.of_account[account].get(id_)
        if known is None or not known.live:
            return None
        known.live = False
        return known


class History:
    """All lives, followed block by block.

    Attributes:
        accounts: by address.
        assets, apps: by id.
        created_assets, created_apps: the ids that an account created, in order.
        holdings: accounts in assets.
        local_states: accounts in applications.
        signature_types: ``sig``, ``msig`` or ``lsig`` of an account's last signature that did not rekey it.
    """

    def __init__(self) -> None:
        self.accounts: dict[bytes, Life] = {}
        self.assets: dict[int, CreatedLife] = {}
        self.apps: dict[int, CreatedLife] = {}
        self.created_assets: dict[bytes, list[int]] = defaultdict(list)
        self.created_apps: dict[bytes, list[int]] = defaultdict(list)
        self.holdings = Lives()
        self.local_states = Lives()
        self.signature_types: dict[bytes, str | None] = {}
        self._special: frozenset[bytes] = frozenset()
        self._microalgo: dict[bytes, int] = defaultdict(int)
        self._touched: set[bytes] = set()
        self._ended: list[Life] = []
        self._frozen_by_default: set[int] = set()

    def add_genesis(self, funds: Mapping[bytes, int], special: Iterable[bytes]) -> None:
        """The accounts that exist before the first transaction.

        Args:
            funds: microalgo by address.
            special: the fee sink and the rewards pool, which are never gone.
        """
        self._special = frozenset(special)
        self._microalgo.update(funds)
        for address in (*funds, *self._special):
            self.accounts[address] = Life(0)

    def add_block(self, transactions: Iterable[Tree], round_: int) -> None:
        """Follow the transactions of a block with their inner ones.

        What counts is what the whole block left: an account that is emptied and funded again in one block was never
        closed, and one that was touched and has nothing afterwards was, whether or not it ever had anything.
        """
        for signed in transactions:
            txn = signed["txn"]
            self.signature_types[txn["snd"]] = None if txn.get("rekey") else signature_type(signed)
            self._add(signed, round_)
        for address in self._touched:
            life = self.accounts.setdefault(address, Life(round_))
            life.live = address in self._special or self._microalgo[address] > 0
            if not life.live:
                life.closed = round_
        for ended in self._ended:
            if not ended.live:
                ended.closed = round_
        self._touched.clear()
        self._ended.clear()

    def _add(self, signed: Tree, round_: int) -> None:
        txn = signed["txn"]
        self._move(txn["snd"], -txn.get("fee", 0))
        match txn["type"]:
            case "pay":
                self._pay(signed)
            case "acfg":
                self._configure_asset(signed, round_)
            case "axfer":
                self._transfer_asset(txn, round_)
            case "afrz":
                self._freeze(txn)
            case "appl":
                self._call(signed, round_)

    def _pay(self, signed: Tree) -> None:
        txn = signed["txn"]
        sender, amount, rest = txn["snd"], txn.get("amt", 0), signed.get("ca", 0)
        if amount or txn.get("rcv"):
            self._move(sender, -amount)
            self._move(txn.get("rcv", ZERO_ADDRESS), amount)
        if txn.get("close"):
            self._move(sender, -rest)
            self._move(txn["close"], rest)

    def _move(self, address: bytes, microalgo: int) -> None:
        self._touched.add(address)
        self._microalgo[address] += microalgo

    def _end(self, life: Life | None) -> None:
        if life is not None:
            self._ended.append(life)

    def _configure_asset(self, signed: Tree, round_: int) -> None:
        txn = signed["txn"]
        sender, id_ = txn["snd"], txn.get("caid", 0)
        if not id_:
            id_ = signed["caid"]
            self.assets[id_] = CreatedLife(round_, creator=sender)
            self.created_assets[sender].append(id_)
            self.holdings.open(sender, id_, round_)
            if txn.get("apar", {}).get("df"):
                self._frozen_by_default.add(id_)
        elif not txn.get("apar"):
            asset = self.assets[id_]
            asset.live = False
            self._end(asset)
            self._end(self.holdings.close(asset.creator, id_))

    def _transfer_asset(self, txn: Tree, round_: int) -> None:
        sender, id_ = txn["snd"], txn.get("xaid", 0)
        if txn.get("aclose"):
            self._end(self.holdings.close(sender, id_))
        elif txn.get("arcv") == sender and not txn.get("aamt") and not txn.get("asnd"):
            self.holdings.open(sender, id_, round_, frozen=id_ in self._frozen_by_default)

    def _freeze(self, txn: Tree) -> None:
        holding = self.holdings.of_account[txn["fadd"]].get(txn["faid"])
        if holding is not None:
            holding.frozen = bool(txn.get("afrz"))

    def _call(self, signed: Tree, round_: int) -> None:
        txn = signed["txn"]
        sender, id_, completion = txn["snd"], txn.get("apid", 0), txn.get("apan", 0)
        if not id_:
            id_ = signed["apid"]
            self.apps[id_] = CreatedLife(round_, creator=sender)
            self.created_apps[sender].append(id_)
        if completion == OPT_IN:
            self.local_states.open(sender, id_, round_)
        for inner in (signed.get("dt") or {}).get("itx") or ():
            self._add(inner, round_)
        if completion in (CLOSE_OUT, CLEAR_STATE):
            self._end(self.local_states.close(sender, id_))
        elif completion == DELETE:
            app = self.apps[id_]
            app.live = False
            self._end(app)


def signature_type(signed: Tree) -> str | None:
    """How a transaction is signed; a delegated program counts as its delegation is signed."""
    if signed.get("sig"):
        return "sig"
    if signed.get("msig"):
        return "msig"
    logic = signed.get("lsig")
    if not logic:
        return None
    if logic.get("sig"):
        return "sig"
    return "msig" if logic.get("msig") or logic.get("lmsig") else "lsig"
