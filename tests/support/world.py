"""A fresh deployment for one test, and the accounts that act in it."""

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from algokit_utils import (
    AlgoAmount,
    AlgorandClient,
    AppClientMethodCallParams,
    AssetCreateParams,
    AssetOptInParams,
    AssetTransferParams,
    CommonAppCallCreateParams,
    PaymentParams,
    SigningAccount,
    TransactionComposer,
)
from algosdk.account import generate_account
from algosdk.logic import get_application_address

from gridpact.billing.calls import PPACalls
from gridpact.chain.apps import Apps
from gridpact.chain.call import Call
from gridpact.chain.connection import Connection
from gridpact.chain.group import Group, Item
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts import kwh_receipt_client as receipt_client
from gridpact.contracts import offer_book_client as book_client
from gridpact.contracts import ppa_client
from gridpact.contracts import revenue_vault_client as vault_client
from gridpact.market.calls import OfferBookCalls
from gridpact.production.calls import KWhReceiptCalls
from gridpact.revenue.calls import RevenueVaultCalls
from gridpact.settings import LOCALNET
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.support.checkpoints import Checkpointed, Checkpoints, checkpoint
from tests.support.clock import Clock
from tests.support.errors import raises
from tests.support.full_state import FullState

ROLES: Final = (
    "creator",
    "admin",
    "operator",
    "outsider",
    "buyer",
    "buyer_b",
    "treasury",
    "holder_a",
    "holder_b",
    "holder_c",
    "producer",
    "consumer",
)
STAKE_ALGO: Final = 50_000
FLOAT_ALGO: Final = 1
"""What each app gets at deployment: its own minimum balance and room for the kW token."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A connection that many tests share, and the account that pays for them.

    Attributes:
        checkpoints: states to go back to, None where the ledger cannot.
    """

    algorand: AlgorandClient
    dispenser: SigningAccount
    checkpoints: Checkpoints | None = None


class Deployed[App]:
    """An app of a world, deployed at first use unless another one was put in its place."""

    def __init__(self, deploy: Callable[["World"], App]) -> None:
        self._deploy = deploy

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"deployed {name}"

    def __get__(self, world: "World", owner: type) -> App:
        world.settle()
        if self._key not in world.__dict__:
            world.__dict__[self._key] = self._deploy(world)
        app: App = world.__dict__[self._key]
        return app

    def __set__(self, world: "World", app: App) -> None:
        world.__dict__[self._key] = app


