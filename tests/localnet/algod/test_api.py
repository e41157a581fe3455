"""algod's manners, time, refusals and simulations, as clients rely on them."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

import pytest
from algosdk import account, encoding, transaction
from algosdk.logic import get_application_address

from localnet.testing import LocalNet
from tests.localnet.client import DISPENSER, FEE, Algod, grouped

FAILING = """#pragma version 10
txn ApplicationID
bz done
txn NumAppArgs
int 2
==
bnz logged
int 0
assert
logged:
byte "ERR:tooMuch"
log
err
done:
int 1
"""
CALLER = """#pragma version 10
txn ApplicationID
bz done
itxn_begin
int appl
itxn_field TypeEnum
txn Applications 1
itxn_field ApplicationID
int 0
itxn_field Fee
itxn_submit
done:
int 1
"""
READER = """#pragma version 10
txn ApplicationID
bz done
txn ApplicationArgs 0
btoi
store 0
loop:
load 0
bz done
byte "box"
load 0
itob
concat
box_len
pop
pop
load 0
int 1
-
store 0
b loop
done:
int 1
"""
PARENT = """#pragma version 10
txn ApplicationID
bz done
itxn_begin
int appl
itxn_field TypeEnum
txna ApplicationArgs 0
dup
itxn_field ApprovalProgram
itxn_field ClearStateProgram
int 0
itxn_field Fee
itxn_submit
itxn CreatedApplicationID
store 0
itxn_begin
int pay
itxn_field TypeEnum
load 0
app_params_get AppAddress
pop
itxn_field Receiver
int 200000
itxn_field Amount
int 0
itxn_field Fee
itxn_submit
itxn_begin
int appl
itxn_field TypeEnum
load 0
itxn_field ApplicationID
int 0
itxn_field Fee
itxn_submit
done:
int 1
"""
CHILD = """#pragma version 10
txn ApplicationID
bz done
byte "box"
int 8
box_create
pop
done:
int 1
"""


# --- tokens and HTTP


def test_tokens(algod: Algod) -> None:
    assert algod.ask("GET", "/v2/status", token=None).status == 401
    assert algod.ask("GET", "/v2/status", token="b" * 64).message == "Invalid API Token"
    assert algod.ask("POST", "/x/reset", token=None).status == 401
    bearer = {"Authorization": f"Bearer {'a' * 64}"}
    assert algod.ask("GET", "/v2/status", token=None, headers=bearer).status == 200
    for path in ("/health", "/ready", "/versions", "/genesis"):
        assert algod.ask("GET", path, token=None).status == 200


def test_browsers_may_call_from_a_private_network(algod: Algod) -> None:
    asked = {
        "Origin": "https://explorer.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Private-Network": "true",
    }
    answer = algod.ask("OPTIONS", "/v2/transactions", token=None, headers=asked)
    assert answer.status == 204
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path", "status", "message"),
    [
        ("GET", "/v2/nothing", 404, "Not Found"),
        ("DELETE", "/v2/status", 405, "Method Not Allowed"),
        ("GET", "/v2/assets/-5", 400, "strconv.ParseUint"),
        ("GET", "/v2/applications/18446744073709551616", 400, "value out of range"),
        ("GET", "/v2/accounts/xyz", 400, "failed to decode address xyz from base 32"),
        ("GET", "/v2/blocks/2000000", 404, "failed to retrieve information from the ledger"),
        ("GET", "/v2/blocks/1?format=xml", 400, "failed to parse the format option"),
        ("GET", "/v2/devmode/blocks/offset", 404, "block timestamp offset was never set"),
        ("POST", "/x/rounds/1001", 400, "At most 1000"),
        ("POST", "/x/restore/nothing", 400, "There is no snapshot named nothing"),
    ],
)
def test_refused_requests(algod: Algod, method: str, path: str, status: int, message: str) -> None:
    answer = algod.ask(method, path)
    assert answer.status == status
    assert message in answer.message


def test_an_oversized_body_is_refused_unread(algod: Algod) -> None:
    answer = algod.ask("POST", "/v2/transactions", headers={"Content-Length": "10000001"})
    assert (answer.status, answer.message) == (413, "Request Entity Too Large")


# --- refusals


def test_a_failing_program_names_its_application(algod: Algod) -> None:
    app = algod.create_app(FAILING)
    answer = algod.send(algod.call(app, b"one"))
    assert answer.status == 400
    assert answer.message.startswith("TransactionPool.Remember: transaction ")
    assert f"logic eval error: assert failed pc=16. Details: app={app}, pc=16, opcodes=" in answer.message
    assert answer.tree["data"]["app-index"] == app


def test_a_logged_error_is_told(algod: Algod) -> None:
    app = algod.create_app(FAILING)
    call = algod.call(app, b"one", b"two")
    data = algod.send(call).tree["data"]
    assert data["eval-states"] == [{"logs": [b64encode(b"ERR:tooMuch").decode()]}]
    group = algod.simulate(call)
    assert group["txn-results"][0]["txn-result"]["logs"] == [b64encode(b"ERR:tooMuch").decode()]


def test_a_failure_of_an_inner_call_names_both_applications(algod: Algod) -> None:
    inner, outer = algod.create_app(FAILING), algod.create_app(CALLER)
    other = algod.create_app(READER)
    call = algod.call(outer, foreign_apps=[inner, other], fee=2000)
    message = algod.send(call).message
    assert f"inner tx 0 failed: logic eval error: assert failed pc=16. Details: app={inner}, pc=16" in message
    assert f". Details: app={outer}, pc=" in message
    assert message.index(f"app={inner}") < message.index(f"app={outer}")


def test_the_second_of_a_group_is_blamed(algod: Algod) -> None:
    app = algod.create_app(FAILING)
    txns = grouped(algod.payment("first"), algod.call(app, b"x"))
    group = algod.simulate(*txns)
    assert group["failed-at"] == [1]
    assert txns[1].get_txid() in group["failure-message"]


@pytest.mark.parametrize(
    ("fee", "amount", "changes", "message"),
    [
        (500, 0, {}, "txgroup had 500 in fees, which is less than the minimum 1 * 1000"),
        (1000, 0, {"first": 5_000, "last": 5_001}, "txn dead: round"),
        (1000, 0, {"gen": "mainnet-v1.0"}, "does not match expected <dockernet-v1>"),
        (1000, 10**17, {}, "overspend (account "),
    ],
)
def test_refused_payments(algod: Algod, fee: int, amount: int, changes: dict[str, Any], message: str) -> None:
    before = algod.last_round
    assert message in algod.send(algod.payment("refused", fee=fee, amount=amount, **changes)).message
    assert algod.last_round == before


def test_the_same_transaction_twice(algod: Algod) -> None:
    txn = algod.payment("once")
    algod.confirm(txn)
    assert f"transaction already in ledger: {txn.get_txid()}" in algod.send(txn).message


# --- simulation


def test_a_simulation_changes_nothing(algod: Algod) -> None:
    before = (algod.last_round, algod.get(f"/v2/accounts/{DISPENSER}"))
    assert "failure-message" not in algod.simulate(algod.payment("simulated", amount=5))
    assert (algod.last_round, algod.get(f"/v2/accounts/{DISPENSER}")) == before


def test_an_account_that_nobody_used_can_be_simulated(algod: Algod) -> None:
    stranger = account.generate_account()[1]
    poor = transaction.PaymentTxn(stranger, algod.params(), DISPENSER, 1)
    assert "overspend" in algod.simulate(poor)["failure-message"]


# --- whose signature a simulation takes


@dataclass(frozen=True)
class Person:
    """An account with some ALGO."""

    address: str
    key: str


def funded(algod: Algod) -> Person:
    key, address = account.generate_account()
    algod.confirm(algod.payment(receiver=address, amount=1_000_000))
    return Person(address, key)


def own_payment(algod: Algod, person: Person, **more: Any) -> transaction.PaymentTxn:
    return transaction.PaymentTxn(person.address, algod.params(), person.address, 0, **more)


def test_an_unsigned_transaction_of_a_rekeyed_account(algod: Algod) -> None:
    """It counts as signed by whom it names, by default the sender: only `fix-signers` asks who may sign."""
    person, owner = funded(algod), account.generate_account()[1]
    algod.confirm(own_payment(algod, person, rekey_to=owner), key=person.key)
    txn = own_payment(algod, person)
    refused = algod.simulate(txn)
    assert refused["failed-at"] == [0]
    assert refused["failure-message"] == (
        f"transaction {txn.get_txid()}: should have been authorized by {owner} "
        f"but was actually authorized by {person.address}"
    )
    assert "failure-message" not in algod.simulate(txn, signers={0: owner})
    assert "failure-message" in algod.simulate(txn, signers={0: DISPENSER})
    fixed = algod.simulate(txn, fix_signers=True)
    assert "failure-message" not in fixed
    assert fixed["txn-results"][0]["fixed-signer"] == owner


def test_an_unsigned_transaction_after_a_rekey_in_its_group(algod: Algod) -> None:
    """The group itself changes who may sign; the same signer again needs no mention."""
    person, owner = funded(algod), account.generate_account()[1]
    txns = grouped(own_payment(algod, person, rekey_to=owner), own_payment(algod, person, note=b"next"))
    refused = algod.simulate(*txns)
    assert (refused["failed-at"], f"authorized by {owner} but" in refused["failure-message"]) == ([1], True)
    assert "failure-message" not in algod.simulate(*txns, signers={1: owner})
    fixed = algod.simulate(*txns, fix_signers=True)
    assert "failure-message" not in fixed
    assert [one.get("fixed-signer") for one in fixed["txn-results"]] == [None, owner]


def test_what_fails_before_a_wrong_signer_is_told_first(algod: Algod) -> None:
    person, owner = funded(algod), account.generate_account()[1]
    algod.confirm(own_payment(algod, person, rekey_to=owner), key=person.key)
    txns = grouped(algod.payment(amount=10**17), own_payment(algod, person))
    assert algod.simulate(*txns)["failed-at"] == [0]
    txns = grouped(own_payment(algod, person), algod.payment(amount=10**17))
    assert algod.simulate(*txns)["failed-at"] == [0]
    assert "should have been authorized" in algod.simulate(*txns)["failure-message"]


def test_unnamed_boxes_are_found_beyond_what_a_call_can_name(algod: Algod) -> None:
    app = algod.create_app(READER)
    group = algod.simulate(algod.call(app, b"\x0a"), allow_unnamed_resources=True)
    assert "failure-message" not in group
    names = {b64decode(box["name"]) for box in group["unnamed-resources-accessed"]["boxes"]}
    assert names == {b"box" + number.to_bytes(8) for number in range(1, 11)}
    assert {box["app"] for box in group["unnamed-resources-accessed"]["boxes"]} == {app}


def test_boxes_of_applications_that_the_group_creates_are_found(algod: Algod) -> None:
    """Today's nodes open them by empty references; the older ledger needs their names, which work when sent."""
    parent = algod.create_app(PARENT)
    algod.confirm(algod.payment(receiver=get_application_address(parent), amount=1_000_000))
    child_program = algod.compiled(CHILD)

    group = algod.simulate(algod.call(parent, child_program, fee=4 * FEE), allow_unnamed_resources=True)

    assert "failure-message" not in group
    boxes = [(box["app"], b64decode(box["name"])) for box in group["unnamed-resources-accessed"]["boxes"]]
    child = boxes[1][0]
    assert boxes == [(0, b""), (child, b"box")]
    call = algod.call(parent, child_program, fee=4 * FEE, foreign_apps=[child], boxes=boxes)
    assert algod.confirm(call)["inner-txns"][0]["application-index"] == child
    assert b64decode(algod.get(f"/v2/applications/{child}/box?name=str:box")["value"]) == bytes(8)


