"""What a group would do, without doing it.

The program has no simulation: a copy of the chain is evaluated instead. What today's algod finds out while it
evaluates (resources that nobody named, opcode budgets) is found here by trying again.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from algosdk.encoding import decode_address
from algosdk.logic import get_application_address

from localnet.engine.blocks import Tree, go_string_bytes
from localnet.engine.compiler import Compiler
from localnet.engine.ledger import Ledger
from localnet.engine.program import Program
from localnet.engine.reasons import explain
from localnet.engine.scratch import Scratch, ScratchRefusedError
from localnet.engine.space import disk_blamed
from localnet.engine.transactions import sender_of
from localnet.engine.variants import (
    CARRIER_COST,
    HELPER,
    REPORT_COST,
    Placed,
    References,
    Variant,
    budget_giver,
    budget_giver_calls,
    budget_giver_source,
    budget_report,
    build,
    is_signed_by,
    is_unsigned,
    most_given_budget,
    place,
)

BUDGET_A_CALL = 700
_MOST_PASSES = 160
_MOST_CREATED_AFTER = 8
"""How many inner transactions before the creation of an application are looked for, to name its boxes."""
_MOST_REKEYED = 64

_ACCOUNT = re.compile(r"(?:unavailable Account|invalid Account reference) ([A-Z2-7]{58})")
_ASSET = re.compile(r"unavailable Asset (\d+)")
_APP = re.compile(r"unavailable App (\d+)")
_HOLDING = re.compile(r"unavailable Holding ([A-Z2-7]{58}) x (\d+)")
_LOCAL = re.compile(r"unavailable Local State ([A-Z2-7]{58}) x (\d+)")
_BOX = re.compile(r"invalid Box reference 0x([0-9a-f]*)")
_BOX_BUDGET = re.compile(r"(?:read|write) budget \(\d+\) exceeded")
_BELOW_MINIMUM = re.compile(r"account ([A-Z2-7]{58}) balance (\d+) below min (\d+)")
_LOG_LIMITS = ("too many log calls", "program logs too large")
_FRAME = re.compile(r"Details: pc=\d+, opcodes=.*")
_PAIRING_OPCODES = {"asset_holding_get": "holdings", "app_local": "locals", "app_opted_in": "locals"}
# A program that finds its budget low may try to buy more by inner calls that nobody pays for.
_LOW_BUDGET = ("dynamic cost budget exceeded", "fee too small")

type Pair = list[Scratch]
type Gifts = dict[bytes, int]


@dataclass
class Outcome:
    """What a simulation found.

    Attributes:
        round: the round that it continued.
        applied: the group's transactions as a block would hold them, None when it fails.
        reason: the program's words when it fails.
        references: what programs used without naming it.
        budget_consumed: opcode budget that all programs used, None when it could not be measured.
        impostor: the first transaction without a signature that does not name the account that may sign for its sender:
            its position, who may, and who is named. The evaluation did not mind; the group fails there at the latest.
    """

    round: int
    applied: list[Tree] | None = None
    reason: str = ""
    references: References = field(default_factory=References)
    budget_consumed: int | None = None
    impostor: tuple[int, bytes, bytes] | None = None


class Simulator:
    """Evaluates groups in copies of the chain. Its methods belong into the ledger's thread."""

    def __init__(self, ledger: Ledger, compiler: Compiler, folder: Path, *, on_demand: bool = False) -> None:
        """Nothing is copied yet.

        Args:
            ledger: whose next block is simulated.
            compiler: of the helpers' programs.
            folder: where copies go.
            on_demand: no process of the ledger program is started ahead.
        """
        self._ledger = ledger
        self._on_demand = on_demand
        self._compiler = compiler
        self._folder = folder
        self._shared: Pair = []
        self._number = 0
        self._senders: OrderedDict[bytes, None] = OrderedDict((one[1], None) for one in ledger.genesis_accounts)
        self._of_programs: set[bytes] = set()
        ledger.add_listener(self._on_block)
        ledger.on_reset(self._discard)

    def simulate(
        self,
        transactions: list[Tree],
        *,
        unsigned_allowed: bool,
        unnamed_allowed: bool,
        extra_budget: int,
        more_logging: bool,
        fix_signers: bool = False,
    ) -> Outcome:
        """Evaluate a group of signed transactions on top of the last block.

        Args:
            unsigned_allowed: transactions without a signature count as signed, by the account that they name.
            unnamed_allowed: programs may use what the group does not name.
            extra_budget: opcode budget to add.
            more_logging: programs may log more than usual.
            fix_signers: transactions without a signature count as signed by whoever may sign for their sender.
        """
        attempt = _Attempt(self, transactions, unsigned_allowed=unsigned_allowed, extra_budget=extra_budget)
        try:
            with disk_blamed(self._ledger.chain):
                outcome = attempt.run(unnamed_allowed=unnamed_allowed, more_logging=more_logging)
        finally:
            attempt.close()
        if unsigned_allowed and not fix_signers:
            outcome.impostor = _impostor(self._ledger, transactions)
        return outcome

    def close(self) -> None:
        """Delete the copies."""
        self._discard()

    def shared_pair(self, senders: set[bytes]) -> Pair | None:
        """The copies that wait for the next simulation, None when the helper cannot sign for all senders in them."""
        if not all(self._may_share(sender) for sender in senders):
            return None
        for sender in senders:
            self._remember(sender)
        pair = self._pair()
        if not senders <= pair[0].rekeyed:
            self._discard()
            pair = self._pair()
        return pair

    def own_pair(self, rekeyed: set[bytes], *, program: Program | None = None, gifts: Gifts | None = None) -> Pair:
        """Two copies for one simulation."""
        return [self._new(rekeyed, program, gifts) for _ in range(2)]

    def source_compiled(self, source: str) -> bytes:
        """TEAL to bytecode."""
        return self._compiler.compile(source).bytecode

    @property
    def ledger(self) -> Ledger:
        """The ledger whose next block is simulated."""
        return self._ledger

    def _may_share(self, sender: bytes) -> bool:
        """Whether an account may be rekeyed in copies for all: programs send for their own and for rekeyed ones."""
        return sender not in self._of_programs and not any(self._ledger.account(sender).get("spend", b""))

    def _pair(self) -> Pair:
        if self._shared and self._shared[0].round != self._ledger.last_round:
            self._discard()
        while len(self._shared) < 2:
            self._of_programs = {decode_address(get_application_address(id_)) for id_ in self._ledger.app_ids()}
            rekeyed = {sender for sender in self._senders if self._may_share(sender)}
            self._shared.append(self._new(rekeyed))
        return self._shared

    def _new(self, rekeyed: set[bytes], program: Program | None = None, gifts: Gifts | None = None) -> Scratch:
        self._number += 1
        folder = self._folder / f"{self._number}"
        program = program or self._ledger.program
        return Scratch(program, self._ledger.chain, folder, rekeyed, HELPER, gifts, on_demand=self._on_demand)

    def _discard(self) -> None:
        for scratch in self._shared:
            scratch.discard()
        self._shared = []

    def _remember(self, sender: bytes) -> None:
        self._senders[sender] = None
        self._senders.move_to_end(sender)
        if len(self._senders) > _MOST_REKEYED:
            self._senders.popitem(last=False)

    def _on_block(self, round_: int, block: Tree) -> None:  # noqa: ARG002 - a listener's signature
        for one in block.get("txns", ()):
            self._remember(sender_of(one))
            if one["txn"].get("amt") and one["txn"].get("rcv"):
                self._remember(one["txn"]["rcv"])


