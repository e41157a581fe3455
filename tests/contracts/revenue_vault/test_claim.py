import pytest

from gridpact.contracts.revenue_vault_client import Holder
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import (
    MAX_UINT64,
    current_epoch,
    deposit,
    final_epoch,
    opt_in,
    opt_in_asset,
    pause,
)
from tests.contracts.revenue_vault.expect import assert_sound, claimed, deposit_of, line, money, pay_out, vault
from tests.contracts.revenue_vault.states import claim, closed_out, deposited, gift, open_for_revenue, sync, transfer
from tests.support.events import expect_events
from tests.support.world import World

YEARS_S = 3 * 365 * 24 * 3600


def test_claim_success(world: World) -> None:
    """The example month: 500, 300 and 200 kW share 3,000 ALGO. A stranger calls; the holders are paid."""
    deposited(world)
    shares = (
        (world.holder_a.address, 500_000, 1_500_000_000),
        (world.holder_b.address, 300_000, 900_000_000),
        (world.holder_c.address, 200_000, 600_000_000),
    )
    before = [world.balance(holder) for holder, _, _ in shares]

    sent = world.send(*(claim(world, holder) for holder, _, _ in shares))

    assert sent.returns == (1_500_000_000, 900_000_000, 600_000_000)
    expect_events(sent, *(claimed(*share) for share in shares))
    assert pay_out(sent) == [(holder, microalgo) for holder, _, microalgo in shares]
    assert [world.balance(holder) for holder, _, _ in shares] == [
        balance + microalgo for balance, (_, _, microalgo) in zip(before, shares, strict=True)
    ]
    assert line(world, world.holder_a.address) == Holder(
        units=500_000, sinceTs=0, checkpointCount=1, paidMicroalgo=1_500_000_000, claimed=b"\x80" + bytes(63)
    )
    assert deposit_of(world).claimedUnits == 1_000_000
    assert money(world) == {"deposited": 3_000_000_000, "paid": 3_000_000_000, "owed": 0, "carried": 0}
    assert_sound(world)


def test_claim_success_years_later(world: World) -> None:
    """What a holder has not claimed stays that holder's; what others get meanwhile takes nothing of it."""
    deposited(world)
    world.send(deposit(world, 1_000_000))
    world.send(claim(world, world.holder_b.address, 2))
    world.clock.advance_to(world.clock.now() + YEARS_S)

    sent = world.send(claim(world, world.holder_a.address))

    assert pay_out(sent) == [(world.holder_a.address, 1_500_000_000)]
    assert_sound(world)


def test_claim_of_a_third_of_100_microalgo(world: World) -> None:
    """3 holders of 1 unit share 100 microALGO: 99 are paid, 1 is carried into the next deposit."""
    deposited(world, 100, (1, 1, 1))
    holders = (world.holder_a.address, world.holder_b.address, world.holder_c.address)

    sent = world.send(*(claim(world, holder) for holder in holders))

    assert pay_out(sent) == [(holder, 33) for holder in holders]
    assert money(world) == {"deposited": 100, "paid": 99, "owed": 0, "carried": 1}

    world.send(deposit(world, 2))
    sent = world.send(*(claim(world, holder, 2) for holder in holders))
    assert pay_out(sent) == [(holder, 1) for holder in holders]
    assert (deposit_of(world, 2).carriedInMicroalgo, deposit_of(world, 2).perUnitMicroalgo) == (1, 1)
    assert money(world) == {"deposited": 102, "paid": 102, "owed": 0, "carried": 0}
    assert_sound(world)


def test_claim_after_a_gift(world: World) -> None:
    """5 ALGO that no method asked for change no share, and no counter."""
    deposited(world)
    before = money(world)
    world.send(gift(world, 5_000_000))
    assert money(world) == before

    sent = world.send(claim(world, world.holder_a.address))

    assert pay_out(sent) == [(world.holder_a.address, 1_500_000_000)]
    assert_sound(world)


def test_claim_while_paused(world: World) -> None:
    deposited(world)
    world.send(pause(world))
    sent = world.send(claim(world, world.holder_b.address, sender=world.holder_b))
    expect_events(sent, claimed(world.holder_b.address, 300_000, 900_000_000))


