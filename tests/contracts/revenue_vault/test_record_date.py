"""Who held at the record date, wherever the transfers lie around it."""

from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordProductionArgs
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import current_epoch, deposit, opt_in
from tests.contracts.revenue_vault.expect import (
    assert_sound,
    checkpoint_of,
    claimed,
    line,
    live_units,
    money,
    pay_out,
    transferred,
    vault,
)
from tests.contracts.revenue_vault.states import claim, close_out, hand_out, open_for_revenue, sync, transfer
from tests.support.events import expect_events, sent_at
from tests.support.world import World


def record(world: World, epoch_id: int) -> None:
    """Record 1,000 kWh of the project."""
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=epoch_id, intervalId=1, kWhAmount=1_000)
        )
    )


def close_month(world: World, epoch_id: int, net_amount: int) -> None:
    """Close the month and deposit its net revenue."""
    world.send(
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=1_000_000)
        ),
        deposit(world, net_amount, epoch_id=epoch_id),
    )


def test_transfers_before_at_and_after_the_record_date(world: World) -> None:
    open_for_revenue(world)
    a, b = world.holder_a.address, world.holder_b.address
    epoch_id, end_ts = current_epoch(world)
    record(world, epoch_id)
    world.send(transfer(world, world.holder_a, b, 100_000))
    world.clock.advance_to(end_ts)
    at_the_record_date = world.send(transfer(world, world.holder_a, b, 10_000))
    after = world.send(transfer(world, world.holder_a, b, 1_000))
    assert (sent_at(at_the_record_date), sent_at(after)) == (end_ts, end_ts + 1)
    # The second one replaced the first: no record date lies between them.
    assert [checkpoint_of(world, a, index)["units"] for index in range(2)] == [500_000, 390_000]
    assert line(world, a).units == 389_000
    close_month(world, epoch_id, 1_000_000_000)

    for wrong in (0, 2, 3):
        with world.refused(err.WRONG_CHECKPOINT):
            world.send(claim(world, a, checkpoint=wrong))
    sent = world.send(
        claim(world, a, checkpoint=1), claim(world, b, checkpoint=1), claim(world, world.holder_c.address)
    )

    expect_events(
        sent,
        claimed(a, 390_000, 390_000_000, epoch_id=epoch_id),
        claimed(b, 410_000, 410_000_000, epoch_id=epoch_id),
        claimed(world.holder_c.address, 200_000, 200_000_000, epoch_id=epoch_id),
    )
    assert money(world) == {"deposited": 1_000_000_000, "paid": 1_000_000_000, "owed": 0, "carried": 0}
    assert_sound(world)


def test_last_checkpoint_but_one_and_the_last(world: World) -> None:
    """A holder's line is their last checkpoint; the one before it has a box. Both bounds, both ways."""
    open_for_revenue(world)
    a = world.holder_a.address
    epoch_id, end_ts = current_epoch(world)
    record(world, epoch_id)
    world.clock.advance_to(end_ts)
    world.send(transfer(world, world.holder_a, world.holder_b.address, 1))
    close_month(world, epoch_id, 1_000_000_000)
    # The record date is the first second of the last checkpoint.
    with world.refused(err.WRONG_CHECKPOINT):
        world.send(claim(world, a, checkpoint=0))
    assert world.send(claim(world, a, checkpoint=1)).returns == (499_999_000,)

    following, following_end_ts = current_epoch(world)
    record(world, following)
    world.clock.advance_to(following_end_ts + 1)
    world.send(transfer(world, world.holder_a, world.holder_b.address, 1))
    close_month(world, following, 1_000_000_000)
    # Now it is the last second of the last checkpoint but one.
    with world.refused(err.WRONG_CHECKPOINT):
        world.send(claim(world, a, 2, checkpoint=2))
    assert world.send(claim(world, a, 2, checkpoint=1)).returns == (499_999_000,)
    assert_sound(world)


def test_close_out_deposit_claims_sync_and_hand_out(world: World) -> None:
    """A holder closes out without a word. Nobody is paid less for it, and their units find a new holder."""
    open_for_revenue(world, (600_000, 400_000))
    a, b, new = world.holder_a.address, world.holder_b.address, world.consumer.address
    world.send(close_out(world, world.holder_a), opt_in(world, world.consumer))
    assert (live_units(world, a), line(world, a).units) == (0, 600_000)
    epoch_id, end_ts = current_epoch(world)
    record(world, epoch_id)
    world.clock.advance_to(end_ts + 1)
    close_month(world, epoch_id, 1_000_000_000)

    # The book stands: they held at the record date.
    sent = world.send(claim(world, a), claim(world, b))
    assert pay_out(sent) == [(a, 600_000_000), (b, 400_000_000)]

    world.send(sync(world, a))
    assert (line(world, a).units, line(world, vault(world)).units) == (0, 600_000)
    following, following_end_ts = current_epoch(world)
    record(world, following)
    world.clock.advance_to(following_end_ts)
    sent = world.send(hand_out(world, new, 200_000))
    expect_events(sent, transferred(world, vault(world), new, 200_000, 400_000, 200_000))
    world.clock.advance_to(following_end_ts + 10)
    close_month(world, following, 1_000_000_000)

    with world.refused(err.NOTHING_TO_CLAIM):
        world.send(claim(world, a, 2, checkpoint=1))
    sent = world.send(claim(world, b, 2), claim(world, new, 2), claim(world, vault(world), 2))
    assert sent.returns == (400_000_000, 200_000_000, 400_000_000)
    assert pay_out(sent) == [(b, 400_000_000), (new, 200_000_000)]
    assert money(world) == {
        "deposited": 2_000_000_000,
        "paid": 1_600_000_000,
        "owed": 0,
        "carried": 400_000_000,
    }
    assert_sound(world)
