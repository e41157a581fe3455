"""optInAsset: the vault may hold an asset, so that revenue can be deposited in it."""

import pytest

from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.calls import WRONG_DEPOSITS, opt_in_asset, overpaid, pause, with_wrong_payment
from tests.contracts.revenue_vault.expect import held, revenue_in, vault
from tests.contracts.revenue_vault.states import bootstrap
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

ASSET_MBR = 118_900


def test_opt_in_asset_success(world: World) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    floated = world.balance(vault(world))

    sent = world.send(opt_in_asset(world, asset_id))

    expect_events(sent, ("AssetOptedIn", {"assetId": asset_id, "timestamp": ANY_TIME}))
    assert revenue_in(world, asset_id) == {"deposited": 0, "paid": 0, "owed": 0, "carried": 0}
    assert held(world, vault(world), asset_id) == 0
    assert world.balance(vault(world)) - floated == ASSET_MBR


def test_opt_in_asset_pays_the_rest_back(world: World) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    floated = world.balance(vault(world))
    world.send(overpaid(opt_in_asset(world, asset_id), 7))
    assert world.balance(vault(world)) - floated == ASSET_MBR


def test_opt_in_asset_not_operator(world: World) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    for stranger in (world.admin, world.outsider):
        with world.refused(err.NOT_OPERATOR):
            world.send(opt_in_asset(world, asset_id, stranger))


def test_opt_in_asset_is_paused(world: World) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(opt_in_asset(world, asset_id))


def test_opt_in_asset_wrong_asset(world: World) -> None:
    """No asset, and the kW token, whose units are the book's."""
    bootstrap(world)
    for asset_id in (world.vault_calls.kw_token_id, world.vault_calls.kw_token_id + 1_000_000):
        with world.refused(err.WRONG_ASSET):
            world.send(opt_in_asset(world, asset_id))


def test_opt_in_asset_already_set(world: World) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    world.send(opt_in_asset(world, asset_id))
    with world.refused(err.ALREADY_SET):
        world.send(opt_in_asset(world, asset_id))


@pytest.mark.parametrize("fault", WRONG_DEPOSITS)
def test_opt_in_asset_mbr_not_paid(world: World, fault: str) -> None:
    bootstrap(world)
    asset_id = world.asset(world.outsider)
    with world.refused(err.MBR_NOT_PAID):
        world.send(with_wrong_payment(world, opt_in_asset(world, asset_id), fault))
