"""Each call fits one call's limits: 8 references, 4 accounts, 700 opcodes for itself and for each inner call."""

import pytest

from gridpact.chain.call import Call
from gridpact.chain.specs import Contract, spec
from tests.contracts.actions import ACTIONS, COSTLIER, STAGES, Action
from tests.contracts.budgets import (
    MAX_ACCOUNTS,
    MAX_PROGRAM_BYTES,
    MAX_REFERENCES,
    OPCODES_PER_CALL,
    measure,
)
from tests.support.probe import deploy_probe
from tests.support.world import Ledger, World, side_by_side

MEASURED = tuple(action for action in ACTIONS + COSTLIER if action.caller != "nobody" and action.method != "unpause")


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


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_program_size(staged: dict[str, tuple[World, Call]], contract: Contract) -> None:
    world, _ = staged["running"]
    (app_id,) = (app_id for app_id, known in world.apps.contracts.items() if known is contract)
    assert len(world.apps.program(app_id)) <= MAX_PROGRAM_BYTES


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_boxes_keep_their_size(contract: Contract) -> None:
    """No program resizes or splices a box: every stored struct is of fixed size."""
    teal = spec(contract)["source"]["approval"]
    assert "box_resize" not in teal
    assert "box_splice" not in teal
