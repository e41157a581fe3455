"""When accounts, assets, applications and their holdings came and went: what the ledger's state does not remember."""

from collections import defaultdict
from collections.abc import Iterable
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
        closed: the last round in which it ended, None when it never did. It may have come back since.
        live: whether it exists.
    """

    opened: int
    closed: int | None = None
    live: bool = True


@dataclass(slots=True)
class CreatedLife(Life):
    """The life of an asset or application."""

    creator: bytes = ZERO_ADDRESS


@dataclass
class Lives:
    """Holdings of assets, or local states of applications, from both sides."""

    of_account: dict[bytes, dict[int, Life]] = field(default_factory=lambda: defaultdict(dict))
    of_id: dict[int, dict[bytes, Life]] = field(default_factory=lambda: defaultdict(dict))

    def open(self, account: bytes, id_: int, round_: int) -> None:
        """Begin a life, or resume one that ended."""
        known = self.of_account[account].get(id_)
        if known is None:
            self.of_account[account][id_] = self.of_id[id_][account] = Life(round_)
        else:
            known.live = True

    def close(self, account: bytes, id_: int, round_: int) -> None:
        """End a life."""
        known = self.of_account[account].get(id_)
        if known is not None and known.live:
            known.live, known.closed = False, round_


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

    def add_genesis(self, addresses: Iterable[bytes]) -> None:
        """The accounts that exist before the first transaction."""
        for address in addresses:
            self.accounts[address] = Life(0)

    def add_root(self, signed: Tree, round_: int) -> None:
        """Follow a transaction of a block with its inner ones."""
        txn = signed["txn"]
        self.signature_types[txn["snd"]] = None if txn.get("rekey") else signature_type(signed)
        self._add(signed, round_)

    def _add(self, signed: Tree, round_: int) -> None:
        txn = signed["txn"]
        match txn["type"]:
            case "pay":
                self._pay(txn, round_)
            case "acfg":
                self._configure_asset(signed, round_)
            case "axfer":
                self._transfer_asset(txn, round_)
            case "appl":
                self._call(signed, round_)

    def _pay(self, txn: Tree, round_: int) -> None:
        if txn.get("close"):
            self._fund(txn["close"], round_)
            if txn["close"] != txn["snd"]:
                sender = self.accounts.setdefault(txn["snd"], Life(round_))
                sender.live, sender.closed = False, round_
        if txn.get("amt"):
            self._fund(txn.get("rcv", ZERO_ADDRESS), round_)

    def _fund(self, address: bytes, round_: int) -> None:
        self.accounts.setdefault(address, Life(round_)).live = True

    def _configure_asset(self, signed: Tree, round_: int) -> None:
        txn = signed["txn"]
        sender, id_ = txn["snd"], txn.get("caid", 0)
        if not id_:
            id_ = signed["caid"]
            self.assets[id_] = CreatedLife(round_, creator=sender)
            self.created_assets[sender].append(id_)
            self.holdings.open(sender, id_, round_)
        elif not txn.get("apar"):
            asset = self.assets[id_]
            asset.live, asset.closed = False, round_
            self.holdings.close(asset.creator, id_, round_)

    def _transfer_asset(self, txn: Tree, round_: int) -> None:
        sender, id_ = txn["snd"], txn.get("xaid", 0)
        if txn.get("aclose"):
            self.holdings.close(sender, id_, round_)
        elif txn.get("arcv") == sender and not txn.get("aamt") and not txn.get("asnd"):
            self.holdings.open(sender, id_, round_)

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
            self.local_states.close(sender, id_, round_)
        elif completion == DELETE:
            app = self.apps[id_]
            app.live, app.closed = False, round_


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
