"""Atomic groups: built with their storage deposits, sent, simulated, or written out unsigned."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from algokit_utils import (
    AlgoAmount,
    AlgorandClient,
    AppCallMethodCallParams,
    AssetOptInParams,
    AssetTransferParams,
    PaymentParams,
)
from algosdk.abi import Method
from algosdk.atomic_transaction_composer import (
    AtomicTransactionComposer,
    EmptySigner,
    SimulateAtomicTransactionResponse,
)
from algosdk.error import AlgodHTTPError
from algosdk.logic import get_application_address
from algosdk.transaction import Transaction, wait_for_confirmation
from algosdk.v2client.models import SimulateRequest

from gridpact.chain.call import MIN_FEE_MICROALGO, Box, Call
from gridpact.chain.errors import GridPactError, LedgerError, from_node_text
from gridpact.chain.events import RETURN_PREFIX, Event, events_of
from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract

Item = Call | PaymentParams | AssetTransferParams | AssetOptInParams

type Keep = Callable[[Sequence[Any]], None]
"""Is given a signed group before it is sent, and nothing once it was refused."""

MAX_GROUP_SIZE: Final = 16
CONFIRMATION_ROUNDS: Final = 1_000
HTTP_BAD_REQUEST: Final = 400
HTTP_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class Sent:
    """A confirmed group."""

    tx_ids: tuple[str, ...]
    confirmations: tuple[Mapping[str, Any], ...]
    returns: tuple[Any, ...]
    """ABI results of the calls that return something, in order."""
    algorand: AlgorandClient | None = field(default=None, repr=False, compare=False)
    """The connection that sent it; None for a simulation."""

    @property
    def round(self) -> int:
        """The round that holds it."""
        return int(self.confirmations[0]["confirmed-round"])

    @property
    def events(self) -> list[Event]:
        """All events of the group, inner calls before the calls that made them."""
        return [event for confirmation in self.confirmations for event in events_of(confirmation)]


@dataclass(slots=True)
class Apps:
    """The apps whose refusals can be explained: id → contract and approval program as deployed."""

    algorand: AlgorandClient
    contracts: dict[int, Contract] = field(default_factory=dict)
    _programs: dict[int, bytes] = field(default_factory=dict)

    def register(self, app_id: int, contract: Contract) -> None:
        """Remember which contract an app is."""
        self.contracts[app_id] = contract
        self._programs.pop(app_id, None)

    def copy(self) -> "Apps":
        """The same apps, to be added to on its own."""
        return Apps(self.algorand, dict(self.contracts), dict(self._programs))

    def explain(self, node_text: str) -> GridPactError:
        """What a node's refusal means. Reads the programs of the known apps that the text names."""
        return from_node_text(node_text, self._known(node_text))

    def program(self, app_id: int) -> bytes:
        """The approval program of an app, as deployed."""
        if app_id not in self._programs:
            params = as_dict(self.algorand.client.algod.application_info(app_id))["params"]
            self._programs[app_id] = base64.b64decode(params["approval-program"])
        return self._programs[app_id]

    def _known(self, node_text: str) -> dict[int, tuple[Contract, bytes]]:
        return {
            app_id: (contract, self.program(app_id))
            for app_id, contract in self.contracts.items()
            if f"app={app_id}," in node_text
        }


class Group:
    """An atomic group in the making: contract calls, and payments beside them."""

    def __init__(self, algorand: AlgorandClient, apps: Apps) -> None:
        self._algorand = algorand
        self._apps = apps
        self._items: list[Item] = []

    def add(self, *items: Item) -> "Group":
        """Append calls and plain transactions, in order."""
        self._items.extend(items)
        return self

    def top_ups(self) -> list[PaymentParams]:
        """The payments that put the deposits of missing boxes into their apps, one for each (sender, app)."""
        needed: dict[tuple[str, int], int] = {}
        seen: set[tuple[int, bytes]] = set()
        for item in self._items:
            if not isinstance(item, Call):
                continue
            for box in item.creates:
                if (box.app_id, box.name) in seen:
                    continue
                seen.add((box.app_id, box.name))
                if not self._exists(box):
                    key = (item.params.sender, box.app_id)
                    needed[key] = needed.get(key, 0) + box.deposit_microalgo
        return [
            PaymentParams(
                sender=sender,
                receiver=get_application_address(app_id),
                amount=AlgoAmount.from_micro_algo(amount),
                static_fee=AlgoAmount.from_micro_algo(MIN_FEE_MICROALGO),
            )
            for (sender, app_id), amount in needed.items()
        ]

    def send(self, keep: Keep | None = None) -> Sent:
        """Sign, send, and wait for the confirmation.

        Args:
            keep: is given the signed group before it is sent, and nothing once it was refused.

        Raises:
            ContractError: a contract refused.
            LedgerError: the ledger refused.
        """
        return submit(self._algorand, self._apps, self._compose(sign=True), keep)

    def simulate(self) -> Sent:
        """What sending would do, without signing or sending. Its confirmations have no round and no id of a block.

        Raises:
            ContractError: a contract would refuse.
            LedgerError: the ledger would refuse.
        """
        composer = self._compose(sign=False)
        request = SimulateRequest(txn_groups=[], allow_empty_signatures=True)
        try:
            answer: SimulateAtomicTransactionResponse = composer.simulate(self._algorand.client.algod, request)
        except AlgodHTTPError as error:
            raise explained(self._apps, error) from error
        if answer.failure_message:
            raise self._apps.explain(answer.failure_message)
        results = answer.simulate_response["txn-groups"][0]["txn-results"]
        confirmations = tuple(result["txn-result"] for result in results)
        return Sent(
            tuple(str(tx_id) for tx_id in composer.tx_ids), confirmations, _returns(composer.method_dict, confirmations)
        )

    def unsigned(self) -> list[Transaction]:
        """The group's transactions with their group id, unsigned."""
        return [item.txn for item in self._compose(sign=False).build_group()]

    def fees_microalgo(self) -> int:
        """The sum of the group's fees."""
        return sum(int(transaction.fee) for transaction in self.unsigned())

    def deposits_microalgo(self) -> int:
        """The sum of the storage deposits that are put in front of the group."""
        return sum(int(payment.amount.micro_algo) for payment in self.top_ups())

    def _compose(self, *, sign: bool) -> AtomicTransactionComposer:
        composer = self._algorand.new_group()
        for item in [*self.top_ups(), *self._items]:
            _add(composer, item, sign=sign)
        built = composer.build()
        if len(built.transactions) > MAX_GROUP_SIZE:
            msg = f"The group has {len(built.transactions)} transactions; the ledger takes at most {MAX_GROUP_SIZE}."
            raise GridPactError(msg, "Split it.")
        return built.atc

    def _exists(self, box: Box) -> bool:
        try:
            self._algorand.client.algod.application_box_by_name(box.app_id, box.name)
        except AlgodHTTPError as error:
            if error.code == HTTP_NOT_FOUND:
                return False
            raise
        return True


