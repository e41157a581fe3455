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

from gridpact.billing.boxes import agreement_box_name, invoice_box_name
from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.ppa_client import (
    AllocateProductionArgs,
    CreateAgreementArgs,
    EndAgreementArgs,
    GetAgreementArgs,
    GetInvoiceArgs,
    PpaClient,
    VoidInvoiceArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name

CREATE_AGREEMENT_FEE: Final = fee(1)
END_AGREEMENT_FEE: Final = fee(1)
ALLOCATE_PRODUCTION_FEE: Final = fee(2)  # the draw
VOID_INVOICE_FEE: Final = fee(2)  # the return
SETTLE_PAYMENT_FEE: Final = fee(1)
SETTLE_PAYMENT_ASSET_FEE: Final = fee(1)
PAYMENT_FEE: Final = fee(1)
QUERY_FEE: Final = fee(1)


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
                amount=AlgoAmount.from_micro_algo(invoice.amount),
                note=note,
                static_fee=PAYMENT_FEE,
            )
            return self.settle_payment(invoice.buyer, payment, agreement_id, epoch_id)
        transfer = AssetTransferParams(
            sender=invoice.buyer,
            asset_id=invoice.asset_id,
            receiver=invoice.treasury,
            amount=invoice.amount,
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
        # The typed client takes a finished transaction only. The composer takes its parameters too, and makes both
        # transactions when the group is built: nothing is asked of the node before.
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self.client.app_client.app_spec.get_arc56_method(method).to_abi_method(),
                args=[payment, agreement_id, epoch_id],
                sender=sender,
                static_fee=static_fee,
                box_references=[
                    self._reference(invoice_box_name(agreement_id, epoch_id)),
                    self._reference(agreement_box_name(agreement_id)),
                ],
            )
        )

    def _energy_references(self, agreement_id: int, epoch_id: int) -> list[BoxReference | BoxIdentifier]:
        return [
            self._reference(agreement_box_name(agreement_id)),
            self._reference(invoice_box_name(agreement_id, epoch_id)),
            BoxReference(self.kwh_receipt_id, ledger_box_name(PROJECT, epoch_id)),
        ]

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)