def test_the_budget_is_measured_exactly(algod: Algod) -> None:
    app = algod.create_app("#pragma version 10\npushint 1\npushint 2\n+\npop\npushint 1")
    group = algod.simulate(algod.call(app))
    assert (group["app-budget-added"], group["app-budget-consumed"]) == (700, 5)


def test_an_extra_budget_is_exact(algod: Algod) -> None:
    source = "#pragma version 10\ntxn ApplicationID\nbz done\n" + 'pushbytes "x"\nkeccak256\npop\n' * 8
    app = algod.create_app(f"{source}global OpcodeBudget\nitob\nlog\ndone:\nint 1")
    refused = algod.simulate(algod.call(app))
    assert "dynamic cost budget exceeded" in refused["failure-message"]
    group = algod.simulate(algod.call(app), extra_opcode_budget=1234)
    assert group["app-budget-added"] == 1934
    logged = int.from_bytes(b64decode(group["txn-results"][0]["txn-result"]["logs"][0]))
    assert logged == 1934 - (2 + 8 * 132 + 1)
    assert group["app-budget-consumed"] == 2 + 8 * 132 + 4


# --- time and chains


def test_time_can_be_set(tmp_path_factory: pytest.TempPathFactory) -> None:
    with LocalNet.spawn(tmp_path_factory.mktemp("time")) as net:
        algod = Algod(net.ports["algod"])
        net.set_next_timestamp(2_000_000_000)
        algod.confirm(algod.payment("then"))
        assert algod.get("/v2/blocks/2")["block"]["ts"] == 2_000_000_000
        answer = algod.ask("POST", "/v2/devmode/blocks/offset/60")
        assert (answer.status, answer.headers["content-length"]) == (200, "0")
        algod.confirm(algod.payment("later"))
        assert algod.get("/v2/blocks/3")["block"]["ts"] == 2_000_000_060
        assert algod.ask("POST", "/x/rounds/2").tree == {"last-round": 5}
        assert algod.get("/v2/blocks/5")["block"]["ts"] == 2_000_000_180
        name = net.snapshot()
        net.reset()
        assert algod.last_round == 1
        net.restore(name)
        assert algod.last_round == 5


def test_application_accounts_are_not_rekeyed_in_simulations(algod: Algod) -> None:
    """A program that was paid sends a payment of its own: simulated right after, and again."""
    app = algod.create_app(
        "#pragma version 10\ntxn ApplicationID\nbz done\nitxn_begin\nint pay\nitxn_field TypeEnum\n"
        "txn Sender\nitxn_field Receiver\nint 5\nitxn_field Amount\nitxn_submit\ndone:\nint 1"
    )
    algod.confirm(algod.payment("fund", receiver=get_application_address(app), amount=1_000_000))
    for _ in range(2):
        group = algod.simulate(algod.call(app, fee=2000))
        assert "failure-message" not in group
        inner = group["txn-results"][0]["txn-result"]["inner-txns"][0]["txn"]["txn"]
        assert encoding.is_valid_address(inner["snd"])
        assert inner["amt"] == 5