class _Attempt:
    """One simulation: passes over the same group until it is clear what it does."""

    def __init__(
        self, simulator: Simulator, transactions: list[Tree], *, unsigned_allowed: bool, extra_budget: int
    ) -> None:
        self._simulator = simulator
        self._ledger = simulator.ledger
        self._transactions = transactions
        self._calls = sum(one["txn"].get("type") == "appl" for one in transactions)
        self._extra_budget = min(extra_budget, most_given_budget())
        self._references = References()
        self._needs_budget = False
        self._next_ids: dict[tuple[int, bytes], Iterator[int]] = {}
        self._asked_at: dict[str, tuple[set[bytes], set[int]]] = {}
        senders = {sender_of(one) for one in transactions}
        rekeys = any(one["txn"].get("rekey") for one in transactions)
        unsigned = [at for at, one in enumerate(transactions) if is_unsigned(one) and unsigned_allowed]
        ours = [at for at, one in enumerate(transactions) if at in unsigned or self._is_rightly_signed(one)]
        all_ours = len(ours) == len(transactions) and not rekeys
        shared = simulator.shared_pair(senders) if all_ours else None
        self._is_shared = shared is not None
        self._ours = ours if all_ours else unsigned
        self._rekeyed = {sender_of(transactions[at]) for at in self._ours}
        self._pair = shared if shared is not None else simulator.own_pair(self._rekeyed)

    def run(self, *, unnamed_allowed: bool, more_logging: bool) -> Outcome:
        """Try until the group passes or fails for a reason of its own."""
        outcome = Outcome(self._ledger.last_round, references=self._references)
        for _ in range(_MOST_PASSES):
            reason = self._pass(outcome)
            if not reason:
                return outcome
            outcome.reason = reason
            if self._extra_budget and not self._needs_budget and any(sign in reason for sign in _LOW_BUDGET):
                self._needs_budget = True
            elif more_logging and any(limit in reason for limit in _LOG_LIMITS):
                more_logging = False
                if not self._raise_log_limits():
                    return outcome
            elif not (unnamed_allowed and self._learn(reason)):
                self._measure_despite_balance(outcome)
                return outcome
        return outcome

    def _raise_log_limits(self) -> bool:
        program = self._ledger.program.with_more_logging()
        if program is None:
            return False
        self._use(self._simulator.own_pair(self._rekeyed, program=program))
        return True

    def _measure_despite_balance(self, outcome: Outcome) -> None:
        """The budget of a group whose programs pass and leave an account below its minimum balance."""
        poor = _BELOW_MINIMUM.search(outcome.reason)
        if poor is None or not self._calls:
            return
        gifts = {decode_address(poor[1]): int(poor[3]) - int(poor[2])}
        self._use(self._simulator.own_pair(self._rekeyed, gifts=gifts))
        placed = self._placed()
        variant = self._variant(placed, report=False)
        if variant is None:
            return
        try:
            applied = self._evaluate(variant)
        except ScratchRefusedError:
            return
        outcome.budget_consumed = self._measured(placed, applied)

    def _placed(self) -> Placed:
        """The group with what it was found to use; an account whose later transactions the helper signs, stays the
        helper's: where the group rekeys it makes no difference to anything else."""
        placed = place(self._transactions, self._references)
        for at, call in enumerate(placed.calls):
            later = (one for one in self._ours if one > at)
            if call.get("rekey") and any(placed.calls[one].get("snd") == call.get("snd") for one in later):
                call["rekey"] = HELPER
        return placed

    def _use(self, pair: Pair) -> None:
        self.close()
        self._pair, self._is_shared = pair, False

    def close(self) -> None:
        """Delete what was made for this simulation alone."""
        for scratch in self._pair:
            if not self._is_shared:
                scratch.discard()

    def _pass(self, outcome: Outcome) -> str | None:
        """One evaluation; the reason of a refusal, empty when the group cannot be extended, None when it passes."""
        placed = self._placed()
        variant = self._variant(placed, report=False)
        if variant is None:
            return ""
        try:
            applied = self._evaluate(variant)
        except ScratchRefusedError as refusal:
            return variant.with_original_ids(str(refusal))
        outcome.applied = applied[variant.first : variant.first + len(self._transactions)]
        if self._calls:
            outcome.budget_consumed = self._measured(placed, outcome.applied)
        return None

    def _measured(self, placed: Placed, applied: list[Tree]) -> int | None:
        """The opcode budget that the group used, by the report of a helper behind it.

        None when there is no room for the helper, or the group's programs do not like its company.
        """
        for exact in (False, True):
            variant = self._variant(placed, report=True, exact=exact)
            if variant is None:
                return None
            try:
                reported = self._evaluate(variant)
            except ScratchRefusedError:
                return None
            same = reported[variant.first : variant.first + len(self._transactions)]
            if inner_calls(same) == inner_calls(applied):
                return self._consumed(applied, placed, reported[-1], exact=exact)
            # The helper's share of the budget kept a program from buying more: try again without that share.
        return None

    def _consumed(self, applied: list[Tree], placed: Placed, report: Tree, *, exact: bool) -> int:
        left = int.from_bytes(go_string_bytes(report["dt"]["lg"][0]))
        carriers = len(placed.carriers)
        total = BUDGET_A_CALL * (self._calls + inner_calls(applied) + carriers + (not exact))
        if self._needs_budget:
            total += self._extra_budget
        return int(total - left - carriers * CARRIER_COST - REPORT_COST)

    def _evaluate(self, variant: Variant) -> list[Tree]:
        """In the copy that has waited longest, while the other one prepares."""
        scratch = self._pair[0]
        self._pair.reverse()
        try:
            return scratch.evaluate(variant.raw)
        finally:
            scratch.warm_up()

    def _variant(self, placed: Placed, *, report: bool, exact: bool = False) -> Variant | None:
        """The group to evaluate; ``exact`` takes the reporting helper's share of the budget out again."""
        before = []
        after = [budget_report()] if report else []
        extra = self._extra_budget if self._needs_budget else 0
        if extra or exact:
            inner = budget_giver_calls(extra) if extra else 0
            others = self._calls + len(placed.carriers) + (0 if exact else len(after))
            source = budget_giver_source(inner, BUDGET_A_CALL * others + extra)
            before.append(budget_giver(self._simulator.source_compiled(source), inner))
        return build(self._transactions, placed, ours=self._ours, before=before, after=after)

    def _learn(self, reason: str) -> bool:
        """Note the references that a refusal asks for; whether there was one."""
        known = self._references
        before = known.count
        for address, id_ in _HOLDING.findall(reason):
            _append(known.holdings, (decode_address(address), int(id_)))
        for address, id_ in _LOCAL.findall(reason):
            _append(known.locals, (decode_address(address), int(id_)))
        for address in _ACCOUNT.findall(reason):
            _append(known.accounts, decode_address(address))
        for id_ in _ASSET.findall(reason):
            _append(known.assets, int(id_))
        for id_ in _APP.findall(reason):
            _append(known.apps, int(id_))
        for name in _BOX.findall(reason):
            if self._learn_box(self._failing_app(reason), bytes.fromhex(name)):
                return True
        if _BOX_BUDGET.search(reason):
            known.extra_box_references += 1
        self._pair_up(reason)
        return known.count > before

    def _learn_box(self, app_id: int, name: bytes) -> bool:
        """Note the box that a refusal asks for; whether there is something left to try.

        Where naming it for the failing application does not help, the group itself creates the application that asks.
        Today's nodes open its boxes by empty references. Here they must be named, and the next ids are tried in turn.
        """
        known, box = self._references, (app_id, name)
        if box not in self._next_ids:
            self._next_ids[box] = iter(self._ledger.next_ids(len(self._transactions) + _MOST_CREATED_AFTER))
            _append(known.boxes, box)
            return True
        if box in known.boxes:
            known.boxes.remove(box)
        else:
            known.new_boxes.pop()
        next_id = next(self._next_ids[box], None)
        if next_id is not None:
            known.new_boxes.append((next_id, name))
        return next_id is not None

    def _pair_up(self, reason: str) -> None:
        """An instruction that asked for an account and for an asset or application uses them together."""
        frame = _FRAME.search(reason)
        if frame is None:
            return
        asked = self._asked_at.setdefault(frame[0], (set(), set()))
        asked[0].update(decode_address(address) for address in _ACCOUNT.findall(reason))
        asked[1].update(int(id_) for id_ in (*_ASSET.findall(reason), *_APP.findall(reason)))
        kind = next((kind for opcode, kind in _PAIRING_OPCODES.items() if opcode in frame[0].rpartition("; ")[2]), None)
        if kind is not None and len(asked[0]) == len(asked[1]) == 1:
            pairs: list[tuple[bytes, int]] = getattr(self._references, kind)
            _append(pairs, (next(iter(asked[0])), next(iter(asked[1]))))

    def _failing_app(self, reason: str) -> int:
        return explain(reason, self._transactions, self._ledger).app_id

    def _is_rightly_signed(self, signed: Tree) -> bool:
        sender = sender_of(signed)
        authority = self._ledger.account(sender).get("spend") or sender
        return is_signed_by(signed, authority if any(authority) else sender)


