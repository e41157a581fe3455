"""Corrections of paid invoices, and charges on top of them."""

from dataclasses import replace
from typing import Any

import pytest
from algokit_utils import AlgoAmount, AppCallMethodCallParams, AssetTransferParams, BoxReference, PaymentParams

from gridpact.billing.boxes import invoice_box_name, note_box_name
from gridpact.billing.calls import note_payment_note
from gridpact.chain.call import Call, fee
from gridpact.chain.sending import Sent
from gridpact.contracts.ppa_client import GetNoteArgs, Note
from gridpact.epochs import epoch_start_ts
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    ALLOCATED_KWH,
    AMOUNT,
    CREDIT_KWH,
    DUE_TS,
    EPOCH_ID,
    NEXT_EPOCH_ID,
    PRICE_PER_KWH,
    REASON_HASH,
    TOTAL_KWH,
    WithoutTransaction,
    allocate,
    apply_credit,
    create_agreement,
    final_epoch,
    interest,
    note,
    pause,
    release_credit,
    restate,
    settle,
    void,
    void_note,
)
from tests.contracts.ppa.expect import (
    agreement_of,
    bill_of,
    energy_drawn,
    invoice_event,
    invoice_of,
    note_of,
    project_ledger,
)
from tests.contracts.ppa.states import (
    asset_invoice,
    credited_invoice,
    issued_invoice,
    next_invoice,
    paid_invoice,
    settle_note,
)
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, Expected, expect_events, sent_at
from tests.support.world import World, call_of

CREDIT_AMOUNT = CREDIT_KWH * PRICE_PER_KWH
MAX_UINT64 = 2**64 - 1


def energy_returned(wh: int, remaining_wh: int) -> Expected:
    return (
        "EnergyReturned",
        {
            "producer": "A" * 52 + "Y5HFKQ",
            "epochId": EPOCH_ID,
            "consumer": receipt_cfg.CONSUMER_PPA,
            "wh": wh,
            "remainingWh": remaining_wh,
            "reference": 1,
            "timestamp": ANY_TIME,
        },
    )


def note_issued(world: World, kind: int, kwh: int, amount: int, *, number: int = 1, asset_id: int = 0) -> Expected:
    payer, payee = world.buyer.address, world.treasury.address
    if kind == cfg.NOTE_CREDIT:
        payer, payee = payee, payer
    return (
        "NoteIssued",
        {
            "agreementId": 1,
            "epochId": EPOCH_ID,
            "note": number,
            "kind": kind,
            "kwh": kwh,
            "amount": amount,
            "assetId": asset_id,
            "payer": payer,
            "payee": payee,
            "reasonHash": bytes(32) if kind == cfg.NOTE_INTEREST else REASON_HASH,
            "timestamp": ANY_TIME,
        },
    )


def owed(world: World) -> tuple[int, int]:
    """Credited and charged under agreement 1, from its box."""
    agreement = agreement_of(world)
    return agreement.creditedAmount, agreement.debitedAmount


# --- issueNote --------------------------------------------------------------------------------------------------------


def test_issue_note_success(world: World) -> None:
    """A credit gives its energy back to the month, at the invoice's price."""
    paid_invoice(world)
    sent = world.send(note(world, cfg.NOTE_CREDIT, CREDIT_KWH))

    assert sent.returns == (1,)
    expect_events(
        sent,
        energy_returned(CREDIT_KWH * 1_000, 50_530_000),
        note_issued(world, cfg.NOTE_CREDIT, CREDIT_KWH, CREDIT_AMOUNT),
    )
    assert note_of(world) == Note(
        kind=cfg.NOTE_CREDIT,
        kwh=CREDIT_KWH,
        amount=CREDIT_AMOUNT,
        status=cfg.NOTE_OPEN,
        reasonHash=REASON_HASH,
        issuedTs=sent_at(sent),
        settledTs=0,
        settledRound=0,
        appliedEpoch=0,
    )
    invoice = invoice_of(world)
    assert (invoice.notes, invoice.creditedKwh, invoice.creditedAmount) == (1, CREDIT_KWH, CREDIT_AMOUNT)
    assert (invoice.kwh, invoice.amount, invoice.status) == (ALLOCATED_KWH, AMOUNT, cfg.INVOICE_PAID)
    assert agreement_of(world).allocatedKwh == ALLOCATED_KWH - CREDIT_KWH
    assert world.ppa.state.global_state.allocated_kwh == ALLOCATED_KWH - CREDIT_KWH
    assert owed(world) == (CREDIT_AMOUNT, 0)
    ledger = project_ledger(world)
    assert (ledger.ppaWh, ledger.remainingWh) == (74_470_000, 50_530_000)


def test_issue_note_success_of_a_debit(world: World) -> None:
    paid_invoice(world)
    sent = world.send(note(world, cfg.NOTE_DEBIT, 1_000))
    expect_events(
        sent,
        energy_drawn(1_000_000, 49_000_000),
        note_issued(world, cfg.NOTE_DEBIT, 1_000, 120_000_000),
    )
    invoice = invoice_of(world)
    assert (invoice.debitedKwh, invoice.debitedAmount) == (1_000, 120_000_000)
    assert owed(world) == (0, 120_000_000)
    assert agreement_of(world).allocatedKwh == ALLOCATED_KWH + 1_000


