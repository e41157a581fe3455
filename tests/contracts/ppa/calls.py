"""Calls of PPA, as the tests make them: valid unless a test says otherwise."""

from dataclasses import dataclass, replace
from typing import Any, Final

from algokit_utils import AlgoAmount, AppCallMethodCallParams, AssetTransferParams, BoxReference, PaymentParams
from algosdk.abi import Method
from algosdk.atomic_transaction_composer import TransactionSigner

from gridpact.billing.agreements import terms_hash as hash_of_terms
from gridpact.billing.boxes import agreement_box_name, invoice_box_name
from gridpact.billing.calls import payment_note
from gridpact.chain.call import Call, fee
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    KWhReceiptClient,
    RecordProductionArgs,
    RestateReadingArgs,
)
from gridpact.contracts.ppa_client import (
    AgreementTerms,
    AllocateProductionArgs,
    ApplyCreditArgs,
    CreateAgreementArgs,
    EndAgreementArgs,
    Invoice,
    IssueNoteArgs,
    PpaClient,
    ReleaseCreditArgs,
    VoidInvoiceArgs,
    VoidNoteArgs,
)
from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.support.structs import as_layout
from tests.support.world import STAKE_ALGO, World, call_of

EPOCH_ID: Final = 202602

TOTAL_KWH: Final = 125_000

ALLOCATED_KWH: Final = 75_000

PRICE_PER_KWH: Final = 120_000

AMOUNT: Final = 9_000_000_000

CREDIT_KWH: Final = 530

NEXT_EPOCH_ID: Final = 202603

DUE_DAY: Final = 15

DUE_TS: Final = 1_773_619_199  # 2026-03-15 23:59:59 UTC

CONTRACT_HASH: Final = bytes(range(32))

REASON_HASH: Final = bytes(range(32, 64))

MAX_UINT64: Final = 2**64 - 1

STAKE_MICROALGO: Final = STAKE_ALGO * 1_000_000


@dataclass(frozen=True, slots=True)
class Billed:
    """An invoice in a world, as issued."""

    agreement_id: int
    epoch_id: int
    invoice: Invoice


def terms(world: World, **changes: Any) -> AgreementTerms:
    """The terms of Company A's agreement, in ALGO, with some of them changed."""
    return replace(
        AgreementTerms(
            buyer=world.buyer.address,
            treasury=world.treasury.address,
            assetId=0,
            pricePerKwh=PRICE_PER_KWH,
            escalatorBps=0,
            minimumKwh=0,
            lateInterestBps=0,
            firstEpoch=202601,
            lastEpoch=203012,
            capKwh=0,
            dueDay=DUE_DAY,
            contractHash=CONTRACT_HASH,
            requiresAcceptance=False,
        ),
        **changes,
    )


def create_agreement(world: World, agreement_id: int = 1, **changes: Any) -> Call:
    """The operator creates an agreement with `terms`."""
    return world.ppa_calls.create_agreement(
        world.operator.address, CreateAgreementArgs(terms=terms(world, **changes)), agreement_id
    )


def end_agreement(world: World, last_epoch: int, agreement_id: int = 1) -> Call:
    """The operator ends an agreement."""
    return world.ppa_calls.end_agreement(
        world.operator.address, EndAgreementArgs(agreementId=agreement_id, lastEpoch=last_epoch)
    )


def final_epoch(world: World, epoch_id: int = EPOCH_ID, kwh: int = TOTAL_KWH) -> list[Call]:
    """The operator records a project reading without a meter and closes the epoch."""
    return [
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=epoch_id, intervalId=1, kWhAmount=kwh)
        ),
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=kwh * 1_000)
        ),
    ]


def restate(world: World, *, increase: bool, kwh: int, revision: int = 1) -> Call:
    """The operator corrects the reading that `final_epoch` recorded."""
    return world.receipt_calls.restate_reading(
        world.operator.address,
        RestateReadingArgs(
            epochId=EPOCH_ID,
            meterId=receipt_cfg.NO_METER,
            intervalId=1,
            revision=revision,
            increase=increase,
            wh=kwh * 1_000,
            reasonHash=REASON_HASH,
        ),
        PROJECT,
    )


def allocate(
    world: World,
    kwh: int = ALLOCATED_KWH,
    *,
    agreement_id: int = 1,
    epoch_id: int = EPOCH_ID,
    total_kwh: int = TOTAL_KWH,
    sender: str | None = None,
) -> Call:
    """The operator, or somebody else, allocates energy to an agreement."""
    return world.ppa_calls.allocate_production(
        sender or world.operator.address,
        AllocateProductionArgs(
            epochId=epoch_id, agreementId=agreement_id, kWhAmount=kwh, expectedTotalGeneration=total_kwh
        ),
    )


def void(world: World, *, agreement_id: int = 1, epoch_id: int = EPOCH_ID, sender: str | None = None) -> Call:
    """The operator, or somebody else, voids an invoice."""
    return world.ppa_calls.void_invoice(
        sender or world.operator.address,
        VoidInvoiceArgs(agreementId=agreement_id, epochId=epoch_id, reasonHash=REASON_HASH),
    )


def hash_of(wanted: AgreementTerms) -> bytes:
    """What the buyer accepts of these terms."""
    return hash_of_terms(as_layout(layout.AgreementTerms, wanted))


