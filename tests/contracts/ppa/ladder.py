"""States of PPA that its tests start from, and what they read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import pytest
from algokit_utils import AlgoAmount, AppCallMethodCallParams, AssetTransferParams, BoxReference, PaymentParams
from algosdk.abi import Method
from algosdk.atomic_transaction_composer import TransactionSigner

from gridpact.billing.agreements import terms_hash as hash_of_terms
from gridpact.billing.boxes import agreement_box_name, invoice_box_name
from gridpact.billing.calls import payment_note
from gridpact.chain.call import Call, fee
from gridpact.chain.errors import LedgerError
from gridpact.chain.events import Value
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.kwh_receipt_client import (
    EpochLedger,
    FinalizeEpochArgs,
    KWhReceiptClient,
    LedgerKey,
    RecordProductionArgs,
    RestateReadingArgs,
)
from gridpact.contracts.ppa_client import (
    AcceptAgreementArgs,
    Agreement,
    AgreementTerms,
    AllocateProductionArgs,
    ApplyCreditArgs,
    CreateAgreementArgs,
    EndAgreementArgs,
    Invoice,
    InvoiceKey,
    IssueNoteArgs,
    Note,
    NoteKey,
    PpaClient,
    ReleaseCreditArgs,
    VoidInvoiceArgs,
    VoidNoteArgs,
)
from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as cfg
from tests.support.events import ANY_TIME
from tests.support.stages import stage
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


# --- calls ------------------------------------------------------------------------------------------------------------


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


def accept(world: World, agreement_id: int = 1, *, terms_hash: bytes | None = None, sender: str | None = None) -> Call:
    """The buyer, or somebody else, accepts an agreement's terms."""
    wanted = terms_hash
    if wanted is None:
        wanted = hash_of(agreement_of(world, agreement_id).terms)
    return world.ppa_calls.accept_agreement(
        sender or world.buyer.address, AcceptAgreementArgs(agreementId=agreement_id, termsHash=wanted)
    )


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


