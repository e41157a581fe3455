"""A group as it is tried out: with references added, helpers around it, and signatures of our own."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass, field

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from localnet.engine.blocks import Tree, pack_canonical
from localnet.engine.transactions import group_id, transaction_id

MOST_TRANSACTIONS = 16
_MOST_REFERENCES = 8
_MOST_ACCOUNTS = 4
_DELETE_APPLICATION = 5
_MIN_FEE = 1000

_NET_BUDGET_A_CALL = 700 - 20
_GIVER_OWN_COST = 60
_MOST_GIVER_CALLS = 200  # of the 256 inner transactions of a group
_LAST_UNITS = 8

_HELPER_KEY = SigningKey(b"localnet's key for trying groups")
HELPER = bytes(_HELPER_KEY.verify_key)
"""The account that sends helper transactions and signs for rekeyed accounts, in scratch copies only."""

_APPROVE = bytes.fromhex("0a8101")  # pushint 1
_REPORT_BUDGET = bytes.fromhex("0a320c16b08101")  # log(itob(global OpcodeBudget)); pushint 1
REPORT_COST = 1
"""What the report spends before it reads the budget."""
CARRIER_COST = 1
"""What an empty call spends."""


@dataclass
class References:
    """What programs used without naming it.

    Attributes:
        accounts: 32-byte addresses.
        assets, apps: ids.
        boxes: (application id, name).
        new_boxes: the same of applications that the group creates.
        extra_box_references: empty ones, for their share of the box budget.
        holdings, locals: (address, asset id) and (address, application id) that must be available together.
    """

    accounts: list[bytes] = field(default_factory=list)
    assets: list[int] = field(default_factory=list)
    apps: list[int] = field(default_factory=list)
    boxes: list[tuple[int, bytes]] = field(default_factory=list)
    new_boxes: list[tuple[int, bytes]] = field(default_factory=list)
    extra_box_references: int = 0
    holdings: list[tuple[bytes, int]] = field(default_factory=list)
    locals: list[tuple[bytes, int]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many were found, to see whether a pass found another one."""
        lists: tuple[Sized, ...] = (self.accounts, self.assets, self.apps, self.holdings, self.locals)
        boxes = len(self.boxes) + len(self.new_boxes) + self.extra_box_references
        return sum(len(found) for found in lists) + boxes


@dataclass(frozen=True)
class Variant:
    """A group to evaluate.

    Attributes:
        raw: the signed transactions.
        first: where the client's transactions begin in it.
        original_ids: the client's transaction id by the one that the program sees.
    """

    raw: bytes
    first: int
    original_ids: dict[str, str]

    def with_original_ids(self, text: str) -> str:
        """A text of the program with the client's transaction ids."""
        for seen, original in self.original_ids.items():
            text = text.replace(seen, original)
        return text


@dataclass(frozen=True)
class Placed:
    """Transactions with added references, and empty calls that carry what did not fit."""

    calls: list[Tree]
    carriers: list[Tree]


def is_unsigned(signed: Tree) -> bool:
    """Whether a transaction carries no signature at all."""
    return not any(signed.get(key) for key in ("sig", "msig", "lsig"))


