"""Each call fits one call's limits: 8 references, 4 accounts, 700 opcodes for itself and for each inner call.

None of the first edition costs a tenth more opcodes than there, or more than one reference more.
"""

import pytest

from gridpact.chain.call import Call
from gridpact.chain.specs import Contract, spec
from tests.contracts.budgets import (
    CALLS,
    MAX_ACCOUNTS,
    MAX_PROGRAM_BYTES,
    MAX_REFERENCES,
    MEASURED,
    MORE_OPCODES_PERCENT,
    MORE_REFERENCES,
    OPCODES_PER_CALL,
    first_edition,
    measure,
    program_row,
    row,
)
from tests.contracts.valid_calls import STAGES, Action
from tests.support.probe import deploy_probe
from tests.support.world import Ledger, World, side_by_side


@pytest.fixture(scope="module")
def staged(ledger: Ledger) -> dict[str, tuple[World, Call]]:
    """A world of each stage, with a probe."""
    ledger = side_by_side(ledger)
    worlds = {}
    for stage, prepare in STAGES.items():
        world = World(ledger)
        prepare(world)
        worlds[stage] = (world, deploy_probe(world))
    return worlds


@pytest.mark.parametrize("action", MEASURED, ids=str)
def test_budget(staged: dict[str, tuple[World, Call]], action: Action) -> None:
    world, probe = staged[action.stage]
    cost = measure(world, action, probe)
    assert cost.references <= MAX_REFERENCES
    assert cost.accounts <= MAX_ACCOUNTS
    assert 0 < cost.opcodes <= OPCODES_PER_CALL * cost.app_calls
    if before := first_edition().get(str(action)):
        assert cost.opcodes * 100 <= before.opcodes * (100 + MORE_OPCODES_PERCENT)
        assert cost.references <= before.references + MORE_REFERENCES
    assert row(action, cost) in CALLS.read_text(encoding="utf-8")


def test_every_call_of_the_first_edition_is_compared() -> None:
    assert set(first_edition()) <= {str(action) for action in MEASURED}


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_program_size(staged: dict[str, tuple[World, Call]], contract: Contract) -> None:
    world, _ = staged["running"]
    (app_id,) = (app_id for app_id, known in world.apps.contracts.items() if known is contract)
    size = len(world.apps.program(app_id))
    assert size <= MAX_PROGRAM_BYTES
    assert program_row(contract, size, MAX_PROGRAM_BYTES) in CALLS.read_text(encoding="utf-8")


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_boxes_keep_their_size(contract: Contract) -> None:
    """No program resizes or splices a box: every stored struct is of fixed size."""
    teal = spec(contract)["source"]["approval"]
    assert "box_resize" not in teal
    assert "box_splice" not in teal
