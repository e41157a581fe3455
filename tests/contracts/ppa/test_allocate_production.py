"""allocateProduction: energy of a final epoch becomes an invoice that pins its terms."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gridpact.billing.calls import PPACalls
from gridpact.billing.prices import price_in as library_price
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    RecordProductionArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
)
from gridpact.contracts.ppa_client import AllocateProductionArgs, CreateAgreementArgs, Invoice
from gridpact.epochs import epoch_end_ts
from gridpact.production.boxes import PROJECT
from smart_contracts.interfaces.config import ANY_TOTAL
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import (
    ALLOCATED_KWH,
    AMOUNT,
    CONTRACT_HASH,
    DUE_TS,
    EPOCH_ID,
    MAX_UINT64,
    PRICE_PER_KWH,
    TOTAL_KWH,
    allocate,
    create_agreement,
    end_agreement,
    final_epoch,
    pause,
    restate,
    terms,
)
from tests.contracts.ppa.expect import (
    agreement_of,
    bill_of,
    counters,
    energy_drawn,
    invoice_event,
    invoice_of,
    project_ledger,
)
from tests.contracts.ppa.states import accept, issued_invoice, paid_invoice, void_invoice
from tests.support.checkpoints import checkpoint
from tests.support.events import expect_events, sent_at
from tests.support.world import World

EPOCH_START_TS = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp())
EPOCH_END_TS = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


def final_epoch_of_meter(world: World, wh: int) -> None:
    """The project's epoch is final with a total that need not be whole kWh."""
    operator = world.operator.address
    world.send(
        world.receipt_calls.register_meter(
            operator,
            RegisterMeterArgs(producer=PROJECT, capacityW=1_000_000, label=CONTRACT_HASH, publicKey=bytes(32)),
            1,
        ),
        world.receipt_calls.record_reading(
            operator,
            RecordReadingArgs(
                epochId=EPOCH_ID,
                meterId=1,
                intervalId=1,
                wh=wh,
                quality=receipt_cfg.QUALITY_ACTUAL,
                startTs=EPOCH_START_TS,
                endTs=EPOCH_END_TS,
                sourceHash=CONTRACT_HASH,
            ),
            PROJECT,
        ),
        world.receipt_calls.finalize_epoch(operator, FinalizeEpochArgs(epochId=EPOCH_ID, expectedTotalWh=wh)),
    )


def test_allocate_production_success(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world))
    created = agreement_of(world)

    sent = world.send(allocate(world))

    issued_ts = sent_at(sent)
    assert sent.returns == (AMOUNT,)
    assert invoice_of(world) == Invoice(
        kwh=ALLOCATED_KWH,
        pricePerKwh=PRICE_PER_KWH,
        amount=AMOUNT,
        assetId=0,
        buyer=world.buyer.address,
        treasury=world.treasury.address,
        issuedTs=issued_ts,
        dueTs=DUE_TS,
        status=cfg.INVOICE_ISSUED,
        revision=1,
        notes=0,
        paidTs=0,
        paidRound=0,
        shortfallKwh=0,
        appliedAmount=0,
        creditedKwh=0,
        creditedAmount=0,
        debitedKwh=0,
        debitedAmount=0,
        billedShortfallKwh=0,
        settledNotes=0,
        interestNote=0,
    )
    assert agreement_of(world) == replace(created, allocatedKwh=ALLOCATED_KWH, invoicedAmount=AMOUNT, invoices=1)
    assert counters(world) == {"agreements": 1, "allocated_kwh": ALLOCATED_KWH, "issued": 1, "paid": 0, "void": 0}
    ledger = project_ledger(world)
    assert (ledger.recordedWh, ledger.ppaWh, ledger.remainingWh) == (125_000_000, 75_000_000, 50_000_000)
    expect_events(
        sent, energy_drawn(75_000_000, remaining_wh=50_000_000), invoice_event("InvoiceIssued", bill_of(world))
    )


def test_allocate_production_success_of_the_example_month(world: World) -> None:
    world.send(
        *final_epoch(world),
        create_agreement(world, 1),
        create_agreement(world, 2, buyer=world.buyer_b.address, pricePerKwh=100_000),
    )

    sent = world.send(allocate(world, 75_000, agreement_id=1), allocate(world, 30_000, agreement_id=2))

    assert sent.returns == (9_000_000_000, 3_000_000_000)
    assert project_ledger(world).remainingWh == 20_000_000
    assert counters(world) == {"agreements": 2, "allocated_kwh": 105_000, "issued": 2, "paid": 0, "void": 0}


