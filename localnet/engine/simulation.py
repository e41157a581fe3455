"""What a group would do, without doing it.

The program has no simulation: a copy of the chain is evaluated instead. What today's algod finds out while it
evaluates (resources that nobody named, opcode budgets) is found here by trying again.
"""

import re
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from algosdk.encoding import decode_address

from localnet.engine.blocks import Tree, go_string_bytes
from localnet.engine.compiler import Compiler
from localnet.engine.ledger import Ledger
from localnet.engine.reasons import explain
from localnet.engine.scratch import Scratch, ScratchRefusedError
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
    place,
)

BUDGET_A_CALL = 700
_MOST_PASSES = 160
_MOST_REKEYED = 64
_KEEP_WARM_S = 10.0
_MOST_INNER = 250

_ACCOUNT = re.compile(r"(?:unavailable Account|invalid Account reference) ([A-Z2-7]{58})")
_ASSET = re.compile(r"unavailable Asset (\d+)")
_APP = re.compile(r"unavailable App (\d+)")
_HOLDING = re.compile(r"unavailable Holding ([A-Z2-7]{58}) x (\d+)")
_LOCAL = re.compile(r"unavailable Local State ([A-Z2-7]{58}) x (\d+)")
_BOX = re.compile(r"invalid Box reference 0x([0-9a-f]*)")
_BOX_BUDGET = re.compile(r"(?:read|write) budget \(\d+\) exceeded")
_OPCODE_BUDGET = "dynamic cost budget exceeded"


@dataclass
class Outcome:
    """What a simulation found.

    Attributes:
        round: the round that it continued.
        applied: the group's transactions as a block would hold them, None when it fails.
        reason: the program's words when it fails.
        references: what programs used without naming it.
        budget_consumed: opcode budget that all programs used, None when it could not be measured.
    """

    round: int
    applied: list[Tree] | None = None
    reason: str = ""
    references: References = field(default_factory=References)
    budget_consumed: int | None = None


