"""The program's reasons for a refusal, worded as today's algod words them.

The program is older than the nodes that clients know: its texts lack the application's id and the position of a failed
inner transaction, which clients match on.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Protocol

from localnet.engine.blocks import Tree
from localnet.engine.opcodes import CODE_OF
from localnet.engine.transactions import transaction_id

_LOG_LINE = re.compile(r'^time="[^"]*" level=')
_TXID = re.compile(r"\btransaction ([A-Z2-7]{52})\b")
_LOGIC = "logic eval error: "
_DETAILS = re.compile(r"\. Details: pc=(\d+), opcodes=")
_OLD_BUDGET = re.compile(r"\bpc=\d+ (?=dynamic cost budget exceeded)")
_ILL_FORMED = re.compile(r"^transaction \{.*?\} invalid : ", re.DOTALL)
_LOGGED_TEXT = re.compile(r"(?:pushbytes|bytec(?:_\d)?)(?: \d+)?(?: 0x([0-9a-f]*))?(?: // (?:0x([0-9a-f]*)|(\".*\")))?")
_CAME_FIRST = ("fee too small", "attempt to self-call", "too many inner", "itxn_submit", "appl depth", "re-entrancy")

_DUMPED_IN_SIMULATION = (
    "signedtxn",
    "transaction ",  # a logic signature that rejects or fails, and a note that is too long
    "tx.Accounts too long",
    "approval program too long",
    "clear state program too long",
)

_UNDECODABLE = "msgpack decode error"
BAD_SIGNATURE = "At least one signature didn't pass verification"


class Programs(Protocol):
    """What must be known of the chain to tell which application failed."""

    def app_ids(self) -> list[int]:
        """All applications, newest first."""

    def approval_program(self, app_id: int) -> bytes:
        """An application's approval program."""

    def next_id(self, transactions: list[Tree], creation: Tree) -> int:
        """The id that a creation in a group gets."""


@dataclass
class Failure:
    """Why a group is refused.

    Attributes:
        message: one line, without the pool's prefix.
        before_pool: found by the checks before the pool, whose texts have no prefix.
        path: position in the group, then among the inner transactions.
        app_id: the application that failed last, 0 when none.
        data: algod's ``data`` of the answer.
        logs: what the failing program logged, as far as its last instructions tell.
    """

    message: str
    before_pool: bool = False
    path: list[int] = field(default_factory=lambda: [0])
    app_id: int = 0
    data: Tree = field(default_factory=dict)
    logs: list[bytes] = field(default_factory=list)


def explain(reason: str, transactions: list[Tree], chain: Programs) -> Failure:
    """What the program's output says about a refused group.

    Args:
        reason: everything that the program wrote to its error output.
        transactions: the signed transactions of the group.
    """
    said = [line for line in reason.splitlines() if not _LOG_LINE.match(line)]
    message = " ".join(line.strip() for line in said if line.strip()) or "the ledger program gave no reason"
    failure = Failure(message)
    failure.before_pool = bool(_ILL_FORMED.match(message)) or message.startswith((BAD_SIGNATURE, _UNDECODABLE))
    named = _TXID.search(message)
    ids = [transaction_id(one["txn"]) for one in transactions]
    if named and named[1] in ids:
        failure.path = [ids.index(named[1])]
    failure.message = _OLD_BUDGET.sub("", message).replace("invalid Account reference ", "unavailable Account ")
    if _LOGIC in message and _DETAILS.search(message):
        _explain_program(failure, transactions[failure.path[0]], transactions, chain)
    return failure


def _explain_program(failure: Failure, signed: Tree, transactions: list[Tree], chain: Programs) -> None:
    """Add application ids and inner positions; the frames of a nested failure are told innermost first."""
    head, *frames = _DETAILS.split(failure.message)
    pcs = [int(pc) for pc in frames[0::2]]
    opcodes = [text.strip() for text in frames[1::2]]
    prefix, _, cause = head.partition(_LOGIC)
    depth = len(pcs)
    cause = cause.removeprefix(_LOGIC * (depth - 1))
    apps = _call_stack(pcs, opcodes, signed, transactions, chain)
    failed_in_inner = _last_opcode(opcodes[0]) == "itxn_submit" and not cause.startswith(_CAME_FIRST)
    text = f"inner tx 0 failed: {cause}" if failed_in_inner else cause
    for level in range(depth):  # innermost first
        details = f"{_LOGIC}{text}. Details: app={apps[level]}, pc={pcs[level]}, opcodes={opcodes[level]}"
        text = f"inner tx 0 failed: {details}" if level < depth - 1 else details
    failure.message = prefix + text
    failure.path += [0] * (depth - 1 + failed_in_inner)
    failure.app_id = apps[0]
    failure.logs = _logged(opcodes[0])
    failure.data = {"app-index": apps[-1], "group-index": failure.path[0], "pc": pcs[-1]}
    if failure.logs:
        state = {"logs": [b64encode(log).decode() for log in failure.logs]}
        failure.data["eval-states"] = [{} for _ in range(failure.path[0])] + [state]


def _call_stack(
    pcs: list[int], opcodes: list[str], signed: Tree, transactions: list[Tree], chain: Programs
) -> list[int]:
    """The applications of the frames, innermost first: called ones are found by the instruction at their counter."""
    transaction = signed["txn"]
    outer = transaction.get("apid") or chain.next_id(transactions, signed)
    named = [
        *transaction.get("apfa", ()),
        *(app_id for one in transactions for app_id in one["txn"].get("apfa", ())),
        *(one["txn"].get("apid", 0) for one in transactions),
    ]
    stack: list[int] = []
    for pc, text in zip(pcs[:-1], opcodes[:-1], strict=True):
        candidates = [app_id for app_id in dict.fromkeys(named) if app_id and app_id != outer]
        candidates += [app_id for app_id in chain.app_ids() if app_id not in candidates and app_id != outer]
        code = CODE_OF.get(_last_opcode(text))
        fitting = [app_id for app_id in candidates if chain.approval_program(app_id)[pc : pc + 1] == bytes([code or 0])]
        stack.append(next(iter(fitting or candidates), 0))
    return [*stack, outer]


def _last_opcode(text: str) -> str:
    words = [part for part in text.split("; ") if not part.endswith(":")]
    return words[-1].split(" ")[0] if words else ""


def _logged(text: str) -> list[bytes]:
    """What ``push; log; err`` logged: an error code of ARC-65."""
    parts = [part for part in text.split("; ") if not part.endswith(":")]
    if len(parts) < 3 or parts[-2] != "log" or parts[-1] not in ("err", "assert"):
        return []
    pushed = _LOGGED_TEXT.fullmatch(parts[-3])
    if pushed is None:
        return []
    if pushed[1] is not None or pushed[2] is not None:
        return [bytes.fromhex(pushed[1] if pushed[1] is not None else pushed[2])]
    return [pushed[3][1:-1].encode()] if pushed[3] else []


def in_simulation(failure: Failure) -> str:
    """The message as simulate gives it.

    An ill-formed transaction is dumped only when its signature is at fault, or when it is beyond a limit that is lower
    here than on today's nodes, so that the difference is seen.
    """
    match = _ILL_FORMED.match(failure.message)
    if match is None:
        return failure.message
    rest = failure.message[match.end() :]
    return failure.message if rest.startswith(_DUMPED_IN_SIMULATION) else rest