def test_issue_note_success_of_a_shortfall(world: World) -> None:
    """It bills energy that was not taken; none moves."""
    world.send(settle(world, issued_invoice(world, minimumKwh=80_000)))
    before = project_ledger(world)
    sent = world.send(note(world, cfg.NOTE_SHORTFALL, 5_000))
    expect_events(sent, note_issued(world, cfg.NOTE_SHORTFALL, 5_000, 600_000_000))
    assert project_ledger(world) == before
    assert invoice_of(world).billedShortfallKwh == 5_000


def test_issue_note_success_of_the_whole_invoice_in_two(world: World) -> None:
    """Two credits take all of it back."""
    paid_invoice(world)
    world.send(note(world, cfg.NOTE_CREDIT, 70_000), note(world, cfg.NOTE_CREDIT, 5_000, number=2))
    assert project_ledger(world).remainingWh == TOTAL_KWH * 1_000
    assert owed(world) == (AMOUNT, 0)
    with world.refused(err.OVER_CREDITED):
        world.send(note(world, cfg.NOTE_CREDIT, 1, number=3))


def test_issue_note_success_cures_a_deficit(world: World) -> None:
    """Exactly: what a restatement took away, the credit gives back, and draws go on."""
    paid_invoice(world)
    world.send(restate(world, increase=False, kwh=60_000))
    assert project_ledger(world).deficitWh == 10_000_000
    sent = world.send(note(world, cfg.NOTE_CREDIT, 10_000))
    expect_events(sent, energy_returned(10_000_000, 0), note_issued(world, cfg.NOTE_CREDIT, 10_000, 1_200_000_000))
    ledger = project_ledger(world)
    assert (ledger.deficitWh, ledger.ppaWh, ledger.remainingWh) == (0, 65_000_000, 0)


def test_issue_note_not_operator(world: World) -> None:
    paid_invoice(world)
    for caller in (world.buyer, world.treasury, world.admin):
        with world.refused(err.NOT_OPERATOR):
            world.send(note(world, cfg.NOTE_CREDIT, 1, sender=caller.address))


def test_issue_note_is_paused(world: World) -> None:
    paid_invoice(world)
    pause(world, world.receipt)
    with world.refused(err.IS_PAUSED):
        world.send(note(world, cfg.NOTE_DEBIT, 1))
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(note(world, cfg.NOTE_CREDIT, 1))


def test_issue_note_invoice_not_found(world: World) -> None:
    paid_invoice(world)
    with world.refused(err.INVOICE_NOT_FOUND):
        world.send(note(world, cfg.NOTE_CREDIT, 1, epoch_id=NEXT_EPOCH_ID))


def test_issue_note_not_paid(world: World) -> None:
    """What is not paid is voided and issued again."""
    issued_invoice(world)
    for _ in range(2):
        with world.refused(err.NOT_PAID):
            world.send(note(world, cfg.NOTE_CREDIT, 1))
        if invoice_of(world).status == cfg.INVOICE_ISSUED:
            world.send(void(world))


@pytest.mark.parametrize("kind", [0, cfg.NOTE_INTEREST, 5, MAX_UINT64])
def test_issue_note_invalid_kind(world: World, kind: int) -> None:
    paid_invoice(world)
    with world.refused(err.INVALID_KIND):
        world.send(note(world, kind, 1))