class Simulator:
    """Evaluates groups in copies of the chain. Its methods belong into the ledger's thread."""

    def __init__(self, ledger: Ledger, compiler: Compiler, folder: Path) -> None:
        self._ledger = ledger
        self._compiler = compiler
        self._folder = folder
        self._shared: list[Scratch] = []
        self._number = 0
        self._senders: OrderedDict[bytes, None] = OrderedDict((one[1], None) for one in ledger.genesis_accounts)
        self._last_used = -_KEEP_WARM_S
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
    ) -> Outcome:
        """Evaluate a group of signed transactions on top of the last block.

        Args:
            unsigned_allowed: transactions without a signature count as signed.
            unnamed_allowed: programs may use what the group does not name.
            extra_budget: opcode budget to add.
            more_logging: programs may log more than usual.
        """
        del more_logging
        self._last_used = time.monotonic()
        attempt = _Attempt(self, transactions, unsigned_allowed=unsigned_allowed, extra_budget=extra_budget)
        try:
            return attempt.run(unnamed_allowed=unnamed_allowed)
        finally:
            attempt.close()

    def warm_up(self) -> None:
        """Prepare for the next simulation when there was one lately."""
        if time.monotonic() - self._last_used < _KEEP_WARM_S:
            for scratch in self._pair():
                scratch.warm_up()

    def close(self) -> None:
        """Delete the copies."""
        self._discard()

    def pair_for(self, senders: set[bytes], *, all_ours: bool) -> tuple[list[Scratch], bool]:
        """Two copies in which the helper can sign for these accounts, and whether they are the shared ones."""
        if all_ours:
            for sender in senders:
                self._remember(sender)
            pair = self._pair()
            if senders <= pair[0].rekeyed:
                return pair, True
            if self._senders.keys() >= senders:
                self._discard()
                return self._pair(), True
        return [self._new(senders) for _ in range(2)], False

    def source_compiled(self, source: str) -> bytes:
        """TEAL to bytecode."""
        return self._compiler.compile(source).bytecode

    @property
    def ledger(self) -> Ledger:
        """The ledger whose next block is simulated."""
        return self._ledger

    def _pair(self) -> list[Scratch]:
        if self._shared and self._shared[0].round != self._ledger.last_round:
            self._discard()
        while len(self._shared) < 2:
            self._shared.append(self._new(self._senders))
        return self._shared

    def _new(self, senders: "set[bytes] | OrderedDict[bytes, None]") -> Scratch:
        self._number += 1
        folder = self._folder / f"{self._number}"
        return Scratch(self._ledger.program, self._ledger.chain, folder, set(senders), HELPER)

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
        self._extra_budget = extra_budget
        self._references = References()
        self._needs_budget = False
        senders = {sender_of(one) for one in transactions}
        rekeys = any(one["txn"].get("rekey") for one in transactions)
        unsigned = [at for at, one in enumerate(transactions) if is_unsigned(one) and unsigned_allowed]
        ours = [at for at, one in enumerate(transactions) if at in unsigned or self._is_rightly_signed(one)]
        all_ours = len(ours) == len(transactions) and not rekeys
        self._ours = ours if all_ours else unsigned
        wanted = senders if all_ours else {sender_of(transactions[at]) for at in unsigned}
        self._pair, self._is_shared = simulator.pair_for(wanted, all_ours=all_ours)

    def run(self, *, unnamed_allowed: bool) -> Outcome:
        """Try until the group passes or fails for a reason of its own."""
        outcome = Outcome(self._ledger.last_round, references=self._references)
        for _ in range(_MOST_PASSES):
            reason = self._pass(outcome)
            if reason is None:
                return outcome
            outcome.reason = reason or outcome.reason
            if not reason:
                return outcome
            if _OPCODE_BUDGET in reason and self._extra_budget and not self._needs_budget:
                self._needs_budget = True
            elif not (unnamed_allowed and self._learn(reason)):
                return outcome
        return outcome

    def close(self) -> None:
        """Delete what was made for this simulation alone."""
        for scratch in self._pair:
            if not self._is_shared:
                scratch.discard()

    def _pass(self, outcome: Outcome) -> str | None:
        """One evaluation; the reason of a refusal, empty when the group cannot be extended, None when it passes."""
        placed = place(self._transactions, self._references)
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
        variant = self._variant(placed, report=True)
        if variant is None:
            return None
        try:
            report = self._evaluate(variant)[-1]
        except ScratchRefusedError:
            return None
        left = int.from_bytes(go_string_bytes(report["dt"]["lg"][0]))
        carriers = len(placed.carriers)
        total = BUDGET_A_CALL * (self._calls + inner_calls(applied) + carriers + 1)
        if self._needs_budget:
            total += self._extra_budget
        return total - left - carriers * CARRIER_COST - REPORT_COST

    def _evaluate(self, variant: Variant) -> list[Tree]:
        """In the copy that has waited longest, while the other one prepares."""
        scratch = self._pair[0]
        self._pair.reverse()
        try:
            return scratch.finish(scratch.begin(variant.raw))
        finally:
            scratch.warm_up()

    def _variant(self, placed: Placed, *, report: bool) -> Variant | None:
        before = []
        after = [budget_report()] if report else []
        if self._needs_budget:
            calls = budget_giver_calls(self._extra_budget)
            if calls > _MOST_INNER:
                return None
            others = BUDGET_A_CALL * (self._calls + len(placed.carriers) + len(after)) + self._extra_budget
            program = self._simulator.source_compiled(budget_giver_source(calls, others))
            before.append(budget_giver(program, calls))
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
            _append(known.boxes, (self._failing_app(reason), bytes.fromhex(name)))
        if _BOX_BUDGET.search(reason):
            known.extra_box_references += 1
        return known.count > before

    def _failing_app(self, reason: str) -> int:
        return explain(reason, self._transactions, self._ledger).app_id

    def _is_rightly_signed(self, signed: Tree) -> bool:
        sender = sender_of(signed)
        authority = self._ledger.account(sender).get("spend") or sender
        return is_signed_by(signed, authority if any(authority) else sender)


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
