"""Single transactions: every field, by type."""

from base64 import b64decode
from typing import Any

import pytest
from algosdk import logic

from tests.localnet.indexer.conftest import APPROVE_TEAL, TEAL, Chain, History, base64

CALL_WITHOUT_REFERENCES = {
    "access": [],
    "accounts": [],
    "application-args": [],
    "box-references": [],
    "foreign-apps": [],
    "foreign-assets": [],
    "global-state-schema": {"num-byte-slice": 0, "num-uint": 0},
    "local-state-schema": {"num-byte-slice": 0, "num-uint": 0},
    "on-completion": "noop",
}


def shown(history: History, name: str) -> dict[str, Any]:
    """A transaction without what all have in common, which is checked here."""
    txn = history.txns[name]
    got: dict[str, Any] = history.chain.get(f"/v2/transactions/{history.id(name)}")["transaction"]
    block = history.chain.get(f"/v2/blocks/{history.rounds[name]}")
    common = {
        "close-rewards": 0,
        "confirmed-round": history.rounds[name],
        "fee": txn.fee,
        "first-valid": txn.first_valid_round,
        "genesis-hash": txn.genesis_hash,
        "genesis-id": "dockernet-v1",
        "id": history.id(name),
        "last-valid": txn.last_valid_round,
        "receiver-rewards": 0,
        "round-time": block["timestamp"],
        "sender": txn.sender,
        "sender-rewards": 0,
        "tx-type": txn.type,
    }
    assert {key: got.get(key) for key in common} == common
    return {key: value for key, value in got.items() if key not in common}


def unsigned(history: History, name: str) -> dict[str, Any]:
    """As `shown`, of an ungrouped transaction with a plain signature that closes nothing."""
    got = shown(history, name)
    signature = got.pop("signature")
    assert list(signature) == ["sig"]
    assert len(b64decode(signature["sig"])) == 64
    assert got.pop("intra-round-offset") == 0
    assert got.pop("closing-amount") == 0
    return got


