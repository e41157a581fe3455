"""getInvoice: the latest revision of an invoice."""

from dataclasses import astuple

import pytest

from gridpact.contracts.ppa_client import GetInvoiceArgs
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import ALLOCATED_KWH, AMOUNT, DUE_TS, EPOCH_ID, PRICE_PER_KWH, Billed
from tests.contracts.ppa.expect import invoice_of
from tests.support.world import World


def get_invoice(world: World, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> list[object]:
    """The method's answer, by simulation."""
    arguments = GetInvoiceArgs(agreementId=agreement_id, epochId=epoch_id)
    (answer,) = world.simulate(world.ppa_calls.get_invoice(world.outsider.address, arguments)).returns
    assert isinstance(answer, list)
    return answer


def test_get_invoice_success(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    assert get_invoice(world) == [
        ALLOCATED_KWH,
        PRICE_PER_KWH,
        AMOUNT,
        0,
        world.buyer.address,
        world.treasury.address,
        billed.invoice.issuedTs,
        DUE_TS,
        cfg.INVOICE_ISSUED,
        1,
        *[0] * 12,
    ]


@pytest.mark.parametrize(("state", "status"), [("paid", cfg.INVOICE_PAID), ("voided", cfg.INVOICE_VOID)])
def test_get_invoice_success_of_a_closed_one(state: str, status: int, request: pytest.FixtureRequest) -> None:
    world, _ = request.getfixturevalue(state)

    answer = get_invoice(world)

    assert answer[8] == status
    assert answer == list(astuple(invoice_of(world)))


def test_get_invoice_invoice_not_found(unpaid: tuple[World, Billed]) -> None:
    world, _ = unpaid

    for agreement_id, epoch_id in ((2, EPOCH_ID), (1, 202603)):
        arguments = GetInvoiceArgs(agreementId=agreement_id, epochId=epoch_id)
        with world.refused(err.INVOICE_NOT_FOUND):
            world.send(world.ppa_calls.get_invoice(world.outsider.address, arguments))