def authorities(ledger: Ledger, transactions: list[Tree]) -> Iterator[bytes]:
    """Who may sign each transaction of a group, after those before it."""
    rekeyed: dict[bytes, bytes] = {}
    for one in transactions:
        sender = sender_of(one)
        authority = rekeyed.get(sender) or ledger.account(sender).get("spend", b"")
        yield authority if any(authority) else sender
        if one["txn"].get("rekey"):
            rekeyed[sender] = one["txn"]["rekey"]


def claimed_signer(signed: Tree) -> bytes:
    """Who a transaction says has signed it."""
    named: bytes = signed.get("sgnr", b"")
    return named if any(named) else sender_of(signed)


def _impostor(ledger: Ledger, transactions: list[Tree]) -> tuple[int, bytes, bytes] | None:
    for at, (one, authority) in enumerate(zip(transactions, authorities(ledger, transactions), strict=True)):
        if is_unsigned(one) and claimed_signer(one) != authority:
            return at, authority, claimed_signer(one)
    return None


def inner_calls(applied: list[Tree]) -> int:
    """How many application calls programs made, at any depth."""
    count = 0
    for one in applied:
        inner = one.get("dt", {}).get("itx", [])
        count += sum(called["txn"].get("type") == "appl" for called in inner) + inner_calls(inner)
    return count


def _append[T](values: list[T], value: T) -> None:
    if value not in values:
        values.append(value)
