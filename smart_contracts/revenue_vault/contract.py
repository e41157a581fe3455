"""RevenueVault: the kW token and the net revenue of its holders."""

from algopy import (
    Account,
    Asset,
    BoxMap,
    Global,
    GlobalState,
    Struct,
    Txn,
    UInt64,
    arc4,
    gtxn,
    itxn,
    op,
    subroutine,
)

from smart_contracts.interfaces.config import ANY_TOTAL
from smart_contracts.interfaces.energy_source import EnergySource
from smart_contracts.revenue_vault import config as cfg
from smart_contracts.revenue_vault.events import (
    AssetOptedIn,
    DepositEnergyReturned,
    HolderSynced,
    IssuanceClosed,
    KwTokenCreated,
    RevenueClaimed,
    RevenueDeposited,
    UnitsIssued,
    UnitsTransferred,
)
from smart_contracts.revenue_vault.types import AssetRevenue, Checkpoint, ClaimedBits, Deposit, Holder
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.calendar import epoch_end_ts, month_start_of_ts, require_epoch
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.payments import require_asset_transfer, require_mbr_at_least, require_payment
from smart_contracts.shared.surplus import pay_surplus
from smart_contracts.shared.types import Hash
from smart_contracts.shared.units import BOX_BYTE_MICROALGO, BOX_FLAT_MICROALGO

HOLDER_MBR = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * cfg.HOLDER_BOX_SIZE
CHECKPOINT_MBR = BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * cfg.CHECKPOINT_BOX_SIZE
MAX_UINT64 = 2**64 - 1


class CheckpointKey(Struct, frozen=True):
    """Names a checkpoint that a later one has ended."""

    holder: Account
    index: UInt64


