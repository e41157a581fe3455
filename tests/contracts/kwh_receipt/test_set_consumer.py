import pytest
from algokit_utils import SigningAccount

from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import SetConsumerArgs
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

SOME_APP = 4711
CONSUMERS = (cfg.CONSUMER_PPA, cfg.CONSUMER_VAULT, cfg.CONSUMER_OFFER_BOOK)


def set_consumer(world: World, consumer: int, app_id: int, sender: SigningAccount | None = None) -> Sent:
    return world.send(
        world.receipt_calls.set_consumer(
            (sender or world.admin).address, SetConsumerArgs(consumer=consumer, appId=app_id)
        )
    )


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_set_consumer_success(world: World, consumer: int) -> None:
    sent = set_consumer(world, consumer, SOME_APP)
    expect_events(sent, ("ConsumerSet", {"consumer": consumer, "appId": SOME_APP, "timestamp": ANY_TIME}))
    state = world.receipt.state.global_state
    ids = dict(zip(CONSUMERS, (state.ppa_app, state.vault_app, state.offer_book_app), strict=True))
    assert ids == dict.fromkeys(CONSUMERS, 0) | {consumer: SOME_APP}


def test_set_consumer_not_admin(world: World) -> None:
    with world.refused(err.NOT_ADMIN):
        set_consumer(world, cfg.CONSUMER_PPA, SOME_APP, world.operator)


def test_set_consumer_invalid_app(world: World) -> None:
    with world.refused(err.INVALID_APP):
        set_consumer(world, cfg.CONSUMER_PPA, 0)


@pytest.mark.parametrize("consumer", [0, 4, 2**64 - 1])
def test_set_consumer_not_consumer(world: World, consumer: int) -> None:
    with world.refused(err.NOT_CONSUMER):
        set_consumer(world, consumer, SOME_APP)


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_set_consumer_already_set(world: World, consumer: int) -> None:
    set_consumer(world, consumer, SOME_APP)
    with world.refused(err.ALREADY_SET):
        set_consumer(world, consumer, SOME_APP + 1)


def test_set_consumer_already_set_as_another(world: World) -> None:
    set_consumer(world, cfg.CONSUMER_PPA, SOME_APP)
    with world.refused(err.ALREADY_SET):
        set_consumer(world, cfg.CONSUMER_VAULT, SOME_APP)