@pytest.mark.parametrize("kind", [cfg.NOTE_CREDIT, cfg.NOTE_DEBIT, cfg.NOTE_SHORTFALL])
def test_issue_note_invalid_amount(world: World, kind: int) -> None:
    paid_invoice(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(note(world, kind, 0))


@pytest.mark.parametrize("kwh", [cfg.MAX_LEDGER_KWH + 1, MAX_UINT64])
def test_issue_note_amount_too_large(world: World, kwh: int) -> None:
    paid_invoice(world)
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(note(world, cfg.NOTE_DEBIT, kwh))


def test_issue_note_amount_too_large_in_base_units(world: World) -> None:
    """One note, or the agreement's sum of charges."""
    world.send(*final_epoch(world), create_agreement(world, pricePerKwh=2**34))
    world.send(allocate(world, 1))
    world.send(settle(world, bill_of(world)))
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(note(world, cfg.NOTE_DEBIT, 2**30))


@pytest.mark.parametrize("kwh", [ALLOCATED_KWH + 1, cfg.MAX_LEDGER_KWH])
def test_issue_note_over_credited(world: World, kwh: int) -> None:
    paid_invoice(world)
    with world.refused(err.OVER_CREDITED):
        world.send(note(world, cfg.NOTE_CREDIT, kwh))


def test_issue_note_over_cap(world: World) -> None:
    """With the debit, and without what was credited."""
    world.send(settle(world, issued_invoice(world, capKwh=75_100)))
    with world.refused(err.OVER_CAP):
        world.send(note(world, cfg.NOTE_DEBIT, 101))
    world.send(note(world, cfg.NOTE_DEBIT, 100), note(world, cfg.NOTE_CREDIT, 50, number=2))
    with world.refused(err.OVER_CAP):
        world.send(note(world, cfg.NOTE_DEBIT, 51, number=3))
    world.send(note(world, cfg.NOTE_DEBIT, 50, number=3))


def test_issue_note_over_shortfall(world: World) -> None:
    world.send(settle(world, issued_invoice(world, minimumKwh=80_000)))
    world.send(note(world, cfg.NOTE_SHORTFALL, 3_000))
    with world.refused(err.OVER_SHORTFALL):
        world.send(note(world, cfg.NOTE_SHORTFALL, 2_001, number=2))


def test_issue_note_ledger_in_deficit(world: World) -> None:
    """Nothing is drawn from a month that is short of energy."""
    paid_invoice(world)
    world.send(restate(world, increase=False, kwh=60_000))
    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(note(world, cfg.NOTE_DEBIT, 1))


def test_issue_note_over_drawn(world: World) -> None:
    paid_invoice(world)
    with world.refused(err.OVER_DRAWN):
        world.send(note(world, cfg.NOTE_DEBIT, 50_001))


# --- issueInterest ----------------------------------------------------------------------------------------------------


@checkpoint
def due_invoice(world: World, bps: int, epoch_id: int, due_day: int) -> None:
    """An unpaid invoice of a month to come, which the clock then goes on to."""
    month = epoch_id % 100
    after = epoch_id + 1 if month < 12 else epoch_id + 89
    world.clock.advance_to(epoch_start_ts(after) + 60)
    changes = {"lateInterestBps": bps, "dueDay": due_day, "firstEpoch": epoch_id}
    world.send(*final_epoch(world, epoch_id), create_agreement(world, **changes), allocate(world, epoch_id=epoch_id))


def late_invoice(world: World, days: int, *, bps: int = 800, epoch_id: int = 202701, due_day: int = 15) -> int:
    """An invoice that is paid so many days after its due day; what is due is 9,000 ALGO."""
    due_invoice(world, bps, epoch_id, due_day)
    billed = bill_of(world, 1, epoch_id)
    # The clock that the settlement sees is the block's before it.
    world.clock.advance_to(billed.invoice.dueTs + (days * 86_400 if days else 0))
    world.send(settle(world, billed))
    return epoch_id


def test_issue_interest_success(world: World) -> None:
    """26 days late at 8 % a year: 51.287671 ALGO on 9,000. Anybody may charge it, and pays for the box."""
    epoch_id = late_invoice(world, 26)
    pause(world, world.ppa)
    sent = world.send(interest(world, epoch_id=epoch_id))
    assert sent.returns == (1,)
    name, fields = note_issued(world, cfg.NOTE_INTEREST, 0, 51_287_671)
    expect_events(sent, (name, {**fields, "epochId": epoch_id}))
    invoice = invoice_of(world, 1, epoch_id)
    assert (invoice.interestNote, invoice.debitedAmount) == (1, 51_287_671)
    world.send(settle_note(world, epoch_id=epoch_id))
    assert note_of(world, 1, 1, epoch_id).status == cfg.NOTE_SETTLED


def test_issue_interest_success_of_one_day(world: World) -> None:
    """The second after the due day is one day late."""
    due_invoice(world, 800, 202701, 15)
    billed = bill_of(world, 1, 202701)
    world.clock.advance_to(billed.invoice.dueTs + 1)
    world.send(settle(world, billed))
    sent = world.send(interest(world, epoch_id=202701))
    assert sent.events[0].number("amount") == AMOUNT * 800 // 3_650_000


def test_issue_interest_success_across_a_leap_day(world: World) -> None:
    """From February 15 to March 15, 2028 there are 29 days; the year has 365 for all that."""
    epoch_id = late_invoice(world, 29, epoch_id=202801)
    sent = world.send(interest(world, epoch_id=epoch_id))
    assert sent.events[0].number("amount") == AMOUNT * 800 * 29 // 3_650_000


def test_issue_interest_invoice_not_found(world: World) -> None:
    paid_invoice(world)
    with world.refused(err.INVOICE_NOT_FOUND):
        world.send(interest(world, epoch_id=NEXT_EPOCH_ID))


def test_issue_interest_not_paid(world: World) -> None:
    issued_invoice(world, lateInterestBps=800)
    with world.refused(err.NOT_PAID):
        world.send(interest(world))


def test_issue_interest_already_set(world: World) -> None:
    """Once: waived interest is not charged again."""
    epoch_id = late_invoice(world, 1)
    world.send(interest(world, epoch_id=epoch_id))
    with world.refused(err.ALREADY_SET):
        world.send(interest(world, number=2, epoch_id=epoch_id))


def test_issue_interest_not_late(world: World) -> None:
    """0 days: paid in the last second of the due day."""
    epoch_id = late_invoice(world, 0)
    assert invoice_of(world, 1, epoch_id).paidTs == invoice_of(world, 1, epoch_id).dueTs
    with world.refused(err.NOT_LATE):
        world.send(interest(world, epoch_id=epoch_id))


def test_issue_interest_not_late_where_none_is_agreed(world: World) -> None:
    epoch_id = late_invoice(world, 26, bps=0)
    with world.refused(err.NOT_LATE):
        world.send(interest(world, epoch_id=epoch_id))


def test_issue_interest_amount_too_large(world: World) -> None:
    """The sum of charges is at its bound."""
    epoch_id = 202701
    world.clock.advance_to(epoch_start_ts(202702) + 60)
    asset_id = world.asset(world.outsider, world.buyer, world.treasury, total=MAX_UINT64, units=2**62)
    price = 2**62 // 1_000
    changes = {"lateInterestBps": 10_000, "pricePerKwh": price, "assetId": asset_id, "firstEpoch": epoch_id}
    world.send(*final_epoch(world, epoch_id), create_agreement(world, **changes))
    world.send(allocate(world, 1_000, epoch_id=epoch_id))
    billed = bill_of(world, 1, epoch_id)
    world.clock.advance_to(billed.invoice.dueTs + 366 * 86_400)
    world.send(settle(world, billed))
    for number in (1, 2, 3):
        world.send(note(world, cfg.NOTE_DEBIT, 1_000, number=number, epoch_id=epoch_id))
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(interest(world, number=4, epoch_id=epoch_id))


@pytest.mark.parametrize("change", [-1, 1])
def test_issue_interest_mbr_not_paid(world: World, change: int) -> None:
    epoch_id = late_invoice(world, 26)
    call = interest(world, epoch_id=epoch_id)
    deposit, *rest = call.params.args or []
    assert isinstance(deposit, PaymentParams)
    amount = AlgoAmount.from_micro_algo(deposit.amount.micro_algo + change)
    spoiled = replace(call, params=replace(call.params, args=[replace(deposit, amount=amount), *rest]))
    world.send(
        PaymentParams(
            sender=world.operator.address,
            receiver=world.ppa.app_address,
            amount=AlgoAmount.from_algo(1),
            static_fee=fee(1),
        )
    )
    with world.refused(err.MBR_NOT_PAID):
        world.send(spoiled)


def test_issue_interest_mbr_success(world: World) -> None:
    assert world.simulate(call_of(world.ppa, "issueInterestMbr", [], world.outsider)).returns == (
        cfg.NOTE_MBR_MICROALGO,
    )


# --- settleNote -------------------------------------------------------------------------------------------------------


def refund(world: World, **changes: Any) -> PaymentParams:
    """The right payment of the credit in ALGO, with some fields changed."""
    return replace(
        PaymentParams(
            sender=world.treasury.address,
            receiver=world.buyer.address,
            amount=AlgoAmount.from_micro_algo(CREDIT_AMOUNT),
            note=note_payment_note(1, EPOCH_ID, 1),
            static_fee=fee(1),
        ),
        **changes,
    )


def settle_with(
    world: World, payment: PaymentParams | AssetTransferParams, sender: str | None = None, number: int = 1
) -> Sent:
    return world.send(world.ppa_calls.settle_note(sender or world.treasury.address, payment, 1, EPOCH_ID, number))


def test_settle_note_success(world: World) -> None:
    """The treasury refunds the credit; pause does not stop it."""
    credited_invoice(world)
    pause(world, world.ppa)
    before = world.balance(world.buyer.address)
    sent = world.send(settle_note(world))
    expect_events(
        sent,
        (
            "NoteSettled",
            {
                "agreementId": 1,
                "epochId": EPOCH_ID,
                "note": 1,
                "kind": cfg.NOTE_CREDIT,
                "amount": CREDIT_AMOUNT,
                "assetId": 0,
                "payer": world.treasury.address,
                "payee": world.buyer.address,
                "settledRound": sent.round,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert world.balance(world.buyer.address) == before + CREDIT_AMOUNT
    stored = note_of(world)
    assert (stored.status, stored.settledTs, stored.settledRound) == (cfg.NOTE_SETTLED, sent_at(sent), sent.round)
    assert invoice_of(world).settledNotes == 1


def test_settle_note_success_of_a_debit(world: World) -> None:
    """The buyer pays it."""
    paid_invoice(world)
    world.send(note(world, cfg.NOTE_DEBIT, 1_000))
    before = world.balance(world.treasury.address)
    world.send(settle_note(world))
    assert world.balance(world.treasury.address) == before + 120_000_000


def test_settle_note_note_not_found(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.NOTE_NOT_FOUND):
        settle_with(world, refund(world), number=2)


def test_settle_note_note_is_void(world: World) -> None:
    credited_invoice(world)
    world.send(void_note(world, cfg.NOTE_CREDIT))
    with world.refused(err.NOTE_IS_VOID):
        settle_with(world, refund(world))


def test_settle_note_note_settled(world: World) -> None:
    """A second payment settles nothing."""
    credited_invoice(world)
    settle_with(world, refund(world))
    with world.refused(err.NOTE_SETTLED):
        settle_with(world, refund(world, note=b"again"))


def test_settle_note_credit_applied(world: World) -> None:
    """What was set against another invoice is not refunded as well."""
    next_invoice(world, 1_000)
    world.send(apply_credit(world, NEXT_EPOCH_ID))
    with world.refused(err.CREDIT_APPLIED):
        settle_with(world, refund(world))


def test_settle_note_not_treasury(world: World) -> None:
    """A refund from the wrong account."""
    credited_invoice(world)
    for payer in (world.operator, world.buyer, world.outsider):
        with world.refused(err.NOT_TREASURY):
            settle_with(world, refund(world, sender=payer.address), payer.address)


def test_settle_note_not_buyer(world: World) -> None:
    paid_invoice(world)
    world.send(note(world, cfg.NOTE_DEBIT, CREDIT_KWH))
    with world.refused(err.NOT_BUYER):
        settle_with(world, refund(world))


def test_settle_note_wrong_asset(world: World) -> None:
    world.send(settle(world, asset_invoice(world)))
    world.send(note(world, cfg.NOTE_CREDIT, CREDIT_KWH))
    with world.refused(err.WRONG_ASSET):
        settle_with(world, refund(world))


def bare_settle_note(world: World, method: str) -> Call:
    """The treasury's settling call alone: its payment is whatever stands before it in the group."""
    app_id = world.ppa.app_id
    return Call(
        AppCallMethodCallParams(
            app_id=app_id,
            method=WithoutTransaction(method),
            args=[1, EPOCH_ID, 1],
            sender=world.treasury.address,
            static_fee=fee(1),
            box_references=[
                BoxReference(app_id, note_box_name(1, EPOCH_ID, 1)),
                BoxReference(app_id, invoice_box_name(1, EPOCH_ID)),
            ],
        )
    )


def test_settle_note_wrong_sender(world: World) -> None:
    credited_invoice(world)
    settling = bare_settle_note(world, "settleNote(pay,uint64,uint64,uint64)void")
    with world.refused(err.WRONG_SENDER):
        world.send(refund(world, sender=world.operator.address), settling)


def test_settle_note_wrong_receiver(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.WRONG_RECEIVER):
        settle_with(world, refund(world, receiver=world.outsider.address))


@pytest.mark.parametrize("change", [-1, 1])
def test_settle_note_wrong_amount(world: World, change: int) -> None:
    credited_invoice(world)
    with world.refused(err.WRONG_AMOUNT):
        settle_with(world, refund(world, amount=AlgoAmount.from_micro_algo(CREDIT_AMOUNT + change)))


def test_settle_note_close_not_allowed(world: World) -> None:
    credited_invoice(world)
    payment = refund(world, close_remainder_to=world.buyer.address, static_fee=fee(2))
    call = world.ppa_calls.settle_note(world.treasury.address, payment, 1, EPOCH_ID, 1)
    # A closed account has nothing left for a fee of its own.
    call = replace(call, params=replace(call.params, static_fee=AlgoAmount.from_micro_algo(0)))
    with world.refused(err.CLOSE_NOT_ALLOWED):
        world.send(call)


def test_settle_note_rekey_not_allowed(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.REKEY_NOT_ALLOWED):
        settle_with(world, refund(world, rekey_to=world.treasury.address))


# --- settleNoteAsset --------------------------------------------------------------------------------------------------


@checkpoint
def credited_asset_invoice(world: World) -> int:
    """As `credited_invoice`, in an asset; the asset's id."""
    world.send(settle(world, asset_invoice(world, "operator")))
    world.send(note(world, cfg.NOTE_CREDIT, CREDIT_KWH))
    return invoice_of(world).assetId


def refund_asset(world: World, asset_id: int, **changes: Any) -> AssetTransferParams:
    """The right transfer of the credit, with some fields changed."""
    return replace(
        AssetTransferParams(
            sender=world.treasury.address,
            receiver=world.buyer.address,
            asset_id=asset_id,
            amount=CREDIT_AMOUNT,
            note=note_payment_note(1, EPOCH_ID, 1),
            static_fee=fee(1),
        ),
        **changes,
    )


def test_settle_note_asset_success(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    sent = world.send(settle_note(world))
    expect_events(
        sent,
        (
            "NoteSettled",
            {
                "agreementId": 1,
                "epochId": EPOCH_ID,
                "note": 1,
                "kind": cfg.NOTE_CREDIT,
                "amount": CREDIT_AMOUNT,
                "assetId": asset_id,
                "payer": world.treasury.address,
                "payee": world.buyer.address,
                "settledRound": sent.round,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert note_of(world).status == cfg.NOTE_SETTLED


def test_settle_note_asset_note_not_found(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    with world.refused(err.NOTE_NOT_FOUND):
        settle_with(world, refund_asset(world, asset_id), number=2)


def test_settle_note_asset_note_is_void(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    world.send(void_note(world, cfg.NOTE_CREDIT))
    with world.refused(err.NOTE_IS_VOID):
        settle_with(world, refund_asset(world, asset_id))


def test_settle_note_asset_note_settled(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    settle_with(world, refund_asset(world, asset_id))
    with world.refused(err.NOTE_SETTLED):
        settle_with(world, refund_asset(world, asset_id, note=b"again"))


def test_settle_note_asset_credit_applied(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    world.send(*final_epoch(world, NEXT_EPOCH_ID), allocate(world, 1_000, epoch_id=NEXT_EPOCH_ID))
    world.send(apply_credit(world, NEXT_EPOCH_ID))
    with world.refused(err.CREDIT_APPLIED):
        settle_with(world, refund_asset(world, asset_id))


def test_settle_note_asset_not_treasury(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    transfer = refund_asset(world, asset_id, sender=world.operator.address)
    with world.refused(err.NOT_TREASURY):
        settle_with(world, transfer, world.operator.address)


def test_settle_note_asset_not_buyer(world: World) -> None:
    world.send(settle(world, asset_invoice(world)))
    world.send(note(world, cfg.NOTE_DEBIT, CREDIT_KWH))
    with world.refused(err.NOT_BUYER):
        settle_with(world, refund_asset(world, invoice_of(world).assetId))


def test_settle_note_asset_wrong_asset(world: World) -> None:
    """The invoice is in ALGO, or in another asset."""
    credited_asset_invoice(world)
    another = world.asset(world.outsider, world.treasury, world.buyer)
    with world.refused(err.WRONG_ASSET):
        settle_with(world, refund_asset(world, another))


def test_settle_note_asset_wrong_asset_for_algo(world: World) -> None:
    credited_invoice(world)
    asset_id = world.asset(world.outsider, world.treasury, world.buyer)
    with world.refused(err.WRONG_ASSET):
        settle_with(world, refund_asset(world, asset_id))


def test_settle_note_asset_clawback_not_allowed(world: World) -> None:
    """The treasury claws the refund back from somebody else."""
    world.send(
        *final_epoch(world),
        create_agreement(world, assetId=world.asset(world.treasury, world.buyer, world.outsider)),
        allocate(world),
    )
    world.send(settle(world, bill_of(world)))
    world.send(note(world, cfg.NOTE_CREDIT, CREDIT_KWH))
    transfer = refund_asset(world, invoice_of(world).assetId, clawback_target=world.outsider.address)
    with world.refused(err.CLAWBACK_NOT_ALLOWED):
        settle_with(world, transfer)


def test_settle_note_asset_wrong_sender(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    settling = bare_settle_note(world, "settleNoteAsset(axfer,uint64,uint64,uint64)void")
    with world.refused(err.WRONG_SENDER):
        world.send(refund_asset(world, asset_id, sender=world.operator.address), settling)


def test_settle_note_asset_wrong_receiver(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    with world.refused(err.WRONG_RECEIVER):
        settle_with(world, refund_asset(world, asset_id, receiver=world.operator.address))


@pytest.mark.parametrize("change", [-1, 1])
def test_settle_note_asset_wrong_amount(world: World, change: int) -> None:
    asset_id = credited_asset_invoice(world)
    with world.refused(err.WRONG_AMOUNT):
        settle_with(world, refund_asset(world, asset_id, amount=CREDIT_AMOUNT + change))


def test_settle_note_asset_close_not_allowed(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    with world.refused(err.CLOSE_NOT_ALLOWED):
        settle_with(world, refund_asset(world, asset_id, close_asset_to=world.buyer.address))


def test_settle_note_asset_rekey_not_allowed(world: World) -> None:
    asset_id = credited_asset_invoice(world)
    with world.refused(err.REKEY_NOT_ALLOWED):
        settle_with(world, refund_asset(world, asset_id, rekey_to=world.treasury.address))


# --- applyCredit ------------------------------------------------------------------------------------------------------


def credit_applied(amount: int, due: int) -> Expected:
    return (
        "CreditApplied",
        {
            "agreementId": 1,
            "epochId": EPOCH_ID,
            "note": 1,
            "toEpochId": NEXT_EPOCH_ID,
            "amount": amount,
            "dueAmount": due,
            "timestamp": ANY_TIME,
        },
    )


def test_apply_credit_success(world: World) -> None:
    """The next invoice is due that much less, and is settled with exactly the rest."""
    next_invoice(world, 1_000)
    sent = world.send(apply_credit(world, NEXT_EPOCH_ID))
    expect_events(sent, credit_applied(CREDIT_AMOUNT, 120_000_000 - CREDIT_AMOUNT))
    assert (note_of(world).status, note_of(world).appliedEpoch) == (cfg.NOTE_APPLIED, NEXT_EPOCH_ID)
    assert invoice_of(world).settledNotes == 1
    billed = bill_of(world, 1, NEXT_EPOCH_ID)
    assert (billed.invoice.amount, billed.invoice.appliedAmount) == (120_000_000, CREDIT_AMOUNT)
    before = world.balance(world.treasury.address)
    world.send(settle(world, billed))
    assert world.balance(world.treasury.address) == before + 120_000_000 - CREDIT_AMOUNT
    assert agreement_of(world).paidAmount == AMOUNT + 120_000_000


def test_apply_credit_success_to_the_last_unit(world: World) -> None:
    """Where 0 remains, the invoice is paid, and nobody has to call."""
    next_invoice(world, CREDIT_KWH)
    sent = world.send(apply_credit(world, NEXT_EPOCH_ID))
    billed = bill_of(world, 1, NEXT_EPOCH_ID)
    expect_events(sent, credit_applied(CREDIT_AMOUNT, 0), invoice_event("InvoicePaid", billed, paidRound=sent.round))
    assert billed.invoice.status == cfg.INVOICE_PAID
    assert agreement_of(world).paidInvoices == 2


def test_apply_credit_not_operator(world: World) -> None:
    next_invoice(world, 1_000)
    for caller in (world.buyer, world.treasury):
        with world.refused(err.NOT_OPERATOR):
            world.send(apply_credit(world, NEXT_EPOCH_ID, sender=caller.address))


def test_apply_credit_is_paused(world: World) -> None:
    next_invoice(world, 1_000)
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_note_not_found(world: World) -> None:
    next_invoice(world, 1_000)
    with world.refused(err.NOTE_NOT_FOUND):
        world.send(apply_credit(world, NEXT_EPOCH_ID, number=2))


def test_apply_credit_note_is_void(world: World) -> None:
    next_invoice(world, 1_000)
    world.send(void_note(world, cfg.NOTE_CREDIT))
    with world.refused(err.NOTE_IS_VOID):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_note_settled(world: World) -> None:
    """What was refunded is not set against an invoice as well."""
    next_invoice(world, 1_000)
    world.send(settle_note(world))
    with world.refused(err.NOTE_SETTLED):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_credit_applied(world: World) -> None:
    next_invoice(world, 1_000)
    world.send(apply_credit(world, NEXT_EPOCH_ID))
    world.clock.tick()
    with world.refused(err.CREDIT_APPLIED):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_invalid_kind(world: World) -> None:
    next_invoice(world, 1_000)
    world.send(note(world, cfg.NOTE_DEBIT, 1, number=2))
    with world.refused(err.INVALID_KIND):
        world.send(apply_credit(world, NEXT_EPOCH_ID, number=2))


def test_apply_credit_invoice_not_found(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.INVOICE_NOT_FOUND):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_invoice_is_void(world: World) -> None:
    next_invoice(world, 1_000)
    world.send(void(world, epoch_id=NEXT_EPOCH_ID))
    with world.refused(err.INVOICE_IS_VOID):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_already_paid(world: World) -> None:
    """Of its own invoice, or of a paid later one."""
    billed = next_invoice(world, 1_000)
    with world.refused(err.ALREADY_PAID):
        world.send(apply_credit(world, EPOCH_ID))
    world.send(settle(world, billed))
    with world.refused(err.ALREADY_PAID):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_apply_credit_over_credited(world: World) -> None:
    next_invoice(world, CREDIT_KWH - 1)
    with world.refused(err.OVER_CREDITED):
        world.send(apply_credit(world, NEXT_EPOCH_ID))


# --- releaseCredit ----------------------------------------------------------------------------------------------------


@checkpoint
def applied_credit(world: World) -> None:
    """A credit is set against the next invoice, which is not paid."""
    next_invoice(world, 1_000)
    world.send(apply_credit(world, NEXT_EPOCH_ID))


def test_release_credit_success(world: World) -> None:
    """All is as before it was applied."""
    next_invoice(world, 1_000)
    boxes = invoice_of(world), invoice_of(world, 1, NEXT_EPOCH_ID), note_of(world), agreement_of(world)
    world.send(apply_credit(world, NEXT_EPOCH_ID))
    sent = world.send(release_credit(world, NEXT_EPOCH_ID))
    _, fields = credit_applied(CREDIT_AMOUNT, 120_000_000)
    expect_events(sent, ("CreditReleased", fields))
    assert (invoice_of(world), invoice_of(world, 1, NEXT_EPOCH_ID), note_of(world), agreement_of(world)) == boxes


def test_release_credit_not_operator(world: World) -> None:
    applied_credit(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(release_credit(world, NEXT_EPOCH_ID, sender=world.buyer.address))


def test_release_credit_is_paused(world: World) -> None:
    applied_credit(world)
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(release_credit(world, NEXT_EPOCH_ID))


def test_release_credit_note_not_found(world: World) -> None:
    applied_credit(world)
    with world.refused(err.NOTE_NOT_FOUND):
        world.send(release_credit(world, NEXT_EPOCH_ID, number=2))


def test_release_credit_credit_not_applied(world: World) -> None:
    next_invoice(world, 1_000)
    with world.refused(err.CREDIT_NOT_APPLIED):
        world.send(release_credit(world, NEXT_EPOCH_ID))


def test_release_credit_already_paid(world: World) -> None:
    """What the buyer paid less for stays applied."""
    applied_credit(world)
    world.send(settle(world, bill_of(world, 1, NEXT_EPOCH_ID)))
    with world.refused(err.ALREADY_PAID):
        world.send(release_credit(world, NEXT_EPOCH_ID))


# --- voidNote ---------------------------------------------------------------------------------------------------------


def note_voided(kind: int, kwh: int, amount: int) -> Expected:
    return (
        "NoteVoided",
        {
            "agreementId": 1,
            "epochId": EPOCH_ID,
            "note": 1,
            "kind": kind,
            "kwh": kwh,
            "amount": amount,
            "reasonHash": REASON_HASH,
            "timestamp": ANY_TIME,
        },
    )


def test_void_note_success(world: World) -> None:
    """A credit's energy is drawn again; the invoice keeps the note's number."""
    paid_invoice(world)
    before = invoice_of(world), agreement_of(world), project_ledger(world)
    world.send(note(world, cfg.NOTE_CREDIT, CREDIT_KWH))
    sent = world.send(void_note(world, cfg.NOTE_CREDIT))
    expect_events(
        sent, energy_drawn(CREDIT_KWH * 1_000, 50_000_000), note_voided(cfg.NOTE_CREDIT, CREDIT_KWH, CREDIT_AMOUNT)
    )
    assert note_of(world).status == cfg.NOTE_VOID
    assert (replace(invoice_of(world), notes=0), agreement_of(world), project_ledger(world)) == before


def test_void_note_success_of_a_debit(world: World) -> None:
    paid_invoice(world)
    before = invoice_of(world), agreement_of(world), project_ledger(world)
    world.send(note(world, cfg.NOTE_DEBIT, 1_000))
    sent = world.send(void_note(world, cfg.NOTE_DEBIT))
    expect_events(sent, energy_returned(1_000_000, 50_000_000), note_voided(cfg.NOTE_DEBIT, 1_000, 120_000_000))
    assert (replace(invoice_of(world), notes=0), agreement_of(world), project_ledger(world)) == before


def test_void_note_success_of_a_shortfall(world: World) -> None:
    """It can be billed again."""
    world.send(settle(world, issued_invoice(world, minimumKwh=80_000)))
    world.send(note(world, cfg.NOTE_SHORTFALL, 5_000))
    expect_events(world.send(void_note(world, cfg.NOTE_SHORTFALL)), note_voided(cfg.NOTE_SHORTFALL, 5_000, 600_000_000))
    assert owed(world) == (0, 0)
    world.send(note(world, cfg.NOTE_SHORTFALL, 5_000, number=2))


def test_void_note_not_operator(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(void_note(world, cfg.NOTE_CREDIT, sender=world.treasury.address))


def test_void_note_is_paused(world: World) -> None:
    credited_invoice(world)
    pause(world, world.receipt)
    with world.refused(err.IS_PAUSED):
        world.send(void_note(world, cfg.NOTE_CREDIT))
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(void_note(world, cfg.NOTE_CREDIT))


def test_void_note_note_not_found(world: World) -> None:
    credited_invoice(world)
    with world.refused(err.NOTE_NOT_FOUND):
        world.send(void_note(world, cfg.NOTE_CREDIT, number=2))


def test_void_note_note_is_void(world: World) -> None:
    credited_invoice(world)
    world.send(void_note(world, cfg.NOTE_CREDIT))
    world.clock.tick()
    with world.refused(err.NOTE_IS_VOID):
        world.send(void_note(world, cfg.NOTE_CREDIT))


def test_void_note_note_settled(world: World) -> None:
    credited_invoice(world)
    world.send(settle_note(world))
    with world.refused(err.NOTE_SETTLED):
        world.send(void_note(world, cfg.NOTE_CREDIT))


def test_void_note_credit_applied(world: World) -> None:
    applied_credit(world)
    with world.refused(err.CREDIT_APPLIED):
        world.send(void_note(world, cfg.NOTE_CREDIT))


def test_void_note_ledger_in_deficit(world: World) -> None:
    credited_invoice(world)
    world.send(restate(world, increase=False, kwh=60_000))
    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(void_note(world, cfg.NOTE_CREDIT))


def test_void_note_over_drawn(world: World) -> None:
    """Its energy was allocated to somebody else."""
    credited_invoice(world)
    world.send(create_agreement(world, 2), allocate(world, 50_530, agreement_id=2))
    with world.refused(err.OVER_DRAWN):
        world.send(void_note(world, cfg.NOTE_CREDIT))


# --- getNote ----------------------------------------------------------------------------------------------------------


def test_get_note_success(world: World) -> None:
    credited_invoice(world)
    query = world.ppa_calls.get_note(world.outsider.address, GetNoteArgs(agreementId=1, epochId=EPOCH_ID, note=1))
    ((kind, kwh, amount, *_),) = world.simulate(query).returns
    assert (kind, kwh, amount) == (cfg.NOTE_CREDIT, CREDIT_KWH, CREDIT_AMOUNT)


def test_get_note_note_not_found(world: World) -> None:
    paid_invoice(world)
    query = world.ppa_calls.get_note(world.outsider.address, GetNoteArgs(agreementId=1, epochId=EPOCH_ID, note=1))
    with world.refused(err.NOTE_NOT_FOUND):
        world.simulate(query)


def test_a_month_is_corrected_to_the_micro_unit(world: World) -> None:
    """Meter 1 reads 882 kWh less after payment: a credit of 60 %, its refund, and the sums afterwards."""
    paid_invoice(world)
    world.send(restate(world, increase=False, kwh=882))
    world.send(note(world, cfg.NOTE_CREDIT, 530))
    world.send(settle_note(world))
    ledger = project_ledger(world)
    assert (ledger.recordedWh, ledger.ppaWh, ledger.remainingWh) == (124_118_000, 74_470_000, 49_648_000)
    agreement, invoice = agreement_of(world), invoice_of(world)
    assert agreement.invoicedAmount - agreement.creditedAmount + agreement.debitedAmount == AMOUNT - 63_600_000
    assert (invoice.creditedAmount, invoice.settledNotes, invoice.dueTs) == (63_600_000, 1, DUE_TS)
