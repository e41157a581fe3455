from typing import Any

import pytest

from gridpact.contracts.revenue_vault_client import GetDepositArgs
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import EPOCH, EPOCH_END_TS, MAX_UINT64, deposit, final_epoch
from tests.contracts.revenue_vault.states import claim, open_for_revenue
from tests.support.events import sent_at
from tests.support.world import World


def deposit_fields(world: World, deposit_id: int) -> list[Any]:
    arguments = GetDepositArgs(depositId=deposit_id)
    (fields,) = world.simulate(world.vault_calls.get_deposit(world.outsider.address, arguments)).returns
    return list(fields)


def test_get_deposit_success(world: World) -> None:
    open_for_revenue(world)
    final_epoch(world)
    sent = world.send(deposit(world, 3_000_000_007))
    world.send(claim(world, world.holder_b.address))
    *numbers, evidence_hash = deposit_fields(world, 1)
    assert bytes(evidence_hash) == bytes(32)
    assert numbers == [
        EPOCH,
        EPOCH_END_TS,
        3_000_000_007,
        0,
        3_000,
        300_000,
        125_000_000,
        sent_at(sent),
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("deposit_id", [0, 1, MAX_UINT64])
def test_get_deposit_invalid_deposit(world: World, deposit_id: int) -> None:
    open_for_revenue(world)
    with world.refused(err.INVALID_DEPOSIT):
        deposit_fields(world, deposit_id)
