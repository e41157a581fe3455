"""Calls of RevenueVault, with the payments that some of them take."""

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
from algosdk.abi import Method

from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import revenue_vault_config as cfg
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.contracts.revenue_vault_client import (
    ClaimableArgs,
    ClaimArgs,
    GetCheckpointArgs,
    GetDepositArgs,
    GetHolderArgs,
    IssueArgs,
    ReturnEnergyArgs,
    RevenueVaultClient,
    TransferMbrArgs,
    WithdrawSurplusArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, deposit_box_name, holder_box_name
from gridpact.revenue.moves import OPT_IN_ASSET_DEPOSIT_MICROALGO, Move
from gridpact.revenue.sale import ALL_AT_NO_PRICE, Sale

BOOTSTRAP_FEE: Final = fee(2)  # the token
ISSUE_FEE: Final = fee(2)  # the units
CLOSE_ISSUANCE_FEE: Final = fee(1)
TRANSFER_FEE: Final = fee(2)  # the units
HAND_OUT_FEE: Final = fee(2)  # the units
SYNC_HOLDER_FEE: Final = fee(1)
DEPOSIT_NET_REVENUE_FEE: Final = fee(2)  # the draw
CLAIM_FEE: Final = fee(2)  # the payment
OPT_IN_ASSET_FEE: Final = fee(2)  # the holding
RETURN_ENERGY_FEE: Final = fee(2)  # KWhReceipt's call
WITHDRAW_SURPLUS_FEE: Final = fee(2)  # the payment
REST_FEE: Final = fee(1)  # in addition, where a deposit is paid: what comes back when others made the box
PAYMENT_FEE: Final = fee(1)
QUERY_FEE: Final = fee(1)


@dataclass(frozen=True, slots=True)
class RevenueVaultCalls:
    """Builds calls of one RevenueVault app."""

    client: RevenueVaultClient
    kwh_receipt_id: int
    """App id of the KWhReceipt that the app draws from."""
    kw_token_id: int = 0
    """Asset id of the kW token; 0 before `bootstrap`."""

    # --- issuance -----------------------------------------------------------------------------------------------------

    def bootstrap(self, sender: str) -> Call:
        """Make the kW token. The group pays `KW_TOKEN_DEPOSIT_MICROALGO` to the vault beforehand."""
        return Call(self.client.params.bootstrap(params=CommonAppCallParams(sender=sender, static_fee=BOOTSTRAP_FEE)))

    def issue(self, sender: str, args: IssueArgs) -> Call:
        """Give new units to a holder."""
        box = Box(self.client.app_id, holder_box_name(args.to), layout.Holder.SIZE)
        return Call(
            self.client.params.issue(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ISSUE_FEE,
                    box_references=[self._reference(box.name)],
                    account_references=[args.to],
                    asset_references=self._token_references(),
                ),
            ),
            creates=(box,),
        )

    def close_issuance(self, sender: str) -> Call:
        """Fix the supply for ever."""
        return Call(
            self.client.params.close_issuance(params=CommonAppCallParams(sender=sender, static_fee=CLOSE_ISSUANCE_FEE))
        )

    # --- the book -----------------------------------------------------------------------------------------------------

    def storage_payment(self, sender: str, move: Move) -> PaymentParams:
        """The typed payment of a move's storage deposit; it goes into the group directly before the call.

        Args:
            sender: who calls, and pays.
            move: the move.
        """
        note = b'gridpact:j{"storage":[%d,%d]}' % (move.sender_checkpoint, move.receiver_checkpoint)
        return self._payment(sender, move.deposit_microalgo, note)

    def transfer(self, sender: str, payment: PaymentParams, move: Move, units: int) -> Call:
        """`[payment, transfer]`: give units to another holder.

        Args:
            sender: the giver.
            payment: what `storage_payment` gives.
            move: from the caller to the receiver.
            units: base units of the kW token.
        """
        return self._move("transfer", TRANSFER_FEE, sender, [payment, move.receiver, units], move, move.receiver)

    def hand_out(self, sender: str, payment: PaymentParams, move: Move, units: int) -> Call:
        """`[payment, handOut]`: give units of the vault's own line to a holder.

        Args:
            sender: the operator.
            payment: what `storage_payment` gives.
            move: from the vault to the receiver.
            units: base units of the kW token.
        """
        return self._move("handOut", HAND_OUT_FEE, sender, [payment, move.receiver, units], move, move.receiver)

    def sync_holder(self, sender: str, payment: PaymentParams, move: Move) -> Call:
        """`[payment, syncHolder]`: write down that a holder closed out to the vault.

        Args:
            sender: anybody.
            payment: what `storage_payment` gives.
            move: from the holder to the vault.
        """
        return self._move("syncHolder", SYNC_HOLDER_FEE, sender, [payment, move.sender], move, move.sender)

    # --- revenue ------------------------------------------------------------------------------------------------------

    def opt_in_asset(self, sender: str, asset_id: int) -> Call:
        """`[payment, optInAsset]`: let net revenue be deposited in an asset.

        Args:
            sender: the operator, who pays `OPT_IN_ASSET_DEPOSIT_MICROALGO`.
            asset_id: the asset.
        """
        note = b'gridpact:j{"storage":{"asset":%d}}' % asset_id
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self._method("optInAsset"),
                args=[self._payment(sender, OPT_IN_ASSET_DEPOSIT_MICROALGO, note), asset_id],
                sender=sender,
                static_fee=OPT_IN_ASSET_FEE,
                box_references=[self._reference(asset_box_name(asset_id))],
                asset_references=[asset_id],
            )
        )

    def revenue_payment(
        self, sender: str, epoch_id: int, net_amount: int, deposit_id: int, asset_id: int = cfg.ALGO
    ) -> PaymentParams | AssetTransferParams:
        """The typed payment of a deposit; it goes into the group directly before the call.

        Args:
            sender: the operator.
            epoch_id: month, YYYYMM.
            net_amount: net revenue in base units of the asset (ALGO: microALGO).
            deposit_id: the id that the deposit will get.
            asset_id: what it is paid in; 0 is ALGO.
        """
        note = b'gridpact:j{"deposit":%d,"epoch":%d}' % (deposit_id, epoch_id)
        if asset_id == cfg.ALGO:
            return self._payment(sender, net_amount, note)
        return AssetTransferParams(
            sender=sender,
            receiver=self.client.app_address,
            asset_id=asset_id,
            amount=net_amount,
            note=note,
            static_fee=PAYMENT_FEE,
        )

    def deposit_net_revenue(
        self,
        sender: str,
        payment: PaymentParams | AssetTransferParams,
        epoch_id: int,
        net_amount: int,
        deposit_id: int,
        sale: Sale = ALL_AT_NO_PRICE,
    ) -> Call:
        """`[payment, depositNetRevenue]`, or its twin for assets: share out what energy of an epoch earned.

        Args:
            sender: the operator.
            payment: what `revenue_payment` gives.
            epoch_id: month, YYYYMM.
            net_amount: net revenue in base units of the asset (ALGO: microALGO).
            deposit_id: the id that it will get: the app's `deposit_count` + 1.
            sale: the energy that earned it.
        """
        asset_id = payment.asset_id if isinstance(payment, AssetTransferParams) else cfg.ALGO
        box = Box(self.client.app_id, deposit_box_name(deposit_id), layout.Deposit.SIZE)
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self._method("depositNetRevenueAsset" if asset_id else "depositNetRevenue"),
                args=[payment, epoch_id, net_amount, sale.energy_wh, sale.price_per_kwh, sale.evidence_hash],
                sender=sender,
                static_fee=DEPOSIT_NET_REVENUE_FEE,
                box_references=[
                    self._reference(box.name),
                    BoxReference(self.kwh_receipt_id, ledger_box_name(PROJECT, epoch_id)),
                    *self._asset_boxes(asset_id),
                ],
                app_references=[self.kwh_receipt_id],
                asset_references=[asset_id] if asset_id else [],
            ),
            creates=(box,),
        )

    def return_energy(self, sender: str, args: ReturnEnergyArgs, epoch_id: int) -> Call:
        """Give energy that a deposit drew back to the project's ledger.

        Args:
            sender: the operator.
            args: deposit, Wh.
            epoch_id: the deposit's month, YYYYMM.
        """
        return Call(
            self.client.params.return_energy(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=RETURN_ENERGY_FEE,
                    box_references=[
                        self._reference(deposit_box_name(args.depositId)),
                        BoxReference(self.kwh_receipt_id, ledger_box_name(PROJECT, epoch_id)),
                    ],
                    app_references=[self.kwh_receipt_id],
                ),
            )
        )

    def withdraw_surplus(self, sender: str, args: WithdrawSurplusArgs) -> Call:
        """Pay ALGO that the vault does not need to the admin.

        Args:
            sender: the admin.
            args: microALGO.
        """
        params = CommonAppCallParams(sender=sender, static_fee=WITHDRAW_SURPLUS_FEE)
        return Call(self.client.params.withdraw_surplus(args=args, params=params))

    def claim(self, sender: str, args: ClaimArgs, asset_id: int = cfg.ALGO) -> Call:
        """Pay a holder their share of a deposit.

        Args:
            sender: anybody.
            args: holder, deposit, checkpoint.
            asset_id: the deposit's asset; 0 is ALGO.
        """
        return Call(
            self.client.params.claim(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=CLAIM_FEE,
                    box_references=[
                        *self._share_references(args.holder, args.depositId, args.checkpointIndex),
                        *self._asset_boxes(asset_id),
                    ],
                    account_references=[args.holder],
                    asset_references=[asset_id] if asset_id else [],
                ),
            )
        )

    # --- queries ------------------------------------------------------------------------------------------------------

    def get_holder(self, sender: str, args: GetHolderArgs) -> Call:
        """Read a holder's line."""
        return Call(self.client.params.get_holder(args=args, params=self._query(sender, holder_box_name(args.holder))))

    def get_checkpoint(self, sender: str, args: GetCheckpointArgs) -> Call:
        """Read a checkpoint."""
        names = holder_box_name(args.holder), checkpoint_box_name(args.holder, args.checkpointIndex)
        return Call(self.client.params.get_checkpoint(args=args, params=self._query(sender, *names)))

    def get_deposit(self, sender: str, args: GetDepositArgs) -> Call:
        """Read a deposit."""
        return Call(
            self.client.params.get_deposit(args=args, params=self._query(sender, deposit_box_name(args.depositId)))
        )

    def claimable(self, sender: str, args: ClaimableArgs) -> Call:
        """Read what `claim` would give."""
        names = self._share_boxes(args.holder, args.depositId, args.checkpointIndex)
        return Call(self.client.params.claimable(args=args, params=self._query(sender, *names)))

    def transfer_mbr(self, sender: str, args: TransferMbrArgs) -> Call:
        """Read the storage deposit of a move."""
        names = holder_box_name(args.sender), holder_box_name(args.receiver)
        return Call(self.client.params.transfer_mbr(args=args, params=self._query(sender, *names)))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _method(self, name: str) -> Method:
        # Where a method takes a payment, the typed client wants a finished transaction. The composer takes parameters
        # too, and makes both transactions when the group is built: nothing is asked of the node before.
        return self.client.app_client.app_spec.get_arc56_method(name).to_abi_method()

    def _move(
        self,
        method: str,
        static_fee: AlgoAmount,
        sender: str,
        arguments: list[PaymentParams | str | int],
        move: Move,
        account: str,
    ) -> Call:
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self._method(method),
                args=arguments,
                sender=sender,
                # What others do meanwhile can make the deposit less: then the rest comes back.
                static_fee=static_fee + REST_FEE if move.deposit_microalgo else static_fee,
                box_references=[
                    self._reference(holder_box_name(move.sender)),
                    self._reference(checkpoint_box_name(move.sender, move.sender_checkpoint)),
                    self._reference(holder_box_name(move.receiver)),
                    self._reference(checkpoint_box_name(move.receiver, move.receiver_checkpoint)),
                ],
                account_references=[account],
                asset_references=self._token_references(),
            )
        )

    def _payment(self, sender: str, amount_microalgo: int, note: bytes) -> PaymentParams:
        return PaymentParams(
            sender=sender,
            receiver=self.client.app_address,
            amount=AlgoAmount.from_micro_algo(amount_microalgo),
            note=note,
            static_fee=PAYMENT_FEE,
        )

    def _query(self, sender: str, *names: bytes) -> CommonAppCallParams:
        return CommonAppCallParams(
            sender=sender, static_fee=QUERY_FEE, box_references=[self._reference(name) for name in names]
        )

    def _share_boxes(self, holder: str, deposit_id: int, checkpoint_index: int) -> tuple[bytes, ...]:
        return (
            holder_box_name(holder),
            deposit_box_name(deposit_id),
            checkpoint_box_name(holder, checkpoint_index),
            checkpoint_box_name(holder, checkpoint_index + 1),
        )

    def _share_references(
        self, holder: str, deposit_id: int, checkpoint_index: int
    ) -> list[BoxReference | BoxIdentifier]:
        return [self._reference(name) for name in self._share_boxes(holder, deposit_id, checkpoint_index)]

    def _asset_boxes(self, asset_id: int) -> list[BoxReference]:
        return [] if asset_id == cfg.ALGO else [self._reference(asset_box_name(asset_id))]

    def _token_references(self) -> list[int]:
        return [self.kw_token_id] if self.kw_token_id else []

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)
