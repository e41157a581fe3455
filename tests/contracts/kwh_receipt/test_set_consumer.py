import pytest
from algokit_utils import SigningAccount
from algosdk.constants import ZERO_ADDRESS
from algosdk.logic import get_application_address

from gridpact.chain.sending import Sent
from gridpact.contracts.kwh_receipt_client import SetConsumerArgs
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.shared import errors as err
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events
from tests.support.proxy import deploy_proxy
from tests.support.world import World

CONSUMERS = (cfg.CONSUMER_PPA, cfg.CONSUMER_VAULT, cfg.CONSUMER_OFFER_BOOK)


def set_consumer(world: World, consumer: int, app_id: int, sender: SigningAccount | None = None) -> Sent:
    return world.send(
        world.receipt_calls.set_consumer(
            (sender or world.admin).address, SetConsumerArgs(consumer=consumer, appId=app_id)
        )
    )


@pytest.fixture
@checkpoint
def some_app(world: World) -> int:
    """An app of KWhReceipt's creator."""
    return deploy_proxy(world)


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_set_consumer_success(world: World, some_app: int, consumer: int) -> None:
    sent = set_consumer(world, consumer, some_app)
    expect_events(sent, ("ConsumerSet", {"consumer": consumer, "appId": some_app, "timestamp": ANY_TIME}))
    state = world.receipt.state.global_state
    ids = dict(zip(CONSUMERS, (state.ppa_app, state.vault_app, state.offer_book_app), strict=True))
    assert ids == dict.fromkeys(CONSUMERS, 0) | {consumer: some_app}
    addresses = {cfg.CONSUMER_PPA: state.ppa_address, cfg.CONSUMER_VAULT: state.vault_address}
    named = {key: str(get_application_address(some_app)) if key == consumer else ZERO_ADDRESS for key in addresses}
    assert addresses == named


def test_set_consumer_not_admin(world: World, some_app: int) -> None:
    with world.refused(err.NOT_ADMIN):
        set_consumer(world, cfg.CONSUMER_PPA, some_app, world.operator)


def test_set_consumer_invalid_app(world: World) -> None:
    with world.refused(err.INVALID_APP):
        set_consumer(world, cfg.CONSUMER_PPA, 0)


def test_set_consumer_invalid_app_to_come(world: World, some_app: int) -> None:
    """Whoever got this id could take all energy."""
    with world.refused(err.INVALID_APP):
        set_consumer(world, cfg.CONSUMER_PPA, some_app + 1_000)


def test_set_consumer_invalid_app_itself(world: World) -> None:
    with world.refused(err.INVALID_APP):
        set_consumer(world, cfg.CONSUMER_PPA, world.receipt.app_id)


def test_set_consumer_invalid_app_of_a_stranger(world: World) -> None:
    app_id = deploy_proxy(world, world.outsider)
    with world.refused(err.INVALID_APP):
        set_consumer(world, cfg.CONSUMER_PPA, app_id)


@pytest.mark.parametrize("consumer", [0, 4, 2**64 - 1])
def test_set_consumer_not_consumer(world: World, some_app: int, consumer: int) -> None:
    with world.refused(err.NOT_CONSUMER):
        set_consumer(world, consumer, some_app)


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_set_consumer_already_set(world: World, some_app: int, consumer: int) -> None:
    set_consumer(world, consumer, some_app)
    another = deploy_proxy(world)
    with world.refused(err.ALREADY_SET):
        set_consumer(world, consumer, another)


def test_set_consumer_already_set_as_another(world: World, some_app: int) -> None:
    set_consumer(world, cfg.CONSUMER_PPA, some_app)
    with world.refused(err.ALREADY_SET):
        set_consumer(world, cfg.CONSUMER_VAULT, some_app)
