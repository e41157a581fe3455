"""The example month by its published calls, through the generated typed clients alone."""

from typing import Final

from algokit_utils import (
    AlgoAmount,
    BoxReference,
    CommonAppCallParams,
    PaymentParams,
    SendParams,
    SigningAccount,
)
from algosdk.atomic_transaction_composer import TransactionWithSigner
from algosdk.logic import get_application_address

from gridpact.billing.boxes import agreement_box_name, invoice_box_name
from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordProductionArgs
from gridpact.contracts.ppa_client import (
    AllocateProductionArgs,
    CreateAgreementArgs,
    SettlePaymentArgs,
)
from gridpact.contracts.revenue_vault_client import DepositNetRevenueArgs
from gridpact.production.boxes import PROJECT, ledger_box_name, reading_box_name, total_box_name
from gridpact.revenue.boxes import deposit_box_name
from smart_contracts.interfaces.config import ALL_REMAINING
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.kwh_receipt import expect as receipt_expect
from tests.contracts.kwh_receipt import states as receipt_states
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.revenue_vault import calls as vault_calls
from tests.contracts.revenue_vault import expect as vault_expect
from tests.contracts.revenue_vault import states as vault_states
from tests.support.world import World

EPOCH: Final = 202602
QUIET: Final = SendParams(suppress_log=True, populate_app_call_resources=False)
STORAGE_MICROALGO: Final = 1_000_000


def fund(world: World, app_id: int) -> None:
    """Room for the boxes of the month."""
    world.algorand.send.payment(
        PaymentParams(
            sender=world.operator.address,
            receiver=get_application_address(app_id),
            amount=AlgoAmount.from_micro_algo(STORAGE_MICROALGO),
        ),
        {"suppress_log": True},
    )


def payment_of(world: World, sender: SigningAccount, receiver: str, microalgo: int) -> TransactionWithSigner:
    """A payment as the generated arguments take it: they flatten every dataclass, algokit's parameters too."""
    payment = world.algorand.create_transaction.payment(
        PaymentParams(sender=sender.address, receiver=receiver, amount=AlgoAmount.from_micro_algo(microalgo))
    )
    return TransactionWithSigner(payment, sender.signer)


def by(sender: SigningAccount, fee: int, *boxes: tuple[int, bytes], app: int | None = None) -> CommonAppCallParams:
    return CommonAppCallParams(
        sender=sender.address,
        static_fee=AlgoAmount.from_micro_algo(fee),
        box_references=[BoxReference(app_id, name) for app_id, name in boxes],
        app_references=[app] if app else None,
    )


def test_published_calls(world: World) -> None:
    operator, receipt_id, ppa_id = world.operator, world.receipt.app_id, world.ppa.app_id
    vault_states.open_for_revenue(world)
    fund(world, receipt_id)
    fund(world, ppa_id)
    fund(world, world.vault.app_id)
    ledger = (receipt_id, ledger_box_name(PROJECT, EPOCH))

    reading = reading_box_name(EPOCH, receipt_cfg.NO_METER, 1)
    world.receipt.send.record_production(
        RecordProductionArgs(epochId=EPOCH, intervalId=1, kWhAmount=125_000),
        by(operator, 1_000, ledger, (receipt_id, reading), (receipt_id, total_box_name(PROJECT))),
        QUIET,
    )
    world.receipt.send.finalize_epoch(
        FinalizeEpochArgs(epochId=EPOCH, expectedTotalWh=125_000_000), by(operator, 1_000, ledger), QUIET
    )

    buyers = {1: (world.buyer, 75_000, 120_000), 2: (world.buyer_b, 30_000, 100_000)}
    for number, (buyer, kwh, price) in buyers.items():
        agreement = (ppa_id, agreement_box_name(number))
        terms = ppa_calls.terms(world, buyer=buyer.address, pricePerKwh=price)
        world.ppa.send.create_agreement(
            CreateAgreementArgs(terms=terms), by(operator, 1_000, agreement, app=receipt_id), QUIET
        )
        world.ppa.send.allocate_production(
            AllocateProductionArgs(epochId=EPOCH, agreementId=number, kWhAmount=kwh, expectedTotalGeneration=125_000),
            by(operator, 2_000, agreement, (ppa_id, invoice_box_name(number, EPOCH)), ledger, app=receipt_id),
            QUIET,
        )

    treasury_before = world.balance(world.treasury.address)
    for number, (buyer, kwh, price) in buyers.items():
        payment = payment_of(world, buyer, world.treasury.address, kwh * price)
        world.ppa.send.settle_payment(
            SettlePaymentArgs(payment=payment, agreementId=number, epochId=EPOCH),
            by(buyer, 1_000, (ppa_id, invoice_box_name(number, EPOCH)), (ppa_id, agreement_box_name(number))),
            QUIET,
        )
    assert world.balance(world.treasury.address) - treasury_before == 12_000_000_000

    net = payment_of(world, operator, world.vault.app_address, 3_000_000_000)
    world.vault.send.deposit_net_revenue(
        DepositNetRevenueArgs(
            payment=net,
            epochId=EPOCH,
            netAmount=3_000_000_000,
            energyWh=ALL_REMAINING,
            pricePerKwh=150_000,
            evidenceHash=bytes(32),
        ),
        by(operator, 2_000, (world.vault.app_id, deposit_box_name(1)), ledger, app=receipt_id),
        QUIET,
    )
    before = [world.balance(holder.address) for holder in (world.holder_a, world.holder_b, world.holder_c)]
    for holder in (world.holder_a, world.holder_b, world.holder_c):
        world.send(vault_states.claim(world, holder.address))
    after = [world.balance(holder.address) for holder in (world.holder_a, world.holder_b, world.holder_c)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1_500_000_000, 900_000_000, 600_000_000]
    assert vault_expect.money(world) == {"deposited": 3_000_000_000, "paid": 3_000_000_000, "owed": 0, "carried": 0}
    ledger_now = receipt_expect.ledger(world)
    parts = {field: ledger_now[field] for field in ("recordedWh", "ppaWh", "vaultWh", "remainingWh", "deficitWh")}
    assert parts == {
        "recordedWh": 125_000_000,
        "ppaWh": 105_000_000,
        "vaultWh": 20_000_000,
        "remainingWh": 0,
        "deficitWh": 0,
    }


def test_fraction_of_a_kwh_ends_with_the_holders(world: World) -> None:
    """125,000,437 Wh allocate with an expected total of 125,000 kWh; the 437 Wh are drawn by the vault."""
    meter_id = receipt_states.register_meter(world)
    receipt_calls.record_reading(world, meter_id, wh=125_000_437)
    receipt_states.finalize(world, 125_000_437)
    world.send(ppa_calls.create_agreement(world), ppa_calls.allocate(world, 125_000, total_kwh=125_000))
    vault_states.open_for_revenue(world)
    sent = world.send(vault_calls.deposit(world, 1_000_000))
    (drawn,) = (event for event in sent.events if event.name == "EnergyDrawn")
    assert drawn.fields["wh"] == 437
    assert vault_expect.deposit_of(world).energyWh == 437
    ledger_now = receipt_expect.ledger(world)
    assert (ledger_now["ppaWh"], ledger_now["vaultWh"], ledger_now["remainingWh"]) == (125_000_000, 437, 0)
