"""Settlements as the library builds them: one group, one note each, eight at once."""

import base64
from dataclasses import replace

from algokit_utils import PaymentParams
from algosdk.transaction import ApplicationCallTxn, PaymentTxn

from gridpact.billing.calls import payment_note
from gridpact.chain.call import Call
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    AMOUNT,
    STAKE_MICROALGO,
    allocate,
    bare_settle,
    create_agreement,
    final_epoch,
    payment,
    settle,
)
from tests.contracts.ppa.expect import bill_of, counters, invoice_event, invoice_of, refused_by_ledger
from tests.contracts.ppa.states import equal_invoices, issued_invoice
from tests.support.events import expect_events
from tests.support.world import World

EQUAL_AMOUNT = 120_000_000
"""microALGO of each of the equal invoices."""


def test_note_is_arc_2_json() -> None:
    assert payment_note(1, 202602) == b'gridpact:j{"agreement":1,"epoch":202602}'
    assert payment_note(2**64 - 1, 299912) == b'gridpact:j{"agreement":18446744073709551615,"epoch":299912}'


def test_settlement_is_payment_and_call(world: World) -> None:
    billed = issued_invoice(world)

    paying, settling = world.group(settle(world, billed)).unsigned()

    assert isinstance(paying, PaymentTxn)
    assert isinstance(settling, ApplicationCallTxn)
    assert (paying.sender, settling.sender) == (world.buyer.address, world.buyer.address)
    assert (paying.receiver, paying.amt) == (world.treasury.address, AMOUNT)
    assert (paying.fee, settling.fee) == (1_000, 1_000)
    assert paying.note == b'gridpact:j{"agreement":1,"epoch":202602}'
    assert settling.note is None


def test_settlement_note_is_on_chain(world: World) -> None:
    billed = issued_invoice(world)

    sent = world.send(settle(world, billed))

    note = base64.b64decode(sent.confirmations[0]["txn"]["txn"]["note"])
    assert note == b'gridpact:j{"agreement":1,"epoch":202602}'


def test_two_equal_invoices_in_one_group(world: World) -> None:
    first, second = equal_invoices(world, 2)

    sent = world.send(settle(world, first), settle(world, second))

    assert world.balance(world.treasury.address) == STAKE_MICROALGO + 2 * EQUAL_AMOUNT
    assert counters(world)["paid"] == 2
    expect_events(
        sent,
        invoice_event("InvoicePaid", first, paidRound=sent.round),
        invoice_event("InvoicePaid", second, paidRound=sent.round),
    )


def test_two_equal_invoices_without_notes(world: World) -> None:
    first, second = equal_invoices(world, 2)

    with refused_by_ledger(world, "already in ledger"):
        world.send(without_note(settle(world, first)), without_note(settle(world, second)))


def test_one_payment_for_two_equal_invoices(world: World) -> None:
    first, second = equal_invoices(world, 2)

    with world.refused("transaction type is pay"):
        world.send(payment(world, first), bare_settle(world, first), bare_settle(world, second))


def test_payments_of_two_invoices_swapped(world: World) -> None:
    world.send(
        *final_epoch(world),
        create_agreement(world, 1),
        create_agreement(world, 2),
        allocate(world, 1_000, agreement_id=1),
        allocate(world, 2_000, agreement_id=2),
    )
    first, second = bill_of(world, 1), bill_of(world, 2)

    with world.refused(err.WRONG_AMOUNT):
        world.send(payment(world, second), bare_settle(world, first), payment(world, first), bare_settle(world, second))


def test_eight_settlements_in_a_group_of_sixteen(world: World) -> None:
    invoices = equal_invoices(world, 8)

    sent = world.send(*(settle(world, billed) for billed in invoices))

    assert len(sent.tx_ids) == 16
    assert all(invoice_of(world, billed.agreement_id).status == cfg.INVOICE_PAID for billed in invoices)
    assert world.balance(world.treasury.address) == STAKE_MICROALGO + 8 * EQUAL_AMOUNT
    assert world.balance(world.buyer.address) == STAKE_MICROALGO - 8 * EQUAL_AMOUNT - 16_000
    assert counters(world) == {"agreements": 8, "allocated_kwh": 8_000, "issued": 0, "paid": 8, "void": 0}
    expect_events(sent, *(invoice_event("InvoicePaid", billed, paidRound=sent.round) for billed in invoices))


def test_eight_settlements_fail_together(world: World) -> None:
    invoices = equal_invoices(world, 8)
    world.send(settle(world, invoices[7]))

    with world.refused(err.ALREADY_PAID):
        world.send(*(settle(world, billed) for billed in invoices[:7]), settle(world, invoices[7]))


def without_note(call: Call) -> Call:
    """The same settlement, its payment without a note."""
    paying, *ids = call.params.args or []
    assert isinstance(paying, PaymentParams)
    return replace(call, params=replace(call.params, args=[replace(paying, note=None), *ids]))
