"""Accounts of applications, which only inner transactions change, are as right at once as after a restart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from algosdk import logic, transaction

from localnet.testing import LocalNet
from tests.localnet.indexer.conftest import APPROVE_TEAL, FEE, TEAL, Chain, History, Person, dispenser

ACTOR_TEAL = (Path(__file__).parent / "actor.teal").read_text()


class Stage:
    """An application that acts, an asset and another application to act upon."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        history = self.history = History(chain)
        self.bank = history.people["bank"] = dispenser(chain)
        self.alice: Person = history.person("alice", 20_000_000)
        self.actor = history.create_app("create-actor", self.alice, ACTOR_TEAL)
        self.target = history.create_app("create-target", self.alice, TEAL)
        self.asset = history.create_asset("create-asset", self.alice, "kW")
        self.address = logic.get_application_address(self.actor)
        history.happens("fund-actor", self.alice, history.pay(self.alice, self.address, 5_000_000))

    def act(self, *arguments: bytes | int, **references: Any) -> dict[str, Any]:
        """One call; returns what algod says of it."""
        call = self.history.call(self.actor, self.alice, *arguments, fee=2 * FEE, **references)
        return self.history.happens(str(arguments[0]), self.alice, call)

    def account(self) -> dict[str, Any]:
        """The application's account without the round."""
        shown: dict[str, Any] = self.chain.algod("GET", f"/v2/accounts/{self.address}")
        del shown["round"]
        return shown


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with LocalNet.spawn(tmp_path / "state") as localnet:
        yield Stage(Chain(localnet))


def after_restart(stage: Stage) -> dict[str, Any]:
    """The account as the ledger's own database has it."""
    localnet = stage.chain.localnet
    localnet.kill()
    with LocalNet.spawn(localnet.data_dir) as again:
        stage.chain.localnet = again
        shown = stage.account()
    stage.chain.localnet = localnet
    return shown


def test_assets_held_by_inner_transfers(stage: Stage) -> None:
    alice = stage.alice.address
    stage.act(b"take", foreign_assets=[stage.asset])
    params = stage.chain.params()
    to_actor = transaction.AssetTransferTxn(alice, params, stage.address, 100, stage.asset)
    stage.history.happens("to-actor", stage.alice, to_actor)
    stage.act(b"send", 30, foreign_assets=[stage.asset], accounts=[alice])
    live = stage.account()
    assert live["assets"] == [{"amount": 70, "asset-id": stage.asset, "is-frozen": False}]
    assert live["min-balance"] == 200_000
    assert live == after_restart(stage)


def test_an_asset_closed_by_an_inner_transfer(stage: Stage) -> None:
    stage.act(b"take", foreign_assets=[stage.asset])
    stage.act(b"leave", foreign_assets=[stage.asset], accounts=[stage.alice.address])
    live = stage.account()
    assert (live["assets"], live["min-balance"]) == ([], 100_000)
    assert live == after_restart(stage)


def test_local_state_by_inner_calls(stage: Stage) -> None:
    stage.act(b"join", foreign_apps=[stage.target])
    stage.act(b"mark", 9, foreign_apps=[stage.target])
    live = stage.account()
    [local] = live["apps-local-state"]
    assert [one["value"]["uint"] for one in local["key-value"]] == [9]
    assert live["min-balance"] == 100_000 + 100_000 + 28_500
    assert live == after_restart(stage)


def test_local_state_closed_by_an_inner_call(stage: Stage) -> None:
    stage.act(b"join", foreign_apps=[stage.target])
    stage.act(b"quit", foreign_apps=[stage.target])
    live = stage.account()
    assert (live["apps-local-state"], live["min-balance"]) == ([], 100_000)
    assert live == after_restart(stage)


def test_an_asset_made_and_destroyed_inside(stage: Stage) -> None:
    made = stage.act(b"found")["inner-txns"][0]["asset-index"]
    assert [one["index"] for one in stage.account()["created-assets"]] == [made]
    stage.act(b"destroy", foreign_assets=[made])
    live = stage.account()
    assert (live["created-assets"], live["assets"]) == ([], [])
    assert live == after_restart(stage)


def test_an_application_made_and_deleted_inside(stage: Stage) -> None:
    program = stage.chain.compiled(APPROVE_TEAL)
    made = stage.act(b"spawn", program)["inner-txns"][0]["application-index"]
    assert [one["id"] for one in stage.account()["created-apps"]] == [made]
    stage.act(b"remove", foreign_apps=[made])
    live = stage.account()
    assert (live["created-apps"], live["min-balance"]) == ([], 100_000)
    assert live == after_restart(stage)


def test_an_account_closed_by_an_inner_payment(stage: Stage) -> None:
    stage.act(b"close", accounts=[stage.alice.address])
    live = stage.account()
    assert live["amount"] == 0
    assert live == after_restart(stage)


def test_state_of_an_application_that_an_application_made(stage: Stage) -> None:
    counting = '#pragma version 10\ntxn ApplicationID\nbz end\nbyte "n"\nint 7\napp_global_put\nend:\nint 1'
    made = stage.act(b"spawn", stage.chain.compiled(counting))["inner-txns"][0]["application-index"]
    bank = stage.bank
    stage.history.happens("count", bank, stage.history.call(made, bank))
    [created] = stage.account()["created-apps"]
    assert [one["value"]["uint"] for one in created["params"]["global-state"]] == [7]
    assert stage.account() == after_restart(stage)


def test_a_call_without_inner_transactions_changes_boxes_only(stage: Stage) -> None:
    history, alice = stage.history, stage.alice
    target = logic.get_application_address(stage.target)
    history.happens("fund-target", alice, history.pay(alice, target, 1_000_000))
    before = stage.chain.algod("GET", f"/v2/accounts/{target}")
    put = history.call(stage.target, alice, b"box", b"row", b"value", boxes=[(0, b"row")])
    history.happens("put", alice, put)
    counted = stage.chain.algod("GET", f"/v2/accounts/{target}")
    assert (counted["total-boxes"], counted["total-box-bytes"]) == (1, 3 + 5)
    assert counted["min-balance"] == before["min-balance"] + 2500 + 400 * (3 + 5)
    history.happens("delete", alice, history.call(stage.target, alice, b"unbox", b"row", boxes=[(0, b"row")]))
    after = stage.chain.algod("GET", f"/v2/accounts/{target}")
    assert after == before | {"round": after["round"]}
