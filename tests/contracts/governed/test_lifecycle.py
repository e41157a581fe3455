"""Creation, update and deletion, which all contracts have in common."""

import base64
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from algokit_utils import (
    AppCallParams,
    AppDeleteParams,
    AppUpdateParams,
    CommonAppCallCreateParams,
    SigningAccount,
    TransactionComposer,
)
from algosdk.error import AlgodHTTPError
from algosdk.transaction import OnComplete

from gridpact.chain.errors import LedgerError, message_at
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent, SignedGroup
from gridpact.chain.specs import Contract
from gridpact.contracts import kwh_receipt_client as receipt_client
from gridpact.contracts import offer_book_client as book_client
from gridpact.contracts import ppa_client
from gridpact.contracts import revenue_vault_client as vault_client
from smart_contracts.shared import errors as err
from tests.support.events import ANY_TIME, expect_events
from tests.support.proxy import deploy_proxy
from tests.support.world import Ledger, World, deploy


@pytest.fixture
def mutable_world(ledger: Ledger) -> World:
    """A deployment that may be updated and deleted, as on a LocalNet."""
    return World(ledger, mutable=True)


each_contract = pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)


def update(world: World, app: Any, sender: SigningAccount) -> Sent:
    """Update an app with the program that it has."""
    params = as_dict(world.algorand.client.algod.application_info(app.app_id))["params"]
    composer = world.algorand.new_group().add_app_update(
        AppUpdateParams(
            sender=sender.address,
            app_id=app.app_id,
            on_complete=OnComplete.UpdateApplicationOC,
            approval_program=base64.b64decode(params["approval-program"]),
            clear_state_program=base64.b64decode(params["clear-state-program"]),
        )
    )
    return send(world, composer)


def delete(world: World, app: Any, sender: SigningAccount) -> Sent:
    return send(
        world,
        world.algorand.new_group().add_app_delete(
            AppDeleteParams(sender=sender.address, app_id=app.app_id, on_complete=OnComplete.DeleteApplicationOC)
        ),
    )


def send(world: World, composer: TransactionComposer) -> Sent:
    group = SignedGroup(tuple(composer.build().atc.gather_signatures()))
    group.send(world.algorand.client.algod, world.apps)
    return group.wait(world.algorand.client.algod, world.apps)


@each_contract
def test_update_success(mutable_world: World, contract: Contract) -> None:
    app = deploy(mutable_world, contract)
    before = mutable_world.full_state()
    expect_events(update(mutable_world, app, mutable_world.admin))
    after = mutable_world.full_state()
    assert (after.globals, after.boxes) == (before.globals, before.boxes)


@each_contract
def test_update_not_updatable(world: World, contract: Contract) -> None:
    app = deploy(world, contract)
    with world.refused(err.NOT_UPDATABLE):
        update(world, app, world.admin)


@each_contract
def test_update_not_admin(mutable_world: World, contract: Contract) -> None:
    app = deploy(mutable_world, contract)
    with mutable_world.refused(err.NOT_ADMIN):
        update(mutable_world, app, mutable_world.creator)


@each_contract
def test_delete_success(mutable_world: World, contract: Contract) -> None:
    app = deploy(mutable_world, contract)
    expect_events(delete(mutable_world, app, mutable_world.admin))
    with pytest.raises(AlgodHTTPError, match="application does not exist"):
        mutable_world.algorand.client.algod.application_info(app.app_id)


@each_contract
def test_delete_not_deletable(world: World, contract: Contract) -> None:
    app = deploy(world, contract)
    with world.refused(err.NOT_DELETABLE):
        delete(world, app, world.admin)


@each_contract
def test_delete_not_admin(mutable_world: World, contract: Contract) -> None:
    app = deploy(mutable_world, contract)
    with mutable_world.refused(err.NOT_ADMIN):
        delete(mutable_world, app, mutable_world.creator)


@pytest.mark.parametrize("action", [OnComplete.OptInOC, OnComplete.CloseOutOC])
@each_contract
def test_local_state_is_not_offered(world: World, contract: Contract, action: OnComplete) -> None:
    app = deploy(world, contract)
    before = world.full_state()
    composer = world.algorand.new_group().add_app_call(
        AppCallParams(sender=world.outsider.address, app_id=app.app_id, on_complete=action)
    )
    with pytest.raises(AlgodHTTPError, match=r"err opcode executed|not opted in"):
        world.algorand.client.algod.send_transactions(composer.build().atc.gather_signatures())
    assert world.full_state() == before


