"""Calls of PPA, and the settlement of an invoice as the two transactions that it is."""

from dataclasses import dataclass
from typing import Final

from algokit_utils import (
    AlgoAmount,
    AppCallMethodCallParams,
    AssetTransferParams,
    BoxReference,
    CommonAppCallParams,
    PaymentParams,
)
from algokit_utils.models.state import BoxIdentifier

from gridpact.billing.boxes import agreement_box_name, invoice_box_name, note_box_name
from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.ppa_client import (
    AcceptAgreementArgs,
    AllocateProductionArgs,
    ApplyCreditArgs,
    CreateAgreementArgs,
    EndAgreementArgs,
    GetAgreementArgs,
    GetInvoiceArgs,
    GetNoteArgs,
    IssueNoteArgs,
    PpaClient,
    ReleaseCreditArgs,
    VoidInvoiceArgs,
    VoidNoteArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name

CREATE_AGREEMENT_FEE: Final = fee(1)
END_AGREEMENT_FEE: Final = fee(1)
ALLOCATE_PRODUCTION_FEE: Final = fee(2)  # the draw
VOID_INVOICE_FEE: Final = fee(2)  # the return
SETTLE_PAYMENT_FEE: Final = fee(1)
SETTLE_PAYMENT_ASSET_FEE: Final = fee(1)
ACCEPT_AGREEMENT_FEE: Final = fee(1)
ISSUE_NOTE_FEE: Final = fee(2)  # the draw, or the return
ISSUE_CHARGE_FEE: Final = fee(1)  # a shortfall moves no energy
ISSUE_INTEREST_FEE: Final = fee(1)
SETTLE_NOTE_FEE: Final = fee(1)
APPLY_CREDIT_FEE: Final = fee(1)
RELEASE_CREDIT_FEE: Final = fee(1)
VOID_NOTE_FEE: Final = fee(2)  # the draw, or the return
VOID_CHARGE_FEE: Final = fee(1)
DEPOSIT_FEE: Final = fee(1)
PAYMENT_FEE: Final = fee(1)
QUERY_FEE: Final = fee(1)


def note_payment_note(agreement_id: int, epoch_id: int, note: int) -> bytes:
    """The note (ARC-2) of a payment for a note on an invoice."""
    return b'gridpact:j{"agreement":%d,"epoch":%d,"note":%d}' % (agreement_id, epoch_id, note)


def payment_note(agreement_id: int, epoch_id: int) -> bytes:
    """The note (ARC-2) of a payment for an invoice.

    To the ledger two payments with equal fields are one and the same transaction, also inside a group: the note tells
    the payments of two invoices with the same amount apart.
    """
    return b'gridpact:j{"agreement":%d,"epoch":%d}' % (agreement_id, epoch_id)


@dataclass(frozen=True, slots=True)
class PPACalls:
    """Builds calls of one PPA app."""

    client: PpaClient
    kwh_receipt_id: int
    """App id of the KWhReceipt that the app draws from."""

    def create_agreement(self, sender: str, args: CreateAgreementArgs, agreement_id: int) -> Call:
        """Create an agreement.

        Args:
            sender: the operator.
            args: the terms.
            agreement_id: the id that it will get: the app's `agreement_count` + 1.
        """
        box = Box(self.client.app_id, agreement_box_name(agreement_id), layout.Agreement.SIZE)
        asset_id = args.terms.assetId
        return Call(
            self.client.params.create_agreement(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=CREATE_AGREEMENT_FEE,
                    box_references=[self._reference(box.name)],
                    app_references=[self.kwh_receipt_id],
                    asset_references=[] if asset_id == cfg.ALGO else [asset_id],
                ),
            ),
            creates=(box,),
        )

    def end_agreement(self, sender: str, args: EndAgreementArgs) -> Call:
        """Bill no epoch after an earlier last one."""
        return Call(
            self.client.params.end_agreement(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=END_AGREEMENT_FEE,
                    box_references=[self._reference(agreement_box_name(args.agreementId))],
                ),
            )
        )

    def allocate_production(self, sender: str, args: AllocateProductionArgs) -> Call:
        """Give energy to an agreement and issue its invoice."""
        box = Box(self.client.app_id, invoice_box_name(args.agreementId, args.epochId), layout.Invoice.SIZE)
        return Call(
            self.client.params.allocate_production(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ALLOCATE_PRODUCTION_FEE,
                    box_references=self._energy_references(args.agreementId, args.epochId),
                    app_references=[self.kwh_receipt_id],
                ),
            ),
            creates=(box,),
        )

    def void_invoice(self, sender: str, args: VoidInvoiceArgs) -> Call:
        """Take an unpaid invoice back."""
        return Call(
            self.client.params.void_invoice(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=VOID_INVOICE_FEE,
                    box_references=self._energy_references(args.agreementId, args.epochId),
                    app_references=[self.kwh_receipt_id],
                ),
            )
        )

    def settlement(self, agreement_id: int, epoch_id: int, invoice: layout.Invoice) -> Call:
        """The buyer's two transactions, `[payment, settle]`, in the invoice's asset. Eight fit one group.

        Args:
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
            invoice: what the pair's box holds.
        """
        note = payment_note(agreement_id, epoch_id)
        if invoice.asset_id == cfg.ALGO:
            payment = PaymentParams(
                sender=invoice.buyer,
                receiver=invoice.treasury,
                amount=AlgoAmount.from_micro_algo(invoice.amount - invoice.applied_amount),
                note=note,
                static_fee=PAYMENT_FEE,
            )
            return self.settle_payment(invoice.buyer, payment, agreement_id, epoch_id)
        transfer = AssetTransferParams(
            sender=invoice.buyer,
            asset_id=invoice.asset_id,
            receiver=invoice.treasury,
            amount=invoice.amount - invoice.applied_amount,
            note=note,
            static_fee=PAYMENT_FEE,
        )
        return self.settle_payment_asset(invoice.buyer, transfer, agreement_id, epoch_id)

    def settle_payment(self, sender: str, payment: PaymentParams, agreement_id: int, epoch_id: int) -> Call:
        """`[payment, settlePayment]` of an invoice in ALGO.

        Args:
            sender: the buyer.
            payment: what the buyer pays; it goes into the group directly before the call.
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
        """
        return self._settle("settlePayment", SETTLE_PAYMENT_FEE, sender, payment, agreement_id, epoch_id)

    def settle_payment_asset(self, sender: str, payment: AssetTransferParams, agreement_id: int, epoch_id: int) -> Call:
        """`[transfer, settlePaymentAsset]` of an invoice in an asset.

        Args:
            sender: the buyer.
            payment: what the buyer transfers; it goes into the group directly before the call.
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
        """
        return self._settle("settlePaymentAsset", SETTLE_PAYMENT_ASSET_FEE, sender, payment, agreement_id, epoch_id)

    # --- notes --------------------------------------------------------------------------------------------------------

    def issue_note(self, sender: str, args: IssueNoteArgs, note: int) -> Call:
        """Correct a paid invoice, or bill its shortfall.

        Args:
            sender: the operator.
            args: the note.
            note: the number that it will get: the invoice's `notes` + 1.
        """
        key = args.agreementId, args.epochId
        moves = args.kind != cfg.NOTE_SHORTFALL
        return Call(
            self.client.params.issue_note(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ISSUE_NOTE_FEE if moves else ISSUE_CHARGE_FEE,
                    box_references=[
                        self._reference(note_box_name(*key, note)),
                        *(self._energy_references(*key) if moves else self._invoice_references(*key)),
                    ],
                    app_references=[self.kwh_receipt_id] if moves else [],
                ),
            ),
            creates=(Box(self.client.app_id, note_box_name(*key, note), layout.Note.SIZE),),
        )

    def issue_interest(self, sender: str, agreement_id: int, epoch_id: int, note: int) -> Call:
        """`[deposit, issueInterest]`: charge the late interest of an invoice.

        Args:
            sender: anybody.
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
            note: the number that the note will get: the invoice's `notes` + 1.
        """
        deposit = PaymentParams(
            sender=sender,
            receiver=self.client.app_address,
            amount=AlgoAmount.from_micro_algo(cfg.NOTE_MBR_MICROALGO),
            note=note_payment_note(agreement_id, epoch_id, note),
            static_fee=DEPOSIT_FEE,
        )
        boxes = [
            self._reference(note_box_name(agreement_id, epoch_id, note)),
            *self._invoice_references(agreement_id, epoch_id),
        ]
        return self._call("issueInterest", ISSUE_INTEREST_FEE, sender, [deposit, agreement_id, epoch_id], boxes)

    def note_settlement(
        self, agreement_id: int, epoch_id: int, note: int, stored: layout.Note, invoice: layout.Invoice
    ) -> Call:
        """The payer's two transactions, `[payment, settleNote]`, in the invoice's asset.

        Args:
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
            note: number of the note within the invoice.
            stored: what the note's box holds.
            invoice: what the invoice's box holds.
        """
        payer, payee = invoice.buyer, invoice.treasury
        if stored.kind == cfg.NOTE_CREDIT:
            payer, payee = payee, payer
        text = note_payment_note(agreement_id, epoch_id, note)
        if invoice.asset_id == cfg.ALGO:
            payment: PaymentParams | AssetTransferParams = PaymentParams(
                sender=payer,
                receiver=payee,
                amount=AlgoAmount.from_micro_algo(stored.amount),
                note=text,
                static_fee=PAYMENT_FEE,
            )
        else:
            payment = AssetTransferParams(
                sender=payer,
                asset_id=invoice.asset_id,
                receiver=payee,
                amount=stored.amount,
                note=text,
                static_fee=PAYMENT_FEE,
            )
        return self.settle_note(payer, payment, agreement_id, epoch_id, note)

    def settle_note(
        self, sender: str, payment: PaymentParams | AssetTransferParams, agreement_id: int, epoch_id: int, note: int
    ) -> Call:
        """`[payment, settleNote]`, or with a transfer `[transfer, settleNoteAsset]`.

        Args:
            sender: who owes the note.
            payment: what they pay; it goes into the group directly before the call.
            agreement_id: the agreement.
            epoch_id: month, YYYYMM.
            note: number of the note within the invoice.
        """
        method = "settleNote" if isinstance(payment, PaymentParams) else "settleNoteAsset"
        boxes: list[BoxReference | BoxIdentifier] = [
            self._reference(note_box_name(agreement_id, epoch_id, note)),
            self._reference(invoice_box_name(agreement_id, epoch_id)),
        ]
        return self._call(method, SETTLE_NOTE_FEE, sender, [payment, agreement_id, epoch_id, note], boxes)

    def apply_credit(self, sender: str, args: ApplyCreditArgs) -> Call:
        """Set an open credit against an unpaid invoice of the same agreement."""
        return Call(
            self.client.params.apply_credit(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=APPLY_CREDIT_FEE,
                    box_references=self._credit_references(args.agreementId, args.epochId, args.note, args.toEpochId),
                ),
            )
        )

    def release_credit(self, sender: str, args: ReleaseCreditArgs, to_epoch_id: int) -> Call:
        """Open a credit again.

        Args:
            sender: the operator.
            args: the credit.
            to_epoch_id: the month of the invoice that it is set against.
        """
        return Call(
            self.client.params.release_credit(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=RELEASE_CREDIT_FEE,
                    box_references=self._credit_references(args.agreementId, args.epochId, args.note, to_epoch_id),
                ),
            )
        )

    def void_note(self, sender: str, args: VoidNoteArgs, kind: int) -> Call:
        """Take an open note back.

        Args:
            sender: the operator.
            args: the note.
            kind: the note's.
        """
        key = args.agreementId, args.epochId
        moves = kind in (cfg.NOTE_CREDIT, cfg.NOTE_DEBIT)
        return Call(
            self.client.params.void_note(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=VOID_NOTE_FEE if moves else VOID_CHARGE_FEE,
                    box_references=[
                        self._reference(note_box_name(*key, args.note)),
                        *(self._energy_references(*key) if moves else self._invoice_references(*key)),
                    ],
                    app_references=[self.kwh_receipt_id] if moves else [],
                ),
            )
        )

    def accept_agreement(self, sender: str, args: AcceptAgreementArgs) -> Call:
        """Accept an agreement's terms."""
        return Call(
            self.client.params.accept_agreement(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ACCEPT_AGREEMENT_FEE,
                    box_references=[self._reference(agreement_box_name(args.agreementId))],
                ),
            )
        )

    # --- queries ------------------------------------------------------------------------------------------------------

    def get_note(self, sender: str, args: GetNoteArgs) -> Call:
        """Read a note."""
        return Call(
            self.client.params.get_note(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=QUERY_FEE,
                    box_references=[self._reference(note_box_name(args.agreementId, args.epochId, args.note))],
                ),
            )
        )

    def get_agreement(self, sender: str, args: GetAgreementArgs) -> Call:
        """Read an agreement."""
        return Call(
            self.client.params.get_agreement(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=QUERY_FEE,
                    box_references=[self._reference(agreement_box_name(args.agreementId))],
                ),
            )
        )

    def get_invoice(self, sender: str, args: GetInvoiceArgs) -> Call:
        """Read an invoice."""
        return Call(
            self.client.params.get_invoice(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=QUERY_FEE,
                    box_references=[self._reference(invoice_box_name(args.agreementId, args.epochId))],
                ),
            )
        )

    def _settle(
        self,
        method: str,
        static_fee: AlgoAmount,
        sender: str,
        payment: PaymentParams | AssetTransferParams,
        agreement_id: int,
        epoch_id: int,
    ) -> Call:
        boxes = self._invoice_references(agreement_id, epoch_id)
        return self._call(method, static_fee, sender, [payment, agreement_id, epoch_id], boxes)

    def _call(
        self,
        method: str,
        static_fee: AlgoAmount,
        sender: str,
        arguments: list[PaymentParams | AssetTransferParams | int],
        boxes: list[BoxReference | BoxIdentifier],
    ) -> Call:
        # The typed client takes a finished transaction only. The composer takes its parameters too, and makes both
        # transactions when the group is built: nothing is asked of the node before.
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self.client.app_client.app_spec.get_arc56_method(method).to_abi_method(),
                args=arguments,
                sender=sender,
                static_fee=static_fee,
                box_references=boxes,
            )
        )

    def _invoice_references(self, agreement_id: int, epoch_id: int) -> list[BoxReference | BoxIdentifier]:
        return [
            self._reference(invoice_box_name(agreement_id, epoch_id)),
            self._reference(agreement_box_name(agreement_id)),
        ]

    def _credit_references(
        self, agreement_id: int, epoch_id: int, note: int, to_epoch_id: int
    ) -> list[BoxReference | BoxIdentifier]:
        return [
            self._reference(note_box_name(agreement_id, epoch_id, note)),
            self._reference(invoice_box_name(agreement_id, epoch_id)),
            *self._invoice_references(agreement_id, to_epoch_id),
        ]

    def _energy_references(self, agreement_id: int, epoch_id: int) -> list[BoxReference | BoxIdentifier]:
        return [
            self._reference(agreement_box_name(agreement_id)),
            self._reference(invoice_box_name(agreement_id, epoch_id)),
            BoxReference(self.kwh_receipt_id, ledger_box_name(PROJECT, epoch_id)),
        ]

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)