class RevenueVault(Governed):
    """Who owns the plant, and what its unallocated energy earned for them.

    The book says how many units of the kW token each holder had at every moment. A deposit of net revenue belongs to
    the holders of its record date, the end of its epoch, in proportion to their units. The vault owes what its counters
    say, whatever its balance: in each asset deposited = paid + owed + carried.

    No sum of money here can overflow: all are at most what was ever deposited in the asset, and that is kept within 64
    bits.
    """

    def __init__(self) -> None:
        super().__init__()
        # App id of KWhReceipt; written by create only.
        self.kwh_receipt_app = GlobalState(UInt64(), key="kwh_receipt_app")
        # Asset id of the kW token; zero until bootstrap, then fixed.
        self.kw_token = GlobalState(UInt64(), key="kw_token")
        # Units issued; written by issue only.
        self.issued_units = GlobalState(UInt64(), key="issued_units")
        # Units issued when issuance was closed; zero until then, then fixed.
        self.supply_units = GlobalState(UInt64(), key="supply_units")
        # Deposit ids run from 1 to this.
        self.deposit_count = GlobalState(UInt64(), key="deposit_count")
        # Month of the last deposit; record dates do not go back.
        self.last_epoch = GlobalState(UInt64(), key="last_epoch")
        # ALGO, in microALGO; written by depositNetRevenue and claim only.
        self.deposited_microalgo = GlobalState(UInt64(), key="deposited_microalgo")
        # Paid to holders.
        self.paid_microalgo = GlobalState(UInt64(), key="paid_microalgo")
        # Shared out and not yet claimed.
        self.owed_microalgo = GlobalState(UInt64(), key="owed_microalgo")
        # Not yet shared out: the next deposit does it.
        self.carried_microalgo = GlobalState(UInt64(), key="carried_microalgo")
        # The book. Written by whatever moves units; paid and claimed by claim.
        self.holders = BoxMap(Account, Holder, key_prefix=cfg.BOX_HOLDER)
        # The same of other assets. Made by optInAsset, written by depositNetRevenueAsset and claim.
        self.assets = BoxMap(UInt64, AssetRevenue, key_prefix=cfg.BOX_ASSET)
        # Written once each.
        self.checkpoints = BoxMap(CheckpointKey, Checkpoint, key_prefix=cfg.BOX_CHECKPOINT)
        # Written by deposits; the claimed units by claim, the returned energy by returnEnergy.
        self.deposits = BoxMap(UInt64, Deposit, key_prefix=cfg.BOX_DEPOSIT)

    @arc4.abimethod(create="require")
    def create(self, kwhReceiptId: UInt64) -> None:
        """Create the app.

        Args:
            kwhReceiptId: app id of KWhReceipt, whose energy this vault sells.

        Raises:
            err.INVALID_APP: the app does not exist, or has another creator.
        """
        require_sibling(kwhReceiptId)
        self.kwh_receipt_app.value = kwhReceiptId
        self._created(kwhReceiptId)

    # --- issuance -----------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def bootstrap(self) -> UInt64:
        """Make the kW token. The caller's group tops up the vault's minimum balance and pools the fee.

        Holders are frozen and only the vault moves units, so that the book and the holdings agree. Nobody can change
        the token afterwards.

        Returns:
            The token's asset id.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.ALREADY_SET: the token exists.
        """
        self._require_admin()
        assert self.kw_token.value == 0, err.ALREADY_SET
        created = itxn.AssetConfig(
            total=cfg.KW_TOKEN_TOTAL_UNITS,
            decimals=cfg.KW_TOKEN_DECIMALS,
            unit_name=cfg.KW_TOKEN_UNIT_NAME,
            asset_name=cfg.KW_TOKEN_NAME,
            default_frozen=True,
            freeze=Global.current_application_address,
            clawback=Global.current_application_address,
            fee=0,
        ).submit()
        token_id = created.created_asset.id
        self.kw_token.value = token_id
        arc4.emit(
            KwTokenCreated(
                assetId=token_id,
                totalUnits=UInt64(cfg.KW_TOKEN_TOTAL_UNITS),
                timestamp=Global.latest_timestamp,
            )
        )
        return token_id

    @arc4.abimethod
    def issue(self, to: Account, units: UInt64) -> None:
        """Give new units to a holder. They count from time 0: the first holders earn every epoch.

        Args:
            to: the holder, who has opted in to the kW token.
            units: base units of the kW token (500 kW = 500,000).

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.NOTHING_ISSUED: the kW token does not exist.
            err.ISSUANCE_IS_CLOSED: issuance is closed.
            err.INVALID_ADDRESS: the holder is the zero address or the vault.
            err.INVALID_AMOUNT: no units.
            err.AMOUNT_TOO_LARGE: more units than the token has left.
            err.NOT_OPTED_IN: the holder has not opted in.
        """
        self._require_operator()
        self._require_active()
        assert self.kw_token.value > 0, err.NOTHING_ISSUED
        assert self.supply_units.value == 0, err.ISSUANCE_IS_CLOSED
        self._require_holder_address(to)
        assert units > 0, err.INVALID_AMOUNT
        assert units <= cfg.KW_TOKEN_TOTAL_UNITS - self.issued_units.value, err.AMOUNT_TOO_LARGE
        self._move_token(Global.current_application_address, to, units)
        self.issued_units.value += units
        # No unit moves in the book before issuance is closed, so each line still has its first checkpoint only.
        if to in self.holders:
            self.holders[to].units += units
        else:
            self.holders[to] = new_holder(units, UInt64())
        arc4.emit(
            UnitsIssued(
                holder=to,
                units=units,
                holderUnits=self.holders[to].units,
                issuedUnits=self.issued_units.value,
                timestamp=Global.latest_timestamp,
            )
        )

    @arc4.abimethod
    def closeIssuance(self) -> None:
        """Fix the supply for ever: deposits, claims and transfers begin. The operator's, as issuing is.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.ISSUANCE_IS_CLOSED: issuance is closed.
            err.NOTHING_ISSUED: no unit was issued.
        """
        self._require_operator()
        self._require_active()
        assert self.supply_units.value == 0, err.ISSUANCE_IS_CLOSED
        assert self.issued_units.value > 0, err.NOTHING_ISSUED
        self.supply_units.value = self.issued_units.value
        arc4.emit(IssuanceClosed(supplyUnits=self.supply_units.value, timestamp=Global.latest_timestamp))

    # --- the book -----------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def transfer(self, mbr: gtxn.PaymentTransaction, receiver: Account, units: UInt64) -> None:
        """Move units of the caller to another holder, from now on. Pause does not stop it.

        Args:
            mbr: payment of `transferMbr(caller, receiver)` by the caller to the vault. What is more comes back by an
                inner payment, for which the caller pools the fee.
            receiver: the new holder, who has opted in to the kW token.
            units: base units of the kW token.

        Raises:
            err.ISSUANCE_OPEN: issuance is not closed.
            err.INVALID_ADDRESS: the receiver is the zero address or the vault.
            err.SELF_TRANSFER: the receiver is the caller.
            err.INVALID_AMOUNT: no units.
            err.INSUFFICIENT_BALANCE: more units than the caller has, in the book or in their account.
            err.NOT_OPTED_IN: the receiver has not opted in.
            err.MBR_NOT_PAID: the payment is less than the storage deposit, or something else besides.
        """
        self._require_closed_issuance()
        assert receiver != Txn.sender, err.SELF_TRANSFER
        # The book still has units that were closed out to the vault; they are no longer the caller's to give.
        assert units <= self._live_units(Txn.sender), err.INSUFFICIENT_BALANCE
        self._transfer(mbr, Txn.sender, receiver, units)

    @arc4.abimethod
    def handOut(self, mbr: gtxn.PaymentTransaction, receiver: Account, units: UInt64) -> None:
        """Move units of the vault's own line to a holder, from now on: those that came back by `syncHolder`.

        Args:
            mbr: payment of `transferMbr(vault, receiver)` by the caller to the vault. What is more comes back by an
                inner payment, for which the caller pools the fee.
            receiver: the new holder, who has opted in to the kW token.
            units: base units of the kW token.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.ISSUANCE_OPEN: issuance is not closed.
            err.INVALID_ADDRESS: the receiver is the zero address or the vault.
            err.INVALID_AMOUNT: no units.
            err.INSUFFICIENT_BALANCE: more units than the vault's own line has.
            err.NOT_OPTED_IN: the receiver has not opted in.
            err.MBR_NOT_PAID: the payment is less than the storage deposit, or something else besides.
        """
        self._require_operator()
        self._require_active()
        self._require_closed_issuance()
        self._transfer(mbr, Global.current_application_address, receiver, units)

    @arc4.abimethod
    def syncHolder(self, mbr: gtxn.PaymentTransaction, holder: Account) -> UInt64:
        """Move the units that a holder closed out to the vault to the vault's own line, from now on.

        While issuance is open they go to nobody's line: they count as never issued, from time 0. A frozen holder can
        close out to the token's creator, and no program runs when they do. Until somebody calls this, the book stands.
        Anybody may; pause does not stop it.

        Args:
            mbr: payment of `transferMbr(holder, vault)` by the caller to the vault. What is more comes back by an inner
                payment, for which the caller pools the fee.
            holder: who closed out.

        Returns:
            The units moved.

        Raises:
            err.INVALID_ADDRESS: the holder is the vault.
            err.NOTHING_TO_SYNC: the account has all the units that the book says.
            err.MBR_NOT_PAID: the payment is less than the storage deposit, or something else besides.
        """
        vault = Global.current_application_address
        assert holder != vault, err.INVALID_ADDRESS
        booked_units = self._book_units(holder)
        assert booked_units > 0, err.NOTHING_TO_SYNC
        live_units = self._live_units(holder)
        # Only the vault gives units, and it writes each of them down: the account never has more than the book.
        assert booked_units > live_units, err.NOTHING_TO_SYNC
        missing_units = booked_units - live_units
        deposit = UInt64()
        vault_units = self._book_units(vault)
        if self.supply_units.value > 0:
            vault_units += missing_units
            deposit = self._set_both(holder, live_units, vault, vault_units)
        else:
            self.holders[holder].units = live_units
            self.issued_units.value -= missing_units
        require_mbr_at_least(mbr, deposit)
        arc4.emit(
            HolderSynced(
                holder=holder,
                units=missing_units,
                holderUnits=live_units,
                vaultUnits=vault_units,
                issuedUnits=self.issued_units.value,
                timestamp=Global.latest_timestamp,
            )
        )
        return missing_units

    # --- revenue ------------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def optInAsset(self, mbr: gtxn.PaymentTransaction, assetId: UInt64) -> None:
        """Let net revenue be deposited in an asset. For ever: holders may have claims in it.

        Args:
            mbr: payment of 118,900 microALGO by the caller to the vault, for the holding and the box. What is more
                comes back by an inner payment, for which the caller pools the fee.
            assetId: the asset.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.WRONG_ASSET: there is no such asset, or it is the kW token.
            err.ALREADY_SET: the vault holds it already.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        self._require_operator()
        self._require_active()
        _total, exists = op.AssetParamsGet.asset_total(Asset(assetId))
        # To the ledger, 0 may be the first asset that the call names.
        assert exists and assetId > 0 and assetId != self.kw_token.value, err.WRONG_ASSET
        assert assetId not in self.assets, err.ALREADY_SET
        vault = Global.current_application_address
        deposits_before = vault.min_balance
        itxn.AssetTransfer(xfer_asset=Asset(assetId), asset_receiver=vault, fee=0).submit()
        self.assets[assetId] = AssetRevenue(deposited=UInt64(), paid=UInt64(), owed=UInt64(), carried=UInt64())
        require_mbr_at_least(mbr, vault.min_balance - deposits_before)
        arc4.emit(AssetOptedIn(assetId=assetId, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def depositNetRevenue(
        self,
        payment: gtxn.PaymentTransaction,
        epochId: UInt64,
        netAmount: UInt64,
        energyWh: UInt64,
        pricePerKwh: UInt64,
        evidenceHash: Hash,
    ) -> UInt64:
        """Share out, in ALGO, what unallocated energy of an epoch earned, and draw that energy.

        Several deposits may name one epoch; none names one before the last deposit's. The caller's group tops up the
        deposit box before this call.

        Args:
            payment: payment of exactly the net amount by the caller to the vault.
            epochId: month, YYYYMM. Its end is the record date.
            netAmount: net revenue in microALGO.
            energyWh: energy in Wh to draw, possibly 0; 2^64-1 draws all that remains, possibly 0.
            pricePerKwh: what the energy was sold for, in microALGO per kWh; 0 where it is not said.
            evidenceHash: hash of the statement of the sale; zero where there is none.

        Returns:
            The deposit's id: 1, 2, 3 … 512.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract, or KWhReceipt, is paused.
            err.ISSUANCE_OPEN: issuance is not closed.
            err.DEPOSITS_FULL: 512 deposits were made.
            err.INVALID_AMOUNT: no revenue.
            err.WRONG_SENDER: the payment is not the caller's.
            err.WRONG_RECEIVER: the payment does not go to the vault.
            err.WRONG_AMOUNT: the payment is not exactly the net amount.
            err.CLOSE_NOT_ALLOWED: the payment closes the caller's account.
            err.REKEY_NOT_ALLOWED: the payment rekeys the caller's account.
            err.INVALID_EPOCH: not a month.
            err.EPOCH_NOT_ENDED: the month is not over (UTC).
            err.EPOCH_OUT_OF_ORDER: an earlier month than the last deposit's.
            err.NOT_CONSUMER: KWhReceipt does not know this vault.
            err.EPOCH_NOT_FOUND: the project has no reading in this epoch.
            err.EPOCH_NOT_FINAL: the project's ledger is open.
            err.LEDGER_IN_DEFICIT: the ledger has a deficit, and energy was asked for.
            err.OVER_DRAWN: more energy than remains.
            err.MBR_NOT_PAID: the box was not topped up, and holders' money would have to hold it.
        """
        supply, deposit_id = self._require_open_for(netAmount)
        require_payment(payment, Txn.sender, Global.current_application_address, netAmount)
        return self._deposit(
            supply, deposit_id, UInt64(cfg.ALGO), epochId, netAmount, energyWh, pricePerKwh, evidenceHash
        )

    @arc4.abimethod
    def depositNetRevenueAsset(
        self,
        payment: gtxn.AssetTransferTransaction,
        epochId: UInt64,
        netAmount: UInt64,
        energyWh: UInt64,
        pricePerKwh: UInt64,
        evidenceHash: Hash,
    ) -> UInt64:
        """The same in an asset that the vault has opted in to: that of the transfer.

        Args:
            payment: transfer of exactly the net amount by the caller to the vault.
            epochId: month, YYYYMM. Its end is the record date.
            netAmount: net revenue in base units of the asset.
            energyWh: energy in Wh to draw, possibly 0; 2^64-1 draws all that remains, possibly 0.
            pricePerKwh: what the energy was sold for, in base units of the asset per kWh; 0 where it is not said.
            evidenceHash: hash of the statement of the sale; zero where there is none.

        Returns:
            The deposit's id: 1, 2, 3 … 512.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract, or KWhReceipt, is paused.
            err.ISSUANCE_OPEN: issuance is not closed.
            err.DEPOSITS_FULL: 512 deposits were made.
            err.INVALID_AMOUNT: no revenue.
            err.WRONG_ASSET: the vault has not opted in to the asset.
            err.CLAWBACK_NOT_ALLOWED: the transfer takes the units of somebody else.
            err.WRONG_SENDER: the transfer is not the caller's.
            err.WRONG_RECEIVER: the transfer does not go to the vault.
            err.WRONG_AMOUNT: the transfer is not exactly the net amount.
            err.CLOSE_NOT_ALLOWED: the transfer closes the caller's holding.
            err.REKEY_NOT_ALLOWED: the transfer rekeys the caller's account.
            err.AMOUNT_TOO_LARGE: more than 64 bits were ever deposited in the asset.
            err.INVALID_EPOCH: not a month.
            err.EPOCH_NOT_ENDED: the month is not over (UTC).
            err.EPOCH_OUT_OF_ORDER: an earlier month than the last deposit's.
            err.NOT_CONSUMER: KWhReceipt does not know this vault.
            err.EPOCH_NOT_FOUND: the project has no reading in this epoch.
            err.EPOCH_NOT_FINAL: the project's ledger is open.
            err.LEDGER_IN_DEFICIT: the ledger has a deficit, and energy was asked for.
            err.OVER_DRAWN: more energy than remains.
            err.MBR_NOT_PAID: the box was not topped up, and holders' money would have to hold it.
        """
        supply, deposit_id = self._require_open_for(netAmount)
        asset_id = payment.xfer_asset.id
        assert asset_id in self.assets, err.WRONG_ASSET
        require_asset_transfer(payment, asset_id, Txn.sender, Global.current_application_address, netAmount)
        assert netAmount <= MAX_UINT64 - self.assets[asset_id].deposited, err.AMOUNT_TOO_LARGE
        return self._deposit(supply, deposit_id, asset_id, epochId, netAmount, energyWh, pricePerKwh, evidenceHash)

    @arc4.abimethod
    def returnEnergy(self, depositId: UInt64, wh: UInt64) -> None:
        """Give energy that a deposit drew back to the project's ledger, so that it can be allocated or drawn again.

        The deposit's money stays as it is.

        Args:
            depositId: the deposit.
            wh: energy in Wh.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_DEPOSIT: there is no such deposit.
            err.INVALID_AMOUNT: no energy.
            err.OVER_DRAWN: more than the deposit drew and has not returned.
        """
        self._require_operator()
        self._require_active()
        self._require_deposit(depositId)
        deposit = self.deposits[depositId].copy()
        assert wh > 0, err.INVALID_AMOUNT
        assert wh <= deposit.energyWh - deposit.returnedWh, err.OVER_DRAWN
        deposit.returnedWh += wh
        self.deposits[depositId] = deposit.copy()
        arc4.abi_call(EnergySource.giveBack, deposit.epochId, wh, depositId, app_id=self.kwh_receipt_app.value, fee=0)
        arc4.emit(
            DepositEnergyReturned(
                depositId=depositId,
                epochId=deposit.epochId,
                wh=wh,
                returnedWh=deposit.returnedWh,
                timestamp=Global.latest_timestamp,
            )
        )

    @arc4.abimethod
    def withdrawSurplus(self, amountMicroalgo: UInt64) -> None:
        """Pay ALGO that the vault does not need to the admin: gifts, and deposits that were paid twice.

        The minimum balance stays, and whatever is owed or carried. The caller's fee covers the inner payment.

        Args:
            amountMicroalgo: what to pay out, in microALGO.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.INVALID_AMOUNT: no ALGO.
            err.OVER_SURPLUS: more than the balance less the minimum balance and what is owed and carried.
        """
        self._require_admin()
        pay_surplus(amountMicroalgo, self.owed_microalgo.value + self.carried_microalgo.value)

    @arc4.abimethod
    def claim(self, holder: Account, depositId: UInt64, checkpointIndex: UInt64) -> UInt64:
        """Pay a holder their share of a deposit, in the deposit's asset.

        Anybody may call; pause does not stop it; the caller pools the fee. The share of the vault's own line is not
        paid: it goes to the carry, and so to all holders.

        Args:
            holder: who held at the record date.
            depositId: the deposit.
            checkpointIndex: the holder's checkpoint that holds the record date: the last one that is not after it. 0
                when all are after it.

        Returns:
            The share in base units of the deposit's asset (ALGO: microALGO).

        Raises:
            err.INVALID_DEPOSIT: there is no such deposit.
            err.ALREADY_CLAIMED: it was claimed for this holder.
            err.WRONG_CHECKPOINT: another checkpoint holds the record date, or there is no such checkpoint.
            err.NOTHING_TO_CLAIM: the holder had no units at the record date, or their share is nothing.
            err.NOT_OPTED_IN: the holder has not opted in to the deposit's asset. Nobody else is stopped by that.
        """
        self._require_deposit(depositId)
        assert holder in self.holders, err.NOTHING_TO_CLAIM
        line = self.holders[holder].copy()
        assert not is_claimed(line, depositId), err.ALREADY_CLAIMED
        deposit = self.deposits[depositId].copy()
        units = self._units_at(holder, line, checkpointIndex, deposit.recordTs)
        amount = units * deposit.perUnitMicroalgo
        assert amount > 0, err.NOTHING_TO_CLAIM
        line.claimed = ClaimedBits.from_bytes(op.setbit_bytes(line.claimed.bytes, depositId - 1, True))  # noqa: FBT003
        if deposit.assetId == cfg.ALGO:
            self.owed_microalgo.value -= amount
            if holder == Global.current_application_address:
                self.carried_microalgo.value += amount
            else:
                self.paid_microalgo.value += amount
                line.paidMicroalgo += amount
                itxn.Payment(receiver=holder, amount=amount, fee=0).submit()
        else:
            self._claim_asset(holder, deposit.assetId, amount)
        self.holders[holder] = line.copy()
        deposit.claimedUnits += units
        self.deposits[depositId] = deposit.copy()
        arc4.emit(
            RevenueClaimed(
                holder=holder,
                depositId=depositId,
                epochId=deposit.epochId,
                units=units,
                amountMicroalgo=amount,
                assetId=deposit.assetId,
                timestamp=Global.latest_timestamp,
            )
        )
        return amount

    # --- queries ------------------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getHolder(self, holder: Account) -> Holder:
        """A holder's line in the book; all zero, without a checkpoint, for an account that never held units."""
        if holder in self.holders:
            return self.holders[holder]
        line = new_holder(UInt64(), UInt64())
        line.checkpointCount = UInt64()
        return line

    @arc4.abimethod(readonly=True)
    def getCheckpoint(self, holder: Account, checkpointIndex: UInt64) -> Checkpoint:
        """The units of a holder from a moment on.

        Raises:
            err.WRONG_CHECKPOINT: there is no such checkpoint.
        """
        assert holder in self.holders, err.WRONG_CHECKPOINT
        return self._checkpoint(holder, self.holders[holder].copy(), checkpointIndex)

    @arc4.abimethod(readonly=True)
    def getDeposit(self, depositId: UInt64) -> Deposit:
        """A deposit of net revenue.

        Raises:
            err.INVALID_DEPOSIT: there is no such deposit.
        """
        self._require_deposit(depositId)
        return self.deposits[depositId]

    @arc4.abimethod(readonly=True)
    def claimable(self, holder: Account, depositId: UInt64, checkpointIndex: UInt64) -> UInt64:
        """What `claim` would give, in base units of the deposit's asset: 0 when it was claimed, or without a share.

        Raises:
            err.INVALID_DEPOSIT: there is no such deposit.
            err.WRONG_CHECKPOINT: another checkpoint holds the record date, or there is no such checkpoint.
        """
        self._require_deposit(depositId)
        if holder not in self.holders:
            return UInt64()
        line = self.holders[holder].copy()
        if is_claimed(line, depositId):
            return UInt64()
        deposit = self.deposits[depositId].copy()
        return self._units_at(holder, line, checkpointIndex, deposit.recordTs) * deposit.perUnitMicroalgo

    @arc4.abimethod(readonly=True)
    def transferMbr(self, sender: Account, receiver: Account) -> UInt64:
        """The storage deposit of a transfer, in microALGO, as of now: of the boxes that it makes.

        A line whose last checkpoint is of this month makes no box. So what others do for either side can only make it
        less, until the month ends: a transfer that pays this much is not refused for it, and gets the rest back.

        Args:
            sender: who gives; the vault for `handOut`, the holder for `syncHolder`.
            receiver: who gets; the vault for `syncHolder`.
        """
        return self._line_mbr(sender) + self._line_mbr(receiver)

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine(inline=True)
    def _require_closed_issuance(self) -> None:
        assert self.supply_units.value > 0, err.ISSUANCE_OPEN

    @subroutine(inline=True)
    def _require_open_for(self, net_amount: UInt64) -> tuple[UInt64, UInt64]:
        """The supply, and the id of the next deposit."""
        self._require_operator()
        self._require_active()
        supply = self.supply_units.value
        assert supply > 0, err.ISSUANCE_OPEN
        deposit_count = self.deposit_count.value
        assert deposit_count < cfg.MAX_DEPOSITS, err.DEPOSITS_FULL
        assert net_amount > 0, err.INVALID_AMOUNT
        return supply, deposit_count + 1

    # Inlined, so that each of the two methods has only its own asset's half of it.
    @subroutine(inline=True)
    def _deposit(
        self,
        supply: UInt64,
        deposit_id: UInt64,
        asset_id: UInt64,
        epoch_id: UInt64,
        net_amount: UInt64,
        energy_wh: UInt64,
        price_per_kwh: UInt64,
        evidence_hash: Hash,
    ) -> UInt64:
        """Share out money that the vault has got."""
        require_epoch(epoch_id)
        record_ts = epoch_end_ts(epoch_id)
        # So no transfer can change who held at the record date any more.
        assert Global.latest_timestamp > record_ts, err.EPOCH_NOT_ENDED
        # So nobody can choose among the record dates that are past.
        assert epoch_id >= self.last_epoch.value, err.EPOCH_OUT_OF_ORDER
        drawn_wh, _draw = arc4.abi_call(
            EnergySource.draw,
            Global.zero_address,
            epoch_id,
            energy_wh,
            UInt64(ANY_TOTAL),
            deposit_id,
            app_id=self.kwh_receipt_app.value,
            fee=0,
        )
        carried_in = self._carried(asset_id)
        shared = net_amount + carried_in
        per_unit = shared // supply
        carried = shared % supply
        self.deposit_count.value = deposit_id
        self.last_epoch.value = epoch_id
        if asset_id == cfg.ALGO:
            self.deposited_microalgo.value += net_amount
            promised = self.owed_microalgo.value + shared
            self.owed_microalgo.value = promised - carried
            self.carried_microalgo.value = carried
        else:
            revenue = self.assets[asset_id].copy()
            revenue.deposited += net_amount
            revenue.owed += shared - carried
            revenue.carried = carried
            self.assets[asset_id] = revenue.copy()
            promised = self.owed_microalgo.value + self.carried_microalgo.value
        self.deposits[deposit_id] = Deposit(
            epochId=epoch_id,
            recordTs=record_ts,
            netAmountMicroalgo=net_amount,
            carriedInMicroalgo=carried_in,
            perUnitMicroalgo=per_unit,
            claimedUnits=UInt64(),
            energyWh=drawn_wh,
            depositedTs=Global.latest_timestamp,
            assetId=asset_id,
            pricePerKwh=price_per_kwh,
            returnedWh=UInt64(),
            evidenceHash=evidence_hash,
        )
        vault = Global.current_application_address
        assert vault.balance >= vault.min_balance + promised, err.MBR_NOT_PAID
        arc4.emit(
            RevenueDeposited(
                epochId=epoch_id,
                netAmountMicroalgo=net_amount,
                depositId=deposit_id,
                recordTs=record_ts,
                carriedInMicroalgo=carried_in,
                perUnitMicroalgo=per_unit,
                carriedMicroalgo=carried,
                energyWh=drawn_wh,
                assetId=asset_id,
                pricePerKwh=price_per_kwh,
                evidenceHash=evidence_hash,
                timestamp=Global.latest_timestamp,
            )
        )
        return deposit_id

    @subroutine(inline=True)
    def _carried(self, asset_id: UInt64) -> UInt64:
        if asset_id == cfg.ALGO:
            return self.carried_microalgo.value
        return self.assets[asset_id].carried

    @subroutine
    def _claim_asset(self, holder: Account, asset_id: UInt64, amount: UInt64) -> None:
        """Pay a share in an asset; the vault's own goes to the carry."""
        revenue = self.assets[asset_id].copy()
        revenue.owed -= amount
        if holder == Global.current_application_address:
            revenue.carried += amount
        else:
            asset = Asset(asset_id)
            assert holder.is_opted_in(asset), err.NOT_OPTED_IN
            revenue.paid += amount
            itxn.AssetTransfer(xfer_asset=asset, asset_receiver=holder, asset_amount=amount, fee=0).submit()
        self.assets[asset_id] = revenue.copy()

    @subroutine(inline=True)
    def _require_holder_address(self, holder: Account) -> None:
        assert holder != Global.zero_address and holder != Global.current_application_address, err.INVALID_ADDRESS

    @subroutine(inline=True)
    def _require_deposit(self, deposit_id: UInt64) -> None:
        assert deposit_id > 0 and deposit_id <= self.deposit_count.value, err.INVALID_DEPOSIT

    @subroutine(inline=True)
    def _live_units(self, holder: Account) -> UInt64:
        """Units in the holder's account; 0 when it has not opted in."""
        units, _opted_in = op.AssetHoldingGet.asset_balance(holder, self.kw_token.value)
        return units

    @subroutine
    def _book_units(self, holder: Account) -> UInt64:
        """Units that the book says; 0 for an account without a line."""
        return self.holders[holder].units if holder in self.holders else UInt64()

    @subroutine
    def _move_token(self, sender: Account, receiver: Account, units: UInt64) -> None:
        _units, opted_in = op.AssetHoldingGet.asset_balance(receiver, self.kw_token.value)
        assert opted_in, err.NOT_OPTED_IN
        itxn.AssetTransfer(
            xfer_asset=Asset(self.kw_token.value),
            asset_sender=sender,
            asset_receiver=receiver,
            asset_amount=units,
            fee=0,
        ).submit()

    @subroutine
    def _transfer(self, mbr: gtxn.PaymentTransaction, sender: Account, receiver: Account, units: UInt64) -> None:
        self._require_holder_address(receiver)
        assert units > 0, err.INVALID_AMOUNT
        sender_units = self._book_units(sender)
        assert units <= sender_units, err.INSUFFICIENT_BALANCE
        # Never the same line: the vault receives nothing, and a holder gives nothing to himself.
        sender_units -= units
        receiver_units = self._book_units(receiver) + units
        self._move_token(sender, receiver, units)
        require_mbr_at_least(mbr, self._set_both(sender, sender_units, receiver, receiver_units))
        arc4.emit(
            UnitsTransferred(
                sender=sender,
                receiver=receiver,
                units=units,
                senderUnits=sender_units,
                receiverUnits=receiver_units,
                timestamp=Global.latest_timestamp,
            )
        )

    @subroutine
    def _set_both(self, sender: Account, sender_units: UInt64, receiver: Account, receiver_units: UInt64) -> UInt64:
        """What both sides of a move have from now on; the storage deposit of the boxes that it makes."""
        month_start_ts = month_start_of_ts(Global.latest_timestamp)
        deposit = self._set_units(sender, sender_units, month_start_ts)
        return deposit + self._set_units(receiver, receiver_units, month_start_ts)

    @subroutine
    def _line_mbr(self, holder: Account) -> UInt64:
        """The storage deposit of the box that `_set_units` makes."""
        if holder not in self.holders:
            return UInt64(HOLDER_MBR)
        if self.holders[holder].sinceTs >= month_start_of_ts(Global.latest_timestamp):
            return UInt64()
        return UInt64(CHECKPOINT_MBR)

    @subroutine
    def _set_units(self, holder: Account, units: UInt64, month_start_ts: UInt64) -> UInt64:
        """Begin a checkpoint: the holder has these units from now on.

        A record date is the last second of a month. Between a checkpoint that began in this month and now there is
        none: what the holder had meanwhile earns nothing, and the checkpoint is replaced. So a holder gets one
        checkpoint a month at most, and no move that waits for its signature is spoiled by what others do before.

        Returns:
            The storage deposit of the box that it makes.
        """
        now = Global.latest_timestamp
        if holder not in self.holders:
            self.holders[holder] = new_holder(units, now)
            return UInt64(HOLDER_MBR)
        line = self.holders[holder].copy()
        deposit = UInt64()
        if line.sinceTs < month_start_ts:
            key = CheckpointKey(holder, line.checkpointCount - 1)
            self.checkpoints[key] = Checkpoint(sinceTs=line.sinceTs, units=line.units)
            line.checkpointCount += 1
            deposit = UInt64(CHECKPOINT_MBR)
        line.sinceTs = now
        line.units = units
        self.holders[holder] = line.copy()
        return deposit

    @subroutine
    def _checkpoint(self, holder: Account, line: Holder, index: UInt64) -> Checkpoint:
        assert index < line.checkpointCount, err.WRONG_CHECKPOINT
        if index == line.checkpointCount - 1:
            return Checkpoint(sinceTs=line.sinceTs, units=line.units)
        return self.checkpoints[CheckpointKey(holder, index)]

    @subroutine
    def _units_at(self, holder: Account, line: Holder, index: UInt64, record_ts: UInt64) -> UInt64:
        """Units at the record date, when the checkpoint named holds it. Before their first checkpoint they had none."""
        checkpoint = self._checkpoint(holder, line, index)
        if index == 0 and record_ts < checkpoint.sinceTs:
            return UInt64()
        assert checkpoint.sinceTs <= record_ts, err.WRONG_CHECKPOINT
        if index + 1 < line.checkpointCount:
            assert record_ts < self._checkpoint(holder, line, index + 1).sinceTs, err.WRONG_CHECKPOINT
        return checkpoint.units


@subroutine
def new_holder(units: UInt64, since_ts: UInt64) -> Holder:
    """A line with its first checkpoint."""
    return Holder(
        units=units, sinceTs=since_ts, checkpointCount=UInt64(1), paidMicroalgo=UInt64(), claimed=ClaimedBits()
    )


@subroutine
def is_claimed(line: Holder, deposit_id: UInt64) -> bool:
    """Whether the deposit was claimed for this holder."""
    return op.getbit(line.claimed.bytes, deposit_id - 1)
