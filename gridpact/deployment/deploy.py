"""Deployment of the four apps: created, funded and wired, each step only where it is missing.

KWhReceipt comes first, then the three apps that draw from it; then KWhReceipt is told their ids, once and for ever. A
run that was cut off is finished by the next one; a run with nothing missing sends nothing.
"""

import base64
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from algokit_utils import (
    AlgoAmount,
    AppClientCompilationParams,
    AppDeploymentMetaData,
    ApplicationLookup,
    ApplicationMetaData,
    ApplicationReference,
    CommonAppCallParams,
    OnSchemaBreak,
    OnUpdate,
    OperationPerformed,
    PaymentParams,
    SendParams,
    SigningAccount,
)
from algosdk.logic import get_application_address

from gridpact.chain.apps import Apps
from gridpact.chain.assets import microalgo
from gridpact.chain.call import Call, fee
from gridpact.chain.connection import Connection
from gridpact.chain.errors import NotEnoughFunds, OtherProgram
from gridpact.chain.group import Group
from gridpact.chain.keys import (
    KeySource,
    Role,
    ensure_wallet_account,
    mnemonic_account,
    require_address,
    sign_with,
    wallet_account,
)
from gridpact.chain.node import as_dict
from gridpact.chain.programs import approval, clear
from gridpact.chain.roles import roles
from gridpact.chain.specs import Contract, spec
from gridpact.chain.state import app_params, global_state
from gridpact.chain.work import Effect, Step
from gridpact.contracts import kwh_receipt_client
from gridpact.contracts import kwh_receipt_config as receipt_cfg
from gridpact.contracts import offer_book_client as book
from gridpact.contracts import ppa_client as ppa
from gridpact.contracts import revenue_vault_client as vault
from gridpact.contracts.kwh_receipt_client import (
    KWhReceiptClient,
    KWhReceiptFactory,
    SetConsumerArgs,
)
from gridpact.contracts.units import ACCOUNT_MINIMUM_MICROALGO
from gridpact.deployment import record as deployments
from gridpact.deployment.effects import (
    AccountFunded,
    AccountsMade,
    AppCreated,
    AppFunded,
    ConsumerSet,
    OperatorNamed,
)
from gridpact.deployment.errors import NoDeployer, OtherConsumer
from gridpact.deployment.record import Deployment, Record
from gridpact.production.app import Production
from gridpact.production.calls import KWhReceiptCalls
from gridpact.production.read import Receipt
from gridpact.units import ALGO

VERSION: Final = "1.0"
SET_OPERATOR_FEE: Final = fee(1)
FLOAT_FEE: Final = fee(1)
PAGE_BYTES: Final = 2_048
PAGE_MICROALGO: Final = 100_000
UINT_MICROALGO: Final = 28_500
BYTES_MICROALGO: Final = 50_000
"""What the ledger adds to the minimum balance of who creates an app: for each page of programs, and for each number and
text that its global state may hold."""
FEES_MICROALGO: Final = 20_000
"""Four creations, the floats, three consumers and four operators, at the least fee."""
QUIET: Final = SendParams(suppress_log=True, populate_app_call_resources=False)

CONSUMERS: Final = {
    Contract.PPA: receipt_cfg.CONSUMER_PPA,
    Contract.REVENUE_VAULT: receipt_cfg.CONSUMER_VAULT,
    Contract.OFFER_BOOK: receipt_cfg.CONSUMER_OFFER_BOOK,
}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done."""

    effect: Effect
    tx_id: str | None = None
    """None where the LocalNet did it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a deployment finds: what is there, and what is missing."""

    creator: str | None
    """None where a LocalNet's account is still to be made."""
    app_ids: dict[Contract, int]
    effects: tuple[Effect, ...]
    """What would be done, in order."""


