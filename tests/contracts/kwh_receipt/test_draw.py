"""draw is for apps: the tests call it through a proxy app that was set as the consumer."""

import pytest
from algokit_utils import CommonAppCallParams

from gridpact.chain.call import Call
from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import DrawArgs
from gridpact.production.boxes import PROJECT, ledger_box_name
from smart_contracts.interfaces.config import ALL_REMAINING, ANY_TOTAL
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt.calls import EPOCH, record_production, record_reading, restate
from tests.contracts.kwh_receipt.expect import assert_ledger, ledger
from tests.contracts.kwh_receipt.states import final_epoch, finalize, register_meter
from tests.contracts.kwh_receipt.test_set_consumer import set_consumer
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events
from tests.support.proxy import deploy_proxy, through
from tests.support.world import World, call_of

KWH_125K = 125_000
REFERENCE = 77


def draw_call(world: World, proxy_id: int, wh: int, total_kwh: int = ANY_TOTAL, producer: str = PROJECT) -> Call:
    direct = world.receipt.params.draw(
        args=DrawArgs(producer=producer, epochId=EPOCH, wh=wh, expectedTotalKwh=total_kwh, reference=REFERENCE),
        params=CommonAppCallParams(sender=world.outsider.address),
    )
    return through(proxy_id, direct, (ledger_box_name(producer, EPOCH),))


def draw(world: World, proxy_id: int, wh: int, total_kwh: int = ANY_TOTAL, producer: str = PROJECT) -> Sent:
    return world.send(draw_call(world, proxy_id, wh, total_kwh, producer))


@pytest.fixture
@checkpoint
def ppa_proxy(world: World) -> int:
    """A proxy that may draw as PPA."""
    return consumer_proxy(world, cfg.CONSUMER_PPA)


def consumer_proxy(world: World, consumer: int) -> int:
    proxy_id = deploy_proxy(world)
    set_consumer(world, consumer, proxy_id)
    return proxy_id


@pytest.mark.parametrize(
    ("consumer", "part"), [(cfg.CONSUMER_PPA, "ppaWh"), (cfg.CONSUMER_VAULT, "vaultWh")], ids=["ppa", "vault"]
)
def test_draw_success(world: World, consumer: int, part: str) -> None:
    final_epoch(world)
    sent = draw(world, consumer_proxy(world, consumer), 75_000_000, KWH_125K)

    assert sent.returns == (75_000_000,)
    expect_events(
        sent,
        (
            "EnergyDrawn",
            {
                "producer": PROJECT,
                "epochId": EPOCH,
                "consumer": consumer,
                "wh": 75_000_000,
                "remainingWh": 50_000_000,
                "reference": REFERENCE,
                "timestamp": ANY_TIME,
            },
        ),
    )
    finalized_ts = ledger(world)["finalizedTs"]
    expected = {"recordedWh": 125_000_000, "remainingWh": 50_000_000, "readings": 1, "finalizedTs": finalized_ts}
    assert_ledger(world, PROJECT, EPOCH, **expected, **{part: 75_000_000})


def test_draw_success_of_the_offer_book_from_an_open_ledger(world: World) -> None:
    prosumer = world.producer.address
    record_reading(world, register_meter(world, prosumer), prosumer, wh=7_000)
    draw(world, consumer_proxy(world, cfg.CONSUMER_OFFER_BOOK), 2_000, producer=prosumer)
    assert_ledger(world, prosumer, recordedWh=7_000, mintedWh=2_000, remainingWh=5_000, readings=1)


def test_draw_all_that_remains(world: World, ppa_proxy: int) -> None:
    final_epoch(world)
    assert draw(world, ppa_proxy, ALL_REMAINING).returns == (125_000_000,)
    assert draw(world, ppa_proxy, ALL_REMAINING).returns == (0,)


def test_draw_total_is_rounded_down_to_whole_kwh(world: World, ppa_proxy: int) -> None:
    meter_id = register_meter(world)
    record_reading(world, meter_id, wh=125_000_437)
    finalize(world, 125_000_437)
    draw(world, ppa_proxy, 1_000, KWH_125K)
    assert ledger(world)["remainingWh"] == 124_999_437


def test_draw_not_consumer(world: World, ppa_proxy: int) -> None:
    """A stranger's app."""
    final_epoch(world)
    call = draw_call(world, deploy_proxy(world), 1_000)
    with world.refused(err.NOT_CONSUMER):
        world.send(call)