def test_claim_for_the_vault(world: World) -> None:
    """The vault's own line is never paid: its share goes to the carry, and the next deposit shares it out."""
    open_for_revenue(world)
    closed_out(world, world.holder_a)
    world.send(sync(world, world.holder_a.address))
    epoch_id, end_ts = current_epoch(world)
    world.clock.advance_to(end_ts + 1)
    final_epoch(world, epoch_id)
    world.send(deposit(world, 1_000_000_000, epoch_id=epoch_id))
    before = world.balance(vault(world))

    sent = world.send(claim(world, vault(world)))

    assert sent.returns == (500_000_000,)
    expect_events(sent, claimed(vault(world), 500_000, 500_000_000, epoch_id=epoch_id))
    assert pay_out(sent) == []
    assert world.balance(vault(world)) == before
    assert money(world) == {
        "deposited": 1_000_000_000,
        "paid": 0,
        "owed": 500_000_000,
        "carried": 500_000_000,
    }
    assert line(world, vault(world)).paidMicroalgo == 0
    with world.refused(err.ALREADY_CLAIMED):
        world.send(claim(world, vault(world)))

    world.send(deposit(world, 500_000_000, epoch_id=epoch_id))
    sent = world.send(claim(world, world.holder_b.address, 2))
    assert pay_out(sent) == [(world.holder_b.address, 300_000_000)]
    assert_sound(world)


@pytest.mark.parametrize("deposit_id", [0, 2, 512, 513, MAX_UINT64])
def test_claim_invalid_deposit(world: World, deposit_id: int) -> None:
    deposited(world)
    with world.refused(err.INVALID_DEPOSIT):
        world.send(claim(world, world.holder_a.address, deposit_id))


def test_claim_already_claimed(world: World) -> None:
    deposited(world)
    world.send(claim(world, world.holder_a.address))
    with world.refused(err.ALREADY_CLAIMED):
        world.send(claim(world, world.holder_a.address))


def test_claim_already_claimed_in_the_same_group(world: World) -> None:
    deposited(world)
    with world.refused(err.ALREADY_CLAIMED):
        world.send(
            claim(world, world.holder_a.address),
            claim(world, world.holder_a.address, sender=world.holder_a),
        )


@pytest.mark.parametrize("index", [1, 2, 2**63])
def test_claim_wrong_checkpoint(world: World, index: int) -> None:
    """There is no such checkpoint. Those that exist are tried around the record date in `test_record_date`."""
    deposited(world)
    with world.refused(err.WRONG_CHECKPOINT):
        world.send(claim(world, world.holder_a.address, checkpoint=index))


def test_claim_nothing_to_claim(world: World) -> None:
    """An account that never held units."""
    deposited(world)
    with world.refused(err.NOTHING_TO_CLAIM):
        world.send(claim(world, world.outsider.address))


def test_claim_nothing_to_claim_after_a_transfer(world: World) -> None:
    """Claimed, then transferred to a new holder: they had no units at the record date."""
    deposited(world)
    new = world.consumer.address
    world.send(claim(world, world.holder_a.address))
    world.send(opt_in(world, world.consumer), transfer(world, world.holder_a, new, 500_000))

    with world.refused(err.NOTHING_TO_CLAIM):
        world.send(claim(world, new))
    with world.refused(err.ALREADY_CLAIMED):
        world.send(claim(world, world.holder_a.address, checkpoint=1))


def test_claim_before_the_transfer_is_the_givers(world: World) -> None:
    """Transferred before anybody claimed: the share stays with who held at the record date."""
    deposited(world)
    a, b = world.holder_a.address, world.holder_b.address
    world.send(transfer(world, world.holder_a, b, 500_000))

    sent = world.send(claim(world, a), claim(world, b))

    expect_events(sent, claimed(a, 500_000, 1_500_000_000), claimed(b, 300_000, 900_000_000))
    assert_sound(world)


def test_claim_not_opted_in(world: World) -> None:
    """A holder who cannot get the asset is told so by name; the share waits, and others get theirs."""
    open_for_revenue(world)
    final_epoch(world)
    asset_id = world.asset(world.treasury, world.operator, world.holder_b)
    world.send(opt_in_asset(world, asset_id))
    world.send(deposit(world, 1_000_000, asset_id=asset_id))
    with world.refused(err.NOT_OPTED_IN):
        world.send(claim(world, world.holder_a.address, asset_id=asset_id))
    sent = world.send(claim(world, world.holder_b.address, asset_id=asset_id))
    expect_events(sent, claimed(world.holder_b.address, 300_000, 300_000, asset_id=asset_id))
    assert_sound(world)
