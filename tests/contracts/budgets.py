"""What one call costs: opcodes, references, fees, storage deposits; and what it cost in the first edition."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from gridpact.chain.call import Call
from gridpact.chain.specs import Contract
from tests.contracts.valid_calls import ACTIONS, COSTLIER, Action
from tests.support.world import World

OPCODES_PER_CALL: Final = 700
MAX_REFERENCES: Final = 8
MAX_ACCOUNTS: Final = 4
MAX_PROGRAM_BYTES: Final = 7_500
# What a call of the first edition may cost more than it did there.
MORE_OPCODES_PERCENT: Final = 10
MORE_REFERENCES: Final = 1

MEASURED: Final = tuple(
    action for action in ACTIONS + COSTLIER if action.caller != "nobody" and action.method != "unpause"
)
BENCHMARKS: Final = Path(__file__).parents[2] / "benchmarks"
CALLS: Final = BENCHMARKS / "calls.md"
"""The table of all costs."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one action costs its caller."""

    opcodes: int
    app_calls: int
    """The call itself and the app calls that it makes."""
    references: int
    accounts: int
    fees_microalgo: int
    deposit_microalgo: int
    """What the action adds to the minimum balance of the apps."""


@cache
def first_edition() -> Mapping[str, Cost]:
    """What the calls of the first edition cost there, by the action's name."""
    costs = json.loads((BENCHMARKS / "first_edition.json").read_text(encoding="utf-8"))
    return {name: Cost(**cost) for name, cost in costs.items()}


def row(action: Action, cost: Cost) -> str:
    """A call's line in the table of costs."""
    before = first_edition().get(str(action), cost)
    name = " ".join(part for part in (f"`{action.method}`", action.variant) if part)
    change = "new" if before is cost else f"{before.opcodes:,} ({cost.opcodes / before.opcodes - 1:+.1%})"
    cells = (
        f"{action.contract.value} {name}",
        _beside(cost.fees_microalgo, before.fees_microalgo),
        _beside(cost.deposit_microalgo, before.deposit_microalgo),
        _beside(cost.references, before.references),
        f"{cost.opcodes:,}",
        f"{OPCODES_PER_CALL * cost.app_calls:,}",
        change,
    )
    return f"| {' | '.join(cells)} |\n"


def program_row(contract: Contract, size: int, limit: int) -> str:
    """A program's line in the table of costs."""
    return f"| {contract.value} | {size:,} | {limit:,} |\n"


def _beside(now: int, before: int) -> str:
    return f"{now:,}" if before == now else f"{now:,} ({before:,})"


def measure(world: World, action: Action, probe: Call) -> Cost:
    """Simulate an action alone in its group, and the probe behind it.

    Args:
        world: a world of the action's stage.
        action: what to measure.
        probe: see `tests.support.probe`.
    """
    (left_alone,) = world.simulate(probe).returns
    items = action.build(world, getattr(world, action.caller))
    group = world.group(*items, probe)
    done = group.simulate()
    app_calls = sum(1 for one in done.confirmations for _ in _app_calls(one)) - 1
    call = items[-1]
    assert isinstance(call, Call)
    params = call.params
    accounts = len(params.account_references or [])
    return Cost(
        opcodes=OPCODES_PER_CALL * app_calls + left_alone - done.returns[-1],
        app_calls=app_calls,
        references=accounts
        + len(params.app_references or [])
        + len(params.asset_references or [])
        + len(params.box_references or []),
        accounts=accounts,
        fees_microalgo=group.fees_microalgo()
        - int(probe.params.static_fee.micro_algo if probe.params.static_fee else 0),
        deposit_microalgo=_deposits(group.top_ups(), call),
    )


def _app_calls(confirmation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if confirmation["txn"]["txn"]["type"] == "appl":
        yield confirmation
    for inner in confirmation.get("inner-txns", []):
        yield from _app_calls(inner)


def _deposits(top_ups: list[Any], call: Call) -> int:
    typed = sum(
        int(argument.amount.micro_algo)
        for argument in call.params.args or []
        if hasattr(argument, "amount") and _is_deposit(call)
    )
    return sum(int(payment.amount.micro_algo) for payment in top_ups) + typed


def _is_deposit(call: Call) -> bool:
    """Whether the method's payment argument is a storage deposit, and no money."""
    first = call.params.method.args[0] if call.params.method.args else None
    return first is not None and first.name == "mbr"