@pytest.mark.parametrize("is_set", [False, True], ids=["unset", "set"])
def test_draw_not_consumer_from_outside(world: World, is_set: bool) -> None:
    """A call that no app makes has caller id 0, as an unset consumer has."""
    if is_set:
        consumer_proxy(world, cfg.CONSUMER_PPA)
    final_epoch(world)
    arguments = [PROJECT, EPOCH, 1_000, ANY_TOTAL, REFERENCE]
    with world.refused(err.NOT_CONSUMER):
        world.send(call_of(world.receipt, "draw", arguments, world.operator))


def test_draw_not_consumer_while_unset(world: World) -> None:
    final_epoch(world)
    call = draw_call(world, deploy_proxy(world), 1_000)
    with world.refused(err.NOT_CONSUMER):
        world.send(call)


def test_draw_is_paused(world: World, ppa_proxy: int) -> None:
    final_epoch(world)
    world.send(call_of(world.receipt, "pause", [], world.admin))
    with world.refused(err.IS_PAUSED):
        draw(world, ppa_proxy, 1_000)


def test_draw_invalid_address(world: World, ppa_proxy: int) -> None:
    """PPA draws from the project only."""
    prosumer = world.producer.address
    record_reading(world, register_meter(world, prosumer), prosumer, wh=7_000)
    with world.refused(err.INVALID_ADDRESS):
        draw(world, ppa_proxy, 1_000, producer=prosumer)


def test_draw_invalid_address_of_the_offer_book(world: World) -> None:
    """OfferBook never draws from the project."""
    final_epoch(world)
    proxy_id = consumer_proxy(world, cfg.CONSUMER_OFFER_BOOK)
    with world.refused(err.INVALID_ADDRESS):
        draw(world, proxy_id, 1_000)


def test_draw_epoch_not_found(world: World, ppa_proxy: int) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        draw(world, ppa_proxy, 1_000)


def test_draw_epoch_not_final(world: World, ppa_proxy: int) -> None:
    record_production(world)
    with world.refused(err.EPOCH_NOT_FINAL):
        draw(world, ppa_proxy, 1_000)


@pytest.mark.parametrize("total_kwh", [0, KWH_125K - 1, KWH_125K + 1, 125_000_000])
def test_draw_total_mismatch(world: World, ppa_proxy: int, total_kwh: int) -> None:
    final_epoch(world)
    with world.refused(err.TOTAL_MISMATCH):
        draw(world, ppa_proxy, 1_000, total_kwh)


def test_draw_ledger_in_deficit(world: World, ppa_proxy: int) -> None:
    """A restatement below the drawn total stops draws until the deficit is filled."""
    final_epoch(world, 100)
    draw(world, ppa_proxy, 80_000)
    restate(world, increase=False, wh=30_000)
    finalized_ts = ledger(world)["finalizedTs"]
    assert_ledger(world, recordedWh=70_000, deficitWh=10_000, ppaWh=80_000, readings=1, finalizedTs=finalized_ts)
    with world.refused(err.LEDGER_IN_DEFICIT):
        draw(world, ppa_proxy, 1)
    assert draw(world, ppa_proxy, ALL_REMAINING).returns == (0,)

    restate(world, revision=2, increase=True, wh=10_001)
    draw(world, ppa_proxy, 1)
    assert_ledger(world, recordedWh=80_001, ppaWh=80_001, readings=1, finalizedTs=finalized_ts)


def test_draw_nothing_for_the_vault(world: World) -> None:
    """What an epoch earned can be shared out without its energy, and while it is short of some."""
    final_epoch(world, 100)
    proxy_id = consumer_proxy(world, cfg.CONSUMER_VAULT)
    assert draw(world, proxy_id, 0).returns == (0,)
    draw(world, proxy_id, 80_000)
    restate(world, increase=False, wh=30_000)
    assert draw(world, proxy_id, 0).returns == (0,)


def test_draw_nothing_for_the_vault_epoch_not_final(world: World) -> None:
    record_production(world)
    proxy_id = consumer_proxy(world, cfg.CONSUMER_VAULT)
    with world.refused(err.EPOCH_NOT_FINAL):
        draw(world, proxy_id, 0)


def test_draw_invalid_amount(world: World, ppa_proxy: int) -> None:
    final_epoch(world)
    with world.refused(err.INVALID_AMOUNT):
        draw(world, ppa_proxy, 0)


@pytest.mark.parametrize("wh", [100_001, 2**64 - 2])
def test_draw_over_drawn(world: World, ppa_proxy: int, wh: int) -> None:
    final_epoch(world, 100)
    with world.refused(err.OVER_DRAWN):
        draw(world, ppa_proxy, wh)
