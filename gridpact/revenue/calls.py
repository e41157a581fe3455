"""Calls of RevenueVault, with the payments that some of them take."""

from dataclasses import dataclass
from typing import Final

from algokit_utils import (
    AlgoAmount,
    AppCallMethodCallParams,
    BoxReference,
    CommonAppCallParams,
    PaymentParams,
)
from algokit_utils.models.state import BoxIdentifier
from algosdk.abi import Method

from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.contracts.revenue_vault_client import (
    ClaimableArgs,
    ClaimArgs,
    GetCheckpointArgs,
    GetDepositArgs,
    GetHolderArgs,
    IssueArgs,
    RevenueVaultClient,
    TransferMbrArgs,
)
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.revenue.boxes import checkpoint_box_name, deposit_box_name, holder_box_name
from gridpact.revenue.moves import Move

BOOTSTRAP_FEE: Final = fee(2)  # the token
ISSUE_FEE: Final = fee(2)  # the units
CLOSE_ISSUANCE_FEE: Final = fee(1)
TRANSFER_FEE: Final = fee(2)  # the units
HAND_OUT_FEE: Final = fee(2)  # the units
SYNC_HOLDER_FEE: Final = fee(1)
DEPOSIT_NET_REVENUE_FEE: Final = fee(2)  # the draw
CLAIM_FEE: Final = fee(2)  # the payment
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

    def revenue_payment(self, sender: str, epoch_id: int, net_amount: int, deposit_id: int) -> PaymentParams:
        """The typed payment of a deposit; it goes into the group directly before the call.

        Args:
            sender: the operator.
            epoch_id: month, YYYYMM.
            net_amount: net revenue in microALGO.
            deposit_id: the id that the deposit will get.
        """
        note = b'gridpact:j{"deposit":%d,"epoch":%d}' % (deposit_id, epoch_id)
        return self._payment(sender, net_amount, note)

    def deposit_net_revenue(
        self, sender: str, payment: PaymentParams, epoch_id: int, net_amount: int, deposit_id: int
    ) -> Call:
        """`[payment, depositNetRevenue]`: share out what an epoch's unallocated energy earned.

        Args:
            sender: the operator.
            payment: what `revenue_payment` gives.
            epoch_id: month, YYYYMM.
            net_amount: net revenue in microALGO.
            deposit_id: the id that it will get: the app's `deposit_count` + 1.
        """
        box = Box(self.client.app_id, deposit_box_name(deposit_id), layout.Deposit.SIZE)
        return Call(
            AppCallMethodCallParams(
                app_id=self.client.app_id,
                method=self._method("depositNetRevenue"),
                args=[payment, epoch_id, net_amount],
                sender=sender,
                static_fee=DEPOSIT_NET_REVENUE_FEE,
                box_references=[
                    self._reference(box.name),
                    BoxReference(self.kwh_receipt_id, ledger_box_name(PROJECT, epoch_id)),
                ],
                app_references=[self.kwh_receipt_id],
            ),
            creates=(box,),
        )

    def claim(self, sender: str, args: ClaimArgs) -> Call:
        """Pay a holder his share of a deposit."""
        return Call(
            self.client.params.claim(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=CLAIM_FEE,
                    box_references=self._share_references(args.holder, args.depositId, args.checkpointIndex),
                    account_references=[args.holder],
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
                static_fee=static_fee,
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

    def _token_references(self) -> list[int]:
        return [self.kw_token_id] if self.kw_token_id else []

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)
