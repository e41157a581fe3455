"""Groups that are signed elsewhere, dry runs, and whose key signs."""

import io
import os
from pathlib import Path

import msgpack
import pytest
from algosdk.atomic_transaction_composer import AccountTransactionSigner
from algosdk.transaction import (
    ApplicationClearStateTxn,
    ApplicationDeleteTxn,
    AssetConfigTxn,
    AssetDestroyTxn,
    AssetFreezeTxn,
    PaymentTxn,
    SignedTransaction,
    Transaction,
    assign_group_id,
    write_to_file,
)

from tests.cli.harness import EPOCH, Cli, allocated, finalized, issued

PAY = ("invoice", "pay", f"1/{EPOCH}")


def sign(cli: Cli, name: str, unsigned: str, signed: str) -> None:
    """What `algokit task sign` does: each transaction of the file with one key."""
    write_to_file([with_key(one, cli.accounts[name].private_key) for one in transactions(unsigned)], signed)


def with_key(transaction: Transaction, private_key: str) -> SignedTransaction:
    """A transaction, signed."""
    (signed,) = AccountTransactionSigner(private_key).sign_transactions([transaction], [0])
    assert isinstance(signed, SignedTransaction)
    return signed


def transactions(file: str) -> list[Transaction]:
    """The unsigned transactions in a file that --out wrote."""
    return [Transaction.undictify(one["txn"]) for one in msgpack.Unpacker(io.BytesIO(Path(file).read_bytes()))]


def test_out_sign_submit(cli: Cli) -> None:
    allocated(cli)
    before = cli.full_state()
    written = cli.read(*PAY, "--out", "unsigned.txn")
    assert cli.full_state() == before
    assert [one["text"].split(" to ")[0] for one in written["groups"][0]["transactions"]] == [
        "pay 9,000 ALGO",
        "call PPA.settlePayment",
    ]
    first = transactions("unsigned.txn")[0]
    assert first.last_valid_round - first.first_valid_round == 1_000

    sign(cli, "BUYER_A", "unsigned.txn", "signed.txn")
    assert cli.read("submit", "signed.txn", "--dry-run")["dry_run"] is True
    assert cli.full_state() == before
    done = cli.read("submit", "signed.txn", "--yes")
    assert [one["was_there"] for one in done["groups"]] == [False]
    assert cli.read("invoice", "show", f"1/{EPOCH}")["status"] == "PAID"

    last_round = cli.last_round
    again = cli.read("submit", "signed.txn", "--yes")
    assert [one["was_there"] for one in again["groups"]] == [True]
    assert cli.last_round == last_round


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda txns, key: txns, "2 of the 2 transactions in file.txn are not signed."),
        (lambda txns, key: [with_key(txns[0], key), txns[1]], "1 of the 2 transactions in file.txn are not signed."),
        (
            lambda txns, key: [with_key(txns[0], key)],
            "A group in file.txn is not whole: some of its transactions are missing or changed.",
        ),
        (
            lambda txns, key: [with_key(txns[1], key), with_key(txns[0], key)],
            "A group in file.txn is not whole: some of its transactions are missing or changed.",
        ),
    ],
    ids=["unsigned", "half signed", "one missing", "reordered"],
)
def test_submit_refuses(cli: Cli, make: object, sentence: str) -> None:
    allocated(cli)
    cli.done(*PAY, "--out", "unsigned.txn")
    assert callable(make)
    write_to_file(make(transactions("unsigned.txn"), cli.accounts["BUYER_A"].private_key), "file.txn")
    before = cli.full_state()
    outcome = cli.run("submit", "file.txn", "--yes")
    assert (outcome.exit_code, outcome.sentence) == (1, sentence)
    assert cli.full_state() == before


def test_out_does_not_overwrite(cli: Cli) -> None:
    allocated(cli)
    Path("notes.txt").write_text("precious")
    Path("link.txn").symlink_to("notes.txt")
    Path("dangling.txn").symlink_to("elsewhere.txt")
    for name, what in (("notes.txt", "is there already"), ("link.txn", "is a link"), ("dangling.txn", "is a link")):
        outcome = cli.run(*PAY, "--out", name)
        assert (outcome.exit_code, outcome.sentence) == (1, f"{name} {what}.")
    assert Path("notes.txt").read_text() == "precious"
    assert not Path("elsewhere.txt").exists()
    cli.done(*PAY, "--out", "link.txn", "--force")
    assert len(transactions("notes.txt")) == 2


