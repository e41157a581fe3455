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

from smart_contracts.interfaces.config import ANY_TOTAL
from smart_contracts.interfaces.energy_source import EnergySource
from smart_contracts.ppa import config as cfg
from smart_contracts.ppa.events import (
    AgreementAccepted,
    AgreementCreated,
    AgreementEnded,
    CreditApplied,
    CreditReleased,
    InvoiceIssued,
    InvoicePaid,
    InvoiceVoided,
    NoteIssued,
    NoteSettled,
    NoteVoided,
)
from smart_contracts.ppa.prices import escalated_price, late_interest, months_between
from smart_contracts.ppa.types import Agreement, AgreementTerms, Invoice, Note
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.calendar import due_ts, require_epoch
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.payments import require_asset_transfer, require_mbr, require_payment
from smart_contracts.shared.types import Hash
from smart_contracts.shared.units import WH_PER_KWH


class InvoiceKey(Struct, frozen=True):
    """Names an invoice: one for each agreement and epoch."""

    agreement_id: UInt64
    epoch_id: UInt64


class NoteKey(Struct, frozen=True):
    """Names a note: 1, 2, 3 … on its invoice."""

    agreement_id: UInt64
    epoch_id: UInt64
    note: UInt64


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
        self.notes = BoxMap(NoteKey, Note, key_prefix=cfg.BOX_NOTE)

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
            err.INVALID_TERMS: no price, a due day outside 1 to 28, a minimum above the cap, an escalator above 1,999
                basis points or with epochs beyond 40 years, or late interest above 10,000.
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
        assert terms.lateInterestBps <= cfg.MAX_LATE_INTEREST_BPS, err.INVALID_TERMS
        assert terms.minimumKwh == 0 or terms.capKwh == 0 or terms.minimumKwh <= terms.capKwh, err.INVALID_TERMS
        require_epoch(terms.firstEpoch)
        require_epoch(terms.lastEpoch)
        assert terms.firstEpoch <= terms.lastEpoch, err.INVALID_EPOCH
        if terms.escalatorBps > 0:
            months = months_between(terms.firstEpoch, terms.lastEpoch)
            assert terms.escalatorBps <= cfg.MAX_ESCALATOR_BPS and months < cfg.MAX_YEARS * cfg.MONTHS_OF_YEAR, (
                err.INVALID_TERMS
            )
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
            creditedAmount=UInt64(),
            debitedAmount=UInt64(),
            acceptedTs=UInt64(),
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
                requiresAcceptance=terms.requiresAcceptance,
                timestamp=Global.latest_timestamp,
            )
        )
        return agreement_id

    @arc4.abimethod
    def acceptAgreement(self, agreementId: UInt64, termsHash: Hash) -> None:
        """Accept an agreement's terms, as its buyer. Pause does not stop it.

        Args:
            agreementId: the agreement.
            termsHash: SHA-256 of the terms' ARC-4 encoding: what the buyer has read.

        Raises:
            err.AGREEMENT_NOT_FOUND: there is no such agreement.
            err.NOT_BUYER: the caller is not the agreement's buyer.
            err.ALREADY_SET: the terms were accepted.
            err.TERMS_MISMATCH: the terms are others.
        """
        assert agreementId in self.agreements, err.AGREEMENT_NOT_FOUND
        assert Txn.sender == self.agreements[agreementId].terms.buyer, err.NOT_BUYER
        assert self.agreements[agreementId].acceptedTs == 0, err.ALREADY_SET
        terms = op.Box.extract(cfg.BOX_AGREEMENT + op.itob(agreementId), 0, cfg.TERMS_SIZE)
        assert op.sha256(terms) == termsHash.bytes, err.TERMS_MISMATCH
        self.agreements[agreementId].acceptedTs = Global.latest_timestamp
        arc4.emit(
            AgreementAccepted(
                agreementId=agreementId,
                buyer=Txn.sender,
                termsHash=termsHash,
                timestamp=Global.latest_timestamp,
            )
        )

    @arc4.abimethod
    def endAgreement(self, agreementId: UInt64, lastEpoch: UInt64) -> None:
        """Stop billing after an epoch that is earlier than the last one now. Issued invoices stay payable.

        Args:
            agreementId: the agreement.
            lastEpoch: last month that can be billed, YYYYMM. Before the first epoch: nothing is ever billed again.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.AGREEMENT_NOT_FOUND: there is no such agreement.
            err.INVALID_EPOCH: not a month, or not before the agreement's last epoch.
        """
        self._require_operator()
        self._require_active()
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
            err.NOT_ACCEPTED: the terms ask for the buyer's acceptance, and they are not accepted.
            err.AGREEMENT_INACTIVE: the epoch is before the agreement's first or after its last one.
            err.ALREADY_ALLOCATED: the pair has an invoice that is issued or paid.
            err.INVALID_AMOUNT: no energy.
            err.AMOUNT_TOO_LARGE: more energy than any ledger holds, or a price, an amount, or the agreement's sum of
                amounts, beyond 2^64-1 base units.
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
        if terms.requiresAcceptance:
            assert agreement.acceptedTs > 0, err.NOT_ACCEPTED
        assert terms.firstEpoch <= epochId, err.AGREEMENT_INACTIVE
        assert epochId <= agreement.lastEpoch, err.AGREEMENT_INACTIVE
        key = InvoiceKey(agreementId, epochId)
        revision = UInt64(1)
        if key in self.invoices:
            assert self.invoices[key].status == cfg.INVOICE_VOID, err.ALREADY_ALLOCATED
            revision += self.invoices[key].revision
        assert kWhAmount > 0, err.INVALID_AMOUNT
        assert kWhAmount <= cfg.MAX_LEDGER_KWH, err.AMOUNT_TOO_LARGE
        if terms.capKwh > 0:
            assert kWhAmount <= terms.capKwh, err.OVER_CAP
        price = terms.pricePerKwh
        if terms.escalatorBps > 0:
            years = months_between(terms.firstEpoch, epochId) // cfg.MONTHS_OF_YEAR
            price = escalated_price(price, terms.escalatorBps, years)
        amount_high, amount = op.mulw(kWhAmount, price)
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
        shortfall_kwh = UInt64()
        if kWhAmount < terms.minimumKwh:
            shortfall_kwh = terms.minimumKwh - kWhAmount
        invoice = Invoice(
            kwh=kWhAmount,
            pricePerKwh=price,
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
            shortfallKwh=shortfall_kwh,
            appliedAmount=UInt64(),
            creditedKwh=UInt64(),
            creditedAmount=UInt64(),
            debitedKwh=UInt64(),
            debitedAmount=UInt64(),
            billedShortfallKwh=UInt64(),
            settledNotes=UInt64(),
            interestNote=UInt64(),
        )
        self.invoices[key] = invoice.copy()
        arc4.emit(
            InvoiceIssued(
                agreementId=agreementId,
                epochId=epochId,
                revision=revision,
                kwh=kWhAmount,
                pricePerKwh=price,
                amount=amount,
                assetId=terms.assetId,
                buyer=terms.buyer,
                treasury=terms.treasury,
                dueTs=invoice.dueTs,
                shortfallKwh=shortfall_kwh,
                timestamp=Global.latest_timestamp,
            )
        )
        return amount

    @arc4.abimethod
    def voidInvoice(self, agreementId: UInt64, epochId: UInt64, reasonHash: Hash) -> None:
        """Take an unpaid invoice back and return its energy to the project's ledger.

        The pair may be allocated again, with the next revision, in the same box.

        Args:
            agreementId: the agreement.
            epochId: month, YYYYMM.
            reasonHash: SHA-256 of the written reason.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.INVOICE_IS_VOID: it was voided.
            err.ALREADY_PAID: it was paid.
            err.CREDIT_APPLIED: a credit is set against it; release that first.
        """
        self._require_operator()
        self._require_active()
        invoice = self._unpaid_invoice(agreementId, epochId)
        assert invoice.appliedAmount == 0, err.CREDIT_APPLIED
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
                shortfallKwh=invoice.shortfallKwh,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- settlement ---------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def settlePayment(self, payment: gtxn.PaymentTransaction, agreementId: UInt64, epochId: UInt64) -> None:
        """Settle an invoice in ALGO with the payment directly before this call. Pause does not stop it.

        Args:
            payment: the exact amount due, from the buyer to the invoice's treasury, and nothing else. What credits
                cover is not due.
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
        require_payment(payment, invoice.buyer, invoice.treasury, invoice.amount - invoice.appliedAmount)
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
        due_amount = invoice.amount - invoice.appliedAmount
        require_asset_transfer(payment, invoice.assetId, invoice.buyer, invoice.treasury, due_amount)
        self._mark_paid(invoice, agreementId, epochId)

    # --- notes --------------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def issueNote(
        self, agreementId: UInt64, epochId: UInt64, kind: UInt64, kWhAmount: UInt64, reasonHash: Hash
    ) -> UInt64:
        """Correct a paid invoice: credit or debit energy at its price, or bill its shortfall.

        A credit gives the energy back to the project's ledger, a debit draws it, by one inner call whose fee the caller
        pays; a shortfall moves none. Late interest is issued by `issueInterest`.

        Args:
            agreementId: the agreement.
            epochId: month, YYYYMM.
            kind: 1 credit, 2 debit, 4 shortfall.
            kWhAmount: energy in kWh.
            reasonHash: SHA-256 of the written reason.

        Returns:
            The note's number within the invoice: 1, 2, 3 …

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: this contract is paused, or, for a debit, KWhReceipt.
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.NOT_PAID: it is not paid.
            err.INVALID_KIND: none of the three.
            err.INVALID_AMOUNT: no energy.
            err.AMOUNT_TOO_LARGE: more energy than any ledger holds, or an amount, or the agreement's sum of charges,
                beyond 2^64-1 base units.
            err.OVER_CREDITED: more than the invoice's energy less earlier credits.
            err.OVER_CAP: with it, more energy than the agreement's cap.
            err.OVER_SHORTFALL: more than the invoice's shortfall less what was billed of it.
            err.LEDGER_IN_DEFICIT: a debit while a restatement left the recorded total below what was drawn.
            err.OVER_DRAWN: a debit of more energy than remains.
        """
        self._require_operator()
        self._require_active()
        invoice = self._paid_invoice(agreementId, epochId)
        assert kWhAmount > 0, err.INVALID_AMOUNT
        assert kWhAmount <= cfg.MAX_LEDGER_KWH, err.AMOUNT_TOO_LARGE
        amount_high, amount = op.mulw(kWhAmount, invoice.pricePerKwh)
        assert amount_high == 0, err.AMOUNT_TOO_LARGE
        if kind == cfg.NOTE_CREDIT:
            assert kWhAmount <= invoice.kwh - invoice.creditedKwh, err.OVER_CREDITED
            invoice.creditedKwh += kWhAmount
            invoice.creditedAmount += amount
            self.agreements[agreementId].creditedAmount += amount
            self._return_energy(agreementId, epochId, kWhAmount)
        elif kind == cfg.NOTE_DEBIT:
            cap_kwh = self.agreements[agreementId].terms.capKwh
            net_kwh = invoice.kwh - invoice.creditedKwh + invoice.debitedKwh + kWhAmount
            assert cap_kwh == 0 or net_kwh <= cap_kwh, err.OVER_CAP
            invoice.debitedKwh += kWhAmount
            invoice.debitedAmount += self._charge(agreementId, amount)
            self._draw_energy(agreementId, epochId, kWhAmount)
        else:
            assert kind == cfg.NOTE_SHORTFALL, err.INVALID_KIND
            assert kWhAmount <= invoice.shortfallKwh - invoice.billedShortfallKwh, err.OVER_SHORTFALL
            invoice.billedShortfallKwh += kWhAmount
            invoice.debitedAmount += self._charge(agreementId, amount)
        return self._issue(
            NoteKey(agreementId, epochId, invoice.notes + 1), invoice, kind, kWhAmount, amount, reasonHash
        )

    @arc4.abimethod
    def issueInterest(self, mbr: gtxn.PaymentTransaction, agreementId: UInt64, epochId: UInt64) -> UInt64:
        """Charge the late interest of an invoice, once. Anybody may; pause does not stop it.

        Simple, actual/365, by whole days (UTC) from the due date to the day of payment, on what was paid late.

        Args:
            mbr: the storage deposit of the note: 50,900 microALGO.
            agreementId: the agreement.
            epochId: month, YYYYMM.

        Returns:
            The note's number within the invoice.

        Raises:
            err.INVOICE_NOT_FOUND: there is no such invoice.
            err.NOT_PAID: it is not paid.
            err.ALREADY_SET: its interest was charged.
            err.NOT_LATE: it was paid in time, the agreement asks for none, or it is less than one base unit.
            err.AMOUNT_TOO_LARGE: the interest, or the agreement's sum of charges, is beyond 2^64-1 base units.
            err.MBR_NOT_PAID: the payment is not exactly the deposit.
        """
        invoice = self._paid_invoice(agreementId, epochId)
        assert invoice.interestNote == 0, err.ALREADY_SET
        assert invoice.paidTs > invoice.dueTs, err.NOT_LATE
        amount = late_interest(
            invoice.amount - invoice.appliedAmount,
            self.agreements[agreementId].terms.lateInterestBps,
            invoice.dueTs,
            invoice.paidTs,
        )
        assert amount > 0, err.NOT_LATE
        require_mbr(mbr, UInt64(cfg.NOTE_MBR_MICROALGO))
        invoice.interestNote = invoice.notes + 1
        invoice.debitedAmount += self._charge(agreementId, amount)
        return self._issue(
            NoteKey(agreementId, epochId, invoice.notes + 1),
            invoice,
            UInt64(cfg.NOTE_INTEREST),
            UInt64(),
            amount,
            Hash(),
        )

    @arc4.abimethod
    def settleNote(self, payment: gtxn.PaymentTransaction, agreementId: UInt64, epochId: UInt64, note: UInt64) -> None:
        """Settle a note in ALGO with the payment directly before this call. Pause does not stop it.

        Args:
            payment: the exact amount and nothing else: from the treasury to the buyer for a credit, else from the buyer
                to the treasury.
            agreementId: the agreement.
            epochId: month, YYYYMM.
            note: number of the note within the invoice.

        Raises:
            err.NOTE_NOT_FOUND: there is no such note.
            err.NOTE_IS_VOID: it was voided.
            err.NOTE_SETTLED: it was paid.
            err.CREDIT_APPLIED: it is set against another invoice.
            err.NOT_TREASURY: a credit is paid by the treasury.
            err.NOT_BUYER: any other note is paid by the buyer.
            err.WRONG_ASSET: the invoice is not in ALGO.
            err.WRONG_SENDER: the payment does not come from the payer.
            err.WRONG_RECEIVER: it does not go to the payee.
            err.WRONG_AMOUNT: it is not the exact amount.
            err.CLOSE_NOT_ALLOWED: it closes the payer's account.
            err.REKEY_NOT_ALLOWED: it rekeys the payer's account.
        """
        key = NoteKey(agreementId, epochId, note)
        open_note = self._open_note(key)
        invoice = self.invoices[InvoiceKey(agreementId, epochId)].copy()
        payee = self._payee_for_caller(invoice, open_note.kind)
        assert invoice.assetId == cfg.ALGO, err.WRONG_ASSET
        require_payment(payment, Txn.sender, payee, open_note.amount)
        self._settle_note(key, open_note, invoice, payee)

    @arc4.abimethod
    def settleNoteAsset(
        self, payment: gtxn.AssetTransferTransaction, agreementId: UInt64, epochId: UInt64, note: UInt64
    ) -> None:
        """Settle a note in an asset with the transfer directly before this call. Pause does not stop it.

        Args:
            payment: the exact amount and nothing else: from the treasury to the buyer for a credit, else from the buyer
                to the treasury.
            agreementId: the agreement.
            epochId: month, YYYYMM.
            note: number of the note within the invoice.

        Raises:
            err.NOTE_NOT_FOUND: there is no such note.
            err.NOTE_IS_VOID: it was voided.
            err.NOTE_SETTLED: it was paid.
            err.CREDIT_APPLIED: it is set against another invoice.
            err.NOT_TREASURY: a credit is paid by the treasury.
            err.NOT_BUYER: any other note is paid by the buyer.
            err.WRONG_ASSET: the invoice is in ALGO, or the transfer is of another asset.
            err.CLAWBACK_NOT_ALLOWED: the transfer takes the units from somebody else.
            err.WRONG_SENDER: the transfer does not come from the payer.
            err.WRONG_RECEIVER: it does not go to the payee.
            err.WRONG_AMOUNT: it is not the exact amount.
            err.CLOSE_NOT_ALLOWED: it closes the payer's holding.
            err.REKEY_NOT_ALLOWED: it rekeys the payer's account.
        """
        key = NoteKey(agreementId, epochId, note)
        open_note = self._open_note(key)
        invoice = self.invoices[InvoiceKey(agreementId, epochId)].copy()
        payee = self._payee_for_caller(invoice, open_note.kind)
        assert invoice.assetId != cfg.ALGO, err.WRONG_ASSET
        require_asset_transfer(payment, invoice.assetId, Txn.sender, payee, open_note.amount)
        self._settle_note(key, open_note, invoice, payee)

    @arc4.abimethod
    def applyCredit(self, agreementId: UInt64, epochId: UInt64, note: UInt64, toEpochId: UInt64) -> None:
        """Set an open credit against an unpaid invoice of the same agreement; where nothing is left due, it is paid.

        Buyer, treasury and asset are the agreement's, and so the same in both.

        Args:
            agreementId: the agreement.
            epochId: month of the credited invoice, YYYYMM.
            note: number of the credit within that invoice.
            toEpochId: month of the invoice that becomes cheaper.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.NOTE_NOT_FOUND: there is no such note.
            err.NOTE_IS_VOID: it was voided.
            err.NOTE_SETTLED: it was paid.
            err.CREDIT_APPLIED: it is set against an invoice.
            err.INVALID_KIND: it is no credit.
            err.INVOICE_NOT_FOUND: there is no such invoice to set it against.
            err.INVOICE_IS_VOID: that invoice was voided.
            err.ALREADY_PAID: that invoice is paid.
            err.OVER_CREDITED: the credit is more than is due.
        """
        self._require_operator()
        self._require_active()
        key = NoteKey(agreementId, epochId, note)
        credit = self._open_note(key)
        assert credit.kind == cfg.NOTE_CREDIT, err.INVALID_KIND
        invoice = self._unpaid_invoice(agreementId, toEpochId)
        due_amount = invoice.amount - invoice.appliedAmount
        assert credit.amount <= due_amount, err.OVER_CREDITED
        credit.status = UInt64(cfg.NOTE_APPLIED)
        credit.appliedEpoch = toEpochId
        self.notes[key] = credit.copy()
        self.invoices[InvoiceKey(agreementId, epochId)].settledNotes += 1
        invoice.appliedAmount += credit.amount
        arc4.emit(
            CreditApplied(
                agreementId=agreementId,
                epochId=epochId,
                note=note,
                toEpochId=toEpochId,
                amount=credit.amount,
                dueAmount=due_amount - credit.amount,
                timestamp=Global.latest_timestamp,
            )
        )
        if credit.amount == due_amount:
            self._mark_paid(invoice, agreementId, toEpochId)
        else:
            self.invoices[InvoiceKey(agreementId, toEpochId)] = invoice.copy()

    @arc4.abimethod
    def releaseCredit(self, agreementId: UInt64, epochId: UInt64, note: UInt64) -> None:
        """Open a credit again that is set against an invoice which is not paid yet.

        Args:
            agreementId: the agreement.
            epochId: month of the credited invoice, YYYYMM.
            note: number of the credit within that invoice.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.NOTE_NOT_FOUND: there is no such note.
            err.CREDIT_NOT_APPLIED: it is set against no invoice.
            err.ALREADY_PAID: the invoice that it is set against is paid.
        """
        self._require_operator()
        self._require_active()
        key = NoteKey(agreementId, epochId, note)
        assert key in self.notes, err.NOTE_NOT_FOUND
        credit = self.notes[key].copy()
        assert credit.status == cfg.NOTE_APPLIED, err.CREDIT_NOT_APPLIED
        to_epoch = credit.appliedEpoch
        # It exists, and with a credit against it it is never void.
        invoice = self._unpaid_invoice(agreementId, to_epoch)
        invoice.appliedAmount -= credit.amount
        self.invoices[InvoiceKey(agreementId, to_epoch)] = invoice.copy()
        credit.status = UInt64(cfg.NOTE_OPEN)
        credit.appliedEpoch = UInt64()
        self.notes[key] = credit.copy()
        self.invoices[InvoiceKey(agreementId, epochId)].settledNotes -= 1
        arc4.emit(
            CreditReleased(
                agreementId=agreementId,
                epochId=epochId,
                note=note,
                toEpochId=to_epoch,
                amount=credit.amount,
                dueAmount=invoice.amount - invoice.appliedAmount,
                timestamp=Global.latest_timestamp,
            )
        )

    @arc4.abimethod
    def voidNote(self, agreementId: UInt64, epochId: UInt64, note: UInt64, reasonHash: Hash) -> None:
        """Take an open note back, and its energy with it. Late interest that was waived is not charged again.

        Args:
            agreementId: the agreement.
            epochId: month, YYYYMM.
            note: number of the note within the invoice.
            reasonHash: SHA-256 of the written reason.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: this contract is paused, or, for a credit, KWhReceipt.
            err.NOTE_NOT_FOUND: there is no such note.
            err.NOTE_IS_VOID: it was voided.
            err.NOTE_SETTLED: it was paid.
            err.CREDIT_APPLIED: it is set against an invoice; release it first.
            err.LEDGER_IN_DEFICIT: a credit, while a restatement left the recorded total below what was drawn.
            err.OVER_DRAWN: a credit whose energy is no longer there.
        """
        self._require_operator()
        self._require_active()
        key = NoteKey(agreementId, epochId, note)
        voided = self._open_note(key)
        invoice_key = InvoiceKey(agreementId, epochId)
        invoice = self.invoices[invoice_key].copy()
        if voided.kind == cfg.NOTE_CREDIT:
            invoice.creditedKwh -= voided.kwh
            invoice.creditedAmount -= voided.amount
            self.agreements[agreementId].creditedAmount -= voided.amount
            self._draw_energy(agreementId, epochId, voided.kwh)
        else:
            invoice.debitedAmount -= voided.amount
            self.agreements[agreementId].debitedAmount -= voided.amount
            if voided.kind == cfg.NOTE_DEBIT:
                invoice.debitedKwh -= voided.kwh
                self._return_energy(agreementId, epochId, voided.kwh)
            elif voided.kind == cfg.NOTE_SHORTFALL:
                invoice.billedShortfallKwh -= voided.kwh
        self.invoices[invoice_key] = invoice.copy()
        self.notes[key].status = UInt64(cfg.NOTE_VOID)
        arc4.emit(
            NoteVoided(
                agreementId=agreementId,
                epochId=epochId,
                note=note,
                kind=voided.kind,
                kwh=voided.kwh,
                amount=voided.amount,
                reasonHash=reasonHash,
                timestamp=Global.latest_timestamp,
            )
        )

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

    @arc4.abimethod(readonly=True)
    def getNote(self, agreementId: UInt64, epochId: UInt64, note: UInt64) -> Note:
        """A note on an invoice.

        Raises:
            err.NOTE_NOT_FOUND: there is no such note.
        """
        key = NoteKey(agreementId, epochId, note)
        assert key in self.notes, err.NOTE_NOT_FOUND
        return self.notes[key]

    @arc4.abimethod(readonly=True)
    def issueInterestMbr(self) -> UInt64:
        """The storage deposit of a note of late interest, in microALGO."""
        return UInt64(cfg.NOTE_MBR_MICROALGO)

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
    def _paid_invoice(self, agreement_id: UInt64, epoch_id: UInt64) -> Invoice:
        key = InvoiceKey(agreement_id, epoch_id)
        assert key in self.invoices, err.INVOICE_NOT_FOUND
        invoice = self.invoices[key].copy()
        assert invoice.status == cfg.INVOICE_PAID, err.NOT_PAID
        return invoice

    @subroutine
    def _open_note(self, key: NoteKey) -> Note:
        assert key in self.notes, err.NOTE_NOT_FOUND
        note = self.notes[key].copy()
        assert note.status != cfg.NOTE_VOID, err.NOTE_IS_VOID
        assert note.status != cfg.NOTE_SETTLED, err.NOTE_SETTLED
        assert note.status != cfg.NOTE_APPLIED, err.CREDIT_APPLIED
        return note

    @subroutine
    def _payee_for_caller(self, invoice: Invoice, kind: UInt64) -> Account:
        """Whom the caller has to pay for a note that is theirs to pay."""
        if kind == cfg.NOTE_CREDIT:
            assert Txn.sender == invoice.treasury, err.NOT_TREASURY
            return invoice.buyer
        assert Txn.sender == invoice.buyer, err.NOT_BUYER
        return invoice.treasury

    @subroutine
    def _charge(self, agreement_id: UInt64, amount: UInt64) -> UInt64:
        """Add to the agreement's sum of charges; the amount. No invoice's sum is above it, so neither overflows."""
        carry, debited_amount = op.addw(self.agreements[agreement_id].debitedAmount, amount)
        assert carry == 0, err.AMOUNT_TOO_LARGE
        self.agreements[agreement_id].debitedAmount = debited_amount
        return amount

    @subroutine
    def _draw_energy(self, agreement_id: UInt64, epoch_id: UInt64, kwh: UInt64) -> None:
        arc4.abi_call(
            EnergySource.draw,
            Global.zero_address,
            epoch_id,
            kwh * WH_PER_KWH,
            UInt64(ANY_TOTAL),
            agreement_id,
            app_id=self.kwh_receipt_app.value,
        )
        self.agreements[agreement_id].allocatedKwh += kwh
        self.allocated_kwh.value += kwh

    @subroutine
    def _return_energy(self, agreement_id: UInt64, epoch_id: UInt64, kwh: UInt64) -> None:
        arc4.abi_call(
            EnergySource.giveBack,
            epoch_id,
            kwh * WH_PER_KWH,
            agreement_id,
            app_id=self.kwh_receipt_app.value,
        )
        self.agreements[agreement_id].allocatedKwh -= kwh
        self.allocated_kwh.value -= kwh

    @subroutine
    def _issue(
        self, key: NoteKey, invoice: Invoice, kind: UInt64, kwh: UInt64, amount: UInt64, reason_hash: Hash
    ) -> UInt64:
        """Write a note down, and the invoice that counts it; the note's number."""
        counted = invoice.copy()
        counted.notes = key.note
        self.invoices[InvoiceKey(key.agreement_id, key.epoch_id)] = counted.copy()
        self.notes[key] = Note(
            kind=kind,
            kwh=kwh,
            amount=amount,
            status=UInt64(cfg.NOTE_OPEN),
            reasonHash=reason_hash,
            issuedTs=Global.latest_timestamp,
            settledTs=UInt64(),
            settledRound=UInt64(),
            appliedEpoch=UInt64(),
        )
        is_credit = kind == cfg.NOTE_CREDIT
        arc4.emit(
            NoteIssued(
                agreementId=key.agreement_id,
                epochId=key.epoch_id,
                note=key.note,
                kind=kind,
                kwh=kwh,
                amount=amount,
                assetId=invoice.assetId,
                payer=invoice.treasury if is_credit else invoice.buyer,
                payee=invoice.buyer if is_credit else invoice.treasury,
                reasonHash=reason_hash,
                timestamp=Global.latest_timestamp,
            )
        )
        return key.note

    @subroutine
    def _settle_note(self, key: NoteKey, note: Note, invoice: Invoice, payee: Account) -> None:
        settled = note.copy()
        settled.status = UInt64(cfg.NOTE_SETTLED)
        settled.settledTs = Global.latest_timestamp
        settled.settledRound = Global.round
        self.notes[key] = settled.copy()
        self.invoices[InvoiceKey(key.agreement_id, key.epoch_id)].settledNotes += 1
        arc4.emit(
            NoteSettled(
                agreementId=key.agreement_id,
                epochId=key.epoch_id,
                note=key.note,
                kind=settled.kind,
                amount=settled.amount,
                assetId=invoice.assetId,
                payer=Txn.sender,
                payee=payee,
                settledRound=settled.settledRound,
                timestamp=Global.latest_timestamp,
            )
        )

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
                appliedAmount=paid.appliedAmount,
                timestamp=Global.latest_timestamp,
            )
        )