def call(app: int, *arguments: bytes, **more: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    encoded = [base64(one) for one in arguments]
    return {
        "application-transaction": CALL_WITHOUT_REFERENCES
        | {"application-id": app, "application-args": encoded}
        | named
    }


def test_payment(history: History) -> None:
    assert unsigned(history, "pay-bob") == {
        "lease": base64(b"l" * 32),
        "note": base64(b"history:1"),
        "payment-transaction": {
            "amount": 1_000_001,
            "close-amount": 0,
            "receiver": history.people["bob"].address,
        },
    }


def test_payment_that_closes_its_sender(history: History) -> None:
    got = shown(history, "close")
    remainder = 1_000_000 - 13 - 1000
    assert got["closing-amount"] == remainder
    assert got["payment-transaction"] == {
        "amount": 13,
        "close-amount": remainder,
        "close-remainder-to": history.people["alice"].address,
        "receiver": history.people["bob"].address,
    }


def test_members_of_a_group_are_numbered(history: History) -> None:
    for at in (0, 1):
        got = shown(history, f"pair-{at}")
        assert got["group"] == base64(history.group_of(f"pair-{at}"))
        assert got["intra-round-offset"] == at


def test_rekeying_and_signing_for_another(history: History) -> None:
    alice = history.people["alice"].address
    assert unsigned(history, "rekey")["rekey-to"] == alice
    assert unsigned(history, "by-alice")["auth-addr"] == alice


def test_signatures_of_programs_and_of_several(history: History, chain: Chain) -> None:
    program = shown(history, "pay-from-contract")["signature"]
    assert program == {"logicsig": {"args": [base64(b"argument")], "logic": base64(chain.compiled(APPROVE_TEAL))}}
    several = shown(history, "pay-from-several")["signature"]["multisig"]
    keys = [history.people[name].public_key for name in ("alice", "bob", "carol")]
    assert [one["public-key"] for one in several["subsignature"]] == [base64(key) for key in keys]
    assert ["signature" in one for one in several["subsignature"]] == [True, True, False]
    assert (several["threshold"], several["version"]) == (2, 1)


def test_asset_creation(history: History) -> None:
    alice = history.people["alice"].address
    assert unsigned(history, "create-asset") == {
        "asset-config-transaction": {
            "asset-id": 0,
            "params": {
                "creator": alice,
                "decimals": 2,
                "default-frozen": False,
                "freeze": alice,
                "manager": alice,
                "metadata-hash": base64(b"m" * 32),
                "name": "Kilowatt share",
                "name-b64": base64(b"Kilowatt share"),
                "total": 1000,
                "unit-name": "kW",
                "unit-name-b64": base64(b"kW"),
                "url": "https://asset.example",
                "url-b64": base64(b"https://asset.example"),
            },
        },
        "created-asset-index": history.asset,
    }


def test_asset_transfer_freeze_and_destruction(history: History) -> None:
    bob = history.people["bob"].address
    assert unsigned(history, "send-asset") == {
        "asset-transfer-transaction": {
            "amount": 30,
            "asset-id": history.asset,
            "close-amount": 0,
            "receiver": bob,
        }
    }
    assert unsigned(history, "freeze") == {
        "asset-freeze-transaction": {"address": bob, "asset-id": history.asset, "new-freeze-status": True}
    }
    assert unsigned(history, "destroy-asset") == {"asset-config-transaction": {"asset-id": history.gone_asset}}


def test_key_registration(history: History) -> None:
    assert unsigned(history, "offline") == {
        "keyreg-transaction": {
            "non-participation": False,
            "vote-first-valid": 0,
            "vote-key-dilution": 0,
            "vote-last-valid": 0,
        }
    }


def test_application_creation_and_deletion(history: History, chain: Chain) -> None:
    programs = {
        "approval_program": base64(chain.compiled(TEAL)),
        "clear_state_program": base64(chain.compiled(APPROVE_TEAL)),
    }
    schemas = {
        "global_state_schema": {"num-byte-slice": 1, "num-uint": 1},
        "local_state_schema": {"num-byte-slice": 0, "num-uint": 1},
    }
    created = {"created-application-index": history.recorder}
    assert unsigned(history, "create-recorder") == call(0, **programs, **schemas) | created
    assert unsigned(history, "delete-app") == call(history.gone_app, on_completion="delete")


def test_state_deltas(history: History) -> None:
    bob = history.people["bob"].address
    global_delta = [
        {"key": base64(b"counter"), "value": {"action": 2, "uint": 42}},
        {"key": base64(b"label"), "value": {"action": 1, "bytes": base64(b"metered"), "uint": 0}},
    ]
    call_of_set = call(history.recorder, b"set", (42).to_bytes(8, "big"), b"metered")
    assert unsigned(history, "set") == call_of_set | {"global-state-delta": global_delta}

    def score(value: int) -> dict[str, Any]:
        delta = [{"key": base64(b"score"), "value": {"action": 2, "uint": value}}]
        return {"local-state-delta": [{"address": bob, "delta": delta}]}

    assert unsigned(history, "opt-in-app") == call(history.recorder, on_completion="optin") | score(7)
    call_of_score = call(history.recorder, b"score", (9).to_bytes(8, "big"), accounts=[bob])
    assert unsigned(history, "score") == call_of_score | score(9)


def test_logs_keep_bytes_that_are_no_text(history: History) -> None:
    logs = {"logs": [base64(b"\x01\x02"), base64(b"\x00\xff")]}
    assert unsigned(history, "log") == call(history.recorder, b"log", b"\x01\x02") | logs


def test_box_references_name_the_called_application_as_zero(history: History) -> None:
    expected = call(
        history.recorder, b"box", b"row\x01", b"v1", box_references=[{"app": 0, "name": base64(b"row\x01")}]
    )
    assert unsigned(history, "box-1") == expected


def inner_common(history: History, name: str) -> dict[str, Any]:
    txn = history.txns[name]
    return {
        "close-rewards": 0,
        "closing-amount": 0,
        "confirmed-round": history.rounds[name],
        "fee": 0,
        "first-valid": txn.first_valid_round,
        "intra-round-offset": 0,
        "last-valid": txn.last_valid_round,
        "receiver-rewards": 0,
        "round-time": history.chain.get(f"/v2/blocks/{history.rounds[name]}")["timestamp"],
        "sender-rewards": 0,
    }


def inner_payment(history: History, name: str, payer: int, amount: int) -> dict[str, Any]:
    return inner_common(history, name) | {
        "note": base64(b"inner"),
        "payment-transaction": {"amount": amount, "close-amount": 0, "receiver": history.people["carol"].address},
        "sender": logic.get_application_address(payer),
        "tx-type": "pay",
    }


def test_inner_payment(history: History) -> None:
    got = unsigned(history, "inner-pay")
    assert got["inner-txns"] == [inner_payment(history, "inner-pay", history.recorder, 300_003)]


def test_inner_call_with_its_logs(history: History) -> None:
    got = unsigned(history, "inner-call")
    assert got["inner-txns"] == [
        inner_common(history, "inner-call")
        | call(history.inner, b"log", b"inside")
        | {
            "logs": [base64(b"inside"), base64(b"\x00\xff")],
            "sender": logic.get_application_address(history.recorder),
            "tx-type": "appl",
        }
    ]


def test_inner_transactions_of_inner_transactions(history: History) -> None:
    [relayed] = unsigned(history, "nested")["inner-txns"]
    assert relayed["inner-txns"] == [inner_payment(history, "nested", history.inner, 4)]


@pytest.mark.parametrize(
    "name", ["pay-bob", "pair-1", "nested", "create-recorder", "destroy-asset", "pay-from-several"]
)
def test_a_search_shows_the_same_as_a_lookup(history: History, name: str) -> None:
    looked_up = history.chain.get(f"/v2/transactions/{history.id(name)}")["transaction"]
    assert history.chain.get("/v2/transactions", txid=history.id(name))["transactions"] == [looked_up]
    assert looked_up in history.chain.get(f"/v2/blocks/{history.rounds[name]}")["transactions"]


def test_an_unknown_transaction_is_not_found(chain: Chain, history: History) -> None:
    alice = history.people["alice"]
    unknown = history.pay(alice, alice.address, 0, note=b"never sent").get_txid()
    assert chain.refusal(f"/v2/transactions/{unknown}") == (404, f"no transaction found for transaction id: {unknown}")
    assert chain.refusal("/v2/transactions/NOTATXID") == (404, "no transaction found for transaction id: NOTATXID")
    assert chain.refusal("/v2/transactions/not-base32") == (
        400,
        "invalid input: unable to parse base32 digest data 'txid': illegal base32 data at input byte 0",
    )
