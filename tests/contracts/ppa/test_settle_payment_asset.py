"""settlePaymentAsset: one exact transfer of the invoice's asset settles one invoice."""

from dataclasses import replace

import pytest

from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    AMOUNT,
    EPOCH_ID,
    SETTLE_PAYMENT_ASSET,
    Billed,
    bare_settle,
    pause,
    payment,
    settle,
    transfer,
    void,
)
from tests.contracts.ppa.expect import agreement_of, counters, invoice_event, invoice_of, refused_by_ledger
from tests.contracts.ppa.states import asset_invoice, issued_invoice
from tests.support.events import expect_events, sent_at
from tests.support.world import World

NOT_A_TRANSFER = "transaction type is axfer"
"""The message of the compiler's check of the transaction argument."""
UNITS = 10**12
"""What each holder gets of a test's asset."""


def units_of(world: World, address: str, asset_id: int) -> int:
    """Base units of an asset that an account holds."""
    return world.algorand.asset.get_account_information(address, asset_id).balance


def test_settle_payment_asset_success(world: World) -> None:
    billed = asset_invoice(world)

    sent = world.send(settle(world, billed))

    assert invoice_of(world) == replace(
        billed.invoice, status=cfg.INVOICE_PAID, paidTs=sent_at(sent), paidRound=sent.round
    )
    assert agreement_of(world).paidAmount == AMOUNT
    assert counters(world) == {"agreements": 1, "allocated_kwh": 75_000, "issued": 0, "paid": 1, "void": 0}
    assert units_of(world, world.treasury.address, billed.invoice.assetId) == UNITS + AMOUNT
    assert units_of(world, world.buyer.address, billed.invoice.assetId) == UNITS - AMOUNT
    expect_events(sent, invoice_event("InvoicePaid", billed, paidRound=sent.round))


def test_settle_payment_asset_success_while_paused(world: World) -> None:
    billed = asset_invoice(world)
    pause(world, world.ppa)
    pause(world, world.receipt)

    world.send(settle(world, billed))

    assert invoice_of(world).status == cfg.INVOICE_PAID


def test_settle_payment_asset_invoice_not_found(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    for agreement_id, epoch_id in ((2, EPOCH_ID), (1, 202603), (0, 0)):
        with world.refused(err.INVOICE_NOT_FOUND):
            world.send(settle(world, replace(billed, agreement_id=agreement_id, epoch_id=epoch_id)))


def test_settle_payment_asset_invoice_is_void(world: World) -> None:
    billed = asset_invoice(world)
    world.send(void(world))

    with world.refused(err.INVOICE_IS_VOID):
        world.send(settle(world, billed))


def test_settle_payment_asset_already_paid(world: World) -> None:
    billed = asset_invoice(world)
    world.send(settle(world, billed))

    with world.refused(err.ALREADY_PAID):
        world.send(transfer(world, billed, note=b"again"), bare_settle(world, billed))


def test_settle_payment_asset_not_buyer(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    for caller in (world.outsider, world.operator, world.buyer_b, world.treasury):
        with world.refused(err.NOT_BUYER):
            world.send(transfer(world, billed), bare_settle(world, billed, sender=caller.address))


def test_settle_payment_asset_wrong_asset(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    asset_id = world.asset(world.outsider, world.buyer, world.treasury)

    with world.refused(err.WRONG_ASSET):
        world.send(transfer(world, billed, asset_id=asset_id), bare_settle(world, billed, method=SETTLE_PAYMENT_ASSET))


def test_settle_payment_asset_wrong_asset_that_looks_alike(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset
    look_alike = world.asset(world.outsider, world.buyer, world.treasury)

    with world.refused(err.WRONG_ASSET):
        world.send(transfer(world, billed, asset_id=look_alike), bare_settle(world, billed))


def test_settle_payment_asset_clawback_not_allowed(world: World) -> None:
    asset_id = world.asset(world.buyer, world.treasury, world.buyer_b)
    billed = issued_invoice(world, assetId=asset_id)

    # The buyer holds the asset's clawback: sender, receiver, amount and asset are right, the units another account's.
    with world.refused(err.CLAWBACK_NOT_ALLOWED):
        world.send(transfer(world, billed, clawback_target=world.buyer_b.address), bare_settle(world, billed))


def test_settle_payment_asset_wrong_sender(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    for sender in (world.buyer_b, world.treasury):
        with world.refused(err.WRONG_SENDER):
            world.send(transfer(world, billed, sender=sender.address), bare_settle(world, billed))


def test_settle_payment_asset_wrong_receiver(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    for receiver in (world.buyer_b, world.buyer, world.outsider):
        with world.refused(err.WRONG_RECEIVER):
            world.send(transfer(world, billed, receiver=receiver.address), bare_settle(world, billed))


@pytest.mark.parametrize(
    "units",
    [
        pytest.param(AMOUNT - 1, id="minus-one"),
        pytest.param(AMOUNT + 1, id="plus-one"),
        pytest.param(0, id="zero"),
        pytest.param(AMOUNT * 2, id="twice"),
    ],
)
def test_settle_payment_asset_wrong_amount(unpaid_asset: tuple[World, Billed], units: int) -> None:
    world, billed = unpaid_asset

    with world.refused(err.WRONG_AMOUNT):
        world.send(transfer(world, billed, amount=units), bare_settle(world, billed))


def test_settle_payment_asset_close_not_allowed(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    for receiver in (world.treasury, world.buyer_b):
        with world.refused(err.CLOSE_NOT_ALLOWED):
            world.send(transfer(world, billed, close_asset_to=receiver.address), bare_settle(world, billed))


def test_settle_payment_asset_rekey_not_allowed(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    # Once the transfer has rekeyed the buyer, the new key has to sign the call.
    with world.refused(err.REKEY_NOT_ALLOWED):
        world.send(
            transfer(world, billed, rekey_to=world.outsider.address),
            bare_settle(world, billed, signer=world.outsider.signer),
        )


def test_settle_payment_asset_with_one_transfer_for_two_calls(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    with world.refused(NOT_A_TRANSFER):
        world.send(transfer(world, billed), bare_settle(world, billed), bare_settle(world, billed, note=b"again"))


def test_settle_payment_asset_with_a_payment(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    with world.refused(NOT_A_TRANSFER):
        world.send(payment(world, billed), bare_settle(world, billed))


def test_settle_payment_asset_before_its_transfer(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    with refused_by_ledger(world, "would result negative"):
        world.send(bare_settle(world, billed), transfer(world, billed))


def test_settle_payment_asset_to_a_treasury_without_the_asset(world: World) -> None:
    billed = issued_invoice(world, assetId=world.asset(world.outsider, world.buyer))

    with refused_by_ledger(world, "must optin"):
        world.send(settle(world, billed))