def is_signed_by(signed: Tree, authority: bytes) -> bool:
    """Whether a transaction carries the single signature of this account over exactly its bytes."""
    signature = signed.get("sig")
    if not isinstance(signature, bytes) or signed.get("msig") or signed.get("lsig"):
        return False
    if signed.get("sgnr", signed["txn"].get("snd")) != authority:
        return False
    try:
        VerifyKey(authority).verify(b"TX" + pack_canonical(signed["txn"]), signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def place(transactions: list[Tree], references: References) -> Placed:
    """Spread references over the group's application calls, and over empty calls when those are full."""
    calls = [dict(one["txn"]) for one in transactions]
    carriers: list[Tree] = []
    _place(references, calls, carriers)
    return Placed(calls, carriers)


def build(
    transactions: list[Tree], placed: Placed, *, ours: Iterable[int], before: list[Tree], after: list[Tree]
) -> Variant | None:
    """The group with references and helpers.

    Args:
        transactions: the client's signed transactions.
        placed: the same with references.
        ours: positions of those that the helper's key signs.
        before, after: helper transactions around the group.

    Returns:
        None when it does not fit into a group.
    """
    template = transactions[0]["txn"]
    front = [_helper(call, template) for call in before]
    back = [_helper(call, template) for call in (*placed.carriers, *after)]
    group = [*front, *placed.calls, *back]
    if len(group) > MOST_TRANSACTIONS:
        return None
    originals = [one["txn"] for one in transactions]
    if group != originals and (len(group) > 1 or group[0].get("grp")):
        group = [{key: value for key, value in one.items() if key != "grp"} for one in group]
        id_ = group_id(group)
        group = [{**one, "grp": id_} for one in group]
    mine = set(ours)
    signed: list[bytes] = []
    original_ids: dict[str, str] = {}
    for at, transaction in enumerate(group, -len(front)):
        of_client = 0 <= at < len(transactions)
        if of_client:
            original_ids[transaction_id(transaction)] = transaction_id(originals[at])
        kept = of_client and at not in mine
        signed.append(pack_canonical({**transactions[at], "txn": transaction} if kept else _signed(transaction)))
    return Variant(b"".join(signed), len(front), original_ids)


def budget_report() -> Tree:
    """A helper that logs how much of the group's opcode budget is left."""
    return {"apap": _REPORT_BUDGET}


def budget_giver(program: bytes, calls: int) -> Tree:
    """A helper that runs :func:`budget_giver_source`, compiled, and pays for its inner calls."""
    return {"apap": program, "fee": _MIN_FEE * (calls + 1)}


_BUY = """pushint {calls}
store 0
call:
itxn_begin
pushint 6
itxn_field TypeEnum
pushint {delete}
itxn_field OnCompletion
pushbytes 0x{approve}
dup
itxn_field ApprovalProgram
itxn_field ClearStateProgram
pushint 0
itxn_field Fee
itxn_submit
load 0
pushint 1
-
dup
store 0
bnz call
"""


def budget_giver_calls(extra: int) -> int:
    """How many inner calls give at least this budget."""
    return -(-(extra + _GIVER_OWN_COST) // _NET_BUDGET_A_CALL)


def most_given_budget() -> int:
    """The largest budget that a giver can add: a group has 256 inner transactions, and some are left for others."""
    return _MOST_GIVER_CALLS * _NET_BUDGET_A_CALL - _GIVER_OWN_COST


def budget_giver_source(calls: int, left_for_others: int) -> str:
    """A program that goes first and leaves exactly this budget for the rest of the group.

    Each of its inner calls of an empty application adds 700 to the shared budget. What is too much is burnt: five units
    a turn first, then the rest by jumping into a row of instructions that cost one each.
    """
    turns_until = left_for_others + _LAST_UNITS + 6
    names = [f"left{units}" for units in range(_LAST_UNITS)]
    row = "\n".join(f"{name}:\nb {after}" for name, after in zip(names[:0:-1], names[-2::-1], strict=True))
    buy = _BUY.format(calls=calls, delete=_DELETE_APPLICATION, approve=_APPROVE.hex()) if calls else ""
    return f"""#pragma version 10
{buy}
burn:
global OpcodeBudget
pushint {turns_until}
>
bz last
b burn
last:
global OpcodeBudget
pushint {left_for_others + 4}
-
switch {" ".join(names)}
err
{row}
left0:
pushint 1
"""


def _helper(call: Tree, template: Tree) -> Tree:
    """An application that exists for the one call: created and deleted by it, so it leaves nothing behind."""
    whole: Tree = {
        "apan": _DELETE_APPLICATION,
        "apap": _APPROVE,
        "apsu": _APPROVE,
        "fee": _MIN_FEE,
        "snd": HELPER,
        "type": "appl",
        "note": _unique(call),
    }
    whole |= {key: template[key] for key in ("fv", "lv", "gh", "gen") if key in template}
    return {**whole, **{key: value for key, value in call.items() if key != "number"}}


def _unique(call: Tree) -> bytes:
    return int(call.get("number", 0)).to_bytes(2)


def _signed(transaction: Tree) -> Tree:
    signature = _HELPER_KEY.sign(b"TX" + pack_canonical(transaction)).signature
    signed: Tree = {"sig": signature, "txn": transaction}
    if transaction.get("snd") != HELPER:
        signed["sgnr"] = HELPER
    return signed


# --- references


def _place(references: References, calls: list[Tree], carriers: list[Tree]) -> None:
    for address, asset in references.holdings:
        _add(calls, carriers, accounts=[address], assets=[asset])
    for address, app in references.locals:
        _add(calls, carriers, accounts=[address], apps=[app])
    for address in references.accounts:
        if not _is_named("apat", address, calls, carriers):
            _add(calls, carriers, accounts=[address])
    for asset in references.assets:
        if not _is_named("apas", asset, calls, carriers):
            _add(calls, carriers, assets=[asset])
    for app in references.apps:
        if not _is_named("apfa", app, calls, carriers):
            _add(calls, carriers, apps=[app])
    _place_boxes(references, calls, carriers)


def _place_boxes(references: References, calls: list[Tree], carriers: list[Tree]) -> None:
    for app, name in (*references.boxes, *references.new_boxes):
        _add_box(calls, carriers, app, name)
    for _ in range(references.extra_box_references):
        _add_box(calls, carriers, 0, b"")


def _is_named(key: str, value: bytes | int, calls: list[Tree], carriers: list[Tree]) -> bool:
    return any(value in call.get(key, ()) for call in (*calls, *carriers))


def _add(
    calls: list[Tree],
    carriers: list[Tree],
    accounts: list[bytes] | None = None,
    assets: list[int] | None = None,
    apps: list[int] | None = None,
) -> None:
    call = _with_room(calls, carriers, len(accounts or []), len(assets or []) + len(apps or []))
    for key, values in (("apat", accounts), ("apas", assets), ("apfa", apps)):
        if values:
            call[key] = [*call.get(key, ()), *values]


def _add_box(calls: list[Tree], carriers: list[Tree], app: int, name: bytes) -> None:
    """A box reference counts its application from the call's foreign ones; 0 is the called application itself."""
    for call in (*calls, *carriers):
        if call.get("type") != "appl" and call not in carriers:
            continue
        own = app == 0 or call.get("apid") == app
        known = app in call.get("apfa", ())
        if _room(call) >= (1 if own or known else 2):
            _append_box(call, app, name, own=own)
            return
    carriers.append({"number": len(carriers) + 1})
    _append_box(carriers[-1], app, name, own=app == 0)


def _append_box(call: Tree, app: int, name: bytes, *, own: bool) -> None:
    reference: Tree = {"n": name} if name else {}
    if not own:
        if app not in call.get("apfa", ()):
            call["apfa"] = [*call.get("apfa", ()), app]
        reference["i"] = call["apfa"].index(app) + 1
    call["apbx"] = [*call.get("apbx", ()), reference]


def _with_room(calls: list[Tree], carriers: list[Tree], accounts: int, others: int) -> Tree:
    for call in (*calls, *carriers):
        if call.get("type") != "appl" and call not in carriers:
            continue
        if _room(call) >= accounts + others and len(call.get("apat", ())) + accounts <= _MOST_ACCOUNTS:
            return call
    carriers.append({"number": len(carriers) + 1})
    return carriers[-1]


def _room(call: Tree) -> int:
    return _MOST_REFERENCES - sum(len(call.get(key, ())) for key in ("apat", "apas", "apfa", "apbx"))
