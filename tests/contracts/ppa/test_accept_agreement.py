import pytest

from gridpact.contracts.ppa_client import AcceptAgreementArgs
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import create_agreement, hash_of, pause, terms
from tests.contracts.ppa.expect import agreement_of
from tests.contracts.ppa.states import accept
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World


@pytest.mark.parametrize("required", [False, True], ids=["optional", "required"])
def test_accept_agreement_success(world: World, required: bool) -> None:
    """The hash is of what `getAgreement` shows; pause does not stop it."""
    world.send(create_agreement(world, requiresAcceptance=required))
    pause(world, world.ppa)
    sent = world.send(accept(world))
    expected = hash_of(terms(world, requiresAcceptance=required))
    expect_events(
        sent,
        (
            "AgreementAccepted",
            {"agreementId": 1, "buyer": world.buyer.address, "termsHash": expected, "timestamp": ANY_TIME},
        ),
    )
    assert agreement_of(world).acceptedTs == sent_at(sent)


def test_accept_agreement_agreement_not_found(world: World) -> None:
    world.send(create_agreement(world))
    call = world.ppa_calls.accept_agreement(
        world.buyer.address, AcceptAgreementArgs(agreementId=2, termsHash=bytes(32))
    )
    with world.refused(err.AGREEMENT_NOT_FOUND):
        world.send(call)


def test_accept_agreement_not_buyer(world: World) -> None:
    world.send(create_agreement(world))
    for caller in (world.operator, world.treasury, world.buyer_b):
        with world.refused(err.NOT_BUYER):
            world.send(accept(world, sender=caller.address))


def test_accept_agreement_already_set(world: World) -> None:
    world.send(create_agreement(world))
    world.send(accept(world))
    world.clock.tick()
    with world.refused(err.ALREADY_SET):
        world.send(accept(world))


def test_accept_agreement_terms_mismatch(world: World) -> None:
    """What the buyer has read is not what stands there."""
    world.send(create_agreement(world))
    read = hash_of(terms(world, pricePerKwh=1))
    with world.refused(err.TERMS_MISMATCH):
        world.send(accept(world, terms_hash=read))
