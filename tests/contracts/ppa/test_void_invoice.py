"""voidInvoice: an unpaid invoice is taken back and its energy returned."""

from dataclasses import replace

from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    EPOCH_ID,
    NEXT_EPOCH_ID,
    REASON_HASH,
    TOTAL_KWH,
    Billed,
    allocate,
    apply_credit,
    create_agreement,
    final_epoch,
    pause,
    release_credit,
    restate,
    void,
)
from tests.contracts.ppa.expect import agreement_of, counters, invoice_event, invoice_of, project_ledger
from tests.contracts.ppa.states import issued_invoice, next_invoice, void_invoice
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_void_invoice_success(world: World) -> None:
    billed = issued_invoice(world)

    sent = world.send(void(world))

    assert invoice_of(world) == replace(billed.invoice, status=cfg.INVOICE_VOID)
    agreement = agreement_of(world)
    assert (agreement.allocatedKwh, agreement.invoicedAmount, agreement.invoices) == (0, 0, 0)
    assert counters(world) == {"agreements": 1, "allocated_kwh": 0, "issued": 0, "paid": 0, "void": 1}
    ledger = project_ledger(world)
    assert (ledger.ppaWh, ledger.remainingWh) == (0, TOTAL_KWH * 1_000)
    expect_events(
        sent,
        (
            "EnergyReturned",
            {
                "producer": PROJECT,
                "epochId": EPOCH_ID,
                "consumer": receipt_cfg.CONSUMER_PPA,
                "wh": 75_000_000,
                "remainingWh": 125_000_000,
                "reference": 1,
                "timestamp": ANY_TIME,
            },
        ),
        invoice_event("InvoiceVoided", billed, "issuedTs", "notes", reasonHash=REASON_HASH),
    )


def test_void_invoice_success_of_one_among_several(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, 1), create_agreement(world, 2))
    world.send(allocate(world, 75_000, agreement_id=1), allocate(world, 30_000, agreement_id=2))

    world.send(void(world, agreement_id=1))

    assert invoice_of(world, 2).status == cfg.INVOICE_ISSUED
    assert agreement_of(world, 2).allocatedKwh == 30_000
    assert counters(world) == {"agreements": 2, "allocated_kwh": 30_000, "issued": 1, "paid": 0, "void": 1}
    assert project_ledger(world).remainingWh == 95_000_000


def test_void_invoice_success_of_a_second_revision(world: World) -> None:
    void_invoice(world)
    world.send(allocate(world, 10_000))

    sent = world.send(void(world))

    assert [event.fields["revision"] for event in sent.events if event.name == "InvoiceVoided"] == [2]
    assert invoice_of(world).revision == 2
    assert counters(world) == {"agreements": 1, "allocated_kwh": 0, "issued": 0, "paid": 0, "void": 1}
    assert project_ledger(world).remainingWh == TOTAL_KWH * 1_000


def test_void_invoice_success_fills_a_deficit_first(world: World) -> None:
    issued_invoice(world)
    world.send(create_agreement(world, 2), restate(world, increase=False, kwh=60_000))

    world.send(void(world))

    ledger = project_ledger(world)
    assert (ledger.recordedWh, ledger.deficitWh, ledger.ppaWh, ledger.remainingWh) == (65_000_000, 0, 0, 65_000_000)
    world.send(allocate(world, 65_000, agreement_id=2, total_kwh=65_000))
    assert project_ledger(world).remainingWh == 0


def test_void_invoice_success_while_kwh_receipt_is_paused(world: World) -> None:
    issued_invoice(world)
    pause(world, world.receipt)

    world.send(void(world))

    assert invoice_of(world).status == cfg.INVOICE_VOID


def test_void_invoice_is_paused(world: World) -> None:
    """A stolen key of the operator voids nothing."""
    issued_invoice(world)
    pause(world, world.ppa)
    with world.refused(err.IS_PAUSED):
        world.send(void(world))


def test_void_invoice_credit_applied(world: World) -> None:
    next_invoice(world, 1_000)
    world.send(apply_credit(world, NEXT_EPOCH_ID))
    with world.refused(err.CREDIT_APPLIED):
        world.send(void(world, epoch_id=NEXT_EPOCH_ID))
    world.send(release_credit(world, NEXT_EPOCH_ID), void(world, epoch_id=NEXT_EPOCH_ID))
    assert invoice_of(world, 1, NEXT_EPOCH_ID).status == cfg.INVOICE_VOID


def test_void_invoice_not_operator(unpaid: tuple[World, Billed]) -> None:
    world, _ = unpaid

    for caller in (world.outsider, world.admin, world.buyer):
        with world.refused(err.NOT_OPERATOR):
            world.send(void(world, sender=caller.address))


def test_void_invoice_invoice_not_found(unpaid: tuple[World, Billed]) -> None:
    world, _ = unpaid

    for agreement_id, epoch_id in ((2, EPOCH_ID), (1, 202603), (0, 0)):
        with world.refused(err.INVOICE_NOT_FOUND):
            world.send(void(world, agreement_id=agreement_id, epoch_id=epoch_id))


def test_void_invoice_invoice_is_void(voided: tuple[World, Billed]) -> None:
    world, _ = voided

    with world.refused(err.INVOICE_IS_VOID):
        world.send(void(world))


def test_void_invoice_already_paid(paid: tuple[World, Billed]) -> None:
    world, _ = paid

    with world.refused(err.ALREADY_PAID):
        world.send(void(world))
