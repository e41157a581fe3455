"""Atomic groups: built with their storage deposits, signed, simulated, or written out unsigned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from algosdk.atomic_transaction_composer import (
    AtomicTransactionComposer,
    EmptySigner,
    SimulateAtomicTransactionResponse,
)
from algosdk.error import AlgodHTTPError
from algosdk.logic import get_application_address
from algosdk.transaction import Transaction
from algosdk.v2client.algod import AlgodClient
from algosdk.v2client.models import SimulateRequest

from gridpact.chain.apps import Apps
from gridpact.chain.boxes import box as value_of
from gridpact.chain.call import MIN_FEE_MICROALGO, Box, Call
from gridpact.chain.errors import GroupTooLarge
from gridpact.chain.node import AT_ONCE
from gridpact.chain.sending import Sent, SignedGroup, explained, returns_of
from gridpact.chain.state import spare_microalgo

if TYPE_CHECKING:
    from algokit_utils import (
        AlgorandClient,
        AppCallMethodCallParams,
        AssetOptInParams,
        AssetTransferParams,
        PaymentParams,
    )

type Item = Call | PaymentParams | AssetTransferParams | AssetOptInParams

MAX_GROUP_SIZE: Final = 16


@dataclass(slots=True)
class Paid:
    """What the groups of one run have paid for so far: no box twice, and no spare ALGO twice."""

    boxes: set[Box] = field(default_factory=set)
    """Boxes whose deposits they put in."""
    spare_microalgo: dict[int, int] = field(default_factory=dict)
    """What they left of the spare ALGO of each app that pays from it."""


class Group:
    """An atomic group in the making: contract calls, and payments beside them."""

    def __init__(self, algorand: AlgorandClient, apps: Apps, *, spending: Collection[int] = ()) -> None:
        """Nothing is in it yet.

        Args:
            algorand: the connection.
            apps: the apps whose refusals can be explained.
            spending: ids of the apps whose spare ALGO pays for their boxes before a sender does. Above its minimum
                balance, such an app holds nothing for anybody.
        """
        self._algorand = algorand
        self._apps = apps
        self._spending = spending
        self._items: list[Item] = []

    def add(self, *items: Item) -> Group:
        """Append calls and plain transactions, in order."""
        self._items.extend(items)
        return self

    def top_ups(self, paid: Paid | None = None) -> list[PaymentParams]:
        """The payments that put the deposits of missing boxes into their apps, at most one for each (sender, app).

        Args:
            paid: what groups before this one paid for; what this one pays for is added.
        """
        from algokit_utils import AlgoAmount, PaymentParams

        paid = Paid() if paid is None else paid
        senders: dict[Box, str] = {}
        for item in self._items:
            if isinstance(item, Call):
                for box in item.creates:
                    senders.setdefault(box, item.params.sender)
        wanted = [box for box in senders if box not in paid.boxes]
        missing = [box for box, exists in zip(wanted, self._exist(wanted), strict=True) if not exists]
        needed: dict[tuple[str, int], int] = {}
        for box in missing:
            key = (senders[box], box.app_id)
            needed[key] = needed.get(key, 0) + box.deposit_microalgo
        paid.boxes.update(missing)
        for key in needed:
            needed[key] -= self._from_spare(key[1], needed[key], paid)
        return [
            PaymentParams(
                sender=sender,
                receiver=get_application_address(app_id),
                amount=AlgoAmount.from_micro_algo(amount),
                static_fee=AlgoAmount.from_micro_algo(MIN_FEE_MICROALGO),
            )
            for (sender, app_id), amount in needed.items()
            if amount
        ]

    def sign(self, paid: Paid | None = None) -> SignedGroup:
        """The group, signed by the keys that the connection knows.

        Args:
            paid: what groups before this one paid for; what this one pays for is added.

        Raises:
            OtherProgram: one of the apps runs another program than this version's.
        """
        self._apps.require_ours()
        composer = self._compose(sign=True, paid=paid)
        return SignedGroup(tuple(composer.gather_signatures()), dict(composer.method_dict))

    def send(self) -> Sent:
        """Sign, send, and wait for the confirmation.

        Raises:
            ContractError: a contract refused.
            LedgerError: the ledger refused.
        """
        signed = self.sign()
        signed.send(self._algorand.client.algod, self._apps)
        return signed.wait(self._algorand.client.algod, self._apps)

    @property
    def algod(self) -> AlgodClient:
        """The node that it is for."""
        return self._algorand.client.algod

    @property
    def apps(self) -> Apps:
        """The apps whose refusals can be explained."""
        return self._apps

    def simulate(self) -> Sent:
        """What sending would do, without signing or sending. Its confirmations have no round and no id of a block.

        Raises:
            ContractError: a contract would refuse.
            LedgerError: the ledger would refuse.
        """
        return self.tried()[1]

    def tried(self, paid: Paid | None = None) -> tuple[list[Transaction], Sent]:
        """The unsigned transactions, and what sending these very ones would do: for who has them signed elsewhere.

        Args:
            paid: what groups before this one paid for; what this one pays for is added.

        Raises:
            ContractError: a contract would refuse.
            LedgerError: the ledger would refuse.
        """
        composer = self._compose(sign=False, paid=paid)
        request = _Simulation(txn_groups=[], allow_empty_signatures=True)
        try:
            answer: SimulateAtomicTransactionResponse = composer.simulate(self._algorand.client.algod, request)
        except AlgodHTTPError as error:
            raise explained(self._apps, error) from error
        if answer.failure_message:
            raise self._apps.explain(answer.failure_message)
        results = answer.simulate_response["txn-groups"][0]["txn-results"]
        confirmations = tuple(result["txn-result"] for result in results)
        sent = Sent(
            tuple(str(tx_id) for tx_id in composer.tx_ids),
            confirmations,
            returns_of(composer.method_dict, confirmations),
            contracts=dict(self._apps.contracts),
        )
        return [item.txn for item in composer.build_group()], sent

    def unsigned(self, paid: Paid | None = None) -> list[Transaction]:
        """The group's transactions with their group id, unsigned.

        Args:
            paid: what groups before this one paid for; what this one pays for is added.
        """
        return [item.txn for item in self._compose(sign=False, paid=paid).build_group()]

    def fees_microalgo(self) -> int:
        """The sum of the group's fees."""
        return sum(int(transaction.fee) for transaction in self.unsigned())

    def deposits_microalgo(self) -> int:
        """The sum of the storage deposits that are put in front of the group."""
        return sum(int(payment.amount.micro_algo) for payment in self.top_ups())

    def _compose(self, *, sign: bool, paid: Paid | None = None) -> AtomicTransactionComposer:
        composer = self._algorand.new_group()
        for item in [*self.top_ups(paid), *self._items]:
            _add(composer, _priced(item, self._apps.fee_microalgo), sign=sign)
        built = composer.build()
        if len(built.transactions) > MAX_GROUP_SIZE:
            raise GroupTooLarge(len(built.transactions), MAX_GROUP_SIZE)
        return built.atc

    def _from_spare(self, app_id: int, most_microalgo: int, paid: Paid) -> int:
        """What an app pays itself, in microALGO."""
        if app_id not in self._spending:
            return 0
        if app_id not in paid.spare_microalgo:
            paid.spare_microalgo[app_id] = spare_microalgo(self.algod, get_application_address(app_id))
        taken = min(most_microalgo, paid.spare_microalgo[app_id])
        paid.spare_microalgo[app_id] -= taken
        return taken

    def _exist(self, boxes: Sequence[Box]) -> list[bool]:
        if len(boxes) < 2:
            return [self._exists(box) for box in boxes]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self._exists, boxes))

    def _exists(self, box: Box) -> bool:
        return not box.is_new and value_of(self.algod, box.app_id, box.name) is not None


