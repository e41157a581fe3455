"""What a transaction does, before it is sent: read from the transaction itself, as a wallet would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from algosdk.abi import Method
from algosdk.transaction import (
    ApplicationCallTxn,
    AssetConfigTxn,
    AssetFreezeTxn,
    AssetTransferTxn,
    KeyregTxn,
    OnComplete,
    PaymentTxn,
    Transaction,
)

from gridpact.chain.specs import Contract, spec


@dataclass(frozen=True, slots=True)
class Payment:
    """ALGO moves."""

    receiver: str
    amount_microalgo: int
    close_to: str | None
    """Who gets all that is left of the sender's account, where it is closed."""


@dataclass(frozen=True, slots=True)
class AssetTransfer:
    """Units of an asset move."""

    asset_id: int
    receiver: str
    amount: int
    """Base units."""
    close_to: str | None
    """Who gets all that is left of the holding, where it is closed."""
    clawed_from: str | None
    """Whose units they are, where the sender is the asset's clawback."""

    @property
    def is_opt_in(self) -> bool:
        """Whether nothing moves: the sender may hold the asset from then on."""
        return self.amount == 0 and self.close_to is None and self.clawed_from is None


@dataclass(frozen=True, slots=True)
class AppCall:
    """An app is called."""

    app_id: int
    contract: Contract | None
    """None where the app is not known."""
    method: str | None
    """None where its contract has no such method."""
    on_complete: OnComplete = OnComplete.NoOpOC
    """What happens to the app, or to the sender's state in it, beside the call."""


@dataclass(frozen=True, slots=True)
class AssetConfiguration:
    """An asset is made, its roles are set anew, or it is destroyed."""

    asset_id: int
    """0 where it is made."""
    is_destroyed: bool
    name: str | None
    unit: str | None
    total: int
    """Base units."""
    decimals: int
    is_frozen: bool
    """Whether holdings begin frozen."""
    manager: str | None
    reserve: str | None
    freeze: str | None
    clawback: str | None


@dataclass(frozen=True, slots=True)
class AssetFreeze:
    """A holding can, or cannot, be moved from then on."""

    asset_id: int
    holder: str
    is_frozen: bool


@dataclass(frozen=True, slots=True)
class KeyRegistration:
    """An account takes part in consensus, or does not any more."""

    is_online: bool
    is_for_ever: bool
    """Whether it never will again, and earns nothing."""


@dataclass(frozen=True, slots=True)
class OtherAction:
    """Something that the project's groups do not hold."""

    kind: str
    """The ledger's name for it."""


type Action = Payment | AssetTransfer | AppCall | AssetConfiguration | AssetFreeze | KeyRegistration | OtherAction


@dataclass(frozen=True, slots=True)
class Description:
    """One transaction of a group."""

    action: Action
    rekey_to: str | None
    """Who signs for the sender from then on, where that changes."""
    sender: str
    fee_microalgo: int
    tx_id: str


def describe(transaction: Transaction, contracts: Mapping[int, Contract]) -> Description:
    """What a transaction does.

    Args:
        transaction: with its group id, if it has one.
        contracts: the known apps.
    """
    return Description(
        action=_action(transaction, contracts),
        rekey_to=transaction.rekey_to,
        sender=str(transaction.sender),
        fee_microalgo=int(transaction.fee),
        tx_id=str(transaction.get_txid()),
    )


def _action(transaction: Transaction, contracts: Mapping[int, Contract]) -> Action:
    if isinstance(transaction, PaymentTxn):
        return Payment(str(transaction.receiver), int(transaction.amt), transaction.close_remainder_to)
    if isinstance(transaction, AssetTransferTxn):
        return AssetTransfer(
            asset_id=int(transaction.index),
            receiver=str(transaction.receiver),
            amount=int(transaction.amount),
            close_to=transaction.close_assets_to,
            clawed_from=transaction.revocation_target,
        )
    if isinstance(transaction, ApplicationCallTxn):
        contract = contracts.get(int(transaction.index))
        on_complete = OnComplete(transaction.on_complete or 0)
        return AppCall(int(transaction.index or 0), contract, _method(contract, transaction), on_complete)
    if isinstance(transaction, AssetConfigTxn):
        return _configuration(transaction)
    if isinstance(transaction, AssetFreezeTxn):
        return AssetFreeze(int(transaction.index), str(transaction.target), bool(transaction.new_freeze_state))
    if isinstance(transaction, KeyregTxn):
        return KeyRegistration(is_online=bool(transaction.votepk), is_for_ever=bool(transaction.nonpart))
    return OtherAction(str(transaction.type))


def _configuration(transaction: AssetConfigTxn) -> AssetConfiguration:
    return AssetConfiguration(
        asset_id=int(transaction.index or 0),
        # The ledger takes a configuration without parameters for the order to destroy the asset.
        is_destroyed=bool(transaction.index) and "apar" not in transaction.dictify(),
        name=transaction.asset_name,
        unit=transaction.unit_name,
        total=int(transaction.total or 0),
        decimals=int(transaction.decimals or 0),
        is_frozen=bool(transaction.default_frozen),
        manager=transaction.manager,
        reserve=transaction.reserve,
        freeze=transaction.freeze,
        clawback=transaction.clawback,
    )


def _method(contract: Contract | None, transaction: ApplicationCallTxn) -> str | None:
    arguments = transaction.app_args or []
    if contract is None or not arguments:
        return None
    return _selectors(contract).get(bytes(arguments[0]))


@cache
def _selectors(contract: Contract) -> dict[bytes, str]:
    methods = {}
    for method in spec(contract)["methods"]:
        # ARC-56 gives a struct's wire type, its tuple, beside the struct's name.
        arguments = ",".join(argument["type"] for argument in method["args"])
        signature = f"{method['name']}({arguments}){method['returns']['type']}"
        methods[Method.from_signature(signature).get_selector()] = str(method["name"])
    return methods


def storage_deposit_microalgo(receiver: str, note: bytes, amount_microalgo: int, app_addresses: Collection[str]) -> int:
    """What a payment puts into storage: a top-up, which has no note, or the typed payment of a storage deposit.

    Args:
        receiver: of the payment.
        note: of the payment.
        amount_microalgo: of the payment.
        app_addresses: accounts of the known apps.
    """
    is_storage = not note or note.startswith(STORAGE_NOTE)
    return amount_microalgo if is_storage and receiver in app_addresses else 0


STORAGE_NOTE: Final = b'gridpact:j{"storage"'
"""How the note of a typed storage deposit starts."""