FACTORIES: dict[Contract, Any] = {
    Contract.KWH_RECEIPT: receipt_client.KWhReceiptFactory,
    Contract.PPA: ppa_client.PpaFactory,
    Contract.REVENUE_VAULT: vault_client.RevenueVaultFactory,
    Contract.OFFER_BOOK: book_client.OfferBookFactory,
}
CONSUMERS: dict[Contract, Any] = {
    Contract.PPA: ppa_client.CreateArgs,
    Contract.REVENUE_VAULT: vault_client.CreateArgs,
    Contract.OFFER_BOOK: book_client.CreateArgs,
}
each_consumer = pytest.mark.parametrize("contract", list(CONSUMERS), ids=lambda contract: contract.folder)
NETWORK = bytes(range(32))


def create(world: World, contract: Contract, kwh_receipt_id: int) -> Sent:
    named = [kwh_receipt_id] if kwh_receipt_id else []
    arguments = (
        receipt_client.CreateArgs(genesisHash=NETWORK)
        if contract is Contract.KWH_RECEIPT
        else CONSUMERS[contract](kwhReceiptId=kwh_receipt_id)
    )
    params = FACTORIES[contract](world.algorand, default_sender=world.creator.address).params.create.create(
        arguments,
        compilation_params={"updatable": False, "deletable": False},
        params=CommonAppCallCreateParams(app_references=[] if contract is Contract.KWH_RECEIPT else named),
    )
    return send(world, world.algorand.new_group().add_app_create_method_call(params))


@each_contract
def test_create_success(world: World, contract: Contract) -> None:
    sent = create(world, contract, world.receipt.app_id)
    app_id = sent.confirmations[0]["application-index"]
    is_receipt = contract is Contract.KWH_RECEIPT
    params = as_dict(world.algorand.client.algod.application_info(app_id))["params"]
    program = base64.b64decode(params["approval-program"])
    pages = [sha256(program[at : at + 4096]).digest() for at in range(0, len(program), 4096)]
    expect_events(
        replace(sent, contracts={app_id: contract}),  # whose events count, nobody knew before
        (
            "Created",
            {
                "admin": world.creator.address,
                "operator": world.creator.address,
                "kwhReceiptApp": app_id if is_receipt else world.receipt.app_id,
                "programHash": sha256(b"".join(pages)).digest(),
                "timestamp": ANY_TIME,
            },
        ),
    )
    state = {base64.b64decode(entry["key"]): entry["value"] for entry in params["global-state"]}
    if is_receipt:
        assert base64.b64decode(state[b"genesis_hash"]["bytes"]) == NETWORK
    else:
        assert state[b"kwh_receipt_app"]["uint"] == world.receipt.app_id
    assert base64.b64decode(state[b"admin"]["bytes"]) == world.creator.public_key
    assert base64.b64decode(state[b"operator"]["bytes"]) == world.creator.public_key


def refused_creation(world: World, contract: Contract, kwh_receipt_id: int) -> str | None:
    """Why a creation is refused, with nothing changed.

    The app does not exist yet, so the node cannot name it: the counter is looked up in the document directly.
    """
    before = world.full_state()
    with pytest.raises(LedgerError) as caught:
        create(world, contract, kwh_receipt_id)
    compiled = FACTORIES[contract](world.algorand).app_factory.compile({"updatable": False, "deletable": False})
    counter = re.search(r"pc=(\d+), opcodes", caught.value.node_text)
    assert counter is not None
    assert world.full_state() == before
    return message_at(contract, compiled.approval_program, int(counter[1]))


@pytest.mark.parametrize("to_come", [False, True], ids=["none", "to come"])
@each_consumer
def test_create_invalid_app(world: World, contract: Contract, to_come: bool) -> None:
    app_id = world.receipt.app_id + 1_000 if to_come else 0
    assert refused_creation(world, contract, app_id) == err.INVALID_APP


@each_consumer
def test_create_invalid_app_of_a_stranger(world: World, contract: Contract) -> None:
    assert refused_creation(world, contract, deploy_proxy(world, world.outsider)) == err.INVALID_APP