class _Simulation(SimulateRequest):
    """A simulation that takes a rekeyed account's present key for its signature: algosdk cannot ask for that."""

    def dictify(self) -> dict[str, Any]:
        """The request."""
        return {**super().dictify(), "fix-signers": True}


def _add(composer: Any, item: Item, *, sign: bool) -> None:  # noqa: ANN401 - algokit's composer and its overloads
    if isinstance(item, Call):
        params: AppCallMethodCallParams = item.params
        composer.add_app_call_method_call(params if sign else _unsigned_call(params))
        return
    from algokit_utils import AssetTransferParams, PaymentParams

    plain = item if sign else replace(item, signer=EmptySigner())
    if isinstance(plain, PaymentParams):
        composer.add_payment(plain)
    elif isinstance(plain, AssetTransferParams):
        composer.add_asset_transfer(plain)
    else:
        composer.add_asset_opt_in(plain)


def _priced(item: Item, fee_microalgo: int) -> Item:
    """The same, each of its transactions paying so much."""
    if fee_microalgo == MIN_FEE_MICROALGO:
        return item
    if isinstance(item, Call):
        arguments = [_with_fee(one, fee_microalgo) for one in item.params.args or []]
        return replace(item, params=_with_fee(replace(item.params, args=arguments), fee_microalgo))
    return _with_fee(item, fee_microalgo)


def _with_fee[Params](params: Params, fee_microalgo: int) -> Params:
    """Parameters whose fee is for as many transactions as before. What has no fee, such as a number, stays."""
    from algokit_utils import AlgoAmount

    fee: AlgoAmount | None = getattr(params, "static_fee", None)
    if fee is None:
        return params
    transactions = int(fee.micro_algo) // MIN_FEE_MICROALGO
    return replace(params, static_fee=AlgoAmount.from_micro_algo(transactions * fee_microalgo))  # type: ignore[type-var]


def _unsigned_call(params: AppCallMethodCallParams) -> AppCallMethodCallParams:
    from algokit_utils import AssetTransferParams, PaymentParams

    arguments = [
        replace(argument, signer=EmptySigner())
        if isinstance(argument, PaymentParams | AssetTransferParams)
        else argument
        for argument in params.args or []
    ]
    return replace(params, signer=EmptySigner(), args=arguments)