def missing(connection: Connection, source: KeySource | None = None) -> Missing:
    """What a deployment would do. Reads only.

    Args:
        connection: the network.
        source: the deployer's key, where it is named.

    Raises:
        NoDeployer: nobody is named who deploys.
        OtherProgram, OtherConsumer: what is on chain is not of this version.
    """
    account = _deployer(connection, source)
    if account is None and connection.is_localnet:
        accounts = AccountsMade(tuple(role.value for role in LOCALNET_STAKES))
        return Missing(None, {}, (accounts, *map(AppCreated, Contract), *_wiring()))
    if account is None:
        raise NoDeployer(connection.network)
    app_ids = _existing(connection, account.address)
    _require_ours(connection, app_ids)
    if len(app_ids) < len(Contract):
        created = [AppCreated(contract) for contract in Contract if contract not in app_ids]
        return Missing(account.address, app_ids, (*created, *_wiring()))
    wired = [effect for effect, _ in _missing_items(connection, account.address, app_ids)]
    return Missing(account.address, app_ids, tuple(wired))


def _require_ours(connection: Connection, app_ids: dict[Contract, int]) -> None:
    apps = Apps(connection.algod)
    for contract, app_id in app_ids.items():
        apps.register(app_id, contract)
    apps.require_ours()


def cost_microalgo() -> int:
    """What a whole deployment takes: the deployer's minimum balance with four apps, their floats, and fees."""
    apps = 0
    for contract in Contract:
        schema = spec(contract)["state"]["schema"]["global"]
        pages = -(-(len(approval(contract, updatable=False, deletable=False)) + len(clear(contract))) // PAGE_BYTES)
        apps += PAGE_MICROALGO * pages
        apps += schema["ints"] * UINT_MICROALGO + schema["bytes"] * BYTES_MICROALGO
        apps += ACCOUNT_MINIMUM_MICROALGO
    return ACCOUNT_MINIMUM_MICROALGO + apps + FEES_MICROALGO


def check_funds(connection: Connection, found: Missing) -> None:
    """Whether the deployer can pay for a deployment that is not begun. On a LocalNet it is funded.

    Raises:
        NotEnoughFunds: it has too little.
    """
    if connection.is_localnet or found.creator is None or found.app_ids:
        return
    held, needed = microalgo(connection.algod, found.creator), cost_microalgo()
    if held < needed:
        raise NotEnoughFunds(found.creator, held, needed, ALGO)


def deploy(connection: Connection, source: KeySource | None = None) -> Iterator[Done | Deployment]:
    """Deploy what is missing; yields each thing done, and at last the deployment.

    Args:
        connection: the network.
        source: the deployer's key, where it is named.

    Raises:
        NoDeployer: nobody is named who deploys.
        OtherProgram, OtherConsumer: what is on chain is not of this version.
    """
    if connection.is_localnet:
        yield from _localnet_accounts(connection)
    account = _deployer(connection, source)
    if account is None:
        raise NoDeployer(connection.network)
    sign_with(connection, account)
    creator = account.address
    app_ids = _existing(connection, creator)
    for contract in Contract:
        app_id, tx_id = _create(connection, creator, contract, app_ids)
        app_ids[contract] = app_id
        if tx_id is not None:
            yield Done(AppCreated(contract, app_id), tx_id)
            if contract is Contract.KWH_RECEIPT:
                Record.of(connection, {contract: app_id}).write(connection)
    items = _missing_items(connection, creator, app_ids)
    if items:
        apps = Apps(connection.algod)
        for contract, app_id in app_ids.items():
            apps.register(app_id, contract)
        step = Step(
            tuple(effect for effect, _ in items), Group(connection.algorand, apps).add(*(one for _, one in items))
        )
        sent = step.group.send()
        step.require_promised(sent)
        for (effect, _), tx_id in zip(items, sent.tx_ids, strict=True):
            yield Done(effect, tx_id)
    Record.of(connection, app_ids).write(connection)
    yield Deployment.of(Production(connection, app_ids[Contract.KWH_RECEIPT]))


def _missing_items(
    connection: Connection, creator: str, app_ids: dict[Contract, int]
) -> list[tuple[Effect, PaymentParams | Call]]:
    """Floats, consumers and operators that are missing: what each is, and the transaction that does it."""
    algorand = connection.algorand
    items: list[tuple[Effect, PaymentParams | Call]] = []
    for contract, app_id in app_ids.items():
        short = _float_missing(connection, app_id)
        if short:
            payment = PaymentParams(
                sender=creator,
                receiver=get_application_address(app_id),
                amount=AlgoAmount.from_micro_algo(short),
                static_fee=FLOAT_FEE,
            )
            items.append((AppFunded(contract, short), payment))
    receipt_id = app_ids[Contract.KWH_RECEIPT]
    receipt = Production(connection, receipt_id).state()
    calls = KWhReceiptCalls(KWhReceiptClient(algorand=algorand, app_id=receipt_id, app_name=Contract.KWH_RECEIPT.value))
    for contract, consumer in CONSUMERS.items():
        known = _consumer(receipt, contract)
        if known == 0:
            arguments = SetConsumerArgs(consumer=consumer, appId=app_ids[contract])
            items.append((ConsumerSet(contract), calls.set_consumer(creator, arguments)))
        elif known != app_ids[contract]:
            raise OtherConsumer(contract, known, app_ids[contract])
    operator = _wanted_operator(connection)
    if operator is not None:
        for contract, app_id in app_ids.items():
            if _operator_to_set(connection, app_id, creator, operator):
                call = _set_operator(connection, contract, app_id, creator, operator)
                items.append((OperatorNamed(contract, operator), call))
    return items


def _create(
    connection: Connection, creator: str, contract: Contract, app_ids: dict[Contract, int]
) -> tuple[int, str | None]:
    """The app's id, and the creating transaction where it had to be created."""
    localnet = connection.is_localnet
    try:
        _, result = _factory(connection, creator, contract).deploy(
            on_update=OnUpdate.Fail,
            on_schema_break=OnSchemaBreak.Fail,
            create_params=_create_params(connection, contract, app_ids),
            existing_deployments=_lookup(creator, app_ids),
            # Only a LocalNet may replace or delete the programs.
            compilation_params=AppClientCompilationParams(updatable=localnet, deletable=localnet),
            send_params=QUIET,
        )
    except ValueError as error:
        if contract not in app_ids:
            raise
        # algokit's refusal of an update: the only one left once the app is known.
        raise OtherProgram(contract, app_ids[contract], localnet) from error
    created = result.operation_performed is OperationPerformed.Create
    return int(result.app.app_id), str(result.create_result.tx_id) if created else None


def _factory(connection: Connection, creator: str, contract: Contract) -> Any:  # noqa: ANN401 - one of the four
    factories: dict[Contract, Callable[..., Any]] = {
        Contract.KWH_RECEIPT: KWhReceiptFactory,
        Contract.PPA: ppa.PpaFactory,
        Contract.REVENUE_VAULT: vault.RevenueVaultFactory,
        Contract.OFFER_BOOK: book.OfferBookFactory,
    }
    return factories[contract](connection.algorand, app_name=contract.value, default_sender=creator, version=VERSION)


def _create_params(connection: Connection, contract: Contract, app_ids: dict[Contract, int]) -> object:
    if contract is Contract.KWH_RECEIPT:
        genesis_hash = base64.b64decode(connection.genesis_hash)
        arguments = kwh_receipt_client.CreateArgs(genesisHash=genesis_hash)
        return kwh_receipt_client.KWhReceiptMethodCallCreateParams(args=arguments)
    receipt_id = app_ids[Contract.KWH_RECEIPT]
    match contract:
        case Contract.PPA:
            return ppa.PpaMethodCallCreateParams(
                args=ppa.CreateArgs(kwhReceiptId=receipt_id), app_references=[receipt_id]
            )
        case Contract.REVENUE_VAULT:
            return vault.RevenueVaultMethodCallCreateParams(
                args=vault.CreateArgs(kwhReceiptId=receipt_id), app_references=[receipt_id]
            )
        case Contract.OFFER_BOOK:
            return book.OfferBookMethodCallCreateParams(
                args=book.CreateArgs(kwhReceiptId=receipt_id), app_references=[receipt_id]
            )


def _existing(connection: Connection, creator: str) -> dict[Contract, int]:
    """What of the four there is, without asking an indexer more than it has to be asked."""
    receipt_id = deployments.find_receipt(connection, creator)
    if receipt_id is None:
        return {}
    receipt = Production(connection, receipt_id).state()
    app_ids = {Contract.KWH_RECEIPT: receipt_id}
    for contract in CONSUMERS:
        app_id = _consumer(receipt, contract) or deployments.created_app(connection, creator, contract)
        if app_id and _belongs_to(connection, app_id, receipt_id):
            app_ids[contract] = app_id
    return app_ids


def _belongs_to(connection: Connection, app_id: int, receipt_id: int) -> bool:
    state = global_state(app_params(connection.algod, app_id))
    return receipt_id in (state.get("kwh_receipt_app"), state.get("kwh_receipt"))


def _lookup(creator: str, app_ids: dict[Contract, int]) -> ApplicationLookup:
    return ApplicationLookup(
        creator,
        {
            contract.value: ApplicationMetaData(
                reference=ApplicationReference(app_id, get_application_address(app_id)),
                deploy_metadata=AppDeploymentMetaData(contract.value, VERSION, deletable=None, updatable=None),
                created_round=0,
                updated_round=0,
            )
            for contract, app_id in app_ids.items()
        },
    )


def _consumer(receipt: Receipt, contract: Contract) -> int:
    return {
        Contract.PPA: receipt.ppa_app,
        Contract.REVENUE_VAULT: receipt.vault_app,
        Contract.OFFER_BOOK: receipt.offer_book_app,
    }[contract]


def _float_missing(connection: Connection, app_id: int) -> int:
    account = as_dict(connection.algod.account_info(get_application_address(app_id), exclude="all"))
    wanted = max(int(account["min-balance"]), ACCOUNT_MINIMUM_MICROALGO)
    return max(wanted - int(account["amount"]), 0)


def _wanted_operator(connection: Connection) -> str | None:
    """Who shall be the operator: `OPERATOR_ADDRESS`, `OPERATOR_MNEMONIC`, or the LocalNet's account OPERATOR."""
    named = os.environ.get("OPERATOR_ADDRESS")
    if named:
        return require_address(named, "OPERATOR_ADDRESS")
    account = mnemonic_account(Role.OPERATOR.variable)
    if account is None and connection.is_localnet:
        account = wallet_account(connection, Role.OPERATOR.value)
    return None if account is None else account.address


def _operator_to_set(connection: Connection, app_id: int, creator: str, operator: str | None) -> bool:
    """Whether the operator is still the creator, who is to hand over. Later changes are `gridpact roles`' business."""
    held = roles(global_state(app_params(connection.algod, app_id)))
    return operator is not None and held.operator == creator != operator and held.admin == creator


def _set_operator(connection: Connection, contract: Contract, app_id: int, admin: str, operator: str) -> Call:
    client = _factory_client(connection, contract, app_id)
    return Call(
        client.params.set_operator(
            args=(operator,), params=CommonAppCallParams(sender=admin, static_fee=SET_OPERATOR_FEE)
        )
    )


def _factory_client(connection: Connection, contract: Contract, app_id: int) -> Any:  # noqa: ANN401 - one of the four
    clients: dict[Contract, Callable[..., Any]] = {
        Contract.KWH_RECEIPT: KWhReceiptClient,
        Contract.PPA: ppa.PpaClient,
        Contract.REVENUE_VAULT: vault.RevenueVaultClient,
        Contract.OFFER_BOOK: book.OfferBookClient,
    }
    return clients[contract](algorand=connection.algorand, app_id=app_id, app_name=contract.value)


def _localnet_accounts(connection: Connection) -> Iterator[Done]:
    for role, stake in LOCALNET_STAKES.items():
        if mnemonic_account(role.variable) is not None:
            continue
        account, given = ensure_wallet_account(connection, role.value, stake)
        if given:
            yield Done(AccountFunded(role.value, account.address, given))


LOCALNET_STAKES: Final = {Role.DEPLOYER: 5_000_000, Role.OPERATOR: 5_000_000, Role.TREASURY: 1_000_000}
"""microALGO below which the LocalNet's accounts are filled up: a chain begun anew works with the old keys."""


def _deployer(connection: Connection, source: KeySource | None) -> SigningAccount | None:
    account = (source or KeySource()).account(connection) or mnemonic_account(Role.DEPLOYER.variable)
    if account is None and connection.is_localnet:
        account = wallet_account(connection, Role.DEPLOYER.value)
    return account


def _wiring() -> list[Effect]:
    """What may be missing beside the apps: it is known only once they are all there."""
    return [*map(AppFunded, Contract), *map(ConsumerSet, CONSUMERS), *map(OperatorNamed, Contract)]