class World(Checkpointed):
    """One deployment. Apps are deployed at first use, so a test pays only for what it needs."""

    creator: SigningAccount
    admin: SigningAccount
    operator: SigningAccount
    outsider: SigningAccount
    buyer: SigningAccount
    buyer_b: SigningAccount
    treasury: SigningAccount
    holder_a: SigningAccount
    holder_b: SigningAccount
    holder_c: SigningAccount
    producer: SigningAccount
    consumer: SigningAccount
    revenue_asset: int
    """Where a stage has one: what revenue is deposited in."""
    new_asset: int
    """Where a stage has one: what the vault has not opted in to."""

    def __init__(self, ledger: Ledger, *, mutable: bool = False) -> None:
        super().__init__(ledger.checkpoints)
        self.mutable = mutable
        self._ledger = ledger
        self.apps = Apps(ledger.algorand.client.algod)
        self.accounts: list[SigningAccount] = []
        self._clock = Clock(ledger.algorand, ledger.dispenser.address)
        self.begin((World, mutable), self._found)

    def _found(self) -> None:
        group = self.algorand.new_group()
        for role in ROLES:
            account = self.account()
            setattr(self, role, account)
            group.add_payment(
                PaymentParams(
                    sender=self._ledger.dispenser.address,
                    receiver=account.address,
                    amount=AlgoAmount.from_algo(STAKE_ALGO),
                )
            )
        # The receipt app is created in the same group, and handed over in the one that needs it: groups are what tests
        # spend their time on.
        factory = receipt_client.KWhReceiptFactory(self.algorand, **self._factory_options())
        network = receipt_client.CreateArgs(genesisHash=genesis_hash(self.algorand))
        group.add_app_create_method_call(factory.params.create.create(network, **self._create_options()))
        app_id = self._created(Contract.KWH_RECEIPT, group)
        self._receipt = receipt_client.KWhReceiptClient(
            algorand=self.algorand, app_id=app_id, app_name=Contract.KWH_RECEIPT.value
        )
        self._receipt_is_handed_over = False

    # --- checkpoints --------------------------------------------------------------------------------------------------

    def contents(self) -> dict[str, Any]:
        """Accounts, apps and clients."""
        return self.__dict__ | {"apps": self.apps.copy(), "accounts": list(self.accounts)}

    def take_over(self, contents: dict[str, Any]) -> None:
        """Be the world that was kept."""
        self.__dict__.clear()
        self.__dict__.update(contents)
        self.__dict__.update(self.contents())

    # --- accounts and assets ------------------------------------------------------------------------------------------

    def account(self) -> SigningAccount:
        """A new account without funds, watched by `refused`."""
        private_key, _ = generate_account()
        account = SigningAccount(private_key=private_key)
        self.leave_stages()  # a world with an account of its own
        self.algorand.account.set_signer_from_account(account)
        self.accounts.append(account)
        return account

    def asset(self, creator: SigningAccount, *holders: SigningAccount, total: int = 10**15, units: int = 10**12) -> int:
        """A new asset of 6 decimals; the creator holds its clawback. Each holder is opted in and gets `units`."""
        created = self.algorand.send.asset_create(
            AssetCreateParams(
                sender=creator.address, total=total, decimals=6, asset_name="Dollar", clawback=creator.address
            ),
            {"suppress_log": True},
        )
        group = self.algorand.new_group()
        for holder in holders:
            group.add_asset_opt_in(AssetOptInParams(sender=holder.address, asset_id=created.asset_id))
            if units:
                group.add_asset_transfer(
                    AssetTransferParams(
                        sender=creator.address, receiver=holder.address, asset_id=created.asset_id, amount=units
                    )
                )
        if holders:
            group.send({"suppress_log": True})
        return created.asset_id

    def balance(self, address: str) -> int:
        """microALGO of an account."""
        return int(as_dict(self.algorand.client.algod.account_info(address))["amount"])

    # --- the ledger ---------------------------------------------------------------------------------------------------

    @property
    def algorand(self) -> AlgorandClient:
        """The connection, at the stage where this world stands."""
        self.settle()
        return self._ledger.algorand

    @property
    def connection(self) -> Connection:
        """The connection, as the library takes it."""
        return Connection.over(self.algorand, LOCALNET)

    @property
    def clock(self) -> Clock:
        """The chain's clock."""
        self.settle()
        if self.checkpoints is not None:
            self.checkpoints.leave()
        return self._clock

    # --- groups -------------------------------------------------------------------------------------------------------

    def send(self, *items: Item) -> Sent:
        """Send one atomic group; missing storage deposits are put in front."""
        return self.group(*items).send()

    def simulate(self, *items: Item) -> Sent:
        """Simulate one atomic group."""
        return self.group(*items).simulate()

    def group(self, *items: Item) -> Group:
        """An atomic group that is not sent yet."""
        return Group(self.algorand, self.apps).add(*items)

    @contextmanager
    def refused(self, name: str) -> Iterator[None]:
        """Expect exactly this error, and that nothing changed: no state, box, balance or minimum balance."""
        # What the refused call needs was deployed before: deploying is no part of what is compared.
        assert self.receipt is not None
        before = self.full_state()
        with raises(name):
            yield
        assert self.full_state() == before

    def full_state(self) -> FullState:
        """All state of the deployed apps and of all accounts of this world."""
        return FullState.take(self.algorand, self.apps.contracts, [account.address for account in self.accounts])

    # --- apps ---------------------------------------------------------------------------------------------------------

    @property
    def receipt(self) -> receipt_client.KWhReceiptClient:
        """KWhReceipt, governed by admin and operator."""
        self.settle()
        if not self._receipt_is_handed_over:
            self._send(self._add_receipt(self.algorand.new_group()))
        return self._receipt

    ppa = Deployed(lambda world: world.deploy_ppa())
    """PPA, governed, and wired as a consumer."""
    vault = Deployed(lambda world: world.deploy_vault())
    """RevenueVault, governed, and wired as a consumer."""
    book = Deployed(lambda world: world.deploy_book())
    """OfferBook, governed, and wired as a consumer."""

    def deploy_ppa(self, *, wired: bool = True) -> ppa_client.PpaClient:
        """Deploy a PPA app. A second one, or one that is not wired, may not draw."""
        factory = ppa_client.PpaFactory(self.algorand, **self._factory_options())
        arguments = ppa_client.CreateArgs(kwhReceiptId=self._receipt.app_id)
        app_id = self._create(Contract.PPA, factory.params.create.create(arguments, **self._consumer_options()))
        client = ppa_client.PpaClient(algorand=self.algorand, app_id=app_id, app_name=Contract.PPA)
        self._hand_over(client, receipt_cfg.CONSUMER_PPA if wired else None)
        return client

    def deploy_vault(self, *, wired: bool = True) -> vault_client.RevenueVaultClient:
        """Deploy a RevenueVault app."""
        factory = vault_client.RevenueVaultFactory(self.algorand, **self._factory_options())
        arguments = vault_client.CreateArgs(kwhReceiptId=self._receipt.app_id)
        app_id = self._create(
            Contract.REVENUE_VAULT, factory.params.create.create(arguments, **self._consumer_options())
        )
        client = vault_client.RevenueVaultClient(
            algorand=self.algorand, app_id=app_id, app_name=Contract.REVENUE_VAULT.value
        )
        self._hand_over(client, receipt_cfg.CONSUMER_VAULT if wired else None)
        return client

    def deploy_book(self, *, wired: bool = True) -> book_client.OfferBookClient:
        """Deploy an OfferBook app."""
        factory = book_client.OfferBookFactory(self.algorand, **self._factory_options())
        arguments = book_client.CreateArgs(kwhReceiptId=self._receipt.app_id)
        app_id = self._create(Contract.OFFER_BOOK, factory.params.create.create(arguments, **self._consumer_options()))
        client = book_client.OfferBookClient(algorand=self.algorand, app_id=app_id, app_name=Contract.OFFER_BOOK)
        self._hand_over(client, receipt_cfg.CONSUMER_OFFER_BOOK if wired else None)
        return client

    @cached_property
    def receipt_calls(self) -> KWhReceiptCalls:
        """Calls of this world's KWhReceipt."""
        return KWhReceiptCalls(self.receipt)

    @cached_property
    def ppa_calls(self) -> PPACalls:
        """Calls of this world's PPA."""
        return PPACalls(self.ppa, self.receipt.app_id)

    @cached_property
    def vault_calls(self) -> RevenueVaultCalls:
        """Calls of this world's RevenueVault."""
        return RevenueVaultCalls(self.vault, self.receipt.app_id)

    @cached_property
    def book_calls(self) -> OfferBookCalls:
        """Calls of this world's OfferBook."""
        return OfferBookCalls(self.book, self.receipt.app_id)

    def _factory_options(self) -> dict[str, Any]:
        return {"default_sender": self.creator.address}

    def _create_options(self) -> dict[str, Any]:
        return {"compilation_params": {"updatable": self.mutable, "deletable": self.mutable}}

    def _consumer_options(self) -> dict[str, Any]:
        return self._create_options() | {"params": CommonAppCallCreateParams(app_references=[self._receipt.app_id])}

    def _create(self, contract: Contract, params: Any) -> int:
        """Create a consumer; hand the receipt app over in the same group where that is still to do."""
        composer = self.algorand.new_group()
        if not self._receipt_is_handed_over:
            self._add_receipt(composer)
        return self._created(contract, composer.add_app_create_method_call(params))

    def _created(self, contract: Contract, composer: TransactionComposer) -> int:
        """Send a group whose last transaction creates an app."""
        app_id = int(self._send(composer)["application-index"])
        self.apps.register(app_id, contract)
        return app_id

    def _add_receipt(self, composer: TransactionComposer) -> TransactionComposer:
        self._receipt_is_handed_over = True
        return self._add_hand_over(composer, self._receipt)

    def _hand_over(self, client: Any, consumer: int | None) -> None:
        composer = self._add_hand_over(self.algorand.new_group(), client)
        if consumer is not None:
            wiring = receipt_client.SetConsumerArgs(consumer=consumer, appId=client.app_id)
            composer.add_app_call_method_call(self.receipt_calls.set_consumer(self.admin.address, wiring).params)
        self._send(composer)

    def _add_hand_over(self, composer: TransactionComposer, client: Any) -> TransactionComposer:
        """Give an app its float, its operator and its admin."""
        composer.add_payment(
            PaymentParams(
                sender=self.creator.address,
                receiver=get_application_address(client.app_id),
                amount=AlgoAmount.from_algo(FLOAT_ALGO),
            )
        )
        for method, arguments, sender in (
            ("setOperator", [self.operator.address], self.creator),
            ("proposeAdmin", [self.admin.address], self.creator),
            ("acceptAdmin", [], self.admin),
        ):
            composer.add_app_call_method_call(call_of(client, method, arguments, sender).params)
        return composer

    def _send(self, composer: TransactionComposer) -> dict[str, Any]:
        """Send a group; the confirmation of its last transaction."""
        result = composer.send({"suppress_log": True, "populate_app_call_resources": False})
        return as_dict(result.confirmations[-1])


@checkpoint
def deploy(world: World, contract: Contract) -> Any:
    """One of the contracts, and with it KWhReceipt; the app's client."""
    match contract:
        case Contract.KWH_RECEIPT:
            return world.receipt
        case Contract.PPA:
            return world.ppa
        case Contract.REVENUE_VAULT:
            return world.vault
        case Contract.OFFER_BOOK:
            return world.book


def side_by_side(ledger: Ledger) -> Ledger:
    """The same ledger for several worlds at once: at the first stage, and from there on its own way."""
    if ledger.checkpoints is not None:
        ledger.checkpoints.leave()
        World(ledger).settle()
    return replace(ledger, checkpoints=None)


def genesis_hash(algorand: AlgorandClient) -> bytes:
    """Which network this is."""
    return base64.b64decode(algorand.client.algod.suggested_params().gh)


def call_of(client: Any, method: str, arguments: Sequence[Any], sender: SigningAccount) -> Call:
    """A call of any method by its name, without references: for methods that need none, and for walks over methods."""
    return Call(
        client.app_client.params.call(
            AppClientMethodCallParams(
                method=method, args=list(arguments), sender=sender.address, static_fee=AlgoAmount.from_micro_algo(1_000)
            )
        )
    )
