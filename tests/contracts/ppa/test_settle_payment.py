"""settlePayment: one exact payment in ALGO settles one invoice."""

from dataclasses import replace

import pytest
from algokit_utils import AlgoAmount
from algosdk.logic import get_application_address

from gridpact.chain.call import fee
from gridpact.contracts.ppa_client import GetInvoiceArgs
from gridpact.production.boxes import PROJECT
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    AMOUNT,
    EPOCH_ID,
    SETTLE_PAYMENT,
    STAKE_MICROALGO,
    Billed,
    allocate,
    bare_settle,
    pause,
    payment,
    settle,
    transfer,
)
from tests.contracts.ppa.expect import (
    agreement_of,
    bill_of,
    counters,
    invoice_event,
    invoice_of,
    project_ledger,
    refused_by_ledger,
)
from tests.contracts.ppa.states import issued_invoice, void_invoice
from tests.support.events import expect_events, sent_at
from tests.support.world import World

NOT_A_PAYMENT = "transaction type is pay"
"""The message of the compiler's check of the transaction argument."""


def test_settle_payment_success(world: World) -> None:
    billed = issued_invoice(world)

    sent = world.send(settle(world, billed))

    assert invoice_of(world) == replace(
        billed.invoice, status=cfg.INVOICE_PAID, paidTs=sent_at(sent), paidRound=sent.round
    )
    agreement = agreement_of(world)
    assert (agreement.invoices, agreement.paidInvoices) == (1, 1)
    assert (agreement.invoicedAmount, agreement.paidAmount) == (AMOUNT, AMOUNT)
    assert counters(world) == {"agreements": 1, "allocated_kwh": 75_000, "issued": 0, "paid": 1, "void": 0}
    assert world.balance(world.treasury.address) == STAKE_MICROALGO + AMOUNT
    assert world.balance(world.buyer.address) == STAKE_MICROALGO - AMOUNT - 2_000
    expect_events(sent, invoice_event("InvoicePaid", billed, paidRound=sent.round))


def test_settle_payment_success_while_paused(world: World) -> None:
    billed = issued_invoice(world)
    pause(world, world.ppa)
    pause(world, world.receipt)

    world.send(settle(world, billed))

    assert invoice_of(world).status == cfg.INVOICE_PAID


def test_settle_payment_success_beside_other_transactions(world: World) -> None:
    billed = issued_invoice(world)
    other = payment(world, billed, receiver=world.outsider.address, amount=AlgoAmount.from_micro_algo(1), note=b"1")

    sent = world.send(other, settle(world, billed), replace(other, note=b"2"))

    assert invoice_of(world).status == cfg.INVOICE_PAID
    expect_events(sent, invoice_event("InvoicePaid", billed, paidRound=sent.round))


def test_settle_payment_success_of_a_second_revision(world: World) -> None:
    void_invoice(world)
    world.send(allocate(world, 50_000))
    second = bill_of(world)

    sent = world.send(settle(world, second))

    assert world.balance(world.treasury.address) == STAKE_MICROALGO + 6_000_000_000
    assert project_ledger(world).ppaWh == 50_000_000
    expect_events(sent, invoice_event("InvoicePaid", second, paidRound=sent.round))


