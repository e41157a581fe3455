"""Roles, pause, and the update and delete switches that all contracts have in common."""

from algopy import (
    Account,
    ARC4Contract,
    Global,
    GlobalState,
    Struct,
    TemplateVar,
    Txn,
    UInt64,
    arc4,
    subroutine,
)

from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import program_hash
from smart_contracts.shared.types import Hash


class Created(Struct, kw_only=True):
    """The app exists. Its creator holds both roles until it hands over."""

    admin: Account
    operator: Account
    kwhReceiptApp: UInt64
    """App id of KWhReceipt: what this app draws from, or itself."""
    programHash: Hash
    """SHA-256 of the SHA-256 hashes of the approval program's pages of 4,096 bytes."""
    timestamp: UInt64


class AdminProposed(Struct, kw_only=True):
    """The admin named a successor, who has to accept."""

    admin: Account
    proposedAdmin: Account
    timestamp: UInt64


class AdminChanged(Struct, kw_only=True):
    """The proposed admin accepted."""

    previousAdmin: Account
    admin: Account
    timestamp: UInt64


class OperatorChanged(Struct, kw_only=True):
    """The admin named another operator."""

    previousOperator: Account
    operator: Account
    timestamp: UInt64


class Paused(Struct, kw_only=True):
    """The operator's work is stopped. What belongs to others never is."""

    admin: Account
    timestamp: UInt64


class Unpaused(Struct, kw_only=True):
    """The operator's work goes on."""

    admin: Account
    timestamp: UInt64


class Governed(ARC4Contract):
    """Two roles, which the creator holds until it hands over.

    The admin (cold) hands over in two steps, names the operator and pauses; the operator (hot) does the month.
    Authority is always `Txn.sender`.
    """

    def __init__(self) -> None:
        # Written by acceptAdmin only.
        self.admin = GlobalState(Txn.sender, key="admin")
        # Written by proposeAdmin; the zero address when nobody is proposed.
        self.proposed_admin = GlobalState(Global.zero_address, key="proposed_admin")
        # Written by setOperator only.
        self.operator = GlobalState(Txn.sender, key="operator")
        # Written by pause and unpause only.
        self.paused = GlobalState(False, key="paused")  # noqa: FBT003

    @arc4.abimethod
    def proposeAdmin(self, newAdmin: Account) -> None:
        """Name the next admin, who must accept before anything changes. A new proposal replaces the last one.

        Args:
            newAdmin: the account that may accept.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.INVALID_ADDRESS: the new admin is the zero address.
        """
        self._require_admin()
        assert newAdmin != Global.zero_address, err.INVALID_ADDRESS
        self.proposed_admin.value = newAdmin
        arc4.emit(AdminProposed(admin=Txn.sender, proposedAdmin=newAdmin, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def acceptAdmin(self) -> None:
        """Take over the admin's role.

        Raises:
            err.NOT_PROPOSED: the caller is not the proposed admin.
        """
        assert Txn.sender == self.proposed_admin.value, err.NOT_PROPOSED
        previous = self.admin.value
        self.admin.value = Txn.sender
        self.proposed_admin.value = Global.zero_address
        arc4.emit(AdminChanged(previousAdmin=previous, admin=Txn.sender, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def setOperator(self, newOperator: Account) -> None:
        """Name the operator.

        Args:
            newOperator: the account that does the month's work from now on.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.INVALID_ADDRESS: the new operator is the zero address.
        """
        self._require_admin()
        assert newOperator != Global.zero_address, err.INVALID_ADDRESS
        previous = self.operator.value
        self.operator.value = newOperator
        arc4.emit(OperatorChanged(previousOperator=previous, operator=newOperator, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def pause(self) -> None:
        """Stop the operator's work. What belongs to others (settle, claim, transfer, cancel, consume, prune) goes on.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.ALREADY_SET: the contract is paused.
        """
        self._require_admin()
        assert not self.paused.value, err.ALREADY_SET
        self.paused.value = True
        arc4.emit(Paused(admin=Txn.sender, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def unpause(self) -> None:
        """Let the operator's work go on.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.ALREADY_SET: the contract is not paused.
        """
        self._require_admin()
        assert self.paused.value, err.ALREADY_SET
        self.paused.value = False
        arc4.emit(Unpaused(admin=Txn.sender, timestamp=Global.latest_timestamp))

    @arc4.baremethod(allow_actions=["UpdateApplication"])
    def update(self) -> None:
        """Replace the program. Only where the deployment allows it (LocalNet), never on MainNet.

        Raises:
            err.NOT_UPDATABLE: the deployment is immutable.
            err.NOT_ADMIN: the caller is not the admin.
        """
        assert TemplateVar[bool]("UPDATABLE"), err.NOT_UPDATABLE
        self._require_admin()

    @arc4.baremethod(allow_actions=["DeleteApplication"])
    def delete(self) -> None:
        """Delete the app. Only where the deployment allows it (LocalNet), never on MainNet.

        Raises:
            err.NOT_DELETABLE: the deployment is permanent.
            err.NOT_ADMIN: the caller is not the admin.
        """
        assert TemplateVar[bool]("DELETABLE"), err.NOT_DELETABLE
        self._require_admin()

    @subroutine
    def _created(self, kwh_receipt_app: UInt64) -> None:
        """Tell what the app was made of: the one event of each contract's create."""
        arc4.emit(
            Created(
                admin=self.admin.value,
                operator=self.operator.value,
                kwhReceiptApp=kwh_receipt_app,
                programHash=Hash.from_bytes(program_hash()),
                timestamp=Global.latest_timestamp,
            )
        )

    @subroutine(inline=True)
    def _require_admin(self) -> None:
        assert Txn.sender == self.admin.value, err.NOT_ADMIN

    @subroutine(inline=True)
    def _require_operator(self) -> None:
        assert Txn.sender == self.operator.value, err.NOT_OPERATOR

    @subroutine(inline=True)
    def _require_active(self) -> None:
        assert not self.paused.value, err.IS_PAUSED