def test_out_is_a_file(cli: Cli) -> None:
    """No folder, with --force either; and a pipe that nobody reads is not waited for."""
    allocated(cli)
    Path("folder").mkdir()
    os.mkfifo("pipe")
    assert cli.run(*PAY, "--out", "folder", "--force").exit_code == 2
    outcome = cli.run(*PAY, "--out", "pipe", "--force")
    assert (outcome.exit_code, outcome.sentence) == (1, "pipe cannot be written: No such device or address.")
    with os.fdopen(os.open("pipe", os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        cli.done(*PAY, "--out", "pipe", "--force")
        Path("read.txn").write_bytes(reader.read())
    assert len(transactions("read.txn")) == 2


def test_everything_is_shown_before_it_is_signed(cli: Cli) -> None:
    """Whole receivers: the ends of an address can be made to order."""
    allocated(cli)
    treasury, buyer = cli.address("TREASURY"), cli.address("BUYER_A")
    assert f"pay 9,000 ALGO to {treasury}" in cli.done(*PAY, "--dry-run").out
    cli.done(*PAY, "--out", "unsigned.txn")
    sign(cli, "BUYER_A", "unsigned.txn", "signed.txn")
    asked = cli.run("submit", "signed.txn")
    assert asked.exit_code == 2
    assert f"pay 9,000 ALGO to {treasury} (by {buyer})" in asked.err


def test_submit_tells_what_an_account_would_lose(cli: Cli) -> None:
    """An outsider's file: it leaves the app, freezes, sets an asset's roles, and gives the account away."""
    allocated(cli)
    algod = cli.algorand.client.algod
    sender, ppa = cli.address("OUTSIDER"), cli.app_ids()["PPA"]
    parameters = algod.suggested_params()
    key = cli.accounts["OUTSIDER"].private_key
    roles = {"manager": sender, "reserve": "", "freeze": "", "clawback": sender}
    made = [
        ApplicationClearStateTxn(sender, parameters, ppa),
        ApplicationDeleteTxn(sender, parameters, ppa),
        AssetConfigTxn(sender, parameters, index=77, strict_empty_address_check=False, **roles),
        AssetDestroyTxn(sender, parameters, 77),
        AssetFreezeTxn(sender, parameters, 77, cli.address("TREASURY"), new_freeze_state=True),
        PaymentTxn(sender, parameters, sender, 0, rekey_to=cli.address("TREASURY")),
    ]
    write_to_file([with_key(one, key) for one in assign_group_id(made)], "signed.txn")
    told = cli.run("submit", "signed.txn").err
    for text in (
        "call PPA.(unknown method), CLEARS the sender's state in the app",
        "call PPA.(unknown method), DELETES the app",
        f"set the roles of asset 77: manager {sender}, reserve nobody, freeze nobody, clawback {sender}",
        "DESTROY asset 77",
        f"FREEZE the holding of asset 77 of {cli.address('TREASURY')}",
        f"REKEYS the sender to {cli.address('TREASURY')}",
    ):
        assert text in told


def test_submit_refuses_what_is_no_transaction(cli: Cli) -> None:
    for content in (b"", b"not a transaction", b"\x80", bytes(64), b"\xc1" * 10):
        Path("file.txn").write_bytes(content)
        outcome = cli.run("submit", "file.txn", "--yes")
        assert (outcome.exit_code, outcome.sentence) == (1, "file.txn holds no transactions.")


def test_signed_by_another_key(cli: Cli) -> None:
    allocated(cli)
    cli.done(*PAY, "--out", "unsigned.txn")
    sign(cli, "OUTSIDER", "unsigned.txn", "signed.txn")
    before = cli.full_state()
    outcome = cli.run("submit", "signed.txn", "--yes")
    assert (outcome.exit_code, outcome.sentence) == (1, "A signature is missing or wrong.")
    assert cli.full_state() == before


def test_a_contracts_refusal_of_a_signed_group_has_its_name(cli: Cli) -> None:
    allocated(cli)
    pay = ("invoice", "pay", f"2/{EPOCH}")
    cli.done(*pay, "--out", "unsigned.txn")
    sign(cli, "BUYER_B", "unsigned.txn", "signed.txn")
    # A round later the same payment is another transaction: in this round it would be the very one that was signed.
    cli.done("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--yes")
    cli.done(*pay, *cli.as_("BUYER_B"), "--yes")
    outcome = cli.run("submit", "signed.txn", "--yes")
    assert (outcome.exit_code, outcome.sentence) == (1, "AlreadyPaid: the invoice is paid.")


@pytest.mark.parametrize(
    ("arguments", "event"),
    [
        (("allocate", EPOCH, "1", "75000"), "InvoiceIssued"),
        (("epoch", "restate", EPOCH, "--meter", "meter-1", "--to", "1", "--reason", "x"), "ProductionRestated"),
        (("vault", "bootstrap"), "KwTokenCreated"),
        (("pause",), "Paused"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_dry_run_shows_everything_and_sends_nothing(cli: Cli, arguments: tuple[str, ...], event: str) -> None:
    finalized(cli)
    before = cli.full_state()
    # No key is needed: nothing is signed.
    planned = cli.read(*arguments, "--dry-run", OPERATOR_MNEMONIC="", DEPLOYER_MNEMONIC="")
    assert cli.full_state() == before
    (group,) = planned["groups"]
    assert planned["dry_run"] is True
    assert event in [one["name"] for one in group["events"]]
    done = cli.read(*arguments, "--yes")["groups"][0]
    assert (done["fees_microalgo"], done["deposits_microalgo"]) == (
        group["fees_microalgo"],
        group["deposits_microalgo"],
    )
    assert [one["name"] for one in done["events"]] == [one["name"] for one in group["events"]]
    assert len(done["transactions"]) == len(group["transactions"])


def test_dry_run_is_refused_as_the_real_run_would_be(cli: Cli) -> None:
    finalized(cli)
    outcome = cli.run("pause", "--dry-run", *cli.as_("OUTSIDER"))
    assert (outcome.exit_code, outcome.sentence) == (1, "NotAdmin: only the admin may do this.")


def test_wallets_of_a_localnet(cli: Cli) -> None:
    allocated(cli)
    issued(cli)
    name = f"BUYER_{cli.address('BUYER_A')[:8]}"
    made = cli.read("account", "create", name, "--fund", "20")
    assert made["balance_microalgo"] == 1_000_000_000
    assert cli.read("account", "create", name, "--fund", "2000")["given_microalgo"] == 1_000_000_000
    assert (name, made["address"]) in [(one["name"], one["address"]) for one in cli.read("account", "list")["accounts"]]
    cli.done("vault", "opt-in", "--wallet", name, "--yes")
    cli.done("vault", "transfer", name, "100", *cli.as_("HOLDER_1"), "--yes")
    assert cli.read("vault", "show", name)["units"] == 100_000
    # The wallet is found by the account that has to sign, without being named.
    cli.done("vault", "transfer", cli.address("HOLDER_2"), "40", "--from", name, "--yes")
    assert cli.read("vault", "show", name)["units"] == 60_000


def test_hand_over_of_roles(cli: Cli) -> None:
    finalized(cli)
    new_admin, new_operator = cli.address("HOLDER_1"), cli.address("HOLDER_2")
    cli.done("roles", "propose", new_admin, "--yes")
    assert {one["admin"] for one in cli.read("roles", "show")["apps"]} == {cli.address("DEPLOYER")}
    cli.done("roles", "accept", *cli.as_("HOLDER_1"), "--yes")
    cli.done("roles", "set-operator", new_operator, "--app", "PPA", *cli.as_("HOLDER_1"), "--yes")
    held = {one["name"]: one for one in cli.read("roles", "show")["apps"]}
    assert {one["admin"] for one in held.values()} == {new_admin}
    assert held["PPA"]["operator"] == new_operator
    assert held["KWhReceipt"]["operator"] == cli.address("OPERATOR")
    before = cli.last_round
    cli.done("roles", "accept", *cli.as_("HOLDER_1"), "--yes")
    # A deployment that was handed over is left as it is.
    cli.done("deploy", "--yes")
    assert cli.last_round == before
    cli.done("allocate", EPOCH, "1", "5", *cli.as_("HOLDER_2"), "--yes")