def test_settle_payment_invoice_not_found(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    for agreement_id, epoch_id in ((2, EPOCH_ID), (1, 202603), (0, 0)):
        unknown = replace(billed, agreement_id=agreement_id, epoch_id=epoch_id)
        with world.refused(err.INVOICE_NOT_FOUND):
            world.send(settle(world, unknown))


def test_settle_payment_invoice_is_void(voided: tuple[World, Billed]) -> None:
    world, billed = voided

    with world.refused(err.INVOICE_IS_VOID):
        world.send(settle(world, billed))


def test_settle_payment_already_paid(paid: tuple[World, Billed]) -> None:
    world, billed = paid

    with world.refused(err.ALREADY_PAID):
        world.send(payment(world, billed, note=b"again"), bare_settle(world, billed))


def test_settle_payment_already_paid_in_the_same_group(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    with world.refused(err.ALREADY_PAID):
        world.send(
            settle(world, billed), payment(world, billed, note=b"again"), bare_settle(world, billed, note=b"again")
        )


def test_settle_payment_not_buyer(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    for caller in (world.outsider, world.operator, world.buyer_b, world.treasury):
        with world.refused(err.NOT_BUYER):
            world.send(payment(world, billed), bare_settle(world, billed, sender=caller.address))


def test_settle_payment_not_buyer_with_a_payment_of_his_own(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    outsider = world.outsider.address

    with world.refused(err.NOT_BUYER):
        world.send(payment(world, billed, sender=outsider), bare_settle(world, billed, sender=outsider))


def test_settle_payment_wrong_asset(unpaid_asset: tuple[World, Billed]) -> None:
    world, billed = unpaid_asset

    with world.refused(err.WRONG_ASSET):
        world.send(payment(world, billed), bare_settle(world, billed, method=SETTLE_PAYMENT))


def test_settle_payment_wrong_sender(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    for sender in (world.outsider, world.treasury):
        with world.refused(err.WRONG_SENDER):
            world.send(payment(world, billed, sender=sender.address), bare_settle(world, billed))


def test_settle_payment_wrong_receiver(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    others = (
        world.outsider.address,
        world.buyer.address,
        world.operator.address,
        PROJECT,
        get_application_address(world.ppa.app_id),
    )

    for receiver in others:
        with world.refused(err.WRONG_RECEIVER):
            world.send(payment(world, billed, receiver=receiver), bare_settle(world, billed))


@pytest.mark.parametrize(
    "microalgo",
    [
        pytest.param(AMOUNT - 1, id="minus-one"),
        pytest.param(AMOUNT + 1, id="plus-one"),
        pytest.param(0, id="zero"),
        pytest.param(AMOUNT * 2, id="twice"),
    ],
)
def test_settle_payment_wrong_amount(unpaid: tuple[World, Billed], microalgo: int) -> None:
    world, billed = unpaid

    with world.refused(err.WRONG_AMOUNT):
        world.send(payment(world, billed, amount=AlgoAmount.from_micro_algo(microalgo)), bare_settle(world, billed))


def test_settle_payment_close_not_allowed(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    # A closed account cannot pay a fee, so the payment pays both.
    for receiver in (world.treasury, world.outsider):
        with world.refused(err.CLOSE_NOT_ALLOWED):
            world.send(
                payment(world, billed, close_remainder_to=receiver.address, static_fee=fee(2)),
                bare_settle(world, billed, transactions_paid=0),
            )


def test_settle_payment_rekey_not_allowed(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    # Once the payment has rekeyed the buyer, the new key has to sign the call.
    with world.refused(err.REKEY_NOT_ALLOWED):
        world.send(
            payment(world, billed, rekey_to=world.outsider.address),
            bare_settle(world, billed, signer=world.outsider.signer),
        )


def test_settle_payment_with_one_payment_for_two_calls(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    with world.refused(NOT_A_PAYMENT):
        world.send(payment(world, billed), bare_settle(world, billed), bare_settle(world, billed, note=b"again"))


def test_settle_payment_with_a_transfer(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    asset_id = world.asset(world.outsider, world.buyer, world.treasury)

    with world.refused(NOT_A_PAYMENT):
        world.send(transfer(world, billed, asset_id=asset_id, amount=AMOUNT), bare_settle(world, billed))


def test_settle_payment_with_a_call_between(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    between = world.ppa_calls.get_invoice(world.buyer.address, GetInvoiceArgs(agreementId=1, epochId=EPOCH_ID))

    with world.refused(NOT_A_PAYMENT):
        world.send(payment(world, billed), between, bare_settle(world, billed))


def test_settle_payment_with_a_payment_between(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    between = payment(world, billed, receiver=world.outsider.address, note=b"between")

    with world.refused(err.WRONG_RECEIVER):
        world.send(payment(world, billed), between, bare_settle(world, billed))


def test_settle_payment_before_its_payment(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid

    # The argument is the transaction before the call, and before the first one there is none.
    with refused_by_ledger(world, "would result negative"):
        world.send(bare_settle(world, billed), payment(world, billed))


def test_settle_payment_before_its_payment_after_another(unpaid: tuple[World, Billed]) -> None:
    world, billed = unpaid
    other = payment(world, billed, sender=world.outsider.address, receiver=world.buyer.address)

    with world.refused(err.WRONG_SENDER):
        world.send(other, bare_settle(world, billed), payment(world, billed))