def note(
    world: World,
    kind: int,
    kwh: int,
    *,
    number: int = 1,
    agreement_id: int = 1,
    epoch_id: int = EPOCH_ID,
    sender: str | None = None,
) -> Call:
    """The operator, or somebody else, corrects a paid invoice."""
    arguments = IssueNoteArgs(
        agreementId=agreement_id, epochId=epoch_id, kind=kind, kWhAmount=kwh, reasonHash=REASON_HASH
    )
    return world.ppa_calls.issue_note(sender or world.operator.address, arguments, number)


def interest(world: World, *, number: int = 1, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Call:
    """A stranger charges the late interest of an invoice."""
    return world.ppa_calls.issue_interest(world.outsider.address, agreement_id, epoch_id, number)


def apply_credit(
    world: World, to_epoch_id: int, *, number: int = 1, agreement_id: int = 1, sender: str | None = None
) -> Call:
    """The operator, or somebody else, sets a credit against another invoice of the agreement."""
    arguments = ApplyCreditArgs(agreementId=agreement_id, epochId=EPOCH_ID, note=number, toEpochId=to_epoch_id)
    return world.ppa_calls.apply_credit(sender or world.operator.address, arguments)


def release_credit(
    world: World, to_epoch_id: int, *, number: int = 1, agreement_id: int = 1, sender: str | None = None
) -> Call:
    """The operator, or somebody else, opens a credit again."""
    arguments = ReleaseCreditArgs(agreementId=agreement_id, epochId=EPOCH_ID, note=number)
    return world.ppa_calls.release_credit(sender or world.operator.address, arguments, to_epoch_id)


def void_note(world: World, kind: int, *, number: int = 1, agreement_id: int = 1, sender: str | None = None) -> Call:
    """The operator, or somebody else, takes a note back."""
    arguments = VoidNoteArgs(agreementId=agreement_id, epochId=EPOCH_ID, note=number, reasonHash=REASON_HASH)
    return world.ppa_calls.void_note(sender or world.operator.address, arguments, kind)


def settle(world: World, billed: Billed) -> Call:
    """The buyer's settlement as the library builds it."""
    invoice = as_layout(layout.Invoice, billed.invoice)
    return world.ppa_calls.settlement(billed.agreement_id, billed.epoch_id, invoice)


class WithoutTransaction(Method):
    """A method that leaves its transaction argument to whatever stands before the call in the group.

    Only the encoding of the arguments changes: a transaction argument is not part of it.
    """

    def __init__(self, signature: str) -> None:
        self.real = Method.from_signature(signature)
        super().__init__(self.real.name, self.real.args[1:], self.real.returns)

    def get_selector(self) -> bytes:
        return self.real.get_selector()


SETTLE_PAYMENT: Final = WithoutTransaction("settlePayment(pay,uint64,uint64)void")

SETTLE_PAYMENT_ASSET: Final = WithoutTransaction("settlePaymentAsset(axfer,uint64,uint64)void")


def bare_settle(
    world: World,
    billed: Billed,
    *,
    method: Method | None = None,
    sender: str | None = None,
    signer: TransactionSigner | None = None,
    transactions_paid: int = 1,
    note: bytes | None = None,
) -> Call:
    """The settling call alone. Its payment is whatever the test puts before it.

    Args:
        world: where.
        billed: the invoice.
        method: which settling call; the one that fits the invoice when None.
        sender: who calls; the buyer when None.
        signer: who signs; the sender when None.
        transactions_paid: how many transactions its fee pays for.
        note: tells two calls for one invoice apart: to the ledger equal calls are one transaction.
    """
    if method is None:
        method = SETTLE_PAYMENT if billed.invoice.assetId == 0 else SETTLE_PAYMENT_ASSET
    app_id = world.ppa.app_id
    return Call(
        AppCallMethodCallParams(
            app_id=app_id,
            method=method,
            args=[billed.agreement_id, billed.epoch_id],
            sender=sender or world.buyer.address,
            signer=signer,
            static_fee=fee(transactions_paid),
            note=note,
            box_references=[
                BoxReference(app_id, invoice_box_name(billed.agreement_id, billed.epoch_id)),
                BoxReference(app_id, agreement_box_name(billed.agreement_id)),
            ],
        )
    )


def payment(world: World, billed: Billed, **changes: Any) -> PaymentParams:
    """The right payment in ALGO, with some fields changed."""
    return replace(
        PaymentParams(
            sender=world.buyer.address,
            receiver=world.treasury.address,
            amount=AlgoAmount.from_micro_algo(billed.invoice.amount),
            note=payment_note(billed.agreement_id, billed.epoch_id),
            static_fee=fee(1),
        ),
        **changes,
    )


def transfer(world: World, billed: Billed, **changes: Any) -> AssetTransferParams:
    """The right transfer of the invoice's asset, with some fields changed."""
    return replace(
        AssetTransferParams(
            sender=world.buyer.address,
            receiver=world.treasury.address,
            asset_id=billed.invoice.assetId,
            amount=billed.invoice.amount,
            note=payment_note(billed.agreement_id, billed.epoch_id),
            static_fee=fee(1),
        ),
        **changes,
    )


def pause(world: World, client: PpaClient | KWhReceiptClient) -> None:
    """The admin pauses one of the apps."""
    world.send(call_of(client, "pause", [], world.admin))