def test_allocate_production_success_leaves_the_fraction_of_a_kwh(world: World) -> None:
    final_epoch_of_meter(world, 125_000_437)
    world.send(create_agreement(world))

    world.send(allocate(world, 125_000, total_kwh=125_000))

    assert project_ledger(world).remainingWh == 437


def test_allocate_production_success_again_after_void(world: World) -> None:
    first = void_invoice(world)

    sent = world.send(allocate(world, 50_000))

    second = bill_of(world)
    assert second.invoice == replace(
        first.invoice, kwh=50_000, amount=6_000_000_000, revision=2, issuedTs=sent_at(sent), status=cfg.INVOICE_ISSUED
    )
    assert agreement_of(world).invoices == 1
    assert agreement_of(world).invoicedAmount == 6_000_000_000
    assert counters(world) == {"agreements": 1, "allocated_kwh": 50_000, "issued": 1, "paid": 0, "void": 0}
    expect_events(sent, energy_drawn(50_000_000, remaining_wh=75_000_000), invoice_event("InvoiceIssued", second))


def test_allocate_production_success_after_void_makes_no_box(world: World) -> None:
    void_invoice(world)

    assert world.group(allocate(world)).deposits_microalgo() == 0


def test_allocate_production_success_up_to_the_cap(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, capKwh=ALLOCATED_KWH))

    world.send(allocate(world, ALLOCATED_KWH))

    assert invoice_of(world).kwh == ALLOCATED_KWH


def test_allocate_production_success_at_the_largest_amount(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, pricePerKwh=MAX_UINT64))

    sent = world.send(allocate(world, 1))

    assert sent.returns == (MAX_UINT64,)
    assert agreement_of(world).invoicedAmount == MAX_UINT64


def test_allocate_production_success_due_dates(world: World) -> None:
    due_dates = {
        (202602, 15): datetime(2026, 3, 15, 23, 59, 59, tzinfo=UTC),
        (202512, 1): datetime(2026, 1, 1, 23, 59, 59, tzinfo=UTC),  # December is due in January
        (202401, 28): datetime(2024, 2, 28, 23, 59, 59, tzinfo=UTC),  # in the February of a leap year
        (202402, 1): datetime(2024, 3, 1, 23, 59, 59, tzinfo=UTC),  # after a leap day
    }

    for number, (epoch_id, due_day) in enumerate(due_dates, start=1):
        world.send(
            *final_epoch(world, epoch_id),
            create_agreement(world, number, firstEpoch=202001, dueDay=due_day),
            allocate(world, agreement_id=number, epoch_id=epoch_id),
        )

    for number, ((epoch_id, _), due) in enumerate(due_dates.items(), start=1):
        assert invoice_of(world, number, epoch_id).dueTs == int(due.timestamp())


def test_allocate_production_not_operator(agreed: World) -> None:
    for caller in (agreed.outsider, agreed.admin, agreed.buyer):
        with agreed.refused(err.NOT_OPERATOR):
            agreed.send(allocate(agreed, sender=caller.address))


def test_allocate_production_is_paused(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world))
    pause(world, world.ppa)

    with world.refused(err.IS_PAUSED):
        world.send(allocate(world))


def test_allocate_production_is_paused_by_kwh_receipt(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world))
    pause(world, world.receipt)

    with world.refused(err.IS_PAUSED):
        world.send(allocate(world))


def test_allocate_production_agreement_not_found(agreed: World) -> None:
    for unknown in (0, 2):
        with agreed.refused(err.AGREEMENT_NOT_FOUND):
            agreed.send(allocate(agreed, agreement_id=unknown))


@pytest.mark.parametrize("epoch_id", [202601, 202603])
def test_allocate_production_agreement_inactive(world: World, epoch_id: int) -> None:
    world.send(*final_epoch(world, epoch_id), create_agreement(world, firstEpoch=EPOCH_ID, lastEpoch=EPOCH_ID))

    with world.refused(err.AGREEMENT_INACTIVE):
        world.send(allocate(world, epoch_id=epoch_id))


def test_allocate_production_agreement_inactive_once_ended(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world), end_agreement(world, 202601))

    with world.refused(err.AGREEMENT_INACTIVE):
        world.send(allocate(world))


def test_allocate_production_agreement_inactive_after_void(world: World) -> None:
    void_invoice(world)
    world.send(end_agreement(world, 202601))

    with world.refused(err.AGREEMENT_INACTIVE):
        world.send(allocate(world))


def test_allocate_production_already_allocated(world: World) -> None:
    issued_invoice(world)

    with world.refused(err.ALREADY_ALLOCATED):
        world.send(allocate(world, 1))


