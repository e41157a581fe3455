"""endAgreement: later epochs are not billed; what was issued stays payable."""

from dataclasses import replace

import pytest

from gridpact.contracts.ppa_client import EndAgreementArgs
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    AMOUNT,
    STAKE_MICROALGO,
    allocate,
    create_agreement,
    end_agreement,
    final_epoch,
    pause,
    settle,
)
from tests.contracts.ppa.expect import agreement_of, invoice_of
from tests.contracts.ppa.states import issued_invoice
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_end_agreement_success(world: World) -> None:
    world.send(create_agreement(world))
    before = agreement_of(world)

    sent = world.send(end_agreement(world, 202612))

    assert agreement_of(world) == replace(before, lastEpoch=202612)
    expect_events(
        sent,
        (
            "AgreementEnded",
            {"agreementId": 1, "previousLastEpoch": 203012, "lastEpoch": 202612, "timestamp": ANY_TIME},
        ),
    )


def test_end_agreement_success_again_earlier(world: World) -> None:
    sent = world.send(create_agreement(world), end_agreement(world, 202612), end_agreement(world, 202611))

    assert agreement_of(world).lastEpoch == 202611
    assert [event.fields["previousLastEpoch"] for event in sent.events[1:]] == [203012, 202612]


def test_end_agreement_is_paused(world: World) -> None:
    world.send(create_agreement(world))
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(end_agreement(world, 202601))


def test_end_agreement_success_bills_up_to_the_last_epoch(world: World) -> None:
    world.send(*final_epoch(world, 202602), *final_epoch(world, 202603), create_agreement(world))
    world.send(end_agreement(world, 202602))

    world.send(allocate(world, epoch_id=202602))
    with world.refused(err.AGREEMENT_INACTIVE):
        world.send(allocate(world, epoch_id=202603))


def test_end_agreement_success_before_the_first_epoch_bills_nothing(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, firstEpoch=202602))
    world.send(end_agreement(world, 202601))

    with world.refused(err.AGREEMENT_INACTIVE):
        world.send(allocate(world))


def test_end_agreement_success_leaves_issued_invoices_payable(world: World) -> None:
    billed = issued_invoice(world)
    world.send(end_agreement(world, 202601))

    world.send(settle(world, billed))

    assert invoice_of(world).status == cfg.INVOICE_PAID
    assert world.balance(world.treasury.address) == STAKE_MICROALGO + AMOUNT


def test_end_agreement_not_operator(agreed: World) -> None:
    for caller in (agreed.outsider, agreed.admin, agreed.buyer):
        arguments = EndAgreementArgs(agreementId=1, lastEpoch=202612)
        with agreed.refused(err.NOT_OPERATOR):
            agreed.send(agreed.ppa_calls.end_agreement(caller.address, arguments))


def test_end_agreement_agreement_not_found(agreed: World) -> None:
    for unknown in (0, 2):
        with agreed.refused(err.AGREEMENT_NOT_FOUND):
            agreed.send(end_agreement(agreed, 202612, agreement_id=unknown))


@pytest.mark.parametrize("last_epoch", [202600, 202613, 199912, 203012, 203101])
def test_end_agreement_invalid_epoch(agreed: World, last_epoch: int) -> None:
    with agreed.refused(err.INVALID_EPOCH):
        agreed.send(end_agreement(agreed, last_epoch))
