"""`algokit-subscriber` 1.0.1 walks the example month from round 1: every ARC-28 event, every inner payment."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from algokit_subscriber import AlgorandSubscriber, Arc28EventGroup
from algosdk.logic import get_application_address

from gridpact.chain.events import events_of
from gridpact.chain.specs import Contract, spec
from localnet.testing import LocalNet
from tests.contracts.conftest import client_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def apps(net: LocalNet) -> dict[Contract, int]:
    """The app ids of the example month, which the demo made."""
    done = subprocess.run(
        [sys.executable, "-m", "gridpact", "demo", "--json"],
        cwd=ROOT,
        env=os.environ | net.environment | {"GRIDPACT_DEPLOYMENTS": str(net.data_dir / "deployments.json")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {Contract(name): app_id for name, app_id in json.loads(done.stdout)["apps"].items()}


@pytest.fixture(scope="module")
def delivered(net: LocalNet, apps: dict[Contract, int]) -> dict[str, list[dict[str, Any]]]:
    """What the subscriber delivers, by the name of the filter."""
    algorand = client_of(net)
    watermark = 0

    def set_watermark(value: int) -> None:
        nonlocal watermark
        watermark = value

    groups: list[Arc28EventGroup] = [
        {
            "group_name": contract.value,
            "process_for_app_ids": [app_id],
            "continue_on_error": False,
            "events": [
                {"name": event["name"], "args": [{"name": one["name"], "type": one["type"]} for one in event["args"]]}
                for event in spec(contract)["events"]
            ],
        }
        for contract, app_id in apps.items()
    ]
    vault = get_application_address(apps[Contract.REVENUE_VAULT])
    subscriber = AlgorandSubscriber(
        config={
            "filters": [
                *({"name": contract.value, "filter": {"app_id": app_id}} for contract, app_id in apps.items()),
                {"name": "payments", "filter": {"type": "pay", "sender": vault}},
            ],
            "arc28_events": groups,
            "max_rounds_to_sync": 20,
            "sync_behaviour": "sync-oldest",
            "watermark_persistence": {"get": lambda: watermark, "set": set_watermark},
        },
        algod_client=algorand.client.algod,
        indexer_client=algorand.client.indexer,
    )
    seen: dict[str, list[dict[str, Any]]] = {name: [] for name in (*apps, "payments")}
    for name in seen:
        subscriber.on(str(name), lambda transaction, at: seen[at].append(transaction))
    last_round = net.request("GET", "/v2/status")["last-round"]
    while watermark < last_round:
        subscriber.poll_once()
    return seen


def emitted(net: LocalNet, apps: dict[Contract, int]) -> Counter[str]:
    """Every event on the chain, as our own decoder finds it, by name."""
    algod = client_of(net).client.algod
    names: Counter[str] = Counter()
    contracts = {app_id: contract for contract, app_id in apps.items()}
    last_round = net.request("GET", "/v2/status")["last-round"]
    for number in range(1, last_round + 1):
        for tx_id in net.request("GET", f"/v2/blocks/{number}/txids")["blockTxids"] or []:
            confirmation: Any = algod.pending_transaction_info(tx_id)
            names.update(event.name for event in events_of(confirmation, contracts))
    return names


def test_every_event_is_delivered_once(
    net: LocalNet, apps: dict[Contract, int], delivered: dict[str, list[dict[str, Any]]]
) -> None:
    seen: Counter[str] = Counter()
    for contract in apps:
        for transaction in delivered[contract]:
            seen.update(event["event_name"] for event in transaction.get("arc28_events") or [])
    assert seen == emitted(net, apps)
    assert seen["InvoicePaid"] == 2
    assert seen["RevenueClaimed"] == 3
    assert seen["EnergyDrawn"] == seen["InvoiceIssued"] + seen["RevenueDeposited"] + seen["EnergyMinted"]


def test_events_carry_their_fields(apps: dict[Contract, int], delivered: dict[str, list[dict[str, Any]]]) -> None:
    paid = [
        event["args_by_name"]
        for transaction in delivered[Contract.PPA]
        for event in transaction.get("arc28_events") or []
        if event["event_name"] == "InvoicePaid"
    ]
    assert sorted(event["amount"] for event in paid) == [3_000_000_000, 9_000_000_000]


def test_inner_payments_are_delivered(delivered: dict[str, list[dict[str, Any]]]) -> None:
    amounts = [transaction["payment-transaction"]["amount"] for transaction in delivered["payments"]]
    assert sorted(amounts) == [600_000_000, 900_000_000, 1_500_000_000]


def test_ids_are_the_indexers(net: LocalNet, delivered: dict[str, list[dict[str, Any]]]) -> None:
    indexer = client_of(net).client.indexer
    for transactions in delivered.values():
        assert transactions
        for transaction in transactions:
            # An inner transaction has no id of its own in the indexer: it is found under its root.
            root = transaction.get("parent-transaction-id") or transaction.get("parent_transaction_id")
            tx_id = root or transaction["id"]
            found: Any = indexer.transaction(tx_id)
            assert found["transaction"]["id"] == tx_id
            assert found["transaction"]["confirmed-round"] == transaction["confirmed-round"]