def test_allocate_production_already_allocated_and_paid(world: World) -> None:
    paid_invoice(world)

    with world.refused(err.ALREADY_ALLOCATED):
        world.send(allocate(world, 1))


def test_allocate_production_invalid_amount(agreed: World) -> None:
    with agreed.refused(err.INVALID_AMOUNT):
        agreed.send(allocate(agreed, 0))


@pytest.mark.parametrize("kwh", [cfg.MAX_LEDGER_KWH + 1, MAX_UINT64 // 1_000, MAX_UINT64 // 1_000 + 1, MAX_UINT64])
def test_allocate_production_amount_too_large(agreed: World, kwh: int) -> None:
    with agreed.refused(err.AMOUNT_TOO_LARGE):
        agreed.send(allocate(agreed, kwh))


def test_allocate_production_amount_too_large_for_its_price(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, pricePerKwh=2**63))

    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(allocate(world, 2))


def test_allocate_production_amount_too_large_for_the_agreements_sum(world: World) -> None:
    world.send(
        *final_epoch(world, 202602),
        *final_epoch(world, 202603),
        create_agreement(world, pricePerKwh=2**63),
        allocate(world, 1, epoch_id=202602),
    )

    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(allocate(world, 1, epoch_id=202603))


def test_allocate_production_over_cap(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world, capKwh=ALLOCATED_KWH))

    with world.refused(err.OVER_CAP):
        world.send(allocate(world, ALLOCATED_KWH + 1))


@pytest.mark.parametrize("total_kwh", [0, TOTAL_KWH - 1, TOTAL_KWH + 1, cfg.MAX_LEDGER_KWH + 1, ANY_TOTAL])
def test_allocate_production_total_mismatch(agreed: World, total_kwh: int) -> None:
    with agreed.refused(err.TOTAL_MISMATCH):
        agreed.send(allocate(agreed, total_kwh=total_kwh))


def test_allocate_production_total_mismatch_after_restatement(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world), restate(world, increase=True, kwh=1))

    with world.refused(err.TOTAL_MISMATCH):
        world.send(allocate(world))


def test_allocate_production_not_consumer(world: World) -> None:
    unwired = PPACalls(world.deploy_ppa(wired=False), world.receipt.app_id)
    operator = world.operator.address
    world.send(*final_epoch(world), unwired.create_agreement(operator, CreateAgreementArgs(terms=terms(world)), 1))

    arguments = AllocateProductionArgs(
        epochId=EPOCH_ID, agreementId=1, kWhAmount=ALLOCATED_KWH, expectedTotalGeneration=TOTAL_KWH
    )
    with world.refused(err.NOT_CONSUMER):
        world.send(unwired.allocate_production(operator, arguments))


def test_allocate_production_not_consumer_beside_the_real_one(world: World) -> None:
    world.send(*final_epoch(world), create_agreement(world))
    second = PPACalls(world.deploy_ppa(wired=False), world.receipt.app_id)
    operator = world.operator.address
    world.send(second.create_agreement(operator, CreateAgreementArgs(terms=terms(world)), 1))

    arguments = AllocateProductionArgs(
        epochId=EPOCH_ID, agreementId=1, kWhAmount=ALLOCATED_KWH, expectedTotalGeneration=TOTAL_KWH
    )
    with world.refused(err.NOT_CONSUMER):
        world.send(second.allocate_production(operator, arguments))


def test_allocate_production_epoch_not_found(world: World) -> None:
    world.send(create_agreement(world))

    # A number between two months is in no ledger either.
    for epoch_id in (EPOCH_ID, 202613, 202700):
        with world.refused(err.EPOCH_NOT_FOUND):
            world.send(allocate(world, epoch_id=epoch_id))


def test_allocate_production_epoch_not_final(world: World) -> None:
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=EPOCH_ID, intervalId=1, kWhAmount=TOTAL_KWH)
        ),
        create_agreement(world),
    )

    with world.refused(err.EPOCH_NOT_FINAL):
        world.send(allocate(world))


def test_allocate_production_ledger_in_deficit(world: World) -> None:
    issued_invoice(world)
    world.send(create_agreement(world, 2), restate(world, increase=False, kwh=60_000))
    assert project_ledger(world).deficitWh == 10_000_000

    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(allocate(world, 1, agreement_id=2, total_kwh=65_000))


def test_allocate_production_over_drawn(world: World) -> None:
    issued_invoice(world)
    world.send(create_agreement(world, 2))

    with world.refused(err.OVER_DRAWN):
        world.send(allocate(world, TOTAL_KWH - ALLOCATED_KWH + 1, agreement_id=2))


