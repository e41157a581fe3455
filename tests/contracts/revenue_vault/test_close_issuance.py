from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import close_issuance, pause
from tests.contracts.revenue_vault.expect import assert_sound
from tests.contracts.revenue_vault.states import bootstrap, issued
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_close_issuance_success(world: World) -> None:
    issued(world)
    assert world.vault.state.global_state.supply_units == 0

    sent = world.send(close_issuance(world))

    expect_events(sent, ("IssuanceClosed", {"supplyUnits": 1_000_000, "timestamp": ANY_TIME}))
    assert world.vault.state.global_state.supply_units == 1_000_000
    assert_sound(world)


def test_close_issuance_not_operator(world: World) -> None:
    issued(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(close_issuance(world, sender=world.admin))


def test_close_issuance_is_paused(world: World) -> None:
    issued(world)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(close_issuance(world))


def test_close_issuance_issuance_is_closed(world: World) -> None:
    issued(world)
    world.send(close_issuance(world))
    with world.refused(err.ISSUANCE_IS_CLOSED):
        world.send(close_issuance(world))


def test_close_issuance_nothing_issued(world: World) -> None:
    call = close_issuance(world)
    with world.refused(err.NOTHING_ISSUED):
        world.send(call)


def test_close_issuance_nothing_issued_of_the_token(world: World) -> None:
    bootstrap(world)
    with world.refused(err.NOTHING_ISSUED):
        world.send(close_issuance(world))