def settle_note(world: World, number: int = 1, *, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Call:
    """The payer's settlement of a note as the library builds it."""
    stored = as_layout(layout.Note, note_of(world, number, agreement_id, epoch_id))
    invoice = as_layout(layout.Invoice, invoice_of(world, agreement_id, epoch_id))
    return world.ppa_calls.note_settlement(agreement_id, epoch_id, number, stored, invoice)


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


# --- settlements that the library would not build ---------------------------------------------------------------------


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


# --- states -----------------------------------------------------------------------------------------------------------


@stage
def issued_invoice(world: World, **changes: Any) -> Billed:
    """The project's epoch is final, agreement 1 exists, and its invoice of 75,000 kWh waits for its payment."""
    world.send(*final_epoch(world), create_agreement(world, **changes), allocate(world))
    return bill_of(world)


@stage
def asset_invoice(world: World, *holders: str) -> Billed:
    """As `issued_invoice`, in an asset that the outsider created and can claw back.

    Args:
        world: where.
        holders: names of more accounts that hold the asset.
    """
    accounts = [getattr(world, name) for name in ("buyer", "treasury", *holders)]
    return issued_invoice(world, assetId=world.asset(world.outsider, *accounts))


@stage
def paid_invoice(world: World) -> Billed:
    """As `issued_invoice`, and paid."""
    issued = issued_invoice(world)
    world.send(settle(world, issued))
    return issued


@stage
def credited_invoice(world: World, kwh: int = CREDIT_KWH) -> Billed:
    """As `paid_invoice`, and a credit note on it waits for its payment."""
    paid = paid_invoice(world)
    world.send(note(world, cfg.NOTE_CREDIT, kwh))
    return paid


@stage
def next_invoice(world: World, kwh: int) -> Billed:
    """As `credited_invoice`, and the agreement's next invoice is unpaid."""
    credited_invoice(world)
    world.send(*final_epoch(world, NEXT_EPOCH_ID), allocate(world, kwh, epoch_id=NEXT_EPOCH_ID))
    return bill_of(world, 1, NEXT_EPOCH_ID)


@stage
def void_invoice(world: World) -> Billed:
    """As `issued_invoice`, and voided."""
    issued = issued_invoice(world)
    world.send(void(world))
    return issued


@stage
def equal_invoices(world: World, count: int) -> list[Billed]:
    """As many agreements of one buyer with the same terms, and an invoice of 1,000 kWh for each."""
    numbers = range(1, count + 1)
    world.send(*final_epoch(world), *(create_agreement(world, number) for number in numbers))
    world.send(*(allocate(world, 1_000, agreement_id=number) for number in numbers))
    return [bill_of(world, number) for number in numbers]


def pause(world: World, client: PpaClient | KWhReceiptClient) -> None:
    """The admin pauses one of the apps."""
    world.send(call_of(client, "pause", [], world.admin))


# --- reading ----------------------------------------------------------------------------------------------------------


def bill_of(world: World, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Billed:
    """An invoice with its key."""
    return Billed(agreement_id, epoch_id, invoice_of(world, agreement_id, epoch_id))


def invoice_of(world: World, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Invoice:
    """What an invoice's box holds."""
    value = world.ppa.state.box.invoices.get_value(InvoiceKey(agreement_id=agreement_id, epoch_id=epoch_id))
    assert value is not None
    return value


def agreement_of(world: World, agreement_id: int = 1) -> Agreement:
    """What an agreement's box holds."""
    value = world.ppa.state.box.agreements.get_value(agreement_id)
    assert value is not None
    # The typed client promises bytes and gives a list of numbers.
    return replace(value, terms=replace(value.terms, contractHash=bytes(value.terms.contractHash)))


def note_of(world: World, number: int = 1, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Note:
    """What a note's box holds."""
    key = NoteKey(agreement_id=agreement_id, epoch_id=epoch_id, note=number)
    value = world.ppa.state.box.notes.get_value(key)
    assert value is not None
    return replace(value, reasonHash=bytes(value.reasonHash))


def project_ledger(world: World, epoch_id: int = EPOCH_ID) -> EpochLedger:
    """Where the project's energy of an epoch is."""
    value = world.receipt.state.box.ledgers.get_value(LedgerKey(producer=PROJECT, epoch_id=epoch_id))
    assert value is not None
    return value


def counters(world: World) -> dict[str, int]:
    """PPA's totals."""
    state = world.ppa.state.global_state
    return {
        "agreements": state.agreement_count,
        "allocated_kwh": state.allocated_kwh,
        "issued": state.issued_invoices,
        "paid": state.paid_invoices,
        "void": state.void_invoices,
    }


# --- expectations -----------------------------------------------------------------------------------------------------


def energy_drawn(
    wh: int, remaining_wh: int, epoch_id: int = EPOCH_ID, agreement_id: int = 1
) -> tuple[str, dict[str, Any]]:
    """KWhReceipt's event of a draw by PPA."""
    return (
        "EnergyDrawn",
        {
            "producer": PROJECT,
            "epochId": epoch_id,
            "consumer": receipt_cfg.CONSUMER_PPA,
            "wh": wh,
            "remainingWh": remaining_wh,
            "reference": agreement_id,
            "timestamp": ANY_TIME,
        },
    )


def invoice_event(name: str, billed: Billed, *more: str, **values: Value) -> tuple[str, dict[str, Any]]:
    """An event of PPA about an invoice: what the invoice pins, and more.

    Args:
        name: the event.
        billed: the invoice.
        more: further fields of the invoice that the event carries.
        values: fields of the event that the invoice does not have.
    """
    invoice = asdict(billed.invoice)
    pinned = ["revision", "kwh", "pricePerKwh", "amount", "assetId", "buyer", "treasury", "dueTs"]
    pinned.append("appliedAmount" if name == "InvoicePaid" else "shortfallKwh")
    return (
        name,
        {
            "agreementId": billed.agreement_id,
            "epochId": billed.epoch_id,
            **{field: invoice[field] for field in (*pinned, *more)},
            **values,
            "timestamp": ANY_TIME,
        },
    )


@contextmanager
def refused_by_ledger(world: World, node_text: str) -> Iterator[None]:
    """Expect the ledger, not the program's own checks, to refuse with this text; nothing changes.

    Args:
        world: where.
        node_text: what the node's message contains.
    """
    before = world.snapshot()
    with pytest.raises(LedgerError) as caught:
        yield
    assert node_text in caught.value.node_text
    assert world.snapshot() == before