def submit(algorand: AlgorandClient, apps: Apps, composer: AtomicTransactionComposer, keep: Keep | None = None) -> Sent:
    """Sign a composed group, send it, and wait for its confirmation.

    Args:
        algorand: the network.
        apps: whose refusals can be explained.
        composer: the group.
        keep: is given the signed group before it is sent, and nothing once it was refused.

    Raises:
        ContractError: a contract refused.
        LedgerError: the ledger refused.
    """
    signed = composer.gather_signatures()
    algod = algorand.client.algod
    if keep is not None:
        keep(signed)
    try:
        algod.send_transactions(signed)
    except AlgodHTTPError as error:
        refusal = explained(apps, error)
        if keep is not None and error.code == HTTP_BAD_REQUEST:
            keep(())
        raise refusal from error
    tx_ids = tuple(str(tx_id) for tx_id in composer.tx_ids)
    wait_for_confirmation(algod, tx_ids[0], CONFIRMATION_ROUNDS)
    confirmations = tuple(as_dict(algod.pending_transaction_info(tx_id)) for tx_id in tx_ids)
    return Sent(tx_ids, confirmations, _returns(composer.method_dict, confirmations), algorand)


def explained(apps: Apps, error: AlgodHTTPError) -> GridPactError:
    """What it means that a node did not take a group."""
    if error.code == HTTP_BAD_REQUEST:
        return apps.explain(str(error))
    return LedgerError(str(error))


def was_refused(error: GridPactError) -> bool:
    """Whether a node checked a group and refused it: it is not on chain. Any other failure leaves that open."""
    cause = error.__cause__
    return isinstance(cause, AlgodHTTPError) and cause.code == HTTP_BAD_REQUEST


def _add(composer: Any, item: Item, *, sign: bool) -> None:  # noqa: ANN401 - algokit's composer and its overloads
    if isinstance(item, Call):
        params: AppCallMethodCallParams = item.params
        composer.add_app_call_method_call(params if sign else _unsigned_call(params))
        return
    plain = item if sign else replace(item, signer=EmptySigner())
    if isinstance(plain, PaymentParams):
        composer.add_payment(plain)
    elif isinstance(plain, AssetTransferParams):
        composer.add_asset_transfer(plain)
    else:
        composer.add_asset_opt_in(plain)


def _unsigned_call(params: AppCallMethodCallParams) -> AppCallMethodCallParams:
    arguments = [
        replace(argument, signer=EmptySigner())
        if isinstance(argument, PaymentParams | AssetTransferParams)
        else argument
        for argument in params.args or []
    ]
    return replace(params, signer=EmptySigner(), args=arguments)


def _returns(methods: Mapping[int, Method], confirmations: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    values = []
    for index, method in sorted(methods.items()):
        # algokit-utils 4.2.3 files a method under the index of its transaction argument, too.
        is_call = confirmations[index]["txn"]["txn"]["type"] == "appl"
        if not is_call or str(method.returns.type) == "void":
            continue
        lines: Iterable[str] = confirmations[index].get("logs", [])
        last = base64.b64decode(list(lines)[-1])
        if not last.startswith(RETURN_PREFIX):
            msg = f"{method.name} returned nothing"
            raise ValueError(msg)
        values.append(method.returns.type.decode(last[len(RETURN_PREFIX) :]))
    return tuple(values)
