"""giveBack is for PPA and RevenueVault: the tests call it through a proxy app that was set as the consumer."""

import pytest
from algokit_utils import CommonAppCallParams

from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import GiveBackArgs
from gridpact.production.boxes import PROJECT, ledger_box_name
from smart_contracts.interfaces.config import ALL_REMAINING
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, restate
from tests.contracts.kwh_receipt.expect import assert_ledger, ledger
from tests.contracts.kwh_receipt.states import final_epoch
from tests.contracts.kwh_receipt.test_draw import REFERENCE, consumer_proxy, draw
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events
from tests.support.proxy import deploy_proxy, through
from tests.support.world import World, call_of


def give_back(world: World, proxy_id: int, wh: int) -> Sent:
    direct = world.receipt.params.give_back(
        args=GiveBackArgs(epochId=EPOCH, wh=wh, reference=REFERENCE),
        params=CommonAppCallParams(sender=world.outsider.address),
    )
    return world.send(through(proxy_id, direct, (ledger_box_name(PROJECT, EPOCH),)))


@pytest.fixture
@checkpoint
def ppa_proxy(world: World) -> int:
    """A proxy that may draw as PPA, and drew 80 of 100 kWh."""
    final_epoch(world, 100)
    proxy_id = consumer_proxy(world, cfg.CONSUMER_PPA)
    draw(world, proxy_id, 80_000)
    return proxy_id


def test_give_back_success(world: World, ppa_proxy: int) -> None:
    sent = give_back(world, ppa_proxy, 30_000)
    expect_events(
        sent,
        (
            "EnergyReturned",
            {
                "producer": PROJECT,
                "epochId": EPOCH,
                "consumer": cfg.CONSUMER_PPA,
                "wh": 30_000,
                "remainingWh": 50_000,
                "reference": REFERENCE,
                "timestamp": ANY_TIME,
            },
        ),
    )
    finalized_ts = ledger(world)["finalizedTs"]
    assert_ledger(world, recordedWh=100_000, ppaWh=50_000, remainingWh=50_000, readings=1, finalizedTs=finalized_ts)


def test_give_back_success_of_the_vault(world: World) -> None:
    """What a deposit drew can be allocated after all."""
    final_epoch(world, 100)
    proxy_id = consumer_proxy(world, cfg.CONSUMER_VAULT)
    draw(world, proxy_id, ALL_REMAINING)
    give_back(world, proxy_id, 30_000)
    finalized_ts = ledger(world)["finalizedTs"]
    assert_ledger(world, recordedWh=100_000, vaultWh=70_000, remainingWh=30_000, readings=1, finalizedTs=finalized_ts)


def test_give_back_fills_the_deficit_first(world: World, ppa_proxy: int) -> None:
    restate(world, increase=False, wh=30_000)
    give_back(world, ppa_proxy, 15_000)
    finalized_ts = ledger(world)["finalizedTs"]
    assert_ledger(world, recordedWh=70_000, ppaWh=65_000, remainingWh=5_000, readings=1, finalizedTs=finalized_ts)


def test_give_back_while_paused(world: World, ppa_proxy: int) -> None:
    world.send(call_of(world.receipt, "pause", [], world.admin))
    give_back(world, ppa_proxy, 80_000)
    assert ledger(world)["ppaWh"] == 0


@pytest.mark.parametrize("consumer", [None, cfg.CONSUMER_OFFER_BOOK])
def test_give_back_not_consumer(world: World, ppa_proxy: int, consumer: int | None) -> None:
    proxy_id = deploy_proxy(world) if consumer is None else consumer_proxy(world, consumer)
    with world.refused(err.NOT_CONSUMER):
        give_back(world, proxy_id, 1)


def test_give_back_epoch_not_found(world: World) -> None:
    proxy_id = consumer_proxy(world, cfg.CONSUMER_PPA)
    with world.refused(err.EPOCH_NOT_FOUND):
        give_back(world, proxy_id, 1)


def test_give_back_invalid_amount(world: World, ppa_proxy: int) -> None:
    with world.refused(err.INVALID_AMOUNT):
        give_back(world, ppa_proxy, 0)


def test_give_back_over_drawn(world: World, ppa_proxy: int) -> None:
    with world.refused(err.OVER_DRAWN):
        give_back(world, ppa_proxy, 80_001)


def test_give_back_over_drawn_by_another_consumer(world: World, ppa_proxy: int) -> None:
    """The vault cannot return what PPA drew."""
    vault_proxy = consumer_proxy(world, cfg.CONSUMER_VAULT)
    draw(world, vault_proxy, 10_000)
    with world.refused(err.OVER_DRAWN):
        give_back(world, vault_proxy, 10_001)
