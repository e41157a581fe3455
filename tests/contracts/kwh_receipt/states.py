"""States of KWhReceipt that tests start from. Each stands on the ones before it."""

from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    RegisterMeterArgs,
)
from gridpact.production.boxes import PROJECT
from tests.contracts.kwh_receipt.calls import CAPACITY_W, EPOCH, NO_HASH, label, record_production
from tests.support.checkpoints import checkpoint
from tests.support.world import World


@checkpoint
def register_meter(
    world: World,
    producer: str = PROJECT,
    name: str = "meter-1",
    *,
    capacity_w: int = CAPACITY_W,
    public_key: bytes = NO_HASH,
) -> int:
    """Register the world's next meter and return its id."""
    meter_id = world.receipt.state.global_state.meter_count + 1
    world.send(
        world.receipt_calls.register_meter(
            world.operator.address,
            RegisterMeterArgs(producer=producer, capacityW=capacity_w, label=label(name), publicKey=public_key),
            meter_id,
        )
    )
    return meter_id


def finalize(world: World, total_wh: int = 125_000_000, epoch_id: int = EPOCH) -> Sent:
    """Close the project's ledger."""
    return world.send(
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=total_wh)
        )
    )


@checkpoint
def final_epoch(world: World, kwh: int = 125_000, epoch_id: int = EPOCH) -> None:
    """A project's epoch with one reading, closed."""
    record_production(world, kwh, epoch_id=epoch_id)
    finalize(world, kwh * 1_000, epoch_id)
