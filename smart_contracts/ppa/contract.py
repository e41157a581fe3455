"""PPA: who buys which energy, for how much, and whether it was paid."""

from algopy import (
    Account,
    Application,
    Asset,
    BoxMap,
    Global,
    GlobalState,
    Struct,
    Txn,
    UInt64,
    arc4,
    gtxn,
    op,
    subroutine,
)

from smart_contracts.interfaces.energy_source import EnergySource
from smart_contracts.ppa import config as cfg
from smart_contracts.ppa.events import AgreementCreated, AgreementEnded, InvoiceIssued, InvoicePaid, InvoiceVoided
from smart_contracts.ppa.types import Agreement, AgreementTerms, Invoice
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.calendar import due_ts, require_epoch
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.payments import require_asset_transfer, require_payment
from smart_contracts.shared.types import Hash
from smart_contracts.shared.units import WH_PER_KWH


class InvoiceKey(Struct, frozen=True):
    """Names an invoice: one for each agreement and epoch."""

    agreement_id: UInt64
    epoch_id: UInt64


class PPA(Governed):
    """Power purchase agreements: terms, allocation, invoices, settlement.

    Energy comes from the project's final ledger in KWhReceipt. Money never passes through this app: the buyer pays the
    treasury, and the settlement in the same group checks that payment.
    """

    def __init__(self) -> None:
        super().__init__()
        # App id of KWhReceipt: written by create, then fixed.
        self.kwh_receipt_app = GlobalState(UInt64(), key="kwh_receipt_app")
        # Agreement ids run from 1 to this.
        self.agreement_count = GlobalState(UInt64(), key="agreement_count")
        # Energy of the live (issued or paid) invoices of all agreements, in kWh.
        self.allocated_kwh = GlobalState(UInt64(), key="allocated_kwh")
        # Number of invoices in each status. A re-issued invoice leaves the voided ones.
        self.issued_invoices = GlobalState(UInt64(), key="issued_invoices")
        self.paid_invoices = GlobalState(UInt64(), key="paid_invoices")
        self.void_invoices = GlobalState(UInt64(), key="void_invoices")
        # Written by the operator's methods and, paid and its counters, by the buyers' settlements.
        self.agreements = BoxMap(UInt64, Agreement, key_prefix=cfg.BOX_AGREEMENT)
        self.invoices = BoxMap(InvoiceKey, Invoice, key_prefix=cfg.BOX_INVOICE)

    @arc4.abimethod(create="require")
    def create(self, kwhReceiptId: UInt64) -> None:
        """Deploy the app.

        Args:
            kwhReceiptId: app id of KWhReceipt, for ever.

        Raises:
            err.INVALID_APP: the app does not exist, or has another creator.
        """
        require_sibling(kwhReceiptId)
        self.kwh_receipt_app.value = kwhReceiptId
        self._created(kwhReceiptId)

    # --- agreements ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def createAgreement(self, terms: AgreementTerms) -> UInt64:
        """Create an agreement. Its terms are never edited.

        Args:
            terms: what was agreed. Its epochs may lie in the future.

        Returns:
            The agreement's id: 1, 2, 3 …

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_TREASURY: the zero address, or the account of PPA or KWhReceipt, which could never spend.
            err.INVALID_BUYER: the zero address, the treasury, or the account of PPA or KWhReceipt, which never pays.
            err.WRONG_ASSET: the settlement asset does not exist.
            err.INVALID_TERMS: no price, a due day outside 1 to 28, or an escalator, minimum or interest that is not 0.
            err.INVALID_EPOCH: the first or last epoch is not a month, or the last one is before the first.
        """
        self._require_operator()
        self._require_active()
        assert self._can_be_party(terms.treasury), err.INVALID_TREASURY
        assert self._can_be_party(terms.buyer) and terms.buyer != terms.treasury, err.INVALID_BUYER
        if terms.assetId != cfg.ALGO:
            _decimals, asset_exists = op.AssetParamsGet.asset_decimals(Asset(terms.assetId))
            assert asset_exists, err.WRONG_ASSET
        assert terms.pricePerKwh > 0, err.INVALID_TERMS
        assert terms.dueDay >= cfg.FIRST_DUE_DAY and terms.dueDay <= cfg.LAST_DUE_DAY, err.INVALID_TERMS
        assert terms.escalatorBps == 0 and terms.minimumKwh == 0 and terms.lateInterestBps == 0, err.INVALID_TERMS
        require_epoch(terms.firstEpoch)
        require_epoch(terms.lastEpoch)
        assert terms.firstEpoch <= terms.lastEpoch, err.INVALID_EPOCH
        agreement_id = self.agreement_count.value + 1
        self.agreement_count.value = agreement_id
        self.agreements[agreement_id] = Agreement(
            terms=terms.copy(),
            lastEpoch=terms.lastEpoch,
            allocatedKwh=UInt64(),
            invoicedAmount=UInt64(),
            paidAmount=UInt64(),
            invoices=UInt64(),
            paidInvoices=UInt64(),
        )
        arc4.emit(
            AgreementCreated(
                agreementId=agreement_id,
                buyer=terms.buyer,
                treasury=terms.treasury,
                assetId=terms.assetId,
                pricePerKwh=terms.pricePerKwh,
                escalatorBps=terms.escalatorBps,
                minimumKwh=terms.minimumKwh,
                lateInterestBps=terms.lateInterestBps,
                firstEpoch=terms.firstEpoch,
                lastEpoch=terms.lastEpoch,
                capKwh=terms.capKwh,
                dueDay=terms.dueDay,
                contractHash=terms.contractHash,
                timestamp=Global.latest_timestamp,
            )
        )
        return agreement_id

    @arc4.abimethod
    def endAgreement(self, agreementId: UInt64, lastEpoch: UInt64) -> None:
        """Stop billing after an epoch that is earlier than the last one now. Issued invoices stay payable.

        Pause does not stop it: it makes no new obligation.

        Args:
            agreementId: the agreement.
            lastEpoch: last month that can be billed, YYYYMM. Before the first epoch: nothing is ever billed again.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.AGREEMENT_NOT_FOUND: there is no such agreement.
            err.INVALID_EPOCH: not a month, or not before the agreement's last epoch.
        """
        self._require_operator()
        assert agreementId in self.agreements, err.AGREEMENT_NOT_FOUND
        require_epoch(lastEpoch)
        previous = self.agreements[agreementId].lastEpoch
        assert lastEpoch < previous, err.INVALID_EPOCH
        self.agreements[agreementId].lastEpoch = lastEpoch
        arc4.emit(
            AgreementEnded(
                agreementId=agreementId,
                previousLastEpoch=previous,
                lastEpoch=lastEpoch,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- allocation and invoices --------------------------------------------------------------------------------------

    @arc4.abimethod
    def allocateProduction(
        self, epochId: UInt64, agreementId: UInt64, kWhAmount: UInt64, expectedTotalGeneration: UInt64
    ) -> UInt64:
        """Give energy of a final epoch to an agreement and issue its invoice.

        The energy is drawn from the project's ledger by one inner call, whose fee the caller pays.

        Args:
            epochId: month, YYYYMM.
            agreementId: the agreement.
            kWhAmount: energy in kWh.
            expectedTotalGeneration: the project's recorded total of the epoch, in whole kWh rounded down.

        Returns:
            The invoice's amount in base units of the settlement asset.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: this contract or KWhReceipt is paused.
            err.AGREEMENT_NOT_FOUND: there is no such agreement.
            err.AGREEMENT_INACTIVE: the epoch is before the agreement's first or after its last one.
            err.ALREADY_ALLOCATED: the pair has an invoice that is issued or paid.
            err.INVALID_AMOUNT: no energy.
            err.AMOUNT_TOO_LARGE: more energy than any ledger holds, or an amount, or the agreement's sum of amounts,
                beyond 2^64-1 base units.
            err.OVER_CAP: more energy than the agreement's cap.
            err.TOTAL_MISMATCH: the recorded total is another one.
            err.NOT_CONSUMER: KWhReceipt does not know this app as its PPA.
            err.EPOCH_NOT_FOUND: the project has no reading in this epoch.
            err.EPOCH_NOT_FINAL: the project's ledger is open.
            err.LEDGER_IN_DEFICIT: a restatement took the recorded total below what was drawn.
            err.OVER_DRAWN: more energy than remains.
        """
        self._require_operator()
        self._require_active()
        assert agreementId in self.agreements, err.AGREEMENT_NOT_FOUND
        agreement = self.agreements[agreementId].copy()
        terms = agreement.terms.copy()
        assert terms.firstEpoch <= epochId and epochId <= agreement.lastEpoch, err.AGREEMENT_INACTIVE
        key = InvoiceKey(agreementId, epochId)
        revision = UInt64(1)
        if key in self.invoices:
            assert self.invoices[key].status == cfg.INVOICE_VOID, err.ALREADY_ALLOCATED
            revision += self.invoices[key].revision
        assert kWhAmount > 0, err.INVALID_AMOUNT
        assert kWhAmount <= cfg.MAX_LEDGER_KWH, err.AMOUNT_TOO_LARGE
        assert terms.capKwh == 0 or kWhAmount <= terms.capKwh, err.OVER_CAP
        amount_high, amount = op.mulw(kWhAmount, terms.pricePerKwh)
        assert amount_high == 0, err.AMOUNT_TOO_LARGE
        sum_carry, invoiced_amount = op.addw(agreement.invoicedAmount, amount)
        assert sum_carry == 0, err.AMOUNT_TOO_LARGE
        # No ledger holds more. Beyond it also lies the number that tells KWhReceipt to compare nothing.
        assert expectedTotalGeneration <= cfg.MAX_LEDGER_KWH, err.TOTAL_MISMATCH
        arc4.abi_call(
            EnergySource.draw,
            Global.zero_address,
            epochId,
            kWhAmount * WH_PER_KWH,
            expectedTotalGeneration,
            agreementId,
            app_id=self.kwh_receipt_app.value,
        )
        agreement.allocatedKwh += kWhAmount
        agreement.invoicedAmount = invoiced_amount
        agreement.invoices += 1
        self.agreements[agreementId] = agreement.copy()
        self.allocated_kwh.value += kWhAmount
        self.issued_invoices.value += 1
        if revision > 1:
            self.void_invoices.value -= 1
        invoice = Invoice(
            kwh=kWhAmount,
            pricePerKwh=terms.pricePerKwh,
            amount=amount,
            assetId=terms.assetId,
            buyer=terms.buyer,
            treasury=terms.treasury,
            issuedTs=Global.latest_timestamp,
            dueTs=due_ts(epochId, terms.dueDay),
            status=UInt64(cfg.INVOICE_ISSUED),
            revision=revision,
            notes=UInt64(),
            paidTs=UInt64(),
            paidRound=UInt64(),
        )
        self.invoices[key] = invoice.copy()
        arc4.emit(
            InvoiceIssued(
                agreementId=agreementId,
                epochId=epochId,
                revision=invoice.revision,
                kwh=invoice.kwh,
                pricePerKwh=invoice.pricePerKwh,
                amount=invoice.amount,
                assetId=invoice.assetId,
                buyer=invoice.buyer,
                treasury=invoice.treasury,
                dueTs=invoice.dueTs,
                timestamp=Global.latest_timestamp,
            )
        )
        return amount

    @arc4.abimethod
    def voidInvoice(self, agreementId: UInt64, epochId: UInt64, reasonHash: Hash) -> None:
        """Take an unpaid invoice back and return its energy to the project's ledger. Pause does not stop it.

        The pair may be allocated again, with the next revision, in the same box.

        Args:
            agreementId: the agreement.
            epochId: month, YYYYMM.
            reasonHash: SHA-256 of the written reason.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.INVOICE_IS_VOID: it was voided.
            err.ALREADY_PAID: it was paid.
        """
        self._require_operator()
        invoice = self._unpaid_invoice(agreementId, epochId)
        arc4.abi_call(
            EnergySource.giveBack, epochId, invoice.kwh * WH_PER_KWH, agreementId, app_id=self.kwh_receipt_app.value
        )
        invoice.status = UInt64(cfg.INVOICE_VOID)
        self.invoices[InvoiceKey(agreementId, epochId)] = invoice.copy()
        agreement = self.agreements[agreementId].copy()
        agreement.allocatedKwh -= invoice.kwh
        agreement.invoicedAmount -= invoice.amount
        agreement.invoices -= 1
        self.agreements[agreementId] = agreement.copy()
        self.allocated_kwh.value -= invoice.kwh
        self.issued_invoices.value -= 1
        self.void_invoices.value += 1
        arc4.emit(
            InvoiceVoided(
                agreementId=agreementId,
                epochId=epochId,
                revision=invoice.revision,
                kwh=invoice.kwh,
                pricePerKwh=invoice.pricePerKwh,
                amount=invoice.amount,
                assetId=invoice.assetId,
                buyer=invoice.buyer,
                treasury=invoice.treasury,
                issuedTs=invoice.issuedTs,
                dueTs=invoice.dueTs,
                notes=invoice.notes,
                reasonHash=reasonHash,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- settlement ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def settlePayment(self, payment: gtxn.PaymentTransaction, agreementId: UInt64, epochId: UInt64) -> None:
        """Settle an invoice in ALGO with the payment directly before this call. Pause does not stop it.

        Args:
            payment: the exact amount, from the buyer to the invoice's treasury, and nothing else.
            agreementId: the agreement.
            epochId: month, YYYYMM.

        Raises:
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.INVOICE_IS_VOID: it was voided.
            err.ALREADY_PAID: it was paid.
            err.NOT_BUYER: the caller is not the invoice's buyer.
            err.WRONG_ASSET: the invoice is not in ALGO.
            err.WRONG_SENDER: the payment does not come from the buyer.
            err.WRONG_RECEIVER: it does not go to the invoice's treasury.
            err.WRONG_AMOUNT: it is not the exact amount.
            err.CLOSE_NOT_ALLOWED: it closes the buyer's account.
            err.REKEY_NOT_ALLOWED: it rekeys the buyer's account.
        """
        invoice = self._invoice_of_caller(agreementId, epochId)
        assert invoice.assetId == cfg.ALGO, err.WRONG_ASSET
        require_payment(payment, invoice.buyer, invoice.treasury, invoice.amount)
        self._mark_paid(invoice, agreementId, epochId)

    @arc4.abimethod
    def settlePaymentAsset(self, payment: gtxn.AssetTransferTransaction, agreementId: UInt64, epochId: UInt64) -> None:
        """Settle an invoice in an asset with the transfer directly before this call. Pause does not stop it.

        Args:
            payment: the exact amount, from the buyer to the invoice's treasury, and nothing else.
            agreementId: the agreement.
            epochId: month, YYYYMM.

        Raises:
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.INVOICE_IS_VOID: it was voided.
            err.ALREADY_PAID: it was paid.
            err.NOT_BUYER: the caller is not the invoice's buyer.
            err.WRONG_ASSET: the invoice is in ALGO, or the transfer is of another asset.
            err.CLAWBACK_NOT_ALLOWED: the transfer takes the units from somebody else.
            err.WRONG_SENDER: the transfer does not come from the buyer.
            err.WRONG_RECEIVER: it does not go to the invoice's treasury.
            err.WRONG_AMOUNT: it is not the exact amount.
            err.CLOSE_NOT_ALLOWED: it closes the buyer's holding.
            err.REKEY_NOT_ALLOWED: it rekeys the buyer's account.
        """
        invoice = self._invoice_of_caller(agreementId, epochId)
        assert invoice.assetId != cfg.ALGO, err.WRONG_ASSET
        require_asset_transfer(payment, invoice.assetId, invoice.buyer, invoice.treasury, invoice.amount)
        self._mark_paid(invoice, agreementId, epochId)

    # --- queries ------------------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getAgreement(self, agreementId: UInt64) -> Agreement:
        """An agreement and what was billed under it.

        Raises:
            err.AGREEMENT_NOT_FOUND: there is no such agreement.
        """
        assert agreementId in self.agreements, err.AGREEMENT_NOT_FOUND
        return self.agreements[agreementId]

    @arc4.abimethod(readonly=True)
    def getInvoice(self, agreementId: UInt64, epochId: UInt64) -> Invoice:
        """The latest revision of an invoice, voided ones included.

        Raises:
            err.INVOICE_NOT_FOUND: nothing was ever allocated to this agreement in this epoch.
        """
        key = InvoiceKey(agreementId, epochId)
        assert key in self.invoices, err.INVOICE_NOT_FOUND
        return self.invoices[key]

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine
    def _can_be_party(self, account: Account) -> bool:
        """Whether an account can pay or be paid. What the two apps' accounts receive could never be spent."""
        return (
            account != Global.zero_address
            and account != Global.current_application_address
            and account != Application(self.kwh_receipt_app.value).address
        )

    @subroutine
    def _unpaid_invoice(self, agreement_id: UInt64, epoch_id: UInt64) -> Invoice:
        key = InvoiceKey(agreement_id, epoch_id)
        assert key in self.invoices, err.INVOICE_NOT_FOUND
        invoice = self.invoices[key].copy()
        assert invoice.status != cfg.INVOICE_VOID, err.INVOICE_IS_VOID
        assert invoice.status != cfg.INVOICE_PAID, err.ALREADY_PAID
        return invoice

    @subroutine
    def _invoice_of_caller(self, agreement_id: UInt64, epoch_id: UInt64) -> Invoice:
        invoice = self._unpaid_invoice(agreement_id, epoch_id)
        assert Txn.sender == invoice.buyer, err.NOT_BUYER
        return invoice

    @subroutine
    def _mark_paid(self, invoice: Invoice, agreement_id: UInt64, epoch_id: UInt64) -> None:
        paid = invoice.copy()
        paid.status = UInt64(cfg.INVOICE_PAID)
        paid.paidTs = Global.latest_timestamp
        paid.paidRound = Global.round
        self.invoices[InvoiceKey(agreement_id, epoch_id)] = paid.copy()
        self.agreements[agreement_id].paidAmount += paid.amount
        self.agreements[agreement_id].paidInvoices += 1
        self.issued_invoices.value -= 1
        self.paid_invoices.value += 1
        arc4.emit(
            InvoicePaid(
                agreementId=agreement_id,
                epochId=epoch_id,
                revision=paid.revision,
                kwh=paid.kwh,
                pricePerKwh=paid.pricePerKwh,
                amount=paid.amount,
                assetId=paid.assetId,
                buyer=paid.buyer,
                treasury=paid.treasury,
                dueTs=paid.dueTs,
                paidRound=paid.paidRound,
                timestamp=Global.latest_timestamp,
            )
        )
