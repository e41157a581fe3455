"""What a transaction does, before it is sent: read from the transaction itself, as a wallet would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from algosdk.abi import Method
from algosdk.transaction import (
    ApplicationCallTxn,
    AssetTransferTxn,
    PaymentTxn,
    Transaction,
)

from gridpact.chain.specs import Contract, spec
from gridpact.units import ALGO, money, number, short


@dataclass(frozen=True, slots=True)
class Description:
    """One transaction of a group."""

    text: str
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
        text=_text(transaction, contracts),
        sender=str(transaction.sender),
        fee_microalgo=int(transaction.fee),
        tx_id=str(transaction.get_txid()),
    )


def _text(transaction: Transaction, contracts: Mapping[int, Contract]) -> str:
    extras = ""
    if getattr(transaction, "rekey_to", None):
        extras += f", REKEYS the sender to {transaction.rekey_to}"
    if isinstance(transaction, PaymentTxn):
        if transaction.close_remainder_to:
            extras += f", CLOSES the sender to {transaction.close_remainder_to}"
        return f"pay {money(int(transaction.amt), ALGO)} to {short(transaction.receiver)}{extras}"
    if isinstance(transaction, AssetTransferTxn):
        if transaction.close_assets_to:
            extras += f", CLOSES the holding to {transaction.close_assets_to}"
        if transaction.revocation_target:
            extras += f", from {transaction.revocation_target} by clawback"
        if transaction.receiver == transaction.sender and not transaction.amount:
            return f"opt in to asset {transaction.index}{extras}"
        units = number(int(transaction.amount))
        return f"transfer {units} base units of asset {transaction.index} to {short(transaction.receiver)}{extras}"
    if isinstance(transaction, ApplicationCallTxn):
        contract = contracts.get(int(transaction.index))
        name = f"app {transaction.index}" if contract is None else contract.value
        return f"call {name}.{_method(contract, transaction)}{extras}"
    return f"{transaction.type} transaction{extras}"


def _method(contract: Contract | None, transaction: ApplicationCallTxn) -> str:
    arguments = transaction.app_args or []
    if contract is None or not arguments:
        return "(unknown call)"
    return _selectors(contract).get(bytes(arguments[0]), "(unknown method)")


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
