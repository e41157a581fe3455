"""withdrawSurplus: the admin takes what no deposit needs."""

from algokit_utils import AlgoAmount, PaymentParams

from gridpact.chain.call import fee
from gridpact.chain.node import as_dict
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import MAX_UINT64, buy, sell, withdraw
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def spare(world: World) -> int:
    """The book's microALGO beyond its minimum balance."""
    account = as_dict(world.algorand.client.algod.account_info(world.book.app_address))
    return int(account["amount"] - account["min-balance"])


def test_withdraw_surplus_success(world: World, producer: None) -> None:
    world.send(
        sell(world),
        buy(world),
        PaymentParams(
            sender=world.outsider.address,
            receiver=world.book.app_address,
            amount=AlgoAmount.from_micro_algo(12_345),
            static_fee=fee(1),
        ),
    )
    before, own = spare(world), world.balance(world.admin.address)

    sent = world.send(withdraw(world, before - 1))

    expect_events(
        sent,
        (
            "SurplusWithdrawn",
            {"admin": world.admin.address, "amountMicroalgo": before - 1, "timestamp": ANY_TIME},
        ),
    )
    assert spare(world) == 1
    assert world.balance(world.admin.address) - own == before - 1 - 2_000


def test_withdraw_surplus_success_of_all(world: World, producer: None) -> None:
    world.send(sell(world))
    world.send(withdraw(world, spare(world)))
    assert spare(world) == 0


def test_withdraw_surplus_not_admin(world: World) -> None:
    for stranger in (world.operator, world.outsider, world.creator):
        with world.refused(err.NOT_ADMIN):
            world.send(withdraw(world, 1, stranger))


def test_withdraw_surplus_invalid_amount(world: World) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(withdraw(world, 0))


def test_withdraw_surplus_over_surplus(world: World, producer: None) -> None:
    """Deposits stay: not one microALGO below the minimum balance."""
    world.send(sell(world), buy(world))
    for microalgo in (spare(world) + 1, world.balance(world.book.app_address), MAX_UINT64):
        with world.refused(err.OVER_SURPLUS):
            world.send(withdraw(world, microalgo))