def test_allocate_production_over_drawn_by_one_wh(world: World) -> None:
    final_epoch_of_meter(world, 124_999_999)
    world.send(create_agreement(world))

    with world.refused(err.OVER_DRAWN):
        world.send(allocate(world, 125_000, total_kwh=124_999))


def test_allocate_production_not_accepted(world: World) -> None:
    """Terms that ask for it are billed only after the buyer has accepted them."""
    world.send(*final_epoch(world), create_agreement(world, requiresAcceptance=True))
    with world.refused(err.NOT_ACCEPTED):
        world.send(allocate(world))
    world.send(accept(world))
    world.send(allocate(world))


@pytest.mark.parametrize(("minimum_kwh", "shortfall_kwh"), [(74_999, 0), (75_000, 0), (80_000, 5_000)])
def test_allocate_production_records_the_shortfall(world: World, minimum_kwh: int, shortfall_kwh: int) -> None:
    """Below the minimum nothing is refused."""
    world.send(*final_epoch(world), create_agreement(world, minimumKwh=minimum_kwh))
    sent = world.send(allocate(world))
    assert invoice_of(world).shortfallKwh == shortfall_kwh
    assert sent.events[-1].number("shortfallKwh") == shortfall_kwh


RISEN_EPOCH = 204012


@checkpoint
def risen_epoch(world: World) -> None:
    """A month so late that 40 years of an agreement can lie before it, and final."""
    world.clock.advance_to(epoch_end_ts(RISEN_EPOCH) + 60)
    world.send(*final_epoch(world, RISEN_EPOCH))


def price_in(world: World, bps: int, year: int, base_price: int) -> int:
    """The price that the contract bills in a contract year: the first month of it, and of the agreement the first."""
    epoch_id = RISEN_EPOCH
    first_epoch = epoch_id - 100 * (year - 1)
    agreement_id = world.ppa.state.global_state.agreement_count + 1
    changes = {"firstEpoch": first_epoch, "lastEpoch": epoch_id, "escalatorBps": bps, "pricePerKwh": base_price}
    call = create_agreement(world, agreement_id, **changes)
    sent = world.simulate(call, allocate(world, 1, agreement_id=agreement_id, epoch_id=epoch_id))
    return sent.events[-1].number("pricePerKwh")


@pytest.mark.parametrize(
    ("bps", "year", "price"),
    [
        (250, 1, 120_000),
        (250, 3, 126_075),
        (250, 4, 129_227),
        (250, 10, 149_864),
        (250, 20, 191_838),
        (250, 30, 245_569),
        (175, 4, 126_411),
        (175, 10, 140_278),
        (175, 20, 166_853),
        (175, 30, 198_463),
    ],
)
def test_allocate_production_at_the_price_of_its_year(world: World, bps: int, year: int, price: int) -> None:
    risen_epoch(world)
    assert price_in(world, bps, year, PRICE_PER_KWH) == price


def test_allocate_production_at_the_price_of_any_year(world: World) -> None:
    """As whole numbers of any size give it, up to 39 rises of 19.99 % and prices that just fit 64 bits."""
    risen_epoch(world)
    for bps, year, base_price in [
        (1_999, 40, 120_000),
        (1_999, 40, 10**16),
        (1_999, 34, 2**45),
        (1_998, 33, 1),
        (1, 40, 2**63),
        (1, 2, 5_000),
        (500, 19, 3),
        (1_999, 20, 123_456_789),
        (1_000, 21, 2**60),
    ]:
        expected = library_price(base_price, bps, year)
        assert expected < 2**64
        assert price_in(world, bps, year, base_price) == expected


def test_allocate_production_amount_too_large_by_its_year(world: World) -> None:
    """A price that outgrew 64 bits bills nothing."""
    world.send(*final_epoch(world, 202512))
    changes = {"firstEpoch": 200012, "lastEpoch": 202512, "escalatorBps": 1_999, "pricePerKwh": 2**62}
    world.send(create_agreement(world, 1, **changes))
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(allocate(world, 1, epoch_id=202512))


def test_allocate_production_keeps_the_price_within_a_contract_year(world: World) -> None:
    """The first rise is twelve months after the first epoch, whatever month that is."""
    world.send(*final_epoch(world, 202601), *final_epoch(world, 202602))
    world.send(create_agreement(world, firstEpoch=202502, escalatorBps=250))
    sent = world.simulate(allocate(world, 1, epoch_id=202601), allocate(world, 1, epoch_id=202602))
    assert [event.number("pricePerKwh") for event in sent.events if event.name == "InvoiceIssued"] == [120_000, 123_000]
